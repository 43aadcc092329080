// The Compare page: up to six scenarios side by side.

import { h } from "./dom.js";
import { _ } from "./text.js";

/** Make the page. */
export function createPage(ctx) {
  return { node: h("main", { class: "compare" }, h("h1", {}, _("Compare"))), update() {} };
}

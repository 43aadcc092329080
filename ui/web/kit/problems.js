// What is wrong with a scenario, as the server found it.

import { _ } from "../i18n/messages.js";
import { h } from "./dom.js";

/** Problems as items of a list: where, what was found, what is allowed. */
export function problemItems(problems) {
  return problems.map((problem) =>
    h(
      "li",
      {},
      h("code", {}, problem.field),
      h("span", {}, _("found {found}", { found: problem.found })),
      h("span", {}, _("allowed: {allowed}", { allowed: problem.allowed })),
    ),
  );
}

// The library: scenarios that are kept on the server, with their history.

import { h } from "./dom.js";

/**
 * @param {object} ctx  as every part of the board gets it
 * @param {function} load  `load(doc, name)` makes a scenario the reference and closes the dialog
 * @returns {{node: HTMLElement, shown: function}}
 */
export function createLibrary(ctx, load) {
  return { node: h("div", { class: "library" }), shown() {} };
}

// How good the evidence for an assumption is: a letter in its colour.

import { _ } from "../i18n/messages.js";
import { h } from "./dom.js";

/**
 * The badge of a grade.
 * @param {string} grade  "A" to "E"
 * @param {{title?: string, labelled?: boolean}} options  `labelled`: whether screen readers hear
 *   what the letter is; not where the text beside it says so
 */
export function gradeBadge(grade, { title, labelled = true } = {}) {
  return h(
    "span",
    { class: "grade", "data-grade": grade, title },
    labelled ? h("span", { class: "unseen" }, _("Grade")) : null,
    h("span", {}, grade),
  );
}

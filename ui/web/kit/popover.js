// Help texts beside a button: the browser's own popovers. Escape and a click elsewhere close them, and
// they lie above everything.

import { _ } from "../i18n/messages.js";
import { h, newId } from "./dom.js";
import { gradeBadge } from "./grade.js";
import { place } from "./place.js";

/**
 * Show a help text beside a button: what it is, the claim that it puts to the test, what independent
 * evidence says about that, the grade of the weakest assumption behind it, and the way to those
 * that matter most.
 * @param {Element} board
 * @param {HTMLElement} button
 * @param {Help} help
 * @param {object} ways
 * @param {Assumption[]} [ways.register]  the assumptions there are
 * @param {((id: string) => void) | null} [ways.open]  goes to one of them
 */
export function showHelp(board, button, help, { register = [], open = null } = {}) {
  const id = newId();
  const evidence = [
    help.claimText
      ? h(
          "p",
          { class: "evidence" },
          h("span", { class: "claim" }, help.claim),
          h("span", {}, help.claimText, h("em", {}, help.verdict)),
        )
      : null,
    help.grade
      ? h(
          "p",
          { class: "evidence" },
          gradeBadge(help.grade, { labelled: false }),
          h(
            "span",
            {},
            _("Weakest assumption behind it: {meaning}", { meaning: help.gradeMeaning }),
          ),
        )
      : null,
  ];
  const box = h(
    "div",
    { class: "help-box", popover: "auto", role: "dialog", "aria-labelledby": id, tabindex: "-1" },
    h("h3", { id }, help.title),
    help.compared ? h("p", { class: "note help-compared" }, help.compared) : null,
    h("p", {}, help.text),
    ...evidence,
    behind(
      register.filter((record) => open && help.assumptions?.includes(record.id)),
      (id) => {
        box.hidePopover();
        button.focus({ preventScroll: true }); // where the panel gives the focus back to
        open?.(id);
      },
    ),
  );
  board.append(box);
  box.addEventListener("toggle", (event) => {
    if (event.newState === "open") return;
    const inside = box.contains(document.activeElement);
    box.remove();
    if (inside) button.focus({ preventScroll: true });
  });
  box.showPopover();
  // It must not lie on the figure that it explains.
  place(box, button, button.closest("[data-figure], .lever") ?? button);
  box.focus({ preventScroll: true });
}

/**
 * The assumptions that matter most, each with its grade and the way to it.
 * @param {Assumption[]} records
 * @param {(id: string) => void} open
 */
function behind(records, open) {
  if (!records.length) return null;
  const id = newId();
  return h(
    "div",
    { class: "help-behind" },
    h("p", { id }, _("It rests most of all on:")),
    h(
      "ul",
      { role: "list", "aria-labelledby": id },
      records.map((record) =>
        h(
          "li",
          {},
          h(
            "button",
            { type: "button", "data-behind": record.id, onclick: () => open(record.id) },
            gradeBadge(record.grade),
            h("span", { class: "help-assumption" }, record.label),
          ),
        ),
      ),
    ),
  );
}

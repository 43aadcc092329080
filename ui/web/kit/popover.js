// Help texts beside a button: the browser's own popovers. Escape and a click elsewhere close them, and
// they lie above everything.

import { _ } from "../i18n/messages.js";
import { fill, h, newId } from "./dom.js";
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
 * @param {Promise<Explanation> | null} [ways.how]  how the number came about with this plan
 * @param {Promise<Foundation> | null} [ways.rests]  what the number rests on, where that does not come with `how`
 * @param {Assumption[]} [ways.register]  the assumptions there are
 * @param {((id: string) => void) | null} [ways.open]  goes to one of them
 */
export function showHelp(
  board,
  button,
  help,
  { how = null, rests: asked = null, register = [], open = null } = {},
) {
  const id = newId();
  const recordsOf = (/** @type {string[]} */ ids = []) =>
    open ? ids.flatMap((id) => register.filter((record) => record.id === id)) : [];
  const nearest = (/** @type {string[]} */ ids) =>
    behind(_("Its own equations rest on:"), recordsOf(ids), leave);
  function leave(/** @type {string} */ assumption) {
    box.hidePopover();
    button.focus({ preventScroll: true }); // where the panel gives the focus back to
    open?.(assumption);
  }
  const rests = h("div", { class: "help-rests" });
  /** @param {Foundation} on */
  function tellRests({ grade, gradeMeaning, assumptions = [] }, isOwn = false) {
    fill(
      rests,
      grade ? weakest(grade, gradeMeaning) : null,
      behind(_("It rests most of all on:"), recordsOf(assumptions), leave),
      isOwn && !assumptions.length
        ? h("p", { class: "note" }, _("No single assumption stands out."))
        : null,
    );
  }
  const box = h(
    "div",
    { class: "help-box", popover: "auto", role: "dialog", "aria-labelledby": id, tabindex: "-1" },
    h("h3", { id }, help.title),
    help.compared ? h("p", { class: "note help-compared" }, help.compared) : null,
    h("p", {}, help.text),
    help.items
      ? h(
          "ul",
          { class: "help-items" },
          help.items.map((item) => h("li", {}, item)),
        )
      : null,
    how ? arithmetic(how, () => box.isConnected && put(), nearest) : null,
    help.more ? h("p", { class: "note" }, help.more) : null,
    help.way ? wayTo(help.way, () => box.hidePopover()) : null,
    claimed(help),
    rests,
  );
  /** It must not lie on the figure that it explains. */
  const explained = button.closest(".weak-place, [data-figure], .lever") ?? button;
  const put = () => place(box, button, explained);
  // What this plan's own number rests on comes with how that came about: two answers would not agree.
  if (!(help.isMeasured && how) && !asked) tellRests(help);
  asked
    ?.then(
      (on) => tellRests(on, true),
      () => tellRests(help),
    )
    .then(() => box.isConnected && put());
  how
    ?.then(
      (made) => made.rests && tellRests(made.rests),
      () => tellRests(help),
    )
    .then(() => box.isConnected && put());
  board.append(box);
  box.addEventListener("toggle", (event) => {
    if (event.newState === "open") return;
    const inside = box.contains(document.activeElement);
    box.remove();
    if (inside) button.focus({ preventScroll: true });
  });
  box.showPopover();
  put();
  box.focus({ preventScroll: true });
}

/**
 * @param {{label: string, go: () => void}} way
 * @param {() => void} leave
 */
function wayTo({ label, go }, leave) {
  const onclick = () => {
    leave();
    go();
  };
  return h(
    "p",
    { class: "help-way" },
    h("button", { type: "button", class: "link", onclick }, label),
  );
}

/** What is claimed, and what evidence says about that. @param {Help} help */
function claimed({ claim, claimText, verdict }) {
  if (!claimText) return null;
  const said = _("Of this claim, not of the numbers here: {verdict}.", { verdict });
  return h(
    "p",
    { class: "evidence" },
    h("span", { class: "claim" }, claim),
    h("span", {}, claimText, h("em", {}, said)),
  );
}

/** How good the evidence is at its worst. @param {string} grade @param {string} [meaning] */
function weakest(grade, meaning = "") {
  return h(
    "p",
    { class: "evidence" },
    gradeBadge(grade, { labelled: false }),
    h("span", {}, _("Weakest assumption behind it: {meaning}", { meaning })),
  );
}

/**
 * How a number came about: lines of a sum, each with its amount.
 * @param {Promise<Explanation>} how
 * @param {() => void} changed  called when the lines are there
 * @param {(ids: string[]) => Element | null} nearest  shows the assumptions that stand behind it
 */
function arithmetic(how, changed, nearest) {
  const node = h(
    "div",
    { class: "help-how", "aria-live": "polite" },
    h("p", { class: "note" }, _("Working it out …")),
  );
  how.then(
    ({ lines, note, assumptions }) => {
      fill(
        node,
        h(
          "table",
          {},
          h(
            "tbody",
            {},
            lines.map(([label, amount]) =>
              h("tr", {}, h("th", { scope: "row" }, label), h("td", {}, amount)),
            ),
          ),
        ),
        note ? h("p", { class: "note" }, note) : null,
        nearest(assumptions),
      );
      node.hidden = lines.length === 0;
      changed();
    },
    () => node.remove(), // what it is stands there all the same
  );
  return node;
}

/**
 * Assumptions, each with its grade and the way to it.
 * @param {string} words  above them
 * @param {Assumption[]} records
 * @param {(id: string) => void} open
 */
function behind(words, records, open) {
  if (!records.length) return null;
  const id = newId();
  return h(
    "div",
    { class: "help-behind" },
    h("p", { id }, words),
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

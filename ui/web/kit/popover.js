// Small boxes beside a button: help texts and menus. The browser's own popovers: Escape and a click
// elsewhere close them, and they lie above everything.

import { h, newId, setAttribute } from "./dom.js";
import { _ } from "../i18n/messages.js";

const GAP = 6; // pixels between a box and what it belongs to
const EDGE = 8; // and to the edge of the window
const LEAST = 160; // of the height in which a box can be read

/**
 * Put a box beside a button, but not on what it is about: below that, at its side, above it. Where
 * it fits nowhere, it gets as much height as there is.
 */
function place(box, button, about = button) {
  const { left } = button.getBoundingClientRect();
  const { top, bottom, right } = about.getBoundingClientRect();
  const [width, height] = [box.offsetWidth, box.offsetHeight];
  const within = (from, size, whole) => Math.max(EDGE, Math.min(from, whole - size - EDGE));
  const room = { below: innerHeight - EDGE - GAP - bottom, above: top - GAP - EDGE };
  let [x, y] = [left, bottom + GAP];
  if (height > room.below) {
    if (right + GAP + width + EDGE <= innerWidth) {
      [x, y] = [right + GAP, top];
    } else {
      const most = Math.max(room.below, room.above);
      if (most > LEAST) box.style.maxHeight = `${most}px`;
      if (room.below < most) y = top - GAP - Math.min(height, most);
    }
  }
  box.style.left = `${within(x, width, innerWidth)}px`;
  box.style.top = `${within(y, box.offsetHeight, innerHeight)}px`;
}

/**
 * Show a help text beside a button: what it is, the claim that it puts to the test, what independent
 * evidence says about that, the grade of the weakest assumption behind it, and the way to those
 * that matter most.
 * @param {Element} board
 * @param {Element} button
 * @param {{title, text, claim, claimText, verdict, grade, gradeMeaning, assumptions}} help
 * @param {object} ways  `register`: the assumptions there are; `open(id)`: goes to one of them
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
          h("span", { class: "grade", "data-grade": help.grade }, help.grade),
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
    h("p", {}, help.text),
    ...evidence,
    behind(
      register.filter((one) => open && help.assumptions?.includes(one.id)),
      (id) => {
        box.hidePopover();
        button.focus({ preventScroll: true }); // where the panel gives the focus back to
        open(id);
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

/** The assumptions that matter most, each with its grade and the way to it. */
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
      records.map((one) =>
        h(
          "li",
          {},
          h(
            "button",
            { type: "button", "data-behind": one.id, onclick: () => open(one.id) },
            h(
              "span",
              { class: "grade", "data-grade": one.grade },
              h("span", { class: "unseen" }, _("Grade")),
              one.grade,
            ),
            h("span", { class: "help-assumption" }, one.label),
          ),
        ),
      ),
    ),
  );
}

/**
 * A button that opens a menu.
 * @param {object} props  the button's
 * @param {Node[]} face  what the button shows
 * @param {function} items  () -> [{ label, hint, current, disabled, action }]
 */
export function menuButton(props, face, items) {
  const box = h("div", { class: "menu", popover: "auto", role: "menu", id: newId() });
  const button = h(
    "button",
    { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", ...props },
    face,
  );
  button.popoverTargetElement = box;
  box.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    setAttribute(button, "aria-expanded", String(open));
    if (!open) {
      if (box.contains(document.activeElement)) button.focus({ preventScroll: true });
      return;
    }
    box.replaceChildren(
      ...items().map((item) =>
        h(
          "button",
          {
            type: "button",
            role: item.current === undefined ? "menuitem" : "menuitemradio",
            "aria-checked": item.current === undefined ? null : String(item.current),
            disabled: item.disabled,
            lang: item.lang,
            "data-item": item.name,
            onclick: () => {
              box.hidePopover();
              item.action();
            },
          },
          h("span", {}, item.label),
          item.hint ? h("kbd", {}, item.hint) : null,
        ),
      ),
    );
    place(box, button);
    box.querySelector("button:not([disabled])")?.focus();
  });
  box.addEventListener("keydown", (event) => {
    const all = [...box.querySelectorAll("button:not([disabled])")];
    const index = all.indexOf(document.activeElement);
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: all.length - 1 }[
      event.key
    ];
    if (next === undefined) return;
    event.preventDefault();
    all[(next + all.length) % all.length].focus();
  });
  return h("div", { class: "menu-place" }, button, box);
}

/** The face of an icon button needs a name for screen readers and for the mouse. */
export function named(label, key) {
  return { "aria-label": label, title: key ? _("{label} ({key})", { label, key }) : label };
}

// Small boxes beside a button: help texts and menus. The browser's own popovers: Escape and a click
// elsewhere close them, and they lie above everything.

import { h, newId, setAttribute } from "./dom.js";
import { _ } from "./text.js";

function place(box, button) {
  const at = button.getBoundingClientRect();
  const below = at.bottom + 6 + box.offsetHeight <= innerHeight;
  const top = below ? at.bottom + 6 : Math.max(8, at.top - 6 - box.offsetHeight);
  const left = Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8));
  box.style.top = `${top}px`;
  box.style.left = `${left}px`;
}

/**
 * Show a help text beside a button: what it is, the claim that it puts to the test, what independent
 * evidence says about that, and the grade of the weakest assumption behind it.
 * @param {Element} board
 * @param {Element} button
 * @param {{title, text, claim, claimText, verdict, grade, gradeMeaning}} help
 */
export function showHelp(board, button, help) {
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
          h("span", {}, _("Weakest assumption behind it: {meaning}", { meaning: help.gradeMeaning })),
        )
      : null,
  ];
  const box = h(
    "div",
    { class: "help-box", popover: "auto", role: "dialog", "aria-labelledby": id, tabindex: "-1" },
    h("h3", { id }, help.title),
    h("p", {}, help.text),
    ...evidence,
  );
  board.append(box);
  box.addEventListener("toggle", (event) => {
    if (event.newState === "open") return;
    const inside = box.contains(document.activeElement);
    box.remove();
    if (inside) button.focus({ preventScroll: true });
  });
  box.showPopover();
  place(box, button);
  box.focus({ preventScroll: true });
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
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: all.length - 1 }[event.key];
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

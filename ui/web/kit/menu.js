// Menus: the browser's own popovers. Escape and a click elsewhere close them, and they lie above
// everything.

import { h, newId, setAttribute } from "./dom.js";
import { place } from "./place.js";

/**
 * A button that opens a menu.
 * @param {Record<string, unknown>} props  the button's
 * @param {Child[]} face  what the button shows
 * @param {() => MenuItem[]} items
 */
export function menuButton(props, face, items) {
  const box = h("div", { class: "menu", popover: "auto", role: "menu", id: newId() });
  const button = h(
    "button",
    { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", ...props },
    face,
  );
  button.popoverTargetElement = box;
  /** @returns {HTMLElement[]} */
  const buttons = () => [...box.querySelectorAll("button:not([disabled])")];
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
    buttons()[0]?.focus();
  });
  box.addEventListener("keydown", (event) => {
    const all = buttons();
    const index = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const places = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: all.length - 1 };
    const next = /** @type {Record<string, number | undefined>} */ (places)[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all[(next + all.length) % all.length].focus();
  });
  return h("div", { class: "menu-place" }, button, box);
}

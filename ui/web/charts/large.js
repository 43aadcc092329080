// One chart as large as the window, and back.

import { _ } from "../i18n/messages.js";
import { h, setAttribute } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { laidOver, liftedOff } from "../kit/over.js";

/** @type {{close(): void} | null} */
let open = null; // there is one at a time

/**
 * What makes a chart as large as the window.
 * @param {HTMLElement} board
 * @param {HTMLElement} figure
 * @param {() => void} changed  it is, or no longer
 */
export function createEnlarger(board, figure, changed) {
  const button = h(
    "button",
    {
      type: "button",
      class: "tool",
      "data-action": "enlarge",
      "aria-pressed": "false",
      onclick: toggle,
    },
    icon("enlarge"),
    h("span", { class: "chart-back" }, _("Back")),
  );
  /** @type {Element[]} */
  let still = []; // what cannot be reached meanwhile
  const isLarge = () => figure.hasAttribute("data-large");

  function name() {
    const label = isLarge() ? _("Back to the page (Esc)") : _("As large as the window (F)");
    setAttribute(button, "aria-label", label);
    setAttribute(button, "title", label);
    setAttribute(button, "aria-pressed", String(isLarge()));
  }

  function enlarge() {
    open?.close();
    open = { close };
    setAttribute(figure, "data-large", true);
    setAttribute(board, "data-enlarged", true);
    still = surroundings(board, figure).filter((neighbour) => !neighbour.hasAttribute("inert"));
    for (const neighbour of still) neighbour.setAttribute("inert", "");
    addEventListener("keydown", pressed);
    laidOver(close);
    name();
    button.focus({ preventScroll: true }); // else the frame around the page would have it
    changed();
  }

  function close() {
    if (!isLarge()) return;
    open = null;
    liftedOff();
    removeEventListener("keydown", pressed);
    for (const neighbour of still) neighbour.removeAttribute("inert");
    still = [];
    setAttribute(figure, "data-large", false);
    setAttribute(board, "data-enlarged", false);
    name();
    changed();
  }

  function toggle() {
    if (isLarge()) close();
    else enlarge();
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (document.querySelector("dialog[open], :popover-open")) return; // that is closed first
    close();
    button.focus({ preventScroll: true });
  }

  name();
  return { button, isLarge, enlarge, close, toggle };
}

/**
 * All beside a node and beside what it is in, within the board; messages come through.
 * @param {Element} board
 * @param {Element} node
 */
function surroundings(board, node) {
  const beside = [];
  for (let inner = node; inner !== board && inner.parentElement; inner = inner.parentElement) {
    beside.push(...[...inner.parentElement.children].filter((child) => child !== inner));
  }
  return beside.filter((neighbour) => !neighbour.matches(".toasts, .unseen"));
}

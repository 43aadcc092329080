// A second press where a heading was pressed goes to that heading again. When a group opens or folds, rows
// grow or shrink and headings move: without this a lever would lie under a pointer that has not moved.

import { h } from "../../kit/dom.js";

const STILL_PX = 6; // as far a pointer goes that is held still
const FINGER_MS = 2000; // how long a finger is expected back: it tells nothing of itself meanwhile
const KINDS = /** @type {const} */ (["pointermove", "pointerdown"]);

/**
 * Keep presses at one place for a heading that was pressed there, until the pointer goes elsewhere.
 * @param {HTMLElement} panel  that the headings lie in; it is what places are counted from
 */
export function keepPresses(panel) {
  /** @type {HTMLElement | null} */
  let heading = null;
  let [x, y] = [0, 0]; // where it was pressed, in the window
  let timer = 0;
  // It lies over what has come to that place, so that nothing of a press gets there.
  const node = h("span", { class: "lever-again", "aria-hidden": "true" });
  node.addEventListener("click", () => heading?.click());
  node.addEventListener("mousedown", (event) => event.preventDefault()); // the keyboard stays at the heading

  /** @param {PointerEvent} event */
  function pointed(event) {
    if (Math.hypot(event.clientX - x, event.clientY - y) > STILL_PX) end();
  }

  function place() {
    const { left, top } = panel.getBoundingClientRect();
    node.style.left = `${x - left - panel.clientLeft + panel.scrollLeft}px`;
    node.style.top = `${y - top - panel.clientTop + panel.scrollTop}px`;
  }

  function end() {
    node.remove();
    heading = null;
    clearTimeout(timer);
    for (const kind of KINDS) document.removeEventListener(kind, pointed, true);
    document.removeEventListener("wheel", end, true);
    document.removeEventListener("scroll", place, true);
  }

  /** @param {MouseEvent} event */
  function pressed(event) {
    const target = /** @type {Element} */ (event.target);
    const summary = /** @type {HTMLElement | null} */ (target.closest("summary"));
    // A click that the keyboard makes, or we, has no place; another is for what stands in the heading.
    if (!summary || event.detail === 0 || event.defaultPrevented) return;
    end();
    heading = summary;
    [x, y] = [event.clientX, event.clientY];
    place();
    panel.append(node);
    for (const kind of KINDS) document.addEventListener(kind, pointed, true);
    document.addEventListener("wheel", end, true);
    document.addEventListener("scroll", place, true); // what gets shorter scrolls by itself
    const { pointerType } = /** @type {PointerEvent} */ (event);
    if (pointerType === "touch") timer = setTimeout(end, FINGER_MS);
  }

  panel.addEventListener("click", pressed);
}

// A name that is cut where it stands, read whole by whoever points at it, has it in focus or taps it.

import { h } from "./dom.js";
import { place } from "./place.js";

const PART_OF_A_LINE_PX = 6; // letters may reach below a line that is low
const TAPPED_MS = 4_000; // that it stays after a tap, which no pointer ends

/**
 * Show a name whole, below its owner, where it is cut.
 * @param {HTMLElement} owner  what is pointed at
 * @param {HTMLElement} name
 */
export function readWhole(owner, name) {
  /** @type {HTMLElement | null} */
  let box = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function hide() {
    clearTimeout(timer);
    box?.remove();
    box = null;
  }

  function show() {
    hide();
    if (!name.isConnected || !isCut(name)) return;
    // Screen readers have it from the owner's own label. It goes when its owner does.
    box = h("div", { class: "whole-name", popover: "manual", "aria-hidden": "true" });
    box.textContent = name.textContent;
    owner.append(box);
    box.showPopover();
    place(box, owner);
  }

  owner.addEventListener("pointerenter", ({ pointerType }) => pointerType === "mouse" && show());
  owner.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && hide());
  owner.addEventListener("pointerdown", ({ pointerType }) => {
    if (pointerType === "mouse") return;
    show();
    timer = setTimeout(hide, TAPPED_MS);
  });
  owner.addEventListener(
    "focusin",
    () => owner.matches(":has(:focus-visible), :focus-visible") && show(),
  );
  owner.addEventListener("focusout", hide);
  owner.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
}

/** @param {HTMLElement} name */
function isCut({ scrollWidth, clientWidth, scrollHeight, clientHeight }) {
  return scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + PART_OF_A_LINE_PX;
}

// Single keys. They work wherever nobody is typing.

import { openOrganisation } from "./organisation.js";
import { pin } from "./pins.js";
import { openPresets } from "./presets.js";
import { openWorld } from "./world.js";

/** Listen to the keyboard; returns a function that ends it. */
export function listen(ctx) {
  const simulate = {
    u: () => ctx.store.undo(),
    y: () => ctx.store.redo(),
    l: () => ctx.replay(),
    k: () => pin(ctx),
    w: () => openWorld(ctx),
    o: () => openOrganisation(ctx),
    s: () => openPresets(ctx),
    "?": () => ctx.tour(),
  };
  const everywhere = { p: () => ctx.project(), t: () => ctx.switchTheme() };

  function typing(target) {
    return target.closest?.("input:not([type=range]), textarea, select, [contenteditable]");
  }

  function pressed(event) {
    if (typing(event.target) || event.altKey) return;
    const open = document.querySelector("dialog[open]:not([data-sheet])");
    const key = event.key.toLowerCase();
    let action = null;
    if (event.ctrlKey || event.metaKey) {
      if (key === "z") action = event.shiftKey ? simulate.y : simulate.u;
      if (key === "y") action = simulate.y;
      if (ctx.page !== "simulate") action = null;
    } else {
      action = everywhere[key] ?? (ctx.page === "simulate" ? simulate[key] : null);
    }
    if (!action || open) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  addEventListener("keydown", pressed, { capture: true });
  return () => removeEventListener("keydown", pressed, { capture: true });
}

// Undo and redo, as they are asked for on any page: one that does not show the plan says that it moved.

import { _ } from "../i18n/messages.js";
import { toast } from "../kit/dialog.js";
import { comesToTheSame } from "../state/document.js";

/** @param {Ctx} ctx */
export function undo(ctx) {
  take(
    ctx,
    () => ctx.store.undo(),
    _("One step back: the plan on the page {page} is as it was before the last move.", planOn(ctx)),
  );
}

/** @param {Ctx} ctx */
export function redo(ctx) {
  take(
    ctx,
    () => ctx.store.redo(),
    _("One step forward: the plan on the page {page} is as it was after that move.", planOn(ctx)),
  );
}

/** The page that shows the plan. @param {Ctx} ctx */
const planOn = ({ start }) => ({ page: start.pages[0].label });

/**
 * @param {Ctx} ctx
 * @param {() => void} step
 * @param {string} told  where this page does not show what it moves
 */
function take(ctx, step, told) {
  const before = ctx.store.state.doc;
  step();
  if (isOutOfSight(ctx.page, before, ctx.store.state.doc)) toast(ctx.board, told);
}

/**
 * Whether what differs between two scenarios cannot be seen on a page: levers are on Simulate, assumptions
 * also on their own.
 * @param {string} page
 * @param {Doc} before
 * @param {Doc} after
 */
export function isOutOfSight(page, before, after) {
  if (page === "simulate") return false;
  const shown = page === "assumptions" ? { assumptions: after.assumptions } : {};
  return !comesToTheSame({ ...before, ...shown }, after);
}

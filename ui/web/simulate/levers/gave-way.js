// A line that somebody has set does not change behind their back, and locks itself: both is said.

import { _ } from "../../i18n/messages.js";
import { toast } from "../../kit/dialog.js";
import { unitOf } from "./units.js";

/**
 * Say which lines, set by hand before, a move has changed.
 * @param {Ctx} ctx
 * @param {ReturnType<Binding["gaveWay"]>} lines
 */
export function gaveWayWords(ctx, [line]) {
  if (!line) return "";
  const levers = ctx.start.levers.flatMap((group) => group.levers);
  const lever = levers.find(({ path }) => path === line.path);
  if (!lever) return "";
  const [before, after] = [line.before, line.after].map(unitOf(lever).full);
  return _(
    "{line} gave way, from {before} to {after}: the other lines had no room. Lock what must stay.",
    { line: lever.label, before, after },
  );
}

/** @param {Ctx} ctx @param {ReturnType<Binding["gaveWay"]>} lines */
export function tellGaveWay(ctx, lines) {
  const words = gaveWayWords(ctx, lines);
  if (words) toast(ctx.board, words);
}

/** @type {WeakSet<object>} stores whose visitors know that a line which is typed locks itself */
const told = new WeakSet();

/**
 * What to say, the first time, of a line that keeps the value that was typed; "" later on.
 * @param {Ctx} ctx
 * @param {Lever} lever
 */
export function lockedWords(ctx, lever) {
  if (told.has(ctx.store)) return "";
  told.add(ctx.store);
  const value = unitOf(lever).full(ctx.store.state.doc.plan.split[lever.path.split(".")[2]]);
  return _("{line} stays at {value} from now on; the lock beside it releases it.", {
    line: lever.label,
    value,
  });
}

// A line that somebody has set does not change behind their back: it is said.

import { _, fmt } from "../../i18n/messages.js";
import { toast } from "../../kit/dialog.js";

/**
 * Say which lines, set by hand before, a move has changed.
 * @param {Ctx} ctx
 * @param {ReturnType<Binding["gaveWay"]>} lines
 */
export function tellGaveWay(ctx, [line]) {
  if (!line) return;
  const levers = ctx.start.levers.flatMap((group) => group.levers);
  const { label = "" } = levers.find(({ path }) => path === line.path) ?? {};
  const [before, after] = [line.before, line.after].map((share) => fmt.percent(share));
  toast(
    ctx.board,
    _(
      "{line} gave way, from {before} to {after}: the other lines had no room. Lock what must stay.",
      {
        line: label,
        before,
        after,
      },
    ),
  );
}

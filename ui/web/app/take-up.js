// "Take up where you left off": what a tab that was closed has left behind is offered, not forced.

import { _, ngettext, sinceWhen } from "../i18n/messages.js";
import { h, setAttribute } from "../kit/dom.js";
import { discard } from "../state/left.js";

/**
 * Offer it, below everything else. Whoever says no is not asked again.
 * @param {Ctx} ctx
 * @param {Awaited<ReturnType<typeof import("../state/left.js").leftBehind>>} offered  the newest first
 * @param {() => void} answered
 */
export function offerToTakeUp(ctx, offered, answered) {
  const [{ kept, pins, moves, at }] = offered;
  const parts = [
    pins && ngettext("{number} pinned plan", "{number} pinned plans", pins),
    moves && ngettext("{number} move", "{number} moves", moves),
  ].filter(Boolean);
  const end = () => {
    discard(offered);
    answered();
    node.remove();
    setAttribute(ctx.board, "data-offers", null);
  };
  const button = (
    /** @type {string} */ action,
    /** @type {string} */ label,
    /** @type {() => void} */ run,
  ) =>
    h(
      "button",
      {
        type: "button",
        class: action === "take-up" ? "primary" : "",
        "data-action": action,
        onclick() {
          run();
          end();
        },
      },
      label,
    );
  const node = h(
    "section",
    { class: "take-up", "aria-label": _("Take up where you left off") },
    h("p", {}, h("strong", {}, _("Take up where you left off?"))),
    h(
      "p",
      {},
      _("“{name}”: {parts}, from {when}", {
        name: ctx.title(kept.state.doc),
        parts: parts.join(", "),
        when: sinceWhen(at),
      }),
    ),
    h(
      "div",
      { class: "row" },
      button("take-up", _("Yes, go on with it"), () => ctx.store.takeUp(kept)),
      button("leave-it", _("No, forget it"), () => {}),
    ),
  );
  ctx.board.append(node);
  setAttribute(ctx.board, "data-offers", true);
}

// A button that sorts assumptions by their influence on the answer, with how far that is, and what it
// shows then.

import { _, fmt } from "../i18n/messages.js";
import { h, setAttribute } from "../kit/dom.js";
import { createInfluenceProgress } from "./influence-progress.js";

const TOLD_APART = 20;

/**
 * @param {Ctx} ctx
 * @param {{changed: () => void, turned: () => void}} hear  `changed()`: the order is known, or is not to be
 *   had; `turned()`: it is wanted, or no longer
 */
export function createInfluenceSwitch(ctx, { changed, turned }) {
  const progress = createInfluenceProgress(ctx, TOLD_APART, changed);
  const { influence } = progress;
  let isOn = false;
  const button = h(
    "button",
    {
      type: "button",
      class: "chip",
      "data-by-influence": true,
      "aria-pressed": "false",
      onclick() {
        set(!isOn);
        turned();
      },
    },
    _("By influence on this answer"),
  );
  progress.leave();

  /** @param {boolean} on */
  function set(on) {
    isOn = on;
    setAttribute(button, "aria-pressed", String(isOn));
    if (isOn) progress.want();
    else progress.leave();
  }

  function tell() {
    if (!isOn) return;
    const number = fmt.number(influence.ids.length);
    const each = _("The value of the plan on average, with each of the first {number} by itself.", {
      number,
    });
    progress.tell(`${each} ${influence.average}`);
  }

  return {
    node: h("div", { class: "register-influence" }, button, progress.node),
    influence,
    get isOn() {
      return isOn;
    },
    /** The plan may have moved. */
    follow() {
      if (!isOn) return;
      progress.want();
      tell();
    },
    release: () => set(false),
    tell,
  };
}

// How far the order by influence is: as of all other work it can be stopped, and asked for again.

import { _ } from "../i18n/messages.js";
import { createProgress } from "../kit/analysis-work.js";
import { createInfluence } from "./influence.js";

/**
 * @param {Ctx} ctx
 * @param {number} most  how many assumptions are told apart
 * @param {() => void} changed  it is known, is not to be had, or was stopped
 */
export function createInfluenceProgress(ctx, most, changed) {
  const progress = createProgress();
  const influence = createInfluence(ctx, most, { changed, reached: progress.reach });
  progress.button.addEventListener("click", () => {
    if (influence.isComing) influence.stop();
    else want();
    changed();
  });

  function want() {
    influence.want();
    if (influence.isComing) progress.begin();
  }

  return {
    node: progress.node,
    influence,
    /** Ask for it, unless it is known for the plan as it stands. */
    want,
    /** Say how far it is, or what is shown. @param {string} shown  once it is known */
    tell(shown) {
      if (influence.isComing) progress.tell(_("Working it out …"), "work");
      else if (influence.problem) progress.tell(influence.problem, "stopped");
      else if (influence.isKnown) progress.tell(shown, "done");
      else progress.tell(_("Stopped."), "stopped");
    },
    /** It is not wanted. */
    leave() {
      influence.stop();
      progress.tell("", "done");
    },
  };
}

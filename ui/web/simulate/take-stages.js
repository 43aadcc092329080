// What an analysis says of how to begin, taken into the plan by one click.

import { _ } from "../i18n/messages.js";
import { toast } from "../kit/dialog.js";
import { h, setText } from "../kit/dom.js";
import { same } from "../state/document.js";
import { withStages } from "../state/stages.js";

/**
 * The button, where an analysis found stages that a plan can have, with what to know before.
 * @param {Ctx} ctx
 * @param {{stages?: Stages | null, stages_note?: string}} reply  the note says why, where there are none
 * @param {() => void} taking  called before the plan gets them
 * @returns {HTMLElement[]}
 */
export function takeStages(ctx, { stages, stages_note: known }, taking) {
  const note = known ? [h("p", { class: "analysis-take-note" }, known)] : [];
  if (!stages) return note;
  const { store } = ctx;
  const button = h("button", { type: "button", class: "primary", "data-action": "take-stages" });

  /** Whether the plan is so already. */
  function show() {
    const isTaken = same(store.state.doc.plan.stages ?? null, stages);
    setText(button, isTaken ? _("The plan is in these stages") : _("Take this into the plan"));
    button.disabled = isTaken;
  }

  button.addEventListener("click", () => {
    taking();
    store.commit({ doc: withStages(store.state.doc, stages) });
    show();
    // A button that is disabled loses the keyboard, and with it the key that closes the dialog.
    button.closest("dialog")?.querySelector("button")?.focus();
    toast(ctx.board, _("The plan is in stages now. Undo takes that back."));
  });
  show();
  return [...note, h("p", { class: "analysis-take" }, button)];
}

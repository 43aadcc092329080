// The line under the charts, and what it rests on.

import { openAssumptions } from "../assumptions/panel.js";
import { _, tied } from "../i18n/messages.js";
import { h, setText } from "../kit/dom.js";
import { openDropOne } from "./drop-one.js";

/** The sentence: `{ node, update }`. */
export function createSentence(ctx) {
  const text = h("span", { class: "sentence-text" });
  const world = h("p", { class: "sentence-world", hidden: true });
  const basis = h("button", { type: "button", class: "link", "data-action": "basis" });
  basis.addEventListener("click", () =>
    ctx.store.state.view.mode === "projector" ? openAssumptions(ctx) : ctx.go("assumptions"),
  );
  const dropOne = h(
    "button",
    {
      type: "button",
      class: "link",
      "data-action": "instruments",
      onclick: () => openDropOne(ctx),
    },
    _("What each instrument does"),
  );
  const node = h(
    "div",
    { class: "sentence" },
    h("p", {}, text, " ", h("span", { class: "sentence-more" }, basis, dropOne)),
    world,
  );

  function update(_state, answer) {
    if (!answer) return;
    setText(text, tied(answer.sentence));
    setText(basis, answer.basis);
    world.hidden = !answer.world;
    setText(world, answer.world ? tied(answer.world.line) : "");
  }

  return { node, update };
}

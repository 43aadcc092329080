// The line under the charts, and what it rests on.

import { openAssumptions } from "../assumptions/panel.js";
import { _, tied } from "../i18n/messages.js";
import { withAmounts } from "../kit/amounts.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { menuButton } from "../kit/menu.js";
import { openAnalysis } from "./analysis.js";

/**
 * The sentence.
 * @param {Ctx} ctx
 * @returns {Part}
 */
export function createSentence(ctx) {
  const text = h("span", { class: "sentence-text" });
  const staged = h("p", { class: "sentence-staged", hidden: true });
  const world = h("p", { class: "sentence-world", hidden: true });
  const basis = h("button", { type: "button", class: "link basis", "data-action": "basis" });
  basis.addEventListener("click", () =>
    ctx.store.state.view.mode === "projector" ? openAssumptions(ctx) : ctx.go("assumptions"),
  );
  const draws = h("span", { class: "draws" });
  const here = ctx.start.analyses.filter(({ room }) => room === "simulate");
  const menu = menuButton(
    { class: "link", "data-action": "analyses" },
    [_("Why, and how sure?")],
    () =>
      here.map((analysis) => ({
        name: analysis.id,
        label: analysis.label,
        action: () => openAnalysis(ctx, analysis),
      })),
  );
  const rival = h("button", {
    type: "button",
    class: "link rival",
    "data-action": "rival",
    "data-empty": true,
  });
  rival.addEventListener("click", () => {
    const analysis = here.find(({ id }) => id === "alternatives");
    if (analysis) openAnalysis(ctx, analysis);
  });
  const node = h(
    "div",
    { class: "sentence" },
    h("p", {}, text),
    staged,
    h("div", { class: "sentence-more" }, basis, draws, rival, menu),
    world,
  );

  /** What takes more lines than there is room for is said in smaller letters, not cut. */
  function fit() {
    for (const size of [null, "long", "longest"]) {
      setAttribute(text, "data-long", size);
      if (text.scrollHeight <= text.clientHeight + 1) return;
    }
  }

  new ResizeObserver(fit).observe(text);

  /** @type {string | null} */
  let shown = null;

  function update(_state, answer) {
    if (!answer) return;
    if (answer.sentence !== shown) {
      shown = answer.sentence;
      fill(text, sayWithAmounts(ctx, answer));
      requestAnimationFrame(fit);
    }
    setText(basis, answer.basis);
    setText(draws, answer.draws);
    setText(rival, answer.rival);
    setAttribute(rival, "data-empty", !answer.rival); // a phone keeps its room
    setAttribute(basis, "title", answer.draws);
    setAttribute(staged, "hidden", !answer.stages);
    setAttribute(node, "data-staged", Boolean(answer.stages));
    setText(staged, tied(answer.stages?.sentence ?? ""));
    setAttribute(world, "hidden", !answer.world);
    setText(world, answer.world ? tied(answer.world.line) : "");
  }

  return { node, update };
}

/**
 * The sentence, in which each amount is a button that says how it came about.
 * @param {Ctx} ctx
 * @param {Answer} answer
 */
function sayWithAmounts(ctx, { sentence, amounts }) {
  // What evidence says is said of figures: the whole is one, its parts are none.
  const help = new Map(ctx.start.figures.map((figure) => [`figure:${figure.id}`, figure.help]));
  const asking = amounts.map(({ text, number, title }) => ({
    text,
    ask: (/** @type {HTMLElement} */ button) =>
      ctx.help(button, { ...help.get(number), text: "", title, number }),
  }));
  return withAmounts(sentence, asking);
}

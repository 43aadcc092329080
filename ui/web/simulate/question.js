// What the page is about: whose numbers, the question, the money that is at stake, and what the marks
// on the levers mean.

import { _, fmt } from "../i18n/messages.js";
import { withAmounts } from "../kit/amounts.js";
import { fill, h, setText } from "../kit/dom.js";
import { at } from "../state/document.js";

/**
 * The line above all figures.
 * @param {Ctx} ctx
 * @returns {Part}
 */
export function createQuestion(ctx) {
  const budgets = ctx.start.levers.flatMap(({ levers }) =>
    levers.flatMap(({ budget }) => budget ?? []),
  );
  const presets = new Map(ctx.start.presets.map((preset) => [preset.doc.name, preset]));
  const names = new Map(
    ctx.start.presets.map(({ doc, organisation }) => [doc.organisation.name, organisation]),
  );
  const name = h("button", {
    type: "button",
    class: "question-name",
    "aria-haspopup": "dialog",
    "data-action": "story",
  });
  const text = h("span", { class: "question-text" });
  const legend = h(
    "span",
    { class: "legend" },
    h(
      "span",
      { class: "legend-mark of-today" },
      h("span", { class: "legend-today", "aria-hidden": "true" }),
      _("today"),
    ),
    h(
      "span",
      { class: "legend-mark" },
      h("span", { class: "legend-base", "aria-hidden": "true" }),
      _("at the start"),
    ),
  );
  name.addEventListener("click", () => ctx.help(name, story()));

  /** What the scenario is about, for whoever has not seen it in the gallery. */
  function story() {
    const { doc, base } = ctx.store.state;
    const preset = presets.get(doc.name) ?? presets.get(base.name);
    return {
      title: ctx.title(doc),
      text:
        preset?.story ||
        doc.description ||
        _("Nobody has written down what this scenario is about."),
      more: _(
        "Connectedness is how many customers, employees, partners and people around take part in what you do, and how far they trust you.",
      ),
    };
  }

  /** @param {HTMLElement} button */
  function explain(button) {
    ctx.help(button, {
      title: _("What the three budgets come to"),
      text: _("What is spent in a year on market research, training and customer service."),
      number: "money:budgets",
    });
  }

  let shown = ""; // the question

  /** @param {State} state */
  function update({ doc, view }) {
    const { organisation } = doc;
    const total = budgets.reduce((sum, path) => sum + at(doc, path), 0);
    setText(name, names.get(organisation.name) ?? organisation.name);
    const amount = fmt.money(total, organisation.currency);
    const isShort = view.mode === "projector" && ctx.board.dataset.size === "wide";
    const question = askedIn(isShort, amount);
    if (question === shown) return;
    shown = question;
    fill(text, withAmounts(question, [{ text: amount, ask: explain }]));
  }

  return { node: h("p", { class: "question" }, name, " ", text, legend), update };
}

/** The question; where it has one line: which budgets they are, the levers say beside it.
 * @param {boolean} isShort @param {string} amount */
function askedIn(isShort, amount) {
  if (isShort) {
    return _("Should the three budgets, {amount} a year together, move money to connectedness?", {
      amount,
    });
  }
  return _(
    "Should market research, training and customer service, {amount} a year together, move money to connectedness?",
    { amount },
  );
}

// The headline: is it better, by how much, when, and what it returns.

import { _, tied } from "../i18n/messages.js";
import { h, newId, setAttribute, setText } from "../kit/dom.js";
import { doubtText, isOfCase, ofOrganisation, withDoubt } from "../kit/doubts.js";
import { openOrganisation } from "../scenarios/organisation.js";
import { createQuestion } from "./question.js";

const DRAWS_SHOWN = 50;
const IN_BRIEF = "net_present_value"; // the figure that stays in sight on a phone

/**
 * The strip of figures, and its `brief` form for the bottom edge of a phone.
 * @param {Ctx} ctx
 * @returns {Part & {brief: HTMLElement}}
 */
export function createHeadline(ctx) {
  const verdict = createVerdict(ctx);
  const figures = new Map(
    ctx.start.figures.map((figure) => [figure.id, createFigure(ctx, figure)]),
  );
  const question = createQuestion(ctx);
  const part = (/** @type {boolean} */ leads) =>
    ctx.start.figures
      .filter((figure) => figure.leads === leads)
      .map((figure) => figures.get(figure.id)?.node);
  const beside = h("div", { class: "beside", id: newId() }, part(false));
  const more = h(
    "button",
    {
      type: "button",
      class: "link more-figures",
      "aria-controls": beside.id,
      "aria-expanded": "false",
      onclick() {
        const isOpen = node.toggleAttribute("data-more");
        setAttribute(more, "aria-expanded", String(isOpen));
      },
    },
    // Both keep their room: what stands beside does not move.
    h("span", { class: "when-shut" }, _("More figures")),
    h("span", { class: "when-open" }, _("Fewer figures")),
  );
  const node = h(
    "section",
    { class: "strip", "aria-label": _("Result of the plan") },
    question.node,
    verdict.node,
    part(true),
    more,
    beside,
  );
  const brief = createBrief(() => node.scrollIntoView({ block: "start" }));

  function update(state, answer) {
    question.update(state, answer);
    if (!answer) return;
    const { headline } = answer;
    setAttribute(node, "data-verdict", headline.verdict.kind);
    verdict.show(headline.verdict, answer);
    for (const values of headline.figures) figures.get(values.id)?.show(values);
    const main = headline.figures.find((values) => values.id === IN_BRIEF);
    brief.show(headline.verdict, main);
  }

  return { node, brief: brief.node, update };
}

/**
 * The answer in words, and how many of the draws are better: one dot for so many each.
 * @param {Ctx} ctx
 */
function createVerdict(ctx) {
  const text = h("h2", { class: "verdict" });
  const detail = h("span", { class: "detail" });
  const weak = createWarning(ctx);
  const dots = Array.from({ length: DRAWS_SHOWN }, (_unused, index) =>
    h("svg:rect", { x: index * 4 + 0.5, y: 0, width: 2.6, height: 12, rx: 1.3 }),
  );
  const picture = h(
    "svg:svg",
    {
      class: "dots",
      viewBox: `0 0 ${DRAWS_SHOWN * 4} 12`,
      preserveAspectRatio: "xMinYMid",
      "aria-hidden": "true",
    },
    dots,
  );
  const { label, help } = ctx.start.verdict;
  const often = createLabel(ctx, detail, { title: label, number: "figure:verdict", ...help });
  return {
    node: h(
      "div",
      { class: "answer", "data-figure": "verdict", onclick: askLabel },
      text,
      picture,
      often,
      weak.node,
    ),
    show(verdict, { weak: warning, doubts }) {
      weak.show(warning, doubts);
      const said = withDoubt(verdict, doubts);
      const isDoubted = said !== verdict.text;
      setText(text, said);
      setAttribute(text, "data-doubted", isDoubted);
      tellLength(text);
      text.style.setProperty("--line", String(lettersOfTwoLines(said)));
      setText(detail, verdict.detail);
      tellLength(often);
      setAttribute(picture, "data-known", verdict.probability !== null);
      const better = Math.round((verdict.probability ?? 0) * DRAWS_SHOWN);
      for (const [index, dot] of dots.entries()) {
        setAttribute(dot, "class", index < better ? "better" : "worse");
      }
    },
  };
}

/**
 * That weak evidence drives the result, or, which comes first, that numbers of the organisation hardly
 * go together. It comes while nothing moves, to a place that is kept for it; until then that says that
 * the numbers are not what they will be.
 * @param {Ctx} ctx
 */
function createWarning(ctx) {
  const { way, ...help } = ctx.start.verdict.weak;
  const button = h("button", {
    type: "button",
    class: "label weak-evidence",
    "aria-haspopup": "dialog",
    hidden: true,
  });
  /** @type {Doubt[]} */
  let doubted = [];
  const ofEvidence = { ...help, way: { label: way, go: () => showJudgement(ctx) } };
  button.addEventListener("click", () =>
    ctx.help(button, doubted.length ? helpOfDoubts(ctx, doubted) : ofEvidence),
  );
  return {
    node: h("div", { class: "weak-place" }, button, refiningNote()),
    /** @param {string} warning @param {Doubt[]} doubts */
    show(warning, doubts) {
      doubted = doubts;
      const text = doubts.length ? doubtText(doubts) : warning;
      setText(button, text);
      tellLength(button);
      setAttribute(button, "hidden", !text);
      setAttribute(button, "data-doubts", doubts.length || null);
    },
  };
}

/** Says, where numbers stand, that they are not yet what they will be: styles show it meanwhile. */
export function refiningNote() {
  return h("span", { class: "refining" }, _("Numbers are being refined…"));
}

/** @param {Ctx} ctx @param {Doubt[]} doubts @returns {Help} */
function helpOfDoubts(ctx, doubts) {
  const items = doubts.map(({ text }) => text);
  if (isOfCase(doubts[0])) {
    return {
      title: _("Checked against the world"),
      text: items.join("\n"),
      way: { label: _("Checked against the world"), go: () => ctx.go("validation") },
    };
  }
  if (!ofOrganisation(doubts).length) {
    return { title: _("More than was ever seen"), text: items.join("\n") };
  }
  return {
    title: _("Numbers that hardly go together"),
    text: _("The result is worked out all the same, and is worth no more than these numbers are:"),
    items,
    way: {
      label: _("The organisation's own numbers"),
      go: () => openOrganisation(ctx, { show: doubts[0].fields[0] }),
    },
  };
}

/** The analysis that tells it for every grade. @param {Ctx} ctx */
function showJudgement(ctx) {
  ctx.whenOn("assumptions", ({ board }) =>
    board.querySelector('[data-analysis="judgement"]')?.scrollIntoView({ block: "start" }),
  );
}

/** @param {Ctx} ctx */
function createFigure(ctx, { id, label, compared, leads, help }) {
  const name = [h("span", {}, label), h("span", { class: "unseen" }, `, ${compared}`)];
  const isSaid = compared !== ctx.start.figures.find((figure) => figure.leads)?.compared;
  const against = h("p", { class: "compared", "aria-hidden": "true" }, isSaid ? compared : "");
  const value = h("p", { class: "value" });
  const range = h("p", { class: "range" });
  return {
    node: h(
      "div",
      { class: "figure", "data-figure": id, onclick: askLabel },
      createLabel(ctx, name, { title: label, compared, number: `figure:${id}`, ...help }),
      leads ? null : against,
      value,
      range,
    ),
    show(values) {
      setText(value, values.value);
      tellLength(value);
      setText(range, tied(values.range));
    },
  };
}

/** How many letters a line has, for the styles: it is to fit in its column. @param {HTMLElement} line */
function tellLength(line) {
  line.style.setProperty("--letters", String(line.textContent?.length || 1));
}

/** The letters of the longer line where a text takes two as alike as can be. @param {string} text */
function lettersOfTwoLines(text) {
  const words = text.split(" ");
  const ends = words.map((_word, place) => words.slice(0, place + 1).join(" ").length);
  return Math.min(...ends.map((end) => Math.max(end, text.length - end - 1)));
}

/** A click on the number asks what its label explains. @param {MouseEvent} event */
function askLabel({ target, currentTarget }) {
  if (/** @type {Element} */ (target).closest("button")) return; // which asks for itself
  /** @type {Element} */ (currentTarget).querySelector("button")?.click();
}

/**
 * What a figure is called: a button that explains it.
 * @param {Ctx} ctx
 */
function createLabel(ctx, content, help) {
  const button = h(
    "button",
    { type: "button", class: "label", "aria-haspopup": "dialog" },
    content,
  );
  button.addEventListener("click", () => ctx.help(button, help));
  return button;
}

/** On a phone the strip scrolls away: what matters stays at the bottom edge. */
function createBrief(goBack) {
  const verdict = h("span", { class: "verdict" });
  const value = h("span", { class: "brief-value" });
  const range = h("span", { class: "brief-range" });
  return {
    node: h(
      "button",
      {
        type: "button",
        class: "brief",
        "aria-label": _("Back to the result"),
        onclick: goBack,
      },
      verdict,
      h("span", { class: "brief-figure" }, value, range),
    ),
    show({ text }, main) {
      setText(verdict, text);
      setText(value, main.value);
      setText(range, tied(main.range));
    },
  };
}

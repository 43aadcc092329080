// "Is B really better than A?": the answer in words, how the difference is spread, and how often
// each is the best of all.

import { _, tied } from "../i18n/messages.js";
import { amountButton, withAmounts } from "../kit/amounts.js";
import { toast } from "../kit/dialog.js";
import { fill, h, setAttribute, setText, woven } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { CARRYING_ON } from "../state/pins.js";
import { detailOf, tellCounted } from "./counted.js";
import { createHistogram } from "./histogram.js";
import { createMeasures } from "./measures.js";
import { letter, section } from "./parts.js";

/** @typedef {import("./counted.js").Question} Question */

/**
 * The answer to the question which of two is better.
 * @param {Ctx} ctx
 * @param {(change: Partial<CompareChoice>) => void} choose  called with what is chosen: `{ first }`, `{ second }` or `{ measure }`
 */
export function createAnswer(ctx, choose) {
  const pair = createPair(ctx, choose);
  const ranking = createRanking(ctx);
  return {
    node: h("div", { class: "compare-answer" }, pair.node, ranking.node),
    /**
     * @param {any} answer
     * @param {Mark[]} marks  of the scenarios, and of carrying on behind them
     * @param {Question} question  that it is the answer to
     */
    update(answer, marks, question) {
      pair.update(answer, marks, question);
      ranking.update(answer.ranking, marks, question);
    },
  };
}

/** @param {Ctx} ctx */
function createPair(ctx, choose) {
  const first = createChooser(_("The one to compare with"), (letter) => choose({ first: letter }));
  const second = createChooser(_("The one that may be better"), (letter) =>
    choose({ second: letter }),
  );
  const verdict = h("p", { class: "compare-verdict" });
  const detail = h("p", { class: "compare-detail" });
  const caution = h("p", { class: "compare-caution" });
  const rule = h("p", { class: "compare-rule" });
  const by = h("span", {});
  const why = h("p", { class: "note", role: "status", "data-measured": "" });
  let before = ""; // what was compared by
  const histogram = createHistogram(ctx);
  const measures = createMeasures((measure) => choose({ measure }));
  const question = woven(_("Is {second} really better than {first}?"), {
    second: second.node,
    first: first.node,
  });
  return {
    node: section(
      "compare-pair",
      markTied(question),
      h("div", { role: "status" }, verdict, detail, caution),
      histogram.node,
      h("details", { class: "compare-how" }, h("summary", {}, by), measures.node, rule),
      why,
    ),
    update({ answer, measures: offered, measure, measured, rule: text }, marks, question) {
      const { label = "" } = offered.find(({ id }) => id === measure) ?? {};
      setText(by, _("Compared by: {measure}", { measure: label }));
      why.hidden = !measured;
      setText(why, measured);
      if (before && before !== measure && question.measure !== measure) {
        toast(ctx.board, `${by.textContent}. ${measured}`);
      }
      before = measure;
      first.update(marks, answer.first, answer.second);
      second.update(marks, answer.second, answer.first);
      measures.update(offered, measure);
      setText(verdict, answer.verdict);
      setAttribute(verdict, "data-verdict", answer.kind);
      fill(detail, detailOf(ctx, answer, text, question));
      caution.hidden = !answer.note;
      fill(caution, cautionOf(ctx, answer, question));
      setText(rule, text);
      histogram.update(answer, marks, text, question);
    },
  };
}

/** What to know with the verdict, of which the number says how it came about. */
function cautionOf(ctx, { note, apart, difference }, question) {
  if (!apart) return tied(note);
  const text = _("How far the two values are apart, each as it is shown.");
  const ask = (/** @type {HTMLElement} */ button) =>
    tellCounted(ctx, button, { title: difference, text, how: apart.how }, question, { of: "pair" });
  return withAmounts(note, [{ text: apart.amount, ask }]);
}

/** The question, of which the mark at its end stays beside the list before it. */
function markTied(question) {
  const [list, mark] = question.slice(-2);
  if (typeof mark !== "string" || /^\s/.test(mark)) return question;
  const end = h("span", { class: "compare-question" }, list, h("span", {}, mark));
  return [...question.slice(0, -2), end];
}

/**
 * A list of the scenarios, of which the one that is chosen on the other side cannot be chosen. A browser's
 * own shows one line, and cuts it: so it lies unseen over the name, which takes as many as it needs.
 */
function createChooser(label, chosen) {
  const list = h("select", { "aria-label": label, class: "compare-choose" });
  const name = h("span", { class: "compare-chosen", "aria-hidden": "true" });
  list.addEventListener("change", () => chosen(list.value));
  const called = (/** @type {Mark} */ { letter: sign, name: whole }) =>
    sign === CARRYING_ON ? whole : `${sign} · ${whole}`;
  return {
    node: h("span", { class: "compare-chooser" }, name, icon("open"), list),
    /** @param {Mark[]} marks @param {number} place @param {number} other */
    update(marks, place, other) {
      const options = marks.map((mark, index) =>
        h(
          "option",
          { value: mark.letter, disabled: index === other, selected: index === place },
          called(mark),
        ),
      );
      fill(list, ...options);
      list.value = marks[place].letter;
      setText(name, called(marks[place]));
      setAttribute(list, "title", called(marks[place]));
      setAttribute(list.parentElement ?? list, "data-letter", marks[place].letter);
    },
  };
}

// --- how often each is the best ------------------------------------------------------------------

/** @param {Ctx} ctx */
function createRanking(ctx) {
  const list = h("ol", { class: "compare-ranks", role: "list" });
  const note = h("p", { class: "note" });
  const both = h("p", { class: "compare-both" });
  return {
    node: section("compare-best", _("How often is each the best?"), list, both, note),
    update(ranking, marks, question) {
      fill(list, ...ranking.rows.map((row) => rank(ctx, row, marks[row.scenario], question)));
      both.hidden = !ranking.both_hold;
      setText(both, ranking.both_hold);
      note.hidden = !ranking.note;
      setText(note, ranking.note);
    },
  };
}

/** @param {Ctx} ctx @param {any} row @param {Mark} mark @param {Question} question */
function rank(ctx, row, mark, question) {
  const bar = h("span", { class: "compare-bar", "data-letter": mark.letter });
  bar.style.width = `${100 * row.best}%`;
  const expected = _("expected rank {rank}", { rank: row.rank });
  const often = _("How often it is the best of all that are compared, carrying on among them.");
  const said = { title: mark.name, text: often, how: row.how };
  const share = amountButton(row.share, (button) =>
    tellCounted(ctx, button, said, question, { of: "best", scenario: row.scenario }),
  );
  return h(
    "li",
    { "data-rank": mark.letter, title: expected },
    letter(mark),
    h(
      "span",
      { class: "compare-called" },
      h("span", { class: "compare-name" }, mark.name),
      h("strong", { class: "compare-share" }, share),
      h("span", { class: "unseen" }, expected),
    ),
    h("span", { class: "compare-track", "aria-hidden": "true" }, bar),
  );
}

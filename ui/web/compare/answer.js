// "Is B really better than A?": the answer in words, how the difference is spread, and how often
// each is the best of all.

import { _, tied } from "../i18n/messages.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { createHistogram } from "./histogram.js";
import { letterAt } from "./list.js";
import { createMeasures } from "./measures.js";
import { letter, section, woven } from "./parts.js";

/**
 * The answer to the question which of two is better.
 * @param {(change: Partial<CompareChoice>) => void} choose  called with what is chosen: `{ first }`, `{ second }` or `{ measure }`
 */
export function createAnswer(choose) {
  const pair = createPair(choose);
  const ranking = createRanking();
  return {
    node: h("div", { class: "compare-answer" }, pair.node, ranking.node),
    update(answer, names) {
      pair.update(answer, names);
      ranking.update(answer.ranking, names);
    },
  };
}

function createPair(choose) {
  const first = createChooser(_("The one to compare with"), (place) => choose({ first: place }));
  const second = createChooser(_("The one that may be better"), (place) =>
    choose({ second: place }),
  );
  const verdict = h("p", { class: "compare-verdict" });
  const detail = h("p", { class: "compare-detail" });
  const caution = h("p", { class: "compare-caution" });
  const rule = h("p", { class: "compare-rule" });
  const histogram = createHistogram();
  const measures = createMeasures((measure) => choose({ measure }));
  const question = woven(_("Is {second} really better than {first}?"), {
    second: second.node,
    first: first.node,
  });
  return {
    node: section(
      "compare-pair",
      markTied(question),
      measures.node,
      h("div", { role: "status" }, verdict, detail, caution),
      histogram.node,
      rule,
    ),
    update({ answer, measures: offered, measure, rule: text }, names) {
      first.update(names, answer.first, answer.second);
      second.update(names, answer.second, answer.first);
      measures.update(offered, measure);
      setText(verdict, answer.verdict);
      setAttribute(verdict, "data-verdict", answer.kind);
      setText(detail, tied(answer.detail));
      caution.hidden = !answer.note;
      setText(caution, answer.note);
      setText(rule, text);
      histogram.update(answer);
    },
  };
}

/** The question, of which the mark at its end stays beside the list before it. */
function markTied(question) {
  const [list, mark] = question.slice(-2);
  if (typeof mark !== "string" || /^\s/.test(mark)) return question;
  const end = h("span", { class: "compare-question" }, list, h("span", {}, mark));
  return [...question.slice(0, -2), end];
}

/** A list of the scenarios, of which the one that is chosen on the other side cannot be chosen. */
function createChooser(label, chosen) {
  const node = h("select", { "aria-label": label, class: "compare-choose" });
  node.addEventListener("change", () => chosen(Number(node.value)));
  return {
    node,
    update(names, place, other) {
      const options = names.map((name, index) =>
        h(
          "option",
          { value: index, disabled: index === other, selected: index === place },
          `${letterAt(index)} · ${name}`,
        ),
      );
      fill(node, ...options);
      node.value = String(place);
      setAttribute(node, "data-letter", letterAt(place));
    },
  };
}

// --- how often each is the best ------------------------------------------------------------------

function createRanking() {
  const list = h("ol", { class: "compare-ranks", role: "list" });
  const note = h("p", { class: "note" });
  return {
    node: section("compare-best", _("How often is each the best?"), list, note),
    update(ranking, names) {
      fill(list, ...ranking.rows.map((row) => rank(row, names)));
      note.hidden = !ranking.note;
      setText(note, ranking.note);
    },
  };
}

function rank(row, names) {
  const { scenario: place } = row;
  const bar = h("span", { class: "compare-bar", "data-letter": letterAt(place) });
  bar.style.width = `${100 * row.best}%`;
  return h(
    "li",
    { "data-rank": letterAt(place) },
    letter(place),
    h("span", { class: "compare-name" }, names[place]),
    h("span", { class: "compare-track", "aria-hidden": "true" }, bar),
    h(
      "span",
      { class: "compare-share" },
      h("strong", {}, row.share),
      h("span", {}, _("expected rank {rank}", { rank: row.rank })),
    ),
  );
}

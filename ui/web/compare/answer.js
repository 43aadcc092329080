// "Is B really better than A?": the answer in words, how the difference is spread, and how often
// each is the best of all.

import { LETTERS } from "./list.js";
import { letter, section, stroke, woven } from "./parts.js";
import { fill, h, newId, setAttribute, setText } from "../kit/dom.js";
import { _, tied } from "../i18n/messages.js";

const HEIGHT = 100; // of the histogram's own grid; it is stretched to its frame
const GAP = 0.08; // between bars, of a bar

/**
 * @param {function} choose  called with what is chosen: `{ first, second }` or `{ measure }`
 */
export function createAnswer(choose) {
  const first = chooser(_("The one to compare with"), (place) => choose({ first: place }));
  const second = chooser(_("The one that may be better"), (place) => choose({ second: place }));
  const verdict = h("p", { class: "compare-verdict" });
  const detail = h("p", { class: "compare-detail" });
  const caution = h("p", { class: "compare-caution" });
  const rule = h("p", { class: "compare-rule" });
  const drawing = createHistogram();
  const by = createMeasures((measure) => choose({ measure }));
  const ranks = h("ol", { class: "compare-ranks", role: "list" });
  const ranksNote = h("p", { class: "note" });
  const node = h(
    "div",
    { class: "compare-answer" },
    section(
      "compare-pair",
      asked(
        woven(_("Is {second} really better than {first}?"), {
          second: second.node,
          first: first.node,
        }),
      ),
      by.node,
      h("div", { role: "status" }, verdict, detail, caution),
      drawing.node,
      rule,
    ),
    section("compare-best", _("How often is each the best?"), ranks, ranksNote),
  );

  return {
    node,
    update(answer, names) {
      const told = answer.answer;
      first.update(names, told.first, told.second);
      second.update(names, told.second, told.first);
      by.update(answer.measures, answer.measure);
      setText(verdict, told.verdict);
      setText(detail, tied(told.detail));
      caution.hidden = !told.note;
      setText(caution, told.note);
      setAttribute(verdict, "data-verdict", told.kind);
      setText(rule, answer.rule);
      drawing.update(told);
      fill(ranks, ...answer.ranking.rows.map((row) => rank(row, names)));
      ranksNote.hidden = !answer.ranking.note;
      setText(ranksNote, answer.ranking.note);
    },
  };
}

/** The question, of which the mark at its end stays beside the list before it. */
function asked(parts) {
  const [list, mark] = parts.slice(-2);
  if (typeof mark !== "string" || /^\s/.test(mark)) return parts;
  return [...parts.slice(0, -2), h("span", { class: "compare-asked" }, list, h("span", {}, mark))];
}

/** A list of the scenarios, of which the one that is chosen on the other side cannot be chosen. */
function chooser(label, chosen) {
  const select = h("select", { "aria-label": label, class: "compare-choose" });
  select.addEventListener("change", () => chosen(Number(select.value)));
  return {
    node: select,
    update(names, place, other) {
      fill(
        select,
        ...names.map((name, index) =>
          h(
            "option",
            { value: index, disabled: index === other, selected: index === place },
            `${LETTERS[index]} · ${name}`,
          ),
        ),
      );
      select.value = String(place);
      setAttribute(select, "data-letter", LETTERS[place]);
    },
  };
}

// --- what scenarios are compared by --------------------------------------------------------------

function createMeasures(chosen) {
  const name = newId();
  const list = h("div", { class: "compare-measures" });
  const reasons = h("p", { class: "note" });
  let shown = "";

  function option(one) {
    const meaning = newId();
    const radio = h("input", {
      type: "radio",
      name,
      value: one.id,
      disabled: one.reason !== "",
      "aria-describedby": meaning,
      onchange: () => chosen(one.id),
    });
    return h(
      "label",
      { class: "compare-measure", "data-measure": one.id, title: one.meaning },
      radio,
      h("span", {}, one.label),
      h("span", { class: "unseen", id: meaning }, one.reason || one.meaning),
    );
  }

  return {
    node: h(
      "fieldset",
      { class: "compare-by" },
      h("legend", { class: "unseen" }, _("Compared by")),
      list,
      reasons,
    ),
    update(offered, measure) {
      const now = JSON.stringify(offered);
      if (now !== shown) {
        shown = now;
        const focused = list.contains(document.activeElement) ? document.activeElement.value : null;
        fill(list, ...offered.map(option));
        if (focused) list.querySelector(`[value="${focused}"]`)?.focus();
      }
      for (const one of list.querySelectorAll("input")) one.checked = one.value === measure;
      const why = new Map();
      for (const { label, reason } of offered.filter((one) => one.reason)) {
        why.set(reason, [...(why.get(reason) ?? []), label]);
      }
      reasons.hidden = why.size === 0;
      setText(
        reasons,
        [...why].map(([reason, labels]) => `${labels.join(", ")}: ${reason}`).join(" "),
      );
    },
  };
}

// --- how the difference is spread ----------------------------------------------------------------

function createHistogram() {
  const alt = h("p", { class: "unseen", id: newId() });
  const worse = h("span", { class: "compare-side" });
  const better = h("span", { class: "compare-side" });
  const bars = h("svg:svg", {
    viewBox: `0 0 1 ${HEIGHT}`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
    focusable: "false",
  });
  const zero = h("span", { class: "compare-zero" });
  const span = h("span", { class: "compare-span" });
  const middle = h("span", { class: "compare-middle" });
  const ticks = h("div", { class: "compare-ticks", "aria-hidden": "true" });
  const rows = h("tbody", {});
  const node = h(
    "figure",
    { class: "compare-histogram" },
    h(
      "div",
      { role: "img", "aria-label": _("How the difference is spread"), "aria-describedby": alt.id },
      h("div", { class: "compare-sides" }, worse, better),
      h("div", { class: "compare-bars" }, bars, zero),
      h("div", { class: "compare-range" }, span, middle),
      ticks,
    ),
    alt,
    h(
      "details",
      {},
      h("summary", {}, _("The same as a table")),
      h(
        "table",
        { class: "table" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, _("Difference")),
            h("th", { scope: "col" }, _("Cases")),
          ),
        ),
        rows,
      ),
    ),
  );

  function side(node, text, place) {
    fill(node, stroke(place), h("span", {}, text));
  }

  return {
    node,
    update({ first, second, spread, alt: text, worse: left, better: right }) {
      node.hidden = !spread;
      if (!spread) return;
      setText(alt, text);
      side(worse, left, first);
      side(better, right, second);
      const most = Math.max(...spread.counts);
      fill(
        bars,
        ...spread.counts.map((count, index) => {
          const [from, to] = [spread.edges[index], spread.edges[index + 1]];
          const height = (HEIGHT * count) / most;
          const ahead = (from + to) / 2 > spread.zero ? second : first;
          return h("svg:rect", {
            x: from + ((to - from) * GAP) / 2,
            y: HEIGHT - height,
            width: (to - from) * (1 - GAP),
            height,
            "data-letter": LETTERS[ahead],
          });
        }),
      );
      const percent = (place) => `${100 * Math.min(Math.max(place, 0), 1)}%`;
      zero.hidden = spread.zero < 0 || spread.zero > 1;
      zero.style.left = percent(spread.zero);
      span.style.left = percent(spread.low);
      span.style.right = percent(1 - spread.high);
      middle.style.left = percent(spread.central);
      fill(
        ticks,
        ...spread.ticks.map((one) => {
          const tick = h(
            "span",
            { "data-edge": one.place < 0.07 ? "start" : one.place > 0.93 ? "end" : null },
            one.text,
          );
          tick.style.left = percent(one.place);
          return tick;
        }),
      );
      fill(
        rows,
        ...spread.rows.map(([range, count]) =>
          h("tr", {}, h("th", { scope: "row" }, range), h("td", {}, count)),
        ),
      );
    },
  };
}

// --- how often each is the best ------------------------------------------------------------------

function rank(row, names) {
  const bar = h("span", { class: "compare-bar", "data-letter": LETTERS[row.scenario] });
  bar.style.width = `${100 * row.best}%`;
  return h(
    "li",
    { "data-rank": LETTERS[row.scenario] },
    letter(row.scenario),
    h("span", { class: "compare-name" }, names[row.scenario]),
    h("span", { class: "compare-track", "aria-hidden": "true" }, bar),
    h(
      "span",
      { class: "compare-share" },
      h("strong", {}, row.share),
      h("span", {}, _("expected rank {rank}", { rank: row.rank })),
    ),
  );
}

// Tables of the Compare page: headline figures, what differs, what to know before.

import { _, tied } from "../i18n/messages.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { entries } from "./list.js";
import { between, compareTable, folded, section } from "./parts.js";

/** Headline figures, with what each is more than the first scenario's. @param {Ctx} ctx */
export function createHeadline(ctx) {
  const content = h("div", {});
  const first = h("span", {});
  const toggle = h("input", { type: "checkbox", "data-field": "compare-differences" });
  toggle.checked = true;
  toggle.addEventListener("change", () => setAttribute(content, "data-bare", !toggle.checked));
  return {
    node: folded(
      "compare-headline",
      _("What each comes to"),
      h(
        "p",
        { class: "lead-in" },
        _("The middle of all cases, with the range in which 8 of 10 lie."),
      ),
      h("label", { class: "check" }, toggle, first),
      content,
    ),
    update({ headline }, marks) {
      setText(first, _("Show differences from {letter}", { letter: marks[0].letter }));
      const [whole, last] = [false, true].map((atEnd) =>
        headline
          .filter((figure) => figure.at_end === atEnd)
          .map((figure) => figureRow(ctx, figure, marks)),
      );
      fill(
        content,
        compareTable(
          _("Headline figures"),
          marks,
          h("tbody", {}, whole),
          h("tbody", {}, between(_("In the last month, with the plan"), marks), last),
        ),
      );
    },
  };
}

/** @param {Ctx} ctx */
function figureRow(ctx, { id, label, unit, cells }, marks) {
  const [{ letter: first }] = marks;
  const help = helpOf(ctx, id);
  const name = help
    ? h("button", { type: "button", class: "compare-asks", "aria-haspopup": "dialog" }, label)
    : null;
  /** What it is, and how it came about in one of them. @param {number} place */
  const ask = (place) => () =>
    name && help && ctx.help(name, { ...help, doc: entries(ctx)[place].doc });
  name?.addEventListener("click", ask(0));
  return h(
    "tr",
    { "data-figure": id },
    rowHeading(name ?? label, unit),
    cells.map((cell, place) => figureCell(cell, marks[place].letter, first, name && ask(place))),
  );
}

/**
 * What is told to whoever asks for a figure or an outcome; null where there is nothing.
 * @param {Ctx} ctx
 * @param {string} id
 * @returns {Help | null}
 */
export function helpOf({ start }, id) {
  if (id === "probability_better") {
    return { title: start.verdict.label, number: "figure:verdict", ...start.verdict.help };
  }
  const asked = id === "probability_payback" ? "payback_month" : id; // which says its share, too
  const figure = start.figures.find((one) => one.id === asked);
  if (figure) return { title: figure.label, number: `figure:${asked}`, ...figure.help };
  const outcome = start.outcomes.flatMap(({ items }) => items).find((one) => one.id === id);
  if (!outcome) return null;
  return { title: outcome.label, text: outcome.meaning, number: `outcome:${id}` };
}

function figureCell({ value, range, difference, difference_range: span }, letter, first, ask) {
  const title = span ? _("8 of 10 cases: {range}", { range: tied(span) }) : null;
  return h(
    "td",
    { "data-letter": letter, "data-asks": ask !== null, onclick: ask },
    h("span", { class: "compare-figure" }, tied(value)),
    range ? h("span", { class: "compare-range-text" }, tied(range)) : null,
    difference
      ? h(
          "span",
          { class: "compare-difference", title },
          h("span", { class: "unseen" }, _("Difference from {letter}:", { letter: first })),
          tied(difference),
        )
      : null,
  );
}

function rowHeading(label, unit) {
  return h("th", { scope: "row" }, label, unit ? h("span", { class: "note" }, ` ${unit}`) : null);
}

/** What differs in levers, organisation and assumptions, and nothing else. */
export function createDiffering() {
  const content = h("div", {});

  function row({ path, label, unit, values }) {
    return h(
      "tr",
      { "data-path": path },
      rowHeading(label, unit),
      values.map((value, place) =>
        h("td", { "data-same": place > 0 && value === values[0] }, tied(value)),
      ),
    );
  }

  return {
    node: folded("compare-differing", _("What differs"), content),
    update({ differing }, marks) {
      if (!differing.length) {
        fill(
          content,
          h("p", {}, _("Nothing: levers, organisations and assumptions are the same.")),
        );
        return;
      }
      const bodies = differing.map((group) =>
        h("tbody", { "data-group": group.id }, between(group.label, marks), group.rows.map(row)),
      );
      fill(content, compareTable(_("What differs"), marks, bodies));
    },
  };
}

/** What is to be known before comparing. */
export function createCaveats() {
  const list = h("ul", {});
  const node = section("compare-caveats", _("To know before comparing"), list);
  const item = ({ kind, text, detail }) =>
    h(
      "li",
      { "data-caveat": kind },
      h("span", {}, text),
      " ",
      h("span", { class: "note" }, detail),
    );
  return {
    node,
    update({ caveats }) {
      node.hidden = !caveats.length;
      fill(list, ...caveats.map(item));
    },
  };
}

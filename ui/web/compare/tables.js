// Tables of the Compare page: headline figures, what differs, what to know before.

import { _, tied } from "../i18n/messages.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { between, compareTable, folded, section } from "./parts.js";

/** Headline figures, with what each is more than the first scenario's. */
export function createHeadline() {
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
          .map((figure) => figureRow(figure, marks)),
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

function figureRow({ id, label, unit, cells }, marks) {
  const [{ letter: first }] = marks;
  return h(
    "tr",
    { "data-figure": id },
    rowHeading(label, unit),
    cells.map((cell, place) => figureCell(cell, marks[place].letter, first)),
  );
}

function figureCell({ value, range, difference, difference_range: span }, letter, first) {
  const title = span ? _("8 of 10 cases: {range}", { range: tied(span) }) : null;
  return h(
    "td",
    { "data-letter": letter },
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

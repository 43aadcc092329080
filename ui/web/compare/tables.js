// Tables of the Compare page: headline figures, what differs, what to know before.

import { _, tied } from "../i18n/messages.js";
import { fill, h, setAttribute } from "../kit/dom.js";
import { letterAt } from "./list.js";
import { between, compareTable, section } from "./parts.js";

/** Headline figures, with what each is more than the first scenario's. */
export function createHeadline() {
  const content = h("div", {});
  const toggle = h("input", { type: "checkbox", "data-field": "compare-differences" });
  toggle.checked = true;
  toggle.addEventListener("change", () => setAttribute(content, "data-bare", !toggle.checked));
  return {
    node: section(
      "compare-headline",
      _("What each comes to"),
      h(
        "p",
        { class: "lead-in" },
        _("The middle of all cases, with the range in which 8 of 10 lie."),
      ),
      h("label", { class: "check" }, toggle, h("span", {}, _("Show differences from A"))),
      content,
    ),
    update({ headline }, names) {
      const [whole, last] = [false, true].map((atEnd) =>
        headline.filter((figure) => figure.at_end === atEnd).map(figureRow),
      );
      fill(
        content,
        compareTable(
          _("Headline figures"),
          names,
          h("tbody", {}, whole),
          h("tbody", {}, between(_("In the last month, with the plan"), names), last),
        ),
      );
    },
  };
}

function figureRow({ id, label, unit, cells }) {
  return h("tr", { "data-figure": id }, rowHeading(label, unit), cells.map(figureCell));
}

function figureCell({ value, range, difference, difference_range: span }, place) {
  const title = span ? _("8 of 10 cases: {range}", { range: tied(span) }) : null;
  return h(
    "td",
    { "data-letter": letterAt(place) },
    h("span", { class: "compare-figure" }, tied(value)),
    range ? h("span", { class: "compare-range-text" }, tied(range)) : null,
    difference
      ? h(
          "span",
          { class: "compare-difference", title },
          h("span", { class: "unseen" }, _("Difference from A:")),
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
    node: section("compare-differing", _("What differs"), content),
    update({ differing }, names) {
      if (!differing.length) {
        fill(
          content,
          h("p", {}, _("Nothing: levers, organisations and assumptions are the same.")),
        );
        return;
      }
      const bodies = differing.map((group) =>
        h("tbody", { "data-group": group.id }, between(group.label, names), group.rows.map(row)),
      );
      fill(content, compareTable(_("What differs"), names, bodies));
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

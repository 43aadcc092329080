// The page with the whole register of assumptions.

import { _, fmt, language, ngettext } from "../i18n/messages.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { gradeBadge } from "../kit/grade.js";
import { createAnalyses } from "./analyses.js";
import { createInfluenceSwitch } from "./influence-switch.js";
import { gradeIn, markOf, sameAssumptions, standsOut } from "./range.js";
import { createGroupChoice, createIndex, createSearchField, matching } from "./search.js";
import { columnsOf, createHeadings, createTableRow } from "./table.js";

/**
 * Make the page.
 * @param {Ctx} ctx
 * @returns {Page}
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one table, and what may change which of it is shown
export function createPage(ctx) {
  const { start, store } = ctx;
  const { register } = start;
  const index = createIndex(start);
  const columns = columnsOf(start);
  const headings = createHeadings(columns, sorted);
  const byInfluence = createInfluenceSwitch(ctx, {
    changed: arrange,
    turned() {
      headings.clear();
      arrange();
    },
  });
  const { influence } = byInfluence;
  const ordered = createOrder(store, headings, byInfluence, influence);
  const search = createSearchField(_("Search: a word, a source"));
  const group = createGroupChoice(start);
  const chips = createGradeChips(start, arrange);
  const count = h("p", { class: "note", role: "status" });
  const lead = h("p", { class: "lead-in" });
  const own = h("p", { class: "register-own" });
  const rows = new Map(register.map((record) => [record.id, createTableRow(ctx, record, columns)]));
  const body = h("tbody", { role: "rowgroup" });
  const table = tableOf(headings.nodes, body);
  const analyses = createAnalyses(ctx);
  const nothing = h(
    "p",
    { class: "register-nothing", hidden: true },
    _("No assumption fits. Take a filter away, or search for less."),
  );
  const node = h(
    "section",
    { class: "register-page" },
    h("h1", {}, _("Assumptions")),
    lead,
    analyses.node,
    own,
    h("div", { class: "register-tools" }, search, group, chips.node),
    h("div", { class: "register-status" }, byInfluence.node, count, downloadLink()),
    table,
    nothing,
  );
  /** @type {State | null} */
  let followed = null; // the state that is shown

  /** Those that fit, in their order. */
  function arrange() {
    const gradeOf = (record) => gradeIn(start, record, store.state.doc).grade;
    const filter = { text: search.value, group: group.value, grades: chips.chosen, gradeOf };
    const matches = matching(register, index, filter);
    matches.sort(ordered);
    for (const [id, row] of rows) row.reaches(byInfluence.isOn ? influence.text(id) : "");
    byInfluence.tell();
    fill(body, ...matches.flatMap((record) => rows.get(record.id)?.nodes ?? []));
    nothing.hidden = matches.length > 0;
    table.hidden = !matches.length;
    setText(count, countText(matches.length, register.length));
  }

  /** By a column: that is not by influence. */
  function sorted() {
    byInfluence.release();
    arrange();
  }

  function update(state) {
    analyses.update();
    const another = followed?.base !== state.base;
    if (!another && sameAssumptions(followed?.doc, state.doc)) return;
    followed = state;
    for (const row of rows.values()) row.update(state);
    const text = ownText(state, register);
    own.hidden = !text;
    setText(own, text);
    byInfluence.follow();
    const counts = gradeCounts(start, state.doc);
    setText(lead, introduction(start, counts));
    chips.count(counts);
    if (another) arrange();
  }

  search.addEventListener("input", arrange);
  group.addEventListener("change", arrange);
  return {
    nodes: [node],
    update,
    destroy() {
      analyses.destroy();
      influence.stop();
    },
  };
}

/**
 * How assumptions are ordered: by the column that was chosen, or by influence; else those that stand
 * out come first.
 * @param {Store} store
 * @param {ReturnType<typeof createHeadings>} headings
 * @param {ReturnType<typeof createInfluenceSwitch>} byInfluence
 * @param {ReturnType<typeof createInfluenceSwitch>["influence"]} influence
 * @returns {(record: Assumption, other: Assumption) => number}
 */
function createOrder(store, headings, byInfluence, influence) {
  const collator = new Intl.Collator(language());

  /** @param {Column} column @param {Assumption} record @param {Assumption} other */
  function compare(column, record, other) {
    const [key, otherKey] = [record, other].map((each) => column.key(each, store.state));
    return column.number
      ? Number(key) - Number(otherKey)
      : collator.compare(String(key), String(otherKey));
  }

  return (record, other) => {
    const { order } = headings;
    if (order) return compare(order.column, record, other) * (order.up ? 1 : -1);
    if (byInfluence.isOn) return influence.place(record.id) - influence.place(other.id);
    return Number(standsOut(store.state, other)) - Number(standsOut(store.state, record));
  };
}

/** @param {number} number @param {number} total */
function countText(number, total) {
  return _("{number} of {total} assumptions", {
    number: fmt.number(number),
    total: fmt.number(total),
  });
}

/** @param {Node[]} headings @param {HTMLElement} body */
function tableOf(headings, body) {
  return h(
    "table",
    { role: "table", class: "register" },
    h("caption", { class: "unseen" }, _("The register of assumptions")),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, headings)),
    body,
  );
}

/** How many assumptions have each grade in a scenario. */
function gradeCounts(start, doc) {
  const all = start.register.map((record) => gradeIn(start, record, doc).grade);
  const count = (letter) => all.filter((grade) => grade === letter).length;
  return Object.fromEntries(Object.keys(start.grades).map((grade) => [grade, count(grade)]));
}

function introduction({ register, grades }, counts) {
  const all = Object.keys(grades);
  const [best, weakest] = [all[0], all[all.length - 1]];
  return [
    _(
      "The model rests on {number} assumptions about the world. Nobody knows them exactly, " +
        "so each has a range: in every draw the simulator takes one value from each of them, " +
        "and the bands in the charts show what follows.",
      { number: fmt.number(register.length) },
    ),
    _(
      "The grade says how well a number is supported, from {best} ({most}) to {weakest} " +
        "({least}); {number} of them have grade {weakest}, and every range is our reading of " +
        "the source, not the source's own.",
      {
        best,
        most: grades[best],
        weakest,
        least: grades[weakest],
        number: fmt.number(counts[weakest]),
      },
    ),
  ].join(" ");
}

/** What a scenario does with the assumptions; "" where it changes and knows none. */
function ownText(state, register) {
  const changed = register.filter((record) => standsOut(state, record)).length;
  const known = register.filter((record) => markOf(state, record) === "known").length;
  const texts = [changed && changedText(changed), known && knownText(known)];
  return texts.filter(Boolean).join(" ");
}

function changedText(count) {
  return ngettext(
    "This scenario changes {number} of them: it comes first, and the table shows the " +
      "scenario's own range.",
    "This scenario changes {number} of them: they come first, and the table shows the " +
      "scenario's own ranges.",
    count,
  );
}

function knownText(count) {
  return ngettext(
    "{number} of them is known to the organisation: what it entered is used, nothing is drawn.",
    "{number} of them are known to the organisation: what it entered is used, nothing is drawn.",
    count,
  );
}

function downloadLink() {
  return h(
    "a",
    {
      href: new URL("board/register.csv", document.baseURI).href,
      download: "evidence.csv",
      class: "plain",
    },
    _("Download the register (CSV)"),
  );
}

/**
 * Buttons that filter by grades: `{ node, chosen, count(counts) }`, the set of those that are pressed,
 * and how many assumptions each has.
 */
function createGradeChips({ grades }, changed) {
  const chosen = new Set();
  const numbers = new Map(
    Object.keys(grades).map((grade) => [grade, h("span", { class: "chip-count" })]),
  );
  const chips = Object.entries(grades).map(([grade, meaning]) =>
    h(
      "button",
      {
        type: "button",
        class: "chip",
        "aria-pressed": "false",
        "data-filter-grade": grade,
        onclick: (event) => {
          if (!chosen.delete(grade)) chosen.add(grade);
          setAttribute(event.currentTarget, "aria-pressed", String(chosen.has(grade)));
          changed();
        },
      },
      gradeBadge(grade, { labelled: false }),
      h("span", {}, meaning),
      numbers.get(grade),
    ),
  );
  const node = h(
    "div",
    { class: "chips", role: "group", "aria-label": _("Filter by grade") },
    chips,
  );
  function count(next) {
    for (const [grade, number] of numbers) setText(number, fmt.number(next[grade]));
  }

  return { node, chosen, count };
}

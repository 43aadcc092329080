// The table of the register: its columns, by which it can be sorted, and a row for each assumption.

import { _, language } from "../i18n/messages.js";
import { shown } from "../i18n/numbers.js";
import { h, newId, setAttribute, setText } from "../kit/dom.js";
import { createDetail } from "./detail.js";
import { createGrade, createMark } from "./parts.js";
import { ENDS, gradeIn, markOf, rangeOf, unitOf } from "./range.js";

/** The columns: `id`, `title`, `key(record, state)` to sort by, and whether that is a `number`. */
export function columnsOf(start) {
  const titles = { low: _("Low"), central: _("Central"), high: _("High") };
  const text = (id, title, key) => ({ id, title, key, number: false });
  return [
    text("label", _("Assumption"), (record) => record.label),
    ...ENDS.map((end) => ({
      id: end,
      title: titles[end],
      key: (record, state) => rangeOf(state.doc, record)[end],
      number: true,
    })),
    text("unit", _("Unit"), (record) => record.unit),
    text("grade", _("Grade"), (record, { doc }) => gradeIn(start, record, doc).grade),
    text("source", _("Source"), (record) => (record.own_judgement ? "" : record.citation)),
  ];
}

/**
 * The columns' headings. A click on one sorts by it, another the other way round, a third no more.
 * @param {Column[]} columns
 * @param {() => void} changed  called when the order is another one
 * @returns {{nodes: HTMLElement[], order: {column: Column, up: boolean} | null, clear: () => void}}
 */
export function createHeadings(columns, changed) {
  /** @type {{column: Column, up: boolean} | null} */
  let order = null;

  function sort(column) {
    if (!order || order.column !== column) order = { column, up: true };
    else order = order.up ? { column, up: false } : null;
    columns.forEach((each, index) => {
      const way = order?.up ? "ascending" : "descending";
      setAttribute(nodes[index], "aria-sort", order?.column === each ? way : null);
    });
    changed();
  }

  const nodes = columns.map((column) =>
    h(
      "th",
      { role: "columnheader", scope: "col", class: column.number ? "number" : null },
      h(
        "button",
        { type: "button", "data-sort": column.id, onclick: () => sort(column) },
        column.title,
      ),
    ),
  );
  return {
    nodes,
    get order() {
      return order;
    },
    /** Sort by none of them. */
    clear() {
      order = null;
      for (const node of nodes) setAttribute(node, "aria-sort", null);
    },
  };
}

/**
 * An assumption in the table: `{ nodes, update(state) }`, its row and what unfolds below that.
 * @param {Ctx} ctx
 */
export function createTableRow(ctx, record, columns) {
  const detailId = newId();
  const mark = createMark();
  const reach = h("span", { class: "register-reach" });
  const head = h(
    "button",
    { type: "button", "aria-expanded": "false", "aria-controls": detailId },
    h("span", { class: "assumption-label" }, record.label),
  );
  const grade = createGrade(ctx, record);
  const meaning = h("span", { class: "grade-text" });
  const own = h(
    "span",
    { class: "register-source-own", hidden: true },
    _("Of the register's range:"),
  );
  const cells = cellsOf(ctx, record, head, { mark, reach, grade, meaning, own });
  for (const column of columns) cells[column.id].dataset.label = column.title;
  const row = h(
    "tr",
    { role: "row", "data-assumption-row": record.id },
    columns.map((column) => cells[column.id]),
  );
  const content = h("td", { role: "cell", colspan: columns.length, id: detailId });
  const opened = h("tr", { role: "row", class: "register-opened", hidden: true }, content);
  /** @type {ReturnType<typeof createDetail> | null} */
  let detail = null;
  /** @type {State} */
  let state;
  head.addEventListener("click", () => {
    opened.hidden = !opened.hidden;
    setAttribute(head, "aria-expanded", String(!opened.hidden));
    if (opened.hidden) return;
    if (!detail) {
      detail = createDetail(ctx, record);
      content.append(detail.node);
    }
    detail.update(state);
  });

  return {
    nodes: [row, opened],
    /** How far the answer goes with it, or "". @param {string} text */
    reaches: (text) => setText(reach, text),
    update(next) {
      state = next;
      const range = rangeOf(state.doc, record);
      const kind = markOf(state, record);
      for (const end of ENDS) {
        setText(cells[end], kind === "known" ? "" : shown(range[end], record.percent));
      }
      mark.show(kind);
      grade.show(state.doc);
      const support = gradeIn(ctx.start, record, state.doc);
      setText(meaning, support.meaning);
      own.hidden = !support.isOwn;
      setAttribute(row, "data-marked", kind);
      if (!opened.hidden) detail?.update(state);
    },
  };
}

/**
 * The cells of a row, by the ids of their columns.
 * @param {Ctx} ctx
 * @param {Assumption} record
 * @param {HTMLElement} head
 * @param {{mark: ReturnType<typeof createMark>, grade: ReturnType<typeof createGrade>, reach: HTMLElement, meaning: HTMLElement, own: HTMLElement}} parts
 *   `mark` and `reach` stand below its name; `own` before a source that is not of its figure
 */
function cellsOf(ctx, record, head, { mark, reach, grade, meaning, own }) {
  const { groups } = ctx.start;
  const original = !record.own_judgement && !record.described && language() !== "en" && "en";
  const source = record.own_judgement ? _("our own judgement") : record.citation;
  return {
    label: h(
      "th",
      { role: "rowheader", scope: "row" },
      head,
      h("span", { class: "register-group-name" }, groups[record.group], " ", mark.node),
      reach,
    ),
    low: h("td", { role: "cell", class: "number" }),
    central: h("td", { role: "cell", class: "number central" }),
    high: h("td", { role: "cell", class: "number" }),
    unit: h("td", { role: "cell" }, unitOf(record) || "%"),
    grade: h("td", { role: "cell" }, h("span", { class: "grade-cell" }, grade.node, meaning)),
    source: h(
      "td",
      { role: "cell" },
      own,
      h("span", { class: "register-source", lang: original }, source),
    ),
  };
}

// Small parts that the panel and the page of assumptions are made of.

import { _ } from "../i18n/messages.js";
import { shown } from "../i18n/numbers.js";
import { h, setAttribute, setText } from "../kit/dom.js";
import { gradeBadge } from "../kit/grade.js";
import { ENDS } from "./range.js";

/** The mark of an assumption that is not drawn as in the register: `{ node, show(kind) }`. */
export function createMark() {
  const node = h("span", { class: "mark", hidden: true });
  return {
    node,
    show(kind) {
      node.hidden = !kind;
      setAttribute(node, "data-kind", kind);
      const texts = {
        known: _("Known: entered for the organisation"),
        changed: _("Changed"),
        own: _("The scenario's own"),
      };
      setText(node, texts[kind] ?? "");
    },
  };
}

/** "0.8% 1.6% 3.2%" as three nodes; `show(range)` puts other values in. */
export function createTriple(record) {
  const values = ENDS.map((end) => h("span", { class: `end ${end}` }));
  const node = h("span", { class: "triple" }, values);
  return {
    node,
    show(range) {
      for (const [index, end] of ENDS.entries()) {
        setText(values[index], shown(range[end], record.percent));
      }
      setAttribute(node, "data-single", range.known);
    },
  };
}

/**
 * A grade and what it means, in words.
 * @param {Ctx} ctx
 */
export function gradeText(ctx, record) {
  return _("{grade}: {meaning}", { grade: record.grade, meaning: ctx.start.grades[record.grade] });
}

/**
 * The grade of an assumption as a badge, which says what it means to who points at it.
 * @param {Ctx} ctx
 */
export function explainedGrade(ctx, record) {
  return gradeBadge(record.grade, { title: gradeText(ctx, record) });
}

// Small parts that the panel and the page of assumptions are made of.

import { _ } from "../i18n/messages.js";
import { shown } from "../i18n/numbers.js";
import { h, setAttribute, setText } from "../kit/dom.js";
import { gradeBadge } from "../kit/grade.js";
import { ENDS, gradeIn } from "./range.js";

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

/** The grade of what an assumption runs with, and what it means. @param {Ctx} ctx */
export function gradeText(ctx, record, doc) {
  return worded(gradeIn(ctx.start, record, doc));
}

/** The same of the range in the register. @param {Ctx} ctx */
export function registeredGradeText(ctx, record) {
  return worded(gradeIn(ctx.start, record, undefined));
}

function worded({ grade, meaning }) {
  return _("{grade}: {meaning}", { grade, meaning });
}

/**
 * The grade of what an assumption runs with as a badge, which says what it means to who points at it:
 * `{ node, show(doc) }`.
 * @param {Ctx} ctx
 */
export function createGrade(ctx, record) {
  const node = gradeBadge(record.grade, { title: registeredGradeText(ctx, record) });
  return {
    node,
    show(doc) {
      const { grade } = gradeIn(ctx.start, record, doc);
      setText(/** @type {Element} */ (node.lastElementChild), grade);
      setAttribute(node, "data-grade", grade);
      setAttribute(node, "title", gradeText(ctx, record, doc));
    },
  };
}

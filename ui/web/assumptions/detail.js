// One assumption, opened: what it means, an editor for it, and where its range comes from.

import { _, language } from "../i18n/messages.js";
import { h, setText } from "../kit/dom.js";
import { createEditor } from "./editor.js";
import { createEntered } from "./entered.js";
import { gradeText, registeredGradeText } from "./parts.js";
import { isOwnFigure, knownInstead } from "./range.js";

const SPREADS = {
  fixed: () => _("always this one number"),
  uniform: () => _("every value of the range is as likely"),
  loguniform: () => _("every order of magnitude of the range is as likely"),
  triangular: () => _("mostly near the central value, never beyond the ends"),
  lognormal: () => _("mostly near the central value, high values thin out slowly"),
};

/**
 * Everything about an assumption, and an editor for it, or what the organisation knows instead:
 * `{ node, update(state) }`.
 * @param {Ctx} ctx
 */
export function createDetail(ctx, record) {
  const editor = createEditor(ctx, record);
  const grade = h("dd", {});
  const entered = record.known_by ? createEntered(ctx, record) : null;
  const node = h(
    "div",
    { class: "assumption-detail" },
    h("p", { class: "assumption-meaning" }, record.meaning),
    entered?.node,
    editor.node,
    h(
      "dl",
      { class: "assumption-source" },
      h("div", {}, h("dt", {}, _("Grade")), grade),
      provenance(record),
    ),
  );
  return {
    node,
    update(state) {
      const known = knownInstead(state.doc, record);
      entered?.show(known, state.doc.organisation.currency);
      editor.node.hidden = known !== null;
      editor.update(state);
      const words = isOwnFigure(state.doc, record) ? ownGradeText : gradeText;
      setText(grade, words(ctx, record, state.doc));
    },
  };
}

/** That the figure is the scenario's own, and what would be behind the register's. @param {Ctx} ctx */
function ownGradeText(ctx, record, doc) {
  return _("{grade}. What follows is about the register's own range ({registered}).", {
    grade: gradeText(ctx, record, doc),
    registered: registeredGradeText(ctx, record),
  });
}

/** Where the range comes from. What the source itself is called is in English. */
function provenance(record) {
  const title = language() === "en" || record.described ? null : "en";
  const source = record.own_judgement ? [_("our own judgement"), null] : [record.citation, title];
  const rows = [
    [_("Term in the model"), record.term, "en"],
    [_("What was reported"), record.reported, null],
    [_("Source"), ...source],
    [_("How we read it"), record.note, null],
    [_("Where it was read"), record.read, null],
    [_("How it spreads"), SPREADS[record.distribution]?.(), null],
  ];
  return rows
    .filter(([, text]) => text)
    .map(([heading, text, lang]) => entry(heading, linked(text), lang));
}

function entry(heading, content, lang = null) {
  return h("div", {}, h("dt", {}, heading), h("dd", { lang }, content));
}

function linked(text) {
  if (!/^https?:\/\/\S+$/.test(text)) return text;
  return h("a", { href: text, target: "_blank", rel: "noopener noreferrer" }, text);
}

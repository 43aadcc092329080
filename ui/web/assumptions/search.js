// Finding assumptions: by words, by their group, by their grade.

import { _ } from "../i18n/messages.js";
import { h } from "../kit/dom.js";

/** A text as searches compare it: without accents, in lower case. */
export function searchKey(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

/** The words that somebody searches for. */
export function wordsIn(text) {
  return searchKey(text).split(/\s+/).filter(Boolean);
}

/** What a search looks through, by the assumptions' ids. */
export function createIndex({ register, groups }) {
  const texts = (record) => [
    record.label,
    record.term,
    record.meaning,
    record.unit,
    groups[record.group],
    record.id,
    record.citation,
    record.reported,
    record.note,
    record.read,
  ];
  return new Map(register.map((record) => [record.id, searchKey(texts(record).join("\n"))]));
}

/**
 * The assumptions that have every word of a text, in the register's order.
 * @param {Assumption[]} register
 * @param {Map<string, string>} index  as createIndex gives it
 * @param {{text: string, group?: string, grades?: Set<string>, gradeOf?: (record: Assumption) => string}} filter  `text`; `group`: its id, or nothing for all; `grades`: a set, empty for all; `gradeOf`: the grade of an assumption where it is not the register's
 */
export function matching(
  register,
  index,
  { text, group = "", grades = new Set(), gradeOf = ({ grade }) => grade },
) {
  const words = wordsIn(text);
  return register.filter(
    (record) =>
      (!group || record.group === group) &&
      (!grades.size || grades.has(gradeOf(record))) &&
      words.every((word) => index.get(record.id)?.includes(word)),
  );
}

export function createSearchField(label) {
  return h("input", {
    type: "search",
    class: "register-search",
    "aria-label": label,
    placeholder: label,
    autocomplete: "off",
    spellcheck: "false",
  });
}

export function createGroupChoice({ groups }) {
  return h(
    "select",
    { class: "register-group", "aria-label": _("Group") },
    h("option", { value: "" }, _("All groups")),
    Object.entries(groups).map(([id, label]) => h("option", { value: id }, label)),
  );
}

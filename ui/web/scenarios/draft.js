// The organisation's numbers as they are written in the editor, before they are applied. Nothing
// here touches the page.

import { at, same, withValues } from "../state/document.js";

const NO_WORDS = { story: "", description: "", notes: "", author: "", date: null };

/**
 * A draft of other numbers for a scenario.
 * @param {Doc} original  the scenario
 * @param {string[]} paths  of the values that can be written
 */
export function createDraft(original, paths) {
  // Null as well where a tab still holds a scenario of an older format, which has no such field.
  const first = new Map(paths.map((path) => [path, at(original, path) ?? null]));
  const values = new Map(first); // undefined where what is written is no value

  function changes() {
    return Object.fromEntries(
      [...values].filter(([path, value]) => value !== undefined && value !== first.get(path)),
    );
  }

  return {
    value: (path) => values.get(path),
    set: (path, value) => values.set(path, value),
    /** Values that are others than the scenario's, by path. */
    changes,
    /** How many are written otherwise than the scenario has them, be they values or not. */
    count: () => [...values].filter(([path, value]) => value !== first.get(path)).length,
    /** The scenario with them. */
    scenario: () => withValues(original, changes()),
    /** Whether everything that is written is a value. */
    isValid: () => [...values.values()].every((value) => value !== undefined),
  };
}

/**
 * What a scenario says about itself with another organisation. A shipped one loses its name and its
 * texts, which are about the example; what somebody wrote about a scenario of their own stays.
 */
export function ownWords(presets, doc, organisation) {
  if (same(doc.organisation, organisation)) return {};
  if (isOfShipped(presets, doc)) return { ...NO_WORDS, name: organisation.name };
  return doc.name === doc.organisation.name ? { name: organisation.name } : {};
}

/** Whether a scenario goes by a shipped one's name; in saved files that may go on. */
function isOfShipped(presets, doc) {
  return presets.some((preset) =>
    [preset.doc.name, preset.name].some((name) => doc.name.startsWith(name)),
  );
}

/**
 * What a file says about itself, as it is proposed: a shipped scenario's own words are about the
 * example, so a plan that was made of it gets a name and an author of its own.
 * @param {Preset[]} presets
 * @param {Doc} doc
 * @param {{title: string, who: string, today: string}} now  `title`: its name in the page's language;
 *   `who`: who is at the keyboard; `today`: an ISO date
 */
export function fileWords(presets, doc, { title, who, today }) {
  const { name, author, description } = doc;
  if (!isOfShipped(presets, doc)) {
    return { name, author: author || who, description, date: today };
  }
  return { name: `${title}, ${today}`, author: who, description: "", date: today };
}

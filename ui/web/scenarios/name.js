// What the plan that is shown is called, with whose it is.

import { _ } from "../i18n/messages.js";
import { isChanged } from "../state/document.js";

/** A name with the mark of a plan that was changed since; for showing only. @param {string} name */
export function markedChanged(name) {
  return _("{name} (changed)", { name });
}

/**
 * A name without that mark: what is saved is not changed, and keeps its name when it is changed again.
 * @param {string} name
 */
export function withoutMark(name) {
  const [before, after] = markedChanged("\0").split("\0");
  const isMarked = name.startsWith(before) && name.endsWith(after);
  return (isMarked && name.slice(before.length, name.length - after.length)) || name;
}

/** The plan's name, and its organisation's where that is another. @param {Ctx} ctx */
export function planInWords(ctx) {
  const { state } = ctx.store;
  const { doc } = state;
  const title = ctx.title(doc);
  const name = isChanged(state) ? markedChanged(title) : title;
  const organisation = ctx.organisation(doc);
  return organisation && organisation !== title ? `${name} · ${organisation}` : name;
}

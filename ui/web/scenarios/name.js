// What the plan that is shown is called, with whose it is.

import { _ } from "../i18n/messages.js";
import { alike } from "../state/document.js";

/** The plan's name, and its organisation's where that is another. @param {Ctx} ctx */
export function planInWords(ctx) {
  const { doc, base } = ctx.store.state;
  const title = ctx.title(doc);
  const name = alike(doc, base) ? title : _("{name} (changed)", { name: title });
  const organisation = ctx.organisation(doc);
  return organisation && organisation !== title ? `${name} · ${organisation}` : name;
}

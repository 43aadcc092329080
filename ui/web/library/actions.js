// What can be done with a scenario on the shelf.

import { add, entries, itemOf, room } from "../compare/list.js";
import { _, ngettext } from "../i18n/messages.js";
import { call, ownShelf } from "../server/library-api.js";
import { who } from "../server/shelves.js";
import { createDescription } from "./describe.js";
import { copyName } from "./form.js";
import { createHistory } from "./history.js";
import { named } from "./origin.js";
import { link, linkField, reason } from "./parts.js";

/**
 * The actions of an entry, by the names that its menu has for them.
 * @param {Ctx} ctx
 * @param {Entry} entry  as the routes say it
 * @param {{attempt: (work: () => Promise<void>) => Promise<void>, panel: Panel,
 *   openVersion: (number?: number | null) => Promise<void>,
 *   tell: (text: string, undo?: (() => void) | null) => void, changed: () => void}} doing  `attempt(work)`: as createAttempt gives it; `panel`: what unfolds below the
 *   entry; `openVersion(number)`; `tell(text, undo)`; `changed()`
 */
export function createActions(ctx, entry, { attempt, panel, openVersion, tell, changed }) {
  const key = entry.edit_key ?? entry.view_key;
  const { name } = entry;

  async function revive() {
    await call("undelete", { key });
    changed();
    tell(_("“{name}” is back.", { name }));
  }

  /** Bring it back from where the deletion is told: this part of the list is gone by then. */
  async function undo() {
    try {
      await revive();
    } catch (error) {
      tell(reason(error), undo);
    }
  }

  async function showHistory() {
    const history = await createHistory(ctx, entry, {
      open: openVersion,
      restored(now) {
        changed();
        tell(
          _("“{name}” is as it was; that is version {version}.", {
            name: now.name,
            version: now.version,
          }),
        );
      },
    });
    panel.unfold(_("History"), history);
  }

  function describe() {
    const form = createDescription(ctx, entry, {
      cancel: panel.fold,
      done(now) {
        changed();
        tell(_("“{name}” is described.", { name: now.name }));
      },
    });
    panel.unfold(_("Name, description and tags"), form);
  }

  async function copy() {
    const shelf = await ownShelf();
    const asCopy = copyName(name, ctx.start.limits.library.name);
    const reply = await call("duplicate", { key, shelf, name: asCopy, who: who() });
    changed();
    tell(_("“{name}” is in your library.", { name: reply.entry.name }));
  }

  async function remove() {
    await call("delete", { key });
    changed();
    tell(_("“{name}” is deleted. For 30 days it can be brought back.", { name }), undo);
  }

  return {
    revive,
    describe,
    history: () => attempt(showHistory),
    links: () => panel.unfold(linksTitle(entry), ...entryLinks(entry)),
    compare: () => attempt(async () => tell(await addToComparison(ctx, name, key))),
    copy: () => attempt(copy),
    delete: () => attempt(remove),
  };
}

const linksTitle = ({ plans }) =>
  plans.length ? _("Links to this set") : _("Links to this scenario");

function entryLinks(entry) {
  return [
    linkField(
      _("To look at"),
      entry.plans.length
        ? _("Whoever has this link can open the set and take a copy, and sees its newest version.")
        : _(
            "Whoever has this link can open the scenario and take a copy, and sees its newest version.",
          ),
      link("library", entry.view_key),
      "view",
    ),
    entry.edit_key &&
      linkField(
        _("To work on together"),
        _("Whoever has this link can also save new versions, rename and delete."),
        link("library", entry.edit_key),
        "edit",
      ),
  ];
}

/**
 * Lay a scenario beside those that are compared, if it fits; what is to be said of that.
 * @param {Ctx} ctx
 */
async function addToComparison(ctx, name, key) {
  const { doc } = await call("open", { key, number: null }); // with the results of its day
  if (room(ctx) < 1) {
    return _("Six scenarios are in the comparison already: take one away there first.");
  }
  add(ctx, [itemOf("library", named(doc, name))]);
  return ngettext(
    "“{name}” is in the comparison, alone so far.",
    "“{name}” is in the comparison, with {number} scenarios in all.",
    entries(ctx).length,
    { name },
  );
}

// One scenario on the shelf: what it is, and what can be done with it.

import { MOST, add, room } from "../compare/list.js";
import { fill, h, newId, setAttribute } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { call, ownShelf } from "../server/library-api.js";
import { who } from "../server/shelves.js";
import { createDescription } from "./describe.js";
import { createHistory } from "./history.js";
import { fetchVersion, named, originOf } from "./origin.js";
import { copyName } from "./save.js";
import { createAttempt, daysLeft, link, linkField, outcome, reason, signed } from "./parts.js";
import { menuButton } from "../kit/menu.js";
import { _, ngettext } from "../i18n/messages.js";

/**
 * @param {object} ctx
 * @param {object} entry  as the routes say it
 * @param {object} doing  `open(doc, entry)`, `tell(text, undo)`, `changed()`
 * @returns {HTMLElement}
 */
export function createEntry(ctx, entry, { open, tell, changed }) {
  const key = entry.edit_key ?? entry.view_key;
  const result = h("div", { class: "library-trouble", role: "alert" });
  const attempt = createAttempt(ctx, result);
  const panel = h("div", { class: "library-panel", hidden: true });

  function openVersion(number = null) {
    return attempt(async () => {
      const found = await fetchVersion(key, number);
      if (node.isConnected) open(found.doc, found.entry, found.then_now);
    });
  }

  function unfold(title, ...content) {
    const id = newId();
    const heading = h("h4", { id, tabindex: "-1" }, title);
    panel.hidden = false;
    setAttribute(panel, "role", "group");
    setAttribute(panel, "aria-labelledby", id);
    fill(
      panel,
      h(
        "header",
        {},
        heading,
        h(
          "button",
          { type: "button", class: "quiet", "aria-label": _("Close"), onclick: fold },
          icon("close"),
        ),
      ),
      ...content,
    );
    heading.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  }

  function fold() {
    panel.hidden = true;
    fill(panel);
    menu?.querySelector("button").focus({ preventScroll: true });
  }

  const actions = {
    describe: () =>
      unfold(
        _("Name, description and tags"),
        createDescription(ctx, entry, {
          cancel: fold,
          done(now) {
            changed();
            tell(_("“{name}” is described.", { name: now.name }));
          },
        }),
      ),
    history: () =>
      attempt(async () => {
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
        unfold(_("History"), history);
      }),
    links: () => unfold(_("Links to this scenario"), ...entryLinks(entry)),
    compare: () => attempt(() => compare(ctx, entry, key, tell)),
    copy: () =>
      attempt(async () => {
        const shelf = await ownShelf();
        const asked = { key, shelf, name: copyName(entry.name), who: who() };
        const { entry: made } = await call("duplicate", asked);
        changed();
        tell(_("“{name}” is in your library.", { name: made.name }));
      }),
    delete: () =>
      attempt(async () => {
        await call("delete", { key });
        changed();
        tell(
          _("“{name}” is deleted. For 30 days it can be brought back.", { name: entry.name }),
          undo,
        );
      }),
  };

  async function revive() {
    await call("undelete", { key });
    changed();
    tell(_("“{name}” is back.", { name: entry.name }));
  }

  /** Bring it back from where the deletion is told: this part of the list is gone by then. */
  async function undo() {
    try {
      await revive();
    } catch (error) {
      tell(reason(error), undo);
    }
  }

  const menu = entry.deleted ? null : createMenu(entry, actions);
  const node = h(
    "li",
    { class: "library-entry", "data-entry": entry.view_key },
    h(
      "div",
      { class: "library-row" },
      h("div", { class: "library-what" }, title(ctx, entry, openVersion), words(entry)),
      outcome(entry.outcome),
      menu ??
        h(
          "button",
          { type: "button", "data-library": "revive", onclick: () => attempt(revive) },
          _("Bring back"),
        ),
    ),
    result,
    panel,
  );
  return node;
}

function title(ctx, entry, open) {
  if (entry.deleted) return h("h3", {}, entry.name);
  const origin = originOf(ctx.store.state);
  const isLoaded = [entry.edit_key, entry.view_key].includes(origin?.key);
  return h(
    "h3",
    {},
    h(
      "button",
      { type: "button", "data-library": "open", title: _("Open"), onclick: () => open() },
      entry.name,
    ),
    isLoaded ? h("span", { class: "library-mark" }, _("Loaded now")) : null,
  );
}

function words(entry) {
  const facts = [
    entry.organisation,
    _("version {version}", { version: entry.version }),
    entry.deleted ? daysLeft(entry.purged) : signed(entry.who, entry.changed),
  ];
  return [
    entry.description ? h("p", { class: "library-description" }, entry.description) : null,
    h(
      "p",
      { class: "library-facts" },
      facts.map((fact) => h("span", {}, fact)),
      entry.tags.map((tag) => h("span", { class: "library-label" }, tag)),
    ),
  ].filter(Boolean);
}

function createMenu(entry, actions) {
  const item = (name, label) => ({ name, label, action: actions[name] });
  const own = entry.may_edit;
  return menuButton(
    {
      class: "library-menu",
      "data-library": "menu",
      "aria-label": _("What to do with “{name}”", { name: entry.name }),
    },
    [_("More"), icon("open")],
    () =>
      [
        own && item("history", _("History")),
        item("links", _("Links")),
        item("compare", _("Add to the comparison")),
        own && item("describe", _("Rename, describe, tag")),
        item("copy", own ? _("Duplicate") : _("Save a copy to my library")),
        own && item("delete", _("Delete")),
      ].filter(Boolean),
  );
}

function entryLinks(entry) {
  return [
    linkField(
      _("To look at"),
      _(
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

async function compare(ctx, entry, key, tell) {
  const { doc } = await call("open", { key, number: null }); // with the results of its day
  if (room(ctx) < 1) {
    tell(_("Six scenarios are in the comparison already: take one away there first."));
    return;
  }
  add(ctx, [{ name: entry.name, doc: named(doc, entry.name), source: "library" }]);
  tell(
    ngettext(
      "“{name}” is in the comparison, alone so far.",
      "“{name}” is in the comparison, with {number} scenarios in all.",
      MOST - room(ctx),
      { name: entry.name },
    ),
  );
}

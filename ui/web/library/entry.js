// One scenario on the shelf: what it is, and what can be done with it.

import { _, ngettext } from "../i18n/messages.js";
import { fill, h, newId, setAttribute } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { menuButton } from "../kit/menu.js";
import { createActions } from "./actions.js";
import { fetchVersion, originOf, originOfSet } from "./origin.js";
import { answerThen, createAttempt, daysLeft, outcome, plansOf, signed } from "./parts.js";

/**
 * The entry, as an item of a list.
 * @param {Ctx} ctx
 * @param {Entry} entry  as the routes say it
 * @param {{open: (version: OpenedVersion, entry: Entry) => void,
 *   tell: (text: string, undo?: (() => void) | null) => void, changed: () => void}} doing  `open(version, entry)`, `tell(text, undo)`, `changed()`
 * @returns {HTMLElement}
 */
export function createEntry(ctx, entry, { open, tell, changed }) {
  const key = entry.edit_key ?? entry.view_key;
  const result = h("div", { class: "library-trouble", role: "alert" });
  const attempt = createAttempt(ctx, result);
  const panel = createPanel(() => menu?.querySelector("button")?.focus({ preventScroll: true }));

  /** @param {number | null} number */
  function openVersion(number = null) {
    return attempt(async () => {
      const version = await fetchVersion(key, number);
      if (node.isConnected) open(version, version.entry);
    });
  }

  const actions = createActions(ctx, entry, { attempt, panel, openVersion, tell, changed });
  const menu = entry.deleted ? null : createMenu(entry, actions);
  const node = h(
    "li",
    { class: "library-entry", "data-entry": entry.view_key },
    h(
      "div",
      { class: "library-row" },
      h("div", { class: "library-what" }, title(ctx, entry, openVersion), words(entry)),
      outcome(entry.outcome),
      menu ?? reviveButton(() => attempt(actions.revive)),
    ),
    result,
    panel.node,
  );
  return node;
}

/** @param {Ctx} ctx */
function title(ctx, entry, open) {
  if (entry.deleted) return h("h3", {}, entry.name);
  const { state } = ctx.store;
  const origin = entry.plans.length ? originOfSet(state) : originOf(state);
  const isLoaded = [entry.edit_key, entry.view_key].includes(origin?.key);
  return h(
    "h3",
    {},
    h(
      "button",
      { type: "button", "data-library": "open", title: _("Open"), onclick: () => open() },
      ctx.title(entry),
    ),
    isLoaded ? h("span", { class: "library-mark" }, _("Loaded now")) : null,
  );
}

function words(entry) {
  const count = entry.plans.length;
  const facts = [
    count ? ngettext("set of {number} plan", "set of {number} plans", count) : null,
    entry.organisation,
    _("version {version}", { version: entry.version }),
    entry.deleted ? daysLeft(entry.purged) : signed(entry.who, entry.changed),
  ];
  return [
    entry.description ? h("p", { class: "library-description" }, entry.description) : null,
    plansOf(entry.plans),
    answerThen(entry.answer, entry.changed),
    h(
      "p",
      { class: "library-facts" },
      facts.filter(Boolean).map((fact) => h("span", {}, fact)),
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
        !entry.plans.length && item("compare", _("Add to the comparison")),
        own && item("describe", _("Rename, describe, tag")),
        item("copy", own ? _("Duplicate") : _("Save a copy to my library")),
        own && item("delete", _("Delete")),
      ].filter(Boolean),
  );
}

function reviveButton(onclick) {
  return h("button", { type: "button", "data-library": "revive", onclick }, _("Bring back"));
}

/**
 * What unfolds below an entry.
 * @param {() => void} folded  called when it was closed: it takes the focus
 */
function createPanel(folded) {
  const node = h("div", { class: "library-panel", hidden: true });

  function fold() {
    node.hidden = true;
    fill(node);
    folded();
  }

  function unfold(heading, ...content) {
    const id = newId();
    const title = h("h4", { id, tabindex: "-1" }, heading);
    node.hidden = false;
    setAttribute(node, "role", "group");
    setAttribute(node, "aria-labelledby", id);
    const close = h(
      "button",
      { type: "button", class: "quiet", "aria-label": _("Close"), onclick: fold },
      icon("close"),
    );
    fill(node, h("header", {}, title, close), ...content);
    title.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest" });
  }

  return { node, fold, unfold };
}

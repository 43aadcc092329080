// Scenarios to choose from: the gallery of shipped ones, files, and the library.

import { _, fmt, ngettext } from "../i18n/messages.js";
import { openDialog, toast } from "../kit/dialog.js";
import { h, newId } from "../kit/dom.js";
import { createTabs } from "../kit/tabs.js";
import { createLibrary } from "../library/library.js";
import { freed, sourcesOf } from "../state/split.js";
import { createFiles } from "./files.js";

/**
 * Open the gallery, or the library beside it. Choosing a scenario, or opening a file, makes it the
 * reference; one undo takes that back.
 * @param {Ctx} ctx  as every part of the board gets it
 * @param {{tab?: "gallery" | "library"}} options  `tab`: "gallery" or "library"
 * @returns {OpenDialog} the dialog, as openDialog gives it
 */
export function openGallery(ctx, { tab = "gallery" } = {}) {
  const { board } = ctx;

  /** @param {Doc} doc @param {string} name @param {Doc | null} base */
  function load(doc, name, base = null) {
    if (!isOpen()) return;
    dialog.close();
    ctx.load(doc, { base: base ?? doc });
    toast(board, _("“{name}” is loaded. Undo brings back what was there.", { name }));
  }

  /** A file may arrive when the visitor has chosen something else, or has left. */
  function isOpen() {
    return dialog.node.open && dialog.node.isConnected;
  }

  const files = createFiles(ctx, { isOpen, done: () => dialog.close() });
  const library = createLibrary(ctx, { load, leave: () => dialog.close() });
  const tabs = createTabs(
    _("Where scenarios lie"),
    [
      { name: "gallery", label: _("Examples and files"), node: examples(ctx, files, load) },
      { name: "library", label: _("Library"), node: library.node, shown: library.shown },
    ],
    tab,
  );
  const dialog = openDialog(board, _("Scenarios"), { wide: true, name: "presets" }, tabs);
  if (tab !== "gallery") return dialog;
  const marked = dialog.body.querySelector("[aria-current] button");
  (marked ?? dialog.body.querySelector(".preset button"))?.focus({ preventScroll: true });
  return dialog;
}

/**
 * Open the library with the form that saves the plan.
 * @param {Ctx} ctx
 */
export function saveToLibrary(ctx) {
  const dialog = openGallery(ctx, { tab: "library" });
  dialog.node.querySelector('[data-library="save"]')?.click();
  return dialog;
}

/** The shipped scenarios as cards, and the files. */
function examples({ start, store }, files, load) {
  const current = JSON.stringify(store.state.base);
  const cards = start.presets.map((preset) =>
    card(preset, JSON.stringify(preset.doc) === current, sourcesOf(start.levers), () =>
      load(preset.doc, preset.name),
    ),
  );
  return h(
    "div",
    {},
    h(
      "p",
      { class: "lead-in" },
      _("Each is a situation of its own: an organisation and a plan to start from."),
    ),
    files,
    h("ul", { class: "presets", role: "list" }, cards),
    start.unusable?.length ? unusable(start.unusable) : null,
  );
}

function unusable(names) {
  return h(
    "p",
    { class: "note", role: "note" },
    ngettext(
      "{number} file in the folder of scenarios cannot be used: {names}",
      "{number} files in the folder of scenarios cannot be used: {names}",
      names.length,
      { names: names.join(", ") },
    ),
  );
}

function card(preset, isCurrent, sources, choose) {
  const story = newId();
  return h(
    "li",
    { class: "preset", "data-preset": preset.id, "aria-current": isCurrent && "true" },
    h(
      "h3",
      {},
      h("button", { type: "button", "aria-describedby": story, onclick: choose }, preset.name),
      isCurrent ? h("span", { class: "preset-mark" }, _("Loaded now")) : null,
    ),
    h("p", { class: "preset-story", id: story }, preset.story),
    h(
      "p",
      { class: "preset-facts" },
      h("strong", {}, preset.organisation),
      facts(preset, sources).flatMap((fact) => [" ", h("span", {}, fact)]),
    ),
  );
}

/** What tells one organisation from another at a glance. */
function facts({ doc, customers }, sources) {
  const { organisation } = doc;
  const moved = Object.values(freed(doc, sources)).reduce((sum, amount) => sum + amount, 0);
  return [
    customers,
    ngettext("{number} employee", "{number} employees", organisation.employees),
    moved > 0
      ? _("{money} a year moves", { money: fmt.money(moved, organisation.currency) })
      : _("no money moves"),
  ];
}

// The library: scenarios that are kept on the server, with their history.

import { fill, h } from "../kit/dom.js";
import { createList } from "./list.js";
import { cameFrom } from "./origin.js";
import { createSaving } from "./save.js";
import { createShelf } from "./shelf.js";
import { openPresets } from "../scenarios/gallery.js";
import { _ } from "../i18n/messages.js";

const SAID_MS = 6000;

export { openByKey, openShelf } from "./links.js";

/**
 * @param {object} ctx  as every part of the board gets it
 * @param {function} load  `load(doc, name)` makes a scenario the reference and closes the dialog
 * @returns {{node: HTMLElement, shown: function}}
 */
export function createLibrary(ctx, load) {
  const said = h("div", { class: "library-said", role: "status" });
  let fading = null;

  /** Say what was done, with a way to take it back if there is one: that stays until the next. */
  function tell(text, undo = null) {
    clearTimeout(fading);
    if (!undo) fading = setTimeout(() => fill(said), SAID_MS);
    fill(
      said,
      h("span", {}, text),
      undo && h("button", { type: "button", "data-library": "undo", onclick: undo }, _("Undo")),
    );
    if (undo) said.lastElementChild.focus({ preventScroll: true });
  }

  function open(doc, entry, thenNow = null) {
    load(doc, entry.name);
    cameFrom(ctx, entry);
    ctx.arrived({ then_now: thenNow });
  }

  function changed() {
    fill(said);
    shelf.refresh();
    list.refresh();
  }

  const saving = createSaving(ctx, {
    open,
    saved(entry) {
      changed();
      tell(
        entry.version === 1
          ? _("“{name}” is saved.", { name: entry.name })
          : _("“{name}” is saved as version {version}.", {
              name: entry.name,
              version: entry.version,
            }),
      );
    },
  });
  const list = createList(ctx, { open, tell, changed });
  const shelf = createShelf(ctx, { tell, changed });
  const node = h("div", { class: "library" }, saving.node, list.node, shelf.node, said);

  return {
    node,
    shown() {
      saving.refresh();
      changed();
    },
  };
}

/** Open the library with the form that saves the plan. */
export function saveToLibrary(ctx) {
  const dialog = openPresets(ctx, { tab: "library" });
  dialog.node.querySelector('[data-library="save"]').click();
  return dialog;
}

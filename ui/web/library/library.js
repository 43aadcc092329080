// The library: scenarios that are kept on the server, with their history.

import { _ } from "../i18n/messages.js";
import { fill, h } from "../kit/dom.js";
import { createList } from "./list.js";
import { cameFrom } from "./origin.js";
import { createSaving } from "./save.js";
import { openSet } from "./sets.js";
import { createShelf } from "./shelf.js";

const SHOWN_MS = 6000;

/**
 * The library, as a part of the dialog of scenarios.
 * @param {Ctx} ctx  as every part of the board gets it
 * @param {{load: (doc: Doc, name: string, base?: Doc | null) => void, leave: () => void}} ways
 *   `load(doc, name, base)` loads a scenario, and what it started from, and closes the dialog, as `leave()`
 *   does alone
 * @returns {{node: HTMLElement, shown: () => void}}
 */
export function createLibrary(ctx, { load, leave }) {
  const message = createMessage();

  /** @type {(version: OpenedVersion, entry: Entry) => void} */
  function open(version, entry) {
    const { doc, base, drift } = version;
    if (!doc) {
      leave();
      openSet(ctx, version, entry);
      return;
    }
    load(doc, entry.name, base);
    cameFrom(ctx, entry);
    ctx.store.set({ saved: doc });
    ctx.arrived({ drift });
  }

  function changed() {
    message.clear();
    shelf.refresh();
    list.refresh();
  }

  function saved({ name, version }) {
    changed();
    message.tell(
      version === 1
        ? _("“{name}” is saved.", { name })
        : _("“{name}” is saved as version {version}.", { name, version }),
    );
  }

  const { tell } = message;
  const saving = createSaving(ctx, { open, saved });
  const list = createList(ctx, { open, tell, changed });
  const shelf = createShelf(ctx, { tell, changed });
  const node = h("div", { class: "library" }, saving.node, list.node, shelf.node, message.node);

  return {
    node,
    shown() {
      saving.refresh();
      changed();
    },
  };
}

/** What was done, with a way to take it back if there is one: that stays until the next. */
function createMessage() {
  const node = h("div", { class: "library-status", role: "status" });
  /** @type {number | undefined} */
  let fading;
  const clear = () => fill(node);
  return {
    node,
    clear,
    /** @type {(text: string, undo?: (() => void) | null) => void} */
    tell(text, undo = null) {
      clearTimeout(fading);
      if (!undo) fading = setTimeout(clear, SHOWN_MS);
      const button =
        undo && h("button", { type: "button", "data-library": "undo", onclick: undo }, _("Undo"));
      fill(node, h("span", {}, text), button);
      button?.focus({ preventScroll: true });
    },
  };
}

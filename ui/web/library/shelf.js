// The library as a whole: its own links, taking all of it out as one file, and taking one in.

import { _, ngettext } from "../i18n/messages.js";
import { fill, h, newId, setAttribute } from "../kit/dom.js";
import { download } from "../kit/download.js";
import { createFileInput } from "../kit/file-input.js";
import { call, exportShelf, importArchive, ownShelf } from "../server/library-api.js";
import {
  forgetShelf,
  isForgetful,
  known,
  shelfKey,
  shelfName,
  useShelf,
} from "../server/shelves.js";
import { createAttempt, link, linkField } from "./parts.js";

/**
 * The part of the library that is about all of it.
 * @param {Ctx} ctx
 * @param {{tell: (text: string) => void, changed: () => void}} doing  `tell(text)`, `changed()`
 * @returns {{node: HTMLElement, refresh: () => void}}
 */
export function createShelf(ctx, { tell, changed }) {
  const result = h("div", { class: "library-trouble", role: "alert" });
  const attempt = createAttempt(ctx, result);
  const links = createLinks(attempt);
  const choice = createChoice(changed);
  const input = createFileInput(
    { accept: ".zip,application/zip", "data-library": "archive" },
    ([file]) => attempt(() => takeIn(file)),
  );
  const out = createButton("export", _("Download as an archive"), () => attempt(takeOut));
  const forgetful = h(
    "p",
    { class: "library-trouble", role: "note" },
    _("This browser keeps nothing for later: without its link, this library will be out of reach."),
  );
  const id = newId();
  const node = h(
    "section",
    { class: "library-shelf", "aria-labelledby": id },
    h("h3", { id }, _("The library as a whole")),
    choice.node,
    forgetful,
    h(
      "div",
      { class: "row" },
      links.button,
      out,
      createButton("import", _("Import an archive"), () => input.click()),
      input,
    ),
    result,
    links.panel,
  );

  async function takeOut() {
    const archive = await exportShelf(/** @type {string} */ (shelfKey()));
    const today = new Date().toISOString().slice(0, 10);
    download(ctx.board, archive, `library-${today}.zip`, "application/zip");
    tell(_("The archive is in the folder of your downloads."));
  }

  async function takeIn(file) {
    const counts = await importArchive(await ownShelf(), file);
    changed();
    tell(importedText(counts));
  }

  function refresh() {
    const { current } = known();
    links.fold();
    links.button.hidden = !current;
    out.hidden = !current;
    forgetful.hidden = !current || !isForgetful();
    choice.refresh();
  }

  refresh();
  return { node, refresh };
}

function createButton(name, label, onclick) {
  return h("button", { type: "button", "data-library": name, onclick }, label);
}

function importedText({ imported, known: present }) {
  return [
    ngettext("{number} entry came in.", "{number} entries came in.", imported),
    present ? ngettext("{number} was here already.", "{number} were here already.", present) : "",
  ].join(" ");
}

/** The links to the library: a button, and the panel that it unfolds. */
function createLinks(attempt) {
  const panel = h("div", { class: "library-panel", hidden: true });
  const button = createButton("links", _("Open on another device"), () => {
    if (panel.hidden) attempt(unfold);
    else fold();
  });

  async function unfold() {
    const shelf = await call("shelf", { key: shelfKey() });
    panel.hidden = false;
    setAttribute(button, "aria-expanded", "true");
    fill(
      panel,
      shelf.edit_key &&
        linkField(
          _("Your own link"),
          _(
            "Opens this library on another device. Whoever has it can change and delete everything in it: keep it to yourself, or to those you trust with all of it.",
          ),
          link("shelf", shelf.edit_key),
          "shelf-edit",
        ),
      linkField(
        _("To look at"),
        _("Whoever has this link can open every scenario in this library and take copies."),
        link("shelf", shelf.view_key),
        "shelf-view",
      ),
    );
    panel.querySelector("input")?.focus();
  }

  function fold() {
    panel.hidden = true;
    setAttribute(button, "aria-expanded", "false");
    fill(panel);
  }

  return { panel, button, fold };
}

/** Which library this is, where this browser knows several. */
function createChoice(changed) {
  const node = h("div", { class: "library-which" });

  function refresh() {
    const { shelves, current } = known();
    node.hidden = shelves.length < 2;
    if (node.hidden) {
      fill(node);
      return;
    }
    const select = h(
      "select",
      { "data-library": "which", "aria-label": _("Which library") },
      shelves.map((shelf) => h("option", { value: shelf.key }, shelfName(shelf))),
    );
    select.value = current ?? "";
    select.addEventListener("change", () => {
      useShelf(select.value);
      changed();
    });
    const isLinked = shelves.find((shelf) => shelf.key === current)?.linked;
    fill(node, select, isLinked ? forgetButton(current) : null);
  }

  function forgetButton(key) {
    return createButton("forget", _("Take it off this list"), () => {
      forgetShelf(key);
      changed();
    });
  }

  return { node, refresh };
}

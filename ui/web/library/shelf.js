// The library as a whole: its own links, taking all of it out as one file, and taking one in.

import { fill, h, newId, setAttribute } from "../kit/dom.js";
import { createFileInput } from "../kit/file-input.js";
import { download } from "../kit/download.js";
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
import { _, ngettext } from "../i18n/messages.js";

/**
 * @param {object} ctx
 * @param {object} doing  `tell(text)`, `changed()`
 * @returns {{node: HTMLElement, refresh: function}}
 */
export function createShelf(ctx, { tell, changed }) {
  const result = h("div", { class: "library-trouble", role: "alert" });
  const attempt = createAttempt(ctx, result);
  const panel = h("div", { class: "library-panel", hidden: true });
  const input = createFileInput(
    { accept: ".zip,application/zip", "data-library": "archive" },
    ([file]) => attempt(() => takeIn(file)),
  );
  const button = (name, label, action) =>
    h("button", { type: "button", "data-library": name, onclick: action }, label);
  const which = h("div", { class: "library-which" });
  const elsewhere = button("links", _("Open on another device"), unfold);
  const out = button("export", _("Download as an archive"), () => attempt(takeOut));
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
    which,
    forgetful,
    h(
      "div",
      { class: "row" },
      elsewhere,
      out,
      button("import", _("Import an archive"), () => input.click()),
      input,
    ),
    result,
    panel,
  );

  async function takeOut() {
    const archive = await exportShelf(shelfKey());
    const today = new Date().toISOString().slice(0, 10);
    download(ctx.board, archive, `library-${today}.zip`, "application/zip");
    tell(_("The archive is in the folder of your downloads."));
  }

  async function takeIn(file) {
    const came = await importArchive(await ownShelf(), file);
    changed();
    tell(
      [
        ngettext("{number} scenario came in.", "{number} scenarios came in.", came.imported),
        came.known
          ? ngettext("{number} was here already.", "{number} were here already.", came.known)
          : "",
      ].join(" "),
    );
  }

  async function unfold() {
    if (!panel.hidden) {
      fold();
      return;
    }
    await attempt(async () => {
      const shelf = await call("shelf", { key: shelfKey() });
      panel.hidden = false;
      setAttribute(elsewhere, "aria-expanded", "true");
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
      panel.querySelector("input").focus();
    });
  }

  function fold() {
    panel.hidden = true;
    setAttribute(elsewhere, "aria-expanded", "false");
    fill(panel);
  }

  /** Which library this is, where this browser knows several. */
  function refresh() {
    const { shelves, current } = known();
    fold();
    elsewhere.hidden = !current;
    out.hidden = !current;
    forgetful.hidden = !current || !isForgetful();
    which.hidden = shelves.length < 2;
    if (which.hidden) {
      fill(which);
      return;
    }
    const select = h(
      "select",
      { "data-library": "which", "aria-label": _("Which library") },
      shelves.map((one) => h("option", { value: one.key }, shelfName(one))),
    );
    select.value = current;
    select.addEventListener("change", () => {
      useShelf(select.value);
      changed();
    });
    const linked = shelves.find((one) => one.key === current)?.linked;
    fill(
      which,
      select,
      linked
        ? button("forget", _("Take it off this list"), () => {
            forgetShelf(current);
            changed();
          })
        : null,
    );
  }

  refresh();
  return { node, refresh };
}

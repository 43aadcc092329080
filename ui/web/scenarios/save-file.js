// Downloading the plan as a file: what it is called, who made it, and what it is about.

import { _ } from "../i18n/messages.js";
import { tellFull } from "../kit/complaint.js";
import { openDialog, toast } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { download } from "../kit/download.js";
import { labelled } from "../library/form.js";
import { newestFailure, requestError } from "../server/http.js";
import { rememberWho, who } from "../server/shelves.js";
import { fileWords } from "./draft.js";

/**
 * Ask for what a file says about itself, then give the plan as it stands, with what it comes to.
 * @param {Ctx} ctx
 */
export function saveFile(ctx) {
  const { board, start, store } = ctx;
  const { doc } = store.state;
  const words = fileWords(start.presets, doc, {
    title: ctx.title(doc),
    who: who(),
    today: today(),
  });
  const { name, author, about } = createFields(words, start.limits);
  const problem = h("p", { class: "field-error", role: "alert" });
  for (const field of [name, author]) {
    tellFull(field, (text) => {
      problem.textContent = text;
    });
  }
  const dialog = openDialog(
    board,
    _("Download this plan as a file"),
    { name: "save-file" },
    h(
      "form",
      { class: "stack", novalidate: true, onsubmit: save },
      labelled(_("Name"), name),
      labelled(_("Your name"), author, _("As others shall see it; it may stay empty.")),
      labelled(_("What it is about"), about),
      problem,
      h(
        "div",
        { class: "row" },
        h("button", { type: "submit", class: "primary", "data-confirm-file": true }, _("Download")),
        h("button", { type: "button", onclick: () => dialog.close() }, _("Cancel")),
      ),
    ),
  );
  name.select();

  async function save(/** @type {Event} */ event) {
    event.preventDefault();
    if (!name.value.trim()) {
      problem.textContent = _("It needs a name.");
      name.focus();
      return;
    }
    rememberWho(author.value.trim());
    const written = {
      ...words,
      name: name.value.trim(),
      author: author.value.trim(),
      description: about.value,
    };
    try {
      const file = await ctx.api.file({ ...doc, ...written });
      if (!file.text) throw new Error("no file");
      download(board, file.text, file.name);
      dialog.close();
      saved(file.name, written);
    } catch (error) {
      requestError(error);
      problem.textContent = `${newestFailure()} ${_("The file was not made.")}`;
    }
  }

  function saved(/** @type {string} */ file, /** @type {Partial<Doc>} */ written) {
    // Somebody may have gone on meanwhile: then what is shown is not what was saved.
    if (store.state.doc === doc) {
      if (doc.name !== written.name) store.commit({ doc: { ...doc, ...written } });
      store.set({ saved: store.state.doc, filed: store.state.doc });
    }
    toast(board, _("Downloaded as {file}.", { file }));
  }
}

/** The present day here, as files have it. */
function today() {
  const now = new Date();
  return new Date(now.getTime() - 60_000 * now.getTimezoneOffset()).toISOString().slice(0, 10);
}

/**
 * What is filled in.
 * @param {ReturnType<typeof fileWords>} words  what is proposed
 * @param {Start["limits"]} limits
 */
function createFields({ name, author, description }, { longest_name: longest, library }) {
  return {
    name: h("input", {
      type: "text",
      value: name,
      maxlength: longest,
      "data-field": "file-name",
    }),
    author: h("input", {
      type: "text",
      value: author,
      maxlength: longest,
      autocomplete: "name",
      "data-field": "file-author",
    }),
    about: h("textarea", {
      rows: 3,
      value: description,
      maxlength: library.description,
      "data-field": "file-about",
    }),
  };
}

// The form that renames, describes and tags a scenario.

import { _ } from "../i18n/messages.js";
import { fill, h } from "../kit/dom.js";
import { requestError } from "../server/http.js";
import { call } from "../server/library-api.js";
import { createLabelFields } from "./form.js";
import { trouble } from "./parts.js";

const CONFLICT = 409;

const labelOf = ({ name, description, tags }) => ({ name, description, tags });

/**
 * The form.
 * @param {Ctx} ctx
 * @param {Entry} entry
 * @param {{done: (entry: Entry) => void, cancel: () => void}} doing  `done(entry)`, `cancel()`
 * @returns {HTMLElement}
 */
export function createDescription(ctx, entry, { done, cancel }) {
  const label = createLabelFields(ctx, entry);
  const result = h("div", { class: "library-trouble", role: "alert" });
  const form = h(
    "form",
    { class: "stack", novalidate: true, "data-form": "describe" },
    label.node,
    result,
    h(
      "div",
      { class: "row" },
      h("button", { type: "submit", class: "primary" }, _("Save")),
      h("button", { type: "button", onclick: cancel }, _("Cancel")),
    ),
  );

  /** `was` is what the person has seen: nobody else's words are written over unseen. */
  async function write(was) {
    fill(result);
    try {
      const reply = await call("describe", { key: entry.edit_key, ...label.value(), was });
      done(reply.entry);
    } catch (error) {
      const { status, reply: refusal } = requestError(error);
      if (status === CONFLICT) showConflict(refusal.entry);
      else fill(result, ...trouble(ctx, error, { again: () => write(was) }));
    }
  }

  function showConflict(theirs) {
    const choice = (name, text, onclick) =>
      h("button", { type: "button", "data-conflict": name, onclick }, text);
    fill(
      result,
      h("p", {}, _("Somebody else has changed these words in the meantime. There it says now:")),
      h(
        "blockquote",
        {},
        h("strong", {}, theirs.name),
        h("p", {}, theirs.description),
        h("p", {}, theirs.tags.join(", ")),
      ),
      h(
        "div",
        { class: "row" },
        choice("over", _("Write mine instead"), () => write(labelOf(theirs))),
        choice("theirs", _("Leave it like that"), () => done(theirs)),
      ),
    );
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    write(labelOf(entry));
  });
  return form;
}

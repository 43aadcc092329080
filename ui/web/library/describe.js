// The form that renames, describes and tags a scenario.

import { fill, h } from "../kit/dom.js";
import { call } from "../server/library-api.js";
import { LONGEST, labelled, tagsIn } from "./save.js";
import { trouble } from "./parts.js";
import { _ } from "../i18n/messages.js";

const CONFLICT = 409;

const labelOf = ({ name, description, tags }) => ({ name, description, tags });

/**
 * @param {object} ctx
 * @param {object} entry
 * @param {object} doing  `done(entry)`, `cancel()`
 * @returns {HTMLElement}
 */
export function createDescription(ctx, entry, { done, cancel }) {
  const field = (name, tag, props) =>
    h(tag, { "data-field": name, value: String(entry[name]), ...props });
  const name = field("name", "input", { type: "text", maxlength: LONGEST.name, required: true });
  const description = field("description", "textarea", { rows: 3, maxlength: LONGEST.description });
  const tags = field("tags", "input", { type: "text", value: entry.tags.join(", ") });
  const result = h("div", { class: "library-trouble", role: "alert" });
  const form = h(
    "form",
    { class: "stack", novalidate: true, "data-form": "describe" },
    h(
      "div",
      { class: "library-fields" },
      labelled(_("Name"), name),
      labelled(_("Tags"), tags, _("Separated by commas")),
      h("div", { class: "library-whole" }, labelled(_("Description"), description)),
    ),
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
    const written = { name: name.value, description: description.value, tags: tagsIn(tags.value) };
    try {
      const said = await call("describe", { key: entry.edit_key, ...written, was });
      done(said.entry);
    } catch (error) {
      if (error.status === CONFLICT) conflict(error.reply.entry);
      else fill(result, ...trouble(ctx, error, { again: () => write(was) }));
    }
  }

  function conflict(theirs) {
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
        h(
          "button",
          { type: "button", "data-conflict": "over", onclick: () => write(labelOf(theirs)) },
          _("Write mine instead"),
        ),
        h(
          "button",
          { type: "button", "data-conflict": "theirs", onclick: () => done(theirs) },
          _("Leave it like that"),
        ),
      ),
    );
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    write(labelOf(entry));
  });
  return form;
}

// What forms of the library have in common.

import { _ } from "../i18n/messages.js";
import { h } from "../kit/dom.js";

/**
 * A field with its label; `hint` says more.
 * @param {string} label
 * @param {HTMLElement} input
 * @param {string | null} hint
 */
export function labelled(label, input, hint = null) {
  return h(
    "label",
    { class: "field" },
    h("span", {}, label),
    input,
    hint && h("span", { class: "library-note" }, hint),
  );
}

/**
 * The fields for what is written on an entry.
 * @param {Ctx} ctx
 * @param {{name: string, description: string, tags: string[]}} label  as it is now
 */
export function createLabelFields(ctx, { name, description, tags }) {
  const longest = ctx.start.limits.library;
  const inputs = {
    name: h("input", {
      type: "text",
      value: name,
      maxlength: longest.name,
      required: true,
      "data-field": "name",
    }),
    description: h("textarea", {
      rows: 3,
      value: description,
      maxlength: longest.description,
      "data-field": "description",
    }),
    tags: h("input", { type: "text", value: tags.join(", "), "data-field": "tags" }),
  };
  return {
    node: h(
      "div",
      { class: "library-fields" },
      labelled(_("Name"), inputs.name),
      labelled(_("Tags"), inputs.tags, _("Separated by commas")),
      h("div", { class: "library-whole" }, labelled(_("Description"), inputs.description)),
    ),
    name: inputs.name,
    /** What is written. */
    value: () => ({
      name: inputs.name.value,
      description: inputs.description.value,
      tags: tagsIn(inputs.tags.value),
    }),
  };
}

/**
 * A field for the name of who is at the keyboard.
 * @param {Ctx} ctx
 */
export function createWhoField(ctx, value) {
  return h("input", {
    type: "text",
    value,
    maxlength: ctx.start.limits.library.who,
    autocomplete: "name",
    "data-field": "who",
  });
}

/**
 * A field for why there is a new version.
 * @param {Ctx} ctx
 */
export function createWhyField(ctx) {
  return h("input", {
    type: "text",
    maxlength: ctx.start.limits.library.why,
    "data-field": "why",
  });
}

/** The tags in a text, separated by commas. */
export function tagsIn(text) {
  return text
    .split(",")
    .map((tag) => tag.trim())
    .filter(Boolean);
}

/** A name for a copy, no longer than names may be. */
export function copyName(name, longest) {
  const room = longest - _("{name} (copy)", { name: "" }).length;
  return _("{name} (copy)", { name: [...name].slice(0, room).join("").trim() });
}

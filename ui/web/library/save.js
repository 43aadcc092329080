// Saving the plan: as a new scenario in the library, or as a new version of the one it came from.

import { fill, h, newId, setAttribute } from "../kit/dom.js";
import { call, newShelf, ownShelf } from "../server/library-api.js";
import { rememberWho, who } from "../server/shelves.js";
import { createConflict } from "./conflict.js";
import { cameFrom, named, originOf } from "./origin.js";
import { freshShelf, trouble } from "./parts.js";
import { _ } from "../i18n/messages.js";

export const LONGEST = { name: 80, description: 2000, who: 80, why: 500 };
const GONE = 404;
const CONFLICT = 409;

/** A field with its label; `hint` says more. */
export function labelled(label, input, hint = null) {
  return h(
    "label",
    { class: "field" },
    h("span", {}, label),
    input,
    hint && h("span", { class: "library-note" }, hint),
  );
}

/** The tags in a text, separated by commas. */
export function tagsIn(text) {
  return text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
}

/**
 * The part of the library in which the plan is saved.
 * @param {object} ctx
 * @param {object} doing  `saved(entry)`; `open(doc, entry)` loads a version that was fetched
 * @returns {{node: HTMLElement, refresh: function}}
 */
export function createSaving(ctx, { saved, open }) {
  const { store } = ctx;
  const node = h("section", { class: "library-save", "aria-label": _("Save this plan") });
  const about = h("p", { class: "library-note" });
  const start = h(
    "button",
    { type: "button", class: "primary", autofocus: true, "data-library": "save", onclick: unfold },
    _("Save this plan"),
  );
  fold();

  function fold() {
    const origin = originOf(store.state);
    fill(about, origin ? whence(origin) : "");
    about.hidden = !origin;
    fill(node, h("div", { class: "library-start" }, start, about));
  }

  function unfold() {
    const form = createForm(ctx, { origin: originOf(store.state), done, open, cancel });
    fill(node, form.node);
    form.focus();
  }

  function cancel() {
    fold();
    start.focus();
  }

  /** `base`: what the plan that was saved started from. */
  function done(entry, base) {
    const { doc } = store.state;
    if (store.state.base === base) {
      if (entry.name !== doc.name) store.commit({ doc: named(doc, entry.name) });
      cameFrom(ctx, entry);
    } // else another scenario was loaded while this one was on its way
    fold();
    start.focus({ preventScroll: true });
    saved(entry);
  }

  return { node, refresh: () => start.isConnected && fold() };
}

function whence({ name, version, editable }) {
  return editable
    ? _("The plan on the page comes from “{name}”, version {version}.", { name, version })
    : _(
        "The plan on the page comes from “{name}”, version {version}, which is for looking only: what you save is a copy of your own.",
        { name, version },
      );
}

function createForm(ctx, { origin, done, open, cancel }) {
  const { base, doc } = ctx.store.state; // what is saved, whatever happens to the page meanwhile
  const mayUpdate = Boolean(origin?.editable);
  const name = h("input", {
    type: "text",
    value: ctx.title(doc),
    maxlength: LONGEST.name,
    required: true,
    "data-field": "name",
  });
  const description = h("textarea", {
    rows: 3,
    maxlength: LONGEST.description,
    "data-field": "description",
  });
  const tags = h("input", { type: "text", "data-field": "tags" });
  const person = h("input", {
    type: "text",
    value: who(),
    maxlength: LONGEST.who,
    autocomplete: "name",
    "data-field": "who",
  });
  const why = h("input", { type: "text", maxlength: LONGEST.why, "data-field": "why" });
  const label = h(
    "div",
    { class: "library-fields" },
    labelled(_("Name"), name),
    labelled(_("Tags"), tags, _("Separated by commas")),
    h("div", { class: "library-whole" }, labelled(_("Description"), description)),
  );
  const result = h("div", { class: "library-trouble", role: "alert" });
  const submit = h("button", { type: "submit", class: "primary", "data-library": "confirm" }, "");
  const kind = mayUpdate ? choice(origin, follow) : null;
  const form = h(
    "form",
    { class: "stack", novalidate: true, "data-form": "save" },
    kind?.node,
    label,
    h(
      "div",
      { class: "library-fields" },
      labelled(_("Your name"), person, _("As others shall see it; it may stay empty.")),
      labelled(_("What is new, and why"), why),
    ),
    h(
      "div",
      { class: "row" },
      submit,
      h("button", { type: "button", onclick: cancel, "data-library": "cancel" }, _("Cancel")),
    ),
    result,
  );
  const node = h("div", {}, form);
  follow();

  function follow() {
    const update = kind?.updates() ?? false;
    label.hidden = update;
    fill(submit, update ? _("Save version {version}", { version: origin.version + 1 }) : _("Save"));
  }

  function signature() {
    return { who: person.value, why: why.value };
  }

  /** Try to save; whatever stands in the way is told below the form, which stays as it is. */
  async function attempt(work) {
    rememberWho(person.value.trim());
    fill(result);
    setAttribute(form, "aria-busy", "true");
    submit.disabled = true;
    try {
      done(await work(), base);
    } catch (error) {
      if (error.status === CONFLICT) conflict(error.reply);
      else tell(error, work);
    } finally {
      setAttribute(form, "aria-busy", null);
      submit.disabled = false;
    }
  }

  function tell(error, work) {
    const after = (first) => () =>
      attempt(async () => {
        await first();
        return work();
      });
    const deleted = error.reply?.entry;
    const update = kind?.updates() ?? false;
    fill(
      result,
      ...trouble(ctx, error, { again: () => attempt(work), doc }),
      error.status === GONE && deleted
        ? h(
            "p",
            {},
            h(
              "button",
              {
                type: "button",
                "data-library": "revive",
                onclick: after(() => call("undelete", { key: origin.key })),
              },
              _("Bring it back, and save"),
            ),
          )
        : null,
      error.status === GONE && !update ? freshShelf(after(newShelf)) : null,
    );
  }

  async function add(called) {
    const scenario = named(doc, called);
    const written = { name: called, description: description.value, tags: tagsIn(tags.value) };
    const said = await call("save", {
      shelf: await ownShelf(),
      scenario,
      ...written,
      ...signature(),
    });
    return said.entry;
  }

  async function update(expected) {
    const scenario = named(doc, origin.name);
    const said = await call("update", { key: origin.key, expected, scenario, ...signature() });
    return said.entry;
  }

  function conflict({ entry, theirs }) {
    const mine = { ...signature(), doc };
    const view = createConflict(
      ctx,
      { entry, theirs, mine },
      {
        over: () => again(() => update(theirs.version.number)),
        copy: () => again(() => add(copyName(entry.name))),
        open: () => open({ ...named(theirs.doc, entry.name), results: null }, entry),
        back: () => fill(node, form),
      },
    );
    fill(node, view);
    view.querySelector("h3").focus();
  }

  function again(work) {
    fill(node, form);
    return attempt(work);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    const called = name.value.trim();
    if (kind?.updates()) {
      attempt(() => update(origin.version));
    } else if (called) {
      attempt(() => add(called));
    } else {
      fill(result, h("p", {}, _("It needs a name.")));
      name.focus();
    }
  });

  return {
    node,
    focus() {
      if (kind) kind.focus();
      else name.select();
    },
  };
}

/** A name for a copy, no longer than names may be. */
export function copyName(name) {
  const room = LONGEST.name - _("{name} (copy)", { name: "" }).length;
  return _("{name} (copy)", { name: [...name].slice(0, room).join("").trim() });
}

/** Whether the plan becomes a new version of where it came from, or something of its own. */
function choice(origin, changed) {
  const group = newId();
  const radio = (value, checked) => {
    const one = h("input", {
      type: "radio",
      name: group,
      value,
      "data-kind": value,
      onchange: changed,
    });
    one.checked = checked;
    return one;
  };
  const update = radio("version", true);
  const add = radio("new", false);
  const node = h(
    "fieldset",
    { class: "library-kind" },
    h("legend", { class: "unseen" }, _("Save as")),
    h(
      "label",
      { class: "check" },
      update,
      h("span", {}, _("A new version of “{name}”", { name: origin.name })),
    ),
    h("label", { class: "check" }, add, h("span", {}, _("A new scenario beside it"))),
  );
  return { node, updates: () => update.checked, focus: () => update.focus() };
}

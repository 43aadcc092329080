// Saving the plan: as a new scenario in the library, or as a new version of the one it came from.

import { _ } from "../i18n/messages.js";
import { fill, h, newId, setAttribute } from "../kit/dom.js";
import { requestError } from "../server/http.js";
import { call, newShelf, ownShelf } from "../server/library-api.js";
import { rememberWho, who } from "../server/shelves.js";
import { same } from "../state/document.js";
import { createConflict } from "./conflict.js";
import { copyName, createLabelFields, createWhoField, createWhyField, labelled } from "./form.js";
import { cameFrom, named, originOf } from "./origin.js";
import { freshShelf, trouble } from "./parts.js";

const GONE = 404;
const CONFLICT = 409;

/**
 * The part of the library in which the plan is saved.
 * @param {Ctx} ctx
 * @param {{saved: (entry: Entry) => void, open: (version: Opened & {doc: Doc}, entry: Entry) => void}} doing  `saved(entry)`; `open(version, entry)` loads a version that was fetched
 * @returns {{node: HTMLElement, refresh: () => void}}
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
      store.set({ saved: store.state.doc });
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

// --- the form ------------------------------------------------------------------------------------

/**
 * The form, which stays as it is until what is in it has been saved.
 * @param {Ctx} ctx
 * @param {{origin: Origin | null, done: (entry: Entry, base: Doc) => void,
 *   open: (version: Opened & {doc: Doc}, entry: Entry) => void, cancel: () => void}} doing  `origin`: where the plan came
 *   from; `done(entry, base)`: it is saved; `open(version, entry)`: what is saved shall be opened instead
 */
function createForm(ctx, { origin, done, open, cancel }) {
  const { base, doc } = ctx.store.state; // what is saved, whatever happens to the page meanwhile
  const fields = createFields(ctx, origin, cancel);
  const { form, result, updated } = fields;
  const node = h("div", {}, form);

  const add = (name) =>
    addEntry(doc, { base, ...fields.label.value(), name, ...fields.signature.value() });
  const update = (entry, expected) =>
    addVersion(doc, entry, { base, expected, ...fields.signature.value() });

  /** Try to save; whatever stands in the way is told below the form, which stays as it is. */
  async function attempt(work) {
    rememberWho(fields.signature.who());
    fill(result);
    fields.setBusy(true);
    try {
      done(await work(), base);
    } catch (error) {
      const { status, reply } = requestError(error);
      if (status === CONFLICT) showConflict(reply);
      else tell(requestError(error), work);
    } finally {
      fields.setBusy(false);
    }
  }

  function tell(error, work) {
    const after = (first) => () =>
      attempt(async () => {
        await first();
        return work();
      });
    const isGone = error.status === GONE;
    fill(
      result,
      ...trouble(ctx, error, { again: () => attempt(work), doc }),
      isGone && error.reply.entry
        ? reviveButton(after(() => call("undelete", { key: origin?.key })))
        : null,
      isGone && !updated() ? freshShelf(after(newShelf)) : null,
    );
  }

  /** @param {Record<string, any>} refusal  what the server said */
  function showConflict({ entry, theirs }) {
    const again = (work) => () => {
      fill(node, form);
      attempt(work);
    };
    const copy = copyName(entry.name, ctx.start.limits.library.name);
    const sides = { entry, theirs, mine: { ...fields.signature.value(), doc } };
    const conflict = createConflict(ctx, sides, {
      over: again(() => update(origin, theirs.version.number)),
      copy: again(() => add(copy)),
      open: () =>
        open({ ...theirs, doc: { ...named(theirs.doc, entry.name), results: null } }, entry),
      back: () => fill(node, form),
    });
    fill(node, conflict);
    conflict.querySelector("h3")?.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (fields.isBusy()) return;
    const entry = updated();
    const name = fields.label.name.value.trim();
    if (entry) attempt(() => update(entry, entry.version));
    else if (name) attempt(() => add(name));
    else {
      fill(result, h("p", {}, _("It needs a name.")));
      fields.label.name.focus();
    }
  });

  return { node, focus: fields.focus };
}

/**
 * What is filled in, and where it is told what went wrong.
 * @param {Ctx} ctx
 */
function createFields(ctx, origin, cancel) {
  const name = ctx.title(ctx.store.state.doc);
  const label = createLabelFields(ctx, { name, description: "", tags: [] });
  const signature = createSignature(ctx);
  const kind = origin?.editable ? createKind(origin, follow) : null;
  const result = h("div", { class: "library-trouble", role: "alert" });
  const submit = h("button", { type: "submit", class: "primary", "data-library": "confirm" });
  const form = h(
    "form",
    { class: "stack", novalidate: true, "data-form": "save" },
    kind?.node,
    label.node,
    signature.node,
    h(
      "div",
      { class: "row" },
      submit,
      h("button", { type: "button", onclick: cancel, "data-library": "cancel" }, _("Cancel")),
    ),
    result,
  );

  /** The entry that gets a new version, or null: then the plan becomes something of its own. */
  function updated() {
    return kind?.updates() ? origin : null;
  }

  function follow() {
    const entry = updated();
    label.node.hidden = Boolean(entry);
    fill(submit, entry ? _("Save version {version}", { version: entry.version + 1 }) : _("Save"));
  }

  follow();
  return {
    form,
    result,
    label,
    signature,
    updated,
    isBusy: () => submit.disabled,
    setBusy(busy) {
      setAttribute(form, "aria-busy", busy ? "true" : null);
      submit.disabled = busy;
    },
    focus: () => (kind ? kind.focus() : label.name.select()),
  };
}

/**
 * A plan as somebody else can look at it by a key: as it lies in the library, or put there now.
 * Throws RequestError.
 * @param {Ctx} ctx
 * @returns {Promise<string>}  the key, which allows looking only
 */
export async function keyToLookAt(ctx) {
  const { base, doc, saved } = ctx.store.state;
  const origin = originOf(ctx.store.state);
  if (origin && saved && same(saved, doc)) {
    const { entry, version } = await call("open", { key: origin.key, number: null });
    if (version.number === origin.version) return entry.view_key; // else there is a newer one
  }
  const name = ctx.title(doc);
  const note = { who: who(), why: _("For a short link") };
  const entry = await addEntry(doc, { base, name, description: "", tags: [], ...note });
  if (ctx.store.state.doc === doc) {
    cameFrom(ctx, entry);
    ctx.store.set({ saved: doc });
  }
  return entry.view_key;
}

/** Save a plan as a new scenario; its entry. Throws RequestError. */
async function addEntry(doc, { name, ...words }) {
  const shelf = await ownShelf();
  const reply = await call("save", { shelf, scenario: named(doc, name), name, ...words });
  return reply.entry;
}

/** Save a plan as a new version of where it came from; the entry. Throws RequestError. */
async function addVersion(doc, { key, name }, note) {
  const reply = await call("update", { key, scenario: named(doc, name), ...note });
  return reply.entry;
}

function reviveButton(onclick) {
  return h(
    "p",
    {},
    h(
      "button",
      { type: "button", "data-library": "revive", onclick },
      _("Bring it back, and save"),
    ),
  );
}

/**
 * Fields for who saves, and why.
 * @param {Ctx} ctx
 */
function createSignature(ctx) {
  const person = createWhoField(ctx, who());
  const why = createWhyField(ctx);
  return {
    node: h(
      "div",
      { class: "library-fields" },
      labelled(_("Your name"), person, _("As others shall see it; it may stay empty.")),
      labelled(_("What is new, and why"), why),
    ),
    who: () => person.value.trim(),
    value: () => ({ who: person.value, why: why.value }),
  };
}

/** Whether the plan becomes a new version of where it came from, or something of its own. */
function createKind(origin, changed) {
  const name = newId();
  const radio = (value, checked) => {
    const input = h("input", {
      type: "radio",
      name,
      value,
      "data-kind": value,
      onchange: changed,
    });
    input.checked = checked;
    return input;
  };
  const update = radio("version", true);
  const add = radio("new", false);
  const choice = (input, text) => h("label", { class: "check" }, input, h("span", {}, text));
  const node = h(
    "fieldset",
    { class: "library-kind" },
    h("legend", { class: "unseen" }, _("Save as")),
    choice(update, _("A new version of “{name}”", { name: origin.name })),
    choice(add, _("A new scenario beside it")),
  );
  return { node, updates: () => update.checked, focus: () => update.focus() };
}

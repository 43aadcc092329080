// Saving the plan: as a new scenario in the library, or as a new version of the one it came from.

import { _ } from "../i18n/messages.js";
import { fill, h, newId, setAttribute } from "../kit/dom.js";
import { withoutMark } from "../scenarios/name.js";
import { requestError } from "../server/http.js";
import { call, newShelf, ownShelf } from "../server/library-api.js";
import { rememberWho, who } from "../server/shelves.js";
import { same } from "../state/document.js";
import { createConflict } from "./conflict.js";
import { copyName, createLabelFields, createWhoField, createWhyField, labelled } from "./form.js";
import { cameFrom, named, opened, originOf } from "./origin.js";
import { FOR_A_LINK, freshShelf, outcome, trouble } from "./parts.js";

const GONE = 404;
const CONFLICT = 409;

/**
 * The part of the library in which the plan is saved.
 * @param {Ctx} ctx
 * @param {{saved: (entry: Entry) => void, open: (version: OpenedVersion, entry: Entry) => void}} doing  `saved(entry)`; `open(version, entry)` loads a version that was fetched
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
    const { base } = store.state;
    const form = createForm(ctx, {
      saving: planOf(ctx),
      origin: originOf(store.state),
      done: (entry) => done(entry, base),
      open,
      cancel,
    });
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

/**
 * The plan as what is saved.
 * @param {Ctx} ctx
 * @returns {Saving}
 */
function planOf(ctx) {
  const { base, doc } = ctx.store.state;
  return {
    name: withoutMark(ctx.title(doc)),
    beside: _("A new scenario beside it"),
    doc,
    content: (name) => ({ scenario: named(doc, name), base }),
    outcome() {
      const value = h("div", {}, h("p", { class: "library-note" }, "…"));
      outcomeOf(ctx, doc).then((result) => fill(value, outcome(result) ?? ""));
      return value;
    },
  };
}

/**
 * What a plan comes to, as entries say it; null where nobody answers.
 * @param {Ctx} ctx
 */
async function outcomeOf(ctx, doc) {
  try {
    const { headline, doubts } = await ctx.ask("answer", { scenario: doc });
    const { verdict, figures } = headline;
    return { kind: verdict.kind, verdict: verdict.text, value: figures[0].value, doubts };
  } catch (error) {
    console.warn(error);
    return null;
  }
}

// --- the form ------------------------------------------------------------------------------------

/**
 * The form, which stays as it is until what is in it has been saved.
 * @param {Ctx} ctx
 * @param {{saving: Saving, origin: KeptIn | null, done: (entry: Entry) => void,
 *   open: (version: OpenedVersion, entry: Entry) => void, cancel: () => void}} doing  `saving`: what is
 *   saved; `origin`: where it came from; `done(entry)`: it is saved; `open(version, entry)`: what is saved
 *   already shall be opened instead
 */
export function createForm(ctx, { saving, origin, done, open, cancel }) {
  const fields = createFields(ctx, { saving, origin, cancel });
  const { form, result, updated } = fields;
  const node = h("div", {}, form);

  const add = (name) =>
    addEntry(saving, { ...fields.label.value(), name, ...fields.signature.value() });
  const update = (entry, expected) =>
    addVersion(saving, entry, { expected, ...fields.signature.value() });

  /** Try to save; whatever stands in the way is told below the form, which stays as it is. */
  async function attempt(work) {
    rememberWho(fields.signature.who());
    fill(result);
    fields.setBusy(true);
    try {
      done(await work());
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
      ...trouble(ctx, error, { again: () => attempt(work), doc: saving.doc, isSaving: true }),
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
    const mine = { ...fields.signature.value(), outcome: saving.outcome() };
    const conflict = createConflict(
      { entry, theirs, mine },
      {
        over: again(() => update(origin, theirs.version.number)),
        copy: again(() => add(copy)),
        open: () => open(opened({ ...theirs, entry }), entry),
        back: () => fill(node, form),
      },
    );
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
function createFields(ctx, { saving, origin, cancel }) {
  const label = createLabelFields(ctx, { name: saving.name, description: "", tags: [] });
  const signature = createSignature(ctx);
  const kind = origin?.editable ? createKind(origin, saving.beside, follow) : null;
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
 * A plan as somebody else can look at it by a key: as it lies in the library, or put there now. Sharing
 * is no saving: a plan that was changed remains so. Throws RequestError.
 * @param {Ctx} ctx
 * @returns {Promise<string>}  the key, which allows looking only
 */
export async function keyToLookAt(ctx) {
  const { doc, saved, filed, shared } = ctx.store.state;
  const origin = originOf(ctx.store.state);
  const inLibrary = saved && filed && same(saved, filed) ? null : saved; // a file is not there
  const isThere = [inLibrary, shared].some((kept) => kept && same(kept, doc));
  if (origin && isThere) {
    const { entry, version } = await call("open", { key: origin.key, number: null });
    if (version.number === origin.version) return entry.view_key; // else there is a newer one
  }
  // By its own name: that of a shipped one is read in the language of whoever opens it.
  const entry = await addForLink({ ...planOf(ctx), name: withoutMark(doc.name) });
  if (ctx.store.state.doc === doc) {
    cameFrom(ctx, entry);
    ctx.store.set({ shared: doc });
  }
  return entry.view_key;
}

/** Save something so that a short link can lead to it; its entry. Throws RequestError.
 * @param {Saving} saving @returns {Promise<Entry>} */
export function addForLink(saving) {
  const note = { who: who(), why: FOR_A_LINK };
  return addEntry(saving, { name: saving.name, description: "", tags: [], ...note });
}

/** Save something as a new entry, and give that. Throws RequestError. @param {Saving} saving */
async function addEntry(saving, { name, ...words }) {
  const shelf = await ownShelf();
  const reply = await call("save", { shelf, ...saving.content(name), name, ...words });
  return reply.entry;
}

/** Save something as a new version of where it came from; the entry. Throws RequestError.
 * @param {Saving} saving */
async function addVersion(saving, { key, name }, note) {
  const reply = await call("update", { key, ...saving.content(name), ...note });
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

/** Whether it becomes a new version of where it came from, or something of its own. */
function createKind(origin, beside, changed) {
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
    choice(add, beside),
  );
  return { node, updates: () => update.checked, focus: () => update.focus() };
}

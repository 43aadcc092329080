// Sets of compared plans in the library: saved, opened, and found under a key.

import { entries, keptName, rememberKept } from "../compare/list.js";
import { keptSet, layOut, openThen } from "../compare/shared.js";
import { _ } from "../i18n/messages.js";
import { openDialog, toast } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { requestError } from "../server/http.js";
import { call } from "../server/library-api.js";
import { alike, comesToTheSame } from "../state/document.js";
import { CURRENT } from "../state/pins.js";
import { keptIn, originOfSet } from "./origin.js";
import { plansOf } from "./parts.js";
import { addForLink, createForm } from "./save.js";

const GONE = 404;

/** How many plans make a set: one alone is saved as it is. */
export const FEWEST = 2;

/**
 * Open the form that saves what is compared.
 * @param {Ctx} ctx
 */
export function openSaveSet(ctx) {
  const saving = setOf(ctx);
  const { doc } = ctx.store.state;
  const isAmong = entries(ctx).some(({ source }) => source === "current");
  const origin = originOfSet(ctx.store.state);
  const form = createForm(ctx, {
    saving,
    origin,
    done(entry) {
      rememberKept(ctx, keptIn(entry));
      if (isAmong) ctx.store.set({ saved: doc }); // the plan as it stands, which is kept with it
      dialog.close();
      toast(ctx.board, savedText(entry));
    },
    open(version, entry) {
      dialog.close();
      openSet(ctx, version, entry);
    },
    cancel: () => dialog.close(),
  });
  const dialog = openDialog(
    ctx.board,
    _("Save these plans in the library"),
    { wide: true, name: "save-set" },
    h(
      "div",
      { class: "library" },
      h(
        "section",
        { class: "library-save stack" },
        saving.outcome(),
        origin ? h("p", { class: "library-note" }, whence(origin)) : null,
        form.node,
      ),
    ),
  );
  form.focus();
}

/**
 * What is compared as what is saved.
 * @param {Ctx} ctx
 * @returns {Saving}
 */
function setOf(ctx) {
  const kept = keptSet(ctx, (doc) => ({ ...doc, results: null }));
  const names = kept.scenarios.map(({ name }) => name);
  return {
    name: nameFor(names, ctx.start.limits.library.name),
    beside: _("A new set beside it"),
    doc: null,
    content: () => kept,
    outcome: () => plansOf(kept.scenarios.map(({ letter, name }) => `${letter} ${name}`)),
  };
}

/**
 * What a set of plans could be called: by as many of their names as fit.
 * @param {string[]} names
 * @param {number} longest  in characters
 */
export function nameFor(names, longest) {
  const whole = names.join(", ");
  if ([...whole].length <= longest) return whole;
  const fewer = names.map((_name, count) => `${names.slice(0, count + 1).join(", ")} …`);
  return fewer.findLast((name) => [...name].length <= longest) ?? names[0];
}

/** @param {KeptIn} origin */
function whence({ name, version, editable }) {
  return editable
    ? _("These plans come from “{name}”, version {version}.", { name, version })
    : _(
        "These plans come from “{name}”, version {version}, which is for looking only: what you save is a copy of your own.",
        { name, version },
      );
}

/** @param {Entry} entry */
function savedText({ name, version }) {
  return version === 1
    ? _("“{name}” is saved.", { name })
    : _("“{name}” is saved as version {version}.", { name, version });
}

/**
 * Lay a set of the library side by side; one undo takes that back.
 * @param {Ctx} ctx
 * @param {OpenedVersion} version
 * @param {Entry} entry
 * @param {(ctx: Ctx) => void} show  what to say on the Compare page then
 */
export function openSet(
  ctx,
  { items = [], asked, then },
  entry,
  show = (drawn) => tell(drawn, entry, then),
) {
  const { doc } = ctx.store.state;
  const plan = items.find(({ letter }) => letter === CURRENT);
  const name = keptName(ctx, { name: "", doc });
  const isThere = plan?.name === name && comesToTheSame(plan.doc, doc);
  layOut(ctx.store, items, { doc: isThere ? doc : null, keptIn: keptIn(entry), asked });
  ctx.whenOn("compare", show);
}

/** @param {Ctx} ctx @param {Entry} entry @param {string} [then] */
function tell(ctx, { name }, then) {
  toast(ctx.board, _("“{name}” is loaded. Undo brings back what was there.", { name }));
  if (then) openThen(ctx, then);
}

/**
 * What is compared as somebody else can look at it by a key: as it lies in the library, or put there now.
 * Throws RequestError.
 * @param {Ctx} ctx
 * @returns {Promise<string>}  the key, which allows looking only
 */
export async function keyOfSet(ctx) {
  const origin = originOfSet(ctx.store.state);
  const known = origin && (await newest(origin.key));
  if (known && isCompared(ctx, known)) return known.entry.view_key;
  const entry = await addForLink(setOf(ctx));
  rememberKept(ctx, keptIn(entry));
  return entry.view_key;
}

/**
 * The newest version under a key, or null where that is gone. Throws RequestError.
 * @param {string} key
 * @returns {Promise<OpenedVersion | null>}
 */
async function newest(key) {
  try {
    return await call("open", { key, number: null });
  } catch (error) {
    if (requestError(error).status === GONE) return null;
    throw error;
  }
}

/**
 * Whether exactly these are compared, in the same way.
 * @param {Ctx} ctx
 * @param {SharedSet} kept
 */
function isCompared(ctx, { items = [], asked }) {
  const { measure, first, second } = ctx.store.state.compareView ?? {};
  const chosen = { measure, first, second };
  const isAsked = Object.entries(chosen).every(
    ([name, choice]) =>
      !choice || asked?.[/** @type {keyof CompareQuestion<string>} */ (name)] === choice,
  );
  const compared = keptSet(ctx, (doc) => doc).scenarios;
  return (
    isAsked &&
    items.length === compared.length &&
    items.every(({ letter, name, doc }, place) => {
      const other = compared[place];
      const isNamed = other.letter === letter && other.name === name;
      return isNamed && alike({ ...other.scenario, name }, doc);
    })
  );
}

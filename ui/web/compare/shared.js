// What is compared as a link or in the library, and back.

import { _ } from "../i18n/messages.js";
import { openDialog } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { appAddress } from "../state/address.js";
import { alike, comesToTheSame, lean } from "../state/document.js";
import { CARRYING_ON, CURRENT } from "../state/pins.js";
import { UNTOUCHED } from "../state/split.js";
import { entries, keptName, nameOf } from "./list.js";

/**
 * What is compared, as routes take it.
 * @param {Ctx} ctx
 * @param {(doc: Doc) => Doc} told  what of each scenario
 */
export function comparedSet(ctx, told) {
  return entries(ctx).map((entry) => ({
    name: nameOf(ctx, entry),
    letter: entry.letter,
    scenario: told(entry.doc),
  }));
}

/**
 * The same by the names that are kept, with what each plan started from, and with what is asked of them: all
 * that a set keeps.
 * @param {Ctx} ctx
 * @param {(doc: Doc) => Doc} told  what of each scenario
 */
export function keptSet(ctx, told) {
  const all = entries(ctx);
  const scenarios = comparedSet(ctx, told).map((one, place) => {
    const { base, doc } = all[place];
    const named = { ...one, name: keptName(ctx, all[place]) };
    return base && !alike(base, doc) ? { ...named, base: told(base) } : named;
  });
  return { scenarios, asked: askedOf(ctx) };
}

/**
 * What is asked of what is compared, by the places there; carrying on comes behind.
 * @param {Ctx} ctx
 * @returns {CompareQuestion<number>}
 */
export function askedOf(ctx) {
  const { measure = null, first, second } = ctx.store.state.compareView ?? {};
  const letters = [...entries(ctx).map(({ letter }) => letter), CARRYING_ON];
  const place = (/** @type {string | null | undefined} */ letter) => {
    const found = letters.indexOf(letter ?? "");
    return found < 0 ? null : found;
  };
  return { measure, first: place(first), second: place(second) };
}

/**
 * A link to what is compared. Throws RequestError.
 * @param {Ctx} ctx
 * @param {object} options
 * @param {object} [options.view]  how the page is shown
 * @param {boolean} [options.share]  whether mail and QR code are wanted
 * @param {string | null} [options.key]  that the library keeps it under, for a link that leads there
 */
export function linkToSet(ctx, { view = {}, share = true, key = null } = {}) {
  const library = key ? { library: key } : {};
  return ctx.ask("link-set", {
    ...keptSet(ctx, lean),
    address: appAddress(),
    view,
    share,
    ...library,
  });
}

/**
 * What a page starts from that was opened with a set: the choice, and the plan as it stood, if it was in
 * it.
 * @param {NonNullable<SharedSet["items"]>} items
 * @param {Doc | null} doc  a plan that is there already
 * @param {number} pinned
 * @param {"link" | "library" | "file"} source
 * @returns {{compareList: CompareList, doc: Doc | null}}
 */
export function openedSet(items, doc, pinned, source = "link") {
  const plan = doc ?? items.find(({ letter }) => letter === CURRENT)?.doc ?? null;
  return {
    doc: plan,
    compareList: {
      pinned,
      items: items.map((item) =>
        item.letter === CURRENT && plan && comesToTheSame(item.doc, plan)
          ? { source: "current" }
          : { source, ...item },
      ),
    },
  };
}

/**
 * Lay a set side by side; the plan as it stood becomes the plan. One step.
 * @param {Store} store
 * @param {NonNullable<SharedSet["items"]>} items
 * @param {{doc?: Doc | null, keptIn?: KeptIn, asked?: SharedSet["asked"], isFile?: boolean}} options
 *   `doc`: the plan that is there already; `keptIn`: where the library keeps it, else it came by a link,
 *   or from a file; `asked`: of them, where that is known
 */
export function layOut(store, items, { doc = null, keptIn, asked, isFile = false } = {}) {
  const source = keptIn ? "library" : isFile ? "file" : "link";
  const { compareList, doc: plan } = openedSet(items, doc, store.state.pinned, source);
  const base = items.find(({ letter }) => letter === CURRENT)?.base ?? plan;
  const loaded = plan && base && plan !== doc ? { base, doc: plan, ...UNTOUCHED } : {};
  const { outcome } = store.state.compareView ?? {};
  store.note({ compareView: { outcome, ...asked } });
  store.commit({ ...loaded, compareList: { ...compareList, ...(keptIn && { keptIn }) } });
  if (keptIn && plan) store.set({ saved: store.state.doc }); // as it lies there
}

/** Say what compared plans came to then. @param {Ctx} ctx @param {string} then */
export function openThen(ctx, then) {
  openDialog(ctx.board, _("Other figures than then"), { name: "set-then" }, h("p", {}, then));
}

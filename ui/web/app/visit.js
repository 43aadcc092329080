// A visit: what the browser tab begins with, from the address it was opened by and from what it kept.
// It outlives a change of page.

import { layOut, openThen } from "../compare/shared.js";
import { _ } from "../i18n/messages.js";
import { h } from "../kit/dom.js";
import { openByKey, openShelf } from "../library/links.js";
import { originsBeside } from "../library/origin.js";
import { openBadLink } from "../scenarios/bad-link.js";
import { openSavedResults } from "../scenarios/saved-results.js";
import { ask, requestError } from "../server/http.js";
import {
  createAddress,
  isOwn,
  presetIn,
  scenarioIn,
  setIn,
  takeKeys,
  wishesIn,
} from "../state/address.js";
import { besides, leftBehind } from "../state/left.js";
import { recall } from "../state/persistence.js";
import { UNTOUCHED } from "../state/split.js";
import { createStore } from "../state/store.js";
import { offerToTakeUp } from "./take-up.js";

/**
 * What is to be told, or opened, when a page is there; each if there is any.
 * @typedef {object} Notice
 * @property {Problem[] | null} [problems]  with the link of the visit
 * @property {Preset | null} [preset]  that was loaded instead
 * @property {any} [drift]  how what the link's plan came to has changed
 * @property {string} [library]  key of an entry of the library
 * @property {SharedSet | null} [shared]  what was laid side by side
 * @property {string} [shelf]  key of a shelf
 */

/**
 * What a visit came with.
 * @typedef {Opened & { kept: Kept | null, link: string, shared?: SharedSet | null }} Arrival
 */

export function createVisit() {
  /** @type {Store | null} */
  let store = null;
  /** @type {ReturnType<typeof createAddress> | null} */
  let address = null;
  let openedByLink = false;
  /** @type {Notice} */
  let notice = {};
  /** @type {Awaited<ReturnType<typeof leftBehind>>} */
  let left = [];
  /** @type {((ctx: Ctx) => void)[]} */
  let next = [];

  return {
    /** Null until the visit has begun. */
    get store() {
      return store;
    },
    get address() {
      return address;
    },
    /** Whether somebody's link led here, be it to a plan, to a set or into a library. */
    get openedByLink() {
      return openedByLink;
    },

    /** Take the keys of the library out of the address; they open something once. */
    takeKeys() {
      const keys = takeKeys();
      notice = { ...notice, ...keys };
      openedByLink ||= Object.values(keys).some(Boolean);
    },

    /**
     * What this tab kept, and what the link holds that it was opened by, if that is another one.
     * Throws RequestError.
     * @param {Start} start
     * @param {HTMLElement} board  says so meanwhile
     * @returns {Promise<Arrival>}
     */
    async arrive(start, board) {
      const kept = recall(outcomesOf(start));
      const behind = await leftBehind(outcomesOf(start));
      if (!kept) left = behind;
      return { kept, ...(await linked(start, board, kept?.state)) };
    },

    /**
     * Start from what this tab kept, with a step to what the link holds; nobody's plan gets lost.
     * @param {Start} start
     * @param {Arrival} arrival
     */
    begin(start, { kept, link, doc, base, problems, drift, shared }) {
      const standard = start.presets.find(({ id }) => id === start.default) ?? start.presets[0];
      const named = problems && presetIn(location.search, start.presets);
      const isShownInstead = problems || (shared?.problems && !kept);
      const preset = isShownInstead ? (named ?? standard) : null;
      const loaded = doc
        ? { base: base ?? doc, doc }
        : preset && { base: preset.doc, doc: preset.doc };
      const initial = firstState(start, standard.doc);
      store = createStore(kept ? initial : { ...initial, ...loaded }, kept);
      if (kept && loaded) {
        store.set({ origins: originsBeside(store.state, loaded.base) });
        store.commit({ ...loaded, ...UNTOUCHED });
      }
      if (shared?.items) layOut(store, shared.items, { doc, asked: shared.asked });
      grant(store, wishesIn(location.search, outcomesOf(start)));
      notice = { ...notice, problems, preset, drift, shared };
      openedByLink ||= Boolean(scenarioIn(location.search) || setIn(location.search));
      address = createAddress(store);
      address.opened(link);
    },

    /** Show something over the page as soon as that is drawn again. @param {(ctx: Ctx) => void} show */
    showNext(show) {
      next.push(show);
    },

    /** The page is drawn. @param {Ctx} ctx */
    drawn(ctx) {
      const shows = next;
      next = [];
      for (const show of shows) show(ctx);
    },

    /** Offer what a closed tab has left behind, until that is answered. @param {Ctx} ctx */
    offerWhatWasLeft(ctx) {
      left = besides(left, ctx.store.state.doc);
      if (!left.length) return;
      offerToTakeUp(ctx, left, () => {
        left = [];
      });
    },

    /**
     * Tell, or open, what the address asks for; once. Whether there was anything.
     * @param {Ctx} ctx
     */
    tellNotice(ctx) {
      const wish = notice;
      notice = {};
      return tell(ctx, wish);
    },
  };
}

/**
 * What the link holds that a visit was opened by, if that is another than what the tab kept.
 * Throws RequestError.
 * @param {Start} start
 * @param {HTMLElement} board  says so meanwhile
 * @param {State} [state]  that the tab kept
 * @returns {Promise<Opened & {link: string, shared?: SharedSet | null}>}
 */
async function linked(start, board, state) {
  for (;;) {
    const link = scenarioIn(location.search);
    const set = setIn(location.search);
    const isKnown = isOwn(link, state?.addressQuery, state?.addressBefore);
    const isSetKnown = isOwn(set, state?.addressSet, state?.addressSetBefore);
    if (isKnown && isSetKnown) return { link };
    board.replaceChildren(h("p", { class: "opening", role: "status" }, _("Opening the link…")));
    const shared = isSetKnown ? null : await followSet(start, set);
    const opened = isKnown ? {} : await follow(start, link);
    // Whoever went back or forth meanwhile gets what stands in the address now.
    if (scenarioIn(location.search) !== link) continue;
    return { ...opened, shared, link: isKnown || opened.doc ? link : "" };
  }
}

/**
 * Tell, or open, what there is; whether there was anything.
 * @param {Ctx} ctx
 * @param {Notice} notice
 */
function tell(ctx, { problems, preset, drift, shared, library, shelf }) {
  if (problems) openBadLink(ctx, problems, preset);
  else if (shared?.problems) openBadLink(ctx, shared.problems, preset);
  else if (shared?.then) openThen(ctx, shared.then);
  else if (drift) openSavedResults(ctx, drift);
  else if (library) openByKey(ctx, library);
  else if (shelf) openShelf(ctx, shelf);
  return Boolean(problems || drift || shared || library || shelf);
}

/**
 * What a link holds, or what is wrong with it. Throws RequestError where there is no answer.
 * @param {Start} start
 * @param {string} link
 * @returns {Promise<Opened>}
 */
export async function follow(start, link) {
  try {
    const opened = await ask("follow", { language: start.language, query: link });
    // What it came to then is told; what it comes to now is worked out.
    return opened.doc ? { ...opened, doc: { ...opened.doc, results: null } } : opened;
  } catch (error) {
    const { problems } = requestError(error);
    if (problems) return { problems };
    throw error;
  }
}

/**
 * What a link lays side by side, or what is wrong with it. Throws RequestError where there is no answer.
 * @param {Start} start
 * @param {string} set
 * @returns {Promise<SharedSet>}
 */
async function followSet(start, set) {
  try {
    return await ask("follow-set", { language: start.language, set });
  } catch (error) {
    const { problems } = requestError(error);
    if (problems) return { problems };
    throw error;
  }
}

/** @param {Start} start */
function outcomesOf(start) {
  return start.outcomes.flatMap(({ items }) => items.map(({ id }) => id));
}

/** @param {Start} start @param {Doc} doc @returns {State} */
function firstState(start, doc) {
  return {
    base: doc,
    doc,
    isFileAsOpened: false,
    locked: [],
    held: [],
    pins: [],
    pinned: 0,
    compareList: null,
    charts: start.charts,
    view: { mode: "normal", theme: "auto", keys: true },
    addressQuery: "",
  };
}

/** Show the page as its address wishes. @param {Store} store @param {ReturnType<typeof wishesIn>} wishes */
function grant(store, { charts, mode, theme }) {
  const { view } = store.state;
  store.set({
    charts: charts ?? store.state.charts,
    view: { ...view, mode: mode ?? view.mode, theme: theme ?? view.theme },
  });
}

// The page's address: it always says what is shown, so that it can be handed on, kept as a bookmark,
// and gone back to.

import { closeAll } from "../kit/dialog.js";
import { requestError } from "../server/http.js";
import { alike } from "./document.js";
import { createEntries } from "./entries.js";
import { createOver } from "./over.js";

const SETTLED_MS = 500; // also what keeps below the 100 writes in 30 seconds that Safari takes
const RETRY_MS = 4000;
const MODES = /** @type {const} */ (["normal", "projector"]);
const THEMES = /** @type {const} */ (["auto", "light", "dark"]);
const FORMER = new Set(["embed", "embed_options"]); // said something once, and stand in older links
const KEYS = new Set(["library", "shelf"]); // they open something once, and are not to be handed on
const SET = "set"; // what the Compare page lays side by side
const PAGE = new Set(["lang", "view", "theme", "charts", SET, ...KEYS, ...FORMER]);

/** @param {string} search */
function parts(search) {
  return search.replace(/^\?/, "").split("&").filter(Boolean);
}

/** @param {string} part */
function nameOf(part) {
  return new URLSearchParams(part).keys().next().value ?? "";
}

/** @param {string} part */
function isKey(part) {
  return KEYS.has(nameOf(part));
}

function inHash() {
  return parts(location.hash.replace(/^#/, ""));
}

/**
 * The keys of the library that the address opens: `{ library, shelf }`, each if it is there. They
 * are taken out of it at once: a projector shows it to everybody, and it is copied. Links carry them
 * behind the "#", which no browser sends to a server; older ones carry them as parameters.
 * @returns {{library?: string, shelf?: string}}
 */
export function takeKeys() {
  const [behind, inSearch] = [inHash(), parts(location.search)];
  const keys = [...inSearch, ...behind].filter(isKey).join("&");
  if (!keys) return {};
  const without = (/** @type {string} */ mark, /** @type {string[]} */ all) => {
    const rest = all.filter((part) => !isKey(part)).join("&");
    return rest && mark + rest;
  };
  const address = location.pathname + without("?", inSearch) + without("#", behind);
  try {
    history.replaceState(history.state, "", address);
  } catch (error) {
    console.warn(error);
  }
  return Object.fromEntries(new URLSearchParams(keys));
}

/** What an address says of the scenario, as it is written there; "" for nothing.
 * @param {string} search */
export function scenarioIn(search) {
  return parts(search)
    .filter((part) => !PAGE.has(nameOf(part)))
    .join("&");
}

/**
 * The shipped scenario that a link names as its start, or undefined.
 * @param {string} search
 * @param {Preset[]} presets
 */
export function presetIn(search, presets) {
  const name = new URLSearchParams(search).get("from")?.split(".")[0];
  return presets.find((preset) => preset.id === name);
}

/**
 * Whether a part of an address is the tab's own, as it wrote that, so that what it kept is newer. A browser
 * that loads a page again in the moment in which its address is written may still take the one before.
 * @param {string} part
 * @param {string} [written]  what the tab wrote last
 * @param {string} [before]  what stood there before that
 */
export function isOwn(part, written, before) {
  if (!part || part === written) return true;
  if (part !== before) return false;
  const [visit] = /** @type {any[]} */ (performance.getEntriesByType("navigation"));
  return visit?.type === "reload"; // else somebody opens the older one on purpose
}

/** What an address lays side by side; "" for nothing. @param {string} search */
export function setIn(search) {
  return new URLSearchParams(search).get(SET) ?? "";
}

/**
 * What an address says of the page, as far as that exists.
 * @param {string} search
 * @param {string[]} outcomes
 * @returns {{mode?: View["mode"], theme?: View["theme"], charts?: State["charts"]}}
 */
export function wishesIn(search, outcomes) {
  const wished = new URLSearchParams(search);
  const charts = (wished.get("charts") ?? "").split(",");
  const fits =
    charts.length === 2 && charts[0] !== charts[1] && charts.every((id) => outcomes.includes(id));
  return {
    mode: MODES.find((mode) => mode === wished.get("view")),
    theme: THEMES.find((theme) => theme === wished.get("theme")),
    charts: fits ? [charts[0], charts[1]] : undefined,
  };
}

/**
 * What a link says of the page, as the server takes it: only what is not as usual.
 * @param {State} state
 * @param {Start} start
 */
export function viewOf(state, start) {
  const { view, charts } = state;
  return {
    lang: start.language,
    view: view.mode === "projector" ? "projector" : null,
    theme: view.theme === "auto" ? null : view.theme,
    charts: String(charts) === String(start.charts) ? null : charts,
  };
}

/** The address of the app itself, which links begin with. */
export function appAddress() {
  return new URL("./", document.baseURI).href;
}

/**
 * The link to a step; null where there is none. Throws RequestError.
 * @param {Ctx} ctx
 * @param {Presented["step"]} step
 * @returns {Promise<LinkReply | null>}
 */
async function linkTo(ctx, { base, doc }) {
  try {
    return await ctx.ask("link", {
      scenario: doc,
      base,
      address: appAddress(),
      view: viewOf(ctx.store.state, ctx.start),
      share: false,
    });
  } catch (error) {
    if (requestError(error).isRefusal) return null; // the page itself says why
    throw error;
  }
}

/**
 * What the address shall be.
 * @param {Ctx} ctx
 * @param {string} set  what is laid side by side, as it is written there
 * @param {string} query  what it says of the scenario
 */
function addressOf({ store, start, page }, set, query) {
  const view = Object.entries(viewOf(store.state, start))
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}=${value}`);
  const compared = page === "compare" && set && `${SET}=${set}`;
  return `${location.pathname}?${[...view, compared, query].filter(Boolean).join("&")}`;
}

/** @typedef {import("./entries.js").Presented} Presented */

/**
 * What keeps the address right; one for the browser tab, as the store is.
 * @param {Store} store
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: there is one address, and whatever reads or writes it has to know who else is about to
export function createAddress(store) {
  const entries = createEntries();
  const now = () => ({ base: store.state.base, doc: store.state.doc });
  /** @type {Presented} */
  let shown = { step: now(), query: "", stale: true }; // what the present entry stands for
  let set = ""; // what is laid side by side, as it is written there
  let isSetLeftOut = false; // since it does not fit
  let path = location.pathname;
  /** @type {Ctx | null} */
  let ctx = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asking = false;
  let following = false;
  let turn = 0; // the newest way back or forth counts

  const isNow = (/** @type {Presented["step"]} */ { base, doc }) =>
    doc === store.state.doc && base === store.state.base;
  const isShown = () => !shown.stale && isNow(shown.step);
  const over = createOver(() =>
    entries.write(location.pathname + location.search, shown, true, true),
  );

  /** Write it; false where that must wait. */
  function put(push = false) {
    if (!ctx) return true;
    if (inHash().some(isKey)) return false; // a link was just put in: it would be lost
    const address = addressOf(ctx, set, shown.query);
    const stands = !push && entries.find(history.state)?.step === shown.step;
    if (stands && address === location.pathname + location.search) return true;
    if (!entries.write(address, { ...shown, stale: false }, push)) return false;
    noteQuery(shown.query);
    ctx.addressed();
    return true;
  }

  /** @param {string} query */
  function noteQuery(query) {
    const { addressQuery, addressBefore } = store.state;
    const before = query === addressQuery ? addressBefore : addressQuery;
    store.note({ addressQuery: query, addressBefore: before });
  }

  function soon(pause = SETTLED_MS) {
    clearTimeout(timer);
    timer = setTimeout(settle, pause);
  }

  /** Bring the address to where the page stands. Whatever keeps from it calls again at its end. */
  async function settle() {
    if (!ctx || asking || following || store.previewing) return;
    if (isShown()) {
      if (!put()) soon();
      return;
    }
    const step = now();
    let link;
    asking = true;
    try {
      link = await linkTo(ctx, step);
    } catch (error) {
      requestError(error);
      soon(RETRY_MS); // until then the address stays as it is
      return;
    } finally {
      asking = false;
    }
    if (!ctx || following) return;
    if (!isNow(step)) soon();
    else if (link) take({ step, query: link.fits ? link.query : "", hasStart: link.has_start });
  }

  /** @param {Pick<Presented, "step" | "query" | "hasStart">} now */
  function take({ step, query, hasStart }) {
    const before = shown;
    shown = { step, query, hasStart, stale: false };
    if (put(!alike(before.step.doc, step.doc))) return;
    shown = before;
    soon();
  }

  /** Go where the visitor went back or forth to. @param {PopStateEvent} event */
  async function popped(event) {
    if (over.took(event, location.pathname !== path)) {
      put();
      soon();
      return;
    }
    if (!ctx) return;
    closeAll(ctx.board); // what they say or ask is about the plan that is left now
    path = location.pathname; // where it is another, the page changes next (app/router.js)
    const known = entries.find(event.state);
    const query = known?.query ?? (event.state?.isBehind ? "" : scenarioIn(location.search));
    following = true;
    turn += 1;
    const mine = turn;
    const { doc } = store.state;
    const opened = known || !query ? null : await ctx.follow(query);
    if (mine !== turn || !ctx) return;
    following = false;
    const step = known?.step ?? opened;
    // Whoever moved a lever meanwhile goes on from there.
    if (step?.doc && store.state.doc === doc) {
      shown = { ...shown, query, stale: known?.stale ?? true };
      if (!store.travel(step.doc)) ctx.load(step.doc, { base: step.base ?? step.doc });
      shown = { ...shown, step: now() };
      if (opened) ctx.arrived(opened);
    }
    put();
    soon();
  }

  addEventListener("popstate", popped);
  addEventListener("online", () => soon());

  return {
    /** The page was opened by a link; what it says of the page is written anew. @param {string} query */
    opened(query) {
      shown = { ...shown, query };
      noteQuery(query);
    },

    /** A page is shown: it is told where to ask, and when the address is another. @param {Ctx} context */
    attach(context) {
      ctx = context;
      path = location.pathname;
      if (!following) put(); // else what was gone back to is still on its way
      soon();
      return () => {
        if (ctx === context) ctx = null;
      };
    },

    /** Another page is about to be shown: whoever comes back finds the plan as it is left, also where
     * the server has not told its address yet. */
    leave() {
      if (!history.state?.board || isShown()) return;
      shown = { ...shown, step: now(), stale: true };
      entries.leave(shown);
    },

    /** What the Compare page lays side by side, as it is written in an address; "" where that does not
     * fit. @param {string} text */
    compares(text) {
      set = text;
      isSetLeftOut = !text;
      put();
    },

    /** The link to what is shown now: "" where it has none, null as long as it is not known.
     * @returns {string | null} */
    link() {
      const isThere =
        ctx && addressOf(ctx, set, shown.query) === location.pathname + location.search;
      return isThere && isShown() ? shown.query && location.href : null;
    },

    /** What the link had no room for. */
    leavesOut: () => ({
      start: shown.query !== "" && shown.hasStart === false,
      set: ctx?.page === "compare" && isSetLeftOut,
    }),

    /** Something has changed. */
    changed() {
      if (!ctx) return;
      if (!following && location.pathname === path) put();
      if (!isShown()) soon();
    },
  };
}

// The page's address: it always says what is shown, so that it can be handed on, kept as a bookmark,
// and gone back to.

import { closeAll } from "../kit/dialog.js";
import { requestError } from "../server/http.js";
import { alike } from "./document.js";

const SETTLED_MS = 500; // also what keeps below the 100 writes in 30 seconds that Safari takes
const RETRY_MS = 4000;
const MOST_ENTRIES = 100;
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
 * What an entry of the history stands for.
 * @typedef {Pick<Step, "base" | "doc">} Presented
 *
 * What keeps the address right; one for the browser tab, as the store is.
 * @param {Store} store
 */
export function createAddress(store) {
  /** @type {Map<string, {step: Presented, query: string, stale?: boolean}>} */
  const entries = new Map(); // what this tab's entries of the history stand for
  const begun = `${performance.timeOrigin}`;
  let serial = 0;
  const nextId = () => {
    serial += 1;
    return `${begun}-${serial}`;
  };
  const now = () => ({ base: store.state.base, doc: store.state.doc });
  let shown = now(); // what the present entry stands for
  let query = ""; // and what its address says of that
  let set = ""; // what is laid side by side, as it is written there
  let stale = true; // it may say so in another way, as with results of another model
  let path = location.pathname;
  /** @type {Ctx | null} */
  let ctx = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asking = false;
  let following = false;
  let turn = 0; // the newest way back or forth counts

  const isShown = () => !stale && shown.doc === store.state.doc && shown.base === store.state.base;

  /** @param {Ctx} page */
  function wanted(page) {
    const view = Object.entries(viewOf(store.state, page.start))
      .filter(([, value]) => value)
      .map(([name, value]) => `${name}=${value}`);
    const compared = page.page === "compare" && set && `${SET}=${set}`;
    return `${location.pathname}?${[...view, compared, query].filter(Boolean).join("&")}`;
  }

  /** Write it; false where that must wait. */
  function put(push = false) {
    if (!ctx) return true;
    if (inHash().some(isKey)) return false; // a link was just put in: it would be lost
    const address = wanted(ctx);
    const entry = push ? null : history.state?.board;
    const stands = entry && entries.get(entry)?.step === shown;
    if (stands && address === location.pathname + location.search) return true;
    const id = entry ?? nextId();
    const { isBehind: _, ...state } = history.state ?? {};
    try {
      history[push ? "pushState" : "replaceState"]({ ...state, board: id }, "", address);
    } catch (error) {
      console.warn(error);
      return false;
    }
    entries.set(id, { step: shown, query });
    const [oldest] = entries.keys();
    if (entries.size > MOST_ENTRIES) entries.delete(oldest);
    store.note({ addressQuery: query });
    ctx.addressed();
    return true;
  }

  function soon(pause = SETTLED_MS) {
    clearTimeout(timer);
    timer = setTimeout(settle, pause);
  }

  /** The link to a step; null where there is none. Throws RequestError.
   * @param {Presented} step */
  async function linkTo({ base, doc }) {
    if (!ctx) return null;
    try {
      return await ctx.ask("link", {
        scenario: doc,
        base,
        address: appAddress(),
        view: viewOf(store.state, ctx.start),
        share: false,
      });
    } catch (error) {
      if (requestError(error).isRefusal) return null; // the page itself says why
      throw error;
    }
  }

  /** Bring the address to where the page stands. Whatever keeps from it calls again at its end. */
  async function settle() {
    if (!ctx || asking || following || store.previewing) return;
    if (isShown()) {
      if (!put()) soon();
      return;
    }
    const step = now();
    /** @type {LinkReply | null} */
    let link;
    asking = true;
    try {
      link = await linkTo(step);
    } catch (error) {
      requestError(error);
      soon(RETRY_MS); // until then the address stays as it is
      return;
    } finally {
      asking = false;
    }
    if (!ctx || following) return;
    if (step.doc !== store.state.doc || step.base !== store.state.base) soon();
    else if (link) take(step, link.fits ? link.query : "");
  }

  /** @param {Presented} step @param {string} link */
  function take(step, link) {
    const before = { shown, query, stale };
    const isAnother = !alike(shown.doc, step.doc);
    [shown, query, stale] = [step, link, false];
    if (put(isAnother)) return;
    ({ shown, query, stale } = before);
    soon();
  }

  /** Go where the visitor went back or forth to. */
  /** @param {PopStateEvent} event */
  async function popped(event) {
    if (!ctx) return;
    closeAll(ctx.board); // what they say or ask is about the plan that is left now
    path = location.pathname; // where it is another, the page changes next (app/router.js)
    const known = entries.get(event.state?.board);
    const link = known?.query ?? (event.state?.isBehind ? "" : scenarioIn(location.search));
    following = true;
    turn += 1;
    const mine = turn;
    const { doc } = store.state;
    const opened = known || !link ? null : await ctx.follow(link);
    if (mine !== turn || !ctx) return;
    following = false;
    const step = known?.step ?? opened;
    // Whoever moved a lever meanwhile goes on from there.
    if (step?.doc && store.state.doc === doc) {
      [query, stale] = [link, known?.stale ?? !known];
      if (!store.travel(step.doc)) ctx.load(step.doc, { base: step.base ?? step.doc });
      shown = now();
      if (opened) ctx.arrived(opened);
    }
    put();
    soon();
  }

  addEventListener("popstate", popped);
  addEventListener("online", () => soon());

  return {
    /** The page was opened by a link; what it says of the page is written anew. */
    /** @param {string} link */
    opened(link) {
      query = link;
      store.note({ addressQuery: link });
    },

    /** A page is shown: it is told where to ask, and when the address is another. */
    /** @param {Ctx} context */
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
      const id = history.state?.board;
      if (!id || isShown()) return;
      [shown, stale] = [now(), true];
      entries.set(id, { step: shown, query, stale });
      try {
        // Whoever loads the page again before that, and comes back, would get an older plan.
        history.replaceState({ ...history.state, isBehind: true }, "");
      } catch (error) {
        console.warn(error);
      }
    },

    /** What the Compare page lays side by side, as it is written in an address; "" for nothing.
     * @param {string} text */
    compares(text) {
      set = text;
      put();
    },

    /** Something has changed. */
    changed() {
      if (!ctx) return;
      if (!following && location.pathname === path) put();
      if (!isShown()) soon();
    },
  };
}

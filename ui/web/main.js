// The board: everything that the visitor sees. Streamlit mounts it; the rest happens here.

import { listen, openKeys } from "./app/keys.js";
import * as tools from "./app/toolbar.js";
import { isFirstVisit, startTour } from "./app/tour.js";
import { createPage as createRegister } from "./assumptions/page.js";
import { openAssumptions } from "./assumptions/panel.js";
import * as compare from "./compare/page.js";
import { _, setLanguage } from "./i18n/messages.js";
import { closeAll, toast } from "./kit/dialog.js";
import { h, setAttribute, setText } from "./kit/dom.js";
import { showHelp } from "./kit/popover.js";
import { openByKey, openShelf } from "./library/library.js";
import { originsBeside } from "./library/origin.js";
import { takeDrops } from "./scenarios/files.js";
import { openBadLink, openThenNow } from "./scenarios/saved-results.js";
import { ask, createLine, get, Refused } from "./server/http.js";
import { createCharts } from "./simulate/chart.js";
import { createHeadline } from "./simulate/headline.js";
import { createLevers } from "./simulate/levers/panel.js";
import { createMultiples } from "./simulate/multiples.js";
import { createPins } from "./simulate/pins.js";
import { loadPlotly } from "./simulate/plotly.js";
import { createSentence } from "./simulate/sentence.js";
import { createAddress, presetIn, scenarioIn, takeKeys, wishesIn } from "./state/address.js";
import { frames } from "./state/replay.js";
import { createStore, recall, same, withoutTexts } from "./state/store.js";

const NARROW_PX = 900;
const FRAME_MS = 70;
const FRAMES = 12;
const RETRY_MS = 2000;
const HERE = new URL(".", import.meta.url);

// Pages beside Simulate: what makes each, called with the context; it returns { node, update }.
const PAGES = { assumptions: createRegister, compare: compare.createPage };

// One for the browser tab: they outlive a change of page, which Streamlit makes anew.
let store = null;
let address = null;
let news = null; // what is still to be told, or opened, of the address that this visit began with
let keys = {}; // of the library, that the address held
let invited = false; // whether it began with somebody's plan, or with this tab's own
let spoken = null;
const descriptions = new Map();

function stylesheet() {
  const address = new URL("styles/board.css", HERE).href;
  const known = document.querySelector(`link[href="${address}"]`);
  if (known) return Promise.resolve();
  return new Promise((resolve) => {
    const link = h("link", { rel: "stylesheet", href: address, onload: resolve, onerror: resolve });
    document.head.append(link);
  });
}

/** What the server says once for every language. */
function describe(language) {
  if (!descriptions.has(language)) {
    const answer = get(`board/start?language=${encodeURIComponent(language)}`);
    answer.catch(() => descriptions.delete(language));
    descriptions.set(language, answer);
  }
  return descriptions.get(language);
}

function wish(name) {
  return new URLSearchParams(location.search).get(name);
}

/** The language that is spoken already, else that of the address, else one that the browser likes. */
function wantedLanguage() {
  return spoken ?? wish("lang") ?? navigator.language?.slice(0, 2) ?? "en";
}

/** Draw the board. Streamlit calls this again whenever it redraws; returns what ends it. */
export function mount({ data, parentElement, setTriggerValue }) {
  if (parentElement.board?.page === data.view) return () => {};
  // The largest file sets out first; drawing asks again for what did not arrive.
  if (data.view === "simulate") loadPlotly().catch(() => {});
  parentElement.board?.end();
  const board = createBoard(parentElement, data.view, (page) => setTriggerValue("page", page));
  parentElement.board = board;
  return () => {
    parentElement.board = null;
    board.end();
  };
}

function createBoard(parent, page, goTo) {
  let ended = false;
  let endView = () => {};
  let asked = 0;
  keys = { ...keys, ...takeKeys() };
  const root = h("div", { id: "board", class: "board" });
  parent.append(root);

  /** Show the page in a language; the last one asked for wins. */
  async function show(language) {
    asked += 1;
    const turn = asked;
    try {
      const [start] = await Promise.all([describe(language), stylesheet()]);
      if (ended || turn !== asked) return;
      const again = spoken !== null && spoken !== start.language;
      spoken = start.language;
      setLanguage(start);
      document.documentElement.lang = start.language;
      if (!store) {
        const visit = await opening(start, root);
        if (ended || turn !== asked) return;
        if (!store) begin(start, visit);
      }
      news = { ...news, ...keys };
      keys = {};
      endView();
      endView = createView(root, page, start, goTo, show);
      if (again) root.querySelector('[data-action="language"]')?.focus({ preventScroll: true });
    } catch (error) {
      console.warn(error);
      if (ended || turn !== asked) return;
      if (store && root.firstChild) toast(root, _("No connection to the server."));
      else setTimeout(() => turn === asked && !ended && show(language), RETRY_MS);
    }
  }

  show(wantedLanguage());
  return {
    page,
    end() {
      ended = true;
      endView();
      root.remove();
    },
  };
}

/** What this tab kept, and what the link holds that it was opened by, if that is another one. */
async function opening(start, root) {
  const kept = recall(outcomesOf(start));
  const link = scenarioIn(location.search);
  if (!link || link === kept?.state.written) return { kept, link };
  root.replaceChildren(h("p", { class: "opening", role: "status" }, _("Opening the link…")));
  const found = await followed(start, link);
  return { kept, ...found, link: found.doc ? link : "" };
}

/** What a link holds, or what is wrong with it. Throws where there is no answer. */
async function followed(start, link) {
  try {
    const found = await ask("follow", { language: start.language, query: link });
    // What it came to then is told; what it comes to now is worked out.
    return found.doc ? { ...found, doc: { ...found.doc, results: null } } : found;
  } catch (error) {
    if (error instanceof Refused) return { problems: error.problems };
    throw error;
  }
}

function outcomesOf(start) {
  return start.outcomes.flatMap((group) => group.items.map((one) => one.id));
}

/** Start from what this tab kept, with a step to what the link holds; nobody's plan gets lost. */
function begin(start, { kept, link, doc, base, problems, then_now: thenNow }) {
  const standard = start.presets.find((one) => one.id === start.default) ?? start.presets[0];
  const named = problems ? (presetIn(location.search, start.presets) ?? standard) : null;
  const arrived = doc ? { base, doc } : named && { base: named.doc, doc: named.doc };
  const initial = {
    base: standard.doc,
    doc: standard.doc,
    filed: false,
    locked: [],
    pins: [],
    charts: start.charts,
    view: { mode: "normal", theme: "auto", keys: true },
    compare: [],
    written: "",
  };
  store = createStore(kept ? initial : { ...initial, ...arrived }, kept);
  if (kept && arrived) {
    store.set({ locked: [], origins: originsBeside(store.state, arrived.base) });
    store.commit(arrived);
  }
  const wished = wishesIn(location.search, outcomesOf(start));
  const { view, charts } = store.state;
  store.set({
    charts: wished.charts ?? charts,
    view: { ...view, mode: wished.mode ?? view.mode, theme: wished.theme ?? view.theme },
  });
  news = { problems, preset: named, thenNow };
  invited = Boolean(scenarioIn(location.search));
  address = createAddress(store);
  address.opened(link);
}

function createView(root, page, start, goTo, show) {
  const darkness = matchMedia("(prefers-color-scheme: dark)");
  const colours = h("style");
  document.head.append(colours);
  root.replaceChildren();
  setAttribute(root, "data-page", page);
  setAttribute(root, "data-ready", false);

  let answer = null;
  let replaying = null; // what ends the replay that is going on
  const names = new Map(start.presets.map((one) => [one.doc.name, one.name]));

  const ctx = {
    start,
    store,
    board: root,
    page,
    answer: () => answer,
    go(where) {
      address.leave();
      goTo(where);
    },
    help: (button, help) =>
      showHelp(root, button, help, {
        register: start.register,
        open: (id) => openAssumptions(ctx, { show: id }),
      }),
    keys: () => openKeys(ctx),
    title: (doc) => names.get(doc.name) ?? doc.name,
    address: (where) => (where === "simulate" ? "./" : where) + location.search,
    addressed: () => bar.follow(),
    /** What a link holds, or null; says what is wrong. */
    async follow(link) {
      try {
        const found = await followed(start, link);
        if (found.problems) openBadLink(ctx, found.problems);
        return found.doc ? found : null;
      } catch {
        toast(root, _("No connection to the server."), { kind: "error" });
        return null;
      }
    },
    /** A scenario came by a link or a file: told if it comes to something else today. */
    arrived({ then_now: thenNow }) {
      if (thenNow) openThenNow(ctx, thenNow);
    },
    /** Ask a route of the board, in the page's language. */
    ask: (route, content) => ask(route, { language: start.language, ...content }),
    api: {
      open: (text, name) => ask("open", { language: start.language, text, name }),
      file(doc) {
        const { base, charts, filed } = store.state;
        return ask("file", {
          language: start.language,
          scenario: doc,
          base,
          charts,
          as_it_is: Boolean(filed) && same(doc, base),
        });
      },
      check: (doc) => ask("check", { language: start.language, scenario: doc }),
      instruments: (doc) => ask("instruments", { language: start.language, scenario: lean(doc) }),
    },
    /** Go on with another scenario; `filed`: it is a file as it was opened. */
    load(doc, { base = doc, filed = false } = {}) {
      store.set({ locked: [], origins: originsBeside(store.state, base) });
      store.commit({ base, doc, filed });
    },
    reset({ plan = false, world = false }) {
      const { base, doc } = store.state;
      store.commit({
        doc: {
          ...doc,
          plan: plan ? base.plan : doc.plan,
          assumptions: world ? base.assumptions : doc.assumptions,
        },
      });
    },
    project() {
      const { view } = store.state;
      const mode = view.mode === "projector" ? "normal" : "projector";
      store.set({ view: { ...view, mode } });
    },
    switchTheme() {
      const { view } = store.state;
      store.set({ view: { ...view, theme: theme() === "dark" ? "light" : "dark" } });
    },
    speak(language) {
      closeAll(root);
      show(language);
    },
    tour: () => startTour(root),
    replay,
  };

  function theme() {
    const { theme: wanted } = store.state.view;
    return wanted === "auto" ? (darkness.matches ? "dark" : "light") : wanted;
  }

  // --- how large, how bright ---------------------------------------------------------------------

  let fitted = "";

  function fit() {
    const { view } = store.state;
    const narrow = innerWidth < NARROW_PX;
    const whole = Math.min(innerWidth / 80, innerHeight / 45);
    const projector = view.mode === "projector";
    const size = narrow
      ? 16
      : projector
        ? Math.min(Math.max(whole, 14), 60)
        : Math.min(Math.max(whole, 14), 20);
    document.documentElement.style.fontSize = `${size}px`;
    setAttribute(root, "data-mode", view.mode);
    setAttribute(root, "data-theme", theme());
    setAttribute(root, "data-size", narrow ? "narrow" : "wide");
    setText(colours, `:root{${start.palettes[theme()]};color-scheme:${theme()}}`);
    const wanted = `${size} ${view.mode} ${theme()}`;
    if (fitted && fitted !== wanted) line?.wish();
    fitted = wanted;
  }

  function font() {
    const size = parseFloat(document.documentElement.style.fontSize);
    return Math.round(store.state.view.mode === "projector" ? size : Math.max(0.84 * size, 13));
  }

  // --- asking and showing ------------------------------------------------------------------------

  const bar = tools.create(ctx);
  const toasts = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
  const notice = h("p", { class: "notice", role: "alert", hidden: true });
  const spokenResult = h("p", { class: "unseen", role: "status" });
  let parts = [bar];
  let large = null;
  let line = null;

  function compose(doc, number, base = store.state.base) {
    const { charts: shown, pins: kept } = store.state;
    return {
      number,
      content: {
        language: start.language,
        theme: theme(),
        font: font(),
        scenario: lean(doc),
        reference: base.assumptions,
        charts: shown,
        pins: kept.map((one) => ({
          name: one.name,
          slot: one.slot,
          hidden: one.hidden,
          scenario: lean(one.doc),
        })),
        layouts: large?.keys() ?? [],
      },
    };
  }

  function paint(content, doc) {
    answer = content;
    const state = doc === store.state.doc ? store.state : { ...store.state, doc };
    for (const part of parts) part.update(state, answer);
    return large.painted;
  }

  async function heard(content, question) {
    if (replaying) return;
    tell(null);
    const painted = paint(content, store.state.doc);
    setAttribute(root, "data-answer", question.number);
    await painted.catch((error) => console.warn(error)); // a chart that fails leaves the figures
    requestAnimationFrame(() => {
      const settled = question.number === store.number && !line.busy;
      setAttribute(root, "data-ready", "true");
      setAttribute(root, "data-settled", String(settled));
      if (settled) setText(spokenResult, `${content.headline.verdict.text}. ${content.sentence}`);
    });
  }

  /** Say why what is shown may not belong to the levers; nothing to say takes it back. */
  function tell(text) {
    notice.hidden = text === null;
    setText(notice, text ?? "");
    setAttribute(root, "data-behind", text !== null);
  }

  function refused(problems) {
    if (!answer) {
      // What this tab had kept can't be simulated (any more).
      store.startAgain();
      return;
    }
    const [first] = problems;
    tell(
      first
        ? _("This can't be simulated. {field}: found {found}, allowed {allowed}", first)
        : _("This can't be simulated."),
    );
    setAttribute(root, "data-settled", "true");
  }

  async function replay() {
    const before = store.previous;
    const { doc } = store.state;
    if (!before || replaying || !line) return;
    let goesOn = true;
    replaying = () => {
      goesOn = false;
      replaying = null;
      setAttribute(root, "data-replaying", false);
      for (const part of parts) if (part !== large) part.update(store.state, answer);
    };
    setAttribute(root, "data-settled", "false");
    setAttribute(root, "data-replaying", "true");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    try {
      for (const frame of frames(before.doc, doc, calm ? 1 : FRAMES, start.register)) {
        const least = new Promise((resolve) => setTimeout(resolve, calm ? 900 : FRAME_MS));
        const base = frame === before.doc ? before.base : store.state.base;
        const content = await ask("answer", compose(frame, store.number, base).content);
        if (!goesOn) return; // somebody goes on
        await paint(content, frame);
        await least;
        if (!goesOn) return;
      }
    } catch (error) {
      if (!(error instanceof Refused)) console.warn(error);
    }
    replaying?.();
    line.wish();
  }

  // Levers show the way during a replay: whoever takes one takes it from where it really stands.
  function takeOver() {
    if (!replaying) return;
    replaying();
    line.wish();
  }

  function showState() {
    fit();
    address.changed();
    setAttribute(root, "data-state", store.number);
    setAttribute(root, "data-settled", "false");
    if (replaying) replaying();
    else for (const part of parts) if (part !== large) part.update(store.state, answer);
  }

  /** A link of the library was put into the address of the open page. */
  function linked() {
    news = takeKeys();
    tellNews(ctx);
  }

  function changed() {
    showState();
    line?.wish();
  }

  const stopSubscription = store.subscribe(changed);
  store.whenForgetful(() =>
    toast(
      root,
      _("This tab cannot keep the plan for when the page is loaded again. Save it, to be safe."),
      { kind: "error" },
    ),
  );
  const stopKeys = listen(ctx);
  const stopDrops = takeDrops(ctx);
  fit();

  if (page === "simulate") {
    line = createLine("answer", () => compose(store.state.doc, store.number), {
      answer: heard,
      refused,
      lost: () => tell(_("No connection to the server. Your changes are kept; trying again.")),
      found: () => tell(null),
    });
    line.wish(); // the server works while the page is made
    large = createCharts(ctx);
    const panel = createLevers(ctx);
    const headline = createHeadline(ctx);
    const small = createMultiples(large.bringUp);
    const pinned = createPins(ctx);
    const sentence = createSentence(ctx);
    parts = [bar, panel, headline, large, pinned, small, sentence];
    bar.node.querySelector(".moves").before(pinned.node);
    root.append(
      bar.node,
      headline.node,
      panel.node,
      h("div", { class: "middle" }, large.node, sentence.node, small.node),
      h("div", { class: "foot" }, headline.brief),
      toasts,
      notice,
      spokenResult,
    );
    // For tests, and for whoever looks into what is going on.
    window.board = {
      state: () => store.state,
      answer: () => answer,
      commit: (doc) => store.commit({ doc }),
    };
  } else {
    const content = PAGES[page](ctx);
    parts = [bar, content];
    root.append(bar.node, content.node, toasts, notice);
    setAttribute(root, "data-ready", "true");
  }
  document.title = _("Budget shift simulator");
  const leaveAddress = address.attach(ctx);
  showState();
  addEventListener("resize", fit);
  addEventListener("hashchange", linked);
  for (const event of ["pointerdown", "keydown"]) root.addEventListener(event, takeOver, true);
  darkness.addEventListener("change", changed);
  if (tellNews(ctx)) {
    // One thing at a time.
  } else if (
    page === "simulate" &&
    !invited &&
    isFirstVisit() &&
    store.state.view.mode === "normal"
  ) {
    setTimeout(() => root.isConnected && startTour(root), 0);
  }

  return () => {
    stopSubscription();
    stopKeys();
    stopDrops();
    leaveAddress();
    removeEventListener("resize", fit);
    removeEventListener("hashchange", linked);
    for (const event of ["pointerdown", "keydown"]) root.removeEventListener(event, takeOver, true);
    replaying?.();
    darkness.removeEventListener("change", changed);
    line?.close();
    for (const part of parts) part.destroy?.();
    colours.remove();
    delete window.board;
    document.documentElement.style.fontSize = "";
  };
}

/** Tell, or open, what the address of this visit asks for; once. Whether there was anything. */
function tellNews(ctx) {
  const { problems, preset, thenNow, library: entry, shelf } = news ?? {};
  news = null;
  if (problems) openBadLink(ctx, problems, preset);
  else if (thenNow) openThenNow(ctx, thenNow);
  else if (entry) openByKey(ctx, entry);
  else if (shelf) openShelf(ctx, shelf);
  return Boolean(problems || thenNow || entry || shelf);
}

/** A scenario without what its numbers do not depend on. */
function lean(doc) {
  return { ...withoutTexts(doc), results: null };
}

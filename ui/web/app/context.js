// What every part of the board gets: what there is, and what it may have done.

import { openAssumptions } from "../assumptions/panel.js";
import { gradeIn, isOwnFigure } from "../assumptions/range.js";
import { closeAll, toast } from "../kit/dialog.js";
import { showHelp } from "../kit/popover.js";
import { originsBeside } from "../library/origin.js";
import { openBadLink } from "../scenarios/bad-link.js";
import { openGallery } from "../scenarios/gallery.js";
import { openSavedResults } from "../scenarios/saved-results.js";
import { ask, askWatched, requestError } from "../server/http.js";
import { calledIn, lean, same } from "../state/document.js";
import { UNTOUCHED } from "../state/split.js";
import { openKeys } from "./keys.js";
import { startTour } from "./tour.js";
import { follow } from "./visit.js";

/**
 * The context of a page.
 * @param {object} given
 * @param {HTMLElement} given.board
 * @param {string} given.page  its id
 * @param {Start} given.start
 * @param {Store} given.store
 * @param {{theme(): "light" | "dark", font(): number}} given.appearance
 * @param {() => Page | null} given.current  the page, as soon as it is made
 * @param {(page: string) => void} given.go
 * @param {() => ReturnType<typeof import("./toolbar.js").createToolbar>} given.bar
 * @param {(language: string) => void} given.speak
 * @param {(text: string) => void} given.addressSet
 * @param {() => void} given.addressed  the address says where the page stands
 * @param {(show: (ctx: Ctx) => void) => void} given.showNext  once the page is drawn again
 * @returns {Ctx}
 */
export function createContext({
  board,
  page,
  start,
  store,
  appearance,
  current,
  go,
  bar,
  speak,
  addressSet,
  addressed,
  showNext,
}) {
  const organisations = new Map(
    start.presets.map(({ doc, organisation }) => [doc.organisation.name, organisation]),
  );
  // A plan for another organisation goes by that one's name.
  const names = new Map([
    ...organisations,
    ...start.presets.map(({ doc, name }) => /** @type {[string, string]} */ ([doc.name, name])),
  ]);
  const inLanguage = (/** @type {object} */ content) => ({ language: start.language, ...content });

  /** @type {Ctx} */
  const ctx = {
    start,
    store,
    board,
    page,
    answer: () => current()?.answer?.() ?? null,
    go,
    address: (where) => (where === start.pages[0].id ? "./" : where) + location.search,
    addressed,
    addressSet,
    updateBar: (state) => bar().update(state),
    follow: (link) => openLink(ctx, link),
    arrived({ drift }) {
      if (drift) ctx.whenDrawn((drawn) => openSavedResults(drawn, drift));
    },
    whenDrawn(show) {
      // Where customers are called otherwise the page is about to be drawn again, without dialogs.
      if (calledIn(store.state.doc) === start.called) show(ctx);
      else showNext(show);
    },
    whenOn(where, show) {
      const there = (/** @type {Ctx} */ drawn) =>
        drawn.page === where ? drawn.whenDrawn(show) : showNext(there);
      if (page === where) ctx.whenDrawn(show);
      else {
        showNext(there); // before the page is left, which may be drawn once more
        ctx.go(where);
      }
    },
    ask: (route, content) => ask(route, inLanguage(content)),
    api: createApi(store, inLanguage),
    load(doc, { base = doc, isFileAsOpened = false } = {}) {
      store.set({ origins: originsBeside(store.state, base) });
      store.commit({ base, doc, isFileAsOpened, ...UNTOUCHED });
    },
    reset: (what) => reset(store, what),
    title: (doc) => names.get(doc.name) ?? doc.name,
    organisation: ({ organisation: { name } }) => organisations.get(name) ?? name,
    help: (button, help) => explain(ctx, button, help),
    keys: () => openKeys(ctx),
    openScenarios: (options) => openGallery(ctx, options),
    project() {
      const { view } = store.state;
      const mode = view.mode === "projector" ? "normal" : "projector";
      store.set({ view: { ...view, mode } });
    },
    theme: appearance.theme,
    switchTheme() {
      const { view } = store.state;
      const theme = appearance.theme() === "dark" ? "light" : "dark";
      store.set({ view: { ...view, theme } });
    },
    font: appearance.font,
    speak(language) {
      closeAll(board);
      speak(language);
    },
    tour: () => startTour(board),
    replay: () => current()?.replay?.(),
    enlarge: () => current()?.enlarge?.(),
  };
  return ctx;
}

/**
 * Show a help text beside a button.
 * @param {Ctx} ctx
 * @param {HTMLElement} button
 * @param {Help} help
 */
function explain(ctx, button, help) {
  const { start, board, store } = ctx;
  const { how, rests, number, doc = store.state.doc } = help;
  const asked = () => number && ctx.ask("explain", { scenario: lean(doc), number });
  showHelp(board, button, regraded(start, doc, help), {
    how: how ? Promise.resolve(how) : asked() || null,
    rests: rests?.() ?? null,
    register: start.register.map((record) => ({
      ...record,
      grade: gradeIn(start, record, doc).grade,
    })),
    open: (id) => openAssumptions(ctx, { show: id }),
  });
}

/**
 * A help with the grade of the weakest of its assumptions in a scenario, which may have figures of its
 * own.
 * @param {Start} start
 * @param {Doc} doc
 * @param {Help} help
 * @returns {Help}
 */
function regraded(start, doc, help) {
  const ids = new Set(help.assumptions);
  const isOwn = start.register.some((record) => ids.has(record.id) && isOwnFigure(doc, record));
  const { grade } = start.own_figure;
  return isOwn ? { ...help, grade, gradeMeaning: start.grades[grade] } : help;
}

/**
 * What the server does with a scenario.
 * @param {Store} store
 * @param {(content: object) => object} inLanguage  adds the page's language
 * @returns {Ctx["api"]}
 */
function createApi(store, inLanguage) {
  return {
    open: (text, name) => ask("open", inLanguage({ text, name })),
    file(doc) {
      const { base, charts, isFileAsOpened } = store.state;
      // As it was opened it is of the day when it was made, not of today.
      const asItIs = isFileAsOpened && same({ ...doc, date: base.date }, base);
      const content = { scenario: asItIs ? base : doc, base, charts, as_it_is: asItIs };
      return ask("file", inLanguage(content));
    },
    check: (doc) => ask("check", inLanguage({ scenario: doc })),
    analysis: (doc, id, options, hear) =>
      askWatched("analysis", inLanguage({ scenario: lean(doc), analysis: id, options }), hear),
  };
}

/**
 * What a link holds; null where it holds nothing, which is told.
 * @param {Ctx} ctx
 * @param {string} link
 */
async function openLink(ctx, link) {
  try {
    const opened = await follow(ctx.start, link);
    if (opened.problems) openBadLink(ctx, opened.problems);
    return opened.doc ? opened : null;
  } catch (error) {
    const { text, message } = requestError(error);
    toast(ctx.board, text ?? message, { kind: "error" });
    return null;
  }
}

/**
 * Take the plan, or the assumptions, back to where they started.
 * @param {Store} store
 * @param {{plan?: boolean, world?: boolean}} what
 */
function reset(store, { plan = false, world = false }) {
  const { base, doc } = store.state;
  store.commit({
    ...(plan ? UNTOUCHED : {}),
    doc: {
      ...doc,
      plan: plan ? base.plan : doc.plan,
      assumptions: world ? base.assumptions : doc.assumptions,
    },
  });
}

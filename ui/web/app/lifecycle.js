// The board from its first moment to its last: what the server says once, the visit, and the page in
// the language that is asked for.

import { setLanguage } from "../i18n/messages.js";
import { toast } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { get, RequestError, request, requestError, setFailures } from "../server/http.js";
import { CUSTOMERS, calledIn } from "../state/document.js";
import { showFault, watchFaults } from "./fault.js";
import { versionsText } from "./versions.js";
import { createView } from "./view.js";

const RETRY_MS = 2000;
const STYLES = new URL("../styles/board.css", import.meta.url).href;

/**
 * What outlives a change of page.
 * @param {ReturnType<typeof import("./visit.js").createVisit>} visit
 * @param {Opening} opening
 */
export function createTab(visit, opening) {
  setFailures(opening.texts);
  return {
    visit,
    opening,
    /** The language that is spoken; null before the first answer. @type {string | null} */
    language: null,
    /** What this is, in that language; before the first answer in that of the document. */
    versions: opening.versions,
    /** What the server said once, by what it was asked. @type {Map<string, Promise<Start>>} */
    starts: new Map(),
  };
}

/**
 * Draw the board below `parent`; returns what ends it.
 * @param {HTMLElement} parent
 * @param {{id: string, module: PageModule}} page
 * @param {ReturnType<typeof createTab>} tab
 * @param {(page: string, address: string) => void} goTo
 */
export function createBoard(parent, page, tab, goTo) {
  const { visit, opening } = tab;
  let isEnded = false;
  let endView = () => {};
  let turn = 0; // the last language asked for wins
  visit.takeKeys();
  const board = h("div", { id: "board", class: "board" });
  parent.append(board);
  const stopWatching = watchFaults(board, () => tab.versions);

  /** Show the page in a language. @param {string} language */
  async function show(language) {
    turn += 1;
    const mine = turn;
    const isStale = () => isEnded || mine !== turn;
    if (!visit.store) opening.tell("texts");
    try {
      const [first] = await Promise.all([describe(tab, language, called()), stylesheet()]);
      if (isStale()) return;
      let start = first;
      const isSwitched = tab.language !== null && tab.language !== start.language;
      speak(start);
      const arrival = visit.store ? null : await visit.arrive(start, board);
      if (isStale()) return;
      if (arrival && !visit.store) visit.begin(start, arrival);
      if (start.called !== called()) {
        start = await describe(tab, language, called());
        if (isStale()) return;
        speak(start);
      }
      const action = isSwitched ? "language" : actionInFocus(board);
      draw(start);
      if (action) focusAction(board, action);
    } catch (error) {
      const { kind, text, message, detail } = requestError(error);
      if (isStale()) return;
      if (visit.store && board.firstChild) {
        toast(board, text ?? message, { kind: "error" });
        return;
      }
      board.replaceChildren(); // what was being opened
      opening.fail(kind ?? "failed", detail || message);
      setTimeout(() => !isStale() && begin(language), RETRY_MS);
    }
  }

  /** @param {Start} start */
  function speak(start) {
    tab.language = start.language;
    setLanguage(start);
    setFailures(start.failures);
    tab.versions = versionsText(start);
    document.documentElement.lang = start.language;
  }

  /** @param {Start} start */
  function draw(start) {
    const { store, address } = visit;
    if (!store || !address) throw new Error("the visit has not begun");
    endView();
    opening.done();
    endView = createView(board, page, start, { visit, store, address }, { goTo, speak: begin });
  }

  /** What the organisation calls its customers. */
  function called() {
    return visit.store ? calledIn(visit.store.state.doc) : CUSTOMERS;
  }

  /** @param {string} language */
  function begin(language) {
    show(language).catch((error) => showFault(board, error, tab.versions));
  }

  begin(tab.language ?? wantedLanguage());
  return () => {
    isEnded = true;
    stopWatching();
    endView();
    board.remove();
  };
}

/**
 * The control of the bar that has the focus: it comes again with the page.
 * @param {HTMLElement} board
 */
function actionInFocus(board) {
  const control = document.activeElement?.closest("[data-action]");
  return control && board.contains(control) ? control.getAttribute("data-action") : null;
}

/** @param {HTMLElement} board @param {string} action */
function focusAction(board, action) {
  const button = board.querySelector(`[data-action="${action}"]`);
  if (button instanceof HTMLElement) button.focus({ preventScroll: true });
}

/**
 * What the server says once for a language, and what customers are called. Throws RequestError.
 * @param {ReturnType<typeof createTab>} tab
 * @param {string} language
 * @param {string} called
 * @returns {Promise<Start>}
 */
function describe({ starts }, language, called) {
  const query = new URLSearchParams({ language });
  if (called !== CUSTOMERS) query.set("called", called);
  const key = String(query);
  const known = starts.get(key);
  if (known) return known;
  // As it was asked for: a noun that the server refuses is not asked for again and again.
  const coming = get(`board/start?${key}`).then((start) => ({ ...start, called }));
  coming.catch(() => starts.delete(key));
  starts.set(key, coming);
  return coming;
}

/** Whether a sheet is one, and not a page that came in its place. @param {CSSStyleSheet | null} sheet */
function isApplied(sheet) {
  try {
    return Boolean(sheet?.cssRules.length);
  } catch {
    return false; // it was led elsewhere, and cannot be read
  }
}

/** The looks of all pages. Throws RequestError where they do not come. */
async function stylesheet() {
  if (document.querySelector(`link[href="${STYLES}"]`)) return;
  const link = h("link", { rel: "stylesheet", href: STYLES });
  await new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = resolve;
    document.head.append(link);
  });
  if (isApplied(link.sheet)) return;
  link.remove();
  await request(STYLES, { type: "css" }); // says what came in their place, if anything
  throw new RequestError(0);
}

/** The language that the address wishes, else the one that the browser likes, by which the document
 * came. */
function wantedLanguage() {
  const wish = new URLSearchParams(location.search).get("lang");
  return wish ?? document.documentElement.lang;
}

// A page in a language: the bar, what lies below it, and what holds on every page.

import { _ } from "../i18n/messages.js";
import { createToasts, toast } from "../kit/dialog.js";
import { h, setAttribute, setText } from "../kit/dom.js";
import { takeDrops } from "../scenarios/drop.js";
import { watchConnection } from "../server/connection.js";
import { calledIn } from "../state/document.js";
import { createAppearance } from "./appearance.js";
import { createContext } from "./context.js";
import { listen } from "./keys.js";
import { createPrint } from "./print.js";
import { createToolbar } from "./toolbar.js";
import { isFirstVisit, startTour } from "./tour.js";

/**
 * Show a page; returns what ends it.
 * @param {HTMLElement} board
 * @param {{id: string, module: PageModule}} shown
 * @param {Start} start
 * @param {{visit: ReturnType<typeof import("./visit.js").createVisit>, store: Store,
 *   address: NonNullable<ReturnType<typeof import("./visit.js").createVisit>["address"]>}} tab
 * @param {{goTo(page: string, address: string): void, speak(language: string): void}} ways
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: what begins here ends here: each thing beside what ends it, in the one order that works
export function createView(board, { id, module }, start, { visit, store, address }, ways) {
  const toasts = toastsOf(board, start.language);
  board.replaceChildren();
  setAttribute(board, "data-page", id);
  setAttribute(document.documentElement, "data-on", id);
  setAttribute(board, "data-ready", false);

  /** @type {Page | null} */
  let page = null;
  const appearance = createAppearance(board, store, start.palettes, changed);
  const ctx = createContext({
    board,
    page: id,
    start,
    store,
    appearance,
    current: () => page,
    go(where) {
      address.leave();
      ways.goTo(where, ctx.address(where));
    },
    bar: () => bar,
    speak: ways.speak,
    addressSet: address.compares,
    addressed() {
      bar.follow();
      print.follow();
    },
    showNext: visit.showNext,
  });

  store.whenForgetful(() => tellForgetful(board));
  const stopKeys = listen(ctx);
  const stopDrops = takeDrops(ctx);
  appearance.fit();
  page = module.createPage(ctx);
  const bar = createToolbar(ctx, page);
  const print = createPrint(ctx, address);
  board.append(...print.nodes, bar.node, ...page.nodes, toasts);
  if (page.skips) board.prepend(createSkips(board, page.skips));
  if (!page.isReadyLater) setAttribute(board, "data-ready", "true");
  const stopSubscription = store.subscribe(changed);
  // For tests, and for whoever looks into what is going on.
  window.board = {
    state: () => store.state,
    answer: ctx.answer,
    commit: (doc) => store.commit({ doc }),
  };
  document.title = _("Budget shift simulator");
  const leaveAddress = address.attach(ctx);
  const connection = showConnection();
  board.append(connection.node);
  const leaveLasting = keepApart(board);
  showState();
  addEventListener("hashchange", linked);
  visit.takeKeys(); // what was put into the address while nobody listened
  if (!visit.tellNotice(ctx) && page.hasTour && isFirstTime()) {
    setTimeout(() => board.isConnected && !hasDialog(board) && startTour(board), 0);
  }

  visit.drawn(ctx);
  visit.offerWhatWasLeft(ctx);

  function changed() {
    if (calledIn(store.state.doc) !== start.called) ways.speak(start.language);
    showState();
    page?.ask?.();
  }

  function showState() {
    appearance.fit();
    address.changed();
    setAttribute(board, "data-state", store.number);
    setAttribute(board, "data-settled", "false");
    bar.update(store.state);
    page?.update(store.state);
  }

  /** A link of the library was put into the address of the open page. */
  function linked() {
    visit.takeKeys();
    visit.tellNotice(ctx);
  }

  function isFirstTime() {
    return !visit.openedByLink && isFirstVisit() && store.state.view.mode === "normal";
  }

  return () => {
    stopSubscription();
    stopKeys();
    stopDrops();
    leaveAddress();
    connection.end();
    leaveLasting();
    removeEventListener("hashchange", linked);
    page?.destroy?.();
    print.destroy();
    appearance.end();
    delete window.board;
  };
}

/**
 * Where messages are: those that are shown stay when the page changes, but not in another language.
 * @param {HTMLElement} board
 * @param {string} language
 */
function toastsOf(board, language) {
  /** @type {HTMLElement} */
  const toasts = board.querySelector(".toasts") ?? createToasts();
  if (toasts.lang !== language) toasts.replaceChildren();
  toasts.lang = language;
  return toasts;
}

/** Whether something is told or asked over the page. @param {HTMLElement} board */
function hasDialog(board) {
  return board.querySelector("dialog[open]") !== null;
}

/** @param {HTMLElement} board */
function tellForgetful(board) {
  const text = _(
    "This tab cannot keep the plan for when the page is loaded again. Save it, to be safe.",
  );
  toast(board, text, { kind: "error" });
}

/** Say so while there is no connection to the server. */
function showConnection() {
  const node = h("p", { class: "connection", role: "alert", hidden: true });
  const end = watchConnection({
    onLost(text) {
      setText(node, `${text} ${_("What you do here is kept. Trying again.")}`);
      node.hidden = false;
    },
    onBack() {
      node.hidden = true;
      dispatchEvent(new Event("online")); // what waits to ask again does so now
    },
  });
  return { node, end };
}

/**
 * Tell the styles how high what keeps on at the lower edge is, so that what passes lies above it; returns what ends
 * it.
 * @param {HTMLElement} board
 */
function keepApart(board) {
  /** @type {NodeListOf<HTMLElement>} */
  const lasting = board.querySelectorAll(".notice, .connection");
  const observer = new ResizeObserver(() => {
    const height = Math.max(...[...lasting].map((node) => node.offsetHeight));
    board.style.setProperty("--lasting", height ? `calc(${height}px + 1rem)` : "0px");
  });
  for (const node of lasting) observer.observe(node, { box: "border-box" });
  return () => observer.disconnect();
}

/**
 * Ways past what comes first, for the keyboard.
 * @param {HTMLElement} board
 * @param {[string, string][]} skips  what each is called, and the selector of where it leads
 */
function createSkips(board, skips) {
  return h(
    "div",
    { class: "skips" },
    skips.map(([label, selector]) =>
      h("button", { type: "button", onclick: () => board.querySelector(selector)?.focus() }, label),
    ),
  );
}

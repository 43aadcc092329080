// The Simulate page: levers, the headline strip and charts, which follow every move.

import { _ } from "../i18n/messages.js";
import { h, setAttribute, setText } from "../kit/dom.js";
import { ask, reportUnlessLost } from "../server/http.js";
import { createLatestRequest } from "../server/latest.js";
import { createRest } from "../server/rest.js";
import { lean } from "../state/document.js";
import { createCharts } from "./chart.js";
import { createHeadline } from "./headline.js";
import { createLevers } from "./levers/panel.js";
import { createMultiples } from "./multiples.js";
import { createPace } from "./pace.js";
import { createPins } from "./pins.js";
import { loadPlotly } from "./plotly.js";
import { createReplay } from "./replay-move.js";
import { createReturns } from "./returns.js";
import { keepPlaceOfMessages } from "./said.js";
import { createSentence } from "./sentence.js";

const PATIENCE_AT_REST_MS = 60_000;

/** The largest file sets out first; drawing asks again for what did not arrive. */
export function prepare() {
  loadPlotly().catch(() => {});
}

/**
 * Make the page.
 * @param {Ctx} ctx
 * @returns {Page}
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: what is asked, what comes and what is shown of it are one conversation, whose state would only be handed about
export function createPage(ctx) {
  const { board, store } = ctx;
  /** @type {Answer | null} */
  let answer = null;
  let layouts = () => /** @type {(string | null)[]} */ ([]); // keys of those that the browser has
  let axes = () => /** @type {(number[] | null)[]} */ ([]);
  let isOpen = () => true; // whether the small charts are seen
  /** @type {Doc | null} what is shown of all draws */
  let exactDoc = null;

  const compose = (/** @type {Doc} */ doc, base = store.state.base) => ({
    number: store.number,
    content: contentOf(ctx, doc, base, layouts()),
  });
  const request = createLatestRequest("answer", question, {
    onReply: heard,
    onRefused: refused,
    onLost: (text) => tell(`${text} ${_("Your changes are kept; trying again.")}`),
    onFound: () => tell(null),
  });
  const pace = createPace(request.send);
  request.send(); // the server works while the page is made

  /** While a scenario changes, few draws and the axes as they are: they are there at once. */
  function question() {
    const { doc } = store.state;
    const { number, content } = compose(doc);
    if (!pace.isMoving && answer?.exact !== false) return { number, content, doc, canWait: true };
    if (!pace.isMoving) {
      // All draws of what is shown already, of few of them: the levers of others come first.
      const patience = PATIENCE_AT_REST_MS;
      return { number, content: { ...content, at_rest: true }, doc, canWait: true, patience };
    }
    const has_tiles = isOpen();
    return { number, content: { ...content, moving: true, has_tiles, axes: axes() }, doc };
  }

  const { large, headline, panel, small, pinned, sentence } = createParts(
    ctx,
    () => compose(store.state.doc).content,
    request.close,
    () => answer?.exact === false && request.send(),
  );
  layouts = large.keys;
  axes = large.axes;
  isOpen = small.isOpen;
  const notice = h("p", { class: "notice", role: "alert", hidden: true });
  const spoken = h("p", { class: "unseen", role: "status" });
  const parts = [panel, headline, large, pinned, small, sentence];
  const replay = createReplay(ctx, {
    compose,
    paint,
    ended: () => update(store.state),
    goOn() {
      pace.stop();
      request.send();
    },
  });

  const rest = createRest(
    (step, options) => ask("settle", { ...compose(store.state.doc).content, step }, options),
    async (content, isLast) => {
      await paint(content, store.state.doc).catch(reportUnlessLost);
      setAttribute(board, "data-refined", String(isLast));
    },
    () => setAttribute(board, "data-refined", "lost"),
  );

  const returns = createReturns(ctx, panel.bring);
  const middle = h(
    "div",
    { class: "middle", "data-tiles": small.isOpen() },
    ...[pinned, large, sentence, small].map(({ node }) => node),
  );
  const leaveMessages = keepPlaceOfMessages(board, middle);

  /** @param {Answer} content @param {Doc} doc */
  function paint(content, doc) {
    answer = content;
    const state = doc === store.state.doc ? store.state : { ...store.state, doc };
    ctx.updateBar(state);
    for (const part of parts) part.update(state, answer);
    return large.painted;
  }

  /** @param {Answer} content @param {{number: number, doc: Doc}} asked */
  async function heard(content, asked) {
    if (replay.isGoingOn) return;
    tell(null);
    const painted = paint(content, store.state.doc);
    setAttribute(board, "data-answer", asked.number);
    await painted.catch(reportUnlessLost); // a chart that fails leaves the figures
    if (!content.exact) {
      pace.rest();
      return;
    }
    if (asked.number === store.number) pace.stop();
    exactDoc = asked.doc;
    requestAnimationFrame(() => {
      const settled = asked.number === store.number && !request.busy;
      setAttribute(board, "data-ready", "true");
      setAttribute(board, "data-settled", String(settled));
      if (!settled) return;
      setText(spoken, `${content.headline.verdict.text}. ${content.sentence}`);
      rest.start();
      returns.start();
    });
  }

  /** @param {Problem[]} problems */
  function refused([first]) {
    if (!answer) {
      // What this tab had kept can't be simulated (any more).
      store.startAgain();
      return;
    }
    tell(
      first
        ? _("This can't be simulated. {field}: found {found}, allowed {allowed}", first)
        : _("This can't be simulated."),
    );
    setAttribute(board, "data-settled", "true");
  }

  /**
   * Say why what is shown may not belong to the levers; nothing to say takes it back.
   * @param {string | null} text
   */
  function tell(text) {
    setAttribute(notice, "hidden", text === null);
    setText(notice, text ?? "");
    setAttribute(board, "data-behind", text !== null);
  }

  /** Show where the levers stand; charts wait for their answer. @param {State} state */
  function update(state) {
    rest.stop();
    returns.stop();
    setAttribute(board, "data-refined", "false");
    ctx.updateBar(state);
    for (const part of parts) if (part !== large) part.update(state, answer);
  }

  return {
    heading: _("Budget shift simulator"),
    hasTour: true,
    isReadyLater: true,
    skips: [
      [_("To the levers"), ".levers summary"],
      [_("To the charts"), ".charts button"],
    ],
    barNode: pinned.ways,
    nodes: [
      headline.node,
      panel.node,
      middle,
      h("div", { class: "foot" }, headline.brief),
      notice,
      spoken,
    ],
    update(state) {
      // Whoever does something goes on: the end of a replay shows the state as it is.
      if (replay.isGoingOn) replay.end();
      else update(state);
    },
    ask() {
      if (exactDoc && store.state.doc !== exactDoc) pace.move();
      else pace.stop();
      request.send();
    },
    replay: replay.start,
    enlarge: large.enlarge,
    answer: () => answer,
    destroy() {
      leaveMessages();
      rest.stop();
      returns.stop();
      pace.stop();
      replay.destroy();
      request.close();
      for (const part of parts) part.destroy?.();
    },
  };
}

/**
 * The parts of the page; a fault in one of them is told before it comes out.
 * @param {Ctx} ctx
 * @param {() => object} question  what the server is asked about the page
 * @param {() => void} failed
 * @param {() => void} opened  the small charts, which may be behind
 */
function createParts(ctx, question, failed, opened) {
  try {
    const large = createCharts(ctx, question);
    const pinned = createPins(ctx);
    large.node.append(pinned.pair);
    return {
      large,
      headline: createHeadline(ctx),
      panel: createLevers(ctx),
      small: createMultiples(large, opened),
      pinned,
      sentence: createSentence(ctx),
    };
  } catch (error) {
    failed(); // else the answer would meet half a page
    throw error;
  }
}

/**
 * What the server is asked about a scenario: as little as its figures depend on.
 * @param {Ctx} ctx
 * @param {Doc} doc
 * @param {Doc} base  the one it started from
 * @param {(string | null)[]} layouts  keys of those that the browser has
 */
function contentOf(ctx, doc, base, layouts) {
  const { charts: shown, pins: kept } = ctx.store.state;
  return {
    language: ctx.start.language,
    theme: ctx.theme(),
    font: ctx.font(),
    scenario: lean(doc),
    reference: base.assumptions,
    charts: shown,
    pins: kept.map(({ name, slot, hidden, doc: plan }) => ({
      name,
      slot,
      hidden,
      scenario: lean(plan),
    })),
    layouts,
  };
}

// The Compare page: up to six scenarios side by side.

import { _ } from "../i18n/messages.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { problemItems } from "../kit/problems.js";
import { takeDropsOn } from "../scenarios/drop.js";
import { reportUnlessLost } from "../server/http.js";
import { createLatestRequest } from "../server/latest.js";
import { withoutTexts } from "../state/document.js";
import { createAdder, openAdder } from "./add.js";
import { createAnswer } from "./answer.js";
import { createBudgets } from "./budgets.js";
import { createCards } from "./cards.js";
import { createOverlay } from "./chart.js";
import { createDownloads } from "./download.js";
import { entries, nameOf } from "./list.js";
import { createCaveats, createDiffering, createHeadline } from "./tables.js";

/** @type {CompareChoice} */
const FIRST = {
  outcome: "cumulative_value",
  measure: null,
  first: null,
  second: null,
  banded: null,
};

/**
 * Make the page.
 * @param {Ctx} ctx
 */
export function createPage(ctx) {
  const { board, store } = ctx;
  const { fewest_compared: fewest } = ctx.start.limits;
  /** @type {CompareChoice} */
  let chosen = { ...FIRST, ...keptChoice(ctx, store.state.compareView) };
  let questionKey = ""; // stands for the question that was sent last
  let order = entries(ctx).map(placeOf); // of the scenarios that the choice belongs to
  /** @type {any} */
  let answer = null;

  const cards = createCards(ctx);
  const results = createResults(ctx, {
    outcome: () => chosen.outcome,
    choose,
    question: () => question().content,
  });
  const frame = createFrame(ctx, cards.node, results.node, () => question().content);

  const request = createLatestRequest("compare", () => (frame.isThere() ? question() : null), {
    onReply: show,
    onRefused: refuse,
    onLost: (text) => frame.tell(`${text} ${_("Trying again.")}`),
    onFound: () => frame.tell(""),
  });

  // --- asking ------------------------------------------------------------------------------------

  function question() {
    return questionOf(ctx, chosen);
  }

  function choose(change) {
    chosen = { ...chosen, ...change };
    store.note({ compareView: { outcome: chosen.outcome } }); // what holds for other scenarios, too
    ask();
  }

  /** Ask, if what is to be shown is something else than what was asked for. */
  function ask() {
    const { names, content } = question();
    const isEnough = names.length >= fewest;
    frame.offer(!isEnough);
    if (!isEnough) {
      questionKey = "";
      results.node.hidden = true;
      frame.tell("");
      frame.complain();
      settle();
      return;
    }
    const key = JSON.stringify(content);
    if (key === questionKey) {
      if (!request.busy) settle();
      return;
    }
    questionKey = key;
    setAttribute(board, "data-settled", "false");
    setAttribute(results.node, "aria-busy", "true");
    frame.tell(_("Comparing…"));
    request.send();
  }

  function settle() {
    setAttribute(results.node, "aria-busy", "false");
    setAttribute(board, "data-settled", "true");
  }

  // --- showing -----------------------------------------------------------------------------------

  async function show(reply, { names, content }) {
    if (entries(ctx).length < fewest) return;
    answer = reply;
    frame.complain();
    results.node.hidden = false;
    cards.answered(answer);
    await results.update(answer, names).catch(reportUnlessLost); // the figures are there
    if (JSON.stringify(content) !== questionKey) return;
    frame.tell("");
    settle();
  }

  function refuse(problems) {
    results.node.hidden = true;
    frame.tell("");
    frame.complain(
      h("p", {}, _("These scenarios cannot be compared as they are.")),
      h("ul", {}, problemItems(problems)),
    );
    settle();
  }

  function update() {
    const places = entries(ctx).map(placeOf);
    if (places.length < order.length || order.some((place, index) => place !== places[index])) {
      // Letters belong to other scenarios now, or to other names of them.
      chosen = { ...chosen, first: null, second: null, banded: null };
    }
    order = places;
    cards.update();
    if (answer) cards.answered(answer);
    ask();
  }

  function placeOf(entry) {
    return `${entry.source} ${nameOf(ctx, entry)}`;
  }

  function resized() {
    if (frame.isThere()) ask();
    else removeEventListener("resize", resized);
  }
  addEventListener("resize", resized);

  return {
    nodes: [frame.node],
    update,
    answer: () => answer,
    enlarge: results.enlarge,
    destroy() {
      request.close();
      frame.end();
      results.destroy();
      removeEventListener("resize", resized);
    },
  };
}

/**
 * What was chosen before, as far as it exists.
 * @param {Ctx} ctx
 * @param {State["compareView"]} before
 */
export function keptChoice({ start }, before) {
  const outcomes = start.outcomes.flatMap((group) => group.items.map((outcome) => outcome.id));
  const { outcome } = before ?? {};
  return outcome && outcomes.includes(outcome) ? { outcome } : {};
}

/**
 * What the server is asked, and what the scenarios in it are called.
 * @param {Ctx} ctx
 * @param {CompareChoice} chosen
 */
function questionOf(ctx, chosen) {
  const scenarios = entries(ctx).map((entry) => ({
    name: nameOf(ctx, entry),
    scenario: withoutTexts(entry.doc),
  }));
  const within = (place) => (place !== null && place < scenarios.length ? place : null);
  return {
    names: scenarios.map(({ name }) => name),
    content: {
      language: ctx.start.language,
      theme: ctx.theme(),
      font: ctx.font(),
      scenarios,
      outcome: chosen.outcome,
      measure: chosen.measure,
      first: within(chosen.first),
      second: within(chosen.second),
      banded: within(chosen.banded),
    },
  };
}

/**
 * All that an answer shows.
 * @param {Ctx} ctx
 * @param {{outcome: () => string, choose: (change: Partial<CompareChoice>) => void, question: () => any}} ways
 */
function createResults(ctx, ways) {
  const overlay = createOverlay(ctx, ways);
  const parts = [
    createAnswer(ways.choose),
    createCaveats(),
    createHeadline(),
    overlay,
    createBudgets(),
    createDiffering(),
  ];
  const node = h(
    "div",
    { class: "compare-results", hidden: true },
    parts.map((part) => part.node),
  );
  return {
    node,
    update: (answer, names) => Promise.all(parts.map((part) => part.update(answer, names))),
    enlarge: overlay.enlarge,
    destroy: overlay.destroy,
  };
}

/**
 * What the results lie in: the heading, what goes on, what is wrong, and what can be added.
 * @param {Ctx} ctx
 * @param {HTMLElement} cards
 * @param {HTMLElement} results
 * @param {() => any} content  what the page asks the server about
 */
function createFrame(ctx, cards, results, content) {
  const progress = h("p", { class: "compare-progress", role: "status" });
  const wrong = h("div", { class: "problems", role: "alert" });
  const adder = createAdder(ctx);
  const offering = h(
    "section",
    { class: "compare-offering", "aria-label": _("Add to the comparison") },
    adder.node,
  );
  const downloads = createDownloads(ctx, content);
  const node = h(
    "main",
    { class: "compare" },
    h("header", { class: "compare-head" }, h("h1", {}, _("Compare")), progress, downloads),
    cards,
    wrong,
    offering,
    results,
  );
  takeDropsOn(node, (files) => {
    if (offering.hidden) openAdder(ctx, files);
    else adder.takeFiles(files);
  });
  return {
    node,
    isThere: () => node.isConnected,
    tell: (text) => setText(progress, text),
    complain: (...nodes) => fill(wrong, ...nodes),
    /** Offer scenarios to add, as long as there are not enough to compare. */
    offer(isWanted) {
      offering.hidden = !isWanted;
      downloads.hidden = isWanted;
    },
    end: adder.end,
  };
}

// The Compare page: up to six scenarios side by side.

import { _ } from "../i18n/messages.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { problemItems } from "../kit/problems.js";
import { FEWEST, openSaveSet } from "../library/sets.js";
import { takeDropsOn } from "../scenarios/drop.js";
import { openShare } from "../scenarios/share.js";
import { ask, reportUnlessLost, requestError } from "../server/http.js";
import { createLatestRequest } from "../server/latest.js";
import { createRest } from "../server/rest.js";
import { withoutTexts } from "../state/document.js";
import { openAdder } from "./add.js";
import { createAnswer } from "./answer.js";
import { createBudgets } from "./budgets.js";
import { createCards } from "./cards.js";
import { createOverlay } from "./chart.js";
import { createDownloads } from "./download.js";
import { carryingOn, entries } from "./list.js";
import { askedOf, comparedSet, linkToSet } from "./shared.js";
import { createCaveats, createDiffering, createHeadline } from "./tables.js";

/** @typedef {import("./counted.js").Question} Question */

/** What is shown over time at first. */
const OUTCOME = "cumulative_value";

/**
 * Make the page.
 * @param {Ctx} ctx
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: what is asked, what comes and what is shown of it are one conversation, whose state would only be handed about
export function createPage(ctx) {
  const { board, store } = ctx;
  /** @type {string | null} */
  let banded = null; // letter of the scenario whose band is drawn
  const chosen = () => ({ ...keptChoice(ctx, store.state.compareView), banded });
  let questionKey = ""; // stands for the question that was sent last
  /** @type {any} */
  let answer = null;

  const cards = createCards(ctx);
  const results = createResults(ctx, {
    outcome: () => chosen().outcome,
    choose,
    question: () => question().content,
    filed,
  });
  const frame = createFrame(ctx, cards.node, results.node, filed);

  const writeAddress = createAddressWriter(ctx, frame.isThere);
  const request = createLatestRequest("compare", compose, {
    onReply: show,
    onRefused: refuse,
    onLost: (text) => frame.tell(`${text} ${_("Trying again.")}`),
    onFound: () => frame.tell(""),
  });

  const rest = createRest(
    (step, options) => ask("compare-settle", { ...question().content, step }, options),
    async (content, isLast) => {
      const isShown = await present(content, question());
      if (isShown && isLast) frame.tell("");
    },
    () => frame.tell(""), // what is shown stays
  );

  // --- asking ------------------------------------------------------------------------------------

  function question() {
    return questionOf(ctx, chosen());
  }

  /** What is asked now; null once the page is gone. */
  function compose() {
    if (!frame.isThere()) return null;
    const asked = question();
    questionKey = JSON.stringify(asked.content);
    return asked;
  }

  /** The same for a file, which tells all that was written of the scenarios. */
  function filed() {
    const { content } = question();
    const docs = entries(ctx).map(({ doc }) => doc);
    const whole = content.scenarios.map((one, place) => ({ ...one, scenario: docs[place] }));
    return { ...content, scenarios: whole };
  }

  function choose(change) {
    const { banded: wanted = banded, ...kept } = change;
    banded = wanted;
    store.note({ compareView: { ...store.state.compareView, ...kept } });
    renew();
  }

  /** Ask, if what is to be shown is something else than what was asked for. */
  function renew() {
    const { content } = question();
    const key = JSON.stringify(content);
    if (key === questionKey) {
      if (!request.busy) settle();
      return;
    }
    questionKey = key;
    rest.stop();
    setAttribute(board, "data-settled", "false");
    setAttribute(results.node, "aria-busy", "true");
    frame.tell(_("Comparing…"));
    request.send();
  }

  function settle() {
    setAttribute(results.node, "aria-busy", "false");
    setAttribute(board, "data-settled", "true");
    writeAddress(question().content);
  }

  // --- showing -----------------------------------------------------------------------------------

  async function show(reply, asked) {
    if (!(await present(reply, asked))) return;
    frame.tell(reply.is_refined ? "" : _("Numbers are being refined…"));
    settle();
    if (!reply.is_refined) rest.start();
  }

  /** Show an answer; false if something else was asked since. */
  async function present(reply, { marks, content }) {
    const isOld = () => JSON.stringify(content) !== questionKey;
    // What was chosen since is asked already: an older answer would set the choices back.
    if (isOld()) return false;
    answer = reply;
    frame.complain();
    results.node.hidden = false;
    cards.answered(answer);
    await results.update(answer, marks, content).catch(reportUnlessLost); // the figures are there
    return !isOld();
  }

  function refuse(problems, { content }) {
    if (JSON.stringify(content) !== questionKey) return; // what was chosen since may be all right
    results.node.hidden = true;
    frame.tell("");
    frame.complain(
      h("p", {}, _("These scenarios cannot be compared as they are.")),
      h("ul", {}, problemItems(problems)),
    );
    settle();
  }

  function update() {
    cards.update();
    frame.update();
    if (answer) cards.answered(answer);
    renew();
  }

  function resized() {
    if (frame.isThere()) renew();
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
      rest.stop();
      results.destroy();
      removeEventListener("resize", resized);
    },
  };
}

/**
 * What writes what is compared into the page's address, so that it can be handed on.
 * @param {Ctx} ctx
 * @param {() => boolean} isThere  whether the page is still shown
 */
function createAddressWriter(ctx, isThere) {
  let written = ""; // stands for what the address says
  return async function write(
    /** @type {{scenarios: object[]} & CompareQuestion<number>} */ { scenarios, ...asked },
  ) {
    const { measure, first, second } = asked;
    const key = JSON.stringify({ scenarios, measure, first, second });
    if (key === written) return;
    written = key;
    try {
      const { query, fits } = await linkToSet(ctx, { share: false });
      if (key !== written || !isThere()) return;
      const set = fits ? query : "";
      const { addressSet, addressSetBefore } = ctx.store.state;
      const before = set === addressSet ? addressSetBefore : addressSet;
      ctx.store.note({ addressSet: set, addressSetBefore: before });
      ctx.addressSet(set);
    } catch (error) {
      requestError(error);
      written = ""; // with the next answer
    }
  };
}

/**
 * What was chosen before, as far as it exists.
 * @param {Ctx} ctx
 * @param {State["compareView"]} before
 */
export function keptChoice({ start }, before) {
  const outcomes = start.outcomes.flatMap((group) => group.items.map((outcome) => outcome.id));
  const { outcome = OUTCOME, measure = null, first = null, second = null } = before ?? {};
  return { measure, first, second, outcome: outcomes.includes(outcome) ? outcome : OUTCOME };
}

/**
 * What the server is asked, and what the scenarios in it are called, and carrying on behind them.
 * @param {Ctx} ctx
 * @param {CompareChoice} chosen
 */
function questionOf(ctx, chosen) {
  const scenarios = comparedSet(ctx, withoutTexts);
  /** @type {Mark[]} */
  const marks = [...scenarios.map(({ name, letter }) => ({ name, letter })), carryingOn()];
  const banded = scenarios.findIndex(({ letter }) => letter === chosen.banded);
  return {
    marks,
    content: {
      language: ctx.start.language,
      theme: ctx.theme(),
      font: ctx.font(),
      scenarios,
      outcome: chosen.outcome,
      ...askedOf(ctx),
      banded: banded < 0 ? null : banded,
    },
  };
}

/**
 * All that an answer shows.
 * @param {Ctx} ctx
 * @param {{outcome: () => string, choose: (change: Partial<CompareChoice>) => void, question: () => any, filed: () => any}} ways
 */
function createResults(ctx, ways) {
  const overlay = createOverlay(ctx, ways);
  const pair = createAnswer(ctx, ways.choose);
  const parts = [
    createCaveats(),
    createHeadline(ctx),
    overlay,
    createBudgets(ctx),
    createDiffering(ctx),
  ];
  const node = h(
    "div",
    { class: "compare-results", hidden: true },
    pair.node,
    parts.map((part) => part.node),
  );
  return {
    node,
    /**
     * @param {any} answer
     * @param {Mark[]} marks  of the scenarios, and of carrying on behind them
     * @param {Question} question  that it is the answer to
     */
    update(answer, marks, question) {
      pair.update(answer, marks, question);
      const scenarios = marks.slice(0, -1);
      return Promise.all(parts.map((part) => part.update(answer, scenarios, question)));
    },
    enlarge: overlay.enlarge,
    destroy: overlay.destroy,
  };
}

/**
 * What the results lie in: the heading, what goes on, what is wrong.
 * @param {Ctx} ctx
 * @param {HTMLElement} cards
 * @param {HTMLElement} results
 * @param {() => any} content  what the page asks the server about, for a file
 */
function createFrame(ctx, cards, results, content) {
  const progress = h("p", { class: "compare-progress", role: "status" });
  const wrong = h("div", { class: "problems", role: "alert" });
  const save = h(
    "button",
    { type: "button", "data-action": "save-set", onclick: () => openSaveSet(ctx) },
    _("Save these"),
  );
  const node = h(
    "main",
    { class: "compare" },
    h(
      "header",
      { class: "compare-head" },
      h("div", { class: "compare-title" }, h("h1", {}, _("Compare")), progress),
      save,
      h(
        "button",
        { type: "button", "data-action": "share-set", onclick: () => openShare(ctx) },
        _("Share these"),
      ),
      createDownloads(ctx, content),
    ),
    cards,
    wrong,
    results,
  );
  takeDropsOn(node, (files) => openAdder(ctx, files));
  return {
    node,
    isThere: () => node.isConnected,
    /** One alone is no set. */
    update: () => save.toggleAttribute("disabled", entries(ctx).length < FEWEST),
    tell: (text) => setText(progress, text),
    complain: (...nodes) => fill(wrong, ...nodes),
  };
}

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
  let chosen = { ...FIRST, ...known(ctx, store.state.comparing) };
  let asked = ""; // the question that was asked last
  let compared = []; // scenarios in it
  /** @type {any} */
  let answer = null;

  const cards = createCards(ctx);
  const caveats = createCaveats();
  const result = createAnswer(choose);
  const headline = createHeadline();
  const overlay = createOverlay(ctx, { outcome: () => chosen.outcome, choose });
  const budgets = createBudgets();
  const differing = createDiffering();
  const parts = [result, caveats, headline, overlay, budgets, differing];
  const progress = h("p", { class: "compare-progress", role: "status" });
  const wrong = h("div", { class: "problems", role: "alert" });
  const results = h(
    "div",
    { class: "compare-results" },
    parts.map((one) => one.node),
  );
  const offers = createAdder(ctx);
  const offering = h(
    "section",
    { class: "compare-offering", "aria-label": _("Add to the comparison") },
    offers.node,
  );
  const downloads = createDownloads(ctx, () => compose().content);
  const node = h(
    "main",
    { class: "compare" },
    h("header", { class: "compare-head" }, h("h1", {}, _("Compare")), progress, downloads),
    cards.node,
    wrong,
    offering,
    results,
  );
  results.hidden = true;
  takeDropsOn(node, (files) => {
    if (offering.hidden) openAdder(ctx, files);
    else offers.takeFiles(files);
  });

  const line = createLatestRequest("compare", () => (node.isConnected ? compose() : null), {
    onReply: heard,
    onRefused: refused,
    onLost: () => tell(_("No connection to the server. Trying again.")),
    onFound: () => tell(""),
  });

  // --- asking ------------------------------------------------------------------------------------

  function compose() {
    const all = entries(ctx);
    const within = (place) => (place !== null && place < all.length ? place : null);
    return {
      names: all.map((one) => nameOf(ctx, one)),
      content: {
        language: ctx.start.language,
        theme: ctx.theme(),
        font: ctx.font(),
        scenarios: all.map((one) => ({ name: nameOf(ctx, one), scenario: withoutTexts(one.doc) })),
        outcome: chosen.outcome,
        measure: chosen.measure,
        first: within(chosen.first),
        second: within(chosen.second),
        banded: within(chosen.banded),
      },
    };
  }

  function choose(change) {
    chosen = { ...chosen, ...change };
    store.note({ comparing: { outcome: chosen.outcome } }); // what holds for other scenarios
    look();
  }

  /** Ask, if what is to be shown is something else than what was asked for. */
  function look() {
    const question = compose();
    const enough = question.names.length >= fewest;
    offering.hidden = enough;
    downloads.hidden = !enough;
    if (!enough) {
      asked = "";
      results.hidden = true;
      tell("");
      fill(wrong);
      settle();
      return;
    }
    const now = JSON.stringify(question.content);
    if (now === asked) {
      if (!line.busy) settle();
      return;
    }
    asked = now;
    setAttribute(board, "data-settled", "false");
    setAttribute(results, "aria-busy", "true");
    tell(_("Comparing…"));
    line.send();
  }

  function settle() {
    setAttribute(results, "aria-busy", "false");
    setAttribute(board, "data-settled", "true");
  }

  // --- hearing -----------------------------------------------------------------------------------

  async function heard(content, question) {
    if (compose().names.length < fewest) return;
    answer = content;
    compared = question.names;
    fill(wrong);
    results.hidden = false;
    cards.answered(answer);
    const painted = parts.map((one) => one.update(answer, compared));
    await Promise.all(painted).catch(reportUnlessLost); // the figures are there
    if (JSON.stringify(question.content) !== asked) return;
    tell("");
    settle();
  }

  function refused(problems) {
    results.hidden = true;
    tell("");
    fill(
      wrong,
      h("p", {}, _("These scenarios cannot be compared as they are.")),
      h("ul", {}, problemItems(problems)),
    );
    settle();
  }

  function tell(text) {
    setText(progress, text);
  }

  // --- with the page -----------------------------------------------------------------------------

  function resized() {
    if (node.isConnected) look();
    else removeEventListener("resize", resized);
  }
  addEventListener("resize", resized);

  function update() {
    const places = entries(ctx).map((one) => `${one.source} ${nameOf(ctx, one)}`);
    if (places.length < order.length || order.some((one, index) => one !== places[index])) {
      // Letters belong to other scenarios now, or to other names of them.
      chosen = { ...chosen, first: null, second: null, banded: null };
    }
    order = places;
    cards.update();
    if (answer) cards.answered(answer);
    look();
  }
  let order = entries(ctx).map((one) => `${one.source} ${nameOf(ctx, one)}`);

  return {
    nodes: [node],
    update,
    answer: () => answer,
    destroy() {
      line.close();
      offers.end();
      overlay.destroy();
      removeEventListener("resize", resized);
    },
  };
}

/**
 * What was chosen before, as far as it exists.
 * @param {Ctx} ctx
 */
function known(ctx, before) {
  const outcomes = ctx.start.outcomes.flatMap((group) => group.items.map((one) => one.id));
  const found = {};
  if (outcomes.includes(before?.outcome)) found.outcome = before.outcome;
  return found;
}

// The page that says how the model fares against published cases.

import { _ } from "../i18n/messages.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { createLatestRequest } from "../server/latest.js";
import { createChart } from "./chart.js";

const SIGNS = { agrees: "check", differs: "close", not_comparable: "none" };

/**
 * Make the page. What it shows is the same for every scenario, so it is asked for once.
 * @param {Ctx} ctx
 * @returns {Page}
 */
export function createPage(ctx) {
  const status = h("p", { class: "note", role: "status" }, _("Running the cases…"));
  const result = h("div", { class: "validation-result" });
  const node = h(
    "section",
    { class: "validation-page" },
    h("h1", {}, _("Checked against the world")),
    status,
    result,
  );

  const request = createLatestRequest("validation", () => question(ctx), {
    onReply(reply) {
      setText(status, "");
      status.hidden = true;
      fill(result, ...resultOf(reply));
      setAttribute(ctx.board, "data-ready", "true");
    },
    onRefused: () => setText(status, _("This page has a fault.")),
    onLost: (text) => setText(status, `${text} ${_("Trying again.")}`),
    onFound: () => setText(status, ""),
  });
  request.send();

  return { nodes: [node], isReadyLater: true, update() {}, destroy: () => request.close() };
}

/** @param {Ctx} ctx */
function question({ start }) {
  return { content: { language: start.language } };
}

/** @param {Validation} reply */
function resultOf({ summary, caveats, how, cases }) {
  return [
    h("p", { class: "validation-summary" }, summary),
    createOverview(cases),
    caveats.map((text) => h("p", { class: "validation-caveat" }, text)),
    h("p", { class: "lead-in" }, `${rule()} ${how}`),
    createLegend(),
    cases.map(createCase),
  ];
}

/** Every case with the signs of its verdicts. @param {ValidationCase[]} cases */
function createOverview(cases) {
  const sign = ({ verdict, word }) =>
    h("span", {}, icon(SIGNS[verdict]), h("span", { class: "unseen" }, `${word}, `));
  return h(
    "ul",
    { class: "validation-overview" },
    cases.map(({ title, comparisons }) =>
      h("li", {}, h("span", { class: "signs" }, comparisons.map(sign)), h("span", {}, title)),
    ),
  );
}

function rule() {
  return _(
    "Agrees means: the published figure lies within what the model says in 18 of 20 draws, that " +
      "band is no wider than was allowed before the model was run, and the figure of no other " +
      "case would pass. What was entered is what was known before; nothing is tuned until it fits.",
  );
}

function createLegend() {
  return h(
    "ul",
    { class: "validation-legend" },
    h("li", {}, h("span", { class: "sample published", "aria-hidden": "true" }), _("published")),
    h(
      "li",
      {},
      h("span", { class: "sample band", "aria-hidden": "true" }),
      _("the model, 18 of 20 draws"),
    ),
    h(
      "li",
      {},
      h("span", { class: "sample nothing", "aria-hidden": "true" }),
      _("nothing changes"),
    ),
  );
}

// --- a case --------------------------------------------------------------------------------------

/** @param {ValidationCase} one */
function createCase({ id, title, happened, count, comparisons, inputs, sources }) {
  return h(
    "section",
    { class: "validation-case", "data-case": id },
    h("h2", {}, title),
    h("p", { class: "validation-count" }, count),
    h("p", { class: "validation-happened" }, happened),
    comparisons.map(createComparison),
    h(
      "details",
      {},
      h("summary", {}, _("What was entered, and sources")),
      h("h3", {}, _("Entered")),
      h("ul", {}, inputs.map(inputItem)),
      h("h3", {}, _("Sources")),
      h("ul", {}, sources.map(sourceItem)),
    ),
  );
}

/** @param {{text: string, guess: boolean}} input */
function inputItem({ text, guess }) {
  return h(
    "li",
    {},
    text,
    " ",
    h("span", { class: "validation-basis" }, guess ? _("(a guess)") : _("(published)")),
  );
}

/** Links as text: nothing is fetched. @param {{citation: string, address: string, read: string}} source */
function sourceItem({ citation, address, read }) {
  const link =
    address && h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address);
  return h("li", {}, h("span", { lang: "en" }, citation), link ? [" ", link] : "", ` (${read})`);
}

/** @param {ValidationComparison} comparison */
function createComparison(comparison) {
  const { id, label, verdict, word, published, reported, year, chart, why, consequence, note } =
    comparison;
  const compared = chart && _("Compared with: {quantity}.", { quantity: chart.meaning });
  return h(
    "article",
    { class: "validation-figure", "data-comparison": id, "data-verdict": verdict },
    h("h3", {}, label),
    h("p", { class: "validation-verdict" }, icon(SIGNS[verdict]), word),
    chart
      ? createChart(chart, published)
      : published &&
          h("p", { class: "validation-alone" }, _("Published: {published}", { published })),
    h(
      "div",
      { class: "validation-words" },
      why.map((text) => h("p", {}, text)),
      consequence && h("p", { class: "validation-consequence" }, consequence),
      h(
        "p",
        { class: "note" },
        year ? _("Reported in {year}:", { year }) : _("Reported, undated:"),
        " ",
        reported,
        [".", compared, note].filter(Boolean).join(" "),
      ),
    ),
  );
}

// The page that shows the model itself: what moves what, the articles' claims, and every equation.

import { _ } from "../i18n/messages.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { createLatestRequest } from "../server/latest.js";
import { createEquations } from "./equations.js";
import { createMap } from "./map.js";

/** Verdicts for which evidence is on the claim's side, wholly or not; the others are against it. */
const SIGNS = { S: "+", direction: "+", P: "±", "S/P": "±", "P/X": "±", X: "−", speed: "−" };

/**
 * Make the page.
 * @param {Ctx} ctx
 * @returns {Page}
 */
export function createPage(ctx) {
  const status = h("p", { class: "note", role: "status" }, _("Reading the equations…"));
  const result = h("div", { class: "model-result" });
  const node = h(
    "section",
    { class: "model-page" },
    h("h1", {}, _("The model in the open")),
    status,
    result,
  );
  /** @type {Doc | null} */
  let shown = null;

  const request = createLatestRequest(
    "model",
    () => ({ content: { scenario: ctx.store.state.doc, language: ctx.start.language } }),
    {
      onReply(reply) {
        status.hidden = true;
        fill(result, ...partsOf(ctx, reply));
        setAttribute(ctx.board, "data-ready", "true");
      },
      onRefused: () => say(_("This page has a fault.")),
      onLost: (text) => say(`${text} ${_("Trying again.")}`),
      onFound: () => say(""),
    },
  );

  /** @param {string} text */
  function say(text) {
    setText(status, text);
    status.hidden = !text;
  }

  function update(state) {
    if (state.doc === shown) return;
    shown = state.doc;
    request.send();
  }

  return { nodes: [node], isReadyLater: true, update, destroy: () => request.close() };
}

/** @param {Ctx} ctx @param {ModelReply} reply */
function partsOf(ctx, reply) {
  const equations = createEquations(ctx, reply.sectors);
  const map = createMap(ctx, reply);
  return [
    h("p", { class: "model-summary" }, reply.summary),
    h("h2", {}, _("What moves what")),
    map.node,
    h("h2", {}, _("What the articles claim")),
    h(
      "ol",
      { class: "model-claims" },
      reply.claims.map((claim) => createClaim(claim, equations.show)),
    ),
    h("h2", {}, _("Every equation")),
    h(
      "p",
      { class: "lead-in" },
      _(
        "Values are those of today in this scenario, assumptions at their central values. An index 0 " +
          "means: as it is today. Names without a place elsewhere on these pages are those of the " +
          "program, in English.",
      ),
    ),
    equations.node,
  ];
}

/** @param {ModelClaim} claim @param {(name: string) => void} show */
function createClaim({ number, text, verdict, verdict_words: words, answer, where }, show) {
  return h(
    "li",
    { class: "model-claim", value: false, "data-claim": number },
    h("h3", {}, text),
    h(
      "p",
      { class: "model-verdict" },
      h("span", { class: "model-sign", "aria-hidden": "true" }, SIGNS[verdict] ?? "?"),
      words,
    ),
    h("p", {}, answer),
    where.length > 0 &&
      h(
        "p",
        { class: "model-where" },
        where.map(({ name, label, english }) =>
          h(
            "button",
            {
              type: "button",
              class: "chip",
              lang: english && "en",
              "data-equation": name,
              onclick: () => show(name),
            },
            label,
          ),
        ),
      ),
  );
}

// The map of causes: levers, stocks and outcomes, and what moves what.

import { _ } from "../i18n/messages.js";
import { fill, h, setAttribute } from "../kit/dom.js";
import { createDetail } from "./detail.js";
import { arrows, boxOf, lineOf } from "./drawing.js";
import { placesOf, shownLinks, WIDTH } from "./layout.js";

/** Links that are shown while no variable is chosen. */
const MOST = 28;

/**
 * @param {Ctx} ctx
 * @param {ModelReply} reply
 */
export function createMap(ctx, { nodes, links, loops }) {
  const { places, height } = placesOf(nodes);
  const lines = h("svg:g", { class: "model-lines" });
  const list = h("ul", { class: "model-links" });
  const detail = createDetail(ctx, nodes);
  /** @type {string | null} */
  let chosen = null;
  const boxes = nodes.map((node) => ({
    node,
    box: boxOf(node, places[node.name], () => choose(node.name)),
  }));

  /** Show all links of a variable; the strongest of all when it is chosen again. @param {string} name */
  function choose(name) {
    chosen = chosen === name ? null : name;
    draw();
    explain(null);
  }

  function draw() {
    const shown = shownLinks(links, chosen, MOST);
    const beside = new Set(shown.flatMap(({ cause, effect }) => [cause, effect]));
    for (const { node, box } of boxes) {
      setAttribute(box, "aria-pressed", String(node.name === chosen));
      setAttribute(box, "data-beside", !chosen || beside.has(node.name));
    }
    fill(lines, ...shown.map((link) => lineOf(link, places, () => explain(link))));
    fill(list, ...shown.map((link) => rowOf(link, () => explain(link))));
  }

  /** Show what makes a link; nothing for none. @param {ModelLink | null} link */
  function explain(link) {
    const name = link && `${link.cause} ${link.effect}`;
    for (const line of lines.querySelectorAll("[data-link]")) {
      setAttribute(line, "data-chosen", name !== null && line.getAttribute("data-link") === name);
    }
    detail.show(link);
  }

  draw();
  explain(null);
  const drawing = h(
    "svg:svg",
    {
      class: "model-map",
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: "group",
      "aria-label": _("What moves what"),
    },
    arrows(),
    lines,
    boxes.map(({ box }) => box),
  );
  return { node: causes(drawing, [detail.node, linkList(ctx, list), loopList(loops)]) };
}

/** The map, and beside it what is said of it. @param {Element} drawing @param {Element[]} beside */
function causes(drawing, beside) {
  return h(
    "div",
    { class: "model-causes" },
    legend(),
    h(
      "div",
      { class: "model-canvas", tabindex: "0", role: "group", "aria-label": _("What moves what") },
      drawing,
    ),
    h("div", { class: "model-beside" }, beside),
  );
}

/** @param {Ctx} ctx @param {Element} list */
function linkList(ctx, list) {
  return h(
    "details",
    { class: "model-list", open: ctx.board.dataset.size === "narrow" },
    h("summary", {}, _("The links that are shown, in words")),
    list,
  );
}

/**
 * A link as a line of text: for keyboards, small screens and those who do not see the map.
 * @param {ModelLink} link
 * @param {() => void} explain
 */
function rowOf({ sign, words }, explain) {
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "model-link-row", "data-sign": sign, onclick: explain },
      h("span", { class: "model-sign", "aria-hidden": "true" }, sign < 0 ? "−" : "+"),
      words,
    ),
  );
}

/** @param {ModelReply["loops"]} loops */
function loopList(loops) {
  return h(
    "section",
    { class: "model-loops" },
    h("h3", {}, _("Loops, the strongest first")),
    h(
      "p",
      { class: "note" },
      _(
        "A reinforcing loop carries on what happens, good or bad; a balancing one works against it.",
      ),
    ),
    h(
      "ul",
      {},
      loops.map(({ word, words, polarity }) =>
        h("li", { "data-polarity": polarity }, h("strong", {}, `${word}: `), words),
      ),
    ),
  );
}

function legend() {
  return h(
    "ul",
    { class: "model-legend" },
    h("li", { "data-sign": "1" }, _("more of it is more of the other")),
    h("li", { "data-sign": "-1" }, _("more of it is less of the other")),
    h("li", {}, _("thicker: stronger today")),
  );
}

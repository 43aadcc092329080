// The map of causes: levers, stocks and outcomes, and what moves what.

import { _ } from "../i18n/messages.js";
import { fill, h, setAttribute } from "../kit/dom.js";
import { gradeBadge } from "../kit/grade.js";
import { loadEquations } from "./equations.js";
import { BOX, curveOf, linesOf, placesOf, shownLinks, WIDTH, widthOf } from "./layout.js";

/** Links that are shown while no variable is chosen. */
const MOST = 28;

/**
 * @param {Ctx} ctx
 * @param {ModelReply} reply
 */
export function createMap(ctx, { nodes, links, loops }) {
  const { places, height } = placesOf(nodes);
  const names = Object.fromEntries(nodes.map((node) => [node.name, node]));
  const lines = h("svg:g", { class: "model-lines" });
  const list = h("ul", { class: "model-links" });
  const detail = h("div", { class: "model-detail", role: "region", "aria-live": "polite" });
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
  );
  /** @type {string | null} */
  let chosen = null;

  const boxes = nodes.map((node) => {
    const { x, y } = places[node.name];
    const box = h(
      "svg:g",
      {
        class: "model-node",
        "data-node": node.name,
        "data-kind": node.kind,
        transform: `translate(${x} ${y})`,
        tabindex: "0",
        role: "button",
        "aria-pressed": "false",
        onclick: () => choose(node.name),
        onkeydown: (event) => pressed(event) && choose(node.name),
      },
      h("svg:title", {}, node.meaning || node.label),
      h("svg:rect", { width: BOX.width, height: BOX.height, rx: node.kind === "stock" ? 3 : 17 }),
      textOf(node),
    );
    return { node, box };
  });
  drawing.append(...boxes.map(({ box }) => box));

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
    fill(lines, ...shown.map(lineOf));
    fill(list, ...shown.map(rowOf));
  }

  /** @param {ModelLink} link */
  function lineOf(link) {
    const curve = curveOf(places[link.cause], places[link.effect]);
    return h(
      "svg:g",
      {
        class: "model-link",
        "data-sign": link.sign,
        "data-link": `${link.cause} ${link.effect}`,
        onclick: () => explain(link),
      },
      h("svg:title", {}, link.words),
      h("svg:path", { class: "model-hit", d: curve }),
      h("svg:path", {
        d: curve,
        "stroke-width": widthOf(link.strength),
        "marker-end": `url(#model-arrow-${link.sign < 0 ? "less" : "more"})`,
      }),
    );
  }

  /** The same as a line of text: for keyboards, small screens and those who do not see the map. @param {ModelLink} link */
  function rowOf(link) {
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: "model-link-row",
          "data-sign": link.sign,
          onclick: () => explain(link),
        },
        h("span", { class: "model-sign", "aria-hidden": "true" }, link.sign < 0 ? "−" : "+"),
        link.words,
      ),
    );
  }

  /** Show what makes a link; nothing for none. @param {ModelLink | null} link */
  function explain(link) {
    for (const line of lines.querySelectorAll("[data-link]")) {
      setAttribute(
        line,
        "data-chosen",
        link && line.getAttribute("data-link") === `${link.cause} ${link.effect}`,
      );
    }
    if (!link) {
      fill(
        detail,
        h(
          "p",
          { class: "note" },
          _(
            "Choose a variable to see all that moves it and all that it moves; choose a link to see its equation and what it rests on.",
          ),
        ),
      );
      return;
    }
    const equations = h("div", {});
    fill(
      detail,
      h("h3", {}, `${names[link.cause].label} → ${names[link.effect].label}`),
      h("p", { class: "model-words" }, link.words),
      link.assumptions.length > 0 && [
        h("h4", {}, _("Assumptions in it")),
        h("ul", { class: "model-assumptions" }, link.assumptions.map(assumptionItem)),
      ],
      h("h4", {}, _("Its equations, from the effect back")),
      equations,
    );
    loadEquations(ctx, link.through.slice(0, 8), equations);
  }

  draw();
  explain(null);
  return {
    node: h(
      "div",
      { class: "model-causes" },
      legend(),
      h(
        "div",
        { class: "model-canvas", tabindex: "0", role: "group", "aria-label": _("What moves what") },
        drawing,
      ),
      h(
        "div",
        { class: "model-beside" },
        detail,
        h(
          "details",
          { class: "model-list", open: ctx.board.dataset.size === "narrow" },
          h("summary", {}, _("The links that are shown, in words")),
          list,
        ),
        loopList(loops),
      ),
    ),
  };
}

/** @param {ModelNode} node */
function textOf({ label, english }) {
  const lines = linesOf(label);
  const middle = BOX.width / 2;
  const first = BOX.height / 2 - (lines.length - 1) * 7.5;
  return h(
    "svg:text",
    { class: lines.length > 1 && "two-lines", lang: english && "en" },
    lines.map((line, row) => h("svg:tspan", { x: middle, y: first + 15 * row }, line)),
  );
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.key !== "Enter" && event.key !== " ") return false;
  event.preventDefault();
  return true;
}

/** @param {ModelLink["assumptions"][number]} assumption */
function assumptionItem({ label, grade, grade_meaning: meaning, source }) {
  return h(
    "li",
    {},
    label,
    " ",
    gradeBadge(grade, { title: meaning }),
    " ",
    h("span", { class: "note", lang: "en" }, source),
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

function arrows() {
  return h(
    "svg:defs",
    {},
    ["more", "less"].map((kind) =>
      h(
        "svg:marker",
        {
          id: `model-arrow-${kind}`,
          class: `model-arrow-${kind}`,
          viewBox: "0 0 8 8",
          refX: 4,
          refY: 4,
          markerWidth: 9,
          markerHeight: 9,
          markerUnits: "userSpaceOnUse",
          orient: "auto",
        },
        h("svg:path", { d: "M0 0L8 4L0 8z" }),
      ),
    ),
  );
}

// The shapes of the map of causes: a box for each variable, a line for each link.

import { h } from "../kit/dom.js";
import { BOX, curveOf, linesOf, widthOf } from "./layout.js";

/**
 * The box of a variable, which can be chosen.
 * @param {ModelNode} node
 * @param {{x: number, y: number}} place
 * @param {() => void} choose
 */
export function boxOf(node, { x, y }, choose) {
  return h(
    "svg:g",
    {
      class: "model-node",
      "data-node": node.name,
      "data-kind": node.kind,
      transform: `translate(${x} ${y})`,
      tabindex: "0",
      role: "button",
      "aria-pressed": "false",
      onclick: choose,
      onkeydown: (event) => pressed(event) && choose(),
    },
    h("svg:title", {}, node.meaning || node.label),
    h("svg:rect", { width: BOX.width, height: BOX.height, rx: node.kind === "stock" ? 3 : 17 }),
    textOf(node),
  );
}

/**
 * The line of a link, which can be chosen.
 * @param {ModelLink} link
 * @param {ReturnType<typeof import("./layout.js").placesOf>["places"]} places
 * @param {() => void} explain
 */
export function lineOf(link, places, explain) {
  const curve = curveOf(places[link.cause], places[link.effect]);
  return h(
    "svg:g",
    {
      class: "model-link",
      "data-sign": link.sign,
      "data-link": `${link.cause} ${link.effect}`,
      onclick: explain,
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

/** The heads of lines. */
export function arrows() {
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

// Planes of two assumptions, in which what gives another answer is shaded. Sides are cases, so that an
// area is how often both lie there.

import { _ } from "../i18n/messages.js";
import { h } from "./dom.js";

const SIDE = 100;

/**
 * The outline of what is shaded; beyond its first and last place it goes straight on.
 * @param {number[]} places
 * @param {number[][]} between
 * @param {number} width  of the plane
 * @param {number} height
 */
export function outline(places, between, width = SIDE, height = SIDE) {
  const all = [0, ...places, 1];
  const edges = [between[0], ...between, between[between.length - 1]];
  const points = (/** @type {number} */ edge) =>
    all.map((place, index) => {
      const x = place * width;
      const y = (1 - edges[index][edge]) * height;
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    });
  return `M${points(1).join("L")}L${points(0).reverse().join("L")}Z`;
}

/** What is seen in a plane. */
export function planesNote() {
  return _(
    "Shaded: where the answer is another one. The sides are cases, so its part of the area is " +
      "how often that is so; the dot is the middle of both.",
  );
}

/**
 * All planes, and what is seen there; nothing where there are none.
 * @param {AnalysisPlane[]} planes
 * @param {() => Child[]} tools  what can be done with them
 * @returns {HTMLElement[]}
 */
export function planesGrid(planes, tools) {
  if (!planes.length) return [];
  return [
    h(
      "div",
      { class: "drawing-head" },
      h("p", { class: "note" }, planesNote()),
      h("div", { class: "drawing-tools" }, tools()),
    ),
    h("div", { class: "planes", "aria-hidden": "true" }, planes.map(createPlane)),
  ];
}

/** What it shows is in the table below, for those who do not see it. @param {AnalysisPlane} plane */
function createPlane({ id, first, second, places, between, first_ends, second_ends }) {
  return h(
    "figure",
    { class: "plane", "data-plane": id },
    h("figcaption", {}, second),
    h("span", { class: "plane-up" }, h("span", {}, second_ends[1]), h("span", {}, second_ends[0])),
    h(
      "svg:svg",
      { viewBox: `0 0 ${SIDE} ${SIDE}`, preserveAspectRatio: "none", focusable: "false" },
      h("svg:path", { class: "other", d: outline(places, between) }),
      h("svg:ellipse", { class: "middle-of-both", cx: SIDE / 2, cy: SIDE / 2, rx: 2, ry: 3 }),
    ),
    h("span", { class: "plane-right" }, h("span", {}, first_ends[0]), h("span", {}, first_ends[1])),
    h("span", { class: "plane-first" }, first),
  );
}

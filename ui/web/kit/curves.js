// Curves of levers as small multiples: a click enlarges one, another takes it back.

import { _, tied } from "../i18n/messages.js";
import { h, setAttribute } from "./dom.js";

/** Of the grid that they are drawn on. */
const WIDTH = 120;
const HEIGHT = 48;

/**
 * Points of a curve on the grid.
 * @param {number[]} places  along the range, 0-1
 * @param {number[]} heights  0-1
 * @param {number} width  of the grid
 * @param {number} height
 */
export function points(places, heights, width = WIDTH, height = HEIGHT) {
  return places.map((place, index) => {
    const x = place * width;
    const y = (1 - heights[index]) * height;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
}

/**
 * How high a curve is at a place, along a straight line between its points.
 * @param {number[]} places
 * @param {number[]} heights
 * @param {number} place
 */
export function heightAt(places, heights, place) {
  const next = places.findIndex((point) => point >= place);
  if (next <= 0) return heights[next === 0 ? 0 : heights.length - 1];
  const share = (place - places[next - 1]) / (places[next] - places[next - 1]);
  return heights[next - 1] + share * (heights[next] - heights[next - 1]);
}

/**
 * All curves; nothing where there are none.
 * @param {AnalysisCurve[]} curves
 * @param {(shown: () => AnalysisCurve[]) => Child[]} tools  what can be done with those that are seen
 * @returns {HTMLElement[]}
 */
export function curvesGrid(curves, tools) {
  if (!curves.length) return [];
  const names = { now: _("now"), best: _("best"), half: _("half of the gain"), harmful: _("harm") };
  const legend = h(
    "p",
    { class: "curves-legend" },
    Object.entries(names).map(([name, text]) =>
      h("span", {}, h("span", { class: `spot spot-${name}`, "aria-hidden": "true" }), " ", text),
    ),
  );
  const grid = h("div", { class: "curves" });
  grid.append(...curves.map((curve) => createCurve(curve, toggle)));

  /** @param {HTMLElement} chosen */
  function toggle(chosen) {
    enlarge(chosen, !isPressed(chosen));
    chosen.scrollIntoView({ block: "nearest" });
  }

  /** All, or the one that is enlarged. */
  function shown() {
    const large = curves.filter((_curve, index) => isPressed(grid.children[index]));
    return large.length ? large : curves;
  }

  return [
    h("div", { class: "drawing-head" }, legend, h("div", { class: "drawing-tools" }, tools(shown))),
    grid,
  ];
}

/** @param {HTMLElement} chosen @param {boolean} isLarge */
function enlarge(chosen, isLarge) {
  const grid = /** @type {HTMLElement} */ (chosen.parentElement);
  for (const node of grid.children) setAttribute(node, "aria-pressed", "false");
  setAttribute(chosen, "aria-pressed", String(isLarge));
  setAttribute(grid, "data-large", isLarge);
}

/**
 * Which curve is enlarged in a part of the page: what this gives enlarges it again among the curves that
 * are drawn there instead.
 * @param {HTMLElement} part
 */
export function enlargedIn(part) {
  const curves = () =>
    /** @type {HTMLElement[]} */ ([...part.querySelectorAll(":scope .curves > [data-curve]")]);
  const id = curves().find(isPressed)?.dataset.curve;
  return () => {
    const curve = id && curves().find((drawing) => drawing.dataset.curve === id);
    if (curve) enlarge(curve, true);
  };
}

/** @param {Element} node */
function isPressed(node) {
  return node.getAttribute("aria-pressed") === "true";
}

/**
 * @param {AnalysisCurve} curve
 * @param {(node: HTMLElement) => void} choose
 */
function createCurve(curve, choose) {
  const { places, bands, marks } = curve;
  const [low, middle, high] = bands;
  const band = `M${points(places, high).join("L")}L${points(places, low).reverse().join("L")}Z`;
  const picture = h(
    "svg:svg",
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
      focusable: "false",
    },
    h("svg:path", { class: "band", d: band }),
    curve.nothing === null ? null : h("svg:path", { class: "baseline", d: level(curve.nothing) }),
    h("svg:path", { class: "plan", d: `M${points(places, middle).join("L")}` }),
  );
  const spots = Object.entries(marks).map(([name, place]) => {
    const mark = h("span", { class: `spot spot-${name}` });
    mark.style.setProperty("--x", place.toFixed(4));
    mark.style.setProperty("--y", (1 - heightAt(places, middle, place)).toFixed(4));
    return mark;
  });
  const node = h(
    "button",
    {
      type: "button",
      class: "curve",
      "data-curve": curve.id,
      "aria-pressed": "false",
      onclick: () => choose(node),
    },
    h("span", { class: "curve-label" }, curve.label),
    h(
      "span",
      { class: "curve-picture" },
      picture,
      ...spots,
      h("span", { class: "curve-most", "aria-hidden": "true" }, curve.axis[1]),
      h("span", { class: "curve-least", "aria-hidden": "true" }, curve.axis[0]),
    ),
    h(
      "span",
      { class: "curve-ends", "aria-hidden": "true" },
      h("span", {}, curve.ends[0]),
      h("span", {}, curve.ends[1]),
    ),
    h("span", { class: "curve-sentence" }, tied(curve.sentence)),
  );
  return node;
}

/** @param {number} height  0-1 */
function level(height) {
  const y = ((1 - height) * HEIGHT).toFixed(1);
  return `M0,${y}L${WIDTH},${y}`;
}

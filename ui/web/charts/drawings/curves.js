// Curves of levers as a picture to take away: all of them, or the one that is enlarged.

import { _ } from "../../i18n/messages.js";
import { heightAt, points } from "../../kit/curves.js";
import { h } from "../../kit/dom.js";
import {
  createFrame,
  createMeasure,
  filled,
  INK,
  LETTER_PX,
  MUTED,
  text,
  wrapped,
} from "../frame.js";

const COLUMNS = 4;
const GAP = 24;
const SMALL_PX = 15;
const MANY = { height: 96, label: 20 };
const ONE = { height: 440, label: 0 };
const SENTENCE_ROW = 26;

/**
 * @param {AnalysisCurve[]} curves  what is seen of them
 * @param {DrawingWords} words
 */
export function curvesPicture(curves, { title, about, colours, source }) {
  const [only, ...rest] = curves;
  const isOne = !rest.length;
  const frame = createFrame({
    title: isOne ? `${title}: ${only.label}` : title,
    about,
    source,
    legend: legendOf(curves, colours),
  });
  const { height, label } = isOne ? ONE : MANY;
  const measure = createMeasure();
  const amounts = curves.flatMap(({ axis }) => axis.map((amount) => measure(amount, SMALL_PX)));
  const gutter = Math.max(...amounts) + 8;
  const columns = isOne ? 1 : COLUMNS;
  const width = (frame.width - GAP * (columns - 1)) / columns;
  const size = { width: width - gutter, height };
  const row = label + height + 46;
  const drawn = curves.map((curve, index) => {
    const [x, y] = [(index % columns) * (width + GAP), Math.floor(index / columns) * row];
    return h(
      "svg:g",
      { transform: `translate(${x} ${y})` },
      label && text(curve.label, 0, SMALL_PX, { "font-size": SMALL_PX, "font-weight": 700 }),
      h("svg:g", { transform: `translate(${gutter} ${label + 6})` }, plot(curve, size, colours)),
    );
  });
  const all = row * Math.ceil(curves.length / columns);
  if (!isOne) return frame.whole(all, drawn);
  const said = wrapped(only.sentence, measure, frame.width);
  return frame.whole(
    all + SENTENCE_ROW * said.length,
    drawn,
    text(said, 0, all + LETTER_PX, {}, SENTENCE_ROW),
  );
}

/**
 * @param {AnalysisCurve} curve
 * @param {{width: number, height: number}} size
 * @param {Map<string, string>} colours
 */
function plot({ places, bands, nothing, marks, axis, ends }, { width, height }, colours) {
  const [low, middle, high] = bands.map((band) => points(places, band, width, height));
  const [plan, baseline] = [colours.get("--plan"), colours.get("--baseline")];
  const small = { "font-size": SMALL_PX, fill: MUTED };
  const side = { ...small, "text-anchor": "end" };
  const level = nothing === null ? 0 : (1 - nothing) * height;
  return [
    h("svg:path", { d: `M0 0V${height}H${width}`, fill: "none", stroke: colours.get("--line") }),
    h("svg:path", {
      d: `M${high.join("L")}L${low.reverse().join("L")}Z`,
      ...filled(colours.get("--plan-band") ?? ""),
    }),
    nothing === null
      ? null
      : h("svg:path", {
          d: `M0 ${level.toFixed(1)}H${width}`,
          stroke: baseline,
          "stroke-width": 2,
          "stroke-dasharray": "6 4",
        }),
    h("svg:path", {
      d: `M${middle.join("L")}`,
      fill: "none",
      stroke: plan,
      "stroke-width": 3,
      "stroke-linejoin": "round",
    }),
    Object.entries(marks).map(([name, place]) => {
      const y = (1 - heightAt(places, bands[1], place)) * height;
      return name === "now"
        ? h("svg:path", { d: `M${place * width} 0V${height}`, stroke: INK, "stroke-width": 3 })
        : spot(name, place * width, y, colours);
    }),
    text(axis[1], -6, 12, side),
    text(axis[0], -6, height, side),
    text(ends[0], 0, height + 20, small),
    text(ends[1], width, height + 20, side),
  ];
}

/**
 * What a place is marked by.
 * @param {string} name
 * @param {number} x
 * @param {number} y
 * @param {Map<string, string>} colours
 */
function spot(name, x, y, colours) {
  const plan = colours.get("--plan");
  if (name === "harmful") {
    const d = `M${x} ${y - 7}L${x + 7} ${y + 6}H${x - 7}Z`;
    return h("svg:path", { d, fill: colours.get("--baseline") });
  }
  const fill = name === "half" ? "#FFFFFF" : plan;
  return h("svg:circle", { cx: x, cy: y, r: 6, fill, stroke: plan, "stroke-width": 2 });
}

/**
 * Of what is there.
 * @param {AnalysisCurve[]} curves
 * @param {Map<string, string>} colours
 * @returns {import("../frame.js").Sign[]}
 */
function legendOf(curves, colours) {
  const names = { best: _("best"), half: _("half of the gain"), harmful: _("harm") };
  const marked = Object.entries(names).filter(([name]) =>
    curves.some(({ marks }) => name in marks),
  );
  const now = (/** @type {number} */ x, /** @type {number} */ y) =>
    h("svg:path", { d: `M${x + LETTER_PX} ${y - 9}v18`, stroke: INK, "stroke-width": 3 });
  const hasNothing = curves.some(({ nothing }) => nothing !== null);
  return [
    { name: _("middle of all cases"), colour: colours.get("--plan") },
    { name: _("8 of 10 cases"), fill: colours.get("--plan-band") },
    ...(hasNothing
      ? [{ name: _("nothing done with it"), colour: colours.get("--baseline"), dash: "6px,4px" }]
      : []),
    { name: _("now"), draw: now },
    ...marked.map(([name, label]) => ({
      name: label,
      draw: (/** @type {number} */ x, /** @type {number} */ y) =>
        spot(name, x + LETTER_PX, y, colours),
    })),
  ];
}

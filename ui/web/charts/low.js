// A chart that is lower, taller or narrower than the server reckons with (simulator/charts/layout.py:
// least_height). Labels at the ends of lines are moved apart by the height that they really have, in a low
// one ticks are thinned out, and a narrow one names few of them: only the browser can know.

import { linesOf, textOf } from "./paths.js";

const ROWS = 7; // simulator/charts/apart.py: that labels are set apart for
const ROW = 1.25; // of a line of a label, in font sizes
const LETTER = 1; // of one that is a capital alone
const LEADER = [0.04, 0.33]; // from a line's end to its letter, in font sizes: simulator/charts/pin_letters.py
const CLOSEST = 0.8; // of their rows: labels that are nearer to one another touch
const WAY = "way"; // simulator/charts/labels.py: the name of a way that parts from a plan
const TICK = 1; // that ticks are apart at least
const NARROW = 50; // font sizes: half a window at most, where a chart is to be taken in, not read off

/**
 * Data and layout of a figure for a node of this size; the same where there is room.
 * @param {any[]} data
 * @param {any} layout
 * @param {number} height  in pixels
 * @param {number} [width]
 */
export function fitted(data, layout, height, width = Infinity) {
  const { font, margin, yaxis } = layout;
  const room = (height - (margin?.t ?? 0) - (margin?.b ?? 0)) / (font?.size ?? 1);
  const [bottom, top] = yaxis?.range ?? [];
  if (room <= 0 || !(top > bottom)) return { data, layout };
  const isLow = room < ROWS * ROW;
  const isPlaced = (/** @type {any} */ trace) => isLabels(trace) && (isLow || trace.meta);
  const isNarrow = width / (font?.size ?? 1) <= NARROW;
  const shown = isNarrow && layout.meta?.narrow_right ? data.map(withoutAmount) : data;
  const thin = isLow ? thinned(layout, room) : layout;
  const placed = shown.map((trace) =>
    isPlaced(trace) ? settled(trace, [bottom, top], room) : trace,
  );
  return { data: placed, layout: led(isNarrow ? named(thin) : thin, placed) };
}

/**
 * The layout with a stroke from the end of each pinned plan's line to its letter, in their colour: letters that
 * are moved apart stand beside other lines.
 * @param {any} layout
 * @param {any[]} data
 */
function led(layout, data) {
  const letters = data.find((trace) => isLabels(trace) && trace.meta && trace.text.every(isLetter));
  const [first, last] = layout.xaxis?.range ?? [];
  if (!letters || !(letters.x[0] > first && letters.x[0] <= last)) return layout; // they are not in sight
  const { size } = layout.font;
  const [near, far] = LEADER;
  const leaders = letters.text.map((/** @type {string} */ _text, /** @type {number} */ place) => ({
    type: "line",
    xref: "paper",
    xsizemode: "pixel",
    xanchor: (letters.x[place] - first) / (last - first),
    x0: near * size,
    x1: far * size,
    y0: letters.meta[place],
    y1: letters.y[place],
    line: { color: letters.textfont.color[place], width: size / 12 },
  }));
  return { ...layout, shapes: [...(layout.shapes ?? []), ...leaders] };
}

/** Labels of which that of the plan is its name alone: the headline says where it ends. @param {any} trace */
function withoutAmount(trace) {
  if (!isLabels(trace)) return trace;
  const text = trace.text.map((/** @type {string} */ label) => {
    const [name, ...amount] = label.split("<br>");
    return label.startsWith("<b>") && amount.length ? `${name}</b>` : label;
  });
  return { ...trace, text };
}

/** In a narrow chart only the ends of its axes are named, and zero: a first look takes in so many numbers.
 * @param {any} layout */
function named(layout) {
  const { xaxis, yaxis, margin, meta } = layout;
  if (!yaxis?.ticktext || !xaxis?.ticktext) return layout;
  const few = (/** @type {any} */ axis, /** @type {number} */ middle) => {
    const isNamed = (/** @type {number} */ place) =>
      place === 0 || place === middle || place === axis.ticktext.length - 1;
    return {
      ...axis,
      ticktext: axis.ticktext.map((text, place) => (isNamed(place) ? text : "")),
    };
  };
  // Each year keeps a mark.
  const marks = { tickcolor: xaxis.linecolor };
  return {
    ...layout,
    margin: { ...margin, ...(meta?.narrow_right && { r: meta.narrow_right }) },
    xaxis: { ...few(xaxis, 0), ...marks },
    yaxis: few(yaxis, yaxis.tickvals.indexOf(0)),
  };
}

const isLabels = (/** @type {any} */ { type, mode, cliponaxis }) =>
  type === "scatter" && mode === "text" && cliponaxis === false;

/**
 * Labels moved apart. Where there is no room for all of them, those of the ways that part from a plan are
 * left out: a large chart names them, and so does what is said of the plan.
 * @param {any} trace
 * @param {[number, number]} bounds
 * @param {number} room  in font sizes
 */
function settled(trace, [bottom, top], room) {
  const all = trace.text.map(heightOf);
  const isTight = CLOSEST * sum(all) > room;
  const isLeftOut = (/** @type {number} */ place) => isTight && trace.hovertext?.[place] === WAY;
  const heights = all.map((height, place) => (isLeftOut(place) ? 0 : height / room));
  const wanted = (trace.meta ?? trace.y).map((value) => (value - bottom) / (top - bottom));
  const places = apart(wanted, heights);
  return {
    ...trace,
    text: trace.text.map((text, place) => (isLeftOut(place) ? "" : text)),
    y: places.map((place) => bottom + (top - bottom) * place),
  };
}

/** @param {string} text  marked up for Plotly */
function heightOf(text) {
  return isLetter(text) ? LETTER : ROW * linesOf(text).length;
}

/** Whether it is the letter of a pinned plan. @param {string} text */
function isLetter(text) {
  return textOf(text).trim().length === 1;
}

/** Every other tick, counted from zero, where all of them would touch. @param {any} layout @param {number} room */
function thinned(layout, room) {
  const { range, tickvals, ticktext } = layout.yaxis;
  const [first, second] = tickvals ?? [];
  if (second === undefined) return layout;
  if ((room * (second - first)) / (range[1] - range[0]) >= TICK) return layout;
  const zero = Math.max(tickvals.indexOf(0), 0);
  const isKept = (/** @type {unknown} */ _tick, /** @type {number} */ place) =>
    (place - zero) % 2 === 0;
  const yaxis = {
    ...layout.yaxis,
    tickvals: tickvals.filter(isKept),
    ticktext: ticktext.filter(isKept),
  };
  return { ...layout, yaxis };
}

/**
 * Places of middles, 0-1, as near to those wanted as can be: in order, and no two overlapping. As
 * simulator/charts/apart.py, from where they were put there.
 * @param {number[]} wanted
 * @param {number[]} heights  of what is placed; where they do not fit, all shrink alike
 */
export function apart(wanted, heights) {
  const shrunk = 1 / Math.max(1, sum(heights));
  const order = wanted.map((_place, index) => index).sort((a, b) => wanted[a] - wanted[b]);
  let below = 0;
  const offsets = order.map((index) => {
    below += shrunk * heights[index];
    return below - (shrunk * heights[index]) / 2;
  });
  /** @type {number[][]} */
  const blocks = [];
  for (const [rank, index] of order.entries()) {
    let block = [wanted[index] - offsets[rank]];
    while (blocks.length > 0 && mean(blocks[blocks.length - 1]) > mean(block)) {
      block = [...(blocks.pop() ?? []), ...block];
    }
    blocks.push(block);
  }
  const starts = blocks.flatMap((block) =>
    block.map(() => Math.min(Math.max(mean(block), 0), Math.max(1 - below, 0))),
  );
  /** @type {number[]} */
  const places = [];
  for (const [rank, index] of order.entries()) places[index] = starts[rank] + offsets[rank];
  return places;
}

const sum = (/** @type {number[]} */ values) => values.reduce((total, value) => total + value, 0);
const mean = (/** @type {number[]} */ values) => sum(values) / values.length;

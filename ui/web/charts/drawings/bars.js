// The bars of a table as a picture to take away: what stands before them in their row, and themselves.

import { _ } from "../../i18n/messages.js";
import { h } from "../../kit/dom.js";
import { createFrame, createMeasure, INK, LETTER_PX, MUTED, text, wrapped } from "../frame.js";

const FIRST_PX = 330; // of what a row is about, at most
const OTHER_PX = 150; // of any other column
const RANGE_PX = 290; // of ranges, which stay on their line
const GAP = 20;
const LINE = 22; // from line to line
const PAD = 12; // of a row
const BAR = 18;
const RANGE = "_range"; // what follows the name of a column in that of its ranges

/** @typedef {{x: number, cells: string[][]}} Placed  a column: where it begins, and its lines by row */

/**
 * @param {AnalysisReply & {drawing: NonNullable<AnalysisReply["drawing"]>}} reply
 * @param {DrawingWords} words
 */
export function barsPicture({ headings, rows, drawing }, { title, colours, source }) {
  const { column, about } = drawing;
  const isStacked = rows.some(({ bars }) => bars[column].low !== undefined);
  const { zero } = rows[0].bars[column];
  const frame = createFrame({
    title,
    about,
    source,
    legend: isStacked ? stackedLegend(colours) : plainLegend(headings[column], zero > 0),
  });
  const names = Object.keys(headings);
  const shown = names.filter(
    (name, place) => place <= names.indexOf(column) || (isStacked && name === column + RANGE),
  );
  const { placed, left } = columnsOf(shown, headings, rows);
  let top = tallest(placed, 0) * LINE + PAD;
  const first = top;
  const drawn = rows.map((row, index) => {
    const height = Math.max(tallest(placed, index + 1) * LINE + PAD, BAR + PAD);
    const isWhole = isStacked && index === rows.length - 1;
    const parts = [
      h("svg:path", { d: `M0 ${top}H${frame.width}`, stroke: colours.get("--grid") }),
      placed.map(({ x, cells }, place) =>
        text(
          cells[index + 1],
          x,
          top + PAD / 2 + 0.8 * LETTER_PX,
          { "font-weight": place === 0 || isWhole ? 700 : 400 },
          LINE,
        ),
      ),
      bar(row.bars[column], left, frame.width - left, top + (height - BAR) / 2, colours),
    ];
    top += height;
    return parts;
  });
  const x = left + zero * (frame.width - left);
  return frame.whole(
    top,
    h("svg:defs", {}, hatching(colours)),
    placed.map(({ x: at, cells }) => text(cells[0], at, 0.8 * LETTER_PX, { fill: MUTED }, LINE)),
    drawn,
    zero > 0 && h("svg:path", { d: `M${x} ${first}V${top}`, stroke: MUTED, "stroke-width": 2 }),
  );
}

/**
 * All columns of text, as wide as they need, and where the bars begin.
 * @param {string[]} names
 * @param {Record<string, string>} headings
 * @param {AnalysisReply["rows"]} rows
 * @returns {{placed: Placed[], left: number}}
 */
function columnsOf(names, headings, rows) {
  const measure = createMeasure();
  let left = 0;
  const placed = names.map((name, place) => {
    const weight = place ? 400 : 700;
    const widthOf = (/** @type {string} */ part) => measure(part, LETTER_PX, weight);
    const texts = [headings[name], ...rows.map(({ cells }) => cells[name])];
    const most = place === 0 ? FIRST_PX : name.endsWith(RANGE) ? RANGE_PX : OTHER_PX;
    const cells = texts.map((cell) => wrapped(cell, widthOf, most));
    const x = left;
    left += Math.max(...cells.flat().map(widthOf)) + GAP;
    return { x, cells };
  });
  return { placed, left };
}

/** Lines of the tallest cell of a row; the first row is that of the headings.
 * @param {Placed[]} placed @param {number} row */
function tallest(placed, row) {
  return Math.max(...placed.map(({ cells }) => cells[row].length));
}

/**
 * @param {AnalysisReply["rows"][number]["bars"][string]} place  shares of the line
 * @param {number} left
 * @param {number} width  of the line
 * @param {number} top
 * @param {Map<string, string>} colours
 */
function bar({ start, end, zero, is_loss: isLoss, low, high }, left, width, top, colours) {
  const at = (/** @type {number} */ share) => left + share * width;
  const isStacked = low !== undefined && high !== undefined;
  const size = { y: top, height: BAR };
  const ink = isStacked ? (isLoss ? "url(#takes)" : colours.get("--plan")) : INK;
  return [
    zero > 0 || isStacked
      ? null
      : h("svg:rect", { x: left, width, ...size, fill: colours.get("--grid") }),
    h("svg:rect", { x: at(start), width: Math.max((end - start) * width, 1), ...size, fill: ink }),
    isStacked &&
      h("svg:path", {
        d: `M${at(low)} ${top + BAR / 2}H${at(high)}`,
        stroke: INK,
        "stroke-width": 2,
      }),
  ];
}

/**
 * @param {string} name  what the bars are
 * @param {boolean} isSigned  whether they go both ways
 * @returns {import("../frame.js").Sign[]}
 */
function plainLegend(name, isSigned) {
  const line = (/** @type {number} */ x, /** @type {number} */ y) =>
    h("svg:path", { d: `M${x + LETTER_PX} ${y - 9}v18`, stroke: MUTED, "stroke-width": 2 });
  const zero = { name: _("neither gained nor lost"), draw: line };
  return [{ name, fill: INK }, ...(isSigned ? [zero] : [])];
}

/** Of a waterfall. @param {Map<string, string>} colours @returns {import("../frame.js").Sign[]} */
function stackedLegend(colours) {
  const area =
    (/** @type {string | undefined} */ fill) =>
    (/** @type {number} */ x, /** @type {number} */ y) =>
      h("svg:rect", { x, y: y - BAR / 2, width: 2 * LETTER_PX, height: BAR, fill });
  return [
    { name: _("adds to the value"), draw: area(colours.get("--plan")) },
    { name: _("takes from it"), draw: area("url(#takes)") },
    { name: _("8 of 10 cases"), colour: INK },
  ];
}

/** What takes is seen without its colour. @param {Map<string, string>} colours */
function hatching(colours) {
  const colour = colours.get("--baseline");
  return h(
    "svg:pattern",
    {
      id: "takes",
      width: 8,
      height: 8,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    },
    h("svg:rect", { width: 8, height: 8, fill: colour, "fill-opacity": 0.45 }),
    h("svg:rect", { width: 4, height: 8, fill: colour }),
  );
}

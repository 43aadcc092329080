// What surrounds a picture that is taken away: its title, what it measures, what each sign in it means,
// and where it is from. Dark on white, whatever the page's colours are: it is for slides and paper.

import { h } from "../kit/dom.js";
import { dashOf } from "./pointing.js";

export const WIDTH = 1200;
const EDGE = 32;
export const LETTER_PX = 18; // of the text in it
export const FAMILY = "Inter, system-ui, sans-serif";
export const INK = "#14171C";
export const MUTED = "#4A4F57";
const ROW = 28; // of the legend
const TITLE_PX = 28;
const TITLE_ROW = 34;
const ABOUT_ROW = 25;
const ABOUT_GAP = 14; // below it
const SOURCE_PX = 15;
const SOURCE_ROW = 20;
const SWATCH = 2.4 * LETTER_PX;

/**
 * @typedef {object} Sign  what something in a picture means
 * @property {string} name
 * @property {string} [colour]  of a line
 * @property {string} [dash]
 * @property {string} [fill]  of an area, instead
 * @property {(x: number, y: number) => Child} [draw]  anything else, from its left end, on its middle
 */

/**
 * Put items into rows by their widths.
 * @template Item
 * @param {Item[]} items
 * @param {(item: Item) => number} widthOf
 * @param {number} most  the width of a row
 * @returns {{item: Item, left: number, row: number}[]}
 */
export function inRows(items, widthOf, most) {
  let [left, row] = [0, 0];
  return items.map((item) => {
    const width = widthOf(item);
    if (left > 0 && left + width > most) [left, row] = [0, row + 1];
    const placed = { item, left, row };
    left += width;
    return placed;
  });
}

/**
 * A text in lines no wider than they may be; a word that is wider has a line of its own.
 * @param {string} words
 * @param {(part: string) => number} widthOf
 * @param {number} most
 * @returns {string[]}
 */
export function wrapped(words, widthOf, most) {
  /** @type {string[]} */
  const lines = [];
  for (const word of words.split(" ").filter(Boolean)) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && widthOf(longer) <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * How wide a text is, in pixels: `measure(words, size, weight)`.
 * @param {string} family
 */
export function createMeasure(family = FAMILY) {
  const canvas = document.createElement("canvas").getContext("2d");
  if (!canvas) throw new Error("this browser draws nothing");
  return (/** @type {string} */ words, size = LETTER_PX, weight = 400) => {
    canvas.font = `${weight} ${size}px ${family}`;
    return canvas.measureText(words).width;
  };
}

/**
 * A text, or its lines one below the other.
 * @param {string | string[]} words
 * @param {number} x
 * @param {number} y  of its first line
 * @param {Record<string, unknown>} more
 * @param {number} row  from line to line
 */
export function text(words, x, y, more = {}, row = 1.25 * LETTER_PX) {
  const lines = [words].flat();
  return lines.map((line, index) => h("svg:text", { x, y: y + index * row, ...more }, line));
}

/**
 * A colour as all programs take it: those that edit pictures know no `rgba()`.
 * @param {string} colour
 */
export function filled(colour) {
  const parts = colour.match(/^rgba\((\d+, \d+, \d+), ([\d.]+)\)$/);
  return parts ? { fill: `rgb(${parts[1]})`, "fill-opacity": parts[2] } : { fill: colour };
}

/**
 * What is around a picture.
 * @param {{title: string, about?: string, legend?: Sign[], source: string, family?: string}} words
 *   `about`: what is measured, with its unit
 */
export function createFrame({ title, about = "", legend = [], source, family = FAMILY }) {
  const measure = createMeasure(family);
  const width = WIDTH - 2 * EDGE;
  const titles = wrapped(title, (part) => measure(part, TITLE_PX, 700), width);
  const abouts = wrapped(about, measure, width);
  const sources = wrapped(source, (part) => measure(part, SOURCE_PX), width);
  const signs = inRows(legend, ({ name }) => SWATCH + measure(name) + 1.5 * LETTER_PX, width);
  const said = abouts.length ? ABOUT_ROW * abouts.length + ABOUT_GAP : 0;
  const top = 62 + TITLE_ROW * (titles.length - 1) + said;
  const rows = signs.length ? (signs.at(-1)?.row ?? 0) + 1 : 0;
  const below = ROW * rows + SOURCE_ROW * sources.length + 36;

  return {
    width,
    /** So much of a picture is not what is drawn. */
    around: top + below,
    /**
     * The whole as SVG.
     * @param {number} height  of what is drawn
     * @param {...Child} drawn
     */
    whole(height, ...drawn) {
      const all = top + height + below;
      const first = top + height + ROW / 2;
      const picture = h(
        "svg:svg",
        {
          width: WIDTH,
          height: all,
          viewBox: `0 0 ${WIDTH} ${all}`,
          "font-family": family,
          "font-size": LETTER_PX,
          fill: INK,
        },
        h("svg:rect", { width: WIDTH, height: all, fill: "#FFFFFF" }),
        text(titles, EDGE, 46, { "font-size": TITLE_PX, "font-weight": 700 }, TITLE_ROW),
        text(abouts, EDGE, top - said + 12, { fill: MUTED }, ABOUT_ROW),
        h("svg:g", { transform: `translate(${EDGE} ${top})` }, drawn),
        signs.flatMap(({ item, left, row }) => {
          const [x, y] = [EDGE + left, first + ROW * row];
          return [sample(item, x, y), text(item.name, x + SWATCH, y + LETTER_PX * 0.35)];
        }),
        text(
          sources,
          EDGE,
          all - 20 - SOURCE_ROW * (sources.length - 1),
          { "font-size": SOURCE_PX, fill: MUTED },
          SOURCE_ROW,
        ),
      );
      return new XMLSerializer().serializeToString(picture);
    },
  };
}

/** @param {Sign} sign @param {number} x @param {number} y */
function sample({ colour, dash = "solid", fill, draw }, x, y) {
  const width = 2 * LETTER_PX;
  if (draw) return draw(x, y);
  if (fill) return h("svg:rect", { x, y: y - 9, width, height: 18, ...filled(fill) });
  return h("svg:path", {
    d: `M${x} ${y}h${width}`,
    stroke: colour,
    "stroke-width": 3,
    "stroke-dasharray": dashOf(dash),
    fill: "none",
  });
}

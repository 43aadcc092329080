// A chart as a picture to take away: with its title, its unit, what each line is, and where it is from.
// Dark on white, whatever the page's colours are: it is for slides and paper.

import { h } from "../kit/dom.js";
import { loadPlotly } from "../simulate/plotly.js";
import { textOf } from "./paths.js";
import { dashOf } from "./pointing.js";

const [WIDTH, HEIGHT] = [1200, 720];
const EDGE = 32;
export const LETTER_PX = 18; // of the text in it
const ROW = 28; // of the legend
const TITLE = 62; // what the title takes at the top
const SOURCE = 40; // and the source at the bottom
const FONT_FILE = new URL("../fonts/inter-latin.woff2", import.meta.url).href;
const SHARPER = 2; // so many points of a PNG for each pixel

/**
 * What the lines of a chart are: the same colours, dashes and names.
 * @param {any[]} data
 * @param {string} band  what the area around the plan's line is called
 * @returns {{name: string, colour: string, dash?: string, fill?: string}[]}
 */
export function legendOf(data, band) {
  const lines = data
    .filter(({ name, mode }) => name && mode === "lines")
    .sort((one, other) => one.legendrank - other.legendrank)
    .map(({ name, line }) => ({ name: textOf(name), colour: line.color, dash: line.dash }));
  // Of all bands that of the plan is drawn last.
  const filled = data.findLast(({ fill, name }) => fill && !name);
  if (!filled || !lines.length) return lines;
  return [lines[0], { name: band, colour: "", fill: filled.fillcolor }, ...lines.slice(1)];
}

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
 * The picture as SVG.
 * @param {Figure} figure  in light colours, its text of LETTER_PX
 * @param {{band: string, source: string}} words
 * @returns {Promise<string>}
 */
export async function pictureOf(figure, { band, source }) {
  const measure = document.createElement("canvas").getContext("2d");
  if (!measure) throw new Error("this browser draws nothing");
  const { family } = figure.layout.font;
  measure.font = `${LETTER_PX}px ${family}`;
  const swatch = 2.4 * LETTER_PX;
  const legend = inRows(
    legendOf(figure.data, band),
    ({ name }) => swatch + measure.measureText(name).width + 1.5 * LETTER_PX,
    WIDTH - 2 * EDGE,
  );
  const rows = legend.length ? (legend.at(-1)?.row ?? 0) + 1 : 0;
  const below = ROW * rows + SOURCE + EDGE / 2;
  const [width, height] = [WIDTH - 2 * EDGE, HEIGHT - TITLE - below];
  const plotly = await loadPlotly();
  const drawn = await plotly.toImage(
    {
      data: figure.data,
      layout: { ...figure.layout, width, height },
      config: { staticPlot: true },
    },
    { format: "svg", width, height, imageDataOnly: true },
  );
  const chart = new DOMParser().parseFromString(drawn, "image/svg+xml").documentElement;
  chart.setAttribute("x", String(EDGE));
  chart.setAttribute("y", String(TITLE));
  chart.setAttribute("overflow", "visible"); // where there is no Inter, texts are wider
  const top = HEIGHT - below + ROW / 2;
  const picture = h(
    "svg:svg",
    {
      width: WIDTH,
      height: HEIGHT,
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      "font-family": family,
      "font-size": LETTER_PX,
      fill: "#14171C",
    },
    h("svg:rect", { width: WIDTH, height: HEIGHT, fill: "#FFFFFF" }),
    text(figure.title, EDGE, 46, { "font-size": 28, "font-weight": 700 }),
    chart,
    legend.flatMap(({ item, left, row }) => {
      const [x, y] = [EDGE + left, top + ROW * row];
      return [sample(item, x, y), text(item.name, x + swatch, y + LETTER_PX * 0.35)];
    }),
    text(source, EDGE, HEIGHT - 20, { "font-size": 15, fill: "#4A4F57" }),
  );
  return new XMLSerializer().serializeToString(picture);
}

function text(words, x, y, more = {}) {
  return h("svg:text", { x, y, ...more }, words);
}

/** @param {ReturnType<typeof legendOf>[number]} item @param {number} x @param {number} y */
function sample({ colour, dash = "solid", fill }, x, y) {
  const width = 2 * LETTER_PX;
  if (fill) return h("svg:rect", { x, y: y - 9, width, height: 18, fill });
  return h("svg:path", {
    d: `M${x} ${y}h${width}`,
    stroke: colour,
    "stroke-width": 3,
    "stroke-dasharray": dashOf(dash),
    fill: "none",
  });
}

/**
 * The same as PNG, twice as sharp as on the screen.
 * @param {string} picture  SVG
 * @returns {Promise<Blob>}
 */
export async function asPng(picture) {
  const style = `<style>@font-face{font-family:Inter;font-weight:100 900;src:url(${await fontData()})}</style>`;
  const whole = picture.replace(/^<svg[^>]*>/, (start) => start + style);
  const address = URL.createObjectURL(new Blob([whole], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = h("canvas", { width: SHARPER * WIDTH, height: SHARPER * HEIGHT });
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error("no picture"))),
        "image/png",
      ),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** @type {Promise<string> | undefined} */
let font;

/** The font as a picture takes it, which may load nothing. */
function fontData() {
  font ??= fetch(FONT_FILE)
    .then((response) => response.blob())
    .then(
      (blob) =>
        new Promise((resolve, reject) => {
          const reader = new FileReader();
          reader.onload = () => resolve(String(reader.result));
          reader.onerror = () => reject(reader.error);
          reader.readAsDataURL(blob);
        }),
    );
  font.catch(() => {
    font = undefined;
  });
  return font;
}

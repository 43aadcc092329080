// A chart of Plotly's as a picture to take away, and any picture as PNG.

import { h } from "../kit/dom.js";
import { loadPlotly } from "../simulate/plotly.js";
import { createFrame } from "./frame.js";
import { textOf } from "./paths.js";

const HEIGHT = 720;
const FONT_FILE = new URL("../fonts/inter-latin.woff2", import.meta.url).href;
const SHARPER = 2; // so many points of a PNG for each pixel

/**
 * What the lines of a chart are: the same colours, dashes and names.
 * @param {any[]} data
 * @param {string} band  what the area around the plan's line is called
 * @returns {import("./frame.js").Sign[]}
 */
export function legendOf(data, band) {
  const lines = data
    .filter(({ name, mode }) => name && mode === "lines")
    .sort((first, second) => first.legendrank - second.legendrank)
    .map(({ name, line }) => ({ name: textOf(name), colour: line.color, dash: line.dash }));
  // Of all bands that of the plan is drawn last.
  const filled = data.findLast(({ fill, name }) => fill && !name);
  if (!filled || !lines.length) return lines;
  return [lines[0], { name: band, fill: filled.fillcolor }, ...lines.slice(1)];
}

/**
 * The picture as SVG.
 * @param {Figure} figure  in light colours, its text of LETTER_PX
 * @param {{band: string, source: string}} words
 * @returns {Promise<string>}
 */
export async function pictureOf(figure, { band, source }) {
  const frame = createFrame({
    title: figure.title,
    legend: legendOf(figure.data, band),
    source,
    family: figure.layout.font.family,
  });
  const { width } = frame;
  const height = HEIGHT - frame.around;
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
  chart.setAttribute("overflow", "visible"); // where there is no Inter, texts are wider
  return frame.whole(height, chart);
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
    const canvas = h("canvas", {
      width: SHARPER * image.naturalWidth,
      height: SHARPER * image.naturalHeight,
    });
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

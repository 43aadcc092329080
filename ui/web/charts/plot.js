// The node that Plotly draws a large chart in. Plotly only draws: pointing at it is ours.

import { _ } from "../i18n/messages.js";
import { h, setText } from "../kit/dom.js";
import { reportUnlessLost, requestError } from "../server/http.js";
import { loadPlotly } from "../simulate/plotly.js";
import { fitted } from "./low.js";
import { haveOneForm, writeData } from "./paths.js";

const CONFIG = { displayModeBar: false, responsive: false, staticPlot: true };
const RETRY_MS = 3000;
const LEAST_PX = 40; // of width and height: a smaller node is not laid out yet
const PAPER_LETTER_PT = 8.5; // of letters on paper, at least
const PAPER_MOST_HIGH = 0.75; // of a chart's width: two of them follow on the sheet of the levers
const POINTS = 0.75; // in a pixel

/**
 * A lasting node that gets new data; it is drawn anew when its size changes.
 * @param {() => void} changed  it is drawn
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one picture: what Plotly has in the node decides what it has to be given
export function createPlot(changed) {
  /** @type {any} Plotly hangs its own methods on it. */
  const node = h("div", { class: "plot" });
  const note = h("p", { class: "plot-note", role: "status" }); // until there is a chart
  /** @type {Figure | null} */
  let figure = null;
  /** @type {any} as the server made it */
  let layout = null;
  /** @type {string | null} */
  let key = null;
  /** @type {Figure | null} what Plotly has in the node */
  let drawn = null;
  let [drawnWidth, drawnHeight] = [0, 0]; // of the node; asking it while texts change would lay out the page at once
  /** @type {{x: [number, number], y: [number, number]} | null} */
  let part = null; // what the visitor zoomed in to
  let isOnPaper = false;

  const kindOf = (/** @type {Figure | null} */ drawing) => drawing?.data[0]?.type;

  const isLaidOut = () => node.clientWidth >= LEAST_PX && node.clientHeight >= LEAST_PX;

  async function draw() {
    if (!figure || !layout || !isLaidOut()) return; // the observer calls again
    const plotly = await arrived();
    if (node.isConnected) await drawWith(plotly);
  }

  /** Draw what is shown, as large as it is on the screen, or for paper. @param {any} plotly */
  async function drawWith(plotly) {
    if (!figure || !layout || !isLaidOut()) return;
    const { clientWidth, clientHeight } = node;
    const [width, height] = isOnPaper
      ? paperSize(clientWidth, clientHeight, widthOnPaper(node), layout.font.size)
      : [clientWidth, clientHeight];
    const before = kindOf(drawn);
    if (before && before !== kindOf(figure)) plotly.purge(node); // axes of the one would haunt the other
    const fit = fitted(figure.data, zoomed(layout, part), height, width);
    drawn = { ...figure, data: fit.data };
    [drawnWidth, drawnHeight] = [width, height];
    const reacting = plotly.react(node, fit.data, { ...fit.layout, width, height }, CONFIG);
    scalable(node, width, height); // at once: it is drawn but for what comes from elsewhere
    await reacting;
    scalable(node, width, height);
    changed();
  }

  /** Plotly; what keeps it away is told, and it is asked for again. Throws RequestError. */
  async function arrived() {
    if (!window.Plotly) setText(note, _("Loading the charts…"));
    try {
      const plotly = await loadPlotly();
      note.remove();
      return plotly;
    } catch (error) {
      const { text, message } = requestError(error);
      setText(note, `${_("The charts are not there.")} ${text ?? message} ${_("Trying again.")}`);
      setTimeout(() => node.isConnected && draw().catch(reportUnlessLost), RETRY_MS);
      throw error;
    }
  }

  /** Whether only lines had to be written anew, as where a lever moves and the axes stay.
   * @param {Figure} next */
  function wrote(next) {
    if (drawn?.id !== next.id || next.layout) return false;
    const { data } = fitted(next.data, layout, drawnHeight, drawnWidth);
    return haveOneForm(drawn.data, data) && writeData(node, data);
  }

  const observer = new ResizeObserver(() => draw().catch(reportUnlessLost));
  observer.observe(node);
  /** The browser prints as soon as this returns: what is drawn later does not come on paper.
   * @param {Event} event */
  function printed({ type }) {
    isOnPaper = type === "beforeprint";
    if (drawn && window.Plotly) drawWith(window.Plotly).catch(reportUnlessLost);
  }
  addEventListener("beforeprint", printed);
  addEventListener("afterprint", printed);

  return {
    node,
    note,
    key: () => key,
    figure: () => figure,
    layout: () => layout,
    /** The ends of the vertical axis, of a chart that has one in numbers. @returns {number[] | null} */
    axis: () => layout?.yaxis?.range ?? null,
    /** Where its axes are, in pixels of the node; null before it is drawn. */
    area: () => areaOf(node),
    isZoomed: () => part !== null,
    /** Show a part of it, or all. @param {typeof part} wanted */
    zoom(wanted) {
      part = wanted;
      draw().catch(reportUnlessLost);
    },
    /**
     * @param {Figure} next
     * @param {boolean} isMoving  the next one comes at once
     */
    async update(next, isMoving) {
      if (next.id !== figure?.id) part = null;
      figure = next;
      if (next.layout) {
        layout = next.layout;
        key = next.key;
      }
      if (!isMoving || !wrote(next)) await draw();
    },
    destroy() {
      observer.disconnect();
      removeEventListener("beforeprint", printed);
      removeEventListener("afterprint", printed);
      if (drawn && window.Plotly) window.Plotly.purge(node);
    },
  };
}

/**
 * A layout of a part of its chart: ticks are found anew there.
 * @param {any} layout
 * @param {{x: [number, number], y: [number, number]} | null} part
 */
function zoomed(layout, part) {
  if (!part) return layout;
  const { tickvals: _places, ticktext: texts = [], ...yaxis } = layout.yaxis;
  const percent = /%$/.test(texts[0] ?? "");
  return {
    ...layout,
    xaxis: { ...layout.xaxis, range: part.x },
    yaxis: {
      ...yaxis,
      range: part.y,
      automargin: true,
      tickmode: "auto",
      nticks: 6,
      tickformat: percent ? ".1%" : ",~r",
    },
  };
}

/** How wide the chart will be on a sheet, in pixels: the styles say so. @param {Element} node */
function widthOnPaper(node) {
  return Number(getComputedStyle(node).getPropertyValue("--on-paper")) || Infinity;
}

/**
 * The size to draw a chart in that is printed so wide, for letters that can be read there: a picture of
 * the screen's size would be made smaller, and they with it.
 * @param {number} width  on the screen, in pixels
 * @param {number} height
 * @param {number} wide  on paper
 * @param {number} font  size of its letters
 * @returns {[number, number]}
 */
export function paperSize(width, height, wide, font) {
  const drawn = Math.min(width, Math.floor((wide * font * POINTS) / PAPER_LETTER_PT));
  return [drawn, Math.min(height, Math.round(PAPER_MOST_HIGH * drawn))];
}

/** Let it be shown in any size, as on paper. */
function scalable(node, width, height) {
  for (const picture of node.querySelectorAll(".main-svg")) {
    picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }
}

/** @param {any} node @returns {import("./pointing.js").Area | null} */
function areaOf(node) {
  const { xaxis, yaxis } = node._fullLayout ?? {};
  if (!xaxis?.l2p || !yaxis?.l2p) return null;
  const [left, top] = [xaxis._offset, yaxis._offset];
  return {
    left,
    top,
    width: xaxis._length,
    height: yaxis._length,
    across: (x) => left + xaxis.l2p(x),
    up: (y) => top + yaxis.l2p(y),
    valueAt: (x) => xaxis.p2l(x - left),
    heightAt: (y) => yaxis.p2l(y - top),
  };
}

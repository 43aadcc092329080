// The node that Plotly draws a large chart in.

import { h } from "../kit/dom.js";
import { reportUnlessLost } from "../server/http.js";
import { haveOneForm, writeData } from "./paths.js";
import { loadPlotly } from "./plotly.js";

const CONFIG = { displayModeBar: false, responsive: false, doubleClick: "reset", showTips: false };
const LEAST_PX = 40; // of width and height: a smaller node is not laid out yet

/** A lasting node that gets new data; it is drawn anew when its size changes. */
export function createPlot() {
  /** @type {any} Plotly hangs its own methods on it. */
  const node = h("div", { class: "plot" });
  /** @type {Figure | null} */
  let figure = null;
  /** @type {any} as Plotly has it */
  let layout = null;
  /** @type {string | null} */
  let key = null;
  /** @type {Figure | null} what Plotly has in the node */
  let drawn = null;
  /** @type {{x: number[], y: number[]} | null} */
  let zoomedFrom = null; // ranges that the visitor zoomed in from

  const kindOf = (/** @type {Figure | null} */ one) => one?.data[0]?.type;

  async function draw() {
    if (!figure || !layout) return;
    const { clientWidth: width, clientHeight: height } = node;
    if (width < LEAST_PX || height < LEAST_PX) return; // the observer calls again
    const plotly = await loadPlotly();
    if (!node.isConnected) return;
    const before = kindOf(drawn);
    if (before && before !== kindOf(figure)) plotly.purge(node); // axes of the one would haunt the other
    drawn = figure;
    await plotly.react(node, figure.data, { ...zoomed(), width, height }, CONFIG);
    if (before !== kindOf(figure)) listen();
  }

  // Plotly gives up a zoom as soon as the range below it changes, so that range stays as it was.
  function zoomed() {
    if (!zoomedFrom) return layout;
    return {
      ...layout,
      xaxis: { ...layout.xaxis, range: zoomedFrom.x },
      yaxis: { ...layout.yaxis, range: zoomedFrom.y },
    };
  }

  function listen() {
    node.on("plotly_relayout", (change) => {
      if (Object.keys(change).some((name) => name.includes("axis.range["))) {
        zoomedFrom ??= { x: layout.xaxis.range, y: layout.yaxis.range };
      }
    });
    node.on("plotly_doubleclick", () => {
      zoomedFrom = null;
      draw();
    });
  }

  /** Whether only lines had to be written anew, as where a lever moves and the axes stay.
   * @param {Figure} next */
  function wrote(next) {
    return (
      drawn !== null &&
      drawn.id === next.id &&
      !next.layout &&
      haveOneForm(drawn.data, next.data) &&
      writeData(node, next.data)
    );
  }

  const observer = new ResizeObserver(() => draw().catch(reportUnlessLost));
  observer.observe(node);

  return {
    node,
    key: () => key,
    /** The ends of the vertical axis, of a chart that has one in numbers. @returns {number[] | null} */
    axis: () => layout?.yaxis?.range ?? null,
    /**
     * @param {Figure} next
     * @param {boolean} isMoving  the next one comes at once
     */
    async update(next, isMoving) {
      if (next.id !== figure?.id) zoomedFrom = null;
      figure = next;
      if (next.layout) {
        layout = next.layout;
        key = next.key;
      }
      if (!isMoving || !wrote(next)) await draw();
    },
    destroy() {
      observer.disconnect();
      if (drawn && window.Plotly) window.Plotly.purge(node);
    },
  };
}

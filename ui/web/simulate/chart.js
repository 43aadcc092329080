// The large charts: lasting Plotly nodes that get new data on every move.

import { _ } from "../i18n/messages.js";
import { h, newId, setAttribute, setText } from "../kit/dom.js";
import { reportUnlessLost, requestError } from "../server/http.js";
import { createPicker } from "./picker.js";
import { loadPlotly } from "./plotly.js";

const CONFIG = { displayModeBar: false, responsive: false, doubleClick: "reset", showTips: false };
const RETRY_MS = 3000;
const LEAST_PX = 40; // of width and height: a smaller node is not laid out yet

/**
 * The two charts of the Simulate page, each with its picker.
 * @param {Ctx} ctx
 */
export function createCharts(ctx) {
  const { store } = ctx;
  const charts = [0, 1].map((index) => {
    const picker = createPicker(ctx, {
      name: index,
      current: () => store.state.charts[index],
      choose(id) {
        const { charts: shown } = store.state;
        const other = shown[1 - index] === id ? shown[index] : shown[1 - index];
        store.set({ charts: index === 0 ? [id, other] : [other, id] });
      },
    });
    return createChart(index, picker);
  });
  const node = h(
    "section",
    { class: "charts", "aria-label": _("Charts") },
    charts.map((chart) => chart.node),
  );
  /** @type {Promise<unknown>} */
  let painted = Promise.resolve();

  function update(_state, answer) {
    if (!answer) return;
    painted = Promise.all(charts.map((chart, index) => chart.update(answer.charts[index])));
  }

  return {
    node,
    update,
    /** Resolves when the last update is on the screen. */
    get painted() {
      return painted;
    },
    /** Keys of the layouts that the browser has, by chart: the server need not send those again. */
    keys: () => charts.map((chart) => chart.key()),
    destroy() {
      for (const chart of charts) chart.destroy();
    },
    /** Show an outcome in the first chart. */
    bringUp(outcome) {
      const [first, second] = store.state.charts;
      if (first === outcome) return;
      store.set({ charts: [outcome, second === outcome ? first : second] });
    },
  };
}

/**
 * A large chart: a lasting node that gets new data.
 * @param {string|number} name  for tests and styles
 * @param {{node: HTMLElement, title: HTMLElement}} heading  what stands above it, as createPicker
 *   gives it; the title is set
 */
export function createChart(name, heading) {
  const plot = createPlot();
  const alt = h("p", { class: "unseen", id: newId() });
  const frame = h(
    "div",
    { class: "plot-frame", role: "img", "aria-describedby": alt.id },
    plot.node,
    plot.note,
  );
  const node = h(
    "figure",
    { class: "chart", "data-chart": name },
    h("figcaption", {}, heading.node),
    frame,
    alt,
  );
  return {
    node,
    /** Key of the layout that the browser has, or null. */
    key: plot.key,
    destroy: plot.destroy,
    async update(figure) {
      if (!figure) return;
      setText(heading.title, figure.title);
      setText(alt, figure.alt);
      setAttribute(frame, "aria-label", figure.title);
      setAttribute(node, "data-outcome", figure.id);
      await plot.update(figure);
    },
  };
}

/** The node that Plotly draws in; it is drawn anew when its size changes. */
function createPlot() {
  /** @type {any} Plotly hangs its own methods on it. */
  const node = h("div", { class: "plot" });
  const note = h("p", { class: "plot-note", role: "status" }); // until there is a chart
  /** @type {Figure | null} */
  let figure = null;
  /** @type {any} as Plotly has it */
  let layout = null;
  /** @type {string | null} */
  let key = null;
  /** @type {string | null} */
  let drawn = null; // kind of the figure in the node
  /** @type {{x: number[], y: number[]} | null} */
  let zoomedFrom = null; // ranges that the visitor zoomed in from

  async function draw() {
    if (!figure || !layout) return;
    const { clientWidth: width, clientHeight: height } = node;
    if (width < LEAST_PX || height < LEAST_PX) return; // the observer calls again
    const plotly = await arrived();
    if (!node.isConnected) return;
    const kind = figure.data[0]?.type;
    if (drawn && drawn !== kind) plotly.purge(node); // axes of the one would haunt the other
    const first = drawn !== kind;
    drawn = kind;
    await plotly.react(node, figure.data, { ...zoomed(), width, height }, CONFIG);
    if (first) listen();
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

  const observer = new ResizeObserver(() => draw().catch(reportUnlessLost));
  observer.observe(node);

  return {
    node,
    note,
    key: () => key,
    async update(next) {
      if (next.id !== figure?.id) zoomedFrom = null;
      figure = next;
      if (next.layout) {
        layout = next.layout;
        key = next.key;
      }
      await draw();
    },
    destroy() {
      observer.disconnect();
      if (drawn && window.Plotly) window.Plotly.purge(node);
    },
  };
}

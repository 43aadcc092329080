// The large charts: lasting Plotly nodes that get new data on every move.

import { _ } from "../i18n/messages.js";
import { h, newId, setAttribute, setText } from "../kit/dom.js";
import { createPicker } from "./picker.js";
import { createPlot } from "./plot.js";

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
    painted = Promise.all(
      charts.map((chart, index) => chart.update(answer.charts[index], !answer.exact)),
    );
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
    /** Their vertical axes, by chart. */
    axes: () => charts.map((chart) => chart.axis()),
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
    axis: plot.axis,
    destroy: plot.destroy,
    /** `isMoving`: the next figure comes at once. */
    async update(figure, isMoving = false) {
      if (!figure) return;
      setText(heading.title, figure.title);
      setText(alt, figure.alt);
      setAttribute(frame, "aria-label", figure.title);
      setAttribute(node, "data-outcome", figure.id);
      await plot.update(figure, isMoving);
    },
  };
}

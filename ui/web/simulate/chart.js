// The large charts: lasting Plotly nodes that get new data on every move.

import { createAsking } from "../charts/asking.js";
import { createChart } from "../charts/chart.js";
import { LETTER_PX } from "../charts/frame.js";
import { createTaking } from "../charts/take.js";
import { _ } from "../i18n/messages.js";
import { h } from "../kit/dom.js";
import { planInWords } from "../scenarios/name.js";
import { ask, request, unlessLost } from "../server/http.js";
import { refiningNote } from "./headline.js";
import { createPicker } from "./picker.js";

/**
 * The two charts of the Simulate page, each with its picker.
 * @param {Ctx} ctx
 * @param {() => object} question  what the server is asked about the page
 */
export function createCharts(ctx, question) {
  const { store, start } = ctx;
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
    const alone = () => ({ ...question(), charts: [store.state.charts[index]], layouts: [] });
    const taking = createTaking(ctx, {
      async figure() {
        const content = { ...alone(), theme: "light", font: LETTER_PX };
        return (await ask("answer", content)).charts[0];
      },
      async table() {
        const body = JSON.stringify({ ...alone(), language: start.language });
        const response = await request("board/chart-file", {
          method: "POST",
          body,
          type: "csv",
        });
        return unlessLost(response.blob());
      },
      of: () => planInWords(ctx),
    });
    return createChart(
      ctx.board,
      index,
      picker,
      refiningNote(), // the strip is covered by a chart as large as the window
      createAsking(ctx, () => store.state.charts[index]),
      ...taking,
    );
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
    /** Show an outcome in the second chart: the first one is that of the value, for most. */
    bringUp(outcome) {
      const [first, second] = store.state.charts;
      if (first !== outcome && second !== outcome) store.set({ charts: [first, outcome] });
    },
    /** As large as the window: the first, the second, none. */
    enlarge() {
      const place = charts.findIndex(({ enlarger }) => enlarger.isLarge());
      charts[place]?.enlarger.close();
      charts[place + 1]?.enlarger.enlarge();
    },
  };
}

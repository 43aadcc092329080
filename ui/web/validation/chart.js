// A published figure beside what the model says: a mark and a bar on a scale of their own.

import { _ } from "../i18n/messages.js";
import { h } from "../kit/dom.js";

/**
 * The chart, and the same in words for those who do not see it.
 * @param {ValidationChart} chart
 * @param {string} published  in words
 */
export function createChart(chart, published) {
  const { words, model, nothing, nothing_text: nothingText } = chart;
  return h(
    "figure",
    { class: "validation-chart" },
    h(
      "div",
      { class: "validation-track", role: "img", "aria-label": words },
      placed(h("span", { class: "band" }), chart.low, chart.high),
      placed(h("span", { class: "nothing" }), nothing),
      placed(h("span", { class: "central" }), chart.central),
      placed(h("span", { class: "published" }), chart.published),
      placed(h("span", { class: "nothing-text" }, nothingText), nothing),
    ),
    h(
      "figcaption",
      { "aria-hidden": "true" },
      h("span", {}, _("published"), " ", h("strong", {}, published)),
      h("span", {}, _("model"), " ", h("strong", {}, model)),
    ),
  );
}

/**
 * Put a mark on the scale, from one place to another, both 0-1.
 * @param {HTMLElement} node
 * @param {number} from
 * @param {number} to
 */
function placed(node, from, to = from) {
  node.style.setProperty("--from", String(from));
  node.style.setProperty("--to", String(to));
  return node;
}

// A large chart: what stands above it, the picture, and what it says where one points.

import { _ } from "../i18n/messages.js";
import { h, newId, setAttribute, setText } from "../kit/dom.js";
import { createEnlarger } from "./large.js";
import { createLegend } from "./legend.js";
import { createPlot } from "./plot.js";
import { createPointing } from "./pointing.js";
import { nearest, readingsAt, titleAt, written } from "./reading.js";

/**
 * A large chart: a lasting node that gets new data.
 * @param {HTMLElement} board
 * @param {string|number} name  for tests and styles
 * @param {{node: HTMLElement, title: HTMLElement}} heading  what stands above it, as createPicker
 *   gives it; the title is set
 * @param {...HTMLElement} tools  what else can be done with it
 */
export function createChart(board, name, heading, ...tools) {
  const plot = createPlot(drawn);
  const pointing = createPointing({
    area: plot.area,
    read: (x, y) => readingOf(plot, x, y),
    enlarge: () => enlarger.enlarge(),
    zoom(part) {
      plot.zoom(part);
      want(false);
    },
  });
  const alt = h("p", { class: "unseen", id: newId() });
  const hint = h(
    "p",
    { class: "chart-hint", hidden: true },
    _("Drag over the part that you want to see"),
  );
  const frame = h(
    "div",
    { class: "plot-frame", role: "img", "aria-describedby": alt.id },
    plot.node,
    plot.note,
    pointing.layer,
    pointing.readout,
    hint,
  );
  const legend = createLegend();
  const { zooming, whole } = zoomButtons(() => plot.zoom(null));
  const row = h("div", { class: "chart-tools" }, whole, zooming, tools);
  const node = h(
    "figure",
    { class: "chart", "data-chart": name },
    h("figcaption", {}, heading.node, row),
    legend.node,
    frame,
    alt,
  );
  const enlarger = createEnlarger(board, node, () => want(false));
  row.append(enlarger.button);

  /** Whether the next drag chooses a part. @param {boolean} isWanted */
  function want(isWanted) {
    pointing.setZooming(isWanted);
    setAttribute(zooming, "aria-pressed", String(isWanted));
    hint.hidden = !isWanted;
  }
  zooming.addEventListener("click", () => want(zooming.getAttribute("aria-pressed") !== "true"));

  function drawn() {
    whole.hidden = !plot.isZoomed();
    pointing.refresh();
  }

  return {
    node,
    plot,
    enlarger,
    /** Key of the layout that the browser has, or null. */
    key: plot.key,
    axis: plot.axis,
    destroy() {
      enlarger.close();
      pointing.destroy();
      plot.destroy();
    },
    /** @param {Figure} figure @param {boolean} isMoving  the next figure comes at once */
    async update(figure, isMoving = false) {
      if (!figure) return;
      setText(heading.title, figure.title);
      setText(alt, figure.alt);
      setAttribute(frame, "aria-label", figure.title);
      setAttribute(node, "data-outcome", figure.id);
      if (!isMoving) legend.show(figure.data);
      await plot.update(figure, isMoving);
    },
  };
}

/** What zooms in, and what shows all again. @param {() => void} showWhole */
function zoomButtons(showWhole) {
  return {
    zooming: h(
      "button",
      { type: "button", class: "tool wordy", "data-action": "zoom", "aria-pressed": "false" },
      _("Zoom in"),
    ),
    whole: h(
      "button",
      { type: "button", "data-action": "whole", hidden: true, onclick: showWhole },
      _("Whole chart"),
    ),
  };
}

/**
 * What a chart says at a place, in pixels of its node.
 * @param {ReturnType<typeof createPlot>} plot
 * @param {number} left
 * @param {number} top
 * @returns {ChartReading | null}
 */
function readingOf(plot, left, top) {
  const [figure, area] = [plot.figure(), plot.area()];
  if (!figure || !area) return null;
  const flow = areaAt(plot.node, figure.data, left - area.left, top - area.top);
  if (flow) return { title: "", rows: [{ lines: written(flow, 0), colour: "", dash: "solid" }] };
  const place = nearest(figure.data, area.valueAt(left));
  if (place === null) return null;
  return {
    title: titleAt(plot.layout(), place),
    left: area.across(place),
    points: pointsOf(figure.data, area),
    rows: readingsAt(figure.data, place).map(({ name, lines, colour, dash, y }) => ({
      name,
      lines,
      colour,
      dash,
      top: area.up(y),
    })),
  };
}

/**
 * Where the lines of a chart go, in pixels of its node.
 * @param {any[]} data
 * @param {import("./pointing.js").Area} area
 */
function pointsOf(data, area) {
  return data.flatMap(({ x, y, customdata, fill }) =>
    customdata && !fill
      ? x.map((/** @type {number} */ across, /** @type {number} */ index) => ({
          x: area.across(across),
          y: area.up(y[index]),
        }))
      : [],
  );
}

/** The trace of an area that says something, where one lies at a place of the axes. */
function areaAt(node, data, x, y) {
  for (const group of node.querySelectorAll(".scatterlayer .trace")) {
    const trace = data[group.__data__?.[0]?.trace?.index];
    if (!trace?.fill || !trace.customdata) continue;
    const [shape] = group.querySelectorAll(".js-fill");
    if (shape?.isPointInFill(new DOMPoint(x, y))) return trace;
  }
  return null;
}

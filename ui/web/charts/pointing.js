// Pointing at a chart: what it says at a place stands in the chart, on the side away from that: neither on the
// lines there, nor on anything around the chart. A finger that scrolls scrolls the page, and one that taps points.
// Only where zooming is wanted a drag chooses a part.

import { tied } from "../i18n/messages.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { placeBeside, roomBeside } from "./reading.js";

const LEAST_PX = 12; // of a part that is zoomed in to
const ON_CHARTS = ".pair:not([hidden])"; // what may lie on a chart

/**
 * @typedef {{left: number, top: number, width: number, height: number, across(x: number): number,
 *   up(y: number): number, valueAt(left: number): number, heightAt(top: number): number}} Area
 */

/**
 * @param {object} chart
 * @param {() => Area | null} chart.area  where the chart's axes are, in pixels of the layer
 * @param {(x: number, y: number) => ChartReading | null} chart.read  what it says at a place, in pixels of
 *   the layer
 * @param {() => void} chart.enlarge
 * @param {(part: {x: [number, number], y: [number, number]}) => void} chart.zoom
 */
export function createPointing({ area, read, enlarge, zoom }) {
  const part = h("span", { class: "chart-part", hidden: true });
  const reading = createReading();
  const layer = h(
    "div",
    { class: "chart-layer", "aria-hidden": "true" },
    reading.guide,
    reading.dots,
    part,
  );
  /** @type {{x: number, y: number} | null} */
  let at = null; // where the pointer is
  /** @type {{x: number, y: number} | null} */
  let from = null; // where a part began
  let isZooming = false;

  function place(/** @type {PointerEvent | MouseEvent} */ event) {
    const { left, top } = layer.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  const show = () => reading.show(at && read(at.x, at.y), area, at?.x ?? 0);

  function leave() {
    at = null;
    show();
  }

  layer.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" && !isZooming) return; // a tap points
    at = place(event);
    if (from) showPart(part, from, at);
    show();
  });
  layer.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch") leave();
  });
  layer.addEventListener("click", (event) => {
    at = place(event);
    show();
  });
  layer.addEventListener("dblclick", enlarge);
  layer.addEventListener("pointerdown", (event) => {
    if (!isZooming || event.button !== 0) return;
    from = place(event);
    layer.setPointerCapture(event.pointerId);
  });
  layer.addEventListener("pointerup", (event) => {
    const start = from;
    from = null;
    part.hidden = true;
    const here = area();
    const chosen = start && here && partOf(start, place(event), here);
    if (chosen) zoom(chosen);
  });
  layer.addEventListener("pointercancel", () => {
    from = null;
    part.hidden = true;
  });
  // Who taps elsewhere has seen it.
  const elsewhere = (/** @type {Event} */ event) => {
    if (!(event.target instanceof Node && layer.contains(event.target))) leave();
  };
  document.addEventListener("pointerdown", elsewhere);

  return {
    layer,
    readout: reading.node,
    /** The chart is another one: what is said of it, too. */
    refresh: show,
    /** Whether a drag chooses a part. @param {boolean} isWanted */
    setZooming(isWanted) {
      isZooming = isWanted;
      layer.toggleAttribute("data-zooming", isWanted);
    },
    destroy: () => document.removeEventListener("pointerdown", elsewhere),
  };
}

/** What a chart says at a place: away from it, with a line and dots on it. */
function createReading() {
  const guide = h("span", { class: "chart-guide", hidden: true });
  const dots = h("span", { class: "chart-dots" });
  const title = h("span", { class: "reading-title" });
  const rows = h("span", { class: "reading-rows" });
  const node = h(
    "div",
    { class: "reading", "aria-hidden": "true", "data-empty": true },
    title,
    rows,
  );

  /** @param {ChartReading} reading @param {Area} axes @param {number} x  the place */
  function lay({ points = [] }, axes, x) {
    const { clientWidth: width = 0 } = node.parentElement ?? {};
    node.style.maxWidth = `${Math.floor(roomBeside(x, width))}px`;
    const box = { width: node.offsetWidth, height: node.offsetHeight };
    const { left, top } = placeBeside({ x, width, axes, box, free: freeOf(node), points });
    node.style.left = `${left}px`;
    node.style.top = `${top}px`;
  }

  return {
    node,
    guide,
    dots,
    /**
     * @param {ChartReading | null} reading
     * @param {() => Area | null} area  where the axes are
     * @param {number} x  where one points
     */
    show(reading, area, x) {
      setAttribute(node, "data-empty", !reading);
      guide.hidden = reading?.left === undefined;
      fill(dots);
      if (!reading) return;
      setText(title, reading.title);
      fill(rows, ...reading.rows.map(readingRow));
      const here = area();
      if (!here) return;
      lay(reading, here, reading.left ?? x);
      if (reading.left === undefined) return;
      const { left } = reading;
      guide.style.cssText = `left:${left}px;top:${here.top}px;height:${here.height}px`;
      fill(
        dots,
        ...reading.rows.map(({ top, colour }) => {
          const dot = h("i", {});
          dot.style.cssText = `left:${left}px;top:${top}px;border-color:${colour}`;
          return dot;
        }),
      );
    },
  };
}

/** What of a chart's height nothing else lies on, in pixels of it. @param {HTMLElement} node  in the chart
 * @returns {[number, number]} */
function freeOf(node) {
  const frame = node.parentElement?.getBoundingClientRect() ?? new DOMRect();
  const hint = node.parentElement?.querySelector(".chart-hint:not([hidden])");
  if (hint) return [hint.getBoundingClientRect().bottom - frame.top, frame.height];
  const other = node.closest(".board")?.querySelector(ON_CHARTS)?.getBoundingClientRect();
  const isOn = other && other.bottom > frame.top && other.top < frame.bottom;
  if (!isOn) return [0, frame.height];
  return other.top > frame.top
    ? [0, other.top - frame.top]
    : [other.bottom - frame.top, frame.height];
}

/**
 * The part of a chart between two places, as its axes count; null where it is too small for one.
 * @param {{x: number, y: number}} start
 * @param {{x: number, y: number}} end
 * @param {Area} here
 * @returns {{x: [number, number], y: [number, number]} | null}
 */
function partOf(start, end, here) {
  const within = (
    /** @type {number} */ value,
    /** @type {number} */ low,
    /** @type {number} */ size,
  ) => Math.min(Math.max(value, low), low + size);
  const xs = [start.x, end.x].map((x) => within(x, here.left, here.width)).sort(rising);
  const ys = [start.y, end.y].map((y) => within(y, here.top, here.height)).sort(rising);
  if (xs[1] - xs[0] < LEAST_PX || ys[1] - ys[0] < LEAST_PX) return null;
  return {
    x: [here.valueAt(xs[0]), here.valueAt(xs[1])],
    y: [here.heightAt(ys[1]), here.heightAt(ys[0])],
  };
}

const rising = (/** @type {number} */ first, /** @type {number} */ second) => first - second;

function showPart(part, from, to) {
  part.hidden = false;
  const [left, right] = [from.x, to.x].sort(rising);
  const [top, bottom] = [from.y, to.y].sort(rising);
  part.style.cssText = `left:${left}px;top:${top}px;width:${right - left}px;height:${bottom - top}px`;
}

/** A line and what is said of it. @param {ChartReading["rows"][number]} row */
export function readingRow({ name = "", lines, colour, dash }) {
  const [first, ...more] = lines;
  const isNamed = name !== "" && first.startsWith(name); // a long name gives way, its number does not
  const swatch = h(
    "svg:svg",
    { viewBox: "0 0 24 8", class: "reading-swatch", "aria-hidden": "true" },
    h("svg:path", { d: "M1 4h22", stroke: colour, "stroke-dasharray": dashOf(dash) }),
  );
  return h(
    "span",
    { class: "reading-row" },
    colour ? swatch : null,
    h(
      "span",
      { class: "reading-said" },
      h(
        "b",
        {},
        isNamed ? h("span", { class: "reading-called" }, name) : null,
        h("span", { class: "reading-number" }, isNamed ? first.slice(name.length) : first),
      ),
      more.map((line) => h("span", { class: "reading-more" }, tied(` ${line}`))),
    ),
  );
}

/** A dash as SVG takes it. @param {string} dash */
export function dashOf(dash) {
  return dash === "solid" ? null : dash.replaceAll("px", "");
}

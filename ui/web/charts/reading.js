// What a chart says at one place of it, in words. Nothing here touches the page.

import { textOf } from "./paths.js";

const GAP = 10; // pixels between a place and what is said of it

/**
 * The place nearest to one across that data have something to say about; null where they have nothing.
 * @param {any[]} data
 * @param {number} across
 * @returns {number | null}
 */
export function nearest(data, across) {
  const places = data.flatMap(({ x, customdata, fill }) => (customdata && !fill ? x : []));
  if (!places.length) return null;
  return places.reduce((best, place) =>
    Math.abs(place - across) < Math.abs(best - across) ? place : best,
  );
}

/**
 * What each line says at a place, the first the one that its data name first.
 * @param {any[]} data
 * @param {number} place
 * @returns {{name: string, lines: string[], colour: string, dash: string, y: number, rank: number}[]}
 */
export function readingsAt(data, place) {
  return data
    .filter(({ x, customdata, fill }) => customdata && !fill && x.includes(place))
    .map((trace) => {
      const index = trace.x.indexOf(place);
      const { line = {}, marker } = trace;
      return {
        name: textOf(trace.name ?? ""),
        lines: written(trace, index),
        colour: marker ? marker.line.color : line.color,
        dash: line.dash ?? "solid",
        y: trace.y[index],
        rank: trace.legendrank ?? 0,
      };
    })
    .sort((first, second) => first.rank - second.rank);
}

/**
 * The lines that a trace says of one of its points: its template, filled in.
 * @param {any} trace
 * @param {number} index
 */
export function written({ hovertemplate, customdata, name }, index) {
  const values = customdata[index];
  return hovertemplate
    .replace(/<extra>.*<\/extra>/, "")
    .split("<br>")
    .map((/** @type {string} */ line) =>
      textOf(
        line.replace(/%\{([^}]*)\}/g, (_whole, field) => {
          const place = /^customdata\[(\d)\]$/.exec(field);
          if (place) return values[Number(place[1])];
          return field === "customdata" ? values : (name ?? "");
        }),
      ),
    );
}

/**
 * Where what is said at a place lies: on the side away from that, within the axes if it fits, and above or below,
 * where it covers less of the lines.
 * @param {object} at  all in pixels of the chart
 * @param {number} at.x  the place
 * @param {number} at.width  of the chart
 * @param {{left: number, top: number, width: number, height: number}} at.axes
 * @param {{width: number, height: number}} at.box  what is said
 * @param {[number, number]} at.free  what of the height nothing else lies on
 * @param {{x: number, y: number}[]} at.points  of the lines
 * @returns {{left: number, top: number}}
 */
export function placeBeside({ x, width, axes, box, free, points }) {
  const left = isRight(x, width)
    ? Math.max(Math.min(axes.left, x - GAP - box.width), 0)
    : Math.min(
        Math.max(axes.left + axes.width - box.width, x + GAP),
        Math.max(width - box.width, 0),
      );
  const covered = (/** @type {number} */ top) =>
    points.filter(
      (point) =>
        point.x >= left &&
        point.x <= left + box.width &&
        point.y >= top &&
        point.y <= top + box.height,
    ).length;
  const [least, most] = [free[0], Math.max(free[1] - box.height, free[0])];
  const [above, below] = [axes.top, axes.top + axes.height - box.height].map((top) =>
    Math.min(Math.max(top, least), most),
  );
  return { left, top: covered(below) < covered(above) ? below : above };
}

/** How wide what is said at a place may be. @param {number} x @param {number} width  of the chart */
export function roomBeside(x, width) {
  return (isRight(x, width) ? x : width - x) - GAP;
}

/** Whether a place lies in the right half. @param {number} x @param {number} width */
function isRight(x, width) {
  return x > width / 2;
}

/**
 * What stands above all that is said at a place.
 * @param {any} layout
 * @param {number} place
 */
export function titleAt(layout, place) {
  const template = layout.xaxis?.unifiedhovertitle?.text;
  return template ? textOf(template.replace("%{x}", String(place))) : "";
}

// What a chart says at one place of it, in words. Nothing here touches the page.

import { textOf } from "./paths.js";

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
 * @returns {{lines: string[], colour: string, dash: string, y: number, rank: number}[]}
 */
export function readingsAt(data, place) {
  return data
    .filter(({ x, customdata, fill }) => customdata && !fill && x.includes(place))
    .map((trace) => {
      const index = trace.x.indexOf(place);
      const { line = {}, marker } = trace;
      return {
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
 * What stands above all that is said at a place.
 * @param {any} layout
 * @param {number} place
 */
export function titleAt(layout, place) {
  const template = layout.xaxis?.unifiedhovertitle?.text;
  return template ? textOf(template.replace("%{x}", String(place))) : "";
}

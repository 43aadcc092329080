// Planes of two assumptions as a picture to take away.

import { _ } from "../../i18n/messages.js";
import { h } from "../../kit/dom.js";
import { outline } from "../../kit/planes.js";
import {
  createFrame,
  createMeasure,
  filled,
  INK,
  LETTER_PX,
  MUTED,
  text,
  wrapped,
} from "../frame.js";

const COLUMNS = 3;
const GAP = 32;
const SMALL_PX = 15;
const SMALL_ROW = 19;
const GUTTER = 92;
const LINE = 23;

/**
 * @param {AnalysisPlane[]} planes
 * @param {DrawingWords} words
 */
export function planesPicture(planes, { title, about, colours, source }) {
  const plan = colours.get("--plan");
  const frame = createFrame({
    title,
    about,
    source,
    legend: [
      { name: _("another answer"), draw: (x, y) => shaded({ x, y: y - 9, width: 36, height: 18 }) },
      {
        name: _("middle of both"),
        draw: (x, y) => h("svg:circle", { cx: x + LETTER_PX, cy: y, r: 5, fill: INK }),
      },
    ],
  });
  const measure = createMeasure();
  const width = (frame.width - GAP * (COLUMNS - 1)) / COLUMNS;
  const side = { width: width - GUTTER, height: (width - GUTTER) / 1.5 };
  const names = planes.map(({ second }) =>
    wrapped(second, (part) => measure(part, LETTER_PX, 700), width),
  );
  const label = LINE * Math.max(...names.map((lines) => lines.length)) + 8;
  const row = label + side.height + SMALL_ROW + 2 * LINE + 16;

  /** @param {Record<string, unknown>} place */
  function shaded(place) {
    const look = { ...filled(plan ?? ""), "fill-opacity": 0.25, stroke: plan, "stroke-width": 2 };
    return h(place.d ? "svg:path" : "svg:rect", { ...place, ...look });
  }

  const drawn = planes.map(({ places, between, first, first_ends, second_ends }, index) => {
    const [x, y] = [(index % COLUMNS) * (width + GAP), Math.floor(index / COLUMNS) * row];
    const right = { "text-anchor": "end" };
    const small = { "font-size": SMALL_PX, fill: MUTED };
    const upward = (/** @type {string} */ words, /** @type {number} */ at) =>
      text(
        wrapped(words, (part) => measure(part, SMALL_PX), GUTTER - 10),
        GUTTER - 8,
        label + at,
        { ...small, ...right },
        SMALL_ROW,
      );
    const under = label + side.height + SMALL_ROW;
    return h(
      "svg:g",
      { transform: `translate(${x} ${y})` },
      text(
        names[index],
        0,
        LINE * (1 + (label - 8) / LINE - names[index].length) - 6,
        {
          "font-weight": 700,
        },
        LINE,
      ),
      upward(second_ends[1], SMALL_ROW),
      upward(second_ends[0], side.height - SMALL_ROW),
      h(
        "svg:g",
        { transform: `translate(${GUTTER} ${label})` },
        shaded({ d: outline(places, between, side.width, side.height) }),
        h("svg:rect", { ...side, fill: "none", stroke: INK }),
        h("svg:circle", { cx: side.width / 2, cy: side.height / 2, r: 5, fill: INK }),
      ),
      text(first_ends[0], GUTTER, under, small),
      text(first_ends[1], width, under, { ...small, ...right }),
      text(
        wrapped(first, (part) => measure(part, LETTER_PX, 700), width),
        width,
        under + LINE,
        { ...right, "font-weight": 700 },
        LINE,
      ),
    );
  });
  return frame.whole(row * Math.ceil(planes.length / COLUMNS), drawn);
}

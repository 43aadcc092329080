// Ways that part in one month as a picture to take away.

import { span } from "../../kit/branches.js";
import { h } from "../../kit/dom.js";
import { points } from "../../kit/sparkline.js";
import { createFrame, createMeasure, INK, MUTED, text } from "../frame.js";

const HEIGHT = 420;
const NEAR = 22; // pixels between amounts at the side
const FOOT = 34;

/**
 * @param {NonNullable<AnalysisReply["chart"]>} chart
 * @param {DrawingWords} words
 */
export function branchesPicture(chart, { title, about, colours, source }) {
  const { lines, month, review, start, end, low, high, zero } = chart;
  const looks = looksOf(colours);
  const legend = lines.map(({ label, end: amount }, place) => ({
    name: `${label} ${amount}`,
    ...looks[place],
  }));
  const ground = { name: `${zero.label} ${zero.amount}`, colour: colours.get("--baseline") };
  const frame = createFrame({
    title: `${title}: ${chart.title}`,
    about,
    source,
    legend: [...legend, ground],
  });
  const measure = createMeasure();
  const axis = span(lines.flatMap(({ values }) => values));
  const gutter = Math.max(...[low, high, zero.amount].map((amount) => measure(amount))) + 16;
  const width = frame.width - gutter;
  const months = lines[0].values.length - 1;
  const level = HEIGHT - ((0 - axis[0]) / (axis[1] - axis[0])) * HEIGHT;
  const part = (month / months) * width;
  const side = { "text-anchor": "end", fill: MUTED };
  const isLate = month / months > 0.6;
  return frame.whole(
    HEIGHT + FOOT,
    text(level > NEAR ? high : "", gutter - 10, 14, side),
    text(level < HEIGHT - NEAR ? low : "", gutter - 10, HEIGHT, side),
    text(zero.amount, gutter - 10, level + 6, side),
    h(
      "svg:g",
      { transform: `translate(${gutter} 0)` },
      h("svg:path", { d: `M0 0V${HEIGHT}H${width}`, fill: "none", stroke: colours.get("--line") }),
      h("svg:path", { d: `M0 ${level}H${width}`, stroke: ground.colour, "stroke-width": 2 }),
      h("svg:path", {
        d: `M${part} 0V${HEIGHT}`,
        stroke: INK,
        "stroke-width": 1.5,
        "stroke-dasharray": "2 3",
      }),
      // The first is drawn last: until the month of the review all lie on each other.
      lines
        .map(({ values }, place) =>
          h("svg:path", {
            d: `M${points(values, axis, width, HEIGHT).join("L")}`,
            fill: "none",
            stroke: looks[place].colour,
            "stroke-width": place ? 3 : 4,
            "stroke-dasharray": looks[place].dash?.replaceAll("px", ""),
          }),
        )
        .reverse(),
      text(review, part + (isLate ? -8 : 8), 14, {
        "font-weight": 600,
        "text-anchor": isLate ? "end" : "start",
      }),
      text(start, 0, HEIGHT + 24, { fill: MUTED }),
      text(end, width, HEIGHT + 24, side),
    ),
  );
}

/** As on the page (styles/branches.css). @param {Map<string, string>} colours */
function looksOf(colours) {
  const plan = colours.get("--plan");
  return [
    { colour: plan, dash: undefined },
    { colour: INK, dash: "9px,5px" },
    { colour: INK, dash: "2px,5px" },
    { colour: plan, dash: "14px,4px,2px,4px" },
  ];
}

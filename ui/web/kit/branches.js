// A chart of ways that part in one month: a line each, with the month marked. All words come from
// the server. Each line has a look of its own besides its colour (styles/branches.css).

import { h } from "./dom.js";
import { HEIGHT, line, WIDTH } from "./sparkline.js";

const NEAR = 0.2;

/**
 * @param {NonNullable<AnalysisReply["chart"]>} chart
 * @param {() => Child[]} tools  what can be done with it
 */
export function branches(chart, tools) {
  const { lines, month, title, review, start, end, low, high, zero } = chart;
  const axis = span(lines.flatMap(({ values }) => values));
  const months = lines[0].values.length - 1;
  const ground = HEIGHT - ((0 - axis[0]) / (axis[1] - axis[0])) * HEIGHT;
  const part = (month / months) * WIDTH;
  const drawing = h(
    "svg:svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    h("svg:line", { class: "ground", x1: 0, x2: WIDTH, y1: ground, y2: ground }),
    h("svg:line", { class: "review", x1: part, x2: part, y1: 0, y2: HEIGHT }),
    // The first is drawn last: until the month of the review all lie on each other.
    lines
      .map(({ values }, place) =>
        h("svg:path", { class: "branch", "data-place": place, d: line(values, axis) }),
      )
      .reverse(),
  );
  const mark = h("span", { class: "branches-review" }, review);
  mark.style.setProperty("--at", (month / months).toFixed(4));
  mark.classList.toggle("is-late", month / months > 0.6);
  const level = h("span", { class: "branches-zero" }, zero.amount);
  level.style.setProperty("--at", (ground / HEIGHT).toFixed(4));
  const apart = HEIGHT * NEAR; // amounts at an end that would lie on that of nothing are left out
  return h(
    "figure",
    { class: "branches" },
    h(
      "figcaption",
      { class: "drawing-head" },
      h("span", {}, title),
      h("div", { class: "drawing-tools" }, tools()),
    ),
    h(
      "div",
      { class: "branches-plot", "aria-hidden": "true" },
      drawing,
      h("span", { class: "branches-high" }, ground > apart ? high : ""),
      h("span", { class: "branches-low" }, ground < HEIGHT - apart ? low : ""),
      level,
      mark,
    ),
    h(
      "div",
      { class: "branches-axis", "aria-hidden": "true" },
      h("span", {}, start),
      h("span", {}, end),
    ),
    h(
      "ul",
      { class: "branches-key" },
      lines.map(({ label, end: amount }, place) =>
        key({ class: "branch", "data-place": place }, label, amount),
      ),
      key({ class: "ground" }, zero.label, zero.amount),
    ),
  );
}

/** @param {Record<string, unknown>} look @param {string} label @param {string} amount  at the end */
function key(look, label, amount) {
  return h(
    "li",
    {},
    h(
      "svg:svg",
      { viewBox: "0 0 40 6", "aria-hidden": "true" },
      h("svg:path", { ...look, d: "M0,3L40,3" }),
    ),
    h("span", {}, label, " ", h("strong", {}, amount)),
  );
}

/**
 * From the least to the most, with zero, and some room at both ends.
 * @param {number[]} values
 * @returns {[number, number]}
 */
export function span(values) {
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values);
  const room = (most - least || 1) * 0.06;
  return [least - room, most + room];
}

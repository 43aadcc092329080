// How the difference between two scenarios is spread: a bar for each range of it.

import { _ } from "../i18n/messages.js";
import { amountButton } from "../kit/amounts.js";
import { fill, h, newId, setText } from "../kit/dom.js";
import { tellCounted } from "./counted.js";
import { stroke } from "./parts.js";

const HEIGHT = 100; // of the histogram's own grid; it is stretched to its frame
const GAP = 0.08; // between bars, of a bar
// Beyond these a text is so near to an edge that it does not stand in the middle below its tick.
const EDGES = { start: 0.07, end: 0.93 };

/**
 * The bars on a grid of 1 by HEIGHT, the highest as high as that.
 * @param {{counts: number[], edges: number[], zero: number}} spread
 * @returns {{x: number, y: number, width: number, height: number, ahead: boolean}[]}  `ahead`:
 *   the difference is above zero
 */
export function barsOf({ counts, edges, zero }) {
  const most = Math.max(...counts);
  return counts.map((count, index) => {
    const [from, to] = [edges[index], edges[index + 1]];
    const height = (HEIGHT * count) / most;
    return {
      x: from + ((to - from) * GAP) / 2,
      y: HEIGHT - height,
      width: (to - from) * (1 - GAP),
      height,
      ahead: (from + to) / 2 > zero,
    };
  });
}

/**
 * The bar that stands at a place, 0-1 from left, whatever its height; the outermost reach on.
 * @param {number[]} edges  of the bars, ascending
 * @param {number} place
 */
export function barAt(edges, place) {
  const before = edges.filter((edge) => edge <= place).length - 1;
  return Math.min(Math.max(before, 0), edges.length - 2);
}

/**
 * The histogram, and the same as a table.
 * @param {Ctx} ctx
 */
export function createHistogram(ctx) {
  const alt = h("p", { class: "unseen", id: newId() });
  /** How the whole came about. @type {(button: HTMLElement) => void} */
  let ask = () => {};
  const all = (/** @type {Event} */ { currentTarget }) =>
    ask(/** @type {HTMLElement} */ (currentTarget));
  const bars = createBars();
  const range = createRange(all);
  const ticks = h("div", { class: "compare-ticks", "aria-hidden": "true", onclick: all });
  const table = createTable();
  const sides = h("div", { class: "compare-sides" });
  const node = h(
    "figure",
    { class: "compare-histogram" },
    sides,
    h(
      "div",
      { role: "img", "aria-label": _("How the difference is spread"), "aria-describedby": alt.id },
      bars.node,
      range.node,
      ticks,
    ),
    alt,
    table.node,
  );
  return {
    node,
    /**
     * @param {any} answer
     * @param {Mark[]} marks
     * @param {string} rule  of the words for a chance
     * @param {import("./counted.js").Question} question  that it is the answer to
     */
    update(answer, marks, rule, question) {
      const { first, second, spread } = answer;
      node.hidden = !spread;
      if (!spread) return;
      setText(alt, answer.alt);
      const tell = (/** @type {HTMLElement} */ button, /** @type {any} */ said) =>
        tellCounted(ctx, button, said, question, { of: "pair" });
      ask = (button) => tell(button, { title: answer.difference, text: rule, how: answer.how });
      const text = _("In how many cases the difference lies in this range.");
      const askBar = (/** @type {HTMLElement} */ button, /** @type {number} */ index) =>
        tell(button, { title: spread.rows[index][0], text, how: spread.bars[index] });
      fill(sides, side(marks[first], answer.worse, ask), side(marks[second], answer.better, ask));
      bars.show(spread, [marks[first], marks[second]], askBar);
      range.show(spread);
      fill(ticks, ...spread.ticks.map(tick));
      table.show(spread.rows, askBar);
    },
  };
}

/** Whose side of zero this is. @param {Mark} mark @param {string} text */
function side(mark, text, ask) {
  return h("span", { class: "compare-side" }, stroke(mark), amountButton(text, ask));
}

/** The bars. Each says what it counts to whoever clicks on it; the table below has the same for all. */
function createBars() {
  const picture = h("svg:svg", {
    viewBox: `0 0 1 ${HEIGHT}`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
    focusable: "false",
  });
  const zero = h("span", { class: "compare-zero" });
  const node = h("div", { class: "compare-bars", onclick: ask }, picture, zero);
  /** @type {any} */
  let shown = null; // the spread that is drawn
  /** @type {(bar: HTMLElement, index: number) => void} */
  let askBar = () => {};

  /** @param {MouseEvent} event */
  function ask({ clientX }) {
    const { left, width } = node.getBoundingClientRect();
    const index = barAt(shown.edges, (clientX - left) / width);
    askBar(/** @type {any} */ (picture.children[index]), index);
  }

  return {
    node,
    show(spread, [first, second], tell) {
      shown = spread;
      askBar = tell;
      const bars = barsOf(spread).map(({ ahead, ...box }) =>
        h("svg:rect", { ...box, "data-letter": (ahead ? second : first).letter }),
      );
      fill(picture, ...bars);
      zero.hidden = spread.zero < 0 || spread.zero > 1;
      zero.style.left = percent(spread.zero);
    },
  };
}

/** Where 8 of 10 cases lie, and the middle of all. @param {(event: Event) => void} onclick */
function createRange(onclick) {
  const span = h("span", { class: "compare-span" });
  const middle = h("span", { class: "compare-middle" });
  return {
    node: h("div", { class: "compare-range", onclick }, span, middle),
    show({ low, central, high }) {
      span.style.left = percent(low);
      span.style.right = percent(1 - high);
      middle.style.left = percent(central);
    },
  };
}

function tick({ place, text }) {
  const edge = place < EDGES.start ? "start" : place > EDGES.end ? "end" : null;
  const node = h("span", { "data-edge": edge }, text);
  node.style.left = percent(place);
  return node;
}

function percent(place) {
  return `${100 * Math.min(Math.max(place, 0), 1)}%`;
}

function createTable() {
  const rows = h("tbody", {});
  const headings = [_("Difference"), _("Cases")].map((text) => h("th", { scope: "col" }, text));
  return {
    node: h(
      "details",
      {},
      h("summary", {}, _("The same as a table")),
      h("table", { class: "table" }, h("thead", {}, h("tr", {}, headings)), rows),
    ),
    show(ranges, ask) {
      const row = ([range, count], index) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, range),
          h(
            "td",
            {},
            amountButton(count, (button) => ask(button, index)),
          ),
        );
      fill(rows, ...ranges.map(row));
    },
  };
}

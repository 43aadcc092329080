import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, fitted } from "../../ui/web/charts/low.js";

const FONT = 10;
const LAYOUT = {
  font: { size: FONT },
  margin: { t: 20, b: 30 },
  yaxis: { range: [-1, 1], tickvals: [-1, -0.5, 0, 0.5, 1], ticktext: ["a", "b", "0", "c", "d"] },
};
const LABELS = {
  type: "scatter",
  mode: "text",
  cliponaxis: false,
  text: ["<b>plan<br>5</b>", "as now"],
  y: [0.1, 0],
};
const LETTERS = { ...LABELS, text: ["<b>\u200aA</b>", "<b>\u200aB</b>"], y: [0, 0] };
const LINE = { type: "scatter", mode: "lines", y: [0, 1] };

test("in a low chart labels do not overlap and every other tick stays", () => {
  const { data, layout } = fitted([LINE, LABELS], LAYOUT, 20 + 30 + 3.75 * FONT);
  assert.equal(data[0], LINE);
  const [plan, baseline] = data[1].y;
  const rows = ((plan - baseline) / 2) * 3.75; // in font sizes
  assert.ok(Math.abs(rows - 1.25 * 1.5) < 1e-9);
  assert.ok(plan + 2 * (1.25 / 3.75) <= 1 + 1e-9 && baseline - 1.25 / 3.75 >= -1 - 1e-9);
  const letters = fitted([LETTERS], LAYOUT, 20 + 30 + 3.75 * FONT).data[0].y;
  assert.ok(Math.abs(((letters[1] - letters[0]) / 2) * 3.75 - 1) < 1e-9);
  assert.deepEqual(layout.yaxis.tickvals, [-1, 0, 1]);
  assert.deepEqual(layout.yaxis.ticktext, ["a", "0", "d"]);
});

test("where there is room all stays where the server put it", () => {
  const labels = { ...LABELS, y: [0.5, -0.5] };
  const { data, layout } = fitted([labels], LAYOUT, 400);
  assert.deepEqual(data[0].y, labels.y);
  assert.equal(layout, LAYOUT);
  const flow = { data: [{ type: "sankey" }], layout: { font: { size: FONT } } };
  assert.deepEqual(fitted(flow.data, flow.layout, 400), flow);
});

test("in a tall chart labels come as close to their lines as their height lets them", () => {
  const far = { ...LABELS, meta: [0.1, 0], y: [0.3, -0.2] };
  const near = (height) => fitted([far], LAYOUT, height).data[0].y;
  const [plan, baseline] = near(20 + 30 + 60 * FONT);
  assert.ok(plan - baseline >= 0.1 - 1e-9);
  assert.ok(plan < far.y[0] && baseline > far.y[1]);
  for (const [place, value] of near(20 + 30 + 600 * FONT).entries()) {
    assert.ok(Math.abs(value - far.meta[place]) < 1e-9);
  }
});

test("labels are moved as little as can be, and keep their order", () => {
  const places = apart([0.5, 0.52, 0.1], [0.2, 0.2, 0.2]);
  assert.deepEqual(
    places.map((place) => Math.round(place * 100) / 100),
    [0.41, 0.61, 0.1],
  );
  assert.deepEqual(
    apart([0, 0, 0], [0.5, 0.5, 0.5]).map((place) => Math.round(place * 6)),
    [1, 3, 5],
  );
});

test("a narrow chart leaves an amount at the end of a line to the headline", () => {
  const layout = { ...LAYOUT, margin: { ...LAYOUT.margin, r: 90 }, meta: { narrow_right: 40 } };
  const across = { tickvals: [0, 12], ticktext: ["now", "1"], linecolor: "grey" };
  const drawn = (width) => fitted([LINE, LABELS], { ...layout, xaxis: across }, 400, width);
  const narrow = drawn(49 * FONT);
  assert.deepEqual(narrow.data[1].text, ["<b>plan</b>", "as now"]);
  assert.deepEqual(narrow.layout.margin, { ...LAYOUT.margin, r: 40 });
  assert.deepEqual(drawn(51 * FONT).data[1].text, LABELS.text);
  assert.equal(drawn(51 * FONT).layout.margin.r, 90);
});

test("a narrow chart names the ends of its axes, and zero between them", () => {
  const across = { tickvals: [0, 12, 24], ticktext: ["now", "1", "2"], linecolor: "grey" };
  const layout = { ...LAYOUT, xaxis: across };
  const narrow = fitted([], layout, 400, 49 * FONT).layout;
  assert.deepEqual(narrow.yaxis.ticktext, ["a", "", "0", "", "d"]);
  assert.deepEqual(narrow.xaxis.ticktext, ["now", "", "2"]);
  assert.deepEqual(narrow.yaxis.tickvals, LAYOUT.yaxis.tickvals, "lines of the grid stay");
  assert.equal(fitted([], layout, 400, 51 * FONT).layout, layout);
  const around = {
    range: [9, 13],
    tickvals: [9.5, 10, 10.5, 11],
    ticktext: ["9.5", "10", "10.5", "11"],
  };
  const { yaxis } = fitted([], { ...layout, yaxis: around }, 400, 49 * FONT).layout;
  assert.deepEqual(yaxis.ticktext, ["9.5", "", "", "11"]);
});

test("ways that part are named where no label touches another, all of them or none", () => {
  const ways = ["goes on", "stays", "goes back"];
  const staged = {
    ...LABELS,
    text: [...LABELS.text, ...ways],
    hovertext: ["", "", "way", "way", "way"],
    y: [0.1, 0, 0.2, -0.1, 0],
  };
  const placed = (room) => fitted([staged], LAYOUT, 20 + 30 + room * FONT).data[0];
  const least = 0.8 * 1.25 * 6;
  assert.deepEqual(placed(least + 0.01).text, staged.text);
  const { text, y } = placed(least - 0.01);
  assert.deepEqual(text, [...LABELS.text, "", "", ""]);
  assert.ok(((y[0] - y[1]) / 2) * least >= 1.25 * 1.5 - 1e-2, "the others are apart in full");
});

test("a stroke leads from the end of a line to its letter, wherever that was moved", () => {
  const letters = {
    ...LETTERS,
    x: [60, 60],
    y: [0.4, 0.3],
    meta: [0.02, 0],
    textfont: { color: ["red", "blue"] },
  };
  const layout = { ...LAYOUT, xaxis: { range: [0, 60] }, shapes: [{ type: "rect" }] };
  const drawn = fitted([LABELS, letters], layout, 20 + 30 + 20 * FONT);
  const [first, ...leaders] = drawn.layout.shapes;
  assert.equal(first.type, "rect");
  assert.deepEqual(
    leaders.map(({ y0, y1, line, xanchor }) => [y0, y1, line.color, xanchor]),
    [0.02, 0].map((end, place) => [end, drawn.data[1].y[place], ["red", "blue"][place], 1]),
  );
  assert.ok(drawn.data[1].y[0] > drawn.data[1].y[1], "in the order of the lines");
  const part = { ...layout, xaxis: { range: [0, 30] } };
  assert.equal(fitted([letters], part, 400).layout.shapes.length, 1, "the ends are out of sight");
});

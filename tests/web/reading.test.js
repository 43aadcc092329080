import assert from "node:assert/strict";
import { test } from "node:test";

import {
  nearest,
  placeBeside,
  readingsAt,
  roomBeside,
  titleAt,
} from "../../ui/web/charts/reading.js";

const BAND = { x: [0, 1, 2, 2, 1, 0], y: [1, 2, 3, 0, 0, 0], fill: "toself" };
const line = (legendrank, name, color, more = {}) => ({
  legendrank,
  name,
  x: [0, 1, 2],
  y: [0, 10, 20],
  line: { color, dash: "4px,3px" },
  customdata: [["0"], ["10"], ["20"]],
  hovertemplate: "%{fullData.name}: %{customdata[0]}<extra></extra>",
  ...more,
});
const PLAN = line(1, "plan", "#00f", {
  customdata: [0, 1, 2].map((one) => [String(one), `−${one}`, "9"]),
  hovertemplate:
    "<b>%{fullData.name}: %{customdata[0]}</b><br>8 of 10: %{customdata[1]} to %{customdata[2]}<extra></extra>",
});

test("the nearest place is one that lines say something about", () => {
  const data = [BAND, line(2, "as now", "#a50"), PLAN];
  assert.equal(nearest(data, 1.4), 1);
  assert.equal(nearest(data, -7), 0);
  assert.equal(nearest([BAND], 1), null);
});

test("each line says its value in its colour, the plan first and with its range", () => {
  const rows = readingsAt([BAND, line(5, "A &lt;b&gt; %{y}", "#a50"), PLAN], 1);
  assert.deepEqual(
    rows.map(({ name, lines, colour, dash, y }) => [name, lines, colour, dash, y]),
    [
      ["plan", ["plan: 1", "8 of 10: −1 to 9"], "#00f", "4px,3px", 10],
      ["A <b> %{y}", ["A <b> %{y}: 10"], "#a50", "4px,3px", 10],
    ],
  );
});

test("the title names the place", () => {
  const layout = { xaxis: { unifiedhovertitle: { text: "month %{x} &amp; more" } } };
  assert.equal(titleAt(layout, 30), "month 30 & more");
  assert.equal(titleAt({}, 30), "");
});

const AXES = { left: 40, top: 30, width: 300, height: 200 };

test("what is said lies on the side away from the place, within the chart", () => {
  for (let x = 40; x <= 340; x += 10) {
    const box = { width: Math.min(roomBeside(x, 400), 180), height: 120 };
    const at = { x, width: 400, axes: AXES, box, free: [0, 260], points: [] };
    const { left, top } = placeBeside(at);
    assert.ok(left >= 0 && left + box.width <= 400, `${x}`);
    assert.ok(left + box.width < x || left > x, `${x}`);
    assert.ok(top >= 0 && top + box.height <= 260, `${x}`);
  }
});

test("it lies where it covers less of the lines, and on nothing that lies on the chart", () => {
  const at = { x: 300, width: 400, axes: AXES, box: { width: 150, height: 90 }, free: [0, 260] };
  const along = (y) => Array.from({ length: 20 }, (_none, place) => ({ x: 40 + 10 * place, y }));
  assert.equal(placeBeside({ ...at, points: along(50) }).top, 140);
  assert.equal(placeBeside({ ...at, points: along(200) }).top, 30);
  assert.equal(placeBeside({ ...at, points: along(50), free: [0, 200] }).top, 110);
  assert.equal(placeBeside({ ...at, points: along(200), free: [100, 260] }).top, 100);
});

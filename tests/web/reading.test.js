import assert from "node:assert/strict";
import { test } from "node:test";

import { nearest, readingsAt, titleAt } from "../../ui/web/charts/reading.js";

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
    rows.map(({ lines, colour, dash, y }) => [lines, colour, dash, y]),
    [
      [["plan: 1", "8 of 10: −1 to 9"], "#00f", "4px,3px", 10],
      [["A <b> %{y}: 10"], "#a50", "4px,3px", 10],
    ],
  );
});

test("the title names the place", () => {
  const layout = { xaxis: { unifiedhovertitle: { text: "month %{x}, € &amp; more" } } };
  assert.equal(titleAt(layout, 30), "month 30, € & more");
  assert.equal(titleAt({}, 30), "");
});

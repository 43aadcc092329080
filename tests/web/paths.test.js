import assert from "node:assert/strict";
import { test } from "node:test";

import { haveOneForm, linesOf, pathOf, writeData } from "../../ui/web/charts/paths.js";

const LINE = {
  type: "scatter",
  mode: "lines",
  x: [0, 1, 2],
  y: [1, 2, 4],
  line: { color: "#000" },
};
const TEXTS = { type: "scatter", mode: "text", x: [2], y: [4], text: ["<b>plan<br>−€80K</b>"] };

test("a path goes through its points, in pixels", () => {
  const path = pathOf(
    LINE,
    (x) => 10 * x,
    (y) => 50 - y / 3,
  );
  assert.equal(path, "M0.00,49.67L10.00,49.33L20.00,48.67");
});

test("where there is no value another line begins", () => {
  const same = (value) => value;
  const path = pathOf({ x: [0, 1, null, 2, 3], y: [0, 0, null, 1, 1] }, same, same);
  assert.equal(path, "M0.00,0.00L1.00,0.00M2.00,1.00L3.00,1.00");
});

test("one form is the same lines elsewhere; anything else is for Plotly", () => {
  const before = [LINE, TEXTS];
  const moved = [
    { ...LINE, y: [3, 3, 3] },
    { ...TEXTS, y: [0], text: ["<b>plan<br>€9K</b>"] },
  ];
  assert.ok(haveOneForm(before, moved));
  for (const other of [
    [LINE],
    [{ ...LINE, x: [0, 1], y: [1, 2] }, TEXTS],
    [{ ...LINE, line: { color: "#fff" } }, TEXTS],
    [{ ...LINE, fill: "toself" }, TEXTS],
    [LINE, { ...TEXTS, text: ["plan"] }],
    [{ ...LINE, mode: "markers+text" }, TEXTS],
    [{ ...LINE, type: "sankey" }, TEXTS],
  ]) {
    assert.ok(!haveOneForm(before, other), JSON.stringify(other));
  }
});

test("marks are taken off a text, and names stay what they are", () => {
  assert.deepEqual(linesOf("<b> A &lt;b&gt; &amp;lt;<br> €80K</b>"), [" A <b> &lt;", " €80K"]);
});

test("a node that Plotly has not drawn as expected is left to it", () => {
  assert.equal(writeData({}, [LINE]), false);
  const axes = { xaxis: { l2p: Number }, yaxis: { l2p: Number } };
  assert.equal(writeData({ _fullLayout: axes, querySelectorAll: () => [] }, [LINE]), false);
});

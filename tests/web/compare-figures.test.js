import assert from "node:assert/strict";
import { test } from "node:test";

import { scalesOf } from "../../ui/web/compare/budgets.js";
import { barAt, barsOf } from "../../ui/web/compare/histogram.js";
import { reasonsText } from "../../ui/web/compare/measures.js";
import { keptChoice } from "../../ui/web/compare/page.js";
import { woven } from "../../ui/web/kit/dom.js";
import { letterOf } from "../../ui/web/state/pins.js";

test("scenarios go by the letters from A", () => {
  assert.deepEqual(
    [1, 2, 4].map((slot) => letterOf({ slot })),
    ["A", "B", "D"],
  );
});

test("bars reach as high as their count among the highest, with gaps, each on its side of zero", () => {
  const bars = barsOf({ counts: [1, 4, 2], edges: [0, 0.25, 0.5, 1], zero: 0.3 });
  assert.deepEqual(
    bars.map(({ y, height }) => [y, height]),
    [
      [75, 25],
      [0, 100],
      [50, 50],
    ],
  );
  assert.deepEqual(
    bars.map(({ ahead }) => ahead),
    [false, true, true],
  );
  for (const [index, { x, width }] of bars.entries()) {
    const [from, to] = [[0, 0.25, 0.5][index], [0.25, 0.5, 1][index]];
    assert.ok(x > from && x + width < to);
    assert.ok(Math.abs(x - from - (to - x - width)) < 1e-12, "the gap is the same on both sides");
  }
});

test("one points at the bar above a place, however low it is, and at the outermost beyond", () => {
  const edges = [0, 0.25, 0.5, 1];
  assert.deepEqual(
    [-0.1, 0, 0.24, 0.25, 0.7, 1, 1.2].map((place) => barAt(edges, place)),
    [0, 0, 0, 1, 2, 2, 2],
  );
});

test("budgets of one organisation have one scale, those of another their own", () => {
  const amounts = (...pairs) => pairs.map(([today, plan]) => ({ today, plan }));
  const lines = [
    { amounts: amounts([100, 80], [100, 300], [1e6, 1e6]) },
    { amounts: amounts([50, 70], [50, 0], [2e6, 1]) },
  ];
  const euros = { currency: "EUR" };
  assert.deepEqual(scalesOf(lines, [euros, euros, euros]), {
    most: [300, 300, 2e6],
    several: true,
  });
  const alike = lines.map((line) => ({ amounts: line.amounts.slice(0, 2) }));
  assert.equal(scalesOf(alike, [euros, euros]).several, false);
  assert.deepEqual(scalesOf(alike, [euros, { currency: "DKK" }]), {
    most: [100, 300],
    several: true,
  });
});

test("every reason why measures cannot be used is said once", () => {
  const offered = [
    { label: "Value", reason: "" },
    { label: "Payback", reason: "nothing is paid." },
    { label: "Return", reason: "currencies differ." },
    { label: "Ratio", reason: "nothing is paid." },
  ];
  assert.equal(reasonsText(offered), "Payback, Ratio: nothing is paid. Return: currencies differ.");
  assert.equal(reasonsText(offered.slice(0, 1)), "");
});

test("nodes stand where a text has placeholders, whatever the order", () => {
  const nodes = { first: 1, second: 2 };
  assert.deepEqual(woven("Is {second} better than {first}?", nodes), [
    "Is ",
    2,
    " better than ",
    1,
    "?",
  ]);
  assert.deepEqual(woven("{first}{second}{other}", nodes), [1, 2, "other"]);
});

test("the outcome that was chosen last is remembered as long as there is one of its name", () => {
  const start = { outcomes: [{ items: [{ id: "customers" }] }, { items: [{ id: "trust" }] }] };
  const open = { measure: null, first: null, second: null, outcome: "cumulative_value" };
  const chosen = { outcome: "trust", first: "B", measure: "value" };
  assert.deepEqual(keptChoice({ start }, chosen), { ...open, ...chosen });
  for (const before of [undefined, {}, { outcome: "gone" }, { outcome: "toString" }, "trust"]) {
    assert.deepEqual(keptChoice({ start }, before), open);
  }
});

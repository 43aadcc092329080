import assert from "node:assert/strict";
import { test } from "node:test";

import {
  centred,
  gradeIn,
  isChanged,
  knownInstead,
  markOf,
  placeAmong,
  rangeOf,
  sameAssumptions,
  sameRange,
  standsOut,
  stopsOf,
  stopsWith,
  unitOf,
  withRange,
  withTyped,
} from "../../ui/web/assumptions/range.js";
import { scenario } from "./support.js";

const TRUST = {
  id: "trust",
  low: 0.1,
  central: 0.2,
  high: 0.4,
  min: 0,
  max: 1,
  distribution: "triangular",
  unit: "%",
};
const HOURS = {
  ...TRUST,
  id: "hours",
  low: 8,
  central: 8,
  high: 8,
  max: 24,
  distribution: "fixed",
};
const ANSWERED = { ...TRUST, id: "answered", known_by: "organisation.known.answered_share" };
const RANGE = { low: 0.3, central: 0.5, high: 0.6 };

test("a scenario leaves an assumption as it is, knows its range, or knows it", () => {
  const plain = scenario("a");
  assert.deepEqual(rangeOf(plain, TRUST), {
    low: 0.1,
    central: 0.2,
    high: 0.4,
    known: false,
    own: false,
  });
  assert.deepEqual(rangeOf(plain, HOURS).known, true);
  const own = withRange(plain, TRUST, RANGE);
  assert.deepEqual(rangeOf(own, TRUST), { ...RANGE, known: false, own: true });
  const known = withRange(own, TRUST, 0.7);
  assert.deepEqual(rangeOf(known, TRUST), {
    low: 0.7,
    central: 0.7,
    high: 0.7,
    known: true,
    own: true,
  });
  assert.ok(sameRange(rangeOf(own, TRUST), rangeOf(withRange(plain, TRUST, { ...RANGE }), TRUST)));
  assert.ok(!sameRange(rangeOf(own, TRUST), rangeOf(known, TRUST)));
  assert.deepEqual(plain.assumptions, {});
});

test("what says the same as the register is left out", () => {
  const own = withRange(scenario("a"), TRUST, RANGE);
  const { low, central, high } = TRUST;
  assert.deepEqual(withRange(own, TRUST, null).assumptions, {});
  assert.deepEqual(withRange(own, TRUST, { low, central, high }).assumptions, {});
  assert.deepEqual(
    withRange(own, TRUST, central).assumptions,
    { trust: central },
    "no doubt is new",
  );
  assert.deepEqual(withRange(own, HOURS, 8).assumptions, { trust: RANGE });
});

test("an end that the central value passes comes along", () => {
  const range = rangeOf(scenario("a"), TRUST);
  assert.deepEqual(centred(range, 0.05), { low: 0.05, central: 0.05, high: 0.4 });
  assert.deepEqual(centred(range, 0.9), { low: 0.1, central: 0.9, high: 0.9 });
  assert.deepEqual(centred(range, 0.3), { low: 0.1, central: 0.3, high: 0.4 });
  assert.equal(centred({ ...range, known: true }, 0.3), 0.3);
});

test("a range may be typed from left to right, or from right to left", () => {
  const range = { low: 5.5, central: 7, high: 9, known: false, own: false };
  assert.equal(withTyped(range, { low: 8 }), null, "it waits for the central value");
  assert.deepEqual(withTyped(range, { low: 8, central: 10 }), { low: 8, central: 10, high: 10 });
  const next = { ...range, low: 8, central: 10, high: 10 };
  assert.deepEqual(withTyped(next, { high: 14 }), { low: 8, central: 10, high: 14 });
  assert.equal(withTyped(range, { high: 4 }), null);
  assert.deepEqual(withTyped(range, { high: 4, central: 3 }), { low: 3, central: 3, high: 4 });
  assert.equal(withTyped(range, { low: 8, central: 6 }), null, "what was typed never gives way");
  assert.equal(withTyped({ ...range, known: true }, { central: 6 }), 6);
});

test("an assumption stands out as changed since it was loaded, or as the scenario's own", () => {
  const [plain, own] = [scenario("a"), withRange(scenario("a"), TRUST, RANGE)];
  const again = withRange(scenario("a"), TRUST, { ...RANGE });
  const known = withRange(own, TRUST, 0.5);
  for (const [base, doc, mark] of [
    [plain, plain, null],
    [own, own, "own"],
    [own, again, "own"],
    [plain, own, "changed"],
    [own, plain, "changed"],
    [own, known, "changed"],
    [known, known, "own"],
  ]) {
    assert.equal(markOf({ base, doc }, TRUST), mark);
    assert.equal(isChanged({ base, doc }, TRUST), mark === "changed");
  }
});

test("a share needs no unit behind it", () => {
  assert.equal(unitOf(TRUST), "");
  assert.equal(unitOf({ ...TRUST, unit: "hours" }), "hours");
});

test("stops go up from the least to the most, with the register's values among them", () => {
  for (const record of [TRUST, { ...TRUST, central: 0.4 }, { ...HOURS, unit: "hours" }]) {
    const stops = stopsOf(record);
    assert.deepEqual(
      stops,
      [...new Set(stops)].sort((one, other) => one - other),
    );
    assert.deepEqual([stops[0], stops.at(-1)], [record.min, record.max]);
    for (const end of ["low", "central", "high"]) assert.ok(stops.includes(record[end]));
    const middle = placeAmong(stops, record.central);
    assert.ok(Math.abs(middle - 0.5) < 0.1, `the central value is at ${middle}`);
  }
});

test("a value that is no stop becomes one, and lies where it belongs", () => {
  assert.deepEqual(stopsWith([1, 2, 4], 3), [1, 2, 3, 4]);
  const stops = [1, 2, 4];
  assert.equal(stopsWith(stops, 2), stops);
  assert.deepEqual(
    [0, 1, 1.5, 2, 3, 4, 9].map((value) => placeAmong(stops, value)),
    [0, 0, 0.25, 0.5, 0.75, 1, 1],
  );
});

test("what the organisation knows takes the place of an assumption, whatever is said about that", () => {
  const unknown = scenario("a");
  const knows = (share) => ({
    ...unknown,
    organisation: { ...unknown.organisation, known: { answered_share: share } },
  });
  assert.equal(knownInstead(unknown, ANSWERED), null, "as in a tab with an older format");
  assert.equal(knownInstead(knows(null), ANSWERED), null);
  assert.equal(knownInstead(knows(0), ANSWERED), 0);
  assert.equal(knownInstead(knows(0.9), TRUST), null, "another assumption");
  const own = withRange(knows(0.9), ANSWERED, RANGE);
  assert.equal(markOf({ base: unknown, doc: own }, ANSWERED), "known");
  assert.equal(standsOut({ base: unknown, doc: own }, ANSWERED), false);
  const without = { ...own, organisation: unknown.organisation };
  assert.equal(standsOut({ base: unknown, doc: without }, ANSWERED), true);
});

test("assumptions are shown anew when another one is known", () => {
  const doc = scenario("a");
  assert.ok(sameAssumptions(doc, { ...doc, name: "b" }));
  const known = { ...doc, organisation: { ...doc.organisation, known: {} } };
  assert.equal(sameAssumptions(doc, known), false);
  assert.equal(sameAssumptions(doc, { ...doc, assumptions: { trust: 1 } }), false);
  assert.equal(sameAssumptions(undefined, doc), false);
});

test("a figure of the scenario's own has the grade of judgement, whatever the register says", () => {
  const start = {
    grades: { B: "experiment", E: "judgement" },
    own_figure: { grade: "E", meaning: "own figure" },
  };
  const record = { ...TRUST, grade: "B" };
  const said = (override) => gradeIn(start, record, scenario("A", { assumptions: override }));
  const registered = { grade: "B", meaning: "experiment", isOwn: false };
  const own = { grade: "E", meaning: "own figure", isOwn: true };
  assert.deepEqual(said({}), registered);
  assert.deepEqual(gradeIn(start, record, undefined), registered);
  assert.deepEqual(said({ trust: { low: 0.1, central: 0.2, high: 0.4 } }), registered, "the same");
  assert.deepEqual(said({ trust: { low: 0.1, central: 0.2, high: 0.5 } }), own);
  assert.deepEqual(said({ trust: 0.2 }), own, "taken as known: nobody measured that");
  const hours = { ...HOURS, grade: "B" };
  const fixed = (value) => gradeIn(start, hours, scenario("A", { assumptions: { hours: value } }));
  assert.equal(fixed(HOURS.central).isOwn, false);
  assert.equal(fixed(HOURS.central / 2).isOwn, true);
});

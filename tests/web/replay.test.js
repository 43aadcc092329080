import assert from "node:assert/strict";
import { test } from "node:test";

import { frames, jointAxes } from "../../ui/web/state/replay.js";
import { scenario } from "./support.js";

const REGISTER = [{ id: "trust", low: 1, central: 2, high: 3 }];

function plan(share, month, assumptions = {}) {
  return scenario("a", {
    plan: { training: { share_moved: share, start_month: month, split: null } },
    assumptions,
  });
}

test("both ends are the very documents, and what lies between comes nearer with every step", () => {
  const [before, after] = [plan(0.2, 0), plan(0.6, 10)];
  const all = frames(before, after, 4, REGISTER);
  assert.equal(all.length, 5);
  assert.equal(all[0], before);
  assert.equal(all.at(-1), after);
  const shares = all.map((doc) => doc.plan.training.share_moved);
  assert.deepEqual(shares, [...shares].sort());
  assert.ok(Math.abs(shares[2] - 0.4) < 1e-12, "half the way at half the time");
  const months = all.map((doc) => doc.plan.training.start_month);
  assert.ok(months.every(Number.isInteger), "a month is whole");
  assert.equal(all[2].plan.training.split, null);
});

test("between organisations there is no way", () => {
  const [before, after] = [plan(0.2, 0), { ...plan(0.6, 0), organisation: { name: "other" } }];
  assert.deepEqual(frames(before, after, 4, REGISTER), [before, after]);
});

test("an assumption goes between ranges, from the register's where a scenario has none", () => {
  const [, half] = frames(plan(0, 0), plan(0, 0, { trust: 4 }), 2, REGISTER);
  assert.deepEqual(half.assumptions, { trust: { low: 2.5, central: 3, high: 3.5 } });
  const kept = { low: 0, central: 5, high: 9 };
  const [, same] = frames(plan(0, 0, { trust: kept }), plan(1, 0, { trust: kept }), 2, REGISTER);
  assert.equal(same.assumptions.trust, kept);
});

test("axes of a replay hold both of its ends; charts without numbers have none", () => {
  const chart = (id, range) => ({ id, layout: range ? { yaxis: { range } } : {} });
  const ends = [
    { charts: [chart("value", [-10, 5]), chart("flow")] },
    { charts: [chart("value", [-2, 30]), chart("flow")] },
  ];
  assert.deepEqual(jointAxes(ends), [[-10, 30], null]);
});

test("stages move in numbers where the rule stays, and else are there at once", () => {
  const stages = {
    first_depth: 0.2,
    review_month: 6,
    figure: "taking_part",
    side: "below",
    back: 0.04,
    on: 0.04,
    always: null,
    people: 400,
  };
  const staged = (values) =>
    scenario("a", { plan: { stages: values && { ...stages, ...values } } });
  const way = (before, after) =>
    frames(staged(before), staged(after), 4, []).map(({ plan }) => plan.stages);
  const numbers = way({}, { first_depth: 0.4, review_month: 9, back: 0.08, on: 0.08, people: 405 });
  assert.equal(numbers[2].first_depth, 0.30000000000000004);
  assert.deepEqual(
    numbers.map((each) => [Number.isInteger(each.review_month), Number.isInteger(each.people)]),
    Array(5).fill([true, true]),
  );
  assert.ok(
    numbers.every(({ back, on }) => back === on),
    "one mark stays one",
  );
  const other = way({}, { figure: "leaving", side: "above" });
  assert.deepEqual(
    other.slice(1).map(({ figure }) => figure),
    Array(4).fill("leaving"),
  );
  assert.deepEqual(way(null, {})[1], stages);
  assert.equal(way({}, null)[1], null);
});

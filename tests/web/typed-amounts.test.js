import assert from "node:assert/strict";
import { test } from "node:test";

import { readTyped, readWords, typedComplaint } from "../../ui/web/simulate/levers/amount.js";
import { gaveWayWords, lockedWords } from "../../ui/web/simulate/levers/gave-way.js";
import { testIn } from "./languages.js";

const LEVER = {
  unit: "share",
  decimals: 2,
  min: 0,
  max: 1,
  allowed: "A number from {low} to {high} %.",
};
const ALL = { low: 0, high: 1 };
const BUDGET = { money: 300_000, currency: "EUR" };

/** The share that is read of a text, or what is wrong with it. */
function outcome(text, whole = BUDGET, bounds = ALL, lever = LEVER) {
  const { value, fault } = readTyped(text, lever, whole, bounds);
  return fault ?? Number(value.toFixed(6));
}

/** What is said where it cannot be taken. */
function said(text, whole = BUDGET, bounds = ALL, isInTheWay = false, lever = LEVER) {
  const reading = readTyped(text, lever, whole, bounds);
  return typedComplaint(lever, whole, reading, bounds, isInTheWay);
}

const AMOUNTS = ["45 k", "45K", "€ 45.000", "€45,000", "45 000 €", "EUR 45000", "€45k a year"];

for (const code of ["en", "nl", "da"]) {
  testIn(code, "an amount of money is the share that it is of the budget", () => {
    for (const text of AMOUNTS) assert.equal(outcome(text), 0.15, text);
    assert.equal(outcome(code === "en" ? "0.045M" : "0,045M"), 0.15);
    assert.equal(outcome("15"), 0.15, "a plain number is per cent");
    assert.equal(outcome("15 %"), 0.15);
    assert.equal(outcome("45000"), "high", "without a mark it is none");
  });
}

test("what is no share of the money is refused, with what could be", () => {
  assert.equal(outcome("€301k"), "high");
  assert.equal(outcome("$45k"), "currency");
  assert.equal(outcome("€45k per month"), "period");
  assert.deepEqual([outcome("€ 2.500", { ...BUDGET, money: 5e6 })], ["either"]);
  assert.match(said("€301k"), /A number from 0 to 100 %\. Or an amount of money up to €300K\./);
  assert.match(said("much"), /Or an amount of money up to €300K/);
  assert.match(said("$45k"), /EUR/);
  assert.match(said("€ 2.500", { ...BUDGET, money: 5e6 }), /€2\.50 meant, or €2,500/);
});

test("all that there is, as the page rounds it, is all of it", () => {
  assert.equal(outcome("€477k", { ...BUDGET, money: 476_880 }), 1);
  assert.equal(outcome("€478k", { ...BUDGET, money: 476_880 }), "high");
});

test("locked lines are the reason only where they are", () => {
  const bounds = { low: 0, high: 0.27 };
  assert.equal(outcome("€90k", BUDGET, bounds), "high");
  assert.match(said("€90k", BUDGET, bounds, true), /From 0 to 27 %: the locked lines/);
  assert.match(said("€x", BUDGET, bounds), /from 0 to 100 %/);
  assert.equal(outcome("€20k", BUDGET, bounds), 0.066667);
});

test("a lever without money takes per cent alone, and says so", () => {
  const none = { money: null, currency: "EUR" };
  assert.equal(outcome("€45k", none), "none");
  assert.equal(said("€45k", none), "This lever moves no money. A number from 0 to 100 %.");
  assert.equal(said("much", none), "A number from 0 to 100 %.");
  assert.match(said("€45k", { ...BUDGET, money: 0 }), /^No money is moved yet\./);
  const minutes = { ...LEVER, unit: "minutes", decimals: 1, max: 480 };
  assert.equal(outcome("45 k", none, { low: 0, high: 480 }, minutes), "none");
});

test("what was read is said", () => {
  const words = (text) => readWords(LEVER, BUDGET, readTyped(text, LEVER, BUDGET, ALL));
  assert.equal(words("45 k"), "€45,000 of €300,000 is 15%.");
  assert.equal(words("15"), "");
});

test("what is said of a line has the digits that were read", () => {
  const line = { ...LEVER, path: "plan.split.listening", label: "Listening" };
  const whole = { money: 361_000, currency: "EUR" };
  const reading = readTyped("€20,000", line, whole, ALL);
  assert.match(readWords(line, whole, reading), /is 5\.54%\.$/);
  const doc = { plan: { split: { listening: 0.0554 } } };
  const ctx = /** @type {any} */ ({
    start: { levers: [{ levers: [line] }] },
    store: { state: { doc } },
  });
  assert.match(lockedWords(ctx, line), /^Listening stays at 5\.54% from now on;/);
  const gave = /** @type {any} */ ([{ path: line.path, before: 0.0554, after: 0.04 }]);
  assert.match(gaveWayWords(ctx, gave), /^Listening gave way, from 5\.54% to 4%:/);
});

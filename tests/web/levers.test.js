import assert from "node:assert/strict";
import { test } from "node:test";
import { fmt } from "../../ui/web/i18n/messages.js";
import { area, line } from "../../ui/web/kit/sparkline.js";
import { amountsOf, createMoney, sharesOf } from "../../ui/web/simulate/levers/money.js";
import {
  onTheWay,
  readingOf,
  stopsOf,
  unitOf,
  wordOf,
  wordsOf,
} from "../../ui/web/simulate/levers/units.js";
import { LANGUAGES, testIn } from "./languages.js";
import { scenario } from "./support.js";

const WORDS = {
  exact: [
    [0, "nothing"],
    [1, "all"],
  ],
  from: [
    [0, "some"],
    [0.5, "most"],
  ],
};

test("a value goes by the word for exactly it, else by the last that begins below it", () => {
  const lever = { words: WORDS, unit: "share", decimals: 2 };
  assert.deepEqual(
    [0, 0.01, 0.5, 0.99, 1].map((value) => wordOf(lever, value)),
    ["nothing", "some", "most", "most", "all"],
  );
  assert.equal(wordOf({ ...lever, words: { exact: [], from: [] } }, 0.3), "");
  const month = {
    words: { exact: [[0, "now"]], from: [], template: "month {number}" },
    unit: "month",
    decimals: 0,
  };
  assert.deepEqual(
    [0, 7].map((value) => wordOf(month, value)),
    ["now", "month 7"],
  );
  assert.deepEqual(wordsOf({ ...month, max: 12 }), ["now", "month 12"]);
});

test("what is typed is kept in the lever's decimals; a part of a month is no value", () => {
  assert.equal(unitOf({ unit: "share", decimals: 2 }).rounded(0.12345), 0.1235);
  assert.equal(unitOf({ unit: "minutes", decimals: 1 }).rounded(7.26), 7.3);
  assert.deepEqual(unitOf({ unit: "share", decimals: 0 }).kind, { percent: true });
  assert.deepEqual(unitOf({ unit: "months", decimals: 0 }).kind, { whole: true });
  assert.deepEqual(unitOf({ unit: "minutes", decimals: 1 }).kind, { whole: false });
});

test("a lever stops at its own stops as far as it may go, and at other values that are set", () => {
  assert.deepEqual(stopsOf([0, 10, 20, 30], [5, 20], 20), [0, 5, 10, 20]);
});

function moving(training, service) {
  const source = (share_moved, split = null) => ({ share_moved, split });
  return scenario("a", {
    organisation: { budgets: { training: 100, service: 300 } },
    plan: {
      training: source(training),
      service: source(service, { content: 0, savings: 1 }),
      split: { content: 1, savings: 0 },
    },
  });
}

test("money is worked out once a document, each source on its own route", () => {
  const money = createMoney(["training", "service"]);
  const doc = moving(0.5, 0.5);
  const all = money(doc);
  assert.deepEqual(all.bySource, { training: 50, service: 150 });
  assert.deepEqual(all.byLine, { content: 50, savings: 150 });
  assert.deepEqual([all.total, all.largest], [200, "service"]);
  assert.deepEqual(all.shares, { content: 0.25, savings: 0.75 });
  assert.equal(money(doc), all);
  assert.equal(
    money(moving(0, 0)).shares.content,
    1,
    "where no money moves the split is what it is",
  );
});

for (const language of Object.keys(LANGUAGES)) {
  testIn(
    language,
    "no amount beside a lever is longer than those that its column is made for",
    () => {
      for (const [currency, service] of [
        ["EUR", 400],
        ["DKK", 3_400_000],
        ["JPY", 1e12],
      ]) {
        const budgets = { training: 0, service };
        const room = amountsOf({ budgets, currency }, ["training", "service"]);
        const longest = Math.max(...room.map((text) => text.length));
        for (let taken = 0; taken <= 100; taken++) {
          for (const part of [0.01, 0.37, 1]) {
            const text = fmt.money((service * taken * part) / 100, currency);
            assert.ok(text.length <= longest, text);
          }
        }
      }
      const none = { budgets: { training: 0 }, currency: "EUR" };
      assert.deepEqual(amountsOf(none, ["training"]), [fmt.money(0, "EUR")]);
    },
  );
}

test("shares of the money are whole per cents that add up", () => {
  const shares = sharesOf({ a: 1, b: 1, c: 1 }, 3);
  assert.equal(Math.round(100 * Object.values(shares).reduce((sum, share) => sum + share, 0)), 100);
  for (const share of Object.values(shares)) assert.equal(share, Number(share.toFixed(2)));
  assert.deepEqual(sharesOf({ a: 1, b: 3 }, 4), { a: 0.25, b: 0.75 });
});

test("small charts go from edge to edge, the most at the top", () => {
  assert.equal(line([0, 5, 10], [0, 10]), "M0.0,36.0L60.0,18.0L120.0,0.0");
  assert.equal(area([0, 0], [10, 5], [0, 10]), "M0.0,0.0L120.0,18.0L120.0,36.0L0.0,36.0Z");
});

test("one of a unit is read out as one", () => {
  const lever = {
    unit: "months",
    decimals: 0,
    reading: "{value} months",
    reading_of_one: "{value} month",
  };
  assert.equal(readingOf(lever, 1), "1 month");
  assert.equal(readingOf(lever, 2), "2 months");
  assert.equal(readingOf({ ...lever, reading: "month {value}", reading_of_one: "" }, 1), "month 1");
});

test("what lies between two moves is read as the nearest that a lever can be dragged to", () => {
  const stops = [0, 0.01, 0.02, 0.05, 0.1];
  assert.deepEqual(
    [0.0526, 0.0151, 1, -1].map((value) => onTheWay({ stops }, value)),
    [0.05, 0.02, 0.1, 0],
  );
});

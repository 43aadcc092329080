import assert from "node:assert/strict";
import { test } from "node:test";

import { createDraft, fileWords, ownWords } from "../../ui/web/scenarios/draft.js";
import { saidElsewhere, textsAt } from "../../ui/web/scenarios/organisation.js";
import {
  amountsHere,
  cautionOf,
  complaintOf,
  parseField,
} from "../../ui/web/scenarios/organisation-field.js";
import { scenario } from "./support.js";

const HEADS = { kind: "number", min: 1, max: 1000, whole: true, unit: "" };
const SHARE = { kind: "share", min: 0, max: 1, unit: "" };
const KNOWN = { ...SHARE, optional: true, max: 0.9 };
const NAME = { kind: "text", longest: 4 };
const CURRENCY = { kind: "currency", pattern: "^[A-Z]{3}$" };

test("a draft knows what has changed, and what is no value", () => {
  const original = scenario("mine", { horizon_months: 60 });
  const draft = createDraft(original, ["horizon_months", "organisation.name"]);
  assert.deepEqual(draft.changes(), {});
  draft.set("horizon_months", 48);
  draft.set("organisation.name", "Somebody");
  assert.deepEqual(draft.changes(), { horizon_months: 48 });
  assert.equal(draft.scenario().horizon_months, 48);
  assert.equal(original.horizon_months, 60);
  draft.set("organisation.name", undefined);
  assert.equal(draft.isValid(), false);
  assert.deepEqual(draft.changes(), { horizon_months: 48 }, "what is none changes nothing");
});

test("what an older format has no field for is not known, and no change", () => {
  const draft = createDraft(scenario("mine"), ["organisation.known.given_up_share"]);
  assert.equal(draft.value("organisation.known.given_up_share"), null);
  assert.ok(draft.isValid());
  assert.deepEqual(draft.changes(), {});
  draft.set("organisation.known.given_up_share", 0.1);
  assert.equal(draft.scenario().organisation.known.given_up_share, 0.1);
  draft.set("organisation.known.given_up_share", null);
  assert.deepEqual(draft.changes(), {});
});

test("an example with another organisation is no example; one's own words stay", () => {
  const presets = [{ doc: { name: "Balanced" }, name: "Ausgewogen" }];
  const other = { name: "Other", budgets: {} };
  const example = scenario("Balanced (changed)", { story: "Once" });
  assert.deepEqual(ownWords(presets, example, example.organisation), {});
  assert.equal(ownWords(presets, example, other).name, "Other");
  assert.equal(ownWords(presets, example, other).story, "");
  assert.equal(ownWords(presets, scenario("Ausgewogen"), other).name, "Other");
  assert.deepEqual(ownWords(presets, scenario("My plan"), other), {});
  assert.deepEqual(ownWords(presets, scenario("Somebody"), other), { name: "Other" });
});

test("what is written is read by the field's kind", () => {
  assert.equal(parseField(HEADS, " 120 "), 120);
  assert.equal(parseField(SHARE, "12.5"), 0.125);
  for (const text of [" eur ", "€", "Euro"]) assert.equal(parseField(CURRENCY, text), "EUR", text);
  assert.equal(parseField(CURRENCY, "£"), "GBP");
  assert.equal(parseField(CURRENCY, "xof"), "XOF", "others than those that are offered");
  assert.equal(parseField(NAME, " Ada "), "Ada");
  assert.equal(parseField(NAME, "😀😀😀😀"), "😀😀😀😀", "letters are counted, not bytes");
  for (const text of ["0", "1001", "1.5", "x", ""])
    assert.equal(parseField(HEADS, text), undefined);
  for (const text of ["EU", "12", "$", "dollar", "kr."])
    assert.equal(parseField(CURRENCY, text), undefined);
  for (const text of ["", "   ", "Adele"]) assert.equal(parseField(NAME, text), undefined);
});

test("only what may be unknown may be left empty", () => {
  for (const text of ["", "  "]) assert.equal(parseField(KNOWN, text), null);
  assert.equal(parseField(KNOWN, "5"), 0.05);
  assert.equal(parseField(KNOWN, "95"), undefined);
  assert.equal(parseField(SHARE, ""), undefined);
});

test("a complaint says what is wrong, and what is allowed", () => {
  assert.match(complaintOf(HEADS, "0"), /Too low.*1 to 1,000/);
  assert.match(complaintOf(HEADS, "1001"), /Too high/);
  assert.match(complaintOf(HEADS, "1.5"), /whole/);
  assert.match(complaintOf(SHARE, "some"), /no number.*0% to 100%/);
  assert.match(complaintOf(CURRENCY, "EU"), /three letters/);
  assert.match(complaintOf(NAME, "Adele"), /4/);
});

test("what is typical is an amount here only where all is known that it takes", () => {
  const hint = { low: 0.01, high: 0.02, per: ["organisation.customers", "price"], currency: "EUR" };
  const values = { "organisation.customers": 200, price: 5, "organisation.currency": "EUR" };
  const here = (change, over = {}) =>
    amountsHere({ ...hint, ...over }, (path) => ({ ...values, ...change })[path]);
  assert.deepEqual(here({}), [10, 20]);
  assert.equal(here({ price: undefined }), null);
  assert.equal(here({ "organisation.currency": "DKK" }), null);
  assert.deepEqual(here({ "organisation.currency": "DKK" }, { currency: null }), [10, 20]);
  assert.equal(here({}, { per: [] }), null);
});

test("a file is proposed a name of its own where the plan goes by an example's", () => {
  const presets = [{ doc: { name: "Balanced" }, name: "Ausgewogen" }];
  const now = { title: "Ausgewogen", who: "Ada", today: "2026-11-28" };
  const example = scenario("Balanced", { author: "Them", description: "Theirs" });
  assert.deepEqual(fileWords(presets, example, now), {
    name: "Ausgewogen, 2026-11-28",
    author: "Ada",
    description: "",
    date: "2026-11-28",
  });
  const own = scenario("Ours", { author: "Bo", description: "What we do" });
  assert.deepEqual(fileWords(presets, own, now), {
    name: "Ours",
    author: "Bo",
    description: "What we do",
    date: "2026-11-28",
  });
  assert.equal(fileWords(presets, { ...own, author: "" }, now).author, "Ada");
});

test("what a small number means is told, and of no other", () => {
  const caution = { below: 2, text: "no colleagues" };
  const told = (value) => cautionOf({ caution }, value);
  assert.deepEqual([1, 1.9, 2, null, undefined].map(told), [
    "no colleagues",
    "no colleagues",
    "",
    "",
    "",
  ]);
  assert.equal(cautionOf({ caution: null }, 1), "");
});

test("a noun of somebody's own is taken however its slash is spaced", () => {
  const noun = {
    kind: "noun",
    longest: 60,
    pattern: "^[^\\s/{}]([^/{}]*[^\\s/{}])? / [^\\s/{}]([^/{}]*[^\\s/{}])?$",
  };
  for (const text of ["koper/kopers", " koper /kopers ", "koper / kopers"]) {
    assert.equal(parseField(noun, text), "koper / kopers");
  }
  for (const text of ["kopers", "koper/", "a/b/c", "{koper}/kopers"]) {
    assert.equal(parseField(noun, text), undefined, text);
  }
});

test("what hardly goes together is told where somebody has just written, else at its first field", () => {
  const doubts = [
    { fields: ["a", "b"], text: "First." },
    { fields: ["b", "c"], text: "Second." },
  ];
  const told = (/** @type {string} */ latest) =>
    ["a", "b", "c"].map((path) => textsAt(path, doubts, latest));
  assert.deepEqual(told(""), ["First.", "Second.", ""]);
  assert.deepEqual(told("b"), ["", "First.\nSecond.", ""]);
  assert.deepEqual(told("c"), ["First.", "", "Second."]);
});

test("what was said of a value goes with it", () => {
  const doubts = [
    { fields: ["budget", "contacts"], text: "€ 0.30 for each" },
    { fields: ["churn"], text: "hardly anybody stays" },
  ];
  assert.deepEqual(saidElsewhere(doubts, "contacts"), [doubts[1]]);
  assert.deepEqual(saidElsewhere(doubts, "margin"), doubts);
});

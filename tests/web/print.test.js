import assert from "node:assert/strict";
import { test } from "node:test";

import { inColours, leftOut, quoted, sheetRules, translation } from "../../ui/web/app/print.js";

test("what people typed is text on the margin, never a rule", () => {
  assert.equal(quoted('a"; } * { color: red'), '"a\\22 ; } * { color: red"');
  assert.equal(quoted("a\\b\n</style>"), '"a\\5c b\\a \\3c /style\\3e "');
});

test("a short link stands on the margin of each sheet", () => {
  const link = "https://plans.example/s/abcdef";
  const rules = sheetRules("Plan · 28 November", link);
  assert.ok(rules.includes(quoted(link)));
  assert.ok(rules.includes("counter(page)"));
});

test("a link of more than a line stands on the first sheet, and the others say so", () => {
  const rules = sheetRules("Plan · 28 November", `http://localhost/?${"x".repeat(120)}`);
  assert.ok(!rules.includes("xxx"));
  assert.ok(rules.includes("The link is on the first sheet."));
});

test("dark charts are printed in the colours of white paper", () => {
  const dark = "--plan: #62B0FF; --plan-dash: none; --ink: #F3F5F7;";
  const light = "--plan: #003F8A; --plan-dash: none; --ink: #14171C;";
  const style = "stroke: rgb(98, 176, 255); fill: rgba(243, 245, 247, 0.2); opacity: 1";
  assert.equal(
    inColours(style, translation(dark, light)),
    "stroke: rgb(0, 63, 138); fill: rgba(20, 23, 28, 0.2); opacity: 1",
  );
});

test("what a link has no room for is said below it", () => {
  assert.equal(leftOut({ start: false, set: false }), "");
  assert.ok(leftOut({ start: true, set: false }).includes("started"));
  assert.ok(leftOut({ start: false, set: true }).includes("compared"));
});

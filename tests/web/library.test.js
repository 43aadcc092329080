import assert from "node:assert/strict";
import { test } from "node:test";

import { copyName, tagsIn } from "../../ui/web/library/form.js";
import { cameFrom, named, originOf, originsBeside } from "../../ui/web/library/origin.js";
import { daysLeft, signed } from "../../ui/web/library/parts.js";
import { nameFor } from "../../ui/web/library/sets.js";
import { isKeeping } from "../../ui/web/server/shelves.js";
import { firstState, scenario, testInBrowser } from "./support.js";

const ENTRY = { view_key: "v", edit_key: "e", name: "First", version: 3, may_edit: true };

function page(state = firstState()) {
  const store = {
    state,
    set(values) {
      store.state = { ...store.state, ...values };
    },
  };
  return { store };
}

test("tags are what stands between commas", () => {
  assert.deepEqual(tagsIn(" a, b ,,c d,"), ["a", "b", "c d"]);
  assert.deepEqual(tagsIn("  "), []);
});

test("the name of a copy is no longer than names may be, and ends between letters", () => {
  assert.equal(copyName("Plan", 80), "Plan (copy)");
  const long = copyName("😀".repeat(100), 80);
  assert.equal([...long].length, 80);
  assert.ok(long.endsWith("😀 (copy)"));
});

test("a plan comes from an entry as long as what was loaded is loaded", () => {
  const ctx = page();
  assert.equal(originOf(ctx.store.state), null);
  cameFrom(ctx, ENTRY);
  const { base } = ctx.store.state;
  assert.deepEqual(originOf(ctx.store.state), {
    key: "e",
    name: "First",
    version: 3,
    editable: true,
    base,
  });
  cameFrom(ctx, { ...ENTRY, version: 4 });
  assert.equal(ctx.store.state.origins.length, 1, "the newest takes the other's place");
  const other = scenario("other");
  assert.equal(originOf({ ...ctx.store.state, base: other }), null);
  assert.equal(originsBeside(ctx.store.state, other).length, 1);
  assert.equal(originsBeside(ctx.store.state, { ...base, results: {} }).length, 0);
});

test("whoever may only look keeps the key to look", () => {
  const ctx = page();
  cameFrom(ctx, { ...ENTRY, edit_key: null, may_edit: false });
  const { key, editable } = originOf(ctx.store.state);
  assert.deepEqual([key, editable], ["v", false]);
});

test("only so many origins are kept, and none that is damaged", () => {
  const ctx = page();
  for (let index = 0; index < 12; index += 1) {
    ctx.store.set({ base: scenario(`plan ${index}`) });
    cameFrom(ctx, { ...ENTRY, name: `entry ${index}` });
  }
  assert.equal(ctx.store.state.origins.length, 8);
  assert.equal(ctx.store.state.origins[0].name, "entry 11");
  const damaged = [{ key: 1 }, null, { key: "k", name: "n", version: "3", editable: true }];
  assert.equal(originOf({ ...ctx.store.state, origins: damaged }), null);
  assert.equal(originOf({ ...ctx.store.state, origins: "x" }), null);
});

test("a scenario is copied only for another name", () => {
  const doc = scenario("one");
  assert.equal(named(doc, "one"), doc);
  assert.equal(named(doc, "two").name, "two");
});

test("a set goes by as many whole names of its plans as fit", () => {
  assert.equal(nameFor(["One", "Two"], 80), "One, Two");
  assert.equal(nameFor(["One", "Two", "Three"], 12), "One, Two …");
  assert.equal(nameFor(["😀".repeat(80), "x"], 80), "😀".repeat(80));
});

test("the last day counts as one, and none is less than nothing", () => {
  const inHours = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();
  assert.equal(daysLeft(inHours(1)), "1 day left");
  assert.equal(daysLeft(inHours(25)), "2 days left");
  assert.equal(daysLeft(inHours(-25)), "0 days left");
});

test("who has no name signs by the time alone", () => {
  const at = "2026-11-22T10:15:00Z";
  assert.equal(signed("Ada", at), `Ada, ${signed("", at)}`);
});

testInBrowser("a browser that keeps nothing is known before anything is saved", ({ storage }) => {
  assert.equal(isKeeping(), true);
  assert.equal(storage.content.size, 0, "the trial leaves nothing behind");
  storage.room = -1;
  assert.equal(isKeeping(), false);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  add,
  entries,
  holds,
  isExample,
  move,
  nameOf,
  remove,
  rename,
  room,
} from "../../ui/web/compare/list.js";
import { firstState, scenario } from "./support.js";

const SHIPPED = scenario("shipped");

/** A page whose plan has been moved away from a shipped scenario. */
function page(change = {}) {
  const state = { ...firstState(SHIPPED), doc: { ...SHIPPED, horizon_months: 12 }, ...change };
  const ctx = {
    start: { presets: [{ doc: SHIPPED }], limits: { longest_name: 80, compared: 6 } },
    store: {
      state,
      set(values) {
        ctx.store.state = { ...ctx.store.state, ...values };
      },
    },
    title: (doc) => doc.name,
  };
  return ctx;
}

const names = (ctx) => entries(ctx).map((entry) => nameOf(ctx, entry));
const other = (name) => ({ name: "", doc: scenario(name), source: "file" });

test("at first the plan, what it started from and pins are compared, each once", () => {
  const pin = { name: "bold", base: SHIPPED, doc: scenario("bold"), slot: 1 };
  const same = { ...pin, name: "again", doc: { ...SHIPPED, results: {} } };
  const ctx = page({ pins: [pin, same] });
  assert.deepEqual(names(ctx), ["shipped (changed)", "shipped", "bold"]);
  assert.deepEqual(
    entries(ctx).map((entry) => entry.source),
    ["current", "preset", "pin"],
  );
  assert.deepEqual(names(page({ doc: SHIPPED })), ["shipped"]);
});

test("what was chosen stays, and the plan among it is the plan as it stands", () => {
  const ctx = page();
  add(ctx, [other("x")]);
  const doc = { ...SHIPPED, horizon_months: 24 };
  ctx.store.set({ doc });
  assert.deepEqual(names(ctx), ["shipped (changed)", "shipped", "x"]);
  assert.equal(entries(ctx)[0].doc, doc);
});

test("there is room for six; what does not fit is left out", () => {
  const ctx = page();
  assert.equal(room(ctx), 4);
  add(ctx, ["a", "b", "c", "d", "e"].map(other));
  assert.equal(room(ctx), 0);
  assert.equal(names(ctx).at(-1), "d");
});

test("scenarios are moved, renamed and taken away by their place", () => {
  const ctx = page();
  add(ctx, [other("x")]);
  move(ctx, 2, -1);
  assert.deepEqual(names(ctx), ["shipped (changed)", "x", "shipped"]);
  rename(ctx, 1, "  mine ");
  assert.equal(names(ctx)[1], "mine");
  rename(ctx, 1, " ");
  assert.equal(names(ctx)[1], "x");
  remove(ctx, 0);
  assert.deepEqual(names(ctx), ["x", "shipped"]);
});

test("a scenario is there if one is like it; the plan only as the plan", () => {
  const ctx = page();
  assert.ok(holds(ctx, SHIPPED, "preset") && holds(ctx, SHIPPED, "current"));
  remove(ctx, 0);
  assert.ok(!holds(ctx, ctx.store.state.doc, "current"));
  assert.ok(isExample(ctx, { ...SHIPPED, results: {} }) && !isExample(ctx, scenario("x")));
});

test("long names are cut between letters, not within one", () => {
  const ctx = page();
  const [cut] = [nameOf(ctx, { name: "😀".repeat(90), doc: SHIPPED, source: "file" })];
  assert.equal(cut, "😀".repeat(80));
});

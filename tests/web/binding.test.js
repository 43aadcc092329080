import assert from "node:assert/strict";
import { test } from "node:test";

import { createBinding } from "../../ui/web/simulate/levers/binding.js";
import { createMoney } from "../../ui/web/simulate/levers/money.js";
import { scenario } from "./support.js";

const SOURCES = ["training", "research"];
const SHARED = { sources: SOURCES, money: createMoney(SOURCES) };
const source = (share, start) => ({ share_moved: share, start_month: start, split: null });
const DOC = scenario("two", {
  organisation: { budgets: { training: 100, research: 400 }, involvement: { reply: 30 } },
  plan: {
    training: source(0.5, 1),
    research: source(0.25, 6),
    split: { content: 0.5, events: 0.3, savings: 0.2 },
    involvement: { reply: null },
  },
  horizon_months: 48,
});
const FREE = { locked: [], held: [] };
const bind = (path, values = {}) => createBinding({ path, min: 0, max: 1, ...values }, SHARED);

test("a source frees its own money, and moves alone", () => {
  const binding = bind("plan.training.share_moved");
  assert.deepEqual([binding.source, binding.line], ["training", null]);
  assert.equal(binding.value(DOC), 0.5);
  assert.equal(binding.amount(DOC), 50);
  const { plan } = binding.changed(DOC, 0.6, FREE);
  assert.equal(plan.training.share_moved, 0.6);
  assert.equal(plan.research, DOC.plan.research, "what does not change is shared");
});

test("a lever for every source shows the largest one's value, and moves all", () => {
  const binding = bind("plan.*.start_month", { up_to: "horizon_months", max: 120 });
  assert.equal(binding.value(DOC), 6, "research frees 100, training 50");
  assert.equal(binding.most(DOC), 48);
  assert.deepEqual(binding.bounds(DOC, []), { low: 0, high: 120 });
  const { plan } = binding.changed(DOC, 3, FREE);
  assert.deepEqual([plan.training.start_month, plan.research.start_month], [3, 3]);
  assert.equal(binding.amount(DOC), null);
});

test("a line of the split takes from the others, but not from those that are locked", () => {
  const binding = bind("plan.split.content");
  assert.equal(binding.value(DOC), 0.5);
  assert.equal(binding.amount(DOC), 75);
  const locked = ["plan.split.savings"];
  assert.deepEqual(binding.bounds(DOC, locked), { low: 0, high: 0.8 });
  const { split } = binding.changed(DOC, 0.7, { locked, held: [] }).plan;
  assert.deepEqual(split, { content: 0.7, events: 0.1, savings: 0.2 });
  const all = ["plan.split.savings", "plan.split.events"];
  assert.equal(binding.changed(DOC, 0.7, { locked: all, held: [] }), DOC, "nobody can give");
});

test("a line that was set by hand gives way last, and that is known", () => {
  const binding = bind("plan.split.content");
  const events = ["plan.split.events"];
  const some = binding.changed(DOC, 0.6, { locked: [], held: events });
  assert.deepEqual(some.plan.split, { content: 0.6, events: 0.3, savings: 0.1 });
  assert.deepEqual(binding.gaveWay(DOC, some, events), []);
  const most = binding.changed(DOC, 0.9, { locked: [], held: events });
  assert.equal(most.plan.split.content, 0.9, "no lock keeps it from that");
  const [{ path, before }] = binding.gaveWay(DOC, most, events);
  assert.deepEqual([path, before], ["plan.split.events", 0.3]);
  assert.deepEqual(binding.touched(events), ["plan.split.events", "plan.split.content"]);
  const both = ["plan.split.savings", "plan.split.events"];
  const last = binding.changed(DOC, 0.6, { locked: [], held: both });
  assert.equal(last.plan.split.events, 0.3, "the one that was set last holds longest");
});

test("what a plan leaves as it is stands where it is today", () => {
  const binding = bind("plan.involvement.reply", { today: "organisation.involvement.reply" });
  assert.equal(binding.value(DOC), 30);
  assert.equal(binding.today(DOC), 30);
  const moved = binding.changed(DOC, 10, FREE);
  assert.deepEqual([binding.value(moved), binding.today(moved)], [10, 30]);
  assert.equal(bind("plan.training.share_moved").today(DOC), undefined);
});

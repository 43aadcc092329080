import assert from "node:assert/strict";
import { test } from "node:test";

import {
  add,
  entries,
  holds,
  include,
  isExample,
  itemOf,
  lacksPlan,
  move,
  nameOf,
  put,
  rememberKept,
  remove,
  rename,
  room,
} from "../../ui/web/compare/list.js";
import { askedOf, keptSet, layOut } from "../../ui/web/compare/shared.js";
import { originOfSet } from "../../ui/web/library/origin.js";
import { withoutMark } from "../../ui/web/scenarios/name.js";
import { pairOf, pickedAfter, questionNamed } from "../../ui/web/simulate/pair.js";
import { freeSlot } from "../../ui/web/state/pins.js";
import { firstState, scenario } from "./support.js";

const SHIPPED = scenario("shipped");
const MOVED = { ...SHIPPED, horizon_months: 12 };

/** A page whose plan has been moved away from a shipped scenario. */
function page(change = {}) {
  const state = { ...firstState(SHIPPED), doc: MOVED, ...change };
  const change_ = (values) => {
    ctx.store.state = { ...ctx.store.state, ...values };
  };
  const ctx = {
    start: { presets: [{ doc: SHIPPED }], limits: { longest_name: 80, compared: 6 } },
    store: { state, set: change_, commit: change_, note: change_ },
    title: (doc) => doc.name,
  };
  return ctx;
}

const pin = (id, slot, doc = scenario(`plan ${id}`)) => ({
  id,
  slot,
  name: `pin ${id}`,
  base: SHIPPED,
  doc,
});
const pinned = (...pins) => ({ pins, pinned: Math.max(...pins.map(({ id }) => id)) });
const shown = (ctx) => entries(ctx).map((entry) => `${entry.letter} ${nameOf(ctx, entry)}`);
const other = (name) => itemOf("file", scenario(name));

test("exactly the pins are compared, by their letters and names; nobody is added", () => {
  const ctx = page(pinned(pin(1, 2), pin(2, 4), pin(3, 1)));
  assert.deepEqual(shown(ctx), ["B pin 1", "D pin 2", "A pin 3"]);
  const same = page(pinned(pin(1, 1), pin(2, 2, MOVED)));
  assert.deepEqual(shown(same), ["A pin 1", "B pin 2"], "a pin that is the plan keeps its name");
});

test("fewer than two pins come with the plan as it stands", () => {
  assert.deepEqual(shown(page()), ["P shipped (changed)"]);
  assert.deepEqual(shown(page(pinned(pin(1, 1)))), ["A pin 1", "P shipped (changed)"]);
  assert.deepEqual(shown(page(pinned(pin(1, 1, MOVED)))), ["A pin 1"]);
});

test("that a plan was changed is shown, and is no part of the name that is kept", () => {
  const ctx = page();
  const kept = () => keptSet(ctx, (doc) => doc).scenarios.map(({ name }) => name);
  assert.deepEqual([shown(ctx), kept()], [["P shipped (changed)"], ["shipped"]]);
  ctx.store.set({ saved: MOVED });
  assert.deepEqual([shown(ctx), kept()], [["P shipped"], ["shipped"]], "just saved is not changed");
  assert.equal(withoutMark("shipped (changed)"), "shipped", "as older ones have it");
  assert.equal(withoutMark(" (changed)"), " (changed)", "a plan has a name");
});

test("what was chosen stays, and the plan among it is the plan as it stands", () => {
  const ctx = page();
  add(ctx, [other("x")]);
  const doc = { ...SHIPPED, horizon_months: 24 };
  ctx.store.set({ doc });
  assert.deepEqual(shown(ctx), ["P shipped (changed)", "A x"]);
  assert.equal(entries(ctx)[0].doc, doc);
});

test("what is pinned after a choice comes behind it, and letters never are two's", () => {
  const ctx = page(pinned(pin(1, 1)));
  add(ctx, [other("x")]);
  assert.deepEqual(shown(ctx), ["A pin 1", "P shipped (changed)", "B x"]);
  const { pins } = ctx.store.state;
  assert.equal(freeSlot(pins, ["B"]), 3, "a new pin leaves others their letters");
  ctx.store.set(pinned(...pins, pin(2, 2), pin(3, 3)));
  assert.deepEqual(shown(ctx), ["A pin 1", "P shipped (changed)", "D x", "B pin 2", "C pin 3"]);
  ctx.store.set({ pins: [pin(2, 2)] });
  assert.deepEqual(
    shown(ctx),
    ["P shipped (changed)", "A x", "B pin 2"],
    "a pin that went is gone",
  );
});

test("there is room for six; what does not fit is left out", () => {
  const ctx = page();
  assert.equal(room(ctx), 5);
  add(ctx, ["a", "b", "c", "d", "e", "f"].map(other));
  assert.equal(room(ctx), 0);
  assert.deepEqual(shown(ctx), ["P shipped (changed)", "A a", "B b", "C c", "D d", "E e"]);
});

test("scenarios are moved, renamed and taken away by their place, with their letters", () => {
  const ctx = page(pinned(pin(1, 1)));
  add(ctx, [other("x")]);
  move(ctx, 2, -1);
  assert.deepEqual(shown(ctx), ["A pin 1", "B x", "P shipped (changed)"]);
  rename(ctx, 1, "  mine ");
  assert.equal(shown(ctx)[1], "B mine");
  rename(ctx, 1, " ");
  assert.equal(shown(ctx)[1], "B x");
  rename(ctx, 0, "bold");
  assert.equal(ctx.store.state.pins[0].name, "bold", "a pin has one name");
  rename(ctx, 2, "new");
  assert.equal(ctx.store.state.doc.name, "new");
  remove(ctx, 0);
  assert.deepEqual(shown(ctx), ["B x", "P new"]);
  assert.equal(ctx.store.state.pins.length, 1);
});

test("a set from elsewhere has its own letters, whatever is pinned here", () => {
  const ctx = page(pinned(pin(1, 1)));
  put(ctx, [
    { source: "link", name: "theirs", doc: scenario("x"), letter: "D" },
    { source: "link", name: "", doc: scenario("y"), letter: "P" },
  ]);
  assert.deepEqual(shown(ctx), ["D theirs", "P y"]);
  add(ctx, [{ source: "current" }]);
  assert.deepEqual(shown(ctx), ["D theirs", "A y", "P shipped (changed)"]);
});

test("a set of the library stays that set whatever is changed in it, until another comes", () => {
  const ctx = page(pinned(pin(1, 1)));
  assert.equal(originOfSet(ctx.store.state), null);
  rememberKept(ctx, { key: "e", name: "Board", version: 1, editable: true });
  assert.deepEqual(shown(ctx), ["A pin 1", "P shipped (changed)"], "what was compared");
  add(ctx, [other("x")]);
  remove(ctx, 0);
  assert.deepEqual(originOfSet(ctx.store.state), {
    key: "e",
    name: "Board",
    version: 1,
    editable: true,
  });
  layOut(ctx.store, [{ letter: "B", name: "y", doc: scenario("y") }]);
  assert.equal(originOfSet(ctx.store.state), null);
  const damaged = { items: [], pinned: 0, keptIn: { key: 1 } };
  assert.equal(originOfSet({ ...ctx.store.state, compareList: damaged }), null);
});

test("the plan of a set becomes the plan, in one step; one that is there stays", () => {
  const items = [
    { letter: "C", name: "theirs", doc: scenario("x") },
    { letter: "P", name: "now", doc: { ...MOVED, name: "now" } },
  ];
  const keptIn = { key: "e", name: "Board", version: 1, editable: true };
  const ctx = page();
  layOut(ctx.store, items, { keptIn });
  assert.equal(ctx.store.state.doc, items[1].doc);
  assert.equal(ctx.store.state.base, items[1].doc);
  assert.deepEqual(shown(ctx), ["C theirs", "P now"]);
  assert.deepEqual(
    entries(ctx).map(({ source }) => source),
    ["library", "current"],
  );
  const same = page();
  layOut(same.store, items, { doc: MOVED, keptIn });
  assert.equal(same.store.state.base, SHIPPED);
  assert.deepEqual(shown(same), ["C theirs", "P shipped"], "as the library keeps it");
});

test("a set is laid out with what was asked of it, and each plan with what it started from", () => {
  const [x, start] = [scenario("x"), scenario("start")];
  const items = [
    { letter: "C", name: "theirs", doc: x, base: start },
    { letter: "P", name: "now", doc: { ...MOVED, name: "now" }, base: SHIPPED },
  ];
  const ctx = page({ compareView: { outcome: "trust", measure: "value", first: "A" } });
  const asked = { measure: "value_per_customer", first: "0", second: "C" };
  layOut(ctx.store, items, { asked, isFile: true });
  assert.deepEqual(ctx.store.state.compareView, { outcome: "trust", ...asked });
  assert.equal(ctx.store.state.base, SHIPPED);
  const places = { measure: "value_per_customer", first: 2, second: 0 };
  assert.deepEqual(askedOf(ctx), places, "by places, carrying on behind");
  const kept = keptSet(ctx, (doc) => doc);
  assert.deepEqual(kept.asked, places);
  assert.deepEqual(
    kept.scenarios.map(({ base }) => base),
    [start, SHIPPED],
  );
  // Of a set that says nothing of it, nothing that was chosen before is asked.
  layOut(ctx.store, [{ letter: "A", name: "y", doc: x, base: null }]);
  assert.deepEqual(askedOf(ctx), { measure: null, first: null, second: null });
  assert.ok(!("base" in keptSet(ctx, (doc) => doc).scenarios[0]));
});

test("a scenario is there if one is like it; the plan only as the plan", () => {
  const ctx = page();
  assert.ok(!holds(ctx, SHIPPED, "preset") && holds(ctx, SHIPPED, "current"));
  add(ctx, [itemOf("preset", SHIPPED)]);
  remove(ctx, 0);
  assert.ok(holds(ctx, SHIPPED, "preset") && !holds(ctx, ctx.store.state.doc, "current"));
  assert.ok(isExample(ctx, { ...SHIPPED, results: {} }) && !isExample(ctx, scenario("x")));
});

test("what is asked about is among what is compared; others give way only where there is no room", () => {
  const pins = [pin(1, 1), pin(2, 2), pin(3, 3), pin(4, 4)];
  const ctx = page(pinned(...pins));
  include(ctx, ["A", "B"]);
  assert.equal(ctx.store.state.compareList, null, "all are there");
  include(ctx, ["A", "P"]);
  const all = ["A pin 1", "B pin 2", "C pin 3", "D pin 4", "P shipped (changed)"];
  assert.deepEqual(shown(ctx), all);
  const full = page(pinned(...pins));
  const three = pins.slice(1).map(({ id }) => ({ source: "pin", pin: id }));
  put(full, three);
  add(full, [other("one"), other("two"), other("three")]);
  include(full, ["A", "P"]);
  const kept = ["B pin 2", "C pin 3", "D pin 4", "E one", "A pin 1", "P shipped (changed)"];
  assert.deepEqual(shown(full), kept);
});

test("long names are cut between letters, not within one, and that is seen", () => {
  const ctx = page();
  const [cut] = [nameOf(ctx, { name: "😀".repeat(90), doc: SHIPPED, source: "file" })];
  assert.equal(cut, `${"😀".repeat(79)}…`);
});

test("two clicks ask about two pins, one about the pin and the plan as it stands", () => {
  const state = { ...firstState(SHIPPED), ...pinned(pin(1, 1), pin(2, 3), pin(3, 4, SHIPPED)) };
  const asked = (...clicks) =>
    pairOf(clicks.reduce(pickedAfter, []), state).map(({ letter }) => letter);
  assert.deepEqual(asked("A"), ["P", "A"], "is A better than the plan as it stands");
  assert.deepEqual(asked("A", "C"), ["C", "A"], "is A better than C");
  assert.deepEqual(asked("A", "C", "D"), ["D", "C"]);
  assert.deepEqual(asked("A", "A"), []);
  assert.deepEqual(asked("D"), [], "the plan is that pin");
});

test("a pin's button is named by what a click on it asks", () => {
  const c = { letter: "C", name: "pin 2" };
  assert.equal(questionNamed([], c), "Is C, pin 2, better?");
  assert.equal(questionNamed(["A"], c), "Is A better than C, pin 2?");
  assert.equal(questionNamed(["A", "B"], c), "Is B better than C, pin 2?");
});

test("that the plan as it stands is not among the pins is known, until it is added or pinned", () => {
  const ctx = page(pinned(pin(1, 1), pin(2, 2)));
  assert.ok(lacksPlan(ctx));
  add(ctx, [{ source: "current" }]);
  assert.ok(!lacksPlan(ctx));
  assert.ok(!lacksPlan(page(pinned(pin(1, 1), pin(2, 2, MOVED)))), "a pin that is like it");
  assert.ok(!lacksPlan(page()), "it is compared by itself");
});

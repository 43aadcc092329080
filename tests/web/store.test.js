import assert from "node:assert/strict";

import { toggleLock } from "../../ui/web/state/locks.js";
import { recall } from "../../ui/web/state/persistence.js";
import { freeSlot } from "../../ui/web/state/pins.js";
import { createStore } from "../../ui/web/state/store.js";
import { firstState, scenario, testInBrowser } from "./support.js";

const KEY = "budget-shift-board-1";
const OUTCOMES = ["cumulative_value", "customers", "trust"];
const PAUSE_MS = 1000; // after which moves are steps of their own

function moved(share, name = "standard") {
  const doc = scenario(name);
  return { ...doc, plan: { ...doc.plan, training: { ...doc.plan.training, share_moved: share } } };
}

const share = (store) => store.state.doc.plan.training.share_moved;

testInBrowser("a step is taken back and made again", () => {
  const store = createStore(firstState());
  assert.ok(!store.canUndo && !store.canRedo && store.previous === null);
  store.commit({ doc: moved(0.1) });
  store.commit({ doc: moved(0.2) });
  store.undo();
  assert.equal(share(store), 0.1);
  store.undo();
  assert.equal(share(store), 0);
  assert.ok(!store.canUndo && store.canRedo);
  store.undo();
  store.redo();
  store.redo();
  assert.equal(share(store), 0.2);
  assert.equal(store.previous.doc.plan.training.share_moved, 0.1);
});

testInBrowser("what follows an undone step takes its place", () => {
  const store = createStore(firstState());
  store.commit({ doc: moved(0.1) });
  store.undo();
  store.commit({ doc: moved(0.3) });
  assert.ok(!store.canRedo);
  store.undo();
  assert.equal(share(store), 0);
});

testInBrowser("what changes nothing is no step", () => {
  const store = createStore(firstState());
  store.commit({ doc: moved(0) });
  assert.ok(!store.canUndo);
});

testInBrowser(
  "moves in a row for the same reason are one step, later ones another",
  ({ context }) => {
    let now = 0;
    context.mock.method(performance, "now", () => now);
    const store = createStore(firstState());
    store.commit({ doc: moved(0.1) }, "training");
    now += PAUSE_MS - 1;
    store.commit({ doc: moved(0.2) }, "training");
    now += PAUSE_MS - 1;
    store.commit({ doc: moved(0.3) }, "training");
    now += PAUSE_MS;
    store.commit({ doc: moved(0.4) }, "training");
    store.commit({ doc: moved(0.5) }, "another");
    store.undo();
    assert.equal(share(store), 0.4);
    store.undo();
    assert.equal(share(store), 0.3);
    store.undo();
    assert.equal(share(store), 0);
  },
);

testInBrowser("there and back in a row is no step", ({ context }) => {
  context.mock.method(performance, "now", () => 0);
  const store = createStore(firstState());
  store.commit({ doc: moved(0.1) }, "training");
  store.commit({ doc: moved(0) }, "training");
  assert.ok(!store.canUndo);
});

testInBrowser(
  "locks pressed one after another are one step, until something moves",
  ({ context }) => {
    let now = 0;
    context.mock.method(performance, "now", () => now);
    const store = createStore(firstState());
    for (const path of ["plan.split.content", "plan.split.community", "plan.split.savings"]) {
      toggleLock(store, path);
      now += 10 * PAUSE_MS;
    }
    store.commit({ doc: moved(0.1) });
    toggleLock(store, "plan.split.content");
    assert.deepEqual(store.state.locked, ["plan.split.community", "plan.split.savings"]);
    store.undo();
    assert.equal(store.state.locked.length, 3);
    store.undo();
    assert.equal(share(store), 0);
    store.undo();
    assert.deepEqual(store.state.locked, []);
    assert.ok(!store.canUndo);
  },
);

testInBrowser("dragging is one step from where it began; undoing amid it loses nothing", () => {
  const store = createStore(firstState());
  store.preview(moved(0.1));
  store.preview(moved(0.2));
  assert.ok(store.previewing && store.canUndo && store.previous === null);
  store.commit({ doc: moved(0.3) });
  assert.ok(!store.previewing);
  store.undo();
  assert.equal(share(store), 0);
  store.preview(moved(0.6));
  store.undo();
  assert.equal(share(store), 0);
  store.redo();
  assert.equal(share(store), 0.6);
});

testInBrowser("at most a hundred steps are kept, the nearest", () => {
  const store = createStore(firstState());
  for (let step = 1; step <= 120; step += 1) store.commit({ doc: moved(step / 200) });
  let steps = 0;
  for (; store.canUndo; steps += 1) store.undo();
  assert.equal(steps, 100);
  assert.equal(share(store), 0.1);
});

testInBrowser("it travels to the nearest step that is like a scenario", () => {
  const store = createStore(firstState());
  for (const step of [0.1, 0.2, 0.1, 0.3]) store.commit({ doc: moved(step) });
  assert.ok(store.travel({ ...moved(0.1), results: { kept: "then" } }));
  assert.equal(share(store), 0.1);
  store.redo();
  assert.equal(share(store), 0.3, "not the first of both");
  const { number } = store;
  assert.ok(!store.travel(moved(0.9)));
  assert.ok(store.travel(moved(0.3)));
  assert.equal(store.number, number, "nothing has changed");
});

testInBrowser("whoever listens is told of every change, not of what is only noted", () => {
  const store = createStore(firstState());
  const states = [];
  const stop = store.subscribe((state) => states.push(state));
  store.commit({ doc: moved(0.1) });
  store.set({ charts: ["trust", "customers"] });
  store.note({ addressQuery: "from=x" });
  assert.equal(states.length, 2);
  assert.equal(store.state.addressQuery, "from=x");
  assert.deepEqual(states.at(-1).charts, ["trust", "customers"]);
  stop();
  store.undo();
  assert.equal(states.length, 2);
  assert.deepEqual(store.state.charts, ["trust", "customers"], "undo leaves how it is shown");
});

// --- everything that changes the state -------------------------------------------------------------

const STEP = ["base", "doc", "isFileAsOpened", "locked", "held", "pins", "pinned", "compareList"];
const stepOf = ({ state }) => Object.fromEntries(STEP.map((key) => [key, state[key]]));
const pinOf = (id, slot, name = `plan ${id}`) => ({
  id,
  slot,
  name,
  base: moved(0),
  doc: moved(id / 100),
  hidden: false,
});

function pin(store) {
  const { pins, pinned } = store.state;
  const slot = freeSlot(pins);
  if (slot === null) return;
  store.set({ pins: [...pins, pinOf(pinned + 1, slot)], pinned: pinned + 1 });
}

/** Moves of every kind, by random numbers. */
const MOVES = [
  (store, chance) => store.commit({ doc: moved(Math.round(chance * 100) / 100) }),
  (store, chance) => {
    store.preview(moved(chance / 2));
    store.commit({ doc: moved(chance) });
  },
  (store, chance) => store.commit({ locked: chance < 0.5 ? [] : [`line ${chance}`] }),
  (store, chance) => store.commit({ doc: moved(chance), held: [`line ${chance}`] }),
  (store, chance) => store.commit({ base: moved(chance), doc: moved(chance), locked: [] }),
  (store) => store.commit({ pins: store.state.pins.slice(1) }),
  (store, chance) =>
    store.commit({ pins: store.state.pins.map((each) => ({ ...each, hidden: chance < 0.5 })) }),
  (store, chance) =>
    store.commit({ compareList: { items: [{ source: "current" }], pinned: chance } }),
];

/** Numbers from 0 to 1 that are the same in every run. @param {number} seed */
function chances(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

testInBrowser("the name of a pin outlives undoing what was done before and after", () => {
  const store = createStore(firstState());
  pin(store);
  store.commit({ doc: moved(0.3) });
  store.set({ pins: store.state.pins.map((each) => ({ ...each, name: "Basis" })) });
  store.commit({ doc: moved(0.6) });
  while (store.canUndo) store.undo();
  assert.deepEqual(
    store.state.pins.map(({ name }) => name),
    ["Basis"],
  );
});

testInBrowser(
  "whatever is done, undoing all leads back exactly and redoing all forth",
  (globals) => {
    globals.context.mock.method(performance, "now", () => 0);
    for (let seed = 1; seed <= 60; seed += 1) {
      const chance = chances(seed);
      const store = createStore(firstState());
      for (const _pin of [1, 2, 3]) pin(store);
      const seen = [stepOf(store)];
      for (let move = 0; move < 40; move += 1) {
        MOVES[Math.floor(chance() * MOVES.length)](store, chance());
        if (JSON.stringify(stepOf(store)) !== JSON.stringify(seen.at(-1))) seen.push(stepOf(store));
      }
      for (const step of seen.slice(0, -1).reverse()) {
        store.undo();
        assert.deepEqual(stepOf(store), step, `seed ${seed}`);
      }
      assert.ok(!store.canUndo);
      for (const step of seen.slice(1)) {
        store.redo();
        assert.deepEqual(stepOf(store), step, `seed ${seed}`);
      }
      assert.ok(!store.canRedo);
    }
  },
);

testInBrowser("a pinned plan stays when one goes back to before it was pinned", () => {
  const store = createStore(firstState());
  store.commit({ doc: moved(0.1) });
  pin(store);
  store.undo();
  assert.deepEqual(
    store.state.pins.map(({ id }) => id),
    [1],
  );
  store.redo();
  assert.equal(store.state.pins.length, 1);
});

testInBrowser("a pin that was taken away comes back, beside those that came since", () => {
  const store = createStore(firstState());
  for (const _pin of [1, 2, 3, 4]) pin(store);
  store.commit({ pins: store.state.pins.slice(1) });
  pin(store);
  store.undo();
  const slots = store.state.pins.map(({ id, slot }) => [id, slot]);
  assert.deepEqual(slots, [
    [2, 2],
    [3, 3],
    [4, 4],
    [5, 1],
  ]);
  store.redo();
  store.commit({ pins: store.state.pins.slice(2) });
  store.undo();
  assert.equal(store.state.pins.length, 4, "each in a place of its own");
});

// --- results ---------------------------------------------------------------------------------------

const RESULTS = { verdict: "better" };

testInBrowser(
  "results stay as long as nothing changes that is simulated, and come back with it",
  () => {
    const doc = { ...moved(0.1), results: RESULTS };
    const store = createStore(firstState(doc));
    store.commit({ doc: { ...doc, notes: "why", name: "other" } });
    assert.equal(store.state.doc.results, RESULTS);
    store.commit({ doc: { ...store.state.doc, horizon_months: 12 } });
    assert.equal(store.state.doc.results, null);
    store.commit({ doc: { ...store.state.doc, horizon_months: 60 } });
    assert.equal(store.state.doc.results, RESULTS);
  },
);

testInBrowser("another scenario brings its own results, and not those of the one before", () => {
  const doc = { ...moved(0.1), results: RESULTS };
  const store = createStore(firstState(doc));
  const other = { ...moved(0.7, "other"), results: { verdict: "worse" } };
  store.commit({ base: other, doc: other, isFileAsOpened: true });
  assert.equal(store.state.isFileAsOpened, true);
  assert.equal(store.state.doc.results, other.results);
  const spoiled = { ...moved(0.8), results: other.results };
  store.commit({ base: spoiled, doc: spoiled });
  assert.equal(store.state.isFileAsOpened, false, "it is no file any more");
  assert.equal(store.state.doc.results, null);
  store.undo();
  assert.equal(store.state.isFileAsOpened, true);
});

// --- what the tab keeps ----------------------------------------------------------------------------

testInBrowser("a tab keeps its state and steps, and goes on from there", ({ storage, events }) => {
  const store = createStore(firstState());
  store.commit({ doc: moved(0.1) });
  store.commit({ doc: moved(0.2) });
  store.undo();
  assert.equal(storage.getItem(KEY), null, "not while a lever moves");
  events.dispatchEvent(new Event("pagehide"));
  const again = createStore(firstState(scenario("other")), recall(OUTCOMES));
  assert.equal(share(again), 0.1);
  again.redo();
  assert.equal(share(again), 0.2);
});

testInBrowser("it keeps them a moment after the last change, without being closed", (globals) => {
  const store = createStore(firstState());
  store.commit({ doc: moved(0.1) });
  globals.context.mock.timers.tick(399);
  assert.equal(globals.storage.getItem(KEY), null);
  globals.context.mock.timers.tick(1);
  assert.equal(recall(OUTCOMES).state.doc.plan.training.share_moved, 0.1);
});

testInBrowser(
  "without room for all steps it keeps the nearest; without any it says so once",
  (globals) => {
    const { storage, events } = globals;
    const store = createStore(firstState());
    let told = 0;
    store.whenForgetful(() => {
      told += 1;
    });
    for (let step = 1; step <= 40; step += 1) store.commit({ doc: moved(step / 100) });
    events.dispatchEvent(new Event("pagehide"));
    const whole = storage.getItem(KEY).length;
    storage.room = Math.floor(whole / 3);
    events.dispatchEvent(new Event("pagehide"));
    const kept = recall(OUTCOMES);
    assert.equal(kept.past.length, 10);
    assert.equal(kept.past.at(-1).doc.plan.training.share_moved, 0.39);
    assert.equal(told, 0);
    storage.room = 10;
    events.dispatchEvent(new Event("pagehide"));
    events.dispatchEvent(new Event("pagehide"));
    assert.equal(told, 1);
    assert.equal(recall(OUTCOMES), null, "what was kept before must not come back");
  },
);

testInBrowser("starting again forgets all but how the page is shown", ({ storage, events }) => {
  const store = createStore(firstState());
  store.set({ view: { mode: "projector", theme: "dark", keys: false } });
  store.commit({ doc: moved(0.1) });
  events.dispatchEvent(new Event("pagehide"));
  store.startAgain();
  assert.equal(share(store), 0);
  assert.equal(store.state.view.mode, "projector");
  assert.ok(!store.canUndo);
  assert.equal(storage.getItem(KEY), null);
});

testInBrowser("what a tab kept is taken only in the form of a state", ({ storage }) => {
  const good = { state: firstState(), past: [], future: [] };
  const keep = (content) => storage.setItem(KEY, content);
  keep(JSON.stringify(good));
  assert.deepEqual(recall(OUTCOMES), good);
  keep(
    JSON.stringify({
      ...good,
      state: { ...good.state, held: undefined, pinned: undefined, addressQuery: undefined },
    }),
  );
  assert.ok(recall(OUTCOMES), "as an earlier version kept it");
  const bad = [
    "{",
    "null",
    "[]",
    JSON.stringify({ ...good, past: [{}] }),
    JSON.stringify({ ...good, future: null }),
    ...[
      { doc: { name: "x" } },
      { base: null },
      { view: null },
      { locked: "all" },
      { pins: [{}] },
      { charts: ["cumulative_value"] },
      { charts: ["cumulative_value", "unknown"] },
      { compareList: { items: [{ name: 1 }], pinned: 0 } },
      { addressQuery: 7 },
    ].map((change) => JSON.stringify({ ...good, state: { ...good.state, ...change } })),
  ];
  for (const content of bad) {
    keep(content);
    assert.equal(recall(OUTCOMES), null, content);
  }
});

testInBrowser(
  "what a tab kept under the names of an earlier version is understood",
  ({ storage }) => {
    const { isFileAsOpened, addressQuery, held, pinned, compareList, ...rest } = firstState();
    const step = { base: rest.base, doc: moved(0.1) };
    const { id, ...old } = pinOf(1, 2);
    const known = { locked: [], held: [], pins: [{ id, ...old }], pinned: 1, compareList: null };
    storage.setItem(
      KEY,
      JSON.stringify({
        state: {
          ...rest,
          pins: [old],
          filed: true,
          written: "from=x",
          compare: [{ name: "B", doc: scenario("other"), source: "file" }],
          comparing: { outcome: "trust" },
        },
        past: [{ ...step, filed: true }],
        future: [{ ...step, filed: false }],
      }),
    );
    assert.deepEqual(recall(OUTCOMES), {
      state: {
        ...rest,
        ...known,
        isFileAsOpened: true,
        addressQuery: "from=x",
        compareView: { outcome: "trust" },
      },
      past: [{ ...known, ...step, isFileAsOpened: true }],
      future: [{ ...known, ...step, isFileAsOpened: false }],
    });
  },
);

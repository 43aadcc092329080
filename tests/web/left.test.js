import assert from "node:assert/strict";
import { packed, unpacked } from "../../ui/web/state/kept.js";
import { besides, discard, leave, leftBehind } from "../../ui/web/state/left.js";
import { createStore } from "../../ui/web/state/store.js";
import { firstState, scenario, testInBrowser } from "./support.js";

const OUTCOMES = ["cumulative_value", "customers"];
const TAB = "budget-shift-tab";
const doc = (name) => scenario(name);

/** A state with work in it: pins, and a step for each name. */
function kept(...names) {
  const step = (name) => {
    const { charts, view, addressQuery, ...rest } = firstState(doc(name));
    return rest;
  };
  const pins = [{ id: 1, slot: 1, name: "bold", base: doc("a"), doc: doc("b") }];
  return {
    state: { ...firstState(doc("now")), pins, pinned: 1 },
    past: names.map(step),
    future: [],
  };
}

/** Be another tab from here on: what a tab keeps for itself is gone. */
function another(storage) {
  storage.removeItem(TAB);
}

testInBrowser(
  "what a closed tab leaves behind is offered in another one, the newest first",
  async ({ storage, context }) => {
    leave(kept("one", "two"));
    another(storage);
    context.mock.timers.setTime(1000);
    leave(kept("three"));
    another(storage);
    const [newest, older] = await leftBehind(OUTCOMES);
    assert.deepEqual([newest.pins, newest.moves, newest.at], [1, 1, 1000]);
    assert.deepEqual([older.moves, older.kept.past.length], [2, 2]);
    discard([newest, older]);
    assert.deepEqual(await leftBehind(OUTCOMES), []);
  },
);

testInBrowser("a tab that is open is left alone, by itself and by others", async ({ storage }) => {
  leave(kept("one"));
  assert.deepEqual(await leftBehind(OUTCOMES), [], "it is its own");
  another(storage);
  assert.deepEqual(await leftBehind(OUTCOMES), [], "the browser knows that it is there");
});

testInBrowser(
  "a tab without any work, or that has grown old, is not offered",
  async ({ storage, context }) => {
    leave({ state: firstState(), past: [], future: [] });
    another(storage);
    assert.deepEqual(await leftBehind(OUTCOMES), []);
    leave(kept("one"));
    another(storage);
    context.mock.timers.setTime(31 * 86_400_000);
    assert.deepEqual(await leftBehind(OUTCOMES), []);
  },
);

testInBrowser(
  "where nothing is stored, nothing is left, and nothing breaks",
  async ({ storage }) => {
    storage.getItem = () => {
      throw new Error("not allowed");
    };
    leave(kept("one"));
    assert.deepEqual(await leftBehind(OUTCOMES), []);
  },
);

testInBrowser(
  "within another site's page locks are refused: what is left is offered all the same",
  async ({ storage, context }) => {
    leave(kept("one"));
    another(storage);
    context.mock.method(navigator.locks, "query", async () => {
      throw new DOMException("The request was denied.", "SecurityError");
    });
    assert.equal((await leftBehind(OUTCOMES)).length, 1);
  },
);

testInBrowser(
  "taking it up brings back state and steps, and undo leads beyond them",
  ({ storage }) => {
    const store = createStore(firstState(doc("fresh")));
    store.set({ view: { mode: "projector", theme: "dark", keys: true } });
    store.takeUp(kept("one", "two"));
    assert.deepEqual([store.state.doc.name, store.state.pins.length], ["now", 1]);
    assert.equal(store.state.view.mode, "projector", "how it is shown stays");
    for (const name of ["two", "one", "fresh"]) {
      store.undo();
      assert.equal(store.state.doc.name, name);
    }
    assert.ok(!store.canUndo && storage);
  },
);

testInBrowser("a pack holds each scenario once, and comes out as it went in", () => {
  const one = doc("one");
  const content = { state: { doc: one, base: one }, past: [{ doc: one, name: "{}" }] };
  const text = packed(content);
  assert.equal(text.split('"schema_version"').length, 2);
  const again = unpacked(text);
  assert.deepEqual(again, content);
  assert.equal(again.state.doc, again.past[0].doc);
  assert.deepEqual(unpacked(JSON.stringify(content)), content, "before there were packs");
});

testInBrowser("a plan that is open already is not offered, unless there are pins beside it", () => {
  const record = (name, pins) => ({ pins, kept: { state: { doc: doc(name) } } });
  const left = [record("open", 0), record("open", 2), record("another", 0)];
  assert.deepEqual(besides(left, { ...doc("open"), results: {} }), left.slice(1));
});

// The state of the page, and how it changes. One scenario document is what everything follows from.
// What a state holds, `State` in types/state.d.ts says. States are never changed in place. Everything
// can be undone but how it is shown, and that a plan was pinned: pins are what one goes back from.
//
// A document may carry the results that it was saved with (`doc.results`). They are its own only
// as long as nothing changes that is simulated: then they are dropped, here and nowhere else.

import { alike, comesToTheSame } from "./document.js";
import { createHistory } from "./history.js";
import { createPersistence } from "./persistence.js";
import { pinsAt } from "./pins.js";

/**
 * @param {State} initial
 * @param {Kept | null} kept  what this tab kept, as `recall` found it; it comes in the initial's place
 * @returns {Store}
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one state, and all that can be done with it: a few lines each
export function createStore(initial, kept = null) {
  let state = kept
    ? { ...initial, ...kept.state, view: { ...initial.view, ...kept.state.view } }
    : initial;
  let number = 0;
  /** @type {Step | null} */
  let before = null; // the step that a preview started from
  const history = createHistory(kept, step);
  const { keepSoon, forget, whenForgetful } = createPersistence(() => ({
    state,
    // A lever that is held when the page goes has made its step.
    past: before ? [...history.past, before] : history.past,
    future: before ? [] : history.future,
  }));
  /** @type {Set<(state: State) => void>} */
  const listeners = new Set();

  /** @returns {Step} */
  function step() {
    const { base, doc, isFileAsOpened, locked, held, pins, pinned, compareList } = state;
    return { base, doc, isFileAsOpened, locked, held, pins, pinned, compareList };
  }

  function tell() {
    number += 1;
    keepSoon();
    for (const listener of listeners) listener(state);
  }

  /** What was previewed becomes a step: it would be lost in what comes now. */
  function finishPreview() {
    if (before) history.left(before);
    before = null;
  }

  /** @param {number} place  of a step in the history */
  function goTo(place) {
    const step = history.goTo(place);
    state = { ...state, ...step, ...pinsAt(step, state) };
    tell();
  }

  return {
    get state() {
      return state;
    },
    get number() {
      return number;
    },
    get canUndo() {
      return history.past.length > 0 || before !== null;
    },
    get canRedo() {
      return history.future.length > 0;
    },
    get previous() {
      return history.past.at(-1) ?? null;
    },
    get previewing() {
      return before !== null;
    },

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    whenForgetful,

    preview(doc) {
      before ??= step();
      state = changed(state, { doc });
      tell();
    },

    commit(change, reason = null) {
      const from = before ?? step();
      before = null;
      state = changed(state, change);
      history.moved(from, reason);
      tell();
    },

    set(change) {
      state = { ...state, ...change };
      tell();
    },

    note(change) {
      state = { ...state, ...change };
      keepSoon();
    },

    undo() {
      finishPreview();
      if (history.past.length) goTo(history.past.length - 1);
    },

    redo() {
      finishPreview();
      if (history.future.length) goTo(history.past.length + 1);
    },

    travel(doc) {
      finishPreview();
      if (alike(state.doc, doc)) return true;
      const place = history.nearest((other) => alike(other.doc, doc));
      if (place !== null) goTo(place);
      return place !== null;
    },

    takeUp(kept) {
      finishPreview();
      const from = step();
      const { view, addressQuery, addressBefore } = state;
      state = { ...state, ...kept.state, view, addressQuery, addressBefore };
      history.takeUp(from, kept);
      tell();
    },

    startAgain() {
      forget();
      state = { ...initial, view: state.view, addressQuery: state.addressQuery };
      history.forget();
      before = null;
      tell();
    },
  };
}

/**
 * The state after a change. Results stay with a document only where what is simulated is still
 * that which they belong to; a plan that is led back to where it started has its own again.
 * @param {State} state
 * @param {Partial<Step>} change
 * @returns {State}
 */
function changed(state, change) {
  const after = { ...state, ...change };
  if (change.base && change.base !== state.base) {
    after.isFileAsOpened = change.isFileAsOpened ?? false;
    after.base = honest(change.base, state.base);
  }
  after.doc = honest(after.doc, state.doc);
  const { base, doc } = after;
  if (base.results && !doc.results && comesToTheSame(doc, base)) {
    after.doc = { ...doc, results: base.results };
  }
  return after;
}

/**
 * `doc` without the results of `before`, if they came along into another scenario.
 * @param {Doc} doc
 * @param {Doc} before
 */
function honest(doc, before) {
  if (!doc.results || doc === before || doc.results !== before.results) return doc;
  return comesToTheSame(doc, before) ? doc : { ...doc, results: null };
}

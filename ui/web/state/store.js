// The state of the page, and how it changes. One scenario document is what everything follows from.
//
// state = {
//   base    the scenario as it was loaded; the resets go back to it
//   doc     the scenario as it stands now
//   filed   whether base is a file as it was opened
//   locked  paths of the split's lines that never move by themselves
//   pins    [{ name, base, doc, slot, hidden }]: plans kept for comparison; slot 1-4 is the colour,
//           hidden ones are not drawn
//   charts  [outcome, outcome]: what the two large charts show
//   view    { mode: "normal" | "projector", theme: "auto" | "light" | "dark", keys: boolean }
//   written the scenario's part of the page's address, as it was last written
//   compare [{ name, doc, source }]: what the Compare page lays side by side
// }
// States are never changed in place. Only doc, base and filed can be undone.
//
// A document may carry the results that it was saved with (`doc.results`). They are its own only
// as long as nothing changes that is simulated: then they are dropped, here and nowhere else.

const MOST_STEPS = 100;
const COALESCE_MS = 1000;
const KEEP_MS = 400;
const KEY = "budget-shift-board-1"; // the number goes up when the form of a state changes

/**
 * @param {object} initial  a state
 * @param {object} kept  what this tab kept, as `recall` found it; it comes in the initial's place
 */
export function createStore(initial, kept = null) {
  let state = kept
    ? { ...initial, ...kept.state, view: { ...initial.view, ...kept.state.view } }
    : initial;
  let number = 0;
  let past = kept?.past ?? [];
  let future = kept?.future ?? [];
  let before = null; // the step that a preview started from
  let last = { reason: null, at: 0 };
  let keeping = null;
  let forgetful = false; // what is here cannot be kept
  let toldOf = () => {};
  const listeners = new Set();
  addEventListener("pagehide", keep);

  function tell() {
    number += 1;
    keepSoon();
    for (const listener of listeners) listener(state);
  }

  // Writing all of it takes milliseconds: not while a lever is moving.
  function keepSoon() {
    clearTimeout(keeping);
    keeping = setTimeout(keep, KEEP_MS);
  }

  function keep() {
    clearTimeout(keeping);
    // Where there is no room for all steps, there may be for the nearest, or for none but the plan.
    let most = Math.max(past.length, future.length);
    while (!put(most) && most > 0) most = Math.floor(most / 2);
  }

  /** Keep the state with the nearest steps; false where it could not be kept. */
  function put(steps) {
    const nearest = { past: steps ? past.slice(-steps) : [], future: future.slice(0, steps) };
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ state, ...nearest }));
    } catch {
      if (steps) return false;
      // No room or not allowed: the page works, it only forgets when it is loaded again. What was
      // kept before must not come back as if it were the newest.
      forget();
      if (!forgetful) toldOf();
      forgetful = true;
      return false;
    }
    forgetful = false;
    return true;
  }

  function forget() {
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // Then nothing was kept either.
    }
  }

  function step() {
    return { base: state.base, doc: state.doc, filed: state.filed };
  }

  function remember(from) {
    past = [...past.slice(1 - MOST_STEPS), from];
    future = [];
  }

  /** What was previewed becomes a step: it would be lost in what comes now. */
  function finishPreview() {
    if (before && !same(before, step())) remember(before);
    before = null;
  }

  /** Go to one of all steps: those before, the present one, those that were taken back. */
  function go(place) {
    const steps = [...past, step(), ...future];
    past = steps.slice(0, place);
    future = steps.slice(place + 1);
    state = { ...state, ...steps[place] };
    last = { reason: null, at: 0 };
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
      return past.length > 0 || before !== null;
    },
    get canRedo() {
      return future.length > 0;
    },
    /** The step before the last, { base, doc }, or null. */
    get previous() {
      return past.length ? past[past.length - 1] : null;
    },

    /** Whether a change is under way that is no step yet, as while dragging. */
    get previewing() {
      return before !== null;
    },

    /** Call `listener(state)` after every change; returns a function that ends it. */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /** Call `listener()` when this tab can keep nothing (any more); one listener, the last one. */
    whenForgetful(listener) {
      toldOf = listener;
    },

    /** Change the scenario for now, as while dragging: `commit` makes one step of it. */
    preview(doc) {
      before ??= step();
      state = changed(state, { doc });
      tell();
    },

    /**
     * Change the scenario: one step that can be undone.
     * @param {object} change  `doc`, and `base` where another scenario is loaded; then `filed`, if
     *   it comes from a file
     * @param {string} reason  steps in a row for the same reason within a second are one step
     */
    commit(change, reason = null) {
      const from = before ?? step();
      before = null;
      state = changed(state, change);
      const now = performance.now();
      const goesOn = reason !== null && reason === last.reason && now - last.at < COALESCE_MS;
      last = { reason, at: now };
      if (goesOn) {
        const first = past[past.length - 1];
        if (first && same(first, step())) {
          past = past.slice(0, -1); // there and back is no step
          last = { reason: null, at: 0 };
        }
      } else if (!same(from, step())) {
        remember(from);
      } else {
        last = { reason: null, at: 0 };
      }
      tell();
    },

    /** Change what is not the scenario: locks, pins, charts, view. No step. */
    set(change) {
      state = { ...state, ...change };
      tell();
    },

    /** Change what nobody sees and nothing follows from; it is only kept. */
    note(change) {
      state = { ...state, ...change };
      keepSoon();
    },

    undo() {
      finishPreview();
      if (past.length) go(past.length - 1);
    },

    redo() {
      finishPreview();
      if (future.length) go(past.length + 1);
    },

    /**
     * Go to the nearest step, back or forth, at which the scenario was this one.
     * @param {object} doc  compared without results
     * @returns {boolean} whether there is such a step; else nothing has changed
     */
    travel(doc) {
      finishPreview();
      if (alike(state.doc, doc)) return true;
      const back = past.findLastIndex((one) => alike(one.doc, doc));
      const forth = future.findIndex((one) => alike(one.doc, doc));
      if (back < 0 && forth < 0) return false;
      const nearer = back >= 0 && (forth < 0 || past.length - back <= forth + 1);
      go(nearer ? back : past.length + 1 + forth);
      return true;
    },

    /** Start again from the beginning, as in a new tab. */
    startAgain() {
      forget();
      state = { ...initial, view: state.view, written: state.written };
      past = [];
      future = [];
      before = null;
      tell();
    },
  };
}

/**
 * The state after a change. Results stay with a document only where what is simulated is still
 * that which they belong to; a plan that is led back to where it started has its own again.
 */
function changed(state, change) {
  const after = { ...state, ...change };
  if (change.base && change.base !== state.base) {
    after.filed = change.filed ?? false;
    after.base = honest(change.base, state.base);
  }
  after.doc = honest(after.doc, state.doc);
  const { base, doc } = after;
  if (base.results && !doc.results && alike(simulated(doc), simulated(base))) {
    after.doc = { ...doc, results: base.results };
  }
  return after;
}

/** `doc` without the results of `before`, if they came along into another scenario. */
function honest(doc, before) {
  if (!doc.results || doc === before || doc.results !== before.results) return doc;
  return alike(simulated(doc), simulated(before)) ? doc : { ...doc, results: null };
}

/** A scenario without the texts that its figures do not depend on. */
export function withoutTexts(doc) {
  return { ...doc, story: "", description: "", notes: "", author: "", date: null };
}

function simulated({ name, story, description, notes, author, date, ...rest }) {
  return rest;
}

/**
 * What this browser tab kept, if it has the form of a state; else null. Whether it has content that
 * can be simulated, the server says.
 * @param {string[]} outcomes  ids of what a chart can show
 */
export function recall(outcomes) {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    // Damaged or not allowed: as if there were nothing.
  }
  return isKept(kept, outcomes) ? kept : null;
}

const isObject = (one) => one !== null && typeof one === "object" && !Array.isArray(one);
const isDocument = (one) =>
  isObject(one) &&
  typeof one.name === "string" &&
  [one.organisation, one.plan, one.assumptions].every(isObject);
const isStep = (one) => isObject(one) && isDocument(one.base) && isDocument(one.doc);
const isPin = (one) => isStep(one) && typeof one.name === "string" && Number.isInteger(one.slot);
const isNamed = (one) => isObject(one) && typeof one.name === "string" && isDocument(one.doc);

function isKept(kept, outcomes) {
  const { state, past, future } = kept ?? {};
  return (
    isObject(state) &&
    isStep(state) &&
    isObject(state.view) &&
    typeof (state.written ?? "") === "string" &&
    Array.isArray(state.locked) &&
    [state.pins, past, future, state.charts, state.compare ?? []].every(Array.isArray) &&
    state.pins.every(isPin) &&
    (state.compare ?? []).every(isNamed) &&
    state.charts.length === 2 &&
    state.charts.every((one) => outcomes.includes(one)) &&
    [...past, ...future].every(isStep)
  );
}

/** Whether two scenario documents are the same, whatever results they carry. */
export function alike(one, other) {
  return same({ ...one, results: null }, { ...other, results: null });
}

/** Whether two values of JSON are the same, whatever the order of their keys. */
export function same(one, other) {
  if (one === other) return true;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") {
    return false;
  }
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => key in other && same(one[key], other[key]))
  );
}

/** The value at a dotted path of a document. */
export function at(doc, path) {
  return path.split(".").reduce((node, part) => node?.[part], doc);
}

/** A copy of a document with other values at dotted paths; what does not change is shared. */
export function withValues(doc, values) {
  let result = doc;
  for (const [path, value] of Object.entries(values)) result = put(result, path.split("."), value);
  return result;
}

function put(node, [first, ...rest], value) {
  return { ...node, [first]: rest.length ? put(node?.[first] ?? {}, rest, value) : value };
}

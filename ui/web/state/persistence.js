// What this browser tab keeps of the page, for when it is loaded again.

const KEEP_MS = 400;
const KEY = "budget-shift-board-1"; // the number goes up when the form of a state changes

/**
 * Keeps what `read()` gives in this tab.
 * @param {() => Kept} read
 */
export function createPersistence(read) {
  let keeping = 0;
  let forgetful = false; // what is here cannot be kept
  let onForgetful = () => {};
  addEventListener("pagehide", keep);

  function keep() {
    clearTimeout(keeping);
    const { state, past, future } = read();
    // Where there is no room for all steps, there may be for the nearest, or for none but the plan.
    let most = Math.max(past.length, future.length);
    while (!put(most) && most > 0) most = Math.floor(most / 2);

    /** Keep the state with the nearest steps; false where it could not be kept. @param {number} steps */
    function put(steps) {
      const nearest = { past: steps ? past.slice(-steps) : [], future: future.slice(0, steps) };
      try {
        sessionStorage.setItem(KEY, JSON.stringify({ state, ...nearest }));
      } catch {
        if (steps) return false;
        // No room or not allowed: the page works, it only forgets when it is loaded again. What was
        // kept before must not come back as if it were the newest.
        forget();
        if (!forgetful) onForgetful();
        forgetful = true;
        return false;
      }
      forgetful = false;
      return true;
    }
  }

  return {
    /** Keep it when nothing has changed for a moment: writing all of it takes milliseconds, which a
     * lever that is moving does not have. */
    keepSoon() {
      clearTimeout(keeping);
      keeping = setTimeout(keep, KEEP_MS);
    },
    forget,
    /** Call `listener()` when this tab can keep nothing (any more); one listener, the last one.
     * @param {() => void} listener */
    whenForgetful(listener) {
      onForgetful = listener;
    },
  };
}

function forget() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Then nothing was kept either.
  }
}

/**
 * What this browser tab kept, if it has the form of a state; else null. Whether it has content that
 * can be simulated, the server says.
 * @param {string[]} outcomes  ids of what a chart can show
 * @returns {Kept | null}
 */
export function recall(outcomes) {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  } catch {
    // Damaged or not allowed: as if there were nothing.
  }
  kept = inPresentNames(kept);
  return isKept(kept, outcomes) ? kept : null;
}

// What keys of a state were called by versions whose tabs may still be open.
const PRESENT_NAMES = new Map([
  ["filed", "isFileAsOpened"],
  ["written", "addressQuery"],
  ["compare", "compareList"],
  ["comparing", "compareView"],
]);

/** What was kept, whichever version kept it. @param {any} kept */
function inPresentNames(kept) {
  const renamed = (/** @type {any} */ step) =>
    isObject(step)
      ? Object.fromEntries(
          Object.entries(step).map(([key, value]) => [PRESENT_NAMES.get(key) ?? key, value]),
        )
      : step;
  const steps = (/** @type {any} */ list) => (Array.isArray(list) ? list.map(renamed) : list);
  if (!isObject(kept)) return kept;
  return { state: renamed(kept.state), past: steps(kept.past), future: steps(kept.future) };
}

const isObject = (/** @type {any} */ value) =>
  value !== null && typeof value === "object" && !Array.isArray(value);
const isDocument = (/** @type {any} */ doc) =>
  isObject(doc) &&
  typeof doc.name === "string" &&
  [doc.organisation, doc.plan, doc.assumptions].every(isObject);
const isStep = (/** @type {any} */ step) =>
  isObject(step) && isDocument(step.base) && isDocument(step.doc);
const isPin = (/** @type {any} */ pin) =>
  isStep(pin) && typeof pin.name === "string" && Number.isInteger(pin.slot);
const isNamed = (/** @type {any} */ entry) =>
  isObject(entry) && typeof entry.name === "string" && isDocument(entry.doc);

/** @param {any} kept @param {string[]} outcomes */
function isKept(kept, outcomes) {
  const { state, past, future } = kept ?? {};
  return (
    isObject(state) &&
    isStep(state) &&
    isObject(state.view) &&
    typeof (state.addressQuery ?? "") === "string" &&
    Array.isArray(state.locked) &&
    [state.pins, past, future, state.charts, state.compareList ?? []].every(Array.isArray) &&
    state.pins.every(isPin) &&
    (state.compareList ?? []).every(isNamed) &&
    state.charts.length === 2 &&
    state.charts.every((/** @type {any} */ id) => outcomes.includes(id)) &&
    [...past, ...future].every(isStep)
  );
}

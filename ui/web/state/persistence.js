// What this browser tab keeps of the page, for when it is loaded again.

import { keptIn, packed } from "./kept.js";
import { leave } from "./left.js";

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
  // A phone may end a page in the background without another word.
  addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());

  function keep() {
    clearTimeout(keeping);
    const { state, past, future } = read();
    // Where there is no room for all steps, there may be for the nearest, or for none but the plan.
    let most = Math.max(past.length, future.length);
    while (!put(most) && most > 0) most = Math.floor(most / 2);
    leave({ state, past, future });

    /** Keep the state with the nearest steps; false where it could not be kept. @param {number} steps */
    function put(steps) {
      const nearest = { past: steps ? past.slice(-steps) : [], future: future.slice(0, steps) };
      try {
        sessionStorage.setItem(KEY, packed({ state, ...nearest }));
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
  try {
    return keptIn(sessionStorage.getItem(KEY) ?? "null", outcomes);
  } catch {
    return null; // not allowed: as if there were nothing
  }
}

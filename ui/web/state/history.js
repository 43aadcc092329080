// The steps of a page: those that can be taken back, and those that were.

import { same } from "./document.js";

const MOST_STEPS = 100;
const COALESCE_MS = 1000;
/** The reason of moves in a row that are one step, however long they take. */
export const LOCKS = "locks";
const NO_MOVE = { reason: null, at: 0 };

/**
 * A history of steps; `present()` is the step that the page stands at.
 * @param {{past?: Step[], future?: Step[]} | null} kept
 * @param {() => Step} present
 */
export function createHistory(kept, present) {
  let past = kept?.past ?? [];
  let future = kept?.future ?? [];
  /** @type {{reason: string | null, at: number}} */
  let move = NO_MOVE; // the last one: why, and when

  /** @param {Step} from */
  function remember(from) {
    past = [...past.slice(1 - MOST_STEPS), from];
    future = [];
  }

  return {
    get past() {
      return past;
    },
    get future() {
      return future;
    },

    /** The page has left `from` for good, if it differs from where it stands. @param {Step} from */
    left(from) {
      if (!same(from, present())) remember(from);
    },

    /**
     * The page has moved away from `from`.
     * @param {Step} from
     * @param {string | null} reason  moves in a row for the same reason within a second are one step,
     *   locks also without a hurry
     */
    moved(from, reason) {
      const now = performance.now();
      const isSoon = reason === LOCKS || now - move.at < COALESCE_MS;
      const goesOn = reason !== null && reason === move.reason && isSoon;
      move = { reason, at: now };
      if (goesOn) {
        const first = past.at(-1);
        if (first && same(first, present())) {
          past = past.slice(0, -1); // there and back is no step
          move = NO_MOVE;
        }
      } else if (!same(from, present())) {
        remember(from);
      } else {
        move = NO_MOVE;
      }
    },

    /**
     * Go to one of all steps: those before, the present one, those that were taken back.
     * @param {number} place  among all of these
     * @returns {Step}
     */
    goTo(place) {
      const steps = [...past, present(), ...future];
      past = steps.slice(0, place);
      future = steps.slice(place + 1);
      move = NO_MOVE;
      return steps[place];
    },

    /**
     * The place of the nearest step that is like one, back or forth; null if none is.
     * @param {(step: Step) => boolean} isLike
     */
    nearest(isLike) {
      const back = past.findLastIndex(isLike);
      const forth = future.findIndex(isLike);
      if (back < 0 && forth < 0) return null;
      const isNearer = back >= 0 && (forth < 0 || past.length - back <= forth + 1);
      return isNearer ? back : past.length + 1 + forth;
    },

    /**
     * Go on from steps that were kept elsewhere; behind all of them lies where the page stood.
     * @param {Step} from
     * @param {{past: Step[], future: Step[]}} kept
     */
    takeUp(from, kept) {
      past = [from, ...kept.past].slice(-MOST_STEPS);
      future = kept.future;
      move = NO_MOVE;
    },

    forget() {
      past = [];
      future = [];
    },
  };
}

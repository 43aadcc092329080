// What this tab's entries of the browser's history stand for.

const MOST_ENTRIES = 100;

/**
 * What an entry stands for, and what its address says of that.
 * @typedef {{step: Pick<Step, "base" | "doc">, query: string, stale: boolean,
 *   hasStart?: boolean}} Presented
 *   `stale`: the address may say it in another way, as with results of another model; `hasStart`: it says
 *   where the plan started, too
 */

/**
 * Change the history as far as the browser lets us: too many changes at once it refuses.
 * @param {() => void} change
 * @returns {boolean}  whether it is done
 */
function allowed(change) {
  try {
    change();
    return true;
  } catch (error) {
    console.warn(error);
    return false;
  }
}

/** The entries of a browser tab. */
export function createEntries() {
  /** @type {Map<string, Presented>} */
  const entries = new Map(); // by what the history keeps of them
  const begun = `${performance.timeOrigin}`;
  let serial = 0;
  const nextId = () => {
    serial += 1;
    return `${begun}-${serial}`;
  };

  return {
    /** What an entry stands for, if this tab made it. @param {any} state  that the history keeps */
    find: (state) => entries.get(state?.board),

    /**
     * Write the present entry, or one behind it; whether the browser lets us.
     * @param {string} address
     * @param {Presented} presented  what it stands for
     * @param {boolean} push  whether it is another one
     * @param {boolean} isOver  it stands for something that lies over the page (state/over.js)
     */
    write(address, presented, push, isOver = false) {
      const id = (push ? null : history.state?.board) ?? nextId();
      const { isBehind: _, isOver: before = false, ...state } = history.state ?? {};
      const way = push ? "pushState" : "replaceState";
      const kept = { ...state, board: id, ...((push ? isOver : before) && { isOver: true }) };
      if (!allowed(() => history[way](kept, "", address))) return false;
      entries.set(id, presented);
      const [oldest] = entries.keys();
      if (entries.size > MOST_ENTRIES) entries.delete(oldest);
      return true;
    },

    /**
     * The present entry stands for something else than its address says. Whoever loads the page again
     * and comes back, before that is mended, would get an older plan.
     * @param {Presented} presented
     */
    leave(presented) {
      entries.set(history.state.board, presented);
      allowed(() => history.replaceState({ ...history.state, isBehind: true }, ""));
    },
  };
}

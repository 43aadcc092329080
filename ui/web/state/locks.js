// Lines of the split that are locked: they never move by themselves, nor in a search.

import { LOCKS } from "./history.js";

/**
 * Lock a line, or open its lock. However many are pressed one after another, that is one step.
 * @param {Pick<Store, "state" | "commit">} store
 * @param {string} path
 */
export function toggleLock(store, path) {
  const { locked } = store.state;
  const others = locked.filter((each) => each !== path);
  const isShut = others.length < locked.length;
  store.commit({ locked: isShut ? others : [...locked, path] }, LOCKS);
}

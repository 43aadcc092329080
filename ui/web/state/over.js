// The entry of the browser's history that stands for what lies over the page: going back from it closes that.

import { keepOver } from "../kit/over.js";

/**
 * @param {() => void} push  writes another entry for what the present one stands for, marked as `isOver`
 */
export function createOver(push) {
  /** @type {(() => void) | null} */
  let close = null; // what lies over the page, if anything does
  let isGoing = false; // the page itself goes back from that entry
  let isClosing = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const isThere = () => Boolean(history.state?.isOver);

  keepOver({
    laid(way) {
      close = way;
      clearTimeout(timer);
      if (!isThere()) push();
    },
    lifted() {
      close = null;
      clearTimeout(timer);
      if (!isClosing) timer = setTimeout(leave); // something else may be laid over it at once
    },
  });

  /** It was closed by another way: its entry would be one from which going back shows nothing. */
  function leave() {
    if (isGoing || !isThere()) return;
    isGoing = true;
    history.back();
  }

  return {
    /**
     * Whether a way back or forth was about that alone; then the page has done what is to be done.
     * @param {PopStateEvent} event
     * @param {boolean} isElsewhere  it leads to another page
     */
    took({ state }, isElsewhere) {
      if (isGoing) {
        isGoing = false;
        if (close) push(); // it was laid there meanwhile
        return true;
      }
      if (isElsewhere) return false;
      if (close) {
        isClosing = true;
        close();
        isClosing = false;
        return true;
      }
      if (!state?.isOver) return false;
      history.back(); // nothing lies there any more
      return true;
    },
  };
}

// What takes longer than a lever may wait for, asked for bit by bit while nothing moves: the years
// beyond the horizon, and more draws. Whatever moves ends it. The server does it when nobody waits for
// anything else, however long that takes.

import { requestError } from "./http.js";

const REST_MS = 500; // without a move, until something counts as at rest

/**
 * @param {(step: number, options: {signal: AbortSignal}) => Promise<{content: any, next: number | null}>} answered
 *   asks for a bit of it
 * @param {(content: any, isLast: boolean) => unknown} hear  gets what has become known
 * @param {() => void} given  called when no answer comes: what is shown stays, only less fine
 */
export function createRest(answered, hear, given) {
  let moves = new AbortController(); // of the newest rest: whatever moves ends it
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {AbortSignal} signal */
  async function work(signal) {
    let step = /** @type {number | null} */ (0);
    while (step !== null) {
      const reply = await answered(step, { signal });
      if (signal.aborted) return;
      step = reply.next;
      if (reply.content) await hear(reply.content, step === null);
      if (signal.aborted) return;
    }
  }

  function stop() {
    moves.abort();
    clearTimeout(timer);
  }

  return {
    /** Nothing moves from now on. */
    start() {
      stop();
      moves = new AbortController();
      const { signal } = moves;
      const lost = (/** @type {unknown} */ error) => {
        if (!signal.aborted) given();
        requestError(error);
      };
      timer = setTimeout(() => work(signal).catch(lost).catch(reportError), REST_MS);
    },
    stop,
  };
}

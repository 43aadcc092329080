// What takes longer than a lever may wait for, asked for bit by bit while nothing moves: the years
// beyond the horizon, and more draws. Whatever moves ends it; a bit under way is some 30 ms of work.

import { ask, requestError } from "../server/http.js";

const REST_MS = 500; // without a move, until something counts as at rest

/**
 * @param {() => {content: object}} compose  makes the question
 * @param {(content: Answer, isLast: boolean) => unknown} hear  gets what has become known
 */
export function createRest(compose, hear) {
  let turn = 0; // the newest rest counts
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {number} mine */
  async function work(mine) {
    let step = /** @type {number | null} */ (0);
    while (step !== null && mine === turn) {
      /** @type {SettleReply} */
      const reply = await ask("settle", { ...compose().content, step });
      if (mine !== turn) return;
      step = reply.next;
      if (reply.content) await hear(reply.content, step === null);
    }
  }

  function stop() {
    turn += 1;
    clearTimeout(timer);
  }

  return {
    /** Nothing moves from now on. */
    start() {
      stop();
      const mine = turn;
      // Where no answer comes, what is shown stays as it is: it is right, only less fine.
      timer = setTimeout(() => work(mine).catch(requestError).catch(reportError), REST_MS);
    },
    stop,
  };
}

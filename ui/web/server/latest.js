// Asking the same route again and again. One request at a time; while one is under way only the newest
// next one counts. What finds no answer is sent again.

import { ask, requestError } from "./http.js";

const PAUSES_MS = [300, 700, 1500, 3000, 5000];

/**
 * @template {{content: object, canWait?: boolean, patience?: number}} Question  `canWait`: what is asked for
 *   next comes first; `patience`: milliseconds for it, if it may take longer than others
 * @param {string} route
 * @param {() => Question | null} compose  makes the question, as late as possible; null for none
 * @param {object} hear
 * @param {(reply: any, question: Question) => unknown} hear.onReply
 * @param {(problems: Problem[], question: Question) => unknown} hear.onRefused
 * @param {(text: string) => void} hear.onLost  why there is no answer now, as a sentence: it will be
 *   asked again
 * @param {() => void} hear.onFound  after that, one came again
 */
export function createLatestRequest(route, compose, { onReply, onRefused, onLost, onFound }) {
  let isUnderWay = false;
  let isWanted = false;
  let isClosed = false;
  let failures = 0;
  /** @type {AbortController | null} */
  let waiting = null; // breaks off what is under way, where that can wait
  /** @type {ReturnType<typeof setTimeout> | null} */
  let pause = null;

  function start() {
    const question = compose();
    isWanted = false;
    if (!question) return;
    isUnderWay = true;
    exchange(question)
      .catch(reportError) // a fault in what hears it: the next one may be better
      .finally(() => {
        isUnderWay = false;
        goOn();
      });
  }

  /** @param {Question} question */
  async function exchange(question) {
    let reply;
    const breaking = question.canWait ? new AbortController() : null;
    waiting = breaking;
    try {
      const { patience } = question;
      reply = await ask(route, question.content, { breaking: breaking?.signal, patience });
    } catch (error) {
      if (!breaking?.signal.aborted) failed(requestError(error), question);
      return;
    } finally {
      waiting = null;
    }
    if (isClosed) return;
    answered();
    await onReply(reply, question);
  }

  /** @param {import("./http.js").RequestError} error @param {Question} question */
  function failed(error, question) {
    if (isClosed) return;
    if (error.problems) {
      answered();
      onRefused(error.problems, question);
    } else {
      failures += 1;
      isWanted = true;
      onLost(error.text ?? error.message);
    }
  }

  function answered() {
    if (failures) onFound();
    failures = 0;
  }

  function goOn() {
    if (!isWanted || isClosed) return;
    if (failures) pause = setTimeout(again, PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1]);
    else start();
  }

  function again() {
    if (pause !== null) clearTimeout(pause);
    pause = null;
    if (!isUnderWay && isWanted && !isClosed) start();
  }

  addEventListener("online", again);
  return {
    /** What is asked for has changed: ask, now or as soon as the answer under way is there. */
    send() {
      isWanted = true;
      waiting?.abort();
      if (!isUnderWay && pause === null && !isClosed) start();
    },
    get busy() {
      return isUnderWay || isWanted;
    },
    close() {
      isClosed = true;
      removeEventListener("online", again);
      if (pause !== null) clearTimeout(pause);
    },
  };
}

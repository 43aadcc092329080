// What each instrument costs and brings, asked for while nothing moves, and said beside its lever.

import { ask, requestError } from "../server/http.js";
import { lean } from "../state/document.js";

const REST_MS = 700; // without a move

/**
 * @param {Ctx} ctx
 * @param {(texts: Record<string, string>) => void} say
 */
export function createReturns(ctx, say) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Doc | null} */
  let saidOf = null;
  let waiting = new AbortController();

  async function work() {
    const { doc } = ctx.store.state;
    if (doc === saidOf) return;
    const { signal } = waiting;
    const content = { language: ctx.start.language, scenario: lean(doc) };
    const texts = await ask("instruments", content, { signal });
    if (signal.aborted) return;
    saidOf = doc;
    say(texts);
  }

  function stop() {
    clearTimeout(timer);
    waiting.abort();
  }

  return {
    /** Nothing moves from now on. */
    start() {
      stop();
      waiting = new AbortController();
      // Where no answer comes, nothing is said.
      timer = setTimeout(() => work().catch(requestError).catch(reportError), REST_MS);
    },
    /** What is said is of another plan from now on. */
    stop() {
      stop();
      if (saidOf && ctx.store.state.doc !== saidOf) {
        saidOf = null;
        say({});
      }
    },
  };
}

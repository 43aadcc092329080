// Whether the server is there: asked again and again while the page is looked at, so that somebody who
// moves nothing is told of a lost connection as well, and so that what waits for it goes on by itself.

import { get, requestError } from "./http.js";

const PAUSE_MS = 1000;
const PATIENCE_MS = 1800; // with the pause less than the three seconds in which it is told

/**
 * Watch over the connection; returns what ends it.
 * @param {object} hear
 * @param {(text: string) => void} hear.onLost  why there is no answer, each time that none comes
 * @param {() => void} hear.onBack  it came again
 */
export function watchConnection({ onLost, onBack }) {
  let isLost = false;
  let isEnded = false;
  let isAsking = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  async function ask() {
    clearTimeout(timer);
    if (isEnded || isAsking || document.visibilityState === "hidden") return;
    isAsking = true;
    try {
      await get("board/here", { patience: PATIENCE_MS, cache: "no-store" });
      heard(null);
    } catch (error) {
      heard(requestError(error));
    } finally {
      isAsking = false;
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE_MS);
    }
  }

  /** @param {import("./http.js").RequestError | null} error */
  function heard(error) {
    if (isEnded) return;
    if (error) onLost(error.text ?? error.message);
    else if (isLost) onBack();
    isLost = error !== null;
  }

  addEventListener("online", ask);
  addEventListener("offline", ask);
  document.addEventListener("visibilitychange", ask);
  timer = setTimeout(ask, PAUSE_MS);
  return () => {
    isEnded = true;
    clearTimeout(timer);
    removeEventListener("online", ask);
    removeEventListener("offline", ask);
    document.removeEventListener("visibilitychange", ask);
  };
}

// Whether a scenario is on its way, as while a lever moves. Then few draws are asked for, which are there
// at once; when it stands still all of them.

const REST_MS = 120; // without a move: longer than between two presses of a key that is held

/** @param {() => void} ask  asks again when it stands still */
export function createPace(ask) {
  let isMoving = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function stop() {
    clearTimeout(timer);
    isMoving = false;
  }

  return {
    get isMoving() {
      return isMoving;
    },
    /** The scenario is another one. */
    move() {
      clearTimeout(timer);
      isMoving = true;
    },
    /** What was asked of few draws is shown: unless the scenario moves again, it stands still. */
    rest() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        stop();
        ask();
      }, REST_MS);
    },
    /** It stands still already. */
    stop,
  };
}

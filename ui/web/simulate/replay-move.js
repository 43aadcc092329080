// The last move again, on the levers and charts. Every step of it is simulated for real.

import { setAttribute } from "../kit/dom.js";
import { ask, requestError } from "../server/http.js";
import { frames, jointAxes } from "../state/replay.js";

const FRAMES = 12;
const FRAME_MS = 70;
const CALM_FRAMES = 1; // for those whom movement disturbs
const CALM_FRAME_MS = 900;

/**
 * @param {Ctx} ctx
 * @param {object} page
 * @param {(doc: Doc, base?: Doc) => {content: object}} page.compose
 * @param {(answer: Answer, doc: Doc) => Promise<unknown>} page.paint
 * @param {() => void} page.ended  shows what is so again
 * @param {() => void} page.goOn  asks what that comes to
 */
export function createReplay(ctx, { compose, paint, ended, goOn }) {
  const { board, start, store } = ctx;
  /** @type {object | null} */
  let going = null; // the replay that goes on

  function end() {
    if (!going) return;
    going = null;
    setAttribute(board, "data-replaying", false);
    setAttribute(board, "data-between", false);
    ended();
  }

  function finish() {
    if (!going) return;
    end();
    goOn();
  }

  async function run() {
    const before = store.previous;
    const { doc } = store.state;
    if (!before || going) return;
    const mine = {};
    going = mine;
    setAttribute(board, "data-settled", "false");
    setAttribute(board, "data-replaying", "true");
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const pause = isCalm ? CALM_FRAME_MS : FRAME_MS;
    const baseOf = (/** @type {Doc} */ frame) =>
      frame === before.doc ? before.base : store.state.base;
    try {
      const axes = jointAxes(
        await Promise.all(
          [before.doc, doc].map((end) =>
            ask("answer", { ...compose(end, baseOf(end)).content, layouts: [] }),
          ),
        ),
      );
      if (going !== mine) return;
      for (const frame of frames(before.doc, doc, isCalm ? CALM_FRAMES : FRAMES, start.register)) {
        const least = new Promise((resolve) => setTimeout(resolve, pause));
        const content = { ...compose(frame, baseOf(frame)).content, moving: true, axes };
        const answer = await ask("answer", content);
        if (going !== mine) return; // somebody goes on
        setAttribute(board, "data-between", frame !== before.doc && frame !== doc);
        await paint(answer, frame);
        await least;
        if (going !== mine) return;
      }
    } catch (error) {
      requestError(error); // then what is so is shown at once
    } finally {
      if (going === mine) finish();
    }
  }

  // Levers show the way during a replay: whoever takes one takes it from where it really stands.
  const events = ["pointerdown", "keydown"];
  for (const event of events) board.addEventListener(event, finish, true);

  return {
    get isGoingOn() {
      return going !== null;
    },
    start: run,
    /** Something has changed: whoever sees to that asks what it comes to. */
    end,
    destroy() {
      going = null;
      for (const event of events) board.removeEventListener(event, finish, true);
    },
  };
}

// Asking the server. One question at a time; while one is under way only the newest next one counts.

const PATIENCE_MS = 15_000;
const PAUSES_MS = [300, 700, 1500, 3000, 5000];

/** The server said no, and why. */
export class Refused extends Error {
  constructor(problems) {
    super(problems.map((one) => `${one.field}: ${one.found}`).join("\n"));
    this.problems = problems;
  }
}

/** Get something by its address below the app's own. Throws what fetch does. */
export async function get(address) {
  const response = await fetch(new URL(address, document.baseURI), {
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/** Send `content` to a route of the board; the parsed answer. Throws Refused, or what fetch does. */
export async function ask(route, content) {
  const response = await fetch(new URL(`board/${route}`, document.baseURI), {
    method: "POST",
    body: JSON.stringify(content),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (response.status === 422 || response.status === 413) {
    throw new Refused((await response.json()).problems);
  }
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/**
 * A line to one route.
 * @param {string} route
 * @param {function} compose  makes the question, as late as possible; null for none
 * @param {object} heard  `answer(content, question)`, `refused(problems)`, `lost()`, `found()`
 */
export function createLine(route, compose, heard) {
  let flying = false;
  let wanted = false;
  let closed = false;
  let failures = 0;
  let pause = null;

  async function fly() {
    const question = compose();
    wanted = false;
    if (!question) return;
    flying = true;
    const answered = await ask(route, question.content).then(
      (content) => ({ content }),
      (error) => ({ error }),
    );
    if (closed) return;
    if (!answered.error || answered.error instanceof Refused) {
      if (failures) heard.found();
      failures = 0;
      if (answered.error) heard.refused(answered.error.problems);
      else await heard.answer(answered.content, question);
    } else {
      failures += 1;
      wanted = true;
      heard.lost();
    }
    flying = false;
    if (!wanted || closed) return;
    if (failures) {
      pause = setTimeout(again, PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1]);
    } else {
      fly();
    }
  }

  function again() {
    clearTimeout(pause);
    pause = null;
    if (!flying && wanted && !closed) fly();
  }

  addEventListener("online", again);
  return {
    /** What is asked for has changed. */
    wish() {
      wanted = true;
      if (!flying && pause === null && !closed) fly();
    },
    get busy() {
      return flying || wanted;
    },
    close() {
      closed = true;
      removeEventListener("online", again);
      clearTimeout(pause);
    },
  };
}

// The page before its program is there: loads it, and tells what keeps it away. It stands in the
// page itself (ui/routes/pages.py), so it needs nothing that could fail to arrive.

import { failureOf, failureWithout } from "../server/failure.js";

const MOST_TRIES = 3;
const PAUSE_MS = 2000;
const PATIENCE_MS = 20_000; // without anything that arrives

const node = /** @type {HTMLElement} */ (document.getElementById("opening"));
const root = /** @type {HTMLElement} */ (document.getElementById("root"));
const { texts, failures, versions, page, program } = JSON.parse(
  document.getElementById("opening-data")?.textContent ?? "{}",
);
const address = new URL(program, document.baseURI).href;
let isOpen = false;
let hasFailed = false; // what is said of that stays

/** @param {string[]} sentences */
function say(...sentences) {
  if (isOpen) return;
  node.replaceChildren(
    ...sentences.filter(Boolean).map((sentence) => {
      const line = document.createElement("p");
      line.textContent = sentence;
      return line;
    }),
  );
}

/** @param {string[]} sentences */
function complain(...sentences) {
  hasFailed = true;
  node.hidden = false;
  say(...sentences);
  node.setAttribute("role", "alert");
  const button = document.createElement("button");
  button.textContent = texts.again;
  button.onclick = () => location.reload();
  node.append(button);
}

/** @param {string} kind @param {string} detail */
function tellFailure(kind, detail, isTriedAgain = true) {
  complain(
    texts.unopened,
    failures[kind],
    isTriedAgain ? texts.trying : "",
    texts.report.replace("{detail}", detail),
  );
}

const opening = {
  texts: failures,
  versions,
  /** Something did not come, and will be asked for again. */
  fail: tellFailure,
  /** What is being loaded. @param {"texts"} what */
  tell(what) {
    if (!hasFailed) say(texts[what]);
  },
  /** There is a page. */
  done() {
    isOpen = true;
    node.hidden = true;
    node.replaceChildren();
    note(0);
  },
};

// How often this was tried is kept where a browser that stores nothing keeps it as well.
const tries = () => Number(history.state?.openingTries ?? 0);

/** @param {number} count @returns {boolean} whether it will be known */
function note(count) {
  if (tries() === count) return true;
  try {
    const { openingTries: _, ...state } = history.state ?? {};
    history.replaceState(count ? { ...state, openingTries: count } : state, "");
  } catch {
    return false;
  }
  return true;
}

/** What keeps the program away; null where it comes. */
async function examine() {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(address, { redirect: "manual", signal });
    const kind = failureOf(answer, "javascript");
    const type = answer.headers.get("content-type") ?? "";
    if (kind) return { kind, detail: `${answer.status || 302} ${type}, ${address}` };
    await answer.text();
  } catch (error) {
    return { kind: failureWithout(error), detail: `${error}, ${address}` };
  }
  return null;
}

/** @param {unknown} error */
async function failed(error) {
  console.warn(error);
  const count = tries();
  const trouble = await examine();
  // What came this time may have been lost before: browsers word a module that did not come in ways
  // of their own, but only the fault of one that is there comes again and again.
  const isLost = trouble !== null || (error instanceof TypeError && count === 0);
  const isTriedAgain = isLost && count < MOST_TRIES && note(count + 1);
  if (trouble) tellFailure(trouble.kind, trouble.detail, isTriedAgain);
  else if (!isTriedAgain) complain(texts.fault, `${error} (${versions})`);
  if (!trouble && !isTriedAgain) console.error(error);
  if (isTriedAgain) setTimeout(() => location.reload(), trouble ? PAUSE_MS * (count + 1) : 0);
}

// Where nothing arrives any more, that is told; what goes on may take its time.
let alarm = 0;

function watch() {
  clearTimeout(alarm);
  alarm = setTimeout(() => isOpen || hasFailed || tellFailure("slow", address, false), PATIENCE_MS);
}

new PerformanceObserver(watch).observe({ type: "resource", buffered: true });
watch();
say(texts.program);
import(address).then(({ open, pages }) => open(root, { page, pages, opening })).catch(failed);

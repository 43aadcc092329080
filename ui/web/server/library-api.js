// Asking the library, and what this browser knows of it: its shelves, and who is at the keyboard.
//
// A shelf is somebody's collection of scenarios. Whoever has its key has the shelf, so none that
// this browser knows is ever dropped unless somebody asks for that.

import { _, language } from "../i18n/messages.js";

const KEY = "budget-shift-library";
const PATIENCE_MS = 30_000;
const PATIENCE_FOR_FILES_MS = 120_000;

const NOTHING = { current: null, shelves: [], who: "" };
let remembered = NOTHING; // where the browser does not let us keep anything
let forgetful = false;

const isText = (one) => typeof one === "string";
const isShelf = (one) => isText(one?.key) && isText(one?.name);

/** What this browser knows: `{ current, shelves: [{ key, name, linked, editable }], who }`. */
export function known() {
  if (forgetful) return remembered; // what the browser kept before is older
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(KEY));
  } catch {
    // Damaged or not allowed: what this page remembers is all there is.
  }
  const usable =
    isText(kept?.who) &&
    Array.isArray(kept.shelves) &&
    kept.shelves.every(isShelf) &&
    (kept.current === null || isText(kept.current));
  return usable ? kept : remembered;
}

function know(change) {
  remembered = { ...known(), ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(remembered));
    forgetful = false;
  } catch {
    forgetful = true;
  }
}

/** Whether this browser will have forgotten its shelves tomorrow. */
export function isForgetful() {
  return forgetful;
}

/** The key of the shelf in use, or null before the first save. */
export function shelfKey() {
  return known().current;
}

/** Use a shelf from now on, and remember it. `linked`: it came by a link, and is somebody else's. */
export function useShelf(key, { name = "", linked = false, editable = true } = {}) {
  const { shelves } = known();
  const isKnown = shelves.some((one) => one.key === key);
  const all = isKnown ? shelves : [...shelves, { key, name, linked, editable }];
  know({ shelves: all, current: key });
}

/** Forget a shelf that came by a link; another one is used then. */
export function forgetShelf(key) {
  const shelves = known().shelves.filter((one) => one.key !== key);
  know({ shelves, current: shelves[0]?.key ?? null });
}

/** What a shelf is called in this browser. */
export function shelfName({ key, name, linked }) {
  if (name) return name;
  const alike = known().shelves.filter((one) => !one.name && one.linked === linked);
  const number = alike.findIndex((one) => one.key === key) + 1;
  if (linked) return _("Library from a link {number}", { number });
  return number > 1 ? _("My library {number}", { number }) : _("My library");
}

/** The name that was typed last. */
export function who() {
  return known().who;
}

/** Remember who is at the keyboard. */
export function isWho(name) {
  if (name !== who()) know({ who: name });
}

/** The library could not do it: `status` as in HTTP, 0 without an answer; `said` is what it said. */
export class Failed extends Error {
  constructor(status, said = {}) {
    super(said.text ?? `status ${status}`);
    this.status = status;
    this.said = said;
  }
}

async function sent(action, options, patience) {
  let response;
  try {
    response = await fetch(new URL(`board/library/${action}`, document.baseURI), {
      method: "POST",
      signal: AbortSignal.timeout(patience),
      ...options,
    });
  } catch (error) {
    console.warn(error);
    throw new Failed(0);
  }
  if (response.ok) return response;
  throw new Failed(response.status, await response.json().catch(() => ({})));
}

/** Have the library do something; the parsed answer. Throws Failed. */
export async function call(action, content = {}) {
  const body = JSON.stringify({ language: language(), ...content });
  const response = await sent(action, { body }, PATIENCE_MS);
  return response.json().catch(() => Promise.reject(new Failed(0)));
}

/** The whole shelf as an archive. Throws Failed. */
export async function exported(shelf) {
  const body = JSON.stringify({ language: language(), shelf });
  const response = await sent("export", { body }, PATIENCE_FOR_FILES_MS);
  return response.blob().catch(() => Promise.reject(new Failed(0)));
}

/** Import an archive: `{ imported, known }`. Throws Failed. */
export async function imported(shelf, file) {
  const headers = { "X-Shelf": shelf, "X-Language": language() };
  const response = await sent("import", { body: file, headers }, PATIENCE_FOR_FILES_MS);
  return response.json().catch(() => Promise.reject(new Failed(0)));
}

/** A new shelf, which is the one in use from now on; its key. Throws Failed. */
export async function newShelf() {
  const made = await call("shelf");
  useShelf(made.edit_key);
  return made.edit_key;
}

/** The key of a shelf that may be changed, which is the one in use from now on: the one that is, or
 * this browser's own, or a new one. Throws Failed. */
export async function ownShelf() {
  const { shelves, current } = known();
  const found =
    shelves.find((one) => one.key === current && one.editable) ??
    shelves.find((one) => !one.linked);
  if (!found) return newShelf();
  useShelf(found.key);
  return found.key;
}

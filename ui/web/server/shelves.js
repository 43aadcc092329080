// What this browser knows of the library: its shelves, and who is at the keyboard.
//
// A shelf is somebody's collection of scenarios. Whoever has its key has the shelf, so none that
// this browser knows is ever dropped unless somebody asks for that.

import { _ } from "../i18n/messages.js";

const KEY = "budget-shift-library";

/** @type {KnownShelves} */
const NOTHING = { current: null, shelves: [], who: "" };
let remembered = NOTHING; // where the browser does not let us keep anything
let forgetful = false;

const isText = (/** @type {any} */ value) => typeof value === "string";
const isShelf = (/** @type {any} */ shelf) => isText(shelf?.key) && isText(shelf?.name);

/**
 * What this browser knows.
 * @returns {KnownShelves}
 */
export function known() {
  if (forgetful) return remembered; // what the browser kept before is older
  /** @type {any} */
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
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

/** @param {Partial<KnownShelves>} change */
function know(change) {
  remembered = { ...known(), ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(remembered));
    forgetful = false;
  } catch {
    forgetful = true;
  }
}

/** Whether this browser keeps what it is told, as far as can be tried. */
export function isKeeping() {
  try {
    localStorage.setItem(`${KEY}-trial`, "");
    localStorage.removeItem(`${KEY}-trial`);
    return true;
  } catch {
    return false;
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

/**
 * Use a shelf from now on, and remember it. `linked`: it came by a link, and is somebody else's.
 * @param {string} key
 * @param {{name?: string, linked?: boolean, editable?: boolean}} options
 */
export function useShelf(key, { name = "", linked = false, editable = true } = {}) {
  const { shelves } = known();
  const isKnown = shelves.some((shelf) => shelf.key === key);
  const all = isKnown ? shelves : [...shelves, { key, name, linked, editable }];
  know({ shelves: all, current: key });
}

/** Forget a shelf that came by a link; another one is used then. @param {string} key */
export function forgetShelf(key) {
  const shelves = known().shelves.filter((shelf) => shelf.key !== key);
  know({ shelves, current: shelves[0]?.key ?? null });
}

/** What a shelf is called in this browser. @param {KnownShelves["shelves"][number]} shelf */
export function shelfName({ key, name, linked }) {
  if (name) return name;
  const alike = known().shelves.filter((shelf) => !shelf.name && shelf.linked === linked);
  const number = alike.findIndex((shelf) => shelf.key === key) + 1;
  if (linked) return _("Library from a link {number}", { number });
  return number > 1 ? _("My library {number}", { number }) : _("My library");
}

/** The name that was typed last. */
export function who() {
  return known().who;
}

/** Remember who is at the keyboard. @param {string} name */
export function rememberWho(name) {
  if (name !== who()) know({ who: name });
}

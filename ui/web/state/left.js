// What tabs of this browser leave behind when they are closed, to be taken up in another one. It is
// offered, never forced; a tab that is still open is left alone.

import { alike } from "./document.js";
import { isObject, keptIn, packed } from "./kept.js";

const KEY = "budget-shift-left-1"; // the number goes up when the form of a record changes
const TAB = "budget-shift-tab";
const MOST = 3; // records, the newest
const DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * What a tab left behind.
 * @typedef {object} Left
 * @property {string} tab
 * @property {number} at  when, in milliseconds since 1970
 * @property {number} pins
 * @property {number} moves
 * @property {string} text  the state and its steps, as `packed` writes them
 */

/** This tab's own name, for as long as it lives. @returns {string} */
function tabName() {
  try {
    const name = sessionStorage.getItem(TAB) ?? `${Date.now()}-${Math.random()}`;
    sessionStorage.setItem(TAB, name);
    return name;
  } catch {
    return ""; // a browser that stores nothing leaves nothing behind
  }
}

/** @returns {Left[]} */
function records() {
  try {
    const all = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(all) ? all.filter(isRecord) : [];
  } catch {
    return [];
  }
}

const isRecord = (/** @type {any} */ record) =>
  isObject(record) &&
  [record.tab, record.text].every((text) => typeof text === "string") &&
  [record.at, record.pins, record.moves].every(Number.isFinite);

/** @param {Left[]} all */
function write(all) {
  try {
    if (all.length) localStorage.setItem(KEY, JSON.stringify(all.slice(0, MOST)));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

/**
 * Leave behind what a tab keeps, if there is any work in it: as many of its steps as there is room for.
 * @param {Kept} kept
 */
export function leave({ state, past, future }) {
  const tab = tabName();
  const otherTabs = records().filter((record) => record.tab !== tab);
  if (!tab || (!past.length && !state.pins.length)) return;
  const record = { tab, at: Date.now(), pins: state.pins.length, moves: past.length };
  for (let most = past.length; ; most = Math.floor(most / 2)) {
    const nearest = { state, past: most ? past.slice(-most) : [], future: most ? future : [] };
    if (write([{ ...record, text: packed(nearest) }, ...otherTabs]) || most === 0) return;
  }
}

/**
 * What closed tabs have left behind, the newest first.
 * @param {string[]} outcomes  ids of what a chart can show
 * @returns {Promise<(Left & {kept: Kept})[]>}
 */
export async function leftBehind(outcomes) {
  const open = await openTabs();
  return records()
    .filter(({ tab, at }) => !open.has(tab) && Date.now() - at < DAYS * DAY_MS)
    .flatMap((record) => {
      const kept = keptIn(record.text, outcomes);
      return kept ? [{ ...record, kept }] : [];
    });
}

/**
 * Those of what tabs have left behind that hold more than what is open: not just the same plan, as
 * where somebody follows their own link.
 * @template {Pick<Left, "pins"> & {kept: {state: {doc: Doc}}}} Record
 * @param {Record[]} left
 * @param {Doc} doc  that is open
 */
export function besides(left, doc) {
  return left.filter(({ pins, kept }) => pins > 0 || !alike(kept.state.doc, doc));
}

/** Offer these no more. @param {Left[]} offered */
export function discard(offered) {
  const gone = new Set(offered.map(({ tab }) => tab));
  write(records().filter(({ tab }) => !gone.has(tab)));
}

/** Tabs that are open, as far as the browser tells: a lock for each, which goes with it. */
async function openTabs() {
  const own = tabName();
  const open = new Set([own]);
  if (!own || !navigator.locks) return open;
  try {
    const { held = [] } = await navigator.locks.query();
    for (const { name = "" } of held) if (name.startsWith(TAB)) open.add(name.slice(TAB.length));
    if (!held.some(({ name }) => name === TAB + own)) {
      navigator.locks.request(TAB + own, () => new Promise(() => {})).catch(() => {});
    }
  } catch {
    // A browser that keeps nothing for a page within another site's has no locks for it either.
  }
  return open;
}

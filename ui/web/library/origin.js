// Which entry of the library the scenario on the page came from, and how it comes there.

import { call } from "../server/library-api.js";
import { alike, same } from "../state/document.js";

const MOST_KEPT = 8;

const isOrigin = (value) =>
  [value?.key, value?.name].every((text) => typeof text === "string") &&
  Number.isInteger(value.version) &&
  typeof value.editable === "boolean";

/**
 * What is remembered of an entry.
 * @param {Entry} entry
 * @returns {KeptIn}
 */
export const keptIn = (entry) => ({
  key: entry.edit_key ?? entry.view_key,
  name: entry.name,
  version: entry.version,
  editable: entry.may_edit,
});

/**
 * The set that is compared, as the library keeps it, or null; it may have been changed since.
 * @param {State} state
 * @returns {KeptIn | null}
 */
export function originOfSet({ compareList }) {
  const origin = compareList?.keptIn;
  return origin && isOrigin(origin) ? origin : null;
}

/**
 * The origins in a state that a tab has kept, whatever is in there.
 * @param {State} state
 * @returns {Origin[]}
 */
const originsIn = ({ origins }) => (Array.isArray(origins) ? origins.filter(isOrigin) : []);

/**
 * Where the scenario came from: `{ key, name, version, editable, base }`, or null. `version` is the
 * newest that whoever opened it knew of; a save that builds on it must not hide a newer one.
 */
export function originOf(state) {
  // Whoever has loaded something else meanwhile does not mean that entry any more; undo comes back.
  return originsIn(state).find((origin) => same(origin.base, state.base)) ?? null;
}

/**
 * The origins that remain when a scenario is loaded: it may be the very one that an entry was saved
 * from, and has nothing to do with it. Where it does come from the library, `cameFrom` follows.
 */
export function originsBeside(state, base) {
  return originsIn(state).filter((origin) => !alike(origin.base, base));
}

/**
 * Remember which entry the loaded scenario is now.
 * @param {Ctx} ctx
 */
export function cameFrom(ctx, entry) {
  const { state } = ctx.store;
  const origin = { ...keptIn(entry), base: state.base };
  const others = originsIn(state).filter((other) => !same(other.base, state.base));
  ctx.store.set({ origins: [origin, ...others].slice(0, MOST_KEPT) });
}

/**
 * A version of an entry, the newest without a number: as the route says, a scenario by the name that the
 * entry goes by today. Throws RequestError.
 * @param {string} key
 * @param {number | null} number
 * @returns {Promise<OpenedVersion>}
 */
export async function fetchVersion(key, number = null) {
  return opened(await call("open", { key, number }));
}

/** A version that came, ready for the page. @param {OpenedVersion} version @returns {OpenedVersion} */
export function opened(version) {
  const { doc, entry } = version;
  // What it came to then is told; what it comes to now is worked out.
  return doc ? { ...version, doc: { ...named(doc, entry.name), results: null } } : version;
}

/** A scenario by another name. */
export function named(doc, name) {
  return doc.name === name ? doc : { ...doc, name };
}

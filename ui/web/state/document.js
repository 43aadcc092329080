// Scenario documents, and what they have in common with all values of JSON: pure functions. Nothing
// is changed in place.

/**
 * Whether two values of JSON are the same, whatever the order of their keys.
 * @param {any} left
 * @param {any} right
 * @returns {boolean}
 */
export function same(left, right) {
  if (left === right) return true;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  if (left === null || right === null || typeof left !== "object" || typeof right !== "object") {
    return false;
  }
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => key in right && same(left[key], right[key]))
  );
}

/**
 * Whether two scenario documents are the same, whatever results they carry.
 * @param {object} left
 * @param {object} right
 */
export function alike(left, right) {
  return same({ ...left, results: null }, { ...right, results: null });
}

/**
 * The value at a dotted path of a document.
 * @param {object} doc
 * @param {string} path
 * @returns {any}
 */
export function at(doc, path) {
  return path.split(".").reduce((node, part) => node?.[part], doc);
}

/**
 * A copy of a document with other values at dotted paths; what does not change is shared.
 * @template {object} T
 * @param {T} doc
 * @param {Record<string, any>} values  by path
 * @returns {T}
 */
export function withValues(doc, values) {
  let result = doc;
  for (const [path, value] of Object.entries(values)) result = put(result, path.split("."), value);
  return result;
}

/** @param {any} node @param {string[]} path @param {any} value */
function put(node, [first, ...rest], value) {
  return { ...node, [first]: rest.length ? put(node?.[first] ?? {}, rest, value) : value };
}

/**
 * A scenario without the texts that its figures do not depend on.
 * @param {Doc} doc
 * @returns {Doc}
 */
export function withoutTexts(doc) {
  return { ...doc, story: "", description: "", notes: "", author: "", date: null };
}

/**
 * A scenario without anything that its figures do not depend on.
 * @param {Doc} doc
 * @returns {Doc}
 */
export function lean(doc) {
  return { ...withoutTexts(doc), results: null };
}

/**
 * Whether the plan is neither what it started from nor what was saved of it.
 * @param {Pick<State, "doc" | "base" | "saved">} state
 */
export function isChanged({ doc, base, saved }) {
  return !alike(doc, base) && !(saved && alike(doc, saved));
}

/** What is simulated of a scenario. @param {Doc} doc */
function simulated({ name, story, description, notes, author, date, ...rest }) {
  return rest;
}

/**
 * Whether two scenarios come to the same figures.
 * @param {Doc} left
 * @param {Doc} right
 */
export function comesToTheSame(left, right) {
  return alike(simulated(left), simulated(right));
}

/** What customers are called where nothing else is said. */
export const CUSTOMERS = "customers";

/** What the organisation of a scenario calls its customers. @param {Doc} doc */
export function calledIn(doc) {
  return doc.organisation.customers_called ?? CUSTOMERS; // older ones, which a tab kept, say nothing
}

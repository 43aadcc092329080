// Scenario documents, and what they have in common with all values of JSON: pure functions. Nothing
// is changed in place.

/**
 * Whether two values of JSON are the same, whatever the order of their keys.
 * @param {any} one
 * @param {any} other
 * @returns {boolean}
 */
export function same(one, other) {
  if (one === other) return true;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") {
    return false;
  }
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => key in other && same(one[key], other[key]))
  );
}

/**
 * Whether two scenario documents are the same, whatever results they carry.
 * @param {object} one
 * @param {object} other
 */
export function alike(one, other) {
  return same({ ...one, results: null }, { ...other, results: null });
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

/** What is simulated of a scenario. @param {Doc} doc */
function simulated({ name, story, description, notes, author, date, ...rest }) {
  return rest;
}

/**
 * Whether two scenarios come to the same figures.
 * @param {Doc} one
 * @param {Doc} other
 */
export function comesToTheSame(one, other) {
  return alike(simulated(one), simulated(other));
}

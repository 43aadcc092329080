// The form of what is kept of the page: written as text, and read again, whichever version wrote it.

/**
 * What a text holds that was kept, if it has the form of a state; else null.
 * @param {string} text
 * @param {string[]} outcomes
 * @returns {Kept | null}
 */
export function keptIn(text, outcomes) {
  let kept = null;
  try {
    kept = inPresentForm(unpacked(text));
  } catch {
    // Damaged: as if there were nothing.
  }
  return isKept(kept, outcomes) ? kept : null;
}

// What keys of a state were called by versions whose tabs may still be open.
const PRESENT_NAMES = new Map([
  ["filed", "isFileAsOpened"],
  ["written", "addressQuery"],
  ["compare", "compareList"],
  ["comparing", "compareView"],
]);

/** What was kept, whichever version kept it. @param {any} kept */
function inPresentForm(kept) {
  if (!isObject(kept) || !isObject(kept.state)) return kept;
  const state = whole(renamed(kept.state));
  const { locked, held, pins, pinned, compareList } = state;
  const known = { locked, held, pins, pinned, compareList };
  const steps = (/** @type {any} */ list) =>
    Array.isArray(list)
      ? list.map((step) => (isObject(step) ? { ...known, ...renamed(step) } : step))
      : list;
  return { state, past: steps(kept.past), future: steps(kept.future) };
}

/** @param {any} step */
function renamed(step) {
  return Object.fromEntries(
    Object.entries(step).map(([key, value]) => [PRESENT_NAMES.get(key) ?? key, value]),
  );
}

/** A state with what steps did not have before they held locks and pins. @param {any} state */
function whole(state) {
  const pins = Array.isArray(state.pins)
    ? state.pins.map((/** @type {any} */ pin, /** @type {number} */ place) =>
        isObject(pin) ? { id: place + 1, ...pin } : pin,
      )
    : state.pins;
  // A list of scenarios was what is compared before it referred to pins.
  const compareList = Array.isArray(state.compareList) ? null : state.compareList;
  return { held: [], pinned: pins?.length ?? 0, ...state, pins, compareList: compareList ?? null };
}

/**
 * What is kept, as text: each scenario once, since many steps have the same.
 * @param {object} kept
 */
export function packed(kept) {
  /** @type {Map<object, number>} */
  const places = new Map();
  const text = JSON.stringify(kept, (_key, value) => {
    if (!isDocument(value)) return value;
    if (!places.has(value)) places.set(value, places.size);
    return { document: places.get(value) };
  });
  return `{"documents":${JSON.stringify([...places.keys()])},"kept":${text}}`;
}

/** @param {string} text  as `packed` wrote it; scenarios that were the same are one object again */
export function unpacked(text) {
  const content = JSON.parse(text);
  if (!Array.isArray(content?.documents)) return content; // before there was a pack
  const { documents, kept } = content;
  const isPlace = (/** @type {any} */ value) =>
    isObject(value) && Object.keys(value).length === 1 && value.document in documents;
  /** @param {any} value @returns {any} */
  const filled = (value) => {
    if (isPlace(value)) return documents[value.document];
    if (Array.isArray(value)) return value.map(filled);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each)]));
  };
  return filled(kept);
}

export const isObject = (/** @type {any} */ value) =>
  value !== null && typeof value === "object" && !Array.isArray(value);
const isDocument = (/** @type {any} */ doc) =>
  isObject(doc) &&
  typeof doc.name === "string" &&
  [doc.organisation, doc.plan, doc.assumptions].every(isObject);
const areTexts = (/** @type {any} */ list) =>
  Array.isArray(list) && list.every((text) => typeof text === "string");
const isPin = (/** @type {any} */ pin) =>
  isObject(pin) &&
  [pin.base, pin.doc].every(isDocument) &&
  typeof pin.name === "string" &&
  [pin.slot, pin.id].every(Number.isInteger);
const isItem = (/** @type {any} */ item) =>
  item?.source === "current" ||
  Number.isInteger(item?.pin) ||
  (isObject(item) && areTexts([item.source, item.name, item.letter]) && isDocument(item.doc));
const isCompareList = (/** @type {any} */ list) =>
  Array.isArray(list?.items) && list.items.every(isItem) && Number.isInteger(list.pinned);
const isStep = (/** @type {any} */ step) =>
  isObject(step) &&
  [step.base, step.doc].every(isDocument) &&
  [step.locked, step.held].every(areTexts) &&
  Array.isArray(step.pins) &&
  step.pins.every(isPin) &&
  Number.isInteger(step.pinned) &&
  (step.compareList === null || isCompareList(step.compareList));

/** @param {any} kept @param {string[]} outcomes */
function isKept(kept, outcomes) {
  const { state, past, future } = kept ?? {};
  return (
    isObject(state) &&
    isStep(state) &&
    isObject(state.view) &&
    typeof (state.addressQuery ?? "") === "string" &&
    [past, future, state.charts].every(Array.isArray) &&
    state.charts.length === 2 &&
    state.charts.every((/** @type {any} */ id) => outcomes.includes(id)) &&
    [...past, ...future].every(isStep)
  );
}

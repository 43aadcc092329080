// An assumption's range: what a scenario says about it, and where values lie. Nothing here touches
// the page.

import { at } from "../state/document.js";

/** The values of a range, in their order. */
export const ENDS = /** @type {const} */ (["low", "central", "high"]);
const STOPS = 200;

/**
 * An assumption as a scenario has it. `known`: one number, no range; `own`: the scenario's, not the
 * register's.
 */
export function rangeOf(doc, record) {
  const override = doc.assumptions?.[record.id];
  const fixed = record.distribution === "fixed";
  if (override === undefined || override === null) {
    const { low, central, high } = record;
    return { low, central, high, known: fixed, own: false };
  }
  if (typeof override === "number") {
    return { low: override, central: override, high: override, known: true, own: true };
  }
  const { low, central, high } = override;
  return { low, central, high, known: fixed, own: true };
}

/**
 * Whether an assumption runs with a figure of the scenario's own: what says the same as the register
 * is none.
 */
export function isOwnFigure(doc, record) {
  const override = doc?.assumptions?.[record.id] ?? null;
  return override !== null && !isRegisters(record, override);
}

/**
 * How well that is supported which an assumption runs with: a figure of the scenario's own came
 * without a source, and has the grade of judgement.
 * @param {Pick<Start, "grades" | "own_figure">} start
 * @param {Assumption} record
 * @param {Doc | undefined} doc
 * @returns {{grade: string, meaning: string, isOwn: boolean}}
 */
export function gradeIn({ grades, own_figure: own }, record, doc) {
  if (isOwnFigure(doc, record)) return { ...own, isOwn: true };
  return { grade: record.grade, meaning: grades[record.grade], isOwn: false };
}

/**
 * A copy of a scenario with another range, or one known number, for an assumption. What says the
 * same as the register is left out, as is null.
 */
export function withRange(doc, record, override) {
  const assumptions = { ...doc.assumptions };
  if (override === null || isRegisters(record, override)) delete assumptions[record.id];
  else assumptions[record.id] = override;
  return { ...doc, assumptions };
}

function isRegisters(record, override) {
  if (record.distribution === "fixed") {
    return (typeof override === "number" ? override : override.central) === record.central;
  }
  if (typeof override === "number") return false;
  return ENDS.every((end) => override[end] === record[end]);
}

/** Whether two ranges are shown in the same way. */
export function sameRange(range, other) {
  return (
    ENDS.every((end) => range[end] === other[end]) &&
    range.known === other.known &&
    range.own === other.own
  );
}

/** A range, or a known number, with another central value; an end that it passes comes along. */
export function centred({ low, high, known }, central) {
  if (known) return central;
  return { low: Math.min(low, central), central, high: Math.max(high, central) };
}

/**
 * A range, or a known number, with what was typed of it: a central value takes along the ends that
 * it passes, but for those that were typed as well.
 * @param {KnownRange} range
 * @param {Partial<ValueRange>} typed
 * @returns {number | ValueRange | null}  null while what was typed does not fit together
 */
export function withTyped(range, typed) {
  const moved = typed.central === undefined ? range : centred(range, typed.central);
  if (typeof moved === "number") return moved;
  const { low, central, high } = { ...moved, ...typed };
  return low <= central && central <= high ? { low, central, high } : null;
}

/** Whether an assumption is another one than in the scenario as it was loaded. */
export function isChanged(state, record) {
  const [now, loaded] = [state.doc, state.base].map((doc) => doc.assumptions?.[record.id] ?? null);
  if (now === loaded || (now === null) !== (loaded === null)) return now !== loaded;
  if (typeof now === "number" || typeof loaded === "number") return now !== loaded;
  return ENDS.some((end) => now[end] !== loaded[end]);
}

/**
 * What the organisation knows of its own instead of an assumption, which is then not used; null: it
 * does not know.
 */
export function knownInstead(doc, record) {
  return record.known_by ? (at(doc, record.known_by) ?? null) : null;
}

/**
 * Why an assumption stands out: "known" to the organisation, "changed", "own" to the scenario;
 * null: as in the register.
 */
export function markOf(state, record) {
  if (knownInstead(state.doc, record) !== null) return "known";
  if (isChanged(state, record)) return "changed";
  return rangeOf(state.doc, record).own ? "own" : null;
}

/** Whether a scenario says something else about an assumption than the register, and that counts. */
export function standsOut(state, record) {
  return ["changed", "own"].includes(markOf(state, record) ?? "");
}

/** Whether two scenarios say the same about all assumptions, and know the same instead of them. */
export function sameAssumptions(doc, other) {
  return (
    doc?.assumptions === other?.assumptions && doc?.organisation.known === other?.organisation.known
  );
}

/** The unit behind a value: a share is told by its per cent sign. */
export function unitOf(record) {
  return record.unit === "%" ? "" : record.unit;
}

/** The values that the slider stops at: the register's central one in the middle. */
export function stopsOf(record) {
  const { min, max, central } = record;
  const share = (central - min) / (max - min);
  const bend = share > 0 && share < 1 ? Math.log(share) / Math.log(0.5) : 1;
  const power = Math.min(Math.max(bend, 0.3), 6);
  const stops = new Set(ENDS.map((end) => record[end]));
  for (let step = 0; step <= STOPS; step += 1) {
    const value = Number((min + (max - min) * (step / STOPS) ** power).toPrecision(3));
    stops.add(Math.min(Math.max(value, min), max));
  }
  return ascending([...stops]);
}

/** Stops with a value among them that is none by itself, else the slider would show another one. */
export function stopsWith(stops, value) {
  return stops.includes(value) ? stops : ascending([...stops, value]);
}

function ascending(values) {
  return values.sort((value, other) => value - other);
}

/** Where a value lies among ascending stops, 0 to 1. */
export function placeAmong(stops, value) {
  const after = stops.findIndex((stop) => stop >= value);
  if (after <= 0) return after === 0 ? 0 : 1;
  const [below, above] = [stops[after - 1], stops[after]];
  return (after - 1 + (value - below) / (above - below)) / (stops.length - 1);
}

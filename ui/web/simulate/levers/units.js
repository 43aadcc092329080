// How the values of levers are written, read and put into words. Nothing here touches the page.

import { fmt } from "../../i18n/messages.js";

/**
 * By what a lever counts: `write(value)` for its field, `full(value)` where the unit has to be said
 * as well, `read(number)` what was typed, NaN if that is no value; `symbol` stands behind the field.
 */
export const UNITS = {
  share: {
    symbol: "%", // what other units there are is said by the label or the word
    write: (share) => fmt.number(100 * share, 2),
    full: (share) => fmt.percent(share, 2),
    read: (number) => Number((number / 100).toFixed(4)),
  },
  minutes: countedIn(
    (minutes) => fmt.number(minutes, 1),
    (number) => Number(number.toFixed(1)),
  ),
  month: countedIn((month) => fmt.number(month), whole),
  months: countedIn((months) => fmt.number(months), whole),
};

function countedIn(write, read) {
  return { symbol: "", write, full: write, read };
}

function whole(number) {
  return Number.isInteger(number) ? number : NaN;
}

/** The word for a value, or "": the one for exactly this, else the last that begins below it. */
export function wordOf({ words, unit }, value) {
  const exact = words.exact.find(([at]) => at === value);
  if (exact) return exact[1];
  const from = words.from.filter(([least]) => value >= least);
  if (from.length) return from[from.length - 1][1];
  return words.template?.replace("{number}", UNITS[unit].write(value)) ?? "";
}

/** All words that a lever may show beside its value. */
export function wordsOf({ words, unit, max }) {
  const pairs = [...words.exact, ...words.from];
  const counted = words.template?.replace("{number}", UNITS[unit].write(max));
  return [...pairs.map(([, word]) => word), ...(counted ? [counted] : [])];
}

/** A value with its unit, as it is read out. */
export function readingOf({ reading, unit }, value) {
  return reading.replace("{value}", UNITS[unit].full(value));
}

/**
 * The stops of a lever: its own as far as a scenario lets it go, and values that are none.
 * @param {number[]} own
 * @param {number[]} values  that shall be among them
 * @param {number} most  that the lever can be
 */
export function stopsOf(own, values, most) {
  const stops = new Set([...own.filter((stop) => stop <= most), ...values]);
  return [...stops].sort((stop, other) => stop - other);
}

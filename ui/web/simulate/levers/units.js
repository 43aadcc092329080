// How the values of levers are written, read and put into words. Nothing here touches the page.

import { fmt } from "../../i18n/messages.js";

/**
 * How a lever's values are written: `write(value)` for its field, `full(value)` where the unit has to
 * be said as well; `kind` how what is typed is read, and `rounded(value)` what is kept of it;
 * `symbol` stands behind the field.
 * @param {Pick<Lever, "unit" | "decimals">} lever
 */
export function unitOf({ unit, decimals }) {
  if (unit === "share") {
    return {
      symbol: "%", // what other units there are is said by the label or the word
      write: (share) => fmt.number(100 * share, decimals),
      full: (share) => fmt.percent(share, decimals),
      kind: { percent: true },
      rounded: (share) => Number(share.toFixed(decimals + 2)),
    };
  }
  const write = (value) => fmt.number(value, decimals);
  return {
    symbol: "",
    write,
    full: write,
    kind: { whole: decimals === 0 },
    rounded: (value) => Number(value.toFixed(decimals)),
  };
}

/**
 * A value as it is read while a move is replayed: the nearest that the lever can be dragged to. What lies between
 * two of them says nothing.
 * @param {Pick<Lever, "stops">} lever
 * @param {number} value
 */
export function onTheWay({ stops }, value) {
  return stops.reduce((best, stop) =>
    Math.abs(stop - value) < Math.abs(best - value) ? stop : best,
  );
}

/** The word for a value, or "": the one for exactly this, else the last that begins below it. */
export function wordOf(lever, value) {
  const { words } = lever;
  const exact = words.exact.find(([at]) => at === value);
  if (exact) return exact[1];
  const from = words.from.filter(([least]) => value >= least);
  if (from.length) return from[from.length - 1][1];
  return words.template?.replace("{number}", unitOf(lever).write(value)) ?? "";
}

/** All words that a lever may show beside its value. */
export function wordsOf(lever) {
  const { words, max } = lever;
  const pairs = [...words.exact, ...words.from];
  const counted = words.template?.replace("{number}", unitOf(lever).write(max));
  return [...pairs.map(([, word]) => word), ...(counted ? [counted] : [])];
}

/** A value with its unit, as it is read out. */
export function readingOf(lever, value) {
  const reading = (value === 1 && lever.reading_of_one) || lever.reading;
  return reading.replace("{value}", unitOf(lever).full(value));
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

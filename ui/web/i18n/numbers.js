// Numbers in fields and lists: shares are shown and typed in per cent.

import { fmt, parseNumber, shorthand } from "./messages.js";

const FIGURES = 4;
const ALL_FIGURES = 12;
const MOST_DECIMALS = 20; // more are not formatted everywhere

function decimals(value, figures) {
  if (value === 0) return 0;
  const wanted = figures - 1 - Math.floor(Math.log10(Math.abs(value)));
  return Math.min(Math.max(wanted, 0), MOST_DECIMALS);
}

/** Without what binary fractions leave behind: 0.07, not 0.07000000000000001. */
function tidy(value) {
  return Number(value.toPrecision(ALL_FIGURES));
}

/** A value in about four figures, for reading; with `percent`, a share with its sign. */
export function shown(value, percent = false) {
  return percent
    ? fmt.percent(value, decimals(value * 100, FIGURES))
    : fmt.number(value, decimals(value, FIGURES));
}

/** A value in full, for a field; with `percent`, a share as the number before the sign. */
export function written(value, percent = false) {
  const plain = tidy(percent ? value * 100 : value);
  return fmt.number(plain, decimals(plain, ALL_FIGURES));
}

/**
 * The value that somebody wrote into a field; NaN if it is no number.
 * @param {string} text
 * @param {boolean} percent  whether it is a share, written in per cent
 * @param {boolean} scaled  whether "1.5M" may be written, as the page's language shortens it
 */
export function read(text, percent = false, scaled = false) {
  const short = scaled && /^(.*\d)\s*(\p{L}+)\.?\s*$/u.exec(text);
  const number = short
    ? parseNumber(short[1]) * (shorthand()[short[2].toLowerCase()] ?? NaN)
    : parseNumber(text);
  return tidy(percent ? number / 100 : number);
}

/** A number as it may be shortened in this language. */
export function example() {
  return fmt.shortened(1.5e6);
}

/**
 * What is wrong with a value.
 * @param {number} value  NaN where there was no number
 * @param {{min?: number, max?: number, whole?: boolean}} limits
 * @returns {null | "none" | "low" | "high" | "part"}
 */
export function fault(value, { min = -Infinity, max = Infinity, whole = false }) {
  if (Number.isNaN(value)) return "none";
  if (value < min) return "low";
  if (value > max) return "high";
  return whole && !Number.isInteger(value) ? "part" : null;
}

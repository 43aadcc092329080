// Numbers in fields and lists: shares are shown and typed in per cent.

import { isAmbiguous, readings } from "./amounts.js";
import { _, fmt } from "./messages.js";

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
  const text = fmt.number(plain, decimals(plain, ALL_FIGURES));
  // "1.2340" is no group of thousands.
  return isAmbiguous(text) ? fmt.number(plain, MOST_DECIMALS, 4) : text;
}

/**
 * How a field takes a number.
 * @typedef {object} Kind
 * @property {boolean} [percent]  whether it is a share, written in per cent
 * @property {boolean} [scaled]  whether "1.5M" may be written, as the page's language shortens it
 * @property {string | null} [currency]  code of the currency, where it is money
 * @property {number} [min]
 * @property {number} [max]
 * @property {boolean} [whole]
 *
 * What somebody wrote into a field.
 * @typedef {object} Reading
 * @property {number} value  NaN where it is no number, or where it is open which
 * @property {Fault | null} fault  what is wrong with it
 * @property {number[]} choices  the numbers that it may be, where that is to be asked
 * @property {boolean} unlike  whether it is written in another way than the page writes numbers, and
 *   was read all the same
 *
 * @typedef {"none" | "low" | "high" | "part" | "currency" | "either"} Fault
 */

/**
 * Read what somebody wrote into a field: by the page's own way; where that is no number, or none
 * that is allowed, by the other way to write decimals. Where it may be two numbers, that is asked.
 * @param {string} text
 * @param {Kind} kind
 * @returns {Reading}
 */
export function read(text, kind = {}) {
  const { own, other, grouped, foreign } = readings(text, kind);
  const [value, unlike] = [own, other].map((number) => tidy(kind.percent ? number / 100 : number));
  const nothing = { value: NaN, choices: [], unlike: false };
  if (foreign && !(Number.isNaN(own) && Number.isNaN(other))) {
    return { ...nothing, fault: "currency" };
  }
  const isOpen = !grouped && own !== other && !Number.isNaN(other);
  const wrong = fault(unlike, kind);
  if (isOpen && wrong && Number.isNaN(value)) return { ...nothing, value: unlike, fault: wrong };
  if (!isOpen || wrong) return { ...nothing, value, fault: fault(value, kind) };
  if (fault(value, kind)) return { ...nothing, value: unlike, fault: null, unlike: true };
  return { ...nothing, fault: "either", choices: [unlike, value] };
}

/** A number as it may be shortened in this language. */
export function example() {
  return fmt.shortened(1.5e6);
}

/**
 * What is wrong with a value.
 * @param {number} value  NaN where there was no number
 * @param {Kind} kind
 * @returns {null | "none" | "low" | "high" | "part"}
 */
function fault(value, { min = -Infinity, max = Infinity, whole = false }) {
  if (Number.isNaN(value)) return "none";
  if (value < min) return "low";
  if (value > max) return "high";
  return whole && !Number.isInteger(value) ? "part" : null;
}

/**
 * What to say of a text that was read with this fault.
 * @param {Fault} wrong
 * @param {Kind} kind
 */
export function complaint(wrong, { percent = false, scaled = false, currency, min = 0, max = 0 }) {
  const limits = _("{low} to {high}", { low: shown(min, percent), high: shown(max, percent) });
  return {
    none: scaled
      ? _("This is no number. Allowed: {limits}, written in full or as {example}.", {
          limits,
          example: example(),
        })
      : _("This is no number. Allowed: {limits}.", { limits }),
    low: _("Too low. Allowed: {limits}.", { limits }),
    high: _("Too high. Allowed: {limits}.", { limits }),
    part: _("This is no whole number. Allowed: {limits}.", { limits }),
    currency: _("Amounts are in {currency} here, and nothing is converted.", { currency }),
    either: _("Which one is meant?"),
  }[wrong];
}

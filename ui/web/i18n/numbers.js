// Numbers in fields and lists: shares are shown and typed in per cent.

import { isAmbiguous, readings } from "./amounts.js";
import { _, fmt } from "./messages.js";
import { bare, periodOf, uncounted } from "./spoken.js";

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
 * @property {string} [unit]  as it stands beside the field: for how long the number is, among others
 * @property {string[]} [counted]  words that may stand behind it, in lower case: "85 fte"
 * @property {[number, number]} [usual]  what such shares usually are; else from one per cent on
 *
 * What somebody wrote into a field.
 * @typedef {object} Reading
 * @property {number} value  NaN where it is no number, or where it is open which
 * @property {Fault | null} fault  what is wrong with it
 * @property {number[]} choices  the numbers that it may be, where that is to be asked
 * @property {boolean} unlike  whether it is written in another way than the page writes numbers, and
 *   was read all the same
 *
 * @typedef {"none" | "low" | "high" | "part" | "currency" | "period" | "either" | "share"} Fault
 */

/**
 * Read what somebody wrote into a field: by the page's own way; where that is no number, or none
 * that is allowed, by the other way to write decimals. Where it may be two numbers, that is asked:
 * also whether "0.2" in a field of per cents is a fifth, as spreadsheets have it.
 * @param {string} text
 * @param {Kind} kind
 * @returns {Reading}
 */
export function read(text, kind = {}) {
  const counted = kind.counted ?? [];
  const around = bare(uncounted(text, counted));
  const said = readings(uncounted(around.text, counted), kind); // "1,600 hours a year"
  const reading = decided(said, kind);
  if (around.period && !Number.isNaN(reading.value)) {
    const own = periodOf(kind.unit ?? "");
    if (own !== around.period) {
      return { ...reading, value: NaN, choices: [], fault: own ? "period" : "none" };
    }
  }
  if (reading.fault || said.marked || !mayBeFraction(reading.value, kind)) return reading;
  const choices = [reading.value, tidy(reading.value * 100)];
  return { value: NaN, fault: "share", choices, unlike: false };
}

/**
 * Whether a share, written without its sign, may have been meant as a fraction of one.
 * @param {number} value
 * @param {Kind} kind
 */
function mayBeFraction(value, { percent = false, usual, ...limits }) {
  const size = Math.abs(value);
  if (!percent || size === 0 || size >= 0.01 || fault(value * 100, limits)) return false;
  const [low, high] = usual ?? [0.01, Infinity];
  const isUsual = (/** @type {number} */ share) => low <= share && share <= high;
  return !isUsual(value) || isUsual(value * 100);
}

/**
 * @param {import("./amounts.js").Readings} said
 * @param {Kind} kind
 * @returns {Reading}
 */
function decided({ own, other, grouped, foreign }, kind) {
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

/**
 * What a text may mean, as it is written when one of them is chosen: nothing is then left open.
 * @param {Reading} reading
 * @param {Kind} kind
 */
export function choiceTexts({ choices, fault: wrong }, { percent = false }) {
  return choices.map((choice) => `${written(choice, percent)}${wrong === "share" ? " %" : ""}`);
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
export function complaint(wrong, kind) {
  const { percent = false, scaled = false, currency, unit = "", min = 0, max = 0 } = kind;
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
    period: _("Here it is “{unit}”, and nothing is converted from another period.", { unit }),
    either: _("Which one is meant?"),
    share: _("Which one is meant?"),
  }[wrong];
}

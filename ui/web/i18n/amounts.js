// Amounts as people write and paste them, read. Nothing here touches the page.
//
// "1.200" is twelve hundred for one and a little more than one for another. A text is read by the
// page's own rule; where it means something by the other one alone, by that; where it means
// something else by each, nothing is decided here: both are handed on.

import { currencyMarks } from "./currencies.js";
import { shorthand, ways } from "./messages.js";

// What copying brings along and nobody sees: direction marks, joiners, a byte order mark.
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g;
const MINUSES = /[\u2010-\u2015\u2212\ufe63\uff0d]/g;
const PER_CENT = new Set(["%", "percent", "procent", "pct"]);
const APOSTROPHES = /[\u2018\u2019\u02bc\u00b4`]/g;

/** @param {string} text */
function cleaned(text) {
  return text
    .replace(UNSEEN, "")
    .replace(/\s+/gu, " ")
    .replace(/\bper cent\b/i, "percent")
    .replace(MINUSES, "-")
    .replace(APOSTROPHES, "'")
    .trim();
}

/**
 * What a text says by each way to write decimals.
 * @typedef {object} Readings
 * @property {number} own  by the page's way; NaN where it means nothing
 * @property {number} other  by the other one
 * @property {boolean} grouped  whether the page's own mark for thousands is in it, so that the
 *   page's way is meant
 * @property {boolean} foreign  whether it is in another currency than it should be
 * @property {boolean} marked  whether it says itself that it is in per cent
 * @property {boolean} isMoney  whether it says itself that it is an amount: by a currency, or in thousands
 */

/** @type {Readings} */
const NOTHING = {
  own: NaN,
  other: NaN,
  grouped: false,
  foreign: false,
  marked: false,
  isMoney: false,
};

/**
 * Read an amount.
 * @param {string} text
 * @param {{percent?: boolean, scaled?: boolean, currency?: string | null}} kind  `percent`: "%", or
 *   the word for it, may stand with it; `scaled`: what stands for thousands or millions; `currency`: that one's marks
 * @returns {Readings}
 */
export function readings(text, { percent = false, scaled = false, currency = null } = {}) {
  // Before the first digit, from there to the last, and behind it. A full stop behind letters is
  // theirs ("kr. 5"), else it begins the number (".5").
  const parts = /^(.*?)((?:(?<![\p{L}])[.,])?\d(?:[\d.,' ]*\d)?)(\D*)$/u.exec(cleaned(text));
  if (!parts) return NOTHING;
  const [, before, digits, behind] = parts;
  const around = marksAround(before, behind, { percent, scaled, currency });
  if (!around) return NOTHING;
  const { factor, dashed } = around;
  const { decimal, group } = ways();
  const other = decimal === "," ? "." : ",";
  const read = (/** @type {string} */ mark, /** @type {string} */ thousands) =>
    dashed && dashed !== mark ? NaN : factor * plain(digits, mark, thousands, Boolean(dashed));
  const own = read(decimal, other);
  const isGrouped = group === other && digits.includes(other) && !digits.includes(decimal);
  return {
    own,
    other: read(other, decimal),
    grouped: isGrouped && !Number.isNaN(own),
    foreign: around.foreign,
    marked: around.marked,
    isMoney: around.isMoney,
  };
}

/**
 * The number in digits and what stands between them; NaN where they are put in another way.
 * @param {string} digits
 * @param {string} decimal  what decimals stand behind
 * @param {string} thousands  what stands between thousands, as spaces and apostrophes may
 * @param {boolean} whole  whether there are no decimals to come
 */
function plain(digits, decimal, thousands, whole) {
  const [count, decimals = "", ...more] = digits.split(decimal);
  if (more.length || (whole && digits.includes(decimal))) return NaN;
  if (digits.includes(decimal) && !/^\d+$/.test(decimals)) return NaN;
  const grouped = /^[1-9]\d{0,2}(?:([.,' ])\d{3})(?:\1\d{3})*$/.exec(count);
  if (!/^\d*$/.test(count) && (!grouped || ![thousands, "'", " "].includes(grouped[1]))) return NaN;
  return Number(`${count.replace(/\D/g, "")}.${decimals}`);
}

/**
 * What stands around the digits; null where something does that means nothing here.
 * @param {string} before
 * @param {string} behind
 * @param {{percent: boolean, scaled: boolean, currency: string | null}} kind
 * @returns {{factor: number, dashed: string, foreign: boolean, marked: boolean, isMoney: boolean} | null}  `factor`: what
 *   the number is times of; `dashed`: the mark in "1.200,-" or "1.200,=", which says that there are no decimals
 */
function marksAround(before, behind, { percent, scaled, currency }) {
  const isLoss = before.startsWith("(") && behind.endsWith(")"); // in a spreadsheet
  const dash = /^ ?([.,]) ?(?:-{1,2}|=)/.exec(behind);
  const rest = dash ? behind.slice(dash[0].length) : behind.replace(/^[.,](?= |$)/, "");
  const marks = currency === null ? null : currencyMarks(currency);
  const counts = { sign: isLoss ? 1 : 0, scale: 0, currency: 0, percent: 0 };
  let factor = isLoss ? -1 : 1;
  let foreign = false;

  /** Take a word over; whether it means something. @param {string} word @param {boolean} isBehind */
  function take(word, isBehind) {
    const letters = word.toLowerCase().replace(/\.$/, "");
    const times = scaled && isBehind ? shorthand()[letters] : undefined;
    if (!isBehind && (word === "-" || word === "+")) {
      counts.sign += 1;
      if (word === "-") factor = -factor;
    } else if (percent && PER_CENT.has(letters)) counts.percent += 1;
    else if (times !== undefined) {
      counts.scale += 1;
      factor *= times;
    } else if (marks?.has(letters)) {
      counts.currency += 1;
      foreign ||= marks.get(letters) !== currency;
    } else return false;
    return true;
  }

  const isKnown = (/** @type {string} */ word) => Boolean(marks?.has(word.toLowerCase()));
  const known =
    words(isLoss ? before.slice(1) : before, isKnown).every((word) => take(word, false)) &&
    words(isLoss ? rest.slice(0, -1) : rest, isKnown).every((word) => take(word, true));
  if (!known || Object.values(counts).some((count) => count > 1)) return null;
  const isMoney = counts.currency + counts.scale > 0;
  return { factor, dashed: dash?.[1] ?? "", foreign, marked: counts.percent > 0, isMoney };
}

/**
 * The words of a text: "US$" is one, "mln€" are two.
 * @param {string} text
 * @param {(word: string) => boolean} isKnown
 */
function words(text, isKnown) {
  const all = text.match(/\p{L}*\p{Sc}|\p{L}+\.?|[^ ]/gu) ?? [];
  return all.flatMap((word) =>
    isKnown(word) ? [word] : (word.match(/\p{Sc}|[^\p{Sc}]+/gu) ?? [word]),
  );
}

/**
 * Whether a text as the page writes it could be taken for another number.
 * @param {string} text
 */
export function isAmbiguous(text) {
  const { own, other, grouped } = readings(text);
  return !grouped && !Number.isNaN(other) && own !== other;
}

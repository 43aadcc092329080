// What is typed beside a lever: per cent, or an amount of money, which is read as the share that it is of what the
// lever divides. Nothing here touches the page.

import { readings } from "../../i18n/amounts.js";
import { _, fmt } from "../../i18n/messages.js";
import { choiceTexts, complaint, read } from "../../i18n/numbers.js";
import { bare } from "../../i18n/spoken.js";
import { unitOf } from "./units.js";

const HARDLY = 1e-3; // of the whole: of two amounts that a text may be, one that is less was not meant

/**
 * What a lever divides.
 * @typedef {object} Whole
 * @property {number | null} money  currency a year; null where it moves none
 * @property {string} currency
 *
 * @typedef {import("../../i18n/numbers.js").Reading & {amount: number | null, isMoney: boolean}} TypedValue
 *   `amount`: the money that was read; `isMoney`: whether money was meant, readable or not
 */

/**
 * Read what somebody typed beside a lever. A plain number is what the lever counts in; with a mark of
 * currency or of size it is money.
 * @param {string} text
 * @param {Lever} lever
 * @param {Whole} whole
 * @param {{low: number, high: number}} bounds
 * @returns {TypedValue}
 */
export function readTyped(text, lever, whole, { low, high }) {
  const { kind } = unitOf(lever);
  const isMoney = lever.unit === "share" && marksMoney(text, whole.currency);
  if (!isMoney) return { ...read(text, { ...kind, min: low, max: high }), amount: null, isMoney };
  const nothing = { choices: [], unlike: false, amount: null, isMoney };
  if (!whole.money) return { ...nothing, value: NaN, fault: "none" };
  const { value: amount, fault, choices } = readAmount(text, whole.money, whole.currency);
  if (fault) return { ...nothing, value: NaN, fault, choices };
  const value = amount / whole.money;
  if (value > high) return { ...nothing, value, fault: "high" };
  return { ...nothing, value, fault: value < low ? "low" : null, amount };
}

/** @param {string} text @param {string} currency */
function marksMoney(text, currency) {
  return readings(bare(text).text, { scaled: true, currency }).isMoney;
}

/** @param {number} money @param {string} currency @returns {import("../../i18n/numbers.js").Kind} */
function kindOf(money, currency) {
  const unit = _("{amount} a year", { amount: "" }).trim();
  return { scaled: true, currency, unit, min: 0, max: money };
}

/** @param {string} text @param {number} money  all that there is @param {string} currency */
function readAmount(text, money, currency) {
  const reading = read(text, kindOf(money, currency));
  const written = (/** @type {number} */ amount) => fmt.money(amount, currency);
  if (reading.fault === "high" && written(reading.value) === written(money)) {
    return { ...reading, value: money, fault: null }; // all of it, as the page writes it
  }
  const meant = reading.choices.filter((amount) => amount >= HARDLY * money);
  if (reading.fault !== "either" || meant.length !== 1) return reading;
  return { ...reading, value: meant[0], fault: null, choices: [] };
}

/**
 * What was read of an amount, in words; "" where none was typed.
 * @param {Lever} lever
 * @param {Whole} whole
 * @param {TypedValue} reading
 */
export function readWords(lever, { money, currency }, { value, amount }) {
  if (amount === null || money === null) return "";
  const unit = unitOf(lever);
  return _("{amount} of {whole} is {share}.", {
    amount: fmt.amount(amount, currency),
    whole: fmt.amount(money, currency),
    share: unit.full(unit.rounded(value)),
  });
}

/**
 * What is wrong with what was typed, in words.
 * @param {Lever} lever
 * @param {Whole} whole
 * @param {TypedValue} reading
 * @param {{low: number, high: number}} bounds  as far as other lines let it go
 * @param {boolean} isInTheWay  whether locked lines alone are what is in the way
 */
export function typedComplaint(lever, whole, reading, { low, high }, isInTheWay) {
  const { money, currency } = whole;
  const { fault, choices, isMoney } = reading;
  const unit = unitOf(lever);
  if (fault === "share") return either("share", choiceTexts(reading, unit.kind));
  if (fault === "either" && isMoney) {
    return either(
      "amount",
      [...choices].sort((one, other) => one - other).map((amount) => fmt.amount(amount, currency)),
    );
  }
  if (isMoney && money && (fault === "currency" || fault === "period")) {
    return complaint(fault, kindOf(money, currency));
  }
  if (low === high) return _("All other lines are locked: open one of them first.");
  if (isInTheWay) {
    const allowed = { low: unit.write(low), high: unit.write(high) };
    return _("From {low} to {high} %: the locked lines keep the rest.", allowed);
  }
  const allowed = lever.allowed
    .replace("{low}", unit.write(lever.min))
    .replace("{high}", unit.write(lever.max));
  if (money) {
    const amount = fmt.money(money, currency);
    return [allowed, _("Or an amount of money up to {amount}.", { amount })].join(" ");
  }
  if (!isMoney) return allowed;
  const reason = money === null ? _("This lever moves no money.") : _("No money is moved yet.");
  return `${reason} ${allowed}`;
}

/** @param {"share" | "amount"} what @param {string[]} choices */
function either(what, [low, high]) {
  return what === "share"
    ? _("Is {low} meant, or {high}? Type it with its sign.", { low, high })
    : _("Is {low} meant, or {high}? Type it like that.", { low, high });
}

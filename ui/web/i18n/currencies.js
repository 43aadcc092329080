// Currencies: those that are offered, what they are called, and how people mark amounts of them.

import { locale } from "./messages.js";

/** Codes that are offered. */
export const CURRENCIES = (
  "EUR DKK USD GBP CHF SEK NOK ISK PLN CZK HUF RON BGN TRY " +
  "UAH AUD NZD CAD JPY CNY HKD SGD KRW INR ILS ZAR BRL MXN"
).split(" ");

/** What a currency is called; "" where that is none. @param {string} code */
export function currencyName(code) {
  try {
    const names = new Intl.DisplayNames(locale(), { type: "currency", fallback: "none" });
    return names.of(code) ?? "";
  } catch {
    return "";
  }
}

/** @type {Map<string, Map<string, string>>} */
const known = new Map();

/**
 * What stands for a currency beside an amount, in lower case and without a full stop: codes, signs
 * and names. A sign that several share ("$", "kr") is that of `own`, if it is one of them.
 * @param {string} own  code
 * @returns {Map<string, string>} codes by mark
 */
export function currencyMarks(own) {
  const key = `${locale()} ${own}`;
  const marks = known.get(key) ?? new Map([...CURRENCIES, own].flatMap(marksOf));
  known.set(key, marks);
  return marks;
}

/**
 * The code of a currency that is written as its code, sign or name; as it is written, in capitals,
 * where it is none of those that are offered, or could be several ("$").
 * @param {string} text
 */
export function currencyCode(text) {
  const written = text.trim().toLowerCase().replace(/\.$/, "");
  const meant = CURRENCIES.filter((code) => marksOf(code).some(([mark]) => mark === written));
  return meant.length === 1 ? meant[0] : text.trim().toUpperCase();
}

/** @param {string} code @returns {[string, string][]} */
function marksOf(code) {
  if (!/^[A-Z]{3}$/.test(code)) return [];
  /** @type {[number, Intl.NumberFormatOptions["currencyDisplay"]][]} */
  const forms = [
    [1, "symbol"],
    [1, "narrowSymbol"],
    [1, "name"],
    [2, "name"],
  ];
  const written = forms.map(([number, currencyDisplay]) => {
    const format = new Intl.NumberFormat(locale(), {
      style: "currency",
      currency: code,
      currencyDisplay,
      maximumFractionDigits: 0, // "1 euro", but "1.00 euros"
    });
    return format.formatToParts(number).find(({ type }) => type === "currency")?.value ?? code;
  });
  const words = written.map((mark) => mark.split(" ").at(-1) ?? mark); // "Danish kroner"
  return [code, ...written, ...words].map((mark) => [mark.toLowerCase().replace(/\.$/, ""), code]);
}

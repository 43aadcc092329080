// Texts and numbers in the page's language. The catalogue comes from the server (gettext).

// English of no country in particular: US$ and DKK, not $ and kr, as the server writes them.
const ENGLISH = "en-001";

let catalogue = {};
let code = "en";
let locale = ENGLISH;

/** Take over a language: its locale and the translations by English message. */
export function setLanguage(chosen, messages) {
  code = chosen;
  locale = chosen === "en" ? ENGLISH : chosen;
  catalogue = messages;
}

/** The language's code, as in the address. */
export function language() {
  return code;
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}(\.?)/g, (whole, name, stop) => {
    if (!(name in values)) return whole;
    const value = String(values[name]);
    return value.endsWith(".") ? value : value + stop; // "1,2 mln." ends a sentence by itself
  });
}

/** Translate a message and fill its {placeholders}. */
export function _(message, values = {}) {
  return filled(catalogue[message] ?? message, values);
}

/** Translate a message that has a plural; {number} is filled in the locale's way. */
export function ngettext(singular, plural, number, values = {}) {
  const forms = catalogue[singular];
  const one = Number(number) === 1;
  const text = Array.isArray(forms) ? forms[one ? 0 : 1] : one ? singular : plural;
  return filled(text, { number: fmt.number(number), ...values });
}

/** A text in which no line ends between a sign and its amount. */
export function tied(text) {
  return text.replace(/([+\u2212])(?=\S)/g, "$1\u2060");
}

const formats = new Map();

function format(options) {
  const key = locale + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(locale, options));
  return formats.get(key);
}

/** The sign always comes first, and it is a true minus; what rounds to nothing has none. */
function signed(value, options) {
  const size = format(options).format(Math.abs(value));
  return value < 0 && /[1-9]/.test(size) ? `\u2212${size}` : size;
}

function rounded(value) {
  return Number(Math.abs(value).toPrecision(3));
}

/** Numbers in the locale's way, as the server writes them too. */
export const fmt = {
  number: (value, decimals = 0) => signed(value, { maximumFractionDigits: decimals }),
  percent: (share, decimals = 0) =>
    signed(share, { style: "percent", maximumFractionDigits: decimals }),
  money: (value, currency) =>
    signed(value, {
      style: "currency",
      currency,
      currencyDisplay: "symbol",
      // "K" and "t" are no words of Dutch and Danish: there thousands are written out.
      notation: code === "en" || rounded(value) >= 1e6 ? "compact" : "standard",
      minimumFractionDigits: 0,
      maximumSignificantDigits: 3,
    }),
  /** An amount in full, for fields: without the currency. */
  plain: (value) => format({ maximumSignificantDigits: 15, useGrouping: true }).format(value),
};

/** A number as somebody writes it in this language ("1.250,5" or "12 %"); NaN if it is none. */
export function parseNumber(text) {
  const parts = format({}).formatToParts(12345.6);
  const group = parts.find((one) => one.type === "group")?.value ?? ",";
  const decimal = parts.find((one) => one.type === "decimal")?.value ?? ".";
  const plain = text
    .trim()
    .replace(/[\u2212\u2013]/g, "-")
    .replace(/[%\s\u00a0\u202f\u2019']/g, "");
  if (!/^-?[\d.,]+$/.test(plain)) return NaN;
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+(\\${decimal}\\d+)?$`);
  let number = plain;
  if (grouped.test(plain)) number = plain.replaceAll(group, "").replace(decimal, ".");
  else if (plain.includes(decimal)) number = plain.replace(decimal, ".");
  return /^-?\d*\.?\d+$|^-?\d+\.$/.test(number) ? Number(number) : NaN;
}

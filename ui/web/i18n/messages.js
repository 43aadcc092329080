// Texts and numbers in the page's language. All that is known of it comes from the server: the
// catalogue (gettext), and by which rules numbers, dates and plurals are written.

/** @type {Start["catalogue"]} */
let catalogue = {};
let code = "en";
/** @type {Formats} */
let formats = { locale: "en", thousands_in_full: false, shorthand: {}, plural_forms: {} };
let plurals = new Intl.PluralRules(formats.locale);

/**
 * Take over a language, as the server tells of it at the start.
 * @param {Pick<Start, "language" | "formats" | "catalogue">} start  its code; how it writes numbers;
 *   the translations by English message
 */
export function setLanguage(start) {
  code = start.language;
  formats = start.formats;
  plurals = new Intl.PluralRules(formats.locale);
  catalogue = start.catalogue;
}

/** The language's code, as in the address. */
export function language() {
  return code;
}

/** How the language writes numbers and dates, as a language tag. */
export function locale() {
  return formats.locale;
}

/** The marks of this language for decimals and between thousands. */
export function ways() {
  const parts = format({}).formatToParts(12345.6);
  const mark = (/** @type {string} */ type) => parts.find((part) => part.type === type)?.value;
  return { decimal: mark("decimal") ?? ".", group: mark("group") ?? "," };
}

/** A moment in the page's language, such as "22 Nov 2026, 10:15". @param {string} iso */
export function formatDateTime(iso) {
  /** @type {Intl.DateTimeFormatOptions} */
  const options = { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(formats.locale, options).format(new Date(iso));
}

/** The day of a moment in the page's language, such as "22 Nov 2026". @param {string} iso */
export function formatDate(iso) {
  return new Intl.DateTimeFormat(formats.locale, { dateStyle: "medium" }).format(new Date(iso));
}

/** A moment, by the clock alone if it is today's. @param {number} at  milliseconds since 1970 */
export function sinceWhen(at) {
  const when = new Date(at);
  if (when.toDateString() !== new Date().toDateString()) return formatDateTime(when.toISOString());
  return new Intl.DateTimeFormat(formats.locale, { timeStyle: "short" }).format(when);
}

/** What letters behind a number stand for, such as "k": by letters, without a full stop. */
export function shorthand() {
  return formats.shorthand;
}

/** @param {string} text @param {object} values */
function filled(text, values) {
  /** @type {Record<string, any>} */
  const known = { ...values };
  return text.replace(/\{(\w+)\}(\.(?=\s|$))?/g, (whole, name, stop = "") => {
    if (!(name in known)) return whole;
    const value = String(known[name]);
    return /\p{L}\.$/u.test(value) ? value : value + stop; // "1,2 mln." ends a sentence by itself
  });
}

/**
 * Translate a message and fill its {placeholders}.
 * @param {string} message
 * @param {object} values
 */
export function _(message, values = {}) {
  return filled(String(catalogue[message] ?? message), values);
}

/**
 * Translate a message that has a plural; {number} is filled in the locale's way.
 * @param {string} singular
 * @param {string} plural
 * @param {number} number
 * @param {object} values
 */
export function ngettext(singular, plural, number, values = {}) {
  const translated = catalogue[singular];
  const english = Number(number) === 1 ? singular : plural;
  const text = translated ? translated[formOf(Number(number))] : english;
  return filled(text, { number: fmt.number(number), ...values });
}

/** @param {number} number */
function formOf(number) {
  return formats.plural_forms[plurals.select(number)] ?? formats.plural_forms.other;
}

/** A text in which no line ends between a sign and its amount. @param {string} text */
export function tied(text) {
  return text.replace(/([+\u2212])(?=\S)/g, "$1\u2060");
}

const writers = new Map();

/** @param {Intl.NumberFormatOptions} options */
function format(options) {
  const key = formats.locale + JSON.stringify(options);
  // The server groups by thousands in every language; some locales would only do so from 10 000.
  const useGrouping = options.notation === "compact" ? "min2" : "always";
  if (!writers.has(key)) {
    writers.set(key, new Intl.NumberFormat(formats.locale, { useGrouping, ...options }));
  }
  return writers.get(key);
}

/**
 * The sign always comes first, and it is a true minus; what rounds to nothing has none.
 * @param {number} value
 * @param {Intl.NumberFormatOptions} options
 */
function signed(value, options) {
  const size = format(options).format(Math.abs(value));
  return value < 0 && /[1-9]/.test(size) ? `\u2212${size}` : size;
}

/** @param {number} value */
function rounded(value) {
  return Number(Math.abs(value).toPrecision(3));
}

/** Numbers in the locale's way, as the server writes them too. */
export const fmt = {
  /** @param {number} value */
  number: (value, decimals = 0, least = 0) =>
    signed(value, { minimumFractionDigits: least, maximumFractionDigits: decimals }),
  /** @param {number} share */
  percent: (share, decimals = 0) =>
    signed(share, { style: "percent", maximumFractionDigits: decimals }),
  /** @param {number} value @param {string} currency */
  money: (value, currency) =>
    signed(value, {
      style: "currency",
      currency,
      currencyDisplay: "symbol",
      notation: rounded(value) < (formats.thousands_in_full ? 1e6 : 1e4) ? "standard" : "compact",
      minimumFractionDigits: 0,
      maximumSignificantDigits: 3,
    }),
  /** To the cent where there are cents. @param {number} value @param {string} currency */
  amount: (value, currency) =>
    signed(value, {
      style: "currency",
      currency,
      currencyDisplay: "symbol",
      minimumFractionDigits: Number.isInteger(value) ? 0 : 2,
      maximumFractionDigits: Number.isInteger(value) ? 0 : 2,
    }),
  /** A number with the locale's letters for its size, as people may write it: "1.5M".
   * @param {number} value */
  shortened: (value) => format({ notation: "compact", maximumFractionDigits: 1 }).format(value),
  /** An amount in full, for fields: without the currency. @param {number} value */
  plain: (value) => format({ maximumSignificantDigits: 15 }).format(value),
};

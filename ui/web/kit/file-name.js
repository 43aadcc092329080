// What files are called: by what is in them, and the day.

const LONGEST = 120;

/**
 * A name that every file system takes.
 * @param {string[]} parts
 * @param {string} kind  "png"
 * @param {Date} day
 */
export function fileName(parts, kind, day = new Date()) {
  const words = parts.map((part) => part.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "-"));
  const name = words
    .map((part) => part.replace(/^-+|-+$/g, ""))
    .filter(Boolean)
    .join("-");
  return `${[name.slice(0, LONGEST), dateOf(day)].filter(Boolean).join("-")}.${kind}`;
}

/** The day where the visitor is: "2026-11-28". @param {Date} day */
function dateOf(day) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** Today, as people write it. @param {string} locale */
export function today(locale) {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date());
}

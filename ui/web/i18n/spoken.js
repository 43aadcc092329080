// What people say around a number: that it is about so much, and for how long it is. Nothing here
// touches the page.

const ABOUT =
  /^(?:\u00b1|\+\/-|~|\u2248|(?:ca|circa|cirka|about|around|approx|approximately|roughly|some|ongeveer|plm|rond|omkring|omtrent|zo'n)\b\.?)\s*/iu;

/** By period: what stands for it behind a number, or ends the unit of a field, in all languages. */
const PERIODS = Object.entries({
  hour: /(?<!\p{L})(?:per hour|an hour|hourly|per uur|p\.? ?u\.?|i timen|pr\.? time|\/ ?(?:h|hour|uur|time))$/iu,
  day: /(?<!\p{L})(?:per (?:working |werk)?da[gy]|a day|daily|om dagen|pr\.? (?:arbejds)?dag|\/ ?da[gy])$/iu,
  week: /(?<!\p{L})(?:per week|a week|weekly|om ugen|pr\.? uge|\/ ?(?:week|uge))$/iu,
  month:
    /(?<!\p{L})(?:per month|a month|monthly|per maand|maandelijks|p\.? ?m\.?|om måneden|pr\.? måned|månedligt|\/ ?(?:month|maand|måned|mnd|md|mo)\.?)$/iu,
  quarter:
    /(?<!\p{L})(?:per quarter|a quarter|quarterly|per kwartaal|pr\.? kvartal|\/ ?(?:quarter|kwartaal|kvartal))$/iu,
  year: /(?<!\p{L})(?:per year|a year|per annum|yearly|annually|p\.? ?a\.?|per jaar|jaarlijks|p\.? ?j\.?|om året|pr\.? år|årligt|\/ ?(?:year|yr|jaar|jr|år)\.?)$/iu,
});

/**
 * A text without what is said around its number.
 * @param {string} text
 * @returns {{text: string, period: string}}  `period`: for how long it is, empty where that is not said
 */
export function bare(text) {
  const plain = text.trim().replace(/\s+/gu, " ").replace(ABOUT, "");
  for (const [period, words] of PERIODS) {
    const at = plain.search(words);
    const number = plain.slice(0, Math.max(at, 0)).trim();
    if (/\d/.test(number)) return { text: number, period };
  }
  return { text: plain, period: "" };
}

/**
 * A text without the word behind its number for what is counted: "85 fte".
 * @param {string} text
 * @param {string[]} words  those that mean it, in lower case
 */
export function uncounted(text, words) {
  const plain = text
    .trim()
    .replace(/\s+/gu, " ")
    .replace(/[\u2018\u2019]/gu, "'")
    .replace(/\.$/, "");
  for (const word of words.filter((each) => plain.toLowerCase().endsWith(each))) {
    const number = plain.slice(0, -word.length);
    if (/\d/.test(number) && !/\p{L}$/u.test(number)) return number.trim();
  }
  return text;
}

/**
 * For how long an amount is in a unit such as "€ per customer per year"; empty where it is for none.
 * @param {string} unit
 */
export function periodOf(unit) {
  return PERIODS.find(([, words]) => words.test(unit))?.[0] ?? "";
}

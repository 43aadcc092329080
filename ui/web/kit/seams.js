// Places where long words may be parted with a hyphen in narrow columns and on paper. Browsers part
// Dutch and Danish words by themselves only where a dictionary is installed; else they cut them anywhere.

import { language } from "../i18n/messages.js";
import { h } from "./dom.js";

const SHORTEST = 8; // letters of a word that is parted
const LEAST = 3; // letters before and behind a place
const LONG_PART = 9; // letters of a part that may be parted itself
const SOFT_HYPHEN = "\u00ad";
const WORDS = /[\p{L}\u00ad]{8,}/gu;

// Second parts of compounds and endings that begin a part of their own.
const PARTS =
  /(?<=\p{L}{4})(?=onderzoek|contact|service|analyse|virksomhed|henvendelse|k[vw]alite|kana|apparat|opslag|opbrengst|reclame|heid|hed|skab|gjor|ship)|(?<=bidrag)(?=yde)|(?<=tegen)(?=over)|(?<=videre)(?=stil)/giu;
// First parts of two letters, before consonants that begin a part of their own.
const FIRST = /(?<=^(?:(?:u|on|selv|zelf)?[bg]e|co|ad))(?=s[jklmnptv](?!sel)|tj|cr)/iu;
const VOWEL = /[aeiouyæøåäëïöüáéèó]/iu;
// Consonants that stay together.
const TOGETHER =
  /^(?:ch|ck|th|ph|sj|kj|qu|sk|ng|st|br|dr|fr|gr|kr|pr|tr|vr|bl|fl|gl|kl|pl|sl|vl|kn|sp|sv|tj|gj|kv|kw|cr)$/iu;

/**
 * A text with soft hyphens in its long words: between the parts of known compounds, else after a first part
 * such as "be" and before the last consonant between two vowels.
 * @param {string} text
 */
export function seamed(text) {
  return text.replace(WORDS, (word) => {
    const plain = word.replaceAll(SOFT_HYPHEN, "");
    if (plain.length < SHORTEST) return plain;
    const parts = plain.split(PARTS);
    const isLong = (/** @type {string} */ part) => parts.length === 1 || part.length > LONG_PART;
    return parts.map((part) => (isLong(part) ? syllables(part) : part)).join(SOFT_HYPHEN);
  });
}

/** @param {string} word */
function syllables(word) {
  const first = word.search(FIRST);
  const letters = [...word];
  const isVowel = (/** @type {number} */ place) => VOWEL.test(letters[place] ?? "");
  const fits = (/** @type {number} */ place) =>
    place >= LEAST &&
    letters.length - place >= LEAST &&
    !isVowel(place) &&
    isVowel(place + 1) &&
    !TOGETHER.test(`${letters[place - 1]}${letters[place]}`);
  return letters
    .map((letter, place) => (place === first || fits(place) ? SOFT_HYPHEN : "") + letter)
    .join("");
}

/**
 * The same of all that an element holds. A word that fits a line goes there whole: it is parted only
 * where it is longer than a line. English is left to the browser.
 * @template {Element} Part
 * @param {Part} node
 */
export function seam(node) {
  if (language() === "en") return node;
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
  for (const text of texts) {
    const words = text.data.split(/( +)/);
    const isLong = words.some((word) => seamed(word) !== word);
    // In one piece: what lays its children out side by side has one more, not many.
    if (isLong) text.replaceWith(h("span", { class: "seams" }, words.map(partable)));
  }
  return node;
}

/** @param {string} word */
function partable(word) {
  const parted = seamed(word);
  return parted === word ? word : h("span", { class: "seam" }, parted);
}

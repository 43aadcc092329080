// Languages for tests of what is written and read in them, as the server tells of them.

import { test } from "node:test";

import { setLanguage } from "../../ui/web/i18n/messages.js";

export const LANGUAGES = {
  en: {
    language: "en",
    catalogue: {},
    formats: {
      locale: "en-001",
      thousands_in_full: false,
      shorthand: { k: 1e3, m: 1e6, bn: 1e9 },
      plural_forms: {},
    },
  },
  nl: {
    language: "nl",
    catalogue: {
      "Close it": "Sluit het",
      "It costs {money}.": "Het kost {money}.",
      "{number} plan": ["{number} plan", "{number} plannen"],
    },
    formats: {
      locale: "nl-NL",
      thousands_in_full: true,
      shorthand: { k: 1e3, m: 1e6, mln: 1e6, mld: 1e9 },
      plural_forms: { other: 1, one: 0 },
    },
  },
  da: {
    language: "da",
    catalogue: {},
    formats: {
      locale: "da-DK",
      thousands_in_full: true,
      shorthand: { k: 1e3, m: 1e6, t: 1e3, mio: 1e6 },
      plural_forms: { other: 1, one: 0 },
    },
  },
};

/** A test in a language; English follows. */
export function testIn(code, name, body) {
  test(`${name} (${code})`, () => {
    setLanguage(LANGUAGES[code]);
    try {
      body();
    } finally {
      setLanguage(LANGUAGES.en);
    }
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";

import { _, fmt, ngettext, parseNumber, setLanguage, tied } from "../../ui/web/i18n/messages.js";
import { fault, read, shown, written } from "../../ui/web/i18n/numbers.js";

const LANGUAGES = {
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
      shorthand: { k: 1e3, mln: 1e6 },
      plural_forms: { other: 1, one: 0 },
    },
  },
};

/** A test in a language; English follows. */
function testIn(code, name, body) {
  test(`${name} (${code})`, () => {
    setLanguage(LANGUAGES[code]);
    try {
      body();
    } finally {
      setLanguage(LANGUAGES.en);
    }
  });
}

testIn("nl", "messages are translated and filled; what is not known stays", () => {
  assert.equal(_("Close it"), "Sluit het");
  assert.equal(_("Nobody has translated {this}", { this: "it" }), "Nobody has translated it");
  assert.equal(_("a {gap}"), "a {gap}");
  assert.equal(_("It costs {money}.", { money: "1,2 mln." }), "Het kost 1,2 mln.");
  assert.equal(_("It costs {money}.", { money: "12" }), "Het kost 12.");
});

testIn("nl", "a message with a plural takes the form that its number needs", () => {
  assert.equal(ngettext("{number} plan", "{number} plans", 1), "1 plan");
  assert.equal(ngettext("{number} plan", "{number} plans", 0), "0 plannen");
  assert.equal(ngettext("{number} plan", "{number} plans", 1200), "1.200 plannen");
  assert.equal(ngettext("{number} way", "{number} ways", 1), "1 way", "untranslated");
  assert.equal(ngettext("{number} way", "{number} ways", 2), "2 ways");
});

testIn("en", "numbers have a true minus, and none where they round to nothing", () => {
  assert.equal(fmt.number(-1234.56, 1), "\u22121,234.6");
  assert.equal(fmt.percent(-0.001), "0%");
  assert.equal(fmt.percent(0.256, 1), "25.6%");
  assert.equal(fmt.money(-361_000, "EUR"), "\u2212€361K");
  assert.equal(tied("+€5 and \u22123, 2 + 2"), "+\u2060€5 and \u2212\u20603, 2 + 2");
});

testIn("nl", "thousands are written in full where the language has no letter for them", () => {
  assert.equal(fmt.money(361_000, "EUR"), "€\u00a0361.000");
  assert.match(fmt.money(1_234_567, "EUR"), /1,23\s*mln/);
});

testIn("en", "numbers are read as people write them", () => {
  const texts = { "1,250.5": 1250.5, " \u22124 ": -4, "12 %": 12, ".5": 0.5, "1,250": 1250 };
  for (const [text, value] of Object.entries(texts)) assert.equal(parseNumber(text), value, text);
  for (const text of ["", "a", "1.2.3", "--1", "1e5", "12 apples"]) {
    assert.ok(Number.isNaN(parseNumber(text)), text);
  }
});

for (const code of Object.keys(LANGUAGES)) {
  testIn(code, "what a field shows is read as the same number", () => {
    for (let turn = 0; turn < 3000; turn += 1) {
      const size = 10 ** ((turn % 160) / 10 - 6);
      const value = Number((((turn * 7919) % 3001) / 3001) * size).toPrecision(1 + (turn % 9));
      for (const percent of [false, true]) {
        const back = read(written(Number(value), percent), percent);
        const error = Math.abs(back - Number(value));
        assert.ok(error <= 1e-11 * Math.abs(value) + 1e-14, `${value} came back as ${back}`);
      }
    }
  });
}

testIn("nl", "amounts may be shortened, where they are", () => {
  assert.equal(read("1,5 mln.", false, true), 1.5e6);
  assert.equal(read("2K", false, true), 2000);
  assert.ok(Number.isNaN(read("2k")));
  assert.ok(Number.isNaN(read("2 bn", false, true)), "no word of this language");
});

testIn("en", "a share is shown and read in per cent", () => {
  assert.equal(shown(0.12345, true), "12.35%");
  assert.equal(written(0.07, true), "7");
  assert.equal(read("7", true), 0.07);
});

test("a value is told what is wrong with it", () => {
  const limits = { min: 0, max: 10 };
  assert.deepEqual(
    [Number.NaN, 0, -1, 11, 10, 0.1].map((value) => fault(value, limits)),
    ["none", null, "low", "high", null, null],
  );
  assert.equal(fault(1.5, { min: 0, max: 10, whole: true }), "part");
});

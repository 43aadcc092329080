import assert from "node:assert/strict";

import { _, fmt, ngettext, tied } from "../../ui/web/i18n/messages.js";
import { shown } from "../../ui/web/i18n/numbers.js";
import { testIn } from "./languages.js";

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

testIn("en", "a share is shown in per cent", () => {
  assert.equal(shown(0.12345, true), "12.35%");
});

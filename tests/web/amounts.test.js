import assert from "node:assert/strict";
import { test } from "node:test";

import { CURRENCIES } from "../../ui/web/i18n/currencies.js";
import { fmt } from "../../ui/web/i18n/messages.js";
import { choiceTexts, complaint, read, shown, written } from "../../ui/web/i18n/numbers.js";
import { cellsIn, labelledCellsIn, quoted, saysNothing } from "../../ui/web/kit/cells.js";
import { filledText, fillFrom, fillLabelled } from "../../ui/web/scenarios/pasted-cells.js";
import { LANGUAGES, testIn } from "./languages.js";

const MONEY = { scaled: true, currency: "EUR", min: 0, max: 1e10 };
const SHARE = { percent: true, min: 0, max: 1 };

/** What is read of texts: a number, numbers to choose from, or what is wrong. */
function outcome(text, kind) {
  const { value, fault, choices } = read(text, kind);
  if (fault === "either") return choices;
  return fault ?? value;
}

/** @param {Record<string, any>} expected  by text */
function check(expected, kind) {
  for (const [text, wanted] of Object.entries(expected)) {
    assert.deepEqual(outcome(text, kind), wanted, `${text}: ${outcome(text, kind)}`);
  }
}

// The same in every language: there is but one way to take them.
const ANYWHERE = {
  "1.200.000": 1.2e6,
  "1,200,000": 1.2e6,
  "1.200.000,00": 1.2e6,
  "1,200,000.00": 1.2e6,
  "1 200 000": 1.2e6,
  "1\u00a0200\u202f000": 1.2e6,
  "1'200'000": 1.2e6,
  "1\u2019200\u2019000": 1.2e6,
  "€ 1.200.000": 1.2e6,
  "€1,200,000": 1.2e6,
  "1.200.000 €": 1.2e6,
  "EUR 1.200.000": 1.2e6,
  "1200000 eur": 1.2e6,
  "1.200.000,-": 1.2e6,
  "€ 1.200,-": 1200,
  "1.200,--": 1200,
  "€ 1.250.000,=": 1.25e6,
  "1.200,\u2013": 1200,
  "1'200.\u2014": 1200,
  "€ 900,-": 900,
  "\ufeff\u200e900000\u200f": 900000,
  "+900": 900,
  0.5: 0.5,
  "0,5": 0.5,
  "1,5": 1.5,
  1.25: 1.25,
  ".5": 0.5,
  1200: 1200,
  "1200k": 1.2e6,
  "€ 1200k": 1.2e6,
  "1200 k€": 1.2e6,
  "(1.200.000)": "low",
  "-5": "low",
  "\u22125": "low",
  "$ 500": "currency",
  "US$ 500": "currency",
  "500 kr.": "currency",
  "DKK 1.200.000": "currency",
  "500 CHF": "currency",
  "": "none",
  "€": "none",
  many: "none",
  "12 %": "none",
  "1e5": "none",
  "5²": "none",
  "5-10": "none",
  "5 -": "none",
  "12 34": "none",
  "1.2.3": "none",
  "1.20.000": "none",
  "1,2345.6": "none",
  "1 200'000": "none",
  "--5": "none",
  "€€5": "none",
  "5kk": "none",
  "12 apples": "none",
};

for (const code of Object.keys(LANGUAGES)) {
  testIn(code, "amounts are understood as people write and paste them", () =>
    check(ANYWHERE, MONEY),
  );

  testIn(code, "what a field shows is read as the same number", () => {
    for (let turn = 0; turn < 3000; turn += 1) {
      const size = 10 ** ((turn % 160) / 10 - 6);
      const value = Number((((turn * 7919) % 3001) / 3001) * size).toPrecision(1 + (turn % 9));
      for (const percent of [false, true]) {
        const text = written(Number(value), percent);
        // "0.2" is asked about, unless it says itself that it is in per cent.
        const back = read(percent ? `${text} %` : text, { percent });
        const error = Math.abs(back.value - Number(value));
        assert.ok(error <= 1e-11 * Math.abs(value) + 1e-14, `${text} came back as ${back.value}`);
      }
    }
  });

  testIn(code, "what the page shows is never read as another number", () => {
    for (let turn = 0; turn < 2000; turn += 1) {
      const value = Number((((turn * 7919) % 2999) / 10 ** (turn % 6)).toPrecision(1 + (turn % 5)));
      for (const currency of ["EUR", "DKK", "USD", "CHF"]) {
        const text = fmt.money(value, currency);
        const { value: back, fault, choices } = read(text, { ...MONEY, currency });
        const near = (number) => Math.abs(number - value) <= 0.0051 * value + 0.0051;
        assert.ok(fault === "either" ? choices.some(near) : near(back), `${text}: ${back}`);
      }
      const plain = read(shown(value));
      const near = Math.abs(plain.value - value) <= 1e-3 * value;
      assert.ok(near || plain.choices.length === 2, `${shown(value)}: ${plain.value}`);
    }
  });

  testIn(code, "one group of thousands is never taken for decimals, nor decimals for one", () => {
    const { own, other } = code === "en" ? { own: ",", other: "." } : { own: ".", other: "," };
    for (let lead = 1; lead < 1000; lead += 37) {
      for (const tail of ["000", "500", "025", "999"]) {
        const [large, small] = [Number(`${lead}${tail}`), Number(`${lead}.${tail}`)];
        assert.equal(outcome(`${lead}${own}${tail}`, MONEY), large, "the page's own way");
        assert.deepEqual(outcome(`${lead}${other}${tail}`, MONEY), [large, small]);
        assert.deepEqual(outcome(`€ ${lead}${other}${tail}`, MONEY), [large, small]);
        assert.equal(outcome(`${lead}${other}${tail},-`, MONEY), code === "en" ? large : "none");
        const percents = outcome(`${lead}${other}${tail}`, { ...SHARE, max: 9.99 });
        assert.ok(Math.abs(percents - small / 100) < 1e-12, "no share is as large as the other");
      }
    }
  });
}

testIn("en", "a text in the other way says that it was read so", () => {
  assert.equal(read("1.200.000", MONEY).unlike, true);
  assert.equal(read("1,200,000", MONEY).unlike, false);
  assert.equal(read("1,5", MONEY).unlike, true);
  assert.deepEqual(outcome("1.500k", MONEY), [1.5e6, 1500]);
  assert.deepEqual(outcome("2.000", { min: 1, max: 9e6, whole: true }), [2000, 2]);
  assert.equal(outcome("2.500", { min: 1, max: 9e6, whole: true }), 2500, "no part is allowed");
  assert.equal(outcome("1.200.000", { min: 0, max: 1000 }), "high");
});

testIn("nl", "amounts may be shortened, where they are", () => {
  check(
    { "1,5 mln.": 1.5e6, "€ 1,5 mln": 1.5e6, "1,5mln€": 1.5e6, "2K": 2000, "2 bn": "none" },
    MONEY,
  );
  check({ "2k": "none", "1,5 mln.": "none", "€ 5": "none" }, { min: 0, max: 1e9 });
});

testIn("da", "a sign that currencies share is that of the organisation's", () => {
  const crowns = { ...MONEY, currency: "DKK" };
  check({ "kr. 1.200.000": 1.2e6, "500 kr.": 500, "DKK 500": 500, "500 kr": 500 }, crowns);
  check({ "kr.500": 500, "500 €": "currency", "500 SEK": "currency" }, crowns);
  check({ "500 kroner": 500, "500 danske kroner": "none" }, { ...crowns });
});

testIn("en", "every currency may be marked by its code", () => {
  for (const currency of CURRENCIES) {
    for (const text of [`${currency} 1,500`, fmt.money(1500, currency)]) {
      assert.equal(outcome(text, { ...MONEY, currency }), 1500, text);
    }
  }
  check({ 5: 5, "€5": "currency" }, { ...MONEY, currency: "" });
});

testIn("en", "a share is read in per cent", () => {
  assert.equal(written(0.07, true), "7");
  check({ 7: 0.07, "7%": 0.07, "7 %": 0.07, "12,5": 0.125, 101: "high", "7k": "none" }, SHARE);
});

for (const [code, texts] of Object.entries({ en: ["0.2", "0,2"], nl: ["0,2", "0.2"] })) {
  testIn(code, "a share that may be a fraction out of a spreadsheet is asked about", () => {
    for (const text of texts) {
      const reading = read(text, SHARE);
      assert.deepEqual([reading.fault, reading.choices], ["share", [0.002, 0.2]], text);
      const answers = choiceTexts(reading, SHARE).map((answer) => read(answer, SHARE));
      assert.deepEqual(
        answers.map(({ value, fault }) => [value, fault]),
        [
          [0.002, null],
          [0.2, null],
        ],
      );
    }
    const usual = (/** @type {[number, number]} */ range) =>
      outcome(texts[0], { ...SHARE, usual: range });
    assert.equal(usual([0.16, 0.45]), "share", "neither is usual, as it stands");
    assert.equal(usual([0, 0.3]), "share", "both are");
    assert.equal(usual([0.001, 0.005]), 0.002, "only the one is usual");
    assert.equal(outcome(texts[0], { ...SHARE, max: 0.1 }), 0.002, "the other is not allowed");
    check({ 0: 0, 1: 0.01, 20: 0.2, "0.2%": 0.002, "0,2 %": 0.002 }, SHARE);
  });
}

testIn("en", "the word for it is as good as the sign of per cent", () => {
  const same = [
    "20 %",
    "20 percent",
    "20 per cent",
    "20 procent",
    "20 pct.",
    "20,0 Procent",
    "20pct",
  ];
  for (const text of same) assert.equal(outcome(text, SHARE), 0.2, text);
  check({ "20 % procent": "none", "20 procenten extra": "none" }, SHARE);
  check({ "20 procent": "none" }, MONEY);
});

testIn("en", "a value is told what is wrong with it", () => {
  const limits = { min: 0, max: 10 };
  check({ x: "none", 0: 0, "-1": "low", 11: "high", 10: 10, 0.1: 0.1 }, limits);
  check({ 1.5: "part" }, { ...limits, whole: true });
  assert.match(complaint("currency", MONEY), /EUR/);
  assert.match(complaint("none", MONEY), /0 to 10,000,000,000, written in full or as 1.5M/);
  assert.match(complaint("high", SHARE), /0% to 100%/);
});

test("what is pasted from a spreadsheet is cells, not one long number", () => {
  assert.deepEqual(cellsIn("900"), ["900"]);
  assert.deepEqual(cellsIn("900\r\n"), ["900"]);
  assert.deepEqual(cellsIn("900\r\n800\r\n"), ["900", "800"]);
  assert.deepEqual(cellsIn("900\t 800"), ["900", "800"]);
  assert.deepEqual(cellsIn("900\n\n800"), ["900", "", "800"]);
  assert.deepEqual(cellsIn("Customers\t900\nStaff\t80\n"), ["900", "80"], "labels stand first");
  assert.deepEqual(cellsIn("Customers;900\r\nStaff;80\r\n"), ["900", "80"], "out of a file");
  assert.deepEqual(cellsIn("One; two"), ["One; two"], "a name may have a semicolon");
  assert.deepEqual(cellsIn("900;1\n800"), ["900;1", "800"], "no table");
  assert.deepEqual(cellsIn("\n900\n"), ["", "900"], "an empty cell keeps its row");
  assert.deepEqual(cellsIn("Staff\t80\n\nCourses\t\nService\t7\n"), ["80", "", "", "7"]);
  assert.deepEqual(cellsIn("Staff;80\n\nService;7\n"), ["80", "", "7"]);
});

test("what says that there is no number is told from numbers and from words", () => {
  const nothings = [
    "-",
    "–",
    "—",
    "\u2212",
    " - ",
    "€ -",
    "€\u00a0–",
    "- €",
    "kr. -",
    "DKK -",
    "--",
  ];
  const words = [
    "n/a",
    "N/A",
    "#N/A",
    "n.v.t.",
    "#N/B",
    "i/t",
    "#I/T",
    "onbekend",
    "Ukendt",
    "?",
    "…",
  ];
  for (const text of [...nothings, ...words]) {
    assert.ok(saysNothing(text), text);
    assert.equal(read(text, MONEY).fault, "none", `${text} is never a number`);
  }
  for (const text of ["", "0", "-5", "5-", "€ 5,-", "Budget", "a-b"]) {
    assert.ok(!saysNothing(text), text);
  }
});

for (const code of Object.keys(LANGUAGES)) {
  testIn(code, "a column with dashes and gaps fills the fields of its own rows", () => {
    /** @type {Record<string, string>} */
    const written = {};
    const field = (/** @type {string} */ name, takesNothing = false) => ({
      takesNumbers: name !== "name",
      takesNothing,
      write: (/** @type {string} */ text) => {
        written[name] = text;
      },
    });
    const fields = new Map([
      ["name", field("name")],
      ["research", field("research")],
      ["training", field("training")],
      ["service", field("service")],
      ["known", field("known", true)],
    ]);
    const all = { filled: 2, nothing: 1, left: 1, heading: "", choice: null };
    assert.deepEqual(fillFrom(fields, "research", ["300", "–", "900", "n/a", "7"].slice(0, 4)), {
      ...all,
      filled: 3,
      left: 0,
    });
    assert.deepEqual(written, { research: "300", service: "900", known: "" });
    assert.deepEqual(fillFrom(fields, "service", ["-", "", "5"]), { ...all, filled: 0 });
    assert.deepEqual(written.service, "900", "nothing is another number");
    const headed = fillFrom(fields, "research", ["Budget 🙂", "1", "", "3"]);
    assert.deepEqual([headed.filled, headed.left, headed.heading], [2, 0, "Budget 🙂"]);
    assert.deepEqual([written.research, written.training, written.service], ["1", undefined, "3"]);
    assert.equal(fillFrom(fields, "name", ["Ours", "1"]).heading, "", "a name is none");
    const told = filledText({ filled: 1, nothing: 2, left: 0, heading: "Budget" });
    assert.match(told, /^“Budget”.*\b2\b.*0/);
  });
}

for (const code of Object.keys(LANGUAGES)) {
  testIn(code, "a table with labels fills the fields that these name", () => {
    /** @type {Record<string, string>} */
    const written = {};
    const field = (/** @type {string} */ name, /** @type {string[]} */ ...names) => ({
      names,
      takesNumbers: true,
      takesNothing: false,
      write: (/** @type {string} */ text) => {
        written[name] = text;
      },
    });
    const fields = new Map([
      ["research", field("research", "Marktonderzoek", "Market research")],
      ["training", field("training", "Opleiding", "Training")],
      ["service", field("service", "Klantenservice", "Customer service")],
      ["contacts", field("contacts", "Servicecontacten", "Service contacts")],
      ["content", field("content", "Content")],
    ]);
    const fill = (/** @type {string} */ text) =>
      fillLabelled(fields, labelledCellsIn(text) ?? assert.fail(text));
    const swapped = fill("Opleiding\t110.000\nMarktonderzoek\t60.000\nTotaal\t2.070.000");
    assert.deepEqual(written, { training: "110.000", research: "60.000" });
    assert.deepEqual(swapped.unknown, ["Totaal"]);
    assert.match(filledText(swapped), /\b2\b.*“Totaal”/);
    const rough = fill(
      "Post\tBudget 2026\n4100 OPLEID\t7\n market  Research (EUR):\t8\nService\t9",
    );
    assert.deepEqual([written.training, written.research], ["7", "8"]);
    assert.deepEqual([rough.heading, rough.unknown], ["Post Budget 2026", ["Service"]]);
    fill("Klantenservice\tContent\n1,9 mln\t–");
    assert.deepEqual([written.service, written.content], ["1,9 mln", undefined], "side by side");
    assert.deepEqual(fill("Content\t5\nContent\t6").unknown, ["Content"], "twice");
    assert.equal(written.content, "5");
    const none = fill("Huur\t1\nI alt\t2\n\t3");
    assert.deepEqual([none.filled, none.unknown], [0, ["Huur", "I alt", "3"]]);
    assert.match(filledText(none), /^Nothing is filled: .*“Huur”, “I alt”, “3”.*alone/);
    assert.deepEqual(fill("Opleiding\t12").unknown, [], "one row");
    assert.equal(written.training, "12");
  });
}

/** Fields of the organisation's editor that keep what is written. */
function someFields() {
  /** @type {Record<string, string>} */
  const written = {};
  const field = (/** @type {string} */ path, /** @type {string[]} */ ...names) => ({
    names,
    takesNumbers: true,
    takesNothing: false,
    write: (/** @type {string} */ text) => {
      written[path] = text;
    },
  });
  const fields = new Map([
    [
      "customers",
      {
        ...field("customers", "Klanten vandaag"),
        counted: ["huurders", "leden", "medlemmer", "members"],
      },
    ],
    ["employees", field("employees", "Medewerkers", "Employees", "Medarbejdere")],
    ["research", field("research", "Marktonderzoek", "Market research")],
    ["training", field("training", "Opleiding", "Training")],
    ["service", field("service", "Klantenservice", "Customer service")],
  ]);
  return { fields, written };
}

/** What a text that is pasted as a table writes, and what is told. @param {string} text */
function pasted(text) {
  const { fields, written } = someFields();
  const done = fillLabelled(fields, labelledCellsIn(text) ?? assert.fail(text));
  return { written, told: filledText(done), unknown: done.unknown };
}

testIn("en", "of columns that are headed by years the newest is taken, and that is told", () => {
  const newest = { research: "90.000", training: "140.000" };
  for (const [head, last] of [
    ["2025\t2024", ["80.000", "130.000"]],
    ["Budget 2025 (€)\tActual 2024", ["80.000", "130.000"]],
    ["2024/2025\t2023/2024", ["80.000", "130.000"]],
    ["2025\t%", ["80", "130"]],
  ]) {
    const { written } = pasted(
      `Kosten\t${head}\nMarktonderzoek\t90.000\t${last[0]}\nOpleiding\t140.000\t${last[1]}`,
    );
    assert.deepEqual(written, newest, String(head));
  }
  const rows = "\nMarktonderzoek\t80.000\t90.000\nOpleiding\t130.000\t140.000";
  const rising = pasted(`Kosten\t2024\t2025${rows}`);
  assert.deepEqual(rising.written, newest);
  assert.match(rising.told, /^Column “2025” is taken, “2024” is not\. 2 fields are filled/);
  const three = pasted(`Kosten\t2023\t2025\t2024${rows.replaceAll("0.000\n", "0.000\t1\n")}\t1`);
  assert.match(three.told, /^Column “2025” is taken, “2023”, “2024” are not\./);
});

testIn("en", "of other columns of amounts the first is taken, and that is told", () => {
  const named = pasted("Post\tBudget\tLast year\nMarktonderzoek\t9\t8\nOpleiding\t14\t13");
  assert.deepEqual(named.written, { research: "9", training: "14" });
  assert.match(named.told, /^Column “Budget” is taken, “Last year” is not\./);
  const bare = pasted("Marktonderzoek\t1900\t2025\nOpleiding\t14\t13");
  assert.deepEqual(bare.written, { research: "1900", training: "14" }, "a known row is no heading");
  assert.match(bare.told, /^The first column of amounts is taken, 1 other is not\./);
  const numbered = pasted("4100\tOpleiding\t14\n4200\tMarktonderzoek\t9");
  assert.deepEqual(numbered.written, { training: "14", research: "9" });
  assert.match(numbered.told, /^2 fields/, "numbers of accounts are no amounts");
  assert.deepEqual(cellsIn("2024\t2025\n80.000\t90.000\n7\t8"), ["90.000", "8"]);
});

testIn("nl", "lines of a mail are labels with their amounts", () => {
  const mail =
    "Hallo,\n\nMarktonderzoek: € 90.000,-\n- Opleiding = 140.000;\nKlantenservice:1,9 mln\nGroet, J.";
  assert.deepEqual(pasted(mail).written, {
    research: "€ 90.000,-",
    training: "140.000",
    service: "1,9 mln",
  });
  assert.deepEqual(pasted("Marktonderzoek: € 90.000,-").written, { research: "€ 90.000,-" });
  assert.deepEqual(pasted("Opleiding: 12\nMarktonderzoek: –").written, { training: "12" });
  for (const text of ["om 12:30", "zie https://a.nl/1", "€ 1.250.000,=", "Kosten: veel"]) {
    assert.deepEqual(cellsIn(text), [text]);
  }
});

testIn("nl", "a count is known by what stands behind “number of”", () => {
  for (const [label, path] of Object.entries({
    "Aantal leden": "customers",
    "Number of members": "customers",
    "Antal medlemmer": "customers",
    "Totaal aantal medewerkers": "employees",
    "No. of employees": "employees",
    "- Antal medarbejdere": "employees",
  })) {
    assert.deepEqual(pasted(`${label}\t85`).written, { [path]: "85" }, label);
  }
  assert.deepEqual(pasted("Huur\t5\nOpleiding\t6").written, { training: "6" }, "rent is no tenant");
});

for (const code of Object.keys(LANGUAGES)) {
  testIn(code, "what is counted may stand behind a number of heads", () => {
    const heads = { scaled: true, min: 1, max: 1e6, counted: ["fte", "fte's", "medewerkers"] };
    const same = ["85 fte", "85 FTE", "85 fte's", "85fte", "85 Medewerkers", "ca. 85 fte."];
    for (const text of same) assert.equal(outcome(text, heads), 85, text);
    check({ "2k fte": 2000, "fte 85": "none", "85 leden": "none", fte: "none" }, heads);
    assert.equal(outcome("85 fte", { ...heads, counted: undefined }), "none");
    const hours = { scaled: true, min: 1, max: 8784, unit: "per year", counted: ["hours", "uur"] };
    for (const text of ["1600 uur", "1600 hours per year"])
      assert.equal(outcome(text, hours), 1600);
  });
}

test("what holds numbers alone has no labels", () => {
  for (const text of [
    "300\n400",
    "300\t310\n400\t410",
    "Budget\n300",
    "Budget\t5\t6\t7",
    "EUR 5\t60k",
  ]) {
    assert.equal(labelledCellsIn(text), null, text);
  }
});

test("a long list of labels is named in part", () => {
  assert.equal(quoted(["a", "b", "c", "d", "e"]), "“a”, “b”, “c”, “d”, “e”");
  assert.equal(quoted(["a", "b", "c", "d", "e", "f", "g"]), "“a”, “b”, “c”, “d”, “e” and 2 more");
});

// The same on every page: whoever copies from a letter says more than the number.
const YEARLY = { ...MONEY, unit: "€ per year" };
const SPOKEN = {
  "ca. 60000": 60_000,
  "ca 60000": 60_000,
  "± 60000": 60_000,
  "+/- 60000": 60_000,
  "~60000": 60_000,
  "about 60000": 60_000,
  "ongeveer € 60000,-": 60_000,
  "cirka 60000": 60_000,
  "60000 per jaar": 60_000,
  "€ 60000 p.j.": 60_000,
  "60000 pj": 60_000,
  "60000 a year": 60_000,
  "€60k per year": 60_000,
  "60000 om året": 60_000,
  "60000 pr. år": 60_000,
  "60000/jaar": 60_000,
  "5000 per maand": "period",
  "5000 a month": "period",
  "5000 om måneden": "period",
  "€ 45 per uur": "period",
  "some money a year": "none",
  "per jaar": "none",
};
for (const code of ["en", "nl", "da"]) {
  testIn(code, "what is said around a number does not keep it from being read", () => {
    check(SPOKEN, YEARLY);
    for (const unit of ["€ per jaar", "kr. om året", "contacts per customer per year"]) {
      assert.equal(outcome("60 per jaar", { ...MONEY, unit }), 60, unit);
    }
    assert.equal(outcome("60 per jaar", { ...MONEY, unit: "€ per uur" }), "period");
    assert.equal(outcome("60 per jaar", MONEY), "none", "where no period belongs");
    assert.ok(complaint("period", YEARLY).includes("€ per year"));
  });
}

testIn("nl", "a number after “ca.” is read by the page's own way", () => {
  check({ "ca. 60.000": 60_000, "ca. € 1,2 mln per jaar": 1.2e6, "± 60.000 p.j.": 60_000 }, YEARLY);
});

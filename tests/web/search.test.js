import assert from "node:assert/strict";
import { test } from "node:test";

import { createIndex, matching, searchKey, wordsIn } from "../../ui/web/assumptions/search.js";

const record = (id, values) => ({
  id,
  group: "world",
  label: "",
  meaning: "",
  unit: "",
  citation: "",
  reported: "",
  note: "",
  read: "",
  grade: "A",
  ...values,
});
const START = {
  groups: { world: "The world", money: "Money" },
  register: [
    record("trust", { label: "Confiance déjà là", citation: "Müller 2019" }),
    record("growth", { label: "Growth", group: "money", grade: "C", note: "as in Müller" }),
    record("pace", { label: "Pace of learning", unit: "a month", grade: "C" }),
  ],
};
const INDEX = createIndex(START);
const ids = (filter) => matching(START.register, INDEX, filter).map(({ id }) => id);

test("accents and capitals make no difference", () => {
  assert.equal(searchKey("DÉJÀ Müller"), "deja muller");
  assert.deepEqual(ids({ text: "Deja" }), ["trust"]);
  assert.deepEqual(ids({ text: "muller" }), ["trust", "growth"]);
});

test("every word has to be there, wherever it stands", () => {
  assert.deepEqual(wordsIn("  two   Words "), ["two", "words"]);
  assert.deepEqual(ids({ text: "growth money" }), ["growth"]);
  assert.deepEqual(ids({ text: "growth world" }), []);
  assert.deepEqual(ids({ text: "" }), ["trust", "growth", "pace"]);
});

test("a group and grades narrow it down", () => {
  assert.deepEqual(ids({ text: "", group: "world" }), ["trust", "pace"]);
  assert.deepEqual(ids({ text: "", grades: new Set(["C"]) }), ["growth", "pace"]);
  assert.deepEqual(ids({ text: "", group: "world", grades: new Set(["C"]) }), ["pace"]);
  assert.deepEqual(ids({ text: "", grades: new Set() }), ["trust", "growth", "pace"]);
  const gradeOf = ({ id, grade }) => (id === "pace" ? "E" : grade);
  assert.deepEqual(ids({ text: "", grades: new Set(["C"]), gradeOf }), ["growth"], "of its own");
});

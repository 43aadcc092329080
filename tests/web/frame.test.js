// What surrounds a picture that is taken away.

import assert from "node:assert/strict";
import { test } from "node:test";

import { coloursOf } from "../../ui/web/charts/colours.js";
import { filled, inRows, wrapped } from "../../ui/web/charts/frame.js";

const widthOf = (part) => part.length;

test("a text is broken between words, and a long word is left whole", () => {
  assert.deepEqual(wrapped("money for the community", widthOf, 10), [
    "money for",
    "the",
    "community",
  ]);
  assert.deepEqual(wrapped("klanttevredenheidsonderzoek nu", widthOf, 10), [
    "klanttevredenheidsonderzoek",
    "nu",
  ]);
  assert.deepEqual(wrapped("", widthOf, 10), []);
});

test("what means something stands in rows that fit", () => {
  const rows = inRows([4, 4, 4], (width) => width, 8).map(({ left, row }) => [left, row]);
  assert.deepEqual(rows, [
    [0, 0],
    [4, 0],
    [0, 1],
  ]);
});

test("colours are those of the theme, and as programs that edit pictures take them", () => {
  const colours = coloursOf(
    "--plan: #003F8A; --plan-dash: none; --plan-band: rgba(0, 63, 138, 0.16);",
  );
  assert.equal(colours.get("--plan"), "#003F8A");
  assert.deepEqual(filled(colours.get("--plan-band")), {
    fill: "rgb(0, 63, 138)",
    "fill-opacity": "0.16",
  });
  assert.deepEqual(filled("#003F8A"), { fill: "#003F8A" });
});

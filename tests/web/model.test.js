// The map of causes: where its boxes lie, which links are shown, how labels are broken.

import assert from "node:assert/strict";
import test from "node:test";
import {
  BOX,
  curveOf,
  linesOf,
  placesOf,
  shownLinks,
  WIDTH,
  widthOf,
} from "../../ui/web/model/layout.js";

const NODES = [
  { name: "a", kind: "lever" },
  { name: "b", kind: "stock" },
  { name: "c", kind: "stock" },
  { name: "d", kind: "result" },
];

test("boxes lie in three columns, within the drawing, none over another", () => {
  const { places, height } = placesOf(NODES);
  assert.deepEqual(
    NODES.map(({ name }) => places[name].column),
    [0, 1, 1, 2],
  );
  for (const { x, y } of Object.values(places)) {
    assert.ok(x >= 0 && x + BOX.width <= WIDTH && y >= 0 && y + BOX.height <= height);
  }
  assert.ok(places.c.y - places.b.y > BOX.height);
  assert.equal(places.a.y, places.d.y); // each column is centred
});

test("a link runs from edge to edge, and beside its own column", () => {
  const { places } = placesOf(NODES);
  const start = (curve) => Number(curve.match(/^M(\S+)/)[1]);
  assert.equal(start(curveOf(places.a, places.b)), places.a.x + BOX.width);
  assert.equal(start(curveOf(places.b, places.a)), places.b.x);
  assert.match(curveOf(places.b, places.c), new RegExp(`C${places.b.x + BOX.width + 24 + 41 / 3}`));
});

test("the strongest links are shown, and all of a variable that is chosen", () => {
  const links = [
    { cause: "a", effect: "b", strength: 0.1 },
    { cause: "b", effect: "c", strength: 0.5 },
    { cause: "c", effect: "d", strength: 0.2 },
  ];
  const pairs = (chosen, most) =>
    shownLinks(links, chosen, most).map(({ cause, effect }) => cause + effect);
  assert.deepEqual(pairs(null, 2), ["bc", "cd"]);
  assert.deepEqual(pairs("b", 1), ["bc", "ab"]);
  assert.deepEqual(pairs("x", 1), []);
});

test("stronger is thicker, within bounds", () => {
  assert.ok(widthOf(0) >= 1 && widthOf(0.1) > widthOf(0.05) && widthOf(1e6) <= 9);
});

test("a long label is broken once, near its middle", () => {
  assert.deepEqual(linesOf("Trust"), ["Trust"]);
  assert.deepEqual(linesOf("Klanten die liever een sociaal kanaal gebruiken"), [
    "Klanten die liever een",
    "sociaal kanaal gebruiken",
  ]);
  assert.deepEqual(linesOf("Donaudampfschifffahrtsgesellschaft"), [
    "Donaudampfschifffahrtsgesellschaft",
  ]);
});

// The outline of what is shaded in a plane.

import assert from "node:assert/strict";
import { test } from "node:test";
import { outline } from "../../ui/web/kit/planes.js";

test("it goes straight on beyond its first and last place", () => {
  const path = outline(
    [0.25, 0.75],
    [
      [0, 0.8],
      [0, 0.2],
    ],
  );
  const upper = "M0.0,20.0L25.0,20.0L75.0,80.0L100.0,80.0";
  assert.equal(path, `${upper}L100.0,100.0L75.0,100.0L25.0,100.0L0.0,100.0Z`);
});

test("what is above is shaded from the top", () => {
  assert.ok(outline([0.5], [[0.6, 1]]).startsWith("M0.0,0.0L50.0,0.0L100.0,0.0L100.0,40.0"));
});

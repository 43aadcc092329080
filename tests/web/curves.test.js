import assert from "node:assert/strict";
import { test } from "node:test";

import { heightAt, points } from "../../ui/web/kit/curves.js";

test("a curve starts at the left, and what is high is at the top", () => {
  assert.deepEqual(points([0, 0.5, 1], [0, 1, 0.25]), ["0.0,48.0", "60.0,0.0", "120.0,36.0"]);
});

test("a mark lies on the line between two points", () => {
  const places = [0, 0.2, 1];
  const heights = [0, 0.5, 0.1];
  assert.equal(heightAt(places, heights, 0), 0);
  assert.equal(heightAt(places, heights, 0.1), 0.25);
  assert.ok(Math.abs(heightAt(places, heights, 0.6) - 0.3) < 1e-12);
  assert.ok(Math.abs(heightAt(places, heights, 1) - 0.1) < 1e-12);
  assert.equal(heightAt(places, heights, 2), 0.1);
});

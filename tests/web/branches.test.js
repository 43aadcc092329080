// The axis of the chart of ways that part.

import assert from "node:assert/strict";
import { test } from "node:test";

import { span } from "../../ui/web/kit/branches.js";

test("the axis holds all lines and nothing, with room at both ends", () => {
  for (const values of [
    [5, 10],
    [-10, -5],
    [-3, 4],
    [0, 0],
  ]) {
    const [least, most] = span(values);
    assert.ok(least < Math.min(0, ...values) && most > Math.max(0, ...values));
  }
});

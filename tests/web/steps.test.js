import assert from "node:assert/strict";
import { test } from "node:test";

import { isOutOfSight } from "../../ui/web/app/steps.js";
import { scenario } from "./support.js";

test("levers are seen on Simulate alone, assumptions on their own page as well, names everywhere", () => {
  const doc = scenario("one");
  const moved = { ...doc, horizon_months: doc.horizon_months + 1 };
  const assumed = { ...doc, assumptions: { ...doc.assumptions, any: 1 } };
  const unseenOn = (after) =>
    ["simulate", "assumptions", "compare"].filter((page) => isOutOfSight(page, doc, after));
  assert.deepEqual(unseenOn(moved), ["assumptions", "compare"]);
  assert.deepEqual(unseenOn(assumed), ["compare"]);
  assert.deepEqual(unseenOn({ ...doc, name: "two" }), []);
});

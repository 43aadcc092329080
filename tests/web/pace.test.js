import assert from "node:assert/strict";
import { test } from "node:test";

import { createPace } from "../../ui/web/simulate/pace.js";

test("what moves stands still a moment after the last answer", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let asked = 0;
  const pace = createPace(() => {
    asked += 1;
  });
  assert.equal(pace.isMoving, false);
  pace.move();
  pace.rest();
  context.mock.timers.tick(100);
  pace.move();
  pace.rest();
  context.mock.timers.tick(100);
  assert.deepEqual([pace.isMoving, asked], [true, 0]);
  context.mock.timers.tick(100);
  assert.deepEqual([pace.isMoving, asked], [false, 1]);
  pace.move();
  pace.rest();
  pace.stop();
  context.mock.timers.tick(1000);
  assert.deepEqual([pace.isMoving, asked], [false, 1]);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { versionsText } from "../../ui/web/app/versions.js";

test("the product's version and the model's are told apart", () => {
  assert.equal(
    versionsText({ simulator_version: "0.4.0", model_version: "1.0.0" }),
    "Budget shift simulator 0.4.0, model 1.0.0",
  );
});

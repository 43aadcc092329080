import assert from "node:assert/strict";
import { test } from "node:test";

import { fileName } from "../../ui/web/kit/file-name.js";

test("files are called by what is in them and the day, as every file system takes it", () => {
  const day = new Date(2026, 0, 9);
  assert.equal(
    fileName(["Wat nu? · 12/3: «Ærø»", "Waarde t.o.v. doorgaan"], "png", day),
    "Wat-nu-12-3-Ærø-Waarde-t-o-v-doorgaan-2026-01-09.png",
  );
  assert.equal(fileName(["", "..."], "csv", day), "-2026-01-09.csv".slice(1));
  assert.ok(fileName(["x".repeat(500)], "svg", day).length < 150);
});

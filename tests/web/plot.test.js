import assert from "node:assert/strict";
import { test } from "node:test";

import { paperSize } from "../../ui/web/charts/plot.js";

const points = (width, wide, font) => (0.75 * font * wide) / width;

test("letters of a chart can be read on paper, whatever it is wide on the screen", () => {
  for (const font of [13, 17, 24]) {
    for (const [screen, wide] of [
      [1880, 680],
      [640, 325],
      [433, 325],
    ]) {
      const [width, height] = paperSize(screen, 400, wide, font);
      assert.ok(width <= screen && height <= 400 && height <= 0.75 * width + 1);
      assert.ok(points(width, wide, font) >= 8.4, `${font} px, ${screen} px wide`);
    }
  }
  assert.deepEqual(paperSize(300, 200, 680, 13), [300, 200], "a small chart stays as it is");
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { zoomOf } from "../../ui/web/app/appearance.js";

test("the browser's zoom is told by the window's widths, or by a small one of many points", () => {
  const zoom = (outer, inner, ratio = 1, isTouch = false) =>
    zoomOf({ outer, inner, ratio, isTouch });
  assert.equal(zoom(1920, 1920), 1);
  assert.equal(zoom(1920, 960, 2), 2);
  assert.equal(zoom(1920, 1280, 1.5), 1.5);
  assert.equal(zoom(1936, 968, 2), 2, "with a frame around it");
  assert.equal(zoom(960, 960, 2), 2, "where both widths are in the page's pixels");
  assert.equal(zoom(1440, 1440, 2), 1, "a sharp screen");
  assert.equal(zoom(1700, 1280), 1, "tools at the side are no zoom");
  assert.equal(zoom(390, 390, 3, true), 1, "a phone");
});

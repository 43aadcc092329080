import assert from "node:assert/strict";
import { test } from "node:test";

import { roomIn, zoomOf } from "../../ui/web/app/appearance.js";

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

test("a page that the browser enlarges has room for less side by side", () => {
  const laid = (mode, width, letter) => {
    const { isNarrow, isBeside } = roomIn(mode, width, letter);
    return isNarrow ? "narrow" : isBeside ? "beside" : "below";
  };
  assert.equal(laid("projector", 1920, 24), "beside");
  assert.equal(laid("projector", 1745, 24), "beside", "110 %");
  assert.equal(laid("projector", 1536, 24), "below", "125 %");
  assert.equal(laid("projector", 1280, 24), "narrow", "150 %");
  assert.equal(laid("normal", 1280, 20), "beside", "150 %, where letters are smaller");
  assert.equal(laid("normal", 960, 20), "narrow", "200 %");
  for (const mode of ["normal", "projector"]) {
    assert.equal(laid(mode, 1280, 16), "beside");
    assert.equal(laid(mode, 1120, 14), "beside");
    assert.equal(laid(mode, 1024, 14), "below", "a small window, without zoom");
    assert.equal(laid(mode, 900, 14), "below");
    assert.equal(laid(mode, 820, 16), "narrow");
  }
});

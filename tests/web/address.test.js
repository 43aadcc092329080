import assert from "node:assert/strict";
import { test } from "node:test";

import {
  isOwn,
  presetIn,
  scenarioIn,
  takeKeys,
  viewOf,
  wishesIn,
} from "../../ui/web/state/address.js";
import { firstState } from "./support.js";

const OUTCOMES = ["customers", "trust"];

/** An address as `takeKeys` finds and leaves it. */
function visited(address, take) {
  const url = new URL(address, "http://board.test/");
  const { pathname, search, hash } = url;
  let left = null;
  globalThis.location = { pathname, search, hash };
  globalThis.history = {
    state: { kept: true },
    replaceState(state, _title, written) {
      assert.deepEqual(state, { kept: true }, "what others keep there stays");
      left = written;
    },
  };
  const keys = take();
  delete globalThis.location;
  delete globalThis.history;
  return [keys, left];
}

test("keys of the library are taken out of the address, wherever they stand", () => {
  assert.deepEqual(visited("/#library=abc", takeKeys), [{ library: "abc" }, "/"]);
  assert.deepEqual(visited("/compare?lang=nl&shelf=x%20y&from=a#top", takeKeys), [
    { shelf: "x y" },
    "/compare?lang=nl&from=a#top",
  ]);
  assert.deepEqual(visited("/?library=old#library=new", takeKeys), [{ library: "new" }, "/"]);
});

test("an address without keys is left as it is", () => {
  assert.deepEqual(visited("/?from=a#library", takeKeys), [{ library: "" }, "/?from=a"]);
  assert.deepEqual(visited("/?libraries=a#top", takeKeys), [{}, null]);
  assert.deepEqual(visited("/", takeKeys), [{}, null]);
});

test("what is no business of the page is the scenario, as it is written", () => {
  assert.equal(scenarioIn(""), "");
  assert.equal(scenarioIn("?lang=nl&view=projector&theme=dark&charts=a,b&embed=true"), "");
  assert.equal(scenarioIn("?from=a.1&lang=nl&t=0%2C5&&name=B%26C"), "from=a.1&t=0%2C5&name=B%26C");
  assert.equal(scenarioIn("?embed_options=x&library=k&shelf=k&m=1"), "m=1");
});

test("the scenario that a link starts from is found by its name", () => {
  const presets = [{ id: "solo" }, { id: "balanced-shift" }];
  assert.equal(presetIn("?from=solo.9f", presets), presets[0]);
  assert.equal(presetIn("?from=gone", presets), undefined);
  assert.equal(presetIn("", presets), undefined);
});

test("an address is the tab's own as it wrote it, or as it stood when it was loaded again", (t) => {
  const navigation = { type: "reload" };
  t.mock.method(performance, "getEntriesByType", () => [navigation]);
  assert.ok(isOwn("", "b", "a") && isOwn("b", "b", "a") && isOwn("a", "b", "a"));
  assert.ok(!isOwn("c", "b", "a") && !isOwn("c"));
  navigation.type = "navigate";
  assert.ok(!isOwn("a", "b", "a"), "somebody opens the older one on purpose");
});

test("wishes are granted as far as they exist", () => {
  assert.deepEqual(wishesIn("?view=projector&theme=dark&charts=trust,customers", OUTCOMES), {
    mode: "projector",
    theme: "dark",
    charts: ["trust", "customers"],
  });
  const none = { mode: undefined, theme: undefined, charts: undefined };
  for (const search of [
    "",
    "?view=huge&theme=blue",
    "?charts=trust",
    "?charts=trust,trust",
    "?charts=trust,gone",
    "?charts=trust,customers,trust",
  ]) {
    assert.deepEqual(wishesIn(search, OUTCOMES), none, search);
  }
});

test("an address says of the page only what is not as usual", () => {
  const state = firstState();
  const start = { language: "da", charts: state.charts };
  assert.deepEqual(viewOf(state, start), { lang: "da", view: null, theme: null, charts: null });
  const other = {
    ...state,
    charts: ["trust", "customers"],
    view: { mode: "projector", theme: "light", keys: true },
  };
  assert.deepEqual(viewOf(other, start), {
    lang: "da",
    view: "projector",
    theme: "light",
    charts: ["trust", "customers"],
  });
});

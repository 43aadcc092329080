import assert from "node:assert/strict";
import { test } from "node:test";

import { watchConnection } from "../../ui/web/server/connection.js";

test("a lost connection is told within three seconds, and that it came back", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  context.mock.method(console, "warn", () => {});
  const before = { ...globalThis };
  const page = new EventTarget();
  globalThis.document = Object.assign(page, {
    baseURI: "http://board.test/app/",
    visibilityState: "visible",
  });
  globalThis.addEventListener = () => {};
  globalThis.removeEventListener = () => {};
  context.after(() => {
    for (const name of ["document", "addEventListener", "removeEventListener"]) {
      globalThis[name] = before[name];
    }
  });
  const patiences = [];
  context.mock.method(AbortSignal, "timeout", (patience) => patiences.push(patience));
  const asked = [];
  let isThere = true;
  context.mock.method(globalThis, "fetch", async (url) => {
    asked.push(url.pathname);
    if (!isThere) throw new TypeError("Failed to fetch");
    return Response.json({});
  });
  const heard = [];
  const end = watchConnection({
    onLost: () => heard.push("lost"),
    onBack: () => heard.push("back"),
  });
  const pass = async () => {
    context.mock.timers.tick(1000);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  await pass();
  assert.deepEqual([asked, heard], [["/app/board/here"], []]);
  assert.ok(1000 + patiences[0] < 3000, "also where nothing ever comes");
  isThere = false;
  await pass();
  assert.deepEqual(heard, ["lost"]);
  isThere = true;
  await pass();
  await pass();
  assert.deepEqual(heard, ["lost", "back"]);
  globalThis.document.visibilityState = "hidden";
  await pass();
  assert.equal(asked.length, 4, "nobody looks");
  globalThis.document.visibilityState = "visible";
  page.dispatchEvent(new Event("visibilitychange"));
  assert.equal(asked.length, 5, "somebody looks again");
  end();
  await pass();
  assert.equal(asked.length, 5);
});

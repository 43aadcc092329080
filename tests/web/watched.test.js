// Replies that come line by line.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { askWatched, setFailures } from "../../ui/web/server/http.js";

globalThis.document = { baseURI: "https://here.example/" };
const fetched = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = fetched;
});

function replies(pieces, type = "application/x-ndjson") {
  const encoder = new TextEncoder();
  globalThis.fetch = async () =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (const piece of pieces) controller.enqueue(encoder.encode(piece));
          controller.close();
        },
      }),
      { headers: { "content-type": type } },
    );
}

test("lines are told as they come, however they are cut", async () => {
  replies(['{"done":0.2}\n{"do', 'ne":0.6}\n{"rough":{"a":1}}\n{"a"', ":2}\n"]);
  const told = [];
  const reply = await askWatched(
    "analysis",
    {},
    { onDone: (share) => told.push(share), onRough: (rough) => told.push(rough) },
  );
  assert.deepEqual(told, [0.2, 0.6, { a: 1 }]);
  assert.deepEqual(reply, { a: 2 });
});

test("a reply at once is one object", async () => {
  replies(['{"a":1}'], "application/json");
  assert.deepEqual(await askWatched("analysis", {}), { a: 1 });
});

test("problems after a while refuse, and no reply is a loss", async () => {
  setFailures({ lost: "no answer" });
  replies(['{"done":0.2}\n{"problems":[]}\n']);
  await assert.rejects(askWatched("analysis", {}), (error) => error.isRefusal);
  replies(['{"done":0.2}\n']);
  await assert.rejects(askWatched("analysis", {}), (error) => error.text === "no answer");
});

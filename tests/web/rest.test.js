import assert from "node:assert/strict";
import { test } from "node:test";

import { ask } from "../../ui/web/server/http.js";
import { createRest } from "../../ui/web/server/rest.js";

/** A server that answers each step by `replies`, and a clock that stands still. */
function begin(context, replies) {
  const asked = [];
  globalThis.document = { baseURI: "http://board.test/app/" };
  context.after(() => delete globalThis.document);
  context.mock.timers.enable({ apis: ["setTimeout"] });
  context.mock.method(console, "warn", () => {});
  const signals = [];
  context.mock.method(globalThis, "fetch", async (_url, { body, signal }) => {
    signals.push(signal);
    asked.push(JSON.parse(body).step);
    const reply = replies[asked.length - 1];
    if (!reply) throw new TypeError("Failed to fetch");
    return Response.json(reply);
  });
  globalThis.reportError = (error) => heard.push(error);
  context.after(() => delete globalThis.reportError);
  const heard = [];
  const givenUp = [];
  const rest = createRest(
    (step, options) => ask("settle", { scenario: {}, step }, options),
    (content, isLast) => heard.push([content, isLast]),
    () => givenUp.push(asked.length),
  );
  return { rest, asked, heard, signals, givenUp };
}

const turns = async () => {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

test("steps are asked for one after the other until there is none", async (context) => {
  const { rest, asked, heard } = begin(context, [
    { content: "years", next: 1 },
    { content: null, next: 2 },
    { content: "draws", next: null },
  ]);
  rest.start();
  assert.deepEqual(asked, [], "nothing is at rest yet");
  context.mock.timers.tick(500);
  await turns();
  assert.deepEqual(asked, [0, 1, 2]);
  assert.deepEqual(heard, [
    ["years", false],
    ["draws", true],
  ]);
});

test("a move before the rest asks nothing, a move during it hears no more", async (context) => {
  const { rest, asked, heard, signals, givenUp } = begin(context, [
    { content: "years", next: 1 },
    { content: "never", next: 2 },
  ]);
  rest.start();
  context.mock.timers.tick(400);
  rest.stop();
  context.mock.timers.tick(400);
  await turns();
  assert.deepEqual(asked, []);
  rest.start();
  context.mock.timers.tick(500);
  rest.stop();
  await turns();
  assert.deepEqual([asked, heard], [[0], []]);
  assert.deepEqual(givenUp, [], "it is asked again");
  assert.ok(signals[0].aborted, "the server need not work on it any more");
});

test("where no answer comes, what is shown stays", async (context) => {
  const { rest, asked, heard, givenUp } = begin(context, []);
  rest.start();
  context.mock.timers.tick(500);
  await turns();
  assert.deepEqual([asked, heard], [[0], []]);
  assert.equal(givenUp.length, 1, "nobody is told that more is coming");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { failureOf, failureWithout } from "../../ui/web/server/failure.js";
import { ask, get, RequestError, requestError, setFailures } from "../../ui/web/server/http.js";
import { createLatestRequest } from "../../ui/web/server/latest.js";

/** A server that answers what `answer(path, body)` says: `[status, text]`, or throws as fetch does. */
function serve(context, answer, type = "application/json") {
  const asked = [];
  globalThis.document = { baseURI: "http://board.test/app/" };
  context.after(() => delete globalThis.document);
  context.mock.method(console, "warn", () => {});
  context.mock.method(globalThis, "fetch", async (url, { body, method = "GET" }) => {
    asked.push([method, url.pathname, body && JSON.parse(body)]);
    const [status, text] = await answer(url.pathname, body);
    return new Response(text, { status, headers: { "content-type": type } });
  });
  return asked;
}

test("what is asked goes below the app's own address, and comes back parsed", async (context) => {
  const asked = serve(context, () => [200, '{"sum": 3}']);
  assert.deepEqual(await ask("add", { one: 1 }), { sum: 3 });
  assert.deepEqual(await get("board/start"), { sum: 3 });
  assert.deepEqual(asked, [
    ["POST", "/app/board/add", { one: 1 }],
    ["GET", "/app/board/start", undefined],
  ]);
});

test("a refusal holds what is wrong, any other failure does not", async (context) => {
  let reply = [422, '{"problems": [{"field": "a"}]}'];
  serve(context, () => {
    if (!reply) throw new TypeError("Failed to fetch");
    return reply;
  });
  const failure = () => ask("x", {}).then(assert.fail, (error) => error);
  let error = await failure();
  assert.ok(error instanceof RequestError && error.isRefusal);
  assert.deepEqual(error.problems, [{ field: "a" }]);
  reply = [413, '{"problems": []}'];
  assert.deepEqual((await failure()).problems, []);
  reply = [429, '{"problem": "busy", "text": "Full"}'];
  error = await failure();
  assert.deepEqual([error.status, error.problems, error.text], [429, null, "Full"]);
  reply = null;
  error = await failure();
  assert.deepEqual([error.status, error.problems, error.isRefusal], [0, null, false]);
  reply = [200, '{"cut": '];
  assert.equal((await failure()).status, 0);
});

test("what is not the server's own answer is told as what it is", async (context) => {
  setFailures({ limit: "Too large for a proxy.", gateway: "No answer.", foreign: "Not ours." });
  context.after(() => setFailures({}));
  const page = "<html>502</html>";
  let reply = [413, page];
  serve(context, () => reply, "text/html");
  const failure = () => ask("x", {}).then(assert.fail, (error) => error);
  let error = await failure();
  assert.deepEqual(
    [error.kind, error.text, error.problems],
    ["limit", "Too large for a proxy.", null],
  );
  reply = [502, page];
  error = await failure();
  assert.deepEqual([error.kind, error.text, error.status], ["gateway", "No answer.", 502]);
  assert.equal(error.detail, "502 text/html, http://board.test/app/board/x");
  reply = [200, page];
  error = await failure();
  assert.deepEqual([error.kind, error.text, error.status], ["foreign", "Not ours.", 0]);
});

test("every answer that is not the one asked for is of a kind", () => {
  const headers = (type) => ({ get: () => type });
  const kind = (status, type = "text/html", more = {}) =>
    failureOf({ ok: status === 200, status, headers: headers(type), ...more }, "json");
  assert.equal(kind(200, "application/json"), null);
  assert.equal(kind(200), "foreign");
  assert.equal(kind(200, null), "foreign");
  assert.equal(kind(0, null, { type: "opaqueredirect" }), "redirected");
  const kinds = { 400: "foreign", 401: "denied", 403: "denied", 404: "gone", 407: "denied" };
  Object.assign(kinds, { 408: "slow", 413: "limit", 429: "often", 431: "limit", 500: "failed" });
  Object.assign(kinds, { 502: "gateway", 503: "gateway", 504: "gateway", 511: "denied" });
  for (const [status, expected] of Object.entries(kinds)) {
    assert.equal(kind(Number(status)), expected, status);
  }
  assert.equal(failureWithout(new DOMException("", "TimeoutError")), "slow");
  assert.equal(failureWithout(new TypeError("Failed to fetch")), "lost");
});

test("a fault of our own is never taken for an answer or a lost connection", async (context) => {
  serve(context, () => [200, "{}"]);
  const circle = {};
  circle.self = circle;
  await assert.rejects(ask("x", circle), (error) => !(error instanceof RequestError));
  assert.throws(() => requestError(new TypeError("no function")), TypeError);
  const lost = new RequestError(0);
  assert.equal(requestError(lost), lost);
});

// --- the newest of many ----------------------------------------------------------------------------

/** A line to a server whose answers come when the test lets them. */
function line(context, hear = {}, faults = []) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.addEventListener = () => {};
  globalThis.removeEventListener = () => {};
  globalThis.reportError = (error) => faults.push(error.message);
  context.after(() => {
    delete globalThis.addEventListener;
    delete globalThis.removeEventListener;
    delete globalThis.reportError;
    assert.ok(hear.onReply || !faults.length, `faults: ${faults}`);
  });
  const waiting = [];
  const asked = serve(
    context,
    () => new Promise((resolve, reject) => waiting.push({ resolve, reject })),
  );
  setFailures({ lost: "lost", gateway: "lost" });
  context.after(() => setFailures({}));
  const heard = [];
  let question = 0;
  const request = createLatestRequest(
    "answer",
    () => (question === null ? null : { content: { question } }),
    {
      onReply: (reply) => heard.push(reply),
      onRefused: (problems) => heard.push(problems),
      onLost: (text) => heard.push(text),
      onFound: () => heard.push("found"),
      ...hear,
    },
  );
  return {
    request,
    heard,
    asked: () => asked.map(([, , content]) => content.question),
    set(next) {
      question = next;
      request.send();
    },
    async answer(status, content) {
      waiting.shift().resolve([status, JSON.stringify(content)]);
      await rest();
    },
    async lose() {
      waiting.shift().reject(new TypeError("Failed to fetch"));
      await rest();
    },
  };
}

/** Until all that follows has happened. */
async function rest() {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}

test("what can wait is broken off by what comes next, and nobody hears of it", async (context) => {
  serve(context, () => [200, '"newer"']);
  globalThis.addEventListener = () => {};
  globalThis.reportError = assert.fail;
  context.after(() => {
    delete globalThis.addEventListener;
    delete globalThis.reportError;
  });
  const answered = globalThis.fetch;
  globalThis.fetch = (url, options) => {
    if (options.body !== '{"question":"older"}') return answered(url, options);
    return new Promise((_resolve, reject) => {
      options.signal.addEventListener("abort", () => reject(options.signal.reason));
    });
  };
  const heard = [];
  let question = "older";
  const request = createLatestRequest(
    "answer",
    () => ({ content: { question }, canWait: question === "older" }),
    {
      onReply: (reply) => heard.push(reply),
      onRefused: (problems) => heard.push(problems),
      onLost: () => heard.push("lost"),
      onFound: () => heard.push("found"),
    },
  );
  request.send();
  await rest();
  question = "newest";
  request.send();
  await rest();
  assert.deepEqual(heard, ["newer"]);
  assert.ok(!request.busy);
});

test("while one is under way only the newest next one is asked", async (context) => {
  const { request, heard, asked, set, answer } = line(context);
  for (const question of [1, 2, 3]) set(question);
  assert.ok(request.busy);
  await answer(200, "first");
  assert.deepEqual(asked(), [1, 3]);
  await answer(200, "second");
  assert.deepEqual(heard, ["first", "second"]);
  assert.ok(!request.busy);
});

test("what finds no answer is asked again, ever later, and says when one came", async (context) => {
  const { request, heard, asked, set, answer, lose } = line(context);
  set(1);
  await lose();
  assert.deepEqual(heard, ["lost"]);
  set(2);
  assert.deepEqual(asked(), [1], "not before the pause is over");
  context.mock.timers.tick(300);
  assert.deepEqual(asked(), [1, 2]);
  await answer(503, {});
  context.mock.timers.tick(699);
  assert.deepEqual(asked(), [1, 2]);
  context.mock.timers.tick(1);
  await answer(422, { problems: ["bad"] });
  assert.deepEqual(heard, ["lost", "lost", "found", ["bad"]]);
  assert.ok(!request.busy);
  set(3);
  await answer(429, { problem: "busy", text: "Much to do.", problems: [] });
  assert.deepEqual(heard.slice(4), ["Much to do."], "and says why where it is told");
  context.mock.timers.tick(300);
  await answer(200, "there");
  assert.deepEqual(heard.slice(5), ["found", "there"]);
});

test("where there is no question nobody is asked; after the end nobody hears", async (context) => {
  const { request, heard, asked, set, answer } = line(context);
  set(null);
  assert.deepEqual(asked(), []);
  set(1);
  request.close();
  await answer(200, "late");
  set(2);
  assert.deepEqual([asked(), heard], [[1], []]);
});

test("a fault in what hears an answer comes out, and the next question is asked", async (context) => {
  const faults = [];
  const replies = [];
  const { asked, set, answer } = line(
    context,
    {
      onReply(reply) {
        replies.push(reply);
        if (reply === "first") throw new Error("ours");
      },
    },
    faults,
  );
  set(1);
  set(2);
  await answer(200, "first");
  assert.deepEqual(faults, ["ours"]);
  assert.deepEqual(asked(), [1, 2]);
  await answer(200, "second");
  assert.deepEqual(replies, ["first", "second"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { createInfluence } from "../../ui/web/assumptions/influence.js";

const row = (id, low, high) => ({ id, cells: { value_low: low, value_high: high } });

/** A context whose analyses answer when they are let. */
function context() {
  const asked = [];
  const store = { state: { doc: { name: "a plan" } } };
  const api = {
    analysis: (doc, id, options, hear) =>
      new Promise((resolve, reject) => asked.push({ doc, id, options, hear, resolve, reject })),
  };
  return { asked, store, api };
}

const rest = () => new Promise((resolve) => setImmediate(resolve));

test("those that move the answer furthest come first, all others behind them", async () => {
  const ctx = context();
  let changes = 0;
  const influence = createInfluence(ctx, 3, {
    changed() {
      changes += 1;
    },
    reached() {},
  });
  influence.want();
  assert.ok(influence.isComing);
  assert.deepEqual(ctx.asked[0].options, { most: 3 });
  ctx.asked[0].resolve({
    statements: ["On average €1."],
    rows: [row("trust", "−€9", "€8"), row("pace", "−€1", "€1")],
  });
  await rest();
  assert.deepEqual(influence.ids, ["trust", "pace"]);
  assert.ok(influence.place("trust") < influence.place("pace"));
  assert.ok(influence.place("pace") < influence.place("growth"));
  assert.match(influence.text("trust"), /€9.*€8/);
  assert.match(influence.average, /^On average €1\.$/u, "what the ranges are about");
  assert.deepEqual([influence.text("growth"), influence.isComing, changes], ["", false, 1]);
  influence.want();
  assert.equal(ctx.asked.length, 1, "the same plan is not asked about twice");
});

test("of two plans the newer one counts, whatever comes first", async () => {
  const ctx = context();
  const influence = createInfluence(ctx, 3, { changed() {}, reached() {} });
  influence.want();
  ctx.store.state = { doc: { name: "another" } };
  influence.want();
  ctx.asked[1].resolve({ statements: ["On average €1."], rows: [row("pace", "1", "2")] });
  ctx.asked[0].resolve({ statements: ["On average €1."], rows: [row("trust", "1", "2")] });
  await rest();
  assert.deepEqual(influence.ids, ["pace"]);
});

test("what did not come is said, and asked for again", async () => {
  const ctx = context();
  const influence = createInfluence(ctx, 3, { changed() {}, reached() {} });
  influence.want();
  const { RequestError } = await import("../../ui/web/server/http.js");
  ctx.asked[0].reject(new RequestError(500));
  await rest();
  assert.ok(influence.problem);
  assert.deepEqual([influence.ids, influence.isComing], [[], false]);
  influence.want();
  assert.equal(ctx.asked.length, 2);
});

test("how far it is is told, and it can be left and asked for again", async () => {
  const ctx = context();
  const shares = [];
  const influence = createInfluence(ctx, 3, {
    changed() {},
    reached: (share) => shares.push(share),
  });
  influence.want();
  const [{ hear }] = ctx.asked;
  hear.onDone(0.25);
  influence.stop();
  hear.onDone(0.5);
  assert.deepEqual(shares, [0.25]);
  assert.ok(hear.breaking.aborted, "the server stops as well");
  assert.deepEqual([influence.isComing, influence.isKnown], [false, false]);
  influence.want();
  assert.equal(ctx.asked.length, 2);
  ctx.asked[1].resolve({ statements: ["On average €1."], rows: [row("trust", "1", "2")] });
  await rest();
  assert.ok(influence.isKnown);
});

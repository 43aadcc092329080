import assert from "node:assert/strict";

import { createVisit } from "../../ui/web/app/visit.js";
import { scenario, testInBrowser } from "./support.js";

testInBrowser(
  "an answer that comes late does not overwrite a newer address",
  async ({ context }) => {
    const plans = { "training=0.3": scenario("slow"), "training=0.4": scenario("newer") };
    const before = { document: globalThis.document, location: globalThis.location };
    context.after(() => Object.assign(globalThis, before));
    globalThis.location = { search: "?lang=en&training=0.3" };
    globalThis.document = {
      baseURI: "http://board.test/app/",
      createElement: () => ({ setAttribute() {}, append() {} }),
    };
    const waiting = [];
    context.mock.method(globalThis, "fetch", async (_url, { body }) => {
      const { query } = JSON.parse(body);
      await new Promise((resolve) => waiting.push(resolve));
      return Response.json({ doc: plans[query], base: plans[query] });
    });
    const start = { language: "en", outcomes: [] };
    const arrival = createVisit().arrive(start, { replaceChildren() {} });
    const turns = async () => {
      for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    await turns();
    globalThis.location.search = "?lang=en&training=0.4"; // back or forth, while nothing is there yet
    waiting.shift()();
    await turns();
    waiting.shift()();
    const { doc, link } = await arrival;
    assert.deepEqual([doc.name, link], ["newer", "training=0.4"]);
  },
);

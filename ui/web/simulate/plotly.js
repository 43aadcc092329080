// Plotly's script, which defines a global.

import { h } from "../kit/dom.js";
import { RequestError, request } from "../server/http.js";

const URL_OF_SCRIPT = new URL("../plotly/plotly.js", import.meta.url).href;

/** @type {Promise<any> | null} */
let loading = null;

/** Plotly, loaded once. What failed is tried again when asked for. Throws RequestError. */
export function loadPlotly() {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load() {
  if (!window.Plotly) await run();
  if (!window.Plotly) {
    await request(URL_OF_SCRIPT, { type: "javascript" }); // says what came in its place, if anything
    throw new RequestError(0);
  }
  return window.Plotly;
}

/** @returns {Promise<unknown>} */
function run() {
  const script = h("script", { src: URL_OF_SCRIPT });
  return new Promise((resolve) => {
    script.onload = resolve;
    script.onerror = resolve;
    document.head.append(script);
  }).finally(() => script.remove());
}

// Plotly's script, which defines a global.

import { h } from "../kit/dom.js";
import { RequestError } from "../server/http.js";

const URL_OF_SCRIPT = new URL("../plotly.js", import.meta.url).href;

/** @type {Promise<any> | null} */
let loading = null;

/** Plotly, loaded once. What failed is tried again when asked for. Throws RequestError. */
export function loadPlotly() {
  loading ??= new Promise((resolve, reject) => {
    if (window.Plotly) {
      resolve(window.Plotly);
      return;
    }
    const script = h("script", { src: URL_OF_SCRIPT });
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      script.remove();
      loading = null;
      reject(new RequestError(0));
    };
    document.head.append(script);
  });
  return loading;
}

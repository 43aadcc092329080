// Plotly's script, which defines a global.

import { h } from "../kit/dom.js";

const URL_OF_SCRIPT = new URL("../plotly.js", import.meta.url).href;

let loading = null;

/** Plotly, loaded once. What failed is tried again when asked for. */
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
      reject(new Error("Plotly could not be loaded"));
    };
    document.head.append(script);
  });
  return loading;
}

// Taking files that somebody chooses.

import { h } from "./dom.js";

/**
 * A hidden field in which files are chosen.
 * @param {Record<string, any>} attributes  `accept`, `multiple`, and what it goes by
 * @param {(files: File[]) => unknown} take
 */
export function createFileInput(attributes, take) {
  const input = h("input", {
    type: "file",
    class: "unseen",
    tabindex: "-1",
    "aria-hidden": "true",
    ...attributes,
  });
  input.addEventListener("change", () => {
    if (input.files?.length) take([...input.files]);
    input.value = ""; // so that the same file can be chosen again after it was mended
  });
  return input;
}

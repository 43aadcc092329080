// Handing something over: to the clipboard, as a file.

import { h, setText } from "./dom.js";
import { _ } from "../i18n/messages.js";

/** Copy what stands in a field; whether the browser let us. The field is left marked. */
async function copy(field) {
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // Refused, or not there at all: browsers have it only on HTTPS and localhost.
    return document.execCommand("copy");
  }
}

/**
 * A button that copies what stands in a field, and says whether that worked.
 * @param {HTMLInputElement|HTMLTextAreaElement} field
 * @param {string} name  what it is, for screen readers and tests
 * @param {string} label  of the button
 */
export function copyButton(field, name, label = _("Copy")) {
  const done = h("span", { class: "copied", role: "status" });
  const button = h("button", { type: "button", "data-copy": name }, label);
  button.addEventListener("click", async () => {
    setText(done, "");
    const copied = await copy(field);
    setText(done, copied ? _("Copied") : _("Marked: copy it with Ctrl+C."));
    if (copied) button.focus({ preventScroll: true });
  });
  return h("span", { class: "copying" }, button, done);
}

/** Give somebody a file: a text, or a Blob. */
export function give(board, content, name, type = "application/json") {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: url, download: name, hidden: true });
  board.append(link);
  link.click();
  link.remove();
  // The browser reads it after this turn; a minute is enough for any of them.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * A hidden field in which files are chosen.
 * @param {object} attributes  `accept`, `multiple`, and what it goes by
 * @param {function(File[])} take
 */
export function filePicker(attributes, take) {
  const input = h("input", {
    type: "file",
    class: "unseen",
    tabindex: "-1",
    "aria-hidden": "true",
    ...attributes,
  });
  input.addEventListener("change", () => {
    if (input.files.length) take([...input.files]);
    input.value = ""; // so that the same file can be chosen again after it was mended
  });
  return input;
}

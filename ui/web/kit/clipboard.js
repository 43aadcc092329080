// Copying what stands in a field.

import { _ } from "../i18n/messages.js";
import { h, setText } from "./dom.js";

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

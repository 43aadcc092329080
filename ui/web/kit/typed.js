// What was typed into a dialog and is not in the page yet: no key, click or button that closes the
// dialog takes it along before somebody was asked.

import { _ } from "../i18n/messages.js";
import { h } from "./dom.js";

const FIELDS = "input:is(:not([type]), [type=text], [type=url], [type=search]), textarea";

/**
 * What would be lost, in words, and the way to keep it.
 * @typedef {{text: string, keep: {label: string, run: () => void}}} Typed
 */

/** Keeping by a form: as its own button does. @param {HTMLFormElement} form @returns {Typed["keep"]} */
export function bySubmitting(form) {
  const submit = form.querySelector("button[type=submit]");
  return { label: submit?.textContent ?? "", run: () => form.requestSubmit() };
}

/**
 * The same of a dialog's forms: fields that hold something else than when they were first entered.
 * @param {HTMLElement} node  the dialog
 * @returns {() => Typed | null}
 */
export function typedInForms(node) {
  /** @type {Map<HTMLInputElement | HTMLTextAreaElement, string>} */
  const first = new Map();
  node.addEventListener("focusin", ({ target }) => {
    const field = /** @type {HTMLInputElement} */ (target);
    if (field.matches(FIELDS) && !field.readOnly && field.form && !first.has(field)) {
      first.set(field, field.value);
    }
  });
  return () => {
    for (const [field, value] of first) {
      const { form } = field;
      if (form && node.contains(field) && field.value !== value && field.value.trim()) {
        return { text: _("What you have typed here is not kept yet."), keep: bySubmitting(form) };
      }
    }
    return null;
  };
}

/**
 * Close a dialog by the Escape key and by what is returned, but not before somebody has chosen what
 * becomes of what was typed: that is asked at its foot.
 * @param {HTMLDialogElement} node
 * @param {() => Typed | null} typed
 * @returns {() => void}
 */
export function guarded(node, typed) {
  /** @type {HTMLElement | null} */
  let bar = null;

  function fold() {
    bar?.remove();
    bar = null;
  }

  /** @param {Typed} what */
  function ask({ text, keep }) {
    fold();
    const first = way("keep-typed", keep.label, "primary", keep.run);
    const discard = way("discard-typed", _("Discard"), "", () => node.close());
    bar = h("footer", { class: "dialog-typed" }, h("p", { role: "alert" }, text), discard, first);
    node.append(bar);
    first.focus();
  }

  /** @param {string} name @param {string} label @param {string} kind @param {() => void} run */
  function way(name, label, kind, run) {
    const press = () => {
      fold();
      run();
    };
    return h("button", { type: "button", class: kind, "data-action": name, onclick: press }, label);
  }

  function leave() {
    const what = typed();
    if (what) ask(what);
    else node.close();
  }

  node.addEventListener("input", fold); // somebody goes on typing
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    // The browser closes help that lies over the dialog, and empties a field to search in.
    if (document.querySelector("[popover=auto]:popover-open") || isSearch(event.target)) return;
    event.preventDefault();
    leave();
  });
  // The way back of a phone comes without a key.
  node.addEventListener("cancel", (event) => {
    if (event.target !== node || !typed()) return;
    event.preventDefault();
    leave();
  });
  return leave;
}

/** Whether it is a field to search in that holds something. @param {EventTarget | null} target */
function isSearch(target) {
  return target instanceof HTMLInputElement && target.type === "search" && target.value !== "";
}

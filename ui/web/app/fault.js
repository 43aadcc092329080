// A fault of our own code: shown and logged as that. What comes of a lost connection is none.

import { _ } from "../i18n/messages.js";
import { h } from "../kit/dom.js";

const HERE = new URL("../", import.meta.url).href; // our modules, and what they load

/**
 * Show a fault over the page, or in its place if there is none yet, and log it.
 * @param {HTMLElement} board
 * @param {unknown} error
 * @param {string} versions  in words
 */
export function showFault(board, error, versions) {
  console.error(error);
  if (board.querySelector(".fault")) return; // the first is what the others come of
  const node = h(
    "div",
    { class: "fault", role: "alert" },
    h("p", {}, h("strong", {}, _("This page has a fault."))),
    h(
      "p",
      {},
      _(
        "It is in the program, not in your plan, which this tab keeps. Load the page again. If the fault comes back, tell whoever runs this simulator what you did before, and this:",
      ),
    ),
    h("p", {}, h("code", {}, String(error))),
    h("p", {}, versions),
    h(
      "div",
      { class: "row" },
      h(
        "button",
        {
          type: "button",
          class: "primary",
          "data-action": "reload",
          onclick: () => location.reload(),
        },
        _("Load the page again"),
      ),
      h("button", { type: "button", onclick: () => node.remove() }, _("Close")),
    ),
  );
  board.append(node);
}

/**
 * Show every fault of ours that nobody catches; returns a function that ends it.
 * @param {HTMLElement} board
 * @param {() => string} versions  as `showFault` shows them
 */
export function watchFaults(board, versions) {
  /** @param {unknown} error */
  const show = (error) => {
    // Extensions of the browser have faults of their own.
    if (error instanceof Error && error.stack?.includes(HERE)) showFault(board, error, versions());
  };
  const thrown = (/** @type {ErrorEvent} */ event) => show(event.error);
  const rejected = (/** @type {PromiseRejectionEvent} */ event) => show(event.reason);
  addEventListener("error", thrown);
  addEventListener("unhandledrejection", rejected);
  return () => {
    removeEventListener("error", thrown);
    removeEventListener("unhandledrejection", rejected);
  };
}

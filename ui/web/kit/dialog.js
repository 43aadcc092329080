// Dialogs and short messages, on the browser's own <dialog>.

import { _ } from "../i18n/messages.js";
import { focused, h, newId } from "./dom.js";
import { layOver } from "./sheet.js";
import { guarded, typedInForms } from "./typed.js";

const FINGER_PX = 56; // that a message stays away from where a finger was

/**
 * Open a dialog over the page.
 * @param {Element} board  the board's root
 * @param {string} title
 * @param {{wide?: boolean, name?: string, over?: Element | null, onclose?: (() => void) | null, typed?: () => import("./typed.js").Typed | null}} options
 *   `wide`: as much room as there is; `name`: for tests and styles; `over`: what it covers where there
 *   is room, and the rest of the page stays usable; `onclose`: called when it closes; `typed()`: what
 *   would be lost then, if its forms do not say it
 * @param {...Child} content
 * @returns {OpenDialog}
 */
export function openDialog(
  board,
  title,
  { wide = false, name = "", over = null, onclose = null, typed } = {},
  ...content
) {
  const id = newId();
  const opener = focused();
  const body = h("div", { class: "dialog-body" }, content);
  const node = h(
    "dialog",
    { class: wide ? "dialog wide" : "dialog", "aria-labelledby": id, "data-dialog": name },
    h(
      "header",
      {},
      h("h2", { id }, title),
      h(
        "button",
        { class: "quiet", type: "button", "aria-label": _("Close"), onclick: () => leave() },
        "✕",
      ),
    ),
    body,
  );
  const leave = guarded(node, typed ?? typedInForms(node));
  node.addEventListener("click", (event) => {
    if (event.target === node) leave();
  });
  node.addEventListener("close", () => {
    sheet?.end();
    node.remove();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    onclose?.();
  });
  board.append(node);
  const sheet = layOver(board, node, over);
  if (sheet) node.show();
  else node.showModal();
  return { node, body, close: () => node.close() };
}

/** Close every dialog that is open over the page. @param {Element} board */
export function closeAll(board) {
  /** @type {NodeListOf<HTMLDialogElement>} */
  const dialogs = board.querySelectorAll("dialog[open]");
  for (const dialog of dialogs) dialog.close();
}

/** Where messages are shown. */
export function createToasts() {
  const node = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
  addEventListener(
    "pointerdown",
    ({ clientY }) => {
      node.dataset.touched = String(clientY);
    },
    true,
  );
  return node;
}

/**
 * Lay a message on a small screen where it covers nothing that is needed next: on the question that the page is
 * about, where that is in sight; else at the lower edge, or at the upper one if a finger was just there.
 * @param {Element} board
 * @param {HTMLElement} place
 */
function lay(board, place) {
  place.dataset.at = "foot";
  place.style.top = "";
  if (board.getAttribute("data-size") !== "narrow") return;
  const { top, height } = place.getBoundingClientRect();
  const question = board.querySelector(".strip .question")?.getBoundingClientRect();
  if (question && question.top >= 0 && question.bottom <= top && question.height >= height) {
    place.dataset.at = "question";
    place.style.top = `${question.top + scrollY}px`;
  } else if (Number(place.dataset.touched ?? 0) > top - FINGER_PX) {
    place.dataset.at = "head";
  }
}

/**
 * Show a message for some seconds, read out by screen readers; the newest takes the place of others.
 * @param {Element} board
 * @param {string} text
 * @typedef {{name: string, label: string, run: () => void}} Way  a button for what comes next
 * @param {{kind?: "note" | "error", ways?: Way[]}} options
 */
export function toast(board, text, { kind = "note", ways = [] } = {}) {
  /** @type {HTMLElement | null} */
  const place = board.querySelector(".toasts");
  const buttons = ways.map((way) => wayOf(way, () => node.remove()));
  const node = h("p", { class: `toast ${kind}` }, h("span", {}, text), buttons);
  place?.replaceChildren(node);
  if (place) lay(board, place);
  setTimeout(() => node.remove(), kind === "error" ? 10_000 : 5_000);
}

/** Take back what is said: something else is read now. @param {Element} board */
export function hush(board) {
  board.querySelector(".toasts")?.replaceChildren();
}

/** @param {Way} way @param {() => void} done */
function wayOf({ name, label, run }, done) {
  const press = () => {
    done();
    run();
  };
  return h(
    "button",
    { type: "button", class: "toast-way", "data-action": name, onclick: press },
    label,
  );
}

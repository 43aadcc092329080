// Asking the library.

import { language } from "../i18n/messages.js";
import { ask, request, unlessLost } from "./http.js";
import { known, useShelf } from "./shelves.js";

const PATIENCE_MS = 30_000;
const PATIENCE_FOR_FILES_MS = 120_000;

/**
 * Have the library do something; the parsed reply. Throws RequestError.
 * @param {string} action
 * @param {object} content
 * @returns {Promise<any>}
 */
export function call(action, content = {}) {
  const patience = { patience: PATIENCE_MS };
  return ask(`library/${action}`, { language: language(), ...content }, patience);
}

/**
 * The whole shelf as an archive. Throws RequestError.
 * @param {string} shelf  its key
 */
export async function exportShelf(shelf) {
  const response = await request("board/library/export", {
    method: "POST",
    body: JSON.stringify({ language: language(), shelf }),
    patience: PATIENCE_FOR_FILES_MS,
    type: "zip",
  });
  return unlessLost(response.blob());
}

/**
 * Import an archive: `{ imported, known }`. Throws RequestError.
 * @param {string} shelf  the key of the one that it comes into
 * @param {File} file
 * @returns {Promise<any>}
 */
export async function importArchive(shelf, file) {
  const response = await request("board/library/import", {
    method: "POST",
    body: file,
    headers: { "X-Shelf": shelf, "X-Language": language() },
    patience: PATIENCE_FOR_FILES_MS,
  });
  return unlessLost(response.json());
}

/**
 * A new shelf, which is the one in use from now on; its key. Throws RequestError.
 * @returns {Promise<string>}
 */
export async function newShelf() {
  const shelf = await call("shelf");
  useShelf(shelf.edit_key);
  return shelf.edit_key;
}

/**
 * The key of a shelf that may be changed, which is the one in use from now on: the one that is, or
 * this browser's own, or a new one. Throws RequestError.
 * @returns {Promise<string>}
 */
export async function ownShelf() {
  const { shelves, current } = known();
  const own =
    shelves.find((shelf) => shelf.key === current && shelf.editable) ??
    shelves.find((shelf) => !shelf.linked);
  if (!own) return newShelf();
  useShelf(own.key);
  return own.key;
}

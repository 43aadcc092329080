// The board: everything that the visitor sees. The document (app/opening.js) opens it.

import { createRouter } from "./app/router.js";

/**
 * Show a page.
 * @param {HTMLElement} root
 * @param {{page: string, modules: Record<string, string>, opening: Opening}} start  the page's id; the
 *   address of each page's module, below the app's own; what is told until the page is there
 */
export function open(root, { page, modules, opening }) {
  return createRouter(root, modules, opening).show(page);
}

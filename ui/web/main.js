// The board: everything that the visitor sees. The document (app/opening.js) opens it.

import { createRouter } from "./app/router.js";

/**
 * Show a page.
 * @param {HTMLElement} root
 * @param {{page: string, pages: Record<string, PageModule>, opening: Opening}} start  the page's id; the
 *   modules of all, in their order; what is told until the page is there
 */
export function open(root, { page, pages, opening }) {
  createRouter(root, pages, opening).show(page);
}

// The way from page to page: the document stays, the page and its address change.

import { createBoard, createTab } from "./lifecycle.js";
import { createVisit } from "./visit.js";

/**
 * @param {HTMLElement} root
 * @param {Record<string, PageModule>} pages  by id; the first is the one whose address has no name
 * @param {Opening} opening
 */
export function createRouter(root, pages, opening) {
  const tab = createTab(createVisit(), opening);
  const [first] = Object.keys(pages);
  let shown = "";
  let end = () => {};

  /** The page that the address names. */
  function named() {
    const name = location.pathname.split("/").at(-1) ?? "";
    return name in pages ? name : first;
  }

  /** @param {string} id */
  function show(id) {
    end();
    shown = id;
    pages[id].prepare?.();
    end = createBoard(root, { id, module: pages[id] }, tab, goTo);
  }

  /**
   * Show another page, under its own address.
   * @param {string} id
   * @param {string} address  of it
   */
  function goTo(id, address) {
    try {
      history.pushState({}, "", address);
    } catch (error) {
      console.warn(error); // then only the address is not that of the page
    }
    show(id);
    scrollTo(0, 0);
  }

  // What goes with the entry of the history is brought back first (state/address.js).
  addEventListener("popstate", () => setTimeout(() => named() !== shown && show(named())));

  return { show };
}

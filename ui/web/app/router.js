// The way from page to page: the document stays, the page and its address change.

import { RequestError } from "../server/http.js";
import { createBoard, createTab } from "./lifecycle.js";
import { createVisit } from "./visit.js";

const LATER_MS = 1500;

/** Call `then()` once when there is a board that can be used. @param {HTMLElement} root @param {() => void} then */
function whenReady(root, then) {
  const observer = new MutationObserver(() => {
    if (!root.querySelector('[data-ready="true"]')) return;
    observer.disconnect();
    setTimeout(then, LATER_MS);
  });
  observer.observe(root, { subtree: true, attributeFilter: ["data-ready"] });
}

/**
 * @param {HTMLElement} root
 * @param {Record<string, string>} modules  addresses below the app's own, by page; the first page is
 *   the one without a name
 * @param {Opening} opening
 */
export function createRouter(root, modules, opening) {
  const tab = createTab(createVisit(), opening);
  const [first] = Object.keys(modules);
  let shown = "";
  let end = () => {};

  /** @param {string} id @returns {Promise<PageModule>} */
  const moduleOf = (id) => import(new URL(modules[id], document.baseURI).href);

  /** The page that the address names. */
  function named() {
    const name = location.pathname.split("/").at(-1) ?? "";
    return name in modules ? name : first;
  }

  /** @param {string} id */
  async function show(id) {
    const module = await moduleOf(id);
    draw(id, module);
  }

  /** @param {string} id @param {PageModule} module */
  function draw(id, module) {
    end();
    shown = id;
    module.prepare?.();
    end = createBoard(root, { id, module }, tab, goTo);
  }

  /**
   * Show another page, under its own address.
   * @param {string} id
   * @param {string} address  of it
   * @throws {RequestError} where it does not arrive: then all is as before
   */
  async function goTo(id, address) {
    let module;
    try {
      module = await moduleOf(id);
    } catch (cause) {
      throw new RequestError(0, {}, { cause });
    }
    try {
      history.pushState({}, "", address);
    } catch (error) {
      console.warn(error); // then only the address is not that of the page
    }
    draw(id, module);
    scrollTo(0, 0);
  }

  // What goes with the entry of the history is brought back first (state/address.js).
  addEventListener("popstate", () =>
    setTimeout(() => {
      if (named() !== shown) show(named()).catch(() => location.reload());
    }),
  );

  return {
    /** Show the first page of the visit; the others come when it is there, for when the network is
     * gone by then. @param {string} id */
    async show(id) {
      await show(id);
      whenReady(root, () => {
        for (const other of Object.keys(modules)) moduleOf(other).catch(() => {});
      });
    },
  };
}

// The board: everything that the visitor sees. Streamlit mounts it; the rest happens in app/.

import { createBoard, createTab } from "./app/lifecycle.js";
import { createVisit } from "./app/visit.js";

const tab = createTab(createVisit()); // one for the browser tab

/** The boards that are drawn, by the element that each is in. */
const boards = new WeakMap();

/**
 * Draw the board. Streamlit calls this again whenever it redraws; returns what ends it.
 * @param {object} component  as Streamlit hands it over
 * @param {{view: string}} component.data
 * @param {HTMLElement} component.parentElement
 * @param {(name: string, value: string) => void} component.setTriggerValue
 * @param {PageModule} module  of the page `view`
 */
export function mount({ data, parentElement, setTriggerValue }, module) {
  const drawn = boards.get(parentElement);
  if (drawn?.page === data.view) return () => {};
  drawn?.end();
  module.prepare?.();
  const page = { id: data.view, module };
  const end = createBoard(parentElement, page, tab, (to) => setTriggerValue("page", to));
  boards.set(parentElement, { page: data.view, end });
  return () => {
    boards.delete(parentElement);
    end();
  };
}

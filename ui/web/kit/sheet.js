// A dialog that covers one part of the page, while the rest stays usable.

import { setAttribute } from "./dom.js";

/**
 * Lay a dialog over what it covers, to be shown by `show()`. Null on a small screen, where there is
 * nothing beside it, and where there is nothing to cover: then it is shown as any other.
 * @param {Element} board
 * @param {HTMLElement} node  the dialog, laid by its style properties --sheet-top, -left, -width, -height
 * @param {Element | null} covered
 * @returns {{end: () => void} | null}
 */
export function layOver(board, node, covered) {
  if (!covered || board.getAttribute("data-size") === "narrow") return null;

  const cover = () => {
    const { top, left, width, height } = covered.getBoundingClientRect();
    for (const [name, value] of Object.entries({ top, left, width, height })) {
      node.style.setProperty(`--sheet-${name}`, `${value}px`);
    }
  };

  const moved = new ResizeObserver(cover);
  moved.observe(covered);
  moved.observe(board);
  setAttribute(covered, "inert", true);
  setAttribute(node, "data-sheet", true); // the page's keys go on working
  cover();
  return {
    end() {
      moved.disconnect();
      setAttribute(covered, "inert", null);
    },
  };
}

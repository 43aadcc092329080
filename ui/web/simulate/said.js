// Where messages lie on the wide page: at the foot of the column of charts, beside what all stocks lie under. Nothing
// else stands there; a longer one goes up from there, over lines that are kept for the longest sentence.

const GAP = 12; // pixels between a message and what stands on its line
const EDGE = 4; // and the lower edge of the window

/**
 * Tell the styles where that is, whenever it moves; returns what ends it.
 * @param {HTMLElement} board
 * @param {HTMLElement} middle  the column
 */
export function keepPlaceOfMessages(board, middle) {
  const fold = /** @type {HTMLDetailsElement} */ (middle.querySelector(".at-a-glance"));
  const heading = /** @type {HTMLElement} */ (fold.querySelector("summary"));
  const text = document.createRange();
  text.selectNodeContents(heading);

  function place() {
    if (!heading.isConnected || board.dataset.size === "narrow") return;
    const [line, named, column] = [heading, text, middle].map((one) => one.getBoundingClientRect());
    const way = middle.querySelector('[data-action="analyses"]')?.getBoundingClientRect();
    const isOnIt = way && way.bottom > line.top && way.left > named.right;
    const left = named.right + GAP;
    const right = (isOnIt ? way.left : column.right) - GAP;
    const lowest = window.innerHeight - EDGE;
    const foot = fold.open ? line.bottom : Math.max(line.bottom, column.bottom - EDGE);
    const bottom = line.bottom > 0 ? Math.min(foot, lowest) : lowest;
    board.style.setProperty("--said-left", `${Math.round(left)}px`);
    board.style.setProperty("--said-width", `${Math.round(right - left)}px`);
    board.style.setProperty("--said-bottom", `${Math.round(window.innerHeight - bottom)}px`);
  }

  const observer = new ResizeObserver(place);
  for (const node of [board, middle, fold, heading]) observer.observe(node);
  addEventListener("scroll", place, { passive: true });
  addEventListener("resize", place);
  return () => {
    observer.disconnect();
    removeEventListener("scroll", place);
    removeEventListener("resize", place);
  };
}

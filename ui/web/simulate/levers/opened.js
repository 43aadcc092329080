// A group of levers that is opened is seen: rows keep their height, so the panel scrolls where there is no room
// for it below. What lies above it moves only then, and no lever comes under a pointer that is held still
// (again.js).

/** Scroll to a group when somebody opens it. @param {HTMLDetailsElement} node */
export function showOpened(node) {
  let isPressed = false; // it was not merely left open the last time
  node.querySelector("summary")?.addEventListener("click", () => {
    isPressed = true;
  });
  node.addEventListener("toggle", () => {
    const isWide = node.closest('[data-size="wide"]') !== null; // on a phone it opens at the finger
    if (isPressed && node.open && isWide) node.scrollIntoView({ block: "nearest" });
    isPressed = false;
  });
}

// A group of levers that is opened is seen: rows keep their height, so the panel scrolls where there is no room
// for it below. What lies above it moves only then, and no lever comes under a pointer that is held still
// (again.js).

/** Scroll to a group that has got rows; on a phone they come at the finger. @param {HTMLElement} node */
export function bringIntoView(node) {
  if (node.closest('[data-size="wide"]')) node.scrollIntoView({ block: "nearest" });
}

/** Scroll to a group when somebody opens it. @param {HTMLDetailsElement} node */
export function showOpened(node) {
  let isPressed = false; // it was not merely left open the last time
  node.querySelector("summary")?.addEventListener("click", () => {
    isPressed = true;
  });
  node.addEventListener("toggle", () => {
    if (isPressed && node.open) bringIntoView(node);
    isPressed = false;
  });
}

// What is folded and what lies open, as this browser left it.

const KEY = "budget-shift-folds";

/** @returns {Record<string, boolean>} */
function folds() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {}; // this browser keeps nothing, or something that is not ours
  }
}

/**
 * Open or fold a part as it was left, and remember what is done to it.
 * @param {HTMLDetailsElement} node
 * @param {string} id
 * @param {boolean} isOpenFirst  as it is for whoever never touched it
 */
export function keepFold(node, id, isOpenFirst) {
  node.open = folds()[id] ?? isOpenFirst;
  node.querySelector("summary")?.addEventListener("click", () => {
    const open = !node.open; // the click comes before what it does
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...folds(), [id]: open }));
    } catch {
      // It lies as at first when the page is loaded again.
    }
  });
}

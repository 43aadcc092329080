// Tabs: parts of a dialog of which one is shown. Arrow keys go from one to the next.

import { h, newId, setAttribute } from "./dom.js";

/**
 * @param {string} label  what the tabs choose between
 * @param {{name: string, label: string, node: Node, shown?: () => void}[]} parts  `shown()` is called
 *   whenever a part appears
 * @param {string} first  name of the part that is shown first
 * @returns {HTMLElement}
 */
export function createTabs(label, parts, first) {
  const tabs = parts.map((part) => {
    const id = newId();
    const panel = h("div", { role: "tabpanel", id, class: "tab-panel" }, part.node);
    const tab = h(
      "button",
      {
        type: "button",
        role: "tab",
        class: "tab",
        "aria-controls": id,
        "data-tab": part.name,
        onclick: () => show(part.name),
      },
      part.label,
    );
    return { part, tab, panel };
  });

  function show(name) {
    for (const { part, tab, panel } of tabs) {
      const on = part.name === name;
      setAttribute(tab, "aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      panel.hidden = !on;
      if (on) part.shown?.();
    }
  }

  function step(event) {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    const place = tabs.findIndex(({ tab }) => tab === document.activeElement);
    const next = tabs[(place + way + tabs.length) % tabs.length];
    show(next.part.name);
    next.tab.focus();
    event.preventDefault();
  }

  const node = h(
    "div",
    { class: "tabs" },
    h(
      "div",
      { role: "tablist", "aria-label": label, onkeydown: step },
      tabs.map(({ tab }) => tab),
    ),
    tabs.map(({ panel }) => panel),
  );
  show(first);
  return node;
}

// Lines of the split that are locked: a search leaves them where they are, and says so beside what may move.

import { _, fmt } from "../i18n/messages.js";
import { h, setText } from "../kit/dom.js";
import { createLock } from "../simulate/levers/lock.js";
import { at } from "../state/document.js";

/**
 * The locked lines, each with its lock. One that is opened here keeps its place: nothing moves under
 * whoever presses, and it can be shut again.
 * @param {Pick<Ctx, "store">} ctx
 * @param {BestForm["lines"]} lines
 * @returns {{node: HTMLElement, update: (state: State) => void}}
 */
export function createLockedLines(ctx, lines) {
  const list = h("ul", { role: "list" });
  const node = h(
    "div",
    { class: "best-locked", hidden: true },
    h("p", {}, _("A locked line does not move. Its lock lets it go:")),
    list,
  );
  /** @type {Map<string, {text: HTMLElement, lock: ReturnType<typeof createLock>, label: string}>} */
  const rows = new Map();

  /** @param {string} path */
  function addRow(path) {
    const id = path.slice(path.lastIndexOf(".") + 1);
    const label = lines.find((line) => line.id === id)?.label ?? id;
    const lock = createLock(ctx, { path, label });
    const text = h("span", {});
    list.append(h("li", {}, lock.node, text));
    rows.set(path, { text, lock, label });
  }

  return {
    node,
    update(state) {
      for (const path of state.locked) if (!rows.has(path)) addRow(path);
      for (const [path, { text, lock, label }] of rows) {
        const share = fmt.percent(at(state.doc, path), 0);
        setText(text, _("{line}, {share}", { line: label, share }));
        lock.show(state);
      }
      node.hidden = rows.size === 0;
    },
  };
}

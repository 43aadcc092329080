// Files that are dropped on the page.

import { _ } from "../i18n/messages.js";
import { closeAll, openDialog } from "../kit/dialog.js";
import { h, setAttribute } from "../kit/dom.js";
import { openFiles } from "./files.js";

/**
 * Whatever files are dropped on the page are opened, instead of replacing it. A part that takes
 * drops itself prevents the default. Returns a function that ends it.
 * @param {Ctx} ctx
 */
export function takeDrops(ctx) {
  const { board } = ctx;
  let depth = 0; // nodes that the files have gone into and not left
  /** @type {File[] | null} */
  let newest = null; // the files that were dropped last

  const holdsFiles = (event) =>
    !event.defaultPrevented && [...(event.dataTransfer?.types ?? [])].includes("Files");

  function over(change) {
    depth = change === null ? 0 : Math.max(depth + change, 0);
    setAttribute(board, "data-over", depth > 0);
  }

  function dropped(event) {
    over(null);
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const files = [...event.dataTransfer.files];
    if (!files.length) return;
    newest = files;
    /** @type {OpenDialog | null} */
    let dialog = null;
    openFiles(ctx, files, {
      tell(...nodes) {
        if (nodes.length) dialog = openProblems(ctx, nodes);
      },
      wanted: () => files === newest && board.isConnected,
      done() {
        dialog?.close();
        closeAll(board);
      },
    });
  }

  const listeners = {
    dragenter: (event) => holdsFiles(event) && over(1),
    dragleave: (event) => holdsFiles(event) && over(-1),
    dragover: (event) => holdsFiles(event) && event.preventDefault(),
    drop: dropped,
  };
  for (const [name, listener] of Object.entries(listeners)) board.addEventListener(name, listener);
  return () => {
    over(null);
    newest = null;
    for (const [name, listener] of Object.entries(listeners)) {
      board.removeEventListener(name, listener);
    }
  };
}

/** Files that are dropped on a part of the page go to `take`, instead of being opened. */
export function takeDropsOn(node, take) {
  node.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length || event.defaultPrevented) return;
    event.preventDefault();
    take(files);
  });
}

/** @param {Ctx} ctx */
function openProblems(ctx, nodes) {
  return openDialog(
    ctx.board,
    _("Not opened"),
    { name: "files" },
    h("div", { class: "problems", role: "alert" }, nodes),
  );
}

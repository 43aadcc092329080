// What the lines of a chart are called in full, above one that is as large as the window: at their ends
// there is room for letters.

import { fill, h } from "../kit/dom.js";
import { legendOf } from "./picture.js";
import { readingRow } from "./pointing.js";

const NAMED_AT_THEIR_ENDS = 2; // the plan, and carrying on

/** The names of the lines; nothing where all of them stand at their ends. */
export function createLegend() {
  const node = h("div", { class: "chart-legend", "aria-hidden": "true" }); // the summary names them
  let shown = "";
  return {
    node,
    /** @param {any[]} data */
    show(data) {
      const lines = legendOf(data, "").filter(({ colour }) => colour);
      const wanted = JSON.stringify(lines);
      if (wanted === shown) return;
      shown = wanted;
      const rows = lines.map(({ name, colour = "", dash = "solid" }) =>
        readingRow({ lines: [name], colour, dash }),
      );
      fill(node, ...(lines.length > NAMED_AT_THEIR_ENDS ? rows : []));
    },
  };
}

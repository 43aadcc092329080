// Small multiples: every stock at a glance; a click brings one up to the second large chart.

import { _ } from "../i18n/messages.js";
import { h, setAttribute, setText } from "../kit/dom.js";
import { keepFold } from "../kit/folds.js";
import { area, HEIGHT, line, WIDTH } from "../kit/sparkline.js";

/**
 * All tiles. While a lever moves, answers have them only if they lie open.
 * @param {(outcome: string) => void} bringUp  shows an outcome in the second chart
 * @param {() => void} opened
 * @returns {Part & {isOpen(): boolean}}
 */
export function createMultiples(bringUp, opened) {
  const tiles = new Map(); // by outcome
  const grid = h("section", { class: "multiples", "aria-label": _("All stocks at a glance") });
  const node = h(
    "details",
    { class: "at-a-glance" },
    h("summary", {}, _("All stocks at a glance")),
    grid,
  );
  keepFold(node, "multiples", false);
  node.addEventListener("toggle", () => {
    setAttribute(node.parentElement ?? node, "data-tiles", node.open); // charts give them room
    if (node.open) opened();
  });

  function update(state, answer) {
    for (const multiple of answer?.multiples ?? []) {
      const { id } = multiple;
      if (!tiles.has(id)) {
        const tile = createTile(id, () => bringUp(id));
        tiles.set(id, tile);
        grid.append(tile.node);
      }
      tiles.get(id).show(multiple);
    }
    for (const [id, tile] of tiles) {
      setAttribute(tile.node, "aria-pressed", String(state.charts.includes(id)));
    }
  }

  return { node, update, isOpen: () => node.open };
}

function createTile(id, choose) {
  const label = h("span", { class: "tile-label" });
  const now = h("span", { class: "tile-now" });
  const change = h("span", { class: "tile-change" });
  const alt = h("span", { class: "unseen" });
  const band = h("svg:path", { class: "band" });
  const baseline = h("svg:path", { class: "baseline" });
  const plan = h("svg:path", { class: "plan" });
  const review = h("svg:line", { class: "review", y1: 0, y2: HEIGHT });
  const picture = h(
    "svg:svg",
    {
      viewBox: `0 -2 ${WIDTH} ${HEIGHT + 4}`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
      focusable: "false",
    },
    band,
    review,
    baseline,
    plan,
  );
  const node = h(
    "button",
    {
      type: "button",
      class: "tile",
      "data-multiple": id,
      title: _("Show in the second chart"),
      onclick: choose,
    },
    label,
    h("span", { class: "tile-end" }, now, change),
    picture,
    alt,
  );
  return {
    node,
    show(multiple) {
      const { axis } = multiple;
      setText(label, multiple.label);
      setText(now, multiple.now);
      setText(change, multiple.change);
      setText(alt, multiple.alt);
      setAttribute(review, "visibility", multiple.review === null ? "hidden" : null);
      for (const end of ["x1", "x2"]) setAttribute(review, end, (multiple.review ?? 0) * WIDTH);
      setAttribute(plan, "d", line(multiple.plan, axis));
      setAttribute(baseline, "d", line(multiple.baseline, axis));
      setAttribute(band, "d", area(multiple.low, multiple.high, axis));
    },
  };
}

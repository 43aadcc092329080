// Small multiples: every stock at a glance; a click brings one up to the second large chart. On a
// projector they lie in its place: what is said below the charts keeps its room.

import { _ } from "../i18n/messages.js";
import { h, setAttribute, setText } from "../kit/dom.js";
import { keepFold } from "../kit/folds.js";
import { area, HEIGHT, line, WIDTH } from "../kit/sparkline.js";

/**
 * All tiles. While a lever moves, answers have them only if they lie open.
 * @param {{node: HTMLElement, bringUp: (outcome: string) => void}} charts  `bringUp` shows an outcome
 *   in the second one
 * @param {() => void} opened
 * @returns {Part & {isOpen(): boolean}}
 */
export function createMultiples(charts, opened) {
  const tiles = new Map(); // by outcome
  const grid = h("section", { class: "multiples", "aria-label": _("All stocks at a glance") });
  const summary = h("summary", {}, _("All stocks at a glance"));
  const node = h("details", { class: "at-a-glance" }, summary, grid);
  keepFold(node, "multiples", false);
  node.addEventListener("toggle", () => {
    setAttribute(node.parentElement ?? node, "data-tiles", node.open); // charts give them room
    if (node.open) opened();
  });

  /** @param {string} outcome */
  function choose(outcome) {
    charts.bringUp(outcome);
    if (grid.parentNode === node) return;
    summary.click(); // it makes way for the chart
    summary.focus();
  }

  let isOnProjector = false;
  const paper = matchMedia("print"); // on which there is room for them below

  function lay() {
    const place = isOnProjector && !paper.matches ? charts.node : node;
    if (grid.parentNode !== place) place.append(grid);
  }

  paper.addEventListener("change", lay);

  function update(state, answer) {
    isOnProjector = state.view.mode === "projector";
    lay();
    for (const multiple of answer?.multiples ?? []) {
      const { id } = multiple;
      if (!tiles.has(id)) {
        const tile = createTile(id, () => choose(id));
        tiles.set(id, tile);
        grid.append(tile.node);
      }
      tiles.get(id).show(multiple);
    }
    for (const [id, tile] of tiles) {
      setAttribute(tile.node, "aria-pressed", String(state.charts.includes(id)));
    }
  }

  return {
    node,
    update,
    isOpen: () => node.open,
    destroy: () => paper.removeEventListener("change", lay),
  };
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

// Small multiples: every stock at a glance; a click brings one up to the first large chart.

import { h, setAttribute, setText } from "../kit/dom.js";
import { _ } from "../i18n/messages.js";

const WIDTH = 120;
const HEIGHT = 36;

export function create(ctx) {
  const tiles = new Map();
  const node = h("section", { class: "multiples", "aria-label": _("All stocks at a glance") });

  function tile(id) {
    const label = h("span", { class: "tile-label" });
    const now = h("span", { class: "tile-now" });
    const change = h("span", { class: "tile-change" });
    const alt = h("span", { class: "unseen" });
    const band = h("svg:path", { class: "band" });
    const baseline = h("svg:path", { class: "baseline" });
    const plan = h("svg:path", { class: "plan" });
    const svg = h(
      "svg:svg",
      {
        viewBox: `0 -2 ${WIDTH} ${HEIGHT + 4}`,
        preserveAspectRatio: "none",
        "aria-hidden": "true",
        focusable: "false",
      },
      band,
      baseline,
      plan,
    );
    const button = h(
      "button",
      { type: "button", class: "tile", "data-multiple": id, title: _("Show in the first chart") },
      label,
      h("span", { class: "tile-end" }, now, change),
      svg,
      alt,
    );
    button.addEventListener("click", () => ctx.bringUp(id));
    node.append(button);
    return { button, label, now, change, alt, band, baseline, plan };
  }

  function update(state, answer) {
    for (const one of answer?.multiples ?? []) {
      if (!tiles.has(one.id)) tiles.set(one.id, tile(one.id));
      const parts = tiles.get(one.id);
      setText(parts.label, one.label);
      setText(parts.now, one.now);
      setText(parts.change, one.change);
      setText(parts.alt, one.alt);
      const [least, most] = one.axis;
      const points = (values) =>
        values.map((value, index) => {
          const x = (index / (values.length - 1)) * WIDTH;
          const y = HEIGHT - ((value - least) / (most - least)) * HEIGHT;
          return `${x.toFixed(1)},${y.toFixed(1)}`;
        });
      setAttribute(parts.plan, "d", `M${points(one.plan).join("L")}`);
      setAttribute(parts.baseline, "d", `M${points(one.baseline).join("L")}`);
      setAttribute(
        parts.band,
        "d",
        `M${points(one.high).join("L")}L${points(one.low).reverse().join("L")}Z`,
      );
    }
    for (const [id, parts] of tiles) {
      setAttribute(parts.button, "aria-pressed", String(state.charts.includes(id)));
    }
  }

  return { node, update };
}

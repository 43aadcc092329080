// The headline strip: is it better, by how much, when, and what it returns.

import { h, setAttribute, setText } from "../kit/dom.js";
import { _, tied } from "../i18n/messages.js";

const DRAWS_SHOWN = 50;

export function create(ctx) {
  const verdict = h("p", { class: "verdict" });
  const detail = h("span", { class: "detail" });
  const dots = h(
    "svg:svg",
    {
      class: "dots",
      viewBox: `0 0 ${DRAWS_SHOWN * 4} 12`,
      preserveAspectRatio: "xMinYMid",
      "aria-hidden": "true",
    },
    Array.from({ length: DRAWS_SHOWN }, (unused, index) =>
      h("svg:rect", { x: index * 4 + 0.5, y: 0, width: 2.6, height: 12, rx: 1.3 }),
    ),
  );
  const sure = h("button", { type: "button", class: "label", "aria-haspopup": "dialog" }, detail);
  sure.addEventListener("click", () => {
    const { label, help } = ctx.start.verdict;
    ctx.help(sure, { title: label, ...help });
  });
  const figures = new Map(
    ctx.start.figures.map((one) => {
      const value = h("p", { class: "value" });
      const range = h("p", { class: "range" });
      const label = h(
        "button",
        { type: "button", class: "label", "aria-haspopup": "dialog" },
        one.label,
      );
      label.addEventListener("click", () => ctx.help(label, { title: one.label, ...one.help }));
      const node = h("div", { class: "figure", "data-figure": one.id }, label, value, range);
      return [one.id, { node, value, range }];
    }),
  );
  const node = h(
    "section",
    { class: "strip", "aria-label": _("Result of the plan") },
    h("div", { class: "answer", "data-figure": "verdict" }, verdict, dots, sure),
    [...figures.values()].map((one) => one.node),
  );

  // On a phone the strip scrolls away: what matters stays at the bottom edge.
  const briefVerdict = h("span", { class: "verdict" });
  const briefValue = h("span", { class: "brief-value" });
  const briefRange = h("span", { class: "brief-range" });
  const brief = h(
    "button",
    {
      type: "button",
      class: "brief",
      "aria-label": _("Back to the result"),
      onclick: () => node.scrollIntoView({ block: "start" }),
    },
    briefVerdict,
    h("span", { class: "brief-figure" }, briefValue, briefRange),
  );

  function update(state, answer) {
    if (!answer) return;
    setText(briefVerdict, answer.headline.verdict.text);
    setText(verdict, answer.headline.verdict.text);
    setText(detail, answer.headline.verdict.detail);
    setAttribute(node, "data-verdict", answer.headline.verdict.kind);
    const better = answer.headline.verdict.probability;
    setAttribute(dots, "data-known", better !== null);
    const blue = Math.round((better ?? 0) * DRAWS_SHOWN);
    [...dots.children].forEach((dot, index) =>
      setAttribute(dot, "class", index < blue ? "better" : "worse"),
    );
    for (const one of answer.headline.figures) {
      const place = figures.get(one.id);
      setText(place.value, one.value);
      setText(place.range, tied(one.range));
      if (one.id !== "net_present_value") continue;
      setText(briefValue, one.value);
      setText(briefRange, tied(one.range));
    }
  }

  return { node, brief, update };
}

// What makes a link of the map: its words, the assumptions in it, its equations.

import { _ } from "../i18n/messages.js";
import { fill, h } from "../kit/dom.js";
import { gradeBadge } from "../kit/grade.js";
import { loadEquations } from "./equations.js";

/** Equations that are shown, from the effect back. */
const MOST = 8;

/**
 * @param {Ctx} ctx
 * @param {ModelNode[]} nodes
 */
export function createDetail(ctx, nodes) {
  const names = Object.fromEntries(nodes.map((node) => [node.name, node]));
  const node = h("div", { class: "model-detail", role: "region", "aria-live": "polite" });

  /** Show what makes a link; what to do for none. @param {ModelLink | null} link */
  function show(link) {
    if (!link) {
      fill(node, h("p", { class: "note" }, invitation()));
      return;
    }
    const equations = h("div", {});
    fill(
      node,
      h("h3", {}, `${names[link.cause].label} → ${names[link.effect].label}`),
      h("p", { class: "model-words" }, link.words),
      link.assumptions.length > 0 && [
        h("h4", {}, _("Assumptions in it")),
        h("ul", { class: "model-assumptions" }, link.assumptions.map(assumptionItem)),
      ],
      h("h4", {}, _("Its equations, from the effect back")),
      equations,
    );
    loadEquations(ctx, link.through.slice(0, MOST), equations);
  }

  return { node, show };
}

function invitation() {
  return _(
    "Choose a variable to see all that moves it and all that it moves; choose a link to see its equation and what it rests on.",
  );
}

/** @param {ModelLink["assumptions"][number]} assumption */
function assumptionItem({ label, grade, grade_meaning: meaning, source }) {
  return h(
    "li",
    {},
    label,
    " ",
    gradeBadge(grade, { title: meaning }),
    " ",
    h("span", { class: "note", lang: "en" }, source),
  );
}

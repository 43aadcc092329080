// Equations as mathematics, each with its symbols explained.

import { _ } from "../i18n/messages.js";
import { fill, h, setText } from "../kit/dom.js";
import { gradeBadge } from "../kit/grade.js";
import { requestError } from "../server/http.js";

/**
 * All equations by sector; those of a sector come when it is opened.
 * @param {Ctx} ctx
 * @param {ModelSector[]} sectors
 */
export function createEquations(ctx, sectors) {
  const parts = sectors.map((sector) => createSector(ctx, sector));
  const node = h(
    "div",
    { class: "model-equations" },
    parts.map((part) => part.node),
  );

  /** Open the sector of an equation, and go to it. @param {string} name */
  async function show(name) {
    const part = parts.find(({ names }) => names.includes(name));
    if (!part) return;
    await part.open();
    const target = node.querySelector(`[data-equation="${CSS.escape(name)}"]`);
    target?.scrollIntoView({ block: "start" });
    target?.focus({ preventScroll: true });
  }

  return { node, show };
}

/** @param {Ctx} ctx @param {ModelSector} sector */
function createSector(ctx, { id, label, names }) {
  const body = h("div", { class: "model-sector-body" });
  const node = h(
    "details",
    { class: "model-sector", "data-sector": id },
    h("summary", {}, label, " ", h("span", { class: "note" }, String(names.length))),
    body,
  );
  /** @type {Promise<void> | null} */
  let coming = null;
  const load = () => {
    coming ??= loadEquations(ctx, names, body);
    return coming;
  };
  node.addEventListener("toggle", () => node.open && load());
  return {
    node,
    names,
    open() {
      node.open = true;
      return load();
    },
  };
}

/**
 * Ask for equations and show them.
 * @param {Ctx} ctx
 * @param {string[]} names
 * @param {Element} body
 */
export async function loadEquations(ctx, names, body) {
  const note = h("p", { class: "note", role: "status" }, _("Reading the equations…"));
  fill(body, note);
  try {
    const scenario = ctx.store.state.doc;
    const { equations } = await ctx.ask("equations", { scenario, names });
    fill(body, ...equations.map(createEquation));
  } catch (error) {
    setText(note, requestError(error).message);
  }
}

/** @param {ModelEquation} equation */
function createEquation(equation) {
  return h(
    "article",
    { class: "model-equation", "data-equation": equation.name, tabindex: "-1" },
    h("h3", { lang: equation.english && "en" }, equation.label),
    h("p", { lang: equation.meaning_english && "en" }, equation.meaning),
    h(
      "div",
      { class: "model-math", tabindex: "0", role: "group", "aria-label": equation.label },
      mathNode(equation.mathml),
    ),
    h(
      "details",
      {},
      h("summary", {}, _("What stands in it")),
      h(
        "table",
        { class: "model-symbols" },
        h("tbody", {}, [equation, ...equation.symbols].map(symbolRow)),
      ),
    ),
  );
}

/** @param {ModelSymbol} symbol */
function symbolRow(symbol) {
  const { label, english, meaning, meaning_english: isEnglish, unit, value } = symbol;
  return h(
    "tr",
    {},
    h("th", { scope: "row", lang: english && "en" }, label),
    h(
      "td",
      { class: "number" },
      value,
      " ",
      h("span", { class: "note", lang: symbol.unit_english && "en" }, unit),
    ),
    h(
      "td",
      {},
      h("span", { lang: isEnglish && "en" }, meaning),
      symbol.grade && [
        " ",
        gradeBadge(symbol.grade, { title: symbol.grade_meaning }),
        " ",
        h("span", { class: "note", lang: "en" }, symbol.source),
      ],
    ),
  );
}

/** A formula, out of the server's MathML: read as XML, so that it is nothing else. @param {string} text */
function mathNode(text) {
  const { documentElement } = new DOMParser().parseFromString(text, "application/xml");
  return document.importNode(documentElement, true);
}

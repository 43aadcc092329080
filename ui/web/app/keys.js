// Single keys. They work wherever nobody is typing, and can be turned off.

import { openAssumptions } from "../assumptions/panel.js";
import { _ } from "../i18n/messages.js";
import { openDialog } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { openOrganisation } from "../scenarios/organisation.js";
import { openShare } from "../scenarios/share.js";
import { openAnalysis } from "../simulate/analysis.js";
import { addPin, namePin } from "../simulate/pins.js";
import { redo, undo } from "./steps.js";
import { versionsText } from "./versions.js";

/** Where a key is part of what is typed, or chooses. */
const TYPED = "input:not([type=range], [type=checkbox]), textarea, select, [contenteditable]";

/**
 * What each key does: the key, what it is called, the action, where.
 * @param {Ctx} ctx
 * @returns {[string, string, () => void, string][]}
 */
function shortcuts(ctx) {
  const other = ctx.page === "compare" ? ctx.start.pages[0].id : "compare";
  return [
    ["U", _("Undo"), () => undo(ctx), "both"],
    ["Y", _("Redo"), () => redo(ctx), "both"],
    ["L", _("Replay the last move"), () => ctx.replay(), "simulate"],
    ["K", _("Pin this plan to compare it"), () => addPin(ctx), "simulate"],
    ["N", _("Name the plan that was pinned last"), () => namePin(ctx), "simulate"],
    ["C", _("Compare, and back"), () => ctx.go(other), "both"],
    ["M", _("Simulate: levers and charts"), () => goTo(ctx, "simulate"), "both"],
    ["A", _("Assumptions"), () => goTo(ctx, "assumptions"), "both"],
    ["S", _("Scenarios"), () => ctx.openScenarios(), "simulate"],
    ["B", _("The library"), () => ctx.openScenarios({ tab: "library" }), "simulate"],
    ["D", _("Share"), () => openShare(ctx), "both"],
    ["O", _("The organisation's own numbers"), () => openOrganisation(ctx), "simulate"],
    ["W", _("What is assumed about the world"), () => openAssumptions(ctx), "simulate"],
    ...ctx.start.analyses
      .filter(({ key, room }) => key && room === "simulate")
      .map((analysis) => keyOf(ctx, analysis)),
    ["F", _("A chart as large as the window, the next, and back"), () => ctx.enlarge(), "both"],
    ["P", _("For the projector"), () => ctx.project(), "both"],
    ["T", _("Light or dark"), () => ctx.switchTheme(), "both"],
    ["?", _("These keys"), () => openKeys(ctx), "both"],
  ];
}

/** @param {Ctx} ctx @param {AnalysisEntry} analysis @returns {[string, string, () => void, string]} */
function keyOf(ctx, analysis) {
  return [analysis.key, analysis.label, () => openAnalysis(ctx, analysis), "simulate"];
}

/** @param {Ctx} ctx @param {string} page */
function goTo(ctx, page) {
  if (ctx.page !== page) ctx.go(page);
}

/** Listen to the keyboard; returns a function that ends it. @param {Ctx} ctx */
export function listen(ctx) {
  const actions = new Map(
    shortcuts(ctx)
      .filter(([, , , where]) => where === "both" || where === ctx.page)
      .map(([key, , action]) => [key.toLowerCase(), action]),
  );

  /** @param {EventTarget | null} target */
  function typing(target) {
    return target instanceof Element && target.closest(TYPED);
  }

  /** @param {KeyboardEvent} event */
  function wanted(event) {
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      if (key === "z") return event.shiftKey ? "y" : "u";
      return key === "y" ? "y" : null;
    }
    return ctx.store.state.view.keys ? key : null;
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (typing(event.target) || event.altKey) return;
    const key = wanted(event);
    const action = key && actions.get(key);
    if (!action || document.querySelector("dialog[open]:not([data-sheet])")) return;
    event.preventDefault();
    event.stopPropagation();
    // A key that is held takes back step after step, but opens and pins once.
    if (!event.repeat || key === "u" || key === "y") action();
  }

  addEventListener("keydown", pressed, { capture: true });
  return () => removeEventListener("keydown", pressed, { capture: true });
}

/** Show the keys, let them be turned off, and say which version this is. @param {Ctx} ctx */
export function openKeys(ctx) {
  const { store } = ctx;
  const on = h("input", {
    type: "checkbox",
    "data-field": "keys",
    onchange: () => store.set({ view: { ...store.state.view, keys: on.checked } }),
  });
  on.checked = store.state.view.keys;
  openDialog(
    ctx.board,
    _("Keys"),
    { name: "keys" },
    h(
      "table",
      { class: "table keys" },
      h(
        "tbody",
        {},
        shortcuts(ctx).map(([key, label]) =>
          h("tr", {}, h("th", { scope: "row" }, h("kbd", {}, key)), h("td", {}, label)),
        ),
      ),
    ),
    h("label", { class: "check" }, on, h("span", {}, _("Keys that work on their own"))),
    h("p", { class: "hint" }, _("A lever moves by the arrow keys. Ctrl+Z and Ctrl+Y always work.")),
    h("p", { class: "hint" }, versionsText(ctx.start)),
  );
}

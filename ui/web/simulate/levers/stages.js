// "Start small, then decide": whether the plan is made in stages, and the levers of that. What a rule
// does to the plan is the server's work; its words come with the answer.

import { _, fmt, tied } from "../../i18n/messages.js";
import { fill, h, newId, setAttribute, setText } from "../../kit/dom.js";
import { keepFold } from "../../kit/folds.js";
import { seam } from "../../kit/seams.js";
import { ruleOf, withFigure, withMark, withRule, withStages } from "../../state/stages.js";
import { openAnalysis } from "../analysis.js";
import { createBinding } from "./binding.js";
import { createLever } from "./lever.js";
import { bringIntoView, showOpened } from "./opened.js";

const REVIEW = "plan.stages.review_month";
const WHEN = 2; // levers that say how deep and when; after them what is done
const SWITCHED = "stages"; // turning it on, and the first marks, are one step
const PILOT = "pilot"; // the analysis that finds the best rule

/**
 * The group of levers.
 * @param {Ctx} ctx
 * @param {Shared} shared
 */
export function createStages(ctx, shared) {
  const words = ctx.start.stages;
  const turn = createSwitch(ctx);
  const rule = createRule(ctx, shared);
  const what = h("p", { class: "stages-what" }, words.help.text);
  const title = newId();
  const total = h("span", { class: "lever-total" });
  const body = h(
    "div",
    { class: "lever-rows", role: "group", "aria-labelledby": title },
    turn.node,
    what,
  );
  const node = h(
    "details",
    { class: "lever-group stages", "data-group": "stages" },
    h("summary", {}, h("h2", { id: title }, words.label), total),
    body,
  );
  keepFold(node, "levers.stages", false);
  showOpened(node);

  /** @param {State} state */
  function show(state) {
    const stages = stagesOf(state.doc);
    turn.show(stages);
    if (rule.layOut(stages)) {
      const wasPressed = turn.wasPressed();
      what.hidden = stages !== null;
      if (!stages) rule.node.remove();
      else if (!rule.node.parentNode) body.append(rule.node); // else it would lose the keyboard's focus
      if (stages && wasPressed) bringIntoView(node);
    }
    setText(total, totalOf(stages));
    if (stages) rule.show(state, stages);
  }

  return {
    node,
    show,
    members: [],
    /** What the server says of the rule. @param {Answer | null} answer */
    tell(answer) {
      turn.tell(answer);
      rule.tell(answer);
    },
  };
}

/**
 * What turns stages on and off; those that were turned off are kept until they are turned on again.
 * @param {Ctx} ctx
 */
function createSwitch(ctx) {
  const { store, start } = ctx;
  /** @type {Stages | null} as it was when it was turned off */
  let left = null;
  let isFresh = false; // it was turned on for the first time: nobody has said a mark yet
  let isPressed = false; // since the rows were laid out last
  const box = h("input", {
    type: "checkbox",
    "data-stages": "switch",
    onchange() {
      isPressed = true;
      isFresh = box.checked && !left;
      if (box.checked) {
        commit(ctx, withinHorizon(ctx, left ?? start.stages.start), SWITCHED);
      } else {
        left = stagesOf(store.state.doc);
        commit(ctx, null);
      }
    },
  });
  return {
    node: h("label", { class: "stages-switch" }, box, h("span", {}, start.stages.switch)),
    /** @param {Stages | null} stages */
    show(stages) {
      box.checked = stages !== null;
    },
    /** Whether somebody has just turned it; asked once. */
    wasPressed() {
      const was = isPressed;
      isPressed = false;
      return was;
    },
    /** The first marks are what the model expects. @param {Answer | null} answer */
    tell(answer) {
      const stages = stagesOf(store.state.doc);
      if (!isFresh || !answer?.stages || !stages?.figure) return;
      isFresh = false;
      const from = startOf(ctx, answer, stages.figure);
      queueMicrotask(() => commit(ctx, withFigure(stages, from), SWITCHED));
    },
  };
}

/**
 * The rows of a plan in stages: how deep and when, by what, what is done, from where, and in words.
 * @param {Ctx} ctx
 * @param {Shared} shared
 */
function createRule(ctx, shared) {
  const { store, start } = ctx;
  const words = start.stages;
  const figure = createChoice(ctx, words.choices.figure, "figure", words.figures, (id) => {
    const stages = stagesOf(store.state.doc);
    if (stages) commit(ctx, withFigure(stages, startOf(ctx, ctx.answer(), id)));
  });
  const rule = createChoice(ctx, words.choices.rule, "rule", words.rules, (id) => {
    const stages = stagesOf(store.state.doc);
    const from = startOf(ctx, ctx.answer(), stages?.figure ?? words.start.figure);
    if (stages) commit(ctx, withRule(stages, id, from));
  });
  const levers = words.levers.map((lever) => ({
    lever,
    part: createLever(ctx, lever, shared, bindingOf(lever, shared)),
  }));
  const said = h("p", { class: "stages-said" });
  const when = h("div", {});
  const marks = h("div", {});
  const link = createFind(ctx);
  /** @type {string | null} */
  let laidOut = null;
  /** @type {ReturnType<typeof createLever>[]} that are there */
  let shown = [];
  return {
    node: h("div", { class: "stages-rows" }, when, figure.node, rule.node, marks, said, link),
    /** Only what the rule asks for is there; whether that is something else than it was.
     * @param {Stages | null} stages */
    layOut(stages) {
      const name = stages ? ruleOf(stages) : "";
      const form = stages ? `${name} ${stages.side}` : "";
      if (form === laidOut) return false;
      laidOut = form;
      const there = levers.filter(
        ({ lever: { rules, side } }) =>
          stages && (!rules.length || rules.includes(name)) && (!side || side === stages.side),
      );
      shown = there.map(({ part }) => part);
      const nodes = shown.map(({ node }) => node);
      fill(when, ...nodes.slice(0, WHEN));
      fill(marks, ...nodes.slice(WHEN));
      figure.node.hidden = !stages?.figure;
      return true;
    },
    /** @param {State} state @param {Stages} stages */
    show(state, stages) {
      rule.show(ruleOf(stages));
      figure.show(stages.figure);
      for (const part of shown) part.show(state);
    },
    /** @param {Answer | null} answer */
    tell(answer) {
      const text = answer?.stages?.words ?? "";
      setText(said, tied(text));
      setAttribute(said, "hidden", !text);
    },
  };
}

/** What opens the analysis that finds the best rule. @param {Ctx} ctx */
function createFind(ctx) {
  const { analyses, stages } = ctx.start;
  return h(
    "button",
    {
      type: "button",
      class: "link",
      "data-action": "find-rule",
      onclick() {
        const analysis = analyses.find(({ id }) => id === PILOT);
        if (analysis) openAnalysis(ctx, analysis);
      },
    },
    stages.which,
  );
}

/** @param {Doc} doc @returns {Stages | null} */
function stagesOf(doc) {
  return doc.plan.stages ?? null;
}

/** @param {Ctx} ctx @param {Stages | null} stages @param {string | null} reason */
function commit({ store }, stages, reason = null) {
  store.commit({ doc: withStages(store.state.doc, stages) }, reason);
}

/** What stands beside the group's name. @param {Stages | null} stages */
function totalOf(stages) {
  if (!stages) return _("all at once");
  return _("{share} first, review in month {month}", {
    share: fmt.percent(stages.first_depth),
    month: fmt.number(stages.review_month),
  });
}

/**
 * Where the marks of a figure start: in the middle of what the model expects then, if it has said that,
 * and where one in ten cases is worse.
 * @param {Ctx} ctx
 * @param {Answer | null} answer
 * @param {string} id
 */
function startOf({ start }, answer, id) {
  const { figures } = start.stages;
  const { side, mark } = figures.find((one) => one.id === id) ?? figures[0];
  const expected = answer?.stages?.readings[id] ?? [mark / 2, mark, 2 * mark];
  return { figure: id, side, mark: expected[1], worse: expected[side === "below" ? 0 : 2] };
}

/** A review within the months shown. @param {Ctx} ctx @param {Stages} stages */
function withinHorizon({ store, start }, stages) {
  const first = start.stages.levers.find(({ path }) => path === REVIEW)?.min ?? 0;
  const last = store.state.doc.horizon_months - 1;
  return { ...stages, review_month: Math.max(first, Math.min(stages.review_month, last)) };
}

/**
 * The binding of a lever of the stages: a mark moves the other where it has to.
 * @param {StagesLever} lever
 * @param {Shared} shared
 * @returns {Binding}
 */
function bindingOf(lever, shared) {
  const binding = createBinding(lever, shared);
  const field = lever.path.split(".").at(-1);
  if (lever.path === REVIEW) {
    const most = (/** @type {Doc} */ doc) => Math.min(lever.max, doc.horizon_months - 1);
    return { ...binding, most, bounds: (doc) => ({ low: lever.min, high: most(doc) }) };
  }
  if (field !== "back" && field !== "on") return binding;
  return {
    ...binding,
    changed(doc, value) {
      return withStages(doc, withMark(/** @type {Stages} */ (doc.plan.stages), field, value));
    },
  };
}

/**
 * A row in which one of several is chosen.
 * @param {Ctx} ctx
 * @param {{label: string, number: string, help: Help}} words
 * @param {string} id
 * @param {{id: string, label: string}[]} options
 * @param {(id: string) => void} choose
 */
function createChoice(ctx, { label, number, help }, id, options, choose) {
  const name = h(
    "button",
    { type: "button", class: "lever-label", "aria-haspopup": "dialog", title: label },
    label,
  );
  seam(name);
  name.addEventListener("click", () => ctx.help(name, { title: label, number, ...help }));
  const select = h(
    "select",
    { "data-stages": id, "aria-label": label, onchange: () => choose(select.value) },
    options.map((option) => h("option", { value: option.id }, option.label)),
  );
  return {
    node: h("div", { class: "lever stages-choice" }, name, select),
    /** @param {string | null} value */
    show(value) {
      if (value !== null && select.value !== value) select.value = value;
    },
  };
}

// The answer: what to do, beside the present plan and today; its proof; plans nearly as good.

import { _ } from "../i18n/messages.js";
import { h } from "../kit/dom.js";
import { icon } from "../kit/icons.js";

const SIGNS = { met: "check", missed: "close", open: "none" };

/**
 * @param {BestAnswer} answer
 * @param {(plan: BestPlan) => void} adopt
 * @param {HTMLElement} reality  what the proof is not about
 * @param {HTMLElement | null} [done]  what is said once one of its plans is the plan: then the present
 *   plan of the answer is that of before
 */
export function answerParts(answer, adopt, reality, done = null) {
  const cautions =
    answer.cautions?.length > 0 &&
    h(
      "ul",
      { class: "best-cautions" },
      answer.cautions.map((text) => h("li", {}, text)),
    );
  // What is to be known before one believes it is so of the plan that was taken, too.
  if (done) return [done, cautions, ...factsOf(withFormer(answer), adopt, reality)];
  const words = [
    h("h2", { class: "best-title", "data-verdict": answer.verdict }, answer.title),
    answer.sentences.map((text) => h("p", { class: "best-sentence" }, text)),
  ];
  if (answer.verdict === "infeasible") return words;
  const [chosen] = answer.plans;
  return [
    ...words,
    cautions,
    answer.verdict !== "none_better" && adoptButton(chosen, adopt, true),
    ...factsOf(answer, adopt, reality),
  ];
}

/**
 * That a plan of the answer is the plan now, with the ways on and back.
 * @param {string} label  what it is called here
 * @param {{on: () => void, back: () => void}} ways
 */
export function adoptedPart(label, { on, back }) {
  return h(
    "div",
    { class: "best-adopted", role: "status" },
    h("h2", { class: "best-title" }, _("“{plan}” is the plan now", { plan: label })),
    h(
      "p",
      {},
      _("What stands below was found before: the present plan in it is the one that you had then."),
    ),
    h(
      "div",
      { class: "best-line" },
      h(
        "button",
        { type: "button", class: "primary", "data-action": "best-simulate", onclick: on },
        _("See it in Simulate"),
      ),
      h("button", { type: "button", "data-action": "best-undo", onclick: back }, _("Undo")),
    ),
  );
}

/** The answer, where its present plan is no longer that. @param {BestAnswer} answer */
function withFormer(answer) {
  const label = _("Plan before");
  return {
    ...answer,
    isFormer: true,
    plans: answer.plans.map((plan) => (plan.id === "present" ? { ...plan, label } : plan)),
  };
}

/**
 * All that an answer says in figures.
 * @param {BestAnswer & {isFormer?: boolean}} answer
 * @param {(plan: BestPlan) => void} adopt
 * @param {HTMLElement} reality
 */
function factsOf(answer, adopt, reality) {
  const isFormer = answer.isFormer ?? false;
  return [
    h("p", { class: "note" }, answer.fresh),
    plansTable(answer, adopt),
    answer.averages && !isFormer && h("p", { class: "note" }, answer.averages),
    h("h3", {}, _("Money, a year, once all has moved")),
    bars(answer.money, isFormer),
    answer.people.length > 0 && [h("h3", {}, _("People and time")), bars(answer.people, isFormer)],
    proof(answer),
    reality,
    reasons(answer),
    h("p", { class: "note" }, answer.how),
  ];
}

/** @param {BestPlan} plan @param {(plan: BestPlan) => void} adopt @param {boolean} [isFirst] */
function adoptButton(plan, adopt, isFirst = false) {
  return h(
    "button",
    {
      type: "button",
      class: isFirst && "primary",
      "data-adopt": plan.id,
      onclick: () => adopt(plan),
    },
    isFirst ? _("Make it the plan") : _("Take {plan}", { plan: plan.label }),
  );
}

/** All plans side by side. @param {BestAnswer} answer @param {(plan: BestPlan) => void} adopt */
function plansTable({ plans, asked }, adopt) {
  const headings = [
    ...(asked ? [asked] : []),
    _("Value on average"),
    _("Eight of ten cases"),
    _("Better than carrying on in"),
  ];
  const figures = (/** @type {BestPlan} */ { worth, mean, range, better }) => [
    ...(asked ? [worth] : []),
    mean,
    range,
    better,
  ];
  const row = (/** @type {BestPlan} */ plan, /** @type {number} */ place) =>
    h(
      "tr",
      { "data-plan": plan.id, "data-chosen": place === 0 },
      h(
        "th",
        { scope: "row" },
        plan.label,
        plan.behind && h("span", { class: "note" }, plan.behind),
        plan.differs.length > 0 &&
          h("span", { class: "note" }, _("Other: {levers}", { levers: plan.differs.join(", ") })),
        plan.note && h("span", { class: "note" }, plan.note),
      ),
      // Where there is no room for columns, each figure says what it is (styles/best.css).
      figures(plan).map((text, column) => h("td", { "data-label": headings[column] }, text)),
      h("td", {}, place > 2 && adoptButton(plan, adopt)),
    );
  // Where the chosen plan is the present one, or carrying on, it stands there once.
  const [chosen] = plans;
  const shown = plans.filter((plan, place) => place === 0 || plan.id !== chosen.id);
  return h(
    "div",
    { class: "scroll-x", tabindex: "0", role: "group", "aria-label": _("Plans side by side") },
    h(
      "table",
      { class: "best-plans" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          [_("Plan"), ...headings, ""].map((heading) =>
            h("th", { scope: heading && "col" }, heading),
          ),
        ),
      ),
      h(
        "tbody",
        {},
        shown.map((plan) => row(plan, plans.indexOf(plan))),
      ),
    ),
  );
}

/**
 * Proposed, present and today on one line for each lever.
 * @param {BestBar[]} rows
 * @param {boolean} isFormer  whether the present plan is that of before
 */
function bars(rows, isFormer) {
  return [
    h(
      "ul",
      { class: "best-legend", "aria-hidden": "true" },
      h("li", { "data-of": "proposed" }, _("Proposed")),
      h("li", { "data-of": "present" }, isFormer ? _("Plan before") : _("Present plan")),
      h("li", { "data-of": "today" }, _("Today")),
    ),
    h(
      "ul",
      { class: "best-bars" },
      rows.map(({ label, proposed, present, today }) =>
        h(
          "li",
          { "data-changed": proposed.text !== present.text },
          h("span", { class: "best-label" }, label),
          h(
            "svg:svg",
            {
              class: "best-bar",
              viewBox: "0 0 200 20",
              preserveAspectRatio: "none",
              "aria-hidden": "true",
            },
            h("svg:line", { class: "ground", x1: 0, x2: 200, y1: 19.5, y2: 19.5 }),
            h("svg:rect", { class: "present", x: 0, y: 12, width: 200 * present.end, height: 6 }),
            h("svg:rect", { class: "proposed", x: 0, y: 2, width: 200 * proposed.end, height: 9 }),
            today &&
              h("svg:line", {
                class: "today",
                x1: 200 * today.end,
                x2: 200 * today.end,
                y1: 0,
                y2: 20,
              }),
          ),
          h("span", { class: "best-value" }, proposed.text),
          h("span", { class: "note" }, beside(present.text, today?.text, isFormer)),
        ),
      ),
    ),
  ];
}

/** @param {string} present @param {string | undefined} today @param {boolean} isFormer */
function beside(present, today, isFormer) {
  if (isFormer) {
    return today
      ? _("before {present}, today {today}", { present, today })
      : _("before {present}", { present });
  }
  return today
    ? _("plan {present}, today {today}", { present, today })
    : _("plan {present}", { present });
}

/** @param {BestAnswer} answer */
function proof({ checks }) {
  return [
    h("h3", {}, _("The proof")),
    h(
      "ul",
      { class: "best-proof" },
      checks.map(({ id, state, word, text }) =>
        h(
          "li",
          { "data-check": id, "data-result": state },
          icon(SIGNS[state]),
          h("span", {}, h("span", { class: state === "met" && "unseen" }, `${word}: `), text),
        ),
      ),
    ),
  ];
}

/** @param {BestAnswer} answer */
function reasons({ reasons: texts, marginals, marginals_note: note }) {
  return [
    texts.length > 0 && [
      h("h3", {}, _("What would change it")),
      h(
        "ul",
        { class: "best-reasons" },
        texts.map((text) => h("li", {}, text)),
      ),
    ],
    marginals.length > 0 && [
      h("h3", {}, _("What one more unit of money brings there, beyond what it costs")),
      h(
        "ul",
        { class: "best-marginals" },
        marginals.map(({ label, text }) => h("li", {}, `${label} ${text}`)),
      ),
      note && h("p", { class: "note" }, note),
    ],
  ];
}

// Budgets side by side: today, and with the plan.

import { _ } from "../i18n/messages.js";
import { amountButton } from "../kit/amounts.js";
import { fill, h } from "../kit/dom.js";
import { helpOfBudget } from "./helps.js";
import { entries } from "./list.js";
import { between, compareTable, folded } from "./parts.js";

/**
 * The longest bar of each scenario. Those of one organisation have one scale; others would make the
 * bars of a small one vanish, or put different currencies on one axis.
 * @param {BudgetLine[]} lines  of the budgets, each with its `amounts` by scenario
 * @param {{currency: string}[]} cards  of the scenarios, each with its `currency`
 * @returns {{most: number[], several: boolean}}  `several`: not all have one scale
 */
export function scalesOf(lines, cards) {
  const sizes = cards.map(
    ({ currency }, index) =>
      `${currency} ${lines.reduce((sum, line) => sum + line.amounts[index].today, 0)}`,
  );
  const amountsOf = (size) =>
    lines.flatMap((line) => line.amounts.filter((_amount, index) => sizes[index] === size));
  const longest = (size) =>
    Math.max(...amountsOf(size).flatMap((amount) => [amount.today, amount.plan]));
  return { most: sizes.map(longest), several: new Set(sizes).size > 1 };
}

/** The table of budgets. @param {Ctx} ctx */
export function createBudgets(ctx) {
  const content = h("div", {});
  const scaled = h("span", {}, _("Bars have a scale of their own for each organisation."));
  return {
    node: folded(
      "compare-budgets",
      _("Budgets side by side"),
      h(
        "p",
        { class: "compare-legend" },
        h("span", { class: "compare-money today" }),
        _("today"),
        h("span", { class: "compare-money plan" }),
        _("with the plan, in the last month"),
      ),
      h("p", { class: "note" }, _("Money a year."), " ", scaled),
      content,
    ),
    update({ budgets, cards }, marks) {
      const { most, several } = scalesOf(budgets, cards);
      scaled.hidden = !several;
      const rows = (isSource) =>
        budgets
          .filter((line) => line.source === isSource)
          .map((line) => createRow(ctx, line, most, marks));
      const body = (isSource, heading) => h("tbody", {}, between(heading, marks), rows(isSource));
      fill(
        content,
        compareTable(_("Budgets"), marks, body(true, _("Taken from")), body(false, _("Put into"))),
      );
    },
  };
}

/** @param {Ctx} ctx @param {BudgetLine} line @param {number[]} most @param {Mark[]} marks */
function createRow(ctx, line, most, marks) {
  const help = helpOfBudget(line);
  return h(
    "tr",
    { "data-line": line.id },
    h("th", { scope: "row" }, line.label),
    line.amounts.map((amount, place) => {
      const { letter, name } = marks[place];
      return cell(amount, letter, most[place], (/** @type {HTMLElement} */ button) => {
        const { doc } = entries(ctx)[place];
        ctx.help(button, { ...help, compared: `${letter} ${name}`, doc });
      });
    }),
  );
}

function cell(amount, letter, most, ask) {
  const text =
    amount.today === amount.plan
      ? amount.today_text
      : _("{today} → {plan}", { today: amount.today_text, plan: amount.plan_text });
  return h(
    "td",
    { "data-letter": letter },
    h(
      "span",
      { class: "compare-bars-of", "aria-hidden": "true" },
      bar("today", amount.today, most),
      bar("plan", amount.plan, most),
    ),
    amountButton(text, ask),
  );
}

function bar(kind, money, most) {
  const node = h("span", { class: `compare-money ${kind}` });
  node.style.width = `${most > 0 ? (100 * money) / most : 0}%`;
  return node;
}

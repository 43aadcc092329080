// Tables of the Compare page: headline figures, budgets, what differs, what to know before.

import { LETTERS } from "./list.js";
import { between, compareTable, section } from "./parts.js";
import { fill, h, setAttribute } from "../kit/dom.js";
import { _, tied } from "../i18n/messages.js";

/** Headline figures, with what each is more than the first scenario's. */
export function createHeadline() {
  const place = h("div", {});
  const toggle = h("input", { type: "checkbox", "data-field": "compare-differences" });
  toggle.checked = true;
  toggle.addEventListener("change", () => setAttribute(place, "data-bare", !toggle.checked));

  function cell({ value, range, difference, difference_range: span }, index) {
    return h(
      "td",
      { "data-letter": LETTERS[index] },
      h("span", { class: "compare-figure" }, tied(value)),
      range ? h("span", { class: "compare-range-text" }, tied(range)) : null,
      difference
        ? h(
            "span",
            {
              class: "compare-difference",
              title: span ? _("8 of 10 cases: {range}", { range: tied(span) }) : null,
            },
            h("span", { class: "unseen" }, _("Difference from A:")),
            tied(difference),
          )
        : null,
    );
  }

  function row(one) {
    return h(
      "tr",
      { "data-figure": one.id },
      h(
        "th",
        { scope: "row" },
        one.label,
        one.unit ? h("span", { class: "note" }, ` ${one.unit}`) : null,
      ),
      one.cells.map(cell),
    );
  }

  return {
    node: section(
      "compare-headline",
      _("What each comes to"),
      h("p", { class: "lead-in" }, _("The middle of all cases, below it where 8 of 10 cases lie.")),
      h("label", { class: "check" }, toggle, h("span", {}, _("Show differences from A"))),
      place,
    ),
    update(answer, names) {
      const [whole, last] = [false, true].map((atEnd) =>
        answer.headline.filter((one) => one.at_end === atEnd).map(row),
      );
      fill(
        place,
        compareTable(
          _("Headline figures"),
          names,
          h("tbody", {}, whole),
          h("tbody", {}, between(_("In the last month, with the plan"), names), last),
        ),
      );
    },
  };
}

/** Budgets side by side: today, and with the plan. */
export function createBudgets() {
  const place = h("div", {});
  const scaled = h("span", {}, _("Bars have a scale of their own for each organisation."));

  function bar(kind, money, most) {
    const node = h("span", { class: `compare-money ${kind}` });
    node.style.width = `${most > 0 ? (100 * money) / most : 0}%`;
    return node;
  }

  function cell(amount, index, most) {
    const same = amount.today === amount.plan;
    return h(
      "td",
      { "data-letter": LETTERS[index] },
      h(
        "span",
        { class: "compare-bars-of", "aria-hidden": "true" },
        bar("today", amount.today, most),
        bar("plan", amount.plan, most),
      ),
      h(
        "span",
        {},
        same
          ? amount.today_text
          : _("{today} → {plan}", { today: amount.today_text, plan: amount.plan_text }),
      ),
    );
  }

  /**
   * The longest bar of each scenario. Those of one organisation have one scale; others would make
   * the bars of a small one vanish, or put different currencies on one axis.
   */
  function scales(lines, cards) {
    const sizes = cards.map(
      ({ currency }, index) =>
        `${currency} ${lines.reduce((sum, line) => sum + line.amounts[index].today, 0)}`,
    );
    const longest = (size) =>
      Math.max(
        ...lines.flatMap((line) =>
          line.amounts
            .filter((one, index) => sizes[index] === size)
            .flatMap((one) => [one.today, one.plan]),
        ),
      );
    return { most: sizes.map(longest), several: new Set(sizes).size > 1 };
  }

  return {
    node: section(
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
      place,
    ),
    update(answer, names) {
      const { most, several } = scales(answer.budgets, answer.cards);
      scaled.hidden = !several;
      const part = (source, heading) =>
        h(
          "tbody",
          {},
          between(heading, names),
          answer.budgets
            .filter((line) => line.source === source)
            .map((line) =>
              h(
                "tr",
                { "data-line": line.id },
                h("th", { scope: "row" }, line.label),
                line.amounts.map((amount, index) => cell(amount, index, most[index])),
              ),
            ),
        );
      fill(
        place,
        compareTable(_("Budgets"), names, part(true, _("Taken from")), part(false, _("Put into"))),
      );
    },
  };
}

/** What differs in levers, organisation and assumptions, and nothing else. */
export function createDiffering() {
  const place = h("div", {});

  function row({ path, label, unit, values }) {
    return h(
      "tr",
      { "data-path": path },
      h("th", { scope: "row" }, label, unit ? h("span", { class: "note" }, ` ${unit}`) : null),
      values.map((value, index) =>
        h("td", { "data-same": index > 0 && value === values[0] }, tied(value)),
      ),
    );
  }

  return {
    node: section("compare-differing", _("What differs"), place),
    update(answer, names) {
      if (!answer.differing.length) {
        fill(place, h("p", {}, _("Nothing: levers, organisations and assumptions are the same.")));
        return;
      }
      const groups = answer.differing.map((group) =>
        h("tbody", { "data-group": group.id }, between(group.label, names), group.rows.map(row)),
      );
      fill(place, compareTable(_("What differs"), names, groups));
    },
  };
}

/** What is to be known before comparing. */
export function createCaveats() {
  const list = h("ul", {});
  const node = section("compare-caveats", _("To know before comparing"), list);
  return {
    node,
    update(answer) {
      node.hidden = !answer.caveats.length;
      fill(
        list,
        ...answer.caveats.map((one) =>
          h(
            "li",
            { "data-caveat": one.kind },
            h("span", {}, one.text),
            " ",
            h("span", { class: "note" }, one.detail),
          ),
        ),
      );
    },
  };
}

// Tables of the Compare page: headline figures, what differs, what to know before.

import { _, tied } from "../i18n/messages.js";
import { amountButton } from "../kit/amounts.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { tellCounted } from "./counted.js";
import { helpOf, helpOfDiffering } from "./helps.js";
import { entries } from "./list.js";
import { between, compareTable, folded, section } from "./parts.js";

/** @typedef {import("./counted.js").Question} Question */

/** Headline figures, with what each is more than the first scenario's. @param {Ctx} ctx */
export function createHeadline(ctx) {
  const content = h("div", {});
  const first = h("span", {});
  const toggle = h("input", { type: "checkbox", "data-field": "compare-differences" });
  toggle.checked = true;
  toggle.addEventListener("change", () => setAttribute(content, "data-bare", !toggle.checked));
  return {
    node: folded(
      "compare-headline",
      _("What each comes to"),
      h(
        "p",
        { class: "lead-in" },
        _("The middle of all cases, with the range in which 8 of 10 lie."),
      ),
      h("label", { class: "check" }, toggle, first),
      content,
    ),
    update({ headline }, marks, question) {
      setText(first, _("Show differences from {letter}", { letter: marks[0].letter }));
      const [whole, last] = [false, true].map((atEnd) =>
        headline
          .filter((figure) => figure.at_end === atEnd)
          .map((figure) => figureRow(ctx, figure, marks, question)),
      );
      fill(
        content,
        compareTable(
          _("Headline figures"),
          marks,
          h("tbody", {}, whole),
          h("tbody", {}, between(_("In the last month, with the plan"), marks), last),
        ),
      );
    },
  };
}

/**
 * @param {Ctx} ctx
 * @param {any} figure
 * @param {Mark[]} marks
 * @param {Question} question  that it is the answer to
 */
function figureRow(ctx, figure, marks, question) {
  const { id, label, unit, cells } = figure;
  const help = helpOf(ctx, figure);
  /** What it is, and how it came about in one of them. @param {number} place */
  const asks = (place) => (/** @type {HTMLElement} */ button) =>
    help && ctx.help(button, { ...help, compared: compared(marks[place]), doc: docAt(ctx, place) });
  /** By how much that is more than the first one's. @param {number} place */
  const asksDifference = (place) => (/** @type {HTMLElement} */ button) =>
    tellCounted(ctx, button, lessFirst(figure, marks, place), question, {
      of: "figure",
      scenario: place,
      figure: id,
    });
  return h(
    "tr",
    { "data-figure": id },
    rowHeading(help ? asked("compare-asks", asks(0), label) : label, unit),
    cells.map((cell, place) => figureCell(cell, marks, place, asks(place), asksDifference(place))),
  );
}

/** @param {Ctx} ctx @param {number} place */
const docAt = (ctx, place) => entries(ctx)[place].doc;

/** Whose number it is. @param {Mark} mark */
const compared = ({ letter, name }) => `${letter} ${name}`;

/**
 * Something that says what it is to whoever asks.
 * @param {string} kind
 * @param {(button: HTMLElement) => void} ask
 * @param {...Child} content
 */
function asked(kind, ask, ...content) {
  const button = h("button", { type: "button", class: kind, "aria-haspopup": "dialog" }, content);
  button.addEventListener("click", () => ask(button));
  return button;
}

/** How a difference from the first scenario's figure came about. */
function lessFirst({ label, cells }, marks, place) {
  const [first, second] = [marks[0].letter, marks[place].letter];
  const { value, difference, difference_range: range } = cells[place];
  const lines = [
    [compared(marks[place]), value],
    [compared(marks[0]), cells[0].value],
    [_("{second} less {first}", { second, first }), difference],
    ...(range ? [[_("Eight of ten cases"), range]] : []),
  ].map((line) => line.map(tied));
  const note = _(
    "Both are worked out in the same cases. The difference is that of the figures as they are shown; its range is that of the differences, case by case.",
  );
  return {
    title: _("{second} less {first}", { second, first }),
    text: label,
    how: /** @type {any} */ ({ lines, note, assumptions: [], rests: null }),
  };
}

function figureCell(cell, marks, place, ask, askDifference) {
  const { value, range, difference, difference_range: span } = cell;
  const title = span ? _("8 of 10 cases: {range}", { range: tied(span) }) : null;
  return h(
    "td",
    { "data-letter": marks[place].letter },
    asked(
      "amount",
      ask,
      h("span", { class: "compare-figure" }, tied(value)),
      range ? h("span", { class: "compare-range-text" }, tied(range)) : null,
    ),
    difference
      ? h(
          "span",
          { class: "compare-difference", title },
          h(
            "span",
            { class: "unseen" },
            _("Difference from {letter}:", { letter: marks[0].letter }),
          ),
          amountButton(difference, askDifference),
        )
      : null,
  );
}

function rowHeading(label, unit) {
  return h("th", { scope: "row" }, label, unit ? h("span", { class: "note" }, ` ${unit}`) : null);
}

/** What differs in levers, organisation and assumptions, and nothing else. @param {Ctx} ctx */
export function createDiffering(ctx) {
  const content = h("div", {});

  function row({ path, label, unit, values }, marks) {
    const help = helpOfDiffering(ctx, { path, label });
    /** @param {number} place */
    const asks = (place) => (/** @type {HTMLElement} */ button) =>
      ctx.help(button, { ...help, compared: compared(marks[place]), doc: docAt(ctx, place) });
    return h(
      "tr",
      { "data-path": path },
      rowHeading(asked("compare-asks", asks(0), label), unit),
      values.map((value, place) =>
        h(
          "td",
          { "data-same": place > 0 && value === values[0] },
          amountButton(value, asks(place)),
        ),
      ),
    );
  }

  return {
    node: folded("compare-differing", _("What differs"), content),
    update({ differing }, marks) {
      if (!differing.length) {
        fill(
          content,
          h("p", {}, _("Nothing: levers, organisations and assumptions are the same.")),
        );
        return;
      }
      const bodies = differing.map((group) =>
        h(
          "tbody",
          { "data-group": group.id },
          between(group.label, marks),
          group.rows.map((one) => row(one, marks)),
        ),
      );
      fill(content, compareTable(_("What differs"), marks, bodies));
    },
  };
}

/** What is to be known before comparing. */
export function createCaveats() {
  const list = h("ul", {});
  const node = section("compare-caveats", _("To know before comparing"), list);
  const item = ({ kind, text, detail }) =>
    h(
      "li",
      { "data-caveat": kind },
      h("span", {}, text),
      " ",
      h("span", { class: "note" }, detail),
    );
  return {
    node,
    update({ caveats }) {
      node.hidden = !caveats.length;
      fill(list, ...caveats.map(item));
    },
  };
}

// The question: what is better, what may move, and what has to hold.

import { _ } from "../i18n/messages.js";
import { complaint, read } from "../i18n/numbers.js";
import { h, newId, setText } from "../kit/dom.js";
import { createLockedLines } from "./locked.js";

/** What is asked at first: that which most people mean. */
const USUAL = "mean";

/**
 * @param {Pick<Ctx, "store">} ctx
 * @param {BestForm} form  what can be asked
 * @param {() => void} ask  called when the question is put
 */
export function createForm(ctx, form, ask) {
  const { store } = ctx;
  const currency = () => store.state.doc.organisation.currency;
  const aim = createAim(form, currency);
  const groups = form.groups.map(({ id, label, paths }) => {
    const box = h("input", { type: "checkbox", name: id, checked: true });
    return { box, paths, node: h("label", { class: "check" }, box, ` ${label}`) };
  });
  const bounds = boundsOf(form, currency);
  const line = createLine(form, currency);
  const complaints = h("p", { class: "best-complaint", role: "alert" });

  /** The question as it stands, or null where something in it is none. @returns {BestQuestion | null} */
  function question() {
    const { locked } = store.state;
    const moves = groups
      .filter(({ box }) => box.checked)
      .flatMap(({ paths }) => paths)
      .filter((path) => !locked.includes(path));
    const values = [...bounds, line].map((bound) => ({ bound, reading: bound.reading() }));
    const target = aim.target();
    const isWrong = values.some(({ reading }) => reading === undefined) || target === undefined;
    setText(complaints, moves.length ? "" : _("Nothing may move: tick what may."));
    if (isWrong || !moves.length) return null;
    return {
      objective: aim.objective(),
      target: target ?? null,
      moves,
      limits: values.flatMap(({ bound, reading }) =>
        typeof reading === "number" ? [bound.limit(reading)] : [],
      ),
    };
  }

  const locked = createLockedLines(ctx, form.lines);
  locked.update(store.state);
  const node = h(
    "form",
    {
      class: "best-form",
      onsubmit: (event) => {
        event.preventDefault();
        ask();
      },
    },
    aim.node,
    h(
      "fieldset",
      {},
      h("legend", {}, _("What may move?")),
      groups.map((group) => group.node),
      locked.node,
    ),
    h(
      "fieldset",
      { class: "best-limits" },
      h("legend", {}, _("What has to hold? Leave empty what need not.")),
      bounds.map((bound) => bound.node),
      line.node,
    ),
    complaints,
  );
  return { node, question, update: locked.update };
}

/**
 * What is best, and where that takes one the value to be reached.
 * @param {BestForm} form
 * @param {() => string} currency
 */
function createAim(form, currency) {
  const target = createNumber(_("The value to be reached"), "target", () => ({
    scaled: true,
    currency: currency(),
  }));
  const objective = h(
    "select",
    { name: "objective", onchange: follow },
    form.objectives.map(({ id, label }) =>
      h("option", { value: id, selected: id === USUAL }, label),
    ),
  );

  function follow() {
    const chosen = form.objectives.find(({ id }) => id === objective.value);
    target.node.hidden = !chosen?.has_target;
  }
  follow();

  const label = _("What is best?");
  return {
    node: h(
      "fieldset",
      {},
      h("legend", {}, label),
      h("label", { class: "best-objective" }, h("span", { class: "unseen" }, label), objective),
      target.node,
    ),
    objective: () => objective.value,
    /** The value to be reached: null where none is asked for, undefined where it is none. */
    target() {
      if (target.node.hidden) return null;
      const value = target.reading();
      if (value === null) target.complain(_("Say which value is to be reached."));
      return value ?? undefined;
    },
  };
}

/** @param {BestForm} form @param {() => string} currency */
function boundsOf(form, currency) {
  const share = () => ({ percent: true, min: 0, max: 1 });
  const money = () => ({ scaled: true, currency: currency(), min: 0 });
  /** @type {[string, string, () => object, (amount: number) => BestLimit][]} */
  const rows = [
    [
      "service_quality",
      _("{quality} after a year, at least, %", { quality: form.quality }),
      share,
      (amount) => ({ subject: "service_quality", at_most: false, amount, month: 12 }),
    ],
    [
      "hours",
      _("Hours of involvement a year, at most"),
      () => ({ scaled: true, min: 0 }),
      (amount) => ({ subject: "hours", at_most: true, amount }),
    ],
    [
      "first_year_loss",
      _("Loss in the first year, at most"),
      money,
      (amount) => ({ subject: "first_year_loss", at_most: true, amount }),
    ],
    [
      "changes",
      _("Changes, at most"),
      () => ({ min: 0, max: 30, whole: true }),
      (amount) => ({ subject: "changes", at_most: true, amount }),
    ],
  ];
  return rows.map(([name, label, kind, limit]) => ({
    ...createNumber(label, name, kind),
    limit,
  }));
}

/** A bound on a line of the budget. @param {BestForm} form @param {() => string} currency */
function createLine(form, currency) {
  const line = h(
    "select",
    { name: "line", "aria-label": _("Line of the budget") },
    form.lines.map(({ id, label }) => h("option", { value: id }, label)),
  );
  const side = h(
    "select",
    { name: "side", "aria-label": _("At least or at most") },
    h("option", { value: "least" }, _("at least")),
    h("option", { value: "most" }, _("at most")),
  );
  const number = createNumber(_("a year, in the end"), "line-amount", () => ({
    scaled: true,
    currency: currency(),
    min: 0,
  }));
  return {
    ...number,
    node: h("div", { class: "best-line" }, line, side, number.node),
    /** @param {number} amount @returns {BestLimit} */
    limit: (amount) => ({ subject: line.value, at_most: side.value === "most", amount }),
  };
}

/**
 * A field for a number, which may be empty.
 * @param {string} label
 * @param {string} name
 * @param {() => object} kind  how it takes numbers
 */
function createNumber(label, name, kind) {
  const id = newId();
  const input = h("input", {
    id,
    type: "text",
    name,
    class: "number",
    placeholder: " ", // tells the print style that it is empty
    inputmode: "decimal",
    autocomplete: "off",
    "aria-describedby": `${id}-wrong`,
    oninput: () => complain(""),
  });
  const wrong = h("span", { class: "field-error", id: `${id}-wrong` });

  /** @param {string} text */
  function complain(text) {
    setText(wrong, text);
    input.setAttribute("aria-invalid", String(text !== ""));
  }

  return {
    node: h("div", { class: "best-number" }, h("label", { for: id }, label), input, wrong),
    complain,
    /** What is written: null for nothing, undefined where that is no number. */
    reading() {
      if (!input.value.trim()) return null;
      const { value, fault } = read(input.value, kind());
      complain(fault ? complaint(fault, kind()) : "");
      return fault ? undefined : value;
    },
  };
}

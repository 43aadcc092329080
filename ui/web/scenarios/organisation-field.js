// A field of the organisation's editor: what is written, what is wrong with it, and what is typical.

import { CURRENCIES, currencyCode, currencyName } from "../i18n/currencies.js";
import { _, fmt, ngettext } from "../i18n/messages.js";
import { choiceTexts, complaint, read, shown, written } from "../i18n/numbers.js";
import { saysNothing, takeCells } from "../kit/cells.js";
import { createComplaint } from "../kit/complaint.js";
import { h, newId, setText } from "../kit/dom.js";
import { gradeBadge } from "../kit/grade.js";

const isNumeric = ({ kind }) => ["number", "share", "money"].includes(kind);

/**
 * How a field takes numbers.
 * @param {Field} field
 * @param {string} currency  of the organisation
 * @returns {import("../i18n/numbers.js").Kind}
 */
function kindOf({ kind, unit, min, max, whole, counted, hints = [] }, currency) {
  const isMoney = kind === "money";
  return {
    percent: kind === "share",
    scaled: isMoney || (kind === "number" && !unit), // amounts and heads
    currency: isMoney ? currency : null,
    unit: (unit ?? "").replace("{currency}", currency),
    min,
    max,
    whole,
    counted,
    usual: kind === "share" && hints.length ? [hints[0].low, hints[0].high] : undefined,
  };
}

/** The value that is written, or undefined where that is not allowed. */
export function parseField(field, text, currency = "") {
  if (field.optional && (!text.trim() || saysNothing(text))) return null;
  if (isNumeric(field)) {
    const reading = read(text, kindOf(field, currency));
    return reading.fault ? undefined : reading.value;
  }
  const value = spelled(field, text);
  const chosen = field.choices?.find(({ label }) => label.toLowerCase() === value.toLowerCase());
  if (chosen) return chosen.id;
  if (!value || [...value].length > (field.longest ?? Infinity)) return undefined;
  return field.pattern && !new RegExp(field.pattern).test(value) ? undefined : value;
}

/** What is written as the server takes it: codes, and a noun's two forms, in one spelling. */
function spelled({ kind }, text) {
  if (kind === "currency") return currencyCode(text);
  return kind === "noun" ? text.trim().replace(/\s*\/\s*/g, " / ") : text.trim();
}

/** Why what is written is not allowed. */
export function complaintOf(field, text, currency = "") {
  if (field.kind === "currency") return _("Allowed: three letters, such as EUR.");
  if (field.kind === "noun") return _("Allowed: one from the list, or two with a slash between.");
  if (!isNumeric(field)) {
    return _("Allowed: text of at most {number} characters.", { number: field.longest });
  }
  const kind = kindOf(field, currency);
  const wrong = read(text, kind).fault;
  return wrong ? complaint(wrong, kind) : "";
}

/**
 * What is to be known of a value that means something else than it seems; empty for others.
 * @param {Pick<Field, "caution">} field
 * @param {any} value
 */
export function cautionOf({ caution }, value) {
  return caution && typeof value === "number" && value < caution.below ? caution.text : "";
}

/**
 * One field of the editor.
 * @param {Field} field  as the server describes it
 * @param {string | number} initial  its value
 * @param {{draft: (path: string) => any, edited: (value: any) => void, pasted: import("../kit/cells.js").TakeCells}} ways
 *   `draft(path)`: a value of the draft; `edited(value)`: called with another value of this one,
 *   undefined where what is written is none; `pasted`: several were pasted
 * @returns {FieldPart}  `node`; `follow()`: other values of the draft changed; `blame(text)`: the
 *   server complains; `complain()`: tell what is wrong; `isWrong()`: whether that is told;
 *   `doubt(text)`: it hardly goes together with others; `write(text)`: as if it had been typed; `focus()`
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one text: what is written, what it means and who complains of it are told together
export function createField(field, initial, { draft, edited, pasted }) {
  const numeric = isNumeric(field);
  const currency = () => draft("organisation.currency") ?? "";
  const [inputId, helpId] = [newId(), newId()];
  const asText = (value) => textOf(field, value);
  let value = initial;
  /** @type {string | null} */
  let blamed = null; // what the server complains of
  let doubts = ""; // what it hardly goes together with
  let isUnlike = false; // written in another way than the page does

  const options = field.kind === "currency" ? currencies() : choicesOf(field);
  const input = createInput(field, { id: inputId, list: options?.id, text: asText(initial) });
  const unit = h("span", { class: "field-unit" });
  const error = createComplaint(input, helpId);
  const note = h("p", { class: "note" });
  const caution = h("p", { class: "field-caution", role: "status" });
  const hints = field.hints.map((hint) => createHint(hint, field, draft));
  const below = [error.node, caution, note, ...hints.map((hint) => hint.node)];
  const node = layOut(field, { input, helpId, box: [input, options, unit], below });

  const reading = () => read(input.value, kindOf(field, currency()));

  function complain() {
    if (value !== undefined) {
      error.say(blamed ?? "");
      return;
    }
    const text = complaintOf(field, input.value, currency());
    const choices = numeric ? choiceTexts(reading(), kindOf(field, currency())) : [];
    if (!choices.length) error.say(text);
    else
      error.ask(text, choices, (choice) => {
        write(choice);
        input.focus();
      });
  }

  function take() {
    value = parseField(field, input.value, currency());
    blamed = null;
    if (value !== undefined) complain(); // a mistake is told when the field is left, not before
    edited(value);
  }

  /** What is written is shown as the page writes it. */
  function settle() {
    isUnlike = numeric && reading().unlike;
    if (value !== undefined && value !== "") input.value = asText(value);
    complain();
    tellNote();
  }

  /** @param {string} text */
  function write(text) {
    input.value = text;
    take();
    settle();
  }

  function tellNote() {
    const told = value === undefined ? [] : [cautionOf(field, value), doubts]; // of a value that is one
    setText(caution, told.filter(Boolean).join("\n"));
    const meaning = value === null ? field.drawn : meaningOf(field, value);
    setText(note, isUnlike && value ? _("Read as {value}.", { value: asText(value) }) : meaning);
  }

  input.addEventListener("input", () => {
    isUnlike = false;
    take();
  });
  input.addEventListener("change", settle);
  takeCells(input, pasted);
  complain();

  return {
    node,
    names: field.names,
    counted: field.counted,
    takesNumbers: numeric,
    takesNothing: Boolean(field.optional),
    complain,
    write,
    isWrong: error.isShown,
    follow() {
      if (numeric) setText(unit, (field.unit ?? "").replace("{currency}", currency() || "…"));
      tellNote();
      for (const hint of hints) hint.follow();
    },
    blame(text) {
      blamed = text;
      if (value !== undefined) complain();
    },
    /** Say what it hardly goes together with; shown by what follows. @param {string} text */
    doubt(text) {
      doubts = text;
    },
    focus() {
      input.focus();
      input.select();
    },
  };
}

/** What a value says in other words, where that helps. */
function meaningOf(field, value) {
  if (value === undefined) return "";
  if (field.path === "horizon_months") {
    const years = Number((value / 12).toFixed(1));
    return ngettext("{years} year", "{years} years", years, { years: fmt.number(years, 1) });
  }
  return field.kind === "currency" ? currencyName(value) : "";
}

function currencies() {
  return h(
    "datalist",
    { id: newId() },
    CURRENCIES.map((code) => h("option", { value: code }, currencyName(code))),
  );
}

/** A value as the page writes it. @param {Field} field */
function textOf(field, value) {
  if (value === null) return "";
  if (isNumeric(field)) return written(value, field.kind === "share");
  return field.choices?.find(({ id }) => id === value)?.label ?? String(value);
}

/**
 * @param {Field} field
 * @param {{input: HTMLElement, helpId: string, box: (HTMLElement | null)[], below: HTMLElement[]}} parts
 *   `box`: what stands in one line; `below`: what is told about it
 */
function layOut(field, { input, helpId, box, below }) {
  return h(
    "div",
    { class: "organisation-field", "data-kind": field.kind, "data-optional": field.optional },
    h("label", { for: input.id }, field.label),
    h("p", { class: "note", id: helpId }, field.help),
    h("div", { class: "field-box" }, box),
    h("div", { class: "organisation-below" }, below),
  );
}

/**
 * What is written into.
 * @param {Field} field
 * @param {{id: string, list: string | undefined, text: string}} at  `list`: id of what can be chosen
 */
function createInput(field, { id, list, text }) {
  const numeric = isNumeric(field);
  return h("input", {
    id,
    type: "text",
    inputmode: numeric ? "decimal" : null,
    list,
    autocomplete: "off",
    spellcheck: "false",
    class: numeric ? "number" : null,
    placeholder: field.optional ? _("we don't know") : null,
    "data-field": field.path,
    value: text,
  });
}

/** What a text can be chosen from; null where it is free. @param {Field} field */
function choicesOf({ kind, choices }) {
  if (kind !== "noun" || !choices?.length) return null;
  return h(
    "datalist",
    { id: newId() },
    choices.map(({ label }) => h("option", { value: label })),
  );
}

/** What is typical, as published and as an amount for this organisation. */
function createHint(hint, field, draft) {
  const here = h("strong", {});
  const source = hint.address
    ? h(
        "a",
        {
          href: hint.address,
          target: "_blank",
          rel: "noopener noreferrer",
          title: hint.reported,
        },
        hint.source,
      )
    : h("span", { title: hint.reported }, hint.source);
  const node = h(
    "p",
    { class: "hint" },
    h("span", {}, hint.text),
    here,
    h("span", { class: "hint-source" }, gradeBadge(hint.grade), source),
  );

  function follow() {
    const amounts = amountsHere(hint, draft);
    here.hidden = !amounts;
    if (!amounts) return;
    const currency = draft("organisation.currency");
    const [low, high] = amounts.map((amount) =>
      field.kind === "money" ? fmt.money(amount, currency) : shown(amount, field.kind === "share"),
    );
    setText(here, _("here {low} to {high}", { low, high }));
  }

  return { node, follow };
}

/** Low and high of what is typical for this organisation; null where that is not known. */
export function amountsHere(hint, draft) {
  const factors = hint.per.map(draft);
  const currency = draft("organisation.currency");
  const holds = hint.currency === null || hint.currency === currency;
  const known = factors.length > 0 && factors.every((factor) => factor !== undefined);
  if (!known || !holds || !currency) return null;
  return [hint.low, hint.high].map((end) =>
    factors.reduce((product, factor) => product * factor, end),
  );
}

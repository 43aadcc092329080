// A field of the organisation's editor: what is written, what is wrong with it, and what is typical.

import { _, fmt, language, ngettext } from "../i18n/messages.js";
import { example, fault, read, shown, written } from "../i18n/numbers.js";
import { h, newId, setAttribute, setText } from "../kit/dom.js";
import { gradeBadge } from "../kit/grade.js";

const CURRENCIES = (
  "EUR DKK USD GBP CHF SEK NOK ISK PLN CZK HUF RON BGN TRY " +
  "UAH AUD NZD CAD JPY CNY HKD SGD KRW INR ILS ZAR BRL MXN"
).split(" ");

/** How a field is written and read. */
function formatOf(field) {
  const numeric = ["number", "share", "money"].includes(field.kind);
  return {
    numeric,
    percent: field.kind === "share",
    scaled: field.kind === "money" || (numeric && !field.unit), // amounts and heads
  };
}

/** The value that is written, or undefined where that is not allowed. */
export function parseField(field, text) {
  const { numeric, percent, scaled } = formatOf(field);
  if (field.optional && !text.trim()) return null;
  if (numeric) {
    const number = read(text.trim(), percent, scaled);
    return fault(number, field) ? undefined : number;
  }
  const value = field.kind === "currency" ? text.trim().toUpperCase() : text.trim();
  const chosen = field.choices?.find(({ label }) => label.toLowerCase() === value.toLowerCase());
  if (chosen) return chosen.id;
  if (!value || [...value].length > (field.longest ?? Infinity)) return undefined;
  return field.pattern && !new RegExp(field.pattern).test(value) ? undefined : value;
}

/** Why what is written is not allowed. */
export function complaintOf(field, text) {
  const { numeric, percent, scaled } = formatOf(field);
  if (field.kind === "currency") return _("Allowed: three letters, such as EUR.");
  if (field.kind === "noun") return _("Allowed: one from the list, or two with a slash between.");
  if (!numeric) {
    return _("Allowed: text of at most {number} characters.", { number: field.longest });
  }
  const allowed = { low: shown(field.min, percent), high: shown(field.max, percent) };
  const limits = _("{low} to {high}", allowed);
  return {
    none: scaled
      ? _("This is no number. Allowed: {limits}, written in full or as {example}.", {
          limits,
          example: example(),
        })
      : _("This is no number. Allowed: {limits}.", { limits }),
    low: _("Too low. Allowed: {limits}.", { limits }),
    high: _("Too high. Allowed: {limits}.", { limits }),
    part: _("This is no whole number. Allowed: {limits}.", { limits }),
  }[fault(read(text, percent, scaled), field)];
}

/**
 * One field of the editor.
 * @param {Field} field  as the server describes it
 * @param {string | number} initial  its value
 * @param {{draft: (path: string) => any, edited: (value: any) => void}} ways  `draft(path)`: a value of the draft; `edited(value)`: called with another
 *   value of this one, undefined where what is written is none
 * @returns {FieldPart}  `node`; `follow()`: other values of the draft changed; `blame(text)`: the
 *   server complains; `complain()`: tell what is wrong; `isWrong()`: whether that is told;
 *   `focus()`
 */
export function createField(field, initial, { draft, edited }) {
  const { numeric, percent } = formatOf(field);
  const [inputId, helpId, errorId] = [newId(), newId(), newId()];
  const asText = (value) => {
    if (value === null) return "";
    const chosen = field.choices?.find(({ id }) => id === value);
    return numeric ? written(value, percent) : (chosen?.label ?? String(value));
  };
  let value = initial;
  /** @type {string | null} */
  let blamed = null; // what the server complains of

  const options = field.kind === "currency" ? currencies() : choicesOf(field);
  const input = h("input", {
    id: inputId,
    type: "text",
    inputmode: numeric ? "decimal" : null,
    list: options?.id,
    maxlength: field.kind === "currency" ? 3 : null,
    autocomplete: "off",
    spellcheck: "false",
    class: numeric ? "number" : null,
    placeholder: field.optional ? _("we don't know") : null,
    "data-field": field.path,
    value: asText(initial),
  });
  const unit = h("span", { class: "field-unit" });
  const error = h("p", { class: "field-error", id: errorId, role: "alert" });
  const note = h("p", { class: "note" });
  const hints = field.hints.map((hint) => createHint(hint, field, draft));
  const node = h(
    "div",
    { class: "organisation-field", "data-kind": field.kind, "data-optional": field.optional },
    h("label", { for: inputId }, field.label),
    h("p", { class: "note", id: helpId }, field.help),
    h("div", { class: "field-box" }, input, options, unit),
    h(
      "div",
      { class: "organisation-below" },
      error,
      note,
      hints.map((hint) => hint.node),
    ),
  );

  function complain() {
    const text = value === undefined ? complaintOf(field, input.value) : blamed;
    setText(error, text ?? "");
    setAttribute(input, "aria-invalid", text ? "true" : null);
    setAttribute(input, "aria-describedby", text ? `${errorId} ${helpId}` : helpId);
  }

  input.addEventListener("input", () => {
    value = parseField(field, input.value);
    blamed = null;
    if (value !== undefined) complain(); // a mistake is told when the field is left, not before
    edited(value);
  });
  input.addEventListener("change", () => {
    if (value !== undefined && value !== "") input.value = asText(value);
    complain();
  });
  complain();

  return {
    node,
    complain,
    isWrong: () => error.textContent !== "",
    follow() {
      const currency = draft("organisation.currency") ?? "…";
      if (numeric) setText(unit, (field.unit ?? "").replace("{currency}", currency));
      setText(note, value === null ? field.drawn : meaningOf(field, value));
      for (const hint of hints) hint.follow();
    },
    blame(text) {
      blamed = text;
      if (value !== undefined) complain();
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
  if (field.kind !== "currency") return "";
  try {
    return (
      new Intl.DisplayNames(language(), { type: "currency", fallback: "none" }).of(value) ?? ""
    );
  } catch {
    return "";
  }
}

function currencies() {
  const names = new Intl.DisplayNames(language(), { type: "currency" });
  return h(
    "datalist",
    { id: newId() },
    CURRENCIES.map((code) => h("option", { value: code }, names.of(code))),
  );
}

/** What a text can be chosen from; null where it is free. @param {Field} field */
function choicesOf({ choices }) {
  if (!choices?.length) return null;
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

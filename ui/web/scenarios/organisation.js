// The editor of the organisation's own numbers. Nothing changes before "Apply", which is one step.

import { openDialog, toast } from "../kit/dialog.js";
import { h, newId, setAttribute, setText } from "../kit/dom.js";
import { gradeBadge } from "../kit/grade.js";
import { requestError } from "../server/http.js";
import { at, same, withValues } from "../state/document.js";
import { _, fmt, language, ngettext } from "../i18n/messages.js";
import { example, fault, read, shown, written } from "../i18n/numbers.js";

const CHECK_MS = 200;
const NO_WORDS = { story: "", description: "", notes: "", author: "", date: null };
const CURRENCIES = (
  "EUR DKK USD GBP CHF SEK NOK ISK PLN CZK HUF RON BGN TRY " +
  "UAH AUD NZD CAD JPY CNY HKD SGD KRW INR ILS ZAR BRL MXN"
).split(" ");

/**
 * Open the editor.
 * @param {object} ctx  as every part of the board gets it
 */
export function openOrganisation(ctx) {
  const { start, store, board } = ctx;
  const original = store.state.doc;
  const draft = new Map(); // by path: the value, or undefined where what is written is none
  const fields = new Map();
  let verdict = null; // what the server says about the draft as it stands: a list of problems
  let asking = null; // the question under way, and the one that waits
  let timer = null;

  const groups = start.fields.map((group) => {
    const id = newId();
    const error = h("p", { class: "field-error" });
    const members = group.fields.map((field) => {
      const made = createField(field, at(original, field.path), drafted);
      fields.set(field.path, made);
      draft.set(field.path, at(original, field.path));
      made.node.addEventListener("draft", () => edited(field, made));
      return made.node;
    });
    const node = h(
      "section",
      { "aria-labelledby": id, "data-fields": group.id },
      h("h3", { id }, group.label),
      error,
      members,
    );
    return { node, error, label: group.label, paths: group.fields.map((field) => field.path) };
  });
  const general = h("p", { class: "field-error", role: "alert" });
  const count = h("p", { class: "organisation-count", role: "status" });
  const apply = h(
    "button",
    { type: "submit", class: "primary", "data-action": "apply" },
    _("Apply"),
  );
  const form = h(
    "form",
    { class: "organisation", novalidate: true },
    h(
      "p",
      { class: "lead-in" },
      _(
        "These numbers replace those of the loaded scenario, and the plan stays as it is. " +
          "Amounts are not converted when the currency changes.",
      ),
    ),
    h(
      "div",
      { class: "organisation-groups" },
      groups.map((group) => group.node),
    ),
    h(
      "footer",
      {},
      general,
      count,
      h(
        "button",
        { type: "button", "data-action": "cancel", onclick: () => dialog.close() },
        _("Cancel"),
      ),
      apply,
    ),
  );
  const dialog = openDialog(
    board,
    _("The organisation's own numbers"),
    { wide: true, name: "organisation", onclose: () => clearTimeout(timer) },
    form,
  );

  /** A value of the draft. */
  function drafted(path) {
    return draft.get(path);
  }

  function changes() {
    return Object.fromEntries(
      [...draft].filter(([path, value]) => value !== undefined && value !== at(original, path)),
    );
  }

  function valid() {
    return [...draft.values()].every((value) => value !== undefined);
  }

  function refresh() {
    for (const one of fields.values()) one.follow();
    tellCount();
  }

  /** How many fields are marked as wrong: a group that is wrong as a whole counts as one. */
  function tellCount() {
    const wrong = [...fields.values(), ...groups].filter(({ error }) => error.textContent).length;
    const text = ngettext("{number} field is wrong", "{number} fields are wrong", wrong);
    setText(count, wrong ? text : "");
  }

  /** Go to what is wrong first, in the order of the form; whether there is something. */
  function showFirstWrong() {
    for (const one of fields.values()) one.complain();
    tellCount();
    for (const { error, paths } of groups) {
      const members = paths.map((path) => fields.get(path));
      const wrong = members.find((one) => one.error.textContent);
      if (!wrong && !error.textContent) continue;
      (wrong ?? members[0]).focus();
      return true;
    }
    return false;
  }

  function edited(field, made) {
    draft.set(field.path, made.value);
    verdict = null;
    tell([]);
    clearTimeout(timer);
    if (valid()) timer = setTimeout(check, CHECK_MS);
    refresh();
  }

  /** Ask the server about the draft; it alone knows what goes together. */
  async function check() {
    clearTimeout(timer);
    const question = JSON.stringify(changes());
    if (asking?.question === question) return asking.answer;
    const answer = ask(withValues(original, changes()));
    asking = { question, answer };
    const problems = await answer;
    if (asking?.question !== question) return check();
    asking = null;
    verdict = problems;
    tell(problems ?? []);
    if (problems === null) {
      setText(general, _("The server does not answer, so nothing can be checked. Try again."));
    }
    refresh();
    return problems;
  }

  async function ask(doc) {
    try {
      return (await ctx.api.check(doc)).problems ?? [];
    } catch (error) {
      return requestError(error).problems;
    }
  }

  /** Put the server's problems beside what they are about. */
  function tell(problems) {
    const rest = [];
    for (const group of groups) setText(group.error, "");
    for (const one of fields.values()) one.blame(null);
    for (const problem of problems) {
      const text = _("Found {found}. Allowed: {allowed}.", problem);
      const group = groups.find(({ paths }) =>
        paths.some((path) => path.startsWith(`${problem.field}.`)),
      );
      if (fields.has(problem.field)) {
        fields.get(problem.field).blame(text);
        continue;
      }
      const own = group && problem.field !== "organisation";
      if (own) setText(group.error, text);
      // The group may be out of sight.
      rest.push(`${own ? group.label : problem.field}: ${text}`);
    }
    setText(general, rest.join("\n"));
    tellCount();
  }

  // A mistake is told when the field is left; then it counts.
  form.addEventListener("change", tellCount);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (showFirstWrong()) return;
    const made = changes();
    if (!Object.keys(made).length) {
      dialog.close();
      return;
    }
    const problems = verdict ?? (await check());
    if (problems === null || !dialog.node.open || showFirstWrong() || problems.length) return;
    const { base, doc } = store.state;
    // In both, so that resetting the levers does not bring the old organisation back.
    const { organisation, horizon_months } = withValues(original, made);
    const words = ownWords(start.presets, doc, organisation);
    store.commit({
      base: { ...base, ...words, organisation, horizon_months },
      doc: { ...doc, ...words, organisation, horizon_months },
    });
    dialog.close();
    toast(
      board,
      ngettext(
        "{number} number is changed. Undo brings the old one back.",
        "{number} numbers are changed. Undo brings the old ones back.",
        Object.keys(made).length,
      ),
    );
  });

  refresh();
}

/**
 * What a scenario says about itself with another organisation. A shipped one loses its name and its
 * texts, which are about the example; what somebody wrote about a scenario of their own stays.
 */
function ownWords(presets, doc, organisation) {
  if (same(doc.organisation, organisation)) return {};
  const shipped = presets.some((preset) =>
    // In a saved file the name goes on: "(changed)".
    [preset.doc.name, preset.name].some((name) => doc.name.startsWith(name)),
  );
  if (shipped) return { ...NO_WORDS, name: organisation.name };
  return doc.name === doc.organisation.name ? { name: organisation.name } : {};
}

/**
 * One field of the editor. It fires "draft" when its value changes, and has `value` (undefined for
 * what is not allowed), `follow()` (other values of the draft changed), `blame(text)`,
 * `complain()` (tell what is wrong, in `error`), `focus()`.
 */
function createField(field, initial, draft) {
  const numeric = ["number", "share", "money"].includes(field.kind);
  const percent = field.kind === "share";
  const scaled = field.kind === "money" || (numeric && !field.unit); // amounts and heads
  const [inputId, helpId, errorId] = [newId(), newId(), newId()];
  const asText = (value) => (numeric ? written(value, percent) : String(value));
  let value = initial;
  let blamed = null;

  const options = field.kind === "currency" ? currencies() : null;
  const input = h("input", {
    id: inputId,
    type: "text",
    inputmode: numeric ? "decimal" : null,
    list: options?.id,
    maxlength: field.kind === "currency" ? 3 : null,
    autocomplete: "off",
    spellcheck: "false",
    class: numeric ? "number" : null,
    "data-field": field.path,
    value: asText(initial),
  });
  const unit = h("span", { class: "field-unit" });
  const error = h("p", { class: "field-error", id: errorId, role: "alert" });
  const note = h("p", { class: "note" });
  const hints = field.hints.map((hint) => createHint(hint, field, draft));
  const node = h(
    "div",
    { class: "organisation-field", "data-kind": field.kind },
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

  function parsed() {
    const text = input.value.trim();
    if (numeric) {
      const number = read(text, percent, scaled);
      return fault(number, field) ? undefined : number;
    }
    const wanted = field.kind === "currency" ? text.toUpperCase() : text;
    if (!wanted || [...wanted].length > (field.longest ?? Infinity)) return undefined;
    return field.pattern && !new RegExp(field.pattern).test(wanted) ? undefined : wanted;
  }

  function complaint() {
    if (value !== undefined) return blamed;
    if (field.kind === "currency") return _("Allowed: three letters, such as EUR.");
    if (!numeric) {
      return _("Allowed: text of at most {number} characters.", { number: field.longest });
    }
    const allowed = { low: shown(field.min, percent), high: shown(field.max, percent) };
    const limits = field.exclusive
      ? _("above {low}, at most {high}", allowed)
      : _("{low} to {high}", allowed);
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
    }[fault(read(input.value, percent, scaled), field)];
  }

  function complain() {
    const text = complaint();
    setText(error, text ?? "");
    setAttribute(input, "aria-invalid", text ? "true" : null);
    setAttribute(input, "aria-describedby", text ? `${errorId} ${helpId}` : helpId);
  }

  input.addEventListener("input", () => {
    value = parsed();
    blamed = null;
    if (value !== undefined) complain(); // a mistake is told when the field is left, not before
    node.dispatchEvent(new CustomEvent("draft"));
  });
  input.addEventListener("change", () => {
    if (value !== undefined && value !== "") input.value = asText(value);
    complain();
  });
  complain();

  return {
    node,
    error,
    complain,
    get value() {
      return value;
    },
    follow() {
      const currency = draft("organisation.currency") ?? "…";
      if (numeric) setText(unit, field.unit.replace("{currency}", currency));
      setText(note, meaning(field, value));
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
function meaning(field, value) {
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

/** What is typical, as published and as an amount for this organisation. */
function createHint(hint, field, draft) {
  const here = h("strong", {});
  const node = h(
    "p",
    { class: "hint" },
    h("span", {}, hint.text),
    here,
    h(
      "span",
      { class: "hint-source" },
      gradeBadge(hint.grade),
      hint.address
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
        : h("span", { title: hint.reported }, hint.source),
    ),
  );

  return {
    node,
    follow() {
      const factors = hint.per.map(draft);
      const currency = draft("organisation.currency");
      const holds = hint.currency === null || hint.currency === currency;
      const known =
        factors.length > 0 && holds && currency && factors.every((one) => one !== undefined);
      here.hidden = !known;
      if (!known) return;
      const [low, high] = [hint.low, hint.high].map((end) => {
        const amount = factors.reduce((product, one) => product * one, end);
        return field.kind === "money"
          ? fmt.money(amount, currency)
          : shown(amount, field.kind === "share");
      });
      setText(here, _("here {low} to {high}", { low, high }));
    },
  };
}

// The editor of the organisation's own numbers. Nothing changes before "Apply", which is one step.

import { isOwnFigure, rangeOf } from "../assumptions/range.js";
import { _, ngettext } from "../i18n/messages.js";
import { shown } from "../i18n/numbers.js";
import { openDialog, toast } from "../kit/dialog.js";
import { h, newId, setText } from "../kit/dom.js";
import { bySubmitting } from "../kit/typed.js";
import { newestFailure, requestError } from "../server/http.js";
import { withValues } from "../state/document.js";
import { createDraft, ownWords } from "./draft.js";
import { createField } from "./organisation-field.js";
import { filledText, fillPasted } from "./pasted-cells.js";

const CHECK_MS = 200;

/**
 * What is known of a draft: `doubts` are null where they are still those of another one.
 * @typedef {{problems: Problem[], doubts: Doubt[] | null}} Checked
 */

/** Nothing is wrong as far as is known. @type {Checked} */
const UNCHECKED = { problems: [], doubts: null };

/**
 * Open the editor.
 * @param {Ctx} ctx  as every part of the board gets it
 * @param {{show?: string}} options  `show`: path of the field to go to
 */
export function openOrganisation(ctx, { show = "" } = {}) {
  const { start, store, board } = ctx;
  const original = store.state.doc;
  const paths = start.fields.flatMap((group) => group.fields.map((field) => field.path));
  const draft = createDraft(original, paths);
  const checker = createChecker(ctx, draft, (checked) => form.tell(checked));
  const form = createForm(withOwnRanges(start, original), draft, {
    cancel: () => dialog.close(),
    edited() {
      form.tell(UNCHECKED);
      checker.edited();
    },
    async apply() {
      const changes = draft.changes();
      if (!Object.keys(changes).length) {
        dialog.close();
        return;
      }
      const problems = await checker.verdict();
      if (problems === null || !dialog.node.open || form.showFirstWrong() || problems.length)
        return;
      put(changes);
      dialog.close();
      toast(
        board,
        ngettext(
          "{number} number is changed. Undo brings the old one back.",
          "{number} numbers are changed. Undo brings the old ones back.",
          Object.keys(changes).length,
        ),
      );
    },
  });

  function typed() {
    const count = draft.count();
    const text = ngettext(
      "What you have typed in {number} field is not applied yet.",
      "What you have typed in {number} fields is not applied yet.",
      count,
    );
    return count ? { text, keep: bySubmitting(form.node) } : null;
  }

  function put(changes) {
    const { base, doc } = store.state;
    // In both, so that resetting the levers does not bring the old organisation back.
    const { organisation, horizon_months } = withValues(original, changes);
    const words = ownWords(start.presets, doc, organisation);
    store.commit({
      base: { ...base, ...words, organisation, horizon_months },
      doc: { ...doc, ...words, organisation, horizon_months },
    });
  }

  const dialog = openDialog(
    board,
    _("The organisation's own numbers"),
    { wide: true, name: "organisation", onclose: checker.end, typed },
    form.node,
  );
  form.goTo(show);
  checker.edited(); // what hardly goes together is said at once
}

/**
 * The fields, of which those that may be left empty say what is drawn then: the scenario's own range where
 * it has one.
 * @param {Start} start
 * @param {Doc} doc
 * @returns {FieldGroup[]}
 */
function withOwnRanges({ fields: groups, register }, doc) {
  const own = register.filter((record) => record.known_by && isOwnFigure(doc, record));
  const texts = new Map(own.map((record) => [record.known_by, ownRange(doc, record)]));
  return groups.map((group) => ({
    ...group,
    fields: group.fields.map((field) => ({
      ...field,
      drawn: texts.get(field.path) ?? field.drawn,
    })),
  }));
}

/** @param {Doc} doc @param {Assumption} record */
function ownRange(doc, record) {
  const { low, high } = rangeOf(doc, record);
  return _(
    "We don't know: drawn from {low} to {high} (“{assumption}”), this scenario's own figure.",
    {
      assumption: record.label,
      low: shown(low, record.percent),
      high: shown(high, record.percent),
    },
  );
}

/**
 * Asks the server about a draft, a moment after it has changed; it alone knows what goes together.
 * @param {Ctx} ctx
 * @param {Draft} draft
 * @param {(checked: Checked | null) => void} heard  called with what is wrong, and with what hardly
 *   goes together; null: there is no answer
 */
function createChecker({ api }, draft, heard) {
  /** @type {Problem[] | null} */
  let verdict = null; // what is wrong with the draft as it stands
  /** @type {{question: string, answer: Promise<Checked | null>} | null} */
  let asking = null; // the question under way
  /** @type {number | undefined} */
  let timer;

  async function check() {
    clearTimeout(timer);
    const question = JSON.stringify(draft.changes());
    if (asking?.question === question) return asking.answer;
    const answer = ask(draft.scenario());
    asking = { question, answer };
    const checked = await answer;
    if (asking?.question !== question) return check();
    asking = null;
    verdict = checked?.problems ?? null;
    heard(checked);
    return checked;
  }

  async function ask(doc) {
    try {
      return await api.check(doc);
    } catch (error) {
      const { problems } = requestError(error);
      return problems && { problems, doubts: [] };
    }
  }

  return {
    edited() {
      verdict = null;
      clearTimeout(timer);
      if (draft.isValid()) timer = setTimeout(check, CHECK_MS);
    },
    /** What is wrong with the draft as it stands; null: there is no answer. */
    verdict: async () => verdict ?? (await check())?.problems ?? null,
    end: () => clearTimeout(timer),
  };
}

// --- the form ------------------------------------------------------------------------------------

/**
 * The form.
 * @param {FieldGroup[]} descriptions  groups of fields, as the server describes them
 * @param {Draft} draft
 * @param {{edited: () => void, apply: () => void, cancel: () => void}} ways  `edited()`, `apply()` when nothing is wrong as far as the form knows,
 *   `cancel()`
 */
function createForm(descriptions, draft, { edited, apply, cancel }) {
  const fields = /** @type {Map<string, FieldPart>} */ (new Map()); // by path
  let told = /** @type {Doubt[]} */ ([]); // what hardly goes together, as it is told
  let latest = ""; // path of the field that was written in
  const groups = descriptions.map((group) => createGroup(group, createMember));
  const notes = {
    general: h("p", { class: "field-error", role: "alert" }),
    filled: h("p", { class: "note", role: "status" }),
    doubts: h("p", { class: "organisation-doubts", role: "status" }),
    count: h("p", { class: "organisation-count", role: "status" }),
  };
  const node = layOut(groups, notes, cancel);

  function createMember(description) {
    const { path } = description;
    const field = createField(description, draft.value(path), {
      draft: draft.value,
      edited(value) {
        latest = path;
        draft.set(path, value);
        if (value === undefined) tellDoubts(saidElsewhere(told, path)); // what was said was of another value
        setText(notes.filled, "");
        edited();
      },
      pasted(cells, labelled, choice) {
        const filled = fillPasted(fields, path, cells, labelled, choice);
        tellCount();
        setText(notes.filled, filledText(filled));
      },
    });
    fields.set(path, field);
    return field;
  }

  function refresh() {
    for (const field of fields.values()) field.follow();
    tellCount();
  }

  /** @param {Doubt[]} doubts */
  function tellDoubts(doubts) {
    told = doubts;
    for (const [path, field] of fields) field.doubt(textsAt(path, doubts, latest));
    setText(notes.doubts, doubts.length ? doubtsText(doubts.length) : "");
  }

  /** How many fields are marked as wrong: a group that is wrong as a whole counts as one. */
  function tellCount() {
    const wrong = [...fields.values(), ...groups].filter((part) => part.isWrong()).length;
    const text = ngettext("{number} field is wrong", "{number} fields are wrong", wrong);
    setText(notes.count, wrong ? text : "");
  }

  /** Go to what is wrong first, in the order of the form; whether there is something. */
  function showFirstWrong() {
    for (const field of fields.values()) field.complain();
    tellCount();
    const group = groups.find((each) => each.isWrong() || each.members.some(isWrong));
    (group?.members.find(isWrong) ?? group?.members[0])?.focus();
    return group !== undefined;
  }

  // A mistake is told when the field is left; then it counts.
  node.addEventListener("change", tellCount);
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!showFirstWrong()) apply();
  });
  refresh();
  return {
    node,
    showFirstWrong,
    /**
     * Put the server's problems, and what hardly goes together, beside what they are about; null: it
     * does not answer.
     * @param {Checked | null} checked
     */
    tell(checked) {
      const { problems, doubts } = checked ?? UNCHECKED;
      const elsewhere = blame(fields, groups, problems);
      const silence = `${newestFailure()} ${_("Nothing can be checked.")}`;
      setText(notes.general, checked === null ? silence : elsewhere.join("\n"));
      if (doubts) tellDoubts(doubts);
      refresh();
    },
    goTo: (path) => fields.get(path)?.focus(),
  };
}

/** @param {FieldPart} field */
function isWrong(field) {
  return field.isWrong();
}

/** The groups in two columns, and below them what is told and the buttons. */
function layOut(groups, { general, filled, doubts, count }, cancel) {
  const introduction = _(
    "These numbers replace those of the loaded scenario, and the plan stays as it is. " +
      "Amounts are not converted when the currency changes.",
  );
  const columns = inColumns(groups).map((column) =>
    h(
      "div",
      {},
      column.map((group) => group.node),
    ),
  );
  return h(
    "form",
    { class: "organisation", novalidate: true },
    h("p", { class: "lead-in" }, introduction),
    h("div", { class: "organisation-groups" }, columns),
    h(
      "footer",
      {},
      general,
      filled,
      doubts,
      count,
      h("button", { type: "button", "data-action": "cancel", onclick: cancel }, _("Cancel")),
      h("button", { type: "submit", class: "primary", "data-action": "apply" }, _("Apply")),
    ),
  );
}

/**
 * What is said of a field, of what hardly goes together: each stands where somebody has just written,
 * if it is about that, else at its first field.
 * @param {string} path
 * @param {Doubt[]} doubts
 * @param {string} latest  path of the field that was written in
 */
export function textsAt(path, doubts, latest) {
  const here = doubts.filter(
    ({ fields }) => path === (fields.includes(latest) ? latest : fields[0]),
  );
  return here.map(({ text }) => text).join("\n");
}

/** What is said of other fields than one. @param {Doubt[]} doubts @param {string} path */
export function saidElsewhere(doubts, path) {
  return doubts.filter(({ fields }) => !fields.includes(path));
}

/** @param {number} count */
function doubtsText(count) {
  return ngettext(
    "{number} thing in these numbers hardly goes together: it is told at its field, and can be applied all the same.",
    "{number} things in these numbers hardly go together: they are told at their fields, and can be applied all the same.",
    count,
  );
}

/**
 * Mark the fields and groups that problems are about, and no others.
 * @param {Map<string, FieldPart>} fields  by path
 * @param {ReturnType<typeof createGroup>[]} groups
 * @param {Problem[]} problems
 * @returns {string[]}  what is to be said below the form, as no field says it
 */
function blame(fields, groups, problems) {
  for (const group of groups) group.blame("");
  for (const field of fields.values()) field.blame(null);
  const elsewhere = [];
  for (const problem of problems) {
    const text = _("Found {found}. Allowed: {allowed}.", problem);
    const field = fields.get(problem.field);
    if (field) field.blame(text);
    else elsewhere.push(blameGroup(groups, problem.field, text));
  }
  return elsewhere;
}

/** Tell what is wrong with a group, or with no field; what is to be said below the form of it. */
function blameGroup(groups, place, text) {
  const group = groups.find((each) => each.paths.some((path) => path.startsWith(`${place}.`)));
  if (place === "organisation") return text; // that is what the form is about
  if (!group) return `${place}: ${text}`;
  group.blame(text);
  return `${group.label}: ${text}`; // the group may be out of sight
}

/**
 * Groups in two columns with about as many fields; by these alone, so that nothing changes its place
 * while somebody types.
 */
function inColumns(groups) {
  const counts = groups.map((group) => group.members.length);
  const before = (/** @type {number} */ place) =>
    counts.slice(0, place).reduce((sum, count) => sum + count, 0);
  const uneven = (/** @type {number} */ place) =>
    Math.abs(2 * before(place) - before(groups.length));
  const places = groups.map((_group, place) => place);
  const cut = places.reduce((best, place) => (uneven(place) < uneven(best) ? place : best));
  return [groups.slice(0, cut), groups.slice(cut)];
}

/** A group of fields, and what is wrong with it as a whole. */
function createGroup({ id, label, note, fields }, createMember) {
  const headingId = newId();
  const error = h("p", { class: "field-error" });
  const members = fields.map(createMember);
  const node = h(
    "section",
    { "aria-labelledby": headingId, "data-fields": id },
    h("h3", { id: headingId }, label),
    note && h("p", { class: "note organisation-note" }, note),
    error,
    members.map((member) => member.node),
  );
  return {
    node,
    label,
    members,
    paths: fields.map((field) => field.path),
    isWrong: () => error.textContent !== "",
    blame: (text) => setText(error, text),
  };
}

// The levers: what is taken, where it goes, how people behave, and when.
//
// Every lever is the browser's own range over the index of its stops, with a field beside it for
// the value itself. What they show follows from the scenario; they keep nothing of their own but
// the move that is going on.

import { _, fmt } from "../../i18n/messages.js";
import { h, newId, setAttribute, setText, woven } from "../../kit/dom.js";
import { keepFold } from "../../kit/folds.js";
import { cautionOf } from "../../scenarios/organisation-field.js";
import { at } from "../../state/document.js";
import { routesDiffer, sourcesOf } from "../../state/split.js";
import { keepPresses } from "./again.js";
import { isLine, isOfEverySource, pathFor } from "./binding.js";
import { createLever } from "./lever.js";
import { amountsOf, createMoney } from "./money.js";
import { showOpened } from "./opened.js";
import { createStages } from "./stages.js";
import { wordsOf } from "./units.js";

const OPEN_FIRST = 2; // groups: what is taken, and where it goes

/**
 * The panel of levers.
 * @param {Ctx} ctx  as every part of the board gets it
 * @returns {Part & {bring: (texts: Record<string, string>) => void}}
 */
export function createLevers(ctx) {
  const all = ctx.start.levers.flatMap((group) => group.levers);
  const labels = all.map((lever) => lever.label);
  const words = all.flatMap(wordsOf);
  const sources = sourcesOf(ctx.start.levers);
  const shared = { sources, money: createMoney(sources) };
  const groups = ctx.start.levers.map((group, index) =>
    createGroup(ctx, group, shared, index < OPEN_FIRST),
  );
  const stages = createStages(ctx, shared);
  const node = h(
    "section",
    { class: "levers", "aria-label": _("Levers") },
    groups.map((group) => group.node),
    stages.node,
  );
  keepPresses(node);
  /** @type {Partial<State>} */
  let shown = {};
  /** @type {Doc["organisation"] | null} */
  let fitted = null; // whose amounts the columns are as wide as

  /** Columns as wide as this language needs: no word that comes or goes may move the ranges. */
  function fitColumns() {
    const font = getComputedStyle(node).fontFamily;
    const fit = (/** @type {string} */ column, /** @type {string[]} */ texts) =>
      ctx.board.style.setProperty(column, `${widest(texts, font)}em`);
    fit("--label-needs", labels);
    fit("--word-needs", words);
    if (fitted) fit("--money-needs", amountsOf(fitted, sources));
  }

  /** Show a state; no answer is needed, what levers say follows from the scenario alone. */
  function update(state, answer) {
    stages.tell(answer);
    const { doc, base, locked, held } = state;
    if (doc.organisation !== fitted) {
      fitted = doc.organisation;
      fitColumns();
      document.fonts.ready.then(fitColumns);
    }
    const isShown = doc === shown.doc && base === shown.base;
    if (isShown && locked === shown.locked && held === shown.held) return;
    shown = { doc, base, locked, held };
    for (const group of groups) group.show(state);
    stages.show(state);
  }

  return {
    node,
    update,
    /** What each instrument costs and brings, in words. @param {Record<string, string>} texts */
    bring(texts) {
      for (const group of groups) for (const lever of group.members) lever.bring(texts);
    },
  };
}

/** Width of the widest of some texts, in the size of the font. */
function widest(texts, family) {
  const canvas = document.createElement("canvas");
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.font = `100px ${family}`;
  return Math.max(...texts.map((text) => pen.measureText(text).width)) / 100 + 0.05;
}

/**
 * @param {Ctx} ctx
 * @param {Start["levers"][number]} group
 * @param {Shared} shared
 * @param {boolean} isOpenFirst  as it is for whoever never touched it
 */
function createGroup(ctx, group, shared, isOpenFirst) {
  const title = newId();
  const levers = group.levers.map((lever) => createLever(ctx, lever, shared));
  const total = createTotal(ctx, group, shared);
  const changed = h("span", { class: "lever-changed" }, _("changed"));
  const note = h("p", { class: "lever-note", hidden: true });
  const node = h(
    "details",
    {
      class: "lever-group",
      "data-group": group.id,
      open: true,
    },
    h("summary", {}, h("h2", { id: title }, group.label), total.node, changed),
    h(
      "div",
      { class: "lever-rows", role: "group", "aria-labelledby": title },
      levers.map((lever) => lever.node),
    ),
    note,
  );
  keepFold(node, `levers.${group.id}`, isOpenFirst);
  const marksToday = group.levers.some(({ today }) => today); // some say what holds today
  /** The board says it: a rule about all that lies in it would be looked through with each move. */
  const tellToday = () => marksToday && setAttribute(ctx.board, "data-today", String(node.open));
  tellToday();
  node.addEventListener("toggle", tellToday);
  showOpened(node);
  /** @type {Doc | null} */
  let notedIn = null; // what the scenario started from when there was something to note

  function show(state) {
    for (const lever of levers) lever.show(state);
    total.show(state.doc);
    const isMoved = levers.some((lever) => lever.isMoved(state));
    setAttribute(node, "data-changed", isMoved); // said while it is folded
    const text = [cautionsOf(ctx, group, state.doc), noteOf(group, state.doc, shared)]
      .filter(Boolean)
      .join(" ");
    setText(note, text);
    // A move that makes a note needless must not pull the levers up from under the pointer.
    if (text) notedIn = state.base;
    setAttribute(note, "hidden", !text && notedIn !== state.base);
  }

  return { node, show, members: levers };
}

/**
 * What stands beside a group's name: the money that its levers free. Where it goes is as much. Whoever
 * clicks it is told how it came about; to others each of the levers tells it, since a summary holds no
 * buttons. On a phone a tap anywhere on the heading folds.
 */
function createTotal(ctx, { levers }, { money }) {
  const frees = levers.some(({ path }) => path.endsWith(".share_moved"));
  const amount = h("span", { class: "amount" });
  const said = frees ? woven(_("frees {amount} a year"), { amount }) : [];
  const node = h("span", { class: "lever-total", onclick: frees && ask }, said);

  /** @param {MouseEvent} event */
  function ask(event) {
    if (ctx.board.dataset.size === "narrow") return;
    event.preventDefault(); // else the group folds
    const summary = node.closest("summary");
    const title = _("What the levers free");
    const text = _("The money that the three levers take from the budgets in a year.");
    if (summary) ctx.help(summary, { title, text, number: "money:freed" });
  }

  return {
    node,
    show(doc) {
      if (frees) setText(amount, fmt.money(money(doc).total, doc.organisation.currency));
    },
  };
}

/** What is to be known of the organisation where money is put into something. @param {Ctx} ctx */
function cautionsOf({ start }, { levers }, doc) {
  if (!levers.some(({ path }) => isLine(path))) return "";
  const fields = start.fields.flatMap((group) => group.fields);
  const texts = fields.map((field) => cautionOf(field, field.caution && at(doc, field.path)));
  return texts.filter(Boolean).join(" ");
}

/** What has to be known because sources differ, which the levers cannot show. */
function noteOf({ levers }, doc, { sources }) {
  if (levers.some(({ path }) => isLine(path)) && routesDiffer(doc, sources)) {
    return _(
      "Money from each budget is divided in its own way. Moving a line gives all of them the same division.",
    );
  }
  const value = (path, source) => at(doc, pathFor(path, source));
  const differ = levers.some(
    ({ path }) =>
      isOfEverySource(path) &&
      sources.some((source) => value(path, source) !== value(path, sources[0])),
  );
  if (!differ) return "";
  return _(
    "Each budget has a timing of its own; this is that of the largest. Moving it sets them all.",
  );
}

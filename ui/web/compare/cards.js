// The scenarios that are compared, as cards: what each is, and what can be done with it.

import { _, fmt, tied } from "../i18n/messages.js";
import { createComplaint, tellFull } from "../kit/complaint.js";
import { openDialog } from "../kit/dialog.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { menuButton } from "../kit/menu.js";
import { seam } from "../kit/seams.js";
import { openAdder } from "./add.js";
import { askStages, helpOf } from "./helps.js";
import {
  add,
  entries,
  keptName,
  lacksPlan,
  move,
  nameOf,
  remove,
  rename,
  sourceOf,
} from "./list.js";
import { letter, stroke } from "./parts.js";

/**
 * The cards, and a place to add another: `{ node, update(), answered(answer) }`.
 * @param {Ctx} ctx
 */
export function createCards(ctx) {
  const { compared: most } = ctx.start.limits;
  const node = h("ol", {
    class: "compare-cards",
    role: "list",
    "aria-label": _("Compared scenarios"),
  });
  let shown = ""; // what the cards were made of
  let cards = [];
  /** @type {number | null} */
  let focused = null; // place of the card that gets the focus when the list is drawn anew

  const actions = {
    open(place) {
      const { doc, base, source } = entries(ctx)[place]; // as it is by now: a card outlives changes
      // The plan as it stands is there already; the others come with the figures of today.
      const plan = { ...doc, results: null };
      if (source !== "current") ctx.load(plan, { base: base ?? plan });
      ctx.go("simulate");
    },
    rename(place, name) {
      openRename(ctx, entries(ctx)[place].letter, name, (text) => {
        focused = place;
        rename(ctx, place, text);
      });
    },
    move(place, by) {
      focused = place + by;
      move(ctx, place, by);
    },
    addPlan() {
      focused = entries(ctx).length;
      add(ctx, [{ source: "current" }]);
    },
    remove(place, count) {
      focused = Math.min(place, count - 2);
      remove(ctx, place);
    },
  };

  function draw(all) {
    cards = all.map((entry, place) => createCard(ctx, entry, place, all.length, actions));
    const isRoom = all.length < most;
    const more = isRoom || lacksPlan(ctx) ? [adding(ctx, all.length, actions)] : [];
    fill(node, ...cards.map((card) => card.node), ...more);
    if (focused !== null) node.querySelector(`[data-card-menu="${focused}"]`)?.focus();
    focused = null;
  }

  return {
    node,
    update() {
      const all = entries(ctx);
      const key = JSON.stringify([
        lacksPlan(ctx),
        ...all.map((entry) => [
          entry.letter,
          nameOf(ctx, entry),
          entry.source,
          entry.doc.organisation.name,
        ]),
      ]);
      if (key !== shown) draw(all);
      shown = key;
    },
    /** Show what each comes to. */
    answered(answer) {
      for (const [place, card] of cards.entries()) {
        const stages = answer.stages.find(({ scenario }) => scenario === place);
        setText(card.value, tied(answer.cards[place]?.value ?? ""));
        setText(card.staged, tied(stages?.short ?? ""));
        setAttribute(card.staged, "title", stages?.text ?? null);
        card.staged.hidden = !stages;
      }
    },
  };
}

/** Whether all scenarios are one organisation's: then it need not be said of each. @param {Ctx} ctx */
function isOneOrganisation(ctx) {
  return new Set(entries(ctx).map((entry) => ctx.organisation(entry.doc))).size === 1;
}

/** @param {Ctx} ctx */
function createCard(ctx, entry, place, count, actions) {
  const name = nameOf(ctx, entry);
  const value = h(
    "button",
    { type: "button", class: "compare-value", "aria-haspopup": "dialog" },
    "…", // until there is an answer
  );
  value.addEventListener("click", () => {
    const help = helpOf(ctx, { id: "net_present_value", label: "" });
    if (help) ctx.help(value, { ...help, doc: entries(ctx)[place].doc });
  });
  const staged = h(
    "button",
    {
      type: "button",
      class: "compare-staged compare-asks",
      "aria-haspopup": "dialog",
      hidden: true,
      onclick: () => askStages(ctx, staged, entries(ctx)[place].doc),
    },
    "",
  );
  const menu = menuButton(
    {
      class: "quiet tool",
      "data-card-menu": place,
      "aria-label": _("What to do with {letter}", { letter: entry.letter }),
    },
    ["⋯"],
    () => [
      { name: "open", label: _("Open in Simulate"), action: () => actions.open(place) },
      {
        name: "rename",
        label: _("Rename"),
        action: () => actions.rename(place, keptName(ctx, entry)),
      },
      {
        name: "left",
        label: _("Move left"),
        disabled: place === 0,
        action: () => actions.move(place, -1),
      },
      {
        name: "right",
        label: _("Move right"),
        disabled: place === count - 1,
        action: () => actions.move(place, 1),
      },
      {
        name: "remove",
        label: _("Take it away from here"),
        disabled: count === 1,
        action: () => actions.remove(place, count),
      },
    ],
  );
  const from = [
    isOneOrganisation(ctx) ? "" : ctx.organisation(entry.doc),
    entry.source === "pin" ? "" : sourceOf(entry.source),
  ].filter(Boolean);
  const node = h(
    "li",
    { class: "compare-card", "data-card": place, "data-letter": entry.letter },
    h("div", { class: "compare-card-head" }, letter(entry), seam(h("h3", {}, name)), menu),
    h("div", { class: "compare-card-worth" }, stroke(entry), value),
    staged,
    from.length ? h("p", { class: "compare-from" }, from.join(" · ")) : null,
  );
  return { node, value, staged };
}

/**
 * The place for another, which says where the plan as it stands is none of those that are compared.
 * @param {Ctx} ctx
 * @param {number} count
 * @param {{addPlan: () => void}} actions
 */
function adding(ctx, count, { addPlan }) {
  const { compared: most } = ctx.start.limits;
  const isRoom = count < most;
  const lacks = lacksPlan(ctx);
  return h(
    "li",
    { class: "compare-card compare-adding", "data-lacks-plan": lacks },
    lacks && [
      h("p", { class: "compare-lacking" }, _("The plan as it stands is not among them.")),
      isRoom &&
        h(
          "button",
          { type: "button", "data-action": "compare-add-plan", onclick: addPlan },
          _("Add the plan"),
        ),
    ],
    isRoom &&
      h(
        "button",
        { type: "button", "data-action": "compare-add", onclick: () => openAdder(ctx) },
        _("Add a scenario"),
      ),
    h(
      "p",
      { class: "compare-from" },
      _("{number} of {most}", { number: fmt.number(count), most: fmt.number(most) }),
    ),
  );
}

/** @param {Ctx} ctx */
function openRename(ctx, sign, name, done) {
  const field = h("input", {
    type: "text",
    value: name,
    maxlength: ctx.start.limits.longest_name,
    "data-field": "compare-name",
  });
  const problem = createComplaint(field);
  tellFull(field, problem.say);

  function submit(event) {
    event.preventDefault();
    dialog.close();
    done(field.value.trim());
  }

  const dialog = openDialog(
    ctx.board,
    _("Rename {letter}", { letter: sign }),
    { name: "compare-rename" },
    h(
      "form",
      { class: "stack", onsubmit: submit },
      h("label", { class: "field" }, h("span", {}, _("Name")), field),
      problem.node,
      h(
        "div",
        { class: "row" },
        h("button", { type: "submit", class: "primary" }, _("Keep the name")),
      ),
    ),
  );
  field.select();
}

// Pinned plans: kept for comparison, drawn over both charts, each with its name.

import { letterAt } from "../compare/list.js";
import { _, ngettext } from "../i18n/messages.js";
import { openDialog, toast } from "../kit/dialog.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { same } from "../state/document.js";

const LONGEST_NAME = 40; // shorter than names can be: pinned plans stand side by side in the bar

/**
 * The row of pinned plans, and the button that adds one.
 * @param {Ctx} ctx
 * @returns {Part}
 */
export function createPins(ctx) {
  const list = h("ul", {});
  const add = h(
    "button",
    {
      type: "button",
      class: "quiet pin-add",
      "data-action": "pin",
      title: _("Pin this plan to compare it (K)"),
      onclick: () => addPin(ctx),
    },
    icon("pin"),
    h("span", {}, _("Pin")),
  );
  const node = h(
    "div",
    { class: "pins", "aria-label": _("Pinned plans"), role: "group" },
    list,
    add,
  );
  let shown = null; // the pins that there are chips of
  let chips = [];

  function update(state, answer) {
    if (state.pins !== shown) {
      shown = state.pins;
      chips = state.pins.map((pin, index) => createChip(pin, index, () => openPin(ctx, index)));
      fill(list, ...chips.map((chip) => chip.node));
    }
    for (const [index, figures] of (answer?.pins ?? []).entries()) {
      chips[index]?.show(figures, state.pins[index]);
    }
  }

  return { node, update };
}

function createChip({ name, slot, hidden }, index, open) {
  const value = h("span", { class: "pin-value" });
  const note = h("span", { class: "pin-note" });
  const button = h(
    "button",
    {
      type: "button",
      class: hidden ? "pin hidden-pin" : "pin",
      "data-pin": index,
      "aria-haspopup": "dialog",
      onclick: open,
    },
    h("span", { class: "swatch", "data-slot": slot, "aria-hidden": "true" }),
    h("span", { class: "pin-name" }, name),
    value,
    note,
  );
  return {
    node: h("li", {}, button),
    /** Show what the plan comes to, as the server says it. */
    show(figures, pin) {
      setText(value, figures.value);
      setText(note, figures.differs ? "≠" : "");
      setAttribute(button, "data-differs", figures.differs);
      const title = [pin?.hidden ? _("Hidden in the charts") : "", figures.note];
      setAttribute(button, "title", title.filter(Boolean).join("; ") || null);
    },
  };
}

/**
 * Keep the plan as it stands.
 * @param {Ctx} ctx
 */
export function addPin(ctx) {
  const { base, doc, pins } = ctx.store.state;
  const present = pins.find((pin) => same(pin.doc, doc));
  if (present) {
    toast(ctx.board, _("This plan is pinned already, as {name}", { name: present.name }));
    return;
  }
  if (pins.length >= ctx.start.limits.pins) {
    toast(
      ctx.board,
      ngettext(
        "{number} plan is pinned already: take it away first",
        "{number} plans are pinned already: take one away first",
        pins.length,
      ),
    );
    return;
  }
  const slot = firstFree((number) => number, new Set(pins.map((pin) => pin.slot)));
  const name = firstFree(nameOf, new Set(pins.map((pin) => pin.name)));
  ctx.store.set({ pins: [...pins, { name, base, doc, slot, hidden: false }] });
}

/** The first of what is made of 1, 2, 3 and so on that is not taken. */
function firstFree(make, taken) {
  let number = 1;
  while (taken.has(make(number))) number += 1;
  return make(number);
}

/** "Plan A", "Plan B" and so on. */
function nameOf(number) {
  return _("Plan {letter}", { letter: letterAt(number - 1) });
}

/**
 * Open what can be done with a pinned plan.
 * @param {Ctx} ctx
 */
function openPin(ctx, index) {
  const { store } = ctx;
  const pin = store.state.pins[index];
  const name = h("input", {
    type: "text",
    value: pin.name,
    maxlength: LONGEST_NAME,
    "data-field": "pin-name",
  });

  function put(pins) {
    store.set({ pins });
    dialog.close();
  }

  function change(values) {
    put(store.state.pins.map((each) => (each === pin ? { ...each, ...values } : each)));
  }

  function rename(event) {
    event.preventDefault();
    change({ name: name.value.trim() || pin.name });
  }

  function load() {
    store.commit({ base: pin.base, doc: pin.doc });
    dialog.close();
  }

  const action = (id, label, onclick) =>
    h("button", { type: "button", "data-action": id, onclick }, label);
  const note = ctx.answer()?.pins[index]?.note;
  const dialog = openDialog(
    ctx.board,
    _("Pinned plan"),
    { name: "pin" },
    note ? h("p", { class: "lead" }, _("Not the same as now: {note}", { note })) : null,
    h(
      "form",
      { class: "stack", onsubmit: rename },
      h("label", { class: "field" }, h("span", {}, _("Name")), name),
      h(
        "div",
        { class: "row" },
        h("button", { type: "submit", class: "primary" }, _("Keep the name")),
        action("pin-load", _("Go back to this plan"), load),
        action(
          "pin-hide",
          pin.hidden ? _("Show it in the charts") : _("Hide it in the charts"),
          () => change({ hidden: !pin.hidden }),
        ),
        action("pin-remove", _("Take it away"), () =>
          put(store.state.pins.filter((each) => each !== pin)),
        ),
      ),
    ),
  );
  name.select();
}

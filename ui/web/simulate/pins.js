// Pinned plans: kept for comparison, drawn over both charts, each with its name.

import { openDialog, toast } from "../kit/dialog.js";
import { h, setAttribute, setText } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { same } from "../state/store.js";
import { _, ngettext } from "../i18n/messages.js";

const LONGEST_NAME = 40;

export function create(ctx) {
  const list = h("ul", {});
  const add = h(
    "button",
    {
      type: "button",
      class: "quiet pin-add",
      "data-action": "pin",
      title: _("Keep this plan to compare (K)"),
    },
    icon("pin"),
    h("span", {}, _("Pin")),
  );
  add.addEventListener("click", () => pin(ctx));
  const node = h(
    "div",
    { class: "pins", "aria-label": _("Pinned plans"), role: "group" },
    list,
    add,
  );
  let shown = null;

  function chip(one, index) {
    const value = h("span", { class: "pin-value" });
    const note = h("span", { class: "pin-note" });
    const button = h(
      "button",
      {
        type: "button",
        class: one.hidden ? "pin hidden-pin" : "pin",
        "data-pin": index,
        "aria-haspopup": "dialog",
      },
      h("span", { class: "swatch", "data-slot": one.slot, "aria-hidden": "true" }),
      h("span", { class: "pin-name" }, one.name),
      value,
      note,
    );
    button.addEventListener("click", () => edit(ctx, index));
    return { node: h("li", {}, button), button, value, note };
  }

  let chips = [];

  function update(state, answer) {
    if (state.pins !== shown) {
      shown = state.pins;
      chips = state.pins.map(chip);
      list.replaceChildren(...chips.map((one) => one.node));
    }
    answer?.pins.forEach((one, index) => {
      if (!chips[index]) return;
      setText(chips[index].value, one.value);
      setText(chips[index].note, one.differs ? "≠" : "");
      setAttribute(chips[index].button, "data-differs", one.differs);
      const hidden = state.pins[index]?.hidden ? _("Hidden in the charts") : "";
      setAttribute(
        chips[index].button,
        "title",
        [hidden, one.note].filter(Boolean).join("; ") || null,
      );
    });
  }

  return { node, update };
}

/** Keep the plan as it stands. */
export function pin(ctx) {
  const { base, doc, pins } = ctx.store.state;
  const known = pins.find((one) => same(one.doc, doc));
  if (known) {
    toast(ctx.board, _("This plan is pinned already, as {name}", { name: known.name }));
    return;
  }
  if (pins.length >= ctx.start.most_pins) {
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
  const slot = [1, 2, 3, 4].find((one) => pins.every((each) => each.slot !== one));
  const taken = new Set(pins.map((one) => one.name));
  const name = ["A", "B", "C", "D", "E"]
    .map((letter) => _("Plan {letter}", { letter }))
    .find((one) => !taken.has(one));
  ctx.store.set({ pins: [...pins, { name, base, doc, slot, hidden: false }] });
}

function edit(ctx, index) {
  const one = ctx.store.state.pins[index];
  const name = h("input", {
    type: "text",
    value: one.name,
    maxlength: LONGEST_NAME,
    "data-field": "pin-name",
  });

  function put(pins) {
    ctx.store.set({ pins });
    dialog.close();
  }

  function replaced(change) {
    return ctx.store.state.pins.map((each) => (each === one ? { ...each, ...change } : each));
  }

  function rename(event) {
    event.preventDefault();
    put(replaced({ name: name.value.trim() || one.name }));
  }

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
        h(
          "button",
          {
            type: "button",
            "data-action": "pin-load",
            onclick: () => {
              ctx.store.commit({ base: one.base, doc: one.doc });
              dialog.close();
            },
          },
          _("Go back to this plan"),
        ),
        h(
          "button",
          {
            type: "button",
            "data-action": "pin-hide",
            onclick: () => put(replaced({ hidden: !one.hidden })),
          },
          one.hidden ? _("Show it in the charts") : _("Hide it in the charts"),
        ),
        h(
          "button",
          {
            type: "button",
            "data-action": "pin-remove",
            onclick: () => put(ctx.store.state.pins.filter((each) => each !== one)),
          },
          _("Take it away"),
        ),
      ),
    ),
  );
  name.select();
}

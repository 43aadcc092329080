// The scenarios that are compared, as cards: what each is, and what can be done with it.

import { openAdder } from "./add.js";
import {
  FEWEST,
  LETTERS,
  LONGEST_NAME,
  MOST,
  entries,
  move,
  nameOf,
  organisationOf,
  remove,
  rename,
  sourceOf,
} from "./list.js";
import { letter, stroke } from "./parts.js";
import { openDialog } from "../kit/dialog.js";
import { h, setText } from "../kit/dom.js";
import { menuButton } from "../kit/menu.js";
import { _, fmt, tied } from "../i18n/messages.js";

export function createSlots(ctx) {
  const list = h("ol", {
    class: "compare-cards",
    role: "list",
    "aria-label": _("Compared scenarios"),
  });
  let shown = "";
  let values = [];
  let wanted = null; // position of the card that gets the focus when the list is drawn anew

  function card(one, place, count) {
    const name = nameOf(ctx, one);
    const value = h("p", { class: "compare-value" });
    values.push(value);
    const of = { letter: LETTERS[place] };
    const menu = menuButton(
      {
        class: "quiet tool",
        "data-card-menu": place,
        "aria-label": _("What to do with {letter}", of),
      },
      ["⋯"],
      () => [
        { name: "open", label: _("Open in Simulate"), action: () => open(place) },
        { name: "rename", label: _("Rename"), action: () => openRename(place, name) },
        {
          name: "left",
          label: _("Move left"),
          disabled: place === 0,
          action: () => moved(place, -1),
        },
        {
          name: "right",
          label: _("Move right"),
          disabled: place === count - 1,
          action: () => moved(place, 1),
        },
        { name: "remove", label: _("Take it away"), action: () => removed(place, count) },
      ],
    );
    return h(
      "li",
      { class: "compare-card", "data-card": place, "data-letter": LETTERS[place] },
      h("div", { class: "compare-card-head" }, letter(place), stroke(place), menu),
      h("h3", {}, name),
      h(
        "p",
        { class: "compare-from" },
        [organisationOf(ctx, one), sourceOf(one.source)].filter(Boolean).join(" · "),
      ),
      value,
    );
  }

  /** The plan as it stands is there already; the others come with the figures of today. */
  function open(place) {
    const { doc, source } = entries(ctx)[place]; // as it is by now: a card outlives changes
    if (source !== "current") ctx.load({ ...doc, results: null });
    ctx.go("simulate");
  }

  function moved(place, by) {
    wanted = place + by;
    move(ctx, place, by);
  }

  function removed(place, count) {
    wanted = Math.min(place, count - 2);
    remove(ctx, place);
  }

  function openRename(place, name) {
    const field = h("input", {
      type: "text",
      value: name,
      maxlength: LONGEST_NAME,
      "data-field": "compare-name",
    });
    const dialog = openDialog(
      ctx.board,
      _("Rename {letter}", { letter: LETTERS[place] }),
      { name: "compare-rename" },
      h(
        "form",
        {
          class: "stack",
          onsubmit(event) {
            event.preventDefault();
            wanted = place;
            dialog.close();
            rename(ctx, place, field.value.trim());
          },
        },
        h("label", { class: "field" }, h("span", {}, _("Name on this page")), field),
        h(
          "div",
          { class: "row" },
          h("button", { type: "submit", class: "primary" }, _("Keep the name")),
        ),
      ),
    );
    field.select();
  }

  function draw(all) {
    values = [];
    list.replaceChildren(
      ...all.map((one, place) => card(one, place, all.length)),
      ...(all.length >= FEWEST && all.length < MOST ? [adding(all.length)] : []),
    );
    if (wanted !== null) list.querySelector(`[data-card-menu="${wanted}"]`)?.focus();
    wanted = null;
  }

  function adding(count) {
    return h(
      "li",
      { class: "compare-card compare-adding" },
      h(
        "button",
        { type: "button", "data-action": "compare-add", onclick: () => openAdder(ctx) },
        _("Add a scenario"),
      ),
      h(
        "p",
        { class: "compare-from" },
        _("{number} of {most}", { number: fmt.number(count), most: fmt.number(MOST) }),
      ),
    );
  }

  return {
    node: list,
    update() {
      const all = entries(ctx);
      const now = JSON.stringify(
        all.map((one) => [nameOf(ctx, one), one.source, one.doc.organisation.name]),
      );
      if (now !== shown) draw(all);
      shown = now;
    },
    /** Show what each comes to. */
    answered(answer) {
      const worth = answer.headline.find((row) => row.id === "net_present_value");
      values.forEach((node, place) => setText(node, tied(worth?.cells[place]?.value ?? "")));
    },
  };
}

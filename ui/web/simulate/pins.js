// Pinned plans: kept for comparison, drawn over both charts. A row of its own shows them, each with its
// letter, its name and what it comes to; a click on two letters asks which of them is better.

import { otherLetters } from "../compare/list.js";
import { _, fmt, ngettext } from "../i18n/messages.js";
import { tellFull } from "../kit/complaint.js";
import { hush, toast } from "../kit/dialog.js";
import { fill, focused, h, setAttribute, setText } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { menuButton } from "../kit/menu.js";
import { readWhole } from "../kit/whole.js";
import { alike } from "../state/document.js";
import { freeSlot, letterOf } from "../state/pins.js";
import { createPair, questionNamed } from "./pair.js";

/**
 * The row of pinned plans; as `ways`, the buttons that pin one and lay all side by side; and, as
 * `pair`, the answer to which of two is better.
 * @param {Ctx} ctx
 * @returns {Part & {ways: HTMLElement, pair: HTMLElement}}
 */
export function createPins(ctx) {
  const list = h("ul", { role: "list" });
  const pair = createPair(ctx, () => update(ctx.store.state, null));
  const node = h(
    "section",
    { class: "pins", "aria-label": _("Pinned plans"), "data-empty": true },
    list,
    h("p", { class: "pins-none" }, _("Pin a plan (K): up to four stand here side by side.")),
    createCompare(ctx),
  );
  const ways = createWays(ctx);
  /** @type {Pin[] | null} */
  let shown = null; // the pins that there are chips of
  /** @type {ReturnType<typeof createChip>[]} */
  let chips = [];

  /** @param {Pin[]} pins */
  function draw(pins) {
    shown = pins;
    chips = pins.map((pin) => createChip(ctx, pin, () => pair.pick(letterOf(pin))));
    fill(list, ...chips.map((chip) => chip.node));
    setAttribute(node, "data-empty", pins.length === 0);
    ways.setNumber(pins.length);
  }

  /** @param {State} state @param {Answer | null} answer */
  function update(state, answer) {
    if (state.pins !== shown) draw(state.pins);
    for (const [index, figures] of (answer?.pins ?? []).entries()) chips[index]?.show(figures);
    pair.update(state);
    const picked = pair.letters();
    for (const chip of chips) chip.mark(picked);
  }

  return { node, update, ways: ways.node, pair: pair.node, destroy: pair.destroy };
}

/** @param {Ctx} ctx */
function createWays(ctx) {
  // How many there are, where the plans themselves are far from the answer.
  const count = h("span", { class: "pin-count", "aria-hidden": "true" });
  const counted = h("span", { class: "unseen" });
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
    h("span", { class: "pin-word" }, _("Pin")),
    count,
    counted,
  );
  // It stands before the other one and keeps its room while there is nothing to compare: a second
  // click must not meet it.
  const compare = createCompare(ctx);
  return {
    node: h("div", { class: "pin-ways" }, compare, add),
    /** @param {number} number  of pins that there are */
    setNumber(number) {
      setAttribute(compare, "data-empty", number === 0);
      setAttribute(count, "hidden", number === 0);
      setText(count, fmt.number(number));
      setText(counted, number === 0 ? "" : `(${pinnedText(number)})`);
    },
  };
}

/** @param {number} number  of pins */
function pinnedText(number) {
  return ngettext("{number} plan is pinned", "{number} plans are pinned", number);
}

/**
 * The way to all of them side by side, where the names of pages are not in sight: in the bar of a
 * projector, on a phone at the plans themselves, which are far from it.
 * @param {Ctx} ctx
 */
function createCompare(ctx) {
  return h(
    "button",
    {
      type: "button",
      class: "quiet pin-compare",
      "data-action": "compare-pins",
      title: _("All of them side by side (C)"),
      onclick: () => ctx.go("compare"),
    },
    _("Compare"),
  );
}

/**
 * A pinned plan in the row.
 * @param {Ctx} ctx
 * @param {Pin} pin
 * @param {() => void} pick  asks about it
 */
function createChip(ctx, pin, pick) {
  const letter = letterOf(pin);
  const value = h("span", { class: "pin-value" });
  const note = h("span", { class: "pin-note" });
  // It covers all of the chip but the buttons that lie above it.
  const ask = h("button", {
    type: "button",
    class: "pin-pick",
    "aria-pressed": "false",
    "aria-label": questionNamed([], { letter, name: pin.name }),
    onclick: pick,
  });
  const name = h("span", { class: "pin-name" }, pin.name);
  const title = _("Give {letter} another name", { letter });
  const pen = h(
    "button",
    {
      type: "button",
      class: "quiet pin-rename",
      "aria-label": title,
      title,
      onclick: rename,
    },
    icon("pen"),
  );
  const isHidden = Boolean(pin.hidden);
  const node = h(
    "li",
    { class: isHidden ? "pin hidden-pin" : "pin", "data-pin": letter },
    ask,
    h("span", { class: "letter", "data-letter": letter }, letter),
    value,
    note,
    pen,
    createMenu(ctx, pin, rename),
    name,
  );
  readWhole(node, name);

  function rename() {
    const field = createNaming(ctx, pin, () => field.replaceWith(name));
    const before = focused();
    name.replaceWith(field);
    field.focus();
    field.select();
    field.addEventListener("ended", () => before?.isConnected && before.focus());
  }

  return {
    node,
    /** Show what the plan comes to, as the server says it. @param {Answer["pins"][number]} figures */
    show(figures) {
      setText(value, figures.value);
      setText(note, figures.differs ? "≠" : "");
      setAttribute(node, "data-differs", figures.differs);
      const texts = [isHidden ? _("Hidden in the charts") : "", figures.note];
      setAttribute(ask, "title", texts.filter(Boolean).join("; ") || null);
    },
    /** @param {string[]} picked  letters that are asked about */
    mark(picked) {
      const isPicked = picked.includes(letter);
      setAttribute(ask, "aria-pressed", String(isPicked));
      const before = isPicked ? [] : picked; // its name stays while it is pressed
      setAttribute(ask, "aria-label", questionNamed(before, { letter, name: pin.name }));
    },
  };
}

/**
 * The field in which a pin is named.
 * @param {Ctx} ctx
 * @param {Pin} pin
 * @param {() => void} ended
 */
function createNaming({ start, store, board }, pin, ended) {
  const field = h("input", {
    type: "text",
    class: "pin-field",
    value: pin.name,
    maxlength: start.limits.longest_name,
    autocomplete: "off",
    "data-field": "pin-name",
    "aria-label": _("Name of {letter}", { letter: letterOf(pin) }),
  });
  tellFull(field, (text) => (text ? toast(board, text) : hush(board)));
  let isDone = false;

  function end(wanted = pin.name) {
    if (isDone) return;
    isDone = true;
    const named = wanted.trim() || pin.name;
    ended();
    if (named === pin.name) return;
    const pins = store.state.pins.map((each) =>
      each.id === pin.id ? { ...each, name: named } : each,
    );
    store.set({ pins });
    hush(board); // a message may call it by its name of before, and ask for another
  }

  field.addEventListener("blur", () => end(field.value));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === "Enter" ? field.value : pin.name);
    field.dispatchEvent(new Event("ended"));
  });
  return field;
}

/** What can be done with a pin. @param {Ctx} ctx @param {Pin} pin @param {() => void} rename */
function createMenu({ store, board }, pin, rename) {
  const letter = letterOf(pin);
  const change = (/** @type {Partial<Pin>} */ values) =>
    store.commit({
      pins: store.state.pins.map((each) => (each.id === pin.id ? { ...each, ...values } : each)),
    });
  return menuButton(
    {
      class: "quiet pin-menu",
      "aria-label": _("What to do with {letter}", { letter }),
      "data-pin-menu": letter,
    },
    ["⋯"],
    () => [
      {
        name: "pin-load",
        label: _("Go back to this plan"),
        action: () => store.commit({ base: pin.base, doc: pin.doc }),
      },
      { name: "pin-rename", label: _("Rename"), action: rename },
      {
        name: "pin-hide",
        label: pin.hidden ? _("Show it in the charts") : _("Hide it in the charts"),
        action: () => change({ hidden: !pin.hidden }),
      },
      {
        name: "pin-remove",
        label: _("Take it away"),
        action() {
          store.commit({ pins: store.state.pins.filter(({ id }) => id !== pin.id) });
          toast(
            board,
            _("{letter}, {name}, is taken away. Undo brings it back.", { letter, name: pin.name }),
          );
        },
      },
    ],
  );
}

/**
 * Keep the plan as it stands.
 * @param {Ctx} ctx
 */
export function addPin(ctx) {
  const { store, board } = ctx;
  const { base, doc, pins, pinned } = store.state;
  const present = pins.find((pin) => alike(pin.doc, doc));
  if (present) {
    const name = `${letterOf(present)} ${present.name}`;
    toast(board, _("This plan is pinned already, as {name}", { name }));
    return;
  }
  const slot =
    pins.length < ctx.start.limits.pins ? freeSlot(pins, otherLetters(store.state)) : null;
  if (slot === null) {
    toast(
      board,
      ngettext(
        "{number} plan is pinned already: take it away first",
        "{number} plans are pinned already: take one away first",
        pins.length,
      ),
    );
    return;
  }
  const id = pinned + 1;
  const name = _("Plan {letter}", { letter: letterOf({ slot }) });
  store.set({ pins: [...pins, { id, name, base, doc, slot, hidden: false }], pinned: id });
  const ways = [{ name: "name-pin", label: _("Name it (N)"), run: () => namePin(ctx) }];
  if (board.dataset.size === "narrow") {
    // The pinned plans are far from the hand there, and so are keys.
    ways[0].label = _("Name it");
    ways.push({ name: "compare-pinned", label: _("Compare"), run: () => ctx.go("compare") });
  }
  const told = _("{name} is pinned.", { name });
  const hint = _("Click two letters to ask which of both is better.");
  const isNews = board.dataset.size === "wide" && pins.length === 1;
  toast(board, isNews ? `${told} ${hint}` : told, { ways });
}

/**
 * Give the plan that was pinned last another name: its field opens.
 * @param {Ctx} ctx
 */
export function namePin({ board, store }) {
  const last = store.state.pins.reduce(
    (/** @type {Pin | null} */ best, pin) => (best && best.id > pin.id ? best : pin),
    null,
  );
  if (!last) {
    toast(board, _("Pin a plan (K): up to four stand here side by side."));
    return;
  }
  /** @type {HTMLElement | null} */
  const pen = board.querySelector(`[data-pin="${letterOf(last)}"] .pin-rename`);
  pen?.click();
}

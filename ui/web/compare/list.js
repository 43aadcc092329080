// What is compared: the pinned plans, unless somebody has chosen others. Pins and the plan as it stands
// are only referred to: letters, names and colours are theirs, on every page.

import { _ } from "../i18n/messages.js";
import { markedChanged } from "../scenarios/name.js";
import { alike, isChanged, withValues } from "../state/document.js";
import { CARRYING_ON, CURRENT, LETTERS, letterOf } from "../state/pins.js";

/**
 * What is chosen, pins that were made since behind it; else the pins, and the plan as it stands where
 * there are not two of them. Nobody else comes by themselves.
 * @param {State} state
 * @returns {CompareItem[]}
 */
export function itemsOf({ compareList, pins, doc }) {
  const isThere = (/** @type {CompareItem} */ item) =>
    item.source !== "pin" || pins.some(({ id }) => id === item.pin);
  const since = pins.filter(({ id }) => id > (compareList?.pinned ?? 0));
  const chosen = [...(compareList?.items.filter(isThere) ?? []), ...since.map(itemOfPin)];
  if (compareList?.items.length && chosen.length) return chosen;
  const isPinned = pins.some((pin) => alike(pin.doc, doc));
  const own = pins.map(itemOfPin);
  return own.length > 1 || (own.length && isPinned) ? own : [...own, { source: "current" }];
}

/** @param {Pin} pin @returns {CompareItem} */
function itemOfPin({ id }) {
  return { source: "pin", pin: id };
}

/**
 * A scenario from elsewhere, by its own name and the next letter.
 * @param {"base" | "preset" | "file" | "link" | "library"} source
 * @param {Doc} doc
 * @param {Doc | null} [base]  what its plan started from
 * @returns {CompareItem}
 */
export function itemOf(source, doc, base = null) {
  return { source, doc, name: "", letter: "", ...(base && { base }) };
}

/**
 * The scenarios that are compared, in their order, each with a letter of its own.
 * @param {Ctx} ctx
 * @returns {Compared[]}
 */
export function entries(ctx) {
  const { state } = ctx.store;
  return lettered(itemsOf(state).slice(0, ctx.start.limits.compared), state);
}

/**
 * @param {CompareItem[]} items
 * @param {State} state
 * @returns {Compared[]}
 */
function lettered(items, state) {
  const pinOf = (/** @type {number} */ id) => state.pins.find((pin) => pin.id === id);
  /** @type {(string | null)[]} */
  const letters = items.map((item) => {
    if (item.source === "current") return CURRENT;
    const pin = item.source === "pin" && pinOf(item.pin);
    return pin ? letterOf(pin) : null;
  });
  // The last letter has the colour of the plan.
  const usable = letters.includes(CURRENT) ? LETTERS.slice(0, -1) : LETTERS + CURRENT;
  return items.map((item, place) => {
    if (item.source === "current") {
      const { doc, base } = state;
      return { name: "", doc, base, source: "current", letter: CURRENT };
    }
    if (item.source === "pin") {
      const { name, doc, base, slot } = /** @type {Pin} */ (pinOf(item.pin));
      return { name, doc, base, source: "pin", letter: letterOf({ slot }), pin: item.pin };
    }
    const free = [...usable].filter((letter) => !letters.includes(letter));
    letters[place] = free.includes(item.letter) ? item.letter : free[0];
    return { ...item, letter: letters[place] };
  });
}

/** Letters of what is compared beside the pins: a new pin does not take them. @param {State} state */
export function otherLetters(state) {
  return itemsOf(state).flatMap((item) => ("letter" in item ? [item.letter] : []));
}

/** What has been chosen to be compared, or pinned: not the plan that merely stands there.
 * @param {State} state */
export function chosenItems(state) {
  return state.compareList ? itemsOf(state) : state.pins.map(itemOfPin);
}

/**
 * Whether a document is one of the shipped scenarios.
 * @param {Ctx} ctx
 */
export function isExample(ctx, doc) {
  return ctx.start.presets.some((preset) => alike(preset.doc, doc));
}

/**
 * What a scenario is called where it is shown; need not be unlike the others.
 * @param {Ctx} ctx
 * @param {Pick<Compared, "name" | "doc" | "source">} entry
 */
export function nameOf(ctx, entry) {
  const { state } = ctx.store;
  const isMoved =
    entry.source === "current" && entry.doc.name === state.base.name && isChanged(state);
  const name = keptName(ctx, entry);
  return isMoved && !entry.name.trim() ? shortened(ctx, markedChanged(name)) : name;
}

/**
 * What a scenario is called where it is kept: that it was changed is no part of its name.
 * @param {Ctx} ctx
 * @param {Pick<Compared, "name" | "doc">} entry
 */
export function keptName(ctx, { name, doc }) {
  return shortened(ctx, name.trim() || ctx.title(doc));
}

/** A name as long as routes take it, with a sign where it goes on. @param {Ctx} ctx @param {string} name */
function shortened(ctx, name) {
  const signs = [...name];
  const { longest_name: longest } = ctx.start.limits;
  if (signs.length <= longest) return name;
  return `${signs
    .slice(0, longest - 1)
    .join("")
    .trimEnd()}…`;
}

/** What carrying on is called. */
export function carryingOn() {
  return { letter: CARRYING_ON, name: _("Carrying on") };
}

/** Where a scenario is from, in words. */
export function sourceOf(source) {
  return {
    current: _("The plan as it stands"),
    pin: _("Pinned"),
    preset: _("Example"),
    base: _("What it started from"),
    file: _("From a file"),
    library: _("From the library"),
    link: _("From a link"),
  }[source];
}

/**
 * How many more fit.
 * @param {Ctx} ctx
 */
export function room(ctx) {
  return ctx.start.limits.compared - entries(ctx).length;
}

/**
 * Whether this scenario is there already.
 * @param {Ctx} ctx
 */
export function holds(ctx, doc, source) {
  return entries(ctx).some((entry) =>
    source === "current" ? entry.source === "current" : alike(entry.doc, doc),
  );
}

/**
 * Whether the plan as it stands is not among what is compared, by itself or as a pin that is like it.
 * @param {Ctx} ctx
 */
export function lacksPlan(ctx) {
  return !holds(ctx, ctx.store.state.doc, "current") && !holds(ctx, ctx.store.state.doc, "pin");
}

/**
 * Add scenarios behind the others; those that do not fit are left out.
 * @param {Ctx} ctx
 * @param {CompareItem[]} more
 */
export function add(ctx, more) {
  put(ctx, [...itemsOf(ctx.store.state), ...more].slice(0, ctx.start.limits.compared));
}

/**
 * Have what is asked about among what is compared: pins, or the plan as it stands. To ask is no step; only
 * where there is no room do the last of the others give way, and undo brings them back.
 * @param {Ctx} ctx
 * @param {string[]} letters  of them
 */
export function include(ctx, letters) {
  const { store, start } = ctx;
  const most = start.limits.compared;
  /** @type {[string, CompareItem][]} */
  const own = store.state.pins.map((pin) => [letterOf(pin), itemOfPin(pin)]);
  own.push([CURRENT, { source: "current" }]);
  const asked = own.filter(([letter]) => letters.includes(letter)).map(([, item]) => item);
  const isAmong = (/** @type {CompareItem[]} */ items, /** @type {CompareItem} */ item) =>
    items.some((other) => isSameOwn(other, item));
  let items = itemsOf(store.state).slice(0, most);
  const missing = asked.filter((item) => !isAmong(items, item));
  if (!missing.length) return;
  const isFull = items.length + missing.length > most;
  while (items.length + missing.length > most) {
    const last = items.findLast((item) => !isAmong(asked, item));
    items = items.filter((item) => item !== last);
  }
  const change = { compareList: listOf(ctx, [...items, ...missing]) };
  if (isFull) store.commit(change);
  else store.set(change);
}

/** Whether both are the same pin, or both the plan as it stands. @param {CompareItem} item @param {CompareItem} other */
function isSameOwn(item, other) {
  if (item.source === "pin") return other.source === "pin" && other.pin === item.pin;
  return item.source === "current" && other.source === "current";
}

/**
 * Compare these and no others.
 * @param {Ctx} ctx
 * @param {CompareItem[]} items
 */
export function put(ctx, items) {
  ctx.store.commit({ compareList: listOf(ctx, items) });
}

/**
 * The choice of these, each with the letter that it has by now.
 * @param {Ctx} ctx
 * @param {CompareItem[]} items
 * @returns {CompareList}
 */
function listOf(ctx, items) {
  const { state } = ctx.store;
  const letters = lettered(items, state).map((entry) => entry.letter);
  const kept = items.map((item, place) =>
    "letter" in item ? { ...item, letter: letters[place] } : item,
  );
  const { keptIn } = state.compareList ?? {};
  return { items: kept, pinned: state.pinned, ...(keptIn && { keptIn }) };
}

/**
 * Remember which set of the library is compared now; it counts as chosen.
 * @param {Ctx} ctx
 * @param {KeptIn} keptIn
 */
export function rememberKept(ctx, keptIn) {
  const list = listOf(ctx, itemsOf(ctx.store.state));
  ctx.store.set({ compareList: { ...list, keptIn } });
}

/**
 * Take one away from the comparison; a pin stays pinned.
 * @param {Ctx} ctx
 */
export function remove(ctx, place) {
  put(
    ctx,
    itemsOf(ctx.store.state).filter((_item, index) => index !== place),
  );
}

/**
 * Move one by a place to the left (-1) or the right (1).
 * @param {Ctx} ctx
 */
export function move(ctx, place, by) {
  const items = itemsOf(ctx.store.state).slice(0, ctx.start.limits.compared);
  const [item] = items.splice(place, 1);
  items.splice(place + by, 0, item);
  put(ctx, items);
}

/**
 * Call one by another name, here and wherever else it is shown; an empty one gives a scenario that is
 * no pin its own again.
 * @param {Ctx} ctx
 */
export function rename(ctx, place, name) {
  const { store } = ctx;
  const { pins, doc } = store.state;
  const items = itemsOf(store.state);
  const item = items[place];
  const wanted = name.trim();
  if (item.source === "pin") {
    if (!wanted) return;
    store.commit({
      pins: pins.map((pin) => (pin.id === item.pin ? { ...pin, name: wanted } : pin)),
    });
  } else if (item.source === "current") {
    if (wanted) store.commit({ doc: withValues(doc, { name: wanted }) });
  } else {
    put(
      ctx,
      items.map((each) => (each === item ? { ...item, name } : each)),
    );
  }
}

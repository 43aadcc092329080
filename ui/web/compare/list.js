// What is compared: scenarios A, B and so on. They are kept in the state, as
// [{ name, doc, source }]; an empty name stands for the document's own.

import { _ } from "../i18n/messages.js";
import { alike } from "../state/document.js";

/** The letter of the scenario at a place. */
export function letterAt(place) {
  return String.fromCharCode("A".charCodeAt(0) + place);
}

/**
 * The scenarios that are compared, in their order: those that were chosen, else the plan as it
 * stands, what it started from, and the pinned plans. "current" is the plan as it stands now.
 * @param {Ctx} ctx
 */
export function entries(ctx) {
  const { compareList, doc } = ctx.store.state;
  const chosen = compareList?.length ? compareList : standard(ctx);
  return chosen
    .slice(0, ctx.start.limits.compared)
    .map((entry) => (entry.source === "current" ? { ...entry, doc } : entry));
}

/** @param {Ctx} ctx */
function standard(ctx) {
  const { doc, base, pins } = ctx.store.state;
  const offered = [
    { name: "", doc, source: "current" },
    { name: "", doc: base, source: isExample(ctx, base) ? "preset" : "base" },
    ...pins.map((pin) => ({ name: pin.name, doc: pin.doc, source: "pin" })),
  ];
  return offered.filter(
    (entry, place) => !offered.slice(0, place).some((before) => alike(before.doc, entry.doc)),
  );
}

/**
 * Whether a document is one of the shipped scenarios.
 * @param {Ctx} ctx
 */
export function isExample(ctx, doc) {
  return ctx.start.presets.some((preset) => alike(preset.doc, doc));
}

/**
 * What a scenario is called; need not be unlike the others.
 * @param {Ctx} ctx
 */
export function nameOf(ctx, { name, doc, source }) {
  const longest = ctx.start.limits.longest_name;
  const shortened = (text) => [...text].slice(0, longest).join("");
  if (name.trim()) return shortened(name.trim());
  const title = ctx.title(doc);
  const moved = source === "current" && !alike(doc, ctx.store.state.base);
  return shortened(moved ? _("{name} (changed)", { name: title }) : title);
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
 * Add scenarios behind the others; those that do not fit are left out.
 * @param {Ctx} ctx
 */
export function add(ctx, more) {
  put(ctx, [...entries(ctx), ...more].slice(0, ctx.start.limits.compared));
}

/**
 * Take one away.
 * @param {Ctx} ctx
 */
export function remove(ctx, place) {
  put(
    ctx,
    entries(ctx).filter((_entry, index) => index !== place),
  );
}

/**
 * Move one by a place to the left (-1) or the right (1).
 * @param {Ctx} ctx
 */
export function move(ctx, place, by) {
  const all = entries(ctx);
  const [entry] = all.splice(place, 1);
  all.splice(place + by, 0, entry);
  put(ctx, all);
}

/**
 * Call one by another name; an empty one gives it its own again.
 * @param {Ctx} ctx
 */
export function rename(ctx, place, name) {
  put(
    ctx,
    entries(ctx).map((entry, index) => (index === place ? { ...entry, name } : entry)),
  );
}

/** @param {Ctx} ctx */
function put(ctx, compareList) {
  ctx.store.set({ compareList });
}

// What is compared: up to six scenarios, A to F. They are kept in the state, as
// [{ name, doc, source }]; an empty name stands for the document's own.

import { alike } from "../state/document.js";
import { _ } from "../i18n/messages.js";

export const MOST = 6;
export const FEWEST = 2;
export const LETTERS = "ABCDEF";
export const LONGEST_NAME = 80;

/**
 * The scenarios that are compared, in their order: those that were chosen, else the plan as it
 * stands, what it started from, and the pinned plans. "current" is the plan as it stands now.
 */
export function entries(ctx) {
  const { compare, doc } = ctx.store.state;
  const chosen = compare?.length ? compare : standard(ctx);
  return chosen.slice(0, MOST).map((one) => (one.source === "current" ? { ...one, doc } : one));
}

function standard(ctx) {
  const { doc, base, pins } = ctx.store.state;
  const offered = [
    { name: "", doc, source: "current" },
    { name: "", doc: base, source: isExample(ctx, base) ? "preset" : "base" },
    ...pins.map((one) => ({ name: one.name, doc: one.doc, source: "pin" })),
  ];
  return offered.filter(
    (one, place) => !offered.slice(0, place).some((before) => alike(before.doc, one.doc)),
  );
}

/** Whether a document is one of the shipped scenarios. */
export function isExample(ctx, doc) {
  return ctx.start.presets.some((one) => alike(one.doc, doc));
}

/** What a scenario is called; need not be unlike the others. */
export function nameOf(ctx, { name, doc, source }) {
  if (name.trim()) return shortened(name.trim());
  const title = ctx.title(doc);
  const moved = source === "current" && !alike(doc, ctx.store.state.base);
  return shortened(moved ? _("{name} (changed)", { name: title }) : title);
}

function shortened(name) {
  return [...name].slice(0, LONGEST_NAME).join("");
}

/** Whose plan it is: shipped organisations in the page's language. */
export function organisationOf(ctx, { doc }) {
  const { name } = doc.organisation;
  const shipped = ctx.start.presets.find((one) => one.doc.organisation.name === name);
  return shipped?.organisation ?? name;
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

/** How many more fit. */
export function room(ctx) {
  return MOST - entries(ctx).length;
}

/** Whether this scenario is there already. */
export function holds(ctx, doc, source) {
  return entries(ctx).some((one) =>
    source === "current" ? one.source === "current" : alike(one.doc, doc),
  );
}

/** Add scenarios behind the others; those that do not fit are left out. */
export function add(ctx, more) {
  put(ctx, [...entries(ctx), ...more].slice(0, MOST));
}

/** Take one away. */
export function remove(ctx, place) {
  put(
    ctx,
    entries(ctx).filter((one, index) => index !== place),
  );
}

/** Move one by a place to the left (-1) or the right (1). */
export function move(ctx, place, by) {
  const all = entries(ctx);
  const [one] = all.splice(place, 1);
  all.splice(place + by, 0, one);
  put(ctx, all);
}

/** Call one by another name; an empty one gives it its own again. */
export function rename(ctx, place, name) {
  put(
    ctx,
    entries(ctx).map((one, index) => (index === place ? { ...one, name } : one)),
  );
}

function put(ctx, compare) {
  ctx.store.set({ compare });
}

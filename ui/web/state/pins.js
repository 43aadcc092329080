// Pinned plans as data: their letters, and what becomes of them when steps are undone. Pure.

/** What pins are called by their slots, and whatever else is compared. */
export const LETTERS = "ABCDEF";

/** The letter of the plan as it stands. */
export const CURRENT = "P";

/** The letter of carrying on. */
export const CARRYING_ON = "0";

const SLOTS = [1, 2, 3, 4];

/** The letter of a pin, wherever it is shown. @param {Pick<Pin, "slot">} pin */
export function letterOf({ slot }) {
  return LETTERS[slot - 1];
}

/**
 * The slot for one more pin: one that is free, and whose letter nothing else has, if there is one.
 * @param {Pin[]} pins
 * @param {string[]} letters  that other scenarios go by
 * @returns {number | null}
 */
export function freeSlot(pins, letters = []) {
  const free = SLOTS.filter((slot) => !pins.some((pin) => pin.slot === slot));
  return free.find((slot) => !letters.includes(letterOf({ slot }))) ?? free[0] ?? null;
}

/**
 * The pins of a step that is gone back or forth to: its own, and those that are younger than it. A
 * plan that was pinned to come back to must not go when one goes back to before it was pinned, nor
 * lose the name that it was given.
 * @param {Step} step
 * @param {Step} present
 * @returns {Pick<Step, "pins" | "pinned">}
 */
export function pinsAt(step, present) {
  const pins = present.pins.filter((pin) => pin.id > step.pinned);
  const names = new Map(present.pins.map(({ id, name }) => [id, name]));
  for (const pin of step.pins) {
    const name = names.get(pin.id) ?? pin.name;
    const isTaken = pins.some((other) => other.slot === pin.slot);
    const slot = isTaken ? freeSlot([...pins, ...step.pins]) : pin.slot;
    if (slot !== null) pins.push({ ...pin, name, slot });
  }
  pins.sort((pin, other) => pin.id - other.id);
  return { pins, pinned: Math.max(step.pinned, present.pinned) };
}

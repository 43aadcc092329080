// A lever: its name, its slider, the field for its value, and what that value means.

import { _, fmt } from "../../i18n/messages.js";
import { h, setAttribute, setText } from "../../kit/dom.js";
import { seam } from "../../kit/seams.js";
import { createBinding } from "./binding.js";
import { createField } from "./field.js";
import { createLock } from "./lock.js";
import { createSlider } from "./slider.js";
import { onTheWay, readingOf, wordOf } from "./units.js";

const SAVINGS = "savings"; // the line of the split that buys nothing

/**
 * A lever.
 * @param {Ctx} ctx
 * @param {Lever} lever  as the server describes it
 * @param {Shared} shared  `sources`: their names; `money`: as createMoney gives it
 * @param {Binding} binding  what it stands for in a scenario
 * @returns {{node: HTMLElement, show: (state: State) => void, isMoved: (state: State) => boolean,
 *   bring: (texts: Record<string, string>) => void}}
 */
export function createLever(ctx, lever, shared, binding = createBinding(lever, shared)) {
  const { label } = lever;
  const name = h(
    "button",
    { type: "button", class: "lever-label", "aria-haspopup": "dialog", title: label },
    label,
  );
  seam(name);
  name.addEventListener("click", () =>
    ctx.help(name, { title: label, number: lever.number ?? undefined, ...lever.help }),
  );
  const slider = createSlider(ctx, lever, binding);
  // From a field that was taken over, the arrow keys go on at the slider.
  const field = createField(ctx, lever, binding, () => slider.input.focus());
  const meaning = h("span", { class: "lever-meaning", onclick: () => name.click() });
  const isSpent = binding.line && binding.line !== SAVINGS; // what is kept brings nothing
  const brings = isSpent ? h("p", { class: "lever-brings", onclick: () => name.click() }) : null;
  const lock = binding.line ? createLock(ctx, lever) : null;
  const node = h(
    "div",
    { class: binding.source || binding.line ? "lever with-money" : "lever" },
    name,
    slider.node,
    field.node,
    meaning,
    lock?.node,
    brings,
    field.problem,
  );

  function show(state) {
    for (const part of [slider, field, lock]) part?.show(state);
    const { doc } = state;
    const value = binding.value(doc);
    const current = ctx.board.hasAttribute("data-between") ? onTheWay(lever, value) : value;
    const amount = binding.amount(doc);
    const word =
      amount === null ? wordOf(lever, current) : fmt.money(amount, doc.organisation.currency);
    setText(meaning, word);
    setAttribute(meaning, "title", amount === null ? word : _("{amount} a year", { amount: word }));
    setAttribute(slider.input, "aria-valuetext", spoken(current, word));
  }

  /** The value as a screen reader says it: with its unit, and its money or its word. */
  function spoken(current, word) {
    const values = { value: readingOf(lever, current), amount: word, word };
    if (binding.source) return _("{value}, frees {amount} a year", values);
    if (binding.line) return _("{value}, gets {amount} a year", values);
    return lever.words.template ? word : _("{value}: {word}", values);
  }

  return {
    node,
    show,
    /** Say what the instrument costs and brings. @param {Record<string, string>} texts  by line */
    bring: (texts) => brings && setText(brings, (binding.line && texts[binding.line]) ?? ""),
    /** Whether it stands elsewhere than where the scenario started. */
    isMoved: (state) => binding.value(state.doc) !== binding.value(state.base),
  };
}

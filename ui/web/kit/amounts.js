// Numbers in running text: each is a button that says how it came about.

import { tied } from "../i18n/messages.js";
import { h } from "./dom.js";

/**
 * A number as a button.
 * @param {string} text
 * @param {(button: HTMLButtonElement) => void} ask  called with it when it is pressed
 */
export function amountButton(text, ask) {
  const button = h(
    "button",
    { type: "button", class: "amount", "aria-haspopup": "dialog" },
    tied(text),
  );
  button.addEventListener("click", () => ask(button));
  return button;
}

/**
 * A text in which numbers are buttons.
 * @param {string} text
 * @param {{text: string, ask: (button: HTMLButtonElement) => void}[]} amounts  in their order there;
 *   one that is not in it stays out
 * @returns {Child[]}
 */
export function withAmounts(text, amounts) {
  /** @type {Child[]} */
  const nodes = [];
  let rest = tied(text);
  for (const { text: said, ask } of amounts) {
    const amount = tied(said);
    const place = rest.indexOf(amount);
    if (place < 0) continue;
    const button = amountButton(said, ask);
    const isBracketed = rest[place - 1] === "(";
    // No line ends with a bracket that opens.
    nodes.push(
      rest.slice(0, isBracketed ? place - 1 : place),
      isBracketed ? h("span", { class: "amount-start" }, "(", button) : button,
    );
    rest = rest.slice(place + amount.length);
  }
  return [...nodes, rest];
}

// What is wrong with a field, told beside it; or asked, where that is open.

import { _, fmt } from "../i18n/messages.js";
import { h, newId, setAttribute, setText } from "./dom.js";

/**
 * Say that no more fits into a field, as soon as somebody writes more: what is left out goes silently else.
 * @param {HTMLInputElement} input  with the most that it takes
 * @param {(text: string) => void} say  called with "" once there is nothing to say
 */
export function tellFull(input, say) {
  let isFull = false;
  input.addEventListener("beforeinput", ({ data }) => {
    const { value, selectionStart, selectionEnd, maxLength } = input;
    const kept = value.length - ((selectionEnd ?? 0) - (selectionStart ?? 0));
    const wasFull = isFull;
    isFull = Boolean(data) && kept + (data?.length ?? 0) > maxLength;
    const number = fmt.number(maxLength);
    if (isFull) say(_("At most {number} characters fit here: the rest is left out.", { number }));
    else if (wasFull) say("");
  });
}

/**
 * The place beside a field where it is told what is wrong with it.
 * @param {HTMLInputElement} input
 * @param {string} help  id of what describes the field anyhow; "" for nothing
 */
export function createComplaint(input, help = "") {
  const node = h("p", { class: "field-error", id: newId(), role: "alert" });
  let asked = ""; // a button that is being pressed must not be made anew

  /** @param {boolean} isWrong */
  function mark(isWrong) {
    const about = [isWrong ? node.id : "", help].filter(Boolean).join(" ");
    setAttribute(input, "aria-invalid", isWrong ? "true" : null);
    setAttribute(input, "aria-describedby", about || null);
  }

  return {
    node,
    isShown: () => node.textContent !== "",
    /** Say what is wrong; "" for nothing. @param {string} text */
    say(text) {
      asked = "";
      setText(node, text);
      mark(text !== "");
    },
    /**
     * Ask which of several is meant; a click on one answers.
     * @param {string} question
     * @param {string[]} choices
     * @param {(choice: string) => void} choose
     */
    ask(question, choices, choose) {
      const whole = [question, ...choices].join(" ");
      if (asked === whole) return;
      asked = whole;
      const buttons = choices.map((choice) =>
        h(
          "button",
          {
            type: "button",
            class: "plain small",
            "data-choice": choice,
            onclick: () => choose(choice),
          },
          choice,
        ),
      );
      node.replaceChildren(h("span", {}, question), ...buttons);
      mark(true);
    },
  };
}

// What is wrong with a field, told beside it; or asked, where that is open.

import { h, newId, setAttribute, setText } from "./dom.js";

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

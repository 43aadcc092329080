// What the proof is not about: whether the model holds. Below the proof, with the way to the page that
// says how far it does.

import { _ } from "../i18n/messages.js";
import { h, setText } from "../kit/dom.js";
import { ask } from "../server/http.js";

/**
 * The line, asked for once there is an answer to stand below.
 * @param {Ctx} ctx
 */
export function createReality(ctx) {
  const text = h(
    "span",
    {},
    _(
      "The proof is about the search within the model. How far the model holds is another question.",
    ),
  );
  const go = h(
    "button",
    {
      type: "button",
      class: "link",
      "data-action": "checked",
      onclick: () => ctx.go("validation"),
    },
    _("Checked against the world"),
  );
  const node = h("p", { class: "note best-reality" }, text, " ", go);
  let isAsked = false;
  return {
    node,
    /** Have the numbers in it. @param {AbortSignal} signal */
    want(signal) {
      if (isAsked) return;
      isAsked = true;
      ask("validation", { language: ctx.start.language }, { signal }).then(
        (/** @type {Validation} */ { proof }) => setText(text, proof),
        () => {
          isAsked = false; // it stands without them, and is asked for again with the next answer
        },
      );
    },
  };
}

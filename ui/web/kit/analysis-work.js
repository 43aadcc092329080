// The work of an analysis: how far it is, what it found, and that it can be stopped. What is shown of a
// plan that has moved since is marked as old, and worked out again once nothing moves. Without an answer
// it is asked for again.

import { _ } from "../i18n/messages.js";
import { requestError } from "../server/http.js";
import { fill, h, setAttribute, setText } from "./dom.js";

const REST_MS = 400;
const PAUSES_MS = [300, 700, 1500, 3000, 5000];

/**
 * @param {Ctx} ctx
 * @param {AnalysisEntry} analysis
 * @param {(reply: AnalysisReply) => Child[]} contentOf  what is shown of what it found
 */
export function createWork(ctx, analysis, contentOf) {
  const text = h("span", { role: "status" });
  const bar = h("progress", { max: 1, "aria-label": _("How far it is") });
  const button = h("button", { type: "button", class: "quiet", "data-action": "stop" });
  const line = h("div", { class: "analysis-progress" }, text, bar, button);
  const fault = h("p", { class: "field-error", role: "alert" });
  const result = h("div", { class: "scroll-x analysis-found" });
  const node = h("div", { class: "analysis-work" }, line, fault, result);
  /** @type {AbortController | null} */
  let working = null; // breaks off what is under way: the server stops as well
  /** @type {Record<string, OptionValue>} */
  let options = {};
  /** @type {Doc | null} */
  let asked = null;
  let failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;

  /** @param {string} said @param {"work" | "stopped" | "done"} state */
  function tell(said, state) {
    setText(text, said);
    bar.hidden = state !== "work" || !bar.hasAttribute("value");
    button.hidden = bar.hidden && state !== "stopped";
    setText(button, state === "work" ? _("Stop") : _("Work it out"));
    setAttribute(node, "aria-busy", state === "work" || null);
  }

  /** @param {AnalysisReply} reply */
  function show(reply) {
    fill(result, ...contentOf(reply));
    result.classList.remove("is-old");
    setText(fault, "");
    failures = 0;
  }

  function start() {
    clearTimeout(rest);
    working?.abort();
    const mine = new AbortController();
    const isMine = () => working === mine; // else an answer to something else comes too late
    working = mine;
    asked = ctx.store.state.doc;
    bar.removeAttribute("value");
    tell(_("Working it out …"), "work");
    const hear = {
      breaking: mine.signal,
      /** @param {number} share */
      onDone(share) {
        if (!isMine()) return;
        bar.value = share;
        tell(text.textContent ?? "", "work");
      },
      /** @param {AnalysisReply} reply */
      onRough(reply) {
        if (!isMine()) return;
        show(reply);
        tell(_("A first picture from few cases; it is getting more exact …"), "work");
      },
    };
    ctx.api.analysis(asked, analysis.id, options, hear).then(
      (reply) => {
        if (!isMine()) return;
        working = null;
        show(reply);
        tell("", "done");
      },
      (error) => {
        if (!isMine()) return;
        working = null;
        failed(requestError(error));
      },
    );
  }

  /** @param {import("../server/http.js").RequestError} error */
  function failed({ problems, text: said, message }) {
    if (!problems) {
      failures += 1;
      setText(fault, `${said ?? message} ${_("Trying again.")}`);
      rest = setTimeout(start, PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1]);
      return;
    }
    fill(result);
    const [first] = problems;
    setText(
      fault,
      first
        ? _("This can't be simulated. {field}: found {found}, allowed {allowed}", first)
        : _("This can't be simulated."),
    );
    tell("", "stopped");
  }

  function stop() {
    clearTimeout(rest);
    working?.abort();
    working = null;
  }

  button.addEventListener("click", () => {
    if (!working) return start();
    stop();
    tell(_("Stopped."), "stopped");
  });

  return {
    node,
    start,
    stop,
    /** @param {string} id @param {OptionValue} value */
    choose(id, value) {
      options = { ...options, [id]: value };
      result.classList.add("is-old");
      start();
    },
    /** The plan may have moved. */
    follow() {
      if (ctx.store.state.doc === asked) return;
      asked = ctx.store.state.doc;
      stop();
      result.classList.add("is-old");
      bar.removeAttribute("value");
      tell(_("The plan has moved: it is worked out again …"), "work");
      rest = setTimeout(start, REST_MS); // while something is being moved nothing is worked out
    },
  };
}

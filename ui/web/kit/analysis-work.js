// The work of an analysis: how far it is, what it found, and that it can be stopped. What is shown of a
// plan that has moved since is marked as old, and worked out again once nothing moves. Without an answer
// it is asked for again.

import { _ } from "../i18n/messages.js";
import { requestError } from "../server/http.js";
import { enlargedIn } from "./curves.js";
import { fill, h, setAttribute, setText } from "./dom.js";

const REST_MS = 400;
const PAUSES_MS = [300, 700, 1500, 3000, 5000];

/**
 * @param {Ctx} ctx
 * @param {AnalysisEntry} analysis
 * @param {(reply: AnalysisReply) => Child[]} contentOf  what is shown of what it found
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: what is worked out and how old it is decide together what is shown
export function createWork(ctx, analysis, contentOf) {
  const progress = createProgress();
  const fault = h("p", { class: "field-error", role: "alert" });
  const result = h("div", { class: "scroll-x analysis-found" });
  const node = h("div", { class: "analysis-work" }, progress.node, fault, result);
  const run = createRun(ctx, analysis);
  /** @type {Record<string, OptionValue>} */
  let options = {};
  /** @type {Doc | null} */
  let asked = null;
  let failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;

  /** @param {string} text @param {"work" | "stopped" | "done"} state */
  function tell(text, state) {
    progress.tell(text, state);
    setAttribute(node, "aria-busy", state === "work" || null);
  }

  /** @param {AnalysisReply} reply */
  function show(reply) {
    const enlargeAgain = enlargedIn(result);
    const standAgain = stoodIn(result);
    fill(result, ...contentOf(reply));
    enlargeAgain();
    standAgain();
    result.classList.remove("is-old");
    setText(fault, "");
    failures = 0;
  }

  function start() {
    clearTimeout(rest);
    asked = ctx.store.state.doc;
    progress.begin();
    tell(_("Working it out …"), "work");
    run.start(asked, options, {
      onDone: progress.reach,
      onRough(reply) {
        show(reply);
        tell(_("A first picture from few cases; it is getting more exact …"), "work");
      },
      onReply(reply) {
        show(reply);
        tell("", "done");
      },
      onError: (error) => failed(requestError(error)),
    });
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
    run.stop();
  }

  progress.button.addEventListener("click", () => {
    if (!run.isGoing) return start();
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
    /** What was chosen, by option. */
    chosen: () => options,
    /** Go on with these, whatever the plan says of them. @param {Record<string, OptionValue>} values */
    hold(values) {
      options = { ...values, ...options };
    },
    /** The plan may have moved. */
    follow() {
      if (ctx.store.state.doc === asked) return;
      asked = ctx.store.state.doc;
      stop();
      result.classList.add("is-old");
      progress.begin();
      tell(_("The plan has moved: it is worked out again …"), "work");
      rest = setTimeout(start, REST_MS); // while something is being moved nothing is worked out
    },
  };
}

/**
 * Where the keyboard stands in a part of the page: what this gives puts it on the same button of what is
 * drawn there instead.
 * @param {HTMLElement} part
 */
function stoodIn(part) {
  const at = document.activeElement;
  const said = at instanceof HTMLElement && part.contains(at) ? JSON.stringify(at.dataset) : null;
  return () => {
    if (said === null) return;
    for (const button of part.querySelectorAll("button")) {
      if (JSON.stringify(button.dataset) === said) button.focus({ preventScroll: true });
    }
  };
}

/**
 * Work at the server, of which only the newest counts: an answer to something else comes too late.
 * @param {Ctx} ctx
 * @param {Pick<AnalysisEntry, "id">} analysis
 */
export function createRun(ctx, analysis) {
  /** @type {AbortController | null} */
  let going = null; // breaks off what is under way: the server stops as well
  return {
    get isGoing() {
      return going !== null;
    },

    /**
     * @param {Doc} doc
     * @param {Record<string, OptionValue>} options
     * @param {{onDone: (share: number) => void, onRough: (reply: AnalysisReply) => void,
     *   onReply: (reply: AnalysisReply) => void, onError: (error: unknown) => void}} hear
     */
    start(doc, options, { onDone, onRough, onReply, onError }) {
      going?.abort();
      const mine = new AbortController();
      going = mine;
      const isMine = () => going === mine;
      const hear = {
        breaking: mine.signal,
        onDone: (/** @type {number} */ share) => isMine() && onDone(share),
        onRough: (/** @type {AnalysisReply} */ reply) => isMine() && onRough(reply),
      };
      /** @template Ended @param {(ended: Ended) => void} act @returns {(ended: Ended) => void} */
      const last = (act) => (ended) => {
        if (!isMine()) return;
        going = null;
        act(ended);
      };
      ctx.api.analysis(doc, analysis.id, options, hear).then(last(onReply), last(onError));
    },

    stop() {
      going?.abort();
      going = null;
    },
  };
}

/** How far some work is, and a button that stops it, or does it again. */
export function createProgress() {
  const status = h("span", { role: "status" });
  const bar = h("progress", { max: 1, "aria-label": _("How far it is") });
  const button = h("button", { type: "button", class: "quiet", "data-action": "stop" });

  /** Show the bar and the button as they fit. @param {"work" | "stopped" | "done"} state */
  function follow(state) {
    bar.hidden = state !== "work" || !bar.hasAttribute("value");
    button.hidden = bar.hidden && state !== "stopped";
    setText(button, state === "work" ? _("Stop") : _("Work it out"));
  }

  return {
    node: h("div", { class: "analysis-progress" }, status, bar, button),
    button,
    /** It begins: nobody knows how long it takes. */
    begin: () => bar.removeAttribute("value"),
    /** @param {number} share  of the work that is done */
    reach(share) {
      bar.value = share;
      follow("work");
    },
    /** @param {string} text @param {"work" | "stopped" | "done"} state */
    tell(text, state) {
      setText(status, text);
      follow(state);
    },
  };
}

// An analysis of the plan as a table, worked out for those who ask, and again when the plan moves. Names
// none: which there are, and what they can be asked, the server says.

import { _ } from "../i18n/messages.js";
import { analysisTable } from "../kit/analysis-table.js";
import { openDialog } from "../kit/dialog.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { requestError } from "../server/http.js";
import { takeStages } from "./take-stages.js";

const REST_MS = 400;

/**
 * Open the table of an analysis: over the charts, beside the levers, where there is room for both.
 * @param {Ctx} ctx
 * @param {AnalysisEntry} analysis
 */
export function openAnalysis(ctx, analysis) {
  const { board, store } = ctx;
  for (const open of board.querySelectorAll("dialog[data-sheet].analysis")) {
    /** @type {HTMLDialogElement} */ (open).close();
  }
  const work = createWork(ctx, analysis);
  const controls = createControls(analysis.options, work.choose);
  const { node } = openDialog(
    board,
    analysis.label,
    {
      wide: true,
      name: analysis.id,
      over: board.querySelector(".middle"),
      onclose() {
        forget();
        work.stop();
      },
    },
    h("p", { class: "lead" }, analysis.lead),
    ...controls,
    work.node,
    h(
      "nav",
      { class: "analysis-others", "aria-label": _("Other questions") },
      others(ctx, analysis),
    ),
  );
  node.classList.add("analysis");
  const forget = store.subscribe(() => (node.isConnected ? work.follow() : forget()));
  work.start();
}

/** Buttons of the other analyses: what opens them is covered. @param {Ctx} ctx @param {AnalysisEntry} shown */
function others(ctx, shown) {
  return ctx.start.analyses
    .filter(({ id, room }) => room === "simulate" && id !== shown.id)
    .map((other) =>
      h(
        "button",
        {
          type: "button",
          class: "link",
          "data-open": other.id,
          onclick(/** @type {Event} */ { target }) {
            /** @type {Element} */ (target).closest("dialog")?.close();
            openAnalysis(ctx, other);
          },
        },
        other.label,
      ),
    );
}

/**
 * The work of an analysis, how far it is, and what it found; what is shown of a plan that has moved
 * since is marked as old, and worked out again once nothing moves.
 * @param {Ctx} ctx
 * @param {AnalysisEntry} analysis
 */
// One function: what is worked out and how old it is decide together what is shown.
function createWork(ctx, analysis) {
  const progress = createProgress();
  const result = h("div", { class: "scroll-x analysis-found" });
  const run = createRun(ctx, analysis);
  /** @type {Record<string, OptionValue>} */
  let options = {};
  /** @type {Doc | null} */
  let asked = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;

  /** @param {string} text @param {"work" | "stopped" | "done"} state */
  function tell(text, state) {
    progress.tell(text, state);
    setAttribute(result, "aria-busy", state === "work" || null);
  }

  /** @param {Child[]} content @param {boolean} isOld */
  function show(content, isOld = false) {
    fill(result, ...content);
    result.classList.toggle("is-old", isOld);
  }

  /** @param {AnalysisReply} reply */
  function found(reply) {
    return [...takeStages(ctx, reply.stages), ...analysisTable(analysis, reply)];
  }

  function start() {
    clearTimeout(rest);
    asked = ctx.store.state.doc;
    progress.begin();
    tell(_("Working it out …"), "work");
    run.start(asked, options, {
      onDone: progress.reach,
      onRough(reply) {
        show(found(reply));
        tell(_("A first picture from few cases; it is getting more exact …"), "work");
      },
      onReply(reply) {
        show(found(reply));
        tell("", "done");
      },
      onError(error) {
        show([h("p", { role: "alert" }, reason(error))]);
        tell("", "stopped");
      },
    });
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
    node: h("div", {}, progress.node, result),
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
      const { doc } = ctx.store.state;
      asked = doc;
      stop();
      result.classList.add("is-old");
      progress.begin();
      tell(_("The plan has moved: it is worked out again …"), "work");
      rest = setTimeout(start, REST_MS); // while something is being moved nothing is worked out
    },
  };
}

/**
 * Work at the server, of which only the newest counts: an answer to something else comes too late.
 * @param {Ctx} ctx
 * @param {AnalysisEntry} analysis
 */
function createRun(ctx, analysis) {
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
function createProgress() {
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

/**
 * The controls of all options; those that few ask are folded away.
 * @param {AnalysisOption[]} options
 * @param {(id: string, value: OptionValue) => void} choose
 */
function createControls(options, choose) {
  const [details, first] = [true, false].map((isDetail) =>
    options
      .filter((option) => option.is_detail === isDetail)
      .map((option) => createControl(option, choose)),
  );
  const rows = first.length ? [h("div", { class: "analysis-options" }, first)] : [];
  if (!details.length) return rows;
  return [
    ...rows,
    h(
      "details",
      { class: "analysis-details" },
      h("summary", {}, _("What this takes for granted")),
      h("div", { class: "analysis-options" }, details),
    ),
  ];
}

/**
 * What an option is set by.
 * @param {AnalysisOption} option
 * @param {(id: string, value: OptionValue) => void} change
 */
function createControl(option, change) {
  const { id, label, kind } = option;
  if (kind === "choice") {
    const select = h(
      "select",
      { "data-option": id, onchange: () => change(id, select.value) },
      option.choices.map((choice) =>
        h("option", { value: choice.id, selected: choice.id === option.default }, choice.label),
      ),
    );
    return h("label", {}, label, " ", select);
  }
  if (kind === "flag") {
    const box = h("input", {
      type: "checkbox",
      "data-option": id,
      checked: option.default === true,
      onchange: () => change(id, box.checked),
    });
    return h("label", {}, box, " ", label);
  }
  const input = h("input", {
    type: "number",
    "data-option": id,
    value: String(option.default),
    min: option.min,
    max: option.max,
    step: kind === "whole" ? 1 : "any",
    onchange: () => input.value !== "" && input.checkValidity() && change(id, Number(input.value)),
  });
  return h("label", {}, label, " ", input);
}

/** @param {unknown} error */
function reason(error) {
  const { isRefusal, text, message } = requestError(error);
  return isRefusal ? _("This plan can't be simulated.") : (text ?? message);
}

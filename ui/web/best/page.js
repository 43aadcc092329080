// The page that looks for the best plan: a question, a search that can be stopped, and its answer.

import { _, fmt } from "../i18n/messages.js";
import { toast } from "../kit/dialog.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { ask, requestError } from "../server/http.js";
import { createLatestRequest } from "../server/latest.js";
import { same } from "../state/document.js";
import { adoptedPart, answerParts } from "./answer.js";
import { createForm } from "./form.js";
import { createFrontier } from "./frontier.js";
import { createReality } from "./reality.js";

/**
 * Make the page.
 * @param {Ctx} ctx
 * @returns {Page}
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: what is asked, how far the search is and what it found decide together what is shown
export function createPage(ctx) {
  const { store } = ctx;
  const place = h("div", {});
  const controls = createControls({ begin, end, take });
  const leaving = new AbortController();
  const reality = createReality(ctx);
  const result = createResult(adopt, reality.node, {
    on: () => ctx.go("simulate"),
    back: () => store.undo(),
  });

  /** @type {ReturnType<typeof createForm> | null} */
  let form = null;
  /** @type {BestForm["frontiers"]} */
  let frontiers = [];
  /** @type {AbortController | null} */
  let search = null;
  /** @type {Doc | null} */
  let soFar = null;
  /** The scenarios that the answer is about: the one asked about, and those taken from it. @type {Doc[]} */
  let known = [];

  const described = createLatestRequest(
    "best-form",
    () => ({ content: { scenario: store.state.doc, language: ctx.start.language } }),
    {
      onReply(reply) {
        frontiers = reply.frontiers;
        form = createForm(ctx, reply, begin);
        fill(place, form.node);
        setAttribute(ctx.board, "data-ready", "true");
      },
      onRefused: () => controls.say(_("This page has a fault.")),
      onLost: (text) => controls.say(`${text} ${_("Trying again.")}`),
      onFound: () => controls.say(""),
    },
  );
  described.send();

  function begin() {
    const question = form?.question();
    if (!question) return;
    end();
    search = new AbortController();
    known = [store.state.doc];
    soFar = null;
    result.clear();
    controls.show(0, false);
    const { signal } = search;
    work(question, signal).catch((error) => {
      if (!signal.aborted) failed(error); // else it was stopped, which has been said
    });
  }

  /** @param {BestQuestion} question @param {AbortSignal} signal */
  async function work(question, signal) {
    const content = { scenario: store.state.doc, language: ctx.start.language, ...question };
    /** @type {HTMLElement | false | null} */
    let frontier = null;
    while (!signal.aborted) {
      /** @type {BestReply} */
      const reply = await ask("best", content, { signal });
      if (signal.aborted) return;
      soFar = reply.answer ? null : reply.best;
      controls.show(reply.progress, soFar !== null);
      if (!reply.answer) continue;
      frontier ??=
        reply.answer.verdict !== "infeasible" &&
        createFrontier(
          frontiers,
          (against) => ask("best-frontier", { ...content, against }, { signal: leaving.signal }),
          adopt,
        );
      result.tell(reply.answer, frontier);
      if (reply.is_done) {
        reality.want(leaving.signal); // not while the search still works
        end();
        return;
      }
      controls.say(
        _("The answer and its proof stand. Looking for plans nearly as good that look different."),
      );
    }
  }

  /** @param {unknown} error */
  function failed(error) {
    const { text, message, problems } = requestError(error);
    end();
    controls.say(
      problems?.map(({ found, allowed }) => `${found}: ${allowed}`).join("; ") || text || message,
    );
  }

  function end() {
    search?.abort();
    search = null;
    controls.hide();
    controls.say(soFar ? _("Stopped. The best so far can be taken.") : "");
  }

  /** The best so far is what is wanted: no other one is looked for. */
  function take() {
    const doc = soFar;
    end();
    if (doc) adopt(doc);
  }

  /** Make a plan the plan: one step, which undo takes back. @param {Doc} doc */
  function adopt(doc) {
    known.push(doc);
    store.commit({ doc });
    toast(ctx.board, _("It is the plan now. Undo takes it back."));
  }

  /** @param {State} state */
  function update(state) {
    const { doc } = state;
    form?.update(state);
    if (!known.length) return;
    result.adopt(doc, same(doc, known[0]));
    if (known.includes(doc)) return;
    // Undo brings back the scenario that was asked about; any other is another question.
    const isOld = !known.some((scenario) => JSON.stringify(scenario) === JSON.stringify(doc));
    setAttribute(result.node, "data-old", isOld);
    if (isOld && search) end();
  }

  return {
    nodes: [pageNode(place, controls.node, result.node)],
    isReadyLater: true,
    update,
    destroy() {
      search?.abort();
      leaving.abort();
      described.close();
    },
  };
}

/**
 * The question, its buttons and what was found, one below the other.
 * @param {...HTMLElement} parts
 */
function pageNode(...parts) {
  return h(
    "section",
    { class: "best-page" },
    h("h1", {}, _("The best plan")),
    h(
      "p",
      { class: "lead-in" },
      _(
        "Say what is best, what may move and what has to hold. What is found stands beside the present plan and carrying on, with its proof; it is never worse than these where they keep to what was asked.",
      ),
    ),
    ...parts,
  );
}

/**
 * The buttons of a search, and how far it is.
 * @param {{begin: () => void, end: () => void, take: () => void}} does
 */
function createControls({ begin, end, take }) {
  const go = h(
    "button",
    { type: "button", class: "primary", onclick: begin },
    _("Find the best plan"),
  );
  const stop = h("button", { type: "button", hidden: true, onclick: end }, _("Stop"));
  const taking = h(
    "button",
    { type: "button", hidden: true, onclick: take },
    _("Take the best so far"),
  );
  const bar = h("progress", { max: 1, value: 0, hidden: true, "aria-label": _("How far it is") });
  const status = h("p", { class: "best-status", role: "status" });
  return {
    node: h("div", { class: "best-go" }, go, stop, taking, bar, status),
    /** @param {string} text */
    say: (text) => setText(status, text),
    /** @param {number} progress @param {boolean} hasBest  whether a plan can be taken already */
    show(progress, hasBest) {
      bar.hidden = false;
      stop.hidden = false;
      taking.hidden = !hasBest;
      bar.value = progress;
      setText(status, _("Looking: {percent}", { percent: fmt.percent(progress, 0) }));
    },
    /** No search goes on. */
    hide() {
      bar.hidden = true;
      stop.hidden = true;
    },
  };
}

/**
 * Where the answer stands.
 * @param {(doc: Doc) => void} adopt
 * @param {HTMLElement} reality  what the proof is not about
 * @param {{on: () => void, back: () => void}} ways  from a plan that was made the plan
 */
function createResult(adopt, reality, ways) {
  const node = h("div", { class: "best-result" });
  /** @type {{answer: BestAnswer, frontier: HTMLElement | false} | null} */
  let shown = null;
  /** @type {BestPlan | null} */
  let now = null; // the plan of the answer that is the plan

  function draw() {
    if (!shown) return;
    const done = now && adoptedPart(now.label, ways);
    fill(
      node,
      ...answerParts(shown.answer, ({ doc }) => adopt(doc), reality, done),
      shown.frontier,
    );
  }

  return {
    node,
    clear() {
      shown = null;
      now = null;
      fill(node);
    },
    /**
     * Say whether a plan of the answer is the plan. Whoever stood on a button that this takes away
     * stands on what comes in its place.
     * @param {Doc} doc  the plan
     * @param {boolean} isAsked  whether it is the one that was asked about
     */
    adopt(doc, isAsked) {
      const plans = isAsked ? [] : (shown?.answer.plans ?? []);
      const next = plans.find((plan) => same(plan.doc, doc)) ?? null;
      if (next === now) return;
      now = next;
      const stood = node.contains(document.activeElement);
      draw();
      if (!stood) return;
      const place = now ? '[data-action="best-simulate"]' : "[data-adopt]";
      const button = node.querySelector(place);
      if (button instanceof HTMLElement) button.focus();
    },
    /**
     * Show the answer. It comes certified, and later once more with all that goes with it: whoever
     * stands on a button of it stays there.
     * @param {BestAnswer} answer @param {HTMLElement | false} frontier
     */
    tell(answer, frontier) {
      const at = document.activeElement;
      const adopted = node.contains(at) ? at?.getAttribute("data-adopt") : null;
      shown = { answer, frontier };
      now = now && (answer.plans.find((plan) => plan.id === now?.id) ?? null);
      draw();
      setAttribute(node, "data-verdict", answer.verdict);
      if (at instanceof HTMLElement && frontier && frontier.contains(at)) at.focus();
      if (!adopted) return;
      for (const button of node.querySelectorAll("button")) {
        if (button.dataset.adopt === adopted) button.focus();
      }
    },
  };
}

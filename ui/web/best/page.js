// The page that looks for the best plan: a question, a search that can be stopped, and its answer.

import { _, fmt } from "../i18n/messages.js";
import { toast } from "../kit/dialog.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { ask, requestError } from "../server/http.js";
import { createLatestRequest } from "../server/latest.js";
import { answerParts } from "./answer.js";
import { createForm } from "./form.js";
import { createFrontier } from "./frontier.js";

/**
 * Make the page.
 * @param {Ctx} ctx
 * @returns {Page}
 */
// One function: what is asked, how far the search is and what it found decide together what is
// shown.
export function createPage(ctx) {
  const { store } = ctx;
  const place = h("div", {});
  const go = h(
    "button",
    { type: "button", class: "primary", onclick: begin },
    _("Find the best plan"),
  );
  const stop = h("button", { type: "button", hidden: true, onclick: end }, _("Stop"));
  const take = h(
    "button",
    { type: "button", hidden: true, onclick: () => soFar && adopt(soFar) },
    _("Take the best so far"),
  );
  const bar = h("progress", { max: 1, value: 0, hidden: true, "aria-label": _("How far it is") });
  const status = h("p", { class: "best-status", role: "status" });
  const result = h("div", { class: "best-result" });
  const node = h(
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
    place,
    h("div", { class: "best-go" }, go, stop, take, bar, status),
    result,
  );

  /** @type {ReturnType<typeof createForm> | null} */
  let form = null;
  /** @type {BestForm["frontiers"]} */
  let frontiers = [];
  const leaving = new AbortController();
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
        form = createForm(reply, () => store.state.doc, begin);
        form.keep(() => store.state.locked);
        fill(place, form.node);
        setAttribute(ctx.board, "data-ready", "true");
      },
      onRefused: () => setText(status, _("This page has a fault.")),
      onLost: (text) => setText(status, `${text} ${_("Trying again.")}`),
      onFound: () => setText(status, ""),
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
    fill(result);
    show(0);
    work(question, search.signal).catch(failed);
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
      show(reply.progress);
      if (!reply.answer) continue;
      frontier ??=
        reply.answer.verdict !== "infeasible" &&
        createFrontier(
          frontiers,
          (against) => ask("best-frontier", { ...content, against }, { signal: leaving.signal }),
          adopt,
        );
      tell(reply.answer, frontier);
      if (reply.is_done) {
        end();
        setText(status, "");
        return;
      }
      setText(
        status,
        _("The answer and its proof stand. Looking for plans nearly as good that look different."),
      );
    }
  }

  /**
   * Show the answer. It comes certified, and later once more with all that goes with it: whoever
   * stands on a button of it stays there.
   * @param {BestAnswer} answer @param {HTMLElement | false} frontier
   */
  function tell(answer, frontier) {
    const at = document.activeElement;
    const adopted = result.contains(at) ? at?.getAttribute("data-adopt") : null;
    fill(result, ...answerParts(answer, ({ doc }) => adopt(doc)), frontier);
    setAttribute(result, "data-verdict", answer.verdict);
    if (at instanceof HTMLElement && frontier && frontier.contains(at)) at.focus();
    if (adopted) {
      for (const button of result.querySelectorAll("button")) {
        if (button.dataset.adopt === adopted) button.focus();
      }
    }
  }

  /** @param {unknown} error */
  function failed(error) {
    if (search?.signal.aborted) return;
    const { text, message, problems } = requestError(error);
    end();
    setText(
      status,
      problems?.map(({ found, allowed }) => `${found}: ${allowed}`).join("; ") || text || message,
    );
  }

  /** @param {number} progress */
  function show(progress) {
    bar.hidden = false;
    stop.hidden = false;
    take.hidden = !soFar;
    bar.value = progress;
    setText(status, _("Looking: {percent}", { percent: fmt.percent(progress, 0) }));
  }

  function end() {
    search?.abort();
    search = null;
    bar.hidden = true;
    stop.hidden = true;
    setText(status, soFar ? _("Stopped. The best so far can be taken.") : "");
  }

  /** Make a plan the plan: one step, which undo takes back. @param {Doc} doc */
  function adopt(doc) {
    known.push(doc);
    store.commit({ doc });
    toast(ctx.board, _("It is the plan now. Undo takes it back."));
  }

  /** @param {State} state */
  function update({ doc }) {
    if (!known.length || known.includes(doc)) return;
    // Undo brings back the scenario that was asked about; any other is another question.
    const isOld = !known.some((one) => JSON.stringify(one) === JSON.stringify(doc));
    setAttribute(result, "data-old", isOld);
    if (isOld && search) end();
  }

  return {
    nodes: [node],
    isReadyLater: true,
    update,
    destroy() {
      search?.abort();
      leaving.abort();
      described.close();
    },
  };
}

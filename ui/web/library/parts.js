// What the library's parts say and show in the same way: moments, links, and what went wrong.

import { _, formatDate, formatDateTime, ngettext } from "../i18n/messages.js";
import { copyButton } from "../kit/clipboard.js";
import { toast } from "../kit/dialog.js";
import { fill, h, setAttribute } from "../kit/dom.js";
import { doubtText, withDoubt } from "../kit/doubts.js";
import { download } from "../kit/download.js";
import { requestError } from "../server/http.js";

const DAY_MS = 86_400_000;

/** How long a deleted scenario can still be brought back. */
export function daysLeft(purged) {
  const days = Math.max(Math.ceil((new Date(purged).getTime() - Date.now()) / DAY_MS), 0);
  return ngettext("{number} day left", "{number} days left", days);
}

/** Why something is there that a short link put there: kept in English, shown in each language. */
export const FOR_A_LINK = "For a short link";

/** Why there is a version, as somebody typed it. @param {{why: string}} version */
export const whyOf = (version) => (isForLink(version) ? _("For a short link") : version.why);

/** Whether it was saved for a link to lead to: no reason for whoever follows that. @param {{why: string}} version */
export const isForLink = ({ why }) => why === FOR_A_LINK;

/** Who saved something and when. */
export function signed(who, at) {
  return who ? _("{who}, {when}", { who, when: formatDateTime(at) }) : formatDateTime(at);
}

/**
 * What a scenario came to when it was saved: the verdict and the amount, and what both can be doubted for.
 * @param {SavedOutcome | null} result
 */
export function outcome(result) {
  if (!result) return null;
  const { kind, verdict, value, doubts } = result;
  return h(
    "p",
    { class: "library-outcome", "data-kind": kind },
    h("strong", {}, withDoubt({ text: verdict, kind }, doubts)),
    " ",
    h("span", { class: "library-value" }, value),
    doubts.length > 0 && [" ", h("span", { class: "library-doubt" }, doubtText(doubts))],
  );
}

/** Which plans a set holds. @param {string[]} plans  letter and name of each */
export function plansOf(plans) {
  if (!plans.length) return null;
  return h(
    "p",
    { class: "library-plans" },
    plans.map(([letter, , ...name], place) => [
      place ? " · " : null,
      h("strong", {}, letter),
      `\u00a0${name.join("")}`, // no line ends between the two
    ]),
  );
}

/**
 * What the comparison of a set came to when it was saved.
 * @param {Entry["answer"]} answer
 * @param {string} at  when that was
 */
export function answerThen(answer, at) {
  if (!answer) return null;
  return h(
    "p",
    { class: "library-answer", "data-kind": answer.kind },
    h("strong", {}, answer.verdict),
    " ",
    h("span", { class: "library-note" }, _("(as of {date})", { date: formatDate(at) })),
  );
}

/** An address of this app that opens an entry ("library") or a shelf ("shelf"). */
export function link(name, key) {
  const address = new URL("./", document.baseURI);
  address.hash = new URLSearchParams({ [name]: key }).toString(); // which no browser sends to a server
  return address.href;
}

/** A link to copy, and what it allows. */
export function linkField(label, allows, address, name) {
  const field = h("input", { type: "text", readonly: true, value: address, "data-link": name });
  field.addEventListener("focus", () => field.select());
  return h(
    "div",
    { class: "library-link" },
    h(
      "label",
      { class: "field" },
      h("strong", {}, label),
      h("span", { class: "library-note" }, allows),
      field,
    ),
    copyButton(field, name),
  );
}

/**
 * Give somebody the plan as a file: even without a server, and whatever the library does.
 * @param {Ctx} ctx
 */
async function giveScenario(ctx, doc) {
  let file;
  try {
    file = await ctx.api.file(doc);
  } catch {
    // As the page holds it: the same content, in other words a file that can be opened.
    file = { text: `${JSON.stringify(doc, null, 2)}\n`, name: "scenario.json" };
  }
  download(ctx.board, file.text, file.name);
  toast(ctx.board, _("The plan is in the folder of your downloads."));
}

const FIELDS = () => ({
  name: _("Name"),
  description: _("Description"),
  tags: _("Tags"),
  who: _("Your name"),
  why: _("What is new, and why"),
  search: _("Search"),
});

/** Problems with what was typed, or with a scenario or archive. */
function problemList(problems) {
  const labels = FIELDS();
  return h(
    "ul",
    { class: "library-problems" },
    problems.map((problem) =>
      h(
        "li",
        {},
        h("strong", {}, labels[problem.field.split(".")[0]] ?? problem.field),
        " ",
        _("Found {found}. Allowed: {allowed}.", problem),
      ),
    ),
  );
}

/** Status of a server that has too much to do, for this visitor or for all. */
const BUSY = 429;

/**
 * What went wrong, as nodes.
 * @param {Ctx} ctx
 * @param {unknown} error  RequestError, or anything else
 * @param {{again?: (() => void) | null, doc?: Doc | null, isSaving?: boolean}} ways  `again()`: tries
 *   once more; `doc`: a plan that was to be saved, which can be downloaded instead; `isSaving`: whether
 *   something was to be saved
 */
export function trouble(ctx, error, { again = null, doc = null, isSaving = doc !== null } = {}) {
  const { status, kind, reply } = requestError(error);
  const passing = kind !== null || status === BUSY || status >= 500;
  return [
    h("p", {}, reason(error, isSaving)),
    reply.problems?.length ? problemList(reply.problems) : null,
    isSaving && passing
      ? h(
          "p",
          {},
          kind === null
            ? _("Nothing is saved. Your plan and what you typed are still here.")
            : _(
                "It may have been saved: trying again saves it once. Your plan and what you typed are still here.",
              ),
        )
      : null,
    h(
      "div",
      { class: "row" },
      again && passing
        ? h("button", { type: "button", "data-again": true, onclick: again }, _("Try again"))
        : null,
      doc
        ? h(
            "button",
            { type: "button", "data-download": true, onclick: () => giveScenario(ctx, doc) },
            _("Download the plan as a file"),
          )
        : null,
    ),
  ];
}

/**
 * What went wrong, in a sentence.
 * @param {unknown} error  RequestError; any other is thrown
 * @param {boolean} isSaving  whether something was to be saved
 */
export function reason(error, isSaving = false) {
  const { text, isRefusal } = requestError(error);
  return text ?? (isRefusal ? refusal(isSaving) : silence());
}

/**
 * What does something that may fail: the part is marked as busy meanwhile, and what went wrong is
 * said in it.
 * @param {Ctx} ctx
 * @param {HTMLElement} result  where it is said, a child of the part
 * @returns {(work: () => Promise<void>) => Promise<void>}
 */
export function createAttempt(ctx, result) {
  return async function attempt(work) {
    const part = /** @type {HTMLElement} */ (result.parentElement);
    fill(result);
    setAttribute(part, "aria-busy", "true");
    try {
      await work();
    } catch (error) {
      fill(result, ...trouble(ctx, error, { again: () => attempt(work) }));
    } finally {
      setAttribute(part, "aria-busy", null);
    }
  };
}

function refusal(isSaving) {
  return isSaving
    ? _("This cannot be saved like this. What you typed is still here.")
    : _("This cannot be done.");
}

function silence() {
  return _("The server does not answer.");
}

/** The way out where the shelf that this browser knows is not there (any more). */
export function freshShelf(action) {
  return h(
    "p",
    {},
    h(
      "button",
      { type: "button", "data-library": "fresh", onclick: action },
      _("Start a new library"),
    ),
  );
}

// "Is A really better than B?", asked by a click on A and then on B; on one alone, whether it is better
// than the plan as it stands. It lies on the sentence below the charts, so that nothing moves and the
// lines that it is about stay in sight.

import { detailOf } from "../compare/counted.js";
import { include } from "../compare/list.js";
import { _, tied } from "../i18n/messages.js";
import { hush } from "../kit/dialog.js";
import { fill, h, setAttribute, setText, woven } from "../kit/dom.js";
import { problemItems } from "../kit/problems.js";
import { createLatestRequest } from "../server/latest.js";
import { alike, lean } from "../state/document.js";
import { CURRENT, letterOf } from "../state/pins.js";

const EDGE_PX = 4; // between it and the window's edge

/**
 * The letters that are asked about after a click on one.
 * @param {string[]} picked  before it
 * @param {string} letter
 */
export function pickedAfter(picked, letter) {
  if (picked.includes(letter)) return picked.filter((each) => each !== letter);
  return [...picked, letter].slice(-2);
}

/**
 * What two are asked about: those that are picked, or the one and the plan as it stands. Whether the second is
 * better than the first is asked, so that whoever was clicked first comes behind: theirs is the question.
 * @param {string[]} picked
 * @param {Pick<State, "pins" | "doc">} state
 * @returns {{letter: string, name: string, doc: Doc}[]}  none where there are not two
 */
export function pairOf(picked, { pins, doc }) {
  const chosen = picked.flatMap((letter) => {
    const pin = pins.find((each) => letterOf(each) === letter);
    return pin ? [{ letter, name: pin.name, doc: pin.doc }] : [];
  });
  if (chosen.length === 1 && !alike(chosen[0].doc, doc)) {
    chosen.push({ letter: CURRENT, name: _("The plan as it stands"), doc });
  }
  return chosen.length === 2 ? chosen.reverse() : [];
}

/**
 * What a click on a pin asks, as the name of its button.
 * @param {string[]} picked  before it
 * @param {Mark} pin
 */
export function questionNamed(picked, { letter, name }) {
  const first = pickedAfter(picked, letter).at(-2);
  return first
    ? _("Is {first} better than {letter}, {name}?", { first, letter, name })
    : _("Is {letter}, {name}, better?", { letter, name });
}

/**
 * What it lies on.
 * @param {HTMLElement} heading
 * @param {HTMLElement} answer
 * @param {HTMLElement} more
 * @param {() => void} onclose
 */
function sheet(heading, answer, more, onclose) {
  const close = h(
    "button",
    { type: "button", class: "quiet", "aria-label": _("Close"), onclick: onclose },
    "✕",
  );
  const node = h(
    "div",
    { class: "pair", role: "dialog", "aria-label": _("Which is better?"), hidden: true },
    h("header", {}, heading, close),
    answer,
    more,
  );
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") onclose();
  });
  return node;
}

/**
 * What the server is asked about two, and what tells questions apart; null where there are not two.
 * @param {string} language
 * @param {ReturnType<typeof pairOf>} pair
 */
function questionOf(language, pair) {
  if (!pair.length) return null;
  const scenarios = pair.map(({ doc, ...mark }) => ({ ...mark, scenario: lean(doc) }));
  const content = { language, scenarios, first: 0, second: 1 };
  return { content, key: JSON.stringify(content) };
}

/** What is asked about two, in words. @param {Mark[]} pair */
function asked([first, second]) {
  return woven(_("Is {second} really better than {first}?"), {
    second: badge(second),
    first: badge(first),
  });
}

/** @param {Mark} mark */
function badge({ letter, name }) {
  const sign = h("span", { class: "letter", "data-letter": letter }, letter);
  return h("span", { class: "pair-of" }, sign, name);
}

/**
 * Where the charts end too low for it, it goes up as far as it takes to be seen whole.
 * @param {HTMLElement} board
 * @param {HTMLElement} node
 */
function lift(board, node) {
  node.style.translate = "";
  const below = node.getBoundingClientRect().bottom - window.innerHeight;
  const isBeside = board.dataset.size === "wide";
  if (isBeside && below > 0) node.style.translate = `0 ${-Math.ceil(below) - EDGE_PX}px`;
}

/**
 * Ask the same on the Compare page, by the same measure, whichever way leads there.
 * @param {Ctx} ctx
 * @param {ReturnType<typeof pairOf>} pair
 */
function handOn(ctx, pair) {
  if (!pair.length) return;
  const [first, second] = pair.map(({ letter }) => letter);
  const { outcome } = ctx.store.state.compareView ?? {};
  include(ctx, [first, second]);
  ctx.store.note({ compareView: { outcome, first, second } });
}

/**
 * @param {Ctx} ctx
 * @param {() => void} changed  called when others are asked about
 */
export function createPair(ctx, changed) {
  const heading = h("h3", {});
  const verdict = h("p", { class: "pair-verdict" });
  const detail = h("p", { class: "pair-detail" });
  const note = h("p", { class: "note", hidden: true });
  const answer = h("div", { role: "status" }, verdict, detail, note);
  const more = h(
    "button",
    {
      type: "button",
      class: "link",
      "data-action": "pair-compare",
      onclick: () => ctx.go("compare"),
    },
    _("How it is spread, and all others"),
  );
  const node = sheet(heading, answer, more, () => pick(null));
  /** @type {string[]} */
  let picked = [];
  let key = ""; // of the question that was sent last

  const pair = () => pairOf(picked, ctx.store.state);

  const compose = () => questionOf(ctx.start.language, pair());

  const request = createLatestRequest("compare", compose, {
    onReply: show,
    onRefused: (problems) => say("", h("ul", {}, problemItems(problems))),
    onLost: (text) => say("", text ?? _("No connection to the server. Trying again.")),
    onFound: () => {},
  });

  /** @param {any} reply @param {{key: string, content: import("../compare/counted.js").Question}} asked */
  function show(reply, asked) {
    if (asked.key !== key) return;
    const figures = detailOf(ctx, reply.answer, reply.rule, asked.content);
    say(reply.answer.verdict, figures, tied(reply.answer.note));
    setAttribute(verdict, "data-verdict", reply.answer.kind);
  }

  /** @param {string} text @param {Child} rest @param {string} caution  what to know with it */
  function say(text, rest, caution = "") {
    setText(verdict, text);
    fill(detail, rest);
    setText(note, caution);
    setAttribute(note, "hidden", !caution);
    lift(ctx.board, node);
  }

  /** @param {string | null} letter */
  function pick(letter) {
    picked = letter ? pickedAfter(picked, letter) : [];
    hush(ctx.board); // a message may lie where the answer comes
    changed();
  }

  /** @param {State} state */
  function update(state) {
    picked = picked.filter((letter) => state.pins.some((pin) => letterOf(pin) === letter));
    const both = pair();
    setAttribute(node, "hidden", both.length === 0);
    if (node.hidden) {
      key = "";
      return;
    }
    fill(heading, ...asked(both));
    const next = compose()?.key ?? "";
    if (next === key || ctx.store.previewing) return;
    key = next;
    say("", _("Comparing…"));
    request.send();
  }

  return {
    node,
    pick,
    update,
    /** The letters that are asked about. */
    letters: () => picked,
    destroy() {
      handOn(ctx, pair());
      request.close();
    },
  };
}

// The first visit explains itself: five steps, each beside what it is about.

import { _ } from "../i18n/messages.js";
import { focused, h } from "../kit/dom.js";

const KEY = "budget-shift-tour";
const INSET = 4; // pixels of the ring around what it shows
const EDGE = 12; // least between the card and the window's edge
const GAP = 16; // between the card and what it is about

/** Where a window ends that a card may lie on: what is kept at its lower edge is spoken of. */
function lowerEdge() {
  const foot = document.querySelector(".board .foot");
  return foot?.checkVisibility() ? foot.getBoundingClientRect().top : innerHeight;
}

/** @param {boolean} narrow */
function steps(narrow) {
  return [
    {
      at: ".strip",
      title: _("The answer"),
      text: _(
        "Is the plan better than carrying on as today, and how sure is that? Too close to call is an answer too.",
      ),
    },
    {
      at: ".question",
      title: _("The question"),
      text: _(
        "Connectedness is how far customers, employees, partners and people around take part and trust you. What it costs is taken from budgets of today. A diamond on a lever is what holds today, a tick below it where the plan started.",
      ),
    },
    {
      at: ".levers",
      title: _("The levers"),
      text: narrow
        ? _(
            "Take money from one budget, put it into another, and say what people will do. The answer stays at the bottom edge meanwhile.",
          )
        : _(
            "Take money from one budget, put it into another, and say what people will do. Drag, use the arrow keys, or type a number.",
          ),
    },
    {
      at: ".charts",
      title: _("What follows"),
      text: _(
        "Blue is your plan, the dashed line is carrying on; eight of ten possible worlds lie in the band. Click a chart's name to choose what it shows.",
      ),
    },
    {
      at: '[data-action="organisation"]',
      title: _("Your own numbers"),
      text: _(
        "Enter your organisation's customers, budgets and hours here; what you do not know may stay empty.",
      ),
    },
    {
      at: '[data-action="world"]',
      title: _("Where the numbers come from"),
      text: _(
        "Every assumption about the world, with its range, its source and a grade for the evidence. Change one and see what is left of the plan.",
      ),
    },
    {
      at: ".bar :is(.moves, .pin-ways)",
      title: _("Nothing can break"),
      text: narrow
        ? _("Undo everything, replay the last move, pin plans to compare them.")
        : _(
            "Undo everything, replay the last move, pin plans to compare them. P makes the page ready for the projector.",
          ),
    },
  ];
}

/** Whether this browser has not seen the tour. */
export function isFirstVisit() {
  try {
    return !localStorage.getItem(KEY);
  } catch {
    return false; // what cannot be remembered would come back at every visit
  }
}

function remember() {
  try {
    localStorage.setItem(KEY, "seen");
  } catch {
    // It comes again at the next visit.
  }
}

/** Start the tour. @param {HTMLElement} board */
export function startTour(board) {
  if (board.querySelector(".tour")) return;
  const all = steps(board.dataset.size === "narrow").filter((step) =>
    board.querySelector(step.at)?.checkVisibility(),
  );
  const opener = focused();
  const ring = h("div", { class: "tour-ring", "aria-hidden": "true" });
  const title = h("h2", { id: "tour-title" });
  const text = h("p", { id: "tour-text" });
  const count = h("span", { class: "tour-count" });
  const back = h("button", { type: "button", onclick: () => show(index - 1) }, _("Back"));
  const next = h("button", { type: "button", class: "primary", "data-action": "tour-next" });
  const skip = h(
    "button",
    { type: "button", class: "quiet", "data-action": "tour-skip" },
    _("Skip"),
  );
  const card = h(
    "div",
    { class: "tour-card" },
    title,
    text,
    h("div", { class: "row" }, count, skip, back, next),
  );
  const node = h(
    "dialog",
    { class: "tour", "aria-labelledby": "tour-title", "aria-describedby": "tour-text" },
    ring,
    card,
  );
  let index = 0;
  next.addEventListener("click", () => (index + 1 < all.length ? show(index + 1) : node.close()));
  skip.addEventListener("click", () => node.close());
  const placed = () => show(index);

  function show(wanted) {
    index = wanted;
    const step = all[index];
    const target = board.querySelector(step.at);
    if (!target) return;
    title.textContent = step.title;
    text.textContent = step.text;
    count.textContent = _("{step} of {steps}", { step: index + 1, steps: all.length });
    back.hidden = index === 0;
    skip.hidden = index + 1 === all.length;
    next.textContent = index + 1 === all.length ? _("Start") : _("Next");
    reveal(target, card);
    const area = around(board.querySelectorAll(step.at));
    put(card, area);
    frame(ring, area, card);
    next.focus();
  }

  node.addEventListener("close", () => {
    removeEventListener("resize", placed);
    remember();
    node.remove();
    scrollTo({ top: 0, behavior: "instant" }); // where the page begins
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  });
  addEventListener("resize", placed);
  board.append(node);
  node.showModal();
  show(0);
}

/** What lies around several nodes. @param {NodeListOf<Element>} nodes */
function around(nodes) {
  const boxes = [...nodes].map((node) => node.getBoundingClientRect()).filter(({ width }) => width);
  const [left, top] = [
    Math.min(...boxes.map((box) => box.left)),
    Math.min(...boxes.map((box) => box.top)),
  ];
  const right = Math.max(...boxes.map((box) => box.right));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  return new DOMRect(left, top, right - left, bottom - top);
}

/**
 * Bring what a step is about into sight, with room for the card below or above it; what is too tall for that begins
 * at the upper edge.
 * @param {Element} target
 * @param {HTMLElement} card
 */
function reveal(target, card) {
  target.scrollIntoView({ block: "nearest", behavior: "instant" });
  const { top, bottom } = target.getBoundingClientRect();
  const needed = card.offsetHeight + GAP + EDGE;
  const edge = lowerEdge();
  const isWhole = top >= 0 && bottom <= edge;
  if (isWhole && (edge - bottom >= needed || top >= needed)) return;
  scrollBy({ top: top - EDGE, behavior: "instant" });
}

/**
 * Lay the ring around an area, as far as the card leaves it.
 * @param {HTMLElement} ring
 * @param {DOMRect} area
 * @param {HTMLElement} card
 */
function frame(ring, area, card) {
  const isAcross = card.offsetLeft < area.right && card.offsetLeft + card.offsetWidth > area.left;
  const isBelow = isAcross && card.offsetTop > area.top + INSET;
  const edge = lowerEdge();
  const end = isBelow ? Math.min(edge, card.offsetTop - INSET) : edge;
  ring.style.left = `${Math.max(area.left - INSET, 2)}px`;
  ring.style.top = `${Math.max(area.top - INSET, 2)}px`;
  ring.style.width = `${Math.min(area.width + 2 * INSET, innerWidth - 4)}px`;
  ring.style.height = `${Math.min(area.height + 2 * INSET, end - area.top - 2)}px`;
}

/**
 * Put the card below an area, else above it, else beside it, else at the lower edge: what it is about begins above.
 * @param {HTMLElement} card
 * @param {DOMRect} area
 */
function put(card, area) {
  const needed = { width: card.offsetWidth + 2 * EDGE, height: card.offsetHeight + 2 * EDGE };
  let left = Math.min(Math.max(area.left, EDGE), innerWidth - card.offsetWidth - EDGE);
  let top = area.bottom + GAP;
  const edge = lowerEdge();
  if (edge - area.bottom < needed.height) {
    top = Math.max(EDGE, area.top - card.offsetHeight - GAP);
    if (area.top < needed.height) {
      const most = edge - card.offsetHeight - EDGE;
      const isRight = innerWidth - area.right > needed.width;
      const isBeside = isRight || area.left > needed.width;
      top = isBeside ? Math.max(EDGE, Math.min(area.top + 2 * EDGE, most)) : most;
      if (isRight) left = area.right + GAP;
      else if (isBeside) left = area.left - card.offsetWidth - GAP;
    }
  }
  card.style.left = `${left}px`;
  card.style.top = `${top}px`;
}

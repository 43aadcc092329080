// The first visit explains itself: five steps, each beside what it is about.

import { _ } from "../i18n/messages.js";
import { focused, h } from "../kit/dom.js";

const KEY = "budget-shift-tour";

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
        "Connectedness is how far customers, employees, partners and people around take part and trust you. What it costs is taken from budgets of today. A diamond on a lever is what holds today, a tick below it where the plan was when it was loaded.",
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
      at: ".bar .moves",
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
    target.scrollIntoView({ block: "nearest" });
    title.textContent = step.title;
    text.textContent = step.text;
    count.textContent = _("{step} of {steps}", { step: index + 1, steps: all.length });
    back.hidden = index === 0;
    skip.hidden = index + 1 === all.length;
    next.textContent = index + 1 === all.length ? _("Start") : _("Next");
    const area = target.getBoundingClientRect();
    const inset = 4;
    ring.style.left = `${Math.max(area.left - inset, 2)}px`;
    ring.style.top = `${Math.max(area.top - inset, 2)}px`;
    ring.style.width = `${Math.min(area.width + 2 * inset, innerWidth - 4)}px`;
    ring.style.height = `${Math.min(area.height + 2 * inset, innerHeight - area.top - 2)}px`;
    const below = innerHeight - area.bottom;
    const beside = innerWidth - area.right;
    let left = Math.min(Math.max(area.left, 12), innerWidth - card.offsetWidth - 12);
    let top = area.bottom + 16;
    if (below < card.offsetHeight + 24) {
      top = Math.max(12, area.top - card.offsetHeight - 16);
      if (area.top < card.offsetHeight + 24) {
        top = Math.max(12, Math.min(area.top + 24, innerHeight - card.offsetHeight - 12));
        if (beside > card.offsetWidth + 24) left = area.right + 16;
        else if (area.left > card.offsetWidth + 24) left = area.left - card.offsetWidth - 16;
      }
    }
    card.style.left = `${left}px`;
    card.style.top = `${top}px`;
    next.focus();
  }

  node.addEventListener("close", () => {
    removeEventListener("resize", placed);
    remember();
    node.remove();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  });
  addEventListener("resize", placed);
  board.append(node);
  node.showModal();
  show(0);
}

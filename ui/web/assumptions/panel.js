// The panel of the world's assumptions, to change them beside the charts.

import { _, fmt } from "../i18n/messages.js";
import { fill, h, newId, setAttribute, setText } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { layOver } from "../kit/sheet.js";
import { guarded } from "../kit/typed.js";
import { createDetail } from "./detail.js";
import { createInfluenceProgress } from "./influence-progress.js";
import { createGrade, createMark, createTriple } from "./parts.js";
import { isChanged, markOf, rangeOf, sameAssumptions, standsOut, unitOf } from "./range.js";
import { createGroupChoice, createIndex, createSearchField, matching } from "./search.js";

const SHORT_LIST = 8;

/**
 * Open the panel, or close it when it is open. It takes the levers' place, so that the charts stay
 * in sight while it is used; on a small screen it takes all of it.
 * @param {Ctx} ctx  as every part of the board gets it
 * @param {{show?: string | null}} options  `show`: the id of an assumption to go to: then an open panel stays open
 */
export function openAssumptions(ctx, { show = null } = {}) {
  /** @type {HTMLDialogElement | null} */
  const open = ctx.board.querySelector("dialog.world");
  if (!open) openPanel(ctx, show);
  else if (show) open.dispatchEvent(new CustomEvent("show", { detail: show }));
  else open.dispatchEvent(new CustomEvent("quit"));
}

/** @param {Ctx} ctx */
function openPanel(ctx, show) {
  const { store, board } = ctx;
  const opener = /** @type {HTMLElement | null} */ (document.activeElement);
  const split = createSplit(ctx);
  // Whoever comes for one of them finds that in its place.
  const list = createList(ctx, { isShortFirst: !show });
  const titleId = newId();
  const close = h(
    "button",
    { type: "button", class: "quiet", "aria-label": _("Close"), onclick: () => quit() },
    icon("close"),
  );
  const node = h(
    "dialog",
    { class: "world", "aria-labelledby": titleId, "data-dialog": "world" },
    h(
      "div",
      { class: "world-header" },
      h("h2", { id: titleId }, _("The world's assumptions")),
      close,
    ),
    h(
      "div",
      { class: "world-body" },
      split.node,
      h("p", { class: "note" }, introduction()),
      list.tools,
      list.node,
    ),
  );

  node.addEventListener("show", (event) => list.goTo(/** @type {CustomEvent} */ (event).detail));
  node.addEventListener("quit", () => quit());
  const quit = guarded(node, () => notTaken(list, node));

  function leave() {
    forget();
    answered.disconnect();
    sheet?.end();
  }

  function follow(state) {
    if (node.isConnected) list.update(state);
    else leave(); // the whole board is gone
  }

  node.addEventListener("close", () => {
    leave();
    node.remove();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  });
  board.append(node);
  // The board tells by these that an answer is on the screen, the last one to a move, and more draws.
  const answered = new MutationObserver(split.update);
  answered.observe(board, {
    attributes: true,
    attributeFilter: ["data-answer", "data-settled", "data-refined"],
  });
  const forget = store.subscribe(follow);
  list.update(store.state);
  split.update();
  const sheet = layOver(board, node, board.querySelector(".levers"));
  if (sheet) node.show();
  else node.showModal();
  if (show) list.goTo(show);
  else close.focus({ preventScroll: true });
}

/**
 * A number that was typed into a range and does not hold: closing the panel would lose it.
 * @param {ReturnType<typeof createList>} list
 * @param {HTMLElement} node  the panel
 * @returns {import("../kit/typed.js").Typed | null}
 */
function notTaken(list, node) {
  /** @type {HTMLInputElement | null} */
  const input = node.querySelector('[data-assumption-field][aria-invalid="true"]');
  if (!input) return null;
  const [id] = (input.dataset.assumptionField ?? "").split(".");
  return {
    text: _("“{typed}” in “{assumption}” is not taken yet.", {
      typed: input.value,
      assumption: list.label(id),
    }),
    keep: {
      label: _("Back to it"),
      run() {
        list.goTo(id);
        input.focus();
      },
    },
  };
}

function introduction() {
  return _(
    "What we assume about the world, not what we decide. Each has a range and a grade " +
      "for how well it is known, from A, the best, to E.",
  );
}

/**
 * What the world and what our own decisions have changed in the result.
 * @param {Ctx} ctx
 */
function createSplit(ctx) {
  const amounts = { total: h("dd", {}), world: h("dd", {}), decisions: h("dd", {}) };
  const split = h(
    "dl",
    { class: "world-split" },
    h("div", {}, h("dt", {}, _("Change of the result")), amounts.total),
    h("div", {}, h("dt", {}, _("because of the world")), amounts.world),
    h("div", {}, h("dt", {}, _("because of our decisions")), amounts.decisions),
  );
  const nothing = h("p", { class: "note" }); // what there is to say where nothing moves
  return {
    node: h("div", {}, split, nothing),
    update() {
      const change = ctx.answer()?.world;
      split.hidden = !change?.total;
      setText(nothing, change && !change.total ? change.line : "");
      for (const [part, amount] of Object.entries(amounts)) setText(amount, change?.[part] ?? "");
    },
  };
}

// --- the list ------------------------------------------------------------------------------------

/**
 * All assumptions by their groups, before them those that are changed and those that move this answer
 * most, and what finds them.
 * @returns {{node, tools: HTMLElement, label: (id: string) => string, goTo, update}}
 * @param {Ctx} ctx
 * @param {{isShortFirst: boolean}} options
 */
function createList(ctx, { isShortFirst }) {
  const { start, store } = ctx;
  const index = createIndex(start);
  const rows = new Map(start.register.map((record) => [record.id, createRow(ctx, record)]));
  const search = createSearchField(_("Search the assumptions"));
  const group = createGroupChoice(start);
  const count = h("p", { class: "note", role: "status" });
  const reset = h(
    "button",
    { type: "button", class: "plain small", "data-reset-assumptions": true },
    _("Reset assumptions"),
  );
  const tools = h(
    "div",
    { class: "world-tools" },
    search,
    group,
    h("div", { class: "world-count" }, count, reset),
  );
  const node = h("div", { class: "world-list" });
  /** @type {State | null} */
  let followed = null; // the state that is shown
  const most = isShortFirst ? createShortList(ctx, goTo) : null;

  /** @param {Assumption[]} records */
  const nodesOf = (records) => records.map((record) => rows.get(record.id)?.node);

  function arrange() {
    const filter = { text: search.value, group: group.value };
    const matches = matching(start.register, index, filter);
    const first = matches.filter((record) => standsOut(store.state, record));
    const sections = first.length ? [section(_("Changed in this scenario"), nodesOf(first))] : [];
    if (most && !filter.text && !filter.group) sections.push(most.node);
    for (const [id, label] of Object.entries(start.groups)) {
      const rest = matches.filter((record) => record.group === id && !first.includes(record));
      if (rest.length) sections.push(section(label, nodesOf(rest)));
    }
    fill(node, ...sections);
    setText(
      count,
      _("{number} of {total}", {
        number: fmt.number(matches.length),
        total: fmt.number(start.register.length),
      }),
    );
  }

  function update(state) {
    const another = followed?.base !== state.base;
    if (!another && sameAssumptions(followed?.doc, state.doc)) return;
    followed = state;
    for (const row of rows.values()) row.update(state);
    most?.update(state);
    reset.hidden = !start.register.some((record) => isChanged(state, record));
    // Another scenario brings other assumptions to the top; a change leaves all in its place.
    if (!another) return;
    most?.follow();
    arrange();
  }

  /** Open an assumption, whatever was searched for. */
  function goTo(id) {
    if (search.value || group.value) {
      search.value = "";
      group.value = "";
      arrange();
    }
    rows.get(id)?.open();
  }

  search.addEventListener("input", arrange);
  group.addEventListener("change", arrange);
  reset.addEventListener("click", () => {
    ctx.reset({ world: true });
    search.focus();
    arrange();
  });
  /** @param {string} id */
  const label = (id) => start.register.find((record) => record.id === id)?.label ?? "";
  return { node, tools, label, goTo, update };
}

function section(label, items) {
  const id = newId();
  return h(
    "section",
    { "aria-labelledby": id },
    h("h3", { id }, label),
    h("ul", { role: "list" }, items),
  );
}

/**
 * Ways to those that move this answer most. Their rows stay where they are, and this has its place
 * before it is known.
 * @param {Ctx} ctx
 * @param {(id: string) => void} goTo
 */
function createShortList(ctx, goTo) {
  const id = newId();
  const progress = createInfluenceProgress(ctx, SHORT_LIST, tell);
  const { influence } = progress;
  const list = h("ul", { role: "list" });
  /** @type {ReturnType<typeof createGrade>[]} */
  let grades = [];
  const node = h(
    "section",
    { class: "assumptions-most", "aria-labelledby": id },
    h("h3", { id }, _("These move this answer most")),
    h("p", { class: "note" }, _("What the value is on average, with each by itself low or high.")),
    progress.node,
    list,
  );

  function tell() {
    progress.tell(influence.average);
    grades = [];
    const records = new Map(ctx.start.register.map((record) => [record.id, record]));
    fill(list, ...influence.ids.map((name) => way(/** @type {Assumption} */ (records.get(name)))));
    update(ctx.store.state);
  }

  /** @param {State} state */
  function update({ doc }) {
    for (const grade of grades) grade.show(doc);
  }

  /** @param {Assumption} record */
  function way(record) {
    const go = h(
      "button",
      { type: "button", class: "link", "data-most": record.id, onclick: () => goTo(record.id) },
      record.label,
    );
    const reach = h("span", { class: "note" }, influence.text(record.id));
    const grade = createGrade(ctx, record);
    grades.push(grade);
    return h("li", {}, go, grade.node, reach);
  }

  return {
    node,
    update,
    follow() {
      progress.want();
      tell();
    },
  };
}

/** @param {Ctx} ctx */
function createRow(ctx, record) {
  const detailId = newId();
  const triple = createTriple(record);
  const mark = createMark();
  const grade = createGrade(ctx, record);
  const head = h(
    "button",
    {
      type: "button",
      class: "assumption-head",
      "aria-expanded": "false",
      "aria-controls": detailId,
    },
    h("span", { class: "assumption-label" }, record.label, mark.node),
    h(
      "span",
      { class: "assumption-values" },
      triple.node,
      h("span", { class: "assumption-unit" }, unitOf(record)),
    ),
    grade.node,
  );
  const content = h("div", { id: detailId, hidden: true });
  const node = h("li", { class: "assumption", "data-assumption-row": record.id }, head, content);
  /** @type {ReturnType<typeof createDetail> | null} */
  let detail = null;
  /** @type {State} */
  let state;

  function unfold(open) {
    content.hidden = !open;
    setAttribute(head, "aria-expanded", String(open));
    if (!open) return;
    if (!detail) {
      detail = createDetail(ctx, record);
      content.append(detail.node);
    }
    detail.update(state);
  }

  head.addEventListener("click", () => unfold(content.hidden));

  return {
    node,
    open() {
      unfold(true);
      head.focus({ preventScroll: true });
      node.scrollIntoView({ block: "start" });
    },
    update(next) {
      state = next;
      const kind = markOf(state, record);
      triple.node.hidden = kind === "known";
      triple.show(rangeOf(state.doc, record));
      grade.show(state.doc);
      mark.show(kind);
      setAttribute(node, "data-marked", kind);
      if (!content.hidden) detail?.update(state);
    },
  };
}

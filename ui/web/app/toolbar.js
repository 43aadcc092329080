// The bar: which scenario this is, what can be undone, and how the page is shown.

import { openAssumptions } from "../assumptions/panel.js";
import { _ } from "../i18n/messages.js";
import { h, setAttribute, setText } from "../kit/dom.js";
import { icon, iconLabel } from "../kit/icons.js";
import { menuButton } from "../kit/menu.js";
import { readWhole } from "../kit/whole.js";
import { openOrganisation } from "../scenarios/organisation.js";
import { openShare } from "../scenarios/share.js";
import { isChanged } from "../state/document.js";
import { redo, undo } from "./steps.js";

/**
 * @param {Ctx} ctx
 * @param {Page} page
 */
export function createToolbar(ctx, page) {
  const scenario = createScenarioButton(ctx);
  const world = createWorldButton(ctx);
  const moves = createMoves(ctx, page);
  const projector = tool("projector", "present", _("For the projector"), "P", () => ctx.project());
  const pages = createPages(ctx);
  const ways = page.barNode ?? createWayBack(ctx);
  const node = h(
    "header",
    { class: "bar" },
    page.heading && h("h1", { class: "unseen" }, page.heading),
    pages,
    createPagesMenu(ctx),
    scenario.node,
    h("div", { class: "tools context" }, createOrganisationButton(ctx), world.node),
    ways,
    moves.node,
    h(
      "div",
      { class: "tools view", role: "group", "aria-label": _("View") },
      tool("share", "share", _("Share"), "D", () => openShare(ctx)),
      projector,
      tool("theme", "theme", _("Light or dark"), "T", () => ctx.switchTheme()),
      createLanguages(ctx),
      createHelp(ctx, page),
    ),
  );

  fitBar(node, [scenario.node, ways]);

  return {
    node,
    /** @param {State} state */
    update(state) {
      scenario.update(state);
      world.update(state);
      moves.update();
      setAttribute(projector, "aria-pressed", String(state.view.mode === "projector"));
    },
    /** The address is another one: whoever opens a page in a new tab gets it as it is. */
    follow() {
      for (const link of pages.querySelectorAll("a")) {
        link.setAttribute("href", ctx.address(link.dataset.page ?? ""));
      }
    },
  };
}

/**
 * @param {string} action
 * @param {string} sign
 * @param {string} label
 * @param {string} key
 * @param {() => void} run
 */
function tool(action, sign, label, key, run) {
  return h(
    "button",
    {
      type: "button",
      class: "tool",
      "data-action": action,
      ...iconLabel(label, key),
      onclick: run,
    },
    icon(sign),
  );
}

/**
 * Mark the bar as brief where the scenario's name would be cut: then one button that has a sign goes
 * without its word, or both. And as crowded where `parts`, which give way, would lie over their neighbours, or where
 * what stands in it goes beyond its edge: then it takes two lines.
 * @param {HTMLElement} bar
 * @param {HTMLElement[]} parts
 */
function fitBar(bar, parts) {
  function fit() {
    for (const mark of ["data-brief", "data-crowded"]) bar.removeAttribute(mark);
    const over = (/** @type {Element} */ part) => part.scrollWidth - part.clientWidth;
    const name = bar.querySelector(".scenario-name");
    for (const brief of ["pin", "reset"]) if (name && isCut(name)) bar.dataset.brief = brief;
    const gap = Number.parseFloat(getComputedStyle(bar).columnGap);
    bar.toggleAttribute("data-crowded", over(bar) > 0 || parts.some((part) => over(part) > gap));
  }

  // Texts, fonts and modes change what is needed, and the window what there is.
  const soon = () => requestAnimationFrame(fit);
  new MutationObserver(soon).observe(bar, { childList: true, characterData: true, subtree: true });
  const resized = new ResizeObserver(soon);
  for (const part of [bar, ...parts]) resized.observe(part);
}

/** Whether a name is wider than its place: a part of a pixel costs it letters, too. @param {Element} name */
function isCut(name) {
  const text = new Range();
  text.selectNodeContents(name);
  return text.getBoundingClientRect().width > name.getBoundingClientRect().width;
}

/** The scenario's name, and the way to others. @param {Ctx} ctx */
function createScenarioButton(ctx) {
  const name = h("span", { class: "scenario-name" });
  const changed = h("span", { class: "changed" }, _("changed"));
  const node = h(
    "button",
    {
      type: "button",
      class: "scenario",
      "aria-haspopup": "dialog",
      "data-action": "scenarios",
      title: _("Choose, open or save a scenario (S)"),
      onclick: () => ctx.openScenarios(),
    },
    name,
    changed,
    icon("open"),
  );
  readWhole(node, name);
  return {
    node,
    /** @param {State} state */
    update(state) {
      setText(name, ctx.title(state.doc));
      setAttribute(changed, "data-empty", !isChanged(state));
    },
  };
}

/** @param {Ctx} ctx */
function createOrganisationButton(ctx) {
  return h(
    "button",
    {
      type: "button",
      class: "tool wordy",
      "data-action": "organisation",
      onclick: () => openOrganisation(ctx),
      title: _("The organisation's own numbers (O)"),
    },
    _("Organisation"),
  );
}

/** The way to the assumptions, with how many of them are the plan's own. @param {Ctx} ctx */
function createWorldButton(ctx) {
  const count = h("span", { class: "count" });
  const node = h(
    "button",
    {
      type: "button",
      class: "tool wordy",
      "data-action": "world",
      onclick: () => openAssumptions(ctx),
      title: _("What is assumed about the world (W)"),
    },
    _("World"),
    count,
  );
  return {
    node,
    /** @param {State} state */
    update({ doc }) {
      const own = Object.keys(doc.assumptions).length;
      setAttribute(count, "data-empty", own === 0);
      setText(count, String(own));
    },
  };
}

/** Undo and what belongs to it. @param {Ctx} ctx @param {Page} page */
function createMoves(ctx, page) {
  const { store } = ctx;
  const back = tool("undo", "undo", _("Undo"), "U", () => undo(ctx));
  const forth = tool("redo", "redo", _("Redo"), "Y", () => redo(ctx));
  const replay = tool("replay", "replay", _("Replay the last move"), "L", () => ctx.replay());
  setAttribute(replay, "data-empty", !page.replay);
  const reset = menuButton(
    { class: "tool wordy", "data-action": "reset", ...iconLabel(_("Reset"), "") },
    [icon("reset"), h("span", {}, _("Reset"))],
    () => [
      { name: "levers", label: _("The levers"), action: () => ctx.reset({ plan: true }) },
      {
        name: "assumptions",
        label: _("The assumptions"),
        action: () => ctx.reset({ world: true }),
      },
      { name: "both", label: _("Both"), action: () => ctx.reset({ plan: true, world: true }) },
    ],
  );
  return {
    node: h(
      "div",
      { class: "tools moves", role: "group", "aria-label": _("Moves") },
      back,
      forth,
      replay,
      reset,
    ),
    update() {
      back.disabled = !store.canUndo;
      forth.disabled = !store.canRedo;
      replay.disabled = !store.canUndo;
    },
  };
}

/** @param {Ctx} ctx @param {Page} page */
function createHelp(ctx, page) {
  return menuButton(
    { class: "tool", "data-action": "help", ...iconLabel(_("Help"), "?") },
    [icon("help")],
    () => [
      {
        name: "tour",
        label: _("Show me around"),
        disabled: !page.hasTour,
        action: () => ctx.tour(),
      },
      { name: "keys", label: _("Keys"), hint: "?", action: () => ctx.keys() },
    ],
  );
}

/** @param {Ctx} ctx */
function createLanguages(ctx) {
  const { language, languages } = ctx.start;
  return menuButton(
    { class: "tool wordy", "data-action": "language", "aria-label": _("Language") },
    [language.toUpperCase()],
    () =>
      languages.map(({ code, name }) => ({
        name: code,
        label: name,
        lang: code,
        current: code === language,
        action: () => ctx.speak(code),
      })),
  );
}

/** What opens the pages by one key. @type {Record<string, string>} */
const PAGE_KEYS = { simulate: "M", assumptions: "A", compare: "C" };

/** The same way where there is no room for all of it: on the projector. @param {Ctx} ctx */
function createPagesMenu(ctx) {
  const menu = menuButton(
    { class: "tool", "data-action": "pages", ...iconLabel(_("Pages"), "") },
    [icon("menu")],
    () => [
      ...ctx.start.pages.map(({ id, label }) => ({
        name: id,
        label,
        hint: PAGE_KEYS[id],
        current: id === ctx.page,
        action: () => ctx.page !== id && ctx.go(id),
      })),
      { name: "scenarios", label: _("Scenarios"), hint: "S", action: () => ctx.openScenarios() },
      {
        name: "organisation",
        label: _("Organisation"),
        hint: "O",
        action: () => openOrganisation(ctx),
      },
      { name: "keys", label: _("Keys"), hint: "?", action: () => ctx.keys() },
    ],
  );
  menu.classList.add("pages-menu");
  return menu;
}

/**
 * The way back to the levers, where the names of pages are not in sight: at the place of the one that leads
 * to Compare from there.
 * @param {Ctx} ctx
 */
function createWayBack(ctx) {
  const [{ id, label }] = ctx.start.pages;
  const key = ctx.page === "compare" ? "C" : PAGE_KEYS[id];
  const back = h(
    "button",
    {
      type: "button",
      class: "quiet pin-compare",
      "data-action": "way-back",
      title: iconLabel(_("Simulate: levers and charts"), key).title,
      onclick: () => ctx.go(id),
    },
    label,
  );
  // What stands behind it there keeps its room: the one way lies where the other was.
  const pin = h(
    "button",
    { type: "button", class: "quiet pin-add", "data-empty": true },
    icon("pin"),
    h("span", { class: "pin-word" }, _("Pin")),
  );
  return h("div", { class: "pin-ways way-back" }, back, pin);
}

/** The way from page to page. @param {Ctx} ctx */
function createPages(ctx) {
  const { pages } = ctx.start;
  return h(
    "nav",
    { "aria-label": _("Pages") },
    pages.filter(({ looked_up }) => !looked_up).map((page) => pageLink(ctx, page)),
    createMore(
      ctx,
      pages.filter(({ looked_up }) => looked_up),
    ),
  );
}

/**
 * A menu of the pages where something is looked up; it goes by the name of the one that is open.
 * @param {Ctx} ctx
 * @param {Start["pages"]} pages
 */
function createMore(ctx, pages) {
  const current = pages.find(({ id }) => id === ctx.page);
  return menuButton(
    { class: "tool wordy", "data-action": "more-pages", "aria-current": current ? "page" : null },
    [current?.label ?? _("More"), icon("open")],
    () =>
      pages.map(({ id, label }) => ({
        name: id,
        label,
        current: id === ctx.page,
        action: () => id !== ctx.page && ctx.go(id),
      })),
  );
}

/** @param {Ctx} ctx @param {Start["pages"][number]} page */
function pageLink(ctx, { id, label }) {
  return h(
    "a",
    {
      href: ctx.address(id),
      "aria-current": ctx.page === id ? "page" : null,
      "data-page": id,
      onclick: (/** @type {MouseEvent} */ event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        if (ctx.page !== id) ctx.go(id);
      },
    },
    label,
  );
}

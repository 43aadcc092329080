// The bar: which scenario this is, what can be undone, and how the page is shown.

import { h, setAttribute, setText } from "../kit/dom.js";
import { icon, iconLabel } from "../kit/icons.js";
import { openOrganisation } from "../scenarios/organisation.js";
import { menuButton } from "../kit/menu.js";
import { openPresets } from "../scenarios/gallery.js";
import { openShare } from "../scenarios/share.js";
import { alike } from "../state/store.js";
import { _ } from "../i18n/messages.js";
import { openAssumptions } from "../assumptions/panel.js";

export function create(ctx) {
  const { store } = ctx;
  const name = h("span", { class: "scenario-name" });
  const changed = h("span", { class: "changed" }, _("changed"));
  const scenario = h(
    "button",
    {
      type: "button",
      class: "scenario",
      "aria-haspopup": "dialog",
      "data-action": "scenarios",
      title: _("Choose, open or save a scenario (S)"),
    },
    name,
    changed,
    icon("open"),
  );
  scenario.addEventListener("click", () => openPresets(ctx));

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

  const undo = tool("undo", "undo", _("Undo"), "U", () => store.undo());
  const redo = tool("redo", "redo", _("Redo"), "Y", () => store.redo());
  const replay = tool("replay", "replay", _("Replay the last move"), "L", () => ctx.replay());
  const reset = menuButton(
    { class: "tool wordy", "data-action": "reset", "aria-label": _("Reset") },
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
  const share = tool("share", "share", _("Share"), "D", () => openShare(ctx));
  const present = tool("projector", "present", _("For the projector"), "P", () => ctx.project());
  const theme = tool("theme", "theme", _("Light or dark"), "T", () => ctx.switchTheme());
  const help = menuButton(
    { class: "tool", "data-action": "help", ...iconLabel(_("Help"), "?") },
    [icon("help")],
    () => [
      {
        name: "tour",
        label: _("Show me around"),
        disabled: ctx.page !== "simulate",
        action: () => ctx.tour(),
      },
      { name: "keys", label: _("Keys"), hint: "?", action: () => ctx.keys() },
    ],
  );
  const language = menuButton(
    { class: "tool wordy", "data-action": "language", "aria-label": _("Language") },
    [ctx.start.language.toUpperCase()],
    () =>
      ctx.start.languages.map((one) => ({
        name: one.code,
        label: one.name,
        lang: one.code,
        current: one.code === ctx.start.language,
        action: () => ctx.speak(one.code),
      })),
  );
  const organisation = h(
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
  const world = h(
    "button",
    {
      type: "button",
      class: "tool wordy",
      "data-action": "world",
      onclick: () => openAssumptions(ctx),
      title: _("What is assumed about the world (W)"),
    },
    _("World"),
    h("span", { class: "count", hidden: true }),
  );
  const count = world.lastElementChild;
  const pages = h(
    "nav",
    { "aria-label": _("Pages") },
    [
      ["simulate", _("Simulate")],
      ["assumptions", _("Assumptions")],
      ["compare", _("Compare")],
    ].map(([page, label]) =>
      h(
        "a",
        {
          href: ctx.address(page),
          "aria-current": ctx.page === page ? "page" : null,
          "data-page": page,
          onclick: (event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            if (ctx.page !== page) ctx.go(page);
          },
        },
        label,
      ),
    ),
  );
  const node = h(
    "header",
    { class: "bar" },
    ctx.page === "simulate" && h("h1", { class: "unseen" }, _("Budget shift simulator")),
    pages,
    scenario,
    h("div", { class: "tools context" }, organisation, world),
    h(
      "div",
      { class: "tools moves", role: "group", "aria-label": _("Moves") },
      undo,
      redo,
      replay,
      reset,
    ),
    h(
      "div",
      { class: "tools view", role: "group", "aria-label": _("View") },
      share,
      present,
      theme,
      language,
      help,
    ),
  );

  replay.hidden = ctx.page !== "simulate";

  function update(state) {
    setText(name, ctx.title(state.doc));
    changed.hidden = alike(state.doc, state.base);
    undo.disabled = !store.canUndo;
    redo.disabled = !store.canRedo;
    replay.disabled = !store.canUndo;
    const own = Object.keys(state.doc.assumptions).length;
    count.hidden = own === 0;
    setText(count, String(own));
    const projector = state.view.mode === "projector";
    setAttribute(present, "aria-pressed", String(projector));
  }

  /** The address is another one: whoever opens a page in a new tab gets it as it is. */
  function follow() {
    for (const link of pages.children) link.setAttribute("href", ctx.address(link.dataset.page));
  }

  return { node, update, follow };
}

// Scenarios to choose from: the gallery of shipped ones, files, and the library.

import { openDialog, toast } from "./dialog.js";
import { fill, h, newId, setAttribute } from "./dom.js";
import { createLibrary } from "./library.js";
import { createTabs } from "./tabs.js";
import { _, fmt, ngettext } from "./text.js";

const MOST_BYTES = 1_000_000;

/**
 * Open the gallery, or the library beside it. Choosing a scenario, or opening a file, makes it the
 * reference; one undo takes that back.
 * @param {object} ctx  as every part of the board gets it
 * @param {string} tab  "gallery" or "library"
 * @returns {object} the dialog, as openDialog gives it
 */
export function openPresets(ctx, { tab = "gallery" } = {}) {
  const { start, store, board } = ctx;
  const current = JSON.stringify(store.state.base);
  let dialog = null;

  function load(doc, name) {
    if (!isOpen()) return;
    dialog.close();
    ctx.load(doc);
    toast(board, _("“{name}” is loaded. Undo brings back what was there.", { name }));
  }

  /** A file may arrive when the visitor has chosen something else, or has left. */
  function isOpen() {
    return dialog.node.open && dialog.node.isConnected;
  }

  const cards = start.presets.map((preset) =>
    card(preset, JSON.stringify(preset.doc) === current, () => load(preset.doc, preset.name)),
  );
  const filing = files(ctx, (doc) => load(doc, doc.name));
  const gallery = h(
    "div",
    {},
    h(
      "p",
      { class: "lead-in" },
      _("Each is a situation of its own: an organisation and a plan to start from."),
    ),
    filing.node,
    h("ul", { class: "presets", role: "list" }, cards),
    start.unusable?.length
      ? h(
          "p",
          { class: "note", role: "note" },
          ngettext(
            "{number} file in the folder of scenarios cannot be used: {names}",
            "{number} files in the folder of scenarios cannot be used: {names}",
            start.unusable.length,
            { names: start.unusable.join(", ") },
          ),
        )
      : null,
  );
  const library = createLibrary(ctx, load);
  const tabs = createTabs(
    _("Where scenarios lie"),
    [
      { name: "gallery", label: _("Examples and files"), node: gallery },
      { name: "library", label: _("Library"), node: library.node, shown: library.shown },
    ],
    tab,
  );
  dialog = openDialog(board, _("Scenarios"), { wide: true, name: "presets" }, tabs.node);
  filing.takeDrops(dialog.node);
  if (tab !== "gallery") return dialog;
  const marked = dialog.body.querySelector("[aria-current] button");
  (marked ?? dialog.body.querySelector(".preset button"))?.focus({ preventScroll: true });
  return dialog;
}

function card(preset, isCurrent, choose) {
  const story = newId();
  return h(
    "li",
    { class: "preset", "data-preset": preset.id, "aria-current": isCurrent && "true" },
    h(
      "h3",
      {},
      h("button", { type: "button", "aria-describedby": story, onclick: choose }, preset.name),
      isCurrent ? h("span", { class: "preset-mark" }, _("Loaded now")) : null,
    ),
    h("p", { class: "preset-story", id: story }, preset.story),
    h(
      "p",
      { class: "preset-facts" },
      h("strong", {}, preset.organisation),
      facts(preset.doc).flatMap((fact) => [" ", h("span", {}, fact)]),
    ),
  );
}

/** What tells one organisation from another at a glance. */
function facts({ organisation, plan }) {
  const moved = ["market_research", "training", "customer_service"].reduce(
    (sum, source) => sum + plan[source].share_moved * organisation.budgets[source],
    0,
  );
  return [
    ngettext("{number} customer", "{number} customers", organisation.customers),
    ngettext("{number} employee", "{number} employees", organisation.employees),
    moved > 0
      ? _("{money} a year moves", { money: fmt.money(moved, organisation.currency) })
      : _("no money moves"),
  ];
}

// --- files ---------------------------------------------------------------------------------------

function files(ctx, opened) {
  const result = h("div", { class: "problems", role: "alert" });
  const input = h("input", {
    type: "file",
    accept: ".json,application/json",
    class: "unseen",
    tabindex: "-1",
    "aria-hidden": "true",
    "data-open-file": true,
  });

  let newest = null;
  async function open(file) {
    newest = file;
    fill(result);
    const outcome = await read(ctx, file);
    if (file !== newest) return;
    if (outcome.doc) opened(outcome.doc);
    else fill(result, ...problemList(outcome.problems, file.name));
  }

  input.addEventListener("change", () => {
    if (input.files.length) open(input.files[0]);
    input.value = ""; // so that the same file can be opened again after it was mended
  });
  const pick = h(
    "button",
    { type: "button", class: "plain", onclick: () => input.click() },
    _("Open a scenario file"),
  );
  const save = h(
    "button",
    { type: "button", class: "plain", "data-save-file": true },
    _("Save this plan as a file"),
  );
  save.addEventListener("click", () => download(ctx));
  const node = h(
    "section",
    { class: "files", "aria-label": _("Scenario files") },
    pick,
    input,
    save,
    h("span", { class: "files-hint" }, _("A file can be dropped here as well.")),
    result,
  );

  /** Whatever is dropped on `place` is opened, instead of replacing the page. */
  function takeDrops(place) {
    let depth = 0;
    function over(change) {
      depth = change === null ? 0 : depth + change;
      setAttribute(place, "data-over", depth > 0);
    }
    place.addEventListener("dragenter", () => over(1));
    place.addEventListener("dragleave", () => over(-1));
    place.addEventListener("dragover", (event) => event.preventDefault());
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      over(null);
      if (event.dataTransfer.files.length) open(event.dataTransfer.files[0]);
    });
  }

  return { node, takeDrops };
}

/** The scenario in a file, or what is wrong with it; never throws. */
async function read(ctx, file) {
  if (file.size > MOST_BYTES) {
    const problem = {
      field: file.name,
      found: _("a size of {size} bytes", { size: fmt.number(file.size) }),
      allowed: _("at most {size} bytes", { size: fmt.number(MOST_BYTES) }),
    };
    return { problems: [problem] };
  }
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    const problem = {
      field: file.name,
      found: _("something that cannot be read as text"),
      allowed: _("JSON in UTF-8"),
    };
    return { problems: [problem] };
  }
  try {
    return await ctx.api.open(text, file.name);
  } catch (error) {
    return { problems: error.problems ?? null };
  }
}

/** Problems as the server or this module tells them, for people; null: there was no answer. */
function problemList(problems, name) {
  if (!problems?.length) {
    return [h("p", {}, _("The server does not answer, so nothing was opened. Try again."))];
  }
  const heading = ngettext(
    "“{name}” cannot be opened, and nothing has changed. {number} thing is wrong:",
    "“{name}” cannot be opened, and nothing has changed. {number} things are wrong:",
    problems.length,
    { name },
  );
  return [
    h("p", {}, heading),
    h(
      "ul",
      {},
      problems.map((one) =>
        h(
          "li",
          {},
          h("code", {}, one.field),
          h("span", {}, _("found {found}", { found: one.found })),
          h("span", {}, _("allowed: {allowed}", { allowed: one.allowed })),
        ),
      ),
    ),
  ];
}

async function download(ctx) {
  let file;
  try {
    file = await ctx.api.file(ctx.store.state.doc);
  } catch {
    file = {};
  }
  if (typeof file.text !== "string") {
    toast(ctx.board, _("The file could not be made: the server does not answer. Try again."), {
      kind: "error",
    });
    return;
  }
  const url = URL.createObjectURL(new Blob([file.text], { type: "application/json" }));
  const link = h("a", { href: url, download: file.name, hidden: true });
  ctx.board.append(link);
  link.click();
  link.remove();
  // The browser reads it after this turn; a minute is enough for any of them.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

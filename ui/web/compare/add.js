// Adding scenarios to the comparison: this plan, pinned ones, examples, files, links, the library.

import { FEWEST, MOST, add, holds, isExample, nameOf, room } from "./list.js";
import { openDialog, toast } from "../kit/dialog.js";
import { fill, h, newId } from "../kit/dom.js";
import { problemItems } from "../kit/problems.js";
import { SCENARIOS, read, whatIsWrong } from "../scenarios/files.js";
import { createFileInput } from "../kit/file-input.js";
import { requestError } from "../server/http.js";
import { openPresets } from "../scenarios/gallery.js";
import { _, fmt, ngettext } from "../i18n/messages.js";

/**
 * Open the choice of what to add. It stays open for more until there are six.
 * @param {object} ctx
 * @param {File[]} files  that are added at once; then it is only there to say what is wrong
 */
export function openAdder(ctx, files = null) {
  const adder = createAdder(ctx, () => {
    if (files || room(ctx) === 0) dialog.close();
  });
  const dialog = openDialog(
    ctx.board,
    _("Add to the comparison"),
    { wide: true, name: "compare-add", onclose: adder.end },
    adder.node,
  );
  takeDrops(dialog.node, adder.takeFiles);
  if (files) adder.takeFiles(files);
}

/** Files that are dropped on `node` are added, instead of opened as everywhere else. */
export function takeDrops(node, take) {
  node.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length || event.defaultPrevented) return;
    event.preventDefault();
    take(files);
  });
}

/**
 * The choice of what to add.
 * @param {object} ctx
 * @param {function} added  called after something was added
 * @returns {{node: HTMLElement, update: function, end: function}}
 */
export function createAdder(ctx, added = () => {}) {
  const wrong = h("div", { class: "problems", role: "alert" });
  const count = h("p", { class: "compare-count", role: "status" });
  const plans = h("div", { class: "compare-offers" });
  const examples = h("div", { class: "compare-offers" });
  let newest = null;

  function take(more, told = null) {
    fill(wrong);
    add(ctx, more);
    if (told) toast(ctx.board, told);
    added();
  }

  function offer(key, { name, doc, source }) {
    const there = holds(ctx, doc, source);
    const label = nameOf(ctx, { name, doc, source });
    return h(
      "button",
      {
        type: "button",
        class: "plain",
        disabled: there || room(ctx) === 0,
        "data-offer": key,
        onclick: () => take([{ name, doc, source }]),
      },
      h(
        "span",
        {},
        source === "current" ? _("The plan as it stands: {name}", { name: label }) : label,
      ),
      there ? h("span", { class: "compare-there" }, _("(there already)")) : null,
    );
  }

  function update() {
    const { doc, base, pins } = ctx.store.state;
    const focused = document.activeElement?.dataset?.offer;
    fill(
      plans,
      offer("current", { name: "", doc, source: "current" }),
      ...pins.map((one) =>
        offer(`pin-${one.slot}`, { name: one.name, doc: one.doc, source: "pin" }),
      ),
      ...(isExample(ctx, base) ? [] : [offer("base", { name: "", doc: base, source: "base" })]),
    );
    fill(
      examples,
      ...ctx.start.presets.map((one) =>
        offer(one.id, { name: "", doc: one.doc, source: "preset" }),
      ),
    );
    const left = room(ctx);
    count.textContent =
      left === MOST - FEWEST + 1
        ? _("One scenario is there: add at least one to compare it with.")
        : left > 0
          ? ngettext("Room for {number} more.", "Room for {number} more.", left)
          : _("Six are there: more cannot be compared at a time.");
    if (focused) node.querySelector(`[data-offer="${CSS.escape(focused)}"]`)?.focus();
  }

  // --- files -------------------------------------------------------------------------------------

  async function takeFiles(files) {
    newest = files;
    fill(wrong);
    const left = room(ctx);
    if (files.length > left) {
      fill(
        wrong,
        h(
          "p",
          {},
          ngettext(
            "{files} files are too many: there is room for {number}. Nothing was added.",
            "{files} files are too many: there is room for {number}. Nothing was added.",
            left,
            { files: fmt.number(files.length) },
          ),
        ),
      );
      return;
    }
    const found = [];
    for (const file of files) found.push(await read(ctx, file));
    if (files !== newest || !node.isConnected) return;
    if (found.some((one) => !one.doc)) fill(wrong, ...whatIsWrong(found));
    else {
      take(
        found.map(({ doc }) => ({ name: "", doc, source: "file" })),
        ngettext("{number} file was added", "{number} files were added", found.length),
      );
    }
  }

  const input = createFileInput(
    { accept: SCENARIOS, multiple: true, "data-compare-files": true },
    takeFiles,
  );

  // --- links -------------------------------------------------------------------------------------

  const link = h("input", {
    type: "text",
    inputmode: "url",
    autocomplete: "off",
    spellcheck: "false",
    "data-field": "compare-link",
    placeholder: "https://",
  });

  async function takeLink(event) {
    event.preventDefault();
    const query = link.value.trim();
    if (!query) return;
    fill(wrong);
    let found;
    try {
      found = await ctx.ask("follow", { query });
    } catch (error) {
      found = { problems: requestError(error).problems };
    }
    if (link.value.trim() !== query || !node.isConnected) return;
    if (found.doc && room(ctx) > 0) {
      link.value = "";
      take(
        [{ name: "", doc: found.doc, source: "link" }],
        _("“{name}” was added", { name: found.doc.name }),
      );
    } else if (found.problems === null) {
      fill(wrong, h("p", {}, _("The server does not answer, so nothing was added. Try again.")));
    } else if (!found.doc) {
      fill(
        wrong,
        h("p", {}, _("This link cannot be opened, and nothing has changed.")),
        h("ul", {}, problemItems(found.problems)),
      );
    }
  }

  const linkId = newId();
  const node = h(
    "div",
    { class: "compare-adder" },
    count,
    wrong,
    group(_("Your plans"), plans),
    group(
      _("From elsewhere"),
      h(
        "div",
        { class: "compare-elsewhere" },
        h(
          "button",
          { type: "button", class: "plain", onclick: () => input.click() },
          _("Scenario files"),
        ),
        input,
        h(
          "button",
          {
            type: "button",
            class: "plain",
            "data-action": "compare-library",
            onclick: () => openPresets(ctx, { tab: "library" }),
          },
          _("From the library"),
        ),
        h(
          "form",
          { class: "compare-link", onsubmit: takeLink },
          h("label", { for: linkId, class: "unseen" }, _("A link to a scenario")),
          Object.assign(link, { id: linkId, title: _("A link to a scenario") }),
          h("button", { type: "submit" }, _("Add the link")),
        ),
      ),
    ),
    group(_("Examples"), examples),
  );

  const end = ctx.store.subscribe(() => (node.isConnected ? update() : end()));
  update();
  return { node, update, end, takeFiles };
}

function group(heading, content) {
  return h("section", { class: "compare-group" }, h("h3", {}, heading), content);
}

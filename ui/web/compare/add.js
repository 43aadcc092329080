// Adding scenarios to the comparison: this plan, pinned ones, examples, files, links, the library.

import { _, fmt, ngettext } from "../i18n/messages.js";
import { openDialog, toast } from "../kit/dialog.js";
import { fill, h, newId } from "../kit/dom.js";
import { createFileInput } from "../kit/file-input.js";
import { problemItems } from "../kit/problems.js";
import { takeDropsOn } from "../scenarios/drop.js";
import {
  isGood,
  itemsIn,
  openSetOf,
  readFiles,
  SCENARIO_FILES,
  whatIsWrong,
} from "../scenarios/files.js";
import { newestFailure, requestError } from "../server/http.js";
import { letterOf } from "../state/pins.js";
import { add, entries, holds, isExample, itemOf, nameOf, room } from "./list.js";

/**
 * Open the choice of what to add. It stays open for more until no more can be compared.
 * @param {Ctx} ctx
 * @param {File[]|null} files  that are added at once; then it is only there to say what is wrong
 */
export function openAdder(ctx, files = null) {
  const added = () => {
    if (files || room(ctx) === 0) dialog.close();
  };
  const adder = createAdder(ctx, added, { laysOut: files !== null });
  const dialog = openDialog(
    ctx.board,
    _("Add to the comparison"),
    { wide: true, name: "compare-add", onclose: adder.end },
    adder.node,
  );
  takeDropsOn(dialog.node, adder.takeFiles);
  if (files) adder.takeFiles(files);
}

/**
 * The choice of what to add.
 * @param {Ctx} ctx
 * @param {() => void} added  called after something was added
 * @param {{laysOut?: boolean}} options  whether the file of a set is laid out as it was kept, instead of added
 * @returns {{node: HTMLElement, end: () => void, takeFiles: (files: File[]) => void}}
 */
export function createAdder(ctx, added = () => {}, { laysOut = false } = {}) {
  const wrong = h("div", { class: "problems", role: "alert" });
  const count = h("p", { class: "compare-count", role: "status" });

  /** @type {(more: CompareItem[], text?: string | null) => void} */
  function take(more, text = null) {
    fill(wrong);
    add(ctx, more);
    if (text) toast(ctx.board, text);
    added();
  }

  const tell = (...nodes) => fill(wrong, ...nodes);
  const isThere = () => node.isConnected;
  const offers = createOffers(ctx, take);
  const layOut = laysOut
    ? (/** @type {Reading} */ reading) => {
        openSetOf(ctx, reading);
        added();
      }
    : null;
  const files = createFileOffer(ctx, { take, layOut, tell, isThere });
  const link = createLinkOffer(ctx, { take, tell, isThere });
  const library = h(
    "button",
    {
      type: "button",
      class: "plain",
      "data-action": "compare-library",
      onclick: () => ctx.openScenarios({ tab: "library" }),
    },
    _("From the library"),
  );
  const elsewhere = h("div", { class: "compare-elsewhere" }, files.nodes, library, link.node);
  const node = h(
    "div",
    { class: "compare-adder" },
    count,
    wrong,
    group(_("Your plans"), offers.plans),
    group(_("From elsewhere"), elsewhere),
    group(_("Examples"), offers.examples),
  );

  function update() {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.offer;
    offers.update();
    count.textContent = roomText(ctx);
    if (focused) node.querySelector(`[data-offer="${CSS.escape(focused)}"]`)?.focus();
  }

  const end = ctx.store.subscribe(() => (node.isConnected ? update() : end()));
  update();
  return { node, end, takeFiles: files.take };
}

function group(heading, content) {
  return h("section", { class: "compare-group" }, h("h3", {}, heading), content);
}

/** @param {Ctx} ctx */
function roomText(ctx) {
  const left = room(ctx);
  return left > 0
    ? ngettext("Room for {number} more.", "Room for {number} more.", left)
    : _("Six are there: more cannot be compared at a time.");
}

// --- what is here --------------------------------------------------------------------------------

/**
 * Buttons for the visitor's own plans and for the examples.
 * @param {Ctx} ctx
 */
function createOffers(ctx, take) {
  const plans = h("div", { class: "compare-offers" });
  const examples = h("div", { class: "compare-offers" });

  function offer(key, item, entry = item, present = holds(ctx, entry.doc, entry.source)) {
    const name = nameOf(ctx, entry);
    const label = entry.source === "current" ? _("The plan as it stands: {name}", { name }) : name;
    return h(
      "button",
      {
        type: "button",
        class: "plain",
        disabled: present || room(ctx) === 0,
        "data-offer": key,
        onclick: () => take([item]),
      },
      h("span", {}, label),
      present ? h("span", { class: "compare-there" }, _("(there already)")) : null,
    );
  }

  function update() {
    const { doc, base, pins } = ctx.store.state;
    const there = entries(ctx);
    fill(
      plans,
      offer("current", { source: "current" }, { name: "", doc, source: "current" }),
      ...pins.map((pin) => {
        const { id, name, doc } = pin;
        const isThere = there.some((entry) => entry.pin === id);
        const shown = { name: `${letterOf(pin)} ${name}`, doc, source: "pin" };
        return offer(`pin-${pin.slot}`, { source: "pin", pin: id }, shown, isThere);
      }),
      isExample(ctx, base) ? null : offer("base", itemOf("base", base)),
    );
    fill(
      examples,
      ...ctx.start.presets.map((preset) => offer(preset.id, itemOf("preset", preset.doc))),
    );
  }

  return { plans, examples, update };
}

// --- files ---------------------------------------------------------------------------------------

/**
 * Files to add.
 * @param {Ctx} ctx
 * @param {{take: (entries: CompareItem[], text?: string | null) => void,
 *   layOut: ((reading: Reading) => void) | null,
 *   tell: (...nodes: Child[]) => void, isThere: () => boolean}} ways  `take(entries, text)`; `layOut(reading)`: of a
 *   set alone, null where its plans are added; `tell(...nodes)`: says what is wrong, nothing takes it back;
 *   `isThere()`: whether somebody still waits for the answer
 */
function createFileOffer(ctx, { take, layOut, tell, isThere }) {
  /** @type {File[] | null} */
  let newest = null; // the files that were chosen last

  /** Whether so many plans in these files fit; else that is said. */
  function fits(plans, files) {
    const left = room(ctx);
    if (plans <= left) return true;
    const counts = { files: fmt.number(files), plans: fmt.number(plans) };
    const text =
      plans > files
        ? ngettext(
            "There are {plans} plans in what was chosen, and there is room for {number}. Nothing was added.",
            "There are {plans} plans in what was chosen, and there is room for {number}. Nothing was added.",
            left,
            counts,
          )
        : ngettext(
            "{files} files are too many: there is room for {number}. Nothing was added.",
            "{files} files are too many: there is room for {number}. Nothing was added.",
            left,
            counts,
          );
    tell(h("p", {}, text));
    return false;
  }

  async function takeFiles(files) {
    newest = files;
    tell();
    if (files.length > 1 && !fits(files.length, files.length)) return;
    const readings = await readFiles(ctx, files);
    if (files !== newest || !isThere()) return;
    if (!readings.every(isGood)) {
      tell(...whatIsWrong(readings));
      return;
    }
    if (layOut && readings.length === 1 && readings[0].items) {
      layOut(readings[0]);
      return;
    }
    const more = itemsIn(readings);
    if (!fits(more.length, files.length)) return;
    take(more, ngettext("{number} file was added", "{number} files were added", readings.length));
  }

  const input = createFileInput(
    { accept: SCENARIO_FILES, multiple: true, "data-compare-files": true },
    takeFiles,
  );
  const button = h(
    "button",
    { type: "button", class: "plain", onclick: () => input.click() },
    _("Scenario files"),
  );
  return { nodes: [button, input], take: takeFiles };
}

// --- links ---------------------------------------------------------------------------------------

/**
 * A field for the link to a scenario; as createFileOffer.
 * @param {Ctx} ctx
 */
function createLinkOffer(ctx, { take, tell, isThere }) {
  const id = newId();
  const input = h("input", {
    type: "text",
    inputmode: "url",
    autocomplete: "off",
    spellcheck: "false",
    "data-field": "compare-link",
    placeholder: "https://",
    id,
    title: _("A link to a scenario"),
  });

  async function submit(event) {
    event.preventDefault();
    const query = input.value.trim();
    if (!query) return;
    tell();
    const reply = await follow(query);
    if (input.value.trim() !== query || !isThere()) return;
    const { doc, problems } = reply;
    if (doc && room(ctx) > 0) {
      input.value = "";
      take([itemOf("link", doc)], _("“{name}” was added", { name: doc.name }));
    } else if (problems === null) {
      tell(h("p", {}, `${newestFailure()} ${_("Nothing was added.")}`));
    } else if (!doc) {
      tell(
        h("p", {}, _("This link cannot be opened, and nothing has changed.")),
        h("ul", {}, problemItems(problems)),
      );
    }
  }

  async function follow(query) {
    try {
      return await ctx.ask("follow", { query });
    } catch (error) {
      return { problems: requestError(error).problems };
    }
  }

  return {
    node: h(
      "form",
      { class: "compare-link", onsubmit: submit },
      h("label", { for: id, class: "unseen" }, _("A link to a scenario")),
      input,
      h("button", { type: "submit" }, _("Add the link")),
    ),
  };
}

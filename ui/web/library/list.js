// What lies on the shelf: searched as one types, filtered by tags, a page at a time.

import { _, ngettext } from "../i18n/messages.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { call, newShelf } from "../server/library-api.js";
import { isKeeping, shelfKey } from "../server/shelves.js";
import { createEntry } from "./entry.js";
import { freshShelf, trouble } from "./parts.js";

const PAUSE_MS = 200;
const GONE = 404;

/**
 * The list, and what is searched for in it.
 * @param {Ctx} ctx
 * @param {{open: (version: OpenedVersion, entry: Entry) => void,
 *   tell: (text: string, undo?: (() => void) | null) => void, changed: () => void}} doing  `open(version, entry)`, `tell(text, undo)`, `changed()`
 * @returns {{node: HTMLElement, refresh: () => void}}
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one list, and the newest question about it
export function createList(ctx, doing) {
  let turn = 0; // the newest question's answer is shown
  let offset = 0; // of what comes next

  const filters = createFilters(ctx.start.limits.library.search, refresh);
  const count = h("p", { class: "library-note library-count", role: "status" });
  const entries = h("ul", { class: "library-entries", role: "list" });
  const more = moreButton(() => ask(offset));
  const result = h("div", { class: "library-trouble", role: "alert" });
  const node = h(
    "section",
    { "aria-label": _("What is in the library") },
    filters.node,
    result,
    count,
    entries,
    more,
  );

  function refresh() {
    filters.settle();
    return ask(0);
  }

  async function ask(from) {
    turn += 1;
    const mine = turn;
    const shelf = shelfKey();
    fill(result);
    if (!shelf) {
      showNothingYet();
      return;
    }
    setAttribute(node, "aria-busy", "true");
    if (!entries.children.length) setText(count, _("Looking…"));
    try {
      const page = await call("list", { shelf, ...filters.value(), offset: from });
      if (mine === turn) show(page, from);
    } catch (error) {
      if (mine === turn) showTrouble(error, from);
    } finally {
      if (mine === turn) setAttribute(node, "aria-busy", null);
    }
  }

  function show(page, from) {
    const items = page.entries.map((entry) => createEntry(ctx, entry, doing));
    if (from) entries.append(...items);
    else replaceEntries(entries, items, filters.search);
    offset = from + page.entries.length;
    more.hidden = offset >= page.total;
    const filtered = filters.isUsed();
    filters.show(page, filtered);
    setText(
      count,
      filters.isDeleted() ? countedDeleted(page.total) : counted(page.total, filtered),
    );
    if (from) items[0]?.querySelector("button").focus();
  }

  function showNothingYet() {
    filters.node.hidden = true;
    more.hidden = true;
    setText(count, "");
    fill(entries, nothingYet());
  }

  function showTrouble(error, from) {
    more.hidden = true;
    setText(count, "");
    if (!from) fill(entries);
    if (error.status !== GONE) {
      fill(result, ...trouble(ctx, error, { again: () => ask(from) }));
      return;
    }
    const text = _("The library that this browser knows is not on this server, or not any more.");
    fill(result, h("p", {}, text), freshShelf(startAgain));
  }

  async function startAgain() {
    try {
      await newShelf();
      doing.changed();
    } catch (error) {
      showTrouble(error, 0);
    }
  }

  return { node, refresh };
}

/** @param {() => void} onclick */
function moreButton(onclick) {
  return h("button", { type: "button", "data-library": "more", onclick }, _("Show more"));
}

/**
 * Show other entries; the keyboard stays at the one it was at.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} items
 * @param {HTMLElement} search  where the keyboard goes when there are none
 */
function replaceEntries(list, items, search) {
  const held = /** @type {HTMLElement | null} */ (
    document.activeElement?.closest(".library-entry")
  );
  const isHeld = held && list.contains(held);
  fill(list, ...items);
  if (!isHeld) return;
  const now = items.find((item) => item.dataset.entry === held.dataset.entry) ?? items[0];
  (now?.querySelector("button") ?? search).focus({ preventScroll: true });
}

/** How many there are, in words. */
function counted(total, filtered) {
  if (!total) {
    return filtered ? _("Nothing in the library is like this.") : _("This library is empty.");
  }
  return filtered
    ? ngettext("{number} entry found", "{number} entries found", total)
    : ngettext("{number} entry", "{number} entries", total);
}

function countedDeleted(total) {
  return total
    ? ngettext(
        "{number} deleted entry, kept for 30 days",
        "{number} deleted entries, each kept for 30 days",
        total,
      )
    : _("Nothing that was deleted in the last 30 days.");
}

function nothingYet() {
  return h(
    "li",
    { class: "library-empty" },
    h("p", {}, _("Nothing is in your library yet.")),
    h(
      "p",
      { class: "library-note" },
      _(
        "What you save here stays on the server of this simulator, with every earlier version: " +
          "who saved it, when, and why. It needs no account.",
      ),
      " ",
      isKeeping()
        ? _(
            "This browser keeps the key; a link opens the library elsewhere, or hands on a single " +
              "scenario.",
          )
        : _(
            "This browser keeps nothing, not the key either. After you have saved, copy the link " +
              "below “Open on another device” and keep it: without it nobody finds what you saved.",
          ),
    ),
  );
}

// --- what is searched for ------------------------------------------------------------------------

/**
 * A field for words, the tags that there are, and whether what is deleted is shown.
 * @param {number} longest  of what can be searched for, in characters
 * @param {() => void} changed  called when something else is searched for
 */
function createFilters(longest, changed) {
  /** @type {number | undefined} */
  let pause; // until what is typed is searched for
  const search = h("input", {
    type: "search",
    maxlength: longest,
    placeholder: _("Search in the library"),
    "aria-label": _("Search in the library"),
    "data-library": "search",
  });
  const deleted = h("input", { type: "checkbox", "data-library": "deleted", onchange: changed });
  const tags = createTags(changed);
  const node = h(
    "div",
    { class: "library-tools" },
    search,
    tags.node,
    h("label", { class: "check" }, deleted, h("span", {}, _("Show what is deleted"))),
  );

  search.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(changed, PAUSE_MS);
  });
  search.addEventListener("keydown", (event) => {
    // Escape empties the field first; once more, it closes the dialog.
    if (event.key === "Escape" && search.value) event.stopPropagation();
  });

  return {
    node,
    search,
    isDeleted: () => deleted.checked,
    isUsed: () => Boolean(search.value.trim() || tags.chosen().length || deleted.checked),
    value: () => ({ search: search.value, tags: tags.chosen(), deleted: deleted.checked }),
    /** What is typed is being searched for. */
    settle: () => clearTimeout(pause),
    /** Show the tags of what there is; those of nothing that fits would be none to choose from. */
    show(page, filtered) {
      node.hidden = false;
      if (page.total || !filtered) tags.show(page.tags);
    },
  };
}

/** Buttons for tags, of which those that are pressed are searched for. */
function createTags(changed) {
  let chosen = [];
  const node = h("div", {
    class: "library-tags",
    role: "group",
    "aria-label": _("Only with these tags"),
  });

  function createTag(tag) {
    const button = h("button", { type: "button", class: "library-tag", "data-tag": tag }, tag);
    const mark = () => setAttribute(button, "aria-pressed", String(chosen.includes(tag)));
    mark();
    button.addEventListener("click", () => {
      chosen = chosen.includes(tag) ? chosen.filter((each) => each !== tag) : [...chosen, tag];
      mark();
      changed();
    });
    return button;
  }

  return {
    node,
    chosen: () => chosen,
    show(all) {
      chosen = chosen.filter((tag) => all.includes(tag));
      fill(node, ...all.map(createTag));
      node.hidden = !all.length;
    },
  };
}

// What lies on the shelf: searched as one types, filtered by tags, a page at a time.

import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { call, newShelf } from "../server/library-api.js";
import { shelfKey } from "../server/shelves.js";
import { createEntry } from "./entry.js";
import { freshShelf, trouble } from "./parts.js";
import { _, ngettext } from "../i18n/messages.js";

const PAUSE_MS = 200;
const LONGEST = 200;
const GONE = 404;

/**
 * @param {object} ctx
 * @param {object} doing  `open(doc, entry)`, `tell(text, undo)`, `changed()`
 * @returns {{node: HTMLElement, refresh: function}}
 */
export function createList(ctx, doing) {
  let turn = 0; // the newest question's answer is shown
  let pause = null;
  let chosen = []; // tags
  let offset = 0;

  const search = h("input", {
    type: "search",
    maxlength: LONGEST,
    placeholder: _("Search in the library"),
    "aria-label": _("Search in the library"),
    "data-library": "search",
  });
  const deleted = h("input", { type: "checkbox", "data-library": "deleted", onchange: refresh });
  const bin = h("label", { class: "check" }, deleted, h("span", {}, _("Show what is deleted")));
  const tags = h("div", {
    class: "library-tags",
    role: "group",
    "aria-label": _("Only with these tags"),
  });
  const count = h("p", { class: "library-note library-count", role: "status" });
  const tools = h("div", { class: "library-tools" }, search, tags, bin);
  const entries = h("ul", { class: "library-entries", role: "list" });
  const more = h(
    "button",
    { type: "button", "data-library": "more", onclick: () => ask(offset) },
    _("Show more"),
  );
  const result = h("div", { class: "library-trouble", role: "alert" });
  const node = h(
    "section",
    { "aria-label": _("What is in the library") },
    tools,
    result,
    count,
    entries,
    more,
  );

  search.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(refresh, PAUSE_MS);
  });
  search.addEventListener("keydown", (event) => {
    // Escape empties the field first; once more, it closes the dialog.
    if (event.key === "Escape" && search.value) event.stopPropagation();
  });

  function refresh() {
    clearTimeout(pause);
    return ask(0);
  }

  async function ask(from) {
    turn += 1;
    const mine = turn;
    const shelf = shelfKey();
    fill(result);
    if (!shelf) {
      nothingYet();
      return;
    }
    setAttribute(node, "aria-busy", "true");
    if (!entries.children.length) setText(count, _("Looking…"));
    try {
      const wanted = { search: search.value, tags: chosen, deleted: deleted.checked };
      const found = await call("list", { shelf, ...wanted, offset: from });
      if (mine === turn) show(found, from);
    } catch (error) {
      if (mine === turn) fail(error, from);
    } finally {
      if (mine === turn) setAttribute(node, "aria-busy", null);
    }
  }

  function show(found, from) {
    const items = found.entries.map((entry) => createEntry(ctx, entry, doing));
    if (from) entries.append(...items);
    else replace(items);
    offset = from + found.entries.length;
    more.hidden = offset >= found.total;
    const filtered = search.value.trim() || chosen.length || deleted.checked;
    tools.hidden = false;
    if (found.total || !filtered) showTags(found.tags);
    setText(count, counted(found.total, filtered));
    if (from) items[0]?.querySelector("button").focus();
  }

  /** Show other entries; the keyboard stays at the one it was at. */
  function replace(items) {
    const held = document.activeElement.closest?.(".library-entry");
    const isHeld = held && entries.contains(held);
    fill(entries, ...items);
    if (!isHeld) return;
    const now = items.find((one) => one.dataset.entry === held.dataset.entry) ?? items[0];
    (now?.querySelector("button") ?? search).focus({ preventScroll: true });
  }

  function counted(total, filtered) {
    if (deleted.checked) {
      return total
        ? ngettext(
            "{number} deleted scenario, kept for 30 days",
            "{number} deleted scenarios, each kept for 30 days",
            total,
          )
        : _("Nothing that was deleted in the last 30 days.");
    }
    if (!total)
      return filtered ? _("Nothing in the library is like this.") : _("This library is empty.");
    return filtered
      ? ngettext("{number} scenario found", "{number} scenarios found", total)
      : ngettext("{number} scenario", "{number} scenarios", total);
  }

  function showTags(all) {
    chosen = chosen.filter((tag) => all.includes(tag));
    fill(
      tags,
      ...all.map((tag) => {
        const button = h("button", { type: "button", class: "library-tag", "data-tag": tag }, tag);
        setAttribute(button, "aria-pressed", String(chosen.includes(tag)));
        button.addEventListener("click", () => {
          chosen = chosen.includes(tag) ? chosen.filter((one) => one !== tag) : [...chosen, tag];
          setAttribute(button, "aria-pressed", String(chosen.includes(tag)));
          refresh();
        });
        return button;
      }),
    );
    tags.hidden = !all.length;
  }

  function nothingYet() {
    tools.hidden = true;
    more.hidden = true;
    setText(count, "");
    fill(
      entries,
      h(
        "li",
        { class: "library-empty" },
        h("p", {}, _("Nothing is in your library yet.")),
        h(
          "p",
          { class: "library-note" },
          _(
            "What you save here stays on the server of this simulator, with every earlier version: " +
              "who saved it, when, and why. It needs no account. This browser keeps the key; a link " +
              "opens the library elsewhere, or hands on a single scenario.",
          ),
        ),
      ),
    );
  }

  function fail(error, from) {
    more.hidden = true;
    setText(count, "");
    if (!from) fill(entries);
    const fresh = freshShelf(async () => {
      try {
        await newShelf();
        doing.changed();
      } catch (again) {
        fail(again, 0);
      }
    });
    const gone = error.status === GONE;
    fill(
      result,
      gone
        ? h(
            "p",
            {},
            _("The library that this browser knows is not on this server, or not any more."),
          )
        : null,
      ...(gone ? [fresh] : trouble(ctx, error, { again: () => ask(from) })),
    );
  }

  return { node, refresh };
}

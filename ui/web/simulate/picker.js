// A button with a chart's name; it opens a list of all outcomes that can be searched.

import { _ } from "../i18n/messages.js";
import { h, newId, setAttribute } from "../kit/dom.js";
import { icon } from "../kit/icons.js";

const GAP = 4; // pixels between the list and its button
const EDGE = 8; // and to the edge of the window

/**
 * The picker of a chart.
 * @param {Ctx} ctx
 * @param {{name: string | number, current: () => string, choose: (outcome: string) => void,
 *   offered?: (outcome: Outcome) => boolean}} options  `name` of the button; `current()`: the outcome that is shown;
 *   `choose(id)`: shows another; `offered(chart)`: whether one can be chosen at all
 * @returns {{node: HTMLElement, title: HTMLElement}}
 */
export function createPicker(ctx, { name, current, choose, offered = () => true }) {
  const title = h("span", { class: "chart-title" });
  const listId = newId();
  const button = h(
    "button",
    {
      type: "button",
      class: "picker",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "data-picker": name,
      title: _("Choose what this chart shows"),
    },
    title,
    icon("open"),
  );
  const search = createSearch(listId);
  const list = createList(ctx, listId, offered, take);
  const box = h("div", { class: "picker-box", popover: "auto" }, search, list.node, list.nothing);
  /** @type {ReturnType<typeof createOption> | null} */
  let active = null; // the option that the Enter key takes

  function mark(option) {
    active = option ?? null;
    for (const each of list.options) setAttribute(each.node, "data-active", each === active);
    setAttribute(search, "aria-activedescendant", active?.node.id);
    active?.node.scrollIntoView({ block: "nearest" });
  }

  function filter() {
    list.filter(search.value);
    mark(list.visible()[0]);
  }

  function take(id) {
    box.hidePopover();
    choose(id);
  }

  function opened() {
    placeBelow(button, box);
    search.value = "";
    filter();
    mark(list.select(current()));
    search.focus();
  }

  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    const shown = list.visible();
    const place = shown.indexOf(active);
    if (event.key === "ArrowDown") mark(shown[Math.min(place + 1, shown.length - 1)]);
    else if (event.key === "ArrowUp") mark(shown[Math.max(place - 1, 0)]);
    else if (event.key === "Enter" && active) take(active.id);
    else if (event.key === "Escape")
      box.hidePopover(); // else it would only clear the field
    else return;
    event.preventDefault();
  });
  button.popoverTargetElement = box;
  box.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    setAttribute(button, "aria-expanded", String(open));
    const { activeElement } = document;
    if (open) opened();
    else if (box.contains(activeElement) || activeElement === document.body) {
      button.focus({ preventScroll: true });
    }
  });
  return { node: h("div", { class: "picker-place" }, button, box), title };
}

/** @param {HTMLElement} button @param {HTMLElement} box  that opens below it, inside the window */
function placeBelow(button, box) {
  const { left, bottom } = button.getBoundingClientRect();
  const most = {
    left: innerWidth - box.offsetWidth - EDGE,
    top: innerHeight - box.offsetHeight - EDGE,
  };
  box.style.left = `${Math.max(EDGE, Math.min(left, most.left))}px`;
  box.style.top = `${Math.min(bottom + GAP, most.top)}px`;
}

function createSearch(listId) {
  return h("input", {
    type: "search",
    class: "picker-search",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": listId,
    "aria-autocomplete": "list",
    "aria-label": _("Search what the chart shows"),
    placeholder: _("Search"),
    autocomplete: "off",
    spellcheck: "false",
  });
}

/** All outcomes in their groups, of which those stay visible that fit a text. */
function createList({ start }, id, offered, take) {
  const node = h("div", {
    class: "picker-list",
    role: "listbox",
    id,
    "aria-label": _("What the chart shows"),
  });
  const nothing = h(
    "p",
    { class: "picker-nothing", hidden: true, role: "status" },
    _("Nothing has this name"),
  );
  const groups = start.outcomes.map((group) => {
    const heading = newId();
    const options = group.items
      .filter(offered)
      .map((outcome) => createOption(outcome, group, () => take(outcome.id)));
    const section = h(
      "div",
      { role: "group", "aria-labelledby": heading },
      h("p", { id: heading, class: "picker-group" }, group.label),
      options.map((option) => option.node),
    );
    node.append(section);
    return { section, options };
  });
  const all = groups.flatMap(({ options }) => options);
  const visible = () => all.filter((option) => !option.node.hidden);

  return {
    node,
    nothing,
    options: all,
    visible,
    filter(text) {
      const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      for (const { section, options } of groups) {
        for (const option of options) {
          option.node.hidden = !words.every((word) => option.words.includes(word));
        }
        section.hidden = options.every((option) => option.node.hidden);
      }
      nothing.hidden = visible().length > 0;
    },
    /** Mark the outcome that is shown; its option, if it has one. */
    select(outcome) {
      for (const option of all) {
        setAttribute(option.node, "aria-selected", String(option.id === outcome));
      }
      return all.find((option) => option.id === outcome);
    },
  };
}

function createOption({ id, label, meaning }, group, take) {
  const node = h(
    "div",
    { role: "option", id: newId(), class: "picker-option", "data-outcome": id, onclick: take },
    h("span", {}, label),
    h("span", { class: "picker-meaning" }, meaning),
  );
  return { id, node, words: `${label} ${meaning} ${group.label}`.toLocaleLowerCase() };
}

// The two large charts: lasting Plotly nodes that get new data on every move, and their pickers.

import { h, newId, setAttribute, setText } from "../kit/dom.js";
import { icon } from "../kit/icons.js";
import { _ } from "../i18n/messages.js";

const CONFIG = { displayModeBar: false, responsive: false, doubleClick: "reset", showTips: false };

let loading = null;

/** Plotly's script, loaded once; it defines a global. What failed is tried again when asked for. */
export function loadPlotly(url) {
  loading ??= new Promise((resolve, reject) => {
    if (window.Plotly) {
      resolve(window.Plotly);
      return;
    }
    const script = h("script", { src: url });
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      script.remove();
      loading = null;
      reject(new Error("Plotly could not be loaded"));
    };
    document.head.append(script);
  });
  return loading;
}

export function create(ctx) {
  const slots = [0, 1].map((index) => {
    const picker = createPicker(ctx, {
      name: index,
      current: () => ctx.store.state.charts[index],
      choose(id) {
        const charts = [...ctx.store.state.charts];
        if (charts[1 - index] === id) charts[1 - index] = charts[index];
        charts[index] = id;
        ctx.store.set({ charts });
      },
    });
    return createChart(ctx, index, picker);
  });
  const node = h(
    "section",
    { class: "charts", "aria-label": _("Charts") },
    slots.map((one) => one.node),
  );
  let painted = Promise.resolve();

  function update(state, answer) {
    if (!answer) return;
    painted = Promise.all(slots.map((slot, index) => slot.update(answer.charts[index])));
  }

  return {
    node,
    update,
    /** Resolves when the last update is on the screen. */
    get painted() {
      return painted;
    },
    /** Keys of the layouts that the browser has, by slot: the server need not send those again. */
    keys: () => slots.map((one) => one.key()),
    destroy: () => slots.forEach((one) => one.destroy()),
    /** Show an outcome in the first chart. */
    bringUp(outcome) {
      const [first, second] = ctx.store.state.charts;
      if (first !== outcome) {
        ctx.store.set({ charts: [outcome, second === outcome ? first : second] });
      }
    },
  };
}

/**
 * A large chart: a lasting node that gets new data.
 * @param {object} ctx  `plotly()` gives Plotly
 * @param {string|number} name  for tests and styles
 * @param {{node, title}} heading  what stands above it, as createPicker gives it; the title is set
 */
export function createChart(ctx, name, heading) {
  let figure = null;
  let layout = null;
  let key = null;
  let drawn = null; // kind of the figure in the node
  let zoomedFrom = null; // ranges that the visitor zoomed in from
  const plot = h("div", { class: "plot" });
  const alt = h("p", { class: "unseen", id: newId() });
  const node = h(
    "figure",
    { class: "chart", "data-chart": name },
    h("figcaption", {}, heading.node),
    h("div", { class: "plot-frame", role: "img", "aria-describedby": alt.id }, plot),
    alt,
  );
  const frame = plot.parentElement;

  async function draw() {
    if (!figure || !layout) return;
    const width = plot.clientWidth;
    const height = plot.clientHeight;
    if (width < 40 || height < 40) return; // not laid out yet: the observer calls again
    const plotly = await ctx.plotly();
    if (!plot.isConnected) return;
    const kind = figure.data[0]?.type;
    if (drawn && drawn !== kind) plotly.purge(plot); // axes of the one would haunt the other
    const first = drawn !== kind;
    drawn = kind;
    await plotly.react(plot, figure.data, { ...sized(), width, height }, CONFIG);
    if (first) listen();
  }

  // Plotly gives up a zoom as soon as the range below it changes, so that range stays as it was.
  function sized() {
    if (!zoomedFrom) return layout;
    return {
      ...layout,
      xaxis: { ...layout.xaxis, range: zoomedFrom.x },
      yaxis: { ...layout.yaxis, range: zoomedFrom.y },
    };
  }

  function listen() {
    plot.on("plotly_relayout", (change) => {
      if (Object.keys(change).some((name) => name.includes("axis.range["))) {
        zoomedFrom ??= { x: layout.xaxis.range, y: layout.yaxis.range };
      }
    });
    plot.on("plotly_doubleclick", () => {
      zoomedFrom = null;
      draw();
    });
  }

  const observer = new ResizeObserver(() => draw().catch(() => {}));
  observer.observe(plot);

  return {
    node,
    key: () => key,
    async update(next) {
      if (!next) return;
      if (next.id !== figure?.id) zoomedFrom = null;
      figure = next;
      if (next.layout) {
        layout = next.layout;
        key = next.key;
      }
      setText(heading.title, next.title);
      setText(alt, next.alt);
      setAttribute(frame, "aria-label", next.title);
      setAttribute(node, "data-outcome", next.id);
      await draw();
    },
    destroy() {
      observer.disconnect();
      if (drawn && window.Plotly) window.Plotly.purge(plot);
    },
  };
}

/**
 * A button with the chart's name; it opens a list of all outcomes that can be searched.
 * @param {object} ctx
 * @param {object} options  `name` of the button; `current()`: the outcome that is shown;
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
  const search = h("input", {
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
  const list = h("div", {
    class: "picker-list",
    role: "listbox",
    id: listId,
    "aria-label": _("What the chart shows"),
  });
  const nothing = h(
    "p",
    { class: "picker-nothing", hidden: true, role: "status" },
    _("Nothing has this name"),
  );
  const box = h("div", { class: "picker-box", popover: "auto" }, search, list, nothing);
  const options = [];
  for (const group of ctx.start.outcomes) {
    const heading = newId();
    const section = h(
      "div",
      { role: "group", "aria-labelledby": heading },
      h("p", { id: heading, class: "picker-group" }, group.label),
    );
    for (const item of group.items.filter(offered)) {
      const option = h(
        "div",
        { role: "option", id: newId(), class: "picker-option", "data-outcome": item.id },
        h("span", {}, item.label),
        h("span", { class: "picker-meaning" }, item.meaning),
      );
      option.addEventListener("click", () => take(item.id));
      options.push({
        option,
        section,
        words: `${item.label} ${item.meaning} ${group.label}`.toLocaleLowerCase(),
        id: item.id,
      });
      section.append(option);
    }
    list.append(section);
  }
  let active = null;

  function visible() {
    return options.filter((one) => !one.option.hidden);
  }

  function mark(one) {
    active = one ?? null;
    for (const each of options) setAttribute(each.option, "data-active", each === active);
    setAttribute(search, "aria-activedescendant", active?.option.id);
    active?.option.scrollIntoView({ block: "nearest" });
  }

  function filter() {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    for (const one of options) one.option.hidden = !words.every((word) => one.words.includes(word));
    for (const one of options)
      one.section.hidden = [...one.section.querySelectorAll("[role=option]")].every(
        (each) => each.hidden,
      );
    nothing.hidden = visible().length > 0;
    mark(visible()[0]);
  }

  function take(id) {
    box.hidePopover();
    choose(id);
  }

  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    const shown = visible();
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
    if (!open) {
      if (box.contains(document.activeElement) || document.activeElement === document.body) {
        button.focus({ preventScroll: true });
      }
      return;
    }
    const place = button.getBoundingClientRect();
    const left = Math.max(8, Math.min(place.left, innerWidth - box.offsetWidth - 8));
    box.style.left = `${left}px`;
    box.style.top = `${Math.min(place.bottom + 4, innerHeight - box.offsetHeight - 8)}px`;
    search.value = "";
    filter();
    const shown = current();
    for (const one of options) setAttribute(one.option, "aria-selected", String(one.id === shown));
    mark(options.find((one) => one.id === shown));
    search.focus();
  });
  return { node: h("div", { class: "picker-place" }, button, box), title };
}

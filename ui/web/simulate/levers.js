// The levers: what is taken, where it goes, how people behave, and when.
//
// Every lever is the browser's own range over the index of its stops, with a field beside it for
// the value itself. What they show follows from the scenario; they keep nothing of their own but
// the move that is going on.

import { toast } from "../kit/dialog.js";
import { h, newId, setAttribute, setText } from "../kit/dom.js";
import { freed, limits, moved, received, routesDiffer, withSplit } from "../state/split.js";
import { at, withValues } from "../state/store.js";
import { _, fmt, parseNumber } from "../i18n/messages.js";

const SPLIT = "plan.split.";
const EVERY_SOURCE = "*";
const LEAP = 10; // stops, by the page keys
const ALMOST = 1e-6; // of a per cent: less is what binary fractions leave behind
const OPEN_WHEN_NARROW = 2; // groups

/** How values are written and read, by what a lever counts. */
const UNITS = {
  share: {
    symbol: "%", // what other units there are is said by the label or the word
    write: (share) => fmt.number(100 * share, 2),
    full: (share) => fmt.percent(share, 2),
    read: (number) => Number((number / 100).toFixed(4)),
  },
  minutes: {
    write: (minutes) => fmt.number(minutes, 1),
    read: (number) => Number(number.toFixed(1)),
  },
  month: { write: (month) => fmt.number(month), read: whole },
  months: { write: (months) => fmt.number(months), read: whole },
};

function whole(number) {
  return Number.isInteger(number) ? number : NaN;
}

const LOCK = "M6 11h12v9H6z";
const SHACKLE = { open: "M9 11V7a3.5 3.5 0 0 1 6.6-1.6", shut: "M8.5 11V7.5a3.5 3.5 0 0 1 7 0V11" };

/**
 * The panel of levers.
 * @param {object} ctx  see main.js
 * @returns {{node: HTMLElement, update: function}}
 */
export function create(ctx) {
  const sources = ctx.start.levers
    .flatMap((group) => group.levers)
    .filter((lever) => lever.budget)
    .map((lever) => lever.path.split(".")[1]);
  const money = moneyOf(sources);
  const groups = ctx.start.levers.map((group) => createGroup(ctx, group, { sources, money }));
  const node = h(
    "section",
    { class: "levers", "aria-label": _("Levers") },
    groups.map((group) => group.node),
  );
  let shown = {};
  let size = null;

  /** Columns as wide as this language needs: no word that comes or goes may move the ranges. */
  function fitColumns() {
    const font = getComputedStyle(node).fontFamily;
    const all = ctx.start.levers.flatMap((group) => group.levers);
    node.style.setProperty(
      "--label-needs",
      `${widest(
        all.map((one) => one.label),
        font,
      )}em`,
    );
    node.style.setProperty("--word-needs", `${widest(all.flatMap(wordsOf), font)}em`);
  }

  /** Show a state; `answer` is not needed, what levers say follows from the scenario alone. */
  function update(state) {
    if (size === null) {
      fitColumns();
      document.fonts.ready.then(fitColumns);
    }
    if (ctx.board.dataset.size !== size) {
      size = ctx.board.dataset.size;
      groups.forEach((group, index) => {
        group.node.open = size !== "narrow" || index < OPEN_WHEN_NARROW;
      });
    }
    const { doc, base, locked } = state;
    if (doc === shown.doc && base === shown.base && locked === shown.locked) return;
    shown = { doc, base, locked };
    for (const group of groups) group.show(state);
  }

  return { node, update };
}

/** Width of the widest of some texts, in the size of the font. */
function widest(texts, family) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `100px ${family}`;
  return Math.max(...texts.map((text) => pen.measureText(text).width)) / 100 + 0.05;
}

/** All words that a lever may show beside its value. */
function wordsOf({ words, unit, max }) {
  const pairs = [...words.exact, ...words.from];
  const counted = words.template?.replace("{number}", UNITS[unit].write(max));
  return [...pairs.map(([, word]) => word), ...(counted ? [counted] : [])];
}

/** What a scenario moves in money, worked out once for each document. */
function moneyOf(sources) {
  const known = new WeakMap();
  return (doc) => {
    if (!known.has(doc)) {
      const bySource = freed(doc, sources);
      const total = Object.values(bySource).reduce((sum, one) => sum + one, 0);
      const largest = sources.reduce((a, b) => (bySource[b] > bySource[a] ? b : a));
      const byLine = received(doc, sources);
      const shares =
        total > 0 && routesDiffer(doc, sources) ? sharesOf(byLine, total) : doc.plan.split;
      known.set(doc, { bySource, total, largest, byLine, shares });
    }
    return known.get(doc);
  };
}

/** What the lines get of the whole, in whole per cents that add up to 100. */
function sharesOf(byLine, total) {
  const exact = Object.entries(byLine).map(([name, amount]) => [name, (100 * amount) / total]);
  const whole = Object.fromEntries(exact.map(([name, share]) => [name, Math.round(share) / 100]));
  const uneven = exact.find(([, share]) => Math.abs(share - Math.round(share)) > ALMOST);
  if (!uneven) return whole;
  // One line goes to its whole per cent; all others follow as if it had been moved there.
  const shares = Object.fromEntries(exact.map(([name, share]) => [name, share / 100]));
  return moved(shares, uneven[0], whole[uneven[0]], new Set()).shares;
}

function createGroup(ctx, group, shared) {
  const title = newId();
  const levers = group.levers.map((lever) => createLever(ctx, lever, shared));
  const total = h("span", { class: "lever-total" });
  const note = h("p", { class: "lever-note", hidden: true });
  const node = h(
    "details",
    { class: "lever-group", "data-group": group.id, open: true },
    h("summary", {}, h("h2", { id: title }, group.label), total),
    group.hint ? h("p", { class: "lever-hint" }, group.hint) : null,
    h(
      "div",
      { class: "lever-rows", role: "group", "aria-labelledby": title },
      levers.map((lever) => lever.node),
    ),
    note,
  );

  function show(state) {
    for (const lever of levers) lever.show(state);
    setText(total, totalOf(group, state.doc, shared));
    const text = noteOf(group, state.doc, shared);
    setText(note, text);
    setAttribute(note, "hidden", !text);
  }

  return { node, show };
}

function is(group, part) {
  return group.levers.some((lever) => lever.path.includes(part));
}

/** What stands beside a group's name: the money that is moved in the end. */
function totalOf(group, doc, { money }) {
  const amount = fmt.money(money(doc).total, doc.organisation.currency);
  if (is(group, ".share_moved")) return _("frees {amount} a year", { amount });
  return is(group, SPLIT) ? _("{amount} a year", { amount }) : "";
}

/** What has to be known because sources differ, which the levers cannot show. */
function noteOf(group, doc, { sources }) {
  if (is(group, SPLIT) && routesDiffer(doc, sources)) {
    return _("Each source has a route of its own. Moving a line makes one for all.");
  }
  const times = group.levers.filter((lever) => lever.path.includes(EVERY_SOURCE));
  const differ = times.some(({ path }) =>
    sources.some((one) => at(doc, real(path, one)) !== at(doc, real(path, sources[0]))),
  );
  if (!differ) return "";
  return _("Sources differ: this is the largest one's. Moving it moves all.");
}

function real(path, source) {
  return path.replace(EVERY_SOURCE, source);
}

/** The word for a value, or "": see stop_words() in lever_words.py. */
function wordOf({ words, unit }, value) {
  const exact = words.exact.find(([one]) => one === value);
  if (exact) return exact[1];
  const from = words.from.filter(([least]) => value >= least);
  if (from.length) return from[from.length - 1][1];
  return words.template?.replace("{number}", UNITS[unit].write(value)) ?? "";
}

function createLever(ctx, lever, { sources, money }) {
  const { store } = ctx;
  const { path, label } = lever;
  const unit = UNITS[lever.unit];
  const line = path.startsWith(SPLIT) ? path.slice(SPLIT.length) : null;
  const source = sources.find((one) => path === `plan.${one}.share_moved`);

  const name = h(
    "button",
    { type: "button", class: "lever-label", "aria-haspopup": "dialog", title: label },
    label,
  );
  const range = h("input", {
    type: "range",
    min: 0,
    step: 1,
    "data-lever": path,
    "aria-label": label,
  });
  const ticks = {
    base: h("span", { class: "lever-tick base", hidden: true }),
    today: h("span", { class: "lever-tick today", hidden: true }),
  };
  const track = h("span", { class: "lever-track" }, ticks.base, ticks.today, range);
  const typed = h("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "done",
    "data-typed": path,
    "aria-label": _("{lever}: value", { lever: label }),
  });
  const meaning = h("span", { class: "lever-meaning" });
  const lock = line ? createLock(ctx, path, label) : null;
  const problem = h("p", { class: "lever-problem", id: newId(), role: "alert", hidden: true });
  const node = h(
    "div",
    { class: lever.words.template || lever.today ? "lever" : "lever with-money" },
    name,
    track,
    h("span", { class: "lever-value" }, typed, h("span", { class: "lever-unit" }, unit.symbol)),
    meaning,
    lock?.node,
    problem,
  );

  let stops = [];
  let known = null; // what the stops were made of
  let text = null; // what the field shows when nobody types
  let origin = null; // the move that goes on: what it started from and what it has made
  let held = null; // the pointer that drags

  // --- the value and the scenario

  function value(doc) {
    if (line) return money(doc).shares[line];
    return at(doc, real(path, money(doc).largest)) ?? today(doc);
  }

  /** What holds today, of a lever that the plan may leave as it is. */
  function today(doc) {
    return lever.today ? at(doc, lever.today) : undefined;
  }

  function lockedLines() {
    const paths = store.state.locked.filter((one) => one.startsWith(SPLIT));
    return new Set(paths.map((one) => one.slice(SPLIT.length)));
  }

  function bounds(doc) {
    return line
      ? limits(money(doc).shares, line, lockedLines())
      : { low: lever.min, high: lever.max };
  }

  function changed(doc, wanted) {
    if (line) {
      const from = money(doc).shares;
      const { shares } = moved(from, line, wanted, lockedLines());
      return shares === from ? doc : withSplit(doc, shares, sources);
    }
    const paths = path.includes(EVERY_SOURCE) ? sources.map((one) => real(path, one)) : [path];
    return withValues(doc, Object.fromEntries(paths.map((one) => [one, wanted])));
  }

  /**
   * The scenario with this lever at `wanted`. All of one move follows from where it started, so
   * that going too far and coming back leaves the other lines as they were.
   */
  function proposal(wanted) {
    const { doc, locked } = store.state;
    if (origin?.made !== doc || origin.locked !== locked) origin = { doc, locked, made: doc };
    origin.made = changed(origin.doc, wanted);
    return origin.made;
  }

  // --- moving

  function move() {
    const wanted = stops[range.valueAsNumber];
    if (wanted !== value(store.state.doc)) {
      const doc = proposal(wanted);
      if (doc === store.state.doc) sayStuck();
      else if (held) {
        held.moved = true;
        store.preview(doc);
      } else {
        store.commit({ doc }, `key:${path}`);
      }
    }
    showRange(store.state); // a locked split does not follow as far as one likes
  }

  function sayStuck() {
    const { low, high } = bounds(store.state.doc);
    if (low !== high || held?.told) return;
    if (held) held.told = true;
    toast(ctx.board, _("All other lines are locked: nothing can be given or taken. Open a lock."));
  }

  function hold(event) {
    if (event.button !== 0 || held) return;
    origin = null;
    held = { pointer: event.pointerId, doc: store.state.doc, moved: false, told: false };
    window.addEventListener("pointerup", release, true);
    window.addEventListener("pointercancel", release, true);
  }

  function release(event) {
    if (!held || (event.pointerId ?? held.pointer) !== held.pointer) return;
    window.removeEventListener("pointerup", release, true);
    window.removeEventListener("pointercancel", release, true);
    const { doc, moved: has } = held;
    held = null;
    known = null;
    if (!has) return;
    // The browser takes the pointer away when the finger turns out to scroll the page.
    store.commit({ doc: event.type === "pointercancel" ? doc : store.state.doc });
  }

  function leap(event) {
    const way = { PageUp: LEAP, PageDown: -LEAP }[event.key];
    if (!way) return;
    event.preventDefault();
    range.value = range.valueAsNumber + way;
    move();
  }

  range.addEventListener("input", move);
  range.addEventListener("pointerdown", hold);
  range.addEventListener("change", release);
  range.addEventListener("keydown", leap);
  range.addEventListener("blur", (event) => {
    release(event);
    origin = null;
  });
  name.addEventListener("click", () => ctx.help(name, { title: label, ...lever.help }));

  // --- typing

  /** Take over what is typed; false if it cannot be. */
  function take() {
    if (typed.value === text) {
      say("");
      return true;
    }
    const wanted = unit.read(parseNumber(typed.value));
    const { low, high } = bounds(store.state.doc);
    if (!(wanted >= low && wanted <= high)) {
      say(wrong(low, high));
      return false;
    }
    say("");
    text = null;
    const doc = changed(store.state.doc, wanted);
    const { locked } = store.state;
    const keep = line && !locked.includes(path) ? { locked: [...locked, path] } : {};
    store.commit({ doc, ...keep });
    showTyped(store.state);
    return true;
  }

  function wrong(low, high) {
    const limitsText = { low: unit.write(low), high: unit.write(high) };
    if (line && low === high) return _("All other lines are locked: open one of them first.");
    if (line && high < lever.max) {
      return _("From {low} to {high} %: the locked lines keep the rest.", limitsText);
    }
    if (lever.unit === "share") return _("A number from {low} to {high} %.", limitsText);
    if (lever.unit === "minutes") return _("A number from {low} to {high} minutes.", limitsText);
    return _("A whole number from {low} to {high} months.", limitsText);
  }

  function say(message) {
    setText(problem, message);
    setAttribute(problem, "hidden", !message);
    setAttribute(typed, "aria-invalid", message ? "true" : null);
    setAttribute(typed, "aria-describedby", message ? problem.id : null);
  }

  function revert() {
    typed.value = text;
    say("");
  }

  typed.addEventListener("focus", () => typed.select());
  typed.addEventListener("blur", take);
  typed.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      if (take())
        range.focus(); // where the arrow keys go on
      else typed.select();
    } else if (event.key === "Escape" && (typed.value !== text || !problem.hidden)) {
      event.stopPropagation();
      revert();
      typed.select();
    } else if (isUndo(event) && typed.value === text) {
      // Nothing is being typed that the browser could take back: the step before is meant.
      event.preventDefault();
      if (event.shiftKey) store.redo();
      else store.undo();
    }
  });

  // --- showing

  /** The stops, with those values among them that are no stops by themselves. */
  function setStops(doc, values) {
    const most = lever.up_to ? at(doc, lever.up_to) : Infinity;
    const extra = values.filter((one) => one > most || !lever.stops.includes(one));
    const key = [most, ...extra].join(" ");
    if (key === known) return;
    known = key;
    const kept = held ? stops : []; // a stop that went away would shift the others under the hand
    const grid = lever.stops.filter((one) => one <= most);
    stops = [...new Set([...grid, ...extra, ...kept])].sort((one, other) => one - other);
    range.max = stops.length - 1;
  }

  function place(node, stop) {
    const share = stops.length > 1 ? stop / (stops.length - 1) : 0;
    const wanted = String(Math.round(1e4 * share) / 1e4);
    if (node.style.getPropertyValue("--at") !== wanted) node.style.setProperty("--at", wanted);
  }

  function showTick(tick, one) {
    const stop = one === undefined ? -1 : stops.indexOf(one);
    setAttribute(tick, "hidden", stop < 0);
    if (stop >= 0) place(tick, stop);
  }

  function showRange({ doc, base }) {
    const current = value(doc);
    const loaded = value(base);
    const now = today(doc);
    setStops(
      doc,
      [current, loaded, now].filter((one) => one !== undefined),
    );
    const stop = stops.indexOf(current);
    if (range.valueAsNumber !== stop) range.value = stop;
    place(range, stop);
    showTick(ticks.base, loaded);
    showTick(ticks.today, now);
    const marks = [_("As loaded: {value}.", { value: reading(loaded) })];
    if (now !== undefined) marks.push(_("Today: {value}.", { value: reading(now) }));
    setAttribute(range, "aria-description", marks.join(" "));
  }

  function showTyped({ doc }) {
    const now = unit.write(value(doc));
    if (now === text) return;
    const typing = document.activeElement === typed && text !== null && typed.value !== text;
    text = now;
    if (typing) return;
    typed.value = now;
    say("");
  }

  function amountOf(doc) {
    if (source) return money(doc).bySource[source];
    return line ? money(doc).byLine[line] : null;
  }

  function show(state) {
    const { doc } = state;
    showRange(state);
    showTyped(state);
    lock?.show(state);
    const current = value(doc);
    const amount = amountOf(doc);
    const word =
      amount === null ? wordOf(lever, current) : fmt.money(amount, doc.organisation.currency);
    setText(meaning, word);
    setAttribute(meaning, "title", amount === null ? word : _("{amount} a year", { amount: word }));
    setAttribute(range, "aria-valuetext", spoken(current, word, amount));
  }

  function reading(one) {
    return lever.reading.replace("{value}", (unit.full ?? unit.write)(one));
  }

  /** The value as a screen reader says it: with its unit, and its money or its word. */
  function spoken(current, word, amount) {
    const values = { value: reading(current), amount: word, word };
    if (source) return _("{value}, frees {amount} a year", values);
    if (line) return _("{value}, gets {amount} a year", values);
    return lever.words.template ? word : _("{value}: {word}", values);
  }

  return { node, show };
}

function isUndo(event) {
  return (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "z";
}

/** The button that keeps a line of the split as it is. */
function createLock({ store }, path, label) {
  const shackle = h("svg:path", { d: SHACKLE.open });
  const node = h(
    "button",
    {
      type: "button",
      class: "lever-lock",
      "data-lock": path,
      "aria-label": _("Keep {lever} as it is", { lever: label }),
      "aria-pressed": "false",
      title: _("Keep {lever} as it is", { lever: label }),
      onclick: () => {
        const { locked } = store.state;
        const others = locked.filter((one) => one !== path);
        store.set({ locked: others.length < locked.length ? others : [...locked, path] });
      },
    },
    h(
      "svg:svg",
      { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" },
      h("svg:path", { d: LOCK, class: "body" }),
      shackle,
    ),
  );

  function show({ locked }) {
    const shut = locked.includes(path);
    setAttribute(node, "aria-pressed", String(shut));
    setAttribute(shackle, "d", shut ? SHACKLE.shut : SHACKLE.open);
  }

  return { node, show };
}

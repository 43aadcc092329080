// The editor of one assumption's range: a slider for the central value, a field for each end, and
// the ways to one known number and back to the register.

import { _ } from "../i18n/messages.js";
import { choiceTexts, complaint, read, shown, written } from "../i18n/numbers.js";
import { meant, rowsOf, saysNothing, takeCells, unknownText } from "../kit/cells.js";
import { createComplaint } from "../kit/complaint.js";
import { h, setAttribute, setText } from "../kit/dom.js";
import {
  centred,
  ENDS,
  placeAmong,
  rangeOf,
  sameRange,
  stopsOf,
  stopsWith,
  unitOf,
  withRange,
  withTyped,
} from "./range.js";

/** What tables of ranges call their ends. */
const PERCENTILES = { low: "P10", central: "P50", high: "P90" };

/**
 * The editor: `{ node, update(state) }`.
 * @param {Ctx} ctx
 */
export function createEditor(ctx, record) {
  const { store } = ctx;
  /** @type {KnownRange} */
  let range; // that the controls show

  function put(override) {
    store.commit({ doc: withRange(store.state.doc, record, override) });
  }

  const slider = createSlider(ctx, record);
  const fields = createFields(record, { range: () => range, put });
  const known = createKnown(record, { range: () => range, put });
  const back = createWayBack(record, put);
  const node = h(
    "div",
    { class: "assumption-editor", role: "group", "aria-label": record.label },
    slider.node,
    fields.node,
    known.node,
    back.node,
  );

  function update(state) {
    const next = rangeOf(state.doc, record);
    if (range && sameRange(range, next)) return;
    range = next;
    for (const part of [slider, fields, known, back]) part.show(range);
  }

  return { node, update };
}

// --- the slider ----------------------------------------------------------------------------------

function createSlider({ store }, record) {
  const grid = stopsOf(record);
  let stops = grid;
  let moving = false;
  /** @type {{doc: Doc, result: Doc} | null} */
  let origin = null; // the move that goes on: what it started from and what has come of it

  const input = h("input", {
    type: "range",
    min: 0,
    step: 1,
    "aria-label": _("{assumption}, central value", { assumption: record.label }),
    "data-assumption": record.id,
  });
  const registers = createBand("registers");
  const current = createBand("current");
  registers.show(record, stops);

  /**
   * The scenario with the slider where it is. All of one move follows from where it started, so
   * that going too far and coming back leaves the ends as they were.
   */
  function proposal() {
    const { doc } = store.state;
    const start = origin && origin.result === doc ? origin.doc : doc;
    const from = rangeOf(start, record);
    const central = stops[input.valueAsNumber];
    const result =
      central === from.central ? start : withRange(start, record, centred(from, central));
    origin = { doc: start, result };
    return result;
  }

  input.addEventListener("input", () => {
    moving = true;
    store.preview(proposal());
  });
  input.addEventListener("change", () => {
    moving = false;
    store.commit({ doc: proposal() }, `assumption:${record.id}`);
  });
  input.addEventListener("blur", () => {
    origin = null;
  });

  return {
    node: h("div", { class: "assumption-slider" }, registers.node, current.node, input),
    show(range) {
      if (!moving) {
        stops = stopsWith(grid, range.central);
        setAttribute(input, "max", stops.length - 1);
        input.value = String(stops.indexOf(range.central));
        registers.show(record, stops);
      }
      const parts = [shown(range.central, record.percent), unitOf(record)];
      setAttribute(input, "aria-valuetext", parts.filter(Boolean).join(" "));
      current.show(range, stops);
      registers.node.hidden = !range.own;
    },
  };
}

/** A stretch of the slider's track from the low to the high end of a range. */
function createBand(name) {
  const node = h("span", { class: `assumption-band ${name}`, "aria-hidden": "true" });
  return {
    node,
    show(range, stops) {
      node.style.setProperty("--from", placeAmong(stops, range.low).toFixed(4));
      node.style.setProperty("--to", placeAmong(stops, range.high).toFixed(4));
    },
  };
}

// --- the fields ----------------------------------------------------------------------------------

/**
 * Fields for low, central and high. They are typed one after the other: an end that does not fit to
 * the others yet waits for them.
 * @param {Assumption} record
 * @param {{range: () => KnownRange, put: (override: number | ValueRange | null) => void}} ways
 *   `range()`: as it is now; `put(override)`: makes it another one
 */
function createFields(record, { range, put }) {
  const headings = { low: _("Low"), central: _("Central"), high: _("High") };
  /** @type {Partial<ValueRange>} */
  let waiting = {};
  let isPutting = false;
  const moved = h("p", { class: "note assumption-moved", role: "status" });
  const fields = Object.fromEntries(
    ENDS.map((end) => [
      end,
      createEndField(record, end, headings[end], {
        value: () => waiting[end] ?? range()[end],
        taken: (value) => take({ [end]: value }),
        left: (typed) => leave(end, typed),
        pasted(cells, labelled) {
          if (!labelled) return fillFrom(fields, end, cells);
          const told = fillLabelled(fields, headings, labelled);
          if (told) setText(moved, told);
        },
      }),
    ]),
  );
  const unit = unitOf(record);

  /** @param {Partial<ValueRange>} typed */
  function take(typed) {
    const before = range();
    const all = { ...waiting, ...typed };
    const next = withTyped(before, all);
    waiting = next === null ? all : {};
    setText(moved, movedAlong(before, next, all, record.percent));
    if (next !== null) {
      isPutting = true;
      put(next);
      isPutting = false;
    }
    show();
  }

  /** @param {"low" | "central" | "high"} end @param {string} typed */
  function leave(end, typed) {
    delete waiting[end];
    show();
    const value = shown(range()[end], record.percent);
    setText(moved, _("“{typed}” is not taken: it stays {value}.", { typed, value }));
  }

  function show() {
    const { known } = range();
    for (const end of ENDS) fields[end].show(misfit(end));
    fields.low.node.hidden = known;
    fields.high.node.hidden = known;
    setText(fields.central.label, known ? _("Value") : headings.central);
  }

  /** Why what was typed into an end does not hold yet. */
  function misfit(end) {
    if (!(end in waiting) || end === "central") return "";
    const central = shown(waiting.central ?? range().central, record.percent);
    return end === "low"
      ? _("Above the central value, {central}: it holds as soon as that is as high.", { central })
      : _("Below the central value, {central}: it holds as soon as that is as low.", { central });
  }

  return {
    node: h(
      "div",
      { class: "assumption-fields" },
      ENDS.map((end) => fields[end].node),
      unit && h("p", { class: "note" }, unit),
      moved,
    ),
    /** The range is another one. */
    show() {
      waiting = {};
      if (!isPutting) setText(moved, "");
      show();
    },
  };
}

/**
 * Cells of a spreadsheet go into a field and those behind it.
 * @param {Record<string, ReturnType<typeof createEndField>>} fields
 * @param {"low" | "central" | "high"} end
 * @param {string[]} cells
 */
function fillFrom(fields, end, cells) {
  const places = ENDS.slice(ENDS.indexOf(end));
  for (const [index, place] of places.entries()) {
    const cell = cells[index];
    if (cell && !saysNothing(cell)) fields[place].write(cell);
  }
}

/**
 * The same, by the labels that stand beside them; what is to be told where none is known.
 * @param {Record<string, ReturnType<typeof createEndField>>} fields
 * @param {Record<"low" | "central" | "high", string>} headings
 * @param {import("../kit/cells.js").LabelledTable} table
 */
function fillLabelled(fields, headings, table) {
  /** @type {["low" | "central" | "high", string[]][]} */
  const names = ENDS.map((end) => [end, [headings[end], end, PERCENTILES[end]]]);
  const { rows } = rowsOf(table, (label) => meant(label, names) !== undefined);
  const cells = new Map(rows.map(({ label, cell }) => [meant(label, names), cell]));
  cells.delete(undefined);
  // The middle first: an end that lies beyond it has to wait.
  for (const end of /** @type {const} */ (["central", "low", "high"])) {
    const cell = cells.get(end);
    if (cell && !saysNothing(cell)) fields[end].write(cell);
  }
  return cells.size ? "" : unknownText(rows.map(({ label }) => label));
}

/**
 * That a central value took an end along which nobody typed; empty if it did not.
 * @param {KnownRange} before
 * @param {number | ValueRange | null} next
 * @param {Partial<ValueRange>} typed
 * @param {boolean} percent
 */
function movedAlong(before, next, typed, percent) {
  if (next === null || typeof next === "number" || before.known) return "";
  if (!("high" in typed) && next.high !== before.high) {
    return _("High moved along to {value}: it is never below the central value.", {
      value: shown(next.high, percent),
    });
  }
  if (!("low" in typed) && next.low !== before.low) {
    return _("Low moved along to {value}: it is never above the central value.", {
      value: shown(next.low, percent),
    });
  }
  return "";
}

/**
 * @param {Assumption} record
 * @param {"low" | "central" | "high"} end
 * @param {string} heading
 * @param {{value: () => number, taken: (value: number) => void, left: (typed: string) => void, pasted: import("../kit/cells.js").TakeCells}} ways
 *   `value()`: to be shown; `taken(value)`: another one was typed; `left(typed)`: that not after all;
 *   `pasted`: several were
 */
function createEndField(record, end, heading, { value, taken, left, pasted }) {
  const { percent, min, max } = record;
  /** @type {import("../i18n/numbers.js").Kind} */
  const kind = { percent, min, max, usual: [record.low, record.high] };
  const input = h("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    size: 8,
    "data-assumption-field": `${record.id}.${end}`,
  });
  const error = createComplaint(input);
  const label = h("span", {}, heading);
  const unit = percent && h("span", { class: "field-unit" }, "%");
  const node = h(
    "div",
    { class: "assumption-field" },
    h("label", {}, label, h("span", { class: "field-box" }, input, unit)),
    error.node,
  );
  const text = () => written(value(), percent);

  /** @param {string} problem */
  function show(problem) {
    if (input.value !== text()) input.value = text();
    error.say(problem);
  }

  function take() {
    const reading = read(input.value, kind);
    if (reading.fault && reading.choices.length) {
      error.ask(complaint(reading.fault, kind), choiceTexts(reading, kind), write);
    } else if (reading.fault) error.say(complaint(reading.fault, kind));
    else taken(reading.value);
  }

  /** @param {string} typed */
  function write(typed) {
    input.value = typed;
    take();
  }

  input.addEventListener("change", take);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || (input.value === text() && !error.isShown())) return;
    event.preventDefault(); // the panel stays open
    event.stopPropagation();
    left(input.value);
  });
  takeCells(input, pasted);
  return { node, label, show, write };
}

// --- one number or a range, and the way back -----------------------------------------------------

function createKnown(record, { range, put }) {
  const input = h("input", { type: "checkbox", "data-known": record.id });
  input.addEventListener("change", () => {
    const { central } = range();
    const low = Math.min(record.low, central);
    const high = Math.max(record.high, central);
    put(input.checked ? central : { low, central, high });
  });
  const node =
    record.distribution === "fixed"
      ? h("p", { class: "note" }, _("The model takes this as one number."))
      : h(
          "label",
          { class: "check" },
          input,
          h("span", {}, _("Taken as known: one number, no range")),
        );
  return {
    node,
    show({ known }) {
      input.checked = known;
    },
  };
}

function createWayBack(record, put) {
  const button = h(
    "button",
    {
      type: "button",
      class: "plain small",
      "data-register": record.id,
      onclick: () => put(null),
    },
    _("As in the register"),
  );
  const [low, central, high] = ENDS.map((end) => shown(record[end], record.percent));
  const registered = h(
    "p",
    { class: "note" },
    record.distribution === "fixed"
      ? _("Register: {central}", { central })
      : _("Register: {low} to {high}, central {central}", { low, high, central }),
  );
  return {
    node: h("div", { class: "assumption-back" }, button, registered),
    show({ own }) {
      setAttribute(button, "disabled", !own);
      registered.hidden = !own;
    },
  };
}

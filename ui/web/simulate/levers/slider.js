// The browser's own range over the index of a lever's stops, with marks of where the lever was.

import { _ } from "../../i18n/messages.js";
import { toast } from "../../kit/dialog.js";
import { h, setAttribute } from "../../kit/dom.js";
import { isLine } from "./binding.js";
import { tellGaveWay } from "./gave-way.js";
import { readingOf, stopsOf } from "./units.js";

const LEAP = 10; // stops, by the page keys

/**
 * The slider of a lever.
 * @param {Ctx} ctx
 * @param {Lever} lever  as the server describes it
 * @param {Binding} binding  as createBinding gives it
 * @returns {{node: HTMLElement, input: HTMLInputElement, show: (state: State) => void}}
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one move of a hand: what it started from decides what each of its events does
export function createSlider(ctx, lever, binding) {
  const { store } = ctx;
  const input = h("input", {
    type: "range",
    min: 0,
    step: 1,
    "data-lever": lever.path,
    "aria-label": lever.label,
  });
  const ticks = {
    base: h("span", { class: "lever-tick base", hidden: true }),
    today: h("span", { class: "lever-tick today", hidden: true }),
  };
  const node = h("span", { class: "lever-track" }, ticks.base, ticks.today, input);

  /** @type {number[]} */
  let stops = [];
  /** @type {string | null} */
  let madeOf = null; // what the stops were made of
  /** @type {{doc: Doc, locked: string[], held: string[], result: Doc} | null} */
  let origin = null; // the move that goes on: what it started from and what has come of it
  /** @type {{pointer: number, doc: Doc, moved: boolean, warned: boolean} | null} */
  let grip = null; // the pointer that drags

  // --- moving

  /**
   * The scenario with this lever at a value. All of one move follows from where it started, so that
   * going too far and coming back leaves the other lines as they were.
   */
  function proposal(value) {
    const { doc, locked, held } = store.state;
    if (origin?.result !== doc || origin.locked !== locked) {
      origin = { doc, locked, held, result: doc };
    }
    origin.result = binding.changed(origin.doc, value, origin);
    return origin.result;
  }

  function move() {
    const value = stops[input.valueAsNumber];
    if (value !== binding.value(store.state.doc)) {
      const doc = proposal(value);
      if (doc === store.state.doc) tellStuck();
      else if (grip) {
        grip.moved = true;
        store.preview(doc);
      } else {
        settle(store.state.doc, doc, `key:${lever.path}`);
      }
    }
    show(store.state); // a locked split does not follow as far as one likes
  }

  /** Make a step of the move. @param {Doc} before @param {Doc} doc @param {string | null} reason */
  function settle(before, doc, reason = null) {
    const { held } = store.state;
    store.commit({ doc, held: doc === before ? held : binding.touched(held) }, reason);
    tellGaveWay(ctx, binding.gaveWay(before, doc, held));
  }

  function tellStuck() {
    const { low, high } = binding.bounds(store.state.doc, store.state.locked);
    if (low !== high || grip?.warned) return;
    if (grip) grip.warned = true;
    const label = _("Release them");
    toast(ctx.board, _("All other lines are locked: nothing can be given or taken. Open a lock."), {
      ways: [{ name: "make-room", label, run: releaseOthers }],
    });
  }

  function releaseOthers() {
    const { locked } = store.state;
    store.commit({ locked: locked.filter((path) => path === lever.path || !isLine(path)) });
  }

  function hold(event) {
    if (event.button !== 0 || grip) return;
    origin = null;
    grip = { pointer: event.pointerId, doc: store.state.doc, moved: false, warned: false };
    window.addEventListener("pointerup", release, true);
    window.addEventListener("pointercancel", release, true);
  }

  function release(event) {
    if (!grip || (event.pointerId ?? grip.pointer) !== grip.pointer) return;
    window.removeEventListener("pointerup", release, true);
    window.removeEventListener("pointercancel", release, true);
    const { doc, moved } = grip;
    grip = null;
    madeOf = null;
    if (!moved) return;
    // The browser takes the pointer away when the finger turns out to scroll the page.
    settle(doc, event.type === "pointercancel" ? doc : store.state.doc);
  }

  function leap(event) {
    const way = { PageUp: LEAP, PageDown: -LEAP }[event.key];
    if (!way) return;
    event.preventDefault();
    input.value = String(input.valueAsNumber + way);
    move();
  }

  input.addEventListener("input", move);
  input.addEventListener("pointerdown", hold);
  input.addEventListener("change", release);
  input.addEventListener("keydown", leap);
  input.addEventListener("blur", (event) => {
    release(event);
    origin = null;
  });

  // --- showing

  /** Make the stops, with those values among them that are no stops by themselves. */
  function setStops(doc, values) {
    const most = binding.most(doc);
    const extra = values.filter((value) => value > most || !lever.stops.includes(value));
    const key = [most, ...extra].join(" ");
    if (key === madeOf) return;
    madeOf = key;
    const present = grip ? stops : []; // a stop that went away would shift the others under the hand
    stops = stopsOf(lever.stops, [...extra, ...present], most);
    input.max = String(stops.length - 1);
  }

  function place(element, stop) {
    const share = stops.length > 1 ? stop / (stops.length - 1) : 0;
    const at = String(Math.round(1e4 * share) / 1e4);
    if (element.style.getPropertyValue("--at") !== at) element.style.setProperty("--at", at);
  }

  function showTick(tick, value) {
    const stop = value === undefined ? -1 : stops.indexOf(value);
    setAttribute(tick, "hidden", stop < 0);
    if (stop >= 0) place(tick, stop);
  }

  function show({ doc, base }) {
    const current = binding.value(doc);
    const loaded = binding.value(base);
    const today = binding.today(doc);
    setStops(
      doc,
      [current, loaded, today].filter((value) => value !== undefined && value !== null),
    );
    const stop = stops.indexOf(current);
    if (input.valueAsNumber !== stop) input.value = String(stop);
    place(input, stop);
    showTick(ticks.base, loaded);
    showTick(ticks.today, today);
    const marks = [];
    if (loaded !== undefined && loaded !== null) {
      marks.push(_("As loaded: {value}.", { value: readingOf(lever, loaded) }));
    }
    if (today !== undefined) marks.push(_("Today: {value}.", { value: readingOf(lever, today) }));
    setAttribute(input, "aria-description", marks.join(" "));
  }

  return { node, input, show };
}

// The field beside a lever, in which its value is typed.

import { _ } from "../../i18n/messages.js";
import { takeCells } from "../../kit/cells.js";
import { toast } from "../../kit/dialog.js";
import { h, newId, setAttribute, setText } from "../../kit/dom.js";
import { readTyped, readWords, typedComplaint } from "./amount.js";
import { isLine } from "./binding.js";
import { gaveWayWords, lockedWords } from "./gave-way.js";
import { onTheWay, unitOf } from "./units.js";

/**
 * The field of a lever.
 * @param {Ctx} ctx
 * @param {Lever} lever  as the server describes it
 * @param {Binding} binding  as createBinding gives it
 * @param {() => void} taken  called when a typed value was taken over by the Enter key
 * @returns {{node: HTMLElement, problem: HTMLElement, show: (state: State) => void}}
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one text: what is typed, taken over and shown is told apart by what stood there before
export function createField(ctx, lever, binding, taken) {
  const { store } = ctx;
  const { path, label } = lever;
  const unit = unitOf(lever);
  const input = h("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "done",
    "data-typed": path,
    "aria-label": _("{lever}: value", { lever: label }),
  });
  const why = h("span", {});
  const room = h("button", { type: "button", class: "link lever-room", hidden: true });
  room.addEventListener("mousedown", (event) => event.preventDefault()); // what is typed stays there
  const problem = h(
    "p",
    { class: "lever-problem", id: newId(), role: "alert", hidden: true },
    why,
    " ",
    room,
  );
  /** @type {string | null} */
  let text = null; // what the field shows when nobody types
  /** @type {string[] | null} */
  let locksThen = null; // when what is typed was refused

  /** What the value is a share of. @param {Doc} doc */
  function wholeOf(doc) {
    return { money: binding.whole(doc), currency: doc.organisation.currency };
  }

  /** What is typed, whatever other lines keep. @param {string} typed */
  function wanted(typed) {
    const limits = { low: lever.min, high: lever.max };
    return readTyped(typed, lever, wholeOf(store.state.doc), limits);
  }

  /** Take over what is typed; false if it cannot be. */
  function take() {
    if (input.value === text) {
      complain("");
      return true;
    }
    const { doc, locked, held } = store.state;
    const bounds = binding.bounds(doc, locked);
    const whole = wholeOf(doc);
    const reading = readTyped(input.value, lever, whole, bounds);
    if (reading.fault) {
      const isHeld = Boolean(binding.line) && bounds.high < lever.max;
      const isInTheWay = isHeld && !wanted(input.value).fault;
      complain(typedComplaint(lever, whole, reading, bounds, isInTheWay), isInTheWay);
      return false;
    }
    const value = unit.rounded(reading.value);
    complain("");
    text = null;
    const isLocking = binding.line && !locked.includes(path);
    const locks = isLocking ? { locked: [...locked, path] } : {};
    const next = binding.changed(doc, value, { locked, held });
    store.commit({ doc: next, held: binding.touched(held), ...locks });
    const others = gaveWayWords(ctx, binding.gaveWay(doc, next, held));
    const kept = isLocking && !others ? lockedWords(ctx, lever) : "";
    const said = [readWords(lever, whole, reading), others, kept].filter(Boolean).join(" ");
    if (said) toast(ctx.board, said);
    show(store.state);
    return true;
  }

  /** Release all other lines, and set this one to what was typed: one step. @param {string} typed */
  function makeRoom(typed) {
    const { doc, locked } = store.state;
    const reading = wanted(typed);
    if (reading.fault) return;
    const kept = locked.filter((each) => !isLine(each));
    complain("");
    text = null;
    const next = binding.changed(doc, unit.rounded(reading.value), { locked: kept, held: [] });
    store.commit({ doc: next, held: binding.touched([]), locked: [...kept, path] });
    show(store.state);
  }

  /** The way out where locked lines keep what was typed from being taken. @param {string} typed */
  function wayOut(typed) {
    const { value } = wanted(typed);
    const label = _("Release them, and set {value}", {
      value: unit.full(unit.rounded(value)),
    });
    return { name: "make-room", label, run: () => makeRoom(typed) };
  }

  /** @param {string} message @param {unknown} isInTheWay  whether locked lines are what is in the way */
  function complain(message, isInTheWay = false) {
    const way = isInTheWay ? wayOut(input.value) : null;
    setText(why, message);
    setText(room, way?.label ?? "");
    room.onclick = way?.run ?? null;
    room.hidden = !way;
    locksThen = store.state.locked;
    setAttribute(problem, "hidden", !message);
    setAttribute(input, "aria-invalid", message ? "true" : null);
    setAttribute(input, "aria-describedby", message ? problem.id : null);
    // On a phone it has a line of its own, which may lie under what is fixed at the lower edge.
    if (message && problem.closest('[data-size="narrow"]')) {
      problem.scrollIntoView({ block: "nearest" });
    }
  }

  function revert() {
    input.value = text ?? "";
    complain("");
  }

  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", ({ relatedTarget }) => {
    if (take()) return;
    // Who goes to a lock makes room for it.
    if (relatedTarget instanceof Element && relatedTarget.closest(".lever-lock, .lever-room"))
      return;
    // Left like this, the field would go on saying what the plan does not hold.
    const [typed, reason] = [input.value.trim().slice(0, 20), why.textContent];
    const ways = room.hidden ? [] : [wayOut(input.value)];
    revert();
    const value = unit.full(binding.value(store.state.doc));
    const said = ways.length
      ? _("{lever} stays at {value}: the locked lines keep the rest.", { lever: label, value })
      : _("{lever} stays at {value}, not “{typed}”. {why}", {
          lever: label,
          value,
          typed,
          why: reason,
        });
    toast(ctx.board, said, { ways });
  });
  takeCells(input, () => complain(_("Several numbers were pasted: only one fits in here.")));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      if (take()) taken();
      else input.select();
    } else if (event.key === "Escape" && (input.value !== text || !problem.hidden)) {
      event.stopPropagation();
      revert();
      input.select();
    } else if (isUndo(event) && input.value === text) {
      // Nothing is being typed that the browser could take back: the step before is meant.
      event.preventDefault();
      if (event.shiftKey) store.redo();
      else store.undo();
    }
  });

  function show({ doc, locked }) {
    const value = binding.value(doc);
    const isBetween = ctx.board.hasAttribute("data-between");
    const current = unit.write(isBetween ? onTheWay(lever, value) : value);
    if (current === text) {
      // A lock was opened for what is typed here.
      if (!room.hidden && locked !== locksThen) {
        locksThen = locked;
        take();
      }
      return;
    }
    const typing = document.activeElement === input && text !== null && input.value !== text;
    text = current;
    if (typing) return;
    input.value = current;
    // All digits are in sight: who types 31.17 reads that.
    setAttribute(input, "data-digits", current.length > 4 ? current.length : null);
    complain("");
  }

  const symbol = h("span", { class: "lever-unit" }, unit.symbol);
  return { node: h("span", { class: "lever-value" }, input, symbol), problem, show };
}

function isUndo(event) {
  return (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "z";
}

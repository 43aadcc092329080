// The field beside a lever, in which its value is typed.

import { _ } from "../../i18n/messages.js";
import { choiceTexts, read } from "../../i18n/numbers.js";
import { takeCells } from "../../kit/cells.js";
import { toast } from "../../kit/dialog.js";
import { h, newId, setAttribute, setText } from "../../kit/dom.js";
import { isLine } from "./binding.js";
import { tellGaveWay, tellLocked } from "./gave-way.js";
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

  /** Take over what is typed; false if it cannot be. */
  function take() {
    if (input.value === text) {
      complain("");
      return true;
    }
    const { doc, locked, held } = store.state;
    const { low, high } = binding.bounds(doc, locked);
    const reading = read(input.value, { ...unit.kind, min: low, max: high });
    if (reading.fault) {
      const open = reading.fault === "share" && choiceTexts(reading, unit.kind);
      const { line } = binding;
      const isInTheWay = line && high < lever.max && !read(input.value, limitsOf(lever)).fault;
      complain(open ? eitherShare(open) : complaint(lever, binding, low, high), isInTheWay);
      return false;
    }
    const value = unit.rounded(reading.value);
    complain("");
    text = null;
    const isLocking = binding.line && !locked.includes(path);
    const locks = isLocking ? { locked: [...locked, path] } : {};
    const next = binding.changed(doc, value, { locked, held });
    store.commit({ doc: next, held: binding.touched(held), ...locks });
    const gaveWay = binding.gaveWay(doc, next, held);
    tellGaveWay(ctx, gaveWay);
    if (isLocking && !gaveWay.length) tellLocked(ctx, lever);
    show(store.state);
    return true;
  }

  /** Release all other lines, and set this one to what was typed: one step. @param {string} typed */
  function makeRoom(typed) {
    const { doc, locked } = store.state;
    const { value: wanted, fault } = read(typed, limitsOf(lever));
    if (fault) return;
    const kept = locked.filter((each) => !isLine(each));
    complain("");
    text = null;
    const next = binding.changed(doc, unit.rounded(wanted), { locked: kept, held: [] });
    store.commit({ doc: next, held: binding.touched([]), locked: [...kept, path] });
    show(store.state);
  }

  /** The way out where locked lines keep what was typed from being taken. @param {string} typed */
  function wayOut(typed) {
    const { value } = read(typed, limitsOf(lever));
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
    complain("");
  }

  const symbol = h("span", { class: "lever-unit" }, unit.symbol);
  return { node: h("span", { class: "lever-value" }, input, symbol), problem, show };
}

/** Of what may be typed, whatever other lines keep. @param {Lever} lever */
function limitsOf(lever) {
  return { ...unitOf(lever).kind, min: lever.min, max: lever.max };
}

function complaint(lever, { line }, low, high) {
  const unit = unitOf(lever);
  const allowed = { low: unit.write(low), high: unit.write(high) };
  if (line && low === high) return _("All other lines are locked: open one of them first.");
  if (line && high < lever.max) {
    return _("From {low} to {high} %: the locked lines keep the rest.", allowed);
  }
  return lever.allowed.replace("{low}", allowed.low).replace("{high}", allowed.high);
}

/** @param {string[]} choices */
function eitherShare([low, high]) {
  return _("Is {low} meant, or {high}? Type it with its sign.", { low, high });
}

function isUndo(event) {
  return (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "z";
}

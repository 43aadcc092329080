// Two people have saved at the same time: both versions are shown, and none is ever lost.

import { _ } from "../i18n/messages.js";
import { h, newId } from "../kit/dom.js";
import { outcome, plansOf, signed, whyOf } from "./parts.js";

/**
 * Both versions, and what can be done.
 * @param {{entry: Entry, theirs: {version: Version},
 *   mine: {who: string, why: string, outcome: Node | null}}} sides
 * @param {Record<"over" | "copy" | "open" | "back", () => void>} doing  `over()`, `copy()`, `open()`, `back()`
 */
export function createConflict({ entry, theirs, mine }, doing) {
  const id = newId();
  const { version } = theirs;
  const { name } = entry;
  return h(
    "section",
    { class: "library-conflict", role: "group", "aria-labelledby": id },
    h("h3", { id, tabindex: "-1" }, _("There is a newer version of “{name}” by now", { name })),
    h(
      "p",
      { class: "lead-in" },
      _("Nothing is lost, and nothing is overwritten. Both stand here; you choose what happens."),
    ),
    h(
      "div",
      { class: "library-sides" },
      side("theirs", _("Saved: version {version}", { version: version.number }), {
        by: signed(version.who, version.at),
        why: whyOf(version),
        value: outcome(version.outcome) ?? plansOf(version.plans),
      }),
      side("mine", _("Yours, not saved yet"), {
        by: mine.who || _("No name given"),
        why: mine.why,
        value: mine.outcome,
      }),
    ),
    choices(name, version.number, doing),
    h(
      "button",
      { type: "button", class: "link", "data-conflict": "back", onclick: doing.back },
      _("Back to the form"),
    ),
  );
}

/** The ways out, each with what it means. */
function choices(name, version, { over, copy, open }) {
  const choice = (id, label, meaning, action, kind = "") => [
    h(
      "dt",
      {},
      h("button", { type: "button", class: kind, "data-conflict": id, onclick: action }, label),
    ),
    h("dd", {}, meaning),
  ];
  return h(
    "dl",
    { class: "library-choices" },
    choice(
      "over",
      _("Save mine on top"),
      _("Yours becomes version {next}; version {version} stays in the history.", {
        next: version + 1,
        version,
      }),
      over,
      "primary",
    ),
    choice("copy", _("Save mine as a copy"), _("“{name}” stays as it is saved.", { name }), copy),
    choice(
      "open",
      _("Open what is saved"),
      _("Yours is not saved; one undo brings it back to the page."),
      open,
    ),
  );
}

function side(name, title, { by, why, value }) {
  return h(
    "section",
    { "data-side": name },
    h("h4", {}, title),
    value,
    h("p", {}, by),
    h("p", { class: "library-why" }, why || _("No reason given")),
  );
}

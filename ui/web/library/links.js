// Addresses that open something of the library: #library=… a scenario, #shelf=… a whole library.

import { rememberKept } from "../compare/list.js";
import { openThen } from "../compare/shared.js";
import { _, ngettext } from "../i18n/messages.js";
import { openDialog, toast } from "../kit/dialog.js";
import { fill, h } from "../kit/dom.js";
import { markedChanged } from "../scenarios/name.js";
import { call, ownShelf } from "../server/library-api.js";
import { known, shelfName, useShelf, who } from "../server/shelves.js";
import { isChanged } from "../state/document.js";
import { copyName, labelled } from "./form.js";
import { cameFrom, fetchVersion, keptIn } from "./origin.js";
import { answerThen, daysLeft, isForLink, outcome, plansOf, signed, trouble } from "./parts.js";
import { openSet } from "./sets.js";

const LONGEST_NAME = 40; // of a shelf, in this browser only

/**
 * Open a scenario of the library by one of its keys; one undo takes that back.
 * @param {Ctx} ctx
 */
export async function openByKey(ctx, key) {
  let opened;
  try {
    opened = await fetchVersion(key);
  } catch (error) {
    cannotOpen(ctx, error, () => openByKey(ctx, key));
    return;
  }
  const { doc, base, entry } = opened;
  const show = (/** @type {Ctx} */ drawn) => present(drawn, opened, key);
  if (!doc) {
    openSet(ctx, opened, entry, show);
    return;
  }
  ctx.load(doc, { base: base ?? doc });
  // What somebody put there under a name of its own is that; else it is still another plan, changed.
  ctx.store.set(hasOwnName(opened) ? { saved: doc } : { shared: doc });
  cameFrom(ctx, entry);
  ctx.whenDrawn(show);
}

/** Whether what was opened is called otherwise than what it started from. @param {OpenedVersion} opened */
const hasOwnName = ({ doc, base }) => !base || doc?.name !== base.name;

/** What it is called, said in this language. @param {Ctx} ctx @param {OpenedVersion} opened */
function titleOf(ctx, opened) {
  const { doc, base, entry } = opened;
  const isItself = doc && doc.name === entry.name;
  const title = isItself ? ctx.title(doc) : entry.name;
  return isItself && base && !hasOwnName(opened) && isChanged({ doc, base })
    ? markedChanged(title)
    : title;
}

/** @param {Ctx} ctx */
function cannotOpen(ctx, error, again) {
  const dialog = openDialog(
    ctx.board,
    _("The link to the library cannot be opened"),
    { name: "library-problem" },
    h(
      "div",
      { class: "stack library-trouble" },
      ...trouble(ctx, error, {
        again() {
          dialog.close();
          again();
        },
      }).filter(Boolean),
      h("p", {}, _("What was on the page is still there.")),
    ),
  );
}

/**
 * Say what was opened, and what can be done with it.
 * @param {Ctx} ctx
 * @param {OpenedVersion} opened
 */
function present(ctx, opened, key) {
  const { entry, version, items, drift, then } = opened;
  const result = h("div", { class: "library-trouble", role: "alert" });

  async function copy() {
    fill(result);
    try {
      const shelf = await ownShelf();
      const name = copyName(entry.name, ctx.start.limits.library.name);
      const reply = await call("duplicate", { key, shelf, name, who: who() });
      if (items) rememberKept(ctx, keptIn(reply.entry));
      else cameFrom(ctx, reply.entry);
      dialog.close();
      toast(ctx.board, _("“{name}” is in your library.", { name: reply.entry.name }));
    } catch (error) {
      fill(result, ...trouble(ctx, error, { again: copy }));
    }
  }

  function closed() {
    if (then) openThen(ctx, then);
    else ctx.arrived({ drift });
  }

  const dialog = openDialog(
    ctx.board,
    titleOf(ctx, opened),
    { name: "library-opened", onclose: closed },
    h(
      "div",
      { class: "stack library-opened" },
      about(entry, version),
      h("p", { class: "lead" }, whatMayBeDone(entry)),
      h(
        "div",
        { class: "row" },
        h(
          "button",
          {
            type: "button",
            class: "primary",
            "data-library": "go-on",
            autofocus: true,
            onclick: () => dialog.close(),
          },
          _("Go on"),
        ),
        h(
          "button",
          { type: "button", "data-library": "copy", onclick: copy },
          _("Save a copy to my library"),
        ),
      ),
      result,
    ),
  );
}

/** Whose scenario it is, what it comes to, and who saved it why. */
function about(entry, version) {
  return [
    h("p", { class: "library-note" }, entry.organisation),
    outcome(version.outcome) ?? plansOf(version.plans),
    answerThen(version.answer, version.at),
    entry.description ? h("p", { class: "library-description" }, entry.description) : null,
    h(
      "p",
      {},
      _("Version {version}", { version: version.number }),
      ": ",
      signed(version.who, version.at),
    ),
    version.why && !isForLink(version) ? h("p", { class: "library-why" }, version.why) : null,
    entry.deleted
      ? h("p", { role: "alert" }, _("It has been deleted."), " ", daysLeft(entry.purged))
      : null,
  ];
}

function whatMayBeDone(entry) {
  if (entry.plans.length) return whatMayBeDoneWithSet(entry);
  return entry.may_edit
    ? _(
        "You may change it for everybody: “Save this plan” in the library makes a new version, and every earlier one stays.",
      )
    : _(
        "It is for looking only. Move every lever as you like: what you change stays with you. To keep that, save a copy to a library of your own.",
      );
}

function whatMayBeDoneWithSet(entry) {
  return entry.may_edit
    ? _(
        "You may change it for everybody: “Save these” above the plans makes a new version, and every earlier one stays.",
      )
    : _(
        "These plans are for looking only. Change and compare them as you like: that stays with you. To keep it, save a copy to a library of your own.",
      );
}

/**
 * Ask whether a library that came by a link shall be kept in this browser, beside its own.
 * @param {Ctx} ctx
 */
export async function openShelf(ctx, key) {
  let shelf;
  try {
    shelf = await call("shelf", { key });
  } catch (error) {
    cannotOpen(ctx, error, () => openShelf(ctx, key));
    return;
  }
  const name = h("input", { type: "text", maxlength: LONGEST_NAME, "data-field": "shelf-name" });
  const { shelves, current } = known();
  const isKnown = shelves.some((each) => each.key === key);
  const inUse = shelves.find((each) => each.key === current);

  function use(event) {
    event.preventDefault();
    useShelf(key, { name: name.value.trim(), linked: true, editable: shelf.may_edit });
    dialog.close();
    ctx.openScenarios({ tab: "library" });
  }

  const dialog = openDialog(
    ctx.board,
    _("A library"),
    { name: "library-shelf" },
    h(
      "form",
      { class: "stack", onsubmit: use },
      h(
        "p",
        { class: "lead" },
        ngettext(
          "This link opens a library with {number} entry.",
          "This link opens a library with {number} entries.",
          shelf.count,
        ),
        " ",
        shelf.may_edit
          ? _("With it, everything in there can be changed and deleted.")
          : _("It is for looking, and for taking copies."),
      ),
      inUse && !isKnown
        ? h(
            "p",
            {},
            _(
              "This browser uses “{name}” now. That stays as it is: you can go back to it in the library at any time.",
              { name: shelfName(inUse) },
            ),
          )
        : null,
      isKnown ? null : labelled(_("What this browser shall call it"), name),
      h(
        "div",
        { class: "row" },
        h(
          "button",
          { type: "submit", class: "primary", "data-library": "use", autofocus: true },
          _("Use it in this browser"),
        ),
        h("button", { type: "button", onclick: () => dialog.close() }, _("Not now")),
      ),
    ),
  );
}

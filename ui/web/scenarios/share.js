// Sharing what is on the screen: as a link, a QR code, a mail, a command.

import { entries } from "../compare/list.js";
import { linkToSet } from "../compare/shared.js";
import { _, fmt } from "../i18n/messages.js";
import { copyButton } from "../kit/clipboard.js";
import { openDialog } from "../kit/dialog.js";
import { fill, h, newId } from "../kit/dom.js";
import { problemItems } from "../kit/problems.js";
import { createWhoField, labelled } from "../library/form.js";
import { trouble } from "../library/parts.js";
import { keyToLookAt } from "../library/save.js";
import { FEWEST, keyOfSet } from "../library/sets.js";
import { newestFailure, requestError } from "../server/http.js";
import { rememberWho, who } from "../server/shelves.js";
import { appAddress, viewOf } from "../state/address.js";
import { isChanged } from "../state/document.js";
import { saveToLibrary } from "./gallery.js";
import { saveFile } from "./save-file.js";

const LOCAL = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Open the dialog that shares the scenario as it stands.
 * @param {Ctx} ctx
 */
export function openShare(ctx) {
  const content = h("div", { class: "share" });
  const dialog = openDialog(ctx.board, _("Share"), { wide: true, name: "share" }, content);
  make();

  /** @param {string | null} [key]  that the library keeps the plan under */
  async function make(key = null) {
    fill(content, h("p", { class: "lead-in", role: "status" }, _("Making the link…")));
    const link = await makeLink(ctx, key);
    if (!dialog.node.isConnected) return;
    if ("problems" in link) fill(content, ...failed(link.problems, () => make(key)));
    else {
      const other = key ? wholeAgain() : canBeShort(ctx) ? shorter() : null;
      fill(
        content,
        link.fits ? ways(ctx, link, { key, other }) : tooLong(ctx, dialog, link, other),
      );
    }
  }

  function wholeAgain() {
    return h(
      "p",
      { class: "row" },
      h(
        "button",
        { type: "button", "data-share": "whole", onclick: () => make() },
        isOfSet(ctx)
          ? _("Link that holds all of these plans")
          : _("Link that holds the whole plan"),
      ),
    );
  }

  /** A way to the short link, which the library has to keep. */
  function shorter() {
    const result = h("div", { role: "alert" });
    const name = createWhoField(ctx, who());
    const button = h(
      "button",
      { type: "button", "data-share": "short", onclick: shorten },
      _("Make a short link"),
    );

    async function shorten() {
      button.disabled = true;
      fill(result);
      rememberWho(name.value.trim());
      try {
        await make(await (isOfSet(ctx) ? keyOfSet(ctx) : keyToLookAt(ctx)));
      } catch (error) {
        fill(result, ...trouble(ctx, error, { again: shorten }));
        button.disabled = false;
      }
    }

    return h(
      "div",
      { class: "share-short" },
      labelled(_("Your name"), name, _("As others shall see it; it may stay empty.")),
      button,
      h(
        "p",
        { class: "note" },
        isOfSet(ctx)
          ? _(
              "Its code can be scanned from the last row. These plans are put into the library of " +
                "this server for it: whoever has the link can look at them and take a copy.",
            )
          : _(
              "Its code can be scanned from the last row. The plan is put into the library of this " +
                "server for it: whoever has the link can look at it and take a copy.",
            ),
      ),
      result,
    );
  }

  return dialog;
}

/**
 * All that the dialog shows, `{ problems }`, or, without an answer, an empty object.
 * @param {Ctx} ctx
 * @param {string | null} key  that the library keeps the plan under, for a link that leads there
 */
async function makeLink(ctx, key) {
  const { base, doc } = ctx.store.state;
  // How bright and how large the page is belongs to this screen, not to those who get the link.
  const view = { ...viewOf(ctx.store.state, ctx.start), theme: null, view: null };
  try {
    if (isOfSet(ctx)) return await linkToSet(ctx, { view, key });
    const library = key ? { library: key } : {};
    const is_saved = !isChanged(ctx.store.state);
    const wish = { scenario: doc, base, is_saved, address: appAddress(), view, ...library };
    return await ctx.ask("link", wish);
  } catch (error) {
    return { problems: requestError(error).problems };
  }
}

/** Whether all that is compared is shared, not one plan. @param {Ctx} ctx */
const isOfSet = (ctx) => ctx.page === "compare";

/** Whether the library can keep what is shared: a single plan, or a set of some. @param {Ctx} ctx */
const canBeShort = (ctx) => !isOfSet(ctx) || entries(ctx).length >= FEWEST;

function failed(problems, again) {
  if (problems) {
    return [
      h("p", { class: "lead-in" }, _("There is no link to this plan.")),
      h("div", { class: "problems" }, h("ul", {}, problemItems(problems))),
    ];
  }
  return [
    h("p", { class: "lead-in" }, `${newestFailure()} ${_("Nothing is lost.")}`),
    h("button", { type: "button", "data-again": true, onclick: again }, _("Try again")),
  ];
}

// --- a link --------------------------------------------------------------------------------------

/**
 * @param {Ctx} ctx
 * @param {any} link  that fits, with all there is to hand it on
 * @param {{key: string | null, other: Node | null}} kind  where the library keeps it, and the way to the
 *   other kind of link
 */
function ways(ctx, { url, qr, mail, command, has_start }, { key, other }) {
  const link = h("input", { type: "text", readonly: true, value: url, "data-share": "link" });
  link.addEventListener("focus", () => link.select());
  const text = h("textarea", { readonly: true, rows: 6, "data-share": "mail" });
  text.value = `${mail.subject}\n\n${mail.body}`;
  const order = h("input", {
    type: "text",
    readonly: true,
    value: command ?? "",
    "data-share": "command",
  });
  const write = h(
    "a",
    { class: "button", href: mailAddress(mail), "data-share": "mailto" },
    _("Write the e-mail"),
  );
  const figure = code(ctx, qr);
  const place = way(_("Link"), link, copyButton(link, "link", _("Copy the link")));
  const notes = [
    has_start === false ? withoutStart() : null,
    !isOfSet(ctx) && ctx.store.state.pins.length ? withoutPins() : null,
    other,
    LOCAL.test(location.hostname) ? local() : null,
  ];
  const isPhone = ctx.board.dataset.size === "narrow"; // nobody scans the code of their own screen
  const texts = h(
    "div",
    { class: "share-texts" },
    h("p", { class: "share-what" }, whatIsSeen(ctx, key)),
    isPhone ? [place, notes] : [notes, place],
    way(_("E-mail"), text, write, copyButton(text, "mail", _("Copy the text"))),
    command &&
      way(_("On the command line"), order, copyButton(order, "command", _("Copy the command"))),
  );
  return h("div", { class: "share-ways" }, isPhone ? [texts, figure] : [figure, texts]);
}

/** @param {Ctx} ctx @param {string | null} key  that the library keeps it under */
function whatIsSeen(ctx, key) {
  if (isOfSet(ctx)) {
    return key
      ? _(
          "Whoever opens it finds these plans side by side, in the library's newest version of them.",
        )
      : _(
          "Whoever opens it sees these plans side by side, with the letters, names and colours that they have here.",
        );
  }
  return key
    ? _("Whoever opens it finds this plan in the library, in its newest version.")
    : _("Whoever opens it sees this plan, with every number as it is here.");
}

function withoutStart() {
  return h(
    "p",
    { class: "note", role: "note", "data-share": "without-start" },
    _(
      "Where this plan started does not fit into the link: whoever opens it sees no “before”, and " +
        "Reset leads back to this plan, not to the start.",
    ),
  );
}

function withoutPins() {
  return h(
    "p",
    { class: "note", role: "note", "data-share": "without-pins" },
    _("Pinned plans are not in this link: Share on the page Compare takes them along."),
  );
}

function way(label, field, ...buttons) {
  field.id = newId();
  return h(
    "section",
    { class: "share-way", "data-lines": field.rows ?? 1 },
    h("h3", {}, h("label", { for: field.id }, label)),
    field,
    h("div", { class: "row" }, buttons),
  );
}

function mailAddress({ subject, body }) {
  const lines = body.replaceAll("\n", "\r\n");
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines)}`;
}

function local() {
  return h(
    "p",
    { class: "share-local", role: "note" },
    h("strong", {}, _("This link works on this computer only.")),
    " ",
    _(
      "For others, open the simulator by this computer's own name or address in the network, and " +
        "share it from there.",
    ),
  );
}

/**
 * The QR code; a click shows it as large as the screen is.
 * @param {Ctx} ctx
 */
function code(ctx, svg) {
  return h(
    "figure",
    { class: "share-code" },
    h(
      "button",
      {
        type: "button",
        class: "share-qr",
        "data-action": "large-code",
        "aria-label": _("Show the QR code as large as the screen"),
        onclick: () => openLarge(ctx, svg),
      },
      picture(svg),
    ),
    h(
      "figcaption",
      {},
      isOfSet(ctx)
        ? _("Scan the code to open these plans. Click it to enlarge it.")
        : _("Scan the code to open this plan. Click it to enlarge it."),
    ),
  );
}

/** @param {Ctx} ctx */
function openLarge(ctx, svg) {
  const node = h(
    "dialog",
    {
      class: "share-large",
      "aria-label": _("QR code that opens this plan"),
      "data-dialog": "code",
    },
    h(
      "button",
      { type: "button", "aria-label": _("Close"), onclick: () => node.close() },
      picture(svg),
    ),
  );
  node.addEventListener("close", () => node.remove());
  ctx.board.append(node);
  node.showModal();
}

/** The picture that the server drew; nothing that anybody typed is in it. */
function picture(svg) {
  const drawn = new DOMParser().parseFromString(svg, "text/html").body.firstElementChild;
  const node = /** @type {Element} */ (drawn);
  node.setAttribute("role", "img");
  node.setAttribute("aria-label", _("QR code of the link"));
  return document.importNode(node, true);
}

// --- no link -------------------------------------------------------------------------------------

/** @param {Ctx} ctx */
function tooLong(ctx, dialog, { length, most }, shorter) {
  const sizes = { length: fmt.number(length), most: fmt.number(most) };
  if (isOfSet(ctx)) {
    return h(
      "div",
      { class: "share-long" },
      h(
        "p",
        { class: "share-what" },
        _(
          "These plans do not fit into one link: it would take {length} characters, and many " +
            "programs cut what has {most} or more. Take one away, share the spreadsheet, or have " +
            "the library keep them:",
          sizes,
        ),
      ),
      shorter,
    );
  }
  const leave = (go) => () => {
    dialog.close();
    go();
  };
  return h(
    "div",
    { class: "share-long" },
    h(
      "p",
      { class: "share-what" },
      _(
        "This plan does not fit into a link: it would take {length} characters, and many programs " +
          "cut what has {most} or more. Long notes and many assumptions of its own make it long.",
        sizes,
      ),
    ),
    h(
      "p",
      {},
      _(
        "Share it as a file, or put it into the library and share its link from there. The address " +
          "of this page says nothing of the plan either, but this tab keeps it.",
      ),
    ),
    shorter,
    h(
      "div",
      { class: "row" },
      h(
        "button",
        { type: "button", "data-share": "file", onclick: () => saveFile(ctx) },
        _("Download this plan as a file"),
      ),
      h(
        "button",
        { type: "button", "data-share": "library", onclick: leave(() => saveToLibrary(ctx)) },
        _("Save it in the library"),
      ),
    ),
  );
}

// The page on paper: what every sheet says, and charts in the colours of white paper. The rest is in
// styles/print.css.

import { coloursOf } from "../charts/colours.js";
import { _ } from "../i18n/messages.js";
import { fill, h, setAttribute, setText } from "../kit/dom.js";
import { today } from "../kit/file-name.js";
import { planInWords } from "../scenarios/name.js";

/**
 * What is printed before all else; it is not seen on the screen.
 * @param {Ctx} ctx
 * @param {Pick<ReturnType<typeof import("../state/address.js").createAddress>, "link" | "leavesOut">}
 *   address  that opens what is shown
 */
export function createPrint(ctx, address) {
  const { board, start } = ctx;
  const head = h("header", { class: "print-head" });
  const analysis = h("section", { class: "print-analysis" });
  const sheet = h("style");
  document.head.append(sheet);
  const colours = translation(start.palettes.dark, start.palettes.light);
  /** @type {[Element, string | null][]} */
  let repainted = [];
  let isPrinting = false;
  // What is drawn for the sheet once it has its colours gets them, too.
  const drawn = new MutationObserver(repaint);

  function before() {
    isPrinting = true;
    write();
    const open = board.querySelector("dialog.analysis[open]");
    setAttribute(board, "data-paper", open && "analysis");
    if (open) fill(analysis, copyOf(open));
    if (ctx.theme() !== "dark") return;
    repaint();
    const parts = { childList: true, subtree: true, attributes: true, attributeFilter: ["style"] };
    for (const plot of document.querySelectorAll(".plot")) drawn.observe(plot, parts);
  }

  function write() {
    // Half a second behind a lever the address still opens what was there before.
    const unknown = _(
      "The link to this plan was not ready yet: print again to have it on the paper.",
    );
    const none = _("This plan is too long for a link: it can be downloaded as a file.");
    const link = (address.link() ?? unknown) || none;
    const about = _("{date} · {product}, model {model}", {
      date: today(start.formats.locale),
      product: _("Budget shift simulator"),
      model: start.model_version,
    });
    const title = planInWords(ctx);
    const lines = {
      "print-title": title,
      "print-about": about,
      "print-link": asLink(link),
      "print-left-out": leftOut(address.leavesOut()),
    };
    fill(head, ...Object.entries(lines).map(([name, line]) => h("p", { class: name }, line)));
    setText(sheet, sheetRules(`${title} · ${about}`, link));
  }

  function repaint() {
    for (const node of document.querySelectorAll(".plot [style]")) {
      const style = node.getAttribute("style") ?? "";
      const light = inColours(style, colours);
      if (light === style) continue;
      repainted.push([node, style]);
      node.setAttribute("style", light);
    }
  }

  function after() {
    isPrinting = false;
    drawn.disconnect();
    for (const [node, style] of repainted) node.setAttribute("style", style ?? "");
    repainted = [];
    setAttribute(board, "data-paper", null);
    fill(analysis);
  }

  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  return {
    nodes: [head, analysis],
    /** The address is another. */
    follow: () => isPrinting && write(),
    destroy() {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
      sheet.remove();
    },
  };
}

/** An address that can be followed from a file; anything else as text. @param {string} text */
function asLink(text) {
  return text.startsWith("http") ? h("a", { href: text }, text) : text;
}

/** @param {{start: boolean, set: boolean}} what  a link has no room for */
export function leftOut({ start, set }) {
  const all = _(
    "The plans that are compared do not fit into this link: it opens one of them alone.",
  );
  const before = _("Where this plan started does not fit into this link.");
  return [set ? all : "", start ? before : ""].filter(Boolean).join(" ");
}

/**
 * What is in a dialog, to be printed in its place: a dialog stands on one sheet alone.
 * @param {Element} dialog
 */
function copyOf(dialog) {
  const title = dialog.querySelector("h2")?.textContent ?? "";
  const copy = /** @type {HTMLElement} */ (dialog.querySelector(".dialog-body")?.cloneNode(true));
  const choices = (/** @type {Element} */ node) => [
    .../** @type {NodeListOf<HTMLSelectElement>} */ (node.querySelectorAll("select")),
  ];
  const chosen = choices(dialog).map(({ value }) => value);
  for (const [place, select] of choices(copy).entries()) {
    select.value = chosen[place]; // a copy forgets what is chosen
  }
  return [h("h1", {}, title), copy];
}

const MOST_SIGNS = 110; // of a link on the margin below: one line

/**
 * Rules that write on the margin of each sheet what is on it and the link that opens it; one of more
 * than a line stands on the first sheet alone, and the others say so.
 * @param {string} about
 * @param {string} link
 */
export function sheetRules(about, link) {
  const pages = '" · " counter(page) " / " counter(pages)';
  const below = link.length > MOST_SIGNS ? _("The link is on the first sheet.") : link;
  return `@media print{@page{@bottom-left{content:${quoted(about)} ${pages} "\\A" ${quoted(below)};
    width:100%;font:7pt/1.3 Inter,sans-serif;white-space:pre;vertical-align:top;padding-top:3mm}}}`;
}

/** A text as CSS takes it: what people typed is no rule. @param {string} text */
export function quoted(text) {
  const hex = (/** @type {string} */ sign) => `\\${sign.codePointAt(0)?.toString(16)} `;
  return `"${text.replace(/["\\<>\p{Cc}]/gu, hex)}"`;
}

/**
 * Which colour of one theme is which of another.
 * @param {string} from  its properties, as the server gives them
 * @param {string} to
 * @returns {Map<string, string>}  "98, 176, 255" to "0, 63, 138"
 */
export function translation(from, to) {
  const [those, these] = [from, to].map(
    (theme) =>
      new Map(
        [...coloursOf(theme)]
          .filter(([, colour]) => colour.startsWith("#"))
          .map(([name, colour]) => [name, rgb(colour)]),
      ),
  );
  return new Map([...those].map(([name, colour]) => [colour, these.get(name) ?? colour]));
}

/** @param {string} colour  "#62B0FF" */
function rgb(colour) {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)).join(", ");
}

/**
 * A style with its colours in another theme.
 * @param {string} style
 * @param {Map<string, string>} colours
 */
export function inColours(style, colours) {
  return style.replace(/(rgba?\()(\d+, \d+, \d+)/g, (whole, start, colour) => {
    const other = colours.get(colour);
    return other ? start + other : whole;
  });
}

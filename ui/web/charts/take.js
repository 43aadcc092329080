// What can be done with a chart beside looking at it: copy it as a picture, save it, take its numbers.

import { _ } from "../i18n/messages.js";
import { toast } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { download } from "../kit/download.js";
import { fileName, today } from "../kit/file-name.js";
import { icon } from "../kit/icons.js";
import { menuButton } from "../kit/menu.js";
import { requestError } from "../server/http.js";
import { asPng, pictureOf } from "./picture.js";

/**
 * @typedef {object} Takable  what a page gives away of something that is drawn
 * @property {(source: string) => Promise<Picture>} picture  with the line that says where it is from
 * @property {() => Promise<string>} title
 * @property {() => Promise<Blob | string>} table  its numbers as CSV
 * @property {() => string} of  what it is of: the plan, the organisation
 */

/** @typedef {{title: string, svg: string}} Picture */

/**
 * The buttons of a chart.
 * @param {Ctx} ctx
 * @param {object} chart
 * @param {() => Promise<Figure>} chart.figure  in light colours, for a picture
 * @param {() => Promise<Blob>} chart.table
 * @param {() => string} chart.of
 * @returns {HTMLElement[]}
 */
export function createTaking(ctx, { figure, table, of }) {
  return createDrawnTaking(ctx, {
    async picture(source) {
      const drawn = await figure();
      const svg = await pictureOf(drawn, { band: _("8 of 10 cases"), source });
      return { title: drawn.title, svg };
    },
    title: async () => (await figure()).title,
    table,
    of,
  });
}

/**
 * The buttons of anything that is drawn.
 * @param {Ctx} ctx
 * @param {Takable} takable
 * @returns {HTMLElement[]}
 */
export function createDrawnTaking(ctx, takable) {
  const { board, start } = ctx;
  let title = "";

  async function picture() {
    const words = {
      of: takable.of(),
      date: today(start.formats.locale),
      product: _("Budget shift simulator"),
      model: start.model_version,
    };
    const source = _("{of} · {date} · {product}, model {model}", words);
    const taken = await takable.picture(source);
    title = taken.title;
    return taken.svg;
  }

  /** @param {string} kind @param {() => Promise<Blob | string>} make @param {string} type */
  async function save(kind, make, type = "") {
    try {
      const content = await make();
      download(board, content, fileName([takable.of(), title], kind), type);
    } catch (error) {
      requestError(error);
      toast(board, _("The file could not be made. Try again."), { kind: "error" });
    }
  }

  const savePng = () => save("png", async () => asPng(await picture()), "image/png");

  async function table() {
    title = await takable.title();
    return takable.table();
  }

  async function copy() {
    try {
      // The browser wants to be told at once that there will be something.
      const png = picture().then(asPng);
      await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
      toast(board, _("Copied as a picture: paste it where you like."));
    } catch (error) {
      console.warn(error); // refused, or not there at all: browsers have it only on HTTPS and localhost
      await savePng();
      toast(board, _("This browser does not let us copy pictures: it is downloaded as a file."));
    }
  }

  return createButtons(copy, [
    { name: "png", label: _("Picture (PNG)"), action: savePng },
    {
      name: "svg",
      label: _("Picture to edit (SVG)"),
      action: () => save("svg", picture, "image/svg+xml"),
    },
    { name: "csv", label: _("Numbers (CSV)"), action: () => save("csv", table) },
  ]);
}

/**
 * @param {() => void} copy
 * @param {{name: string, label: string, action: () => void}[]} kinds  of files that it can be saved as
 * @returns {HTMLElement[]}
 */
function createButtons(copy, kinds) {
  const copying = h(
    "button",
    {
      type: "button",
      class: "tool",
      "data-action": "copy-chart",
      "aria-label": _("Copy as a picture"),
      title: _("Copy as a picture"),
      onclick: copy,
    },
    icon("copy"),
  );
  const saving = menuButton(
    {
      class: "tool",
      "data-action": "save-chart",
      "aria-label": _("Download this chart"),
      title: _("Download this chart"),
    },
    [icon("save")],
    () => kinds,
  );
  return [copying, saving];
}

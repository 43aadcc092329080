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
 * @typedef {object} Takable  what a page gives away of a chart
 * @property {() => Promise<Figure>} figure  in light colours, for a picture
 * @property {() => Promise<Blob>} table  its numbers as CSV
 * @property {() => string} of  what it is of: the plan, the organisation
 */

/**
 * The buttons.
 * @param {Ctx} ctx
 * @param {Takable} takable
 * @returns {HTMLElement[]}
 */
export function createTaking(ctx, takable) {
  const { board, start } = ctx;
  let title = "";

  async function picture() {
    const figure = await takable.figure();
    title = figure.title;
    const words = {
      of: takable.of(),
      date: today(start.formats.locale),
      product: _("Budget shift simulator"),
      model: start.model_version,
    };
    return pictureOf(figure, {
      band: _("8 of 10 cases"),
      source: _("{of} · {date} · {product}, model {model}", words),
    });
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
    title = (await takable.figure()).title;
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
      toast(board, _("This browser does not let us copy pictures: it is saved as a file."));
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
      "aria-label": _("Save this chart"),
      title: _("Save this chart"),
    },
    [icon("save")],
    () => kinds,
  );
  return [copying, saving];
}

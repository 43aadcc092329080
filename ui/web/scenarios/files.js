// Files of scenarios, and of sets of them that were compared: read, and opened.

import { chosenItems, itemOf, put } from "../compare/list.js";
import { layOut, openThen } from "../compare/shared.js";
import { _, fmt, ngettext } from "../i18n/messages.js";
import { toast } from "../kit/dialog.js";
import { fill, h } from "../kit/dom.js";
import { createFileInput } from "../kit/file-input.js";
import { problemItems } from "../kit/problems.js";
import { newestFailure, requestError } from "../server/http.js";
import { saveFile } from "./save-file.js";

/** The files that hold scenarios, as a field for them takes it. */
export const SCENARIO_FILES = ".json,application/json";

// --- reading -------------------------------------------------------------------------------------

/**
 * Read files, one after the other; never throws.
 * @param {Ctx} ctx  as every part of the board gets it
 * @param {File[]} files
 * @returns {Promise<Reading[]>}  for each `{ file, doc, … }` as the server says it, or
 *   `{ file, problems }`, null where it does not answer
 */
export async function readFiles(ctx, files) {
  const readings = [];
  for (const file of files) readings.push(await readFile(ctx, file));
  return readings;
}

/** @param {Ctx} ctx */
async function readFile(ctx, file) {
  const most = ctx.start.limits.file_bytes;
  if (file.size > most) {
    const size = _("a size of {size} bytes", { size: fmt.number(file.size) });
    return refused(file, size, _("at most {size} bytes", { size: fmt.number(most) }));
  }
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return unreadable(file);
  }
  try {
    return { file, ...(await ctx.api.open(text, file.name)) };
  } catch (error) {
    // So many characters that JSON has to escape, as in a picture, that the server takes no look.
    const { problems } = requestError(error);
    return problems?.length === 0 ? unreadable(file) : { file, problems };
  }
}

function unreadable(file) {
  return refused(file, _("something that cannot be read as text"), _("JSON in UTF-8"));
}

function refused(file, found, allowed) {
  return { file, problems: [{ field: file.name, found, allowed }] };
}

/** Whether there is something in a file. @param {Reading} reading */
export const isGood = ({ doc, items }) => Boolean(doc || items);

/**
 * What files hold, to be laid side by side.
 * @param {Reading[]} readings
 * @returns {CompareItem[]}
 */
export function itemsIn(readings) {
  return readings.flatMap(({ doc, base, items = [] }) =>
    doc ? [itemOf("file", doc, base)] : items.map((item) => ({ source: "file", ...item })),
  );
}

/** Why files were not opened: those that are wrong, each by its name. */
export function whatIsWrong(readings) {
  const bad = readings.filter((reading) => !isGood(reading));
  if (bad.some((reading) => !reading.problems)) {
    return [h("p", {}, `${newestFailure()} ${_("Nothing was opened.")}`)];
  }
  const good = readings.filter(isGood).map((reading) => reading.file.name);
  return [
    ...bad.flatMap(({ file, problems }) => [
      h("p", {}, heading(file.name, problems.length)),
      h("ul", {}, problemItems(problems)),
    ]),
    good.length
      ? h(
          "p",
          {},
          ngettext(
            "{number} other file is fine, but is opened only together with these: {names}",
            "{number} other files are fine, but are opened only together with these: {names}",
            good.length,
            { names: good.join(", ") },
          ),
        )
      : null,
  ];
}

function heading(name, count) {
  return ngettext(
    "“{name}” cannot be opened, and nothing has changed. {number} thing is wrong:",
    "“{name}” cannot be opened, and nothing has changed. {number} things are wrong:",
    count,
    { name },
  );
}

// --- opening -------------------------------------------------------------------------------------

/**
 * Open files: a scenario becomes the plan, several go to the Compare page, and a set is laid out there as
 * it was. All of them or none.
 * @param {Ctx} ctx
 * @param {File[]} files
 * @param {{tell: (...nodes: Child[]) => void, wanted: () => boolean, done: () => void}} ways  `tell(...nodes)`: says what is wrong, nothing takes it back; `wanted()`:
 *   whether somebody still waits for the answer; `done()`: called before anything changes
 */
export async function openFiles(ctx, files, { tell, wanted, done }) {
  tell();
  const fits = (/** @type {number} */ plans) => {
    const taken = chosenItems(ctx.store.state).length;
    const most = ctx.start.limits.compared;
    const fit = files.length === 1 || plans + taken <= most;
    if (!fit) tell(h("p", {}, tooMany(plans, files.length, taken, most)));
    return fit;
  };
  if (!fits(files.length)) return;
  const readings = await readFiles(ctx, files);
  if (!wanted()) return;
  if (!readings.every(isGood)) {
    tell(...whatIsWrong(readings));
    return;
  }
  const items = itemsIn(readings);
  if (!fits(items.length)) return; // others may have come in while these were read
  done();
  if (readings.length > 1) compare(ctx, items);
  else if (readings[0].items) openSetOf(ctx, readings[0]);
  else load(ctx, readings[0]);
}

/**
 * @param {number} plans
 * @param {number} files  that they are in
 * @param {number} taken
 * @param {number} most
 */
function tooMany(plans, files, taken, most) {
  const counts = { number: fmt.number(plans), most: fmt.number(most), taken: fmt.number(taken) };
  if (plans > files) {
    return _(
      "There are {number} plans in these files, which are too many: of {most} that can be compared, {taken} are there already. Nothing was opened.",
      counts,
    );
  }
  return taken
    ? _(
        "{number} files are too many: of {most} that can be compared, {taken} are there already. " +
          "Nothing was opened.",
        counts,
      )
    : _("{number} files are too many: {most} can be compared. Nothing was opened.", counts);
}

/** @param {Ctx} ctx */
function load(ctx, reading) {
  const { doc, base } = reading;
  ctx.load(doc, { base: base ?? doc, isFileAsOpened: !base });
  ctx.store.set({ saved: doc, filed: doc });
  toast(ctx.board, _("“{name}” is loaded. Undo brings back what was there.", { name: doc.name }));
  ctx.arrived(reading);
}

/**
 * Lay a set out as it was kept.
 * @param {Ctx} ctx
 * @param {Reading} reading
 */
export function openSetOf(ctx, { file, items = [], asked, then }) {
  layOut(ctx.store, items, { asked, isFile: true });
  ctx.whenOn("compare", (drawn) => {
    const text = _("“{name}” is loaded. Undo brings back what was there.", { name: file.name });
    toast(drawn.board, text);
    if (then) openThen(drawn, then);
  });
}

/** @param {Ctx} ctx @param {CompareItem[]} more */
function compare(ctx, more) {
  put(ctx, [...chosenItems(ctx.store.state), ...more]);
  if (ctx.page !== "compare") ctx.go("compare");
}

/**
 * Buttons that open and save files.
 * @param {Ctx} ctx
 * @param {{isOpen: () => boolean, done: () => void}} ways  `isOpen()`: whether they are still there; `done()`: closes what they are in
 * @returns {HTMLElement}
 */
export function createFiles(ctx, { isOpen, done }) {
  const result = h("div", { class: "problems", role: "alert" });
  /** @type {File[] | null} */
  let newest = null; // the files that were chosen last

  function take(files) {
    newest = files;
    return openFiles(ctx, files, {
      tell: (...nodes) => fill(result, ...nodes),
      wanted: () => files === newest && isOpen(),
      done,
    });
  }

  const input = createFileInput(
    { accept: SCENARIO_FILES, multiple: true, "data-open-file": true },
    take,
  );
  return h(
    "section",
    { class: "files", "aria-label": _("Scenario files") },
    h(
      "button",
      { type: "button", class: "plain", onclick: () => input.click() },
      _("Open scenario files"),
    ),
    input,
    h(
      "button",
      { type: "button", class: "plain", "data-save-file": true, onclick: () => saveFile(ctx) },
      _("Download this plan as a file"),
    ),
    h(
      "span",
      { class: "files-hint" },
      _("Files can be dropped anywhere on the page; several are laid side by side."),
    ),
    result,
  );
}

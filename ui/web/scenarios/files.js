// Scenario files: opened by choosing or dropping them, and saved.

import { closeAll, openDialog, toast } from "../kit/dialog.js";
import { fill, h, setAttribute } from "../kit/dom.js";
import { problemItems } from "../kit/problems.js";
import { requestError } from "../server/http.js";
import { createFileInput } from "../kit/file-input.js";
import { download } from "../kit/download.js";
import { _, fmt, ngettext } from "../i18n/messages.js";

/** The files that hold scenarios, as a field for them takes it. */
export const SCENARIOS = ".json,application/json";

const MOST_BYTES = 1_000_000;
const MOST_FILES = 6; // so many can be laid side by side

// --- opening -------------------------------------------------------------------------------------

/** The scenario in a file, or what is wrong with it; never throws. */
export async function read(ctx, file) {
  if (file.size > MOST_BYTES) {
    return refused(
      file,
      _("a size of {size} bytes", { size: fmt.number(file.size) }),
      _("at most {size} bytes", { size: fmt.number(MOST_BYTES) }),
    );
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

/**
 * Open files: one becomes the scenario, several go to the Compare page. All of them or none.
 * @param {object} ctx  as every part of the board gets it
 * @param {File[]} files
 * @param {object} ways  `tell(...nodes)`: says what is wrong, nothing takes it back; `wanted()`:
 *   whether somebody still waits for the answer; `done()`: called before anything changes
 */
async function open(ctx, files, { tell, wanted, done }) {
  tell();
  const fits = () => {
    const taken = ctx.store.state.compare.length;
    const fit = files.length === 1 || files.length + taken <= MOST_FILES;
    if (!fit) tell(h("p", {}, tooMany(files.length, taken)));
    return fit;
  };
  if (!fits()) return;
  const found = [];
  for (const file of files) found.push(await read(ctx, file));
  if (!wanted()) return;
  if (found.some((one) => !one.doc)) {
    tell(...whatIsWrong(found));
    return;
  }
  if (!fits()) return; // others may have come in while these were read
  done();
  if (found.length === 1) loadOne(ctx, found[0]);
  else layOut(ctx, found);
}

function tooMany(files, compared) {
  if (!compared) {
    return _("{number} files are too many: {most} can be compared. Nothing was opened.", {
      number: fmt.number(files),
      most: fmt.number(MOST_FILES),
    });
  }
  return _(
    "{number} files are too many: of {most} that can be compared, {taken} are there already. " +
      "Nothing was opened.",
    {
      number: fmt.number(files),
      most: fmt.number(MOST_FILES),
      taken: fmt.number(compared),
    },
  );
}

function loadOne(ctx, found) {
  const { doc } = found;
  ctx.load(doc, { filed: true });
  toast(ctx.board, _("“{name}” is loaded. Undo brings back what was there.", { name: doc.name }));
  ctx.arrived(found);
}

function layOut(ctx, found) {
  const more = found.map(({ doc }) => ({ name: doc.name, doc, source: "file" }));
  ctx.store.set({ compare: [...ctx.store.state.compare, ...more] });
  if (ctx.page !== "compare") ctx.go("compare");
}

// --- what is wrong -------------------------------------------------------------------------------

/** Why files were not opened: those that are wrong, each by its name. */
export function whatIsWrong(found) {
  const bad = found.filter((one) => !one.doc);
  if (bad.some((one) => !one.problems)) {
    return [h("p", {}, _("The server does not answer, so nothing was opened. Try again."))];
  }
  const good = found.filter((one) => one.doc).map((one) => one.file.name);
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

// --- in the dialog of scenarios ------------------------------------------------------------------

/**
 * Buttons that open and save files.
 * @param {object} ctx
 * @param {object} ways  `isOpen()`: whether they are still there; `done()`: closes what they are in
 * @returns {{node: HTMLElement, open: function(File[])}}
 */
export function createFiles(ctx, { isOpen, done }) {
  const result = h("div", { class: "problems", role: "alert" });

  let newest = null;
  function take(files) {
    newest = files;
    return open(ctx, files, {
      tell: (...nodes) => fill(result, ...nodes),
      wanted: () => files === newest && isOpen(),
      done,
    });
  }

  const input = createFileInput(
    { accept: SCENARIOS, multiple: true, "data-open-file": true },
    take,
  );
  const node = h(
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
      _("Save this plan as a file"),
    ),
    h(
      "span",
      { class: "files-hint" },
      _("Files can be dropped anywhere on the page; several are laid side by side."),
    ),
    result,
  );
  return { node, open: take };
}

// --- dropped on the page -------------------------------------------------------------------------

/**
 * Whatever files are dropped on the page are opened, instead of replacing it. A part that takes
 * drops itself prevents the default. Returns a function that ends it.
 */
export function takeDrops(ctx) {
  const { board } = ctx;
  let depth = 0;
  let newest = null;

  const holdsFiles = (event) =>
    !event.defaultPrevented && [...(event.dataTransfer?.types ?? [])].includes("Files");

  function over(change) {
    depth = change === null ? 0 : Math.max(depth + change, 0);
    setAttribute(board, "data-over", depth > 0);
  }

  function dropped(event) {
    over(null);
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const files = [...event.dataTransfer.files];
    if (!files.length) return;
    newest = files;
    let dialog = null;
    open(ctx, files, {
      tell(...nodes) {
        if (nodes.length) dialog = openProblems(ctx, nodes);
      },
      wanted: () => files === newest && board.isConnected,
      done() {
        dialog?.close();
        closeAll(board);
      },
    });
  }

  const listeners = {
    dragenter: (event) => holdsFiles(event) && over(1),
    dragleave: (event) => holdsFiles(event) && over(-1),
    dragover: (event) => holdsFiles(event) && event.preventDefault(),
    drop: dropped,
  };
  for (const [name, listener] of Object.entries(listeners)) board.addEventListener(name, listener);
  return () => {
    over(null);
    newest = null;
    for (const [name, listener] of Object.entries(listeners)) {
      board.removeEventListener(name, listener);
    }
  };
}

function openProblems(ctx, nodes) {
  return openDialog(
    ctx.board,
    _("Not opened"),
    { name: "files" },
    h("div", { class: "problems", role: "alert" }, nodes),
  );
}

// --- saving --------------------------------------------------------------------------------------

/** Give the plan as it stands as a file, with what it comes to. */
export async function saveFile(ctx) {
  let file;
  try {
    file = await ctx.api.file(ctx.store.state.doc);
  } catch (error) {
    requestError(error);
    file = {};
  }
  if (typeof file.text === "string") {
    download(ctx.board, file.text, file.name);
    return;
  }
  toast(ctx.board, _("The file could not be made: the server does not answer. Try again."), {
    kind: "error",
  });
}

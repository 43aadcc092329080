// Links that cannot be opened.

import { _, ngettext } from "../i18n/messages.js";
import { openDialog } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { problemItems } from "../kit/problems.js";

/**
 * Say what is wrong with a link, and what is shown instead.
 * @param {Ctx} ctx
 * @param {Problem[]} problems  as the server tells them
 * @param {Preset | null} preset  the shipped scenario that is shown instead; null: nothing has changed
 */
export function openBadLink(ctx, problems, preset = null) {
  return openDialog(
    ctx.board,
    _("This link cannot be opened"),
    { name: "bad-link" },
    h(
      "p",
      { class: "lead-in" },
      preset
        ? _("Instead, “{name}” is shown as it comes with the simulator.", { name: preset.name })
        : _("Nothing has changed."),
    ),
    h(
      "div",
      { class: "problems" },
      h("p", {}, whatIsWrong(problems)),
      problems.length
        ? h(
            "details",
            {},
            h("summary", {}, _("For whoever made it: what is wrong, part by part")),
            h("ul", {}, problemItems(problems)),
          )
        : null,
    ),
    h(
      "p",
      { class: "hint" },
      _("Ask whoever made it for the whole link, or for the plan as a file."),
    ),
  );
}

/**
 * The same in words that need no names of parameters.
 * @param {Problem[]} problems
 */
function whatIsWrong(problems) {
  if (!problems.length) return _("It is longer than any link of this simulator.");
  const fields = new Set(problems.map(({ field }) => field));
  if (fields.has("v")) {
    return _("It was made by another version of the simulator, or its beginning is missing.");
  }
  if (fields.has("check") || fields.has("link")) {
    return _(
      "It is not whole, or was changed on its way: some programs cut or rewrite long links.",
    );
  }
  if (fields.has("from")) return _("It does not say which plan it starts from.");
  return ngettext(
    "{number} thing in it is not as the simulator writes it.",
    "{number} things in it are not as the simulator writes them.",
    problems.length,
  );
}

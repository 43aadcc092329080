// Links that cannot be opened.

import { _ } from "../i18n/messages.js";
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
      problems.length
        ? h("ul", {}, problemItems(problems))
        : h("p", {}, _("It is longer than any link of this simulator.")),
    ),
    h(
      "p",
      { class: "hint" },
      _("Ask whoever made it for the whole link, or for the plan as a file."),
    ),
  );
}

// All versions of a scenario: who saved each, when and why; any of them can be opened or restored.

import { fill, h } from "../kit/dom.js";
import { call } from "../server/library-api.js";
import { rememberWho, who } from "../server/shelves.js";
import { LONGEST, labelled } from "./save.js";
import { outcome, signed, trouble } from "./parts.js";
import { _ } from "../i18n/messages.js";

/**
 * @param {object} ctx
 * @param {object} entry
 * @param {object} doing  `open(number)`, `restored(entry)`
 * @returns {Promise<HTMLElement>}  throws RequestError
 */
export async function createHistory(ctx, entry, { open, restored }) {
  const key = entry.edit_key ?? entry.view_key;
  const node = h("ol", { class: "library-versions", reversed: true });
  await load();

  async function load() {
    const said = await call("history", { key });
    fill(node, ...said.versions.map((version) => item(version, said.entry)));
  }

  function item(version, { version: newest, may_edit: mayEdit }) {
    const below = h("div", {});
    const isNewest = version.number === newest;
    return h(
      "li",
      { "data-version": version.number },
      h(
        "div",
        { class: "library-row" },
        h(
          "div",
          { class: "library-what" },
          h(
            "p",
            {},
            h("strong", {}, _("Version {version}", { version: version.number })),
            isNewest ? [" ", h("span", { class: "library-note" }, _("the newest"))] : null,
          ),
          version.why ? h("p", { class: "library-why" }, version.why) : null,
          h(
            "p",
            { class: "library-facts" },
            h("span", {}, signed(version.who, version.at)),
            version.model_version
              ? h("span", {}, _("model {version}", { version: version.model_version }))
              : null,
          ),
        ),
        outcome(version.outcome),
        h(
          "div",
          { class: "row" },
          h(
            "button",
            { type: "button", "data-library": "open-version", onclick: () => open(version.number) },
            _("Open"),
          ),
          mayEdit && !isNewest
            ? h(
                "button",
                {
                  type: "button",
                  "data-library": "restore",
                  onclick: () => fill(below, restoring(version, newest, below)),
                },
                _("Restore"),
              )
            : null,
        ),
      ),
      below,
    );
  }

  /** The form that makes a version the newest again. */
  function restoring(version, newest, place) {
    const person = h("input", {
      type: "text",
      value: who(),
      maxlength: LONGEST.who,
      "data-field": "who",
    });
    const why = h("input", { type: "text", maxlength: LONGEST.why, "data-field": "why" });
    const result = h("div", { class: "library-trouble", role: "alert" });

    async function restore(event) {
      event?.preventDefault();
      fill(result);
      rememberWho(person.value.trim());
      const asked = { key, number: version.number, expected: newest };
      try {
        restored((await call("restore", { ...asked, who: person.value, why: why.value })).entry);
      } catch (error) {
        fill(
          result,
          ...trouble(ctx, error, { again: restore }),
          error.reply?.problem === "conflict"
            ? h(
                "button",
                { type: "button", onclick: () => load().catch(console.warn) },
                _("Show the history as it is now"),
              )
            : null,
        );
      }
    }

    const form = h(
      "form",
      { class: "stack", "data-form": "restore", onsubmit: restore },
      h(
        "p",
        { class: "library-note" },
        _("It becomes version {next}; nothing is taken away.", { next: newest + 1 }),
      ),
      h(
        "div",
        { class: "library-fields" },
        labelled(_("Your name"), person),
        labelled(_("Why"), why),
      ),
      result,
      h(
        "div",
        { class: "row" },
        h(
          "button",
          { type: "submit", class: "primary" },
          _("Restore version {version}", { version: version.number }),
        ),
        h("button", { type: "button", onclick: () => fill(place) }, _("Cancel")),
      ),
    );
    queueMicrotask(() => why.focus());
    return form;
  }

  return node;
}

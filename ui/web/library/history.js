// All versions of a scenario: who saved each, when and why; any of them can be opened or restored.

import { _ } from "../i18n/messages.js";
import { fill, h } from "../kit/dom.js";
import { requestError } from "../server/http.js";
import { call } from "../server/library-api.js";
import { rememberWho, who } from "../server/shelves.js";
import { createWhoField, createWhyField, labelled } from "./form.js";
import { answerThen, outcome, plansOf, signed, trouble, whyOf } from "./parts.js";

/**
 * The list of versions.
 * @param {Ctx} ctx
 * @param {Entry} entry
 * @param {{open: (number: number) => void, restored: (entry: Entry) => void}} doing  `open(number)`, `restored(entry)`
 * @returns {Promise<HTMLElement>}  throws RequestError
 */
export async function createHistory(ctx, entry, { open, restored }) {
  const key = entry.edit_key ?? entry.view_key;
  const node = h("ol", { class: "library-versions", reversed: true });
  await load();
  return node;

  async function load() {
    const reply = await call("history", { key });
    fill(node, ...reply.versions.map((version) => createItem(version, reply.entry)));
  }

  function createItem(version, { version: newest, may_edit: mayEdit }) {
    const below = h("div", {});
    const isNewest = version.number === newest;
    const reload = () => load().catch(console.warn);
    const restore = () =>
      fill(below, createRestoring(ctx, { key, version, newest }, { restored, reload, below }));
    const button = (name, label, onclick) =>
      h("button", { type: "button", "data-library": name, onclick }, label);
    return h(
      "li",
      { "data-version": version.number },
      h(
        "div",
        { class: "library-row" },
        facts(version, isNewest),
        outcome(version.outcome),
        h(
          "div",
          { class: "row" },
          button("open-version", _("Open"), () => open(version.number)),
          mayEdit && !isNewest ? button("restore", _("Restore"), restore) : null,
        ),
      ),
      below,
    );
  }
}

/** Which version it is, who saved it, when and why. */
function facts({ number, who: person, at, why, model_version: model, plans, answer }, isNewest) {
  return h(
    "div",
    { class: "library-what" },
    h(
      "p",
      {},
      h("strong", {}, _("Version {version}", { version: number })),
      isNewest ? [" ", h("span", { class: "library-note" }, _("the newest"))] : null,
    ),
    why ? h("p", { class: "library-why" }, whyOf({ why })) : null,
    plansOf(plans),
    answerThen(answer, at),
    h(
      "p",
      { class: "library-facts" },
      h("span", {}, signed(person, at)),
      model ? h("span", {}, _("model {version}", { version: model })) : null,
    ),
  );
}

/**
 * The form that makes a version the newest again.
 * @param {Ctx} ctx
 * @param {{key: string, version: Version, newest: number}} what  `key` of the entry, the `version`, the number of the `newest`
 * @param {{restored: (entry: Entry) => void, reload: () => void, below: HTMLElement}} doing
 *   `restored(entry)`, `reload()`; `below`: what the form is in
 */
function createRestoring(ctx, { key, version, newest }, { restored, reload, below }) {
  const person = createWhoField(ctx, who());
  const why = createWhyField(ctx);
  const result = h("div", { class: "library-trouble", role: "alert" });

  async function restore(event) {
    event?.preventDefault();
    fill(result);
    rememberWho(person.value.trim());
    const note = { who: person.value, why: why.value };
    try {
      const question = { key, number: version.number, expected: newest, ...note };
      restored((await call("restore", question)).entry);
    } catch (error) {
      const isConflict = requestError(error).reply.problem === "conflict";
      fill(
        result,
        ...trouble(ctx, error, { again: restore }),
        isConflict
          ? h("button", { type: "button", onclick: reload }, _("Show the history as it is now"))
          : null,
      );
    }
  }

  const note = _("It becomes version {next}; nothing is taken away.", { next: newest + 1 });
  const label = _("Restore version {version}", { version: version.number });
  const form = h(
    "form",
    { class: "stack", "data-form": "restore", onsubmit: restore },
    h("p", { class: "library-note" }, note),
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
      h("button", { type: "submit", class: "primary" }, label),
      h("button", { type: "button", onclick: () => fill(below) }, _("Cancel")),
    ),
  );
  queueMicrotask(() => why.focus());
  return form;
}

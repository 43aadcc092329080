// Which versions one has before one: what a report of a fault should name.

import { _ } from "../i18n/messages.js";

/**
 * The versions in words.
 * @param {Pick<Start, "simulator_version" | "model_version">} start
 */
export function versionsText({ simulator_version: simulator, model_version: model }) {
  return _("Budget shift simulator {simulator}, model {model}", { simulator, model });
}

// What is compared as a link, and back.

import { appAddress } from "../state/address.js";
import { comesToTheSame, lean } from "../state/document.js";
import { CURRENT } from "../state/pins.js";
import { entries, nameOf } from "./list.js";

/**
 * A link to what is compared. Throws RequestError.
 * @param {Ctx} ctx
 * @param {object} options
 * @param {object} [options.view]  how the page is shown
 * @param {boolean} [options.share]  whether mail and QR code are wanted
 */
export function linkToSet(ctx, { view = {}, share = true } = {}) {
  const scenarios = entries(ctx).map((entry) => ({
    name: nameOf(ctx, entry),
    letter: entry.letter,
    scenario: lean(entry.doc),
  }));
  return ctx.ask("link-set", { scenarios, address: appAddress(), view, share });
}

/**
 * What a page starts from that was opened by such a link: the choice, and the plan as it stood, if it
 * was in it.
 * @param {NonNullable<SharedSet["items"]>} items
 * @param {Doc | null} doc  a plan that the link holds beside them
 * @param {number} pinned
 * @returns {{compareList: CompareList, doc: Doc | null}}
 */
export function openedSet(items, doc, pinned) {
  const plan = doc ?? items.find(({ letter }) => letter === CURRENT)?.doc ?? null;
  return {
    doc: plan,
    compareList: {
      pinned,
      items: items.map((item) =>
        item.letter === CURRENT && plan && comesToTheSame(item.doc, plan)
          ? { source: "current" }
          : { source: "link", ...item },
      ),
    },
  };
}

// What a scenario moves in money. Nothing here touches the page.

import { fmt } from "../../i18n/messages.js";
import { freed, moved, received, routesDiffer } from "../../state/split.js";

const ALMOST = 1e-6; // of a per cent: less is what binary fractions leave behind
const LEAST = 1e-4; // of a budget that a line can get: a hundredth of a hundredth

/**
 * What scenarios move in money, worked out once for each document.
 * @param {string[]} sources
 * @returns {(doc: Doc) => Money}  of a document: `bySource` and `byLine` in currency a year,
 *   the `total`, the `largest` source, and the `shares` that the lines of the split get
 */
export function createMoney(sources) {
  const known = new WeakMap();
  return (doc) => {
    if (!known.has(doc)) known.set(doc, moneyOf(doc, sources));
    return known.get(doc);
  };
}

function moneyOf(doc, sources) {
  const bySource = freed(doc, sources);
  const byLine = received(doc, sources);
  const total = Object.values(bySource).reduce((sum, amount) => sum + amount, 0);
  const largest = sources.reduce((a, b) => (bySource[b] > bySource[a] ? b : a));
  const ownRoutes = total > 0 && routesDiffer(doc, sources);
  const shares = ownRoutes ? sharesOf(byLine, total) : doc.plan.split;
  return { bySource, byLine, total, largest, shares };
}

/**
 * What the lines get of the whole, in whole per cents that add up to 100.
 * @param {Record<string, number>} byLine
 * @param {number} total
 * @returns {Split}
 */
export function sharesOf(byLine, total) {
  const percents = Object.entries(byLine).map(([name, amount]) => ({
    name,
    percent: (100 * amount) / total,
  }));
  const whole = Object.fromEntries(
    percents.map(({ name, percent }) => [name, Math.round(percent) / 100]),
  );
  const uneven = percents.find(({ percent }) => Math.abs(percent - Math.round(percent)) > ALMOST);
  if (!uneven) return whole;
  // One line goes to its whole per cent; all others follow as if it had been moved there.
  const shares = Object.fromEntries(percents.map(({ name, percent }) => [name, percent / 100]));
  return moved(shares, uneven.name, whole[uneven.name], new Set()).shares;
}

/**
 * Amounts of which one is as wide as any that the levers of an organisation can show: all its digits
 * alike, in each size from the least to all that there is to move.
 * @param {Doc["organisation"]} organisation
 * @param {string[]} sources
 * @returns {string[]}
 */
export function amountsOf({ budgets, currency }, sources) {
  const there = sources.map((source) => budgets[source]).filter((budget) => budget > 0);
  const texts = [fmt.money(0, currency)];
  if (!there.length) return texts;
  const size = (/** @type {number} */ amount) => Math.floor(Math.log10(amount));
  const least = size(LEAST * Math.min(...there));
  const most = size(there.reduce((sum, budget) => sum + budget, 0));
  for (let power = least; power <= most; power++) {
    for (let digit = 1; digit <= 9; digit++) {
      texts.push(fmt.money(Number(`${digit}.${digit}${digit}e${power}`), currency));
    }
  }
  return texts;
}

// Where the money goes, as arithmetic: no page here, and nothing is changed in place.
//
// A split is an object of shares by instrument, savings among them, that add up to 1.

const DECIMALS = 12; // of a share: well below what the scenario's check of the sum lets pass
const ALMOST = 1e-8; // of a per cent: what rounding may take away from a whole one

/** Locks and holds of a split that nobody has moved. */
export const UNTOUCHED = { locked: [], held: [] };

/** A share as people write it: 0.07 and not 0.07000000000000001. @param {number} share */
function tidy(share) {
  return Number(share.toFixed(DECIMALS));
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/**
 * How far a line of the split can go when the others give and take.
 * @param {Split} shares  the split
 * @param {string} name  the line
 * @param {Set<string>} locked  lines that never move by themselves
 * @returns {{low: number, high: number}}  both its own share when there is nobody to give or take
 */
export function limits(shares, name, locked) {
  const otherLines = Object.keys(shares).filter((line) => line !== name);
  const fixed = otherLines.filter((line) => locked.has(line));
  if (fixed.length === otherLines.length) return { low: shares[name], high: shares[name] };
  return { low: 0, high: tidy(Math.max(0, 1 - sum(fixed.map((line) => shares[line])))) };
}

/**
 * A part of the whole in whole per cents, in proportion to weights; evenly when there are none.
 * What is no whole per cent goes to one line, the one that would be short of it the most.
 * @param {number} part
 * @param {number[]} weights
 */
function divided(part, weights) {
  const total = sum(weights);
  const exact = weights.map(
    (weight) => 100 * part * (total > 0 ? weight / total : 1 / weights.length),
  );
  const percents = exact.map((percent) => Math.floor(percent + ALMOST / weights.length));
  const whole = Math.floor(100 * part + ALMOST);
  const short = exact.map((_share, index) => index);
  const remainder = (/** @type {number} */ index) => exact[index] - percents[index];
  short.sort((index, other) => remainder(other) - remainder(index));
  const missing = Math.max(0, whole - sum(percents));
  for (const index of short.slice(0, missing)) percents[index] += 1;
  const shares = percents.map((percent) => percent / 100);
  const last = short[Math.min(missing, short.length - 1)];
  shares[last] = tidy(shares[last] + Math.max(0, part - whole / 100));
  return shares;
}

/**
 * The split after one line has been moved. The unlocked others give and take in proportion to what
 * they have (evenly when they have nothing), in whole per cents where the sum lets them.
 * @param {Split} shares  the split as it is
 * @param {string} name  the line that is moved, locked or not
 * @param {number} wanted  where to: a share
 * @param {Set<string>} locked  lines that never move by themselves
 * @returns {{shares: Split, reached: number}}  the same `shares` when nothing moves
 */
export function moved(shares, name, wanted, locked) {
  const free = Object.keys(shares).filter((line) => line !== name && !locked.has(line));
  const { low, high } = limits(shares, name, locked);
  const reached = Math.min(Math.max(wanted, low), high);
  if (!free.length || reached === shares[name]) return { shares, reached: shares[name] };
  const weights = free.map((line) => shares[line]);
  const parts = divided(tidy(Math.max(0, high - reached)), weights);
  const result = { ...shares, [name]: reached };
  free.forEach((line, index) => {
    result[line] = parts[index];
  });
  return { shares: result, reached };
}

/**
 * The lines that keep what they have when one is moved: the locked ones, and of those that were moved
 * by hand as many as the others leave room for, the last ones longest.
 * @param {Split} shares
 * @param {string} name  the line that is moved
 * @param {number} wanted
 * @param {Set<string>} locked
 * @param {string[]} held  moved by hand, the last one last
 * @returns {Set<string>}
 */
export function keeping(shares, name, wanted, locked, held) {
  const movable = held.filter((line) => line !== name && !locked.has(line));
  for (let count = 0; count < movable.length; count += 1) {
    const kept = new Set([...locked, ...movable.slice(count)]);
    const { low, high } = limits(shares, name, kept);
    if (low < high && wanted >= low && wanted <= high) return kept;
  }
  return locked;
}

/**
 * The sources that money is taken from, as the levers name them.
 * @param {{levers: Lever[]}[]} groups  of levers, as the server describes them
 */
export function sourcesOf(groups) {
  return groups
    .flatMap((group) => group.levers)
    .filter((lever) => lever.budget)
    .map((lever) => lever.path.split(".")[1]);
}

/**
 * The money that is taken from each source in the end.
 * @param {Doc} doc  the scenario
 * @param {string[]} sources
 * @returns {Record<string, number>}  currency per year, by source
 */
export function freed(doc, sources) {
  return Object.fromEntries(
    sources.map((source) => [
      source,
      doc.plan[source].share_moved * doc.organisation.budgets[source],
    ]),
  );
}

/**
 * The money that each instrument, and saving, gets in the end: by each source's own route.
 * @param {Doc} doc  the scenario
 * @param {string[]} sources
 * @returns {Record<string, number>}  currency per year, by line of the split
 */
export function received(doc, sources) {
  const amounts = freed(doc, sources);
  const route = (/** @type {string} */ source) => doc.plan[source].split ?? doc.plan.split;
  return Object.fromEntries(
    Object.keys(doc.plan.split).map((name) => [
      name,
      sum(sources.map((source) => amounts[source] * route(source)[name])),
    ]),
  );
}

/**
 * Whether a source's money goes another way than the common split says.
 * @param {Doc} doc
 * @param {string[]} sources
 */
export function routesDiffer(doc, sources) {
  return sources.some((source) => doc.plan[source].split);
}

/**
 * The scenario with a common split that holds for every source.
 * @param {Doc} doc
 * @param {Split} shares
 * @param {string[]} sources
 * @returns {Doc}
 */
export function withSplit(doc, shares, sources) {
  const plan = { ...doc.plan, split: shares };
  for (const source of sources) {
    if (plan[source].split) plan[source] = { ...plan[source], split: null };
  }
  return { ...doc, plan };
}

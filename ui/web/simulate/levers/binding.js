// What a lever stands for in a scenario: where its value lies, how far it goes, and the scenario
// with another value. Nothing here touches the page.

import { at, withValues } from "../../state/document.js";
import { keeping, limits, moved, withSplit } from "../../state/split.js";

const SPLIT = "plan.split.";
const EVERY_SOURCE = "*";

/** Whether a path leads to a line of the split. */
export function isLine(path) {
  return path.startsWith(SPLIT);
}

/** Whether a lever stands for the same value of every source. */
export function isOfEverySource(path) {
  return path.includes(EVERY_SOURCE);
}

/** The path of a lever's value for one source. */
export function pathFor(path, source) {
  return path.replace(EVERY_SOURCE, source);
}

/**
 * The binding of a lever.
 * @param {Lever} lever  as the server describes it
 * @param {Shared} shared  `sources`: their names; `money`: as createMoney gives it
 */
export function createBinding(lever, { sources, money }) {
  const { path } = lever;
  const line = isLine(path) ? path.slice(SPLIT.length) : null;
  const source = sources.find((name) => path === `plan.${name}.share_moved`) ?? null;
  const paths = isOfEverySource(path) ? sources.map((name) => pathFor(path, name)) : [path];

  /** What holds today, of a lever that the plan may leave as it is. */
  function today(doc) {
    return lever.today ? at(doc, lever.today) : undefined;
  }

  return {
    /** The line of the split that this is, or null. */
    line,
    /** The source that this takes money from, or null. */
    source,
    today,

    value(doc) {
      if (line) return money(doc).shares[line];
      return at(doc, pathFor(path, money(doc).largest)) ?? today(doc);
    },

    /** The most that the scenario's other values let this be. */
    most: (doc) => (lever.up_to ? at(doc, lever.up_to) : Infinity),

    /** How far it can be moved: `{ low, high }`. */
    bounds(doc, locked) {
      return line
        ? limits(money(doc).shares, line, lockedLines(locked))
        : { low: lever.min, high: lever.max };
    },

    /** The scenario with another value; the same one where the locks let nothing move. */
    changed(doc, value, { locked, held }) {
      if (!line) return withValues(doc, Object.fromEntries(paths.map((each) => [each, value])));
      const { shares: before } = money(doc);
      const kept = keeping(before, line, value, lockedLines(locked), [...lockedLines(held)]);
      const { shares } = moved(before, line, value, kept);
      return shares === before ? doc : withSplit(doc, shares, sources);
    },

    /** The lines that were moved by hand when this has been, too. */
    touched(held) {
      if (!line || held.at(-1) === path) return held;
      return [...held.filter((each) => each !== path), path];
    },

    /** Of the lines that were moved by hand, those that another move took something from, or gave. */
    gaveWay(before, after, held) {
      const shares = [before, after].map((doc) => money(doc).shares);
      return [...lockedLines(held)]
        .filter((name) => name !== line && shares[0][name] !== shares[1][name])
        .map((name) => ({ path: SPLIT + name, before: shares[0][name], after: shares[1][name] }));
    },

    /** The money that it is a share of in a year; null where it moves none. */
    whole(doc) {
      if (source) return doc.organisation.budgets[source];
      return line ? money(doc).total : null;
    },

    /** The money that it moves in a year, or null. */
    amount(doc) {
      if (source) return money(doc).bySource[source];
      return line ? money(doc).byLine[line] : null;
    },
  };
}

function lockedLines(paths) {
  return new Set(paths.filter(isLine).map((path) => path.slice(SPLIT.length)));
}

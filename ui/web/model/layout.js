// Where the variables of the map lie and how its links run. Pure: numbers in, numbers out.

export const ROW = 41;
export const BOX = { width: 260, height: 34 };
const COLUMNS = { lever: 0, stock: 1, result: 2 };
export const WIDTH = 1080;
const MARGIN = 8;

/**
 * The place of every node: three columns (what is decided, what builds up, what comes of it), each
 * in the order that is given and centred.
 * @param {{name: string, kind: "lever" | "stock" | "result"}[]} nodes
 */
export function placesOf(nodes) {
  const columns = [0, 1, 2].map((column) => nodes.filter(({ kind }) => COLUMNS[kind] === column));
  const rows = Math.max(...columns.map((column) => column.length));
  /** @type {Record<string, {x: number, y: number, column: number}>} */
  const places = {};
  columns.forEach((column, index) => {
    const x = MARGIN + (index * (WIDTH - 2 * MARGIN - BOX.width)) / 2;
    column.forEach(({ name }, row) => {
      const y = MARGIN + ((rows - column.length) / 2 + row) * ROW;
      places[name] = { x, y, column: index };
    });
  });
  return { places, height: 2 * MARGIN + rows * ROW - (ROW - BOX.height) };
}

/**
 * The curve of a link, from the edge of its cause to that of its effect; within a column it runs
 * outside, the farther the longer it is.
 * @param {{x: number, y: number, column: number}} from
 * @param {{x: number, y: number, column: number}} to
 */
export function curveOf(from, to) {
  const start = from.y + BOX.height / 2;
  const end = to.y + BOX.height / 2;
  if (from.column === to.column) {
    const right = from.x + BOX.width;
    const out = right + 24 + Math.min(Math.abs(end - start) / 3, 80);
    return `M${right} ${start - 5}C${out} ${start - 5} ${out} ${end + 5} ${right + 7} ${end + 5}`;
  }
  const forward = from.column < to.column;
  const left = forward ? from.x + BOX.width : from.x;
  const right = forward ? to.x - 7 : to.x + BOX.width + 7;
  const middle = (left + right) / 2;
  return `M${left} ${start}C${middle} ${start} ${middle} ${end} ${right} ${end}`;
}

/** Characters of a label that fit into one line of a box. */
const LINE = 27;

/** A label in one line or, at the space nearest to its middle, in two. @param {string} label */
export function linesOf(label) {
  const spaces = [...label.matchAll(/ /g)].map(({ index }) => index);
  if (label.length <= LINE || !spaces.length) return [label];
  const off = (place) => Math.abs(place - label.length / 2);
  const middle = spaces.reduce((best, place) => (off(place) < off(best) ? place : best));
  return [label.slice(0, middle), label.slice(middle + 1)];
}

/** Width of a link's line, in pixels: by the root, so that weak ones are still seen. @param {number} strength */
export function widthOf(strength) {
  return Math.min(1 + 6 * Math.sqrt(strength), 9);
}

/**
 * The links that are shown: the strongest, or all of a node where one is chosen.
 * @template {{cause: string, effect: string, strength: number}} Link
 * @param {Link[]} links
 * @param {string | null} chosen
 * @param {number} most
 * @returns {Link[]}
 */
export function shownLinks(links, chosen, most) {
  const own = chosen
    ? links.filter(({ cause, effect }) => cause === chosen || effect === chosen)
    : links;
  const strongest = [...own].sort((link, other) => other.strength - link.strength);
  return strongest.slice(0, chosen ? strongest.length : most);
}

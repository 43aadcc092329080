// The lines of a chart as SVG takes them, written into the nodes that Plotly has made: a hundredth of the
// time that Plotly takes, which a lever that moves does not have. At rest Plotly draws all anew.

const DECIMALS = 2; // of a pixel

/**
 * The `d` of a line, or of an area that it surrounds; where there is no value another one begins.
 * @param {{x: (number | null)[], y: (number | null)[]}} trace
 * @param {(value: number) => number} across  from a value to pixels
 * @param {(value: number) => number} up
 */
export function pathOf({ x, y }, across, up) {
  let command = "M";
  return x
    .map((value, place) => {
      const height = y[place];
      if (value === null || height === null) {
        command = "M";
        return "";
      }
      const point = `${across(value).toFixed(DECIMALS)},${up(height).toFixed(DECIMALS)}`;
      const part = command + point;
      command = "L";
      return part;
    })
    .join("");
}

/**
 * Whether data differ in nothing but where lines go, and what stands at their ends.
 * @param {any[]} before
 * @param {any[]} after
 */
export function haveOneForm(before, after) {
  return (
    before.length === after.length &&
    after.every((trace, index) => {
      const other = before[index];
      return (
        trace.type === "scatter" &&
        (trace.mode === "lines" || trace.mode === "text") &&
        trace.mode === other.mode &&
        trace.fill === other.fill &&
        trace.fillcolor === other.fillcolor &&
        trace.x.length === other.x.length &&
        (trace.mode === "lines"
          ? trace.line.color === other.line.color
          : trace.text.every(
              (text, place) => linesOf(text).length === linesOf(other.text[place]).length,
            ))
      );
    })
  );
}

/**
 * The lines of a text that is marked up for Plotly, without its marks.
 * @param {string} text
 */
export function linesOf(text) {
  return text.split("<br>").map(textOf);
}

/**
 * A line of marked up text as it reads.
 * @param {string} line
 */
export function textOf(line) {
  return line
    .replaceAll(/<\/?b>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/**
 * Write data of the same form into a chart that Plotly has drawn. Whether its nodes are as expected;
 * else Plotly has to draw.
 * @param {any} node  Plotly's own
 * @param {any[]} data
 */
export function writeData(node, data) {
  const { xaxis, yaxis } = node._fullLayout ?? {};
  if (!xaxis || !yaxis) return false;
  const groups = new Map(
    [...node.querySelectorAll(".scatterlayer .trace")].map((group) => [
      group.__data__?.[0]?.trace?.index,
      group,
    ]),
  );
  if (!data.every((_trace, index) => groups.has(index))) return false;
  for (const [index, trace] of data.entries()) {
    if (trace.mode === "text") writeTexts(groups.get(index), trace, yaxis.l2p);
    else writeLine(groups.get(index), trace, pathOf(trace, xaxis.l2p, yaxis.l2p));
  }
  return true;
}

function writeLine(group, trace, path) {
  for (const line of group.querySelectorAll(".js-line")) line.setAttribute("d", path);
  if (!trace.fill) return;
  for (const area of group.querySelectorAll(".js-fill")) area.setAttribute("d", `${path}Z`);
}

function writeTexts(group, trace, up) {
  for (const [place, text] of [...group.querySelectorAll("text")].entries()) {
    const y = up(trace.y[place]).toFixed(DECIMALS);
    const lines = [...text.querySelectorAll("tspan.line")];
    for (const part of [text, ...lines]) part.setAttribute("y", y);
    for (const [index, words] of linesOf(trace.text[place]).entries()) {
      let part = lines[index] ?? text;
      while (part.firstElementChild) part = part.firstElementChild;
      if (part.textContent !== words) part.textContent = words;
    }
  }
}

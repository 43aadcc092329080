/**
 * What is wrong with the texts that can be seen, each found once, as a line to be read.
 *
 * A text is cut where a box that hides what it cannot hold is smaller than the text; two texts
 * overlap where they are drawn over one another; a text is untranslated where it stands outside
 * the marks that every text of the pseudo-language has at both ends.
 * @param {{marks: [string, string] | null, known: string[], data: string, language: string}} options
 *   the marks, of a language that has them; words that nobody translates; a selector of what holds
 *   data of any length, which may be cut; the language's code: what says that it is in another one
 *   is not looked at
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: it is handed to the browser as one expression
({ marks, known, data, language }) => {
  const SLACK = 1.5; // browsers round
  const board = document.getElementById("board");
  const modal = [...document.querySelectorAll("dialog:modal")].at(-1);
  const root = modal ?? board;

  /** What is asked about a node again and again while nothing changes. */
  const once = (find) => {
    const known = new Map();
    return (node) => {
      if (!known.has(node)) known.set(node, find(node));
      return known.get(node);
    };
  };
  const styleOf = once((node) => {
    const { overflowX, overflowY, position } = getComputedStyle(node);
    return { overflowX, overflowY, position };
  });
  const boxOf = once((node) => node.getBoundingClientRect());
  const isShown = (node) =>
    node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const hides = (style, axis) => ["hidden", "clip"].includes(style[`overflow${axis}`]);
  const scrolls = (style, axis) => ["auto", "scroll"].includes(style[`overflow${axis}`]);
  const name = (node) => {
    const id = node.closest(
      "[data-action],[data-figure],[data-multiple],[data-chart],[data-field]",
    );
    const kind = node.getAttribute("class") ?? "";
    const about = id && Object.entries(id.dataset).map((pair) => pair.join("="))[0];
    return `${node.localName}${kind && `.${kind.trim().replace(/\s+/g, ".")}`}${about ? ` in ${about}` : ""}`;
  };

  /** Whether something is there for screen readers alone. */
  const isUnseen = once((node) => {
    if (!node || node === board) return false;
    if (node.matches(".unseen")) return true;
    const { width, height } = boxOf(node);
    if (width <= 1.5 && height <= 1.5 && hides(styleOf(node), "X")) return true;
    return isUnseen(node.parentElement);
  });

  /** What lies above the rest, and may: an opened box, or a bar that stays while all else moves. */
  const layerOf = once((node) => {
    if (!node || node === board) return board;
    if (node.matches(":popover-open, dialog, [role=dialog], .toasts")) return node;
    if (["fixed", "sticky"].includes(styleOf(node).position)) return node;
    return layerOf(node.parentElement);
  });

  /** All texts that are drawn, each with where it is. */
  const texts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || !parent || parent.closest("style, script, option")) continue;
    // Names of plans are shortened in charts, to what room there is.
    if (!isShown(parent) || (parent instanceof SVGElement && node.data.endsWith("…"))) continue;
    const range = document.createRange();
    // Without the spaces around it, which indent what stands at the ends of lines.
    range.setStart(node, node.data.search(/\S/));
    range.setEnd(node, node.data.trimEnd().length);
    const areas = [...range.getClientRects()].filter((area) => area.width && area.height);
    texts.push({
      parent,
      text: node.data.trim(),
      areas,
      layer: layerOf(parent),
      unseen: isUnseen(parent),
    });
  }

  function cutBy({ parent, areas }) {
    let [across, down] = [true, true];
    for (let node = parent; node && node !== document.documentElement; node = node.parentElement) {
      const style = styleOf(node);
      const box = boxOf(node);
      if (node instanceof SVGElement && !(node instanceof SVGSVGElement)) continue;
      across &&= !scrolls(style, "X");
      down &&= !scrolls(style, "Y");
      for (const area of areas) {
        if (
          across &&
          hides(style, "X") &&
          (area.right > box.right + SLACK || area.left < box.left - SLACK)
        )
          return `${Math.round(Math.max(area.right - box.right, box.left - area.left))} px across by ${name(node)}`;
        if (down && hides(style, "Y") && (area.bottom > box.bottom + 4 || area.top < box.top - 4))
          return `${Math.round(Math.max(area.bottom - box.bottom, box.top - area.top))} px down by ${name(node)}`;
      }
      if (style.position === "fixed") break;
    }
    const side = areas.find(
      (area) => across && (area.right > innerWidth + SLACK || area.left < -SLACK),
    );
    return side ? "by the screen's edge" : null;
  }

  const found = new Set();
  for (const one of texts) {
    if (one.unseen || (data && one.parent.closest(data))) continue;
    const cut = cutBy(one);
    if (cut) found.add(`cut: ${name(one.parent)} “${one.text.slice(0, 60)}” ${cut}`);
  }

  /** What can be seen of an area in a node: not what is scrolled away, or hidden by a box around. */
  function seenOf({ left, right, top, bottom }, node) {
    const area = { left, right, top, bottom };
    for (let box = node; box && box !== document.body; box = box.parentElement) {
      if (box instanceof SVGElement) continue;
      const style = styleOf(box);
      const edge = boxOf(box);
      if (style.overflowX !== "visible") {
        area.left = Math.max(area.left, edge.left);
        area.right = Math.min(area.right, edge.right);
      }
      if (style.overflowY !== "visible") {
        area.top = Math.max(area.top, edge.top);
        area.bottom = Math.min(area.bottom, edge.bottom);
      }
    }
    return area;
  }

  /** Note all pairs that lie over one another by more than their letters' own air. */
  function noteOverlaps(things) {
    const sorted = things.toSorted((a, b) => a.area.top - b.area.top);
    for (const [place, one] of sorted.entries()) {
      for (const other of sorted.slice(place + 1)) {
        if (other.area.top > one.area.bottom) break;
        if (one.layer !== other.layer) continue;
        if (one.node.contains(other.node) || other.node.contains(one.node)) continue;
        const across =
          Math.min(one.area.right, other.area.right) - Math.max(one.area.left, other.area.left);
        const height = ({ area }) => area.bottom - area.top;
        const down = Math.min(one.area.bottom, other.area.bottom) - other.area.top;
        if (across < 3 || down < Math.max(5, 0.3 * Math.min(height(one), height(other)))) continue;
        found.add(
          `overlap: ${one.what} and ${other.what} ${Math.round(across)} × ${Math.round(down)}`,
        );
      }
    }
  }

  noteOverlaps(
    texts
      .filter((one) => !one.unseen)
      .flatMap(({ areas, parent, layer, text }) =>
        areas.map((area) => ({
          node: parent,
          layer,
          area: seenOf(area, parent),
          what: `${name(parent)} “${text.slice(0, 40)}”`,
        })),
      ),
  );
  noteOverlaps(
    [...root.querySelectorAll("button, a, input, select, summary, textarea")]
      // A range lies on its track, and what it says above it.
      .filter((node) => isShown(node) && !isUnseen(node) && !node.closest(".lever-track"))
      .map((node) => ({
        node,
        layer: layerOf(node),
        area: seenOf(node.getBoundingClientRect(), node),
        what: name(node),
      })),
  );

  if (marks) {
    const [begin, end] = marks;
    const words = new Set(known);
    const left = (text, start = 0) => {
      let depth = start;
      let outside = "";
      for (const sign of text) {
        if (sign === begin) depth += 1;
        else if (sign === end) depth -= 1;
        else if (depth <= 0) outside += sign;
      }
      return { depth, outside };
    };
    const strange = (text) =>
      (text.match(/[\p{L}][\p{L}.'’-]+/gu) ?? []).filter((word) => !words.has(word));
    let depth = 0;
    for (const one of texts) {
      if (one.parent.closest(`[lang]:not([lang=${language}]):not(html)`)) continue;
      if (data && one.parent.closest(data)) continue;
      const rest = left(one.text, depth);
      depth = rest.depth;
      if (strange(rest.outside).length)
        found.add(`untranslated: ${name(one.parent)} “${one.text.slice(0, 80)}”`);
    }
    if (depth) {
      const parents = [...new Set(texts.map((one) => one.parent))];
      const open = (node) =>
        left(
          texts
            .filter((one) => node.contains(one.parent))
            .map((one) => one.text)
            .join(""),
        ).depth;
      const odd = parents.filter((node) => open(node) && open(node.parentElement));
      for (const node of odd)
        found.add(`cut: a mark is missing in ${name(node)} “${node.textContent}”`);
    }
    for (const node of root.querySelectorAll("[title], [aria-label], [placeholder], [alt]")) {
      if (!isShown(node) || node.closest(`[lang]:not([lang=${language}]):not(html)`)) continue;
      for (const attribute of ["title", "aria-label", "placeholder", "alt"]) {
        const text = node.getAttribute(attribute) ?? "";
        if (strange(left(text).outside).length && !(data && node.closest(data)))
          found.add(`untranslated ${attribute}: ${name(node)} “${text.slice(0, 80)}”`);
      }
    }
  }
  if (document.scrollingElement.scrollWidth > innerWidth + 1) found.add("the page goes sideways");
  return [...found];
};

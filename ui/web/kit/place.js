// Where a small box beside a button lies.

const GAP = 6; // pixels between a box and what it belongs to
const EDGE = 8; // and to the edge of the window
const LEAST = 160; // of the height in which a box can be read

/**
 * Where what is written in an element ends: below that it may keep room for longer texts.
 * @param {Element} element
 */
function writtenTo(element) {
  const { bottom } = element.getBoundingClientRect();
  const last = element.matches("[data-figure]") && element.lastElementChild;
  if (!last) return bottom;
  const text = new Range();
  text.selectNodeContents(last);
  const end = text.getBoundingClientRect();
  return end.height ? Math.min(bottom, end.bottom) : bottom;
}

/**
 * Put a box beside a button, but not on what it is about: below that, at its side, above it. Where
 * it fits nowhere, it gets as much height as there is.
 * @param {HTMLElement} box
 * @param {Element} button
 * @param {Element} about
 */
export function place(box, button, about = button) {
  const { left } = button.getBoundingClientRect();
  const { top, bottom, right } = about.getBoundingClientRect();
  box.style.maxHeight = ""; // it may have grown since it was put there
  const [width, height] = [box.offsetWidth, box.offsetHeight];
  const within = (from, size, whole) => Math.max(EDGE, Math.min(from, whole - size - EDGE));
  const room = { below: innerHeight - EDGE - GAP - bottom, above: top - GAP - EDGE };
  let [x, y] = [left, bottom + GAP];
  if (height > room.below) {
    if (right + GAP + width + EDGE <= innerWidth) {
      [x, y] = [right + GAP, top];
    } else {
      const end = writtenTo(about);
      const below = room.below + bottom - end;
      const most = Math.max(below, room.above);
      if (most > LEAST) box.style.maxHeight = `${most}px`;
      y = below < most ? top - GAP - Math.min(height, most) : end + GAP;
    }
  }
  box.style.left = `${within(x, width, innerWidth)}px`;
  box.style.top = `${within(y, box.offsetHeight, innerHeight)}px`;
}

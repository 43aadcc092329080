// How large and how bright the page is: by its view, the window, and what the system prefers.

import { h, setAttribute, setText } from "../kit/dom.js";

const NARROW_PX = 900;
const PROJECTOR_PX = [14, 60]; // least and most of a letter's size
const NORMAL_PX = [14, 20];
const NARROW_LETTER_PX = 16;
const LEAST_LETTERS = { normal: 50, projector: 60 }; // of a window's width, for more than one column
const BESIDE_PX = 1120; // and for all figures of the strip on one line
const BESIDE_LETTERS = { normal: 60, projector: 72 };
const ZOOMS = [1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5]; // those that browsers have
const SMALL_PX = 1100; // a window of a computer that has many points and is smaller is zoomed

/**
 * How much the browser enlarges the page, as far as can be told: nothing says it.
 * @param {{outer: number, inner: number, ratio: number, isTouch: boolean}} screen  widths of the
 *   window with and without what the page's zoom does to it; points for each pixel
 */
export function zoomOf({ outer, inner, ratio, isTouch }) {
  if (isTouch) return 1; // fingers enlarge the picture, not the page
  const wanted = outer / inner;
  const near = ZOOMS.find((zoom) => Math.abs(wanted / zoom - 1) < 0.03);
  if (near) return near;
  return inner < SMALL_PX && ratio > 1 ? ratio : 1;
}

/** Whether fingers are what points. */
function isTouched() {
  return matchMedia("(pointer: coarse)").matches;
}

/**
 * How large the window is, whatever lies in it: where fingers enlarge the picture, its inner size is that of
 * a picture that shows all of what is too wide, as the page is when a tablet has been turned.
 */
function windowSize() {
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  return isTouched() ? { width, height } : { width: innerWidth, height: innerHeight };
}

/**
 * How much stands side by side in a window. Letters are as large as a window without zoom has room for, so only
 * where the browser enlarges them there are fewer of them in it than these.
 * @param {View["mode"]} mode
 * @param {number} width  of the window, in the page's pixels
 * @param {number} letter  its size
 */
export function roomIn(mode, width, letter) {
  const letters = width / letter;
  const isNarrow = width < NARROW_PX || letters < LEAST_LETTERS[mode];
  return { isNarrow, isBeside: width >= BESIDE_PX && letters >= BESIDE_LETTERS[mode] };
}

/**
 * The size of a letter, in pixels: as large as in the window without the browser's zoom, so who
 * enlarges the page sees it enlarged.
 * @param {View["mode"]} mode
 */
function letterSize(mode) {
  const inner = windowSize();
  const zoom = zoomOf({
    outer: outerWidth,
    inner: inner.width,
    ratio: devicePixelRatio,
    isTouch: isTouched(),
  });
  const [width, height] = [inner.width * zoom, inner.height * zoom];
  if (width < NARROW_PX) return NARROW_LETTER_PX;
  const [least, most] = mode === "projector" ? PROJECTOR_PX : NORMAL_PX;
  return Math.min(Math.max(Math.min(width / 80, height / 45), least), most);
}

/**
 * @param {HTMLElement} board
 * @param {Store} store
 * @param {Start["palettes"]} palettes
 * @param {() => void} changed  called when the window or the system has changed it
 */
export function createAppearance(board, store, palettes, changed) {
  const darkness = matchMedia("(prefers-color-scheme: dark)");
  const colours = h("style");
  document.head.append(colours);
  let fitted = "";

  /** @returns {"light" | "dark"} */
  function theme() {
    const { theme: wanted } = store.state.view;
    return wanted === "auto" ? (darkness.matches ? "dark" : "light") : wanted;
  }

  /** Make the page as it is to be; whether that is another than it was. */
  function fit() {
    const { mode } = store.state.view;
    const size = letterSize(mode);
    document.documentElement.style.fontSize = `${size}px`;
    setAttribute(board, "data-mode", mode);
    setAttribute(board, "data-theme", theme());
    const { width } = windowSize();
    const { isNarrow, isBeside } = roomIn(mode, width, size);
    setAttribute(board, "data-size", isNarrow ? "narrow" : "wide");
    setAttribute(board, "data-beside", isBeside ? "beside" : "below");
    // A finger needs a range of its own line, wherever it lies beside others.
    setAttribute(board, "data-levers", isNarrow || isTouched() ? "tall" : "flat");
    setText(
      colours,
      `:root{${palettes[theme()]};color-scheme:${theme()}}` +
        `@media print{:root{${palettes.light};color-scheme:light}}`,
    );
    const now = `${size} ${mode} ${theme()}`;
    const isAnother = fitted !== "" && fitted !== now;
    fitted = now;
    return isAnother;
  }

  function refit() {
    if (fit()) changed();
  }

  addEventListener("resize", refit);
  darkness.addEventListener("change", refit);
  return {
    fit,
    theme,
    /** Size of text in charts, in pixels. */
    font() {
      const size = Number.parseFloat(document.documentElement.style.fontSize);
      return Math.round(store.state.view.mode === "projector" ? size : Math.max(0.84 * size, 13));
    },
    end() {
      removeEventListener("resize", refit);
      darkness.removeEventListener("change", refit);
      colours.remove();
      document.documentElement.style.fontSize = "";
    },
  };
}

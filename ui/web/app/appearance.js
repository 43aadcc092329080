// How large and how bright the page is: by its view, the window, and what the system prefers.

import { h, setAttribute, setText } from "../kit/dom.js";

const NARROW_PX = 900;
const PROJECTOR_PX = [14, 60]; // least and most of a letter's size
const NORMAL_PX = [14, 20];
const NARROW_LETTER_PX = 16;

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

  function letterSize() {
    if (innerWidth < NARROW_PX) return NARROW_LETTER_PX;
    const [least, most] = store.state.view.mode === "projector" ? PROJECTOR_PX : NORMAL_PX;
    return Math.min(Math.max(Math.min(innerWidth / 80, innerHeight / 45), least), most);
  }

  /** Make the page as it is to be; whether that is another than it was. */
  function fit() {
    const { mode } = store.state.view;
    const size = letterSize();
    document.documentElement.style.fontSize = `${size}px`;
    setAttribute(board, "data-mode", mode);
    setAttribute(board, "data-theme", theme());
    setAttribute(board, "data-size", innerWidth < NARROW_PX ? "narrow" : "wide");
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

// What lies over the whole page, as a large chart does: whoever keeps the history is told, so that the browser's way
// back closes that before it changes anything else.

/** @type {{laid(close: () => void): void, lifted(): void}} */
let keeper = { laid() {}, lifted() {} };

/** Something lies over the page. @param {() => void} close  what closes it */
export function laidOver(close) {
  keeper.laid(close);
}

/** It does no longer. */
export function liftedOff() {
  keeper.lifted();
}

/** @param {typeof keeper} one  that is told from now on */
export function keepOver(one) {
  keeper = one;
}

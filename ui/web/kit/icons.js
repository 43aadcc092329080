// The signs on buttons: strokes on a grid of 24.

import { _ } from "../i18n/messages.js";
import { h } from "./dom.js";

const STROKES = {
  undo: "M8 5 4 9l4 4M4 9h9.5a5.5 5.5 0 0 1 0 11H8",
  redo: "m16 5 4 4-4 4M20 9h-9.5a5.5 5.5 0 0 0 0 11H16",
  replay: "M4 12a8 8 0 1 0 3-6.2M4 3v5h5M10.5 9v6l5-3z",
  reset: "M5 5v14M19 6 9 12l10 6z",
  pin: "M9 3h6l-1 7 4 4H6l4-4zM12 14v7",
  share:
    "M18 8a3 3 0 1 0-3-3 3 3 0 0 0 3 3M6 15a3 3 0 1 0-3-3 3 3 0 0 0 3 3M18 22a3 3 0 1 0-3-3 3 3 0 0 0 3 3M8.6 13.5l6.8 4M15.4 6.5l-6.8 4",
  menu: "M4 6h16M4 12h16M4 18h16",
  present: "M3 4h18v12H3zM12 16v4M8 21h8",
  theme: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
  help: "M9.2 9a3 3 0 1 1 4.2 2.7c-.9.5-1.4 1-1.4 2.1M12 17.5v.1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
  close: "m6 6 12 12M18 6 6 18",
  open: "m6 9 6 6 6-6",
  enlarge: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  save: "M12 4v11M7 10l5 5 5-5M4 20h16",
  check: "m4 12.5 5.5 5.5L20 6.5",
  none: "M5 12h14",
  pen: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
};

/** A sign; it says nothing to screen readers, its button does. */
export function icon(name) {
  return h(
    "svg:svg",
    { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" },
    h("svg:path", { d: STROKES[name] }),
  );
}

/** The face of an icon button needs a name for screen readers and for the mouse. */
export function iconLabel(label, key) {
  return { "aria-label": label, title: key ? _("{label} ({key})", { label, key }) : label };
}

// The button that keeps a line of the split as it is.

import { _ } from "../../i18n/messages.js";
import { h, setAttribute } from "../../kit/dom.js";
import { toggleLock } from "../../state/locks.js";

const BODY = "M6 11h12v9H6z";
const SHACKLE = { open: "M9 11V7a3.5 3.5 0 0 1 6.6-1.6", shut: "M8.5 11V7.5a3.5 3.5 0 0 1 7 0V11" };

/** The button: `{ node, show(state) }`. */
export function createLock({ store }, { path, label }) {
  const shackle = h("svg:path", { d: SHACKLE.open });
  const [keep, release] = [
    _("Keep {lever} as it is", { lever: label }),
    _("Release {lever}", { lever: label }),
  ];
  const holds = _("{lever} was set by hand: it gives way last", { lever: label });
  const node = h(
    "button",
    {
      type: "button",
      class: "lever-lock",
      "data-lock": path,
      onclick: () => toggleLock(store, path),
    },
    h(
      "svg:svg",
      { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" },
      h("svg:path", { d: BODY, class: "body" }),
      shackle,
    ),
  );

  // Who opens it for what they are typing beside it goes on typing.
  node.addEventListener("mousedown", (event) => {
    if (document.activeElement?.matches("[data-typed]")) event.preventDefault();
  });

  function show({ locked, held }) {
    const shut = locked.includes(path);
    const name = shut ? release : keep; // what a click does
    setAttribute(node, "aria-label", name);
    setAttribute(node, "title", !shut && held.includes(path) ? `${holds}. ${name}` : name);
    setAttribute(node, "data-shut", shut);
    setAttribute(shackle, "d", shut ? SHACKLE.shut : SHACKLE.open);
  }

  return { node, show };
}

// What more of something else costs: plans from the best one to the safest, or the one that serves best.

import { _ } from "../i18n/messages.js";
import { fill, h } from "../kit/dom.js";
import { RequestError } from "../server/http.js";

const [WIDTH, HEIGHT, ROOM] = [600, 220, 16];

/**
 * @param {BestForm["frontiers"]} frontiers  what value can be given up for
 * @param {(against: string) => Promise<BestFrontier>} ask
 * @param {(doc: Doc) => void} adopt
 */
export function createFrontier(frontiers, ask, adopt) {
  const result = h("div", { "aria-live": "polite" });
  const buttons = frontiers.map(({ id, label }) =>
    h("button", { type: "button", "data-frontier": id, onclick: () => show(id) }, label),
  );
  let newest = "";

  /** @param {string} against */
  function show(against) {
    newest = against;
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.frontier === against));
    }
    fill(result, h("p", {}, _("Working it out …")));
    answered(() => ask(against)).then(
      (reply) => newest === against && fill(result, ...parts(reply, adopt)),
      (error) => {
        if (!(error instanceof RequestError)) throw error;
        if (newest === against)
          fill(result, h("p", { role: "alert" }, error.text ?? error.message));
      },
    );
  }

  return h(
    "section",
    { class: "best-frontier" },
    h("h3", {}, _("What would more of something else cost?")),
    h("div", { class: "best-go" }, buttons),
    result,
  );
}

/** What is asked again until it is there. @param {() => Promise<BestFrontier>} ask */
async function answered(ask) {
  let reply = await ask();
  while (!reply.points) reply = await ask();
  return reply;
}

/** @param {BestPoint} point @param {string} label @param {(doc: Doc) => void} adopt */
function take({ doc, level }, label, adopt) {
  return h(
    "button",
    {
      type: "button",
      "aria-label": _("Take {plan}", { plan: `${label} ${level}` }),
      onclick: () => adopt(doc),
    },
    _("Take it"),
  );
}

/** @param {BestFrontier} reply @param {(doc: Doc) => void} adopt */
function parts({ label, points }, adopt) {
  if (!points || points.length < 2) {
    return [h("p", {}, _("There is no other plan on that way that is better than carrying on."))];
  }
  const place = (/** @type {BestPoint} */ { x, y }) => ({
    x: ROOM + x * (WIDTH - 2 * ROOM),
    y: HEIGHT - ROOM - y * (HEIGHT - 2 * ROOM),
  });
  const corners = points.map((point) => `${place(point).x},${place(point).y}`).join(" ");
  return [
    h(
      "svg:svg",
      { class: "best-curve", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
      h("svg:polyline", { points: corners }),
      points.map((point) =>
        h(
          "svg:circle",
          {
            cx: place(point).x,
            cy: place(point).y,
            r: 9,
            class: point.is_offered ? null : "is-worse",
            onclick: point.is_offered ? () => adopt(point.doc) : null,
          },
          h(
            "svg:title",
            {},
            [`${label}: ${point.level}`, point.mean, point.note].filter(Boolean).join("; "),
          ),
        ),
      ),
    ),
    h(
      "table",
      { class: "best-plans" },
      h("caption", {}, label),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ["", _("Value on average"), ""].map((text) => h("th", { scope: text && "col" }, text)),
        ),
      ),
      h(
        "tbody",
        {},
        points.map((point) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, point.level),
            h(
              "td",
              { "data-label": _("Value on average") },
              point.mean,
              point.note && h("span", { class: "note" }, point.note),
            ),
            h("td", {}, point.is_offered && take(point, label, adopt)),
          ),
        ),
      ),
    ),
  ];
}

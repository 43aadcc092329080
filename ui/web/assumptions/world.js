// The assumptions about the world: a panel beside the charts to change them in, and the page with
// the whole register. Both list the same records and open them to the same details.

import { fill, h, newId, setAttribute, setText } from "../kit/dom.js";
import { gradeBadge } from "../kit/grade.js";
import { icon } from "../kit/icons.js";
import { _, fmt, language, ngettext } from "../i18n/messages.js";
import { fault, read, shown, written } from "../i18n/numbers.js";

const ENDS = ["low", "central", "high"];
const STOPS = 200;

// --- what a scenario says about an assumption ----------------------------------------------------

/**
 * An assumption as a scenario has it.
 * @returns {{low, central, high, known: boolean, own: boolean}}  known: one number, no range; own:
 *   the scenario's, not the register's
 */
function rangeOf(doc, record) {
  const given = doc.assumptions?.[record.id];
  const fixed = record.distribution === "fixed";
  if (given === undefined || given === null) {
    const { low, central, high } = record;
    return { low, central, high, known: fixed, own: false };
  }
  if (typeof given === "number") {
    return { low: given, central: given, high: given, known: true, own: true };
  }
  const { low, central, high } = given;
  return { low, central, high, known: fixed, own: true };
}

/**
 * A copy of a scenario with another range, or one known number, for an assumption. What says the
 * same as the register is left out, as is null.
 */
function withRange(doc, record, given) {
  const assumptions = { ...doc.assumptions };
  const fixed = record.distribution === "fixed";
  const same =
    given === null ||
    (typeof given === "number"
      ? fixed && given === record.central
      : ENDS.every((end) => given[end] === record[end]));
  if (same) delete assumptions[record.id];
  else assumptions[record.id] = given;
  return { ...doc, assumptions };
}

function changed(state, record) {
  const [now, loaded] = [state.doc, state.base].map((doc) => doc.assumptions?.[record.id] ?? null);
  if (now === loaded || (now === null) !== (loaded === null)) return now !== loaded;
  if (typeof now === "number" || typeof loaded === "number") return now !== loaded;
  return ENDS.some((end) => now[end] !== loaded[end]);
}

/** Why an assumption stands out: "changed", "own" to the scenario; null: as in the register. */
function markOf(state, record) {
  if (changed(state, record)) return "changed";
  return rangeOf(state.doc, record).own ? "own" : null;
}

function createMark() {
  const node = h("span", { class: "mark", hidden: true });
  return {
    node,
    show(kind) {
      node.hidden = !kind;
      setAttribute(node, "data-kind", kind);
      setText(node, { changed: _("Changed"), own: _("The scenario's own") }[kind] ?? "");
    },
  };
}

// --- values --------------------------------------------------------------------------------------

/** The unit behind a value: a share is told by its per cent sign. */
function unitOf(record) {
  return record.unit === "%" ? "" : record.unit;
}

/** The values that the slider stops at: the register's central one in the middle. */
function stopsOf(record) {
  const { min, max, central } = record;
  const place = (central - min) / (max - min);
  const bend = place > 0 && place < 1 ? Math.log(place) / Math.log(0.5) : 1;
  const power = Math.min(Math.max(bend, 0.3), 6);
  const stops = new Set(ENDS.map((end) => record[end]));
  for (let step = 0; step <= STOPS; step += 1) {
    const value = Number((min + (max - min) * (step / STOPS) ** power).toPrecision(3));
    stops.add(Math.min(Math.max(value, min), max));
  }
  return [...stops].sort((one, other) => one - other);
}

/** Where a value lies among ascending stops, 0 to 1. */
function placeAmong(stops, value) {
  const after = stops.findIndex((stop) => stop >= value);
  if (after <= 0) return after === 0 ? 0 : 1;
  const [below, above] = [stops[after - 1], stops[after]];
  return (after - 1 + (value - below) / (above - below)) / (stops.length - 1);
}

// --- one assumption, opened ----------------------------------------------------------------------

const SPREADS = {
  fixed: () => _("always this one number"),
  uniform: () => _("every value of the range is as likely"),
  triangular: () => _("mostly near the central value, never beyond the ends"),
  lognormal: () => _("mostly near the central value, high values thin out slowly"),
};

/** Everything about an assumption, and an editor for it: {node, update(state)}. */
function createDetail(ctx, record) {
  const editor = createEditor(ctx, record);
  const original = language() === "en" ? null : "en";
  const rows = [
    [_("What was reported"), record.reported],
    [_("Source"), record.own_judgement ? _("our own judgement") : record.citation],
    [_("How we read it"), record.note],
    [_("Where it was read"), record.read],
    [_("How it spreads"), SPREADS[record.distribution]?.()],
  ];
  const node = h(
    "div",
    { class: "assumption-detail" },
    h("p", { class: "assumption-meaning" }, record.meaning),
    editor.node,
    h(
      "dl",
      { class: "assumption-source" },
      h("div", {}, h("dt", {}, _("Grade")), h("dd", {}, gradeText(ctx, record))),
      rows
        .filter(([, text]) => text)
        .map(([heading, text], index) =>
          h(
            "div",
            {},
            h("dt", {}, heading),
            h("dd", { lang: index < 4 && original }, linked(text)),
          ),
        ),
    ),
  );
  return { node, update: editor.update };
}

function linked(text) {
  if (!/^https?:\/\/\S+$/.test(text)) return text;
  return h("a", { href: text, target: "_blank", rel: "noopener noreferrer" }, text);
}

function gradeText(ctx, record) {
  return _("{grade}: {meaning}", { grade: record.grade, meaning: ctx.start.grades[record.grade] });
}

function badge(ctx, record) {
  return gradeBadge(record.grade, { title: gradeText(ctx, record) });
}

function createEditor(ctx, record) {
  const { store } = ctx;
  const fixed = record.distribution === "fixed";
  const grid = stopsOf(record);
  let stops = grid;
  let now = null; // the range that the controls show
  let moving = false;
  let origin = null; // the move that goes on: what it started from and what it has made

  function put(given) {
    store.commit({ doc: withRange(store.state.doc, record, given) });
  }

  /** A range with another central value; an end that it passes comes along. */
  function centred({ low, high, known: single }, central) {
    if (single) return central;
    return { low: Math.min(low, central), central, high: Math.max(high, central) };
  }

  /**
   * The scenario with the slider where it is. All of one move follows from where it started, so
   * that going too far and coming back leaves the ends as they were.
   */
  function proposal() {
    const { doc } = store.state;
    if (origin?.made !== doc) origin = { doc, made: doc };
    const from = rangeOf(origin.doc, record);
    const central = stops[slider.value];
    origin.made =
      central === from.central ? origin.doc : withRange(origin.doc, record, centred(from, central));
    return origin.made;
  }

  // The slider.
  const slider = h("input", {
    type: "range",
    min: 0,
    step: 1,
    "aria-label": _("{assumption}, central value", { assumption: record.label }),
    "data-assumption": record.id,
  });
  const registers = h("span", { class: "assumption-band registers", "aria-hidden": "true" });
  const current = h("span", { class: "assumption-band current", "aria-hidden": "true" });
  slider.addEventListener("input", () => {
    moving = true;
    store.preview(proposal());
  });
  slider.addEventListener("change", () => {
    moving = false;
    store.commit({ doc: proposal() }, `assumption:${record.id}`);
  });
  slider.addEventListener("blur", () => {
    origin = null;
  });

  // The three fields.
  const fields = Object.fromEntries(ENDS.map((end) => [end, createField(end)]));

  function limits(end) {
    if (end === "low") return [record.min, now.central];
    if (end === "high") return [now.central, record.max];
    return [record.min, record.max];
  }

  function createField(end) {
    const heading = { low: _("Low"), central: _("Central"), high: _("High") }[end];
    const errorId = newId();
    const error = h("p", { class: "field-error", id: errorId, role: "alert" });
    const input = h("input", {
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      size: 8,
      "data-assumption-field": `${record.id}.${end}`,
    });
    const label = h("span", {}, heading);
    const node = h(
      "div",
      { class: "assumption-field" },
      h(
        "label",
        {},
        label,
        h(
          "span",
          { class: "field-box" },
          input,
          record.percent && h("span", { class: "field-unit" }, "%"),
        ),
      ),
      error,
    );

    function complain(text) {
      setText(error, text ?? "");
      setAttribute(input, "aria-invalid", text ? "true" : null);
      setAttribute(input, "aria-describedby", text ? errorId : null);
    }

    function show() {
      if (input.value !== written(now[end], record.percent))
        input.value = written(now[end], record.percent);
      complain(null);
    }

    input.addEventListener("change", () => {
      const value = read(input.value, record.percent);
      const [min, max] = limits(end);
      const wrong = fault(value, { min, max });
      if (wrong) {
        const allowed = { low: shown(min, record.percent), high: shown(max, record.percent) };
        complain(
          {
            none: _("This is no number. Allowed: {low} to {high}.", allowed),
            low: _("Too low. Allowed: {low} to {high}.", allowed),
            high: _("Too high. Allowed: {low} to {high}.", allowed),
          }[wrong],
        );
        return;
      }
      complain(null);
      const { low, central, high } = now;
      put(end === "central" ? centred(now, value) : { low, central, high, [end]: value });
      show();
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || input.value === written(now[end], record.percent)) return;
      event.preventDefault(); // the panel stays open
      event.stopPropagation();
      show();
    });
    return { node, input, show, label, heading };
  }

  // One number or a range, and the way back.
  const known = h("input", { type: "checkbox", "data-known": record.id });
  known.addEventListener("change", () => {
    const { central } = now;
    const range = {
      low: Math.min(record.low, central),
      central,
      high: Math.max(record.high, central),
    };
    put(known.checked ? central : range);
  });
  const back = h(
    "button",
    {
      type: "button",
      class: "plain small",
      "data-register": record.id,
      onclick: () => put(null),
    },
    _("As in the register"),
  );
  const registered = h(
    "p",
    { class: "note" },
    fixed
      ? _("Register: {central}", { central: shown(record.central, record.percent) })
      : _("Register: {low} to {high}, central {central}", {
          low: shown(record.low, record.percent),
          central: shown(record.central, record.percent),
          high: shown(record.high, record.percent),
        }),
  );

  const node = h(
    "div",
    { class: "assumption-editor", role: "group", "aria-label": record.label },
    h("div", { class: "assumption-slider" }, registers, current, slider),
    h(
      "div",
      { class: "assumption-fields" },
      ENDS.map((end) => fields[end].node),
      unitOf(record) && h("p", { class: "note" }, unitOf(record)),
    ),
    fixed
      ? h("p", { class: "note" }, _("The model takes this as one number."))
      : h(
          "label",
          { class: "check" },
          known,
          h("span", {}, _("Taken as known: one number, no range")),
        ),
    h("div", { class: "assumption-back" }, back, registered),
  );
  band(registers, record);

  function band(mark, range) {
    const [from, to] = [placeAmong(stops, range.low), placeAmong(stops, range.high)];
    mark.style.setProperty("--from", from.toFixed(4));
    mark.style.setProperty("--to", to.toFixed(4));
  }

  function update(state) {
    const next = rangeOf(state.doc, record);
    if (
      now &&
      ENDS.every((end) => now[end] === next[end]) &&
      now.known === next.known &&
      now.own === next.own
    )
      return;
    now = next;
    if (!moving) {
      // A value between the stops becomes one of them, else the slider would show another value.
      stops = grid.includes(now.central)
        ? grid
        : [...grid, now.central].sort((one, other) => one - other);
      setAttribute(slider, "max", stops.length - 1);
      slider.value = stops.indexOf(now.central);
      band(registers, record);
    }
    setAttribute(
      slider,
      "aria-valuetext",
      [shown(now.central, record.percent), unitOf(record)].filter(Boolean).join(" "),
    );
    band(current, now);
    for (const end of ENDS) fields[end].show();
    fields.low.node.hidden = now.known;
    fields.high.node.hidden = now.known;
    setText(fields.central.label, now.known ? _("Value") : fields.central.heading);
    known.checked = now.known;
    setAttribute(back, "disabled", !now.own);
    registered.hidden = !now.own;
    registers.hidden = !now.own;
  }

  return { node, update };
}

// --- finding assumptions -------------------------------------------------------------------------

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

/** What a search looks through, by id. */
function searchable(start) {
  return new Map(
    start.register.map((one) => [
      one.id,
      folded(
        [
          one.label,
          one.meaning,
          one.unit,
          start.groups[one.group],
          one.id,
          one.citation,
          one.reported,
          one.note,
          one.read,
        ].join("\n"),
      ),
    ]),
  );
}

function searchField(label) {
  return h("input", {
    type: "search",
    class: "register-search",
    "aria-label": label,
    placeholder: label,
    autocomplete: "off",
    spellcheck: "false",
  });
}

function groupChoice(start) {
  return h(
    "select",
    { class: "register-group", "aria-label": _("Group") },
    h("option", { value: "" }, _("All groups")),
    Object.entries(start.groups).map(([id, label]) => h("option", { value: id }, label)),
  );
}

/** "0.8% 1.6% 3.2%" as three nodes; `show(range)` puts other values in. */
function createTriple(record) {
  const parts = ENDS.map((end) => h("span", { class: `end ${end}` }));
  const node = h("span", { class: "triple" }, parts);
  return {
    node,
    show(range) {
      ENDS.forEach((end, index) => setText(parts[index], shown(range[end], record.percent)));
      setAttribute(node, "data-single", range.known);
    },
  };
}

// --- the panel -----------------------------------------------------------------------------------

/**
 * Open the panel of the world's assumptions, or close it when it is open. It takes the levers'
 * place, so that the charts stay in sight while it is used; on a small screen it takes all of it.
 * @param {object} ctx  as every part of the board gets it
 * @param {string|null} show  the id of an assumption to go to: then an open panel stays open
 */
export function openWorld(ctx, { show = null } = {}) {
  const { start, store, board } = ctx;
  const open = board.querySelector("dialog.world");
  if (open) {
    if (show) open.dispatchEvent(new CustomEvent("show", { detail: show }));
    else open.close();
    return;
  }
  const opener = document.activeElement;
  const titleId = newId();
  const words = searchable(start);
  const rows = new Map(start.register.map((one) => [one.id, createRow(ctx, one)]));

  const amounts = { total: h("dd", {}), world: h("dd", {}), decisions: h("dd", {}) };
  const split = h(
    "dl",
    { class: "world-split", hidden: true },
    h("div", {}, h("dt", {}, _("Change of the result")), amounts.total),
    h("div", {}, h("dt", {}, _("because of the world")), amounts.world),
    h("div", {}, h("dt", {}, _("because of our decisions")), amounts.decisions),
  );
  const search = searchField(_("Search the assumptions"));
  const group = groupChoice(start);
  const reset = h(
    "button",
    { type: "button", class: "plain small", "data-reset-assumptions": true },
    _("Reset assumptions"),
  );
  const count = h("p", { class: "note", role: "status" });
  const list = h("div", { class: "world-list" });
  const close = h(
    "button",
    { type: "button", class: "quiet", "aria-label": _("Close"), onclick: () => node.close() },
    icon("close"),
  );
  const node = h(
    "dialog",
    { class: "world", "aria-labelledby": titleId, "data-dialog": "world" },
    h(
      "div",
      { class: "world-header" },
      h("h2", { id: titleId }, _("The world's assumptions")),
      close,
    ),
    h(
      "div",
      { class: "world-body" },
      split,
      h(
        "p",
        { class: "note" },
        _(
          "What we assume about the world, not what we decide. Each has a range and a grade " +
            "for how well it is known, from A, the best, to E.",
        ),
      ),
      h(
        "div",
        { class: "world-tools" },
        search,
        group,
        h("div", { class: "world-count" }, count, reset),
      ),
      list,
    ),
  );

  function arrange() {
    const wanted = folded(search.value).split(/\s+/).filter(Boolean);
    const found = start.register.filter(
      (one) =>
        (!group.value || one.group === group.value) &&
        wanted.every((word) => words.get(one.id).includes(word)),
    );
    const state = store.state;
    const first = found.filter((one) => markOf(state, one));
    const sections = first.length ? [section(_("Changed in this scenario"), first)] : [];
    for (const [id, label] of Object.entries(start.groups)) {
      const rest = found.filter((one) => one.group === id && !first.includes(one));
      if (rest.length) sections.push(section(label, rest));
    }
    fill(list, ...sections);
    setText(
      count,
      _("{number} of {total}", {
        number: fmt.number(found.length),
        total: fmt.number(start.register.length),
      }),
    );
  }

  function section(label, records) {
    const id = newId();
    return h(
      "section",
      { "aria-labelledby": id },
      h("h3", { id }, label),
      h(
        "ul",
        { role: "list" },
        records.map((one) => rows.get(one.id).node),
      ),
    );
  }

  let followed = null;
  function follow(state) {
    if (!node.isConnected) {
      leave(); // the whole board is gone
      return;
    }
    if (
      followed &&
      followed.doc.assumptions === state.doc.assumptions &&
      followed.base === state.base
    )
      return;
    // Another scenario brings other assumptions to the top; a change leaves all in its place.
    const another = followed && followed.base !== state.base;
    followed = state;
    for (const row of rows.values()) row.update(state);
    reset.hidden = !start.register.some((one) => changed(state, one));
    if (another) arrange();
  }

  function explain() {
    const change = ctx.answer()?.world;
    split.hidden = !change;
    for (const [part, place] of Object.entries(amounts)) setText(place, change?.[part] ?? "");
  }

  /** Open an assumption, whatever was searched for. */
  function goTo(id) {
    if (search.value || group.value) {
      search.value = "";
      group.value = "";
      arrange();
    }
    rows.get(id).open();
  }

  node.addEventListener("show", (event) => goTo(event.detail));
  search.addEventListener("input", arrange);
  group.addEventListener("change", arrange);
  reset.addEventListener("click", () => {
    ctx.reset({ world: true });
    search.focus();
    arrange();
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (event.target === search && search.value) return; // the browser empties the field
    event.preventDefault();
    node.close();
  });

  const levers = board.querySelector(".levers");
  function cover() {
    const { top, left, width, height } = levers.getBoundingClientRect();
    for (const [name, value] of Object.entries({ top, left, width, height })) {
      node.style.setProperty(`--sheet-${name}`, `${value}px`);
    }
  }
  const moved = levers && new ResizeObserver(cover);
  // The board tells by this attribute that an answer is on the screen.
  const answered = new MutationObserver(explain);
  const forget = store.subscribe(follow);

  function leave() {
    forget();
    answered.disconnect();
    moved?.disconnect();
    if (levers) setAttribute(levers, "inert", null);
  }

  node.addEventListener("close", () => {
    leave();
    node.remove();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  });
  board.append(node);
  answered.observe(board, { attributes: true, attributeFilter: ["data-answer"] });
  moved?.observe(levers);
  moved?.observe(board);
  arrange();
  follow(store.state);
  explain();
  // Beside the charts the page stays usable; on a small screen there is nothing beside it.
  if (levers && board.getAttribute("data-size") !== "narrow") {
    setAttribute(levers, "inert", true);
    setAttribute(node, "data-sheet", true); // the page's keys go on working
    cover();
    node.show();
  } else {
    node.showModal();
  }
  if (show) goTo(show);
  else close.focus({ preventScroll: true });
}

function createRow(ctx, record) {
  const detailId = newId();
  const triple = createTriple(record);
  const mark = createMark();
  const head = h(
    "button",
    {
      type: "button",
      class: "assumption-head",
      "aria-expanded": "false",
      "aria-controls": detailId,
    },
    h("span", { class: "assumption-label" }, record.label, mark.node),
    h(
      "span",
      { class: "assumption-values" },
      triple.node,
      h("span", { class: "assumption-unit" }, unitOf(record)),
    ),
    badge(ctx, record),
  );
  const place = h("div", { id: detailId, hidden: true });
  let detail = null;
  let state = null;
  function unfold(wanted) {
    place.hidden = !wanted;
    setAttribute(head, "aria-expanded", String(wanted));
    if (!wanted) return;
    if (!detail) {
      detail = createDetail(ctx, record);
      place.append(detail.node);
    }
    detail.update(state);
  }

  head.addEventListener("click", () => unfold(place.hidden));
  const node = h("li", { class: "assumption", "data-assumption-row": record.id }, head, place);

  return {
    node,
    open() {
      unfold(true);
      head.focus({ preventScroll: true });
      node.scrollIntoView({ block: "start" });
    },
    update(next) {
      state = next;
      const kind = markOf(state, record);
      triple.show(rangeOf(state.doc, record));
      mark.show(kind);
      setAttribute(node, "data-marked", Boolean(kind));
      if (!place.hidden) detail.update(state);
    },
  };
}

// --- the page ------------------------------------------------------------------------------------

/**
 * The page with the whole register.
 * @param {object} ctx  as every part of the board gets it
 * @returns {{node: HTMLElement, update: function(state, answer)}}
 */
export function createPage(ctx) {
  const { start, store } = ctx;
  const { register, grades, groups } = start;
  const words = searchable(start);
  const counts = Object.fromEntries(
    Object.keys(grades).map((grade) => [
      grade,
      register.filter((one) => one.grade === grade).length,
    ]),
  );
  const chosen = new Set();
  let order = null; // { column, up }, or null: changed ones first, then as in the register

  const search = searchField(_("Search: a word, a source"));
  const group = groupChoice(start);
  const chips = Object.entries(grades).map(([grade, meaning]) =>
    h(
      "button",
      {
        type: "button",
        class: "chip",
        "aria-pressed": "false",
        "data-filter-grade": grade,
        onclick: (event) => {
          if (!chosen.delete(grade)) chosen.add(grade);
          setAttribute(event.currentTarget, "aria-pressed", String(chosen.has(grade)));
          arrange();
        },
      },
      gradeBadge(grade, { labelled: false }),
      h("span", {}, meaning),
      h("span", { class: "chip-count" }, fmt.number(counts[grade])),
    ),
  );
  const count = h("p", { class: "note", role: "status" });
  const own = h("p", { class: "register-own" });

  const columns = [
    { id: "label", title: _("Assumption"), key: (one) => one.label },
    ...ENDS.map((end) => ({
      id: end,
      title: { low: _("Low"), central: _("Central"), high: _("High") }[end],
      key: (one, state) => rangeOf(state.doc, one)[end],
      number: true,
    })),
    { id: "unit", title: _("Unit"), key: (one) => one.unit },
    { id: "grade", title: _("Grade"), key: (one) => one.grade },
    { id: "source", title: _("Source"), key: (one) => (one.own_judgement ? "" : one.citation) },
  ];
  const collator = new Intl.Collator(language());
  const headings = columns.map((column) =>
    h(
      "th",
      { role: "columnheader", scope: "col", class: column.number ? "number" : null },
      h(
        "button",
        { type: "button", "data-sort": column.id, onclick: () => sort(column) },
        column.title,
      ),
    ),
  );
  const rows = new Map(register.map((one) => [one.id, createTableRow(ctx, one, columns)]));
  const body = h("tbody", { role: "rowgroup" });
  const table = h(
    "table",
    { role: "table", class: "register" },
    h("caption", { class: "unseen" }, _("The register of assumptions")),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, headings)),
    body,
  );
  const nothing = h(
    "p",
    { class: "register-nothing", hidden: true },
    _("No assumption fits. Take a filter away, or search for less."),
  );
  const node = h(
    "section",
    { class: "register-page" },
    h("h1", {}, _("Assumptions")),
    h("p", { class: "lead-in" }, introduction(start, counts)),
    own,
    h(
      "div",
      { class: "register-tools" },
      search,
      group,
      h("div", { class: "chips", role: "group", "aria-label": _("Filter by grade") }, chips),
    ),
    h(
      "div",
      { class: "register-status" },
      count,
      h(
        "a",
        {
          href: new URL("board/register.csv", document.baseURI).href,
          download: "evidence.csv",
          class: "plain",
        },
        _("Download the register (CSV)"),
      ),
    ),
    table,
    nothing,
  );

  function sort(column) {
    if (order?.column !== column) order = { column, up: true };
    else order = order.up ? { column, up: false } : null;
    columns.forEach((one, index) =>
      setAttribute(
        headings[index],
        "aria-sort",
        order?.column === one ? (order.up ? "ascending" : "descending") : null,
      ),
    );
    arrange();
  }

  function arrange() {
    const state = store.state;
    const wanted = folded(search.value).split(/\s+/).filter(Boolean);
    const found = register.filter(
      (one) =>
        (!group.value || one.group === group.value) &&
        (!chosen.size || chosen.has(one.grade)) &&
        wanted.every((word) => words.get(one.id).includes(word)),
    );
    if (order) {
      const { column, up } = order;
      const compare = column.number ? (one, other) => one - other : collator.compare;
      found.sort(
        (one, other) => (up ? 1 : -1) * compare(column.key(one, state), column.key(other, state)),
      );
    } else {
      found.sort((one, other) => Boolean(markOf(state, other)) - Boolean(markOf(state, one)));
    }
    fill(body, ...found.flatMap((one) => rows.get(one.id).nodes));
    nothing.hidden = found.length > 0;
    table.hidden = !found.length;
    setText(
      count,
      _("{number} of {total} assumptions", {
        number: fmt.number(found.length),
        total: fmt.number(register.length),
      }),
    );
  }

  let followed = null;
  function update(state) {
    if (
      followed &&
      followed.doc.assumptions === state.doc.assumptions &&
      followed.base === state.base
    )
      return;
    const another = !followed || followed.base !== state.base;
    followed = state;
    for (const row of rows.values()) row.update(state);
    const marked = register.filter((one) => markOf(state, one)).length;
    own.hidden = !marked;
    setText(
      own,
      ngettext(
        "This scenario changes {number} of them: it comes first, and the table shows the " +
          "scenario's own range.",
        "This scenario changes {number} of them: they come first, and the table shows the " +
          "scenario's own ranges.",
        marked,
      ),
    );
    if (another) arrange();
  }

  search.addEventListener("input", arrange);
  group.addEventListener("change", arrange);
  return { node, update };
}

function introduction({ register, draws, grades }, counts) {
  const best = Object.keys(grades)[0];
  const weakest = Object.keys(grades).at(-1);
  return [
    _(
      "The model rests on {number} assumptions about the world. Nobody knows them exactly, " +
        "so each has a range: in each of {draws} draws the simulator takes one value from " +
        "every range, and the bands in the charts show what follows.",
      { number: fmt.number(register.length), draws: fmt.number(draws) },
    ),
    _(
      "The grade says how well a number is supported, from {best} ({most}) to {weakest} " +
        "({least}); {number} of them have grade {weakest}, and every range is our reading of " +
        "the source, not the source's own.",
      {
        best,
        most: grades[best],
        weakest,
        least: grades[weakest],
        number: fmt.number(counts[weakest]),
      },
    ),
  ].join(" ");
}

function createTableRow(ctx, record, columns) {
  const detailId = newId();
  const mark = createMark();
  const head = h(
    "button",
    { type: "button", "aria-expanded": "false", "aria-controls": detailId },
    h("span", { class: "assumption-label" }, record.label),
  );
  const cells = {
    label: h(
      "th",
      { role: "rowheader", scope: "row" },
      head,
      h("span", { class: "register-group-name" }, ctx.start.groups[record.group], " ", mark.node),
    ),
    low: h("td", { role: "cell", class: "number" }),
    central: h("td", { role: "cell", class: "number central" }),
    high: h("td", { role: "cell", class: "number" }),
    unit: h("td", { role: "cell" }, unitOf(record) || "%"),
    grade: h(
      "td",
      { role: "cell" },
      h(
        "span",
        { class: "grade-cell" },
        badge(ctx, record),
        h("span", { class: "grade-text" }, ctx.start.grades[record.grade]),
      ),
    ),
    source: h(
      "td",
      { role: "cell", lang: !record.own_judgement && language() !== "en" && "en" },
      h(
        "span",
        { class: "register-source" },
        record.own_judgement ? _("our own judgement") : record.citation,
      ),
    ),
  };
  for (const column of columns) cells[column.id].dataset.label = column.title;
  const row = h(
    "tr",
    { role: "row", "data-assumption-row": record.id },
    columns.map((column) => cells[column.id]),
  );
  const place = h("td", { role: "cell", colspan: columns.length, id: detailId });
  const opened = h("tr", { role: "row", class: "register-opened", hidden: true }, place);
  let detail = null;
  let state = null;
  head.addEventListener("click", () => {
    opened.hidden = !opened.hidden;
    setAttribute(head, "aria-expanded", String(!opened.hidden));
    if (opened.hidden) return;
    if (!detail) {
      detail = createDetail(ctx, record);
      place.append(detail.node);
    }
    detail.update(state);
  });

  return {
    nodes: [row, opened],
    update(next) {
      state = next;
      const range = rangeOf(state.doc, record);
      const kind = markOf(state, record);
      for (const end of ENDS) setText(cells[end], shown(range[end], record.percent));
      mark.show(kind);
      setAttribute(row, "data-marked", Boolean(kind));
      if (!opened.hidden) detail.update(state);
    },
  };
}

"""What the board asks, answered: pure functions from the body of a request to that of a reply."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from simulator import charts, exports, scenario
from simulator.analyses import attribution
from simulator.charts import palette
from simulator.errors import exact
from simulator.i18n.language import LANGUAGES, N_
from simulator.results import DEFAULT_DRAWS
from simulator.scenario import (
    LONGEST_NAME,
    Evidence,
    Problem,
    Scenario,
    ScenarioError,
    plausibility,
)
from simulator.scenario import sets as set_files
from ui import cache, refinement
from ui.http.fair import Patience, pause
from ui.http.json_routes import (
    CSV,
    Reply,
    Request,
    ScenarioRequest,
    Weight,
    by_size,
    csv_bytes,
    encoded,
    json_route,
    refuse_too_many,
    reply,
    scenario_of,
)
from ui.routes import bootstrap, links, sets
from ui.routes import validation as checked
from ui.routes.bootstrap import MOST_PINS
from ui.text import file_names, headline, levers, rivals, sentence, stages
from ui.text.headline import headline_strip

_MOST_BYTES_OF_FILES = 2 * scenario.MAX_BYTES + 10_000
"""Of a request that holds the text of a file, in which JSON may escape every second character."""

# --- requests ------------------------------------------------------------------------------------


class _Pin(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    slot: Annotated[int, Field(ge=1, le=MOST_PINS)]
    hidden: bool = False
    """Not drawn."""
    scenario: dict[str, Any]


def _rising(ends: tuple[float, float]) -> tuple[float, float]:
    if not ends[0] < ends[1]:
        raise PydanticCustomError("axis", "Input should go from the lower end to the upper one")
    return ends


_End = Annotated[float, Field(allow_inf_nan=False)]
_Axis = Annotated[tuple[_End, _End], AfterValidator(_rising)]


class _SimulateRequest(Request):
    scenario: dict[str, Any]
    theme: Literal["light", "dark"] = "light"
    font: Annotated[int, Field(ge=8, le=80)] = 14
    """Size of text in charts, pixels."""
    reference: dict[str, Any] | None = None
    """The assumptions before they were changed; of the same form as a scenario's."""
    charts: Annotated[tuple[str, ...], Field(fail_fast=True, min_length=1, max_length=2)] = (
        charts.FIRST
    )
    pins: Annotated[tuple[_Pin, ...], Field(fail_fast=True, max_length=MOST_PINS)] = ()
    layouts: Annotated[tuple[str | None, ...], Field(fail_fast=True, max_length=2)] = ()
    """Keys of the layouts that the browser has, by chart."""
    moving: bool = False
    """A lever is on its way, and the next question comes at once: fewer draws will do."""
    has_tiles: bool = True
    """Whether the small charts lie open: of a lever on its way they are left out if not."""
    at_rest: bool = False
    """What is asked for is shown already, of fewer draws: levers that move come first."""
    axes: Annotated[tuple[_Axis | None, ...], Field(fail_fast=True, max_length=2)] = ()
    """Vertical axes that charts keep as long as all fits, by chart."""


_MOST_STEPS = (1 + refinement.MOST_DRAWS // refinement.DRAWS_A_STEP) * (2 + MOST_PINS)
"""Of the plan, of what it is set against, and of all pins."""


class _SettleRequest(_SimulateRequest):
    step: Annotated[int, Field(ge=0, le=_MOST_STEPS)] = 0
    """Which bit of the work to do; the reply to one says which is the next."""


class _OpenFileRequest(Request):
    text: Annotated[str, Field(max_length=scenario.MAX_BYTES)]
    name: Annotated[str, Field(max_length=300)] = "scenario"


class _File(ScenarioRequest):
    as_it_is: bool = False
    """Nothing has changed since the file was opened: it is given back byte for byte."""
    charts: Annotated[tuple[str, ...], Field(fail_fast=True, max_length=2)] = charts.FIRST
    """What the page shows large: its results are kept under these."""


class _Clock:
    """Measures the parts of the work."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """What is done inside belongs to the part ``name``."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self._parts.append(f"{name};dur={1000 * (time.perf_counter() - begin):.2f}")

    def __str__(self) -> str:
        return ", ".join(self._parts)


# --- the answer to a move ------------------------------------------------------------------------


_COST_S = 0.03
"""Of an answer, about; of fewer draws it takes less, whatever plans are pinned: those are known."""


def _weigh(body: bytes) -> Weight:
    if re.search(rb'"moving"\s*:\s*true', body):  # within a text the quotes would be escaped
        return Weight(_COST_S)
    at_rest = re.search(rb'"at_rest"\s*:\s*true', body)
    return by_size(_COST_S, Patience.AT_REST if at_rest else Patience.NONE)(body)


@json_route("answer", _SimulateRequest, weigh=_weigh)
def answer(request: _SimulateRequest) -> Reply:
    """All that the Simulate page shows of a scenario. Of one that is ``moving`` it is worked out by
    few draws, unless all is known; ``exact`` is what is to stay."""
    clock = _Clock()
    simulated = _simulate(request, clock)
    simulated = _at_hand(simulated)
    with clock.part("words"):
        content = _words(simulated)
    with clock.part("draw"):
        content |= _drawings(simulated)
    with clock.part("write"):
        body = encoded(content)
    return Reply(body, timing=str(clock))


@json_route("settle", _SettleRequest, cost=0.05, patience=Patience.ALL)
def settle(request: _SettleRequest) -> Reply:
    """What takes longer than a lever may wait for, bit by bit while nothing moves: the years beyond
    the horizon, then as many draws as keep the digits that are shown from changing.

    Pinned plans come behind the plan itself: their numbers stand beside its own. ``content`` is an
    answer as that of :func:`answer`, or null where this bit changes nothing yet; ``next`` the step
    to ask for then, or null for none. Whoever moves a lever stops asking.
    """
    simulated = _simulate(request, _Clock())
    bits = refinement.bits(_in_turn(simulated))
    number = min(request.step, len(bits) - 1)
    pause()
    bits[number].work_out()
    content = None
    if bits[number].is_last or number == 0:
        pause()
        simulated = _at_hand(simulated)
        content = _words(simulated) | _drawings(simulated)
    return reply({"content": content, "next": refinement.left(bits, number)})


def _in_turn(simulated: _Simulated) -> list[tuple[Scenario, cache.Results]]:
    """The plan, then what stands beside it."""
    before = [(simulated.before, simulated.old)] if simulated.before and simulated.old else []
    pins = [(pinned.plan, pinned.results) for pinned in simulated.pinned if not pinned.is_same]
    return [(simulated.plan, simulated.results), *before, *pins]


def _at_hand(simulated: _Simulated) -> _Simulated:
    """The same with what more draws have said of every plan in it: a value is the same wherever it
    is shown. A pin that is the plan itself says what that says."""
    results, old = simulated.results, simulated.old
    if simulated.is_exact:
        results = refinement.at_hand(simulated.plan, results)
        old = refinement.at_hand(simulated.before, old) if simulated.before and old else old
    pinned = [
        replace(
            pinned,
            results=results if pinned.is_same else refinement.at_hand(pinned.plan, pinned.results),
        )
        for pinned in simulated.pinned
    ]
    return replace(simulated, results=results, old=old, pinned=pinned)


def _simulate(request: _SimulateRequest, clock: _Clock) -> _Simulated:
    """All that an answer is made of, without what more draws say."""
    with clock.part("read"):
        plan = scenario_of(request.scenario)
        pins = [(pin, scenario_of(pin.scenario)) for pin in request.pins]
        before = _before(plan, request.reference)
    if unknown := [chart for chart in request.charts if chart not in charts.CHARTS]:
        known = exact(", ".join(charts.CHARTS))
        raise ScenarioError([Problem("charts", exact(unknown[0][:200]), known)])
    shown = links.shown_with(request.charts)
    is_exact = not request.moving or all(
        cache.are_known(each, shown) for each in (plan, before) if each
    )
    draws = DEFAULT_DRAWS if is_exact else cache.MOVING_DRAWS
    has_tiles = is_exact or request.has_tiles
    if not has_tiles:
        shown = charts.outcomes_of(request.charts)
    with clock.part("simulate"):
        results = cache.results(plan, shown, draws)
    with clock.part("compare"):
        same = [_is_same(other, plan) for _, other in pins]
        pinned = [
            _Pinned(
                pin,
                other,
                results if is_same else cache.results(other, shown),
                _differs(other, plan),
                is_same,
            )
            for (pin, other), is_same in zip(pins, same, strict=True)
        ]
        old = cache.results(before, shown, draws) if before else None
    return _Simulated(request, plan, results, before, old, pinned, is_exact, has_tiles)


Differs = Literal["organisation", "assumptions"]

_NOTES: Mapping[Differs, str] = {
    "organisation": N_("other organisation"),
    "assumptions": N_("other assumptions"),
}


@dataclass(frozen=True, slots=True)
class _Pinned:
    """A pinned plan and what it comes to."""

    pin: _Pin
    plan: Scenario
    results: cache.Results
    differs: Differs | None
    """What else than the plan is another one; the first of both that is."""
    is_same: bool
    """Whether nothing is: it is the plan on the page."""


@dataclass(frozen=True, slots=True)
class _Simulated:
    """All that an answer is made of."""

    request: _SimulateRequest
    plan: Scenario
    results: cache.Results
    before: Scenario | None
    """The plan in the world before assumptions were changed, if they were."""
    old: cache.Results | None
    """Its results."""
    pinned: list[_Pinned]
    is_exact: bool
    """Of all draws."""
    has_tiles: bool
    """With the outcomes of the small charts."""


def _differs(plan: Scenario, other: Scenario) -> Differs | None:
    """What is not the same around two plans, so that comparing them compares more than plans."""

    def around(scenario: Scenario) -> tuple[object, ...]:
        return (
            scenario.organisation_quantities(),
            scenario.organisation.currency,
            scenario.horizon_months,
            scenario.seed,
        )

    if around(plan) != around(other):
        return "organisation"
    return "assumptions" if plan.ranges() != other.ranges() else None


def _is_same(plan: Scenario, other: Scenario) -> bool:
    """Whether two plans come to the same for the same reason."""
    decided = [(each.plan_quantities(), each.plan.stages) for each in (plan, other)]
    return decided[0] == decided[1] and _differs(plan, other) is None


def _before(plan: Scenario, reference: Mapping[str, Any] | None) -> Scenario | None:
    """The plan in the world before assumptions were changed, if they were."""
    if reference is None:
        return None
    refuse_too_many(reference)
    before = plan.changed(assumptions=dict(reference))
    return before if before.ranges() != plan.ranges() else None


def _words(simulated: _Simulated) -> dict[str, Any]:
    """What is said in words."""
    results, language = simulated.results, simulated.request.spoken
    evidence = Evidence.of(simulated.plan)
    currency, too_late = results.currency, levers.starts_too_late(simulated.plan)
    staged = simulated.plan.plan.stages, results.stages, results.headline.draws, language
    strip = headline_strip(
        results.headline, currency, results.horizon_months, language, too_late=too_late
    )
    old = simulated.old
    return {
        "headline": asdict(strip),
        "sentence": sentence.sentence(
            results.bridge,
            results.headline,
            currency,
            language,
            evidence=evidence,
            years=results.years,
            too_late=too_late,
        ),
        "stages": stages.words(*staged),
        "exact": not simulated.request.moving,
        "doubts": checked.doubts(simulated.plan, language, too_late=too_late),
        "weak": headline.weak_evidence(refinement.weak_share_at_hand(simulated.plan), language),
        "rival": rivals.rival(refinement.rivals_at_hand(simulated.plan), language),
        "amounts": sentence.amounts(results.bridge, results.headline, currency, language),
        "draws": headline.stands_on(results.headline.draws, language),
        "basis": headline.rests_on(
            len(evidence.own), language, is_staged=results.stages is not None
        ),
        "pins": [
            {
                "name": pinned.pin.name,
                "slot": pinned.pin.slot,
                "value": headline.value_text(
                    pinned.results.headline, pinned.results.currency, language
                ),
                "differs": pinned.differs,
                "note": language.gettext(_NOTES[pinned.differs]) if pinned.differs else "",
            }
            for pinned in simulated.pinned
        ],
        "world": old
        and sentence.attribution_words(
            attribution.between(old.levels, results.levels).value,
            old.headline,
            results.headline,
            currency,
            language,
        ),
    }


def _shown(simulated: _Simulated) -> charts.Shown:
    """What charts draw."""
    old = simulated.old
    return charts.Shown(
        results=simulated.results,
        pins=tuple(
            charts.Pin(pinned.pin.name, pinned.results, pinned.pin.slot - 1)
            for pinned in simulated.pinned
            # What another organisation comes to belongs on no common axis.
            if not pinned.pin.hidden and pinned.differs != "organisation"
        ),
        old_baseline={name: band[1] for name, band in old.baseline.items()} if old else {},
        is_moving=not simulated.is_exact,
    )


def _drawings(simulated: _Simulated) -> dict[str, Any]:
    """What is drawn."""
    request = simulated.request
    language, colours = request.spoken, palette.PALETTES[request.theme]
    shown = _shown(simulated)
    drawings = []
    for index, name in enumerate(request.charts):
        kept = replace(shown, within=request.axes[index] if index < len(request.axes) else None)
        figure = charts.CHARTS[name].build(simulated.plan, kept, language, colours, request.font)
        known = index < len(request.layouts) and request.layouts[index] == figure.key
        drawings.append(
            {
                "id": name,
                "key": figure.key,
                "title": figure.title,
                "unit": figure.unit,
                "alt": figure.alt,
                "data": figure.data,
                "layout": None if known else figure.layout,
            }
        )
    return {
        "charts": drawings,
        "multiples": [charts.multiple(name, shown, language) for name in charts.MULTIPLES]
        if simulated.has_tiles
        else [],
    }


@json_route("chart-file", _SimulateRequest, cost=0.05)
def chart_file(request: _SimulateRequest) -> Reply:
    """What the first of the charts shows, as a table that a spreadsheet of the page's language
    opens: carrying on, and pinned plans that are drawn, included."""
    simulated = _at_hand(_simulate(request, _Clock()))
    language, plan = request.spoken, simulated.plan
    chart = charts.CHARTS[request.charts[0]]
    table = chart.table(plan, _shown(simulated), language)
    text = exports.csv_table(table.headings, table.rows, exports.dialect(language))
    return Reply(csv_bytes(text), media_type=CSV)


# --- files and the rest --------------------------------------------------------------------------


@json_route("open", _OpenFileRequest, status=200, most_bytes=_MOST_BYTES_OF_FILES)
def opened(request: _OpenFileRequest) -> Reply:
    """A file that was opened. Of a scenario: ``doc``, the ``base`` that it started from (or null)
    and ``drift`` (see :func:`ui.routes.links.drift`); of a set, see
    :func:`ui.routes.sets.set_content` and ``then``; or ``problems``."""
    if set_files.is_set(request.text):
        kept = set_files.parse(request.text, request.name)
        return reply({**sets.set_content(kept), "then": sets.when_saved(kept, request.spoken)})
    plan, start = scenario.parse_with_start(request.text, request.name)
    return reply(
        {
            "doc": bootstrap.document(plan),
            "base": start and bootstrap.document(start),
            "drift": links.drift(plan, request.spoken),
        }
    )


@json_route("file", _File, most_bytes=_MOST_BYTES_OF_FILES)
def file(request: _File) -> Reply:
    """A scenario as a file: its name and text, with what it comes to and what it started from."""
    plan, base = scenario_of(request.scenario), None
    if not request.as_it_is:
        base = scenario_of(request.base) if request.base is not None else None
        if plan.results is None:
            plan = plan.changed(results=links.results_now(plan, request.charts))
    return reply({"name": file_names.file_name(plan.name), "text": scenario.file_text(plan, base)})


@json_route("check", ScenarioRequest, status=200)
def check(request: ScenarioRequest) -> Reply:
    """Whether a scenario can be simulated: ``problems``, empty if so; ``doubts``, what hardly goes
    together in its organisation, see :func:`simulator.scenario.plausibility.noted`."""
    organisation = scenario_of(request.scenario).organisation
    return reply({"problems": [], "doubts": plausibility.noted(organisation, request.spoken)})


def warm() -> None:
    """Answer once for every language, so that the first visitor finds all in place.

    Raises:
        RuntimeError: a language in which that cannot be answered.
    """
    for language in LANGUAGES.values():
        bootstrap.compressed(language)
        first = bootstrap.start(language)
        preset = next(shipped for shipped in first["presets"] if shipped["id"] == first["default"])
        warmed = answer(encoded({"language": language.code, "scenario": preset["doc"]}))
        if warmed.status != 200:
            raise RuntimeError(f"{language.code}: {warmed.body.decode()}")
    cache.results(scenario_of(preset["doc"]), links.shown_with(charts.FIRST), cache.MOVING_DRAWS)
    # What makes points for many draws takes a second to load.
    settle(encoded({"scenario": preset["doc"], "step": 1}))

"""What the Compare page asks, answered: pure functions from the body of a request to that of a
reply, but for the date in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from simulator import charts, exports
from simulator.analyses.comparison import (
    FEWEST,
    HEADLINE_ROWS,
    LETTERS,
    MEASURES,
    MOST,
    Comparison,
    Question,
    foundations,
    usable_measure,
    usable_pair,
)
from simulator.charts import palette
from simulator.errors import Message, exact, value_text
from simulator.i18n import nouns
from simulator.i18n.language import Language
from simulator.results import IN_TABLES, OUTCOMES
from simulator.scenario import LONGEST_NAME, Evidence, Problem, Scenario, ScenarioError
from ui import refinement
from ui.cache import compared
from ui.http.fair import Patience, pause
from ui.http.json_routes import (
    CSV,
    Reply,
    Request,
    csv_bytes,
    json_route,
    refused,
    reply,
    scenario_of,
)
from ui.text import comparison, shipped_names
from ui.text.foundation import foundation

MEDIA_TYPES = {
    "csv": CSV,
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


# --- requests ------------------------------------------------------------------------------------

Position = Annotated[int, Field(ge=0, le=MOST)]
"""Of a scenario; carrying on comes behind all of them."""


class Named(BaseModel):
    """A scenario, by the name that it goes by on the page."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    letter: Literal["A", "B", "C", "D", "E", "F", "P"] | None = None
    """What it is called on the page; null for all: the letter of its position."""
    scenario: dict[str, Any]
    base: dict[str, Any] | None = None
    """What its plan started from, for a set that is kept or shared."""


class _Scenarios(Request):
    scenarios: Annotated[
        tuple[Named, ...], Field(fail_fast=True, min_length=FEWEST, max_length=MOST)
    ]

    def _documents(self) -> Iterable[dict[str, Any]]:
        return [named.scenario for named in self.scenarios]


class _Asked(_Scenarios):
    measure: str | None = None
    """One of :data:`simulator.analyses.comparison.MEASURES`; null: the first that all have."""
    first: Position | None = None
    second: Position | None = None
    """The pair; null: the first scenario, and the best of the others."""


class _Compare(_Asked):
    theme: Literal["light", "dark"] = "light"
    font: Annotated[int, Field(ge=8, le=80)] = 14
    """Size of text in the chart, pixels."""
    outcome: str = "cumulative_value"
    """What the chart shows."""
    banded: Position | None = None
    """Whose band the chart shows; null: that of the second of the pair."""


class _Settle(_Compare):
    step: Annotated[
        int, Field(ge=0, le=MOST * refinement.MOST_DRAWS // refinement.DRAWS_A_STEP)
    ] = 0
    """Which bit of the work to do; the reply to one says which is the next."""


class _Rests(_Asked):
    of: Literal["pair", "best", "figure"]
    """The difference of the pair, how often one is the best, or by how much a figure differs from
    the first scenario's."""
    scenario: Position = 0
    """Which one; of a pair it says nothing."""
    figure: str = "net_present_value"
    """One of :data:`simulator.analyses.comparison.HEADLINE_ROWS`."""


class _File(_Asked):
    """What is asked stands on the first sheet of a spreadsheet; both formats have all measures."""

    format: Literal["csv", "xlsx"]
    outcomes: Annotated[tuple[str, ...], Field(fail_fast=True, max_length=8)] = ()
    """Month by month in the file, besides those that are in every one."""


# --- the page ------------------------------------------------------------------------------------


@json_route("compare", _Compare, cost=0.15)
def compare(request: _Compare) -> Reply:
    """All that the page shows of one to six scenarios, and whether that stays: else :func:`settle`
    refines it."""
    if unknown := _unknown(request):
        return refused([unknown], request.spoken)
    return reply(_page(request, _compared(request.scenarios)))


def _unknown(request: _Compare) -> Problem | None:
    """What is asked for that there is not."""
    for field, named, known in (
        ("outcome", request.outcome, OUTCOMES),
        ("measure", request.measure or next(iter(MEASURES)), MEASURES),
    ):
        if named not in known:
            return Problem(field, exact(named[:60]), exact(", ".join(known)))
    return None


@json_route("compare-settle", _Settle, cost=0.05, patience=Patience.ALL)
def settle(request: _Settle) -> Reply:
    """More draws of what is compared, bit by bit while nothing moves: a value is the same wherever
    it is shown. ``content`` is a reply as that of :func:`compare`, or null where this bit changes
    nothing; ``next`` the step to ask for then, or null for none, and then there is ``content``."""
    if unknown := _unknown(request):
        return refused([unknown], request.spoken)
    side_by_side = _compared(request.scenarios)
    bits = refinement.bits_of_headlines(_of_seed(side_by_side, side_by_side.scenarios))
    number = min(request.step, len(bits) - 1)
    if bits and not bits[number].is_done():
        pause()
        bits[number].work_out()
    following = refinement.left(bits, number)
    is_told = following is None or bits[number].is_last
    content = _page(request, _compared(request.scenarios)) if is_told else None
    return reply({"content": content, "next": following})


def _page(request: _Compare, side_by_side: Comparison) -> dict[str, Any]:
    language = request.spoken
    measure = usable_measure(side_by_side, request.measure)
    pair = usable_pair(side_by_side, measure, (request.first, request.second))
    answer = comparison.answer(side_by_side, measure, *pair, language)
    ranks, ranked_note = comparison.ranking(side_by_side, measure, language)
    table = comparison.headline_table(side_by_side, language)
    worth = next(row for row in table if row.id == "net_present_value")
    return {
        "measure": measure,
        "measured": comparison.why_measured(side_by_side, measure, request.measure, language),
        "measures": _plain(comparison.measures(side_by_side, *pair, language)),
        "answer": asdict(answer),
        "rule": language.gettext(comparison.RULE),
        "ranking": {
            "rows": _plain(ranks),
            "note": ranked_note,
            "both_hold": comparison.both_hold(side_by_side, measure, pair, language),
        },
        "headline": _plain(table),
        "budgets": _plain(comparison.budgets(side_by_side, language)),
        "differing": _plain(comparison.differences(side_by_side, language)),
        "caveats": _plain(comparison.caveats(side_by_side, language)),
        "stages": _plain(comparison.in_stages(side_by_side, language)),
        "charts": _charts(request, side_by_side, pair[1], table),
        "cards": [
            {
                "currency": scenario.organisation.currency,
                "value": cell.value,
            }
            for scenario, cell in zip(side_by_side.scenarios, worth.cells, strict=True)
        ],
        "months": side_by_side.months,
        "is_refined": all(map(refinement.is_settled, side_by_side.headlines)),
        "draws": language.number(side_by_side.draws),
    }


def _plain(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [asdict(row) for row in rows]


def _charts(
    request: _Compare,
    side_by_side: Comparison,
    second: int,
    table: Sequence[comparison.FigureRow],
) -> list[dict[str, Any]]:
    """What :func:`simulator.charts.compared` draws, as the browser takes it."""
    banded = request.banded if request.banded is not None else second
    names = [named.name for named in request.scenarios]
    colours = palette.PALETTES[request.theme]
    figures = charts.compared(
        side_by_side,
        request.outcome,
        names,
        banded,
        request.spoken,
        colours,
        request.font,
        ends=_ends(request.outcome, side_by_side, table),
    )
    return [{**asdict(figure), "id": request.outcome, "banded": banded} for figure in figures]


def _ends(
    outcome: str, side_by_side: Comparison, table: Sequence[comparison.FigureRow]
) -> list[str]:
    """What the lines of a chart end at, where the table of figures says it too: over the months
    that all have. The value added up over time ends at the value against carrying on."""
    if {one.horizon_months for one in side_by_side.scenarios} != {side_by_side.months}:
        return []
    said = "net_present_value" if outcome == "cumulative_value" else outcome
    row = next((row for row in table if row.id == said), None)
    return [cell.value for cell in row.cells] if row else []


@json_route("compare-rests", _Rests, cost=0.05)
def rests(request: _Rests) -> Reply:
    """What a number of the comparison rests on most: ids of ``assumptions``, and the ``grade`` of
    the weakest of them with its ``gradeMeaning``."""
    count = len(request.scenarios)
    for field, named, known in (
        ("measure", request.measure or next(iter(MEASURES)), [*MEASURES]),
        ("figure", request.figure, [*HEADLINE_ROWS]),
        ("scenario", request.scenario, range(count + (request.of == "best"))),
    ):
        if named not in known:
            allowed = exact(", ".join(map(str, known)))
            return refused([Problem(field, value_text(named), allowed)], request.spoken)
    side_by_side = _compared(request.scenarios)
    measure = usable_measure(side_by_side, request.measure)
    if request.of == "figure":
        names = foundations.of_figure(side_by_side, request.scenario, request.figure)
    elif request.of == "best":
        names = foundations.of_best(side_by_side, request.scenario, measure)
    else:
        pair = usable_pair(side_by_side, measure, (request.first, request.second))
        names = foundations.of_pair(side_by_side, *pair, measure)
    evidence = Evidence.of(*side_by_side.scenarios)
    return reply(foundation(names, evidence, request.spoken).for_browser())


# --- downloads -----------------------------------------------------------------------------------


@json_route("compare-file", _File, cost=0.5)
def compare_file(request: _File) -> Reply:
    """The comparison as a file, in the page's language."""
    if unknown := [name for name in request.outcomes if name not in OUTCOMES]:
        known = exact(", ".join(OUTCOMES))
        return refused([Problem("outcomes", exact(unknown[0][:60]), known)], request.spoken)
    if request.measure is not None and request.measure not in MEASURES:
        known = exact(", ".join(MEASURES))
        return refused([Problem("measure", exact(request.measure[:60]), known)], request.spoken)
    wanted = tuple(dict.fromkeys((*IN_TABLES, *request.outcomes)))
    side_by_side = _compared(request.scenarios, years=True)
    question = _question(request, side_by_side)
    named = [shipped_names.in_language(one, request.spoken) for one in side_by_side.scenarios]
    # Names need not be different ones; letters are.
    lettered = [
        scenario.model_copy(update={"name": _within(f"{letter} {scenario.name}")})
        for letter, scenario in zip(side_by_side.letters, named, strict=True)
    ]
    side_by_side = side_by_side.described(lettered)
    content = _file(request.format, side_by_side, question, wanted, request.spoken)
    return Reply(content, media_type=MEDIA_TYPES[request.format])


def _within(name: str) -> str:
    """A name as long as one may be, with a sign where it goes on."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _file(
    kind: Literal["csv", "xlsx"],
    side_by_side: Comparison,
    question: Question,
    outcomes: Sequence[str],
    language: Language,
) -> bytes:
    words: dict[str, Any] = {
        "outcomes": outcomes,
        "translate": language.gettext,
        "noun": partial(nouns.plural, translate=language.plain.pgettext),
    }
    if kind == "csv":
        return csv_bytes(exports.csv_text(side_by_side, how=exports.dialect(language), **words))
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    return exports.workbook(
        side_by_side, now, question=question, quoted=language.plain.gettext, **words
    )


def _question(request: _File, side_by_side: Comparison) -> Question:
    """What the page asks and says besides its figures, as it stands there."""
    language = request.spoken
    measure = usable_measure(side_by_side, request.measure)
    pair = usable_pair(side_by_side, measure, (request.first, request.second))
    _, ranked_note = comparison.ranking(side_by_side, measure, language)
    said = (
        comparison.why_measured(side_by_side, measure, request.measure, language),
        comparison.answer(side_by_side, measure, *pair, language).note,
        ranked_note,
        comparison.both_hold(side_by_side, measure, pair, language),
    )
    notes = tuple(str(text) for text in dict.fromkeys(said) if text)
    return Question(measure, *pair, notes)


# --- helpers -------------------------------------------------------------------------------------


def _compared(named: Sequence[Named], *, years: bool = False) -> Comparison:
    return laid(scenarios_of(named), letters_of(named), years=years)


def laid(
    scenarios: Sequence[Scenario], letters: Sequence[str], *, years: bool = False
) -> Comparison:
    """The comparison of these, by their names and letters on the page, with what more draws have
    said since of each alone: a value is the same wherever it is shown; with chances by year, if
    ``years`` are wanted."""
    side_by_side = compared(*scenarios)
    if years:
        side_by_side.work_out_years(pause)
    known = [
        refinement.value_at_hand(scenario, headline)
        for scenario, headline in zip(
            _of_seed(side_by_side, scenarios), side_by_side.headlines, strict=True
        )
    ]
    return side_by_side.described(scenarios, letters).refined(known)


def _of_seed(side_by_side: Comparison, scenarios: Iterable[Scenario]) -> list[Scenario]:
    """These as they are compared: by the draws of one seed."""
    return [one.model_copy(update={"seed": side_by_side.seed}) for one in scenarios]


def letters_of(named: Sequence[Named]) -> tuple[str, ...]:
    """What the scenarios are called. Raises ``ScenarioError`` where two have one letter."""
    letters = tuple(one.letter or letter for one, letter in zip(named, LETTERS, strict=False))
    if len({*letters}) < len(letters):
        allowed = Message("a letter of its own for each")
        raise ScenarioError([Problem("scenarios.letter", exact(", ".join(letters)), allowed)])
    return letters


def scenarios_of(documents: Sequence[Named]) -> list[Scenario]:
    """The scenarios, by their names on the page. Raises ``ScenarioError`` with what is wrong, each
    problem with the letter of its scenario."""
    scenarios, problems = [], []
    for letter, document in zip(letters_of(documents), documents, strict=True):
        try:
            scenarios.append(scenario_of({**document.scenario, "name": document.name}))
        except ScenarioError as error:
            problems += [replace(each, field=f"{letter}: {each.field}") for each in error.problems]
    if problems:
        raise ScenarioError(problems)
    return scenarios

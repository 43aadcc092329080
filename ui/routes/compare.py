"""What the Compare page asks, answered: pure functions from the body of a request to that of a
reply, but for the date in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from simulator import charts, exports
from simulator.analyses.comparison import FEWEST, LETTERS, MEASURES, MOST, Comparison
from simulator.charts import palette
from simulator.errors import exact
from simulator.i18n.language import Language
from simulator.results import IN_TABLES, OUTCOMES
from simulator.scenario import LONGEST_NAME, Problem, Scenario, ScenarioError
from ui.cache import compared
from ui.http.json_routes import Reply, Request, json_route, refused, reply, scenario_of
from ui.text import comparison

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


# --- requests ------------------------------------------------------------------------------------

Position = Annotated[int, Field(ge=0, lt=MOST)]


class _Named(BaseModel):
    """A scenario, by the name that it goes by on the page."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    scenario: dict[str, Any]


class _Scenarios(Request):
    scenarios: Annotated[tuple[_Named, ...], Field(min_length=FEWEST, max_length=MOST)]


class _Compare(_Scenarios):
    theme: Literal["light", "dark"] = "light"
    font: Annotated[int, Field(ge=8, le=80)] = 14
    """Size of text in the chart, pixels."""
    outcome: str = "cumulative_value"
    """What the chart shows."""
    measure: str | None = None
    """One of :data:`simulator.analyses.comparison.MEASURES`; null: the first that all have."""
    first: Position | None = None
    second: Position | None = None
    """The pair; null: the first scenario, and the best of the others."""
    banded: Position | None = None
    """Whose band the chart shows; null: that of the second of the pair."""


class _File(_Scenarios):
    format: Literal["csv", "xlsx"]
    outcomes: Annotated[tuple[str, ...], Field(max_length=8)] = ()
    """Month by month in the file, besides those that are in every one."""


# --- the page ------------------------------------------------------------------------------------


@json_route("compare", _Compare)
def compare(asked: _Compare) -> Reply:
    """All that the page shows of two to six scenarios."""
    for field, named, known in (
        ("outcome", asked.outcome, OUTCOMES),
        ("measure", asked.measure or next(iter(MEASURES)), MEASURES),
    ):
        if named not in known:
            return refused(
                [Problem(field, exact(named[:60]), exact(", ".join(known)))], asked.spoken
            )
    return reply(_page(asked, compared(*_scenarios(asked.scenarios))))


def _page(asked: _Compare, found: Comparison) -> dict[str, Any]:
    language = asked.spoken
    measure = comparison.usable_measure(found, asked.measure)
    pair = comparison.usable_pair(found, measure, (asked.first, asked.second))
    answer = comparison.answer(found, measure, *pair, language)
    ranks, ranked_note = comparison.ranking(found, measure, language)
    return {
        "measure": measure,
        "measures": _plain(comparison.measures(found, *pair, language)),
        "answer": asdict(answer),
        "rule": language.gettext(comparison.RULE),
        "ranking": {"rows": _plain(ranks), "note": ranked_note},
        "headline": _plain(comparison.headline_table(found, language)),
        "budgets": _plain(comparison.budgets(found, language)),
        "differing": _plain(comparison.differences(found, language)),
        "caveats": _plain(comparison.caveats(found, language)),
        "charts": _charts(asked, found, pair[1]),
        "cards": [
            {"organisation": one.organisation.name, "currency": one.organisation.currency}
            for one in found.scenarios
        ],
        "months": found.months,
        "draws": language.number(found.draws),
    }


def _plain(ones: Iterable[Any]) -> list[dict[str, Any]]:
    return [asdict(one) for one in ones]


def _charts(asked: _Compare, found: Comparison, second: int) -> list[dict[str, Any]]:
    """What :func:`simulator.charts.compared` draws, as the browser takes it."""
    banded = asked.banded if asked.banded is not None else second
    names = [one.name for one in asked.scenarios]
    colours = palette.PALETTES[asked.theme]
    figures = charts.compared(
        found, asked.outcome, names, banded, asked.spoken, colours, asked.font
    )
    return [{**asdict(figure), "id": asked.outcome, "banded": banded} for figure in figures]


# --- downloads -----------------------------------------------------------------------------------


@json_route("compare-file", _File)
def compare_file(asked: _File) -> Reply:
    """The comparison as a file, in the page's language."""
    if unknown := [one for one in asked.outcomes if one not in OUTCOMES]:
        known = exact(", ".join(OUTCOMES))
        return refused([Problem("outcomes", exact(unknown[0][:60]), known)], asked.spoken)
    wanted = tuple(dict.fromkeys((*IN_TABLES, *asked.outcomes)))
    scenarios = _scenarios(asked.scenarios)
    # Names need not be different ones; letters are.
    lettered = tuple(
        one.model_copy(update={"name": f"{letter} {one.name}"[:LONGEST_NAME]})
        for letter, one in zip(LETTERS, scenarios, strict=False)
    )
    found = replace(compared(*scenarios), scenarios=lettered)
    content = _file(asked.format, found, wanted, asked.spoken)
    return Reply(content, media_type=MEDIA_TYPES[asked.format])


def _file(
    kind: Literal["csv", "xlsx"], found: Comparison, outcomes: Sequence[str], language: Language
) -> bytes:
    if kind == "csv":
        text = exports.csv_text(found, outcomes=outcomes, translate=language.gettext)
        return text.encode("utf-8-sig")  # else spreadsheets take it for their own old encoding
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    return exports.workbook(found, now, outcomes=outcomes, translate=language.gettext)


# --- helpers -------------------------------------------------------------------------------------


def _scenarios(given: Sequence[_Named]) -> list[Scenario]:
    """The scenarios, by their names on the page. Raises ``ScenarioError`` with what is wrong, each
    problem with the letter of its scenario."""
    scenarios, problems = [], []
    for letter, one in zip(LETTERS, given, strict=False):
        try:
            scenarios.append(scenario_of({**one.scenario, "name": one.name}))
        except ScenarioError as error:
            problems += [replace(each, field=f"{letter}: {each.field}") for each in error.problems]
    if problems:
        raise ScenarioError(problems)
    return scenarios

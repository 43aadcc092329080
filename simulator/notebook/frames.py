"""Results as tidy tables: one observation a row, one variable a column.

Ids stand as they are in the catalogues, in every language; labels are in the language asked for.
Money is in the ISO 4217 code that the column ``unit`` names; shares are 0-1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from simulator.analyses.base import Result, plain
from simulator.analyses.comparison import CARRYING_ON, LETTERS, Comparison, Pair, Ranking
from simulator.i18n.language import ENGLISH, Language, language_of
from simulator.model.register import REGISTER, FloatArray
from simulator.results import (
    FIGURES,
    OUTCOMES,
    ChanceByYear,
    Estimate,
    Forecast,
    Headline,
    verdict,
)
from simulator.scenario import AS_REGISTERED, Evidence, Scenario

QUANTILE_COLUMNS = ("P10", "P50", "P90")
RUNS: Mapping[str, bool] = {"plan": False, "baseline": True}
"""What the column ``run`` says, and whether that is carrying on."""

Column = Sequence[Any] | FloatArray | str
Read = Callable[[str, bool], FloatArray]
"""A band or series by outcome, with the plan or (true) when carrying on."""


def unit_in(unit: str, currency: str) -> str:
    """A unit of the catalogues with the currency's code in it: ``EUR per year``."""
    return unit.replace("currency", currency)


# --- over time -----------------------------------------------------------------------------------


def forecast_frame(forecast: Forecast, outcomes: Sequence[str], *, draws: bool) -> pd.DataFrame:
    """See :meth:`simulator.results.Forecast.frame`."""
    currency = forecast.scenario.organisation.currency
    if draws:
        return _over_time(
            outcomes,
            currency,
            lambda outcome, baseline: forecast.series(outcome, baseline=baseline),
            _draw_columns,
        )
    return _over_time(
        outcomes,
        currency,
        lambda outcome, baseline: forecast.band(outcome, baseline=baseline),
        _band_columns,
    )


def comparison_frame(comparison: Comparison, outcomes: Sequence[str]) -> pd.DataFrame:
    """See :meth:`simulator.analyses.comparison.Comparison.frame`."""
    frames = []
    for place, scenario in enumerate(comparison.scenarios):

        def read(outcome: str, baseline: bool, place: int = place) -> FloatArray:
            return comparison.band(place, outcome, baseline=baseline)

        frame = _over_time(outcomes, scenario.organisation.currency, read, _band_columns)
        frame.insert(0, "scenario", comparison.letter(place))
        frame.insert(1, "name", scenario.name)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def _over_time(
    outcomes: Sequence[str],
    currency: str,
    read: Read,
    columns: Callable[[FloatArray], Mapping[str, Column]],
) -> pd.DataFrame:
    if unknown := [outcome for outcome in outcomes if outcome not in OUTCOMES]:
        raise KeyError(unknown[0])
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "outcome": outcome,
                    "unit": unit_in(OUTCOMES[outcome].unit, currency),
                    "run": run,
                    **columns(read(outcome, baseline)),
                }
            )
            for outcome in outcomes or OUTCOMES
            for run, baseline in RUNS.items()
        ],
        ignore_index=True,
    )


def _band_columns(band: FloatArray) -> Mapping[str, Column]:
    """``band`` has shape ``(3, months + 1)``."""
    months = np.arange(band.shape[1])
    return {"month": months, **dict(zip(QUANTILE_COLUMNS, band, strict=True))}


def _draw_columns(series: FloatArray) -> Mapping[str, Column]:
    """``series`` has shape ``(draws, months + 1)``."""
    draws, months = series.shape
    return {
        "draw": np.repeat(np.arange(draws), months),
        "month": np.tile(np.arange(months), draws),
        "value": series.ravel(),
    }


# --- figures -------------------------------------------------------------------------------------


def headline_frame(headline: Headline, currency: str, language: str) -> pd.DataFrame:
    """See :meth:`simulator.results.Headline.frame`."""
    return pd.DataFrame(list(_headline_rows(headline, currency, language_of(language))))


def _headline_rows(
    headline: Headline, currency: str, language: Language
) -> Iterable[Mapping[str, Any]]:
    for figure in FIGURES.values():
        yield {
            "figure": figure.id,
            "label": language.gettext(figure.label),
            "unit": unit_in(figure.unit, currency),
            "run": "plan",
            **_estimate(headline[figure.id]),
        }
    for name, change in headline.at_horizon.items():
        outcome = OUTCOMES[name]
        for run, estimate in (
            ("plan", change.plan),
            ("baseline", change.baseline),
            ("difference", change.difference),
        ):
            yield {
                "figure": name,
                "label": language.gettext(outcome.label),
                "unit": unit_in(outcome.unit, currency),
                "run": run,
                **_estimate(estimate),
            }


def _estimate(figure: Estimate | float) -> Mapping[str, float]:
    """The median or the one number, and the range of an estimate."""
    if isinstance(figure, Estimate):
        return {"value": figure.central, "P10": figure.low, "P90": figure.high}
    return {"value": figure, "P10": np.nan, "P90": np.nan}


def comparison_headline_frame(comparison: Comparison, language: str) -> pd.DataFrame:
    """See :meth:`simulator.analyses.comparison.Comparison.headline_frame`."""
    frames = []
    for place, (scenario, headline) in enumerate(
        zip(comparison.scenarios, comparison.headlines, strict=True)
    ):
        frame = headline_frame(headline, scenario.organisation.currency, language)
        frame = frame[frame["run"] == "plan"].drop(columns="run")
        frame.insert(0, "scenario", comparison.letter(place))
        frame.insert(1, "name", scenario.name)
        differences = comparison.differences(place)
        further = [_estimate(_defined(differences[name])) for name in frame["figure"]]
        for column in ("value", "P10", "P90"):
            frame[f"difference_{column}"] = [row[column] for row in further]
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def _defined(difference: Estimate | float | None) -> Estimate | float:
    return np.nan if difference is None else difference


def pair_frame(pair: Pair) -> pd.DataFrame:
    """See :meth:`simulator.analyses.comparison.Pair.frame`."""
    return pd.DataFrame(
        [
            {
                "measure": pair.measure,
                "first": LETTERS[pair.first],
                "second": LETTERS[pair.second],
                "P10": pair.difference.low,
                "P50": pair.difference.central,
                "P90": pair.difference.high,
                "better": pair.better,
                "worse": pair.worse,
                "same": pair.same,
                "probability": pair.probability,
                "verdict": pair.verdict,
            }
        ]
    )


def ranking_frame(ranking: Ranking) -> pd.DataFrame:
    """See :meth:`simulator.analyses.comparison.Ranking.frame`."""
    return pd.DataFrame(
        {
            "scenario": [*ranking.letters, CARRYING_ON],
            "measure": ranking.measure,
            "best": [*ranking.best, ranking.carrying_on],
            "rank": [*ranking.rank, ranking.carrying_on_rank],
        }
    )


# --- analyses ------------------------------------------------------------------------------------


def analysis_frame(result: Result) -> pd.DataFrame:
    """See :meth:`simulator.analyses.base.Result.frame`."""
    lines = []
    for row in result.rows():
        line: dict[str, str | float] = {"id": row.id}
        for column in result.columns:
            cell = row.cells[column.id]
            if isinstance(cell, Estimate):
                parts = (cell.low, cell.central, cell.high)
                names = (f"{column.id}_{end}" for end in column.ends.headings)
                line |= dict(zip(names, parts, strict=True))
            else:
                line[column.id] = plain(cell)
        lines.append(line)
    return pd.DataFrame(lines)


# --- the chance by year --------------------------------------------------------------------------


def chance_frame(years: ChanceByYear) -> pd.DataFrame:
    """See :meth:`simulator.results.ChanceByYear.frame`."""
    return pd.DataFrame(
        [
            {
                "year": year,
                "month": 12 * year,
                "chance": chance,
                "verdict": verdict(chance),
                "beyond_horizon": 12 * year > years.horizon_months,
            }
            for year, chance in enumerate(years.chances, 1)
        ]
    )


# --- the register --------------------------------------------------------------------------------


def register_frame(language: str = "en", scenario: Scenario | None = None) -> pd.DataFrame:
    """The register of assumptions, one a row, in its order.

    Columns: ``id``, ``group``, ``label``, ``meaning`` and ``unit`` (texts in ``language``; money in
    ``currency``, the organisation's own), ``low``, ``central`` and ``high`` (in that unit, shares
    0-1), ``distribution``, ``least`` and ``most`` (bounds for scenarios), ``grade`` (A to E), and
    where it comes from: ``register_id``, ``citation``, ``reported_figure``, ``note``,
    ``checked_at``. Of a ``scenario``: with its ranges in the place of the register's, whose grade
    is then that of judgement. English texts are the register's own terms. Raises ``ValueError`` for
    a language that there is not.
    """
    spoken = language_of(language)
    words = str if spoken is ENGLISH else spoken.gettext
    ranges = scenario.ranges() if scenario else {}
    evidence = Evidence.of(scenario) if scenario else AS_REGISTERED
    return pd.DataFrame(
        [
            {
                "id": parameter.id,
                "group": words(parameter.group),
                "label": words(parameter.label),
                "meaning": words(parameter.meaning),
                "unit": words(parameter.unit),
                "low": parameter.range_in(ranges).low,
                "central": parameter.range_in(ranges).central,
                "high": parameter.range_in(ranges).high,
                "distribution": str(parameter.distribution),
                "least": parameter.least,
                "most": parameter.most,
                "grade": evidence.grade(parameter.id),
                "register_id": parameter.register_id,
                "citation": parameter.citation,
                "reported_figure": parameter.reported_figure,
                "note": parameter.note,
                "checked_at": parameter.checked_at,
            }
            for parameter in REGISTER
        ]
    )

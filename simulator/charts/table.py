"""What a chart shows, as a table to take away: carrying on and pinned plans included."""

from __future__ import annotations

from typing import NamedTuple

from simulator.charts.labels import baseline_name, old_baseline_name, plan_name
from simulator.charts.shown import Shown
from simulator.charts.stages import branch_title, review_text
from simulator.i18n.language import Language
from simulator.model.register import FloatArray
from simulator.results import units

_BANDS = ("P10", "P50", "P90")


class Table(NamedTuple):
    """Plain text and numbers in full; a row for each month, flow or year."""

    headings: tuple[str, ...]
    """With units."""
    rows: list[tuple[str | float | None, ...]]


def over_time(outcome: str, shown: Shown, language: Language) -> Table:
    """P10, P50 and P90 of the plan, of carrying on and of pinned plans, month by month. Raises
    ``KeyError`` for an outcome that ``shown`` does not have."""
    results = shown.results
    unit = units.axis_unit(outcome, results.currency, language)
    bands: list[tuple[str, FloatArray]] = [
        (plan_name(language), results.plan[outcome]),
        (baseline_name(language), results.baseline[outcome]),
        *((pin.name, pin.results.plan[outcome]) for pin, _ in shown.pins_of(outcome)),
    ]
    columns = [
        (f"{name} {end} ({unit})", series)
        for name, band in bands
        for end, series in zip(_BANDS, band, strict=True)
    ]
    old = shown.old_median(outcome)
    if old is not None:
        columns.append((f"{old_baseline_name(language)} {_BANDS[1]} ({unit})", old))
    for branch, medians in shown.branches_of(outcome):
        columns.append((f"{branch_title(branch, shown, language)} {_BANDS[1]} ({unit})", medians))
    numbers = zip(*(series.tolist() for _, series in columns), strict=True)
    review = results.stages.month if results.stages else None
    note = () if review is None else (review_text(review, language),)
    return Table(
        (language.gettext("Month"), *(heading for heading, _ in columns), *note),
        [
            (month, *row, *("x" if month == review else "" for _ in note))
            for month, row in enumerate(numbers)
        ],
    )

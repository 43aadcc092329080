"""One outcome over time: the plan and carrying on with their bands, and pinned plans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np

from simulator.charts.axes import axis
from simulator.charts.figure import Figure, drawn, layout_key
from simulator.charts.labels import (
    HOVER_LENGTH,
    SAID_ABOVE,
    baseline_name,
    escaped,
    label_trace,
    line_labels,
    old_baseline_name,
    plan_name,
)
from simulator.charts.layout import TimeChart, time_layout
from simulator.charts.palette import Palette, Stroke
from simulator.charts.pin_letters import pin_letters
from simulator.charts.shown import Shown
from simulator.charts.stages import branch_labels, branch_title, review_of
from simulator.i18n.language import Language
from simulator.model.register import FloatArray
from simulator.results import DEFAULT_DRAWS, OUTCOMES, precision, units
from simulator.results.summary import Summary

Texts = Callable[[FloatArray, Sequence[FloatArray]], list[tuple[str, ...]]]
"""Writes what a hover label says of a line, month by month: given P10, P50 and P90 of the run, by
which its digits go, and of the same months a median and, of a band, its two ends."""


def figure(
    outcome: str, shown: Shown, language: Language, palette: Palette, font: int = 16
) -> Figure:
    """One outcome over time: the plan and carrying on with their P10-P90 bands, and pinned plans.

    ``font`` is the size of all text, in pixels; labels at line ends do not overlap in a chart of at
    least :func:`least_height` pixels. Raises ``KeyError`` for an outcome that ``shown`` does not
    have.
    """
    results = shown.results
    bounds = axis(outcome, shown)
    labels = [
        *line_labels(outcome, shown, bounds, language, palette),
        *branch_labels(outcome, shown, language, palette),
    ]
    about = TimeChart(
        shown.values(outcome),
        results.horizon_months,
        results.currency,
        review_of(shown, language, palette),
    )
    layout = time_layout(outcome, about, bounds, labels, language, palette, font)
    return Figure(
        title=language.gettext(OUTCOMES[outcome].label),
        unit=units.axis_unit(outcome, results.currency, language),
        alt=alt_text(outcome, shown, language),
        layout=layout,
        data=[
            *_traces(outcome, shown, bounds, language, palette, font),
            label_trace(labels, bounds, font),
            *pin_letters(outcome, shown, bounds, palette, font),
        ],
        key=layout_key(layout),
    )


def _traces(
    outcome: str,
    shown: Shown,
    bounds: Sequence[float],
    language: Language,
    palette: Palette,
    font: int,
) -> list[dict[str, Any]]:
    """Bands below, then lines; the plan above all. Ranks order the hover label, plan first."""
    results = shown.results
    plan, baseline = results.plan[outcome], results.baseline[outcome]
    (low, middle, high), (least, median, most) = plan, baseline
    # More draws make the digits surer that the headline has, and are no more of them.
    draws = min(results.years.draws, DEFAULT_DRAWS)
    texts = (
        None if shown.is_moving else hover_texts(outcome, bounds, results.currency, draws, language)
    )

    def line(
        rank: int,
        name: str,
        band: FloatArray,
        values: FloatArray,
        stroke: Stroke,
        *ends: FloatArray,
        since: int = 0,
    ) -> dict[str, Any]:
        width = stroke.width * font / 100
        return line_trace(
            rank, name, stroke, width, bounds, texts, language, band, values, *ends, since=since
        )

    old = shown.old_median(outcome)
    # A band without width would draw nothing, and every trace takes its time.
    return [
        *(
            [band_trace(least, most, bounds, palette.baseline_band, palette.baseline_edge)]
            if np.any(least < most)
            else []
        ),
        *([band_trace(low, high, bounds, palette.plan_band)] if np.any(low < high) else []),
        *(
            []
            if old is None
            else [line(3, old_baseline_name(language), baseline, old, palette.old_baseline)]
        ),
        line(2, baseline_name(language), baseline, median, palette.baseline),
        *(
            line(
                4 + pin.slot,
                escaped(pin.called, HOVER_LENGTH),
                pin.results.plan[outcome],
                medians,
                palette.pins[pin.slot],
            )
            for pin, medians in shown.pins_of(outcome)
        ),
        *(
            line(
                10 + place,
                branch_title(branch, shown, language),
                plan,
                medians,
                palette.branches[branch],
                since=shown.results.stages.month if shown.results.stages else 0,
            )
            for place, (branch, medians) in enumerate(shown.branches_of(outcome))
        ),
        line(1, plan_name(language), plan, middle, palette.plan, low, high),
    ]


def band_trace(
    bottom: FloatArray,
    top: FloatArray,
    bounds: Sequence[float],
    fill: str,
    edge: str | None = None,
) -> dict[str, Any]:
    """The area between two lines, of a chart whose vertical axis has these ``bounds``."""
    months = list(range(len(top)))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*months, *reversed(months)],
        "y": drawn(np.concatenate([top, bottom[::-1]]), bounds),
        "fill": "toself",
        "fillcolor": fill,
        "line": {"width": 1 if edge else 0, "color": edge or fill},
        "hoverinfo": "skip",
    }


def line_trace(
    rank: int,
    name: str,
    stroke: Stroke,
    width: float,
    bounds: Sequence[float],
    texts: Texts | None,
    language: Language,
    band: FloatArray,
    values: FloatArray,
    *ends: FloatArray,
    since: int = 0,
) -> dict[str, Any]:
    """A line of ``width`` pixels from the month ``since`` on, of ``values`` from today on;
    ``ends``: of the band that its hover label tells. ``name`` is escaped; ``bounds``: of the
    vertical axis; ``texts`` writes the numbers, if anybody can ask for them, by the digits that
    ``band`` supports: P10, P50 and P90 of the run that the line is of, or of the one nearest to
    it."""
    # The name goes in by reference: a template within it would be one itself.
    template = "%{fullData.name}: %{customdata[0]}"
    if ends:
        between = language.gettext(
            "8 of 10 cases: {low} to {high}", low="%{customdata[1]}", high="%{customdata[2]}"
        )
        template = f"<b>{template}</b><br>{between}"
    line = {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "legendrank": rank,
        "x": list(range(since, len(values))),
        "y": drawn(values[since:], bounds),
        "line": {"color": stroke.colour, "width": round(width, 1), "dash": stroke.dash},
    }
    if texts is None:
        return line
    return {
        **line,
        "customdata": texts(band[:, since:], [series[since:] for series in (values, *ends)]),
        "hovertemplate": f"{template}<extra></extra>",
    }


def hover_texts(
    outcome: str, bounds: Sequence[float], currency: str, draws: int, language: Language
) -> Texts:
    """How the numbers of a chart are written in its hover label: as the headline writes them, with
    their unit and no more digits than so many ``draws`` support; counts as finely as the chart
    shows them."""
    kind = OUTCOMES[outcome].unit.kind
    span = bounds[1] - bounds[0]

    @cache  # rounded, the same come again and again
    def text(value: float) -> str:
        match kind:
            case "share":
                return language.percent(value, decimals=1)
            case "money":
                return language.money(value, currency, sign=outcome == SAID_ABOVE)
        return units.count(value, language, beside=span)

    def texts(band: FloatArray, series: Sequence[FloatArray]) -> list[tuple[str, ...]]:
        months = zip(*(values.tolist() for values in series), strict=True)
        if kind != "money":
            return [tuple(map(text, values)) for values in months]
        written = []
        for (value, *ends), (low, middle, high) in zip(months, band.T.tolist(), strict=True):
            error = precision.of_quantiles(low, middle, high, draws)
            rounded = (precision.shown_end(end, error) for end in ends)
            written.append((text(precision.shown_value(value, error)), *map(text, rounded)))
        return written

    return texts


def alt_text(outcome: str, shown: Shown, language: Language) -> str:
    results = shown.results

    def text(value: float, whose: Summary = results, *, is_middle: bool = True) -> str:
        value = whose.money_shown(outcome, value, is_middle=is_middle)
        return units.amount(value, outcome, results.currency, language)

    least, median, most = map(float, results.plan[outcome][:, -1])
    sentence = language.gettext(
        "{title}: after {months} months the plan is at {plan} (in 8 of 10 cases {low} to {high}), "
        "carrying on at {baseline}.",
        title=language.gettext(OUTCOMES[outcome].label),
        months=language.number(results.horizon_months),
        plan=text(median),
        low=text(least, is_middle=False),
        high=text(most, is_middle=False),
        baseline=text(float(results.baseline[outcome][1, -1])),
    )
    pins = [
        language.gettext(
            "{name} at {value}", name=pin.called, value=text(float(medians[-1]), pin.results)
        )
        for pin, medians in shown.pins_of(outcome)
    ]
    staged = _branches_text(outcome, shown, text, language)
    pinned = language.gettext("Pinned plans: {plans}.", plans="; ".join(pins)) if pins else ""
    return " ".join(part for part in (sentence, staged, pinned) if part)


def _branches_text(
    outcome: str, shown: Shown, text: Callable[[float], str], language: Language
) -> str:
    """When the plan is reviewed, and where the ways end that part there."""
    stages = shown.results.stages
    if stages is None:
        return ""
    ends = [
        language.gettext(
            "{name} at {value}",
            name=branch_title(branch, shown, language),
            value=text(float(medians[-1])),
        )
        for branch, medians in shown.branches_of(outcome)
    ]
    month = language.number(stages.month)
    if not ends:
        return language.gettext("The plan is reviewed in month {month}.", month=month)
    return language.gettext(
        "The plan is reviewed in month {month}; after that: {ways}.",
        month=month,
        ways="; ".join(ends),
    )

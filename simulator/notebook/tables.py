"""Results as notebooks show them: the headline figures as an HTML table, in English, with as many
digits as their draws support.

Names of scenarios are texts of users; pandas and :func:`html.escape` keep them texts.
"""

from __future__ import annotations

import html
import math
from dataclasses import replace

import pandas as pd

from simulator.analyses.comparison import Comparison
from simulator.i18n.language import ENGLISH
from simulator.notebook.frames import comparison_headline_frame, headline_frame
from simulator.results import FIGURES, Forecast, Headline, precision
from simulator.results.chance_words import percent
from simulator.results.chances import rounded

_DIGITS = 4
"""Significant digits of a number."""
_UNDEFINED = "\N{EN DASH}"


def headline_html(headline: Headline, currency: str = "currency") -> str:
    """See :meth:`simulator.results.Headline.frame`: of outcomes only what the plan comes to."""
    frame = headline_frame(headline, currency, "en")
    rows = frame[frame["run"] == "plan"]
    return _table(
        pd.DataFrame({"": rows["label"], "unit": rows["unit"], "value": _values(rows, headline)})
    )


def forecast_html(forecast: Forecast) -> str:
    """The headline of a forecast, and what it is of."""
    scenario, headline = forecast.scenario, forecast.headline
    about = f"{headline.verdict}; {forecast.months} months, {forecast.draws} draws"
    table = headline_html(headline, scenario.organisation.currency)
    return f"<p><b>{html.escape(scenario.name)}</b>: {html.escape(about)}</p>{table}"


def comparison_html(comparison: Comparison) -> str:
    """The headline figures of all scenarios side by side."""
    frame = comparison_headline_frame(comparison, "en")
    currencies = {scenario.organisation.currency for scenario in comparison.scenarios}
    columns: dict[str, object] = {}
    for place, scenario in enumerate(comparison.scenarios):
        rows = frame[frame["scenario"] == comparison.letter(place)]
        currency = scenario.organisation.currency
        if not columns:
            unit = rows["unit"]
            columns[""] = list(rows["label"])
            columns["unit"] = list(
                unit if len(currencies) == 1 else unit.str.replace(currency, "currency")
            )
        name = f"{comparison.letter(place)} {scenario.name}"
        heading = name if len(currencies) == 1 else f"{name} ({currency})"
        columns[heading] = _values(rows, comparison.headlines[place])
    about = f"{comparison.months} common months, {comparison.draws} draws"
    return f"<p>{html.escape(about)}</p>{_table(pd.DataFrame(columns))}"


def _values(rows: pd.DataFrame, headline: Headline) -> list[str]:
    """What stands in ``rows``, with the range of what has one."""
    numbers = zip(rows["figure"], rows["value"], rows["P10"], rows["P90"], strict=True)
    return [_value(figure, ends, headline) for figure, *ends in numbers]


def _value(name: str, ends: list[float], headline: Headline) -> str:
    """The middle, and P10 and P90 unless it is one number over all draws."""
    figure = FIGURES.get(name)
    middle, least, most = ends
    if figure and figure.kind in {"money", "ratio"}:
        shown = precision.shown(replace(headline.estimate(figure), error=headline.error(figure)))
        middle = shown.central
        if not figure.over_draws:
            least, most = shown.low, shown.high
    if figure and figure.kind == "share" and rounded(middle).bound in {"none", "all"}:
        return percent(middle, headline.draws, ENGLISH)
    if math.isnan(least):
        return _number(middle)
    return f"{_number(middle)} ({_number(least)} to {_number(most)})"


def _number(value: float) -> str:
    if math.isnan(value):
        return _UNDEFINED
    if math.isinf(value):
        return "never"
    rounded = float(f"{value:.{_DIGITS}g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 10**_DIGITS else f"{rounded:,g}"


def _table(frame: pd.DataFrame) -> str:
    return frame.to_html(index=False, escape=True, border=0, justify="left")

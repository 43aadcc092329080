"""Charts as tests draw them and read them."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from simulator.charts import CHARTS, Figure
from simulator.i18n.language import LANGUAGES
from simulator.model.quantities import SOURCES
from simulator.model.register import FloatArray
from simulator.results import OUTCOMES
from simulator.scenario import Scenario
from tests.support.strategies import logarithmic
from ui.cache import Results

NASTY = (
    "<img src=x onerror=alert(1)>",
    "<b>bold</b> & %{y} %{customdata[0]}",
    '<a href="javascript:alert(1)">x</a>',
    "a name of\nseveral lines \t and very, very, very many words in it, up to eighty signs",
    "客户连接计划客户连接计划客户连接计划",
)
DRAWS = 64
languages = pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)

KINDS = [name for name in CHARTS if name not in OUTCOMES]
"""Charts of another kind than an outcome over time."""


def with_series(template: Results, outcome: str, plan: FloatArray, baseline: FloatArray) -> Results:
    """Results that hold these bands."""
    horizon = plan.shape[1] - 1
    return replace(
        template, plan={outcome: plan}, baseline={outcome: baseline}, horizon_months=horizon
    )


def strings(node: object) -> Iterator[str]:
    match node:
        case str():
            yield node
        case Mapping():
            for value in node.values():
                yield from strings(value)
        case list() | tuple():
            for value in node:
                yield from strings(value)


def trace(figure: Figure, **properties: object) -> dict[str, Any]:
    (drawn,) = (drawn for drawn in figure.data if properties.items() <= drawn.items())
    return drawn


def line(figure: Figure, name: str) -> dict[str, Any]:
    return trace(figure, name=name)


def labels(figure: Figure) -> dict[str, Any]:
    """Names and values at the ends of lines; letters of pinned plans are another trace."""
    return next(drawn for drawn in figure.data if drawn.get("mode") == "text")


LIKE = ("cumulative_value", "customers", "trust", "productivity", "contacts_unserved", "churn")


@st.composite
def bands(draw: st.DrawFn) -> tuple[str, FloatArray, FloatArray]:
    """An outcome, and bands of any size that it could have."""
    outcome = draw(st.sampled_from(LIKE))
    share = OUTCOMES[outcome].unit == "share"
    size = 1.0 if share else draw(logarithmic(1e-2, 1e11))
    least = -1.0 if outcome in ("cumulative_value", "productivity") else 0.0
    numbers = st.floats(least, 1.0).map(lambda value: 0.0 if abs(value) < 1e-9 else value)
    months = draw(st.integers(12, 16)) + 1

    def band() -> FloatArray:
        near = draw(st.booleans())
        level = draw(numbers)
        rows = [
            [level * (1 - draw(st.floats(0, 0.1))) if near else draw(numbers) for _ in range(3)]
            for _ in range(3)
        ]
        corners = size * np.sort(np.array(rows), axis=0)
        times = np.linspace(0, 2, months)
        return np.array([np.interp(times, range(3), row) for row in corners])

    baseline = band()
    if outcome == "cumulative_value":
        baseline = np.zeros_like(baseline)
    return outcome, band(), baseline


def shown_text(label: str) -> list[str]:
    """The lines of a label as they are read."""
    plain = label.removeprefix("<b>").removesuffix("</b>").split("<br>")
    return [html.unescape(text) for text in plain]


def unmoved(plan: Scenario) -> Scenario:
    return plan.changed(**{f"plan.{source}.share_moved": 0.0 for source in SOURCES})

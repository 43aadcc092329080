"""The small multiples beside the charts."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from simulator import charts
from simulator.charts import MULTIPLES, Shown
from simulator.charts.palette import LIGHT
from simulator.i18n.language import ENGLISH, MINUS, Language
from simulator.results import OUTCOMES, units
from tests.support.drawn_charts import labels, languages, shown_text
from ui.cache import Results


@languages
@pytest.mark.parametrize("outcome", MULTIPLES)
def test_multiples_are_the_results(outcome: str, language: Language, full: Shown) -> None:
    multiple = charts.multiple(outcome, full, language)
    json.dumps(multiple, allow_nan=False)
    plan_results = full.results
    low, middle, high = plan_results.plan[outcome]
    series = {
        "low": low,
        "plan": middle,
        "high": high,
        "baseline": plan_results.baseline[outcome][1],
    }
    least, most = multiple["axis"]
    for name, values in series.items():
        assert len(multiple[name]) == 31
        near = pytest.approx(values[::2].tolist(), rel=0.0, abs=1e-4 * (most - least))
        assert multiple[name] == near
        assert least <= min(multiple[name]) <= max(multiple[name]) <= most
    assert multiple["id"] == outcome and multiple["label"] == language.gettext(
        OUTCOMES[outcome].label
    )
    label = labels(charts.figure(outcome, full, language, LIGHT))["text"][0]
    assert multiple["now"] == shown_text(label)[1].strip()
    assert multiple["alt"] == charts.figure(outcome, full, language, LIGHT).alt


def test_multiples_of_any_horizon_are_evenly_spaced(plan_results: Results) -> None:
    for horizon in (12, 30, 31, 47, 120):
        band = np.tile(np.linspace(0.0, 1.0, horizon + 1), (3, 1))
        shown = Shown(
            replace(
                plan_results, plan={"trust": band}, baseline={"trust": band}, horizon_months=horizon
            )
        )
        drawn = charts.multiple("trust", shown, ENGLISH)["plan"]
        assert drawn == pytest.approx(np.linspace(0, 1, min(31, horizon + 1)).tolist(), abs=1e-4)


@languages
@pytest.mark.parametrize("outcome", MULTIPLES)
def test_the_change_is_that_of_what_is_shown(outcome: str, language: Language, full: Shown) -> None:
    level, other = (
        float(run[outcome][1][-1]) for run in (full.results.plan, full.results.baseline)
    )
    shown = charts.multiple(outcome, full, language)
    beside = units.beside(level, other, outcome, full.results.currency, language)
    assert (shown["now"], shown["change"]) == (beside.level, beside.change)


@pytest.mark.parametrize(
    ("outcome", "other", "level", "texts"),
    [
        ("customers", 100_000.4, 100_678.9, ("100,679", "100,000", "+679")),
        ("customers", 90_012.0, 90_039.2, ("90,039", "90,012", "+27")),
        ("customers", 1_234_567.0, 1_246_890.0, ("1.2469M", "1.2346M", "+12,300")),
        ("customers", 1_234_567.0, 1_234_597.0, ("1,234,597", "1,234,567", "+30")),
        ("trust", 0.69, 0.7403, ("74%", "69%", "+5 pp")),
        ("trust", 0.6912, 0.7434, ("74.3%", "69.1%", "+5.2 pp")),
        ("trust", 0.6912, 0.6914, ("69.14%", "69.12%", "+0.02 pp")),
        ("net_contribution", 9.99e6, 10.0023e6, ("€10,002,300", "€9.99M", "+€12.3K")),
        ("net_contribution", -2.0, 40.0, ("€40", f"{MINUS}€2", "+€42")),
        ("cost_per_contact", 6.24, 6.18, ("€6.18", "€6.24", f"{MINUS}€0.06")),
    ],
)
def test_rounding_follows_the_change(
    outcome: str, other: float, level: float, texts: tuple[str, str, str]
) -> None:
    beside = units.beside(level, other, outcome, "EUR", ENGLISH)
    assert (beside.level, beside.other, beside.change) == texts

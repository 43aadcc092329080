"""The small multiples beside the charts."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from simulator import charts
from simulator.charts import MULTIPLES, Shown
from simulator.charts.palette import LIGHT
from simulator.i18n.language import ENGLISH, Language
from simulator.results import OUTCOMES
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


def test_change_is_the_paired_difference(plan_results: Results) -> None:
    trust = plan_results.final_change["trust"].difference.central
    points = charts.multiple("trust", Shown(plan_results), ENGLISH)["change"]
    assert points == f"{ENGLISH.number(100 * trust, 1, sign=True)} points"
    heads = plan_results.final_change["customers"].difference.central
    assert charts.multiple("customers", Shown(plan_results), ENGLISH)["change"] == ENGLISH.short(
        heads, sign=True
    )

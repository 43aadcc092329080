"""What can be compared, what differs beside the plan, and what is refused."""

from __future__ import annotations

import math
from typing import Any

import pytest

from simulator.analyses.comparison import (
    HEADLINE_ROWS,
    SAME,
    Comparison,
    NotComparable,
    compare,
    left_out,
)
from simulator.results import Estimate
from simulator.scenario import EstimateInput, ResultsInput, Scenario, diff
from simulator.version import MODEL_VERSION
from tests.support.comparisons import CHARITY, DEFAULT, IDLE, OTHER, changed, small_comparison

pytestmark = pytest.mark.usefixtures("known_runs")


def _kinds(compared: Comparison) -> dict[str, tuple[tuple[int, ...], tuple[Any, ...]]]:
    return {one.kind: (one.scenarios, one.values) for one in compared.caveats}


@pytest.mark.parametrize(
    ("change", "kind", "values"),
    [
        ({"organisation__customers": 7.0}, "organisation", ("A service company",) * 2),
        ({"organisation__currency": "DKK"}, "currency", ("EUR", "DKK")),
        ({"horizon_months": 48}, "horizon", (60, 48)),
        ({"assumptions__effect_transfer": 0.9}, "assumptions", (0, 1)),
        ({"seed": 9}, "seed", (1, 9)),
    ],
)
def test_what_differs_beside_the_plan_is_told(
    change: dict[str, Any], kind: str, values: tuple[object, ...]
) -> None:
    assert _kinds(small_comparison(DEFAULT, changed(**change))) == {kind: ((1,), values)}


def test_an_override_that_says_what_the_register_says_is_none() -> None:
    span = diff.ranges(DEFAULT)["effect_transfer"]
    same = {"low": span.low, "central": span.central, "high": span.high}
    compared = small_comparison(DEFAULT, changed(assumptions__effect_transfer=same))
    assert (compared.caveats, compared.diffs, compared.verdict) == ((), (), SAME)


def _saved_with(version: str) -> Scenario:
    some = EstimateInput(low=0.0, central=1.0, high=2.0)
    figures: dict[str, Any] = {
        name: some if field.annotation is EstimateInput else 0.5
        for name, field in ResultsInput.model_fields.items()
    }
    results = ResultsInput(**{**figures, "model_version": version, "draws": 16})
    return changed(results=results)


def test_other_model_versions_are_named() -> None:
    now = _saved_with(MODEL_VERSION)
    assert _kinds(small_comparison(DEFAULT, now)) == {}
    compared = small_comparison(now, DEFAULT, _saved_with("0.9.1"))
    assert _kinds(compared) == {"model": ((2,), (MODEL_VERSION, None, "0.9.1"))}
    assert compared.pair(1, 2).verdict == SAME


def test_other_currencies_leave_value_per_money_moved() -> None:
    crowns = changed(OTHER, organisation__currency="DKK", plan__training__share_moved=0.2)
    euros = changed(plan__training__share_moved=0.4)
    compared = small_comparison(DEFAULT, crowns, euros)
    for measure in ("value", "value_per_customer", "value_per_employee"):
        for refused in (
            lambda m=measure: compared.pair(0, 1, m),
            lambda m=measure: compared.ranking(m),
        ):
            with pytest.raises(NotComparable) as caught:
                refused()
            assert (caught.value.measure, caught.value.caveat.kind) == (measure, "currency")
        assert compared.pair(0, 2, measure).better >= 0.0
    ranking = compared.ranking("value_per_money_moved")
    assert sum(ranking.best) + ranking.carrying_on == pytest.approx(1.0)
    differences = compared.differences(1)
    assert [name for name, one in differences.items() if one is None] == [
        name for name, figure in HEADLINE_ROWS.items() if figure.unit.startswith("currency")
    ]
    assert isinstance(differences["roi"], Estimate)


def test_what_moves_no_money_is_left_out_of_value_per_money_moved() -> None:
    measure = "value_per_money_moved"
    compared = small_comparison(DEFAULT, IDLE, CHARITY)
    about, moved = _kinds(compared)["nothing_moved"]
    assert about == (1,) and moved[1] == 0.0 < moved[0]
    with pytest.raises(NotComparable):
        compared.pair(0, 1, measure)
    ranking = compared.ranking(measure)
    assert [math.isnan(one) for one in ranking.best] == [False, True, False]
    assert ranking.best[0] + ranking.best[2] + ranking.carrying_on == pytest.approx(1.0)
    assert left_out(compared, measure) == (1,)
    assert not math.isnan(small_comparison(DEFAULT, IDLE).ranking(measure).carrying_on)
    with pytest.raises(NotComparable):
        small_comparison(IDLE).ranking(measure)


def test_next_to_no_money_is_none() -> None:
    trace = changed(IDLE, plan__training__share_moved=1e-300)
    assert "nothing_moved" in _kinds(small_comparison(DEFAULT, trace))


@pytest.mark.parametrize("count", [0, 7])
def test_too_few_and_too_many_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match=rf"scenarios: found {count}, allowed 1 to 6"):
        compare(*[DEFAULT] * count, draws=4)


def test_unknown_names_are_refused() -> None:
    compared = small_comparison(DEFAULT, OTHER)
    with pytest.raises(KeyError):
        compared.pair(0, 1, "nonsense")
    with pytest.raises(KeyError):
        compared.ranking("nonsense")
    with pytest.raises(IndexError):
        compared.pair(0, 3)

"""What results are kept with a scenario, and when then is not now."""

from __future__ import annotations

import math
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import results, scenario
from simulator.i18n.language import LANGUAGES, Language
from simulator.results import FIGURES, Estimate, Headline
from simulator.results.saved import Drift, drift, saved_results
from simulator.scenario import EstimateInput, ResultsInput, SavedFigure, Scenario
from simulator.version import MODEL_VERSION
from tests.support import strategies
from ui.text import saved_results as in_words

pytestmark = pytest.mark.usefixtures("known_runs")

DRAWS = 64
NEVER = EstimateInput(low=None, central=None, high=None)


def headline(name: str = "balanced-shift") -> Headline:
    return results.headline(scenario.load_shipped(name), DRAWS)


def keep(name: str = "balanced-shift") -> ResultsInput:
    return taken(headline(name))


def taken(result: Headline) -> ResultsInput:
    results = saved_results(result, DRAWS)
    assert results is not None
    return results


def scaled(results: ResultsInput, factor: float, *names: str) -> ResultsInput:
    """The same results with some figures multiplied."""

    def one(figure: SavedFigure) -> object:
        if isinstance(figure, EstimateInput):
            ends = {k: v if v is None else v * factor for k, v in figure.model_dump().items()}
            return EstimateInput(**ends)
        return figure if figure is None else figure * factor

    return results.model_copy(update={name: one(getattr(results, name)) for name in names})


def named(drifts: tuple[Drift, ...]) -> list[str]:
    return [one.figure for one in drifts]


def test_all_figures_of_results_are_compared() -> None:
    assert list(FIGURES) == list(ResultsInput.model_fields)[2:]


def test_results_are_the_headline_with_its_model() -> None:
    now, then = headline(), keep()
    assert (then.model_version, then.draws) == (MODEL_VERSION, DRAWS)
    assert then.net_present_value == EstimateInput(
        low=now.net_present_value.low,
        central=now.net_present_value.central,
        high=now.net_present_value.high,
    )
    assert (then.worst_case, then.probability_better) == (
        now.worst_case,
        now.probability_better,
    )


def test_never_and_not_defined_are_kept_as_nothing() -> None:
    then = keep("wait-and-see")
    assert then.probability_better is None and then.probability_payback is None
    assert then.payback_month == then.roi == NEVER
    late = replace(headline(), payback_month=Estimate(20.0, 60.0, math.inf))
    assert taken(late).payback_month == EstimateInput(low=20, central=60, high=None)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_scenario_without_a_value_has_no_results(value: float) -> None:
    odd = replace(headline(), worst_case=value, net_present_value=Estimate(value, value, value))
    assert saved_results(odd, DRAWS) is None
    # One figure that is not defined keeps nothing from the others.
    odd = replace(headline(), net_present_value=Estimate(-1.0, 2.0, value))
    assert taken(odd).net_present_value == EstimateInput(low=-1, central=2, high=None)


def test_results_are_kept_in_the_file() -> None:
    shipped = scenario.load_shipped("balanced-shift")
    with_results = shipped.changed(results=keep())
    again = scenario.parse(scenario.dump(with_results))
    assert again == with_results and again.results == keep()
    assert again.without_results() == shipped


def test_the_same_model_has_no_drift() -> None:
    for name in ("balanced-shift", "wait-and-see", "too-deep-too-fast"):
        assert drift(keep(name), keep(name)) == ()


def test_another_version_of_the_model_with_the_same_figures_is_no_difference() -> None:
    assert drift(keep().model_copy(update={"model_version": "0.9.0", "draws": 5}), keep()) == ()


def test_other_figures_are_named_with_then_and_now() -> None:
    now = keep()
    then = now.model_copy(
        update={
            "worst_case": 2 * now.worst_case - 1,
            "payback_month": EstimateInput(low=1, central=2, high=3),
        }
    )
    assert drift(then, now) == (
        Drift("worst_case", then.worst_case, now.worst_case),
        Drift("payback_month", then.payback_month, now.payback_month),
    )
    assert [one.row.kind for one in drift(then, now)] == ["money", "month"]


@pytest.mark.parametrize(
    ("then", "now", "differs"), [(0.6549, 0.6551, True), (0.70, 0.7009, False)]
)
def test_a_share_differs_when_its_words_do(then: float, now: float, differs: bool) -> None:
    first, other = (keep().model_copy(update={"probability_better": it}) for it in (then, now))
    assert named(drift(first, other)) == ["probability_better"] * differs


@pytest.mark.parametrize("name", ["probability_better", "probability_payback"])
def test_nothing_and_something_differ(name: str) -> None:
    assert named(drift(keep().model_copy(update={name: None}), keep())) == [name]


def test_one_end_that_is_never_is_a_difference() -> None:
    first, other = (
        keep().model_copy(update={"payback_month": EstimateInput(low=20, central=60, high=high)})
        for high in (61, None)
    )
    assert named(drift(first, other)) == ["payback_month"]


def test_a_month_more_is_a_difference() -> None:
    first, other = (
        keep().model_copy(update={"payback_month": EstimateInput(low=90, central=100, high=high)})
        for high in (110, 111)
    )
    assert named(drift(first, other)) == ["payback_month"]


def test_what_is_small_within_its_band_is_no_difference() -> None:
    first, other = (
        keep().model_copy(
            update={"net_present_value": EstimateInput(low=-3e6, central=central, high=1e6)}
        )
        for central in (40.0, 1400.0)
    )
    assert drift(first, other) == ()


def test_rounding_of_large_sums_is_no_difference() -> None:
    noise = [keep().model_copy(update={"cost_of_waiting": at(size)}) for size in (-1e-3, 3e-3)]
    large = [one.model_copy(update={"return_on_ignoring": at(-1e9)}) for one in noise]
    assert drift(*large) == ()
    euros = [
        one.model_copy(update={"cost_of_waiting": at(size)})
        for one, size in zip(large, (3, 9), strict=True)
    ]
    assert named(drift(*euros)) == ["cost_of_waiting"]


def at(value: float) -> EstimateInput:
    return EstimateInput(low=value, central=value, high=value)


@given(strategies.results())
def test_any_results_agree_with_themselves(first: ResultsInput) -> None:
    assert drift(first, first) == ()


@given(strategies.results(), strategies.results())
def test_then_and_now_change_places(first: ResultsInput, other: ResultsInput) -> None:
    there, back = drift(first, other), drift(other, first)
    assert there == tuple(Drift(it.figure, it.now, it.then) for it in back)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_figures_of_any_size_can_be_said(language: Language) -> None:
    most, small = sys.float_info.max, 1e-300
    sizes = [keep().model_copy(update=dict.fromkeys(FIGURES, at(size))) for size in (most, -most)]
    plain = {"probability_better": 0.9, "probability_payback": 0.9}
    first, other = (
        results.model_copy(update={**plain, "worst_case": size})
        for results, size in zip(sizes, (most, small), strict=True)
    )
    for then, now in ((first, other), (other, first)):
        text = in_words.drift_text(then, now, "EUR", 60, language)
        assert text is not None
        # Ratios of such sizes are none: both say that too little is put in.
        ratios = {"roi", "return_on_involvement"}
        assert {row.figure for row in text.rows} == set(FIGURES) - plain.keys() - ratios
        for row in text.rows:
            assert max(map(len, (row.then, row.now, row.change))) < 80
        assert len(text.sentence) < 200


@given(strategies.results(), st.floats(-1e-9, 0.0))
def test_another_processors_last_digits_are_no_difference(
    first: ResultsInput, error: float
) -> None:
    numbers = [name for name, row in FIGURES.items() if row.kind in {"money", "ratio"}]
    assert drift(first, scaled(first, 1.0 + error, *numbers)) == ()


@given(st.sampled_from([name for name, row in FIGURES.items() if row.kind == "ratio"]))
def test_one_per_cent_is_a_difference(name: str) -> None:
    first = keep().model_copy(update={name: at(1.5)})
    assert named(drift(first, scaled(first, 1.01, name))) == [name]


def test_results_do_not_change_what_is_simulated() -> None:
    plain = scenario.load_shipped("balanced-shift")
    other: Scenario = plain.changed(results=scaled(keep(), 3.0, "net_present_value"))
    assert results.headline(other, DRAWS) == results.headline(plain, DRAWS)
    assert results.baseline_key(other) == results.baseline_key(plain)
    assert other.plan_quantities() == plain.plan_quantities()

"""The waterfall by mechanism: parts add up in every draw, each what switching it off says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from simulator import cli, engine, scenario
from simulator.analyses import revenue
from simulator.analyses.mechanisms import (
    MECHANISMS,
    Mechanisms,
    mechanisms,
    mechanisms_by_draw,
)
from simulator.analyses.value_bridge import by_draw
from simulator.i18n.language import ENGLISH
from simulator.model.equations.money import fit_factor
from simulator.model.flows import auxiliaries
from simulator.model.initial_state import initial_state
from simulator.model.quantities import State
from simulator.model.register import BY_ID, REGISTER, FloatArray, Parameters
from simulator.results import Estimate, Forecast, precision, simulate
from simulator.results import forecast as forecasting
from simulator.scenario import AS_REGISTERED, Scenario
from tests.support.examples import examples
from tests.support.generated import ALL_SAVED, scenarios
from ui.text.analyses import table

pytestmark = pytest.mark.usefixtures("known_runs")

SHIPPED = [path.stem for path in scenario.shipped()]
DEFAULT = scenario.load_shipped("balanced-shift")
TRANSFER = "effect_transfer"


def _adds_up(forecast: Forecast) -> None:
    parts = mechanisms_by_draw(forecast)
    assert tuple(parts) == tuple(MECHANISMS)
    rows = np.stack([*parts.values()])
    size = np.abs(rows).sum(axis=0) + np.abs(
        forecast.baseline.final("present_value_net_contribution")
    )
    left = np.abs(rows.sum(axis=0) - forecast.values.net_present_value)
    assert (left <= 1e-12 * size + 1e-9).all()


@pytest.mark.parametrize("name", SHIPPED)
def test_mechanisms_add_up_to_the_cent_in_every_draw(name: str) -> None:
    forecast = simulate(scenario.load_shipped(name), 128)
    _adds_up(forecast)
    result = mechanisms(scenario.load_shipped(name), 128)
    middles = sum(amount.middle for amount in result.parts.values())
    assert middles == pytest.approx(forecast.headline.net_present_value.central, abs=0.01)


@examples(25)
@given(plan=scenarios())
def test_mechanisms_add_up_for_whatever_is_entered(plan: Scenario) -> None:
    _adds_up(simulate(plan, 8))


# --- against runs with mechanisms switched off ---------------------------------------------------

OFF = {
    "spending": ("spend_uplift_connected",),
    "price": ("trust_price_premium",),
    "answers_seen": ("webcare_revenue_effect",),
    "social_payment": ("social_payment_share",),
    "unserved": ("unserved_cost_multiple",),
    "transition": ("service_transition_cost",),
}
"""What makes each mechanism work; none of them is read by anything else."""
WON = ("ewom_volume_elasticity", "ewom_valence_elasticity", "content_return")
KEPT = ("churn_quality_effect", "churn_connected_effect")


def _run(*off: str, draws: int = 32) -> Forecast:
    """The standard plan with the assumptions in ``off`` at zero, in the same draws."""
    values = engine.draw(draws, DEFAULT.seed, DEFAULT.ranges())
    for name in off:
        values[[row.id for row in REGISTER].index(name)] = 0.0
    baseline = forecasting._simulate_baseline(DEFAULT, values, 1)
    plan, figures, _ = forecasting._simulate_plan(DEFAULT, baseline, 1)
    return Forecast(DEFAULT, draws, plan, baseline, figures)


@pytest.mark.parametrize("name", OFF)
def test_what_is_switched_off_brings_nothing(name: str) -> None:
    whole, off = _run(), _run(*OFF[name])
    before, after = mechanisms_by_draw(whole), mechanisms_by_draw(off)
    assert np.abs(before[name]).max() > 100.0
    np.testing.assert_allclose(after[name], 0.0, atol=1e-6)
    # What goes is about what it was said to bring: the rest is what it does with the others.
    change = whole.values.net_present_value - off.values.net_present_value
    np.testing.assert_allclose(before[name], change, rtol=0.05, atol=300.0)


def test_where_nobody_stays_or_comes_for_it_no_customers_are_kept_or_won() -> None:
    np.testing.assert_allclose(mechanisms_by_draw(_run(*KEPT))["customers_kept"], 0.0, atol=1e-6)
    no_content = mechanisms_by_draw(_run(*WON))
    kept = mechanisms_by_draw(_run())
    assert np.abs(no_content["customers_won"]).max() < 0.02 * np.abs(kept["customers_won"]).max()


def test_a_single_mechanism_is_the_whole_margin() -> None:
    others = [name for key, names in OFF.items() if key != "spending" for name in names]
    alone = _run(*others, *WON, *KEPT, "research_return")
    margin, parts = by_draw(alone).parts["margin"], mechanisms_by_draw(alone)
    named = sum(parts[name] for name in ("spending", "fit", "customers_won", "customers_kept"))
    np.testing.assert_allclose(named, margin, rtol=1e-9)
    assert np.abs(parts["spending"]).mean() > 20.0 * np.abs(parts["customers_won"]).mean()


# --- each factor is what the equations say -------------------------------------------------------


def _parameters(forecast: Forecast, draw: int) -> Parameters:
    return Parameters(*forecast.shared_baseline.values[:, draw].tolist())


def test_what_is_left_of_revenue_is_the_fit_of_the_offer() -> None:
    forecast = simulate(DEFAULT, 8)
    organisation = DEFAULT.organisation_quantities()
    fit = revenue.factors(forecast, forecast.plan, forecast.asked("promotional_share"))[4]
    insight = forecast.plan["insight"]
    for draw in range(8):
        worth = initial_state(organisation, _parameters(forecast, draw)).insight_worth
        expected = [fit_factor(float(level - insight[draw, 0]), worth) for level in insight[draw]]
        np.testing.assert_allclose(fit[draw], expected, rtol=1e-9)


@pytest.mark.parametrize("name", SHIPPED)
def test_bars_as_they_are_read_add_up_to_the_whole_but_for_its_last_digit(name: str) -> None:
    found = mechanisms(scenario.load_shipped(name))
    if not found.parts:
        return
    cells = [row.cells["value"] for row in found.rows()]
    *bars, whole = (cell for cell in cells if isinstance(cell, Estimate))
    assert len(bars) + 1 == len(cells)
    digit = 10.0 ** (precision.digit_of_middle(whole.error) or 0)
    added = sum(precision.shown(bar).central for bar in bars)
    assert abs(added - whole.central) <= 0.5 * len(bars) * digit, name
    assert all(abs(precision.shown(bar).central - bar.central) <= 0.5 * digit for bar in bars)


def test_conduct_takes_the_hours_that_the_equations_give_it() -> None:
    from simulator.analyses.mechanisms import _conduct_share

    forecast = simulate(DEFAULT, 4)
    organisation, plan = DEFAULT.organisation_quantities(), DEFAULT.plan_quantities()
    share = _conduct_share(forecast)
    for draw, month in ((0, 0), (1, 20), (3, 60)):
        p = _parameters(forecast, draw)
        state = State(*(float(forecast.plan[name][draw, month]) for name in State._fields))
        now = auxiliaries(
            state, float(month), organisation, plan, initial_state(organisation, p), p
        )
        assert share[draw, month] == pytest.approx(now.conduct.hours / now.hours, rel=1e-6)


def _product_shapley(before: FloatArray, after: FloatArray) -> FloatArray:
    """By definition: the mean over all orders."""
    from itertools import permutations

    found = np.zeros(len(before))
    orders = list(permutations(range(len(before))))
    for order in orders:
        now = before.copy()
        for place in order:
            start = now.prod()
            now[place] = after[place]
            found[place] += (now.prod() - start) / len(orders)
    return found


def test_factors_of_a_product_get_their_shapley_values() -> None:
    random = np.random.default_rng(3)
    before, after = random.uniform(0.5, 2.0, (2, 5))
    worth = revenue.shapley_worth(before, after)
    np.testing.assert_allclose(
        worth * (after - before), _product_shapley(before, after), rtol=1e-12
    )


# --- what is said --------------------------------------------------------------------------------


def test_each_mechanism_rests_on_assumptions_that_there_are() -> None:
    for mechanism in MECHANISMS.values():
        assert set(mechanism.assumptions) <= BY_ID.keys()
    weak = {name for name, way in MECHANISMS.items() if way.is_weak(AS_REGISTERED)}
    assert "customers_kept" in weak  # grade D and E
    assert not weak & {"spending", "hours"}


def test_the_largest_reasons_are_no_budgets_but_what_is_saved() -> None:
    found = mechanisms(DEFAULT, 128)
    for_it, against, moved, *_ = found.statements()
    assert for_it.template.startswith("The largest reason for it")
    assert against.values["mechanism"][1] == MECHANISMS["hours"].label
    budgets = {name: amount.middle for name, amount in found.parts.items() if "_" in name}
    for said, prefix, sign in (("taken", "saved_", 1.0), ("put", "spent_", -1.0)):
        whole = sum(amount for name, amount in budgets.items() if name.startswith(prefix))
        assert moved.values[said][1] == pytest.approx(sign * whole)
    saved, *_ = mechanisms(DEFAULT.changed(**{"plan.split": ALL_SAVED}), 64).statements()
    assert saved.values["mechanism"] == ("text", "Money that is saved")
    assert mechanisms(scenario.load_shipped("wait-and-see"), 16).statements() == ()


def test_the_command_line_says_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", "balanced-shift", "--draws", "64", "--why"]) == 0
    text = capsys.readouterr().out
    assert "The largest reason against it" in text and "Customers won" in text


def test_the_sentence_gives_an_amount_as_its_bar_does() -> None:
    found = mechanisms(scenario.load_shipped("balanced-shift"), 64)
    bars = {row["cells"]["mechanism"]: row["cells"]["value"] for row in rows_of(found)}
    for statement in found.statements()[:2]:
        label, amount = statement.values["mechanism"][1], statement.values["amount"][1]
        assert isinstance(label, str) and isinstance(amount, float)
        assert bars[label][1:] == ENGLISH.money(amount, "EUR")


def rows_of(found: Mechanisms) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table(found, "EUR", 64, ENGLISH)["rows"]
    return rows

"""The model as a whole: equilibrium, soundness for any input, the same answer from elsewhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, example, given
from hypothesis import strategies as st

from simulator import engine, results, scenario
from simulator.model import flows, register, system
from simulator.model.initial_state import initial_state
from simulator.model.outcomes import Outcomes, outcomes
from simulator.model.quantities import (
    Budgets,
    Ledger,
    Organisation,
    Plan,
    State,
    Switches,
)
from simulator.model.register import Parameters
from simulator.results import baseline_plan
from tests.support import reference, strategies
from tests.support.examples import examples
from tests.support.organisations import INVOLVED, MOVING, ODD, ORDINARY, STILL

SHARES_AMONG_STOCKS = tuple(name for name in State._fields if name != "customers")
# --- equilibrium ---------------------------------------------------------------------------------


@pytest.mark.parametrize("org", ODD.values(), ids=ODD.keys())
def test_odd_organisations_stand_still_when_the_world_does(org: Organisation) -> None:
    for p in (register.central(), Parameters(*engine.draw(2, 1)[:, 1])):
        records = list(system.trajectory(org, baseline_plan(org), STILL, p, 120))
        np.testing.assert_allclose(records[-1].state, records[0].state, rtol=1e-9, atol=1e-15)


@examples(60)
@given(org=strategies.organisations(), values=strategies.points(8))
def test_every_stock_stands_still_when_nothing_is_done(
    org: Organisation, values: register.FloatArray
) -> None:
    run = engine.run(org, baseline_plan(org), STILL, values, 120)
    for name in State._fields:
        today = run[name][:, :1]
        np.testing.assert_allclose(
            run[name], np.broadcast_to(today, run[name].shape), rtol=1e-9, atol=1e-15, err_msg=name
        )


@examples(60)
@given(org=strategies.organisations(), plan=strategies.plans(), p=strategies.corners())
def test_what_is_reported_for_today_is_what_was_entered(
    org: Organisation, plan: Plan, p: Parameters
) -> None:
    today = initial_state(org, p)
    now = flows.auxiliaries(today.state, 0.0, org, baseline_plan(org), today, p)
    result = outcomes(today.state, now, 0.0, org, baseline_plan(org), today, p)
    sales = org.customers * org.revenue_per_customer
    assert result.revenue == pytest.approx(sales, rel=1e-9)
    assert result.contacts == pytest.approx(org.customers * org.contacts_per_customer, rel=1e-9)
    assert result.churn == pytest.approx(org.annual_churn, abs=1e-9)
    assert result.acquisition == pytest.approx(
        -np.log1p(-org.annual_churn) * org.customers, rel=1e-9, abs=1e-9
    )
    labour_bill = flows.labour_bill(org)
    for gain in (result.productivity, result.hours_cost):
        assert gain == pytest.approx(0.0, abs=1e-12 * labour_bill)
    assert result.net_contribution == pytest.approx(
        org.gross_margin * sales - sum(org.budgets),
        abs=1e-9 * (sales + labour_bill + sum(org.budgets)),
    )


# --- soundness for any input ---------------------------------------------------------------------


@examples(150, suppress_health_check=[HealthCheck.too_slow])
@given(
    org=strategies.any_organisations(),
    plan=strategies.any_plans(),
    what_if=strategies.switches(),
    values=strategies.points(8),
)
@example(
    ORDINARY._replace(customers=1.0, employees=1e7),
    baseline_plan(ORDINARY)._replace(involvement=INVOLVED),
    MOVING,
    engine.draw(8, 1),
)
def test_stocks_stay_in_range_whatever_is_entered(
    org: Organisation, plan: Plan, what_if: Switches, values: register.FloatArray
) -> None:
    run = engine.run(org, plan, what_if, values, 120)
    for name in engine.ROWS:
        assert np.isfinite(run[name]).all(), name
    for name in SHARES_AMONG_STOCKS:
        assert run[name].min() >= 0.0, name
        assert run[name].max() <= 1.0, name
    assert run["customers"].min() > 0.0
    for name in ("contacts_matched", "contacts_redirected", "contacts_unserved"):
        assert run[name].min() >= -1e-9 * run["contacts"].max() - 1e-30, name
    for name in ("churn", "acquisition", "involvement_hours", "transition_cost", "savings"):
        assert run[name].min() >= 0.0, name
    assert run["churn"].max() <= 1.0


@examples(60, suppress_health_check=[HealthCheck.too_slow])
@given(
    org=strategies.any_organisations(),
    plan=strategies.any_plans(),
    values=strategies.points(8),
)
def test_money_and_contacts_add_up_in_every_month(
    org: Organisation, plan: Plan, values: register.FloatArray
) -> None:
    run = engine.run(org, plan, MOVING, values, 60)
    spent = [run[f"spent_{name}"] for name in Budgets._fields]
    budget = sum(org.budgets)
    np.testing.assert_allclose(sum(spent) + run["savings"], budget, rtol=1e-9)
    assert min(line.min() for line in spent) >= -1e-12 * budget
    fates = run["contacts_matched"] + run["contacts_redirected"] + run["contacts_unserved"]
    np.testing.assert_allclose(fates, run["contacts"], rtol=1e-9)
    everything = (
        org.gross_margin * run["revenue"]
        + run["productivity"]
        - sum(spent)
        - run["hours_cost"]
        - run["unserved_cost"]
        - run["transition_cost"]
    )
    scale = run["revenue"].max() + flows.labour_bill(org) + budget + run["transition_cost"].max()
    np.testing.assert_allclose(run["net_contribution"], everything, rtol=0, atol=1e-9 * scale)


@examples(20)
@given(org=strategies.organisations(), plan=strategies.plans(), p=strategies.corners())
def test_cutting_service_costs_its_transition_once(
    org: Organisation, plan: Plan, p: Parameters
) -> None:
    """Not discounted, with the ramp inside the horizon: the stated share of what was cut."""
    org = org._replace(discount_rate=0.0)
    plan = plan._replace(customer_service=plan.customer_service._replace(start_month=5.0))
    run = engine.run(org, plan, STILL, np.array(p)[:, None], 120)
    cut = org.budgets.customer_service * plan.customer_service.share_moved
    assert run.final("present_value_transition")[0] == pytest.approx(
        p.service_transition_cost * cut, rel=1e-9, abs=1e-9
    )


# --- the same answer from another solver ---------------------------------------------------------

SHIPPED = [path.stem for path in scenario.shipped()]


def _agrees(
    org: Organisation,
    plan: Plan,
    p: Parameters,
    months: int,
    *,
    tolerance: float = 1e-4,
    least: float = 1e-7,
    noise: float = 0.0,
    steps: int = 1,
) -> None:
    _agrees_with(
        reference.net_present_value(org, plan, p, months),
        org,
        plan,
        p,
        months,
        tolerance=tolerance,
        least=least,
        noise=noise,
        steps=steps,
    )


def _agrees_with(
    expected: tuple[float, float, reference.Solution],
    org: Organisation,
    plan: Plan,
    p: Parameters,
    months: int,
    *,
    tolerance: float,
    least: float = 1e-7,
    noise: float = 0.0,
    steps: int = 1,
) -> None:
    """The engine's stocks and present values against DOP853's.

    ``least`` is an absolute bound for stocks; ``noise`` one for the net present value, as a share
    of the present values of which it is the difference.
    """
    value, scale, solved = expected
    values = np.array(p, dtype=np.float64)[:, None]

    def run(levers: Plan) -> engine.Run:
        return engine.run(org, levers, MOVING, values, months, steps_per_month=steps)

    with_plan, without = run(plan), run(baseline_plan(org))
    for name in State._fields:
        assert with_plan.final(name)[0] == pytest.approx(
            solved.final(name), rel=tolerance, abs=least
        ), name
    net = "present_value_net_contribution"
    gained = with_plan.final(net)[0] - without.final(net)[0]
    whole = abs(without.final(net)[0])
    assert abs(gained - value) <= tolerance * scale + noise * whole
    for line in Ledger._fields:
        there = solved.present_value(line)
        assert with_plan.final(f"present_value_{line}")[0] == pytest.approx(
            there, rel=tolerance, abs=tolerance * scale + noise * whole
        ), line


def _changes_something(org: Organisation, plan: Plan) -> bool:
    shifts = (plan.market_research, plan.training, plan.customer_service)
    return plan.involvement != org.involvement or any(one.share_moved > 0.0 for one in shifts)


@pytest.mark.parametrize("name", SHIPPED)
def test_an_adaptive_solver_agrees_on_shipped_scenarios(name: str) -> None:
    shipped = scenario.load_shipped(name)
    org, plan = shipped.organisation_quantities(), shipped.plan_quantities()
    central = register.central(shipped.ranges())
    if not _changes_something(org, plan):
        solved = reference.solve(org, plan, MOVING, central, shipped.horizon_months)
        run = results.simulate(shipped, 1)
        net = run.plan.final("present_value_net_contribution")[0]
        assert net == pytest.approx(solved.present_value(), rel=1e-6)
        return
    drawn = Parameters(*engine.draw(2, shipped.seed, shipped.ranges())[:, 1])
    for p in (central, drawn):
        months = shipped.horizon_months
        expected = reference.net_present_value(org, plan, p, months)
        # Steps of a month are this close where half of a budget leaves within a quarter of a year.
        _agrees_with(expected, org, plan, p, months, tolerance=2e-4)
        _agrees_with(expected, org, plan, p, months, tolerance=2e-6, steps=8)


@pytest.mark.slow
@examples(60, derandomize=True, phases=(Phase.generate,))
@given(
    org=strategies.organisations(),
    plan=strategies.plans(beyond_levers=True),
    p=strategies.corners(),
)
def test_an_adaptive_solver_agrees_on_generated_ones(
    org: Organisation, plan: Plan, p: Parameters
) -> None:
    """Generated plans go to and from nothing within a month, where the response to money and time
    is infinitely steep: the tight bound needs shorter steps there. With one step a month a stock is
    off by 0.002 at most."""
    _agrees(org, plan, p, 48, steps=16, least=1e-4, noise=1e-8)
    _agrees(org, plan, p, 48, tolerance=4e-3, least=2e-3, noise=1e-6)


# --- step size -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_halving_the_step_changes_no_headline_figure(name: str) -> None:
    """None by more than 0.1 %; figures that are differences are judged by what is at stake, see
    :func:`tests.support.reference.net_present_value`, and by the range from P10 to P90."""
    shipped = scenario.load_shipped(name)
    org, plan = shipped.organisation_quantities(), shipped.plan_quantities()
    values = engine.draw(256, shipped.seed, shipped.ranges())
    net = "present_value_net_contribution"

    def quantiles(figure: register.FloatArray) -> register.FloatArray:
        return np.quantile(figure, (0.1, 0.5, 0.9), method="inverted_cdf")

    def figures(steps: int) -> dict[str, register.FloatArray]:
        def run(levers: Plan, what_if: Switches) -> engine.Run:
            return engine.run(
                org, levers, what_if, values, shipped.horizon_months, steps_per_month=steps
            )

        with_plan, without = run(plan, MOVING), run(baseline_plan(org), MOVING)
        value = with_plan.final(net) - without.final(net)
        stake = np.abs(
            [with_plan.final(f"present_value_{line}") for line in Ledger._fields[1:]]
        ).sum(axis=0)
        involved = with_plan.final(net) - run(plan, Switches(1.0, 0.0)).final(net)
        quantities = {
            "net present value": quantiles(value),
            "cost of waiting": quantiles(
                with_plan.final(net) - run(results.later(plan, 12), MOVING).final(net)
            ),
            "return on ignoring": quantiles(
                without.final(net) - run(baseline_plan(org), STILL).final(net)
            ),
            "present value through connectedness": quantiles(involved),
            "worst case": np.array([np.sort(value)[:26].mean()]),
            "stake": np.array([np.median(stake)]),
        }
        return quantities | {at: quantiles(with_plan.final(at)) for at in results.AT_HORIZON}

    single, two = figures(1), figures(2)
    for at in results.AT_HORIZON:
        np.testing.assert_allclose(single[at], two[at], rtol=1e-3, err_msg=at)
        del single[at]
    for figure, values_of_one in single.items():
        spread = np.ptp(two[figure]) if two[figure].size > 1 else 0.0
        scale = np.maximum(np.abs(two[figure]), np.maximum(1e-3 * two["stake"], spread))
        assert (np.abs(values_of_one - two[figure]) <= 1e-3 * scale).all(), figure


def test_euler_converges_to_runge_kutta_at_first_order() -> None:
    shipped = scenario.load_shipped("balanced-shift")
    org, plan = shipped.organisation_quantities(), shipped.plan_quantities()
    values = engine.draw(8, 1)
    exact = engine.run(org, plan, MOVING, values, 24, steps_per_month=8)

    def error(steps: int) -> register.FloatArray:
        run = engine.run(org, plan, MOVING, values, 24, steps_per_month=steps, method="euler")
        return np.array(
            [np.abs(run.final(name) / exact.final(name) - 1.0) for name in State._fields]
        )

    coarse, fine = error(16), error(32)
    moved = coarse > 1e-9
    assert moved.mean() > 0.9
    assert (fine[moved] / coarse[moved] < 0.6).all()
    assert error(256).max() < 1e-3


def test_a_finer_step_gives_fourth_order() -> None:
    """Each halving takes away far more than it would from a method of lower order."""
    org = ORDINARY
    plan = baseline_plan(org)._replace(involvement=INVOLVED, involvement_ramp_months=6.0)
    p = np.array(register.central(), dtype=np.float64)[:, None]
    exact = engine.run(org, plan, MOVING, p, 24, steps_per_month=16)

    def error(steps: int) -> float:
        run = engine.run(org, plan, MOVING, p, 24, steps_per_month=steps)
        return max(
            abs(float(run.final(name)[0] / exact.final(name)[0]) - 1.0)
            for name in ("connected_customers", "competence", "insight", "capability")
        )

    assert error(1) < 1e-5
    assert error(2) < error(1) / 10.0


# --- plain Python --------------------------------------------------------------------------------


@examples(10)
@given(months=st.integers(0, 5), steps=st.integers(1, 3), method=st.sampled_from(("rk4", "euler")))
def test_a_trajectory_reports_every_month_once(months: int, steps: int, method: str) -> None:
    p = register.central()
    records = list(
        system.trajectory(ORDINARY, baseline_plan(ORDINARY), MOVING, p, months, steps, method)
    )
    assert len(records) == months + 1
    assert records[0].state == initial_state(ORDINARY, p).state
    assert set(records[0].ledger) == {0.0}
    assert isinstance(records[-1].outcomes, Outcomes)


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(KeyError):
        next(
            system.trajectory(
                ORDINARY, baseline_plan(ORDINARY), MOVING, register.central(), 1, 1, "magic"
            )
        )

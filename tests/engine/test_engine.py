"""The compiled engine gives the plain model's numbers, the same ones however it is run."""

from __future__ import annotations

import math
import sys
import types
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from simulator import engine, scenario
from simulator.engine import kernel, runs
from simulator.engine.compiler import Compiler
from simulator.engine.fastmath import VECTORISABLE
from simulator.model import flows, system
from simulator.model.initial_state import initial_state
from simulator.model.outcomes import Outcomes
from simulator.model.quantities import (
    Budgets,
    Ledger,
    Organisation,
    Plan,
    State,
    Switches,
)
from simulator.model.register import FloatArray, Parameters
from simulator.results import baseline_plan
from tests.support import strategies
from tests.support.examples import examples
from tests.support.organisations import MOVING, NOTHING, ORDINARY

EMPTY = ORDINARY._replace(
    involvement=NOTHING,
    contacts_per_customer=0.0,
    annual_churn=0.0,
    discount_rate=0.0,
    budgets=Budgets(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
)
"""Everything at zero that may be: the callers of log and pow must keep zeros away from them."""


def _scales(org: Organisation, run: engine.Run) -> dict[str, float]:
    """For every series the size below which a difference is rounding: most series are differences
    of larger numbers, and their rounding is that of what they come from."""
    money = (
        float(run["revenue"].max())
        + flows.labour_bill(org)
        + sum(org.budgets)
        + float(run["hours_cost"].max())
    )
    contacts = max(
        float(run["contacts"].max()),
        org.customers * org.contacts_per_customer,
        1e-9,
    )
    scales = dict.fromkeys(engine.ROWS, money)
    scales |= dict.fromkeys(State._fields, 1.0)
    scales |= {name: contacts for name in Outcomes._fields if name.startswith("contacts")}
    scales |= {f"present_value_{name}": money * run.months / 12.0 for name in Ledger._fields}
    scales |= {
        "customers": org.customers,
        "acquisition": org.customers,
        "churn": 1.0,
        "involvement_hours": org.employees * org.working_hours_per_year,
        "cost_per_contact": float(run["cost_per_contact"].max()),
    }
    return scales


def _plain(records: list[system.Record]) -> dict[str, list[float]]:
    columns = zip(
        *((*record.state, *record.ledger, *record.outcomes) for record in records), strict=True
    )
    return {name: list(column) for name, column in zip(engine.ROWS, columns, strict=True)}


@examples(60, suppress_health_check=[HealthCheck.too_slow])
@given(
    org=strategies.organisations(),
    plan=strategies.plans(beyond_levers=True),
    what_if=strategies.switches(),
    values=strategies.points(3),
    months=st.integers(1, 40),
    steps=st.integers(1, 4),
    method=st.sampled_from(("rk4", "euler")),
)
@example(EMPTY, baseline_plan(EMPTY), MOVING, engine.draw(3, 1), 12, 1, "rk4")
@example(EMPTY, baseline_plan(ORDINARY), MOVING, engine.draw(3, 1), 12, 2, "euler")
@example(ORDINARY, baseline_plan(EMPTY), MOVING, engine.draw(3, 1), 24, 1, "rk4")
def test_compiled_equals_plain(
    org: Organisation,
    plan: Plan,
    what_if: Switches,
    values: FloatArray,
    months: int,
    steps: int,
    method: str,
) -> None:
    run = engine.run(org, plan, what_if, values, months, steps_per_month=steps, method=method)
    scales = _scales(org, run)
    for draw, column in enumerate(values.T):
        p = Parameters(*(float(value) for value in column))
        plain = _plain(list(system.trajectory(org, plan, what_if, p, months, steps, method)))
        for name in engine.ROWS:
            np.testing.assert_allclose(
                run[name][draw],
                plain[name],
                rtol=1e-12,
                atol=1e-12 * scales[name],
                err_msg=name,
            )


@pytest.mark.parametrize("name", [path.stem for path in scenario.shipped()])
def test_compiled_equals_plain_on_shipped_scenarios(name: str) -> None:
    shipped = scenario.load_shipped(name)
    org, plan = shipped.organisation_quantities(), shipped.plan_quantities()
    values = engine.draw(2, shipped.seed, shipped.ranges())
    run = engine.run(org, plan, MOVING, values, shipped.horizon_months)
    scales = _scales(org, run)
    p = Parameters(*(float(value) for value in values[:, 1]))
    plain = _plain(list(system.trajectory(org, plan, MOVING, p, shipped.horizon_months)))
    for row in engine.ROWS:
        np.testing.assert_allclose(
            run[row][1], plain[row], rtol=1e-12, atol=1e-13 * scales[row], err_msg=row
        )


# --- the same numbers, however it is run ---------------------------------------------------------

PLAN = scenario.load_shipped("balanced-shift").plan_quantities()
DRAWS = engine.draw(1000, 5)


def _everything(run: engine.Run) -> FloatArray:
    return np.stack([run[name] for name in engine.ROWS])


@pytest.fixture(scope="module")
def all_draws() -> FloatArray:
    """Every series of a thousand draws, on one thread."""
    return _everything(engine.run(ORDINARY, PLAN, MOVING, DRAWS, 24, threads=1))


@pytest.mark.parametrize("threads", [2, 3, 5, None])
def test_threads_do_not_change_a_bit(threads: int | None, all_draws: FloatArray) -> None:
    run = engine.run(ORDINARY, PLAN, MOVING, DRAWS, 24, threads=threads)
    assert np.array_equal(_everything(run), all_draws)


@pytest.mark.parametrize("threads", [1, 3])
def test_others_that_pass_in_between_do_not_change_a_bit(
    threads: int, all_draws: FloatArray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_PART", 50)
    passed: list[int] = []
    with engine.in_parts(lambda: passed.append(1)):
        run = engine.run(ORDINARY, PLAN, MOVING, DRAWS, 24, threads=threads)
    assert np.array_equal(_everything(run), all_draws)
    assert len(passed) == 16  # 32 blocks of 24 months
    engine.run(ORDINARY, PLAN, MOVING, DRAWS[:, :8], 1)
    assert len(passed) == 16


def test_whoever_passes_in_between_may_end_it() -> None:
    def end() -> None:
        raise ZeroDivisionError

    with engine.in_parts(end), pytest.raises(ZeroDivisionError):
        engine.run(ORDINARY, PLAN, MOVING, DRAWS[:, :8], 1)


@pytest.mark.parametrize("draws", [1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 999])
def test_a_draw_does_not_depend_on_how_many_there_are(draws: int, all_draws: FloatArray) -> None:
    """Narrow and wide kernels included: they compile to the same arithmetic."""
    run = engine.run(ORDINARY, PLAN, MOVING, DRAWS[:, :draws], 24)
    assert run.draws == draws
    assert np.array_equal(_everything(run), all_draws[:, :draws])


@pytest.mark.parametrize("draw", [0, 5, 13, 500, 999])
def test_a_draw_alone_is_the_same_as_among_many(draw: int, all_draws: FloatArray) -> None:
    run = engine.run(ORDINARY, PLAN, MOVING, DRAWS[:, draw : draw + 1], 24)
    assert np.array_equal(_everything(run)[:, 0], all_draws[:, draw])


def test_the_order_of_draws_does_not_matter(all_draws: FloatArray) -> None:
    run = engine.run(ORDINARY, PLAN, MOVING, DRAWS[:, ::-1], 24)
    assert np.array_equal(_everything(run)[:, ::-1], all_draws)


def test_a_shorter_run_is_the_beginning_of_a_longer_one(all_draws: FloatArray) -> None:
    run = engine.run(ORDINARY, PLAN, MOVING, DRAWS[:, :20], 7)
    assert np.array_equal(_everything(run), all_draws[:, :20, :8])


def test_callers_in_many_threads_do_not_disturb_each_other() -> None:
    plans = [
        PLAN._replace(involvement=PLAN.involvement._replace(minutes_per_day=float(minutes)))
        for minutes in range(12)
    ]

    def run(plan: Plan) -> FloatArray:
        return _everything(engine.run(ORDINARY, plan, MOVING, DRAWS[:, :100], 24))

    expected = [run(plan) for plan in plans]
    with ThreadPoolExecutor(6) as pool:
        for _ in range(3):
            for actual, wanted in zip(pool.map(run, plans), expected, strict=True):
                assert np.array_equal(actual, wanted)


def test_inputs_are_left_as_they_were() -> None:
    values = engine.draw(20, 1)
    before = values.copy()
    engine.run(ORDINARY, PLAN, MOVING, values, 12)
    assert np.array_equal(values, before)


# --- what a run holds ----------------------------------------------------------------------------


def test_a_run_gives_series_by_name_and_refuses_others() -> None:
    run = engine.run(ORDINARY, PLAN, MOVING, DRAWS[:, :20], 12)
    for name in engine.ROWS:
        assert run[name].shape == (20, 13)
        assert np.array_equal(run.final(name), run[name][:, -1])
    with pytest.raises(KeyError):
        run["likes"]
    short = engine.run(ORDINARY, PLAN, MOVING, DRAWS[:, :20], 12, record_outcomes=False)
    for name in (*State._fields, "present_value_hours"):
        assert np.array_equal(short[name], run[name])
    with pytest.raises(KeyError):
        short["revenue"]


def test_every_stock_ledger_line_and_outcome_has_one_row() -> None:
    assert len(set(engine.ROWS)) == len(engine.ROWS)
    assert len(engine.ROWS) == len(State._fields) + len(Ledger._fields) + len(Outcomes._fields)


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(KeyError):
        engine.run(ORDINARY, PLAN, MOVING, DRAWS[:, :8], 12, method="magic")


# --- compiled code that is kept ------------------------------------------------------------------


def test_all_that_is_compiled_is_in_the_key_of_the_cache() -> None:
    """Else a changed equation would run as it was before the change, until somebody empties the
    cache."""
    compiler = Compiler()
    for entry in (initial_state, system.rates):
        compiler(entry)
    functions = [one for one in compiler.done if isinstance(one, types.FunctionType)]
    tuples = {
        value
        for function in functions
        for name in function.__code__.co_names
        if isinstance(value := function.__globals__.get(name), type)
    }
    homes = {one.__module__ for one in (*functions, *tuples, Compiler, kernel.compiled)}
    homes |= {VECTORISABLE[math.exp].py_func.__module__}
    assert len(functions) > 40 and len(homes) > 10
    assert homes <= {module.__name__ for module in kernel.modules()}


# --- own functions -------------------------------------------------------------------------------


def _elementwise(function: Callable[..., float], arguments: int) -> Any:
    """One of the engine's functions, for arrays of this many arguments."""
    vectorisable = VECTORISABLE[function]
    vectorize: Any = numba.vectorize
    if arguments == 1:
        return vectorize(lambda x: vectorisable(x))
    return vectorize(lambda x, y: vectorisable(x, y))


def _distance(actual: FloatArray, exact: Any) -> float:
    """Largest relative difference from numbers of extended precision."""
    return float(np.max(np.abs(actual / exact - 1)))


@pytest.fixture(scope="module")
def random() -> np.random.Generator:
    """Always the same random numbers."""
    return np.random.default_rng(1)


def test_own_exp_is_exact_to_the_last_digits(random: np.random.Generator) -> None:
    x = np.concatenate([random.uniform(-700, 700, 200_000), random.normal(0, 1, 200_000)])
    assert _distance(_elementwise(math.exp, 1)(x), np.exp(x.astype(np.longdouble))) < 1e-15
    assert _elementwise(math.exp, 1)(np.array([0.0]))[0] == 1.0


def test_own_exp_stops_at_its_ends_instead_of_going_wrong() -> None:
    below, above = _elementwise(math.exp, 1)(np.array([-1e6, 1e6]))
    assert 0.0 < below < 1e-300
    assert 1e300 < above < np.inf


def test_own_log_is_exact_to_the_last_digits(random: np.random.Generator) -> None:
    x = np.concatenate(
        [
            10.0 ** random.uniform(-300, 300, 200_000),
            random.uniform(0.4, 2.5, 200_000),
            1.0 + random.uniform(-1e-6, 1e-6, 10_000),
        ]
    )
    x = x[x != 1.0]
    assert _distance(_elementwise(math.log, 1)(x), np.log(x.astype(np.longdouble))) < 1e-15
    assert _elementwise(math.log, 1)(np.array([1.0]))[0] == 0.0


def test_own_pow_is_exact_as_far_as_its_logarithm_is(random: np.random.Generator) -> None:
    """The rounding of ``y log x`` grows with it: the bound does too."""
    x = 10.0 ** random.uniform(-30, 30, 200_000)
    y = random.uniform(-3, 3, 200_000)
    actual = _elementwise(math.pow, 2)(x, y)
    exact = np.power(x.astype(np.longdouble), y.astype(np.longdouble))
    bound = 1e-15 + 4e-16 * np.abs(y * np.log(x))
    assert (np.abs(actual / exact - 1) < bound).all()
    near_one = random.uniform(0.1, 10.0, 200_000)
    exact = np.power(near_one.astype(np.longdouble), 0.38)
    assert _distance(_elementwise(math.pow, 2)(near_one, 0.38), exact) < 1e-15


def test_a_full_disk_costs_time_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first call compiles, and then fails to put what it compiled on disk."""
    org, plan = ORDINARY, baseline_plan(ORDINARY)
    values = engine.draw(100, 1)
    expected = engine.run(org, plan, MOVING, values, 12).final("trust")
    real = kernel.compiled(engine.WIDE)
    calls: list[int] = []

    def full_disk(*arguments: object) -> None:
        calls.append(1)
        if len(calls) == 1:
            raise OSError(28, "No space left on device")
        real(*arguments)

    monkeypatch.setattr(runs, "compiled", lambda lanes: full_disk)
    trust = engine.run(org, plan, MOVING, values, 12, threads=1).final("trust")
    assert np.array_equal(trust, expected)
    assert len(calls) == 2


@pytest.mark.parametrize("width", [engine.WIDE, engine.NARROW])
def test_draws_of_every_kind_are_run_by_the_same_compiled_code(width: int) -> None:
    """A second kind would be compiled when somebody waits for it, for half a minute."""
    kept = engine.draw(width, 1)
    kept.flags.writeable = False
    for values in (kept, kept.copy(), kept.copy(order="F"), kept[:, 1:]):
        engine.run(ORDINARY, baseline_plan(ORDINARY), MOVING, values, 12)
    assert len(kernel.compiled(width).signatures) == 1


@pytest.mark.parametrize("program", ["no such program", sys.executable])
def test_all_is_made_ready_whatever_becomes_of_the_process_beside(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    warmed: list[int] = []
    monkeypatch.setattr(runs, "ready", lambda: False)
    monkeypatch.setattr(runs, "_warm", warmed.append)
    monkeypatch.setattr(sys, "executable", program)
    engine.prepare()
    assert {*warmed} == {engine.WIDE, engine.NARROW}

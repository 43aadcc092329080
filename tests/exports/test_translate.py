"""The abstract model gives the numbers of the equations that it was read from, and another engine
that runs it agrees with ours."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given

import simulator
from simulator import engine
from simulator.exports.translate import (
    Kind,
    input_values,
    read_model,
    scenario_xmile,
    values_at,
    xmile,
)
from simulator.exports.translate.expressions import references
from simulator.exports.translate.model import TIME
from simulator.exports.translate.reader import Reader, settled_names
from simulator.exports.translate.xmile import NAMESPACE
from simulator.model import register, system
from simulator.model.outcomes import Outcomes
from simulator.model.quantities import Ledger, Organisation, Plan, State, Switches
from simulator.model.register import Parameters
from simulator.scenario import shipped
from tests.support import strategies
from tests.support.examples import examples

# What PySD itself does in ways that pandas will no longer have.
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame")

MOVING = Switches(drift=1.0, connecting=1.0)
SERIES = (*State._fields, *(f"present_value_{name}" for name in Ledger._fields), *Outcomes._fields)
MONTHS = 24
"""For which generated scenarios run: all there is to compare moves by then."""


def _draw(seed: int) -> Parameters:
    return Parameters(*(float(value) for value in engine.draw(2, seed)[:, 1]))


# --- the abstract model ---------------------------------------------------------------------------


@given(
    org=strategies.organisations(),
    plan=strategies.plans(beyond_levers=True),
    seed=strategies.seeds(),
)
@examples(50)
def test_the_model_gives_the_numbers_of_the_equations(
    org: Organisation, plan: Plan, seed: int
) -> None:
    p = _draw(seed)
    months = list(system.trajectory(org, plan, MOVING, p, 13))
    inputs = input_values(org, plan, MOVING, p)
    for month in (0, 13):
        now = months[month]
        stocks = {} if month == 0 else now.state._asdict()
        values = values_at(read_model(), inputs, float(month), stocks)
        assert {name: values[name] for name in State._fields} == now.state._asdict()
        assert {name: values[name] for name in Outcomes._fields} == now.outcomes._asdict()


def test_every_variable_is_explained_and_after_what_it_needs() -> None:
    model = read_model()
    before = {TIME}
    for name, variable in model.variables.items():
        assert variable.meaning.strip(" :,."), name
        assert name.isidentifier() and variable.name == name
        if variable.expression is not None:
            assert before.issuperset(references(variable.expression)), name
        before.add(name)


def test_the_model_has_all_that_is_known_by_name() -> None:
    model = read_model()
    stocks = [f"present_value_{name}" for name in Ledger._fields] + list(State._fields)
    assert {variable.name for variable in model.of_kind(Kind.STOCK)} == set(stocks)
    assert {variable.flow for variable in model.of_kind(Kind.STOCK)} == {
        variable.name for variable in model.of_kind(Kind.FLOW)
    }
    assert {variable.name for variable in model.of_kind(Kind.OUTCOME)} == set(Outcomes._fields)
    assert {row.id for row in register.REGISTER} <= set(model.variables)


def test_names_do_not_depend_on_who_comes_first() -> None:
    proposals = {"#0": ("level", "level_a"), "#1": ("level", "level_b"), "#2": ("speed",)}
    expected = {"#0": "level_a", "#1": "level_b", "#2": "speed_2"}
    assert settled_names(proposals, ["speed"]) == expected
    assert settled_names(dict(reversed(proposals.items())), ["speed"]) == expected


def _loop(level: float) -> float:
    """Nothing that equations have."""
    for _ in range(2):
        level = level + 1.0
    return level


def test_what_is_not_in_the_grammar_is_refused() -> None:
    with pytest.raises(ValueError, match="_loop: for _ in range"):
        Reader(()).call(_loop, (1.0,))  # type: ignore[arg-type]


# --- XMILE ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["A & B <c>", "quotes \"'", "control \x00\x0b", "lone \ud800"])
def test_a_name_is_data(name: str) -> None:
    inputs = dict.fromkeys(read_model().variables, 1.0)
    root = ET.fromstring(xmile(read_model(), inputs, 12, name).encode("utf-8"))  # noqa: S314
    written = root.findtext(f"{{{NAMESPACE}}}header/{{{NAMESPACE}}}name")
    assert written == "".join(sign for sign in name if sign.isprintable())


@pytest.fixture(scope="module")
def independent(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """PySD with the file of a shipped scenario: translated once, run with other constants."""
    import pysd  # late: whoever collects tests need not wait for it

    file = tmp_path_factory.mktemp("pysd") / "model.xmile"
    file.write_text(scenario_xmile(simulator.load("balanced-shift")), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        # PySD has Black lay out the Python that it makes, which nobody reads.
        patch.setattr("black.format_file_contents", lambda text, **_: text)
        model = pysd.read_xmile(str(file))
    model.run()
    # What may be kept between steps follows from the equations alone; PySD works it out anew before
    # each run, which takes longer than the run.
    model._assign_cache_type = lambda: None
    return model


def _sizes(org: Organisation, series: engine.Run) -> dict[str, float]:
    """What numbers of each series are large or small against: what they are differences of."""
    largest = {name: float(np.max(np.abs(series[name]))) for name in SERIES}
    money = max(
        largest["revenue"], largest["net_contribution"], sum(org.budgets), largest["hours_cost"]
    )
    contacts = max(largest["contacts"], org.customers * org.contacts_per_customer)
    sizes = {}
    for name in SERIES:
        if name in State._fields:
            sizes[name] = max(largest[name], 1.0)
        elif name.startswith("contacts"):
            sizes[name] = contacts
        elif name in ("churn", "cost_per_contact", "acquisition", "involvement_hours"):
            sizes[name] = largest[name]
        else:
            sizes[name] = max(largest[name], money)
    return sizes


def _agree(theirs: Any, ours: Any, sizes: Mapping[str, float]) -> None:
    for name in SERIES:
        np.testing.assert_allclose(
            theirs[name].to_numpy(dtype=float),
            ours[name][0],
            rtol=1e-9,
            atol=1e-12 * sizes[name],
            err_msg=name,
        )


def _both(independent: Any, org: Organisation, plan: Plan, p: Parameters, months: int) -> None:
    theirs = independent.run(
        params=input_values(org, plan, MOVING, p), return_columns=SERIES, final_time=months
    )
    values = np.array(p, dtype=np.float64)[:, None]
    ours = engine.run(org, plan, MOVING, values, months, method="euler", threads=1)
    _agree(theirs, ours, _sizes(org, ours))


def test_an_independent_engine_agrees_on_the_file_as_it_is(independent: Any) -> None:
    scenario = simulator.load("balanced-shift")
    theirs = independent.run(return_columns=SERIES)
    org, plan = scenario.organisation_quantities(), scenario.plan_quantities()
    values = engine.draw(1, 0, scenario.ranges())
    ours = engine.run(org, plan, MOVING, values, scenario.horizon_months, method="euler")
    _agree(theirs, ours, _sizes(org, ours))


@pytest.mark.parametrize("file", shipped(), ids=lambda file: file.stem)
def test_an_independent_engine_agrees_on_every_shipped_scenario(
    file: Path, independent: Any
) -> None:
    scenario = simulator.load(file)
    p = register.central(scenario.ranges())
    org, plan = scenario.organisation_quantities(), scenario.plan_quantities()
    _both(independent, org, plan, p, scenario.horizon_months)


@given(
    org=strategies.organisations(),
    plan=strategies.plans(beyond_levers=True),
    seed=strategies.seeds(),
)
@examples(
    200,
    phases=[
        Phase.explicit,
        Phase.generate,
    ],  # a smaller case is not worth minutes of another engine
    suppress_health_check=list(HealthCheck),
)
def test_an_independent_engine_agrees_on_any_scenario(
    independent: Any, org: Organisation, plan: Plan, seed: int
) -> None:
    _both(independent, org, plan, _draw(seed), MONTHS)


def test_what_is_compared_moves() -> None:
    scenario = simulator.load("balanced-shift")
    org, plan = scenario.organisation_quantities(), scenario.plan_quantities()
    run = engine.run(org, plan, MOVING, engine.draw(2, 1), MONTHS, method="euler")
    still = [name for name in SERIES if np.ptp(run[name][0]) == 0.0]
    assert still == ["savings"]  # this plan keeps nothing

"""The engine still gives the golden numbers, which another solver made (``tests/golden``)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from simulator import engine, scenario, simulate
from simulator.model import register
from simulator.model.outcomes import Outcomes
from simulator.model.quantities import NOTHING_KNOWN, State
from simulator.version import MODEL_VERSION
from tests.golden import remake
from tests.support.organisations import MOVING

GOLDEN = remake.read()
_SERIES = {number.series for number in GOLDEN.numbers}

RUNS = [(path, run) for path in remake.scenarios() for run in remake.runs_of(path)]

REBUILDING = 26_406.044
"""What the plan in stages takes to build up service again, worth today, currency."""

ADVICE = (
    "The model's numbers moved. If that is what was meant, raise MODEL_VERSION in "
    "simulator/version.py and run `python -m tests.golden.remake`; if not, undo the change."
)


def test_the_golden_numbers_belong_to_this_version_of_the_model() -> None:
    assert GOLDEN.version == MODEL_VERSION, (
        f"The golden numbers are of model {GOLDEN.version}, the code says {MODEL_VERSION}: "
        "run `python -m tests.golden.remake`."
    )


def test_all_series_of_all_scenarios_are_in_the_file() -> None:
    names = {path.stem for path in remake.scenarios()}
    assert {number.scenario for number in GOLDEN.numbers} == names
    assert set(engine.ROWS) == _SERIES, (
        f"run: python3 dev.py refresh (without golden numbers: {set(engine.ROWS) - _SERIES}, gone: "
        f"{_SERIES - set(engine.ROWS)})"
    )
    runs = {(path.stem, run) for path, run in RUNS}
    assert {(number.scenario, number.run) for number in GOLDEN.numbers} == runs


def test_scenarios_of_every_edition_are_among_them() -> None:
    """Files that the first edition of the model was made for are simulated by this one; and some in
    which an organisation knows its service and its community."""
    versions = [json.loads(path.read_bytes())["schema_version"] for path in remake.scenarios()]
    assert versions.count(1) == 3
    staged = [scenario.load(path).plan.stages for path in remake.scenarios()]
    assert sum(stages is not None for stages in staged) == 1
    opened = [scenario.load(path).organisation_quantities() for path in remake.scenarios()]
    assert [org.known for org in opened].count(NOTHING_KNOWN) == 4
    for name in ("social_contact_cost", "social_contact_share", "participating_share"):
        assert any(getattr(org.known, name) >= 0.0 for org in opened), name


@pytest.mark.parametrize(("path", "run"), RUNS, ids=[f"{path.stem}-{run}" for path, run in RUNS])
def test_the_engine_gives_the_golden_numbers(path: Path, run: str) -> None:
    """With sixteen steps a month, where its own error is far below what any change would move."""
    name = path.stem
    shipped = scenario.load(path)
    org = shipped.organisation_quantities()
    plan = remake.runs_of(path)[run]
    p = np.array(register.central(shipped.ranges()), dtype=np.float64)[:, None]
    engine_run = engine.run(org, plan, MOVING, p, shipped.horizon_months, steps_per_month=16)
    monthly = engine.run(org, plan, MOVING, p, shipped.horizon_months)
    size = org.customers * org.revenue_per_customer
    numbers = [number for number in GOLDEN.numbers if (number.scenario, number.run) == (name, run)]
    assert len(numbers) >= 4 * len(_SERIES)
    for number in numbers:
        # Money that is a difference rounds as what it is the difference of.
        least = 1e-9 if number.series in State._fields else 1e-9 * size
        if number.series in Outcomes._fields and number.series.startswith(("contacts", "cost_per")):
            least = 1e-7 * org.customers
        value = engine_run[number.series][0, number.month]
        assert value == pytest.approx(number.value, rel=2e-6, abs=least), (
            f"{number.series} in month {number.month}: {ADVICE}"
        )
        usual = monthly[number.series][0, number.month]
        assert usual == pytest.approx(number.value, rel=1e-4, abs=1e3 * least), number


def test_a_plan_in_stages_goes_the_way_that_its_golden_numbers_say() -> None:
    """At central values, in which nothing is measured wrong: as trust was solved to be then. Going
    back takes building up service again, which is frozen here."""
    path = remake.SCENARIOS / "in-stages.json"
    plan = scenario.load(path)
    forecast, stages = simulate(plan, 1), plan.plan.stages
    assert stages is not None and stages.back is not None and forecast.staged is not None
    known = {number[1:4]: number.value for number in GOLDEN.numbers if number[0] == path.stem}
    trust = known["stay", stages.review_month, "trust"]
    assert trust < stages.back and forecast.taken()["back"] == 1.0
    back = engine.run(
        plan.organisation_quantities(),
        remake.runs_of(path)["back"],
        MOVING,
        forecast.shared_baseline.values,
        plan.horizon_months,
    )
    name = "present_value_net_contribution"
    rebuilding = back.final(name)[0] - forecast.plan.final(name)[0]
    assert rebuilding == pytest.approx(REBUILDING, rel=1e-6), ADVICE


def test_remaking_refuses_numbers_that_moved_under_the_same_version() -> None:
    first = GOLDEN.numbers[0]
    other = GOLDEN.numbers[1:]
    assert not remake.moved(GOLDEN, GOLDEN)
    assert remake.moved(GOLDEN, GOLDEN._replace(numbers=other))
    more = (*GOLDEN.numbers, first._replace(series="complaints"))
    assert not remake.moved(GOLDEN, GOLDEN._replace(numbers=more)), "a new series moves nothing"
    assert remake.moved(GOLDEN._replace(numbers=more), GOLDEN)
    elsewhere = (*GOLDEN.numbers, first._replace(scenario="another"))
    assert not remake.moved(GOLDEN, GOLDEN._replace(numbers=elsewhere)), "nor a new scenario"
    assert remake.moved(GOLDEN._replace(numbers=elsewhere), GOLDEN)
    nudged = first._replace(value=first.value * 1.0001 + 1e-3)
    assert remake.moved(GOLDEN, GOLDEN._replace(numbers=(nudged, *other)))

"""What differs between scenarios: everything that takes effect, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from simulator import scenario
from simulator.model.quantities import SOURCES
from simulator.model.register import REGISTER, Range
from simulator.scenario import Scenario, SplitInput, diff
from simulator.scenario.diff import GROUPS, Diff
from simulator.scenario.organisation import KnownInput

DEFAULT = scenario.load_shipped("balanced-shift")
SHIPPED = [scenario.load_shipped(path.stem) for path in scenario.shipped()]
SAVED = SplitInput(
    listening=0.0, community=0.0, content=0.0, networking=0.0, social_service=0.0, savings=1.0
)


def _by_path(*scenarios: Scenario) -> dict[str, Diff]:
    return {one.path: one for one in diff.scenario_diff(scenarios)}


def _leaves(model: BaseModel, path: str = "") -> Iterator[tuple[str, object]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from _leaves(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value


@pytest.mark.parametrize(
    "path",
    [
        path
        for path, value in _leaves(DEFAULT)
        if isinstance(value, int | float) and path not in {"schema_version", "seed"}
        if not path.startswith("plan.split.")
    ],
)
def test_every_number_that_takes_effect_is_told(path: str) -> None:
    """One number is changed, and that is all that differs."""
    value = dict(_leaves(DEFAULT))[path]
    assert isinstance(value, int | float)
    more = isinstance(value, int) or path.endswith("people_per_customer")
    other = DEFAULT.changed(**{path: value + 1 if more else value * 0.75 + 0.01})
    differences = _by_path(DEFAULT, DEFAULT, other)
    assert path in differences
    # Where the plan leaves involvement as it is today, it changes with the organisation's.
    assert {one.rpartition(".")[2] for one in differences} == {path.rpartition(".")[2]}
    difference = differences[path]
    assert difference.values == (float(value), float(value), float(dict(_leaves(other))[path]))  # type: ignore[arg-type]
    assert difference.unit and difference.group == path.split(".")[0] and difference.group in GROUPS


@pytest.mark.parametrize("name", KnownInput.model_fields)
def test_what_one_knows_and_another_does_not_is_told(name: str) -> None:
    path = f"organisation.known.{name}"
    differences = _by_path(DEFAULT, DEFAULT.changed(**{path: 0.5}))
    assert {path: differences[path].values} == {path: (None, 0.5)} and differences.keys() == {path}
    assert differences[path].unit.split()[0] in {"share", "currency"}


def test_texts_and_seeds_are_no_difference() -> None:
    other = DEFAULT.changed(name="Other", story="x", description="x", notes="x", author="x", seed=9)
    assert diff.scenario_diff((DEFAULT, other)) == ()


def test_a_split_of_its_own_is_a_difference_only_where_it_is_another() -> None:
    common = DEFAULT.plan.split
    same = DEFAULT.changed(**{"plan.training.split": common})
    assert diff.scenario_diff((DEFAULT, same)) == ()
    own = DEFAULT.changed(**{"plan.training.split": SAVED})
    differences = _by_path(DEFAULT, own)
    assert {path.rpartition(".")[0] for path in differences} == {"plan.training.split"}
    assert differences["plan.training.split.savings"].values == (common.savings, 1.0)
    assert differences["plan.training.split.savings"].label == "Training: Put into: Savings"


def test_a_common_split_that_no_source_has_is_no_difference() -> None:
    own = {f"plan.{source}.split": SAVED for source in SOURCES}
    unused = DEFAULT.changed(**own, **{"plan.split": SAVED})
    assert diff.scenario_diff((DEFAULT.changed(**own), unused)) == ()


def test_what_stays_as_it_is_today_is_compared_by_what_it_is() -> None:
    today = DEFAULT.organisation.involvement.openness
    left, stated = (DEFAULT.changed(**{"plan.involvement.openness": one}) for one in (None, today))
    assert diff.scenario_diff((left, stated)) == ()


def test_assumptions_have_their_ranges() -> None:
    parameter = next(one for one in REGISTER if one.low < one.high)
    other = DEFAULT.changed(**{f"assumptions.{parameter.id}": parameter.central})
    (difference,) = diff.scenario_diff((DEFAULT, other))
    assert difference.values == (
        Range(parameter.low, parameter.central, parameter.high),
        Range(parameter.central, parameter.central, parameter.central),
    )
    assert (difference.place, difference.unit) == (("Assumptions", parameter.label), parameter.unit)


@given(st.lists(st.sampled_from(SHIPPED), min_size=2, max_size=6))
def test_only_what_differs_is_told_and_every_text_is_listed(scenarios: list[Scenario]) -> None:
    differences = diff.scenario_diff(scenarios)
    texts, units = {*diff.texts()}, {*diff.units(), ""}
    assert len({one.path for one in differences}) == len(differences)
    for difference in differences:
        assert len(difference.values) == len(scenarios)
        assert any(value != difference.values[0] for value in difference.values)
        assert {*difference.place, GROUPS[difference.group]} <= texts and difference.unit in units
    assert (not differences) == (
        len({one.without_results().model_dump_json() for one in scenarios}) == 1
    )

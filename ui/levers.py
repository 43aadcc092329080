"""Between a scenario and the levers on the screen: pure, without Streamlit.

A lever is known by its path in the scenario file. Its bounds and unit come from the scenario's own
field definitions. Values are shares, minutes and months, as in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any, cast, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from simulator.equations.quantities import Budgets, Split
from simulator.outcomes import carrying_on
from simulator.scenario import InvolvementInput, PlanInput, Scenario, ShiftInput, SplitInput

SOURCES: tuple[str, ...] = tuple(
    name for name, field in PlanInput.model_fields.items() if field.annotation is ShiftInput
)
TAKE: tuple[str, ...] = tuple(f"plan.{source}.share_moved" for source in SOURCES)
PUT: tuple[str, ...] = tuple(f"plan.split.{name}" for name in SplitInput.model_fields)
INVOLVE: tuple[str, ...] = tuple(
    f"plan.involvement.{name}" for name in InvolvementInput.model_fields
)

_TIMES = ("start_month", "ramp_months")
WHEN_MONEY: tuple[str, ...] = tuple(f"plan.*.{name}" for name in _TIMES)
"""One lever for all three sources: ``*`` stands for each of them."""
WHEN_INVOLVEMENT: tuple[str, ...] = tuple(f"plan.involvement.{name}" for name in _TIMES)

ALL: tuple[str, ...] = (*TAKE, *PUT, *INVOLVE, *WHEN_MONEY, *WHEN_INVOLVEMENT)

_MINUTES = (*range(61), 75, 90, 120, 180, 240, 480)
"""Every minute up to an hour, then coarse: few look there, but the overload has to be seen."""


@dataclass(frozen=True, slots=True)
class Lever:
    """What the scenario's field definition says about a lever."""

    path: str
    name: str
    """The field's name, or for a shift out of a source the source's."""
    unit: str
    least: float
    most: float


@cache
def lever(path: str) -> Lever:
    """The lever at this path. Raises ``KeyError`` when the scenario has no such field."""
    parts = path.replace("*", SOURCES[0]).split(".")
    field = _field(Scenario, parts)
    extra = cast("dict[str, Any]", field.json_schema_extra)
    limits = {
        name: float(getattr(one, name))
        for one in field.metadata
        for name in ("ge", "le")
        if getattr(one, name, None) is not None
    }
    return Lever(
        path,
        parts[-2] if path in TAKE else parts[-1],
        extra["unit"],
        limits["ge"],
        limits["le"],
    )


def _field(model: type[BaseModel], parts: list[str]) -> FieldInfo:
    field = model.model_fields[parts[0]]
    if len(parts) == 1:
        return field
    kinds = (field.annotation, *get_args(field.annotation))
    inner = next(one for one in kinds if isinstance(one, type) and issubclass(one, BaseModel))
    return _field(inner, parts[1:])


def on_screen(scenario: Scenario) -> dict[str, float]:
    """What the levers show for a scenario, by path.

    Involvement that stays as it is shows today's value. Where the sources differ in timing, that
    of the source which frees the most money is shown.
    """
    freed = freed_by_source(scenario)
    largest = max(SOURCES, key=lambda source: freed[source])
    values: dict[str, float] = {}
    for path in ALL:
        value = _at(scenario, path.replace("*", largest))
        values[path] = today(scenario, path) if value is None else value
    return values


def today(scenario: Scenario, path: str) -> float:
    """Today's value of an involvement lever."""
    return float(_at(scenario, path.replace("plan.", "organisation.", 1)))


def _at(scenario: Scenario, path: str) -> Any:
    return reduce(getattr, path.split("."), scenario)


def stops(scenario: Scenario, path: str) -> list[float]:
    """The values that a lever can take, in order; the scenario's own are always among them."""
    one = lever(path)
    if one.unit.startswith("share"):
        grid: Iterable[float] = (percent / 100 for percent in range(101))
    elif one.unit.startswith("minutes"):
        grid = _MINUTES
    elif one.name == "start_month":  # a start beyond the horizon does nothing
        grid = range(scenario.horizon_months + 1)
    else:
        grid = range(int(one.least), int(one.most) + 1)
    own = {on_screen(scenario)[path]}
    if path in INVOLVE:
        own.add(today(scenario, path))
    return sorted({value for value in grid if one.least <= value <= one.most} | own)


def routes_differ(scenario: Scenario) -> bool:
    """Whether a source's money goes another way than the common split says."""
    return any(getattr(scenario.plan, source).split is not None for source in SOURCES)


def times_differ(scenario: Scenario) -> bool:
    """Whether the sources' shifts start or last differently."""
    shifts = [getattr(scenario.plan, source) for source in SOURCES]
    return len({(one.start_month, one.ramp_months) for one in shifts}) > 1


def starts_too_late(scenario: Scenario) -> bool:
    """Whether the plan changes something, but all of it from the horizon on or later."""
    plan, freed = scenario.plan_quantities(), freed_by_source(scenario)
    starts = [getattr(plan, source).start_month for source in SOURCES if freed[source] > 0.0]
    if plan.involvement != carrying_on(scenario.organisation_quantities()).involvement:
        starts.append(plan.involvement_start_month)
    return bool(starts) and min(starts) >= scenario.horizon_months


def moved(
    scenario: Scenario, values: Mapping[str, float], *, own_routes: bool, own_times: bool
) -> Scenario:
    """The scenario with its levers at ``values``; what no lever has moved stays exactly as it was.

    ``own_routes`` and ``own_times``: each source keeps the split and the timing that the scenario
    gives it, else the common ones on the screen hold for all three.

    Raises:
        ScenarioError: a value that the scenario does not allow.
    """
    shown = on_screen(scenario)
    changes: dict[str, object] = {
        path: values[path]
        for path in (*TAKE, *PUT, *INVOLVE, *WHEN_INVOLVEMENT)
        if values[path] != shown[path]
    }
    for source in SOURCES:
        if not own_routes and getattr(scenario.plan, source).split is not None:
            changes[f"plan.{source}.split"] = None
        for path in () if own_times else WHEN_MONEY:
            real = path.replace("*", source)
            if values[path] != _at(scenario, real):
                changes[real] = values[path]
    return scenario.changed(**changes) if changes else scenario


def rebalanced(shares: Mapping[str, float], held: str) -> dict[str, float]:
    """The shares in whole per cents that total exactly 100 %, without changing ``held``.

    The others give and take in proportion to what they have; evenly when they have nothing.
    ``held`` itself is rounded to a whole per cent.
    """
    kept = min(max(round(100 * shares[held]), 0), 100)
    others = {name: share for name, share in shares.items() if name != held}
    total = sum(others.values())
    wanted = {
        name: (100 - kept) * (share / total if total > 0.0 else 1.0 / len(others))
        for name, share in others.items()
    }
    percents = {name: int(share) for name, share in wanted.items()}
    missing = 100 - kept - sum(percents.values())
    by_remainder = sorted(others, key=lambda name: percents[name] - wanted[name])
    for name in by_remainder[:missing]:
        percents[name] += 1
    return {name: (kept if name == held else percents[name]) / 100 for name in shares}


def freed_by_source(scenario: Scenario) -> dict[str, float]:
    """Money taken from each source in the end, currency per year."""
    plan, budgets = scenario.plan_quantities(), scenario.organisation_quantities().budgets
    return {
        source: getattr(plan, source).share_moved * getattr(budgets, source) for source in SOURCES
    }


def received(scenario: Scenario) -> Split:
    """Money that each instrument, and saving, gets in the end, currency per year."""
    plan, freed = scenario.plan_quantities(), freed_by_source(scenario)
    return Split(
        *(
            sum(freed[source] * getattr(getattr(plan, source).split, name) for source in SOURCES)
            for name in Split._fields
        )
    )


def budget(scenario: Scenario, source: str) -> float:
    """Today's budget of a source, currency per year."""
    budgets: Budgets = scenario.organisation_quantities().budgets
    return float(getattr(budgets, source))

"""What differs between scenarios: levers, organisation and assumptions, as they take effect.

Compared is what the simulation uses, not how a file says it: involvement that is left open is the
organisation's own, a source without a split of its own has the common one, and an assumption that
is overridden with the register's own range does not differ from one that is not overridden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from simulator.model.quantities import Involvement, Plan, Split
from simulator.model.register import REGISTER, Range
from simulator.results import OUTCOMES
from simulator.scenario import PlanInput, Scenario, ShiftInput

Value = float | str | Range
"""A number in its unit, a text, or the range of an assumption."""

SOURCES: tuple[str, ...] = tuple(
    name for name, field in PlanInput.model_fields.items() if field.annotation is ShiftInput
)

GROUPS: Mapping[str, str] = {
    "plan": "Levers",
    "organisation": "The organisation",
    "assumptions": "Assumptions",
    "horizon_months": "Months to look ahead",
}
"""What can differ, by id."""


@dataclass(frozen=True, slots=True)
class Differing:
    """One thing in which at least one scenario differs from the others."""

    path: str
    """Where it stands in a scenario, such as ``plan.training.share_moved``; a part of a scenario
    that says nothing there (``null``) has what takes effect instead."""
    group: str
    """One of :data:`GROUPS`."""
    place: tuple[str, ...]
    """What it is called, from the general to the particular; each a text that can be translated."""
    unit: str
    """As in the scenario or the register; empty for texts."""
    values: tuple[Value, ...]
    """One for each scenario."""

    @property
    def label(self) -> str:
        """What it is called, in one line."""
        return ": ".join(self.place)


def differing(scenarios: Sequence[Scenario]) -> tuple[Differing, ...]:
    """All that differs between ``scenarios``, levers first; nothing that all have in common, and no
    titles, texts and seeds, which change nothing in a comparison."""
    split = {
        source
        for source in SOURCES
        if any(getattr(one.plan, source).split is not None for one in scenarios)
    }
    effective = [dict(_effective(one, split)) for one in scenarios]
    found = []
    for path in effective[0]:
        values = tuple(one[path] for one in effective)
        if any(value != values[0] for value in values):
            place, unit = _described(path)
            found.append(Differing(path, path.split(".")[0], place, unit, values))
    return tuple(found)


def ranges(scenario: Scenario) -> dict[str, Range]:
    """The range of every assumption by id, those of the register where nothing is overridden."""
    given = scenario.ranges()
    return {one.id: given.get(one.id, Range(one.low, one.central, one.high)) for one in REGISTER}


def texts() -> Iterator[str]:
    """Every text that :attr:`Differing.place` and :data:`GROUPS` can hold, some more than once."""
    yield from GROUPS.values()
    yield from _NAMES.values()
    yield from (_MONEY, _ARRIVES)
    yield from (one.label for one in REGISTER)


def units() -> Iterator[str]:
    """Every unit that :attr:`Differing.unit` can hold, some more than once."""
    yield from (one.unit for one in REGISTER)
    yield from (one for one in _units(Scenario) if one)


# --- what takes effect ---------------------------------------------------------------------------


def _effective(scenario: Scenario, split: set[str]) -> Iterator[tuple[str, Value]]:
    """Paths and values; ``split``: sources of which each scenario's own split is told."""
    plan, organisation = scenario.plan_quantities(), scenario.organisation
    yield from _plan(plan, split)
    if split != set(SOURCES):
        common = scenario.plan.split.quantities()
        yield from ((f"plan.split.{name}", value) for name, value in common._asdict().items())
    for path, value in _leaves("organisation", organisation):
        yield path, value if isinstance(value, str) else float(value)
    yield from ((f"assumptions.{name}", span) for name, span in ranges(scenario).items())
    yield "horizon_months", float(scenario.horizon_months)


def _plan(plan: Plan, split: set[str]) -> Iterator[tuple[str, Value]]:
    for source in SOURCES:
        shift = getattr(plan, source)
        for name in ("share_moved", "start_month", "ramp_months"):
            yield f"plan.{source}.{name}", getattr(shift, name)
        if source in split:
            for name in Split._fields:
                yield f"plan.{source}.split.{name}", getattr(shift.split, name)
    for name in Involvement._fields:
        yield f"plan.involvement.{name}", getattr(plan.involvement, name)
    yield "plan.involvement.start_month", plan.involvement_start_month
    yield "plan.involvement.ramp_months", plan.involvement_ramp_months


def _leaves(path: str, model: BaseModel) -> Iterator[tuple[str, Any]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from _leaves(f"{path}.{name}", value)
        else:
            yield f"{path}.{name}", value


# --- what it is called ---------------------------------------------------------------------------

_MONEY, _ARRIVES = "Take from", "Put into"
_NAMES: Mapping[str, str] = {
    **{
        name: OUTCOMES["savings" if name == "savings" else f"spent_{name}"].label
        for name in (*SOURCES, *Split._fields)
    },
    "start_month": "Money starts",
    "ramp_months": "Money takes",
    "plan.involvement": "Involvement",
    "plan.involvement.start_month": "Involvement starts",
    "plan.involvement.ramp_months": "Involvement takes",
    "organisation": "The organisation",
    "organisation.budgets": "Budgets today",
    "organisation.involvement": "How people behave today",
    "assumptions": "Assumptions",
    "minutes_per_day": "Minutes per day",
    "participation": "Participation",
    "openness": "Openness",
    "promotional_share": "Promotional share",
    "regularity": "Regularity",
    "mandate": "Mandate",
    "name": "Name",
    "currency": "Currency",
    "customers": "Customers today",
    "revenue_per_customer": "Revenue per customer",
    "annual_churn": "Customers lost",
    "contacts_per_customer": "Service contacts",
    "employees": "Employees",
    "working_hours_per_year": "Working time",
    "labour_cost_per_hour": "Labour cost",
    "gross_margin": "Gross margin",
    "discount_rate": "Discount rate",
    "horizon_months": "Months to look ahead",
}
"""By path, or by the last part of it."""

_ASSUMPTIONS: Mapping[str, tuple[str, str]] = {one.id: (one.label, one.unit) for one in REGISTER}


def _described(path: str) -> tuple[tuple[str, ...], str]:
    """What stands at ``path`` is called, and its unit."""
    parent, _, name = path.rpartition(".")
    if parent == "assumptions":
        label, unit = _ASSUMPTIONS[name]
        return (_NAMES["assumptions"], label), unit
    unit = _unit(path)
    if path in _NAMES:
        return (_NAMES[path],), unit
    match path.split("."):
        case ["plan", source, "share_moved"]:
            return (_MONEY, _NAMES[source]), unit
        case ["plan", "split", name]:
            return (_ARRIVES, _NAMES[name]), unit
        case ["plan", source, "split", name]:
            return (_NAMES[source], _ARRIVES, _NAMES[name]), unit
        case ["plan", source, name] if source in SOURCES:
            return (_NAMES[source], _NAMES[name]), unit
    return (_NAMES[parent], _NAMES[name]), unit


def _unit(path: str) -> str:
    """As the scenario's own definition has it; empty for a text."""
    model: type[BaseModel] | None = Scenario
    *parents, last = path.split(".")
    for name in parents:
        model = _inner(model.model_fields[name]) if model else None
    return _unit_of(model.model_fields[last]) if model else ""


def _unit_of(field: FieldInfo) -> str:
    extra = cast("dict[str, str]", field.json_schema_extra or {})
    return extra.get("unit", "")


def _inner(field: FieldInfo) -> type[BaseModel] | None:
    kinds = (field.annotation, *get_args(field.annotation))
    return next(
        (one for one in kinds if isinstance(one, type) and issubclass(one, BaseModel)), None
    )


def _units(model: type[BaseModel]) -> Iterator[str]:
    for field in model.model_fields.values():
        inner = _inner(field)
        if inner:
            yield from _units(inner)
        else:
            yield _unit_of(field)

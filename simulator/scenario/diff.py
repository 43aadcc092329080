"""What differs between scenarios: levers, organisation and assumptions, as they take effect.

Compared is what the simulation uses, not how a file says it: involvement that is left open is the
organisation's own, a source without a split of its own has the common one, and an assumption that
is overridden with the register's own range does not differ from one that is not overridden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from simulator.model.quantities import SOURCES, Involvement, Plan, Split
from simulator.model.register import REGISTER, Parameter, Range
from simulator.scenario import walk
from simulator.scenario.levers import GROUPS as GROUPS_OF_LEVERS
from simulator.scenario.levers import LEVERS, NAMES
from simulator.scenario.models import Scenario, field_label
from simulator.scenario.stages import LABELS as STAGE_VALUES
from simulator.scenario.stages import StagesInput

Value = float | str | Range | None
"""A number in its unit, a text, the range of an assumption; ``None``: not known."""

GROUPS: Mapping[str, str] = {
    "plan": "Levers",
    "organisation": "The organisation",
    "assumptions": "Assumptions",
    "horizon_months": "Months to look ahead",
}
"""What can differ, by id."""

NOT_KNOWN, NONE = "not known", "none"
"""How that is said; of stages, that there is none."""
STAGES = "plan.stages."
_STAGED = "In stages"


@dataclass(frozen=True, slots=True)
class Diff:
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


def scenario_diff(scenarios: Sequence[Scenario]) -> tuple[Diff, ...]:
    """All that differs between ``scenarios``, levers first; nothing that all have in common, and no
    titles, texts and seeds, which change nothing in a comparison."""
    split = {
        source
        for source in SOURCES
        if any(getattr(scenario.plan, source).split is not None for scenario in scenarios)
    }
    effective = [dict(_effective(scenario, split)) for scenario in scenarios]
    diffs = []
    for path in effective[0]:
        values = tuple(content[path] for content in effective)
        if any(value != values[0] for value in values):
            place, unit = _described(path)
            diffs.append(Diff(path, path.split(".")[0], place, unit, values))
    return tuple(diffs)


def ranges(scenario: Scenario) -> dict[str, Range]:
    """The range of every assumption by id, those of the register where nothing is overridden."""
    overridden = scenario.ranges()
    return {
        known.id: overridden.get(known.id, Range(known.low, known.central, known.high))
        for known in REGISTER
    }


def said(path: str, value: float | str | None) -> float | str:
    """A value at ``path`` as it is to be shown: a number, a text that is to be translated, or one
    of the scenario's own."""
    if value is None:
        return NONE if path.startswith(STAGES) else NOT_KNOWN
    return STAGE_VALUES[str(value)] if path.startswith(STAGES) and isinstance(value, str) else value


def texts() -> Iterator[str]:
    """Every text that :attr:`Diff.place` and :data:`GROUPS` can hold, some more than once."""
    yield from (NOT_KNOWN, NONE, _STAGED, *STAGE_VALUES.values())
    yield from GROUPS.values()
    yield from NAMES.values()
    yield from (group.label for group in GROUPS_OF_LEVERS.values())
    yield from (lever.label for lever in LEVERS.values())
    yield from (label.name for label in map(walk.label, walk.fields(Scenario)) if label)
    yield from (parameter.label for parameter in REGISTER)


def units() -> Iterator[str]:
    """Every unit that :attr:`Diff.unit` can hold, some more than once."""
    yield from (parameter.unit for parameter in REGISTER)
    yield from filter(None, (walk.unit(field) for field in walk.fields(Scenario)))


# --- what takes effect ---------------------------------------------------------------------------


def _effective(scenario: Scenario, split: set[str]) -> Iterator[tuple[str, Value]]:
    """Paths and values; ``split``: sources of which each scenario's own split is told."""
    plan, organisation = scenario.plan_quantities(), scenario.organisation
    yield from _plan(plan, split)
    yield from _stages(scenario.plan.stages)
    if split != set(SOURCES):
        common = scenario.plan.split.quantities()
        yield from ((f"plan.split.{name}", value) for name, value in common._asdict().items())
    for path, value in _leaves("organisation", organisation):
        yield path, value if isinstance(value, str | None) else float(value)
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


def _stages(stages: StagesInput | None) -> Iterator[tuple[str, Value]]:
    """Without stages all of the plan is made at once, and there is nothing else to say."""
    for name in StagesInput.model_fields:
        value = None if stages is None else getattr(stages, name)
        if stages is None and name == "first_depth":
            value = 1.0
        yield f"{STAGES}{name}", float(value) if isinstance(value, int) else value


def _leaves(path: str, model: BaseModel) -> Iterator[tuple[str, Any]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from _leaves(f"{path}.{name}", value)
        else:
            yield f"{path}.{name}", value


# --- what it is called ---------------------------------------------------------------------------

_ASSUMPTIONS: Mapping[str, Parameter] = {parameter.id: parameter for parameter in REGISTER}
_TAKE, _PUT = GROUPS_OF_LEVERS["take"].label, GROUPS_OF_LEVERS["put"].label
_INVOLVEMENT = GROUPS_OF_LEVERS["involve"].label


def _described(path: str) -> tuple[tuple[str, ...], str]:
    """What stands at ``path`` is called, and its unit."""
    parts = tuple(path.split("."))
    if parts[0] == "assumptions":
        assumption = _ASSUMPTIONS[parts[1]]
        return (GROUPS["assumptions"], assumption.label), assumption.unit
    field = walk.field_at(Scenario, parts)
    unit = walk.unit(field) if field else ""
    return _place(parts), unit


def _place(path: tuple[str, ...]) -> tuple[str, ...]:
    match path:
        case ("plan", "split", name):
            return _PUT, NAMES[name]
        case ("plan", "involvement", ("start_month" | "ramp_months")):
            return (LEVERS[".".join(path)].label,)
        case ("plan", "involvement", _):
            return _INVOLVEMENT, LEVERS[".".join(path)].label
        case ("plan", source, "share_moved"):
            return _TAKE, NAMES[source]
        case ("plan", source, "split", name):
            return NAMES[source], _PUT, NAMES[name]
        case ("plan", "stages", _):
            return _STAGED, _label(path)
        case ("plan", source, name):
            return NAMES[source], LEVERS[f"plan.*.{name}"].label
        case ("organisation", *_):
            return _label(path[:-1]), _label(path)
    return (_label(path),)


def _label(path: tuple[str, ...]) -> str:
    return field_label(".".join(path)).name

"""The scenario itself: the organisation today, the plan, overridden assumptions and results."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date as Date
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from simulator.errors import Message, ScenarioError, exact, number_text
from simulator.model.quantities import (
    SOURCES,
    Budgets,
    Involvement,
    Organisation,
    Plan,
    Shift,
    Split,
)
from simulator.model.register import Range
from simulator.scenario import walk
from simulator.scenario.edit import put
from simulator.scenario.fields import (
    LONGEST_NAME,
    Input,
    Line,
    Name,
    Story,
    Text,
    iso_date,
    quantity,
    wrong_value,
)
from simulator.scenario.format_migrations import SCHEMA_VERSION
from simulator.scenario.json_text import dump
from simulator.scenario.levers import BUDGETS, LEVERS, PUT, RAMP, START, TAKEN, InvolvementPlan
from simulator.scenario.organisation import OrganisationInput
from simulator.scenario.overrides import Assumptions, RangeInput
from simulator.scenario.pydantic_errors import validated
from simulator.scenario.saved_results import ResultsInput
from simulator.scenario.stages import REVIEW, StagesInput
from simulator.scenario.walk import Label

SUM_TOLERANCE = 1e-9
"""How far the six shares of a split may be from 1 together."""


def _put(name: str) -> Any:
    return quantity(*_PUT[name].number)


_PUT = {lever.id: lever for lever in PUT}


class SplitInput(Input):
    """Where freed money goes: six shares that add up to 1."""

    listening: Annotated[float, _put("listening")]
    community: Annotated[float, _put("community")]
    content: Annotated[float, _put("content")]
    networking: Annotated[float, _put("networking")]
    social_service: Annotated[float, _put("social_service")]
    savings: Annotated[float, _put("savings")]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = math.fsum(self.quantities())
        if abs(total - 1.0) > SUM_TOLERANCE:
            raise wrong_value(
                Message("a sum of {number}", number=f"{total:.10g}"),
                Message("six shares that add up to {number}", number=1),
            )
        return self

    def quantities(self) -> Split:
        """As the equations take it."""
        return Split(**{name: float(getattr(self, name)) for name in Split._fields})


class ShiftInput(Input):
    """What is done with one source."""

    share_moved: Annotated[float, quantity(*TAKEN)]
    start_month: Annotated[int, quantity(*START)]
    ramp_months: Annotated[int, quantity(*RAMP)]
    split: Annotated[
        SplitInput | None,
        Field(description="Where this source's money goes; null: as the plan's common split."),
    ] = None

    def quantities(self, common: SplitInput) -> Shift:
        """As the equations take it; ``common`` holds where the shift has no split of its own."""
        return Shift(
            share_moved=float(self.share_moved),
            start_month=float(self.start_month),
            ramp_months=float(self.ramp_months),
            split=(self.split or common).quantities(),
        )


class PlanInput(Input):
    """The levers: what moves from which source, where it goes, and how people will behave."""

    market_research: Annotated[ShiftInput, Field(description="Shift out of market research.")]
    training: Annotated[ShiftInput, Field(description="Shift out of training.")]
    customer_service: Annotated[
        ShiftInput, Field(description="Shift out of traditional customer service.")
    ]
    split: Annotated[
        SplitInput, Field(description="Where freed money goes, unless a source has its own split.")
    ]
    involvement: Annotated[InvolvementPlan, Field(description="What involvement becomes.")] = (
        InvolvementPlan()
    )
    stages: Annotated[
        StagesInput | None,
        Field(description="A first stage and what follows it; null: all at once."),
    ] = None


class Scenario(Input):
    """A budget-shift scenario: the organisation today, the plan, and overridden assumptions.

    Shares of a split add up to 1; of an assumption's range low <= central <= high; the three source
    budgets are above 0 together. Equal scenarios have equal hashes, so it can key a cache.
    """

    schema_version: Annotated[
        int,
        Field(ge=SCHEMA_VERSION, le=SCHEMA_VERSION, description="Version of the file format."),
    ]
    name: Annotated[
        Name,
        Field(min_length=1, max_length=LONGEST_NAME, description="Name of the scenario, one line."),
    ]
    story: Annotated[
        Story,
        Field(max_length=600, description="At most two lines that a facilitator reads aloud."),
    ] = ""
    description: Annotated[Text, Field(max_length=4000, description="What it is about.")] = ""
    notes: Annotated[
        Text, Field(max_length=20_000, description="Sources and reasoning for the numbers.")
    ] = ""
    author: Annotated[Line, Field(max_length=LONGEST_NAME, description="Who made it.")] = ""
    date: Annotated[
        Date | None, BeforeValidator(iso_date), Field(description="When it was made, ISO date.")
    ] = None
    organisation: Annotated[
        OrganisationInput,
        Field(description="The organisation today."),
        Label("The organisation"),
    ]
    plan: Annotated[PlanInput, Field(description="The levers.")]
    assumptions: Assumptions = Field(
        default_factory=dict,
        description="Overrides of the register by id; a number means: taken as known.",
    )
    horizon_months: Annotated[
        int,
        quantity("How far to look ahead", "months", 12, 120),
        Label("Months to look ahead", "How long the plan and carrying on are compared."),
    ] = 60
    seed: Annotated[int, quantity("Seed of the random draws", "number", 0, 2**31 - 1)] = 1
    results: Annotated[
        ResultsInput | None,
        Field(description="What it came to when it was saved; null: not known. Not simulated."),
    ] = None

    @model_validator(mode="after")
    def _reviewed_in_time(self) -> Self:
        stages = self.plan.stages
        if stages is not None and stages.review_month >= self.horizon_months:
            found = exact(number_text(stages.review_month))
            low, high = REVIEW.least, self.horizon_months - 1
            allowed = Message("a whole number from {low} to {high}", low=low, high=high)
            late = InitErrorDetails(
                type=wrong_value(found, allowed),
                loc=("plan", "stages", "review_month"),
                input=stages.review_month,
            )
            raise ValidationError.from_exception_data("scenario", [late])
        return self

    def __hash__(self) -> int:
        return hash(dump(self))

    def organisation_quantities(self) -> Organisation:
        """The organisation as the equations take it."""
        today = self.organisation
        budgets = Budgets(**_floats(today.budgets, Budgets._fields))
        involvement = Involvement(**_floats(today.involvement, Involvement._fields))
        parts = {"budgets", "involvement", "known"}
        own = [name for name in Organisation._fields if name not in parts]
        return Organisation(
            **_floats(today, own),
            budgets=budgets,
            involvement=involvement,
            known=today.known.quantities(),
        )

    def plan_quantities(self) -> Plan:
        """The plan as the equations take it, as if all of it were made at once: what is left open
        filled in.

        Involvement that is null becomes the organisation's own, a split that is null the common
        one.
        """
        plan = self.plan
        target = {
            name: float(
                getattr(self.organisation.involvement, name)
                if getattr(plan.involvement, name) is None
                else getattr(plan.involvement, name)
            )
            for name in Involvement._fields
        }
        return Plan(
            **{source: getattr(plan, source).quantities(plan.split) for source in SOURCES},
            involvement=Involvement(**target),
            involvement_start_month=float(plan.involvement.start_month),
            involvement_ramp_months=float(plan.involvement.ramp_months),
        )

    def ranges(self) -> dict[str, Range]:
        """Overridden assumptions by id, as :func:`simulator.engine.draw` takes them."""
        return {
            key: Range(override.low, override.central, override.high)
            if isinstance(override, RangeInput)
            else Range(override, override, override)
            for key, override in self.assumptions.items()
        }

    def changed(self, **changes: object) -> Scenario:
        """A validated copy with other values at dotted paths.

        For instance ``scenario.changed(**{"plan.training.share_moved": 0.2})``. Parts are given as
        models or as dictionaries. An assumption set to ``None`` is as in the register again; one
        end of an assumption's range can be set without the others. All changes are made before
        anything is checked. Results stay only if they are still those of this scenario: texts may
        change, or ``results`` is among the changes.

        Raises:
            ScenarioError: unknown path, or a result that is not valid.
        """
        content = self.model_dump()
        wrong = [
            problem
            for path, value in changes.items()
            if (problem := put(content, path, value)) is not None
        ]
        if wrong:
            raise ScenarioError(wrong)
        other = validated(Scenario, content)
        has_new_results = any(path.split(".")[0] == "results" for path in changes)
        keeps_results = has_new_results or self._simulates_as(other)
        return other if keeps_results else other.without_results()

    def without_results(self) -> Scenario:
        """The same scenario, without what it came to when it was saved."""
        return self if self.results is None else self.model_copy(update={"results": None})

    def _simulates_as(self, other: Scenario) -> bool:
        """Whether both are one and the same to the simulation."""
        this, that = (each.model_dump(exclude=_NOT_SIMULATED) for each in (self, other))
        return this == that


_NOT_SIMULATED = {"name", "story", "description", "notes", "author", "date", "results"}


def _floats(model: BaseModel, names: Iterable[str]) -> dict[str, Any]:
    return {name: float(getattr(model, name)) for name in names}


def field_label(path: str) -> Label:
    """What the field at this path of a scenario is called, and what is to be filled in.

    Budgets and involvement are called as the levers that move them. Raises ``KeyError`` for a field
    that is never shown.
    """
    parent, _, name = path.rpartition(".")
    if parent == "organisation.budgets":
        return Label(BUDGETS[name].label, BUDGETS[name].today)
    if parent == "organisation.involvement":
        lever = LEVERS[f"plan.involvement.{name}"]
        return Label(lever.label, lever.today)
    field = walk.field_at(Scenario, tuple(path.split(".")))
    label = walk.label(field) if field else None
    if label is None:
        raise KeyError(path)
    return label

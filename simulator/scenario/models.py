"""The scenario itself: the organisation today, the plan, overridden assumptions and results."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date as Date
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from simulator.errors import ScenarioError
from simulator.model.quantities import Budgets, Involvement, Organisation, Plan, Shift, Split
from simulator.model.register import Range
from simulator.scenario.edit import put
from simulator.scenario.fields import (
    CURRENCY,
    MODEL_VERSION_PATTERN,
    Input,
    Line,
    Name,
    Story,
    Text,
    figure,
    iso_date,
    positive,
    quantity,
    wrong_value,
)
from simulator.scenario.json_text import dump
from simulator.scenario.overrides import RANGE_ORDER, Assumptions, RangeInput
from simulator.scenario.pydantic_errors import validated
from simulator.version import SCHEMA_VERSION

SUM_TOLERANCE = 1e-9
"""How far the six shares of a split may be from 1 together."""

_PER_YEAR = "currency per year"
_MOST_MONEY = 1e12


class BudgetsInput(Input):
    """What is spent today: three sources and five instruments."""

    market_research: Annotated[
        float, quantity("Market research, a source", _PER_YEAR, 0, _MOST_MONEY)
    ]
    training: Annotated[
        float, quantity("Training and courses, a source", _PER_YEAR, 0, _MOST_MONEY)
    ]
    customer_service: Annotated[
        float, quantity("Traditional customer service, a source", _PER_YEAR, 0, _MOST_MONEY)
    ]
    listening: Annotated[
        float, quantity("Listening on social media, an instrument", _PER_YEAR, 0, _MOST_MONEY)
    ]
    community: Annotated[float, quantity("Communities, an instrument", _PER_YEAR, 0, _MOST_MONEY)]
    content: Annotated[float, quantity("Content, an instrument", _PER_YEAR, 0, _MOST_MONEY)]
    networking: Annotated[
        float, quantity("Networking of employees, an instrument", _PER_YEAR, 0, _MOST_MONEY)
    ]
    social_service: Annotated[
        float,
        quantity("Customer service in social channels, an instrument", _PER_YEAR, 0, _MOST_MONEY),
    ]

    @model_validator(mode="after")
    def _something_to_move(self) -> Self:
        if self.market_research + self.training + self.customer_service <= 0.0:
            raise wrong_value(
                "0", "market_research, training and customer_service together above 0"
            )
        return self


class InvolvementInput(Input):
    """How people behave today: what no budget buys."""

    minutes_per_day: Annotated[
        float,
        quantity("Time of an employee who takes part", "minutes per working day", 0, 480),
    ]
    participation: Annotated[float, quantity("Employees who take part", "share of employees", 0, 1)]
    openness: Annotated[
        float, quantity("How much is listened, asked and co-created", "share", 0, 1)
    ]
    promotional_share: Annotated[
        float, quantity("What sells of all that is published", "share", 0, 1)
    ]
    regularity: Annotated[
        float, quantity("Rhythm: 0 whenever, 1 always at the same moment", "share", 0, 1)
    ]
    mandate: Annotated[
        float,
        quantity("Policy and leadership: 0 none, 1 clear and lived by leaders", "share", 0, 1),
    ]


class OrganisationInput(Input):
    """The organisation today."""

    name: Annotated[
        Name, Field(min_length=1, max_length=80, description="Name of the organisation.")
    ]
    currency: Annotated[
        str,
        Field(
            pattern=CURRENCY,
            description="Currency of all money in this scenario, ISO 4217 code such as EUR.",
        ),
    ]
    customers: Annotated[float, quantity("Customers", "heads", 1, 1e10)]
    revenue_per_customer: Annotated[
        float, positive("Revenue per customer", "currency per customer per year", 1e9)
    ]
    gross_margin: Annotated[
        float, quantity("What is left after the direct cost of sales", "share of revenue", 0, 1)
    ]
    annual_churn: Annotated[
        float, quantity("Customers lost in a year", "share of customers per year", 0, 0.99)
    ]
    employees: Annotated[float, quantity("Employees", "heads", 1, 1e7)]
    working_hours_per_year: Annotated[
        float, quantity("Working time", "hours per employee per year", 1, 3000)
    ]
    labour_cost_per_hour: Annotated[float, positive("Labour cost", "currency per hour", 1e7)]
    contacts_per_customer: Annotated[
        float, quantity("Service contacts", "contacts per customer per year", 0, 1000)
    ]
    discount_rate: Annotated[float, quantity("Discount rate", "share per year", 0, 0.5)]
    budgets: Annotated[BudgetsInput, Field(description="What is spent today.")]
    involvement: Annotated[InvolvementInput, Field(description="How people behave today.")]


class SplitInput(Input):
    """Where freed money goes: six shares that add up to 1."""

    listening: Annotated[float, quantity("To listening", "share of the freed money", 0, 1)]
    community: Annotated[float, quantity("To communities", "share of the freed money", 0, 1)]
    content: Annotated[float, quantity("To content", "share of the freed money", 0, 1)]
    networking: Annotated[float, quantity("To networking", "share of the freed money", 0, 1)]
    social_service: Annotated[
        float, quantity("To service in social channels", "share of the freed money", 0, 1)
    ]
    savings: Annotated[float, quantity("Kept, not spent", "share of the freed money", 0, 1)]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = math.fsum(self.quantities())
        if abs(total - 1.0) > SUM_TOLERANCE:
            raise wrong_value(f"a sum of {total:.10g}", "six shares that add up to 1")
        return self

    def quantities(self) -> Split:
        """As the equations take it."""
        return Split(**{name: float(getattr(self, name)) for name in Split._fields})


class ShiftInput(Input):
    """What is done with one source."""

    share_moved: Annotated[
        float, quantity("What is taken away in the end", "share of the source's budget", 0, 1)
    ]
    start_month: Annotated[int, quantity("When the change begins", "month", 0, 120)]
    ramp_months: Annotated[int, quantity("Duration of the change; 1 is at once", "months", 1, 60)]
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


class InvolvementPlan(Input):
    """What involvement becomes; null means that it stays as it is today."""

    minutes_per_day: Annotated[
        float | None,
        quantity("Time of an employee who takes part", "minutes per working day", 0, 480),
    ] = None
    participation: Annotated[
        float | None, quantity("Employees who take part", "share of employees", 0, 1)
    ] = None
    openness: Annotated[
        float | None, quantity("How much is listened, asked and co-created", "share", 0, 1)
    ] = None
    promotional_share: Annotated[
        float | None, quantity("What sells of all that is published", "share", 0, 1)
    ] = None
    regularity: Annotated[
        float | None, quantity("Rhythm: 0 whenever, 1 always at the same moment", "share", 0, 1)
    ] = None
    mandate: Annotated[
        float | None,
        quantity("Policy and leadership: 0 none, 1 clear and lived by leaders", "share", 0, 1),
    ] = None
    start_month: Annotated[int, quantity("When the change begins", "month", 0, 120)] = 0
    ramp_months: Annotated[
        int, quantity("Duration of the change; 1 is at once", "months", 1, 60)
    ] = 6


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


class EstimateInput(Input):
    """A result over the draws. Null means never, or that it is not defined."""

    low: Annotated[float | None, Field(description="P10 (the result's unit).")]
    central: Annotated[float | None, Field(description="P50, the median (the result's unit).")]
    high: Annotated[float | None, Field(description="P90 (the result's unit).")]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        known = [end for end in (self.low, self.central, self.high) if end is not None]
        if known != sorted(known):
            low, central, high = _end(self.low), _end(self.central), _end(self.high)
            raise wrong_value(f"low {low}, central {central}, high {high}", RANGE_ORDER)
        return self


def _end(value: float | None) -> str:
    return "null" if value is None else f"{value:.10g}"


class ResultsInput(Input):
    """What a scenario came to when it was saved, and by which model.

    A memory, to tell then from now: nothing is ever simulated from it. Figures are those of
    :class:`simulator.results.Headline`; :mod:`simulator.results.saved` writes and compares them.
    """

    model_version: Annotated[
        str,
        Field(pattern=MODEL_VERSION_PATTERN, description="Version of the model, such as 1.0.0."),
    ]
    draws: Annotated[int, quantity("Draws of the assumptions", "number", 1, 1_000_000)]
    net_present_value: Annotated[
        EstimateInput, figure("Present value of the plan less that of carrying on", "currency")
    ]
    probability_better: Annotated[
        float | None, quantity("Draws in which the plan is better", "share of draws", 0, 1)
    ]
    worst_case: Annotated[float, figure("Mean value of the worst tenth of the draws", "currency")]
    payback_month: Annotated[EstimateInput, figure("When the money is back", "month")]
    probability_payback: Annotated[
        float | None,
        quantity("Draws with the money back within the horizon", "share of draws", 0, 1),
    ]
    roi: Annotated[EstimateInput, figure("Value over the money moved", "ratio")]
    return_on_involvement: Annotated[
        EstimateInput, figure("Value through connectedness over its cost", "ratio")
    ]
    return_on_ignoring: Annotated[
        EstimateInput, figure("What carrying on comes to while the world drifts", "currency")
    ]
    cost_of_waiting: Annotated[EstimateInput, figure("Value lost by a year's delay", "currency")]


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
        Name, Field(min_length=1, max_length=80, description="Name of the scenario, one line.")
    ]
    story: Annotated[
        Story,
        Field(max_length=600, description="At most two lines that a facilitator reads aloud."),
    ] = ""
    description: Annotated[Text, Field(max_length=4000, description="What it is about.")] = ""
    notes: Annotated[
        Text, Field(max_length=20_000, description="Sources and reasoning for the numbers.")
    ] = ""
    author: Annotated[Line, Field(max_length=80, description="Who made it.")] = ""
    date: Annotated[
        Date | None, BeforeValidator(iso_date), Field(description="When it was made, ISO date.")
    ] = None
    organisation: Annotated[OrganisationInput, Field(description="The organisation today.")]
    plan: Annotated[PlanInput, Field(description="The levers.")]
    assumptions: Assumptions = Field(
        default_factory=dict,
        description="Overrides of the register by id; a number means: taken as known.",
    )
    horizon_months: Annotated[int, quantity("How far to look ahead", "months", 12, 120)] = 60
    seed: Annotated[int, quantity("Seed of the random draws", "number", 0, 2**31 - 1)] = 1
    results: Annotated[
        ResultsInput | None,
        Field(description="What it came to when it was saved; null: not known. Not simulated."),
    ] = None

    def __hash__(self) -> int:
        return hash(dump(self))

    def organisation_quantities(self) -> Organisation:
        """The organisation as the equations take it."""
        given = self.organisation
        budgets = Budgets(**_floats(given.budgets, Budgets._fields))
        involvement = Involvement(**_floats(given.involvement, Involvement._fields))
        own = [name for name in Organisation._fields if name not in {"budgets", "involvement"}]
        return Organisation(**_floats(given, own), budgets=budgets, involvement=involvement)

    def plan_quantities(self) -> Plan:
        """The plan as the equations take it: what is left open filled in.

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
            market_research=plan.market_research.quantities(plan.split),
            training=plan.training.quantities(plan.split),
            customer_service=plan.customer_service.quantities(plan.split),
            involvement=Involvement(**target),
            involvement_start_month=float(plan.involvement.start_month),
            involvement_ramp_months=float(plan.involvement.ramp_months),
        )

    def ranges(self) -> dict[str, Range]:
        """Overridden assumptions by id, as :func:`simulator.model.register.draw` takes them."""
        return {
            key: Range(given.low, given.central, given.high)
            if isinstance(given, RangeInput)
            else Range(given, given, given)
            for key, given in self.assumptions.items()
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
        given = any(path.split(".")[0] == "results" for path in changes)
        return other if given or self._comes_to_the_same(other) else other.without_results()

    def without_results(self) -> Scenario:
        """The same scenario, without what it came to when it was saved."""
        return self if self.results is None else self.model_copy(update={"results": None})

    def _comes_to_the_same(self, other: Scenario) -> bool:
        """Whether both are one and the same to the simulation."""
        this, that = (one.model_dump(exclude=_NOT_SIMULATED) for one in (self, other))
        return this == that


_NOT_SIMULATED = {"name", "story", "description", "notes", "author", "date", "results"}


def _floats(model: BaseModel, names: Iterable[str]) -> dict[str, Any]:
    return {name: float(getattr(model, name)) for name in names}

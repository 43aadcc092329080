"""The scenario itself: the organisation today, the plan, overridden assumptions and results."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date as Date
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from simulator.errors import Message, ScenarioError, exact
from simulator.model.quantities import (
    SMALLEST_COIN,
    SOURCES,
    UNKNOWN,
    Budgets,
    Involvement,
    Known,
    Organisation,
    Plan,
    Shift,
    Split,
)
from simulator.model.register import Range
from simulator.scenario import dashboard, walk
from simulator.scenario.edit import put
from simulator.scenario.fields import (
    CURRENCY,
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
from simulator.scenario.json_text import dump
from simulator.scenario.levers import (
    BUDGETS,
    LEVERS,
    PUT,
    RAMP,
    START,
    TAKEN,
    InvolvementInput,
    InvolvementPlan,
)
from simulator.scenario.overrides import Assumptions, RangeInput
from simulator.scenario.pydantic_errors import validated
from simulator.scenario.saved_results import ResultsInput
from simulator.scenario.walk import Label
from simulator.version import SCHEMA_VERSION

SUM_TOLERANCE = 1e-9
"""How far the six shares of a split may be from 1 together."""


def _budget(name: str) -> Any:
    return quantity(*BUDGETS[name].number)


def _put(name: str) -> Any:
    return quantity(*_PUT[name].number)


_PUT = {lever.id: lever for lever in PUT}


class BudgetsInput(Input):
    """What is spent today: three sources and five instruments."""

    market_research: Annotated[float, _budget("market_research")]
    training: Annotated[float, _budget("training")]
    customer_service: Annotated[float, _budget("customer_service")]
    listening: Annotated[float, _budget("listening")]
    community: Annotated[float, _budget("community")]
    content: Annotated[float, _budget("content")]
    networking: Annotated[float, _budget("networking")]
    social_service: Annotated[float, _budget("social_service")]

    @model_validator(mode="after")
    def _something_to_move(self) -> Self:
        if sum(getattr(self, source) for source in SOURCES) <= 0.0:
            first, second, third = SOURCES
            allowed = Message(
                "{first}, {second} and {third} together above {low}",
                first=first,
                second=second,
                third=third,
                low=0,
            )
            raise wrong_value(exact("0"), allowed)
        return self


def _share_known(description: str, least: float, most: float) -> Any:
    return quantity(f"{description}; null: we don't know", "share", least, most)


def _cost_known(description: str) -> Any:
    said = f"{description}; null: we don't know"
    return quantity(said, "currency per contact", SMALLEST_COIN, 1e6)


class KnownInput(Input):
    """What the organisation reads off its own dashboards; null where it does not know.

    Given values hold exactly; what is null is drawn from the register.
    """

    social_contact_share: Annotated[
        float | None,
        _share_known("Contacts that come by social and messaging channels", 0.001, 0.99),
        Label(
            "Contacts by social channels",
            "Share of all service contacts that come by social media, chat and messaging. The "
            "messaging tool counts them, the reports of all channels the rest.",
        ),
    ] = None
    social_answered_share: Annotated[
        float | None,
        _share_known("Those of them that are answered there at the first attempt", 0.01, 0.995),
        Label(
            "Answered in social channels",
            "Share of these contacts that are answered there at the first attempt. The messaging "
            "tool reports what was answered of what came in.",
        ),
    ] = None
    given_up_share: Annotated[
        float | None,
        _share_known("Contacts by phone and mail that are given up or unanswered", 0.001, 0.95),
        Label(
            "Given up by phone and mail",
            "Share of calls and mails that are given up or not answered at the first attempt. "
            "Telephone reports call it abandoned calls.",
        ),
    ] = None
    centre_occupancy: Annotated[
        float | None,
        _share_known("Paid time of the contact centre that is spent on contacts", 0.2, 0.98),
        Label(
            "Occupancy of phone and mail",
            "Share of paid time that people spend on contacts and what follows from them. "
            "Workforce planning calls it occupancy.",
        ),
    ] = None
    centre_contact_cost: Annotated[
        float | None,
        _cost_known("Cost of a contact that is answered by phone or mail"),
        Label(
            "Cost of a contact by phone and mail",
            "What an answered contact costs, all of its handling counted, as business cases have "
            "it. The rest of the budget is taken to be spent on other things.",
        ),
    ] = None
    social_contact_cost: Annotated[
        float | None,
        _cost_known("Cost of a contact that is answered in a social channel"),
        Label(
            "Cost of a contact by social channels",
            "What a contact costs that is answered in social media, chat or messaging: the cost "
            "of the team over what it answers.",
        ),
    ] = None
    community_answered_share: Annotated[
        float | None,
        _share_known("Questions that customers answer each other", 0, 0.9),
        Label(
            "Answered by the community",
            "Share of all questions that customers answer each other, so that no contact comes of "
            "them. The community's platform reports what was solved there.",
        ),
    ] = None
    participating_share: Annotated[
        float | None,
        _share_known("People on the other side who take part in the community", 0.0001, 0.5),
        Label(
            "Taking part in the community",
            "Share of the people at customers who post, answer or meet; not those who read along. "
            "The community's platform counts active members.",
        ),
    ] = None

    def quantities(self) -> Known:
        """As the equations take it."""
        values = {name: getattr(self, name) for name in Known._fields}
        return Known(
            **{name: UNKNOWN if value is None else float(value) for name, value in values.items()}
        )


class OrganisationInput(Input):
    """The organisation today."""

    name: Annotated[
        Name,
        Field(min_length=1, max_length=LONGEST_NAME, description="Name of the organisation."),
        Label("Name", "What the organisation is called in this scenario."),
    ]
    currency: Annotated[
        str,
        Field(
            pattern=CURRENCY,
            description="Currency of all money in this scenario, ISO 4217 code such as EUR.",
        ),
        Label("Currency", "Code of three letters for all amounts, such as EUR or DKK."),
    ]
    customers: Annotated[
        float,
        quantity("Customers", "heads", 1, 1e10),
        Label(
            "Customers today", "People or organisations that buy, subscribe, give or are served."
        ),
    ]
    revenue_per_customer: Annotated[
        float,
        quantity("Revenue per customer", "currency per customer per year", SMALLEST_COIN, 1e9),
        Label("Revenue per customer", "What a customer brings in a year, on average."),
    ]
    gross_margin: Annotated[
        float,
        quantity("What is left after the direct cost of sales", "share of revenue", 0, 1),
        Label("Gross margin", "What is left of revenue after the direct cost of what is sold."),
    ]
    annual_churn: Annotated[
        float,
        quantity("Customers lost in a year", "share of customers per year", 0, 0.99),
        Label("Customers lost", "How many of today's customers leave within a year."),
    ]
    employees: Annotated[
        float,
        quantity("Employees", "heads", 1, 1e7),
        Label("Employees", "All who could take part, full-time or not."),
    ]
    working_hours_per_year: Annotated[
        float,
        quantity("Working time", "hours per employee per year", 1, 3000),
        Label("Working time", "Hours that an employee works in a year, on average."),
    ]
    labour_cost_per_hour: Annotated[
        float,
        quantity("Labour cost", "currency per hour", SMALLEST_COIN, 1e7),
        Label("Labour cost", "What an hour of work costs, with social security and holidays."),
    ]
    contacts_per_customer: Annotated[
        float,
        quantity("Service contacts", "contacts per customer per year", 0, 1000),
        Label(
            "Service contacts",
            "How often a customer asks something in a year, through any channel.",
        ),
    ]
    people_per_customer: Annotated[
        float,
        quantity("People at a customer", "people per customer", 1, 1000),
        Label(
            "People at a customer",
            "1 for consumers; at a business those who buy, use and decide.",
        ),
    ] = 1
    discount_rate: Annotated[
        float,
        quantity("Discount rate", "share per year", 0, 0.5),
        Label("Discount rate", "How much less an amount is worth when it comes a year later."),
    ]
    budgets: Annotated[
        BudgetsInput,
        Field(description="What is spent today."),
        Label("Budgets today"),
    ]
    involvement: Annotated[
        InvolvementInput,
        Field(description="How people behave today."),
        Label("How people behave today"),
    ]
    known: Annotated[
        KnownInput,
        Field(description="What is known of service and community today; null: we don't know."),
        Label("Known about service today"),
    ] = KnownInput()

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        contradictions = [
            InitErrorDetails(
                type=wrong_value(found, allowed),
                loc=("known", field),
                input=getattr(self.known, field),
            )
            for field, found, allowed in dashboard.contradictions(self)
        ]
        if contradictions:
            raise ValidationError.from_exception_data("organisation", contradictions)
        return self


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

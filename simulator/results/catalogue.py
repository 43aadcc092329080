"""The catalogue of outcomes: every series that can be shown, what it is and in which unit.

A new outcome is a row here and its value in ``simulator/model/outcomes.py``; pickers, charts, help,
tables and files are derived. A new unit is one entry of :class:`Unit`. What they say are messages:
they are extracted from here, and translated where they are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from simulator.model.figures import FIGURES
from simulator.model.outcomes import Outcomes
from simulator.model.quantities import State
from simulator.scenario.levers import BUDGETS, NAMES

Kind = Literal["share", "money", "count"]
"""A share is 0-1, and a percentage for people; money is in the organisation's own currency."""


class Unit(StrEnum):
    """What outcomes are measured in. As a text: its name in files and documents, in which
    ``currency`` stands for the organisation's own."""

    kind: Kind
    axis: str
    """What stands at an axis, with ``{unit}`` for ``%`` or the sign of the currency."""
    amount: str
    """An amount in a sentence, with ``{amount}`` for the number as it is shown."""
    amount_of_one: str
    """The same of one, where that is another word."""

    def __new__(
        cls, name: str, kind: Kind, axis: str, amount: str, amount_of_one: str = ""
    ) -> Unit:
        """One entry below."""
        unit = str.__new__(cls, name)
        unit._value_ = name
        unit.kind, unit.axis, unit.amount = kind, axis, amount
        unit.amount_of_one = amount_of_one or amount
        return unit

    MONEY = "currency", "money", "{unit}", "{amount}"
    MONEY_PER_YEAR = "currency per year", "money", "{unit} per year", "{amount} per year"
    MONEY_PER_CONTACT = (
        "currency per contact",
        "money",
        "{unit} per contact",
        "{amount} per contact",
    )
    SHARE = "share", "share", "{unit}", "{amount}"
    SHARE_PER_YEAR = "share per year", "share", "{unit} per year", "{amount} per year"
    HEADS = "heads", "count", "customers", "{amount} customers", "{amount} customer"
    HEADS_PER_YEAR = (
        "heads per year",
        "count",
        "customers per year",
        "{amount} customers per year",
        "{amount} customer per year",
    )
    HOURS_PER_YEAR = (
        "hours per year",
        "count",
        "hours per year",
        "{amount} hours per year",
        "{amount} hour per year",
    )
    CONTACTS_PER_YEAR = (
        "contacts per year",
        "count",
        "contacts per year",
        "{amount} contacts per year",
        "{amount} contact per year",
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """One series that can be shown."""

    id: str
    """Its name in the engine; stands in files and links, for good."""
    label: str
    unit: Unit
    group: str
    """Of the picker."""
    meaning: str
    """In one sentence."""
    axis: str = ""
    """What stands at its axis instead of the unit's own words; with ``{unit}``, as there."""
    multiple: bool = False
    """Whether it has a small multiple."""
    at_horizon: int | None = None
    """Its place among what the headline reports of the last month; ``None``: it does not."""
    in_tables: bool = False
    """Whether files of comparisons give it month by month, unless others are asked for."""


ROWS: tuple[Outcome, ...] = (
    Outcome(
        "cumulative_value",
        FIGURES["net_present_value"].label,
        Unit.MONEY,
        "Value",
        "What the plan has brought more than carrying on up to each month, in today's money.",
        axis="{unit}, added up, in today's money",
        in_tables=True,
    ),
    Outcome(
        "net_contribution",
        "Net contribution",
        Unit.MONEY_PER_YEAR,
        "Value",
        "Margin on revenue and gained productivity, less budgets, added hours, the cost "
        "of unanswered contacts and of the transition.",
    ),
    Outcome(
        "revenue",
        "Revenue",
        Unit.MONEY_PER_YEAR,
        "Value",
        "What all customers bring in a year.",
    ),
    Outcome(
        "productivity",
        "Productivity gain",
        Unit.MONEY_PER_YEAR,
        "Value",
        "Worth of people getting more done than today, as far as it becomes money; without those "
        "who answer customers, who answer more questions instead.",
    ),
    Outcome(
        "hours_cost",
        "Cost of involvement hours",
        Unit.MONEY_PER_YEAR,
        "Value",
        "Hours of involvement above today's, at labour cost; without those of people who answer "
        "customers, which are missing there: questions stay unanswered.",
    ),
    Outcome(
        "unserved_cost",
        "Cost of unanswered contacts",
        Unit.MONEY_PER_YEAR,
        "Value",
        "What questions that nobody answers, above today's, cost elsewhere.",
    ),
    Outcome(
        "transition_cost",
        "Cost of the transition",
        Unit.MONEY_PER_YEAR,
        "Value",
        "One-off cost of cutting customer service, while it is cut.",
    ),
    Outcome(
        "savings",
        NAMES["savings"],
        Unit.MONEY_PER_YEAR,
        "Value",
        "Money taken from the sources and kept.",
    ),
    Outcome(
        "social_revenue",
        "Revenue via social channels (gross)",
        Unit.MONEY_PER_YEAR,
        "Value",
        "Sold via social channels; most of it would have come by another way.",
    ),
    Outcome(
        "social_payment",
        "Social payment (gross)",
        Unit.MONEY_PER_YEAR,
        "Value",
        "Paid inside social channels; most of it would have been paid by another way.",
    ),
    Outcome(
        "social_payment_incremental",
        "Social payment (incremental)",
        Unit.MONEY_PER_YEAR,
        "Value",
        "The part of social payment that would not have come by another way.",
    ),
    Outcome(
        "customers",
        "Customers",
        Unit.HEADS,
        "Customers",
        "How many customers there are.",
        multiple=True,
        at_horizon=9,
        in_tables=True,
    ),
    Outcome(
        "churn",
        "Churn",
        Unit.SHARE_PER_YEAR,
        "Customers",
        "Chance that a customer leaves within a year, at this pace.",
        at_horizon=10,
    ),
    Outcome(
        "acquisition",
        "New customers",
        Unit.HEADS_PER_YEAR,
        "Customers",
        "Customers who join in a year, at this pace.",
    ),
    Outcome(
        "trust",
        "Trust",
        Unit.SHARE,
        "Customers",
        "How much customers trust the organisation, from not at all to fully; it is slow "
        "to build and quick to lose.",
        multiple=True,
        at_horizon=8,
    ),
    Outcome(
        "reach",
        "Reach",
        Unit.SHARE,
        "Connectedness",
        "Share of the people on the other side who read along; likes are no goal.",
    ),
    Outcome(
        "connected_customers",
        "Connected customers",
        Unit.SHARE,
        "Connectedness",
        "Share of the people on the other side who take part: they post, answer or meet.",
        multiple=True,
        at_horizon=1,
        in_tables=True,
    ),
    Outcome(
        "connected_employees",
        "Connected employees",
        Unit.SHARE,
        "Connectedness",
        "Share of employees who are well connected among themselves; never more than take part.",
        multiple=True,
        at_horizon=2,
    ),
    Outcome(
        "connected_partners",
        "Connected partners",
        Unit.SHARE,
        "Connectedness",
        "Share of partners and suppliers with a living relation.",
        multiple=True,
        at_horizon=3,
    ),
    Outcome(
        "public_goodwill",
        "Public goodwill",
        Unit.SHARE,
        "Connectedness",
        "How well the public thinks of the organisation, from not at all to fully.",
        multiple=True,
        at_horizon=4,
    ),
    Outcome(
        "participation",
        "Participation",
        Unit.SHARE,
        "Connectedness",
        "Share of employees who take part.",
    ),
    Outcome(
        "competence",
        "Skill in connecting",
        Unit.SHARE,
        "Connectedness",
        "Skill in involvement, from beginner to master; it grows with practice.",
        multiple=True,
    ),
    Outcome(
        "involvement_hours",
        "Involvement hours",
        Unit.HOURS_PER_YEAR,
        "Connectedness",
        "Hours that employees spend on involvement in a year.",
    ),
    Outcome(
        "insight",
        "Insight",
        Unit.SHARE,
        "Knowledge",
        "How well the organisation knows its customers, from not at all to fully.",
        multiple=True,
        at_horizon=5,
    ),
    Outcome(
        "capability",
        "Capability",
        Unit.SHARE,
        "Knowledge",
        "How well people are able to do their work, from untrained to fully.",
        multiple=True,
        at_horizon=6,
    ),
    Outcome(
        "service_quality",
        "Service quality",
        Unit.SHARE,
        "Service",
        "Share of service contacts that leave the customer content, as customers perceive it.",
        multiple=True,
        at_horizon=7,
    ),
    Outcome(
        "channel_preference",
        "Customers who prefer social channels",
        Unit.SHARE,
        "Service",
        "Share of customers who want a social or messaging channel.",
        multiple=True,
    ),
    Outcome(
        "social_answered",
        "Answered in social channels",
        Unit.SHARE,
        "Service",
        "Share of contacts in social channels that are answered there, as customers expect it.",
    ),
    Outcome(
        "centre_answered",
        "Answered by phone and mail",
        Unit.SHARE,
        "Service",
        "Share of other contacts that are answered at the first attempt, as customers expect it.",
    ),
    Outcome(
        "contacts",
        "Contacts",
        Unit.CONTACTS_PER_YEAR,
        "Service",
        "Questions that customers ask in a year.",
    ),
    Outcome(
        "contacts_matched",
        "Contacts matched",
        Unit.CONTACTS_PER_YEAR,
        "Service",
        "Questions answered in the channel that the customer wanted.",
    ),
    Outcome(
        "contacts_redirected",
        "Contacts redirected",
        Unit.CONTACTS_PER_YEAR,
        "Service",
        "Questions answered in another channel than the customer wanted.",
    ),
    Outcome(
        "contacts_unserved",
        "Contacts unanswered",
        Unit.CONTACTS_PER_YEAR,
        "Service",
        "Questions that nobody answers.",
        multiple=True,
    ),
    Outcome(
        "cost_per_contact",
        "Cost per contact",
        Unit.MONEY_PER_CONTACT,
        "Service",
        "Both service budgets and employees' time for service, per contact served.",
        at_horizon=11,
    ),
    *(
        Outcome(
            f"spent_{name}",
            budget.label,
            Unit.MONEY_PER_YEAR,
            "Budgets",
            "What is spent on it in a year.",
        )
        for name, budget in BUDGETS.items()
    ),
)
"""The catalogue itself, in the order of the picker."""

SERIES: frozenset[str] = frozenset({"cumulative_value", *State._fields, *Outcomes._fields})
"""What there is to show: the stocks and outcomes of the model, under the same names, and what
:class:`simulator.results.Forecast` derives from them."""

OUTCOMES: Mapping[str, Outcome] = {outcome.id: outcome for outcome in ROWS if outcome.id in SERIES}
"""Everything that is reported over time, by id. A row without a series, which a test reports, is
left out: nobody could show it."""

MULTIPLES: tuple[str, ...] = tuple(outcome.id for outcome in OUTCOMES.values() if outcome.multiple)
"""Outcomes that have a small multiple."""

AT_HORIZON: tuple[str, ...] = tuple(
    name
    for _, name in sorted(
        (outcome.at_horizon, outcome.id)
        for outcome in OUTCOMES.values()
        if outcome.at_horizon is not None
    )
)
"""Outcomes beside money that the headline reports in the last month, in its order."""

IN_TABLES: tuple[str, ...] = tuple(outcome.id for outcome in OUTCOMES.values() if outcome.in_tables)
"""Outcomes that files of comparisons give month by month, unless others are asked for."""


def texts() -> Iterator[str]:
    """Every message, some more than once; without those that are a number or a sign alone."""
    for outcome in ROWS:
        yield from (outcome.label, outcome.unit.value, outcome.group, outcome.meaning)
        if outcome.axis:
            yield outcome.axis
    for unit in Unit:
        yield from {unit.axis, unit.amount, unit.amount_of_one} - {"{unit}", "{amount}"}

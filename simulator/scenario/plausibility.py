"""Numbers that are allowed and hardly go together: notes, never refusals.

The model goes on with any numbers within their bounds, and its verdict sounds as sure with an
amount in thousands that was meant in euros. Here is what a director would stumble over. Every limit
is a ratio, so that currency, prices and size make no difference, and lies well beyond what
published cases and the shipped scenarios have: a note says that something was mistyped, that the
organisation is none that the model was made for, or that the plan is none that anybody has seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from simulator.i18n.language import N_, Language
from simulator.model.quantities import MINUTES_PER_HOUR
from simulator.model.register import BY_ID

if TYPE_CHECKING:
    from simulator.scenario.models import PlanInput
    from simulator.scenario.organisation import OrganisationInput

Kind = Literal["money", "percent", "number"]
"""How a number of a note is written."""

LEAST_MINUTES, MOST_MINUTES = 1.0, 160.0
"""Work that the service budget pays for each contact. What a call usually costs pays for seven to
sixteen minutes; ten times as much is beyond a difficult case among businesses, which takes an hour
or more. Below a minute nobody is answered."""
MOST_AN_HOUR = 20.0
"""Contacts in an hour if all employees did nothing else: one in three minutes. An operator that has
no call centre and whose customers answer each other has twelve."""
MOST_LABOUR = 1.0
"""What all people cost, of what customers bring: a professional who works alone has 0.84."""
LEAST_LABOUR = 0.02
"""The same: that operator has 0.03, and hardly anybody works with fewer people."""
MOST_BUDGETS = 1.0
"""All budgets together, of what sales leave after direct cost: shipped scenarios have 0.2 at
most."""
LEAST_BUDGETS = 0.002
"""All budgets together, of what customers bring: a maker of computers has 0.006."""
FAR = 10.0
"""So many times below what is usual of a budget, or above it: an amount in thousands, or with a
digit too many. Shipped scenarios and published cases stay within one and a half times."""
LEAST_CHURN, MOST_CHURN = 0.005, 0.75
"""Customers lost in a year: below, nothing that is done for them can keep one; above, nearly all
are new each year, and relations have no time."""
LEAST_MARGIN = 0.01
"""Gross margin: below, no customer is worth anything, whatever the plan does."""
MOST_CONTACTS = 100.0
"""Contacts a year for each person at a customer: two a week."""
LEAST_HOURS, MOST_HOURS = 300.0, 2400.0
"""Hours that an employee works in a year: half a day a week, and 48 hours a week."""
MOST_OF_WORK = 0.25
"""Of all working time, what people spend on relations today. The most that an organisation does is
0.04, and the most that a published case planned is 0.11."""

CONDUCT = ("participation", "openness", "regularity", "mandate")
"""What a plan asks of people, where more is better and nothing in the model stops it."""
ALL_THERE_IS = 0.95
"""Of any of these, from which on a plan asks for all there is. Of published cases and shipped
scenarios one has 0.9 of all four, and a professional who works alone all there is of two."""
OF_THEM = 3
"""So many of them at once are none that anybody has seen."""
MOST_CUT = 0.75
"""Of the budget of customer service. The only published cut is of 25 %, and the deepest plan among
shipped scenarios, which is there to lose, of 60 %."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A note on numbers that hardly go together."""

    fields: tuple[str, ...]
    """Paths in the scenario of what it is about; where there is room for one, at the first."""
    template: str
    """A message to be translated."""
    values: Mapping[str, tuple[Kind, float]]

    def text(self, currency: str, language: Language) -> str:
        """In words; ``currency`` is the organisation's ISO 4217 code."""
        written = {
            name: _written(*value, currency, language) for name, value in self.values.items()
        }
        return language.gettext(self.template, **written)


def doubts(organisation: OrganisationInput) -> tuple[Doubt, ...]:
    """What hardly goes together in ``organisation``; none where all does."""
    sums = _Sums.of(organisation)
    return (
        *_service(organisation, sums),
        *_size(sums),
        *_budgets(organisation, sums),
        *_by_themselves(organisation),
        *_busy(organisation),
    )


def doubts_of_plan(plan: PlanInput) -> tuple[Doubt, ...]:
    """What makes the result of ``plan`` a direction and no number."""
    return (*_closed(plan), *_asks_all(plan))


def _closed(plan: PlanInput) -> Iterator[Doubt]:
    if (share := plan.customer_service.share_moved) >= MOST_CUT:
        yield Doubt(
            ("plan.customer_service.share_moved",),
            N_(
                "The plan takes {share} of customer service: hardly anybody answers phone and mail "
                "any more. The only published cut, of 25 %, did far more harm than this model "
                "says, and nobody knows what a deeper one does. Take the result as a direction and "
                "not as a number."
            ),
            {"share": ("percent", share)},
        )


def _asks_all(plan: PlanInput) -> Iterator[Doubt]:
    most = [name for name in CONDUCT if (getattr(plan.involvement, name) or 0.0) >= ALL_THERE_IS]
    if len(most) >= OF_THEM:
        yield Doubt(
            tuple(f"plan.involvement.{name}" for name in most),
            N_(
                "The plan asks all there is of people in {number} of 4 ways: participation, "
                "openness, regularity and mandate. No organisation that was looked at asks so "
                "much, and nothing in the model stops it. Take the result as a direction and not "
                "as a number."
            ),
            {"number": ("number", float(len(most)))},
        )


def subjects(organisation: OrganisationInput, plan: PlanInput) -> tuple[str, ...]:
    """What each of all doubts is first of all about, paths in the scenario, in the order of
    :func:`noted`."""
    return tuple(doubt.fields[0] for doubt in _all(organisation, plan))


def noted(
    organisation: OrganisationInput, language: Language, plan: PlanInput | None = None
) -> list[dict[str, Any]]:
    """All of it for whoever reads it, that of the organisation first; what JSON can hold: each with
    a ``text`` and the ``fields`` that it is about, paths in the scenario."""
    return [
        {"fields": list(doubt.fields), "text": doubt.text(organisation.currency, language)}
        for doubt in _all(organisation, plan)
    ]


def _all(organisation: OrganisationInput, plan: PlanInput | None) -> tuple[Doubt, ...]:
    return (*doubts(organisation), *(doubts_of_plan(plan) if plan else ()))


@dataclass(frozen=True, slots=True)
class _Sums:
    """Of a year; currency, contacts and hours."""

    revenue: float
    labour: float
    budgets: float
    contacts: float
    hours: float

    @classmethod
    def of(cls, organisation: OrganisationInput) -> _Sums:
        hours = organisation.employees * organisation.working_hours_per_year
        budgets = organisation.budgets
        return cls(
            organisation.customers * organisation.revenue_per_customer,
            hours * organisation.labour_cost_per_hour,
            sum(getattr(budgets, name) for name in type(budgets).model_fields),
            organisation.customers * organisation.contacts_per_customer,
            hours,
        )


def _service(organisation: OrganisationInput, sums: _Sums) -> Iterator[Doubt]:
    budget = organisation.budgets.customer_service
    if sums.contacts > 0.0 and budget > 0.0:
        cost = budget / sums.contacts
        minutes = cost / organisation.labour_cost_per_hour * MINUTES_PER_HOUR
        values: dict[str, tuple[Kind, float]] = {
            "cost": ("money", cost),
            "contacts": ("number", sums.contacts),
        }
        where = _at("customers", "contacts_per_customer", "budgets.customer_service")
        if minutes < LEAST_MINUTES:
            seconds: dict[str, tuple[Kind, float]] = {"seconds": ("number", minutes * 60.0)}
            yield Doubt(
                where,
                N_(
                    "The budget of customer service comes to {cost} for each of {contacts} "
                    "contacts a year, far below what answering costs: it pays for {seconds} "
                    "seconds of work. Check customers, service contacts and that budget."
                ),
                {**values, **seconds},
            )
        elif minutes > MOST_MINUTES:
            hours: dict[str, tuple[Kind, float]] = {"hours": ("number", minutes / 60.0)}
            yield Doubt(
                where,
                N_(
                    "The budget of customer service comes to {cost} for each of {contacts} "
                    "contacts a year, far above what answering costs: it pays for {hours} hours "
                    "of work. Check customers, service contacts and that budget."
                ),
                {**values, **hours},
            )
    an_hour = sums.contacts / sums.hours
    if an_hour > MOST_AN_HOUR:
        yield Doubt(
            _at("customers", "contacts_per_customer", "employees"),
            N_(
                "With {contacts} contacts a year, far above what so few people can answer, every "
                "employee would answer {number} an hour and do nothing else. Check customers, "
                "service contacts and employees."
            ),
            {"contacts": ("number", sums.contacts), "number": ("number", an_hour)},
        )


def _size(sums: _Sums) -> Iterator[Doubt]:
    where = _at("revenue_per_customer", "customers", "employees", "labour_cost_per_hour")
    values: dict[str, tuple[Kind, float]] = {
        "labour": ("money", sums.labour),
        "revenue": ("money", sums.revenue),
    }
    if sums.labour > MOST_LABOUR * sums.revenue:
        yield Doubt(
            where,
            N_(
                "All employees cost {labour} a year, customers bring {revenue}: less than people "
                "alone cost. Check revenue per customer, customers, employees and labour cost."
            ),
            values,
        )
    elif sums.labour < LEAST_LABOUR * sums.revenue:
        yield Doubt(
            where,
            N_(
                "Customers bring {revenue} a year, far above what so few people can earn: all "
                "employees cost {labour}. Check revenue per customer, customers and employees."
            ),
            values,
        )


def _budgets(organisation: OrganisationInput, sums: _Sums) -> Iterator[Doubt]:
    margin = organisation.gross_margin * sums.revenue
    where = _at("budgets.customer_service", "budgets.market_research", "budgets.training")
    values: dict[str, tuple[Kind, float]] = {
        "budgets": ("money", sums.budgets),
        "margin": ("money", margin),
        "revenue": ("money", sums.revenue),
    }
    if margin > 0.0 and sums.budgets > MOST_BUDGETS * margin:
        yield Doubt(
            where,
            N_(
                "All budgets come to {budgets} a year, more than sales leave after direct cost "
                "({margin}). Check the budgets, gross margin and revenue per customer."
            ),
            values,
        )
    elif sums.budgets < LEAST_BUDGETS * sums.revenue:
        yield Doubt(
            where,
            N_(
                "All budgets come to {budgets} a year, far below what fits customers who bring "
                "{revenue}. Check customers, and whether an amount is in thousands."
            ),
            values,
        )
    yield from _unusual("market_research", organisation, sums)
    yield from _unusual("training", organisation, sums)


_USUAL = {
    "market_research": (
        BY_ID["market_research_share_of_labour_cost"],
        N_(
            "{amount} a year for market research: is that meant? For so many employees at this "
            "labour cost, {low} to {high} are usual. Check that amount, and whether it is in "
            "thousands."
        ),
    ),
    "training": (
        BY_ID["training_share_of_labour_cost"],
        N_(
            "{amount} a year for training: is that meant? For so many employees at this labour "
            "cost, {low} to {high} are usual. Check that amount, and whether it is in thousands."
        ),
    ),
}
"""Of budgets that go with what all people cost: which share is usual, as beside the field, and what
is asked where it is far from that."""


def _unusual(budget: str, organisation: OrganisationInput, sums: _Sums) -> Iterator[Doubt]:
    """None where nothing is spent: that is a decision, and no slip."""
    share, question = _USUAL[budget]
    amount = getattr(organisation.budgets, budget)
    low, high = share.low * sums.labour, share.high * sums.labour
    if amount > 0.0 and not low / FAR <= amount <= high * FAR:
        yield Doubt(
            _at(f"budgets.{budget}", "employees", "working_hours_per_year", "labour_cost_per_hour"),
            question,
            {"amount": ("money", amount), "low": ("money", low), "high": ("money", high)},
        )


def _by_themselves(organisation: OrganisationInput) -> Iterator[Doubt]:
    churn: dict[str, tuple[Kind, float]] = {"share": ("percent", organisation.annual_churn)}
    if organisation.annual_churn < LEAST_CHURN:
        yield Doubt(
            _at("annual_churn"),
            N_(
                "Hardly any customer leaves within a year ({share}): then no plan can keep one. "
                "Check customers lost."
            ),
            churn,
        )
    elif organisation.annual_churn > MOST_CHURN:
        yield Doubt(
            _at("annual_churn"),
            N_(
                "{share} of customers leave within a year, and as many have to come: then "
                "relations have no time to grow. Check customers lost."
            ),
            churn,
        )
    if organisation.gross_margin < LEAST_MARGIN:
        yield Doubt(
            _at("gross_margin"),
            N_(
                "Of what customers bring, {share} is left after direct cost: then no customer "
                "whom a plan keeps is worth anything. Check gross margin."
            ),
            {"share": ("percent", organisation.gross_margin)},
        )
    contacts = organisation.contacts_per_customer / organisation.people_per_customer
    if contacts > MOST_CONTACTS:
        yield Doubt(
            _at("contacts_per_customer", "people_per_customer"),
            N_(
                "{number} contacts a year for each person at a customer: far above what people "
                "ask. Check service contacts, and people at a customer."
            ),
            {"number": ("number", contacts)},
        )
    if not LEAST_HOURS <= organisation.working_hours_per_year <= MOST_HOURS:
        yield Doubt(
            _at("working_hours_per_year"),
            N_("{number} hours of work a year for each employee, on average. Check working time."),
            {"number": ("number", organisation.working_hours_per_year)},
        )


def _busy(organisation: OrganisationInput) -> Iterator[Doubt]:
    today = organisation.involvement
    working_day = MINUTES_PER_HOUR * BY_ID["working_day_hours"].central
    share = today.participation * today.minutes_per_day / working_day
    if share > MOST_OF_WORK:
        yield Doubt(
            _at("involvement.minutes_per_day", "involvement.participation"),
            N_(
                "People spend {share} of all working time on relations today: nobody that was "
                "looked at comes near that, and a plan that asks for less would seem to save all "
                "of it. Check minutes per day and participation."
            ),
            {"share": ("percent", share)},
        )


def _at(*names: str) -> tuple[str, ...]:
    return tuple(f"organisation.{name}" for name in names)


def _written(kind: Kind, value: float, currency: str, language: Language) -> str:
    match kind:
        case "money":
            return language.money(value, currency)
        case "percent":
            return language.percent(value, decimals=1)
    return language.short(value, figures=2)

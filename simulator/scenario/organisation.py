"""The organisation today: its numbers, budgets, and what is known of service and community."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from simulator.errors import FieldName, Message, exact
from simulator.i18n import nouns
from simulator.model.quantities import SMALLEST_COIN, SOURCES, UNKNOWN, Known
from simulator.scenario import dashboard
from simulator.scenario.fields import (
    CURRENCY,
    LONGEST_NAME,
    Input,
    Name,
    Noun,
    quantity,
    wrong_value,
)
from simulator.scenario.levers import BUDGETS, NAMES, InvolvementInput
from simulator.scenario.walk import Label


def _budget(name: str) -> Any:
    return quantity(*BUDGETS[name].number)


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
            first, second, third = (FieldName(name, NAMES[name]) for name in SOURCES)
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
    wording = f"{description}; null: we don't know"
    return quantity(wording, "currency per contact", SMALLEST_COIN, 1e6)


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


_CALLED = (
    f"What customers are called: {', '.join(nouns.NOUNS)}; or one and several of them as they are "
    'typed, such as "resident / residents".'
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
    customers_called: Annotated[
        Noun,
        Field(
            min_length=1,
            max_length=nouns.LONGEST,
            description=_CALLED,
        ),
        Label(
            "What you call them",
            "Choose from the list, or type one and several of them, with a slash between: "
            "resident / residents. All pages use it.",
        ),
    ] = nouns.CUSTOMERS
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

"""The levers and the organisation's own numbers, described for the browser. Pure.

Both are known by their path in the scenario file. Bounds and units come from the scenario's own
field definitions; values are as in the file: shares 0-1, minutes, months. What moving a lever does
to the others is the browser's work; what a scenario allows is said by
:mod:`simulator.scenario` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from simulator.i18n.language import N_, Language
from simulator.results import carrying_on
from simulator.scenario import InvolvementInput, PlanInput, Scenario, ShiftInput, SplitInput
from ui.text.help import lever_help
from ui.text.lever_words import NAMES, stop_words
from ui.text.reference_values import hints

SOURCES: tuple[str, ...] = tuple(
    name for name, field in PlanInput.model_fields.items() if field.annotation is ShiftInput
)
TAKE: tuple[str, ...] = tuple(f"plan.{source}.share_moved" for source in SOURCES)
PUT: tuple[str, ...] = tuple(f"plan.split.{name}" for name in SplitInput.model_fields)
INVOLVE: tuple[str, ...] = tuple(
    f"plan.involvement.{name}" for name in InvolvementInput.model_fields
)
WHEN: tuple[str, ...] = (
    "plan.*.start_month",
    "plan.*.ramp_months",
    "plan.involvement.start_month",
    "plan.involvement.ramp_months",
)
"""``*`` stands for each of the three sources: one lever for all of them."""

GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "take": (N_("Take from"), TAKE),
    "put": (N_("Put into"), PUT),
    "involve": (N_("Involvement"), INVOLVE),
    "when": (N_("When"), WHEN),
}
"""The groups of levers: what each is called, and the paths in it."""

_MINUTES = (*range(61), 75, 90, 120, 180, 240, 480)
"""Every minute up to an hour, then coarse: few look there, but the overload has to be seen."""

_INVOLVEMENT_NAMES: Mapping[str, str] = {
    "minutes_per_day": N_("Minutes per day"),
    "participation": N_("Participation"),
    "openness": N_("Openness"),
    "promotional_share": N_("Promotional share"),
    "regularity": N_("Regularity"),
    "mandate": N_("Mandate"),
}
_WHEN_NAMES: Mapping[str, str] = {
    "plan.*.start_month": N_("Money starts"),
    "plan.*.ramp_months": N_("Money takes"),
    "plan.involvement.start_month": N_("Involvement starts"),
    "plan.involvement.ramp_months": N_("Involvement takes"),
}


# --- bounds and units ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the scenario's definition of a number says about it."""

    unit: str
    least: float
    most: float
    exclusive: bool
    """Whether the value has to be above ``least``, not just at it."""


@cache
def bounds(path: str) -> Bounds:
    """Bounds and unit of the number at ``path``.

    Raises ``KeyError`` when the scenario has no such field, or when it is no number.
    """
    field = _field(Scenario, path.replace("*", SOURCES[0]).split("."))
    extra = cast("dict[str, Any]", field.json_schema_extra or {})
    limits = _limits(field, "ge", "gt", "le")
    return Bounds(
        unit=extra["unit"],
        least=float(limits["gt"] if "gt" in limits else limits["ge"]),
        most=float(limits["le"]),
        exclusive="gt" in limits,
    )


def _field(model: type[BaseModel], parts: list[str]) -> FieldInfo:
    field = model.model_fields[parts[0]]
    if len(parts) == 1:
        return field
    kinds = (field.annotation, *get_args(field.annotation))
    inner = next(one for one in kinds if isinstance(one, type) and issubclass(one, BaseModel))
    return _field(inner, parts[1:])


def _limits(field: FieldInfo, *names: str) -> dict[str, Any]:
    return {
        name: value
        for one in field.metadata
        for name in names
        if (value := getattr(one, name, None)) is not None
    }


# --- levers --------------------------------------------------------------------------------------


def describe(language: Language) -> list[dict[str, Any]]:
    """The groups of levers, for the browser; as JSON takes it.

    Each group has ``id``, ``label`` and ``levers``; each lever:

    - ``path`` in the scenario, with ``*`` for all sources at once, and ``label``;
    - ``unit``: ``share``, ``minutes``, ``month`` or ``months``; ``reading``: a text with
      ``{value}`` for the value as it is shown;
    - ``min``, ``max``, and ``stops``: the values that it snaps to, ascending (a scenario's own
      value is one more);
    - ``words``: see :func:`ui.text.lever_words.stop_words`; ``help``: see
      :meth:`ui.text.help.Help.for_browser`;
    - ``budget``: path of the money that a share is taken from; ``today``: path of the value that
      holds where the plan says ``null``; ``up_to``: path of the month beyond which a start does
      nothing; each ``None`` where there is none.
    """
    return [
        {
            "id": group,
            "label": language.gettext(label),
            "levers": [_lever(path, language) for path in paths],
        }
        for group, (label, paths) in GROUPS.items()
    ]


def _lever(path: str, language: Language) -> dict[str, Any]:
    own, name = bounds(path), path.rpartition(".")[2]
    unit = own.unit.split()[0]
    if path in TAKE:
        name = path.split(".")[1]
    label = _WHEN_NAMES.get(path) or {**NAMES, **_INVOLVEMENT_NAMES}[name]
    return {
        "path": path,
        "label": language.gettext(label),
        "unit": unit,
        "reading": _reading(own.unit, language),
        "min": own.least,
        "max": own.most,
        "stops": _stops(unit, own),
        "words": stop_words(language)["share" if path in (*TAKE, *PUT) else name],
        "help": lever_help(path, language).for_browser(),
        "budget": f"organisation.budgets.{name}" if path in TAKE else None,
        "today": f"organisation.involvement.{name}" if path in INVOLVE else None,
        "up_to": "horizon_months" if name == "start_month" else None,
    }


def _reading(unit: str, language: Language) -> str:
    """How a value is read with its unit, with ``{value}`` for the value."""
    value = "{value}"
    match unit.split():
        case ["share", *_, "budget"]:
            return language.gettext("{value} of its budget", value=value)
        case ["share", *_, "money"]:
            return language.gettext("{value} of the freed money", value=value)
        case ["share", *_, "employees"]:
            return language.gettext("{value} of employees", value=value)
        case ["minutes", *_]:
            return language.gettext("{value} minutes per working day", value=value)
        case ["month"]:
            return language.gettext("month {value}", value=value)
        case ["months"]:
            return language.gettext("{value} months", value=value)
    return value  # a plain share needs no more than its percentage


def _stops(unit: str, own: Bounds) -> list[float]:
    if unit == "share":
        return [percent / 100 for percent in range(101)]
    if unit == "minutes":
        return [float(one) for one in _MINUTES if own.least <= one <= own.most]
    return [float(one) for one in range(int(own.least), int(own.most) + 1)]


def starts_too_late(scenario: Scenario) -> bool:
    """Whether the plan changes something, but all of it from the horizon on or later."""
    plan = scenario.plan_quantities()
    today = scenario.organisation_quantities()
    shifts = {source: getattr(plan, source) for source in SOURCES}
    starts = [
        shift.start_month
        for source, shift in shifts.items()
        if shift.share_moved * getattr(today.budgets, source) > 0.0
    ]
    if plan.involvement != carrying_on(today).involvement:
        starts.append(plan.involvement_start_month)
    return bool(starts) and min(starts) >= scenario.horizon_months


# --- the organisation's own numbers --------------------------------------------------------------

_FIELDS: Mapping[str, tuple[str, Mapping[str, tuple[str, str]]]] = {
    "organisation": (
        N_("The organisation"),
        {
            "organisation.name": (
                N_("Name"),
                N_("What the organisation is called in this scenario."),
            ),
            "organisation.currency": (
                N_("Currency"),
                N_("Code of three letters for all amounts, such as EUR or DKK."),
            ),
        },
    ),
    "customers": (
        N_("Customers"),
        {
            "organisation.customers": (
                N_("Customers today"),
                N_("People or organisations that buy, subscribe, give or are served."),
            ),
            "organisation.revenue_per_customer": (
                N_("Revenue per customer"),
                N_("What a customer brings in a year, on average."),
            ),
            "organisation.annual_churn": (
                N_("Customers lost"),
                N_("How many of today's customers leave within a year."),
            ),
            "organisation.contacts_per_customer": (
                N_("Service contacts"),
                N_("How often a customer asks something in a year, through any channel."),
            ),
        },
    ),
    "people": (
        N_("People"),
        {
            "organisation.employees": (
                N_("Employees"),
                N_("All who could take part, full-time or not."),
            ),
            "organisation.working_hours_per_year": (
                N_("Working time"),
                N_("Hours that an employee works in a year, on average."),
            ),
            "organisation.labour_cost_per_hour": (
                N_("Labour cost"),
                N_("What an hour of work costs, with social security and holidays."),
            ),
        },
    ),
    "budgets": (
        N_("Budgets today"),
        {
            "organisation.budgets.market_research": (
                NAMES["market_research"],
                N_("Surveys, panels and studies, bought or made."),
            ),
            "organisation.budgets.training": (
                NAMES["training"],
                N_("Courses and training, without the working time of those who are taught."),
            ),
            "organisation.budgets.customer_service": (
                NAMES["customer_service"],
                N_("Traditional service by phone, mail and counter, people included."),
            ),
            "organisation.budgets.listening": (
                NAMES["listening"],
                N_("Following what is said on social media, tools and people."),
            ),
            "organisation.budgets.community": (
                NAMES["community"],
                N_("Communities of customers or partners, platform and moderation."),
            ),
            "organisation.budgets.content": (
                NAMES["content"],
                N_("What is made and published for social media."),
            ),
            "organisation.budgets.networking": (
                NAMES["networking"],
                N_("Tools, meetings and support for employees who network."),
            ),
            "organisation.budgets.social_service": (
                NAMES["social_service"],
                N_("Customer service in social channels, people included."),
            ),
        },
    ),
    "involvement": (
        N_("How people behave today"),
        {
            "organisation.involvement.minutes_per_day": (
                _INVOLVEMENT_NAMES["minutes_per_day"],
                N_("Time that an employee who takes part spends on it today."),
            ),
            "organisation.involvement.participation": (
                _INVOLVEMENT_NAMES["participation"],
                N_("How many of all employees take part today."),
            ),
            "organisation.involvement.openness": (
                _INVOLVEMENT_NAMES["openness"],
                N_("From only sending to listening, asking and creating together."),
            ),
            "organisation.involvement.promotional_share": (
                _INVOLVEMENT_NAMES["promotional_share"],
                N_("How much of what is published today wants to sell something."),
            ),
            "organisation.involvement.regularity": (
                _INVOLVEMENT_NAMES["regularity"],
                N_("From publishing whenever it suits to always at the same moment."),
            ),
            "organisation.involvement.mandate": (
                _INVOLVEMENT_NAMES["mandate"],
                N_("From no policy to a clear one that leaders live."),
            ),
        },
    ),
    "money": (
        N_("Money"),
        {
            "organisation.gross_margin": (
                N_("Gross margin"),
                N_("What is left of revenue after the direct cost of what is sold."),
            ),
            "organisation.discount_rate": (
                N_("Discount rate"),
                N_("How much less an amount is worth when it comes a year later."),
            ),
            "horizon_months": (
                N_("Months to look ahead"),
                N_("How long the plan and carrying on are compared."),
            ),
        },
    ),
}


def fields(language: Language) -> list[dict[str, Any]]:
    """The organisation's own numbers for an editor, in groups; as JSON takes it.

    Each group has ``id``, ``label`` and ``fields``; each field:

    - ``path`` in the scenario, ``label``, ``help``;
    - ``kind``: ``number``, ``share`` (0-1 in the scenario, a percentage for people), ``money``,
      ``text`` or ``currency``; ``whole``: whether only whole numbers are allowed;
    - for numbers ``unit`` (with ``{currency}`` for the organisation's own; may be empty), ``min``,
      ``max`` and ``exclusive``: whether ``min`` itself is too little;
    - for texts ``shortest`` and ``longest`` in characters and ``pattern``, ``None`` where free;
    - ``hints``: what is typical, see :func:`ui.text.reference_values.hints`.
    """
    return [
        {
            "id": group,
            "label": language.gettext(label),
            "fields": [
                {
                    "path": path,
                    "label": language.gettext(name),
                    "help": language.gettext(text),
                    **_kind(path, language),
                    "hints": hints(path, language),
                }
                for path, (name, text) in members.items()
            ],
        }
        for group, (label, members) in _FIELDS.items()
    ]


def _kind(path: str, language: Language) -> dict[str, Any]:
    field = _field(Scenario, path.split("."))
    if field.annotation is str:
        limits = _limits(field, "min_length", "max_length", "pattern")
        return {
            "kind": "currency" if path == "organisation.currency" else "text",
            "shortest": limits.get("min_length"),
            "longest": limits.get("max_length"),
            "pattern": limits.get("pattern"),
        }
    own = bounds(path)
    kind = {"share": "share", "currency": "money"}.get(own.unit.split()[0], "number")
    return {
        "kind": kind,
        "whole": field.annotation is int,
        "unit": _unit(own.unit, language),
        "min": own.least,
        "max": own.most,
        "exclusive": own.exclusive,
    }


def _unit(unit: str, language: Language) -> str:
    """A field's unit beside its box, with ``{currency}`` for the organisation's own."""
    currency = "{currency}"
    match unit.split():
        case ["heads"]:
            return ""  # the label says whose they are
        case ["share"]:
            return "%"
        case ["share", "of", "revenue"]:
            return language.gettext("{unit} of revenue", unit="%")
        case ["share", "of", "employees"]:
            return language.gettext("{unit} of employees", unit="%")
        case ["share", "of", "customers", "per", "year"]:
            return language.gettext("{unit} of customers per year", unit="%")
        case ["share", "per", "year"]:
            return language.gettext("{unit} per year", unit="%")
        case ["currency", "per", "year"]:
            return language.gettext("{unit} per year", unit=currency)
        case ["currency", "per", "customer", "per", "year"]:
            return language.gettext("{unit} per customer per year", unit=currency)
        case ["currency", "per", "hour"]:
            return language.gettext("{unit} per hour", unit=currency)
        case ["hours", "per", "employee", "per", "year"]:
            return language.gettext("hours per employee per year")
        case ["contacts", "per", "customer", "per", "year"]:
            return language.gettext("contacts per customer per year")
        case ["minutes", "per", "working", "day"]:
            return language.gettext("minutes per working day")
        case ["months"]:
            return language.gettext("months")
    raise AssertionError(f"field: found a unit without words: {unit}")

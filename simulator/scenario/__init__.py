"""The scenario: an organisation, a plan and overridden assumptions, as one validated JSON file.

All that comes from outside is checked here, once; what a :class:`Scenario` holds can be trusted.
:func:`parse` and :func:`load` report every problem of a file at once, each with its place, what
was found and what is allowed.
"""

from __future__ import annotations

import difflib
import json
import math
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import InitErrorDetails, PydanticCustomError

from simulator.model.quantities import Budgets, Involvement, Organisation, Plan, Shift, Split
from simulator.model.register import BY_ID, REGISTER, Parameter, Range
from simulator.scenario import migrations

SCHEMA_VERSION = 2
"""Version of the file format; goes up with every change that an older reader would not take.
With it a migration comes to :mod:`simulator.scenario.migrations`."""

SCHEMA_FILE = "scenario.schema.json"
"""Name of the JSON schema; it lies beside the shipped scenarios."""

MAX_BYTES = 1_000_000
"""A larger file is refused unread."""

SUM_TOLERANCE = 1e-9
"""How far the six shares of a split may be from 1 together."""

MOST_PROBLEMS = 100
"""So many problems of one scenario are told; the rest is only counted."""

_VERSIONS = f"a whole number from 1 to {SCHEMA_VERSION}"
_MAX_DEPTH = 20
_FOUND_LENGTH = 60
_FOLDER = Path(__file__).resolve().parent.parent.parent / "scenarios"


# --- problems ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a scenario."""

    field: str
    """Dotted path, such as ``plan.training.share_moved``; for the file as a whole: its name."""
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.field}: found {self.found}, allowed {self.allowed}"


class ScenarioError(ValueError):
    """A scenario that cannot be used.

    ``problems`` holds everything that is wrong with it, the first :data:`MOST_PROBLEMS` of it where
    that is too much to be read; ``more`` is the number of the others.
    """

    def __init__(self, problems: Iterable[Problem], more: int = 0) -> None:
        found = tuple(problems)
        self.problems: tuple[Problem, ...] = found[:MOST_PROBLEMS]
        self.more = more + len(found) - len(self.problems)
        lines = [*map(str, self.problems), *([f"and {self.more} more"] if self.more else [])]
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[tuple[Problem, ...], int]]:
        return type(self), (self.problems, self.more)


class _Unrepresentable(float):
    """A number in a file that no finite float holds; infinite or NaN, and shown as written."""

    text: str

    def __new__(cls, text: str, value: float = math.inf) -> _Unrepresentable:
        number = super().__new__(cls, value)
        number.text = text
        return number

    def __repr__(self) -> str:
        return self.text


def _shorten(text: str) -> str:
    return text if len(text) <= _FOUND_LENGTH else text[: _FOUND_LENGTH - 1] + "…"


def _shown(value: object) -> str:
    """``value`` on one line of bounded length, in the words of JSON, control characters escaped."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return _shorten(repr(value[:_FOUND_LENGTH] + ("…" * (len(value) > _FOUND_LENGTH))))
        case float():
            text = repr(value) if isinstance(value, _Unrepresentable) else repr(float(value))
            return _shorten(text)
        case int():
            if value.bit_length() > 1000:  # Python refuses to write out huge numbers
                return "a whole number of more than 300 digits"
            return _shorten(str(int(value)))
        case Mapping():
            return f"an object of {len(value)} fields"
        case list() | tuple():
            return f"a list of {len(value)}"
    return f"a value of type {type(value).__name__}"


def _key(part: object) -> str:
    """One part of a field path: as it is when harmless, else quoted and escaped."""
    text = str(part)
    plain = text.isprintable() and text and len(text) <= _FOUND_LENGTH
    return text if plain else _shown(text)


def _path(parts: Iterable[object]) -> str:
    return ".".join(map(_key, parts))


def _nearest(name: str, names: Iterable[str]) -> str:
    """What is allowed instead of the unknown ``name``: the nearest one, else all if few."""
    known = list(names)
    near = difflib.get_close_matches(name[:100], known, n=1, cutoff=0.6)
    if near:
        return f"{near[0]} (the nearest that exists)"
    return ", ".join(known) if len(known) <= 20 else "the ids of the register of assumptions"


def _number(value: float) -> str:
    return f"{value:.10g}" if abs(value) < 1e10 else f"{value:.0f}"


def _wrong(found: str, allowed: str) -> PydanticCustomError:
    """A problem that the schema library cannot see by itself."""
    return PydanticCustomError(
        "scenario", "found {found}, allowed {allowed}", {"found": found, "allowed": allowed}
    )


# --- bounds of assumptions -----------------------------------------------------------------------

_DIVISORS = frozenset(
    {
        "offer_half_share",
        "effort_threshold",
        "listening_half_reach",
        "practice_reference_hours",
        "customer_money_reference",
        "customer_time_reference",
        "employee_money_reference",
        "employee_time_reference",
        "partner_money_reference",
        "partner_time_reference",
        "public_money_reference",
        "public_time_reference",
        "market_research_share_of_revenue",
        "training_share_of_labour_cost",
        "service_capacity_margin",
        "cost_contact_phone",
        "labour_cost_hour",
        "social_cost_ratio",
        "minutes_per_employee_contact",
        "redirect_handling_multiple",
        "reference_churn_hazard",
        "natural_word_of_mouth",
    }
)
"""The equations divide by these, or take the logarithm: zero and almost zero are out."""

_BOUNDS: Mapping[str, tuple[float, float]] = {
    "working_day_hours": (1.0, 24.0),
    "overload_minutes": (1.0, 1440.0),
    # Time constants: a step of one month cannot follow what is much faster than a month.
    "policy_gate_months": (1.0, 120.0),
    "perception_delay_months": (1.0, 120.0),
    "trust_building_months": (6.0, 360.0),
    "trust_asymmetry": (0.1, 6.0),
    # The elasticity's formula has no value at 0 and at 1, and no accuracy close to them.
    "money_time_substitution": (0.1, 0.95),
    "effort_exponent": (0.01, 1.0),
    # At 1 nobody is ever served, and rounding decides about the sign of what is.
    "peak_loss": (0.0, 0.5),
    # Multipliers of something between 0 and 1 that has to stay there, trust above 0.
    "promo_engagement_multiplier": (0.01, 1.0),
    "offer_floor": (0.0, 1.0),
    "regularity_multiplier": (0.1, 10.0),
    "capability_service_effect": (0.0, 1.0),
    # The logistic curve stays a curve, also when it comes down from above its ceiling.
    "channel_preference_today": (0.001, 0.5),
    "messaging_preference_saturation": (0.1, 1.0),
    "messaging_shift_per_year": (0.0, 0.1),
    # In an exponent: 3 already means twenty times the hazard.
    "effect_transfer": (0.0, 3.0),
    "churn_quality_effect": (0.0, 3.0),
    "churn_insight_effect": (0.0, 3.0),
    "churn_connected_effect": (0.0, 3.0),
    "insight_acquisition_effect": (0.0, 3.0),
}


def allowed(parameter: Parameter) -> tuple[float, float]:
    """The least and the greatest value that a scenario may give to ``parameter``, in its unit.

    Wider than the register's own range, so that assumptions can be challenged; as narrow as the
    equations need, which divide by some of them and take others for shares.
    """
    if parameter.id in _BOUNDS:
        return _BOUNDS[parameter.id]
    wide = float(f"{10.0 * parameter.high:.6g}")
    if parameter.id in _DIVISORS:
        least = float(f"{parameter.low / 10.0:.6g}")
    else:
        # Weights are divided by their sum: one of them has to be there.
        least = 0.001 if parameter.unit == "weight" else min(0.0, parameter.low)
    if parameter.unit == "per month":
        return least, max(min(wide, 1.0), parameter.high)
    if parameter.unit in {"share", "weight", "per year"} or parameter.unit.startswith("share "):
        return least, max(1.0, parameter.high)
    return least, max(1.0, wide)


def _bounds_text(parameter: Parameter) -> str:
    low, high = allowed(parameter)
    return f"{_number(low)} to {_number(high)}"


def _overrides(value: object) -> object:
    """Check overrides of assumptions by the register: ids, bounds and order, all at once."""
    if not isinstance(value, Mapping):
        return value  # the schema library says what is wrong with it
    wrong: list[InitErrorDetails] = []

    def report(found: str, allowed_text: str, *place: str) -> None:
        wrong.append(
            InitErrorDetails(type=_wrong(found, allowed_text), loc=place, input="see the message")
        )

    def number(given: object, parameter: Parameter, *place: str) -> float | None:
        low, high = allowed(parameter)
        if isinstance(given, int | float) and not isinstance(given, bool) and low <= given <= high:
            return float(given)
        report(_shown(given), _bounds_text(parameter), parameter.id, *place)
        return None

    def nearest(name: str, names: Iterable[str]) -> str:
        # Looking for it takes time, and who sends so many wrong ones will not read it.
        return _nearest(name, names if len(wrong) < MOST_PROBLEMS else ())

    overrides: dict[str, float | RangeInput] = {}
    for key, given in value.items():
        parameter = BY_ID.get(key) if isinstance(key, str) else None
        if parameter is None:
            report("an unknown assumption", nearest(str(key), BY_ID), str(key))
            continue
        if isinstance(given, RangeInput):
            given = {name: getattr(given, name) for name in RangeInput.model_fields}
        if not isinstance(given, Mapping):
            if isinstance(given, int | float) and not isinstance(given, bool):
                known = number(given, parameter)
                if known is not None:
                    overrides[key] = known
            else:
                low, high = allowed(parameter)
                report(
                    _shown(given),
                    f"a number, or low, central and high: {_number(low)} to {_number(high)}",
                    key,
                )
            continue
        ends: dict[str, float] = {}
        for name in RangeInput.model_fields:
            if name not in given:
                report("nothing", _bounds_text(parameter), key, name)
            elif (end := number(given[name], parameter, name)) is not None:
                ends[name] = end
        for name in given:
            if name not in RangeInput.model_fields:
                report("an unknown key", nearest(str(name), RangeInput.model_fields), key, name)
        if len(ends) == len(RangeInput.model_fields):
            if ends["low"] <= ends["central"] <= ends["high"]:
                overrides[key] = RangeInput(**ends)
            else:
                report(_order_text(**ends), _ORDER, key)
    if wrong:
        raise ValidationError.from_exception_data("assumptions", wrong)
    return {one.id: overrides[one.id] for one in REGISTER if one.id in overrides}


_ORDER = "low at most central, central at most high"


def _order_text(low: float, central: float, high: float) -> str:
    return f"low {_number(low)}, central {_number(central)}, high {_number(high)}"


# --- kinds of fields -----------------------------------------------------------------------------

_CURRENCY = "^[A-Z]{3}$"
_MODEL_VERSION = r"^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$"


def _quantity(description: str, unit: str, least: float, most: float) -> Any:
    return Field(
        ge=least,
        le=most,
        description=f"{description} ({unit}).",
        json_schema_extra={"unit": unit},
    )


def _positive(description: str, unit: str, most: float) -> Any:
    return Field(
        gt=0,
        le=most,
        description=f"{description} ({unit}).",
        json_schema_extra={"unit": unit},
    )


def _figure(description: str, unit: str) -> Any:
    """A result: any finite number, as no bound holds for what odd scenarios come to."""
    return Field(description=f"{description} ({unit}).", json_schema_extra={"unit": unit})


def _one_line(text: str) -> str:
    if any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in text):
        raise _wrong(_shown(text), "one line without control characters")
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise _wrong(_shown(text), "a name that is not blank")
    return text


def _lines(text: str) -> str:
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t" for sign in text):
        raise _wrong(_shown(text), "text without control characters")
    return text


def _two_lines(text: str) -> str:
    if text.count("\n") > 1:
        raise _wrong(f"{text.count(chr(10)) + 1} lines", "at most two lines")
    return text


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _iso_date(value: object) -> object:
    if value is None or type(value) is Date:
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return Date.fromisoformat(value)
        except ValueError:
            pass  # such as 30 February: falls through to the one message for all of them
    raise _wrong(_shown(value), "null or a date such as 2026-11-22")


Name = Annotated[str, AfterValidator(_one_line), AfterValidator(_not_blank)]
Line = Annotated[str, AfterValidator(_one_line)]
Text = Annotated[str, AfterValidator(_lines)]
Story = Annotated[str, AfterValidator(_lines), AfterValidator(_two_lines)]


class _Input(BaseModel):
    """What all parts of a scenario have in common: strict, closed, immutable."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False
    )


# --- the models ----------------------------------------------------------------------------------

_PER_YEAR = "currency per year"
_MOST_MONEY = 1e12


class BudgetsInput(_Input):
    """What is spent today: three sources and five instruments."""

    market_research: Annotated[
        float, _quantity("Market research, a source", _PER_YEAR, 0, _MOST_MONEY)
    ]
    training: Annotated[
        float, _quantity("Training and courses, a source", _PER_YEAR, 0, _MOST_MONEY)
    ]
    customer_service: Annotated[
        float, _quantity("Traditional customer service, a source", _PER_YEAR, 0, _MOST_MONEY)
    ]
    listening: Annotated[
        float, _quantity("Listening on social media, an instrument", _PER_YEAR, 0, _MOST_MONEY)
    ]
    community: Annotated[float, _quantity("Communities, an instrument", _PER_YEAR, 0, _MOST_MONEY)]
    content: Annotated[float, _quantity("Content, an instrument", _PER_YEAR, 0, _MOST_MONEY)]
    networking: Annotated[
        float, _quantity("Networking of employees, an instrument", _PER_YEAR, 0, _MOST_MONEY)
    ]
    social_service: Annotated[
        float,
        _quantity("Customer service in social channels, an instrument", _PER_YEAR, 0, _MOST_MONEY),
    ]

    @model_validator(mode="after")
    def _something_to_move(self) -> Self:
        if self.market_research + self.training + self.customer_service <= 0.0:
            raise _wrong("0", "market_research, training and customer_service together above 0")
        return self


class InvolvementInput(_Input):
    """How people behave today: what no budget buys."""

    minutes_per_day: Annotated[
        float,
        _quantity("Time of an employee who takes part", "minutes per working day", 0, 480),
    ]
    participation: Annotated[
        float, _quantity("Employees who take part", "share of employees", 0, 1)
    ]
    openness: Annotated[
        float, _quantity("How much is listened, asked and co-created", "share", 0, 1)
    ]
    promotional_share: Annotated[
        float, _quantity("What sells of all that is published", "share", 0, 1)
    ]
    regularity: Annotated[
        float, _quantity("Rhythm: 0 whenever, 1 always at the same moment", "share", 0, 1)
    ]
    mandate: Annotated[
        float,
        _quantity("Policy and leadership: 0 none, 1 clear and lived by leaders", "share", 0, 1),
    ]


class OrganisationInput(_Input):
    """The organisation today."""

    name: Annotated[
        Name, Field(min_length=1, max_length=80, description="Name of the organisation.")
    ]
    currency: Annotated[
        str,
        Field(
            pattern=_CURRENCY,
            description="Currency of all money in this scenario, ISO 4217 code such as EUR.",
        ),
    ]
    customers: Annotated[float, _quantity("Customers", "heads", 1, 1e10)]
    revenue_per_customer: Annotated[
        float, _positive("Revenue per customer", "currency per customer per year", 1e9)
    ]
    gross_margin: Annotated[
        float, _quantity("What is left after the direct cost of sales", "share of revenue", 0, 1)
    ]
    annual_churn: Annotated[
        float, _quantity("Customers lost in a year", "share of customers per year", 0, 0.99)
    ]
    employees: Annotated[float, _quantity("Employees", "heads", 1, 1e7)]
    working_hours_per_year: Annotated[
        float, _quantity("Working time", "hours per employee per year", 1, 3000)
    ]
    labour_cost_per_hour: Annotated[float, _positive("Labour cost", "currency per hour", 1e7)]
    contacts_per_customer: Annotated[
        float, _quantity("Service contacts", "contacts per customer per year", 0, 1000)
    ]
    discount_rate: Annotated[float, _quantity("Discount rate", "share per year", 0, 0.5)]
    budgets: Annotated[BudgetsInput, Field(description="What is spent today.")]
    involvement: Annotated[InvolvementInput, Field(description="How people behave today.")]


class SplitInput(_Input):
    """Where freed money goes: six shares that add up to 1."""

    listening: Annotated[float, _quantity("To listening", "share of the freed money", 0, 1)]
    community: Annotated[float, _quantity("To communities", "share of the freed money", 0, 1)]
    content: Annotated[float, _quantity("To content", "share of the freed money", 0, 1)]
    networking: Annotated[float, _quantity("To networking", "share of the freed money", 0, 1)]
    social_service: Annotated[
        float, _quantity("To service in social channels", "share of the freed money", 0, 1)
    ]
    savings: Annotated[float, _quantity("Kept, not spent", "share of the freed money", 0, 1)]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = math.fsum(self.quantities())
        if abs(total - 1.0) > SUM_TOLERANCE:
            raise _wrong(f"a sum of {total:.10g}", "six shares that add up to 1")
        return self

    def quantities(self) -> Split:
        """As the equations take it."""
        return Split(**{name: float(getattr(self, name)) for name in Split._fields})


class ShiftInput(_Input):
    """What is done with one source."""

    share_moved: Annotated[
        float, _quantity("What is taken away in the end", "share of the source's budget", 0, 1)
    ]
    start_month: Annotated[int, _quantity("When the change begins", "month", 0, 120)]
    ramp_months: Annotated[int, _quantity("Duration of the change; 1 is at once", "months", 1, 60)]
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


class InvolvementPlan(_Input):
    """What involvement becomes; null means that it stays as it is today."""

    minutes_per_day: Annotated[
        float | None,
        _quantity("Time of an employee who takes part", "minutes per working day", 0, 480),
    ] = None
    participation: Annotated[
        float | None, _quantity("Employees who take part", "share of employees", 0, 1)
    ] = None
    openness: Annotated[
        float | None, _quantity("How much is listened, asked and co-created", "share", 0, 1)
    ] = None
    promotional_share: Annotated[
        float | None, _quantity("What sells of all that is published", "share", 0, 1)
    ] = None
    regularity: Annotated[
        float | None, _quantity("Rhythm: 0 whenever, 1 always at the same moment", "share", 0, 1)
    ] = None
    mandate: Annotated[
        float | None,
        _quantity("Policy and leadership: 0 none, 1 clear and lived by leaders", "share", 0, 1),
    ] = None
    start_month: Annotated[int, _quantity("When the change begins", "month", 0, 120)] = 0
    ramp_months: Annotated[
        int, _quantity("Duration of the change; 1 is at once", "months", 1, 60)
    ] = 6


class PlanInput(_Input):
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


class RangeInput(_Input):
    """An assumption's range in this scenario, in the assumption's own unit."""

    low: Annotated[float, Field(description="Low end (the assumption's unit).")]
    central: Annotated[float, Field(description="Central value (the assumption's unit).")]
    high: Annotated[float, Field(description="High end (the assumption's unit).")]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.central <= self.high:
            raise _wrong(_order_text(self.low, self.central, self.high), _ORDER)
        return self


def _assumption_schema(parameter: Parameter) -> dict[str, object]:
    low, high = allowed(parameter)
    bounds = {"minimum": low, "maximum": high}
    return {
        "description": f"{parameter.meaning} ({parameter.unit}).",
        "unit": parameter.unit,
        "anyOf": [{"type": "number"}, {"$ref": "#/$defs/RangeInput"}],
        **bounds,
        "additionalProperties": bounds,
    }


class EstimateInput(_Input):
    """A result over the draws. Null means never, or that it is not defined."""

    low: Annotated[float | None, Field(description="P10 (the result's unit).")]
    central: Annotated[float | None, Field(description="P50, the median (the result's unit).")]
    high: Annotated[float | None, Field(description="P90 (the result's unit).")]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        known = [end for end in (self.low, self.central, self.high) if end is not None]
        if known != sorted(known):
            low, central, high = _end(self.low), _end(self.central), _end(self.high)
            raise _wrong(f"low {low}, central {central}, high {high}", _ORDER)
        return self


def _end(value: float | None) -> str:
    return "null" if value is None else f"{value:.10g}"


class ResultsInput(_Input):
    """What a scenario came to when it was saved, and by which model.

    A memory, to tell then from now: nothing is ever simulated from it. Figures are those of
    :class:`simulator.results.Headline`; :mod:`simulator.results.saved` writes and compares them.
    """

    model_version: Annotated[
        str,
        Field(pattern=_MODEL_VERSION, description="Version of the model, such as 1.0.0."),
    ]
    draws: Annotated[int, _quantity("Draws of the assumptions", "number", 1, 1_000_000)]
    net_present_value: Annotated[
        EstimateInput, _figure("Present value of the plan less that of carrying on", "currency")
    ]
    probability_better: Annotated[
        float | None, _quantity("Draws in which the plan is better", "share of draws", 0, 1)
    ]
    worst_case: Annotated[float, _figure("Mean value of the worst tenth of the draws", "currency")]
    payback_month: Annotated[EstimateInput, _figure("When the money is back", "month")]
    probability_payback: Annotated[
        float | None,
        _quantity("Draws with the money back within the horizon", "share of draws", 0, 1),
    ]
    roi: Annotated[EstimateInput, _figure("Value over the money moved", "ratio")]
    return_on_involvement: Annotated[
        EstimateInput, _figure("Value through connectedness over its cost", "ratio")
    ]
    return_on_ignoring: Annotated[
        EstimateInput, _figure("What carrying on comes to while the world drifts", "currency")
    ]
    cost_of_waiting: Annotated[EstimateInput, _figure("Value lost by a year's delay", "currency")]


Assumptions = Annotated[Mapping[str, float | RangeInput], BeforeValidator(_overrides)]


class Scenario(_Input):
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
        Date | None, BeforeValidator(_iso_date), Field(description="When it was made, ISO date.")
    ] = None
    organisation: Annotated[OrganisationInput, Field(description="The organisation today.")]
    plan: Annotated[PlanInput, Field(description="The levers.")]
    assumptions: Assumptions = Field(
        default_factory=dict,
        description="Overrides of the register by id; a number means: taken as known.",
    )
    horizon_months: Annotated[int, _quantity("How far to look ahead", "months", 12, 120)] = 60
    seed: Annotated[int, _quantity("Seed of the random draws", "number", 0, 2**31 - 1)] = 1
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
            if (problem := _put(content, path, value)) is not None
        ]
        if wrong:
            raise ScenarioError(wrong)
        other = _validated(content)
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


def _put(content: dict[str, Any], path: str, value: object) -> Problem | None:
    """Set ``value`` at a dotted path of a dumped scenario, in place; a problem if there is none."""
    *parents, last = path.split(".")
    node = content
    for depth, part in enumerate(parents):
        in_assumptions = parents[:depth] == ["assumptions"]
        if part not in (names := BY_ID if in_assumptions else node):
            return _unknown_path(path, part, names)
        inner = _opened(node.get(part), BY_ID[part] if in_assumptions else None)
        if inner is None:
            found = f"a path into {_shown(node.get(part))}"
            return Problem(_path(path.split(".")), found, "the path of a field")
        node[part] = inner
        node = inner
    names = BY_ID if parents == ["assumptions"] else node
    if last not in names:
        return _unknown_path(path, last, names)
    if names is BY_ID and value is None:
        node.pop(last, None)
    else:
        node[last] = value
    return None


def _opened(value: object, parameter: Parameter | None) -> dict[str, Any] | None:
    """A part of a scenario as a dictionary of its own, which can be changed; else nothing.

    An assumption that is as in the register, or taken as known, has a range as well.
    """
    if isinstance(value, BaseModel):  # put there by an earlier change
        return value.model_dump()
    if isinstance(value, Mapping):
        return dict(value)
    if parameter is None:
        return None
    if value is None:
        return {"low": parameter.low, "central": parameter.central, "high": parameter.high}
    return dict.fromkeys(RangeInput.model_fields, value)


def _unknown_path(path: str, part: str, names: Iterable[str]) -> Problem:
    return Problem(_path(path.split(".")), "an unknown path", _nearest(part, names))


# --- from errors of the schema library to problems -----------------------------------------------


def _field(place: tuple[int | str, ...]) -> FieldInfo | None:
    """The field at this place of a scenario, if there is one."""
    model: type[BaseModel] | None = Scenario
    field: FieldInfo | None = None
    for part in place:
        field = model.model_fields.get(str(part)) if model is not None else None
        if field is None:
            return None
        model = _submodel(field)
    return field


def _submodel(field: FieldInfo) -> type[BaseModel] | None:
    kinds = (field.annotation, *get_args(field.annotation))
    return next((one for one in kinds if isinstance(one, type) and issubclass(one, _Input)), None)


def _expected(field: FieldInfo) -> str:
    """What a field allows, in words, from its own definition."""
    limit = {
        name: getattr(one, name)
        for one in field.metadata
        for name in ("ge", "gt", "le", "min_length", "max_length", "pattern")
        if getattr(one, name, None) is not None
    }
    optional = "null or " if type(None) in get_args(field.annotation) else ""
    kinds = {field.annotation, *get_args(field.annotation)}
    if "le" in limit:
        most = _number(limit["le"])
        whole = "a whole number from " if int in kinds else ""
        if limit.get("ge") == limit["le"]:
            return f"{optional}{most}"
        if "gt" in limit:
            return f"{optional}above {_number(limit['gt'])}, at most {most}"
        return f"{optional}{whole}{_number(limit['ge'])} to {most}"
    if "pattern" in limit:
        is_currency = limit["pattern"] == _CURRENCY
        return "three capital letters such as EUR" if is_currency else "a version such as 1.0.0"
    if "max_length" in limit:
        return f"text of {limit.get('min_length', 0)} to {limit['max_length']} characters"
    return f"{optional}a number" if float in kinds else f"{optional}an object"


def _translated(error: ValidationError) -> list[Problem]:
    """The first problems, as many as are told."""
    problems = []
    for one in error.errors(include_url=False)[:MOST_PROBLEMS]:
        place, kind, given = one["loc"], one["type"], one["input"]
        name = _path(place) or "scenario"
        if kind == "scenario":
            context = one["ctx"]
            problems.append(Problem(name, str(context["found"]), str(context["allowed"])))
            continue
        if kind == "invalid_key":
            problems.append(Problem(name, "a key that is not text", "text"))
            continue
        if kind == "extra_forbidden":
            parent = _field(place[:-1])
            model = Scenario if len(place) == 1 else parent and _submodel(parent)
            names = model.model_fields if model else ()
            problems.append(Problem(name, "an unknown key", _nearest(str(place[-1]), names)))
            continue
        field = _field(place)
        if field is not None:
            expected = _expected(field)
        elif not place:
            expected = "an object"
        else:
            expected = _shorten(one["msg"])
        problems.append(Problem(name, "nothing" if kind == "missing" else _shown(given), expected))
    return problems


def _validated(content: object) -> Scenario:
    try:
        return Scenario.model_validate(content)
    except ValidationError as error:
        problems = _translated(error)
        raise ScenarioError(problems, error.error_count() - len(problems)) from None


# --- JSON ----------------------------------------------------------------------------------------


class _Pairs(list[tuple[str, Any]]):
    """An object as it stands in the file: with keys that are there twice."""


def _read_float(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _Unrepresentable(text)


def _read_int(text: str) -> float:
    return int(text) if len(text) <= 300 else _Unrepresentable(text)


def _read_constant(text: str) -> float:
    return _Unrepresentable(text, float(text))


def _plain(node: object, place: tuple[str, ...], problems: list[Problem]) -> object:
    """The tree with plain dictionaries; what no validated field would show goes to ``problems``."""
    if isinstance(node, _Pairs | list) and len(place) > _MAX_DEPTH:
        problems.append(Problem(_path(place[:4]), "nesting too deep", f"{_MAX_DEPTH} levels"))
        return None
    if isinstance(node, _Pairs):
        content: dict[str, object] = {}
        repeated: dict[str, int] = {}
        for key, value in node:
            if key in content:
                repeated[key] = repeated.get(key, 1) + 1
            content[key.encode("utf-8", "backslashreplace").decode()] = _plain(
                value, (*place, key), problems
            )
        for key, times in repeated.items():
            problems.append(Problem(_path((*place, key)), f"this key {times} times", "once"))
        return content
    if isinstance(node, list):
        return [_plain(one, (*place, str(index)), problems) for index, one in enumerate(node)]
    return node


def _decoded(text: str | bytes, where: str) -> object:
    """Text to a tree of Python values, in which objects are :class:`_Pairs`."""
    size = len(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    if size > MAX_BYTES:
        raise ScenarioError([_too_large(size, where)])
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            found = f"a byte that is not UTF-8 at position {error.start}"
            raise ScenarioError([Problem(where, found, "JSON in UTF-8")]) from None
    text = text.removeprefix("\ufeff")  # some editors put this mark before what they save
    if not text.strip():
        raise ScenarioError([Problem(where, "nothing in it", "a scenario in JSON")])
    try:
        return json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_float=_read_float,
            parse_int=_read_int,
            parse_constant=_read_constant,
        )
    except json.JSONDecodeError as error:
        found = f"no JSON at line {error.lineno}, column {error.colno} ({error.msg})"
        raise ScenarioError([Problem(where, found, "JSON")]) from None
    except RecursionError:
        found, most = "nesting too deep", f"{_MAX_DEPTH} levels"
        raise ScenarioError([Problem(where, found, most)]) from None


def _too_large(size: int, where: str) -> Problem:
    return Problem(where, f"a size of {size} bytes", f"at most {MAX_BYTES} bytes")


def _of_this_version(content: dict[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """Content of a file of any version as :data:`SCHEMA_VERSION` has it.

    Where no version can be told it is taken for the newest, so that the rest is checked as well.

    Raises:
        ScenarioError: a newer version made it.
    """
    version = content.get("schema_version")
    if type(version) is int and version > SCHEMA_VERSION:
        found = f"{_shown(version)}, made by a newer version"
        raise ScenarioError([Problem("schema_version", found, _VERSIONS)])
    if type(version) is not int or version < 1:
        found = _shown(version) if "schema_version" in content else "nothing"
        problems.append(Problem("schema_version", found, _VERSIONS))
        return {**content, "schema_version": SCHEMA_VERSION}
    migrated = migrations.migrated(content, version)
    problems.extend(
        Problem(field, "an unknown key", f"from version {since} of the file format on")
        for field, since in migrated.too_early.items()
    )
    return migrated.content


def parse(text: str | bytes, where: str = "scenario") -> Scenario:
    """The scenario in ``text``; ``where`` names the text in problems that concern all of it.

    Text of an older version of the format is read as if it were of today's.

    Raises:
        ScenarioError: with everything that is wrong. Of a file made by a newer version only that
            is said.
    """
    where = _key(where)
    problems: list[Problem] = []
    content = _plain(_decoded(text, where), (), problems)
    if not isinstance(content, dict):
        raise ScenarioError([Problem(where, _shown(content), "an object")])
    current = _of_this_version(content, problems)
    schema = current.pop("$schema", "")
    if not isinstance(schema, str):
        problems.append(Problem("$schema", _shown(schema), "text"))
    try:
        scenario = _validated(current)
    except ScenarioError as error:
        raise ScenarioError((*problems, *error.problems), error.more) from None
    if problems:
        raise ScenarioError(problems)
    return scenario


def problems(text: str | bytes) -> list[Problem]:
    """What is wrong with the scenario in ``text``, as :class:`ScenarioError` tells it; empty when
    it is valid."""
    try:
        parse(text)
    except ScenarioError as error:
        return list(error.problems)
    return []


def load(path: str | os.PathLike[str]) -> Scenario:
    """The scenario in a file.

    Raises:
        ScenarioError: the file cannot be read, or with everything that is wrong with its content.
    """
    path = Path(path)
    where = _key(path.name or path)
    try:
        if path.is_dir():
            raise ScenarioError([Problem(where, "a folder", "a file")])
        if not path.exists():
            raise ScenarioError([Problem(where, "no such file", "a file that exists")])
        if not path.is_file():  # reading a pipe or a device could last for ever
            raise ScenarioError([Problem(where, "something else than a file", "a file")])
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ScenarioError([_too_large(size, where)])
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        found = f"a file that cannot be read ({error.strerror})"
        raise ScenarioError([Problem(where, found, "a readable file")]) from None
    except ValueError as error:
        if isinstance(error, ScenarioError):
            raise
        found = "a name that no file can have"
        raise ScenarioError([Problem(where, found, "the name of a file")]) from None
    return parse(content, where)


def _tidy(node: object) -> object:
    """Whole numbers without ``.0``, as people write them."""
    if isinstance(node, dict):
        return {key: _tidy(value) for key, value in node.items()}
    if isinstance(node, float):
        whole = node.is_integer() and abs(node) < 2**53
        return int(node) if whole else float(node)
    return node


def dump(scenario: Scenario) -> str:
    """The scenario as JSON text in its one canonical form; :func:`parse` gives it back."""
    content = {"$schema": SCHEMA_FILE, **scenario.model_dump(mode="json")}
    return json.dumps(_tidy(content), indent=2, ensure_ascii=False) + "\n"


def save(scenario: Scenario, path: str | os.PathLike[str]) -> None:
    """Write the scenario to a file, all or nothing: nobody ever sees half a file.

    Raises:
        OSError: it cannot be written; what was there before is untouched.
    """
    target = Path(path).resolve()
    draft = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with draft.open("x", encoding="utf-8", newline="\n") as file:
            file.write(dump(scenario))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


@cache
def _schema_text() -> str:
    schema = Scenario.model_json_schema()
    schema["properties"] = {
        "$schema": {"type": "string", "description": "Where this schema is; not used."},
        **schema["properties"],
    }
    schema["properties"]["assumptions"] |= {
        "properties": {one.id: _assumption_schema(one) for one in REGISTER},
        "additionalProperties": False,
    }
    return json.dumps(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": SCHEMA_FILE,
            **schema,
        }
    )


def json_schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of a scenario file; every number has its ``unit``.

    Sums of shares and the order within a range are beyond what a schema can say; :func:`parse`
    checks them.
    """
    schema: dict[str, Any] = json.loads(_schema_text())
    return schema


# --- shipped scenarios ---------------------------------------------------------------------------


def shipped() -> list[Path]:
    """Files of the scenarios that come with the simulator, by name."""
    return sorted(path for path in _FOLDER.glob("*.json") if not path.name.endswith(".schema.json"))


def load_shipped(name: str) -> Scenario:
    """The shipped scenario with this file name, without ``.json``.

    Raises:
        ScenarioError: there is none of that name, or it is not valid.
    """
    paths = {path.stem: path for path in shipped()}
    if name not in paths:
        found = "no shipped scenario of that name"
        raise ScenarioError([Problem(_key(name), found, _nearest(name, paths) or "none at all")])
    return load(paths[name])

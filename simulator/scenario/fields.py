"""Kinds of fields of a scenario: bounded numbers with a unit, texts, dates."""

from __future__ import annotations

import re
from datetime import date as Date
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from simulator.errors import Message, value_text
from simulator.i18n import nouns
from simulator.model.quantities import SMALLEST_COIN

LONGEST_NAME = 80
"""Characters that a name may have: of a scenario, of who made it, and of an organisation."""

SMALLEST_DIVISOR = 1e-9
"""Of other numbers that something is divided by: what is less is nothing, and its share is not."""
DIVISOR_UNITS = frozenset(
    {"contacts per customer per year", "minutes per working day", "share of employees"}
)

CURRENCY = "^[A-Z]{3}$"
MODEL_VERSION_PATTERN = r"^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$"


def quantity(description: str, unit: str, least: float, most: float) -> Any:
    return Field(
        ge=least,
        le=most,
        description=f"{description} ({unit}).",
        json_schema_extra={"unit": unit},
    )


def figure(description: str, unit: str) -> Any:
    """A result: any finite number, as no bound holds for what odd scenarios come to."""
    return Field(description=f"{description} ({unit}).", json_schema_extra={"unit": unit})


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Unicode's categories Cc and Cs, which never change, but for tabs and ends of lines."""
_BREAK = re.compile(r"[\t\n\u2028\u2029]")
"""These, and the categories Zl and Zp."""


def is_one_line(text: str) -> bool:
    """Whether it has no control characters, and nothing that is no character at all."""
    return not (_CONTROL.search(text) or _BREAK.search(text))


def _one_line(text: str) -> str:
    if not is_one_line(text):
        raise wrong_value(value_text(text), Message("one line without control characters"))
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise wrong_value(value_text(text), Message("a name that is not blank"))
    return text


def _lines(text: str) -> str:
    if _CONTROL.search(text):
        raise wrong_value(value_text(text), Message("text without control characters"))
    return text


def _two_lines(text: str) -> str:
    if text.count("\n") > 1:
        found = Message("{count} lines", count=text.count("\n") + 1)
        raise wrong_value(found, Message("at most two lines"))
    return text


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def iso_date(value: object) -> object:
    if value is None or type(value) is Date:
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return Date.fromisoformat(value)
        except ValueError:
            pass  # such as 30 February: falls through to the one message for all of them
    form = Message("a date such as {date}", date="2026-11-22")
    raise wrong_value(value_text(value), Message("null or {allowed}", allowed=form))


def _noun(text: str) -> str:
    if not nouns.is_noun(text):
        allowed = Message(
            "{nouns}, or one and several of them with a slash between, such as {example}",
            nouns=", ".join(nouns.NOUNS),
            example="resident / residents",
        )
        raise wrong_value(value_text(text), allowed)
    return text


Name = Annotated[str, AfterValidator(_one_line), AfterValidator(_not_blank)]
Line = Annotated[str, AfterValidator(_one_line)]
Text = Annotated[str, AfterValidator(_lines)]
Noun = Annotated[str, AfterValidator(_one_line), AfterValidator(_noun)]
Story = Annotated[str, AfterValidator(_lines), AfterValidator(_two_lines)]


class Input(BaseModel):
    """What all parts of a scenario have in common: strict, closed, immutable, and no amount in it
    that is nearly zero."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False
    )

    @field_validator("*")
    @classmethod
    def _not_nearly_zero(cls, value: object, field: ValidationInfo) -> object:
        if isinstance(value, float) and 0.0 < abs(value) < SMALLEST_COIN and field.field_name:
            _refuse_nearly_zero(value, smallest(cls.model_fields[field.field_name]))
        return value


def smallest(field: FieldInfo) -> float:
    """The smallest number but zero that a field may have."""
    extra = field.json_schema_extra
    unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
    if all(getattr(limit, "le", None) is None for limit in field.metadata):
        return 0.0  # a result, which may be anything
    if unit.startswith("currency"):
        return SMALLEST_COIN
    return SMALLEST_DIVISOR if unit in DIVISOR_UNITS else 0.0


def _refuse_nearly_zero(value: float, least: float) -> None:
    """Raise for a number between zero and the ``least`` that there is."""
    if 0.0 < abs(value) < least:
        number = f"{least:.9f}".rstrip("0")
        allowed = Message("{low}, or at least {number}", low=0, number=number)
        raise wrong_value(value_text(value), allowed)


def wrong_value(found: Message, allowed: Message) -> PydanticCustomError:
    """A problem that the schema library cannot see by itself."""
    return PydanticCustomError(
        "scenario", "found {found}, allowed {allowed}", {"found": found, "allowed": allowed}
    )

"""Overrides of assumptions: what a scenario may say about them, and the check of what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from simulator.errors import MOST_PROBLEMS, Message, exact, nearest, number_text, value_text
from simulator.model.register import BY_ID, REGISTER, Parameter
from simulator.scenario.fields import Input, wrong_value

RANGE_ORDER = Message("low at most central, central at most high")


def _range_text(low: float, central: float, high: float) -> Message:
    return exact(
        f"low {number_text(low)}, central {number_text(central)}, high {number_text(high)}"
    )


class RangeInput(Input):
    """An assumption's range in this scenario, in the assumption's own unit."""

    low: Annotated[float, Field(description="Low end (the assumption's unit).")]
    central: Annotated[float, Field(description="Central value (the assumption's unit).")]
    high: Annotated[float, Field(description="High end (the assumption's unit).")]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.central <= self.high:
            raise wrong_value(_range_text(self.low, self.central, self.high), RANGE_ORDER)
        return self


_ENDS = tuple(RangeInput.model_fields)


def _check(overrides: object) -> object:
    """Check overrides of assumptions by the register: ids, bounds and order, all at once."""
    if not isinstance(overrides, Mapping):
        return overrides  # the schema library says what is wrong with it
    check = _Check()
    checked: dict[str, float | RangeInput] = {}
    for key, value in overrides.items():
        override = check.override(key, value)
        if override is not None:
            checked[key] = override
    if check.errors:
        raise ValidationError.from_exception_data("assumptions", check.errors)
    return {known.id: checked[known.id] for known in REGISTER if known.id in checked}


Assumptions = Annotated[Mapping[str, float | RangeInput], BeforeValidator(_check)]
"""Overrides by id of the register: a number for what is taken as known, else a range."""


class _Check:
    """Collects all that is wrong; each method gives what is right, or nothing."""

    def __init__(self) -> None:
        self.errors: list[InitErrorDetails] = []

    def override(self, key: object, value: object) -> float | RangeInput | None:
        """One entry of a scenario's ``assumptions``."""
        parameter = BY_ID.get(key) if isinstance(key, str) else None
        if parameter is None:
            self._report(Message("an unknown assumption"), self._nearest(str(key), BY_ID), str(key))
            return None
        if isinstance(value, RangeInput):
            value = {name: getattr(value, name) for name in _ENDS}
        if isinstance(value, Mapping):
            return self._range(parameter, value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._number(parameter, value)
        least, most = number_text(parameter.least), number_text(parameter.most)
        kinds = Message("a number, or low, central and high: {low} to {high}", low=least, high=most)
        self._report(value_text(value), kinds, parameter.id)
        return None

    def _range(self, parameter: Parameter, value: Mapping[Any, object]) -> RangeInput | None:
        ends: dict[str, float] = {}
        for name in _ENDS:
            if name not in value:
                self._report(Message("nothing"), _bounds_text(parameter), parameter.id, name)
            elif (end := self._number(parameter, value[name], name)) is not None:
                ends[name] = end
        for unknown in (name for name in value if name not in _ENDS):
            near = self._nearest(str(unknown), _ENDS)
            self._report(Message("an unknown key"), near, parameter.id, unknown)
        if len(ends) < len(_ENDS):
            return None
        if not ends["low"] <= ends["central"] <= ends["high"]:
            self._report(_range_text(**ends), RANGE_ORDER, parameter.id)
            return None
        return RangeInput(**ends)

    def _number(self, parameter: Parameter, value: object, *path: str) -> float | None:
        is_bool = isinstance(value, bool)
        if (
            isinstance(value, int | float)
            and not is_bool
            and parameter.least <= value <= parameter.most
        ):
            return float(value)
        self._report(value_text(value), _bounds_text(parameter), parameter.id, *path)
        return None

    def _report(self, found: Message, allowed_text: Message, *path: str) -> None:
        error = wrong_value(found, allowed_text)
        self.errors.append(InitErrorDetails(type=error, loc=path, input="see the message"))

    def _nearest(self, name: str, names: Iterable[str]) -> Message:
        # Looking for it takes time, and who sends so many wrong ones will not read it.
        return nearest(name, names if len(self.errors) < MOST_PROBLEMS else ())


def _bounds_text(parameter: Parameter) -> Message:
    least, most = number_text(parameter.least), number_text(parameter.most)
    return Message("{low} to {high}", low=least, high=most)

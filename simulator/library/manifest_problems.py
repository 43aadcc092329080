"""What the schema library says of an archive's manifest, as messages that can be translated."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic import ValidationError

from simulator.errors import Message, Problem, exact

_LONGEST_PATH = 80

Said = tuple[Message, Message]
"""What was found, and what is allowed."""

_SAID: Mapping[str, Callable[[Mapping[str, object]], Said]] = {
    "missing": lambda _: (Message("missing"), Message("Field required")),
    "extra_forbidden": lambda _: (
        Message("extra_forbidden"),
        Message("Extra inputs are not permitted"),
    ),
    "string_type": lambda _: (Message("string_type"), Message("Input should be a valid string")),
    "int_type": lambda _: (Message("int_type"), Message("Input should be a valid integer")),
    "tuple_type": lambda _: (Message("tuple_type"), Message("Input should be a valid array")),
    "model_type": lambda _: (Message("model_type"), Message("Input should be an object")),
    "datetime_type": lambda _: (
        Message("datetime_type"),
        Message("Input should be a valid datetime"),
    ),
    "datetime_parsing": lambda context: (
        Message("datetime_parsing"),
        Message("Input should be a valid datetime, {error}", **context),
    ),
    "timezone_aware": lambda _: (
        Message("timezone_aware"),
        Message("Input should have timezone info"),
    ),
    "literal_error": lambda context: (
        Message("literal_error"),
        Message("Input should be {expected}", **context),
    ),
    "greater_than_equal": lambda context: (
        Message("greater_than_equal"),
        Message("Input should be greater than or equal to {ge}", **context),
    ),
    "less_than": lambda context: (
        Message("less_than"),
        Message("Input should be less than {lt}", **context),
    ),
    "string_pattern_mismatch": lambda context: (
        Message("string_pattern_mismatch"),
        Message("String should match pattern '{pattern}'", **context),
    ),
    "too_short": lambda context: (
        Message("too_short"),
        Message(
            "Tuple should have at least 1 item after validation, not {actual_length}", **context
        ),
    ),
    "too_long": lambda context: (
        Message("too_long"),
        Message(
            "Tuple should have at most {max_length} items after validation, not {actual_length}",
            **context,
        ),
    ),
    "json_invalid": lambda context: (
        Message("json_invalid"),
        Message("Invalid JSON: {error}", **context),
    ),
}
"""By the kind of error, of what it tells besides: the same English as the schema library's own."""


def manifest_problems(name: str, error: ValidationError, most: int) -> list[Problem]:
    """The first ``most`` ways in which a manifest, the file ``name``, is not as ours are."""
    return [
        Problem(
            f"{name}: {'.'.join(map(str, detail['loc']))[:_LONGEST_PATH]}",
            *_said(detail["type"], detail["msg"], detail.get("ctx", {})),
        )
        for detail in error.errors(include_url=False, include_input=False)[:most]
    ]


def _said(kind: str, text: str, context: Mapping[str, object]) -> Said:
    if kind in _SAID:
        found, allowed = _SAID[kind](context)
        if allowed == text:
            return found, allowed
    # An error that no manifest has had yet, or another version's words for it.
    return exact(kind), exact(text)

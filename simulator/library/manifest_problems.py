"""What the schema library says of an archive's manifest, as messages that can be translated."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic import ValidationError

from simulator.errors import Message, Problem, exact

_LONGEST_PATH = 80

_ALLOWED: Mapping[Message, Callable[..., Message]] = {
    Message("missing"): lambda **_: Message("Field required"),
    Message("extra_forbidden"): lambda **_: Message("Extra inputs are not permitted"),
    Message("string_type"): lambda **_: Message("Input should be a valid string"),
    Message("int_type"): lambda **_: Message("Input should be a valid integer"),
    Message("tuple_type"): lambda **_: Message("Input should be a valid array"),
    Message("model_type"): lambda **_: Message("Input should be an object"),
    Message("datetime_type"): lambda **_: Message("Input should be a valid datetime"),
    Message("datetime_parsing"): lambda **values: Message(
        "Input should be a valid datetime, {error}", **values
    ),
    Message("timezone_aware"): lambda **_: Message("Input should have timezone info"),
    Message("literal_error"): lambda **values: Message("Input should be {expected}", **values),
    Message("greater_than_equal"): lambda **values: Message(
        "Input should be greater than or equal to {ge}", **values
    ),
    Message("less_than_equal"): lambda **values: Message(
        "Input should be less than or equal to {le}", **values
    ),
    Message("less_than"): lambda **values: Message("Input should be less than {lt}", **values),
    Message("string_pattern_mismatch"): lambda **values: Message(
        "String should match pattern '{pattern}'", **values
    ),
    Message("too_short"): lambda **values: Message(
        "Tuple should have at least 1 item after validation, not {actual_length}", **values
    ),
    Message("too_long"): lambda **values: Message(
        "Tuple should have at most {max_length} items after validation, not {actual_length}",
        **values,
    ),
    Message("json_invalid"): lambda **values: Message("Invalid JSON: {error}", **values),
}
"""By the kind of error, of the values it has: the same English as the schema library's own."""
_FOUND: Mapping[str, Message] = {kind: kind for kind in _ALLOWED}


def manifest_problems(
    name: str, error: ValidationError, most: int, place: tuple[str | int, ...] = ()
) -> list[Problem]:
    """The first ``most`` ways in which a manifest, the file ``name``, is not as ours are; ``place``
    is where in it what was checked stands."""
    return [
        Problem(
            f"{name}: {'.'.join(map(str, (*place, *detail['loc'])))[:_LONGEST_PATH]}",
            *_messages(detail["type"], detail["msg"], detail.get("ctx", {})),
        )
        for detail in error.errors(include_url=False, include_input=False)[:most]
    ]


def _messages(kind: str, text: str, values: Mapping[str, object]) -> tuple[Message, Message]:
    """What was found, and what is allowed."""
    if found := _FOUND.get(kind):
        allowed = _ALLOWED[found](**values)
        if allowed == text:
            return found, allowed
    # An error that no manifest has had yet, or another version's words for it.
    return exact(kind), exact(text)

"""What the schema library says of an archive's manifest, as messages that can be translated."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from simulator.errors import Message, Problem, exact
from simulator.i18n.language import N_

_LONGEST_PATH = 80

_ALLOWED: Mapping[str, str] = {
    N_("missing"): N_("Field required"),
    N_("extra_forbidden"): N_("Extra inputs are not permitted"),
    N_("string_type"): N_("Input should be a valid string"),
    N_("int_type"): N_("Input should be a valid integer"),
    N_("tuple_type"): N_("Input should be a valid array"),
    N_("model_type"): N_("Input should be an object"),
    N_("datetime_type"): N_("Input should be a valid datetime"),
    N_("datetime_parsing"): N_("Input should be a valid datetime, {error}"),
    N_("timezone_aware"): N_("Input should have timezone info"),
    N_("literal_error"): N_("Input should be {expected}"),
    N_("greater_than_equal"): N_("Input should be greater than or equal to {ge}"),
    N_("less_than"): N_("Input should be less than {lt}"),
    N_("string_pattern_mismatch"): N_("String should match pattern '{pattern}'"),
    N_("too_short"): N_("Tuple should have at least 1 item after validation, not {actual_length}"),
    N_("too_long"): N_(
        "Tuple should have at most {max_length} items after validation, not {actual_length}"
    ),
    N_("json_invalid"): N_("Invalid JSON: {error}"),
}
"""By the kind of error: the same English as the schema library's own, with its values by name."""


def manifest_problems(name: str, error: ValidationError, most: int) -> list[Problem]:
    """The first ``most`` ways in which a manifest, the file ``name``, is not as ours are."""
    return [
        Problem(
            f"{name}: {'.'.join(map(str, detail['loc']))[:_LONGEST_PATH]}",
            *_messages(detail["type"], detail["msg"], detail.get("ctx", {})),
        )
        for detail in error.errors(include_url=False, include_input=False)[:most]
    ]


def _messages(kind: str, text: str, values: Mapping[str, object]) -> tuple[Message, Message]:
    """What was found, and what is allowed."""
    if kind in _ALLOWED:
        allowed = Message(_ALLOWED[kind], **values)
        if allowed == text:
            return Message(kind), allowed
    # An error that no manifest has had yet, or another version's words for it.
    return exact(kind), exact(text)

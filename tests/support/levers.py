"""Levers and fields as the browser has them."""

from __future__ import annotations

from typing import Any

from simulator.i18n.language import ENGLISH
from simulator.model.quantities import SOURCES
from simulator.scenario import Scenario, SplitInput
from simulator.scenario import levers as rows
from ui.text import levers

PUT = {lever.path for lever in rows.PUT}


def editor() -> dict[str, dict[str, Any]]:
    """The fields of the organisation's editor, by path."""
    return {field["path"]: field for group in levers.fields(ENGLISH) for field in group["fields"]}


def number_at(plan: Scenario, path: str) -> Any:
    """What stands at a path of a scenario."""
    value: Any = plan
    for part in path.split("."):
        value = getattr(value, part)
    return value


def set_to(plan: Scenario, path: str, value: float) -> Scenario:
    """The scenario with a lever at ``value``, as the browser would send it."""
    if path in PUT:
        others = [name for name in SplitInput.model_fields if name != path.rpartition(".")[2]]
        rest = (1.0 - value) / len(others)
        return plan.changed(**{f"plan.split.{name}": rest for name in others}, **{path: value})
    whole = int(value) if "month" in path else value
    sources = SOURCES if "*" in path else ("",)
    return plan.changed(**{path.replace("*", source): whole for source in sources})

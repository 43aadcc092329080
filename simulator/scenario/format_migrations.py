"""From older versions of the file format to today's, one named step per version.

A step works on the content of a file before anything in it has been checked: it changes what it
knows and leaves the rest as it is, for :mod:`simulator.scenario` to judge. Steps are never edited
once they are released. Files of every version lie in ``tests/golden/scenarios_v<version>``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.i18n import nouns

Content = dict[str, Any]
"""A scenario file as JSON has it; nothing in it can be relied upon."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the chain."""

    name: str
    version: int
    """The version that it takes; what it gives is one higher."""
    adds: frozenset[str]
    """Fields of the file that this version does not know yet; there they are unknown keys."""
    change: Callable[[Content], Content]
    """The content as the next version has it. What it is given stays as it is."""


def _room_for_results(content: Content) -> Content:
    return {**content, "results": None}


_NO_PLACE = frozenset(
    {
        *("market_research_share_of_revenue", "insight_acquisition_effect", "churn_insight_effect"),
        *("peer_learning_rate", "capability_productivity", "connected_productivity"),
        *("service_capacity_margin", "peak_loss", "capability_service_effect"),
        *("churn_per_redirected", "churn_per_unserved", "reference_churn_hazard"),
        *("customer_money_reference", "customer_time_reference", "customer_connection_rate"),
        *("employee_money_reference", "employee_time_reference"),
        *("partner_money_reference", "partner_time_reference"),
        *("public_money_reference", "public_time_reference"),
    }
)
"""Assumptions of the first edition of the model that the second does not have, or has in another
unit: nothing that was said about them holds there."""

_NARROWER = {
    "effect_transfer": (0.0, 2.0),
    "community_deflection_share": (-0.3, 0.9),
    "research_insight_rate": (0.003, 0.8),
    "insight_ageing": (0.003, 0.8),
    "training_rate": (0.003, 0.8),
    "skill_decay_month": (0.002, 1.0),
}
"""Assumptions that the second edition bounds more narrowly."""


def _second_edition(content: Content) -> Content:
    """Overrides that have no place in the second edition of the model go, others come into its
    bounds. What the organisation knows of service is not known of older ones."""
    overrides = content.get("assumptions")
    if not isinstance(overrides, dict):
        return content
    kept = {
        name: _within(value, *_NARROWER[name]) if name in _NARROWER else value
        for name, value in overrides.items()
        if name not in _NO_PLACE
    }
    return {**content, "assumptions": kept}


def _within(value: Any, least: float, most: float) -> Any:
    """A number, or the ends of a range, within bounds; what is neither stays to be refused."""
    if isinstance(value, dict):
        return {end: _within(number, least, most) for end, number in value.items()}
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return min(max(value, least), most) if is_number else value


def _what_customers_are_called(content: Content) -> Content:
    """They were customers everywhere."""
    organisation = content.get("organisation")
    if not isinstance(organisation, dict):
        return content
    return {**content, "organisation": {"customers_called": nouns.CUSTOMERS, **organisation}}


def _all_at_once(content: Content) -> Content:
    """Plans had no stages."""
    plan = content.get("plan")
    if not isinstance(plan, dict):
        return content
    return {**content, "plan": {"stages": None, **plan}}


MIGRATIONS: tuple[Migration, ...] = (
    Migration("room for results", 1, frozenset({"results"}), _room_for_results),
    Migration("the second edition of the model", 2, frozenset(), _second_edition),
    Migration("what customers are called", 3, frozenset(), _what_customers_are_called),
    Migration("plans in stages", 4, frozenset(), _all_at_once),
)
"""All steps, oldest first."""

SCHEMA_VERSION = len(MIGRATIONS) + 1
"""Of scenario files: goes up with every change that an older reader would not take, by the step
that such a change brings."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """Content of the newest version."""

    content: Content
    too_early: dict[str, int]
    """Fields that the file's own version does not know, and which version brought them."""


def migrated(content: Content, version: int) -> Migrated:
    """``content``, which is of ``version`` (at least 1), as the newest version has it."""
    too_early: dict[str, int] = {}
    for step in MIGRATIONS[version - 1 :]:
        too_early |= dict.fromkeys(step.adds & content.keys(), step.version + 1)
        content = {**step.change(content), "schema_version": step.version + 1}
    return Migrated(content, too_early)

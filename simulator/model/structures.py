"""Structures: forms of the equations of which nobody knows which one holds.

Each draw has one form of every family. Which one, a row of the register draws by weights that are
rows as well (group ``structure``); what the weights leave is the first form. The equations read
these rows themselves; here stands what each form is called, how much it weighs, and what forces it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.model.register import BY_ID, Range

GROUP = "structure"
"""The group of the register in which the rows of all families are."""

_ANY = 0.5
"""A draw that lies below a weight of 1 and above one of 0, as the equations compare them."""


@dataclass(frozen=True, slots=True)
class Family:
    """A part of the model with several forms, of which each draw has one."""

    form: str
    """The assumption that draws which form it is."""
    label: str
    structures: tuple[str, ...]
    """Its forms, by their id in :data:`STRUCTURES`."""


@dataclass(frozen=True, slots=True)
class Structure:
    """One form of a family."""

    label: str
    weight: str | None
    """The assumption that is its weight; ``None``: it has what the weights of the others leave."""
    forced_by: Mapping[str, float]
    """Values of assumptions with which every draw has this form."""


STRUCTURES: Mapping[str, Structure] = {
    "community_diminishing": Structure(
        "Community: diminishing returns",
        None,
        {"community_form": _ANY, "community_linear_weight": 0.0, "community_tipping_weight": 0.0},
    ),
    "community_linear": Structure(
        "Community: in proportion to effort",
        "community_linear_weight",
        {"community_form": _ANY, "community_linear_weight": 1.0, "community_tipping_weight": 0.0},
    ),
    "community_tipping": Structure(
        "Community: increasing returns",
        "community_tipping_weight",
        {"community_form": _ANY, "community_linear_weight": 0.0, "community_tipping_weight": 1.0},
    ),
    "leaving_alone": Structure(
        "Leaving: each on their own",
        None,
        {"churn_form": _ANY, "churn_contagion_weight": 0.0},
    ),
    "leaving_contagious": Structure(
        "Leaving: who goes takes others along",
        "churn_contagion_weight",
        {"churn_form": _ANY, "churn_contagion_weight": 1.0},
    ),
}
"""All structures by id, families one after the other."""

FAMILIES: tuple[Family, ...] = (
    Family(
        "community_form",
        "Structure: form of a community",
        ("community_diminishing", "community_linear", "community_tipping"),
    ),
    Family("churn_form", "Structure: form of leaving", ("leaving_alone", "leaving_contagious")),
)


def forced(ranges: Mapping[str, Range], structure: str) -> dict[str, Range]:
    """``ranges`` (overrides by assumption) with one structure in every draw."""
    values = STRUCTURES[structure].forced_by
    return {**ranges, **{name: Range(value, value, value) for name, value in values.items()}}


def weights(ranges: Mapping[str, Range]) -> dict[str, float]:
    """The share of all draws that has each structure, under these overrides; 1 over each family.

    Weights that come to more than 1 are cut as the equations cut them: the community in proportion
    has its own, the one with increasing returns what is left of 1.
    """
    linear = _central(ranges, "community_linear_weight")
    tips = max(1.0 - _central(ranges, "community_tipping_weight"), linear)
    form = BY_ID["community_form"].range_in(ranges)
    in_proportion, increasing = _share_below(form, linear), _share_above(form, tips)
    contagious = _share_below(
        BY_ID["churn_form"].range_in(ranges), _central(ranges, "churn_contagion_weight")
    )
    return {
        "community_diminishing": 1.0 - in_proportion - increasing,
        "community_linear": in_proportion,
        "community_tipping": increasing,
        "leaving_alone": 1.0 - contagious,
        "leaving_contagious": contagious,
    }


def _central(ranges: Mapping[str, Range], name: str) -> float:
    return BY_ID[name].range_in(ranges).central


def _share_below(form: Range, limit: float) -> float:
    """Share of the draws of ``form``, all of its range alike, that lie below ``limit``."""
    if form.low == form.high:
        return float(form.low < limit)
    return min(max((limit - form.low) / (form.high - form.low), 0.0), 1.0)


def _share_above(form: Range, limit: float) -> float:
    if form.low == form.high:
        return float(form.low > limit)
    return 1.0 - _share_below(form, limit)

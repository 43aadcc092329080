"""How well the numbers are supported that a scenario runs with: the one rule for whatever grades.

An assumption has the grade of its row in the register as long as it has that row's range. A range,
or a number, that a scenario puts in its place is a figure of its own: no source came with it, so it
counts as judgement, however good the evidence is for what it replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from simulator.i18n.language import N_
from simulator.model.register import BY_ID, GRADES, Distribution, Parameter, Range
from simulator.scenario.models import Scenario

OWN = max(GRADES)
"""The grade of a figure of a scenario's own: that of judgement."""

OWN_FIGURE = N_("own figure")
"""What it is called, in the place of what the grade means and of a source; to be translated."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The grades of all assumptions, for one scenario or for several."""

    own: frozenset[str] = frozenset()
    """Ids of the assumptions that run with a figure of a scenario's own."""

    @classmethod
    def of(cls, *scenarios: Scenario) -> Evidence:
        """Where any of ``scenarios`` has a figure of its own, it is one."""
        return cls(frozenset(name for one in scenarios for name in own_figures(one.ranges())))

    def grade(self, assumption: str) -> str:
        """A to E: of the assumption of that id."""
        return OWN if assumption in self.own else BY_ID[assumption].grade

    def weakest(self, assumptions: Iterable[str]) -> str:
        """The grade of the weakest of these; empty without any."""
        return max(map(self.grade, assumptions), default="")

    def source(self, assumption: str, translate: Callable[[str], str]) -> str:
        """Where the figure of that id is from: the title of a source stays as it is, what is said
        in words is translated."""
        row = BY_ID[assumption]
        if assumption in self.own:
            return translate(OWN_FIGURE)
        return translate(row.citation) if is_worded(row) else row.citation


_REMARKED = frozenset(
    BY_ID[assumption].citation
    for assumption in (
        "promo_engagement_multiplier",
        "competence_fade",
        "customer_connection_rate",
        "social_service_relation_share",
        "social_listening_substitution",
        "social_cost_ratio",
        "unserved_cost_multiple",
        "given_up_share",
    )
)
"""Titles of sources with a remark of ours in them."""


def is_worded(parameter: Parameter) -> bool:
    """Whether the source of an assumption says something in words, beside titles."""
    return parameter.describes_source or parameter.citation in _REMARKED


AS_REGISTERED = Evidence()
"""The grades of the register itself."""


def own_figures(ranges: Mapping[str, Range]) -> list[str]:
    """Ids of the assumptions whose range among ``ranges`` is another one than the register's."""
    return [name for name, span in ranges.items() if not _is_registers(BY_ID[name], span)]


def _is_registers(parameter: Parameter, span: Range) -> bool:
    if parameter.distribution is Distribution.FIXED:
        return span.central == parameter.central
    return span == Range(parameter.low, parameter.central, parameter.high)

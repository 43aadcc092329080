"""Results of more draws beside those of fewer: what is shown stays where it was right.

While nothing moves, more draws are worked out. Numbers that step from 16.4 to 16.6 million would
show another last digit for no reason that anybody in a room could see, and another one than links
and files have. So what fewer draws said stays, unless more draws are further from it than one unit
of the last digit shown. Shares of draws are those of more draws: they are counted, and read beside
how many were counted and beside those of other plans.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from simulator.model.figures import FIGURES, Estimate, Figure, Headline
from simulator.results import precision
from simulator.results.headline import verdict

_OF_CARRYING_ON = {"return_on_ignoring"}
"""Figures that no plan moves: they stay, or plans that need other numbers of draws would differ in
them."""
_UNIT = {"month": 1.0}
"""Of the last digit shown, by kind of figure, where it does not depend on the draws."""


def steady(more: Headline, fewer: Headline) -> Headline:
    """``more`` draws, with the figures of ``fewer`` wherever they are right to the last digit, and
    as many digits as those have. Outcomes at the horizon are those of ``fewer``, as the charts that
    they are the ends of are."""
    figures: dict[str, Any] = {
        figure.id: _figure(figure, more, fewer) for figure in FIGURES.values()
    }
    return replace(
        more,
        **figures,
        verdict=verdict(figures["probability_better"]),
        at_horizon=fewer.at_horizon,
    )


def _figure(figure: Figure, more: Headline, fewer: Headline) -> Estimate | float:
    new, old = more[figure.id], fewer[figure.id]
    if figure.id in _OF_CARRYING_ON:
        return old
    places = (precision.digit(fewer.error(figure)), precision.digit_of_middle(fewer.error(figure)))
    end, middle = (
        _UNIT.get(figure.kind, 0.0 if place is None else 10.0**place) for place in places
    )
    if isinstance(new, Estimate) and isinstance(old, Estimate):
        # All three or none: a line that ends at one of these and has come by the other has a kink.
        is_right = (
            _is_right(end, new.low, old.low)
            and _is_right(middle, new.central, old.central)
            and _is_right(end, new.high, old.high)
        )
        return old if is_right else replace(new, error=old.error)
    if isinstance(new, Estimate) or isinstance(old, Estimate):
        raise TypeError(f"{figure.id}: found an estimate beside a number")
    if figure.kind == "share":
        return new
    return old if _is_right(end, new, old) else new


def _is_right(unit: float, new: float, old: float) -> bool:
    """Whether the new number is no further from the old one; so two that are not finite are."""
    return new == old or abs(new - old) <= unit

"""What headline figures are taken from, and how they are worked out in every draw."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from simulator.model.quantities import MONTHS_PER_YEAR, SMALLEST_COIN
from simulator.model.register import FloatArray

TAIL = 0.10
"""Share of the worst draws in the worst-case mean (conditional value at risk)."""

NET = "present_value_net_contribution"
"""The total of a run that the value of a plan is taken from."""
CASH = "net_contribution"
"""The flow of a run that what has to be financed is taken from."""
NEEDED = (NET, CASH)
"""What figures take from each month of carrying on; of all else the last month will do."""


class Series(Protocol):
    """A run of the model in every draw, as figures read it."""

    def __getitem__(self, name: str, /) -> FloatArray:
        """One series, shape ``(draws, months + 1)``."""

    def final(self, name: str, /) -> FloatArray:
        """One series in the last month, shape ``(draws,)``."""


@dataclass(frozen=True)
class Runs:
    """What a scenario is simulated for, all in the same draws of the assumptions."""

    plan: Series
    baseline: Series
    """Carrying on while the world drifts."""
    later: Series
    """The plan, started a year later; totals alone, and maybe of the first draws alone."""
    unconnected: Series
    """The plan with the four connectedness stocks held at today's level; totals alone, and maybe of
    the first draws alone."""
    static_world: FloatArray
    """Present value of the net contribution of carrying on in a world that stands still, currency,
    shape ``(draws,)``."""

    @cached_property
    def gained(self) -> FloatArray:
        """Present value of the plan less the baseline's up to each month, currency, shape
        ``(draws, months + 1)``."""
        return cumulative_value(self.plan, self.baseline)


def cumulative_value(plan: Series, baseline: Series) -> FloatArray:
    """Present value of ``plan`` less that of ``baseline`` up to each month, currency, shape
    ``(draws, months + 1)``."""
    return plan[NET] - baseline[NET]


def payback(gained: FloatArray) -> FloatArray:
    """First month from which the cumulative value ``gained`` (shape ``(draws, months + 1)``) stays
    at or above zero, shape ``(draws,)``; see :attr:`Headline.payback_month`."""
    months = gained.shape[1]
    negative = gained < 0.0
    last_negative = np.where(
        negative.any(axis=1), months - 1 - np.argmax(negative[:, ::-1], axis=1), -1
    )
    first_ahead = np.argmax(gained > 0.0, axis=1)
    month = np.where(last_negative >= 0, last_negative + 1, first_ahead).astype(np.float64)
    month[last_negative == months - 1] = np.inf
    month[~gained.any(axis=1)] = np.nan
    return month


def deepest_cash(plan: FloatArray, baseline: FloatArray) -> FloatArray:
    """Lowest level of the added-up difference between two yearly flows, which have shape ``(draws,
    months + 1)``; never above zero. Shape ``(draws,)``; integrated by the trapezium rule."""
    more = plan - baseline
    monthly = (more[:, :-1] + more[:, 1:]) / (2.0 * MONTHS_PER_YEAR)
    lowest: FloatArray = np.minimum(np.cumsum(monthly, axis=1).min(axis=1), 0.0)
    return lowest


def invested(runs: Runs) -> FloatArray:
    """Present value of the money taken from the sources, added hours and transition, currency,
    shape ``(draws,)``."""
    return (
        runs.plan.final("present_value_moved")
        + added_hours(runs)
        + runs.plan.final("present_value_transition")
    )


def added_hours(runs: Runs) -> FloatArray:
    """Present value of involvement hours above today's, currency, shape ``(draws,)``."""
    return np.maximum(runs.plan.final("present_value_hours"), 0.0)


def beyond(plan: Series, other: Series) -> FloatArray:
    """Present value of ``plan`` less that of ``other``, currency, in the draws that ``other``
    has."""
    less = other.final(NET)
    return plan.final(NET)[: less.size] - less


def return_on_involvement(runs: Runs) -> FloatArray:
    """Present value that arises through connectedness over what instruments and added hours cost,
    in the draws that the unconnected run has."""
    gain = beyond(runs.plan, runs.unconnected)
    cost = runs.plan.final("present_value_instruments") + added_hours(runs)
    return ratio(gain, cost[: gain.size])


def ratio(gain: FloatArray, invested: FloatArray) -> FloatArray:
    """``gain / invested``; ``nan`` where nothing is invested: less than the smallest coin, both
    being money."""
    is_invested = invested >= SMALLEST_COIN
    return np.divide(gain, invested, out=np.full_like(gain, np.nan), where=is_invested)


def share_above_zero(values: FloatArray) -> float:
    """Share of draws above zero; ``nan`` when every draw is exactly zero: nothing differs."""
    return float((values > 0.0).mean()) if values.any() else np.nan


def mean_of_worst(values: FloatArray) -> float:
    """Mean of the lowest :data:`TAIL` of the draws."""
    worst = np.sort(values)[: max(int(np.ceil(TAIL * values.size)), 1)]
    return float(worst.mean())


def share_paid_back(months: FloatArray) -> float:
    """Share of draws with a month; ``nan`` where no draw has anything to pay back."""
    defined = months[~np.isnan(months)]
    return float(np.isfinite(defined).mean()) if defined.size else np.nan

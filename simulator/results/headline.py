"""Headline figures: what a scenario is worth, and how sure that is.

Every figure compares the plan with carrying on (the *baseline*) in the same draws of the
assumptions, so that what both share cancels out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.model.register import FloatArray
from simulator.results.catalogue import AT_HORIZON
from simulator.results.estimate import Estimate, estimate, estimates

TAIL = 0.10
"""Share of the worst draws in the worst-case mean (conditional value at risk)."""


@dataclass(frozen=True, slots=True)
class Change:
    """One outcome in the last month, with the plan and without."""

    plan: Estimate
    baseline: Estimate
    difference: Estimate
    probability_higher: float
    """Share of draws in which the plan ends higher, 0-1."""


@dataclass(frozen=True, slots=True)
class Values:
    """Headline figures of every draw; each an array of shape ``(draws,)``."""

    net_present_value: FloatArray
    """Present value of the plan less that of carrying on, over the horizon, currency."""
    payback_month: FloatArray
    """First month from which the cumulative difference stays at or above zero; for a plan that is
    never in the red the first in which it is above. ``inf`` if it ends below, ``nan`` if the plan
    changes nothing."""
    roi: FloatArray
    """Net present value over the present value of the money taken from the sources, added hours
    and transition; ``nan`` where nothing is moved."""
    return_on_involvement: FloatArray
    """Present value that arises through connectedness (the plan, less the same plan with the four
    connectedness stocks held at today's level), over the present value of what the instruments and
    added involvement hours cost more than today; ``nan`` where that is zero."""
    return_on_ignoring: FloatArray
    """Present value of carrying on while the world drifts, less that of carrying on in a world that
    stands still, currency."""
    cost_of_waiting: FloatArray
    """Net present value now, less that of the same plan started a year later, currency."""
    plan_end: FloatArray
    """Shape ``(len(AT_HORIZON), draws)``: outcomes in the last month with the plan."""
    baseline_end: FloatArray
    """The same without the plan."""


@dataclass(frozen=True, slots=True)
class Headline:
    """What a scenario comes to. Money in the organisation's currency, discounted to today."""

    net_present_value: Estimate
    probability_better: float
    """Share of draws in which the plan beats carrying on, 0-1; ``nan`` if nothing is changed."""
    verdict: str
    """That probability in words, see :func:`verdict`."""
    worst_case: float
    """Mean net present value of the worst tenth of the draws (CVaR 10 %)."""
    payback_month: Estimate
    probability_payback: float
    """Share of draws in which the money is back within the horizon, 0-1."""
    roi: Estimate
    return_on_involvement: Estimate
    return_on_ignoring: Estimate
    cost_of_waiting: Estimate
    at_horizon: Mapping[str, Change]
    """By outcome id, for :data:`AT_HORIZON`."""


VERDICTS: tuple[tuple[float, str], ...] = (
    (0.90, "very likely better"),
    (0.66, "likely better"),
    (0.33, "too close to call"),
    (0.10, "likely worse"),
    (0.00, "very likely worse"),
)
"""From which probability of being better which words hold. The limits are those of the calibrated
language of the IPCC (Mastrandrea et al. 2010): 33 to 66 % is about as likely as not."""

NOTHING_CHANGED = "nothing is changed"


def verdict(probability: float) -> str:
    """A probability of being better (0-1), in words; ``nan`` means that nothing was changed."""
    if np.isnan(probability):
        return NOTHING_CHANGED
    return next(words for limit, words in VERDICTS if probability >= limit)


def summarise(values: Values) -> Headline:
    """Headline figures from those of every draw."""
    worth = values.net_present_value
    probability = _probability_above_zero(worth)
    worst = np.sort(worth)[: max(int(np.ceil(TAIL * worth.size)), 1)]
    paid = values.payback_month[~np.isnan(values.payback_month)]
    return Headline(
        net_present_value=estimate(worth),
        probability_better=probability,
        verdict=verdict(probability),
        worst_case=float(worst.mean()),
        payback_month=estimate(values.payback_month),
        probability_payback=float(np.isfinite(paid).mean()) if paid.size else np.nan,
        roi=estimate(values.roi),
        return_on_involvement=estimate(values.return_on_involvement),
        return_on_ignoring=estimate(values.return_on_ignoring),
        cost_of_waiting=estimate(values.cost_of_waiting),
        at_horizon=changes(AT_HORIZON, values.plan_end, values.baseline_end),
    )


def changes(names: tuple[str, ...], plan: FloatArray, baseline: FloatArray) -> Mapping[str, Change]:
    """By name; ``plan`` and ``baseline`` have shape ``(names, draws)``."""
    count = len(names)
    with np.errstate(invalid="ignore"):  # without a bound, less the same: there is no difference
        found = estimates(np.concatenate([plan, baseline, plan - baseline]))
    higher = (plan > baseline).mean(axis=1).tolist() if count else []
    return {
        name: Change(found[row], found[count + row], found[2 * count + row], higher[row])
        for row, name in enumerate(names)
    }


def _probability_above_zero(difference: FloatArray) -> float:
    """Share of draws above zero; ``nan`` when every draw is exactly zero: nothing differs."""
    return float((difference > 0.0).mean()) if difference.any() else np.nan


def ratio(gain: FloatArray, invested: FloatArray) -> FloatArray:
    """``gain / invested``; ``nan`` where nothing is invested."""
    return np.divide(gain, invested, out=np.full_like(gain, np.nan), where=invested > 0.0)


def payback(gained: FloatArray) -> FloatArray:
    """First month from which the cumulative value stays at or above zero, shape ``(draws,)``."""
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

"""What the value against carrying on consists of: direct parts that add up.

Each part is a flow of money that the plan changes, plan less baseline, as a present value. What
customers bring is one of them; why that differs is in :mod:`simulator.analyses.revenue`.

The ledger of the run holds the money taken from the sources, the money in instruments, hours and
transition exactly as the total was integrated; so their sum, and with it the sum of the other three
(margin, productivity, unserved contacts), is exact. Those three are integrated from the months by
the trapezium rule. What that leaves open against their exact sum, the *residual*, is spread over
them by size, so that all seven add up to the net present value in every draw (to rounding), and a
flow that does not exist stays zero.

Medians of parts do not add up to the median of the total. What does is what each part comes to
*where the total is at its median*: the value there of the line that fits the part best over the
total (least squares over all draws). The lines of all parts add up to the total's, which is the
total itself, so these amounts add up to its median.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from simulator.analyses import revenue
from simulator.analyses.base import Analysis, Column, Progress, Result, Row, unheard
from simulator.analyses.present_value import month_weights, spread
from simulator.i18n.language import rounded
from simulator.model.register import FloatArray
from simulator.results import FIGURES, Estimate, Forecast, estimate, estimates, simulate
from simulator.scenario import Scenario

PARTS: Mapping[str, str] = {
    "freed": "Money no longer spent on the sources",
    "instruments": "Money spent on the instruments above today's",
    "margin": "Gross margin on revenue: customers kept and won, what they spend, the price, "
    "sales in social channels",
    "productivity": "People getting more or less done",
    "hours": "Involvement hours above today's",
    "unserved": "Unserved contacts above today's",
    "transition": "One-off cost of cutting service",
}
"""What each part is. A part above zero adds to the value, one below zero takes from it."""


TOTAL = "total"
"""The row of the sum."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure over the draws, with how sure its sign is."""

    mean: float
    middle: float
    """What it comes to where the total is at its median."""
    estimate: Estimate
    share_above: float
    """Share of draws above zero, 0-1."""
    share_below: float
    """Share of draws below zero, 0-1."""


@dataclass(frozen=True, slots=True)
class ValueBridge(Result):
    """The value against carrying on and its parts. Money in the organisation's currency,
    discounted to today, positive when it adds to the value."""

    columns = (
        Column("part", "Part", "text"),
        Column("mean", "Mean", "money"),
        Column("middle", "Where the value is in the middle", "money"),
        Column("estimate", "Middle", "money", range_label="Eight of ten cases"),
        Column("share_above", "Above zero in", "chance"),
        Column("share_below", "Below zero in", "chance"),
    )

    parts: Mapping[str, Amount]
    """By id, in the order of :data:`PARTS`. Their means add up to that of the total, and what they
    come to in the middle to its median, to rounding; their quantiles do not."""
    margin: Mapping[str, Amount]
    """What the margin on revenue consists of, by :data:`simulator.analyses.revenue.MARGIN`: its
    means, and what these come to in the middle, add up to those of that part."""
    total: Amount
    """The net present value."""
    customers: Amount
    """Customers in the last month, plan less baseline, heads; in the middle: the median with the
    plan less that without it, both in whole heads, as they are shown."""
    residual: float
    """What the trapezium rule left open, as a share of the gross flows (all parts without their
    signs), in the draw where it is largest."""

    @property
    def reasons(self) -> Mapping[str, Amount]:
        """The parts, with what the margin consists of in its place."""
        return {name: part for name, part in self.parts.items() if name != "margin"} | dict(
            self.margin
        )

    def rows(self) -> tuple[Row, ...]:
        """A part a row, and the total."""
        amounts = {**self.parts, TOTAL: self.total}
        return tuple(
            Row(
                name,
                {
                    "part": {**PARTS, TOTAL: FIGURES["net_present_value"].label}[name],
                    "mean": amount.mean,
                    "middle": amount.middle,
                    "estimate": amount.estimate,
                    "share_above": amount.share_above,
                    "share_below": amount.share_below,
                },
            )
            for name, amount in amounts.items()
        )


FLOWS = (*revenue.SERIES, "productivity", "unserved_cost")
"""The series that the bridge takes from both runs; of all others the last month will do."""


@dataclass(frozen=True, slots=True)
class Flows:
    """The parts in every draw."""

    parts: Mapping[str, FloatArray]
    """By id, in the order of :data:`PARTS`: present values, currency, shape ``(draws,)``."""
    residual: FloatArray
    """What the trapezium rule left open and was spread, currency, shape ``(draws,)``."""


def by_draw(forecast: Forecast) -> Flows:
    """What the net present value of each draw of ``forecast`` consists of."""
    freed, instruments, hours, transition = (
        _difference(forecast, f"present_value_{name}")
        for name in ("moved", "instruments", "hours", "transition")
    )
    weights = month_weights(forecast.months, forecast.scenario.organisation.discount_rate)
    rough = np.stack(
        [
            factor * ((forecast.plan[name] - forecast.baseline[name]) @ weights)
            for name, factor in (
                ("revenue", forecast.scenario.organisation.gross_margin),
                ("productivity", 1.0),
                ("unserved_cost", -1.0),
            )
        ]
    )
    rest = forecast.values.net_present_value - freed + instruments + hours + transition
    residual = rest - rough.sum(axis=0)
    margin, productivity, unserved = spread(rough, rest)
    parts = (freed, -instruments, margin, productivity, -hours, unserved, -transition)
    return Flows(dict(zip(PARTS, parts, strict=True)), residual)


def value_bridge(forecast: Forecast) -> ValueBridge:
    """What the net present value of ``forecast`` consists of."""
    total = forecast.values.net_present_value
    flows = by_draw(forecast)
    margin = revenue.margin_by_draw(forecast, flows.parts["margin"])
    rows = np.stack(
        [
            *flows.parts.values(),
            *margin.values(),
            total,
            _difference(forecast, "customers"),
        ]
    )
    rows += 0.0  # no minus before a zero
    gross = np.abs(rows[: len(PARTS)]).sum(axis=0)
    residual = np.abs(flows.residual)
    left = np.divide(residual, gross, out=np.zeros_like(gross), where=gross > 0.0)
    *amounts, whole, customers = amounts_of(rows, total)
    return ValueBridge(
        parts=dict(zip(PARTS, amounts[: len(PARTS)], strict=True)),
        margin=dict(zip(margin, amounts[len(PARTS) :], strict=True)),
        total=whole,
        customers=replace(customers, middle=_heads(forecast)),
        residual=float(left.max()),
    )


def _difference(forecast: Forecast, row: str) -> FloatArray:
    """Plan less baseline in the last month, shape ``(draws,)``."""
    return forecast.plan.final(row) - forecast.baseline.final(row)


def _heads(forecast: Forecast) -> float:
    plan, baseline = (
        rounded(estimate(run.final("customers")).central, 1.0)
        for run in (forecast.plan, forecast.baseline)
    )
    return plan - baseline


def amounts_of(rows: FloatArray, total: FloatArray) -> list[Amount]:
    """One for each of ``rows``, which has shape ``(figures, draws)``; ``total``, shape
    ``(draws,)``, is what they are parts of."""
    return [
        Amount(mean, middle, figure, above, below)
        for mean, middle, figure, above, below in zip(
            rows.mean(axis=1).tolist(),
            _at_median(rows, total).tolist(),
            estimates(rows),
            (rows > 0.0).mean(axis=1).tolist(),
            (rows < 0.0).mean(axis=1).tolist(),
            strict=True,
        )
    ]


def _at_median(rows: FloatArray, total: FloatArray) -> FloatArray:
    """What each of ``rows`` comes to where ``total`` is at its median, shape ``(figures,)``."""
    means, away = rows.mean(axis=1), total - total.mean()
    median = estimates(total[None])[0].central
    variance = float(away @ away)
    if not 0.0 < variance < np.inf:  # always the same
        return np.asarray(means)
    slopes = ((rows - means[:, None]) @ away) / variance
    at_median: FloatArray = means + slopes * (median - total.mean())
    return at_median


def _run(scenario: Scenario, draws: int, *, progress: Progress = unheard) -> ValueBridge:
    bridge = value_bridge(simulate(scenario, draws))
    progress(1, 1)
    return bridge


ANALYSIS = Analysis("value_bridge", _run, ValueBridge)
"""Neither on the command line nor on the page: there it speaks through the sentence."""

"""What of the model is compared with published figures: one row a quantity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from simulator.model.equations.connectedness import offer
from simulator.model.equations.money import spend_factor
from simulator.model.quantities import MONTHS_PER_YEAR
from simulator.model.register import FloatArray, Parameters
from simulator.results import Forecast


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something that the model says, as a share or a ratio."""

    id: str
    meaning: str
    """What of the model it is, as a message."""
    of: Callable[[Forecast, int], FloatArray]
    """Its value in every draw, from a forecast and a month; shape ``(draws,)``."""


def _relative(series: FloatArray, month: int) -> FloatArray:
    """A series of shape ``(draws, months + 1)`` in a month, relative to today."""
    ratio: FloatArray = series[:, month] / series[:, 0]
    return ratio


def _answered_by_community(forecast: Forecast, month: int) -> FloatArray:
    per_customer = forecast.series("contacts") / forecast.series("customers")
    return 1.0 - _relative(per_customer, month)


def _social_demand(forecast: Forecast, month: int) -> FloatArray:
    return _relative(forecast.series("channel_preference", baseline=True), month)


def _social_questions(forecast: Forecast, month: int) -> FloatArray:
    # Sales in social channels are so much per contact that is answered there, the same at all
    # times as long as conduct stays as it is: relative to today they are these contacts.
    return _relative(forecast.series("social_revenue"), month)


def _social_payments(forecast: Forecast, month: int) -> FloatArray:
    return _relative(forecast.series("social_payment"), month)


def _participants(forecast: Forecast, month: int) -> FloatArray:
    taking_part = forecast.series("connected_customers")
    return taking_part[:, month] - taking_part[:, 0]


def _readers(forecast: Forecast, month: int) -> FloatArray:
    reading = forecast.series("reach")
    return reading[:, month] - reading[:, 0]


def _spending_of_participants(forecast: Forecast, month: int) -> FloatArray:
    promotional = forecast.scenario.plan_quantities().involvement.promotional_share
    return np.array(
        [
            spend_factor(1.0, offer(promotional, p), p)
            for p in map(Parameters._make, forecast.shared_baseline.values.T.tolist())
        ]
    )


def _satisfaction(forecast: Forecast, month: int) -> FloatArray:
    return _relative(forecast.series("service_quality"), month)


def _customers_lost(forecast: Forecast, month: int) -> FloatArray:
    hazard = -np.log1p(-forecast.series("churn")) / MONTHS_PER_YEAR
    return _relative(forecast.series("customers") * hazard, month)


def _participants_kept(forecast: Forecast, month: int) -> FloatArray:
    taking_part = forecast.series("connected_customers")
    kept: FloatArray = taking_part[:, : month + 1].mean(axis=1) / taking_part[:, 0]
    return kept


_ROWS = (
    Quantity(
        "answered_by_community",
        "How many fewer questions a customer asks than at the start (below 0: more)",
        _answered_by_community,
    ),
    Quantity(
        "social_demand",
        "Customers who prefer social channels, when carrying on, relative to the start",
        _social_demand,
    ),
    Quantity(
        "social_questions",
        "Contacts that are answered in social channels, relative to the start",
        _social_questions,
    ),
    Quantity(
        "social_payments",
        "Social payment, relative to the start",
        _social_payments,
    ),
    Quantity(
        "participants",
        "Connected customers, less those at the start (below 0: fewer)",
        _participants,
    ),
    Quantity("readers", "Reach, less that at the start (below 0: less)", _readers),
    Quantity(
        "spending_of_participants",
        "Spending of a connected customer, relative to others",
        _spending_of_participants,
    ),
    Quantity("satisfaction", "Service quality, relative to the start", _satisfaction),
    Quantity(
        "customers_lost",
        "Customers who leave in a month, relative to the start",
        _customers_lost,
    ),
    Quantity(
        "participants_kept",
        "Connected customers on average up to that month, relative to the start",
        _participants_kept,
    ),
)

QUANTITIES: Mapping[str, Quantity] = {row.id: row for row in _ROWS}
"""By id."""

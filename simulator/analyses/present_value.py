"""Present values of yearly flows by month, and parts of them that add up exactly."""

from __future__ import annotations

import numpy as np

from simulator.model.equations.money import discount_factor
from simulator.model.quantities import MONTHS_PER_YEAR
from simulator.model.register import FloatArray


def month_weights(months: int, discount_rate: float) -> FloatArray:
    """What a yearly flow in each month counts for in its present value, shape ``(months + 1,)``:
    the trapezium rule over discounted months."""
    worth = np.array([discount_factor(float(month), discount_rate) for month in range(months + 1)])
    worth[[0, -1]] /= 2.0
    return worth / MONTHS_PER_YEAR


def spread(rough: FloatArray, total: FloatArray) -> FloatArray:
    """``rough`` parts, shape ``(parts, draws)``, made to add up to ``total``, shape ``(draws,)``:
    what is missing goes to each by its size, so that what is zero stays so."""
    sizes = np.abs(rough)
    together = sizes.sum(axis=0)
    shares = np.divide(sizes, together, out=np.zeros_like(sizes), where=together > 0.0)
    parts: FloatArray = rough + (total - rough.sum(axis=0)) * shares
    return parts

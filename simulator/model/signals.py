"""What an organisation can measure of itself, and how far such a figure can be off.

Every figure is a share (0-1), so that it can be told as "so many of 100". Two things keep it from
being right: chance, since only some are asked or counted (the standard error of a sample, which is
arithmetic), and records that are wrong (double accounts, contacts filed under the wrong head), for
which no general source is known: five per cent of the figure is our own judgement, and an input.
The model has no complaints and no contacts by the channel that was used; so neither is here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from simulator.i18n.language import N_
from simulator.model.quantities import Organisation
from simulator.model.register import FloatArray

MONTHS_COUNTED = 3.0
"""Those who come and go are counted over so many months before the review."""

Series = Mapping[str, FloatArray]
"""Stocks and outcomes in the month of the review, each of shape ``(draws,)``."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is counted, and among how many."""

    org: Organisation
    people: int
    """Who are asked in a survey."""
    records: float
    """By what share of the figure records are wrong."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure in every draw: what is so, and the standard error with which it is measured."""

    true: FloatArray
    """0-1, shape ``(draws,)``."""
    error: FloatArray
    """Of the same shape."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A figure that can be measured."""

    label: str
    fewer: str
    """The clause that says that it is lower than a threshold: ``{threshold}`` of 100."""
    more: str
    """The same where it is higher."""
    read: Callable[[Series, Source], Reading]


def _asked(name: str) -> Callable[[Series, Source], Reading]:
    """A share of the customers, as a survey finds it."""

    def read(series: Series, source: Source) -> Reading:
        return _sampled(series[name], np.minimum(float(source.people), _people(series, source)))

    return read


def _people(series: Series, source: Source) -> FloatArray:
    return np.maximum(series["customers"] * source.org.people_per_customer, 1.0)


def _sampled(share: FloatArray, size: FloatArray | float, records: float = 0.0) -> Reading:
    """A share of so many who are asked or counted."""
    inside = np.clip(share, 0.0, 1.0)
    chance = inside * (1.0 - inside) / np.maximum(size, 1.0)
    return Reading(share, np.sqrt(chance + (records * share) ** 2))


def _employees(series: Series, source: Source) -> Reading:
    """Who takes part is asked of a sample of the employees, or of all; without replacement."""
    share, heads = series["participation"], max(source.org.employees, 1.0)
    size = min(float(source.people), heads)
    left_out = np.sqrt(max(heads - size, 0.0) / max(heads - 1.0, 1.0))
    return Reading(share, _sampled(share, size).error * left_out)


def _members(series: Series, source: Source) -> Reading:
    """All members are counted, so that nothing but the records can be wrong."""
    share = series["connected_customers"]
    return Reading(share, source.records * share)


def _unanswered(series: Series, source: Source) -> Reading:
    contacts = np.maximum(series["contacts"], 1e-9)
    return _sampled(series["contacts_unserved"] / contacts, contacts / 12.0, source.records)


def _leaving(series: Series, source: Source) -> Reading:
    """Who left in some months, as the share that leaves in a year at that pace."""
    churn, part = np.clip(series["churn"], 0.0, 1.0 - 1e-12), MONTHS_COUNTED / 12.0
    left = 1.0 - (1.0 - churn) ** part
    chance = np.sqrt(left * (1.0 - left) / np.maximum(series["customers"], 1.0))
    in_a_year = chance * (1.0 - left) ** (1.0 / part - 1.0) / part
    return Reading(series["churn"], np.hypot(in_a_year, source.records * churn))


def _joining(series: Series, source: Source) -> Reading:
    heads, part = np.maximum(series["customers"], 1.0), MONTHS_COUNTED / 12.0
    counted = np.maximum(series["acquisition"] * part, 0.0)
    share = series["acquisition"] / heads
    return Reading(share, np.hypot(np.sqrt(counted) / part / heads, source.records * share))


SIGNALS: Mapping[str, Signal] = {
    "taking_part": Signal(
        N_("Customers who say that they take part"),
        N_("fewer than {threshold} of 100 customers say that they take part"),
        N_("more than {threshold} of 100 customers say that they take part"),
        _asked("connected_customers"),
    ),
    "members": Signal(
        N_("Active members of the community, counted"),
        N_("fewer than {threshold} of 100 customers are active members of the community"),
        N_("more than {threshold} of 100 customers are active members of the community"),
        _members,
    ),
    "employees": Signal(
        N_("Employees who take part"),
        N_("fewer than {threshold} of 100 employees take part"),
        N_("more than {threshold} of 100 employees take part"),
        _employees,
    ),
    "unanswered": Signal(
        N_("Contacts that nobody answers"),
        N_("fewer than {threshold} of 100 contacts stay unanswered"),
        N_("more than {threshold} of 100 contacts stay unanswered"),
        _unanswered,
    ),
    "channel": Signal(
        N_("Customers who prefer social channels"),
        N_("fewer than {threshold} of 100 customers prefer social channels"),
        N_("more than {threshold} of 100 customers prefer social channels"),
        _asked("channel_preference"),
    ),
    "satisfied": Signal(
        N_("Customers who are satisfied with the service"),
        N_("fewer than {threshold} of 100 customers are satisfied with the service"),
        N_("more than {threshold} of 100 customers are satisfied with the service"),
        _asked("service_quality"),
    ),
    "trust": Signal(
        N_("Customers who trust the organisation"),
        N_("fewer than {threshold} of 100 customers trust the organisation"),
        N_("more than {threshold} of 100 customers trust the organisation"),
        _asked("trust"),
    ),
    "leaving": Signal(
        N_("Customers who leave, at the pace of a year"),
        N_("fewer than {threshold} of 100 customers leave at the pace of a year"),
        N_("more than {threshold} of 100 customers leave at the pace of a year"),
        _leaving,
    ),
    "joining": Signal(
        N_("New customers, at the pace of a year"),
        N_("fewer than {threshold} new customers for every 100 come at the pace of a year"),
        N_("more than {threshold} new customers for every 100 come at the pace of a year"),
        _joining,
    ),
}
"""By id."""

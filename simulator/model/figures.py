"""The headline figures: what each is called, what it means, and how it comes from the runs.

A figure is one field of :class:`Headline`, with a row that says all there is to know about it; the
strip and its help, comparisons, the command line, spreadsheets, links and the results that scenario
files keep are derived from :data:`FIGURES`. A new figure is a new field here (and its texts in the
catalogues). It may take whatever :class:`~simulator.model.figure_values.Runs` hold.

They stand below scenarios because scenario files keep them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from simulator.model.figure_values import (
    CASH,
    NET,
    Runs,
    beyond,
    deepest_cash,
    invested,
    mean_of_worst,
    payback,
    ratio,
    return_on_involvement,
    share_above_zero,
    share_paid_back,
)
from simulator.model.help import Help
from simulator.model.register import FloatArray

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["money", "share", "month", "ratio"]
"""Money in the organisation's currency, discounted to today; a share of the draws (0-1); months
from today; a ratio of money to money."""


# --- their values in every draw -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HeadlineDraws:
    """The figures that have a value in every draw, and what the headline tells of the last month.

    Figures by id; each has shape ``(draws,)``, or is of the first draws alone (see
    :class:`~simulator.model.figure_values.Runs`).
    """

    figures: Mapping[str, FloatArray]
    plan_end: FloatArray
    """Shape ``(outcomes, draws)``: those that the headline reports, in the last month."""
    baseline_end: FloatArray
    """The same without the plan."""

    @classmethod
    def of(cls, runs: Runs, outcomes: Sequence[str]) -> HeadlineDraws:
        """The figures of every draw, and these outcomes in the last month."""
        return cls(
            {one.id: one.in_draws(runs) for one in FIGURES.values() if one.in_draws},
            *(
                np.stack([run.final(name) for name in outcomes])
                for run in (runs.plan, runs.baseline)
            ),
        )

    @classmethod
    def joined(cls, pieces: Sequence[HeadlineDraws]) -> HeadlineDraws:
        """The draws of all ``pieces``, one after the other."""
        return cls(
            {name: np.concatenate([one[name] for one in pieces]) for name in pieces[0].figures},
            np.concatenate([one.plan_end for one in pieces], axis=-1),
            np.concatenate([one.baseline_end for one in pieces], axis=-1),
        )

    def __getitem__(self, figure: str) -> FloatArray:
        """A figure by id. Raises ``KeyError`` for one that is a single number over all draws."""
        return self.figures[figure]

    @property
    def net_present_value(self) -> FloatArray:
        """What all other figures are about, see :class:`Headline`."""
        return self.figures["net_present_value"]

    @property
    def payback_month(self) -> FloatArray:
        """``inf`` for never and ``nan`` if the plan changes nothing, see :class:`Headline`."""
        return self.figures["payback_month"]


# --- what a figure is ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over the draws. ``nan`` where it is not defined, ``inf`` for never."""

    low: float
    """P10: one draw in ten is below it."""
    central: float
    """P50, the median."""
    high: float
    """P90."""
    error: float = field(default=0.0, compare=False)
    """Standard error of the less sure one of P10 and P90, in their unit: so far another set of as
    many draws would move it. 0 where it is not known."""


@dataclass(frozen=True, slots=True)
class Change:
    """One outcome in the last month, with the plan and without."""

    plan: Estimate
    baseline: Estimate
    difference: Estimate
    probability_higher: float
    """Share of draws in which the plan ends higher, 0-1."""


@dataclass(frozen=True, slots=True)
class Verbs:
    """How an amount is said whose sign is a verb; each a message to be translated."""

    above: str
    """Above zero; takes ``amount``."""
    below: str
    """Below zero; takes ``amount``."""
    across: str
    """A range with zero inside; takes ``low`` (below zero) and ``high``."""


@dataclass(frozen=True, slots=True)
class Figure:
    """All there is to know about a headline figure."""

    id: str
    """Its field in :class:`Headline`; its key in files and in what the command line writes."""
    label: str
    """What it is called everywhere; a message to be translated."""
    kind: Kind
    link: str
    """What links call it in the results that they carry."""
    meaning: str
    """What it is, as the schema of scenario files says it."""
    in_draws: Callable[[Runs], FloatArray] | None = None
    """Its value in every draw, shape ``(draws,)``: such a figure is an :class:`Estimate`."""
    over_draws: Callable[[HeadlineDraws], float] | None = None
    """Or the one number over all draws that it is."""
    help: Help | None = None
    """Of estimates: those are shown on the strip, with help."""
    verbs: Verbs | None = None
    """For money, if its sign is a verb."""
    in_percent: bool = False
    """For ratios: shown in per cent, not as money earned for each unit spent."""
    compared: str = ""
    """Of those on the strip: what is compared with what, a message to be translated. Read aloud
    without it, "the plan loses, ignoring costs, waiting costs" contradicts itself."""
    leads: bool = False
    """Of those on the strip: whether it is the answer itself, which all else stands beside."""

    @property
    def unit(self) -> str:
        """As outcomes have it: ``currency``, ``share``, ``month`` or ``ratio``."""
        return "currency" if self.kind == "money" else self.kind


_ROW = "figure"
"""Key of a field's metadata."""


def _estimated(
    label: str,
    kind: Kind,
    *,
    link: str,
    meaning: str,
    in_draws: Callable[[Runs], FloatArray],
    help: Help,
    compared: str,
    verbs: Verbs | None = None,
    in_percent: bool = False,
    leads: bool = False,
) -> Mapping[str, Any]:
    """The row of a figure that has a value in every draw."""
    row = Figure(
        "", label, kind, link, meaning, in_draws, None, help, verbs, in_percent, compared, leads
    )
    return {_ROW: row}


def _counted(
    label: str,
    kind: Kind,
    *,
    link: str,
    meaning: str,
    over_draws: Callable[[HeadlineDraws], float],
) -> Mapping[str, Any]:
    """The row of a figure that is one number over all draws."""
    return {_ROW: Figure("", label, kind, link, meaning, None, over_draws)}


# --- the figures ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Headline:
    """What a scenario comes to. Money in the organisation's currency, discounted to today."""

    net_present_value: Estimate = field(
        metadata=_estimated(
            "Value against carrying on",
            "money",
            link="was.value",
            compared="the plan, against carrying on",
            leads=True,
            meaning="Present value of the plan less that of carrying on",
            in_draws=lambda runs: runs.gained[:, -1],
            help=Help(
                "What the plan brings more than carrying on as today, over the whole period and in "
                "today's money. It is the middle of all cases; eight of ten lie in the range "
                "shown.",
                1,
                ("effect_transfer", "churn_quality_effect", "unserved_cost_multiple"),
            ),
        )
    )
    """Present value of the plan less that of carrying on, over the horizon."""

    probability_better: float = field(
        metadata=_counted(
            "Probability of being better",
            "share",
            link="was.better",
            meaning="Draws in which the plan is better",
            over_draws=lambda draws: share_above_zero(draws.net_present_value),
        )
    )
    """Share of draws in which the plan beats carrying on, 0-1; ``nan`` if nothing is changed."""

    verdict: str
    """That probability in words, see :func:`simulator.results.verdict`."""

    worst_case: float = field(
        metadata=_counted(
            "Worst tenth of all cases, on average",
            "money",
            link="was.worst",
            meaning="Mean value of the worst tenth of the draws",
            over_draws=lambda draws: mean_of_worst(draws.net_present_value),
        )
    )
    """Mean net present value of the worst tenth of the draws (CVaR 10 %)."""

    payback_month: Estimate = field(
        metadata=_estimated(
            "Money is back",
            "month",
            link="was.payback",
            compared="the plan, against carrying on",
            leads=True,
            meaning="When the money is back",
            in_draws=lambda runs: payback(runs.gained),
            help=Help(
                "From when on the plan stays ahead of carrying on, in the middle of all cases. "
                "Where the plan is too close to call: in how many cases that comes about.",
                26,
                ("customer_connection_rate", "trust_building_months"),
            ),
        )
    )
    """First month from which the cumulative difference stays at or above zero; for a plan that is
    never in the red the first in which it is above. ``inf`` if it ends below, ``nan`` if the plan
    changes nothing."""

    probability_payback: float = field(
        metadata=_counted(
            "Probability that the money is back",
            "share",
            link="was.paid",
            meaning="Draws with the money back within the horizon",
            over_draws=lambda draws: share_paid_back(draws.payback_month),
        )
    )
    """Share of draws in which the money is back within the horizon, 0-1."""

    deepest_cash_position: Estimate = field(
        metadata=_estimated(
            "Deepest shortfall",
            "money",
            link="was.cash",
            compared="the plan, against carrying on",
            meaning="Lowest point of what the plan brings more than carrying on, added up and not "
            "discounted",
            in_draws=lambda runs: deepest_cash(runs.plan[CASH], runs.baseline[CASH]),
            help=Help(
                "How far the plan falls behind carrying on at its worst, added up month by month "
                "and not discounted: what has to be paid for before it comes back. It is the "
                "middle of all cases; eight of ten lie in the range shown.",
                26,
                ("service_transition_cost", "customer_connection_rate"),
            ),
        )
    )
    """Lowest level, over the months up to the horizon, of the plan's net contribution less that of
    carrying on, added up; zero if it never falls behind. Not discounted: it is what has to be
    financed, and that is paid in the money of its day."""

    roi: Estimate = field(
        metadata=_estimated(
            "Return on investment",
            "ratio",
            link="was.roi",
            compared="the plan’s value, against what is put in",
            meaning="Value over the money moved",
            in_draws=lambda runs: ratio(runs.gained[:, -1], invested(runs)),
            help=Help(
                "Value over what is put in: money taken from the sources, added hours and the cost "
                "of the change. {even} means just earned back, below {lost} more is lost than was "
                "put in.",
                3,
                ("effect_transfer", "service_transition_cost"),
            ),
            in_percent=True,
        )
    )
    """Net present value over the present value of the money taken from the sources, added hours
    and transition; ``nan`` where nothing is moved."""

    return_on_involvement: Estimate = field(
        metadata=_estimated(
            "Return on Involvement",
            "ratio",
            link="was.involvement",
            compared="the plan, against the same with nobody more connected",
            meaning="Value through connectedness over its cost",
            in_draws=return_on_involvement,
            help=Help(
                "What arises because people are connected, for each unit of money spent on the "
                "instruments and on involvement hours above today's. Above 1 it is more than it "
                "costs.",
                21,
                ("effect_transfer", "customer_connection_rate", "employee_connection_rate"),
            ),
        )
    )
    """Present value that arises through connectedness (the plan, less the same plan with the four
    connectedness stocks held at today's level), over the present value of what the instruments and
    added involvement hours cost more than today; ``nan`` where that is zero."""

    return_on_ignoring: Estimate = field(
        metadata=_estimated(
            "Return on Ignoring",
            "money",
            link="was.ignoring",
            compared="carrying on, against a world that stands still",
            meaning="What carrying on comes to while the world drifts",
            in_draws=lambda runs: runs.baseline.final(NET) - runs.static_world,
            help=Help(
                "What carrying on brings or costs while the world around changes, compared with a "
                "world that stands still. It is the middle of all cases; eight of ten lie in the "
                "range shown.",
                18,
                ("messaging_shift_per_year", "course_relevance_drift"),
            ),
            verbs=Verbs("Brings {amount}", "Costs {amount}", "costing {low} to bringing {high}"),
        )
    )
    """Present value of carrying on while the world drifts, less that of carrying on in a world that
    stands still."""

    cost_of_waiting: Estimate = field(
        metadata=_estimated(
            "Cost of waiting a year",
            "money",
            link="was.waiting",
            compared="the plan now, against the same a year later",
            meaning="Value lost by a year's delay",
            in_draws=lambda runs: beyond(runs.plan, runs.later),
            help=Help(
                "Value of starting now less that of starting the same plan a year later. It is the "
                "middle of all cases; eight of ten lie in the range shown.",
                18,
                ("effect_transfer", "customer_connection_rate"),
            ),
            verbs=Verbs("Costs {amount}", "Saves {amount}", "saving {low} to costing {high}"),
        )
    )
    """Net present value now, less that of the same plan started a year later."""

    at_horizon: Mapping[str, Change]
    """By outcome id, for :data:`simulator.results.AT_HORIZON`."""

    draws: int
    """Of the assumptions: what all figures were taken over."""

    def __getitem__(self, figure: str) -> Estimate | float:
        """A figure by id. Raises ``KeyError`` for one that does not exist."""
        if figure not in FIGURES:
            raise KeyError(figure)
        value: Estimate | float = getattr(self, figure)
        return value

    def estimate(self, figure: Figure) -> Estimate:
        """A figure that has a value in every draw; of one over all draws, three times that."""
        value = self[figure.id]
        return value if isinstance(value, Estimate) else Estimate(value, value, value)

    def error(self, figure: Figure) -> float:
        """Standard error of a figure of money, currency; that of the value against carrying on for
        its mean over the worst tenth of the draws."""
        value = self[figure.id]
        return (value if isinstance(value, Estimate) else self.net_present_value).error

    def frame(self, language: str = "en", currency: str = "currency") -> pd.DataFrame:
        """The figures as a tidy table, in the order of :data:`FIGURES`; then the outcomes of
        ``at_horizon``.

        Columns: ``figure`` (its id), ``label`` (in ``language``), ``unit`` (with ``currency``, the
        code of the organisation's, which the headline does not know), ``run`` (``plan``; for
        outcomes also ``baseline`` and ``difference``), ``value`` (the median, or the one number
        over all draws), ``P10`` and ``P90`` (``nan`` for such a number). Raises ``ValueError`` for
        a language that there is not.
        """
        from simulator.notebook import frames

        return frames.headline_frame(self, currency, language)

    def _repr_html_(self) -> str:
        """The figures, where a notebook shows the headline."""
        from simulator.notebook import tables

        return tables.headline_html(self)


FIGURES: Mapping[str, Figure] = {
    one.name: replace(one.metadata[_ROW], id=one.name)
    for one in fields(Headline)
    if _ROW in one.metadata
}
"""The headline figures by id, in the order in which they are shown."""


def texts() -> Iterator[str]:
    """Every text of the figures that is shown in other languages, some more than once."""
    for figure in FIGURES.values():
        yield figure.label
        if figure.help:
            yield figure.help.text
        if figure.compared:
            yield figure.compared
        if figure.verbs:
            yield from (figure.verbs.above, figure.verbs.below, figure.verbs.across)

"""The chance of being better, if one counted up to the end of each of ten years.

One cumulative curve, cut at every year: plan and carrying on run for ten years whatever the horizon
is. Months up to the horizon are the very numbers of a run that ends there, since a run never looks
ahead.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from simulator import engine
from simulator.engine import sampling
from simulator.i18n.language import N_, Language, capital
from simulator.model.figure_values import cumulative_value
from simulator.model.quantities import MONTHS_PER_YEAR, Switches
from simulator.model.register import FloatArray
from simulator.results.forecast import CHUNK, DEFAULT_DRAWS, baseline_plan
from simulator.results.headline import verdict
from simulator.results.stages import run_all
from simulator.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

YEARS = 10
"""As long as any horizon may be."""
_YEAR = round(MONTHS_PER_YEAR)

SPANS: tuple[str, ...] = (
    N_("one year"),
    N_("two years"),
    N_("three years"),
    N_("four years"),
    N_("five years"),
    N_("six years"),
    N_("seven years"),
    N_("eight years"),
    N_("nine years"),
    N_("ten years"),
)
"""Years in words, from one on; each a message to be translated."""


@dataclass(frozen=True, slots=True)
class ChanceByYear:
    """How likely the plan is better than carrying on, by the year up to which one counts."""

    chances: tuple[float, ...]
    """Share of draws (0-1) in which the discounted net contribution of the plan, added up to the
    end of year 1, 2, ..., is above that of carrying on; ``nan`` where nothing differs by then. Ten,
    or fewer where only the years up to the horizon are known."""
    horizon_months: int
    """What the headline counts up to."""
    horizon_chance: float
    """The chance there, which may lie between two years."""
    draws: int

    def at_horizon(self, chance: float) -> ChanceByYear:
        """The same with the ``chance`` at the horizon that more draws have told."""
        year, rest = divmod(self.horizon_months, _YEAR)
        chances = list(self.chances)
        if not rest and 1 <= year <= len(chances):
            chances[year - 1] = chance
        return replace(self, chances=tuple(chances), horizon_chance=chance)

    @property
    def whole(self) -> bool:
        """Whether it holds all years."""
        return len(self.chances) == YEARS

    def frame(self) -> pd.DataFrame:
        """A year a row: ``year``, ``month`` (its last), ``chance`` (0-1), ``verdict`` (in English),
        and ``beyond_horizon``."""
        from simulator.notebook import frames

        return frames.chance_frame(self)

    def figure(self, *, language: str = "en", theme: str = "light", font: int = 16) -> go.Figure:
        """The chart as the Simulate page draws it; arguments as in
        :meth:`simulator.results.Forecast.figure`."""
        from simulator.notebook import figures

        return figures.chance_figure(self, language=language, theme=theme, font=font)


def chance_by_year(
    scenario: Scenario,
    draws: int = DEFAULT_DRAWS,
    *,
    threads: int | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> ChanceByYear:
    """The chance of being better for every year of ten, in so many draws of the assumptions.

    Takes little memory for any number of draws. ``threads``: the most to use. ``progress`` is told
    how many draws are done; an exception in it stops the work.
    """
    counts = Counts.none()
    for values in sampling.draw_in_chunks(draws, scenario.seed, scenario.ranges(), CHUNK):
        counts += _counts(scenario, values, threads, counts.draws)
        progress(counts.draws)
    return counts.chances(scenario.horizon_months)


def counts_between(scenario: Scenario, first: int, last: int, draws: int) -> Counts:
    """Draw ``first`` up to ``last`` (without it) of so many ``draws``, on one thread, as in
    :func:`simulator.results.piece`; the sum of all is what :func:`chance_by_year` counts."""
    values = sampling.draw_between(first, last, draws, scenario.seed, scenario.ranges())
    return _counts(scenario, values, 1, first)


def up_to_horizon(gained: FloatArray) -> ChanceByYear:
    """What a forecast knows by itself: the years up to its horizon. ``gained`` is its value against
    carrying on up to each month, shape ``(draws, months + 1)``."""
    return Counts.of(gained).chances(gained.shape[1] - 1)


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of draws, up to each month; arrays have shape ``(months + 1,)``."""

    better: FloatArray | int
    """In which the plan is better than carrying on."""
    differing: FloatArray | int
    """In which it is better or worse."""
    draws: int

    @classmethod
    def none(cls) -> Counts:
        """Of no draws."""
        return cls(0, 0, 0)

    @classmethod
    def of(cls, gained: FloatArray) -> Counts:
        """``gained`` is the value against carrying on up to each month, shape ``(draws, months +
        1)``."""
        better = np.count_nonzero(gained > 0.0, axis=0)
        return cls(better, np.count_nonzero(gained, axis=0), len(gained))

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.better + other.better,
            self.differing + other.differing,
            self.draws + other.draws,
        )

    def chances(self, horizon: int) -> ChanceByYear:
        """By year, and at a ``horizon`` in months."""
        with np.errstate(invalid="ignore", divide="ignore"):
            shares = np.where(np.greater(self.differing, 0), self.better / self.draws, np.nan)
        return ChanceByYear(
            tuple(shares[_YEAR::_YEAR].tolist()), horizon, float(shares[horizon]), self.draws
        )


def _counts(scenario: Scenario, values: FloatArray, threads: int | None, first: int = 0) -> Counts:
    """In these draws of the assumptions, for all years."""
    org, plan = scenario.organisation_quantities(), scenario.plan_quantities()
    on = Switches(drift=1.0, connecting=1.0)
    runs = run_all(
        scenario,
        [
            engine.Job(org, side, on, values, YEARS * _YEAR, record_outcomes=False)
            for side in (plan, baseline_plan(org))
        ],
        first=first,
        threads=threads,
    )
    return Counts.of(cumulative_value(*runs))


def span(months: int, language: Language) -> str:
    """A time from now: "five years", or in months where it is no number of years."""
    years, rest = divmod(months, _YEAR)
    if rest or not 1 <= years <= YEARS:
        return language.ngettext("{number} month", "{number} months", months)
    return language.gettext(SPANS[years - 1])


def horizon_words(chances: ChanceByYear, language: Language) -> str:
    """What the horizon does to the verdict, in a sentence; empty where ten years come to the same
    verdict, where they are not known, and where nothing differs."""
    if not chances.whole or math.isnan(chances.horizon_chance):
        return ""
    now, later = verdict(chances.horizon_chance), verdict(chances.chances[-1])
    if now == later:
        return ""
    return language.gettext(
        N_("{verdict} after {span}, {later} after {years}."),
        verdict=capital(language.gettext(now)),
        span=span(chances.horizon_months, language),
        later=language.gettext(later),
        years=span(YEARS * _YEAR, language),
    )

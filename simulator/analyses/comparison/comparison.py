"""Scenarios simulated in the same draws, and all that can be asked of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulator import results
from simulator.analyses.base import Progress, unheard
from simulator.analyses.comparison.caveats import Caveat, NotComparable, caveats_of
from simulator.analyses.comparison.measures import HEADLINE_ROWS, MEASURES, HeadlineRow
from simulator.analyses.comparison.pairs import (
    SAME_WITHIN,
    Pair,
    Ranking,
    beyond_rounding,
    pair_of,
    ranked,
    reversed_pair,
)
from simulator.analyses.comparison.sides import Side, Sides, Spending, spending_of
from simulator.model.equations.decisions import sources
from simulator.model.register import FloatArray
from simulator.results import (
    AT_HORIZON,
    DEFAULT_DRAWS,
    Baseline,
    ChanceByYear,
    Estimate,
    Headline,
    chance_by_year,
    estimate,
)
from simulator.scenario import Scenario, diff, sets
from simulator.scenario.diff import Diff

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

FEWEST, MOST = 1, sets.MOST
"""How many scenarios can be compared; carrying on is always beside them."""

LETTERS = "ABCDEF"
"""What scenarios are called: their names need not be different ones. On the page a pinned plan has
the same letter, and the same colour, wherever it is shown."""
BRANCHING = 2
"""Up to how many scenarios the branches of those in stages are worked out: of more, nobody could
follow them."""
CURRENT, CARRYING_ON = "P", sets.CARRYING_ON
"""What the plan as it stands on the page is called, and carrying on."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Scenarios, simulated in the same draws; see :func:`compare`.

    A scenario is known by its position, from 0; behind them comes :attr:`carrying_on`, which pairs
    and rankings know as well. Methods raise ``IndexError`` for a position and ``KeyError`` for a
    measure or an outcome that does not exist.
    """

    scenarios: tuple[Scenario, ...]
    """As they were given."""
    draws: int
    seed: int
    """Of the draws: the first one's."""
    months: int
    """The common months: the shortest horizon."""
    sides: tuple[Side, ...]
    """Each over the common months, with the common seed."""
    headlines: tuple[Headline, ...]
    """Each over its own horizon, with the common seed."""
    letters: tuple[str, ...]
    """What each is called: of :data:`LETTERS`, those of their positions unless :meth:`described`
    says otherwise, or :data:`CURRENT`."""
    taken: tuple[Mapping[str, float], ...]
    """Of each that is in stages, how often each branch is taken, 0-1, by
    :data:`~simulator.scenario.stages.CHOICES`; of others nothing."""

    @property
    def carrying_on(self) -> int:
        """The position of carrying on: to change nothing, which every value is measured against."""
        return len(self.scenarios)

    def letter(self, position: int) -> str:
        """What a scenario, or carrying on, is called."""
        return CARRYING_ON if position == self.carrying_on else self.letters[position]

    # --- figures ---------------------------------------------------------------------------------

    def differences(self, position: int, to: int = 0) -> Mapping[str, Estimate | float | None]:
        """What each of :data:`HEADLINE_ROWS` is more than that of the scenario ``to``, over the
        common months.

        What is subtracted are the figures themselves, so that differences add up with what they
        are differences of; P10 and P90 of estimates are those of the differences draw by draw.
        Shares are subtracted, not percentages. ``None``: money in different currencies. What is not
        finite in ``payback_month`` has words: :func:`in_time`.
        """
        side, other = self.sides[position], self.sides[to]
        same_money = not self._mixed((position, to))
        differences = {
            figure.id: _less(side, other, figure)
            if same_money or not figure.unit.startswith("currency")
            else None
            for figure in HEADLINE_ROWS.values()
        }
        return {**differences, "payback_month": self._later(position, to)}

    def band(self, position: int, outcome: str, *, baseline: bool = False) -> FloatArray:
        """P10, P50 and P90 of an outcome (see :data:`simulator.results.OUTCOMES`), shape
        ``(3, months + 1)``, with the plan or when carrying on."""
        side = self.sides[position]
        return (side.baseline if baseline else side.plan)[outcome]

    def branches(self, position: int, outcome: str) -> Mapping[str, FloatArray]:
        """Of a plan in stages beside one other at most: the medians of an outcome in each of the
        branches that its rule leaves open, shape ``(months + 1,)``; else nothing, and nothing where
        it is reviewed after the common months."""
        branches = self.sides[position].branches
        return {way: medians[outcome] for way, medians in branches.items()}

    def final(self, position: int, outcome: str, *, baseline: bool = False) -> Estimate:
        """An outcome in the last of the common months."""
        return Estimate(*self.band(position, outcome, baseline=baseline)[:, -1].tolist())

    @cached_property
    def spending(self) -> tuple[Spending, ...]:
        """The budgets of each scenario."""
        return tuple(
            spending_of(scenario, self.months, side.taken)
            for scenario, side in zip(self.scenarios, self.sides, strict=True)
        )

    @cached_property
    def years(self) -> tuple[ChanceByYear, ...]:
        """The chance of each to be better than carrying on, by year, in the common draws; worked
        out when it is first asked for."""
        return self._chances_by_year(unheard)

    def work_out_years(self, progress: Progress) -> None:
        """Work out :attr:`years`, if nobody has; ``progress`` hears of each scenario."""
        if "years" not in self.__dict__:
            self.__dict__["years"] = self._chances_by_year(progress)

    def _chances_by_year(self, progress: Progress) -> tuple[ChanceByYear, ...]:
        chances = []
        for number, scenario in enumerate(self.scenarios):
            progress(number, len(self.scenarios))
            own = scenario.model_copy(update={"seed": self.seed})
            chances.append(chance_by_year(own, self.draws))
        return tuple(chances)

    def described(self, scenarios: Sequence[Scenario], letters: Sequence[str] = ()) -> Comparison:
        """The same with these names and texts, and letters if there are any; nothing else of the
        scenarios may be another."""
        copy = replace(self, scenarios=tuple(scenarios), letters=tuple(letters) or self.letters)
        if "years" in self.__dict__:
            copy.__dict__["years"] = self.years
        return copy

    def refined(self, known: Sequence[tuple[Headline, FloatArray | None]]) -> Comparison:
        """The same with what more draws have said of each alone: its headline, and its value over
        time that ends there, shape ``(3, months + 1)``, where that is another."""
        headlines = tuple(headline for headline, _ in known)
        sides = tuple(
            side.refined(*more) if scenario.horizon_months == self.months else side
            for side, scenario, more in zip(self.sides, self.scenarios, known, strict=True)
        )
        copy = replace(self, headlines=headlines, sides=sides)
        if "years" in self.__dict__:
            copy.__dict__["years"] = tuple(
                chances.at_horizon(headline.probability_better)
                if scenario.horizon_months == self.months
                else chances
                for chances, scenario, headline in zip(
                    self.years, self.scenarios, headlines, strict=True
                )
            )
        return copy

    @cached_property
    def diffs(self) -> tuple[Diff, ...]:
        """What differs in levers, organisation, assumptions and horizon, and nothing else."""
        return diff.scenario_diff(self.scenarios)

    # --- what can be compared --------------------------------------------------------------------

    def same_organisation(self, first: int, second: int) -> bool:
        """Whether two scenarios are those of the same organisation, whatever it is called; carrying
        on is that of any."""
        if self.carrying_on in (first, second):
            return True
        organisation, other = (
            self.scenarios[place].organisation_quantities() for place in (first, second)
        )
        return organisation == other

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What is to be known before comparing; empty when the scenarios differ in levers alone."""
        return tuple(caveats_of(self.scenarios, self._moved, self._undefined))

    def obstacle(self, measure: str, *positions: int) -> Caveat | None:
        """Why ``measure`` cannot be compared between these scenarios (all, and carrying on, if none
        is given), or ``None`` if it can. Those without a value are an obstacle for a pair; of all,
        so many that less than two are left."""
        chosen = positions or tuple(range(len(self.scenarios) + 1))
        scenarios = [place for place in chosen if place != self.carrying_on]
        if MEASURES[measure].unit.startswith("currency") and self._mixed(scenarios):
            return self._caveat("currency")
        lost = {place for place in scenarios if self._undefined[place]}
        if self._too_few(chosen, lost, positions):
            return self._caveat("undefined")
        if measure != "value_per_money_moved":
            return None
        lost |= {place for place in scenarios if self._moved[place] == 0.0}
        if not self._too_few(chosen, lost, positions):
            return None
        return Caveat("nothing_moved", tuple(sorted(lost)), self._moved)

    @staticmethod
    def _too_few(chosen: Sized, lost: Sized, positions: Sized) -> bool:
        """Whether too few are left to compare: of those that were asked for by name, any."""
        return bool(lost) and (bool(positions) or len(chosen) - len(lost) < 2)

    # --- which is better -------------------------------------------------------------------------

    def of(self, measure: str) -> FloatArray:
        """A measure in every draw, shape ``(scenarios, draws)``, in its unit; ``nan`` where it is
        not defined."""
        worth = np.stack([side.values.net_present_value for side in self.sides])
        match MEASURES[measure].id:
            case "value_per_customer":
                return worth / self._sizes("customers")
            case "value_per_employee":
                return worth / self._sizes("employees")
            case "value_per_money_moved":
                moved = np.array(self._moved)[:, None]
                return worth / np.where(moved > 0.0, moved, np.nan)
        return worth

    def pair(self, first: int, second: int, measure: str = "value") -> Pair:
        """Whether the scenario ``second`` is better than ``first``: the difference in each draw.

        Either may be :attr:`carrying_on`. ``pair(b, a)`` is minus ``pair(a, b)``. Raises
        :class:`NotComparable` (a ``ValueError``) where the measure does not mean the same for both.
        """
        self._refuse(measure, first, second)
        # One way round for both: what is seen from the other side is exactly minus that. A scenario
        # less carrying on is its value.
        low, high = sorted((first, second), key=lambda place: (place != self.carrying_on, place))
        first_values, second_values = self._candidates(measure)[[low, high]]
        pair = pair_of(low, high, measure, beyond_rounding(second_values, first_values))
        return pair if (low, high) == (first, second) else reversed_pair(pair)

    def ranking(self, measure: str = "value") -> Ranking:
        """How often each scenario is the best. Raises :class:`NotComparable` (a ``ValueError``)
        where the measure does not mean the same for all."""
        self._refuse(measure)
        figures = self._candidates(measure)
        defined = [place for place, row in enumerate(figures) if not np.isnan(row).any()]
        best, rank = (np.full(len(figures), np.nan) for _ in range(2))
        best[defined], rank[defined] = ranked(figures[defined])
        *shares, of_carrying_on = best.tolist()
        *ranks, its_rank = rank.tolist()
        return Ranking(measure, self.letters, tuple(shares), tuple(ranks), of_carrying_on, its_rank)

    def _candidates(self, measure: str) -> FloatArray:
        """:meth:`of`, with carrying on behind: no gain, whatever is drawn and by whatever it is
        divided."""
        figures = self.of(measure)
        return np.vstack([figures, np.zeros((1, figures.shape[1]))])

    @property
    def difference(self) -> Estimate:
        """Value of the second scenario less that of the first, from :meth:`pair`."""
        return self.pair(0, 1).difference

    @property
    def probability_better(self) -> float:
        """Probability that the second scenario is better than the first, from :meth:`pair`."""
        return self.pair(0, 1).probability

    @property
    def verdict(self) -> str:
        """Whether the second scenario is better than the first, from :meth:`pair`."""
        return self.pair(0, 1).verdict

    # --- for analysts ----------------------------------------------------------------------------

    def frame(self, *outcomes: str) -> pd.DataFrame:
        """Outcomes (see :data:`simulator.results.OUTCOMES`) month by month over the common months,
        as a tidy table; all if none is named.

        Columns: ``scenario`` (its letter, see :attr:`letters`), ``name``, and those of
        :meth:`simulator.results.Forecast.frame`: ``outcome``, ``unit``, ``run``, ``month``,
        ``P10``, ``P50``, ``P90``. Raises ``KeyError`` for an outcome that does not exist.
        """
        from simulator.notebook import frames

        return frames.comparison_frame(self, outcomes)

    def headline_frame(self, language: str = "en") -> pd.DataFrame:
        """The headline figures of all scenarios, a figure of one scenario a row.

        Columns: ``scenario`` (its letter), ``name``, ``figure`` (its id), ``label`` (in
        ``language``), ``unit``; ``value`` (median, or the one number over all draws), ``P10`` and
        ``P90`` over the scenario's own horizon, outcomes in its last month with the plan;
        ``difference_value``, ``difference_P10`` and ``difference_P90``: how much more than the
        first scenario's over the common months, ``nan`` where there is none to tell. Raises
        ``ValueError`` for a language that there is not.
        """
        from simulator.notebook import frames

        return frames.comparison_headline_frame(self, language)

    def figure(
        self,
        outcome: str = "cumulative_value",
        *,
        banded: int | None = 1,
        language: str = "en",
        theme: str = "light",
        font: int = 16,
    ) -> go.Figure:
        """An outcome of all scenarios over time, as the Compare page draws it.

        ``banded`` is the position of the scenario whose P10-P90 band shows, or ``None``; else as
        :meth:`simulator.results.Forecast.figure`. Raises ``KeyError`` for an outcome that does not
        exist, and ``ValueError`` for one that cannot stand in one chart, such as money in several
        currencies.
        """
        from simulator.notebook import figures

        return figures.comparison_figure(
            self, outcome, banded=banded, language=language, theme=theme, font=font
        )

    def _repr_html_(self) -> str:
        """The headline figures side by side, where a notebook shows the comparison."""
        from simulator.notebook import tables

        return tables.comparison_html(self)

    # --- helpers ---------------------------------------------------------------------------------

    def _later(self, position: int, to: int) -> Estimate:
        """Months that the money is back later. Where a median is never, or not defined, no number
        of months would agree with the two medians: what :func:`in_time` has words for."""
        side, other = self.sides[position], self.sides[to]
        months, others = (each.headline.payback_month.central for each in (side, other))
        own = (self.headlines[place].payback_month.central for place in (position, to))
        if [*map(math.isfinite, own)] != [math.isfinite(months), math.isfinite(others)]:
            months = math.nan  # the common months say otherwise than a horizon of its own
        medians = months - others
        with np.errstate(invalid="ignore"):  # never less never
            later = estimate(side.values.payback_month - other.values.payback_month)
        if math.isfinite(medians) and math.isfinite(later.central):
            return replace(later, central=medians)
        return Estimate(medians, medians, medians)

    @cached_property
    def _moved(self) -> tuple[float, ...]:
        """As in the sides, but zero for so little that dividing by it would only show rounding."""
        least = [
            SAME_WITHIN * sources(scenario.organisation_quantities().budgets)
            for scenario in self.scenarios
        ]
        return tuple(
            side.moved if side.moved > limit else 0.0
            for side, limit in zip(self.sides, least, strict=True)
        )

    @cached_property
    def _undefined(self) -> tuple[float, ...]:
        """Share of draws without a value: only numbers at the edge of what a computer holds."""
        return tuple(float(np.isnan(side.values.net_present_value).mean()) for side in self.sides)

    def _sizes(self, name: str) -> FloatArray:
        """Of every organisation today, shape ``(scenarios, 1)``."""
        return np.array(
            [[getattr(scenario.organisation, name)] for scenario in self.scenarios], float
        )

    def _mixed(self, positions: Iterable[int]) -> bool:
        return len({self.scenarios[place].organisation.currency for place in positions}) > 1

    def _refuse(self, measure: str, *positions: int) -> None:
        caveat = self.obstacle(measure, *positions)
        if caveat:
            raise NotComparable(measure, caveat)

    def _caveat(self, kind: str) -> Caveat:
        return next(caveat for caveat in self.caveats if caveat.kind == kind)


def compare(
    *scenarios: Scenario,
    draws: int = DEFAULT_DRAWS,
    baseline: Callable[[Scenario, int], Baseline] = results.baseline,
    progress: Progress = unheard,
) -> Comparison:
    """Simulate one to six scenarios in the same draws and lay them side by side.

    The draws are those of the first one's seed, the months those of the shortest horizon.
    ``baseline`` makes carrying on for a scenario and a number of draws, or has it from a cache;
    scenarios of the same organisation and world share one. ``progress`` hears of each scenario.
    While it works it needs about 50 MB for 1,024 draws and five years, and some 3 MB for each
    organisation; what it returns, some 400 kB a scenario.

    Raises:
        ValueError: too few or too many scenarios.
    """
    if not FEWEST <= len(scenarios) <= MOST:
        raise ValueError(f"scenarios: found {len(scenarios)}, allowed {FEWEST} to {MOST} of them")
    seed, months = scenarios[0].seed, min(scenario.horizon_months for scenario in scenarios)
    side_of = Sides(baseline, with_branches=len(scenarios) <= BRANCHING)
    sides, headlines, taken = [], [], []
    for number, scenario in enumerate(scenarios):
        progress(number, len(scenarios))
        own = scenario.model_copy(update={"seed": seed})
        common = own.model_copy(update={"horizon_months": months})
        side = side_of(common, draws)
        sides.append(side)
        whole = side if own == common else side_of(own, draws)
        headlines.append(whole.headline)
        taken.append(whole.taken)
    return Comparison(
        scenarios,
        draws,
        seed,
        months,
        tuple(sides),
        tuple(headlines),
        tuple(LETTERS[: len(scenarios)]),
        tuple(taken),
    )


def _less(side: Side, other: Side, row: HeadlineRow) -> Estimate | float:
    """A figure of ``side`` less that of ``other``."""
    if row.figure is None:
        place = AT_HORIZON.index(row.id)
        paired = estimate(side.values.plan_end[place] - other.values.plan_end[place])
        levels = (each.headline.at_horizon[row.id].plan.central for each in (side, other))
        return _between_medians(paired, *levels)
    if row.figure.over_draws:
        return row.figure.over_draws(side.values) - row.figure.over_draws(other.values)
    with np.errstate(invalid="ignore"):  # never less never
        paired = estimate(side.values[row.id] - other.values[row.id])
    medians = (each.headline.estimate(row.figure).central for each in (side, other))
    return _between_medians(paired, *medians)


def _between_medians(paired: Estimate, median: float, other: float) -> Estimate:
    """A difference as that of two medians, with the spread that it has draw by draw."""
    return replace(paired, central=median - other)

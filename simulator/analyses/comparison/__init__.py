"""Scenarios side by side: how they differ, which is better, and what cannot be compared.

All scenarios run in the same draws of the assumptions (the first one's seed) and are looked at over
the same months (the shortest horizon). A difference is taken in each draw, so that what two
scenarios share cancels out; its spread is what really is uncertain between them.

The rule for "is B really better than A?": the share of draws in which B is better, draws without a
difference counted half, in the words of :func:`simulator.results.verdict`; from 33 up to 66 % it
is too close to call.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator import results
from simulator.model.equations.decisions import budgets_at, savings_at, sources
from simulator.model.quantities import Budgets
from simulator.model.register import FloatArray
from simulator.results import (
    AT_HORIZON,
    DEFAULT_DRAWS,
    OUTCOMES,
    Baseline,
    BaselineKey,
    Estimate,
    Headline,
    Values,
    band,
    estimate,
    verdict,
)
from simulator.scenario import Scenario, diff
from simulator.scenario.diff import Differing
from simulator.version import MODEL_VERSION

FEWEST, MOST = 2, 6
"""How many scenarios can be compared."""

SAME = "the same"
"""The verdict on two scenarios that differ in no draw."""

SAME_WITHIN = 1e-9
"""A smaller difference, as a share of the larger of the two figures, is rounding and counts as
none."""


# --- what is compared ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measure:
    """What scenarios are ranked by; more is better."""

    id: str
    label: str
    unit: str
    """``currency`` stands for the organisation's own."""
    meaning: str


MEASURES: Mapping[str, Measure] = {
    one.id: one
    for one in (
        Measure(
            "value",
            "Value against carrying on",
            "currency",
            "Present value of the plan less that of carrying on, over the common months.",
        ),
        Measure(
            "value_per_customer",
            "Value per customer",
            "currency per customer",
            "That value over the customers of today.",
        ),
        Measure(
            "value_per_employee",
            "Value per employee",
            "currency per employee",
            "That value over the employees of today.",
        ),
        Measure(
            "value_per_money_moved",
            "Value per money moved",
            "ratio",
            "That value over the present value of the money taken from the sources.",
        ),
    )
}
"""All measures by id."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the headline table."""

    id: str
    """A field of :class:`simulator.results.Headline`, or a key of its ``at_horizon``."""
    label: str
    unit: str
    """``currency``, ``share``, ``month``, ``ratio``, or that of the outcome."""
    at_end: bool
    """Whether it is an outcome in the last month."""


FIGURES: Mapping[str, Figure] = {
    one.id: one
    for one in (
        Figure("net_present_value", "Value against carrying on", "currency", False),
        Figure("probability_better", "Probability of being better", "share", False),
        Figure("worst_case", "Worst case (mean of the worst tenth)", "currency", False),
        Figure("payback_month", "Money is back", "month", False),
        Figure("probability_payback", "Probability that the money is back", "share", False),
        Figure("roi", "Return on investment", "ratio", False),
        Figure("return_on_involvement", "Return on Involvement", "ratio", False),
        Figure("return_on_ignoring", "Return on Ignoring", "currency", False),
        Figure("cost_of_waiting", "Cost of waiting a year", "currency", False),
        *(Figure(name, OUTCOMES[name].label, OUTCOMES[name].unit, True) for name in AT_HORIZON),
    )
}
"""The headline table, by id and in order."""

BUDGETS: Mapping[str, str] = {
    **{name: OUTCOMES[f"spent_{name}"].label for name in Budgets._fields},
    "savings": OUTCOMES["savings"].label,
}
"""Sources, instruments and savings: what each is called."""


def figure_of(headline: Headline, figure: str) -> Estimate | float:
    """One of :data:`FIGURES` of a headline: in the last month, the plan's. Raises ``KeyError`` for
    a figure that does not exist."""
    if FIGURES[figure].at_end:
        return headline.at_horizon[figure].plan
    found: Estimate | float = getattr(headline, figure)
    return found


NEITHER = "\N{EN DASH}"
"""Instead of a difference, where there is none to tell; the same in every language."""

NOW_IN_TIME, NO_LONGER_IN_TIME = "now in time", "no longer in time"


def in_time(difference: float) -> str:
    """The words for a difference in ``payback_month`` that is no number of months: one of
    :data:`NOW_IN_TIME`, :data:`NO_LONGER_IN_TIME` and :data:`NEITHER`. Empty for a number."""
    if math.isfinite(difference):
        return ""
    if math.isnan(difference):
        return NEITHER
    return NO_LONGER_IN_TIME if difference > 0.0 else NOW_IN_TIME


# --- what can be compared ------------------------------------------------------------------------

CAVEATS: Mapping[str, str] = {
    "organisation": "Different organisations: amounts belong to different sizes. Value per "
    "customer, per employee and per money moved take the size out.",
    "currency": "Different currencies: no amounts of money can be compared, only value per money "
    "moved.",
    "horizon": "Different horizons: each headline covers its own, everything else the months that "
    "all have.",
    "assumptions": "Different assumptions: differences are those of the plans and of the worlds "
    "they are in.",
    "seed": "Different seeds: all use the first one's, so a figure can differ from that of the "
    "scenario alone.",
    "model": "Saved with results of another version of the model: figures here are this version's.",
    "nothing_moved": "No money is moved: there is no value per money moved.",
    "undefined": "Numbers too extreme to be worked out: there is no value to compare.",
}
"""By kind: what it means, in a sentence that can be translated."""


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something to know before comparing; machine-readable."""

    kind: str
    """One of :data:`CAVEATS`."""
    scenarios: tuple[int, ...]
    """Positions of those that it is about: that differ from the first, that were made by another
    version, that move nothing."""
    values: tuple[str | float | None, ...]
    """What each of all scenarios has. ``organisation``: its name; ``currency``: the code;
    ``horizon``: months; ``assumptions``: how many differ from the first one's; ``seed``: the seed;
    ``model``: the version in its results, ``None`` where there are none; ``nothing_moved``: present
    value of the money moved, currency; ``undefined``: share of draws without a value."""


class NotComparable(ValueError):
    """A measure does not mean the same for these scenarios; ``caveat`` says why."""

    def __init__(self, measure: str, caveat: Caveat) -> None:
        self.measure, self.caveat = measure, caveat
        super().__init__(
            f"measure: found {measure}, which cannot be compared here. {CAVEATS[caveat.kind]}"
        )


# --- what comes out ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Histogram:
    """How a difference is spread over the draws."""

    edges: tuple[float, ...]
    """Ascending, evenly spaced round numbers, one more than counts; zero is one of them if it lies
    between the first and the last."""
    counts: tuple[int, ...]
    """Draws in each bin; they add up to all draws. The outermost also hold what lies beyond them,
    about a hundredth of the draws on each side. A difference of zero lies in one of the bins beside
    zero. Empty if there is no difference in any draw."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Is ``second`` really better than ``first``? In the same draws."""

    first: int
    """Position among the scenarios."""
    second: int
    measure: str
    difference: Estimate
    """The second less the first, in the unit of the measure."""
    better: float
    """Share of draws in which the second is better, 0-1."""
    worse: float
    """In which the first is."""
    same: float
    """In which they do not differ; the three add up to 1."""
    verdict: str
    """In words: :func:`simulator.results.verdict` of ``probability``, or :data:`SAME`."""
    histogram: Histogram

    @property
    def probability(self) -> float:
        """That the second is better, 0-1; draws without a difference count half."""
        return self.better + self.same / 2.0


@dataclass(frozen=True, slots=True)
class Ranking:
    """How often each scenario is the best of all."""

    measure: str
    best: tuple[float, ...]
    """Share of draws in which each is the best, 0-1; those that tie share a draw, so they add up
    to 1. ``nan`` for a scenario that the measure is not defined for, which is left out."""
    rank: tuple[float, ...]
    """Expected rank, 1 is the best; those that tie have the mean of their ranks. ``nan`` as above.
    """


@dataclass(frozen=True, slots=True)
class Spending:
    """The budgets of one scenario: sources, instruments and savings, by :data:`BUDGETS`."""

    today: Mapping[str, float]
    """Currency per year."""
    plan: Mapping[str, float]
    """With the plan, in the last of the common months, currency per year."""


@dataclass(frozen=True, eq=False)
class Side:
    """One scenario, simulated: what a comparison needs of it, small enough to be kept."""

    headline: Headline
    values: Values
    moved: float
    """Present value of the money taken from the sources, currency; no assumption moves it."""
    plan: Mapping[str, FloatArray]
    """P10, P50 and P90 by outcome, shape ``(3, months + 1)``; all of them."""
    baseline: Mapping[str, FloatArray]
    """The same for carrying on."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Scenarios, simulated in the same draws; see :func:`compare`.

    A scenario is known by its position, from 0. Methods raise ``IndexError`` for a position and
    ``KeyError`` for a measure or an outcome that does not exist.
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

    # --- figures ---------------------------------------------------------------------------------

    def differences(self, position: int, to: int = 0) -> Mapping[str, Estimate | float | None]:
        """What each of :data:`FIGURES` is more than that of the scenario ``to``, over the common
        months.

        Estimates are differences draw by draw; probabilities and the worst case, which are one
        number over all draws, are subtracted (shares, not percentages). ``None``: money in
        different currencies. What is not finite in ``payback_month`` has words: :func:`in_time`.
        """
        one, other = self.sides[position], self.sides[to]
        same_money = not self._mixed((position, to))
        found = {
            figure.id: _less(one, other, figure)
            if same_money or not figure.unit.startswith("currency")
            else None
            for figure in FIGURES.values()
        }
        return {**found, "payback_month": self._later(position, to)}

    def band(self, position: int, outcome: str, *, baseline: bool = False) -> FloatArray:
        """P10, P50 and P90 of an outcome (see :data:`simulator.results.OUTCOMES`), shape
        ``(3, months + 1)``, with the plan or when carrying on."""
        one = self.sides[position]
        return (one.baseline if baseline else one.plan)[outcome]

    def final(self, position: int, outcome: str, *, baseline: bool = False) -> Estimate:
        """An outcome in the last of the common months."""
        return Estimate(*self.band(position, outcome, baseline=baseline)[:, -1].tolist())

    @cached_property
    def spending(self) -> tuple[Spending, ...]:
        """The budgets of each scenario."""
        return tuple(_spending(one, self.months) for one in self.scenarios)

    @cached_property
    def differing(self) -> tuple[Differing, ...]:
        """What differs in levers, organisation, assumptions and horizon, and nothing else."""
        return diff.differing(self.scenarios)

    # --- what can be compared --------------------------------------------------------------------

    def same_organisation(self, first: int, second: int) -> bool:
        """Whether two scenarios are those of the same organisation, whatever it is called."""
        one, other = (self.scenarios[place].organisation_quantities() for place in (first, second))
        return one == other

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What is to be known before comparing; empty when the scenarios differ in levers alone."""
        return tuple(self._caveats())

    def obstacle(self, measure: str, *positions: int) -> Caveat | None:
        """Why ``measure`` cannot be compared between these scenarios (all if none is given), or
        ``None`` if it can. Those without a value are an obstacle for a pair; of all scenarios, so
        many that less than two are left."""
        chosen = positions or tuple(range(len(self.scenarios)))
        if MEASURES[measure].unit.startswith("currency") and self._mixed(chosen):
            return self._caveat("currency")
        lost = {place for place in chosen if self._undefined[place]}
        if self._too_few(chosen, lost, positions):
            return self._caveat("undefined")
        if measure != "value_per_money_moved":
            return None
        lost |= {place for place in chosen if self._moved[place] == 0.0}
        return self._caveat("nothing_moved") if self._too_few(chosen, lost, positions) else None

    @staticmethod
    def _too_few(chosen: Sized, lost: Sized, positions: Sized) -> bool:
        """Whether too few are left to compare: of those that were asked for by name, any."""
        return bool(lost) and (bool(positions) or len(chosen) - len(lost) < FEWEST)

    # --- which is better -------------------------------------------------------------------------

    def of(self, measure: str) -> FloatArray:
        """A measure in every draw, shape ``(scenarios, draws)``, in its unit; ``nan`` where it is
        not defined."""
        worth = np.stack([one.values.net_present_value for one in self.sides])
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

        ``pair(b, a)`` is minus ``pair(a, b)``. Raises :class:`NotComparable` (a ``ValueError``)
        where the measure does not mean the same for both.
        """
        self._refuse(measure, first, second)
        low, high = sorted((first, second))
        one, other = self.of(measure)[[low, high]]
        found = _pair(low, high, measure, _beyond_rounding(other, one))
        return found if (low, high) == (first, second) else _reversed(found)

    def ranking(self, measure: str = "value") -> Ranking:
        """How often each scenario is the best. Raises :class:`NotComparable` (a ``ValueError``)
        where the measure does not mean the same for all."""
        self._refuse(measure)
        figures = self.of(measure)
        defined = [place for place, row in enumerate(figures) if not np.isnan(row).any()]
        best, rank = (np.full(len(figures), np.nan) for _ in range(2))
        best[defined], rank[defined] = _ranked(figures[defined])
        return Ranking(measure, tuple(best.tolist()), tuple(rank.tolist()))

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

    # --- helpers ---------------------------------------------------------------------------------

    def _later(self, position: int, to: int) -> Estimate:
        """Months that the money is back later. Where a median is never, or not defined, no number
        of months would agree with the two medians: what :func:`in_time` has words for."""
        one, other = self.sides[position], self.sides[to]
        months, others = (side.headline.payback_month.central for side in (one, other))
        own = (self.headlines[place].payback_month.central for place in (position, to))
        if [*map(math.isfinite, own)] != [math.isfinite(months), math.isfinite(others)]:
            months = math.nan  # the common months say otherwise than a horizon of its own
        medians = months - others
        with np.errstate(invalid="ignore"):  # never less never
            found = estimate(one.values.payback_month - other.values.payback_month)
        if math.isfinite(medians) and math.isfinite(found.central):
            return found
        return Estimate(medians, medians, medians)

    @cached_property
    def _moved(self) -> tuple[float, ...]:
        """As in the sides, but zero for so little that dividing by it would only show rounding."""
        least = [
            SAME_WITHIN * sources(one.organisation_quantities().budgets) for one in self.scenarios
        ]
        return tuple(
            one.moved if one.moved > limit else 0.0
            for one, limit in zip(self.sides, least, strict=True)
        )

    @cached_property
    def _undefined(self) -> tuple[float, ...]:
        """Share of draws without a value: only numbers at the edge of what a computer holds."""
        return tuple(float(np.isnan(one.values.net_present_value).mean()) for one in self.sides)

    def _sizes(self, name: str) -> FloatArray:
        """Of every organisation today, shape ``(scenarios, 1)``."""
        return np.array([[getattr(one.organisation, name)] for one in self.scenarios], float)

    def _mixed(self, positions: Iterable[int]) -> bool:
        return len({self.scenarios[one].organisation.currency for one in positions}) > 1

    def _refuse(self, measure: str, *positions: int) -> None:
        caveat = self.obstacle(measure, *positions)
        if caveat:
            raise NotComparable(measure, caveat)

    def _caveat(self, kind: str) -> Caveat:
        return next(one for one in self.caveats if one.kind == kind)

    def _caveats(self) -> Iterator[Caveat]:
        given = self.scenarios
        worlds = [diff.ranges(one) for one in given]
        other_ranges = [sum(one[name] != worlds[0][name] for name in one) for one in worlds]
        organisations = [one.organisation_quantities() for one in given]
        versions = [one.results.model_version if one.results else None for one in given]

        def others(values: Iterable[object], usual: object) -> tuple[int, ...]:
            return tuple(place for place, value in enumerate(values) if value != usual)

        yield from (
            Caveat(kind, about, tuple(values))
            for kind, about, values in (
                (
                    "organisation",
                    others(organisations, organisations[0]),
                    [one.organisation.name for one in given],
                ),
                *(
                    (kind, others(values, values[0]), values)
                    for kind, values in (
                        ("currency", [one.organisation.currency for one in given]),
                        ("horizon", [one.horizon_months for one in given]),
                        ("assumptions", other_ranges),
                        ("seed", [one.seed for one in given]),
                    )
                ),
                (
                    "model",
                    tuple(n for n in others(versions, MODEL_VERSION) if versions[n]),
                    versions,
                ),
                (
                    "nothing_moved",
                    tuple(n for n, money in enumerate(self._moved) if money == 0.0),
                    self._moved,
                ),
                (
                    "undefined",
                    tuple(n for n, share in enumerate(self._undefined) if share),
                    self._undefined,
                ),
            )
            if about
        )


# --- comparing -----------------------------------------------------------------------------------


def compare(
    *scenarios: Scenario,
    draws: int = DEFAULT_DRAWS,
    baseline: Callable[[Scenario, int], Baseline] = results.baseline,
) -> Comparison:
    """Simulate two to six scenarios in the same draws and lay them side by side.

    The draws are those of the first one's seed, the months those of the shortest horizon.
    ``baseline`` makes carrying on for a scenario and a number of draws, or has it from a cache;
    scenarios of the same organisation and world share one. While it works it needs about 25 MB for
    each baseline and as much again, for 1,024 draws and five years; what it returns, some 400 kB a
    scenario.

    Raises:
        ValueError: too few or too many scenarios.
    """
    if not FEWEST <= len(scenarios) <= MOST:
        raise ValueError(f"scenarios: found {len(scenarios)}, allowed {FEWEST} to {MOST} of them")
    seed, months = scenarios[0].seed, min(one.horizon_months for one in scenarios)
    known = _Sides(baseline)
    sides, headlines = [], []
    for given in scenarios:
        own = given.model_copy(update={"seed": seed})
        common = own.model_copy(update={"horizon_months": months})
        found = known(common, draws)
        sides.append(found)
        headlines.append(found.headline if own == common else known(own, draws).headline)
    return Comparison(scenarios, draws, seed, months, tuple(sides), tuple(headlines))


class _Sides:
    """Simulates scenarios, and carrying on once for all that have it in common."""

    def __init__(self, baseline: Callable[[Scenario, int], Baseline]) -> None:
        self._baseline = baseline
        self._known: dict[BaselineKey, tuple[Baseline, Mapping[str, FloatArray]]] = {}

    def __call__(self, scenario: Scenario, draws: int) -> Side:
        key = results.baseline_key(scenario, draws)
        if key not in self._known:
            made = self._baseline(scenario, draws)
            self._known[key] = made, {name: _band(made.series(name)) for name in OUTCOMES}
        carried, bands = self._known[key]
        forecast = results.simulate(scenario, draws, baseline=carried)
        return Side(
            headline=forecast.headline,
            values=forecast.values,
            moved=float(forecast.plan.final("present_value_moved")[0]),
            plan={name: _band(forecast.series(name)) for name in OUTCOMES},
            baseline=bands,
        )


def _band(series: FloatArray) -> FloatArray:
    found = band(series)
    found.flags.writeable = False  # shared by all who ask
    return found


def _spending(scenario: Scenario, month: int) -> Spending:
    today, plan = scenario.organisation_quantities().budgets, scenario.plan_quantities()
    then = budgets_at(float(month), today, plan)
    saved = savings_at(float(month), today, plan)
    return Spending({**today._asdict(), "savings": 0.0}, {**then._asdict(), "savings": saved})


def _less(one: Side, other: Side, figure: Figure) -> Estimate | float:
    """A figure of ``one`` less that of ``other``."""
    if figure.at_end:
        row = AT_HORIZON.index(figure.id)
        return estimate(one.values.plan_end[row] - other.values.plan_end[row])
    values, others = (getattr(found.values, figure.id, None) for found in (one, other))
    if values is None or others is None:
        worth: float = getattr(one.headline, figure.id) - getattr(other.headline, figure.id)
        return worth
    with np.errstate(invalid="ignore"):  # never less never
        return estimate(values - others)


# --- pairs and ranks -----------------------------------------------------------------------------


def _beyond_rounding(figures: FloatArray, others: FloatArray) -> FloatArray:
    """``figures - others``, exactly zero where only rounding differs; any shape."""
    difference: FloatArray = figures - others
    scale = np.maximum(np.abs(figures), np.abs(others))
    difference[np.abs(difference) <= SAME_WITHIN * scale] = 0.0
    return difference


def _pair(first: int, second: int, measure: str, difference: FloatArray) -> Pair:
    """``difference``: the second less the first, shape ``(draws,)``."""
    better = float((difference > 0.0).mean())
    worse = float((difference < 0.0).mean())
    same = float((difference == 0.0).mean())
    return Pair(
        first,
        second,
        measure,
        estimate(difference),
        better,
        worse,
        same,
        SAME if same == 1.0 else verdict(better + same / 2.0),
        _histogram(difference),
    )


def _reversed(pair: Pair) -> Pair:
    """The same pair, seen from the other side."""
    seen, histogram = pair.difference, pair.histogram
    return Pair(
        pair.second,
        pair.first,
        pair.measure,
        Estimate(_minus(seen.high), _minus(seen.central), _minus(seen.low)),
        pair.worse,
        pair.better,
        pair.same,
        SAME if pair.same == 1.0 else verdict(pair.worse + pair.same / 2.0),
        Histogram(tuple(map(_minus, histogram.edges[::-1])), histogram.counts[::-1]),
    )


def _minus(value: float) -> float:
    return 0.0 - value  # no minus before a zero


def _ranked(figures: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Share of draws in which each is the best, and expected rank; ``figures`` has shape
    ``(scenarios, draws)``."""
    against = _beyond_rounding(figures[None], figures[:, None])  # [other, one, draw]
    beaten_by = (against < 0.0).sum(axis=0)
    ties = (against == 0.0).sum(axis=0) - 1  # with itself
    unbeaten = beaten_by == 0
    best = (unbeaten / unbeaten.sum(axis=0)).mean(axis=1)
    rank = (1.0 + beaten_by + ties / 2.0).mean(axis=1)
    return best, rank


BINS = 30
"""About how many bins a histogram has."""


def _histogram(difference: FloatArray) -> Histogram:
    if not difference.any():
        return Histogram((), ())
    least, most = np.quantile(difference, (0.01, 0.99), method="inverted_cdf").tolist()
    if least == most:  # all but a few are the same
        least, most = float(difference.min()), float(difference.max())
    width = _round_width((most - least) / BINS if most > least else abs(least))
    first, last = math.floor(least / width), math.floor(most / width) + 1
    bins = np.floor(difference / width)
    bins[(difference < 0.0) & (bins == 0.0)] = -1.0  # so small that the quotient underflows
    places = np.clip(bins, first, last - 1).astype(int) - first
    counts = np.bincount(places, minlength=last - first)
    edges = tuple(float(f"{place * width:.12g}") for place in range(first, last + 1))
    return Histogram(edges, tuple(counts.tolist()))


def _round_width(width: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is not below ``width``."""
    power = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= width)

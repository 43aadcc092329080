"""The threshold at which it pays to change course, and what knowing the figure is worth.

Nobody sees a figure as it is, but with an error, which is taken as normal. So with a threshold each
draw stops with some probability; all that follows is a mean over draws and errors, without any
random numbers for the latter. The best threshold is sought among those that can be said ("6.5 of
100"). What it is worth is then worked out as in :mod:`simulator.analyses.conditional_mean`: sought
in some of the draws, it decides in the others, since a threshold looks better than it is in those
in which it was sought.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.analyses.conditional_mean import FOLDS, Worth
from simulator.model.register import FloatArray
from simulator.model.signals import Reading
from simulator.results import precision

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

FINEST = 0.001
"""Steps of thresholds that anybody would say: a tenth of 100th."""
_STEPS = 40
"""About how many steps lie over what is usual."""
_MOST = 400
_SEED = 1
_SURE = 2.0
"""Standard errors."""
CHANCE = 0.6
"""Nobody would act on a figure that is right less often than so, however sure that is."""


class Search(NamedTuple):
    """A threshold, and what it does."""

    threshold: float
    """0-1."""
    stops_below: bool
    """Whether lower readings are the worse ones; else higher."""
    hits: float
    """Of the draws in which going back is right, the share that it stops; 0-1."""
    false_alarms: float
    """Of those in which going on is right, the share that it stops; 0-1."""
    right: float
    """Of pairs of both, in how many the worse reading is that of the failure; 0.5 is chance."""
    tells: bool
    """Whether that is better than chance, beyond what so few draws leave open."""
    worth: Worth
    """Of deciding by it rather than without it, in the unit of the values; nothing for a figure
    that does not tell."""
    stops: FloatArray
    """How likely it stops each draw, by a threshold that was learnt in other draws; as without it
    for a figure that does not tell. Shape ``(draws,)``."""


def steps(reading: Reading) -> FloatArray:
    """Thresholds that could be said, from one that none falls below to one that none exceeds."""
    low = float((reading.true - 3.0 * reading.error).min())
    high = float((reading.true + 3.0 * reading.error).max())
    usual_low, usual_high = np.quantile(reading.true, (0.05, 0.95))
    usual = float(usual_high - usual_low + 2.0 * np.median(reading.error))
    step = max(FINEST, _round_up(max(usual / _STEPS, (high - low) / _MOST)))
    first, last = math.floor(max(low, 0.0) / step), math.ceil(high / step)
    sayable: FloatArray = np.arange(first, last + 1, dtype=np.float64) * step
    return sayable


def _round_up(size: float) -> float:
    """The next of 1, 2, 5, 10, ... times a power of ten."""
    if size <= 0.0:
        return FINEST
    power = 10.0 ** math.floor(math.log10(size))
    return next(power * part for part in (1.0, 2.0, 5.0, 10.0) if power * part >= size * 0.999)


def below(reading: Reading, thresholds: FloatArray) -> FloatArray:
    """Probability that what is measured is below a threshold, shape ``(thresholds, draws)``."""
    from scipy.special import ndtr

    apart = thresholds[:, None] - reading.true
    with np.errstate(divide="ignore", invalid="ignore"):
        measured: FloatArray = ndtr(apart / reading.error)
    exact: FloatArray = np.where(reading.error > 0.0, measured, apart > 0.0)
    return exact


def search(reading: Reading, go_on: FloatArray, go_back: FloatArray) -> Search:
    """The best threshold for a figure, to tell going on from going back.

    ``go_on`` and ``go_back`` are what both bring in each draw, shape ``(draws,)``. There have to be
    draws in which either is better.
    """
    thresholds, fails = steps(reading), go_back > go_on
    lower = below(reading, thresholds)
    right, stops_below = _right(lower, fails)
    stops = lower if stops_below else 1.0 - lower
    hits, alarms = stops[:, fails].mean(axis=1), stops[:, ~fails].mean(axis=1)
    saved = go_back - go_on
    gains = (stops @ saved) / saved.size - max(float(saved.mean()), 0.0)
    best = int(np.argmax(gains))
    if gains[best] <= 0.0:  # it changes no decision: what tells both apart best is told
        best = int(np.argmax(hits - alarms))
    tells = _tells(right, fails)
    without = np.full(saved.size, float(saved.mean() > 0.0))
    decides = _learnt_elsewhere(stops, saved) if tells else without
    return Search(
        float(thresholds[best]),
        stops_below,
        float(hits[best]),
        float(alarms[best]),
        right,
        tells,
        Worth.of(saved * (decides - without)) if tells else Worth(0.0, 0.0),
        decides,
    )


def _right(lower: FloatArray, fails: BoolArray) -> tuple[float, bool]:
    """In what share of pairs the reading of a failure is the worse one, and whether worse is lower:
    the area below the curve of hits against false alarms."""
    hits = np.concatenate([[0.0], lower[:, fails].mean(axis=1), [1.0]])
    alarms = np.concatenate([[0.0], lower[:, ~fails].mean(axis=1), [1.0]])
    area = float(np.trapezoid(hits, alarms))
    return max(area, 1.0 - area), area >= 0.5


def _tells(right: float, fails: BoolArray) -> bool:
    """Whether a figure that is right in that share of pairs tells more than chance."""
    return right > max(CHANCE, 0.5 + _SURE * _error_of_chance(fails))


def _error_of_chance(fails: BoolArray) -> float:
    """Standard error of that share for a figure that tells nothing (Hanley & McNeil 1982, The
    meaning and use of the area under a ROC curve, Radiology 143(1), 29-36)."""
    failures = float(fails.sum())
    successes = fails.size - failures
    return math.sqrt((failures + successes + 1.0) / (12.0 * max(failures * successes, 1.0)))


def folds(draws: int) -> IntArray:
    """Which part each draw is in; at random, as in :mod:`simulator.analyses.conditional_mean`."""
    parts: IntArray = np.random.default_rng(_SEED).permutation(draws) % FOLDS
    return parts


def _learnt_elsewhere(stops: FloatArray, saved: FloatArray) -> FloatArray:
    """How likely each draw is stopped by the best threshold of the other parts of the draws."""
    decides, parts = np.empty(saved.size), folds(saved.size)
    for part in range(FOLDS):
        inside = parts == part
        totals = stops[:, ~inside] @ saved[~inside]
        best, always = int(np.argmax(totals)), float(saved[~inside].sum())
        decides[inside] = (
            stops[best, inside] if totals[best] > max(always, 0.0) else float(always > 0.0)
        )
    return decides


class Rule(NamedTuple):
    """What is done after a first stage, by a figure: go back if it is worse than ``back``, go on
    fully if it is not worse than ``on``, stay with the first stage in between."""

    back: float
    """0-1; the end of all thresholds: never, or always."""
    on: float
    stops_below: bool
    """Whether lower readings are the worse ones; else higher."""
    always: int | None
    """0 back, 1 stay, 2 on: what is done whatever it reads, if the rule has only that."""


class Decided(NamedTuple):
    """What deciding by a figure comes to."""

    rule: Rule
    weights: FloatArray
    """How likely each draw is to go back, to stay and to go on, by a rule that was learnt in other
    draws; shape ``(3, draws)``."""
    option: Worth
    """What it brings beyond the best of the three without looking; never less than nothing."""


def decide(reading: Reading, ends: FloatArray) -> Decided:
    """The best rule for a figure; ``ends`` is what going back, staying and going on bring in each
    draw, shape ``(3, draws)``."""
    draws, thresholds = ends.shape[1], steps(reading)
    lower, parts = below(reading, thresholds), folds(ends.shape[1])
    everything = np.ones(draws, dtype=bool)
    rule = _learnt(thresholds, lower, ends, everything)
    weights: FloatArray = np.empty((3, draws))
    for part in range(FOLDS):
        inside = parts == part
        elsewhere = _learnt(thresholds, lower, ends, ~inside)
        weights[:, inside] = _weights(elsewhere, thresholds, lower[:, inside])
    fixed = int(np.argmax(ends.mean(axis=1)))
    option = Worth.of((weights * ends).sum(axis=0) - ends[fixed])
    fails = ends[0] > ends[2]
    blind = 0 < fails.sum() < draws and not _tells(_right(lower, fails)[0], fails)
    if blind or rule.always is not None or option.mean <= precision.NINE_OF_TEN * option.error:
        # What cannot be told from chance is not looked at: then one does as without it.
        weights = np.zeros((3, draws))
        weights[fixed], option = 1.0, Worth(0.0, 0.0)
        rule = rule._replace(always=fixed)
    return Decided(rule, weights, option)


def _learnt(thresholds: FloatArray, lower: FloatArray, ends: FloatArray, inside: BoolArray) -> Rule:
    """The rule that brings most in the draws ``inside``."""
    back, stay, on = ends[:, inside]
    best, best_value = Rule(0.0, 0.0, True, int(np.argmax(ends[:, inside].sum(axis=1)))), -math.inf
    for stops_below in (True, False):
        worse = lower[:, inside] if stops_below else 1.0 - lower[::-1, inside]
        sums = np.vstack([np.zeros((1, worse.shape[1])), worse, np.ones((1, worse.shape[1]))])
        # Means over what is worse than two thresholds, the first not beyond the second.
        first, second = sums @ (back - stay), sums @ (stay - on)
        reached = np.maximum.accumulate(first)
        end = int(np.argmax(reached + second))
        begin = int(np.argmax(first[: end + 1]))
        value = float(first[begin] + second[end])
        if value > best_value:
            sayable = thresholds if stops_below else thresholds[::-1]
            marks = np.concatenate([[-math.inf], sayable, [math.inf]])
            always = _always(begin, end, len(marks) - 1)
            best, best_value = (
                Rule(float(marks[begin]), float(marks[end]), stops_below, always),
                value,
            )
    return best


def _always(begin: int, end: int, last: int) -> int | None:
    """What a rule does whatever the figure reads, if it leaves no choice."""
    if begin == last:
        return 0
    if end == 0:
        return 2
    return 1 if (begin, end) == (0, last) else None


def _weights(rule: Rule, thresholds: FloatArray, lower: FloatArray) -> FloatArray:
    """How likely each draw is to go back, to stay and to go on; shape ``(3, draws)``."""

    def worse(mark: float) -> FloatArray:
        if not math.isfinite(mark):
            return np.full(lower.shape[1], float(mark > 0.0))
        row: FloatArray = lower[int(np.argmin(np.abs(thresholds - mark)))]
        return row if rule.stops_below else 1.0 - row

    if rule.always is not None:
        return np.repeat(np.eye(3)[rule.always][:, None], lower.shape[1], axis=1)
    back, not_on = worse(rule.back), worse(rule.on)
    return np.stack([back, not_on - back, 1.0 - not_on])

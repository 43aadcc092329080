"""Axes in coarse steps, so that two plans can be compared by eye, and the texts of their ticks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from simulator.charts.figure import rounded, rounded_number
from simulator.charts.shown import Shown
from simulator.i18n.language import Language
from simulator.model.register import FloatArray
from simulator.results import OUTCOMES, Unit, units

_HEADROOM = 0.02
"""Of an axis: keeps lines at its ends whole."""
_SCALED_FROM: Mapping[str, float] = {"money": 1e5, "count": 1e6}
"""Ticks that reach this far count millions, where thousands are written in full: by kind of the
unit. Thousands are not counted: nothing but an axis would be read in them."""
_REACHES = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)
_TICK_STEPS = (1.0, 2.0, 5.0, 10.0)
_LEAST_FILLED = 0.02
"""Of an axis that is kept while a lever moves, what must be needed of it."""
_LEAST_REACH = 0.005
"""Of today's value, how far an axis around it goes at least; twice as many points of a share."""
_LEAST_OF_SHARE = 0.05
"""Of today's value of a share, where that is less than those points."""
_BAND_BEYOND = 0.25
"""How far a band may go beyond an axis that is kept, of its length."""
_SHORT_SIDE = 0.2
"""How far an axis goes, relative to its longer side, where little is needed."""


def axis(outcome: str, shown: Shown) -> list[float]:
    """Range of an axis, in coarse steps: around today's value, or from zero.

    Around today, by half a per cent (or a point of a share) at least, as long as all that is shown
    lies within half of today's value; else zero belongs on the axis. While a lever moves it stays
    as it was, as long as all lines lie within and fill a fair part of it.
    """
    kept = shown.within
    if kept is not None and _fits(shown, outcome, *kept):
        return list(kept)
    return axis_for(outcome, shown.values(outcome), float(shown.results.baseline[outcome][1, 0]))


def axis_for(outcome: str, values: FloatArray, today: float) -> list[float]:
    """:func:`axis` for ``values``, of which ``today`` is the first."""
    least, most = float(values.min()), float(values.max())
    share = OUTCOMES[outcome].unit.kind == "share"
    whole = 1.0 if OUTCOMES[outcome].unit is Unit.SHARE else math.inf
    if today > 0.0:
        size, shortest = (today, _LEAST_REACH)
        if share:
            size, shortest = 1.0, min(2 * _LEAST_REACH, _LEAST_OF_SHARE * today)
        reach = size * coarse(max((today - least) / size, (most - today) / size, shortest))
        if reach <= today / 2:
            low, high = _around(today, least, most, reach)
            return _with_room(low, min(high, whole))
    if least >= 0.0 and outcome != "cumulative_value":
        most = max(most, 0.05 if share else 0.0)
        return _with_room(0.0, min(coarse(most) if most > 0.0 else 1.0, whole))
    most_away = max(-least, most)
    return _with_room(*_around(0.0, least, most, coarse(most_away) if most_away > 0.0 else 1.0))


def _fits(shown: Shown, outcome: str, low: float, high: float) -> bool:
    """Whether an axis can be kept while a lever moves: all lines lie on it. A band, whose ends
    fewer draws know less well, may leave it a little: it is cut until the lever stands still."""
    values, room = shown.values(outcome), _BAND_BEYOND * (high - low)
    least, most = float(values.min()), float(values.max())
    medians = shown.medians(outcome)
    return (
        low <= float(medians.min())
        and float(medians.max()) <= high
        and low - room <= least
        and most <= high + room
        and most - least >= _LEAST_FILLED * (high - low)
    )


def _around(centre: float, least: float, most: float, reach: float) -> tuple[float, float]:
    """A range around ``centre``: ``reach`` to its longer side, to the other what that needs."""
    short = _SHORT_SIDE * reach
    needs = (centre - least, most - centre)
    below, above = (max(coarse(need), short) if need > 0.0 else short for need in needs)
    if needs[0] >= needs[1]:
        return centre - max(below, reach), centre + above
    return centre - below, centre + max(above, reach)


def _with_room(low: float, high: float) -> list[float]:
    room = _HEADROOM * (high - low)
    return rounded((low - room, high + room))


def coarse(value: float) -> float:
    """The least coarse step that is not below ``value`` (above 0): 1, 1.5, 2, 3, 5, 7, 10 ..."""
    return _step(value, _REACHES)


def _step(value: float, steps: Sequence[float]) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return next(
        (step * power for step in steps if step * power >= value * (1 - 1e-12)), 10.0 * power
    )


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers from ``low`` to ``high``, ``most`` at most."""
    step = _step((high - low) / most, _TICK_STEPS)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [rounded_number(step * place) for place in range(first, last + 1)]


def tick_scale(values: Sequence[float], outcome: str, language: Language) -> float:
    """What ticks count, 1, a million, a thousand million ...: more than 1 only where thousands are
    written in full and would take too much room."""
    most = max(map(abs, values))
    least = _SCALED_FROM.get(OUTCOMES[outcome].unit.kind, math.inf)
    if not language.thousands_in_full or most < least:
        return 1.0
    return max(1000.0 ** math.floor(math.log10(most) / 3 + 1e-9), 1e6)


def scaled_unit(unit: str, scale: float, language: Language) -> str:
    """The unit of an axis whose ticks count ``scale``, as it is said: ``mln. €``. So no number
    beside it that is written in full can be taken for one of its ticks."""
    if scale == 1.0:
        return unit
    size = language.short(scale).removeprefix("1").strip()
    return language.gettext("{size} {unit}", size=size, unit=unit)


def tick_texts(
    values: Sequence[float], scale: float, outcome: str, language: Language
) -> list[str]:
    """Bare of their currency and ``scale``, which the unit names."""
    step = values[1] - values[0] if len(values) > 1 else 1.0
    if OUTCOMES[outcome].unit.kind == "share":
        return [language.percent(value, decimals=decimals_for(100 * step)) for value in values]
    if language.thousands_in_full:
        return [
            language.number(value / scale, decimals=decimals_for(step / scale)) for value in values
        ]
    # As many figures as it takes to tell them apart.
    every = ([language.short(value, figures=more) for value in values] for more in range(3, 15))
    return next(texts for texts in every if len(set(texts)) == len(texts))


def decimals_for(step: float) -> int:
    """Decimals that numbers a step apart may need."""
    return max(0, 1 - math.floor(math.log10(step)))


def compact(
    value: float, outcome: str, currency: str, language: Language, *, sign: bool = False
) -> str:
    """A value of an outcome, as short as can be: without the time that its unit refers to."""
    unit = OUTCOMES[outcome].unit
    if unit.kind == "share":
        return language.percent(value, decimals=0 if abs(value) >= 0.2 else 1, sign=sign)
    if unit.kind == "money":
        return language.money(value, currency, sign=sign)
    return units.count(value, language, sign=sign)

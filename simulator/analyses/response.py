"""Response curves: what each lever does over its whole range, all others as planned.

A curve is worked out at some stops of the lever, in the first draws of the sequence that all else
is worked out in: fewer than for headlines, since what a lever changes is much more exact than a
level. Where a share of the freed money changes, the other shares keep their proportions. Of sources
that differ a lever shows and does what it does on the page: a share is that of all freed money, and
another one goes for every source; a time is that of the largest source, and another one sets all.

What is said of a curve is read off its median, between two points along a straight line: where it
is best; where half of that is there (*half-saturation*), on the way from doing nothing with the
lever; and from where on it lies below doing nothing. For involvement, nothing is as today; when a
change comes is no lever that can do nothing.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator import engine
from simulator.analyses.base import (
    Analysis,
    Column,
    Command,
    Curve,
    Kind,
    Page,
    Progress,
    Result,
    Row,
    Setting,
    StatedValue,
    Statement,
    unheard,
)
from simulator.analyses.break_even import ABOVE, BELOW
from simulator.analyses.option import Option
from simulator.model.figure_values import NET
from simulator.model.figures import FIGURES
from simulator.model.quantities import (
    INSTRUMENTS,
    SOURCES,
    Organisation,
    Plan,
    Split,
    State,
    Switches,
)
from simulator.model.register import FloatArray
from simulator.results import AT_HORIZON, DEFAULT_DRAWS, OUTCOMES, baseline_plan
from simulator.results.estimate import band
from simulator.results.stages import run_all
from simulator.scenario import Scenario
from simulator.scenario.levers import GROUPS, Lever

DRAWS, POINTS = 128, 9
"""How many draws a curve takes at most, the first of the sequence, and at how many stops it is
worked out; besides them where the lever stands, and where it does nothing."""

VALUE = "net_present_value"
OUTCOMES_SHOWN: Mapping[str, str] = {
    VALUE: FIGURES[VALUE].label,
    **{name: OUTCOMES[name].label for name in AT_HORIZON if name in State._fields},
}
"""What a curve can be of, in the last month, and what it is called."""

HOUR = 60.0
"""Minutes that a curve goes to."""

NOWHERE = "–"
"""What stands for levers that do no harm."""
_LEAST = 0.01
"""Of the band where the lever stands: a median that moves by less is as good as level, in so few
draws."""


@dataclass(frozen=True, slots=True)
class Response:
    """What one lever does to an outcome."""

    lever: Lever
    values: FloatArray
    """Where it was tried, ascending, in its unit, shape ``(points,)``."""
    places: FloatArray
    """The same as shares of the way along its slider, 0-1."""
    bands: FloatArray
    """P10, P50 and P90 of the outcome there, shape ``(3, points)``."""
    now: int
    """The point where it stands."""
    nothing: int | None
    """The point where nothing is done with it."""

    @property
    def median(self) -> FloatArray:
        """Of the outcome, at each point."""
        middle: FloatArray = self.bands[1]
        return middle

    @property
    def is_flat(self) -> bool:
        """Whether it hardly matters."""
        return bool(np.ptp(self.median) <= max(2.0 * self._least, 1e-12))

    @property
    def best(self) -> int:
        """The point with the highest median; of several, the one nearest to where it stands."""
        high = np.flatnonzero(self.median >= self.median.max() - self._least)
        return int(high[np.argmin(np.abs(self.places[high] - self.places[self.now]))])

    @property
    def _least(self) -> float:
        return _LEAST * float(self.bands[2, self.now] - self.bands[0, self.now])

    @property
    def half(self) -> float:
        """Where half of what is best is there, in the lever's unit; ``nan`` if nothing is best."""
        if self.nothing is None or self._gain <= self._least:
            return math.nan
        level = float(self.median[self.nothing]) + self._gain / 2.0
        return self._crossing(self._way(self.nothing, self.best), level, upwards=True)

    @property
    def _gain(self) -> float:
        """How much better the best is than nothing."""
        return (
            0.0 if self.nothing is None else float(np.ptp(self.median[[self.nothing, self.best]]))
        )

    @property
    def harmful(self) -> float:
        """Beyond what, away from nothing, it does harm, in the lever's unit; ``nan`` if nowhere."""
        if self.nothing is None:
            return math.nan
        start = self.best if self.best != self.nothing else self.nothing
        level = float(self.median[self.nothing]) - self._least
        ends = [len(self.places) - 1] if start >= self.nothing else [0]
        if start == self.nothing:
            ends = [len(self.places) - 1, 0]
        crossings = (self._crossing(self._way(start, end), level, upwards=False) for end in ends)
        return next((place for place in crossings if not math.isnan(place)), math.nan)

    @property
    def harms_below(self) -> bool:
        """Whether it does harm below :attr:`harmful`, not above it."""
        return bool(self.harmful < self.values[self.best])

    @staticmethod
    def _way(start: int, end: int) -> range:
        return range(start, end + 1) if end >= start else range(start, end - 1, -1)

    def _crossing(self, way: Sequence[int], level: float, *, upwards: bool) -> float:
        """Where the median first passes ``level`` along a way, in the lever's unit."""
        for before, after in itertools.pairwise(way):
            first, second = float(self.median[before]), float(self.median[after])
            if first != second and (second >= level if upwards else second < level):
                share = min(max((level - first) / (second - first), 0.0), 1.0)
                place = self.places[before] + share * (self.places[after] - self.places[before])
                return float(np.interp(place, self.places, self.values))
        return math.nan

    def sentence(self) -> Statement:
        """What the curve says, to be read aloud."""
        values: dict[str, tuple[Kind, StatedValue]] = {
            "lever": ("text", self.lever.label),
            "now": ("setting", self._at(float(self.values[self.now]))),
            "best": ("setting", self._at(float(self.values[self.best]))),
            "half": ("setting", self._at(self.half)),
            "harmful": ("setting", self._at(self.harmful)),
        }
        if self.is_flat:
            return Statement("{lever}, now {now}: hardly matters, wherever it is set.", values)
        if self.nothing is None:
            return Statement("{lever}, now {now}: best at {best}.", values)
        if self.best == self.nothing:
            return Statement(
                "{lever}, now {now}: best at {best}, where nothing is done with it.", values
            )
        if math.isnan(self.half):
            if math.isnan(self.harmful):
                return Statement(
                    "{lever}, now {now}: best at {best}, hardly better than doing nothing.", values
                )
            if self.harms_below:
                return Statement(
                    "{lever}, now {now}: best at {best}, hardly better than doing nothing, and "
                    "below {harmful} it does harm.",
                    values,
                )
            return Statement(
                "{lever}, now {now}: best at {best}, hardly better than doing nothing, and above "
                "{harmful} it does harm.",
                values,
            )
        if math.isnan(self.harmful):
            return Statement(
                "{lever}, now {now}: best at {best}, half of the gain is there at {half}, and "
                "nothing in its range does harm.",
                values,
            )
        if self.harms_below:
            return Statement(
                "{lever}, now {now}: best at {best}, half of the gain is there at {half}, and "
                "below {harmful} it does harm.",
                values,
            )
        return Statement(
            "{lever}, now {now}: best at {best}, half of the gain is there at {half}, and above "
            "{harmful} it does harm.",
            values,
        )

    def _at(self, value: float) -> Setting:
        return Setting(value, self.lever.path)

    def as_curve(self, outcome: str) -> Curve:
        """The same as what is drawn."""
        marks = {"now": self.places[self.now]}
        if not self.is_flat:
            marks["best"] = self.places[self.best]
            for name, value in (("half", self.half), ("harmful", self.harmful)):
                if not math.isnan(value):
                    marks[name] = np.interp(value, self.values, self.places)
        return Curve(
            id=self.lever.path,
            label=self.lever.label,
            outcome=outcome,
            places=self.places,
            values=self.values,
            bands=self.bands,
            nothing=None if self.nothing is None else float(self.median[self.nothing]),
            marks={name: float(place) for name, place in marks.items()},
            ends=(self._at(float(self.values[0])), self._at(float(self.values[-1]))),
            sentence=self.sentence(),
        )


@dataclass(frozen=True, slots=True)
class Responses(Result):
    """What every lever does."""

    columns = (
        Column("lever", "Lever", "text"),
        Column("now", "Now", "setting"),
        Column("best", "Best", "setting"),
        Column("half", "Half of the gain at", "setting", "Half at"),
        Column("side", "Does harm", "text", "Does\nharm"),
        Column("harmful", "Harm begins at", "setting", "Begins\nat"),
    )

    labels = (ABOVE, BELOW, NOWHERE)

    outcome: str
    """Of :data:`OUTCOMES_SHOWN`."""
    responses: Sequence[Response]
    draws: int

    def rows(self) -> tuple[Row, ...]:
        """A lever a row."""
        return tuple(
            Row(response.lever.path, dict(self._cells(response))) for response in self.responses
        )

    @staticmethod
    def _cells(response: Response) -> Iterator[tuple[str, str | Setting]]:
        yield "lever", response.lever.label
        numbers = {
            "now": float(response.values[response.now]),
            "best": math.nan if response.is_flat else float(response.values[response.best]),
            "half": math.nan if response.is_flat else response.half,
            "harmful": math.nan if response.is_flat else response.harmful,
        }
        for name, value in numbers.items():
            if name == "harmful":
                side = BELOW if response.harms_below else ABOVE
                yield "side", NOWHERE if math.isnan(value) else side
            yield name, Setting(value, response.lever.path)

    def statements(self) -> tuple[Statement, ...]:
        """In how many draws the curves are worked out."""
        return (
            Statement(
                "Worked out in the first {draws} of the cases.",
                {"draws": ("count", self.draws)},
            ),
        )

    def curves(self) -> tuple[Curve, ...]:
        """A lever a curve."""
        return tuple(response.as_curve(self.outcome) for response in self.responses)

    def as_dict(self) -> dict[str, Any]:
        """By lever: what the table has, and the curve: ``values``, ``p10``, ``p50``, ``p90``."""
        rows = super(Responses, self).as_dict()
        for response in self.responses:
            lines = dict(zip(("p10", "p50", "p90"), response.bands.tolist(), strict=True))
            rows[response.lever.path] |= {"values": response.values.tolist(), **lines}
        return rows


# --- working it out ------------------------------------------------------------------------------


def response(
    scenario: Scenario,
    draws: int = DEFAULT_DRAWS,
    *,
    progress: Progress = unheard,
    outcome: str = VALUE,
) -> Responses:
    """What each lever does to ``outcome`` in the last month, in at most :data:`DRAWS` draws."""
    size = min(draws, DRAWS)
    values = engine.draw(draws, scenario.seed, scenario.ranges())[:, :size]
    organisation, plan = scenario.organisation_quantities(), scenario.plan_quantities()
    levers = [lever for group in GROUPS.values() for lever in group.levers]

    def outcomes(plans: Sequence[Plan]) -> FloatArray:
        jobs = [
            engine.Job(
                organisation,
                each,
                Switches(1.0, 1.0),
                values,
                scenario.horizon_months,
                record_outcomes=False,
            )
            for each in plans
        ]
        row = NET if outcome == VALUE else outcome
        return np.stack([run.final(row) for run in run_all(scenario, jobs)])

    base = outcomes([baseline_plan(organisation)])[0] if outcome == VALUE else 0.0
    responses = []
    for done, lever in enumerate(levers, 1):
        now, nothing = setting(lever, plan, organisation), _nothing(lever, organisation)
        tried = _tried(lever, scenario.horizon_months, now, nothing)
        plans = [with_setting(lever, plan, organisation, float(value)) for value in tried]
        bands = band((outcomes(plans) - base).T)
        responses.append(_response(lever, tried, bands, now, nothing, scenario.horizon_months))
        progress(done, len(levers))
    return Responses(outcome, responses, size)


def _response(
    lever: Lever,
    tried: FloatArray,
    bands: FloatArray,
    now: float,
    nothing: float | None,
    months: int,
) -> Response:
    stops = _stops(lever, months, now)
    places = np.interp(tried, stops, np.linspace(0.0, 1.0, stops.size))
    return Response(
        lever,
        tried,
        places,
        bands,
        int(np.argmin(np.abs(tried - now))),
        None if nothing is None else int(np.argmin(np.abs(tried - nothing))),
    )


def _stops(lever: Lever, months: int, now: float) -> FloatArray:
    """Those of its slider, but for starts later than the horizon and minutes beyond an hour, unless
    it stands there: few look at them, and they would hide all others."""
    stops: FloatArray = np.array(lever.stops)
    most = {"start_month": float(months), "minutes_per_day": HOUR}.get(lever.id, stops[-1])
    within: FloatArray = stops[stops <= max(most, now)]
    return within


def _tried(lever: Lever, months: int, now: float, nothing: float | None) -> FloatArray:
    stops = _stops(lever, months, now)
    some = stops[np.linspace(0, stops.size - 1, POINTS).round().astype(int)]
    own = [value for value in (now, nothing) if value is not None]
    return np.unique(np.clip([*some.tolist(), *own], stops[0], stops[-1]))


def _nothing(lever: Lever, organisation: Organisation) -> float | None:
    """Where nothing is done with a lever; none for when things happen."""
    if lever.path.startswith("plan.involvement.") and lever in GROUPS["involve"].levers:
        return float(getattr(organisation.involvement, lever.id))
    return None if lever in GROUPS["when"].levers else 0.0


def setting(lever: Lever, plan: Plan, organisation: Organisation) -> float:
    """Where a lever stands, in its unit; of one for all sources, as the page shows it where they
    differ: the share of all freed money, and the time of the source that frees most."""
    _, owner, *rest = lever.path.split(".")
    if owner == "involvement":
        name = lever.id if lever in GROUPS["involve"].levers else f"involvement_{lever.id}"
        return float(getattr(plan if name != lever.id else plan.involvement, name))
    if owner in SOURCES:
        return float(getattr(plan, owner).share_moved)
    if owner == "split":
        return float(getattr(_common_split(plan, organisation), rest[0]))
    money = _freed(plan, organisation)
    return float(getattr(getattr(plan, max(SOURCES, key=lambda name: money[name])), lever.id))


def with_setting(lever: Lever, plan: Plan, organisation: Organisation, value: float) -> Plan:
    """The plan with one lever elsewhere; the plan itself where the lever stands there."""
    if value == setting(lever, plan, organisation):
        return plan
    _, owner, *_rest = lever.path.split(".")
    if owner == "involvement":
        if lever in GROUPS["when"].levers:
            timed: dict[str, Any] = {f"involvement_{lever.id}": value}
            return plan._replace(**timed)
        return plan._replace(involvement=plan.involvement._replace(**{lever.id: value}))
    if owner in SOURCES:
        shifted: dict[str, Any] = {owner: getattr(plan, owner)._replace(share_moved=value)}
        return plan._replace(**shifted)
    changed: dict[str, Any] = (
        {"split": _with_share(_common_split(plan, organisation), lever.id, value)}
        if owner == "split"
        else {lever.id: value}
    )
    return plan.with_shifts(lambda shift: shift._replace(**changed))


def _freed(plan: Plan, organisation: Organisation) -> dict[str, float]:
    """Money taken from each source in the end, currency per year."""
    return {
        name: getattr(plan, name).share_moved * getattr(organisation.budgets, name)
        for name in SOURCES
    }


def _common_split(plan: Plan, organisation: Organisation) -> Split:
    """What each line gets of all freed money; where none is, the split of the first source."""
    money = _freed(plan, organisation)
    splits = {name: getattr(plan, name).split for name in SOURCES}
    first, *rest = splits.values()
    total = sum(money.values())
    if total <= 0.0 or all(split == first for split in rest):
        return Split(*first)
    return Split(
        *(
            sum(money[name] * getattr(splits[name], line) for name in SOURCES) / total
            for line in Split._fields
        )
    )


def _with_share(split: Split, line: str, value: float) -> Split:
    """A split with one share elsewhere: the others keep their proportions; where there are none,
    what is left is saved, or what is no longer saved goes to all instruments alike."""
    rest = {name: share for name, share in split._asdict().items() if name != line}
    left, together = 1.0 - value, sum(rest.values())
    if together > 0.0:
        shares = {name: left * share / together for name, share in rest.items()}
    elif line == "savings":
        shares = dict.fromkeys(INSTRUMENTS, left / len(INSTRUMENTS))
    else:
        shares = {**dict.fromkeys(rest, 0.0), "savings": left}
    return Split(**{line: value, **shares})


ANALYSIS = Analysis(
    "response",
    response,
    Responses,
    (
        Option(
            "outcome",
            "Outcome in the last month",
            "what the curves are of",
            VALUE,
            choices=OUTCOMES_SHOWN,
        ),
    ),
    command=Command(
        flag="response",
        help="also tell what each lever does over its range: where it is best, half-saturated and "
        "harmful (text and json)",
        lead="Each lever over its range, all others as planned; by the median. A share of the "
        "split that grows takes from all others in proportion.",
        nothing="There are no levers.",
    ),
    page=Page(
        place=14,
        label="What each lever does over its range",
        lead="One lever at a time, all others as planned. Shares of the split always add up: one "
        "that grows takes from all others in proportion, savings as well, and one that shrinks "
        "gives to them. (“What each instrument does” saves the money of what is dropped.) The line "
        "is the middle of all cases, the band holds eight of ten; the dashed line is what doing "
        "nothing with that lever comes to. Click a curve to enlarge it.",
        nothing="There are no levers.",
    ),
)
"""The curves of all levers."""

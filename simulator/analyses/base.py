"""What an analysis is: what it is called, what it can be asked, and what it finds.

An analysis is one module beside this one that has an ``ANALYSIS``, an :class:`Analysis`, and so is
in :data:`simulator.analyses.ANALYSES`. The command line, the route, the page and the catalogues of
texts go through that; they name none. What only it needs and takes long to import, its ``run``
imports.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

from simulator.analyses.option import Option
from simulator.errors import Message, Problem, ScenarioError, exact, shorten
from simulator.i18n.language import N_
from simulator.model.figures import FIGURES, Verbs
from simulator.model.register import FloatArray
from simulator.results import Estimate, precision
from simulator.scenario import Scenario, StagesInput

if TYPE_CHECKING:
    import pandas as pd


class Cancelled(Exception):
    """Nobody waits for the result any more: raised by a :class:`Progress`, passed on by a run."""


class Progress(Protocol):
    """Hears how far an analysis is, and may end it."""

    def __call__(self, done: int, total: int) -> None:
        """``done`` of ``total`` steps are done, all of about the same length. Raises
        :class:`Cancelled` to end the run."""


def unheard(done: int, total: int) -> None:
    """The :class:`Progress` of those who do not ask."""


# --- what it finds -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Assumed:
    """A value of an assumption, in its unit."""

    value: float
    assumption: str
    """Its id."""
    error: float = 0.0
    """Standard error, in its unit, where draws can only estimate it."""

    @property
    def shown(self) -> float:
        """As it is read: no further than the digit that its error supports."""
        return precision.shown_value(self.value, self.error, is_middle=False)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a lever is set, in its unit; ``nan`` for nowhere."""

    value: float
    lever: str
    """Its path."""


Cell = str | float | Estimate | Assumed | Setting
"""A text of ours (data, to be translated), a number, an estimate, or a value of an assumption or a
lever."""

Kind = Literal[
    "text",
    "money",
    "share",
    "percent",
    "per_hundred",
    "chance",
    "count",
    "number",
    "assumed",
    "setting",
]
"""``text``; currency; a share (0-1), to a tenth of a per cent, to whole per cents, or as so many of
100 without a word for it; the share of the draws (0-1) in which something holds; a whole number; a
plain number; a value of an assumption, or of a lever."""


class AverageOfValue(Protocol):
    """An average of the value that can be told beside the headline
    (:class:`simulator.analyses.average.Average`)."""

    def beside_headline(self, middle: float | None = None) -> Statement:
        """Why it is not the headline, and what that is."""


class Measured(float):
    """An amount that draws can only estimate: where it is read, it ends with the digit that its
    standard error supports (:mod:`simulator.results.precision`). As a number it is exact."""

    error: float
    """Standard error, in its unit."""
    in_sum: float | None
    """As it is read beside others that it adds up with; none where it stands by itself."""
    within: float
    """Where it cannot be told from zero: what it is less than, either way, which is read in its
    place; else 0."""

    def __new__(
        cls, value: float, error: float, in_sum: float | None = None, within: float = 0.0
    ) -> Measured:
        number = super().__new__(cls, value)
        number.error, number.in_sum, number.within = error, in_sum, within
        return number

    @classmethod
    def mean(cls, values: FloatArray) -> Measured:
        """The mean of ``values``, shape ``(draws,)``; of one draw without an error."""
        error = float(values.std(ddof=1)) / math.sqrt(values.size) if values.size > 1 else 0.0
        return cls(float(values.mean()), error)

    @property
    def shown(self) -> float:
        """As it is read."""
        if self.in_sum is not None:
            return self.in_sum
        return precision.shown_value(float(self), self.error)

    def above(self, other: Measured, error: float) -> Measured:
        """What it is above ``other``, as both are read; ``error``: that of the difference, whose
        digits it has where the two read alike, or the other way round."""
        exact = float(self) - float(other)
        read = self.shown - other.shown
        return Measured(exact, error, read if read * exact > 0.0 else None)

    def or_nothing(self) -> Measured:
        """The same, to be read beside its error: as nothing where it is less than half of the last
        digit that its draws support."""
        place = precision.digit_of_middle(self.error)
        is_nothing = place is not None and abs(self) < 0.5 * 10.0**place
        return Measured(self, self.error, 0.0) if is_nothing else self

    def or_within(self) -> Measured:
        """The same, to be read as less than so much either way unless it is told from zero."""
        if self.is_told or not self.error:
            return self
        return Measured(
            self, self.error, 0.0, bound(abs(self) + precision.NINE_OF_TEN * self.error)
        )

    @property
    def is_told(self) -> bool:
        """Whether it is further from zero than chance takes it nine times in ten."""
        return abs(self) > precision.NINE_OF_TEN * self.error

    @property
    def give_or_take(self) -> float:
        """Its error, as it can be told beside it."""
        place = precision.digit(self.error)
        return self.error if place is None else max(round(self.error, -place), 10.0**place)


def bound(amount: float) -> float:
    """What ``amount``, which is above zero, is at most, in one figure."""
    step = 10.0 ** math.floor(math.log10(amount))
    return math.ceil(amount / step * (1.0 - 1e-9)) * step


WITHIN = N_("less than {amount} either way")
"""In the place of an amount that cannot be told from zero."""


@dataclass(frozen=True, slots=True)
class Ends:
    """What the three numbers of an estimate are: its low end, its middle and its high end."""

    keys: tuple[str, str, str]
    """In JSON; in a frame they follow the column's id, as they are called on the command line."""
    headings: tuple[str, str, str]
    """On the command line."""


OVER_DRAWS = Ends(("p10", "p50", "p90"), ("P10", "P50", "P90"))
"""Quantiles over the draws."""
INTERVAL = Ends(("p5", "estimate", "p95"), ("P5", "best", "P95"))
"""A number that draws can only estimate, and the interval in which it lies nine times in ten."""


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of one column are."""

    id: str
    """Its key in :meth:`Result.as_dict`."""
    label: str
    """Its heading on the page, to be translated."""
    kind: Kind
    heading: str = ""
    """Its heading on the command line, where columns are narrow: at most two lines, ``{currency}``
    is filled in. The label if there is none."""
    range_label: str = ""
    """Of a column of estimates, which must have one: the heading of the range beside the middle, to
    be translated."""
    verbs: Verbs | None = None
    """Of a column of estimates of money: the words for its sign."""
    ends: Ends = OVER_DRAWS
    """Of a column of estimates."""
    is_bar: bool = False
    """Whether the page draws it as bars, too: shares as parts of one, money by the largest."""
    bar_from: str = ""
    """Of a column that is drawn: the column in which bars begin; at zero if there is none."""
    is_stacked: bool = False
    """Of a column of estimates that is drawn: whether bars begin where the one above ends, as in a
    waterfall, with a line from one end of the estimate to the other. The last row is the whole."""
    is_long: bool = False
    """Whether its texts are too long for the command line, which leaves it out."""

    def texts(self) -> Iterator[str]:
        """What is to be translated."""
        yield self.label
        if self.range_label:
            yield self.range_label
        if self.verbs:
            yield from (self.verbs.above, self.verbs.below, self.verbs.across)


VALUE = Column(
    "net_present_value",
    FIGURES["net_present_value"].label,
    "money",
    "Value",
    range_label="Eight of ten cases",
    verbs=Verbs("{amount} more", "{amount} less", "{low} less to {high} more"),
)
"""The value of a plan against carrying on, in tables whose rows are plans or worlds."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of what an analysis finds."""

    id: str
    cells: Mapping[str, Cell]
    """By the id of their column; the first column is a text that says what the row is about."""
    assumption: str = ""
    """The assumption, by id, by which what the row is about can be changed, if there is one."""
    verbs: Mapping[str, Verbs] = field(default_factory=dict)
    """By the id of a column: the words for the sign there, where they are not the column's."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with numbers or texts of ours in it, which are written as in a cell of their kind.

    The template is written out where the statement is made: there it is found by what extracts the
    texts to translate (:mod:`simulator.i18n.extract`).
    """

    template: str
    values: Mapping[str, tuple[Kind, StatedValue]]
    plural: str = ""
    """What stands instead of the template unless ``number`` of the values is one; empty where that
    makes no difference."""


def counted(
    singular: str, plural: str, number: float, **values: tuple[Kind, StatedValue]
) -> Statement:
    """A sentence in the form for ``number``, which stands in it by that name."""
    return Statement(singular, {"number": ("count", number), **values}, plural)


StatedValue = float | str | Assumed | Setting | tuple[Statement, ...]
"""What may stand in a sentence; several clauses are joined by commas and "and"."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One way in which a plan goes on."""

    label: str
    """To be translated."""
    values: Sequence[float]
    """Mean value against carrying on so far, currency, by month from today on."""
    end: Measured
    """The last of them, as it is read wherever it stands."""


@dataclass(frozen=True, slots=True)
class Branches:
    """Ways that part in one month, for a chart."""

    month: int
    """In which they part."""
    lines: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """What an outcome does over the range of a lever, to be drawn."""

    id: str
    label: str
    """A message to be translated."""
    outcome: str
    """Its id in the catalogue of outcomes or that of figures."""
    places: FloatArray
    """Of its points along the range, 0-1, ascending, shape ``(points,)``."""
    values: FloatArray
    """Where the lever is set there, in its unit, shape ``(points,)``."""
    bands: FloatArray
    """P10, P50 and P90 of the outcome there, shape ``(3, points)``."""
    nothing: float | None
    """Of the outcome where nothing is done with the lever."""
    marks: Mapping[str, float]
    """Places by name: ``now``, ``best``, ``half``, ``harmful``."""
    ends: tuple[Setting, Setting]
    """Of the range."""
    sentence: Statement


@dataclass(frozen=True, slots=True)
class Plane:
    """Where two assumptions together give another answer, to be drawn as a square: its sides are
    the draws of each, by their share below, so that an area is how often both lie there."""

    id: str
    first: str
    """The assumption to the right, by id."""
    second: str
    """The assumption upwards, by id."""
    places: Sequence[float]
    """Shares of the first's draws, ascending, 0-1."""
    between: Sequence[tuple[float, float]]
    """At each of these, between which shares of the second's draws the answer is another one."""
    first_ends: tuple[Assumed, Assumed]
    """Of the first at its 10 % and 90 % points; with"""
    second_ends: tuple[Assumed, Assumed]
    """those of the second."""


class Result(ABC):
    """What an analysis finds: a table for people, and JSON for programs."""

    columns: ClassVar[tuple[Column, ...]]
    """The same whatever is found, however it is asked."""
    labels: ClassVar[tuple[str, ...]] = ()
    """Texts that cells may hold and that nothing else has to be translated."""

    @abstractmethod
    def rows(self) -> Sequence[Row]:
        """The table, a cell for each of :attr:`columns`; may be empty."""

    def statements(self) -> Sequence[Statement]:
        """What it comes to, in a sentence or two above the table."""
        return ()

    def untold(self) -> Statement | None:
        """What cannot be told at all, which is said before everything else; none as a rule."""
        return None

    def averaged(self) -> AverageOfValue | None:
        """The value of the plan on average, where amounts here are averages and not, as the
        headline is, the middle of all cases."""
        return None

    def said(self, middle: float | None = None) -> Sequence[Statement]:
        """:meth:`statements`, and before them what cannot be told, and why averages are not the
        headline, where amounts are averages; ``middle``: the headline's, currency, where it stands
        on other draws."""
        statements, average, untold = self.statements(), self.averaged(), self.untold()
        first = () if untold is None else (untold,)
        if average is None or not (statements or first):
            return (*first, *statements)
        return (*first, average.beside_headline(middle), *statements)

    def chart(self) -> Branches | None:
        """What the page draws above the table, if anything."""
        return None

    def curves(self) -> Sequence[Curve]:
        """What the page draws, one by one, above the table; none if it has no curves."""
        return ()

    def planes(self) -> Sequence[Plane]:
        """The same of pairs of assumptions."""
        return ()

    def adopted(self) -> StagesInput | None:
        """The stages of a plan that does as it says; none if it says nothing of that kind."""
        return None

    def before_adopting(self) -> Statement | None:
        """What to know at the offer of :meth:`adopted`, or why there is none; none where there is
        nothing to know."""
        return None

    def as_dict(self) -> dict[str, Any]:
        """By the id of the row and of the column, in JSON's own types; without texts, which are for
        people. Estimates by the keys of their :class:`Ends`; ``None`` for what is not finite."""
        return {
            row.id: {
                column.id: _as_json(row.cells[column.id], column.ends)
                for column in self.columns
                if column.kind != "text"
            }
            for row in self.rows()
        }

    def frame(self) -> pd.DataFrame:
        """The table in English, a row a line: its ``id``, and a column for each of :attr:`columns`,
        three for one of estimates (``<id>_P10``, ``_P50``, ``_P90``, or what its ends are)."""
        from simulator.notebook import frames

        return frames.analysis_frame(self)


def plain(cell: float | str | Assumed | Setting) -> float | str:
    """A cell that is no estimate, as a number or a text."""
    return cell.value if isinstance(cell, Assumed | Setting) else cell


def _as_json(cell: Cell, ends: Ends = OVER_DRAWS) -> Any:
    if isinstance(cell, Estimate):
        parts = (cell.low, cell.central, cell.high)
        return {key: _as_json(part) for key, part in zip(ends.keys, parts, strict=True)}
    value = plain(cell)
    return None if isinstance(value, float) and not math.isfinite(value) else value


# --- what it is called ---------------------------------------------------------------------------


Run = Callable[..., Result]
"""Does the work of an analysis: ``run(scenario, draws, *, progress, **options)``, with a checked
value for each :class:`Option`. Calls ``progress`` (a :class:`Progress`) after each of its steps,
and lets what that raises pass."""


@dataclass(frozen=True, slots=True)
class Command:
    """How an analysis is asked for on the command line: an option of ``run``. In English alone."""

    flag: str
    """The option without its dashes, and its key in the JSON output."""
    help: str
    """What it adds, in a line of the help: lower case, no full stop."""
    lead: str
    """What stands above the table."""
    nothing: str
    """What stands instead of a table without rows."""


@dataclass(frozen=True, slots=True)
class Page:
    """How an analysis is shown on the page. All texts are translated."""

    label: str
    """What the button and the dialog say."""
    lead: str
    """What stands above the table."""
    nothing: str
    """What stands instead of a table without rows."""
    room: Literal["simulate", "assumptions"] = "simulate"
    """Where: on the Simulate page, a button below the charts and a dialog; on the Assumptions page,
    a part of it that is worked out once the page is there."""
    key: str = ""
    """The single key that opens it; none where empty."""
    place: int = 100
    """Where it stands in the list: why (10 to 19), how sure (20 to 29), what would have to be true
    (30 to 39), what else and how to begin (40 to 59); what names none comes last."""

    def texts(self) -> Iterator[str]:
        """What is to be translated."""
        yield from (self.label, self.lead, self.nothing)


@dataclass(frozen=True, slots=True)
class Analysis:
    """Something to be found out about one scenario."""

    id: str
    """That of its module."""
    run_checked: Run
    """Does the work; :meth:`run` is what others call."""
    result: type[Result]
    """What it finds."""
    options: tuple[Option, ...] = ()
    command: Command | None = None
    """None: not on the command line."""
    page: Page | None = None
    """None: on no page."""
    in_pieces: bool = False
    """Whether its runs are made piece by piece in :mod:`simulator.analyses.held`, so that a cluster
    can have them (:mod:`simulator.analyses.cluster`)."""
    first_draws: int = 0
    """Of those that take seconds: in how many draws there is a first picture in half of one."""

    def run(
        self,
        scenario: Scenario,
        draws: int,
        *,
        progress: Progress = unheard,
        **options: Any,
    ) -> Result:
        """What it finds for ``scenario`` in so many draws of the assumptions.

        Options that are left out are as in the plan's stages, or have their defaults.

        Raises:
            ScenarioError: an option that it does not have, or with a value that is not allowed.
            Cancelled: ``progress`` did.
        """
        return self.run_checked(
            scenario, draws, progress=progress, **self.checked(options, scenario)
        )

    def checked(self, options: Mapping[str, object], scenario: Scenario) -> dict[str, Any]:
        """A value for each of :attr:`options`, to be asked of ``scenario``. Raises
        ``ScenarioError`` with all that is wrong."""
        known = {option.id: option for option in self.options}
        problems = [
            Problem(
                shorten(name),
                Message("an unknown key"),
                exact(", ".join(known)) if known else Message("none at all"),
            )
            for name in options
            if name not in known
        ]
        values: dict[str, Any] = {}
        for name, option in known.items():
            try:
                values[name] = option.checked(options.get(name, option.start(scenario.plan.stages)))
            except ScenarioError as error:
                problems += error.problems
        if problems:
            raise ScenarioError(problems)
        return values

    def texts(self) -> Iterator[str]:
        """What the page says of it, to be translated; none if it is not there."""
        if self.page is None:
            return
        yield from self.page.texts()
        yield from self.result.labels
        for column in self.result.columns:
            yield from column.texts()
        for option in self.options:
            yield from (option.label, *option.choices.values())

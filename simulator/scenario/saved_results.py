"""Saved results as scenario files hold them: the headline figures, each as its row says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import Field, SerializerFunctionWrapHandler, create_model, model_validator
from pydantic import model_serializer as serializer

from simulator.errors import exact
from simulator.model.figures import FIGURES, Figure
from simulator.scenario.fields import (
    MODEL_VERSION_PATTERN,
    Input,
    figure,
    quantity,
    wrong_value,
)
from simulator.scenario.overrides import RANGE_ORDER

IN_EVERY_FILE = frozenset(
    {
        "net_present_value",
        "probability_better",
        "worst_case",
        "payback_month",
        "probability_payback",
        "roi",
        "return_on_involvement",
        "return_on_ignoring",
        "cost_of_waiting",
    }
)
"""The figures that results had when version 2 of the format was made. Those that came later may be
missing, so that every file of that version can still be read."""


class EstimateInput(Input):
    """A result over the draws. Null means never, or that it is not defined."""

    low: Annotated[float | None, Field(description="P10 (the result's unit).")]
    central: Annotated[float | None, Field(description="P50, the median (the result's unit).")]
    high: Annotated[float | None, Field(description="P90 (the result's unit).")]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        known = [end for end in (self.low, self.central, self.high) if end is not None]
        if known != sorted(known):
            low, central, high = _end(self.low), _end(self.central), _end(self.high)
            raise wrong_value(exact(f"low {low}, central {central}, high {high}"), RANGE_ORDER)
        return self


def _end(value: float | None) -> str:
    return "null" if value is None else f"{value:.10g}"


SavedFigure = EstimateInput | float | None
"""A figure of results; ``None``, or an end that is ``None``, is never or not defined. ``None`` as
well where the file is older than the figure."""


class _Results(Input):
    """What a scenario came to when it was saved, and by which model.

    A memory, to tell then from now: nothing is ever simulated from it. Figures are those of
    :class:`simulator.results.Headline`; :mod:`simulator.results.saved` writes and compares them.
    """

    model_version: Annotated[
        str,
        Field(pattern=MODEL_VERSION_PATTERN, description="Version of the model, such as 1.0.0."),
    ]
    draws: Annotated[int, quantity("Draws of the assumptions", "number", 1, 1_000_000)]

    def __getitem__(self, figure: str) -> SavedFigure:
        """A figure by its id in :data:`simulator.results.FIGURES`. Raises ``KeyError`` for one that
        does not exist."""
        if figure not in FIGURES:
            raise KeyError(figure)
        saved: SavedFigure = getattr(self, figure)
        return saved

    @serializer(mode="wrap")
    def _without_unknown(self, written: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A figure that was not known when the file was written stays out of it."""
        content: Mapping[str, Any] = written(self)
        return {name: value for name, value in content.items() if name in self.model_fields_set}


def _field(row: Figure) -> tuple[object, object]:
    """Type and default of the field for a figure, as pydantic takes them."""
    kind: Any
    if row.in_draws:
        kind, field = EstimateInput, figure(row.meaning, row.unit)
    elif row.kind == "share":
        kind, field = float | None, quantity(row.meaning, "share of draws", 0, 1)
    else:
        kind, field = float, figure(row.meaning, row.unit)
    default = ... if row.id in IN_EVERY_FILE else Field(default_factory=lambda: None)
    return Annotated[kind, field], default


def results_model(figures: Iterable[Figure]) -> type[_Results]:
    """The model of results with these figures; one that is not in :data:`IN_EVERY_FILE` may be
    missing in a file, and is then not written either."""
    fields: dict[str, Any] = {row.id: _field(row) for row in figures}
    return create_model(
        "ResultsInput",
        __base__=_Results,
        __doc__=_Results.__doc__,
        __module__=__name__,
        **fields,
    )


if TYPE_CHECKING:

    class ResultsInput(_Results):
        """What a scenario came to: a field for each of :data:`simulator.results.FIGURES`."""

        def __init__(self, *, model_version: str, draws: int, **figures: SavedFigure) -> None: ...

        def __getattr__(self, figure: str) -> Any: ...

else:
    ResultsInput = results_model(FIGURES.values())

"""The published cases, read from ``cases/*.json``: one file a case, in the order of their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from simulator import scenario
from simulator.scenario import Scenario
from simulator.validation.quantities import QUANTITIES

FOLDER = Path(__file__).resolve().parent
SCENARIOS = FOLDER / "scenarios"

Share = Annotated[float, Field(ge=0.0, le=10.0)]
"""A share of 1, or a ratio to what it was before; both are shown in per cent."""


class Reading(StrEnum):
    """How much of a source was read for the figures that are taken from it."""

    WHOLE = "whole"
    OPENING = "opening"
    ABSTRACT = "abstract"
    SUMMARY = "summary"
    NOTED = "noted"
    """Read earlier; not read again."""
    MEMORY = "memory"

    @property
    def words(self) -> str:
        """A message."""
        return _READINGS[self]


_READINGS: Mapping[Reading, str] = {
    Reading.WHOLE: "read",
    Reading.OPENING: "the beginning read",
    Reading.ABSTRACT: "abstract read",
    Reading.SUMMARY: "read in a summary",
    Reading.NOTED: "noted when it was read earlier, not read again",
    Reading.MEMORY: "remembered, not read",
}


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Row):
    """Where a published figure stands."""

    citation: str
    address: str
    """Empty where there is none."""
    read: Reading


class Entered(_Row):
    """Something that the organisation enters."""

    text: str
    basis: Literal["published", "guess"]


class Comparison(_Row):
    """A published figure, and what of the model is compared with it."""

    id: str
    label: str
    """What it is, in words."""
    reported: str
    """What the source says, in our words."""
    kind: Literal["share", "ratio"]
    """A ratio is relative to what it was before, or to others. Outcomes of the same kind can be
    exchanged between cases."""
    published: Share | None
    """``None``: only a direction was published."""
    published_low: Share | None
    published_high: Share | None
    year: int | None
    """``None``: not dated."""
    grade: Literal["A", "B", "C", "D", "E"]
    """Of the evidence, as in the register."""
    source: int
    """Position among the case's sources."""
    in_register: bool
    """Whether the figure stands among the sources or notes of the register, so that agreeing with
    it says less."""
    quantity: str | None
    """Id of one of :data:`QUANTITIES`; ``None``: the model has no such quantity."""
    scenario: str | None
    """File of what is entered, in ``scenarios/``, without ending."""
    month: int | None
    widest: float | None
    """The widest P5 to P95 that may pass, stated before the model was run."""
    why_widest: str
    if_missed: str
    """What it means for the use of the model if it does not agree."""
    not_comparable: str
    """Why it cannot be compared; empty if it can."""

    @property
    def comparable(self) -> bool:
        """Whether the model has such a quantity."""
        return self.quantity is not None

    @property
    def nothing(self) -> float:
        """What the figure would be if nothing had happened."""
        return 1.0 if self.kind == "ratio" else 0.0

    @model_validator(mode="after")
    def _whole(self) -> Self:
        stated = (self.published, self.scenario, self.month, self.widest)
        if self.comparable:
            if None in stated or not self.if_missed or self.not_comparable:
                raise ValueError(f"{self.id}: what is compared needs a figure, inputs and a width")
            if self.quantity not in QUANTITIES:
                raise ValueError(f"{self.id}: no quantity of the name {self.quantity}")
        elif not self.not_comparable:
            raise ValueError(f"{self.id}: what is not compared needs its reason")
        return self


class Case(_Row):
    """What happened to an organisation."""

    id: str
    title: str
    happened: str
    inputs: tuple[Entered, ...]
    """What was entered, in words; all of it stands in the scenarios."""
    sources: tuple[Source, ...]
    comparisons: tuple[Comparison, ...]

    @model_validator(mode="after")
    def _sources_exist(self) -> Self:
        for comparison in self.comparisons:
            if not 0 <= comparison.source < len(self.sources):
                raise ValueError(f"{comparison.id}: no source {comparison.source}")
        return self


def entered(name: str) -> Scenario:
    """What was entered, by the name of its file. Raises ``ScenarioError``."""
    return scenario.load(SCENARIOS / f"{name}.json")


def _read() -> tuple[Case, ...]:
    files = sorted((FOLDER / "cases").glob("*.json"))
    return tuple(Case.model_validate_json(file.read_bytes(), strict=False) for file in files)


CASES: tuple[Case, ...] = _read()
"""All of them."""


def texts() -> Iterator[str]:
    """Every message: what is shown of cases. Titles of sources stay as they are."""
    yield from _READINGS.values()
    for case in CASES:
        yield from (case.title, case.happened, *(row.text for row in case.inputs))
        for comparison in case.comparisons:
            yield from (comparison.label, comparison.reported)
            yield from filter(None, (comparison.if_missed, comparison.not_comparable))
    for quantity in QUANTITIES.values():
        yield quantity.meaning

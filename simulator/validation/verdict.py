"""Whether the model agrees with a published figure: decided by rule, from numbers alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What came of a comparison."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_COMPARABLE = "cannot be compared"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, with the three conditions it rests on."""

    inside: bool
    """The published figure lies between P5 and P95."""
    narrow: bool
    """The band is no wider than was stated beforehand."""
    tells_apart: bool
    """No outcome of another case lies in the band: it would not have passed here."""

    @property
    def verdict(self) -> Verdict:
        """Agrees only if all three hold."""
        holds = self.inside and self.narrow and self.tells_apart
        return Verdict.AGREES if holds else Verdict.DIFFERS


def judge(
    published: float, low: float, high: float, widest: float, elsewhere: Iterable[float]
) -> Judgement:
    """Judge a published figure against the model's band from ``low`` (P5) to ``high`` (P95).

    ``widest`` is how wide the band may be; ``elsewhere`` are the published figures of other cases,
    of the same kind. All of them shares or ratios.
    """
    return Judgement(
        inside=low <= published <= high,
        narrow=high - low <= widest,
        tells_apart=not any(low <= other <= high for other in elsewhere),
    )

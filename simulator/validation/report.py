"""Every case, run and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator.model.register import FloatArray
from simulator.results import DEFAULT_DRAWS, Forecast, simulate
from simulator.validation.cases import CASES, Case, Comparison, entered
from simulator.validation.quantities import QUANTITIES
from simulator.validation.verdict import Judgement, Verdict, judge


@dataclass(frozen=True, slots=True)
class Band:
    """What the model says, over the draws: shares or ratios."""

    low: float
    """P5."""
    central: float
    """The median."""
    high: float
    """P95."""

    @classmethod
    def of(cls, values: FloatArray) -> Band:
        """That of ``values``, shape ``(draws,)``; each of the three occurred."""
        return cls(*np.quantile(values, (0.05, 0.5, 0.95), method="inverted_cdf").tolist())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one comparison."""

    case: Case
    comparison: Comparison
    band: Band | None
    """``None``: the model has no such quantity."""
    judgement: Judgement | None

    @property
    def verdict(self) -> Verdict:
        """In a word."""
        return self.judgement.verdict if self.judgement else Verdict.NOT_COMPARABLE

    @property
    def more_changed(self) -> bool:
        """Whether the published figure is further from nothing than the whole of the band."""
        published, nothing = self.comparison.published, self.comparison.nothing
        if self.band is None or published is None:
            return False
        return published > max(self.band.high, nothing) or published < min(self.band.low, nothing)


@dataclass(frozen=True)
class Report:
    """What came of all cases."""

    draws: int
    outcomes: tuple[Outcome, ...]

    @cached_property
    def by_case(self) -> Mapping[Case, tuple[Outcome, ...]]:
        """The outcomes of each case, in order."""
        cases = dict.fromkeys(outcome.case for outcome in self.outcomes)
        return {
            case: tuple(outcome for outcome in self.outcomes if outcome.case == case)
            for case in cases
        }

    def count(self, verdict: Verdict) -> int:
        """How many comparisons came to this."""
        return sum(outcome.verdict is verdict for outcome in self.outcomes)

    @property
    def agreeing_cases(self) -> int:
        """Cases of which every published figure agrees."""
        return sum(
            all(outcome.verdict is Verdict.AGREES for outcome in outcomes)
            for outcomes in self.by_case.values()
        )

    @property
    def more_changed(self) -> int:
        """Figures of which more changed than the model says in 19 of 20 draws."""
        return sum(outcome.more_changed for outcome in self.outcomes)

    @property
    def known_before(self) -> int:
        """Figures that agree and stand in the register's sources or notes."""
        return sum(
            outcome.verdict is Verdict.AGREES and outcome.comparison.in_register
            for outcome in self.outcomes
        )


def validate(
    draws: int = DEFAULT_DRAWS,
    cases: Iterable[Case] = CASES,
    *,
    progress: Callable[[], object] = lambda: None,
) -> Report:
    """Run what each case entered and judge what the model says of it; ``progress`` is called
    before each run."""
    all_cases = tuple(cases)
    forecasts: dict[str, Forecast] = {}
    outcomes = []
    for case in all_cases:
        for comparison in case.comparisons:
            name = comparison.scenario
            if name is not None and name not in forecasts:
                progress()
                forecasts[name] = simulate(entered(name), draws)
            forecast = forecasts[name] if name is not None else None
            outcomes.append(_outcome(case, comparison, forecast, all_cases))
        forecasts.clear()  # each takes some 25 MB
    return Report(draws, tuple(outcomes))


def _outcome(
    case: Case, comparison: Comparison, forecast: Forecast | None, cases: Iterable[Case]
) -> Outcome:
    if (
        forecast is None
        or comparison.quantity is None
        or comparison.month is None
        or comparison.published is None
        or comparison.widest is None
    ):
        return Outcome(case, comparison, None, None)
    quantity = QUANTITIES[comparison.quantity]
    band = Band.of(quantity.of(forecast, comparison.month))
    judgement = judge(
        comparison.published,
        band.low,
        band.high,
        comparison.widest,
        figures_elsewhere(case, comparison, cases),
    )
    return Outcome(case, comparison, band, judgement)


def figures_elsewhere(
    case: Case, comparison: Comparison, cases: Iterable[Case]
) -> tuple[float, ...]:
    """Published figures of the other cases, of the same kind: to be swapped in."""
    return tuple(
        other.published
        for elsewhere in cases
        if elsewhere.id != case.id
        for other in elsewhere.comparisons
        if other.kind == comparison.kind and other.published is not None
    )

"""Attribution: what of a change is the world's doing, and what that of our decisions.

The two-sided baseline, for when assumptions change.

When assumptions change from *old* to *new*, both the plan and carrying on come out differently.
With ``N`` the present value of net contribution and ``V`` the value of the plan against carrying on
(both currency, and medians over the draws, as everywhere where they are shown)::

    world effect    = N(carrying on, new) - N(carrying on, old)
    decision effect = V(plan, new) - V(plan, old)
    total           = world effect + decision effect

What the world does would have happened without the plan too; the rest is how much more or less our
decisions are worth in the new world: just what the value in the headline moves by. The same holds
for any outcome in the last month, in its own unit. The two parts add up to the total exactly. That
is about what the plan itself moves by, and not just that: medians do not add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from simulator import results
from simulator.model.register import FloatArray, Range
from simulator.results import DEFAULT_DRAWS, Forecast, estimate
from simulator.scenario import RangeInput, Scenario


@dataclass(frozen=True, slots=True)
class Level:
    """One figure in one world, median over the draws."""

    baseline: float
    """Carrying on."""
    gained: float
    """With the plan, less that."""


@dataclass(frozen=True, slots=True)
class Levels:
    """What a change is attributed from: medians of one forecast."""

    value: Level
    """Present value of net contribution over the horizon, currency."""
    at_end: Mapping[str, Level]
    """By outcome id: its level in the last month, in its unit."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """How a figure changes with the assumptions: ``total == world_effect + decision_effect``."""

    world_effect: float
    """What changes for carrying on too."""
    decision_effect: float
    """What changes in the difference that the plan makes."""

    @property
    def total(self) -> float:
        """The change with the plan."""
        return self.world_effect + self.decision_effect


@dataclass(frozen=True, slots=True)
class Attributions:
    """The change of all figures that were asked for."""

    value: Attribution
    """Of the present value of net contribution over the horizon, currency."""
    at_end: Mapping[str, Attribution]
    """Of outcomes in the last month, by id, each in its unit."""


def attribute(
    scenario: Scenario,
    reference: Scenario | Mapping[str, float | Range | RangeInput],
    draws: int = DEFAULT_DRAWS,
    *,
    of: Iterable[str] = (),
    threads: int | None = None,
) -> Attributions:
    """What changes because assumptions are as in ``scenario`` and no longer as in ``reference``.

    ``reference`` holds the old assumptions: overrides of the register by id, or a scenario of which
    only the assumptions count. ``of``: ids of the outcomes to report in the last month.

    Raises:
        ScenarioError: ``reference`` holds assumptions that no scenario may have.
        KeyError: an outcome that does not exist.
    """
    names = tuple(of)
    old, new = (
        levels(results.simulate(plan, draws, threads=threads), names)
        for plan in (in_world_of(scenario, reference), scenario)
    )
    return between(old, new)


def in_world_of(
    scenario: Scenario, reference: Scenario | Mapping[str, float | Range | RangeInput]
) -> Scenario:
    """The same plan in the old world: ``scenario`` with the assumptions of ``reference``.

    Raises:
        ScenarioError: ``reference`` holds assumptions that no scenario may have.
    """
    if isinstance(reference, Scenario):
        return scenario.model_copy(update={"assumptions": reference.assumptions, "results": None})
    assumptions = {
        name: asdict(value) if isinstance(value, Range) else value
        for name, value in reference.items()
    }
    return scenario.changed(assumptions=assumptions)


def levels(forecast: Forecast, of: Iterable[str] = ()) -> Levels:
    """The medians that attributing needs. Raises ``KeyError`` for an unknown outcome."""
    worth = forecast.baseline.final("present_value_net_contribution")
    return Levels(
        value=Level(_median(worth), _median(forecast.values.net_present_value)),
        at_end={name: _level(forecast, name) for name in of},
    )


def _level(forecast: Forecast, outcome: str) -> Level:
    baseline = forecast.final(outcome, baseline=True)
    # Before the median: exactly zero if nothing changes.
    return Level(_median(baseline), _median(forecast.final(outcome) - baseline))


def _median(draws: FloatArray) -> float:
    """As the headline has it: a value that occurred."""
    return estimate(draws).central


def between(old: Levels, new: Levels) -> Attributions:
    """What the world and what decisions change, from ``old`` to ``new``.

    Raises:
        ValueError: they hold different outcomes.
    """
    if old.at_end.keys() != new.at_end.keys():
        raise ValueError(
            f"outcomes: found {', '.join(old.at_end) or 'none'} in one and "
            f"{', '.join(new.at_end) or 'none'} in the other, allowed: the same in both"
        )
    return Attributions(
        value=_attribution(old.value, new.value),
        at_end={name: _attribution(old.at_end[name], level) for name, level in new.at_end.items()},
    )


def _attribution(old: Level, new: Level) -> Attribution:
    return Attribution(
        world_effect=new.baseline - old.baseline, decision_effect=new.gained - old.gained
    )

"""What is to be known before scenarios are compared, and what keeps a measure from meaning the same
for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.scenario import Scenario, diff
from simulator.version import MODEL_VERSION

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


def caveats_of(
    scenarios: Sequence[Scenario], moved: Sequence[float], undefined: Sequence[float]
) -> Iterator[Caveat]:
    """What is to be known before comparing ``scenarios``. ``moved``: present value of the money
    that each moves, currency; ``undefined``: share of draws in which each has no value."""
    worlds = [diff.ranges(scenario) for scenario in scenarios]
    other_ranges = [sum(world[name] != worlds[0][name] for name in world) for world in worlds]
    organisations = [scenario.organisation_quantities() for scenario in scenarios]
    versions = [
        scenario.results.model_version if scenario.results else None for scenario in scenarios
    ]

    def others(values: Iterable[object], usual: object) -> tuple[int, ...]:
        return tuple(place for place, value in enumerate(values) if value != usual)

    def those(values: Iterable[float]) -> tuple[int, ...]:
        return tuple(place for place, value in enumerate(values) if value)

    yield from (
        Caveat(kind, about, tuple(values))
        for kind, about, values in (
            (
                "organisation",
                others(organisations, organisations[0]),
                [scenario.organisation.name for scenario in scenarios],
            ),
            *(
                (kind, others(values, values[0]), values)
                for kind, values in (
                    ("currency", [scenario.organisation.currency for scenario in scenarios]),
                    ("horizon", [scenario.horizon_months for scenario in scenarios]),
                    ("assumptions", other_ranges),
                    ("seed", [scenario.seed for scenario in scenarios]),
                )
            ),
            (
                "model",
                tuple(place for place in others(versions, MODEL_VERSION) if versions[place]),
                versions,
            ),
            ("nothing_moved", those(money == 0.0 for money in moved), moved),
            ("undefined", those(undefined), undefined),
        )
        if about
    )

"""What moving budgets from research, training and service to involvement comes to.

The public interface; everything else may change between versions::

    import simulator

    scenario = simulator.load("balanced-shift")  # or the path of a scenario file
    forecast = simulator.simulate(scenario, draws=1024)
    forecast.headline.probability_better  # share of draws, 0-1
    forecast.headline.net_present_value.central  # P50, in scenario.organisation.currency
    forecast.band("customers")  # P10, P50 and P90 in heads, shape (3, months + 1)

    cautious = scenario.changed(**{"plan.training.share_moved": 0.1})
    simulator.compare(scenario, cautious).probability_better  # is the second better?

``docs/CLI.md`` has shapes and units. The engine is only imported when something is simulated.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING

from simulator.version import MODEL_VERSION

if TYPE_CHECKING:
    from simulator.analyses.comparison import MEASURES, Comparison, Pair, Ranking, compare
    from simulator.notebook.frames import register_frame
    from simulator.results import OUTCOMES, Change, Estimate, Forecast, Headline, Outcome, simulate
    from simulator.scenario import Problem, Scenario, ScenarioError

__all__ = [
    "MEASURES",
    "MODEL_VERSION",
    "OUTCOMES",
    "Change",
    "Comparison",
    "Estimate",
    "Forecast",
    "Headline",
    "Outcome",
    "Pair",
    "Problem",
    "Ranking",
    "Scenario",
    "ScenarioError",
    "compare",
    "load",
    "register_frame",
    "simulate",
]


def load(source: str | os.PathLike[str]) -> Scenario:
    """The scenario in a file, or the shipped one of that name, such as ``balanced-shift``.

    A file comes first; only a bare name without an ending is looked up among the shipped ones.

    Raises:
        ScenarioError: there is neither, or with everything that is wrong with the file's content.
    """
    from simulator import scenario as files

    name = os.fspath(source)
    bare = name == os.path.basename(name) and name and not os.path.splitext(name)[1]
    if bare and not os.path.exists(name):
        return files.load_shipped(name)
    return files.load(name)


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """The rest of ``__all__``, imported when first asked for: the compiler takes a second."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        homes = {
            "analyses.comparison": {"MEASURES", "Comparison", "Pair", "Ranking", "compare"},
            "notebook.frames": {"register_frame"},
            "scenario": {"Problem", "Scenario", "ScenarioError"},
        }
        home = next((home for home, names in homes.items() if name in names), "results")
        return getattr(importlib.import_module(f"simulator.{home}"), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})

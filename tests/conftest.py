"""How property tests run: the same examples every time, unless asked to look for new ones; and what
tests of several modules need."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from simulator import engine

if TYPE_CHECKING:
    from tests.support.known_runs import KnownRuns, KnownValues

ROOT = Path(__file__).resolve().parent

# What helpers assert is told with its values, as in tests themselves.
pytest.register_assert_rewrite("tests.support")

# No deadline: the first call into compiled code, and a busy machine, are slow without being wrong.
settings.register_profile("default", derandomize=True, deadline=None)
# What `dev.py quick` takes: a part of the same examples.
settings.register_profile("quick", derandomize=True, deadline=None, max_examples=12)
# HYPOTHESIS_PROFILE=explore looks for new counterexamples, far longer.
settings.register_profile(
    "explore", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[engine.Job]:
    """One entry for every run of the engine."""
    counted: list[engine.Job] = []
    real = engine.run_all

    def run_all(jobs: Sequence[engine.Job], **more: Any) -> list[engine.Run]:
        counted.extend(jobs)
        return real(jobs, **more)

    monkeypatch.setattr(engine, "run_all", run_all)
    return counted


@pytest.fixture(scope="session")
def _known_runs() -> KnownRuns:
    from tests.support.known_runs import KnownRuns  # not before its asserts can be rewritten

    return KnownRuns()


@pytest.fixture(scope="module")
def known_runs(_known_runs: KnownRuns) -> Iterator[None]:
    """For a module whose tests look at what is made of runs: the same run is made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "run_all", _known_runs.run_all)
        yield


@pytest.fixture(scope="session")
def _known_values() -> KnownValues:
    from tests.support.known_runs import KnownValues

    return KnownValues()


@pytest.fixture(scope="module")
def known_values(_known_values: KnownValues) -> Iterator[None]:
    """For a module whose tests look at what analyses make of values: each is worked out once."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("held", "judgement"):
            patch.setattr(
                f"simulator.analyses.{module}.net_present_values",
                _known_values.net_present_values,
            )
        yield


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: garbage is looked for among what comes after them."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or a PostgreSQL server, for the quick loop."""
    for item in items:
        if "browser" in item.path.relative_to(ROOT).parts:
            item.add_marker(pytest.mark.browser)
        parameters = getattr(item, "callspec", None)
        stores = parameters.params.values() if parameters else ()
        fixtures = getattr(item, "fixturenames", ())
        if "postgresql" in stores or {"postgresql", "own_server"} & {*fixtures}:
            item.add_marker(pytest.mark.postgres)

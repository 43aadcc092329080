"""Analyses on a Dask cluster on this machine: the same as here, to the last bit."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from simulator import cli, scenario
from simulator.analyses import ANALYSES
from simulator.analyses.cluster import on_cluster
from simulator.optimise import Question, Study, read_limit
from simulator.optimise.levers import baseline_scenario
from simulator.scenario import ScenarioError

PLAN = scenario.load_shipped("balanced-shift")
SPREAD = sorted(name for name, analysis in ANALYSES.items() if analysis.in_pieces)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A scheduler, and a worker in a process of its own."""
    distributed: Any = import_module("distributed")
    with distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=50,
    ) as cluster:
        yield str(cluster.scheduler_address)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["stress", "tornado", "variance"])
def test_a_cluster_finds_what_is_found_here(name: str, address: str) -> None:
    here = ANALYSES[name].run(PLAN, 16)
    heard: list[int] = []
    with on_cluster(address):
        there = ANALYSES[name].run(PLAN, 16, progress=lambda done, _: heard.append(done))
    assert there.as_dict() == here.as_dict()
    assert heard


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_command_line_has_it_done_there(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["run", "balanced-shift", "--draws", "16", "--format", "json", "--tornado"]
    assert cli.main(arguments) == 0
    here = capsys.readouterr().out
    assert cli.main([*arguments, "--cluster", address]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(here)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_runs_plans_to_the_same_bits(address: str) -> None:
    """What a best plan is found by; more draws than a piece has are shared out."""
    short = PLAN.changed(horizon_months=12)
    question = Question("involvement", limits=(read_limit("hours<=1e9"),))
    plans = [short.plan_quantities(), baseline_scenario(short).plan_quantities()]
    here = Study(short, question, 32).world(2112).outcomes(plans)
    with on_cluster(address):
        there = Study(short, question, 32).world(2112).outcomes(plans)
    for one, other in zip(here, there, strict=True):
        for name in ("value", "first_year", "hours", "returned"):
            assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)
        assert np.array_equal(one.quality[12], other.quality[12])
        assert (one.put_in, one.involvement_cost) == (other.put_in, other.involvement_cost)


def test_optimise_asks_a_cluster_where_that_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.analyses.cluster._PATIENCE_S", 1)
    assert cli.main(["optimise", "balanced-shift", "--cluster", "tcp://127.0.0.1:1"]) == 2
    assert "no scheduler answers" in capsys.readouterr().err


def test_all_that_runs_in_pieces_is_said_to() -> None:
    assert SPREAD == ["break_even", "break_even_pairs", "stress", "tornado", "variance"]


def test_a_cluster_without_anything_to_do_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["run", "balanced-shift", "--decisions", "--cluster", "tcp://127.0.0.1:1"]
    assert cli.main(arguments) == 2
    assert "--cluster: found without them, allowed with --break-even" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "no address"])
def test_an_address_at_which_nobody_answers_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.analyses.cluster._PATIENCE_S", 1)
    with pytest.raises(ScenarioError) as raised, on_cluster(address):
        pass
    (problem,) = raised.value.problems
    assert problem.field == "cluster" and "no scheduler answers" in str(problem.found)


def test_where_there_is_no_dask_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ScenarioError) as raised, on_cluster("tcp://127.0.0.1:1"):
        pass
    assert "no Dask is installed" in str(raised.value.problems[0].found)

"""The public interface: ``import simulator``."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import simulator
from simulator.model import register

ROOT = Path(__file__).resolve().parent.parent
DRAWS = 256
HEAVY = {"numba", "pandas", "plotly", "rich", "scipy", "streamlit"}
"""Packages that take their time to import."""


@pytest.fixture(scope="module")
def scenario() -> simulator.Scenario:
    return simulator.load("balanced-shift")


@pytest.fixture(scope="module")
def forecast(scenario: simulator.Scenario) -> simulator.Forecast:
    return simulator.simulate(scenario, draws=DRAWS)


def test_every_public_name_exists_and_is_documented() -> None:
    documented = (ROOT / "docs" / "CLI.md").read_text(encoding="utf-8")
    assert set(simulator.__all__) <= set(dir(simulator))
    for name in simulator.__all__:
        assert getattr(simulator, name) is not None
        assert f"`{name}" in documented, name


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        simulator.nonsense  # type: ignore[attr-defined] # noqa: B018


def test_no_public_name_hides_a_module() -> None:
    modules = {path.stem for path in (ROOT / "simulator").iterdir()}
    assert not modules & set(simulator.__all__)


def test_import_is_light() -> None:
    code = (
        "import sys, simulator; simulator.load('balanced-shift'); "
        f"print(sorted({HEAVY} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_load_takes_a_path_as_well_as_a_name(scenario: simulator.Scenario) -> None:
    path = ROOT / "scenarios" / "balanced-shift.json"
    assert simulator.load(path) == simulator.load(str(path)) == scenario


def test_a_file_comes_before_a_shipped_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "balanced-shift").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(simulator.ScenarioError):
        simulator.load("balanced-shift")


@pytest.mark.parametrize("name", ["balanced-shft", "no/such.json", "", "a\x00b", "x" * 5000])
def test_load_says_what_is_wrong(name: str) -> None:
    with pytest.raises(simulator.ScenarioError) as caught:
        simulator.load(name)
    assert isinstance(caught.value.problems[0], simulator.Problem)


def test_shapes_and_units(forecast: simulator.Forecast) -> None:
    months = forecast.months + 1
    for name, outcome in simulator.OUTCOMES.items():
        assert outcome.id == name and outcome.unit
        for baseline in (False, True):
            assert forecast.series(name, baseline=baseline).shape == (DRAWS, months)
            low, middle, high = forecast.band(name, baseline=baseline)
            assert low.shape == (months,)
            assert (low <= middle).all() and (middle <= high).all()
        if outcome.unit == "share":
            assert 0.0 <= forecast.series(name).min() <= forecast.series(name).max() <= 1.0
    with pytest.raises(KeyError):
        forecast.series("nonsense")


def test_the_headline_is_the_end_of_the_series(forecast: simulator.Forecast) -> None:
    last = forecast.band("cumulative_value")[:, -1]
    worth = forecast.headline.net_present_value
    assert last.tolist() == pytest.approx([worth.low, worth.central, worth.high])
    end = forecast.series("cumulative_value")[:, -1]
    assert forecast.headline.probability_better == (end > 0.0).mean()


def test_one_draw_means_central_values(scenario: simulator.Scenario) -> None:
    forecast = simulator.simulate(scenario, draws=1)
    known = {name: getattr(register.central(), name) for name in register.BY_ID}
    fixed = scenario.changed(assumptions={**known, **scenario.assumptions})
    same = simulator.simulate(fixed, draws=16).headline
    worth = forecast.headline.net_present_value
    assert worth.low == worth.central == worth.high
    assert same.net_present_value.low == pytest.approx(worth.central, rel=1e-9)
    assert same.net_present_value.high == pytest.approx(worth.central, rel=1e-9)


def test_comparison_is_antisymmetric(scenario: simulator.Scenario) -> None:
    other = scenario.changed(**{"plan.training.share_moved": 0.05})
    there, back = (
        simulator.compare(*pair, draws=DRAWS).pair(0, 1)
        for pair in ((scenario, other), (other, scenario))
    )
    assert there.difference.low == -back.difference.high
    assert there.difference.high == -back.difference.low
    worth = [simulator.simulate(one, DRAWS).values.net_present_value for one in (scenario, other)]
    paired = np.sort(worth[1] - worth[0])
    assert paired[DRAWS // 2 - 1] == there.difference.central
    assert -paired[DRAWS // 2] == back.difference.central
    assert there.probability + back.probability == 1.0


def test_comparison_with_itself_finds_nothing(scenario: simulator.Scenario) -> None:
    same = simulator.compare(scenario, scenario, draws=16)
    assert same.difference == simulator.Estimate(0.0, 0.0, 0.0)
    assert (same.probability_better, same.verdict) == (0.5, "the same")


def test_comparison_refuses_other_currencies(scenario: simulator.Scenario) -> None:
    dollars = scenario.changed(**{"organisation.currency": "USD"})
    comparison = simulator.compare(scenario, dollars, draws=16)
    with pytest.raises(ValueError, match=r"measure: found value, .* currencies"):
        comparison.pair(0, 1)
    assert comparison.pair(0, 1, "value_per_money_moved").same == 1.0


def test_the_documented_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "CLI.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    exec(example, {})
    out, err = capsys.readouterr()
    assert (len(out.splitlines()), err) == (4, "")

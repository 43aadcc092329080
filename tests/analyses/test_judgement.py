"""How much rests on judgement, and on structure."""

from __future__ import annotations

import json

import numpy as np
import pytest

from simulator import cli, engine, scenario
from simulator.analyses.judgement import (
    ANALYSIS,
    LABELS,
    Judgement,
    graded,
    is_drawn,
    judgement,
    members,
)
from simulator.i18n.language import ENGLISH, LANGUAGES
from simulator.model.register import BY_ID, GRADES, REGISTER, FloatArray
from simulator.model.structures import GROUP
from simulator.results import net_present_values, simulate
from simulator.scenario import OWN, Evidence, Scenario
from ui.text.analyses import table

pytestmark = pytest.mark.usefixtures("known_values")

PLAN = scenario.load_shipped("balanced-shift")
DRAWS = 256


@pytest.fixture(scope="module")
def result() -> Judgement:
    return judgement(PLAN, DRAWS)


def known(*ids: str) -> dict[str, float]:
    """Overrides that take assumptions as known."""
    return {f"assumptions.{name}": BY_ID[name].central for name in ids}


def test_the_value_is_the_headlines_own() -> None:
    values = engine.draw(64, PLAN.seed, PLAN.ranges())
    expected = simulate(PLAN, 64).values.net_present_value
    np.testing.assert_array_equal(net_present_values(PLAN, values), expected)


def test_every_assumption_is_in_one_grade_or_in_structure() -> None:
    groups = members()
    assert [*groups] == [*LABELS]
    counted = np.sum([groups[name] for name in (*GRADES, "structure")], axis=0)
    assert (counted == 1).all()
    assert (groups["D_E"] == (groups["D"] | groups["E"])).all()
    assert (groups["D_E_structure"] == (groups["D_E"] | groups["structure"])).all()
    drawn = {row.id for row in REGISTER if row.group == "structure" and is_drawn(row, PLAN)}
    assert drawn == {"community_form", "churn_form"}
    assert all(groups[name].sum() == 1 for name in drawn)


def test_what_has_grade_e_and_is_counted_elsewhere_is_said(result: Judgement) -> None:
    by_grade = sum(row.grade == "E" for row in REGISTER)
    assert all(row.grade == "E" for row in REGISTER if row.group == GROUP)
    (_, number) = result.statements()[1].values["number"]
    assert number == result.groups[GROUP].assumptions == by_grade - result.groups["E"].assumptions


def test_two_sets_of_draws_are_independent() -> None:
    first, second = engine.draw_pair(512, 1)
    assert first.shape == second.shape == (len(REGISTER), 512)
    drawn = [place for place, row in enumerate(REGISTER) if is_drawn(row, PLAN)]
    between = np.corrcoef(first[drawn], second[drawn])[: len(drawn), len(drawn) :]
    assert np.abs(between).max() < 0.25  # 5.6 standard errors, for 14,000 pairs
    np.testing.assert_array_equal(first, engine.draw(512, 1))
    np.testing.assert_array_equal(second, engine.draw_pair(512, 1)[1])
    with pytest.raises(ValueError, match="from 2"):
        engine.draw_pair(1, 1)


def test_shares_are_ordered_as_they_must_be(result: Judgement) -> None:
    shares = result.variance.shares
    for name, both in shares.items():
        for share in (both.first_order, both.total):
            assert 0.0 <= share.low <= share.central <= share.high <= 1.0
        assert both.first_order.central <= both.total.high, name
    assert shares["E"].total.central <= shares["D_E"].total.high
    assert shares["D_E"].total.central <= shares["D_E_structure"].total.high


def test_a_figure_of_the_scenarios_own_is_judgement() -> None:
    """Whatever the register's experiment says: nobody measured that figure."""
    row = BY_ID["webcare_revenue_effect"]
    assert row.grade == "B"
    wider = {"low": row.low, "central": row.central, "high": row.high + 0.001}
    own = PLAN.changed(**{f"assumptions.{row.id}": wider})
    evidence = Evidence.of(own)
    assert evidence.own == {row.id} and evidence.grade(row.id) == OWN == "E"
    assert graded(row.id, evidence) == "E: own figure"
    groups, registered = members(evidence), members()
    place = REGISTER.index(row)
    assert groups["E"][place] and groups["D_E"][place] and not groups["B"][place]
    assert registered["B"][place] and not registered["D_E"][place]
    same = {"low": row.low, "central": row.central, "high": row.high}
    assert not Evidence.of(PLAN.changed(**{f"assumptions.{row.id}": same})).own
    assert Evidence.of(PLAN, own).own == {row.id}, "of several: where any has one"
    assert judgement(own, 2).groups["D_E"].drawn == judgement(PLAN, 2).groups["D_E"].drawn + 1


def test_a_number_that_the_model_takes_as_one_is_own_only_where_it_differs() -> None:
    hours = BY_ID["working_day_hours"]
    name = f"assumptions.{hours.id}"
    assert not Evidence.of(PLAN.changed(**{name: hours.central})).own
    assert Evidence.of(PLAN.changed(**{name: hours.central / 2.0})).own == {hours.id}


def test_what_is_known_contributes_nothing() -> None:
    ids = [row.id for row in REGISTER if row.grade == "B"]
    shares = judgement(PLAN.changed(**known(*ids)), DRAWS)
    assert shares.groups["B"].drawn == 0
    both = shares.variance.shares["B"]
    for share in (both.first_order, both.total):
        assert (share.low, share.central, share.high) == (0.0, 0.0, 0.0)


def test_what_the_organisation_knows_is_not_drawn() -> None:
    knowing = PLAN.changed(**{"organisation.known.centre_occupancy": 0.8})
    assert is_drawn(BY_ID["centre_occupancy"], PLAN)
    assert not is_drawn(BY_ID["centre_occupancy"], knowing)
    before, after = (judgement(one, 2).groups["D"].drawn for one in (PLAN, knowing))
    assert after == before - 1


def test_a_structure_that_is_certain_contributes_nothing() -> None:
    certain = PLAN.changed(
        **{"assumptions.community_linear_weight": 1.0, "assumptions.churn_contagion_weight": 0.0}
    )
    assert judgement(certain, 64).variance.shares["structure"].total.high == 0.0


def test_wider_judgement_carries_more(result: Judgement) -> None:
    """A range of grade C made a known number leaves more of the rest to D and E."""
    ids = [row.id for row in REGISTER if row.grade in "ABC"]
    only_weak = judgement(PLAN.changed(**known(*ids)), DRAWS).variance.shares
    assert only_weak["D_E_structure"].total.central == pytest.approx(1.0)
    assert result.variance.shares["D_E_structure"].total.high < 1.0


@pytest.mark.parametrize("draws", [1, DRAWS])
def test_no_variance_is_told_in_words(draws: int, capsys: pytest.CaptureFixture[str]) -> None:
    still = scenario.load_shipped("wait-and-see")
    result = ANALYSIS.run(still, draws)
    assert not result.rows() and not result.statements()
    assert table(result, "EUR", draws, ENGLISH)["rows"] == []
    assert cli.main(["run", "wait-and-see", "--draws", str(draws), "--judgement"]) == 0
    assert "there is no variance to share out" in capsys.readouterr().out


def test_the_command_line_tells_it(result: Judgement, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["run", "balanced-shift", "--draws", str(DRAWS), "--judgement"]
    assert cli.main(arguments) == 0
    text = " ".join(capsys.readouterr().out.split())
    weak = result.variance.shares["D_E"].total
    percents = [f"{100 * share:.0f} %" for share in (weak.low, weak.central, weak.high)]
    assert f"{percents[1]} of how far the value can be off" in text
    assert f"D and E together {' '.join(percents)}" in text

    assert cli.main([*arguments, "--format", "json"]) == 0
    content = json.loads(capsys.readouterr().out)["judgement"]
    assert set(content) == {*LABELS, "value"}
    assert content["E"]["assumptions"] == sum(
        row.grade == "E" and row.group != "structure" for row in REGISTER
    )
    assert content["D_E"]["total"] == {
        "p5": weak.low,
        "estimate": weak.central,
        "p95": weak.high,
    }
    assert content["value"]["draws"] == DRAWS
    assert content["value"]["standard_error_of_mean"] > 0.0


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_gets_sentences_and_bars(code: str, result: Judgement) -> None:
    shown = table(result, "EUR", DRAWS, LANGUAGES[code])
    share = result.variance.shares["D_E"].total.central
    assert shown["statements"][0].startswith(LANGUAGES[code].percent(share))
    bars = {row["id"]: row["bars"] for row in shown["rows"]}
    assert bars["D_E"] == {"total": {"start": 0.0, "end": share, "zero": 0.0, "is_loss": 0.0}}
    assert all("{" not in text for text in shown["statements"])


def test_the_frame_names_the_interval(result: Judgement) -> None:
    columns = set(result.frame().columns)
    assert {"total_P5", "total_best", "total_P95"} <= columns


def test_it_takes_two_sets_of_runs_and_two_for_each_group(
    result: Judgement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it costs: benchmarks/analysis.py says how long that is."""
    runs: list[int] = []

    def counted(plan: Scenario, values: FloatArray) -> FloatArray:
        runs.append(values.shape[1])
        return net_present_values(plan, values)

    monkeypatch.setattr("simulator.analyses.judgement.net_present_values", counted)
    judgement(PLAN, 64)
    assert sum(runs) == 64 * (2 + 2 * len(result.groups))

"""The plan under each structure, and what a structure weighs."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest

from simulator import cli, engine, scenario
from simulator.analyses.structures import MIXTURE, structures
from simulator.i18n.language import ENGLISH
from simulator.model.register import BY_ID, Range
from simulator.model.structures import FAMILIES, GROUP, STRUCTURES, Family, forced, weights
from simulator.results import headline, net_present_values
from ui.text.analyses import table

pytestmark = pytest.mark.usefixtures("known_runs")

PLAN = scenario.load_shipped("balanced-shift")
DRAWS = 256
CERTAIN = {
    "community_diminishing": {"community_linear_weight": 0.0, "community_tipping_weight": 0.0},
    "community_linear": {"community_linear_weight": 1.0},
    "community_tipping": {"community_linear_weight": 0.0, "community_tipping_weight": 1.0},
    "leaving_alone": {"churn_contagion_weight": 0.0},
    "leaving_contagious": {"churn_contagion_weight": 1.0},
}
"""What somebody would enter to make a form certain."""


def test_every_structure_belongs_to_a_family() -> None:
    assert [one for family in FAMILIES for one in family.structures] == [*STRUCTURES]
    rows = {one.id for one in BY_ID.values() if one.group == GROUP}
    forms = {family.form for family in FAMILIES}
    assert {name for one in STRUCTURES.values() for name in one.forced_by} == rows
    assert rows - forms == {one.weight for one in STRUCTURES.values() if one.weight}


def test_the_mixture_is_the_headline() -> None:
    mixture, expected = structures(PLAN, DRAWS).mixture, headline(PLAN, DRAWS)
    assert (mixture.better, mixture.value) == (
        expected.probability_better,
        expected.net_present_value,
    )


@pytest.mark.parametrize("name", STRUCTURES)
def test_forced_is_what_making_it_certain_comes_to(name: str) -> None:
    certain = PLAN.changed(**{f"assumptions.{key}": value for key, value in CERTAIN[name].items()})
    expected = headline(certain, DRAWS)
    structure = structures(PLAN, DRAWS).structures[name]
    assert (structure.better, structure.value) == (
        expected.probability_better,
        expected.net_present_value,
    )
    assert structures(certain, DRAWS).structures[name].weight == 1.0


@pytest.mark.parametrize("family", FAMILIES, ids=[family.form for family in FAMILIES])
def test_each_draw_of_the_mixture_has_one_form(family: Family) -> None:
    """The draws of the mixture are those of its structures, each for the share that it weighs."""
    ranges = PLAN.ranges()
    mixture = net_present_values(PLAN, engine.draw(1024, PLAN.seed, ranges))
    under = np.stack(
        [
            net_present_values(PLAN, engine.draw(1024, PLAN.seed, forced(ranges, name)))
            for name in family.structures
        ]
    )
    distinct = np.all([np.abs(one - other) > 1e-9 for one, other in pairwise(under)], axis=0)
    assert distinct.mean() > 0.5
    same = under == mixture
    assert (same[:, distinct].sum(axis=0) >= 1).all()
    for name, share in zip(family.structures, same[:, distinct], strict=True):
        assert share.mean() == pytest.approx(weights(ranges)[name], abs=0.08), name


@pytest.mark.parametrize(
    ("linear", "tipping", "expected"),
    [
        (0.2, 0.2, (0.6, 0.2, 0.2)),
        (1.0, 0.0, (0.0, 1.0, 0.0)),
        (0.0, 1.0, (0.0, 0.0, 1.0)),
        (0.8, 0.8, (0.0, 0.8, 0.2)),
        (0.0, 0.0, (1.0, 0.0, 0.0)),
    ],
)
def test_weights_are_shares(
    linear: float, tipping: float, expected: tuple[float, float, float]
) -> None:
    """They come to 1, also where the weights come to more."""
    ranges = {
        "community_linear_weight": Range(linear, linear, linear),
        "community_tipping_weight": Range(tipping, tipping, tipping),
    }
    shares = weights(ranges)
    community, leaving = FAMILIES
    assert [shares[name] for name in community.structures] == pytest.approx(expected)
    assert sum(shares[name] for name in leaving.structures) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (Range(0.1, 0.1, 0.1), (0.0, 1.0, 0.0)),
        (Range(0.9, 0.9, 0.9), (0.0, 0.0, 1.0)),
        (Range(0.0, 0.1, 0.4), (0.5, 0.5, 0.0)),
    ],
)
def test_a_form_that_is_entered_counts(form: Range, expected: tuple[float, float, float]) -> None:
    shares = weights({"community_form": form})
    assert [shares[name] for name in FAMILIES[0].structures] == pytest.approx(expected)


def test_the_command_line_tells_it(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["run", "balanced-shift", "--draws", str(DRAWS), "--structures"]
    assert cli.main(arguments) == 0
    text = capsys.readouterr().out
    for structure in STRUCTURES.values():
        assert structure.label in text
    assert cli.main([*arguments, "--format", "json"]) == 0
    content = json.loads(capsys.readouterr().out)["structures"]
    assert set(content) == {MIXTURE, *STRUCTURES}
    tipping = structures(PLAN, DRAWS).structures["community_tipping"]
    assert content["community_tipping"] == {
        "weight": pytest.approx(0.2),
        "probability_better": tipping.better,
        "net_present_value": {
            "p10": tipping.value.low,
            "p50": tipping.value.central,
            "p90": tipping.value.high,
        },
    }


def test_the_page_knows_where_a_weight_is_changed() -> None:
    rows = {row["id"]: row for row in table(structures(PLAN, 16), "EUR", 16, ENGLISH)["rows"]}
    assert rows["community_linear"]["assumption"] == "community_linear_weight"
    assert rows["community_diminishing"]["assumption"] is None
    assert rows["community_linear"]["bars"]["weight"]["end"] == pytest.approx(0.2)


def test_a_plan_that_changes_nothing_has_no_rows() -> None:
    assert structures(scenario.load_shipped("wait-and-see"), 16).rows() == ()

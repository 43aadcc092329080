"""Response curves: each point is a run of the plan with that lever there, and reads as it is."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest

from simulator import scenario
from simulator.analyses.break_even import BELOW
from simulator.analyses.response import (
    DRAWS,
    OUTCOMES_SHOWN,
    Response,
    Responses,
    response,
    setting,
    with_setting,
)
from simulator.i18n.language import LANGUAGES
from simulator.model.quantities import SOURCES
from simulator.results import simulate, units
from simulator.results.estimate import estimate
from simulator.scenario import ScenarioError
from simulator.scenario.levers import GROUPS, LEVERS
from tests.support.generated import ALL_SAVED
from ui.text.analyses import table

pytestmark = pytest.mark.usefixtures("known_runs")

PLAN = scenario.load_shipped("balanced-shift")
ORGANISATION = PLAN.organisation_quantities()


@cache
def found() -> Responses:
    return response(PLAN, DRAWS)


def by_path() -> dict[str, Response]:
    return {one.lever.path: one for one in found().responses}


def test_every_lever_has_a_curve_from_end_to_end() -> None:
    assert list(by_path()) == [lever.path for group in GROUPS.values() for lever in group.levers]
    for path, one in by_path().items():
        assert (np.diff(one.values) > 0.0).all() and (np.diff(one.places) > 0.0).all()
        assert one.places[0] == 0.0 and one.places[-1] == 1.0
        assert (one.bands[0] <= one.bands[1]).all() and (one.bands[1] <= one.bands[2]).all()
        stands = setting(LEVERS[path], PLAN.plan_quantities(), ORGANISATION)
        assert one.values[one.now] == pytest.approx(stands)


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("plan.training.share_moved", {"plan.training.share_moved": 0.5}),
        ("plan.involvement.openness", {"plan.involvement.openness": 0.5}),
        ("plan.split.savings", {"plan.split": ALL_SAVED}),
    ],
)
def test_a_point_is_what_a_run_of_that_plan_comes_to(path: str, changes: dict[str, object]) -> None:
    value = 1.0 if path.endswith("savings") else 0.5
    one = by_path()[path]
    place = int(np.flatnonzero(np.isclose(one.values, value))[0])
    worth = estimate(simulate(PLAN.changed(**changes), DRAWS).values.net_present_value)
    assert one.bands[:, place].tolist() == pytest.approx([worth.low, worth.central, worth.high])


def test_where_it_stands_all_curves_are_the_plan() -> None:
    middle = simulate(PLAN, DRAWS).headline.net_present_value.central
    for path, one in by_path().items():
        assert one.median[one.now] == pytest.approx(middle), path


@pytest.mark.parametrize("name", ["business-manufacturer", "software-user-community"])
def test_where_sources_differ_a_lever_stands_where_the_page_shows_it(name: str) -> None:
    """A share is that of all freed money, a time that of the source that frees most."""
    differs = scenario.load_shipped(name)
    plan, organisation = differs.plan_quantities(), differs.organisation_quantities()
    freed = {
        source: getattr(plan, source).share_moved * getattr(organisation.budgets, source)
        for source in SOURCES
    }
    for lever in GROUPS["put"].levers:
        line = sum(freed[one] * getattr(getattr(plan, one).split, lever.id) for one in SOURCES)
        stands = setting(lever, plan, organisation)
        assert stands == pytest.approx(line / sum(freed.values()))
        assert with_setting(lever, plan, organisation, stands) == plan
        moved = with_setting(lever, plan, organisation, 0.5)
        assert {getattr(moved, one).split for one in SOURCES} == {moved.training.split}
        assert getattr(moved.training.split, lever.id) == 0.5
    largest = max(freed, key=lambda source: freed[source])
    start = setting(LEVERS["plan.*.start_month"], plan, organisation)
    assert start == getattr(plan, largest).start_month
    middle = simulate(differs, DRAWS).headline.net_present_value.central
    for one in response(differs, DRAWS).responses:
        assert one.median[one.now] == pytest.approx(middle), one.lever.path


@pytest.mark.parametrize("path", [lever.path for lever in GROUPS["put"].levers])
def test_a_split_stays_whole_and_in_proportion(path: str) -> None:
    lever, plan = LEVERS[path], PLAN.plan_quantities()
    for value in (0.0, 0.4, 1.0):
        split = with_setting(lever, plan, ORGANISATION, value).training.split
        assert sum(split) == pytest.approx(1.0)
        assert getattr(split, lever.id) == value
    savings = LEVERS["plan.split.savings"]
    saved = with_setting(savings, plan, ORGANISATION, 1.0)
    back = with_setting(savings, saved, ORGANISATION, 0.5).training.split
    assert back.listening == back.community == pytest.approx(0.1)


def made(median: list[float], now: int = 0, nothing: int | None = 0) -> Response:
    """A curve with this median, at equal steps of a share."""
    middle = np.array(median)
    steps = np.linspace(0.0, 1.0, middle.size)
    bands = np.stack([middle - 5.0, middle, middle + 5.0])
    return Response(LEVERS["plan.split.community"], steps, steps, bands, now, nothing)


def test_a_hump_is_best_at_its_top_half_on_its_way_and_harmful_beyond() -> None:
    hump = made([0.0, 60.0, 100.0, 50.0, -50.0])
    assert hump.best == 2 and hump.half == pytest.approx(0.25 * 50.0 / 60.0)
    assert hump.harmful == pytest.approx(0.75 + 0.25 * 50.1 / 100.0)
    assert hump.sentence().template.endswith("above {harmful} it does harm.")


def test_what_only_harms_is_best_left_alone() -> None:
    harm = made([0.0, -50.0, -100.0], now=1)
    assert harm.best == harm.nothing == 0
    assert math.isnan(harm.half) and harm.harmful == pytest.approx(0.001)
    assert "nothing is done" in harm.sentence().template


def test_less_than_today_can_be_better_and_harmful_below() -> None:
    less = made([-80.0, 100.0, 60.0, 0.0], now=3, nothing=3)
    assert less.best == 1
    assert less.values[3] > less.half > less.values[1] > less.harmful > 0.0
    assert less.sentence().template.endswith("below {harmful} it does harm.")
    row = Responses("net", [less], 1).rows()[0]
    assert row.cells["side"] == BELOW


def test_what_is_hardly_better_than_nothing_says_on_which_side_it_harms() -> None:
    low = made([-80.0, 0.05, 0.0, -0.1], now=1, nothing=2)
    assert math.isnan(low.half) and low.best == 1 and low.harms_below
    assert "doing nothing, and below {harmful}" in low.sentence().template


def test_a_level_line_hardly_matters_and_a_start_has_no_nothing() -> None:
    assert made([0.0, 0.1, 0.0]).is_flat
    assert "hardly matters" in made([0.0, 0.1, 0.0]).sentence().template
    start = made([0.0, 50.0], nothing=None)
    assert math.isnan(start.half) and math.isnan(start.harmful)
    assert start.sentence().template == "{lever}, now {now}: best at {best}."
    assert set(start.as_curve("net_present_value").marks) == {"now", "best"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_curve_says_itself_in_one_sentence(language: str) -> None:
    reply = table(found(), "EUR", DRAWS, LANGUAGES[language])
    assert len(reply["curves"]) == len(LEVERS)
    for curve in reply["curves"]:
        assert curve["sentence"].startswith(curve["label"]) and curve["sentence"].endswith(".")
        assert "{" not in curve["sentence"] and "nan" not in curve["sentence"]
        assert all(0.0 <= place <= 1.0 for place in curve["marks"].values())
        heights = np.array(curve["bands"])
        assert heights.min() >= 0.0 and heights.max() <= 1.0 + 1e-12


def test_curves_of_another_outcome_are_in_its_unit() -> None:
    found = response(PLAN, 16, outcome="trust")
    openness = next(one for one in found.responses if one.lever.id == "openness")
    assert openness.bands.min() > 0.0 and openness.bands.max() < 1.0
    assert table(found, "EUR", 16, LANGUAGES["en"])["curves"][0]["axis"][1].endswith("%")


def test_an_outcome_that_there_is_not_is_refused() -> None:
    from simulator.analyses import ANALYSES

    with pytest.raises(ScenarioError, match="outcome"):
        ANALYSES["response"].run(PLAN, 16, outcome="happiness")
    assert "trust" in OUTCOMES_SHOWN


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [("en", "1 month", "2 months"), ("nl", "1 maand", "2 maanden"), ("da", "1 måned", "2 måneder")],
)
def test_one_month_is_no_plural(language: str, one: str, two: str) -> None:
    path = "plan.involvement.ramp_months"
    assert units.setting(1.0, path, LANGUAGES[language]) == one
    assert units.setting(2.0, path, LANGUAGES[language]) == two

"""The user interface: what is pure by itself, and the pages as a visitor moves through them."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from simulator import dropping, scenario
from simulator.dropping import Dropped
from simulator.outcomes import Estimate, Headline, simulate
from simulator.parameters import BY_ID, GRADES, REGISTER
from simulator.scenario import Scenario, SplitInput
from ui import cached, charts, controls, levers, words
from ui.pages import assumptions
from ui.results import SHOWN, Results, results

APP = Path(__file__).resolve().parent.parent / "app.py"
SHIPPED = {path.stem: path for path in scenario.shipped()}
HOSTILE = ("<img src=x onerror=alert(1)>", "![x](http://example.com/x.png)")


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=180).run()


@pytest.fixture(scope="module")
def default() -> Scenario:
    return scenario.load_shipped(controls.DEFAULT)


@pytest.fixture(scope="module")
def shown(default: Scenario) -> Results:
    return results(default, 64)


def strip(app: AppTest) -> list[tuple[str, str, str]]:
    return [(one.label, one.value, one.delta) for one in app.metric]


def expected(given_scenario: Scenario) -> list[tuple[str, str, str]]:
    figures = words.headline(
        simulate(given_scenario).headline,
        given_scenario.organisation.currency,
        given_scenario.horizon_months,
    )
    return [(one.label, one.value, one.range) for one in figures]


def upload(app: AppTest, content: str | bytes, name: str = "mine.json") -> AppTest:
    raw = content.encode() if isinstance(content, str) else content
    return app.file_uploader(key="file").set_value((name, raw, "application/json")).run()


def texts(app: AppTest) -> str:
    return "\n".join(one.value for one in app.text)


def everything_formatted(app: AppTest) -> str:
    """All that Streamlit renders as markdown or HTML, labels and help included."""
    formatted = [
        getattr(one, "value", "")
        for kind in ("markdown", "caption", "html")
        for one in app.get(kind)
    ]
    labelled = [*app.select_slider, *app.selectbox, *app.metric, *app.button]
    return "\n".join(map(str, [*formatted, *(one.label for one in labelled)]))


# --- levers ---------------------------------------------------------------------------------------


def test_each_lever_takes_unit_and_bounds_from_the_scenario_s_fields() -> None:
    for path in levers.ALL:
        one = levers.lever(path)
        assert all((one.unit, one.least < one.most)), path
        assert words.lever_help(one.name), path
    assert levers.lever("plan.involvement.minutes_per_day").most == 480
    assert levers.lever("plan.training.share_moved").name == "training"


@pytest.mark.parametrize("name", SHIPPED)
def test_levers_that_nobody_moved_leave_the_scenario_as_it_is(name: str) -> None:
    one = scenario.load_shipped(name)
    values = levers.on_screen(one)
    same = levers.moved(
        one, values, own_routes=levers.routes_differ(one), own_times=levers.times_differ(one)
    )
    assert same == one
    for path, value in values.items():
        assert value in levers.stops(one, path), path


@pytest.mark.parametrize("name", SHIPPED)
def test_every_stop_is_allowed(name: str) -> None:
    one = scenario.load_shipped(name)
    start = levers.on_screen(one)
    for path in set(levers.ALL) - set(levers.PUT):
        for value in (levers.stops(one, path)[0], levers.stops(one, path)[-1]):
            moved = levers.moved(one, start | {path: value}, own_routes=True, own_times=False)
            assert levers.on_screen(moved)[path] == value


def test_an_odd_value_of_a_file_is_a_stop_and_survives_other_moves(default: Scenario) -> None:
    odd = default.changed(
        **{"plan.training.share_moved": 0.12345, "plan.involvement.minutes_per_day": 301.5}
    )
    assert 0.12345 in levers.stops(odd, "plan.training.share_moved")
    assert 301.5 in levers.stops(odd, "plan.involvement.minutes_per_day")
    values = levers.on_screen(odd) | {"plan.market_research.share_moved": 0.5}
    moved = levers.moved(odd, values, own_routes=False, own_times=True)
    assert moved.plan.training.share_moved == 0.12345
    assert moved.plan.market_research.share_moved == 0.5


def test_involvement_left_as_today_stays_open_until_it_is_moved() -> None:
    one = scenario.load_shipped("wait-and-see")
    values = levers.on_screen(one)
    assert values["plan.involvement.openness"] == one.organisation.involvement.openness
    values["plan.involvement.mandate"] = 0.9
    moved = levers.moved(one, values, own_routes=False, own_times=False)
    assert moved.plan.involvement.openness is None
    assert moved.plan.involvement.mandate == 0.9


def own_routes(default: Scenario) -> Scenario:
    only = dict.fromkeys(SplitInput.model_fields, 0.0)
    return default.changed(
        **{
            "plan.training.split": only | {"content": 1.0},
            "plan.training.start_month": 7,
            "plan.customer_service.start_month": 2,
        }
    )


def test_own_routes_and_times_hold_until_they_are_given_up(default: Scenario) -> None:
    one = own_routes(default)
    values = levers.on_screen(one)
    assert levers.routes_differ(one)
    assert levers.times_differ(one)
    assert levers.moved(one, values, own_routes=True, own_times=True) == one
    common = levers.moved(one, values, own_routes=False, own_times=False)
    assert not levers.routes_differ(common)
    assert not levers.times_differ(common)
    # The source that frees most gives the common time.
    assert common.plan.training.start_month == one.plan.customer_service.start_month == 2


def test_money_received_is_money_freed(default: Scenario) -> None:
    one = own_routes(default)
    freed = levers.freed_by_source(one)
    assert freed["training"] == pytest.approx(
        one.plan.training.share_moved * one.organisation.budgets.training
    )
    received = levers.received(one)
    assert sum(received) == pytest.approx(sum(freed.values()))
    common = one.plan.split.content * (freed["market_research"] + freed["customer_service"])
    assert received.content == pytest.approx(freed["training"] + common)


shares = some.floats(0, 1)


@given(
    start=some.lists(shares, min_size=6, max_size=6).filter(lambda all_of: sum(all_of) > 0),
    moves=some.lists(some.tuples(some.sampled_from(levers.PUT), some.integers(0, 100)), min_size=1),
)
def test_the_split_totals_100_in_whole_per_cents_after_any_moves(
    start: list[float], moves: list[tuple[str, int]]
) -> None:
    split = {path: one / sum(start) for path, one in zip(levers.PUT, start, strict=True)}
    for path, percent in moves:
        split = levers.rebalanced(split | {path: percent / 100}, path)
        assert split[path] == percent / 100
        percents = [round(100 * share) for share in split.values()]
        assert sum(percents) == 100
        assert min(percents) >= 0
        assert list(split.values()) == [one / 100 for one in percents]
        SplitInput(**{key.rpartition(".")[2]: share for key, share in split.items()})


def test_the_others_give_in_proportion() -> None:
    before = {"a": 0.4, "b": 0.4, "c": 0.2}
    assert levers.rebalanced(before | {"a": 0.7}, "a") == {"a": 0.7, "b": 0.2, "c": 0.1}
    assert levers.rebalanced({"a": 0.5, "b": 0.0, "c": 0.0}, "a") == {
        "a": 0.5,
        "b": 0.25,
        "c": 0.25,
    }


# --- words ----------------------------------------------------------------------------------------


def plain(text: str) -> str:
    return text.replace(words.GAP, " ")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 EUR"),
        (-0.4, "0 EUR"),
        (850, "850 EUR"),
        (999.6, "1 k EUR"),
        (62_100, "62 k EUR"),
        (-1_234_000, "\N{MINUS SIGN}1.2 M EUR"),
        (9_960_000, "10 M EUR"),
        (999_700_000, "1 bn EUR"),
        (2.5e12, "2.5 tn EUR"),
        (7e15, "7,000 tn EUR"),
    ],
)
def test_money_is_short(value: float, text: str) -> None:
    assert plain(words.money(value, "EUR")) == text


def test_a_sign_is_shown_when_asked_for_but_not_on_zero() -> None:
    assert plain(words.money(1200, "DKK", sign=True)) == "+1.2 k DKK"
    assert plain(words.money(0.2, "DKK", sign=True)) == "0 DKK"
    assert plain(words.percent(-0.003)) == "0 %"


def test_every_involvement_stop_has_a_word(default: Scenario) -> None:
    for path in levers.INVOLVE:
        name = levers.lever(path).name
        stops = {words.stop_word(name, stop) for stop in levers.stops(default, path)}
        assert len(stops) >= 4, name


def test_what_is_not_a_number_is_said_in_words() -> None:
    nothing = scenario.load_shipped("wait-and-see")
    figures = {one.label: one for one in words.headline(simulate(nothing, 64).headline, "EUR", 60)}
    assert figures["Is it better?"].value == "Nothing is changed"
    assert figures["Money is back"].value == "Nothing to pay back"
    assert figures["Return on investment"].value == words.NOTHING_INVESTED
    assert figures["Return on Involvement"].value == words.NOTHING_INVESTED
    everything = " ".join(one.value + one.range for one in figures.values())
    assert "nan" not in everything
    assert "inf" not in everything
    assert figures["Cost of waiting a year"].value == "Waiting makes no difference"


def test_payback_says_when() -> None:
    said = [words.moment(months, 36) for months in (0, 1, 2, 24, math.inf)]
    assert said == [
        "at once",
        "at once",
        "after 2 months",
        "after 24 months",
        "not within 36 months",
    ]


def test_payback_does_not_contradict_a_verdict_that_is_too_close(default: Scenario) -> None:
    headline = replace(
        simulate(default, 64).headline,
        verdict="too close to call",
        payback_month=Estimate(3, 20, math.inf),
        probability_payback=0.44,
    )
    assert said(headline, "Money is back") == ("In 44 of 100 draws", "within 60 months")
    likely = replace(headline, verdict="likely better")
    assert said(likely, "Money is back") == ("After 20 months", "back in 44 of 100 draws")


def said(headline: Headline, label: str) -> tuple[str, str]:
    figures = {one.label: one for one in words.headline(headline, "EUR", 60)}
    return plain(figures[label].value), plain(figures[label].range)


@pytest.mark.parametrize(
    ("estimate", "waiting", "ignoring"),
    [
        (
            Estimate(4e3, 13e3, 20e3),
            ("Waiting costs 13 k EUR", "4 k to 20 k EUR"),
            ("Ignoring brings 13 k EUR", "4 k to 20 k EUR"),
        ),
        (
            Estimate(-5e6, -4.1e6, -2e6),
            ("Waiting saves 4.1 M EUR", "2 M to 5 M EUR"),
            ("Ignoring costs 4.1 M EUR", "2 M to 5 M EUR"),
        ),
        (
            Estimate(-4.2e3, 3e3, 13e3),
            ("Waiting costs 3 k EUR", "from saving 4.2 k to costing 13 k EUR"),
            ("Ignoring brings 3 k EUR", "from costing 4.2 k to bringing 13 k EUR"),
        ),
    ],
)
def test_signs_are_words(
    default: Scenario,
    estimate: Estimate,
    waiting: tuple[str, str],
    ignoring: tuple[str, str],
) -> None:
    headline = simulate(default, 64).headline
    headline = replace(headline, cost_of_waiting=estimate, return_on_ignoring=estimate)
    assert said(headline, "Cost of waiting a year") == waiting
    assert said(headline, "Return on Ignoring") == ignoring


def test_what_dropping_an_instrument_does_is_said_in_words() -> None:
    row = words.dropped("social_service", Dropped(9e3, Estimate(-3e3, -2e3, -1e3), 0.97), "EUR")
    assert [plain(text) for text in row.values()] == [
        "Social service",
        "9 k EUR",
        "It costs 2 k EUR (1 k to 3 k EUR)",
        "97 of 100 draws",
    ]


def test_long_times_have_words_of_their_own() -> None:
    assert words.stop_word("minutes_per_day", 480) == "the whole day"
    assert words.stop_word("minutes_per_day", 240) == "half the day"
    assert words.stop_word("minutes_per_day", 239) == "an hour and more"


def test_a_changed_plan_has_a_name_that_says_so_and_is_allowed() -> None:
    assert words.changed_name("Ours") == "Ours (changed)"
    assert words.changed_name("Ours (changed)") == "Ours (changed)"
    long = words.changed_name("x" * 80)
    assert len(long) == 80
    assert long.endswith("x (changed)")


def test_a_moved_plan_is_saved_under_another_name(default: Scenario) -> None:
    moved = default.changed(**{"plan.training.share_moved": 0.77})
    assert controls.to_save(default, default) == default
    assert controls.to_save(default, moved) == moved.changed(name=f"{default.name} (changed)")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("A balanced shift (changed)", "a-balanced-shift-changed.json"),
        ("../../etc/passwd", "etc-passwd.json"),
        ("Zürich 東京", "zürich-東京.json"),
        ("!?", "scenario.json"),
    ],
)
def test_a_plan_s_file_is_named_after_it(name: str, file: str) -> None:
    assert words.file_name(name) == file


def test_a_plan_that_starts_after_the_horizon_is_told_from_one_that_changes_nothing(
    default: Scenario,
) -> None:
    def started(month: int, involvement: int) -> Scenario:
        return default.changed(
            **{f"plan.{source}.start_month": month for source in levers.SOURCES},
            **{"plan.involvement.start_month": involvement},
        )

    end = default.horizon_months
    assert levers.starts_too_late(started(end, end))
    assert not levers.starts_too_late(started(end - 1, end))
    assert not levers.starts_too_late(started(end, end - 1))
    assert not levers.starts_too_late(scenario.load_shipped("wait-and-see"))
    late = started(end, end)
    headline = simulate(late, 64).headline
    verdict = words.headline(headline, "EUR", end, too_late=True)[1]
    assert (verdict.value, verdict.range) == ("Starts too late", f"after the {end} months shown")


def test_the_chance_is_counted_in_draws(default: Scenario) -> None:
    headline = simulate(default, 64).headline
    chance = words.headline(headline, "EUR", 60)[1]
    assert chance.value.lower() == headline.verdict
    assert chance.range == f"better in {100 * headline.probability_better:.0f} of 100 draws"


# --- charts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", charts.VIEWS, ids=lambda view: view.name)
def test_a_chart_shows_the_plan_its_band_and_carrying_on(
    view: charts.View, shown: Results, default: Scenario
) -> None:
    chart: Any = charts.figure(view, shown)
    forecast = simulate(default, 64)
    assert len(chart.data) == 6 * len(view.outcomes)
    for index, outcome in enumerate(view.outcomes):
        least, most, low, high, base, plan = chart.data[6 * index : 6 * index + 6]
        band = forecast.band(outcome)
        assert list(low.y) == list(band[0])
        assert list(high.y) == list(band[2])
        assert list(plan.y) == list(band[1])
        around = forecast.band(outcome, baseline=True)
        assert [list(one.y) for one in (least, base, most)] == [list(one) for one in around]
        assert plan.customdata is not None
        assert base.line.dash == "dash"
        assert plan.line.dash is None
        assert words.unit(outcome, "EUR") in chart.layout.annotations[index].text
        axis = chart.layout["yaxis" + (str(index + 1) if index else "")]
        assert axis.range[0] <= min(band.min(), around.min())
        assert axis.range[1] >= max(band.max(), around.max())
    assert "http" not in chart.to_json()


def test_a_value_that_stays_zero_has_no_made_up_scale() -> None:
    value = charts.VIEWS[0]
    nothing: Any = charts.figure(value, results(scenario.load_shipped("wait-and-see"), 64))
    assert nothing.layout.yaxis.tickvals == (0.0,)


def test_every_outcome_that_is_kept_has_a_chart() -> None:
    assert [name for view in charts.VIEWS for name in view.outcomes] == list(SHOWN)


@given(some.floats(1e-6, 1e15))
def test_axes_end_at_coarse_numbers(value: float) -> None:
    end = charts.coarse(value)
    assert value * 0.999 <= end <= value * 2.6
    assert f"{end:.0e}"[0] in "125"


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [charts.LIGHT, charts.DARK])
def test_colours_are_readable(palette: charts.Palette) -> None:
    assert _contrast(palette.text, palette.paper) >= 7
    assert _contrast(palette.plan, palette.paper) >= 4.5
    assert _contrast(palette.baseline, palette.paper) >= 4.5


# --- the simulate page ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario_shows_its_own_headline(app: AppTest, name: str) -> None:
    app.selectbox(key="choice").set_value(name).run()
    assert not app.exception
    one = scenario.load_shipped(name)
    assert strip(app) == expected(one)
    assert one.story in texts(app)
    for path, value in levers.on_screen(one).items():
        assert app.select_slider(key=path).value == value, path
    assert len(app.get("plotly_chart")) == len(charts.VIEWS)


def test_a_move_changes_the_headline_to_what_the_simulator_says(
    app: AppTest, default: Scenario
) -> None:
    before = strip(app)
    app.select_slider(key="plan.customer_service.share_moved").set_value(0.6).run()
    app.select_slider(key="plan.involvement.participation").set_value(0.05).run()
    assert not app.exception
    assert strip(app) != before
    changed = {
        "plan.customer_service.share_moved": 0.6,
        "plan.involvement.participation": 0.05,
    }
    assert strip(app) == expected(default.changed(**changed))


def test_moving_a_share_moves_the_others_and_the_money(app: AppTest, default: Scenario) -> None:
    for path, share in (("plan.split.savings", 0.33), ("plan.split.content", 0.0)):
        app.select_slider(key=path).set_value(share).run()
        split = {path: app.session_state[path] for path in levers.PUT}
        assert round(100 * sum(split.values())) == 100
    moved = default.changed(**split)
    assert strip(app) == expected(moved)
    label = app.select_slider(key="plan.split.savings").label
    assert words.money(levers.received(moved).savings, "EUR") in label


def test_own_routes_are_used_until_the_split_is_touched(app: AppTest) -> None:
    name = next(stem for stem in SHIPPED if levers.routes_differ(scenario.load_shipped(stem)))
    one = scenario.load_shipped(name)
    app.selectbox(key="choice").set_value(name).run()
    assert app.toggle(key="own_routes").value is True
    assert any("own routes" in info.value for info in app.info)
    path = "plan.split.community"
    share = round(app.session_state[path] + 0.1, 2)
    app.select_slider(key=path).set_value(share).run()
    assert app.session_state[path] == share
    assert app.toggle(key="own_routes").value is False
    assert not any("own routes" in info.value for info in app.info)
    split: dict[str, object] = {key: app.select_slider(key=key).value for key in levers.PUT}
    common = one.changed(**split, **{f"plan.{source}.split": None for source in levers.SOURCES})
    assert strip(app) == expected(common)


def test_reset_and_another_scenario_put_the_levers_back(app: AppTest, default: Scenario) -> None:
    app.select_slider(key="plan.training.share_moved").set_value(0.9).run()
    next(one for one in app.button if one.label == "Reset levers").click().run()
    assert strip(app) == expected(default)
    app.select_slider(key="plan.training.share_moved").set_value(0.9).run()
    app.selectbox(key="choice").set_value("wait-and-see").run()
    app.selectbox(key="choice").set_value(controls.DEFAULT).run()
    assert strip(app) == expected(default)


def test_a_moved_lever_marks_the_story(app: AppTest) -> None:
    path = "plan.training.share_moved"
    own = app.select_slider(key=path).value
    assert "changed" not in marks(app)
    app.select_slider(key=path).set_value(0.9).run()
    assert "changed" in marks(app)
    app.select_slider(key=path).set_value(own).run()
    assert "changed" not in marks(app)


def marks(app: AppTest) -> str:
    return "\n".join(one.value for one in app.markdown if "badge" in one.value)


def test_a_plan_that_starts_too_late_says_so(app: AppTest, default: Scenario) -> None:
    for path in ("plan.*.start_month", "plan.involvement.start_month"):
        assert not any("starts after" in info.value for info in app.info)
        app.select_slider(key=path).set_value(default.horizon_months).run()
    assert any("starts after the 60 months shown" in info.value for info in app.info)
    assert app.metric[1].value == "Starts too late"


def test_the_page_says_what_it_rests_on(app: AppTest) -> None:
    weak = sum(one.grade == "E" for one in REGISTER)
    label = app.get("page_link")[0].proto.label
    assert label.startswith(f"Rests on {len(REGISTER)} assumptions, {weak} of them graded E ")
    assert "changes" not in label
    app.selectbox(key="choice").set_value("airline-social-service").run()
    own = len(scenario.load_shipped("airline-social-service").assumptions)
    assert f"this scenario changes {own}" in app.get("page_link")[0].proto.label


def test_dropping_is_worked_out_for_those_who_look(app: AppTest, default: Scenario) -> None:
    assert not app.table
    app.session_state["instruments"] = True
    app.run()
    assert not app.exception
    rows = [words.dropped(*one, "EUR") for one in dropping.instruments(default).items()]
    assert app.table[0].value.to_dict("records") == rows


def test_an_invalid_shipped_file_is_left_out_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(SHIPPED["wait-and-see"], tmp_path)
    (tmp_path / "*bad*.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(scenario, "_FOLDER", tmp_path)
    cached.shelf.clear()
    try:
        app = AppTest.from_file(str(APP), default_timeout=180).run()
    finally:
        cached.shelf.clear()
    assert not app.exception
    assert app.selectbox(key="choice").value == "wait-and-see"
    assert len(app.selectbox(key="choice").options) == 1
    assert r"\*bad\*\.json" in app.warning[0].value


def test_a_saved_plan_opens_as_the_same_plan(app: AppTest, default: Scenario) -> None:
    saved = default.changed(**{"name": "Ours", "plan.training.share_moved": 0.77})
    upload(app, scenario.dump(saved))
    assert not app.exception
    assert not app.error
    assert app.selectbox(key="choice").value == controls.UPLOADED
    assert strip(app) == expected(saved)


def bad_files(default: Scenario) -> Iterator[tuple[str | bytes, int]]:
    yield "not json", 1
    yield b"\xff\xfe", 1
    content: dict[str, Any] = json.loads(scenario.dump(default))
    content["plan"]["training"]["share_moved"] = 7
    content["organisation"]["currency"] = "![x](http://example.com/x.png)"
    content["surprise"] = 1
    yield json.dumps(content), 3


def test_a_bad_file_is_explained_and_changes_nothing(app: AppTest, default: Scenario) -> None:
    app.select_slider(key="plan.training.share_moved").set_value(0.9).run()
    before = strip(app)
    for content, count in bad_files(default):
        upload(app, content)
        assert not app.exception
        problems = [str(one) for one in scenario.problems(content)]
        assert len(problems) == count
        listed = next(one.value for one in app.text if "found" in one.value).split("\n")
        assert len(listed) == count
        assert listed == problems or count == 1  # the last names the file
        assert "example.com" not in everything_formatted(app)
        assert app.error
        assert strip(app) == before
        assert app.select_slider(key="plan.training.share_moved").value == 0.9
    app.selectbox(key="choice").set_value("wait-and-see").run()
    assert not app.error


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_file_is_shown_as_it_is(app: AppTest, default: Scenario, text: str) -> None:
    hostile = default.changed(name=text, story=text, notes=text, **{"organisation.name": text})
    upload(app, scenario.dump(hostile), name=f"{text}.json".replace("/", ""))
    assert not app.exception
    assert not app.error
    assert text in texts(app)
    assert any(text in option for option in app.selectbox(key="choice").options)
    assert text not in everything_formatted(app)


# --- the assumptions page -------------------------------------------------------------------------


def assumptions_page() -> None:
    from ui.pages import assumptions

    assumptions.page()


@pytest.fixture
def register() -> AppTest:
    return AppTest.from_function(assumptions_page, default_timeout=60).run()


def test_the_register_is_complete_with_source_and_grade(register: AppTest) -> None:
    assert not register.exception
    table = register.dataframe[0].value
    assert list(table.index) == [one.id for one in REGISTER]
    for one in REGISTER:
        row = table.loc[one.id]
        assert (row["low"], row["central"], row["high"]) == (one.low, one.central, one.high)
        assert row["grade"] == f"{one.grade}: {GRADES[one.grade]}"
        assert row["citation"] == (one.citation or "our own judgement")
        if one.checked_at == "memory":
            assert row["read"] == "from memory: nobody has read it again"


def test_a_scenario_s_own_ranges_are_shown_marked_and_counted() -> None:
    one = scenario.load_shipped("airline-social-service")

    def of_the_airline() -> None:
        from simulator import scenario
        from ui import controls
        from ui.pages import assumptions

        controls.loaded()
        controls._load(scenario.load_shipped("airline-social-service"))
        assumptions.page()

    page = AppTest.from_function(of_the_airline, default_timeout=60).run()
    assert not page.exception
    ranges = one.ranges()
    assert f"changes {len(ranges)} of these" in page.info[0].value
    table = page.dataframe[0].value
    marked = {name for name, mark in table["own"].items() if mark}
    assert marked == set(ranges)
    for name, own in ranges.items():
        row = table.loc[name]
        assert (row["low"], row["central"], row["high"]) == (own.low, own.central, own.high)
        assert BY_ID[name].label in page.info[0].value


def test_filters_leave_what_was_asked_for(register: AppTest) -> None:
    register.multiselect[0].set_value(["service"]).run()
    register.multiselect[1].set_value(["D", "E"]).run()
    left = {BY_ID[name] for name in register.dataframe[0].value.index}
    asked = {one for one in REGISTER if one.group == "service" and one.grade in "DE"}
    assert asked
    assert left == asked
    register.multiselect[0].set_value([]).run()
    register.multiselect[1].set_value([]).run()
    register.text_input[0].set_value("OVERLOAD").run()
    ids = set(register.dataframe[0].value.index)
    assert "overload_minutes" in ids
    assert len(ids) < len(REGISTER)
    register.text_input[0].set_value("no such thing at all").run()
    assert not register.exception
    assert not len(register.dataframe[0].value)


def test_search_looks_into_sources() -> None:
    one = BY_ID["overload_minutes"]
    assert "harvard business review" in assumptions.searchable(one)

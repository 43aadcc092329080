"""Figures in words: right when read aloud, whatever the figures are, in every language."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from simulator import scenario
from simulator.analyses.leave_one_out import LeaveOneOut, LeftOut
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.model.quantities import SOURCES
from simulator.model.register import GRADES, REGISTER
from simulator.results import OUTCOMES, VERDICTS, Estimate, Headline, simulate, units, verdict
from simulator.results.chance_words import cases, in_cases
from simulator.scenario.levers import LEVERS
from tests.support.headlines import made_up
from ui.text import analyses, file_names, headline, levers
from ui.text.headline import headline_strip

ZERO = Estimate(0.0, 0.0, 0.0)
NEVER = Estimate(math.nan, math.nan, math.nan)
CODES = list(LANGUAGES)


def figures(**changes: object) -> Headline:
    """A headline of a plan that changes something; parts of it can be given."""
    start = made_up(
        net_present_value=Estimate(-816e3, -72.3e3, 502e3),
        probability_better=0.41,
        worst_case=-1e6,
        payback_month=Estimate(12, 30, math.inf),
        probability_payback=0.41,
        roi=Estimate(-0.46, -0.04, 0.28),
        return_on_involvement=Estimate(0.34, 0.52, 0.77),
        return_on_ignoring=Estimate(-293e3, -137e3, 4.45e3),
        cost_of_waiting=Estimate(-276e3, 22.8e3, 254e3),
    )
    return replace(start, **changes)  # type: ignore[arg-type]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def on_strip(headline: Headline, figure: str, language: Language = ENGLISH) -> tuple[str, str]:
    strip = headline_strip(headline, "EUR", 60, language)
    shown = next(one for one in strip.figures if one.id == figure)
    return plain(shown.value), plain(shown.range)


# --- the verdict ----------------------------------------------------------------------------------


@given(some.floats(0, 1))
def test_kinds_go_with_the_simulator_s_words(probability: float) -> None:
    strip = headline_strip(figures(probability_better=probability), "EUR", 60, ENGLISH)
    assert strip.verdict.kind == headline.kind(probability)
    assert strip.verdict.text.lower() == verdict(probability)
    assert strip.verdict.text[0].isupper()
    assert strip.verdict.probability == probability
    assert strip.verdict.detail == f"better {in_cases(probability, 1024, ENGLISH)}"


def test_kinds_change_at_the_simulator_s_limits() -> None:
    for kind, (limit, _) in zip(headline.KINDS, VERDICTS, strict=True):
        assert headline.kind(limit) == kind
        assert limit == 0.0 or headline.kind(limit - 0.0051) != kind, "as it is read"
    assert headline.kind(1.0) == headline.KINDS[0]


def test_a_plan_that_changes_nothing_says_so_everywhere() -> None:
    nothing = scenario.load_shipped("wait-and-see")
    strip = headline_strip(simulate(nothing, 64).headline, "EUR", 60, ENGLISH)
    assert strip.verdict == headline.Verdict(
        "nothing", "Nothing is changed", "so nothing differs", None
    )
    shown = {one.id: (one.value, one.range) for one in strip.figures}
    assert shown["net_present_value"] == ("€0", "the same as carrying on")
    assert shown["payback_month"] == ("Nothing to repay", "nothing differs in 60 months")
    assert shown["roi"] == ("Nothing invested", "so there is no return on it")
    assert shown["return_on_involvement"] == shown["roi"]
    assert shown["cost_of_waiting"] == ("No difference", "in the middle of all cases")
    assert shown["return_on_ignoring"][0].startswith("Costs €")


def test_a_plan_that_starts_too_late_says_so() -> None:
    default = scenario.load_shipped("balanced-shift")
    end = default.horizon_months
    late = default.changed(
        **{f"plan.{source}.start_month": end for source in SOURCES},
        **{"plan.involvement.start_month": end},
    )
    assert levers.starts_too_late(late)
    strip = headline_strip(simulate(late, 64).headline, "EUR", end, ENGLISH, too_late=True)
    assert strip.verdict == headline.Verdict(
        "too_late", "Starts too late", "after the 60 months shown", None
    )
    shown = {one.id: (one.value, one.range) for one in strip.figures}
    assert shown["net_present_value"] == ("€0", "the same as carrying on")
    assert shown["payback_month"] == ("Nothing to repay", "nothing differs in 60 months")


# --- figures --------------------------------------------------------------------------------------


def test_a_value_shows_its_sign_and_its_range() -> None:
    assert on_strip(figures(), "net_present_value") == ("−€72.3K", "−€816K to +€502K")
    gain = figures(net_present_value=Estimate(1e6, 2.5e6, 3e6))
    assert on_strip(gain, "net_present_value") == ("+€2.5M", "+€1M to +€3M")


@pytest.mark.parametrize(
    ("months", "value"),
    [
        (0, "At once"),
        (1, "At once"),
        (2, "After 2 months"),
        (24, "After 24 months"),
        (math.inf, "Not in 60 months"),
    ],
)
def test_payback_says_when(months: float, value: str) -> None:
    headline = figures(
        probability_better=0.8,
        probability_payback=0.81,
        payback_month=Estimate(months, months, math.inf),
    )
    assert on_strip(headline, "payback_month") == (value, "back in 81 of 100 cases")


def test_payback_does_not_contradict_a_verdict_that_is_too_close() -> None:
    close = figures(
        probability_better=0.44, payback_month=Estimate(3, 20, math.inf), probability_payback=0.44
    )
    assert on_strip(close, "payback_month") == ("Uncertain", "within 60 months")
    other = replace(close, probability_payback=0.48)
    assert on_strip(other, "payback_month") == ("48 of 100 cases", "within 60 months")


def test_in_how_many_cases_it_pays_back_is_said_where_it_is_not_said_already() -> None:
    gain = figures(probability_better=0.81, probability_payback=0.81)
    assert on_strip(gain, "payback_month")[1] == ""


def test_returns_are_read_by_themselves() -> None:
    assert on_strip(figures(), "roi") == ("−4%", "−46% to +28%")
    assert on_strip(figures(), "return_on_involvement") == ("0.52", "0.34 to 0.77 per euro spent")
    large = figures(return_on_involvement=Estimate(90.25, 95.5, 104.3))
    assert on_strip(large, "return_on_involvement")[1] == "90.25 to 104 per euro spent"
    for figure in ("roi", "return_on_involvement"):
        nothing = figures(**{figure: NEVER})
        assert on_strip(nothing, figure) == ("Nothing invested", "so there is no return on it")


@pytest.mark.parametrize(
    ("estimate", "waiting", "ignoring"),
    [
        (
            Estimate(4e3, 13e3, 20e3),
            ("Costs €13K", "€4,000 to €20K"),
            ("Brings €13K", "€4,000 to €20K"),
        ),
        (
            Estimate(-5e6, -4.1e6, -2e6),
            ("Saves €4.1M", "€2M to €5M"),
            ("Costs €4.1M", "€2M to €5M"),
        ),
        (
            Estimate(-4.2e3, 3e3, 13e3),
            ("Costs €3,000", "saving €4,200 to costing €13K"),
            ("Brings €3,000", "costing €4,200 to bringing €13K"),
        ),
        (
            Estimate(-1e-9, 3e3, 13e3),  # nothing is no saving
            ("Costs €3,000", "€0 to €13K"),
            ("Brings €3,000", "€0 to €13K"),
        ),
        (
            Estimate(-9e3, -3e3, 1e-9),
            ("Saves €3,000", "€0 to €9,000"),
            ("Costs €3,000", "€0 to €9,000"),
        ),
        (
            ZERO,
            ("No difference", "in the middle of all cases"),
            ("No difference", "in the middle of all cases"),
        ),
    ],
)
def test_signs_are_words(
    estimate: Estimate, waiting: tuple[str, str], ignoring: tuple[str, str]
) -> None:
    headline = figures(cost_of_waiting=estimate, return_on_ignoring=estimate)
    assert on_strip(headline, "cost_of_waiting") == waiting
    assert on_strip(headline, "return_on_ignoring") == ignoring


@pytest.mark.parametrize("name", [path.stem for path in scenario.shipped()])
def test_the_strip_of_a_shipped_scenario_is_short(name: str) -> None:
    shipped = scenario.load_shipped(name)
    strip = headline_strip(
        simulate(shipped, 64).headline,
        shipped.organisation.currency,
        shipped.horizon_months,
        ENGLISH,
    )
    assert [figure.id for figure in strip.figures] == [figure.id for figure in headline.ON_STRIP]
    for figure in strip.figures:
        assert len(figure.value) <= 17, figure
        assert len(figure.range) <= 38, figure
    assert len(strip.verdict.text) <= 18
    ends = strip.verdict.probability in {0.0, 1.0}  # then it takes two lines
    assert len(strip.verdict.detail) <= (55 if ends else 30)


money = some.floats(-1e13, 1e13)
months = some.one_of(some.integers(0, 120).map(float), some.just(math.inf), some.just(math.nan))


def estimates(values: some.SearchStrategy[float]) -> some.SearchStrategy[Estimate]:
    """Low, central and high in order; all undefined when one is."""
    return some.lists(values, min_size=3, max_size=3).map(
        lambda three: NEVER if any(map(math.isnan, three)) else Estimate(*sorted(three))
    )


@given(
    headline=some.builds(
        figures,
        net_present_value=estimates(money),
        probability_better=some.one_of(some.floats(0, 1), some.just(math.nan)),
        payback_month=estimates(months),
        probability_payback=some.floats(0, 1),
        roi=estimates(some.one_of(some.floats(-1e6, 1e6), some.just(math.nan))),
        return_on_involvement=estimates(some.one_of(some.floats(-1e6, 1e6), some.just(math.nan))),
        return_on_ignoring=estimates(money),
        cost_of_waiting=estimates(money),
    ),
    code=some.sampled_from(CODES),
    currency=some.sampled_from(["EUR", "DKK", "USD", "XYZ"]),
    horizon=some.integers(12, 120),
    too_late=some.booleans(),
)
def test_whatever_the_figures_the_words_are_words(
    headline: Headline, code: str, currency: str, horizon: int, too_late: bool
) -> None:
    strip = headline_strip(headline, currency, horizon, LANGUAGES[code], too_late=too_late)
    texts = [strip.verdict.text, strip.verdict.detail]
    for figure in strip.figures:
        assert figure.label and figure.value
        assert figure.range or figure.id == "payback_month"
        texts += [figure.value, figure.range]
    for text in texts:
        assert "{" not in text and "}" not in text
        assert not {"nan", "inf", "∞", "None"} & set(
            text.replace("\N{NO-BREAK SPACE}", " ").split()
        )
        assert "-" not in text, "the true minus sign is used"


# --- units and amounts ----------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_has_a_unit_and_amounts(outcome: str, code: str) -> None:
    language = LANGUAGES[code]
    unit = units.axis_unit(outcome, "DKK", language)
    assert unit and "{" not in unit and "currency" not in unit
    text = units.amount(0.125, outcome, "DKK", language)
    assert "{" not in text and "currency" not in text
    if OUTCOMES[outcome].unit.startswith("share"):
        assert unit.startswith("%")
        assert text.startswith(language.percent(0.125, decimals=1))
    elif OUTCOMES[outcome].unit.startswith("currency"):
        assert language.money(0.125, "DKK") in text


def test_amounts_are_read_with_their_unit() -> None:
    def amount(value: float, outcome: str) -> str:
        return plain(units.amount(value, outcome, "EUR", ENGLISH))

    assert amount(1.2e6, "cumulative_value") == "€1.2M"
    assert amount(361e3, "revenue") == "€361K per year"
    assert amount(6.24, "cost_per_contact") == "€6.24 per contact"
    assert amount(98_200, "customers") == "98,200 customers"
    assert amount(0.1234, "churn") == "12.3% per year"
    assert units.axis_unit("customers", "EUR", ENGLISH) == "customers"
    assert units.axis_unit("revenue", "EUR", ENGLISH) == "€ per year"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.4, "0"),
        (850, "850"),
        (999.6, "1,000"),
        (1203, "1,203"),
        (-9999.4, "−9,999"),
        (98_230.4, "98,230"),
        (-999_999.4, "−999,999"),
        (999_999.5, "1M"),
        (1_234_567, "1.23M"),
    ],
)
def test_counts_below_a_million_are_whole_and_in_full(value: float, text: str) -> None:
    assert units.count(value, ENGLISH) == text
    sign = "+" if text != "0" else ""
    assert units.count(abs(value), ENGLISH, sign=True) == sign + text.removeprefix("−")


def test_heads_are_customers() -> None:
    assert {one.group for one in OUTCOMES.values() if one.unit.startswith("heads")} == {"Customers"}


def test_an_unknown_outcome_is_an_error() -> None:
    with pytest.raises(KeyError):
        units.axis_unit("no_such_outcome", "EUR", ENGLISH)
    with pytest.raises(KeyError):
        units.amount(1.0, "no_such_outcome", "EUR", ENGLISH)


@pytest.mark.parametrize(
    ("code", "one", "two"),
    [
        ("en", "1 customer", "2 customers"),
        ("nl", "1 klant", "2 klanten"),
        ("da", "1 kunde", "2 kunder"),
    ],
)
def test_one_is_no_plural(code: str, one: str, two: str) -> None:
    language = LANGUAGES[code]
    assert plain(units.amount(1.2, "customers", "EUR", language)) == one
    assert plain(units.amount(1.6, "customers", "EUR", language)) == two


# --- words of stops -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("minutes_per_day", 0, "no time"),
        ("minutes_per_day", 0.5, "now and then"),
        ("minutes_per_day", 5, "a few minutes"),
        ("minutes_per_day", 10, "some 10 minutes"),
        ("minutes_per_day", 15, "a quarter of an hour"),
        ("minutes_per_day", 22, "some 20 minutes"),
        ("minutes_per_day", 30, "half an hour"),
        ("minutes_per_day", 45, "over half an hour"),
        ("minutes_per_day", 239, "an hour and more"),
        ("minutes_per_day", 240, "half the day"),
        ("minutes_per_day", 480, "the whole day"),
        ("participation", 0, "nobody"),
        ("participation", 0.05, "a few enthusiasts"),
        ("participation", 1, "everybody"),
        ("openness", 0, "only sends"),
        ("promotional_share", 0, "never"),
        ("mandate", 0.89, "clear policy"),
        ("mandate", 0.9, "leaders live it"),
        ("share_moved", 0, "nothing"),
        ("share_moved", 0.12, "a little"),
        ("share_moved", 1, "all of it"),
        ("start_month", 0, "now"),
        ("start_month", 3, "month 3"),
        ("ramp_months", 1, "at once"),
        ("ramp_months", 12, "over 12 months"),
    ],
)
def test_stops_have_words(name: str, value: float, word: str) -> None:
    assert stop_word(name, value, ENGLISH) == word


def stop_word(name: str, value: float, language: Language) -> str:
    """The word for one value of a lever, read from what the browser gets, as it does."""
    path = next(path for path in LEVERS if path.endswith(f".{name}"))
    return word_in(levers.words_of(LEVERS[path].words, language), value)


def word_in(words: dict[str, Any], value: float) -> str:
    for exact, word in words["exact"]:
        if value == exact:
            return str(word)
    for least, word in reversed(words["from"]):
        if value >= least:
            return str(word)
    return str(words["template"]).format(number=f"{value:g}")


@pytest.mark.parametrize("code", CODES)
def test_every_stop_of_every_lever_has_a_word(code: str) -> None:
    for group in levers.describe(LANGUAGES[code]):
        for lever in group["levers"]:
            assert lever["words"]["template"] or lever["words"]["from"][0][0] == 0
            words = {word_in(lever["words"], stop) for stop in lever["stops"]}
            assert len(words) >= 4, lever["path"]
            assert all(words)


@pytest.mark.parametrize("code", CODES)
def test_words_for_the_browser_ascend(code: str) -> None:
    for name, lever in LEVERS.items():
        words = levers.words_of(lever.words, LANGUAGES[code])
        values = [value for value, _ in words["from"]]
        assert values == sorted(set(values)), name
        assert words["template"] is None or "{number}" in words["template"], name


# --- rows, names, files ---------------------------------------------------------------------------


def test_what_dropping_an_instrument_does_is_said_in_words() -> None:
    dropped = LeftOut(9e3, Estimate(-3e3, -2e3, -1e3), 0.97)
    gain = LeftOut(9e3, Estimate(-3e3, 2e3, 4e3), 0.2)
    result = LeaveOneOut({"social_service": dropped, "content": gain})
    table = analyses.table(result, "EUR", 1024, ENGLISH)
    first, second = table["rows"]
    assert first == {
        "id": "social_service",
        "cells": {
            "instrument": "Online service",
            "money_present_value": "€9,000",
            "change_if_dropped": "Costs €2,000",
            "change_if_dropped_range": "Costs €1,000 to €3,000",
            "probability_dropping_costs": "97 of 100 cases",
        },
        "bars": {},
        "assumption": None,
    }
    assert table["statements"] == []
    assert second["cells"]["change_if_dropped"] == "Saves €2,000"
    assert second["cells"]["change_if_dropped_range"] == "costing €3,000 to saving €4,000"
    assert all(table["headings"].values())
    assert table["headings"].keys() == first["cells"].keys()


def test_what_a_result_rests_on_is_counted() -> None:
    assert 2 * sum(one.grade == "E" for one in REGISTER) > len(REGISTER)
    text = f"Rests on assumptions, most of them grade E ({GRADES['E']})"
    assert headline.rests_on(0, ENGLISH) == text
    assert headline.rests_on(1, ENGLISH) == f"{text}, one of them changed"
    assert headline.rests_on(12, ENGLISH) == f"{text}, some of them changed"


@pytest.mark.parametrize("code", CODES)
def test_a_changed_plan_has_a_name_that_says_so_and_is_allowed(code: str) -> None:
    once = file_names.changed_name("Ours", LANGUAGES[code])
    assert once.startswith("Ours (") and once.endswith(")")
    for other in LANGUAGES.values():
        assert file_names.changed_name(once, other) == once
    long = file_names.changed_name("x" * scenario.LONGEST_NAME, LANGUAGES[code])
    assert len(long) == scenario.LONGEST_NAME
    default = scenario.load_shipped("balanced-shift")
    assert default.changed(name=long).name == long


def test_a_changed_plan_says_so_in_english() -> None:
    assert file_names.changed_name("Ours", ENGLISH) == "Ours (changed)"


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
    assert file_names.file_name(name) == file


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (None, ""),
        (0.49, ""),
        (0.66, "66% of the uncertainty rests on weak evidence and judgement (grades D, E)"),
        (
            0.998,
            "More than 99% of the uncertainty rests on weak evidence and judgement (grades D, E)",
        ),
    ],
)
def test_weak_evidence_is_warned_of_where_it_drives_the_result(
    share: float | None, words: str
) -> None:
    assert headline.weak_evidence(share, ENGLISH) == words


@pytest.mark.parametrize("code", CODES)
def test_the_warning_of_weak_evidence_says_what_it_means_and_where_there_is_more(code: str) -> None:
    said = headline.weak_help(LANGUAGES[code])
    assert all(said.values()) and len(set(said.values())) == len(said)
    assert "D" in said["text"] and "E" in said["text"]


@pytest.mark.parametrize("figure", ["roi", "return_on_involvement"])
@pytest.mark.parametrize(
    ("ratio", "is_too_little"),
    [
        (Estimate(-0.3, 0.2, 0.9), False),
        (Estimate(-2.0, 3.0, 12.0), False),
        (Estimate(-300.0, -200.0, -100.0), True),
        (Estimate(990.0, 1000.0, 1010.0), True),
        (Estimate(-40.0, 3.0, 60.0), True),
    ],
)
def test_next_to_nothing_put_in_has_no_ratio(
    figure: str, ratio: Estimate, is_too_little: bool
) -> None:
    headline = figures(**{figure: ratio})
    value, below = on_strip(headline, figure)
    assert (value == "Too little is put in") == is_too_little
    assert (below == "for a return to say much") == is_too_little


@pytest.mark.parametrize("name", [path.stem for path in scenario.shipped()])
def test_no_shipped_plan_puts_in_too_little(name: str) -> None:
    headline = simulate(scenario.load_shipped(name), 64).headline
    for figure in ("roi", "return_on_involvement"):
        assert on_strip(headline, figure)[0] != "Too little is put in", name


def test_an_analysis_of_fewer_cases_than_the_headline_says_so() -> None:
    result = LeaveOneOut({"content": LeftOut(9e3, Estimate(-3e3, 2e3, 4e3), 0.2)})
    said, silent = (
        analyses.table(result, "EUR", 1024, ENGLISH, replace(made_up(), draws=draws))["statements"]
        for draws in (8192, 1024)
    )
    assert [text[:55] for text in said] == [
        "Worked out in 1,024 of the headline's 8,192 cases: what"
    ]
    assert silent == []


def test_who_puts_nothing_in_has_nothing_to_get_back() -> None:
    """People who do less than today cost money, and no money is put in that could come back."""
    default = scenario.load_shipped("balanced-shift")
    idle = default.changed(
        **{f"plan.{source}.share_moved": 0.0 for source in SOURCES},
        **{f"plan.involvement.{name}": 0.0 for name in ("minutes_per_day", "participation")},
    )
    known = simulate(idle, 64).headline
    assert known.net_present_value.central < 0.0
    shown = {one.id: one.value for one in headline_strip(known, "EUR", 60, ENGLISH).figures}
    assert (shown["roi"], shown["payback_month"]) == ("Nothing invested", "Nothing to repay")


@pytest.mark.parametrize("share", [0.3249, 0.3251, 0.329, 0.331, 0.654, 0.656, 0.659, 0.661, 0.896])
def test_a_verdict_is_that_of_the_chance_as_it_is_read(share: float) -> None:
    """66 of 100 is likely wherever it stands, and what is said of limits holds for what is read."""
    read = int(cases(share, 8192, ENGLISH).split()[0])
    limits = (90, 66, 33, 10, 0)
    expected = next(place for place, limit in enumerate(limits) if read >= limit)
    assert (verdict(share), headline.kind(share)) == (
        VERDICTS[expected][1],
        headline.KINDS[expected],
    )

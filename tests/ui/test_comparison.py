"""A comparison in words and figures: true to its numbers, whatever is compared."""

from __future__ import annotations

import html
import itertools
import math
import re
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import charts, scenario
from simulator.analyses.comparison import (
    CAVEATS,
    HEADLINE_ROWS,
    LETTERS,
    MEASURES,
    Comparison,
    compare,
    figure_of,
    usable_measure,
    usable_pair,
)
from simulator.analyses.comparison.pairs import Pair, Ranking, pair_of, ranked
from simulator.charts.palette import LIGHT
from simulator.i18n.language import ENGLISH, LANGUAGES, MINUS, UNDEFINED, Language
from simulator.model.register import FloatArray
from simulator.results import OUTCOMES, Estimate, estimate, precision, simulate
from simulator.results.chance_words import in_cases, of_100
from simulator.scenario import EstimateInput, ResultsInput, Scenario
from simulator.version import MODEL_VERSION
from tests.support.comparisons import CHARITY, DEFAULT, GOOD, IDLE
from tests.support.examples import examples
from ui.text import comparison, headline
from ui.text.comparison.differences import told_apart

DRAWS = 64
SELLING = scenario.load_shipped("too-promotional")
FUND = scenario.load_shipped("membership-fund")
"""In Danish crowns."""
NEARLY = DEFAULT.changed(**{"plan.training.share_moved": 0.2001})
"""Hardly another plan."""
SHARES_OF_DRAWS = {"probability_better", "probability_payback"}
SETS = ((DEFAULT, SELLING, IDLE), (DEFAULT, CHARITY, FUND), (CHARITY, SELLING, FUND, IDLE))
NOTHING = EstimateInput(low=None, central=None, high=None)
OLD = ResultsInput(
    model_version="0.9.0",
    draws=8,
    net_present_value=EstimateInput(low=0.0, central=1.0, high=2.0),
    probability_better=None,
    worst_case=0.0,
    payback_month=NOTHING,
    probability_payback=None,
    roi=NOTHING,
    return_on_involvement=NOTHING,
    return_on_ignoring=NOTHING,
    cost_of_waiting=NOTHING,
)

languages = st.sampled_from(list(LANGUAGES.values()))
sets = st.sampled_from(SETS)


@cache
def _comparison(number: int) -> Comparison:
    return compare(*SETS[number], draws=DRAWS)


def of(*scenarios: Scenario) -> Comparison:
    """A comparison; those that several tests need are made once."""
    return (
        _comparison(SETS.index(scenarios))
        if scenarios in SETS
        else compare(*scenarios, draws=DRAWS)
    )


@st.composite
def asked(draw: st.DrawFn) -> tuple[Comparison, str, int, int, Language]:
    """Any two of some scenarios by any measure, in any language."""
    compared = _comparison(draw(st.integers(0, len(SETS) - 1)))
    first, second = draw(st.permutations(range(len(compared.scenarios))))[:2]
    return compared, draw(st.sampled_from(list(MEASURES))), first, second, draw(languages)


# --- is one really better? -----------------------------------------------------------------------

MIRRORED = dict(zip(headline.KINDS, reversed(headline.KINDS), strict=True))


@given(asked())
def test_the_answer_is_that_of_the_paired_draws(
    case: tuple[Comparison, str, int, int, Language],
) -> None:
    compared, measure, first, second, language = case
    answer = comparison.answer(compared, measure, first, second, language)
    obstacle = compared.obstacle(measure, first, second)
    if obstacle:
        assert (answer.kind, answer.spread) == ("impossible", None)
        assert answer.detail
        return
    pair = compared.pair(first, second, measure)
    assert answer.kind == headline.kind(pair.probability)
    assert in_cases(pair.better, DRAWS, language) in answer.detail
    assert of_100(pair.worse, DRAWS, language) in answer.worse
    for letter in (LETTERS[first], LETTERS[second]):
        assert letter in answer.verdict
    drawn = answer.spread
    assert drawn is not None
    assert sum(drawn.counts) == DRAWS
    assert drawn.edges[0] == 0.0
    assert drawn.edges[-1] == 1.0
    assert list(drawn.edges) == sorted(drawn.edges)
    assert drawn.low <= drawn.central <= drawn.high
    assert 1 <= len(drawn.ticks) <= 6
    assert all(0.0 <= tick.place <= 1.0 for tick in drawn.ticks)
    assert len({tick.text for tick in drawn.ticks}) == len(drawn.ticks)
    assert len(drawn.rows) == len(drawn.counts)
    other = comparison.answer(compared, measure, second, first, language)
    assert other.kind == MIRRORED[answer.kind]
    assert other.spread is not None
    assert other.spread.counts == drawn.counts[::-1]


def test_the_answer_is_a_sentence_with_its_figures() -> None:
    compared = of(GOOD, SELLING, IDLE)
    answer = comparison.answer(compared, "value", 0, 1, ENGLISH)
    pair = compared.pair(0, 1)
    seen = precision.shown(pair.difference)
    low, middle, high = (
        ENGLISH.money(one, "EUR", sign=True) for one in (seen.low, seen.central, seen.high)
    )
    assert answer.verdict == "B is very likely worse than A"
    assert answer.detail == (
        f"B is ahead {in_cases(pair.better, DRAWS, ENGLISH)}: {middle} in the middle of all "
        f"cases, {low} to {high} in 8 of 10."
    )
    worse, better = (of_100(share, DRAWS, ENGLISH) for share in (pair.worse, pair.better))
    assert (answer.worse, answer.better) == (f"A ahead: {worse}", f"B ahead: {better}")


def test_scenarios_that_never_differ_come_to_the_same() -> None:
    answer = comparison.answer(of(DEFAULT, DEFAULT), "value", 0, 1, ENGLISH)
    assert (answer.kind, answer.verdict) == ("same", "A and B come to the same")
    assert answer.spread is None


def test_the_rule_says_where_it_is_too_close() -> None:
    limits = [int(number) for number in re.findall(r"\b\d\d\b", comparison.RULE)]
    for number, kind in ((32, "likely_worse"), (33, "too_close"), (66, "likely_better")):
        assert headline.kind(number / 100) == kind
    assert {33, 66, 90} <= set(limits)
    assert headline.kind(0.9) == "very_likely_better"


def test_hardly_any_and_nearly_all_cases_are_not_none_and_all() -> None:
    texts = [of_100(share, 1024, ENGLISH) for share in (0.0, 0.002, 0.01, 0.998, 1.0)]
    assert texts == [
        "none of 1,024",
        "fewer than 1 of 100",
        "1 of 100",
        "more than 99 of 100",
        "all 1,024",
    ]


def test_a_verdict_across_organisations_names_its_measure_and_the_caveat() -> None:
    compared = of(DEFAULT, CHARITY, FUND)
    ends = {
        "value": ", in all",
        "value_per_customer": ", per customer",
        "value_per_employee": ", per employee",
        "value_per_money_moved": ", per euro moved",
    }
    for measure, end in ends.items():
        answer = comparison.answer(compared, measure, 0, 1, ENGLISH)
        assert answer.verdict.endswith(end)
        assert answer.note.startswith("Different organisations")
    abroad = comparison.answer(compared, "value_per_money_moved", 0, 2, ENGLISH)
    assert abroad.verdict.endswith(", for the money moved")
    alike = comparison.answer(of(DEFAULT, SELLING, IDLE), "value", 0, 1, ENGLISH)
    assert (CAVEATS["organisation"] in alike.note, "," in alike.verdict) == (False, False)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
def test_what_measures_mean_is_said_in_every_language(language: Language) -> None:
    for offer, offered in zip(
        MEASURES.values(), comparison.measures(of(DEFAULT, DEFAULT), 0, 1, language), strict=True
    ):
        assert (offered.meaning == offer.meaning) == (language.code == "en")


# --- what is compared, by what -------------------------------------------------------------------


def test_what_is_best_in_the_middle_is_asked_about_first() -> None:
    compared = of(DEFAULT, SELLING, IDLE)
    medians = [estimate(draws).central for draws in compared.of("value")]
    best = max((1, 2), key=lambda place: medians[place])
    assert usable_pair(compared, "value", (None, None)) == (0, best)
    assert usable_pair(compared, "value", (2, None))[0] == 2
    assert usable_pair(compared, "value", (1, 0)) == (1, 0)
    assert usable_pair(compared, "value", (3, 1)) == (compared.carrying_on, 1)
    alone = of(DEFAULT)
    assert usable_pair(alone, "value", (None, None)) == (alone.carrying_on, 0)
    assert usable_pair(alone, "value", (0, None)) == (0, alone.carrying_on)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda one: one.code)
def test_carrying_on_is_compared_in_words(language: Language) -> None:
    compared = of(DEFAULT, SELLING).described([DEFAULT, SELLING], ["B", "P"])
    answer = comparison.answer(compared, "value", compared.carrying_on, 0, language)
    assert language.gettext("carrying on") in answer.verdict
    other = comparison.answer(compared, "value", 1, compared.carrying_on, language).verdict
    assert other[0].isupper() and "P" in other
    assert answer.better.startswith("B")


@given(asked(), st.none() | st.integers(0, 5), st.none() | st.integers(0, 5))
def test_there_is_always_a_pair_of_two(
    case: tuple[Comparison, str, int, int, Language], first: int | None, second: int | None
) -> None:
    compared, measure, *_ = case
    pair = usable_pair(compared, measure, (first, second))
    everyone = set(range(compared.carrying_on + 1))
    assert len(set(pair)) == 2
    assert set(pair) <= everyone
    if first in everyone and second in everyone and first != second:
        assert pair == (first, second)


def test_money_of_several_currencies_is_never_compared() -> None:
    compared = of(DEFAULT, CHARITY, FUND)
    assert usable_measure(compared, None) == "value_per_money_moved"
    offered = {one.id: one.reason for one in comparison.measures(compared, 0, 2, ENGLISH)}
    assert offered.pop("value_per_money_moved") == ""
    assert all("Different currencies" in reason for reason in offered.values())
    # Two in the same currency can be, but not all.
    assert {one.reason for one in comparison.measures(compared, 0, 1, ENGLISH)} == {""}
    rows, note = comparison.ranking(compared, "value", ENGLISH)
    assert rows == []
    assert "Different currencies" in note
    assert charts.by_currency(compared, "currency") == [("EUR", (0, 1)), ("DKK", (2,))]
    assert charts.by_currency(compared, "share") == [("EUR", (0, 1, 2))]


def test_sizes_decide_by_what_is_compared_at_first() -> None:
    assert usable_measure(of(DEFAULT, SELLING, IDLE), None) == "value"
    assert usable_measure(of(DEFAULT, SELLING, IDLE), "value_per_employee") == (
        "value_per_employee"
    )
    assert usable_measure(of(DEFAULT, CHARITY, FUND), None) == "value_per_money_moved"
    assert usable_measure(of(DEFAULT, IDLE), "value_per_money_moved") == "value_per_money_moved"
    assert usable_measure(of(DEFAULT), "value_per_money_moved") == "value_per_money_moved"
    assert usable_measure(of(IDLE), "value_per_money_moved") == "value"


def test_a_measure_that_leaves_somebody_out_is_not_chosen_for_anybody() -> None:
    several = of(DEFAULT, CHARITY, IDLE)
    for compared in (of(DEFAULT, CHARITY), several):
        assert usable_measure(compared, None) == "value_per_customer"
    why = comparison.why_measured(several, "value_per_customer", None, ENGLISH)
    assert "differ in size" in why
    assert comparison.why_measured(of(DEFAULT, IDLE), "value", None, ENGLISH) == ""
    assert comparison.why_measured(several, "value", "value", ENGLISH) == ""
    abroad = of(DEFAULT, CHARITY, FUND)
    assert "currencies" in comparison.why_measured(abroad, "value_per_money_moved", None, ENGLISH)
    text = comparison.why_measured(of(IDLE), "value", "value_per_money_moved", ENGLISH)
    assert "Value per money moved" in text and "No money is moved" in text


def test_who_carries_on_is_ranked_by_every_measure_and_best_is_of_those_that_are() -> None:
    compared = of(DEFAULT, CHARITY, IDLE)
    rows, note = comparison.ranking(compared, "value_per_money_moved", ENGLISH)
    assert {row.scenario for row in rows} == {0, 1, compared.carrying_on}
    assert note.endswith(": C.") and all("best of these" in row.share for row in rows)
    rows, note = comparison.ranking(compared, "value_per_customer", ENGLISH)
    assert len(rows) == 4 and note == ""
    assert not any("of these" in row.share for row in rows)


@given(asked())
def test_ranks_go_from_the_best_on_and_leave_nobody_out_in_silence(
    case: tuple[Comparison, str, int, int, Language],
) -> None:
    compared, measure, _, _, language = case
    rows, note = comparison.ranking(compared, measure, language)
    if compared.obstacle(measure):
        assert (rows, bool(note)) == ([], True)
        return
    assert [row.best for row in rows] == sorted((row.best for row in rows), reverse=True)
    assert math.isclose(math.fsum(row.best for row in rows), 1.0)
    left_out = set(range(len(compared.scenarios))) - {row.scenario for row in rows}
    assert bool(note) == bool(left_out)
    assert compared.carrying_on in {row.scenario for row in rows}
    assert all(LETTERS[place] in note for place in left_out)


class _Plans:
    """Three plans by made-up values, as a comparison has them."""

    carrying_on, letters, draws = 3, ("A", "B", "C"), 100

    def __init__(self, *values: list[float]) -> None:
        self.values = np.array(values)

    def obstacle(self, *_: object) -> None:
        return None

    def of(self, measure: str) -> FloatArray:
        return self.values

    def pair(self, first: int, second: int, measure: str) -> Pair:
        everyone = np.vstack([self.values, np.zeros((1, self.draws))])
        return pair_of(first, second, measure, everyone[second] - everyone[first])

    def ranking(self, measure: str) -> Ranking:
        best, rank = ranked(np.vstack([self.values, np.zeros((1, self.draws))]))
        *shares, carrying_on = best.tolist()
        return Ranking(
            measure, self.letters, tuple(shares), tuple(rank[:-1]), carrying_on, rank[-1]
        )


def test_ahead_of_another_more_often_and_less_often_the_best_of_all_is_explained() -> None:
    ahead, best = [1.0] * 48 + [3.0] * 52, [2.0] * 100
    third = [0.5] * 48 + [4.0] * 30 + [1.0] * 22
    odd: Any = _Plans(best, ahead, third)
    for places in ((0, 1), (1, 0)):
        text = comparison.both_hold(odd, "value_per_customer", places, ENGLISH)
        assert text == (
            "Both hold: B is ahead of A in 52 of 100 cases, and yet A is more often the best of "
            "all, since in many of these cases C is ahead of both."
        )
        for language in LANGUAGES.values():
            said = comparison.both_hold(odd, "value_per_customer", places, language)
            assert all(letter in said for letter in "ABC") and "{" not in said
    plain: Any = _Plans(best, ahead, [0.5] * 100)
    assert comparison.both_hold(plain, "value_per_customer", (0, 1), ENGLISH) == ""


def test_what_is_no_riddle_is_not_explained() -> None:
    compared = _comparison(0)
    for places in itertools.permutations(range(4), 2):
        text = comparison.both_hold(compared, "value", (places[0], places[1]), ENGLISH)
        rows = {row.scenario: row for row in comparison.ranking(compared, "value", ENGLISH)[0]}
        pair = compared.pair(*places, "value")
        ahead, behind = places[::-1] if pair.better > pair.worse else places
        assert not text or rows[ahead].best < rows[behind].best


# --- tables --------------------------------------------------------------------------------------


@given(st.integers(0, len(SETS) - 1), languages)
@examples(9)
def test_the_headline_table_has_every_figure_of_everyone(number: int, language: Language) -> None:
    compared = _comparison(number)
    rows = comparison.headline_table(compared, language)
    assert [row.id for row in rows] == list(HEADLINE_ROWS)
    for row in rows:
        assert len(row.cells) == len(compared.scenarios)
        assert (row.cells[0].difference, row.cells[0].difference_range) == ("", "")
        for place, cell in enumerate(row.cells):
            value = figure_of(compared.headlines[place], row.id)
            middle = value.central if isinstance(value, Estimate) else value
            assert cell.value
            assert (cell.value == UNDEFINED) == math.isnan(middle)
            assert "nan" not in cell.value + cell.range + cell.difference
            assert "∞" not in cell.value + cell.range + cell.difference


_LETTERS = {"K": 1e3, "M": 1e6, "B": 1e9}


def _read(text: str, costs: float) -> float | None:
    """The number in a figure as English writes it; none where it has no number of its own.
    ``costs``: the sign of what costs something."""
    found = re.search(r"([−+]?)\D{0,4}?(\d[\d,]*(?:\.\d+)?)([KMB])?", text)
    if not found:
        return None
    size = float(found[2].replace(",", "")) * _LETTERS.get(found[3] or "", 1.0)
    signs = {"Costs": costs, "Saves": -costs, "Brings": 1.0}
    return size * signs.get(text.split()[0], -1.0 if found[1] == MINUS else 1.0)


def _last_digit(text: str) -> float:
    """What the last digit of such a figure counts."""
    found = re.search(r"\d[\d,]*(?:\.(\d+))?([KMB])?", text)
    assert found
    return 10.0 ** -len(found[1] or "") * _LETTERS.get(found[2] or "", 1.0)


@pytest.mark.parametrize("others", [(GOOD, SELLING, IDLE), (DEFAULT, NEARLY)])
def test_differences_are_those_of_what_is_shown(others: tuple[Scenario, ...]) -> None:
    for row in comparison.headline_table(of(*others), ENGLISH):
        first = row.cells[0]
        for cell in row.cells[1:]:
            costs = 1.0 if row.id == "cost_of_waiting" else -1.0
            value, base, less = (
                _read(text, costs) for text in (cell.value, first.value, cell.difference)
            )
            if None in (value, base, less) or row.id in SHARES_OF_DRAWS | {"payback_month"}:
                continue
            assert value is not None and base is not None and less is not None
            digit = max(map(_last_digit, (cell.value, first.value, cell.difference)))
            assert abs(value - base - less) <= 1.01 * digit, (row.id, cell, first)
            if HEADLINE_ROWS[row.id].unit != "currency":  # which is as exact as its draws
                assert not less or cell.value != first.value, "a difference shows in the figures"


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
def test_a_row_of_shares_or_ratios_has_one_precision(language: Language) -> None:
    """Whatever the plans: no digit in one cell that the next one has not."""
    decimals = re.compile(r"\d[.,](\d+)(?=\D|$)")
    for sets in ((DEFAULT, GOOD, SELLING, IDLE), (DEFAULT, NEARLY, SELLING)):
        for row in comparison.headline_table(of(*sets), language):
            unit = HEADLINE_ROWS[row.id].unit
            if unit != "ratio" and not (row.at_end and unit.startswith("share")):
                continue
            texts = [
                text
                for cell in row.cells
                for text in (cell.value, cell.range, cell.difference, cell.difference_range)
                if any(map(str.isdigit, text))
            ]
            numbers = [len(re.findall(r"\d+(?:[.,]\d+)?", text)) for text in texts]
            found = [decimals.findall(text) for text in texts]
            lengths = {len(one) for each in found for one in each}
            assert len(lengths) <= 1, (row.id, texts)
            assert not lengths or numbers == [*map(len, found)], (row.id, texts)


def test_the_numbers_of_a_sentence_have_one_precision() -> None:
    compared = of(DEFAULT, GOOD, SELLING)
    for pair in ((0, 1), (0, 2), (1, 2)):
        detail = comparison.answer(compared, "value_per_money_moved", *pair, ENGLISH).detail
        said = detail.partition(": ")[2].replace("8 of 10", "")
        numbers = re.findall(r"\d+(?:\.(\d+))?", said)
        assert len(numbers) == 3 and len({*map(len, numbers)}) == 1, detail


def test_figures_and_differences_have_their_units() -> None:
    rows = {row.id: row for row in comparison.headline_table(of(GOOD, SELLING, IDLE), ENGLISH)}
    worth = rows["net_present_value"]
    assert all(re.search("€", cell.value) for cell in worth.cells)
    assert re.fullmatch("[+−]€.*", worth.cells[1].difference)
    assert rows["probability_better"].cells[1].value.endswith("%")
    assert rows["probability_better"].cells[1].difference.endswith(" percentage points")
    assert rows["payback_month"].cells[1].value == "not in time"
    # Nothing is moved in the last one: there is nothing that could be back, sooner or later.
    back = rows["payback_month"].cells
    assert (back[1].difference, back[2].difference) == ("no longer in time", "–")
    # Nothing is changed in the last one: there is no probability, so no difference in it either.
    assert rows["probability_better"].cells[2].difference == ""
    assert {row.unit for row in rows.values()} == {"", "per year"}
    assert rows["churn"].unit == "per year"
    assert rows["churn"].cells[0].value.endswith("%")
    assert {row.id for row in rows.values() if row.at_end} < set(OUTCOMES)


def test_amounts_of_other_currencies_have_no_difference() -> None:
    rows = {row.id: row for row in comparison.headline_table(of(DEFAULT, CHARITY, FUND), ENGLISH)}
    assert "DKK" in rows["net_present_value"].cells[2].value
    assert rows["net_present_value"].cells[2].difference == ""
    assert rows["net_present_value"].cells[1].difference
    assert rows["roi"].cells[2].difference


def test_budgets_are_those_of_today_and_with_the_plan() -> None:
    compared = of(DEFAULT, SELLING, IDLE)
    lines = {line.id: line for line in comparison.budgets(compared, ENGLISH)}
    for name, line in lines.items():
        for place, amount in enumerate(line.amounts):
            spent = compared.spending[place]
            assert (amount.today, amount.plan) == (spent.today[name], spent.plan[name])
            assert amount.plan_text == ENGLISH.money(spent.plan[name], "EUR")
    assert [line.id for line in lines.values() if line.source] == [
        "market_research",
        "training",
        "customer_service",
    ]
    assert "savings" not in lines, "nobody saves anything"


# --- what differs --------------------------------------------------------------------------------


def test_the_two_values_are_apart_by_what_the_table_says() -> None:
    pair = of(DEFAULT, SELLING)
    note = comparison.answer(pair, "value", 0, 1, ENGLISH).note
    rows = comparison.headline_table(pair, ENGLISH)
    cells = next(row.cells for row in rows if row.id == "net_present_value")
    assert f"differ by {cells[1].difference}" in note


def test_against_carrying_on_the_difference_is_the_value_that_is_shown() -> None:
    """Of more draws than those of the comparison, once these are worked out."""
    pair = of(DEFAULT, SELLING)
    worth = Estimate(-3.7e5, 1.2e4, 3.2e5, 1e4)
    more = [replace(pair.headlines[0], net_present_value=worth, probability_better=0.52)]
    known = pair.refined([(one, None) for one in (*more, pair.headlines[1])])
    ahead = comparison.answer(known, "value", pair.carrying_on, 0, ENGLISH)
    assert "52 of 100" in ahead.detail and f"{MINUS}€370K to +€320K" in ahead.detail
    behind = comparison.answer(known, "value", 0, pair.carrying_on, ENGLISH)
    assert "48 of 100" in behind.detail and f"{MINUS}€320K to +€370K" in behind.detail


def test_values_that_are_apart_by_rounding_alone_are_said_to_be() -> None:
    pair = of(DEFAULT, SELLING)
    middle = pair.pair(0, 1).difference.central
    coarse = [
        replace(one, net_present_value=Estimate(value, value, value, 1e6))
        for one, value in zip(pair.headlines, (-1.49e6, -1.49e6 + middle), strict=True)
    ]
    said = comparison.answer(pair.refined([(one, None) for one in coarse]), "value", 0, 1, ENGLISH)
    assert said.note.endswith("each is rounded by itself, to fewer digits.")


def test_values_that_are_shown_alike_are_not_said_to_be_alike() -> None:
    """The table says how far they are apart by themselves."""
    pair = of(DEFAULT, SELLING)
    alike = [
        replace(one, net_present_value=Estimate(value, value, value, 1e6))
        for one, value in zip(pair.headlines, (1.16e6, 1.24e6), strict=True)
    ]
    known = pair.refined([(one, None) for one in alike])
    note = comparison.answer(known, "value", 0, 1, ENGLISH).note
    assert note.endswith("each is rounded by itself, to fewer digits."), note


def test_rounding_makes_no_difference_of_nearly_nothing() -> None:
    """Two values that are hardly apart may be rounded to neighbours that are far apart."""
    pair = of(DEFAULT, NEARLY)
    middle = pair.pair(0, 1).difference.central
    edge = [
        replace(one, net_present_value=Estimate(value, value, value, 1e5))
        for one, value in zip(pair.headlines, (1.05e6 - 1.0, 1.05e6 + middle + 1.0), strict=True)
    ]
    known = pair.refined([(one, None) for one in edge])
    rows = comparison.headline_table(known, ENGLISH)
    cell = next(row.cells[1] for row in rows if row.id == "net_present_value")
    size = float(re.sub(r"[^\d.]", "", cell.difference.replace("K", "")))
    assert "M" not in cell.difference and (size < 10 or "K" not in cell.difference), cell
    note = comparison.answer(known, "value", 0, 1, ENGLISH).note
    assert "rounded by itself" in note or not note


def test_who_is_surely_ahead_by_next_to_nothing_is_said_to_be() -> None:
    nearly = comparison.answer(of(DEFAULT, NEARLY), "value", 0, 1, ENGLISH)
    assert nearly.note.startswith("The two hardly differ"), nearly
    assert "hardly" not in comparison.answer(of(DEFAULT, SELLING), "value", 0, 1, ENGLISH).note


def test_middles_that_differ_otherwise_than_cases_are_not_blamed_on_rounding() -> None:
    pair = of(DEFAULT, SELLING)
    middle = pair.pair(0, 1).difference.central
    apart = [
        replace(one, net_present_value=Estimate(value, value, value, 1e4))
        for one, value in zip(pair.headlines, (1e6, 1e6 + 0.9 * middle), strict=True)
    ]
    known = pair.refined([(one, None) for one in apart])
    note = comparison.answer(known, "value", 0, 1, ENGLISH).note
    assert "in its own middle, differ by" in note


def test_a_chance_of_more_draws_is_not_held_against_that_of_fewer() -> None:
    pair = of(DEFAULT, NEARLY)
    own = pair.headlines[0]
    more = replace(own, probability_better=own.probability_better + 0.02, draws=8192)
    known = pair.refined([(one, None) for one in (more, pair.headlines[1])])
    rows = comparison.headline_table(known, ENGLISH)
    cell = next(row.cells[1] for row in rows if row.id == "probability_better")
    assert not cell.difference, cell
    more = replace(own, probability_better=own.probability_better + 0.01, draws=8192)
    known = pair.refined([(one, None) for one in (more, pair.headlines[1])])
    rows = comparison.headline_table(known, ENGLISH)
    said = next(row.cells for row in rows if row.id == "probability_better")
    read = int(said[1].value.rstrip("%")) - int(said[0].value.rstrip("%"))
    assert said[1].difference == f"{MINUS}{-read} percentage points" and read < 0, said


def test_differences_are_those_of_what_is_read_also_of_chances_and_costs() -> None:
    """Of chances of other draws as well, where rounding alone stands between."""
    pair = of(DEFAULT, SELLING)
    own, other = pair.headlines
    between = other.probability_better - own.probability_better
    first = replace(own, probability_better=0.6449, draws=8192)
    second = replace(other, probability_better=0.6449 + between)
    known = pair.refined([(one, None) for one in (first, second)])
    rows = {row.id: row.cells for row in comparison.headline_table(known, ENGLISH)}
    said, cell = (rows["probability_better"][place] for place in (0, 1))
    read = int(cell.value.rstrip("%")) - int(said.value.rstrip("%"))
    assert read < 0
    assert cell.difference == f"{MINUS}{-read} percentage points"

    rows = {row.id: row.cells for row in comparison.headline_table(pair, ENGLISH)}
    for figure in ("return_on_ignoring", "cost_of_waiting"):
        cell = rows[figure][1]
        assert re.fullmatch(r"(Costs|Saves) €[\d.,]+[KM]? more|€0", cell.difference), cell


def test_the_outermost_bars_say_that_they_reach_on() -> None:
    pair = of(DEFAULT, SELLING)
    spread = comparison.answer(pair, "value", 0, 1, ENGLISH).spread
    assert spread
    first, *inner, last = (text for text, _ in spread.rows)
    assert first.endswith(" or less") and last.endswith(" or more")
    assert inner and all(" to " in text for text in inner)
    assert first.split()[0] == inner[0].split()[0] and last.split()[0] == inner[-1].split()[-1]


def test_only_what_differs_is_told_in_its_unit() -> None:
    other = DEFAULT.changed(
        **{
            "plan.training.share_moved": 0.35,
            "organisation.budgets.training": 350_001.0,
            "assumptions.offer_half_share": {"low": 0.01, "central": 0.08, "high": 0.2},
        }
    )
    groups = comparison.differences(of(DEFAULT, other), ENGLISH)
    assert [group.id for group in groups] == ["plan", "organisation", "assumptions"]
    (lever,), (budget,), (assumption,) = (group.rows for group in groups)
    assert (lever.label, lever.values) == ("Take from: Training", ("20%", "35%"))
    # As many figures as it takes to tell them apart.
    assert (budget.label, budget.values) == ("Budgets today: Training", ("350,000", "350,001"))
    assert budget.unit == "€ per year"
    assert assumption.values == ("8% (3% to 15%)", "8% (1% to 20%)")
    assert comparison.differences(of(DEFAULT, DEFAULT), ENGLISH) == []


@pytest.mark.parametrize(
    ("language", "unknown", "cost"),
    [("en", "not known", "5.5"), ("nl", "niet bekend", "5,5"), ("da", "ikke kendt", "5,5")],
)
def test_what_is_not_known_is_said(language: str, unknown: str, cost: str) -> None:
    path = "organisation.known.centre_contact_cost"
    other = DEFAULT.changed(**{path: 5.5})
    ((row,),) = (
        group.rows for group in comparison.differences(of(DEFAULT, other), LANGUAGES[language])
    )
    assert (row.path, [value.rstrip("0") for value in row.values]) == (path, [unknown, cost])


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), languages)
@examples(30)
def test_values_that_differ_look_different(first: float, other: float, language: Language) -> None:
    texts = told_apart((first, other, first), True, language)
    assert texts[0] == texts[2]
    if abs(first - other) > 1e-12:
        assert texts[0] != texts[1]


# --- caveats -------------------------------------------------------------------------------------


def test_what_to_know_is_said_with_letters_and_values() -> None:
    scenarios = (
        DEFAULT,
        CHARITY.changed(horizon_months=24, seed=7),
        FUND.changed(results=OLD),
        IDLE,
    )
    texts = {one.kind: one for one in comparison.caveats(of(*scenarios), ENGLISH)}
    assert "A, D: A service company".replace(" D", "\N{NO-BREAK SPACE}D") in (
        texts["organisation"].detail
    )
    assert texts["currency"].detail.endswith("C: DKK")
    assert "B: 24 months" in texts["horizon"].detail
    assert "B: 7" in texts["seed"].detail
    assert texts["model"].detail == f"C: 0.9.0; here: {MODEL_VERSION}"
    assert texts["nothing_moved"].detail == "D"
    assert all(one.text for one in texts.values())
    assert comparison.caveats(of(DEFAULT, DEFAULT.changed(name="Other")), ENGLISH) == []


# --- the chart -----------------------------------------------------------------------------------


STROKES = [LIGHT.lettered[letter] for letter in LETTERS]


def _overlaid(compared: Comparison, outcome: str, name: str = "Some") -> list[charts.Overlaid]:
    return [
        charts.Overlaid(letter, name, stroke, compared.band(place, outcome), compared.draws)
        for place, (letter, stroke, _) in enumerate(
            zip(LETTERS, STROKES, compared.scenarios, strict=False)
        )
    ]


@pytest.mark.parametrize("outcome", ["cumulative_value", "trust", "customers"])
def test_every_scenario_has_its_line_and_one_a_band(outcome: str) -> None:
    compared = of(DEFAULT, SELLING, IDLE)
    lines = _overlaid(compared, outcome)
    figure = charts.overlay(outcome, lines, 1, "EUR", ENGLISH, LIGHT, 20)
    low, high = figure.layout["yaxis"]["range"]
    drawn = [one for one in figure.data if "name" in one]
    assert [one["line"]["dash"] for one in drawn] == [one.dash for one in STROKES[:3]]
    for place, line in enumerate(drawn):
        near = pytest.approx(compared.band(place, outcome)[1].tolist(), abs=1e-4 * (high - low))
        assert line["y"] == near
    bands = [one for one in figure.data if one.get("fill") == "toself"]
    assert len(bands) == 1
    assert figure.data[0] is bands[0], "lines are above the band"
    every = np.concatenate([*(one.band[1] for one in lines), *lines[1].band])
    assert low <= every.min()
    assert every.max() <= high
    (labels,) = [one for one in figure.data if one["mode"] == "text"]
    assert [re.sub(r"<.*?>|\s", "", text)[0] for text in labels["text"]] == ["A", "B", "C"]
    assert all(f"{letter} Some at " in figure.alt for letter in "ABC")
    none = charts.overlay(outcome, lines, None, "EUR", ENGLISH, LIGHT, 20)
    assert not [one for one in none.data if "fill" in one]


def test_names_are_data_in_the_chart() -> None:
    hostile = "<b>x</b> %{y} <a href='http://a'>"
    figure = charts.overlay(
        "trust", _overlaid(of(DEFAULT, SELLING, IDLE), "trust", hostile), 0, "EUR", ENGLISH, LIGHT
    )
    for trace in figure.data:
        if "name" in trace:
            assert "<" not in trace["name"]
            assert html.unescape(trace["name"]).startswith(("A <b>x", "B <b>x", "C <b>x"))
            assert hostile not in trace["hovertemplate"]


def test_every_pair_of_letters_is_another_one() -> None:
    assert len(set(LETTERS)) == 6
    assert all(one != other for one, other in itertools.combinations(STROKES, 2))


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_what_differs_of_stages_is_said_in_the_language(language: Language) -> None:
    """Also what is called as it is written in a file."""
    stages = {"first_depth": 0.25, "review_month": 12, "figure": "trust", "back": 0.6, "on": 0.6}
    groups = comparison.differences(
        of(DEFAULT, DEFAULT.changed(**{"plan.stages": stages})), language
    )
    rows = {row.path: row.values for group in groups for row in group.rows}
    text = language.gettext
    assert rows["plan.stages.side"] == (text("none"), text("below"))
    assert rows["plan.stages.figure"][1] == text("Customers who trust the organisation")


# --- plans in stages ------------------------------------------------------------------------------


def staged(**stages: object) -> Scenario:
    """With its own rule, of which nothing is settled."""
    usual = {"first_depth": 0.25, "review_month": 12, "figure": "trust", "back": 0.69, "on": 0.7}
    return DEFAULT.changed(**{"plan.stages": {**usual, **stages}})


def test_what_plans_in_stages_do_is_told_and_their_ways_are_drawn() -> None:
    both = of(DEFAULT, staged())
    assert comparison.in_stages(both, ENGLISH)[0].short.startswith("In stages: it goes on in ")
    ((told, rule),) = [(one.text, one.rule) for one in comparison.in_stages(both, ENGLISH)]
    assert comparison.in_stages(both, ENGLISH)[0].scenario == 1
    for text in (told, rule):
        assert text.startswith("First 25% of it") and "it goes on in " in text
        assert all(word in text for word in ("stays in", "goes back in", "month 12"))
    assert "Go back if" in rule and "Go back if" not in told
    assert sum(both.taken[1].values()) == pytest.approx(1.0)
    (figure,) = charts.compared(both, "trust", ["one", "two"], 0, ENGLISH, LIGHT)
    ways = [one["name"] for one in figure.data if one.get("x", [0])[0] == 12]
    assert [name.split(",")[0] for name in ways] == ["B goes on", "B stays", "B goes back"]
    forecast = simulate(both.scenarios[1], both.draws)
    medians = np.median(forecast.branch_series("trust", "back"), axis=0)
    assert both.branches(1, "trust")["back"].tolist() == medians.tolist()
    assert both.branches(0, "trust") == {}


def test_of_many_plans_ways_are_told_and_not_drawn() -> None:
    many = of(DEFAULT, staged(), SELLING)
    assert many.branches(1, "trust") == {} and len(comparison.in_stages(many, ENGLISH)) == 1
    (figure,) = charts.compared(many, "trust", ["one", "two", "three"], 0, ENGLISH, LIGHT)
    assert len(figure.layout["shapes"]) == 1


def test_what_is_reviewed_after_the_common_months_is_told_as_it_will_be() -> None:
    """The common months end before anything is decided."""
    late, alone = staged(review_month=18), of(staged(review_month=18))
    both = of(DEFAULT.changed(horizon_months=12), late)
    assert both.taken[1] == alone.taken[0]
    assert both.branches(1, "trust") == {}
    (figure,) = charts.compared(both, "trust", ["one", "two"], 0, ENGLISH, LIGHT)
    assert "shapes" not in figure.layout
    (told,) = comparison.in_stages(
        of(staged(back=None, figure=None, on=None, always="on")), ENGLISH
    )
    assert told.text == told.rule == ("First 25% of it; in month 12 it goes on, whatever happens.")


def _number(text: str) -> float:
    """The size of a number of at most two decimals, in any of our languages."""
    digits = re.sub(r"[^\d.,]", "", text)
    return float(re.sub(r"[.,](?=\d{3})", "", digits).replace(",", "."))


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
def test_ratios_and_the_month_are_those_of_the_strip(language: Language) -> None:
    """Also where draws support fewer digits than there would be room for, or no month at all."""
    wide = DEFAULT.changed(
        assumptions={"effect_transfer": {"low": 0.01, "central": 0.5, "high": 1.0}}
    )
    compared = of(DEFAULT, wide, GOOD, SELLING, IDLE)
    rows = {row.id: row for row in comparison.headline_table(compared, language)}
    undecided = []
    for place, (plan, own) in enumerate(zip(compared.scenarios, compared.headlines, strict=True)):
        currency = plan.organisation.currency
        strip = headline.headline_strip(own, currency, plan.horizon_months, language)
        said = {figure.id: figure.value.lstrip("+−") for figure in strip.figures}
        for id in ("roi", "return_on_involvement"):
            if any(map(str.isdigit, said[id])):
                cell = rows[id].cells[place].value
                assert _number(cell) == _number(said[id]), (cell, said[id])
        if strip.verdict.kind == "too_close":
            undecided.append(place)
            assert rows["payback_month"].cells[place].value == said["payback_month"]
    assert undecided


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("plan", [DEFAULT, FUND])
def test_figures_have_the_signs_that_the_strip_has(plan: Scenario, code: str) -> None:
    language, alone = LANGUAGES[code], of(plan)
    strip = headline.headline_strip(
        alone.headlines[0], plan.organisation.currency, plan.horizon_months, language
    )
    rows = {row.id: row.cells[0].value for row in comparison.headline_table(alone, language)}
    unsigned = {"payback_month", "return_on_involvement"}
    amounts = [figure for figure in strip.figures if figure.id not in unsigned]
    assert {"roi", "net_present_value", "return_on_ignoring"} <= {one.id for one in amounts}
    for figure in amounts:
        assert rows[figure.id] == figure.value, figure.id
    for name in ("worst_case", "deepest_cash_position"):
        assert rows[name][0] in f"+{MINUS}" or rows[name].endswith("0"), rows[name]

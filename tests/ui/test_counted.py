"""Where the numbers of a comparison come from: what is said of the counting is what is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator import scenario
from simulator.analyses.comparison import MEASURES, compare
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from tests.support.comparisons import DEFAULT, IDLE
from ui.text import comparison
from ui.text.comparison.counted import in_order

DRAWS = 64
SELLING = scenario.load_shipped("too-promotional")
COMPARED = compare(DEFAULT, SELLING, IDLE, draws=DRAWS)
PAIRS = ((0, 1), (1, 2), (0, COMPARED.carrying_on), (COMPARED.carrying_on, 1))


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
@pytest.mark.parametrize("places", PAIRS)
@pytest.mark.parametrize("measure", MEASURES)
def test_the_figures_of_a_pair_are_those_that_were_counted(
    places: tuple[int, int], measure: str, language: Language
) -> None:
    answer = comparison.answer(COMPARED, measure, *places, language)
    if answer.kind in ("impossible", "same"):
        assert (answer.how, answer.amounts) == (None, ())
        return
    pair = COMPARED.pair(*places, measure)
    assert answer.how
    (_, cases), (_, better), (_, worse), *_ = answer.how.lines
    assert cases == language.number(DRAWS)
    assert better == language.number(round(pair.better * DRAWS))
    assert worse == language.number(round(pair.worse * DRAWS))
    rest = answer.detail
    for number in answer.amounts:
        assert number in rest
        rest = rest.split(number, 1)[1]
    assert not any(sign.isdigit() for sign in rest.replace("8", "").replace("10", ""))


def test_every_bar_says_how_many_cases_it_counts() -> None:
    spread = comparison.answer(COMPARED, "value", 0, 1, ENGLISH).spread
    assert spread
    assert [bar.lines[1][1] for bar in spread.bars] == [count for _, count in spread.rows]
    beyond = [bool(bar.note) for bar in spread.bars]
    assert beyond == [True, *[False] * (len(beyond) - 2), True]


def test_the_best_is_counted_among_all_and_carrying_on() -> None:
    rows, _ = comparison.ranking(COMPARED, "value", ENGLISH)
    for row in rows:
        (_, cases), (_, best), (_, rank) = row.how.lines
        assert (cases, best) == (str(DRAWS), str(round(row.best * DRAWS)))
        assert rank == row.rank


def test_against_carrying_on_as_many_cases_are_counted_as_the_value_has() -> None:
    headlines = [replace(one, draws=10 * DRAWS) for one in COMPARED.headlines]
    finer = COMPARED.refined([(one, None) for one in headlines])
    for places in ((0, finer.carrying_on), (finer.carrying_on, 0)):
        how = comparison.answer(finer, "value", *places, ENGLISH).how
        assert how
        assert how.lines[0][1] == ENGLISH.number(10 * DRAWS)


def test_numbers_are_found_in_a_text_in_their_order_and_whole() -> None:
    assert in_order("In 3 of 4: €1 to €1K", ("€1K", "€1", "in 3 of 4")) == (
        "In 3 of 4",
        "€1",
        "€1K",
    )

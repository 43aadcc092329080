"""The generated sentence: it never says anything else than the numbers do."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator import scenario
from simulator.analyses.attribution import Attribution
from simulator.analyses.revenue import MARGIN
from simulator.analyses.value_bridge import PARTS, Amount, ValueBridge, value_bridge
from simulator.i18n.language import ENGLISH, LANGUAGES, MINUS, Language
from simulator.results import Estimate, Headline, precision, simulate, verdict
from simulator.scenario import Scenario
from tests.support.examples import examples
from tests.support.generated import ALL_SAVED, scenarios
from ui.text import sentence as generated
from ui.text import story as told
from ui.text.sentence import attribution_words, sentence
from ui.text.story import Direction, Reason, Story, left, named, parts_of, read_parts, story

SHIPPED = [path.stem for path in scenario.shipped()]
BASE = simulate(scenario.load_shipped("balanced-shift"), 4).headline

WORDS: Mapping[Direction, str] = {
    Direction.VERY_LIKELY_GAINS: "Very likely gains",
    Direction.LIKELY_GAINS: "Likely gains",
    Direction.TOO_CLOSE: "Too close to call",
    Direction.LIKELY_LOSES: "Likely loses",
    Direction.VERY_LIKELY_LOSES: "Very likely loses",
}
VERDICTS: Mapping[Direction, str] = {
    Direction.VERY_LIKELY_GAINS: "very likely better",
    Direction.LIKELY_GAINS: "likely better",
    Direction.TOO_CLOSE: "too close to call",
    Direction.LIKELY_LOSES: "likely worse",
    Direction.VERY_LIKELY_LOSES: "very likely worse",
}


def _amount(mean: float, *, sure: float = 1.0, median: float | None = None) -> Amount:
    """A figure with this mean, whose sign a share of the draws has."""
    middle = mean if median is None else median
    above, below = (sure, 1.0 - sure) if mean > 0.0 else (1.0 - sure, sure)
    if mean == 0.0:
        above = below = 0.0
    return Amount(mean, mean, Estimate(middle, middle, middle), above, below)


def _case(
    probability: float, median: float, *, customers: Amount | None = None, **means: float | Amount
) -> tuple[ValueBridge, Headline]:
    """Made-up parts, all others zero, and a headline that goes with them."""
    amounts = {
        name: one if isinstance(one := means.get(name, 0.0), Amount) else _amount(one)
        for name in PARTS
    }
    total = sum(one.mean for one in amounts.values())
    return (
        ValueBridge(
            amounts,
            {"customers_won": amounts["margin"]},
            _amount(total, median=median),
            customers or _amount(0.0),
            0.0,
        ),
        replace(
            BASE,
            net_present_value=Estimate(median, median, median),
            probability_better=probability,
            verdict=verdict(probability),
        ),
    )


def _sentence_of(case: tuple[ValueBridge, Headline], *, too_late: bool = False) -> str:
    return sentence(*case, "EUR", ENGLISH, too_late=too_late)


# --- by example ----------------------------------------------------------------------------------


def test_both_sides_the_largest_first_and_no_more_than_two() -> None:
    case = _case(
        0.5,
        -1e5,
        freed=1.2e6,
        instruments=-1.2e6,
        margin=3.4e5,
        productivity=2e5,
        hours=-5e5,
        unserved=-1e5,
        transition=-6e4,
    )
    assert _sentence_of(case) == (
        "Too close to call: more customers come (+€340K) and productivity rises (+€200K), "
        f"but people’s time costs more ({MINUS}€500K), more questions stay unanswered "
        f"({MINUS}€100K, on weak evidence) and all else ({MINUS}€40K)."
    )


def test_money_that_is_saved_is_a_gain() -> None:
    case = _case(0.95, 7e5, freed=1e6, instruments=-1e5, margin=-2e5)
    assert _sentence_of(case) == (
        "Very likely gains €700K: money is saved (+€900K), "
        f"but fewer customers come ({MINUS}€200K)."
    )


def test_a_loss_names_what_is_lost_first() -> None:
    case = _case(0.05, -3e5, margin=1e5, hours=-4e5)
    assert _sentence_of(case) == (
        f"Very likely loses €300K: people’s time costs more ({MINUS}€400K), but more customers "
        "come (+€100K)."
    )


def test_one_side_only() -> None:
    assert _sentence_of(_case(0.7, 2e5, margin=2e5)) == (
        "Likely gains €200K: more customers come (+€200K)."
    )
    assert _sentence_of(_case(0.2, -5e4, transition=-5e4)) == (
        f"Likely loses €50K: the transition costs money ({MINUS}€50K, on weak evidence)."
    )


def test_as_many_parts_as_it_takes_to_agree_with_the_whole() -> None:
    case = _case(0.2, -5e4, margin=1e6, hours=-4e5, unserved=-4e5, transition=-2.5e5)
    account = story(*case)
    assert [one.part for one in account.losses] == ["hours", "unserved", "transition"]
    assert [one.part for one in account.gains] == ["customers_won"]


def test_parts_that_cannot_agree_with_the_whole_are_not_named() -> None:
    unsure = _amount(-9e5, sure=0.5)
    case = _case(0.2, -1e5, margin=6e5, hours=-1e5, productivity=unsure)
    assert story(*case) == Story(Direction.LIKELY_LOSES, False, (), ())
    assert _sentence_of(case) == "Likely loses €100K, but no single part of it is sure."


def test_a_part_without_a_sure_sign_is_not_named() -> None:
    case = _case(0.5, 0.0, margin=_amount(5e5, sure=0.6), hours=-4e5)
    assert _sentence_of(case) == (f"Too close to call: people’s time costs more ({MINUS}€400K).")


def test_all_else_is_not_the_largest_of_its_side() -> None:
    """More parts are named until it is not; the last of them with a word on how sure they are."""
    case = _case(
        0.5,
        3.5e5,
        margin=4e5,
        productivity=3e5,
        freed=1e6,
        instruments=-7.2e5,
        unserved=2.7e5,
        hours=-9e5,
    )
    bridge, headline = case
    account = story(*case)
    assert [one.part for one in account.gains] == ["customers_won", "productivity", "saved"]
    named = told.named(bridge, headline)
    rest = next((one for one in named if one.part == "rest"), None)
    assert rest and abs(rest.amount) <= max(
        abs(one.amount) for one in named if one.amount * rest.amount > 0.0 and one is not rest
    )
    unsure = _case(0.5, -1e5, margin=2e5, hours=-1e5, unserved=_amount(-2e5, sure=0.5))
    assert f"more questions stay unanswered ({MINUS}€200K, gain or loss uncertain)" in (
        _sentence_of(unsure)
    )


def test_no_part_is_hidden_that_is_larger_than_one_that_is_named_beside_it() -> None:
    unsure = {"unserved": _amount(-3e5, sure=0.65)}
    case = _case(0.8, 9e5, margin=1e6, productivity=6e5, hours=-4e5, transition=-1e5, **unsure)
    account = story(*case)
    assert [one.part for one in account.losses] == ["hours", "unserved"]
    assert f"more questions stay unanswered ({MINUS}€300K, gain or loss uncertain)" in (
        _sentence_of(case)
    )
    small = _case(
        0.8, 9e5, margin=1e6, hours=-4e5, transition=-1e5, unserved=_amount(-9e4, sure=0.65)
    )
    assert [one.part for one in story(*small).losses] == ["hours", "transition"]
    # Of those that are larger still the sure one is not left out.
    more = _case(
        0.8,
        5e5,
        margin=2e6,
        hours=-2e5,
        transition=_amount(-3e5, sure=0.6),
        unserved=_amount(-4e5, sure=0.6),
    )
    assert [one.part for one in story(*more).losses] == ["unserved", "transition", "hours"]


@pytest.mark.parametrize("name", SHIPPED)
def test_all_else_of_a_shipped_plan_hides_nothing_larger_than_what_is_told(name: str) -> None:
    for size in (1.0, 0.42):
        plan = scenario.load_shipped(name)
        plan = plan.changed(**{"organisation.customers": size * plan.organisation.customers})
        forecast = simulate(plan, 128)
        bridge, headline = value_bridge(forecast), forecast.headline
        account, parts = story(bridge, headline), parts_of(bridge)
        for sign, side in ((1, account.gains), (-1, account.losses)):
            told = {one.part for one in side}
            hidden = [one for part, one in parts.items() if part not in told and sign * one > 0.0]
            if side:
                assert max(map(abs, hidden), default=0.0) <= min(abs(one.amount) for one in side)


def test_a_small_part_is_not_worth_a_word() -> None:
    account = story(*_case(0.95, 1e6, margin=1e6, productivity=9e4, hours=-9e4))
    assert account.gains == (Reason("customers_won", 1e6),) and account.losses == ()


def test_median_and_mean_on_different_sides_are_said_to_be() -> None:
    case = _case(0.3, -1e5, margin=5e5, hours=-2e5)
    assert _sentence_of(case) == (
        "Loses €100K in the middle of all cases, but gains €300K on average over them."
    )
    case = _case(0.7, 1e5, margin=-5e5)
    assert _sentence_of(case) == (
        "Gains €100K in the middle of all cases, but loses €500K on average over them."
    )


@pytest.mark.parametrize(
    ("probability", "median"), [(math.nan, 0.0), (0.2, 0.0), (0.8, 0.001), (0.1, -0.001)]
)
def test_no_difference_is_neither_a_gain_nor_a_loss(probability: float, median: float) -> None:
    assert _sentence_of(_case(probability, median)) == "Makes no difference to the value."


def test_a_plan_that_starts_after_the_horizon_says_so() -> None:
    text = _sentence_of(_case(math.nan, 0.0), too_late=True)
    assert text == "Starts after the months shown: until then nothing differs from carrying on."


@pytest.mark.parametrize(
    ("customers", "words"),
    [
        (_amount(1234.0), "Ends with 1,234 more customers than carrying on."),
        (_amount(1.0), "Ends with 1 more customer than carrying on."),
        (_amount(-1.0), "Ends with 1 customer fewer than carrying on."),
        (_amount(-56.7, sure=0.8), "Ends with 57 customers fewer than carrying on."),
        (_amount(1234.0, sure=0.79), ""),
        (_amount(-1234.0, sure=0.79), ""),
        (_amount(0.4), ""),
        (_amount(0.0), ""),
    ],
)
def test_customers_are_named_where_eight_of_ten_draws_agree(customers: Amount, words: str) -> None:
    text = _sentence_of(_case(0.7, 2e5, productivity=2e5, customers=customers))
    assert text.removesuffix(words).rstrip().endswith("(+€200K).")
    assert "customer" not in text.removesuffix(words)


def test_every_shipped_scenario_has_its_verdict() -> None:
    said = {}
    for name in SHIPPED:
        forecast = simulate(scenario.load_shipped(name), 256)
        said[name] = sentence(value_bridge(forecast), forecast.headline, "EUR", ENGLISH)
    assert said["wait-and-see"] == "Makes no difference to the value."
    assert said["too-deep-too-fast"].startswith("Very likely loses")
    assert "more customers leave" in said["too-deep-too-fast"]
    assert "people’s time" in said["involvement-without-money"]
    forecast = simulate(
        scenario.load_shipped("balanced-shift").changed(**{"plan.split": ALL_SAVED}), 64
    )
    text = sentence(value_bridge(forecast), forecast.headline, "EUR", ENGLISH)
    assert "money is saved" in text and "new activities" not in text


def test_every_wording_exists_for_every_direction() -> None:
    decided = set(WORDS)
    assert generated._BOTH_SIDES.keys() == generated._ONE_SIDE.keys() == decided
    assert generated._NO_PART.keys() == {*decided, Direction.NO_DIFFERENCE}
    assert generated._PHRASES.keys() == {"saved", "rest", *PARTS, *MARGIN} - {
        *told.MOVED,
        "margin",
    }


# --- whatever the numbers ------------------------------------------------------------------------


def _check(bridge: ValueBridge, headline: Headline) -> None:
    """Nothing in the sentence contradicts the verdict, or the sign of what it names."""
    account = story(bridge, headline)
    probability, median = headline.probability_better, headline.net_present_value.central
    if account.direction is Direction.NO_DIFFERENCE:
        better = headline.verdict in {"likely better", "very likely better"}
        worse = headline.verdict in {"likely worse", "very likely worse"}
        assert math.isnan(probability) or (better and median <= 0.0) or (worse and median >= 0.0)
        assert not account.gains and not account.losses
    else:
        assert VERDICTS[account.direction] == headline.verdict
        assert account.direction.sign * median >= 0.0
    assert account.split == (account.direction.sign * bridge.total.mean < 0.0)
    for sign, side in ((1, account.gains), (-1, account.losses)):
        assert [abs(one.amount) for one in side] == sorted(
            (abs(one.amount) for one in side), reverse=True
        )
        for one in side:
            assert sign * one.amount > 0.0
            if one.part == "saved":
                expected = bridge.parts["freed"].middle + bridge.parts["instruments"].middle
                assert one.amount == expected
                continue
            part = bridge.reasons[one.part]
            assert one.amount == part.middle
            share = part.share_above if sign > 0 else part.share_below
            assert (share >= told.SURE_SIGN) == one.is_sure
    named = sum(one.amount for one in (*account.gains, *account.losses))
    if account.direction.sign and (account.gains or account.losses):
        assert account.direction.sign * named > 0.0

    for language in LANGUAGES.values():
        text = sentence(bridge, headline, "EUR", language)
        assert text and "{" not in text and "}" not in text and "None" not in text
        zero = language.money(0.0, "EUR")
        silent = account.direction.sign and language.money(median, "EUR") == zero
        worth = headline.net_present_value
        step = precision.step_of_parts(worth)
        total = precision.as_read(worth.central, worth.error)
        named_here = told.named(bridge, headline)
        if silent or account.split:
            named_here = []
        for one in named_here:
            amount = language.money(one.amount, "EUR", sign=True, step=step)
            assert f"({amount}" in text or language.money(one.amount, "EUR") == zero
        if named_here and step:
            assert round(sum(one.amount for one in named_here) / step) == round(total / step)
        for amount in re.findall(r"\(([^)]*)\)", text):
            assert re.search("[1-9]", amount), "a part that reads as zero"
    _check_words(sentence(bridge, headline, "EUR", ENGLISH), account, bridge)


def _check_words(text: str, account: Story, bridge: ValueBridge) -> None:
    """The same on the English text itself."""
    if "(" in text:
        assert WORDS[account.direction] in text
    for direction, words in WORDS.items():
        if direction is not account.direction:
            assert not re.search(rf"(^|\. ){words}", text)
    for positive in re.findall(r"([^,:()]+) \(\+", text):
        assert not re.search(r"falls|more questions|costs m|more customers leave", positive)
    for negative in re.findall(rf"([^,:()]+) \({MINUS}", text):
        assert not re.search(
            r"rises|fewer questions|saved|costs less|more customers come", negative
        )
    if re.search("Ends with .* more customer", text):
        assert bridge.customers.share_above >= 0.8 and bridge.customers.estimate.central > 0.0
    if re.search("Ends with .* customers? fewer", text):
        assert bridge.customers.share_below >= 0.8 and bridge.customers.estimate.central < 0.0


@examples(60)
@given(plan=scenarios())
def test_the_sentence_agrees_with_generated_scenarios(plan: Scenario) -> None:
    forecast = simulate(plan, 16)
    _check(value_bridge(forecast), forecast.headline)


_MEANS = st.one_of(st.just(0.0), st.floats(1e-3, 1e9), st.floats(1.0, 100.0))
_SURE = st.sampled_from((0.5, 0.65, 0.66, 0.8, 1.0))


@examples(300)
@given(data=st.data())
def test_the_sentence_agrees_with_any_numbers(data: st.DataObject) -> None:
    """Also with combinations that no scenario brings: skewed, tiny, contradictory."""
    freed = data.draw(_MEANS)
    means = {
        "freed": _amount(freed),
        "instruments": _amount(-freed * data.draw(st.sampled_from((0.0, 0.3, 1.0)))),
        "transition": _amount(-data.draw(_MEANS)),
        **{
            name: _amount(
                data.draw(_MEANS) * data.draw(st.sampled_from((1, -1))), sure=data.draw(_SURE)
            )
            for name in ("margin", "productivity", "hours", "unserved")
        },
    }
    probability = data.draw(st.one_of(st.floats(0.0, 1.0), st.just(math.nan)))
    size = data.draw(_MEANS)
    sign = 1.0 if probability >= 0.66 else -1.0 if probability < 0.33 else 0.5
    customers = _amount(data.draw(st.floats(-1e6, 1e6)), sure=data.draw(_SURE))
    bridge, headline = _case(
        probability,
        0.0 if math.isnan(probability) else sign * size,
        customers=customers,
        **means,
    )
    _check(bridge, headline)


_AMOUNTS = st.floats(-1e9, 1e9) | st.floats(-1e3, 1e3)


@given(
    parts=st.fixed_dictionaries(dict.fromkeys(PARTS, _AMOUNTS)),
    apart=st.floats(-1.0, 1.0),
    error=st.floats(0.0, 1e7),
)
def test_parts_add_up_to_the_total_as_they_are_read(
    parts: dict[str, float], apart: float, error: float
) -> None:
    """Also where the headline is of other draws, a digit ``apart``."""
    parts["freed"], parts["instruments"] = abs(parts["freed"]), -0.9 * abs(parts["freed"])
    total = sum(parts.values())
    median = total + apart * precision.unit(total, error)
    made = {part: _amount(amount) for part, amount in parts.items()}
    bridge, headline = _case(0.5, median, **made)
    worth = replace(headline.net_present_value, error=error)
    headline = replace(headline, net_present_value=worth)
    step, whole = precision.step_of_parts(worth), precision.as_read(median, error)
    read, exact = read_parts(bridge, headline), parts_of(bridge)
    if not step:
        assert read == exact
        return
    assume(abs(whole - total) < step * sum(amount != 0.0 for amount in exact.values()))
    steps = {part: round(amount / step) for part, amount in read.items()}
    assert sum(steps.values()) == round(whole / step)
    for part, amount in exact.items():
        assert abs(steps[part] - amount / step) <= 1.5001, "right to a digit or so"
    said = {reason.part: round(reason.amount / step) for reason in named(bridge, headline)}
    rest = said.pop("rest", 0)
    assert all(steps[part] == count for part, count in said.items())
    if said:
        others = [round(reason.amount / step) for reason in left(bridge, headline)]
        assert sum(others) == rest, "all else is what is not named, to the last digit"
        assert bool(others) or not rest


def _worth(value: float, error: float = 0.0) -> Headline:
    return replace(BASE, net_present_value=Estimate(value, value, value, error))


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_whose_doing_is_that_of_the_headline(language: Language) -> None:
    old, new = _worth(-154_212.0, 1e3), _worth(-173_890.0, 1e3)
    change = Attribution(world_effect=-9_911.0, decision_effect=-19_678.0)
    words = attribution_words(change, old, new, "EUR", language)
    assert words["decisions"] == language.money(-20_000, "EUR", sign=True)
    assert words["world"] == language.money(-10_000, "EUR", sign=True)
    assert words["total"] == language.money(-30_000, "EUR", sign=True)
    for amount in (*(words[part] for part in ("total", "world", "decisions")),):
        assert amount in words["line"]
    for worth in (-154_000, -174_000):
        assert language.money(worth, "EUR", sign=True) in words["line"]
    assert len(words["line"]) <= 200


@given(*[st.floats(-1e12, 1e12, allow_nan=False)] * 3, st.floats(0.0, 1e6))
def test_whose_doing_adds_up_as_it_is_read(
    world: float, before: float, now: float, error: float
) -> None:
    old, new = _worth(before, error), _worth(now, error)
    words = attribution_words(Attribution(world, now - before), old, new, "EUR", ENGLISH)
    if not words["total"]:
        return
    amounts = []
    for part in ("world", "decisions", "total"):
        text = words[part].replace("€", "").replace(",", "").replace(MINUS, "-")
        size = {"K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}.get(text[-1], 1.0)
        amounts.append(float(text.rstrip("KMBT")) * size)
    assert amounts[0] + amounts[1] == pytest.approx(amounts[2], rel=1e-12, abs=1e-3)


def test_an_assumption_without_effect_says_so() -> None:
    worth = _worth(-154_212.0, 1e3)
    none = attribution_words(Attribution(0.0, 0.0), worth, worth, "EUR", ENGLISH)
    assert "no effect here" in none["line"] and not none["total"]
    hardly = attribution_words(Attribution(12.0, 3.0), worth, worth, "EUR", ENGLISH)
    assert "by less than €1,000" in hardly["line"] and not hardly["world"]


def test_rounding_is_taken_up_where_it_is_the_least_of_an_amount() -> None:
    """Of 640 and 160 that come to 700 together, not a third of the smaller one is dropped."""
    bridge, headline = _case(0.9, 650.0, margin=640.0, productivity=160.0, hours=-150.0)
    worth = Estimate(500.0, 650.0, 800.0, 300.0)
    read = read_parts(bridge, replace(headline, net_present_value=worth))
    assert {part: amount for part, amount in read.items() if amount} == {
        "customers_won": 700.0,
        "productivity": 200.0,
        "hours": -200.0,
    }


@pytest.mark.parametrize("training", [0.2, 0.23, 0.24, 0.25, 0.26])
def test_a_small_move_moves_no_reason_by_more_than_it_does(training: float) -> None:
    """Whatever the headline comes to: what people's time costs does not hang on training."""
    plan = scenario.load_shipped("balanced-shift")
    share = plan.plan.training.model_copy(update={"share_moved": training})
    moved = plan.changed(plan=plan.plan.model_copy(update={"training": share}))
    forecast = simulate(moved)
    bridge = value_bridge(forecast)
    read = read_parts(bridge, forecast.headline)
    for part, amount in parts_of(bridge).items():
        assert read[part] == pytest.approx(amount, abs=0.16 * abs(amount) + 1e4), part
    assert read["hours"] == pytest.approx(-464_000.0, abs=10_000.0)

"""Equations of connectedness: effort, conduct, reach and who takes part."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from simulator.model import quantities
from simulator.model.equations import connectedness, decisions
from simulator.model.quantities import FASTEST_PER_MONTH, Budgets
from simulator.model.register import Parameters, central
from tests.support.assumptions import assuming
from tests.support.organisations import NOTHING
from tests.support.strategies import SHARES, corners, involvements, logarithmic

POSITIVE = logarithmic(1e-3, 1e9)
FORMS = {"in proportion": 0.0, "diminishing": 0.5, "tipping": 1.0}
"""A value of ``community_form`` for each structure, at the weights of the register."""
forms = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())

# --- stocks --------------------------------------------------------------------------------------


@given(inflow=st.floats(0.0, 1.0), outflow=st.floats(0.0, 1.0))
def test_equilibrium_is_where_the_stock_stands_still(inflow: float, outflow: float) -> None:
    level = connectedness.equilibrium(inflow, outflow)
    assert 0.0 <= level <= 1.0
    assert connectedness.stock_flow(inflow, level, outflow) == pytest.approx(0.0, abs=1e-15)


@given(inflow=st.floats(0.0, 1.0), outflow=st.floats(0.001, 1.0), most=SHARES)
def test_a_shared_stock_stands_still_at_its_part_of_the_equilibrium(
    inflow: float, outflow: float, most: float
) -> None:
    level = most * connectedness.equilibrium(inflow, outflow)
    assert level <= most
    flow = connectedness.shared_flow(inflow, level, most, outflow)
    assert flow == pytest.approx(0.0, abs=1e-15)
    assert connectedness.shared_flow(inflow, most, most, outflow) <= 0.0, "nobody beyond that"


@given(inflow=logarithmic(1e-3, 1e12), level=SHARES, outflow=st.floats(0.0, 0.5))
def test_no_stock_moves_faster_than_a_monthly_step_can_follow(
    inflow: float, level: float, outflow: float
) -> None:
    assert connectedness.stock_flow(inflow, level, outflow) <= FASTEST_PER_MONTH
    assert connectedness.shared_flow(inflow, level, 1.0, outflow) <= FASTEST_PER_MONTH
    assert connectedness.equilibrium(inflow, outflow) <= 1.0


# --- effort --------------------------------------------------------------------------------------


@given(money=POSITIVE, time=POSITIVE, p=corners())
def test_effort_needs_both_money_and_time(money: float, time: float, p: Parameters) -> None:
    """Both relative to the reference effort, as is the result."""

    def effort(money: float, time: float) -> float:
        return connectedness.combined_effort(money, time, p)

    assert effort(money, 0.0) == 0.0
    assert effort(0.0, time) == 0.0
    assert effort(1.0, 1.0) == pytest.approx(1.0)
    assert effort(2.0 * money, 2.0 * time) == pytest.approx(2.0 * effort(money, time), rel=1e-6)
    assert effort(2.0 * money, time) >= effort(money, time) * (1.0 - 1e-12)
    assert effort(money, 2.0 * time) >= effort(money, time) * (1.0 - 1e-12)
    # Complements: any amount of the one takes the other only so far.
    rho = 1.0 - 1.0 / p.money_time_substitution
    most_from_time = time * (1.0 - p.money_weight) ** (1.0 / rho)
    most_from_money = money * p.money_weight ** (1.0 / rho)
    if 1e-9 <= money / time <= 1e9:  # beyond that its powers are no numbers
        assert effort(money, time) <= min(most_from_time, most_from_money) * (1.0 + 1e-9)


@given(effort=logarithmic(1e-9, 1e6), p=corners())
def test_returns_diminish_after_a_start(effort: float, p: Parameters) -> None:
    """The elasticity of the response is above one at the start only, and falls all the way."""
    single, two, four = (connectedness.response(times * effort, p) for times in (1.0, 2.0, 4.0))
    assert single < two
    assert two / single >= four / two * (1.0 - 1e-12), "each doubling multiplies by less"
    # How much of the start is still to come: its own elasticity, at the ends of the doubling.
    left = p.effort_threshold / (effort + p.effort_threshold)
    left_after = p.effort_threshold / (2.0 * effort + p.effort_threshold)
    if p.effort_exponent + left <= 1.0:
        assert two <= 2.0 * single  # enough has begun: twice the effort gives less than twice
    if p.effort_exponent + left_after >= 1.0:
        assert two >= 2.0 * single  # next to nothing happens yet
    assert connectedness.response(0.0, p) == 0.0
    assert connectedness.response(1.0, p) == pytest.approx(1.0, rel=1e-12)


@given(exponent=st.floats(0.0, 1.0), slope=st.floats(0.0, 2.0), p=corners())
def test_the_exponent_gives_the_slope_that_it_is_asked_for(
    exponent: float, slope: float, p: Parameters
) -> None:
    tiny = 1e-6
    measured = (
        connectedness.curve(1.0 + tiny, exponent, p) - connectedness.curve(1.0 - tiny, exponent, p)
    ) / (2.0 * tiny)
    assert connectedness.slope_at_reference(exponent, p) == pytest.approx(measured, rel=1e-6)
    solved = connectedness.exponent_for_slope(slope, p)
    assert 0.0 <= solved <= 1.0
    if 0.0 < solved < 1.0:
        assert connectedness.slope_at_reference(solved, p) == pytest.approx(slope)


@given(p=corners())
def test_more_time_than_the_overload_point_brings_less_in_total(p: Parameters) -> None:
    def total(minutes: float) -> float:
        return minutes * connectedness.yielding_share_of_time(minutes, p)

    best = p.overload_minutes
    assert total(best) == pytest.approx(best / 2.0)
    assert total(0.5 * best) < total(best) > total(2.0 * best)


@given(participation=SHARES, minutes=st.floats(0.0, 480.0), p=corners())
def test_time_that_is_spent_on_involvement_is_missing_elsewhere(
    participation: float, minutes: float, p: Parameters
) -> None:
    displaced = connectedness.displaced_share(participation, minutes, p)
    assert 0.0 <= displaced <= 1.0
    hours = connectedness.involvement_hours(350.0, participation, minutes, 1700.0, p)
    assert hours == pytest.approx(displaced * 350.0 * 1700.0)


@given(p=corners(), money=st.lists(POSITIVE, min_size=8, max_size=8))
def test_money_is_divided_over_relations_and_never_multiplied(
    p: Parameters, money: list[float]
) -> None:
    """Every euro in an instrument makes readers or relations, or does its own work."""
    budgets = Budgets(*money)
    relations = (
        connectedness.money_for_reach(budgets, p),
        connectedness.money_for_customers(budgets, p),
        connectedness.money_for_employees(budgets, p),
        connectedness.money_for_partners(budgets, p),
        connectedness.money_for_public(budgets, p),
    )
    assert min(relations) >= 0.0
    service_itself = budgets.social_service * (1.0 - p.social_service_relation_share)
    listening_itself = budgets.listening * (1.0 - p.listening_public_share)
    spent = decisions.instruments(budgets)
    assert sum(relations) + service_itself + listening_itself == pytest.approx(spent)


@given(heads=logarithmic(1.0, 1e9), p=corners())
def test_one_page_serves_more_than_one_reader(heads: float, p: Parameters) -> None:
    """Hosting grows with people by a power: the same for any number at 0, each apart at 1."""
    here = connectedness.scale(heads, p)
    assert connectedness.scale(p.scale_reference_heads, p) == pytest.approx(p.scale_reference_heads)
    assert connectedness.scale(2.0 * heads, p) == pytest.approx(2.0**p.hosting_scale * here)
    same = connectedness.scale(heads, assuming(p, hosting_scale=0.0))
    assert same == pytest.approx(p.scale_reference_heads)
    each = connectedness.scale(heads, assuming(p, hosting_scale=1.0))
    assert each == pytest.approx(heads)


# --- conduct -------------------------------------------------------------------------------------


@given(share=SHARES, p=corners())
def test_selling_costs_authenticity_and_the_more_the_faster(share: float, p: Parameters) -> None:
    step = 0.01

    def felt(share: float) -> float:
        return connectedness.authenticity(share, 0.5, 0.5, p)

    here = felt(share)
    assert p.promo_engagement_multiplier - 1e-12 <= here <= 1.0
    assert felt(share + step) < here
    first_loss = here - felt(share + step)
    second_loss = felt(share + step) - felt(share + 2 * step)
    assert second_loss > first_loss
    assert felt(0.0) == 1.0
    assert felt(1.0) == pytest.approx(p.promo_engagement_multiplier)


@given(share=SHARES, asked=SHARES, part=SHARES, p=corners())
def test_announcing_more_openness_than_happens_costs_authenticity(
    share: float, asked: float, part: float, p: Parameters
) -> None:
    honest = connectedness.authenticity(share, asked, asked, p)
    here = connectedness.authenticity(share, asked, part * asked, p)
    assert here <= honest
    assert here == pytest.approx(honest * (1.0 - p.unkept_openness_cost * (1.0 - part) * asked))


@given(share=SHARES, p=corners())
def test_conversion_needs_an_offer(share: float, p: Parameters) -> None:
    assert connectedness.offer(0.0, p) == p.offer_floor
    assert p.offer_floor <= connectedness.offer(share, p) < 1.0
    half = connectedness.offer(p.offer_half_share, p)
    assert half == pytest.approx((1.0 + p.offer_floor) / 2.0)
    assert connectedness.offer(share + 0.01, p) > connectedness.offer(share, p)


@given(asked=involvements(), competence=SHARES, p=corners())
def test_conduct_rewards_regularity_openness_and_competence(
    asked: quantities.Involvement, competence: float, p: Parameters
) -> None:
    genuine = connectedness.authenticity(asked.promotional_share, asked.openness, 0.0, p)

    def factor(regularity: float, openness: float, competence: float) -> float:
        return connectedness.conduct_factor(genuine, regularity, openness, competence, p)

    here = factor(asked.regularity, asked.openness, competence)
    assert 0.0 < here <= p.regularity_multiplier * (1.0 + 1e-12)
    assert factor(1.0, asked.openness, competence) >= here * (1 - 1e-12)
    assert factor(asked.regularity, 1.0, competence) >= here * (1 - 1e-12)
    assert factor(asked.regularity, asked.openness, 1.0) >= here * (1 - 1e-12)
    assert factor(0.0, 1.0, 1.0) == pytest.approx(genuine)


@given(ratio=logarithmic(1e-6, 1e6), p=corners())
def test_bounded_stays_below_both_without_a_kink(ratio: float, p: Parameters) -> None:
    slack = p.conduct_slack
    here = connectedness.bounded(ratio, slack)
    rounding = 1e-12 * max(ratio, 1.0)
    assert -rounding <= here <= min(ratio, 1.0) + rounding
    assert here >= min(ratio, 1.0) * (1.0 - slack**0.5) - rounding, "furthest off at 1"
    assert connectedness.bounded(1.0, slack) == pytest.approx(1.0 - slack**0.5)
    assert connectedness.bounded(1.1 * ratio, slack) >= here - rounding
    assert connectedness.bounded(0.0, slack) == 0.0


_HOURS = st.one_of(st.just(0.0), logarithmic(1e-2, 1e7))
_HEADS = st.one_of(st.just(0.0), logarithmic(1e-2, 1e8))


@example(  # a lever may stand at next to nothing, and stands so in a golden link
    asked=NOTHING._replace(minutes_per_day=2.0, participation=0.5, mandate=1e-300),
    hours=1e4,
    employees=350.0,
    heads=0.0,
    own=1.0,
    p=central(),
)
@given(
    asked=involvements(),
    hours=_HOURS,
    employees=logarithmic(1.0, 1e6),
    heads=_HEADS,
    own=st.floats(0.1, 1.0),
    p=corners(),
)
def test_conduct_takes_no_more_hours_than_afforded_and_is_no_more_than_asked(
    asked: quantities.Involvement,
    hours: float,
    employees: float,
    heads: float,
    own: float,
    p: Parameters,
) -> None:
    real = connectedness.realised_conduct(asked, hours, employees, heads, own, p)
    assert 0.0 <= real.hours <= p.conduct_share_of_time * hours * (1.0 + 1e-9)
    for name in ("openness", "regularity", "mandate"):
        assert 0.0 <= getattr(real, name) <= getattr(asked, name), name
    # All three are cut alike.
    assert real.openness * asked.regularity == pytest.approx(asked.openness * real.regularity)
    assert real.openness * asked.mandate == pytest.approx(asked.openness * real.mandate)
    more = connectedness.realised_conduct(asked, 2.0 * hours + 1.0, employees, heads, own, p)
    assert more.openness >= real.openness * (1.0 - 1e-9)
    assert more.hours >= real.hours * (1.0 - 1e-9)


@given(
    asked=involvements(),
    mandate=st.floats(0.01, 1.0),
    employees=logarithmic(1.0, 1e6),
    heads=_HEADS,
    p=corners(),
)
def test_openness_takes_hours_and_the_more_who_take_part_the_more(
    asked: quantities.Involvement, mandate: float, employees: float, heads: float, p: Parameters
) -> None:
    """With far more time than it takes, conduct is as asked for and takes what is written."""
    shared = (employees / p.conduct_reference_employees) ** p.hosting_scale
    expected = p.openness_hours * shared + p.openness_hours_per_head * heads
    others = p.regularity_hours * shared + p.mandate_hours_per_employee * employees
    plenty = 1e5 * (expected + others + p.openness_hours_per_head * (heads + 1.0))

    def hours(openness: float, heads: float) -> float:
        involvement = asked._replace(openness=openness, mandate=mandate)
        real = connectedness.realised_conduct(involvement, plenty, employees, heads, 1.0, p)
        assert real.openness == pytest.approx(openness, rel=2.0 * p.conduct_slack)
        return real.hours

    opened = hours(1.0, heads) - hours(0.0, heads)
    assert opened == pytest.approx(expected, rel=1e-2, abs=1e-2 * others)
    assert hours(1.0, 2.0 * heads + 1.0) > hours(1.0, heads)


@given(
    asked=involvements(), hours=_HOURS, employees=logarithmic(1.0, 1e6), heads=_HEADS, p=corners()
)
def test_conduct_that_is_stated_for_today_is_believed(
    asked: quantities.Involvement, hours: float, employees: float, heads: float, p: Parameters
) -> None:
    """It takes fewer hours here than is usual, but not none, and not more."""
    usual = connectedness.conduct_hours(asked, employees, heads, p)
    own = connectedness.conduct_scale(hours, usual, p)
    assert p.least_conduct_scale <= own <= 1.0
    if own > p.least_conduct_scale:
        real = connectedness.realised_conduct(asked, hours, employees, heads, own, p)
        assert real.openness == pytest.approx(asked.openness, rel=1.01 * p.conduct_slack**0.5)


@given(start=SHARES, target=SHARES, p=corners())
def test_the_mandate_sets_how_fast_people_take_part(
    start: float, target: float, p: Parameters
) -> None:
    def flow(mandate: float) -> float:
        return connectedness.participation_flow(start, target, mandate, p)

    assert flow(1.0) == pytest.approx((target - start) / p.policy_gate_months)
    assert flow(0.0) * (1.0 + p.mandate_slowdown) == pytest.approx(flow(1.0))
    assert abs(flow(0.3)) <= abs(flow(0.7)) + 1e-15


@given(hours=logarithmic(1e-3, 1e4), p=corners())
def test_whoever_does_nothing_learns_nothing(hours: float, p: Parameters) -> None:
    assert connectedness.competence_inflow(0.0, p) == 0.0
    usual = connectedness.competence_inflow(p.practice_reference_hours, p)
    assert usual == pytest.approx(p.competence_rate)
    here = connectedness.competence_inflow(hours, p)
    assert connectedness.competence_inflow(2.0 * hours, p) > here


# --- readers and those who take part -------------------------------------------------------------


@given(
    hours=logarithmic(1e-3, 1e9), heads=logarithmic(1.0, 1e9), genuine=st.floats(0.1, 1.0),
    p=corners(),
)  # fmt: skip
def test_content_is_read_and_less_so_where_it_only_sells(
    hours: float, heads: float, genuine: float, p: Parameters
) -> None:
    def inflow(hours: float, genuine: float) -> float:
        return connectedness.reach_inflow(hours, heads, genuine, p)

    assert inflow(0.0, 1.0) == 0.0
    assert inflow(p.content_reference * connectedness.scale(heads, p), 1.0) == pytest.approx(
        p.reach_rate
    )
    assert inflow(2.0 * hours, genuine) > inflow(hours, genuine)
    assert inflow(hours, 0.9 * genuine) < inflow(hours, genuine)
    # One page serves many: for twice the people less than twice the hours.
    twice = connectedness.reach_inflow(2.0 * hours, 2.0 * heads, genuine, p)
    assert twice > inflow(hours, genuine)


@given(reach=SHARES, p=corners())
def test_some_people_are_met_without_any_reader(reach: float, p: Parameters) -> None:
    assert connectedness.readers(0.0, p) == p.natural_reach
    assert connectedness.readers(1.0, p) == pytest.approx(1.0)
    assert p.natural_reach <= connectedness.readers(reach, p) <= 1.0 + 1e-12


@forms
@given(effort=logarithmic(1e-6, 1e3), reach=SHARES, p=corners())
def test_people_who_read_along_are_drawn_into_taking_part(
    form: float, effort: float, reach: float, p: Parameters
) -> None:
    p = assuming(p, community_form=form)
    most = FASTEST_PER_MONTH / 3.0

    def inflow(effort: float, reach: float) -> float:
        return connectedness.participation_inflow(effort, reach, p)

    assert inflow(0.0, reach) == 0.0
    assert inflow(1.0, 1.0) == pytest.approx(p.customer_connection_rate), "at the reference"
    here = inflow(effort, reach)
    assert 0.0 < here <= most
    assert inflow(2.0 * effort, reach) >= here
    assert inflow(effort, 1.0) >= here * (1.0 - 1e-12)
    twice = inflow(2.0 * effort, reach)
    if form == FORMS["in proportion"] and twice < most:
        assert twice == pytest.approx(2.0 * here)


@given(connected=SHARES, p=corners())
def test_only_a_community_that_tips_draws_others_in(connected: float, p: Parameters) -> None:
    tips = assuming(p, community_form=FORMS["tipping"])
    assert connectedness.draw_of_community(0.0, tips) == pytest.approx(0.5)
    half_way = connectedness.draw_of_community(tips.community_tipping_share, tips)
    assert half_way == pytest.approx((0.5 + 3.0) / 2.0)
    assert 0.5 <= connectedness.draw_of_community(connected, tips) <= 3.0
    assert connectedness.draw_of_community(1e12, tips) == pytest.approx(3.0)
    for form in ("in proportion", "diminishing"):
        plain = assuming(p, community_form=FORMS[form])
        assert connectedness.draw_of_community(connected, plain) == 1.0


def test_weights_of_structures_are_shares_of_the_draws() -> None:
    """Of a fine grid of forms, as many tip and are in proportion as their weights say."""
    p = central()
    grid = [assuming(p, community_form=(place + 0.5) / 1000.0) for place in range(1000)]
    tipping = [one for one in grid if connectedness.draw_of_community(0.0, one) == 0.5]
    assert len(tipping) == round(1000 * p.community_tipping_weight)
    doubled = [
        one
        for one in grid
        if connectedness.participation_inflow(2.0, 0.1, one)
        == 2.0 * connectedness.participation_inflow(1.0, 0.1, one)
    ]
    assert len(doubled) == round(1000 * p.community_linear_weight)
    assert not {id(one) for one in doubled} & {id(one) for one in tipping}


@forms
@example(inflow=0.0, own=0.0, fade=0.06)
@example(inflow=FASTEST_PER_MONTH / 3.0, own=0.0, fade=0.0)
@given(
    inflow=st.one_of(st.just(0.0), logarithmic(1e-9, FASTEST_PER_MONTH / 3.0)),
    own=st.one_of(st.just(0.0), logarithmic(1e-9, 1.0)),
    fade=st.one_of(st.just(0.0), logarithmic(1e-4, 0.9)),
)
def test_participation_stands_still_at_its_equilibrium_in_every_form(
    form: float, inflow: float, own: float, fade: float
) -> None:
    """The inflow's own bounds are those of the equations: together at most the fastest."""
    p = assuming(central(), community_form=form, customer_connection_fade=fade)
    assume(3.0 * inflow + own <= FASTEST_PER_MONTH)
    level = connectedness.participation_equilibrium(inflow, own, p)
    assert 0.0 <= level <= 1.0 + 1e-12
    taking_part = inflow * connectedness.draw_of_community(level, p) + own
    flow = connectedness.stock_flow(taking_part, level, fade)
    assert flow == pytest.approx(0.0, abs=1e-12)
    # The only one, and where the stock goes: below it grows, above it falls.
    if 1e-6 < level < 1.0 - 1e-6:
        for other, direction in ((0.5 * level, 1.0), (0.5 * (level + 1.0), -1.0)):
            drawn = inflow * connectedness.draw_of_community(other, p) + own
            assert direction * connectedness.stock_flow(drawn, other, fade) > 0.0

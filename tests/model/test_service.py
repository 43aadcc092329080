"""Equations of service: who asks where, who answers, and what becomes of the rest."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.model.equations import service
from simulator.model.quantities import UNKNOWN, Contacts, Demand
from simulator.model.register import Parameters, central
from tests.support.assumptions import assuming
from tests.support.strategies import SHARES, corners, logarithmic

POSITIVE = logarithmic(1e-3, 1e9)
CAPACITY = st.one_of(st.just(0.0), logarithmic(1e-3, 1e6))
PEAKS = st.floats(0.0, 0.8)
ANSWERED = st.floats(0.01, 0.995)
OCCUPANCY = st.floats(0.2, 0.98)


# --- which channel -------------------------------------------------------------------------------


@given(preference=st.floats(0.0, 1.0), p=corners())
def test_preference_moves_at_the_stated_pace_at_most_and_not_past_its_ceiling(
    preference: float, p: Parameters
) -> None:
    """The ceiling is that of the register, or today's where more want social channels already."""
    ceiling = p.messaging_preference_saturation
    half_way = service.preference_flow(ceiling / 2.0, 1.0, p)
    assert half_way * 12.0 == pytest.approx(p.messaging_shift_per_year)
    assert service.preference_flow(ceiling, 1.0, p) == pytest.approx(0.0, abs=1e-15)
    assert service.preference_flow(preference, 1.0, p) <= half_way * (1.0 + 1e-12)
    assert service.preference_flow(preference, 0.0, p) == 0.0
    if preference >= ceiling:  # whoever is there already stays
        assert service.preference_flow(preference, 1.0, p) == 0.0


@given(
    preference=SHARES, social=SHARES, social_today=SHARES, centre=SHARES, centre_today=SHARES,
    p=corners(),
)  # fmt: skip
def test_people_try_where_they_expect_to_be_answered(
    preference: float,
    social: float,
    social_today: float,
    centre: float,
    centre_today: float,
    p: Parameters,
) -> None:
    def tried(social: float, centre: float) -> float:
        return service.tried_share(preference, social, social_today, centre, centre_today, p)

    here = tried(social, centre)
    assert 0.0 <= here <= 1.0 + 1e-12
    assert tried(social_today, centre_today) == pytest.approx(preference), "as today: as liked"
    assert tried(1.0, centre) >= here - 1e-12
    assert tried(social, 1.0) <= here + 1e-12
    if min(preference, here) > 1e-6 and max(preference, here) < 1.0 - 1e-6:
        ratio = (social + p.channel_habit) / (social_today + p.channel_habit)
        other = (centre + p.channel_habit) / (centre_today + p.channel_habit)
        moved = math.log(here / (1.0 - here)) - math.log(preference / (1.0 - preference))
        expected = p.channel_responsiveness * math.log(ratio / other)
        assert moved == pytest.approx(expected, rel=1e-6, abs=1e-6)
    # Both equally better or worse: nobody changes channel.
    if social_today == centre_today:
        assert tried(social, social) == pytest.approx(preference)


@given(p=corners())
def test_a_closed_channel_keeps_a_few_visitors(p: Parameters) -> None:
    """Hope lasts, but most stop trying where nobody answers, if they respond at all."""
    closed = service.tried_share(0.2, 0.0, 0.8, 0.9, 0.9, p)
    assert 0.0 < closed <= 0.2
    if p.channel_responsiveness > 0.0:
        assert closed < 0.2


@given(tried=SHARES, wanted=SHARES, p=corners())
def test_a_mismatch_is_the_difference_of_two_shares_without_a_kink(
    tried: float, wanted: float, p: Parameters
) -> None:
    here = service.mismatch(tried, wanted, p)
    assert 0.0 <= here <= abs(tried - wanted)
    assert here == pytest.approx(service.mismatch(wanted, tried, p))
    assert service.mismatch(tried, tried, p) == 0.0
    indifference = p.channel_indifference
    assert service.mismatch(0.3 + indifference, 0.3, p) == pytest.approx(indifference / 2.0)
    assert abs(tried - wanted) - here <= indifference
    tiny = 1e-6
    assert service.mismatch(0.3 + tiny, 0.3, p) < 1e-3 * tiny / indifference, "flat at zero"


# --- what can be answered ------------------------------------------------------------------------


@given(demand=POSITIVE, capacity=POSITIVE, peaks=PEAKS)
def test_smooth_minimum_is_close_below_the_plain_one(
    demand: float, capacity: float, peaks: float
) -> None:
    served = service.smooth_minimum(demand, capacity, peaks)
    rounding = 1e-15 * max(demand, capacity)
    least = min(demand, capacity)
    missed = math.sqrt(peaks)
    assert least * (1.0 - missed) * (1.0 - 1e-9) - rounding <= served <= least + rounding
    assert service.smooth_minimum(demand, demand, peaks) == pytest.approx(demand * (1.0 - missed))
    assert service.smooth_minimum(demand, 0.0, peaks) == 0.0
    assert service.smooth_minimum(0.0, capacity, peaks) == 0.0
    assert service.smooth_minimum(demand, capacity * 1.1, peaks) >= served - rounding
    assert service.smooth_minimum(demand * 1.1, capacity, peaks) >= served - rounding
    assert service.smooth_minimum(demand, capacity, 0.0) == pytest.approx(least)


@given(contacts=POSITIVE, answered=ANSWERED, occupancy=OCCUPANCY)
def test_what_the_dashboard_says_is_what_is_answered(
    contacts: float, answered: float, occupancy: float
) -> None:
    """Capacity and peaks from a share answered and an occupancy are the exact inverse: with them
    just that share is answered, by people who are busy for just that share of their time."""
    capacity = service.capacity_today(contacts, answered, occupancy)
    peaks = service.peaks(answered, occupancy)
    assert 0.0 < peaks < 1.0
    served = service.smooth_minimum(contacts, capacity, peaks)
    assert served == pytest.approx(answered * contacts, rel=1e-9)
    assert served / capacity == pytest.approx(occupancy, rel=1e-9)


@given(answered=ANSWERED, occupancy=OCCUPANCY, more=logarithmic(1.001, 1e3))
def test_more_capacity_than_today_answers_more_but_never_all(
    answered: float, occupancy: float, more: float
) -> None:
    """However much is added, the peaks stay: their share is never answered at the first attempt."""
    peaks = service.peaks(answered, occupancy)
    capacity = service.capacity_today(1.0, answered, occupancy)
    served = service.smooth_minimum(1.0, more * capacity, peaks)
    assert answered * (1.0 - 1e-9) < served < 1.0 - peaks + 1e-9
    busy = served / (more * capacity)
    assert busy < occupancy * (1.0 + 1e-9), "and people are less busy"


@given(known=st.floats(0.0, 100.0), drawn=POSITIVE)
def test_what_is_known_is_not_drawn(known: float, drawn: float) -> None:
    assert service.known_or_drawn(known, drawn) == known
    assert service.known_or_drawn(UNKNOWN, drawn) == drawn


@given(
    money_spent=st.one_of(st.just(0.0), logarithmic(1e-6, 1e9)),
    contacts=st.one_of(st.just(0.0), logarithmic(1e-2, 1e9)),
    wage=logarithmic(1.0, 1e3),
    known=st.one_of(st.just(UNKNOWN), logarithmic(0.1, 100.0)),
    p=corners(),
)
def test_a_contact_costs_what_is_known_or_what_the_budgets_say_where_they_make_sense(
    money_spent: float, contacts: float, wage: float, known: float, p: Parameters
) -> None:
    usual = service.usual_contact_cost(wage, p)
    assert usual == pytest.approx(p.cost_contact_phone * wage / p.labour_cost_hour)
    cost = service.average_contact_cost(known, money_spent, contacts, usual, p)
    if known >= 0.0:
        assert cost == known
    elif contacts > 0.0:
        least, most = p.contact_cost_floor * usual, p.contact_cost_ceiling * usual
        assert cost == min(max(money_spent / contacts, least), most)
    else:
        assert cost == usual


@given(
    answered=logarithmic(1.0, 1e7),
    cost=logarithmic(0.1, 100.0),
    share=logarithmic(0.01, 100.0),
    p=corners(),
)
def test_overhead_stays_as_far_as_a_cut_leaves_it(
    answered: float, cost: float, share: float, p: Parameters
) -> None:
    """``share``: the budget over what contacts save."""
    elasticity = service.centre_elasticity(share * cost * answered, answered, cost, p)
    if share <= 1.0:
        assert elasticity == pytest.approx(share), "others answer too, outside the budget"
    else:
        assert elasticity == pytest.approx(1.0 + p.overhead_kept * (share - 1.0))


@given(today=POSITIVE, elasticity=logarithmic(1e-3, 1e3), ratio=st.floats(0.0, 1.0))
def test_the_phone_line_loses_at_first_what_contacts_cost_and_in_the_end_all_that_is_paid_for(
    today: float, elasticity: float, ratio: float
) -> None:
    def left(ratio: float) -> float:
        return service.centre_capacity(today, ratio, elasticity, 1.0, 1.0) / today

    assert left(1.0) == pytest.approx(1.0)
    step = 1e-6
    assert (1.0 - left(1.0 - step)) / step == pytest.approx(min(elasticity, 6.0), rel=1e-3)
    assert left(0.0) == pytest.approx(max(1.0 - elasticity, 0.0)), "others answer too, or nobody"
    assert left(0.5 * ratio) <= left(ratio)
    assert left(1.0 + ratio) == pytest.approx(1.0 + min(elasticity, 6.0) * ratio, rel=1e-9)
    both = service.centre_capacity(today, ratio, elasticity, 1.1, 0.5)
    assert both == pytest.approx(0.55 * today * left(ratio))


@given(today=POSITIVE, change=st.floats(-1e6, 1e6), per_money=logarithmic(1e-3, 10.0), p=corners())
def test_money_and_people_answer_contacts(
    today: float, change: float, per_money: float, p: Parameters
) -> None:
    hours = 100.0
    social = service.social_capacity(today, change, per_money, hours, p)
    colleagues = hours * 60.0 / p.minutes_per_employee_contact
    assert social == pytest.approx(max(today + change * per_money + colleagues, 0.0))
    assert service.social_capacity(today, 0.0, per_money, 0.0, p) == today


@given(money=st.floats(0.0, 1e6), heads=logarithmic(1.0, 1e8), p=corners())
def test_self_service_does_what_was_found_and_never_more_than_twice_that(
    money: float, heads: float, p: Parameters
) -> None:
    published = p.effect_transfer * p.self_service_deflection
    assert service.self_service_factor(0.0, heads, p) == 1.0
    reference = p.self_service_reference * heads
    assert service.self_service_factor(reference, heads, p) == pytest.approx(1.0 - published)
    here = 1.0 - service.self_service_factor(money, heads, p)
    assert abs(here) <= 2.0 * abs(published)
    assert here * published >= 0.0


# --- who asks ------------------------------------------------------------------------------------


@given(connected=SHARES, reference=logarithmic(1e-3, 1.0), p=corners())
def test_customers_help_each_other_up_to_a_limit(
    connected: float, reference: float, p: Parameters
) -> None:
    """The limit is as many times what they do at the reference, whatever that is."""

    def helped(connected: float) -> float:
        return service.self_help(connected, reference, p)

    assert helped(0.0) == 0.0
    assert helped(reference) == pytest.approx(1.0)
    limit = (p.participation_reference + p.self_help_half) / p.participation_reference
    half = p.self_help_half / p.participation_reference * reference
    assert helped(half) == pytest.approx(limit / 2.0)
    here = helped(connected)
    assert here <= limit
    step = 0.01
    first = helped(connected + step) - here
    second = helped(connected + 2.0 * step) - helped(connected + step)
    assert 0.0 < second < first


@given(change=logarithmic(1e-3, 0.5), deflected=st.floats(-0.3, 0.9), p=corners())
def test_self_help_saves_contacts_or_brings_more_as_the_sign_of_what_was_found(
    change: float, deflected: float, p: Parameters
) -> None:
    p = assuming(p, community_deflection_share=deflected)
    strength = service.self_help_strength(UNKNOWN, p)
    more = service.self_help_factor(strength, change)
    less = service.self_help_factor(strength, -change)
    assert service.self_help_factor(strength, 0.0) == 1.0
    if deflected > 1e-6:
        assert more < 1.0 < less
    if deflected < -1e-6:
        assert less < 1.0 < more
    # From nobody to the reference: the published share, as far as it holds here.
    whole = service.self_help_factor(service.self_help_strength(UNKNOWN, p), 1.0)
    expected = (1.0 - deflected) ** p.effect_transfer
    assert whole == pytest.approx(max(expected, math.exp(-3.0)))


@given(share=st.floats(0.0, 0.95), connected=st.floats(1e-3, 1.0), p=corners())
def test_without_its_community_a_known_share_of_questions_comes_back(
    share: float, connected: float, p: Parameters
) -> None:
    """What customers are known to answer each other is met exactly, transfer or not, however few
    they are; and there is an end to what more of them can answer."""
    reference = service.self_help_reference(share, connected, p)
    assert reference == connected
    strength = service.self_help_strength(share, p)
    helped = service.self_help(connected, reference, p)
    gone = service.self_help_factor(strength, -helped)
    assert gone == pytest.approx(1.0 / (1.0 - share))
    all_of_them = service.self_help_factor(strength, service.self_help(1.0, reference, p) - helped)
    most = p.self_help_half / p.participation_reference
    assert all_of_them >= max((1.0 - share) ** most, math.exp(-3.0)) * (1.0 - 1e-9)


@given(strength=st.floats(-3.0, 3.0), change=st.floats(-100.0, 100.0))
def test_self_help_has_its_limits(strength: float, change: float) -> None:
    factor = service.self_help_factor(strength, change)
    assert math.exp(-3.0) <= factor <= math.exp(3.0)


@given(
    contacts=logarithmic(1.0, 1e7),
    tried=SHARES,
    wanted=SHARES,
    helped=st.floats(0.05, 2.7),
    door=st.floats(0.8, 1.25),
    p=corners(),
)
def test_contacts_come_by_the_channel_that_is_tried(
    contacts: float, tried: float, wanted: float, helped: float, door: float, p: Parameters
) -> None:
    unwanted = service.mismatch(tried, wanted, p)
    here = service.demand(contacts, tried, unwanted, wanted, helped, door)
    base = contacts * helped
    assert here.social == pytest.approx(base * tried * door)
    assert here.centre == pytest.approx(base * (1.0 - tried))
    # Whoever comes by a channel they do not want comes by the one that is tried too much.
    assert here.unwanted_social + here.unwanted_centre == pytest.approx(base * unwanted)
    assert here.unwanted_social == 0.0 or tried > wanted
    assert here.unwanted_centre == 0.0 or tried < wanted
    assert here.unwanted_social <= base * tried
    assert here.unwanted_centre <= here.centre * (1.0 + 1e-12)
    # What an open door invites comes in by that door.
    closed = service.demand(contacts, tried, unwanted, wanted, helped, 1.0)
    assert closed.centre == here.centre


@given(wanted=CAPACITY, capacity=CAPACITY, p=corners())
def test_an_open_door_invites(wanted: float, capacity: float, p: Parameters) -> None:
    here = service.open_door(wanted, capacity, p)
    assert 1.0 <= here <= 1.0 + p.webcare_induced_demand
    assert service.open_door(wanted, 0.0, p) == 1.0, "a closed one does not"
    assert service.open_door(wanted, 2.0 * capacity, p) >= here * (1.0 - 1e-12)


# --- who is answered -----------------------------------------------------------------------------


@given(
    social=CAPACITY,
    centre=CAPACITY,
    unwanted=st.tuples(SHARES, SHARES),
    in_social=CAPACITY,
    in_centre=CAPACITY,
    peaks=st.tuples(PEAKS, PEAKS),
    p=corners(),
)
def test_contacts_add_up_and_quality_stays_within_its_ends(
    social: float,
    centre: float,
    unwanted: tuple[float, float],
    in_social: float,
    in_centre: float,
    peaks: tuple[float, float],
    p: Parameters,
) -> None:
    wanted = Demand(social, centre, unwanted[0] * social, unwanted[1] * centre)
    contacts = service.serve(wanted, in_social, in_centre, *peaks, p)
    rounding = 1e-12 * max(social, centre, in_social, in_centre)
    assert contacts.matched + contacts.redirected + contacts.unserved == pytest.approx(
        social + centre, rel=1e-9
    )
    assert min(contacts) >= -rounding
    assert max(contacts.answered_social, contacts.answered_centre) <= 1.0 + 1e-12
    # Nobody answers more than there is capacity for, second attempts at their own handling.
    first = service.smooth_minimum(social, in_social, peaks[0])
    second = contacts.served_social - first
    multiple = p.redirect_handling_multiple
    assert second >= -rounding
    assert first + multiple * second <= in_social + rounding
    by_centre = contacts.matched + contacts.redirected - contacts.served_social
    first = service.smooth_minimum(centre, in_centre, peaks[1])
    assert first + multiple * (by_centre - first) <= in_centre + multiple * rounding
    if social > 0.0:
        assert contacts.answered_social * social == pytest.approx(
            service.smooth_minimum(social, in_social, peaks[0])
        )
    quality = service.delivered_quality(contacts, 0.0, p)
    assert p.quality_unserved - 1e-9 <= quality <= p.quality_matched + 1e-9


@given(contacts=logarithmic(1.0, 1e6), capacity=st.floats(0.02, 0.5), peaks=PEAKS, p=corners())
def test_with_the_phone_closed_the_social_desk_fills_up(
    contacts: float, capacity: float, peaks: float, p: Parameters
) -> None:
    """Whoever finds nobody on the phone tries the other desk, until it is full: both ways alike."""
    few = 0.01 * contacts
    wanted = Demand(few, contacts - few, 0.0, 0.0)
    desk = capacity * contacts
    closed = service.serve(wanted, desk, 0.0, peaks, 0.0, p)
    alone = service.smooth_minimum(few, desk, peaks)
    assert closed.served_social > alone
    assert closed.answered_centre == 0.0
    handled = alone + p.redirect_handling_multiple * (closed.served_social - alone)
    second = p.second_attempt_share * p.redirect_handling_multiple * (contacts - few)
    spare = desk - alone
    assert handled == pytest.approx(alone + service.smooth_minimum(second, spare, peaks))
    if second > spare:  # more come than there is room for: what is left idle are the peaks
        assert handled >= (1.0 - math.sqrt(peaks)) * desk * (1.0 - 1e-9)
    # The mirror image: a closed social desk fills the phones.
    mirrored = Demand(contacts - few, few, 0.0, 0.0)
    other = service.serve(mirrored, 0.0, desk, 0.0, peaks, p)
    assert other.unserved == pytest.approx(closed.unserved)
    assert other.redirected == pytest.approx(closed.redirected)
    assert other.served_social == 0.0


@given(
    demand=st.tuples(POSITIVE, POSITIVE),
    capacity=st.tuples(POSITIVE, POSITIVE),
    peaks=st.tuples(PEAKS, PEAKS),
    p=corners(),
)
def test_who_asks_where_decides_nothing_but_its_own_side(
    demand: tuple[float, float],
    capacity: tuple[float, float],
    peaks: tuple[float, float],
    p: Parameters,
) -> None:
    """Both sides are served by one rule: exchanged, they give the same fates."""
    here = service.serve(Demand(*demand, 0.0, 0.0), *capacity, *peaks, p)
    there = service.serve(Demand(*demand[::-1], 0.0, 0.0), *capacity[::-1], *peaks[::-1], p)
    rounding = 1e-12 * max(*demand, *capacity)
    assert here[:3] == pytest.approx(there[:3], abs=rounding)
    assert here.answered_social == pytest.approx(there.answered_centre)
    served = there.matched + there.redirected - there.served_social
    assert here.served_social == pytest.approx(served, abs=rounding)


def test_without_contacts_nobody_is_disappointed() -> None:
    p = central()
    nothing = Contacts(0.0, 0.0, 0.0, 0.0, 1.0, 1.0)
    assert service.delivered_quality(nothing, 0.0, p) == p.quality_matched
    assert service.serve(Demand(0.0, 0.0, 0.0, 0.0), 5.0, 5.0, 0.1, 0.1, p) == nothing


# --- what customers notice -----------------------------------------------------------------------


@given(fates=st.tuples(POSITIVE, POSITIVE, POSITIVE), change=st.floats(-1.0, 1.0), p=corners())
def test_capable_people_solve_more_of_what_is_asked(
    fates: tuple[float, float, float], change: float, p: Parameters
) -> None:
    contacts = Contacts(*fates, 0.0, 1.0, 1.0)
    here = service.delivered_quality(contacts, change, p)
    assert 0.0 <= here <= 1.0 + 1e-12
    usual = service.delivered_quality(contacts, 0.0, p)
    expected = usual * (1.0 + p.capability_quality_effect * change)
    assert here == pytest.approx(min(max(expected, 0.0), 1.0))


@given(level=SHARES, target=SHARES, p=corners())
def test_people_notice_with_a_delay(level: float, target: float, p: Parameters) -> None:
    noticed = service.perception_flow(level, target, p)
    assert noticed * p.perception_delay_months == pytest.approx(target - level)
    learnt = service.expectation_flow(level, target, p)
    assert learnt * p.channel_learning_months == pytest.approx(target - level)


@example(contacts=0.0)
@given(contacts=st.floats(0.0, 100.0))
def test_nobody_has_to_do_with_service_more_than_once(contacts: float) -> None:
    exposure = service.service_exposure(contacts)
    assert 0.0 <= exposure <= min(contacts, 1.0) + 1e-15
    assert service.service_exposure(2.0 * contacts) <= 2.0 * exposure + 1e-12
    assert service.service_exposure(contacts + 1.0) >= exposure

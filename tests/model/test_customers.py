"""Equations of customers: trust, who leaves and who comes."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.model.equations import customers
from simulator.model.quantities import FASTEST_PER_MONTH
from simulator.model.register import Parameters
from tests.support.assumptions import assuming
from tests.support.strategies import SHARES, corners, logarithmic

CONTAGIOUS, ALONE = 0.0, 1.0
"""A value of ``churn_form`` for each structure, at the weights of the register."""


@given(churn=st.floats(0.0, 0.99))
def test_yearly_churn_and_monthly_hazard_are_inverse(churn: float) -> None:
    hazard = customers.base_hazard(churn)
    assert customers.yearly_churn(hazard) == pytest.approx(churn, abs=1e-12)


@given(hazard=st.floats(0.0, 0.4), exposure=SHARES, connected=SHARES, form=SHARES, p=corners())
def test_leaving_stays_as_it_is_when_nothing_changes(
    hazard: float, exposure: float, connected: float, form: float, p: Parameters
) -> None:
    p = assuming(p, churn_form=form)
    assert customers.churn_hazard(hazard, 0.0, exposure, connected, 0.0, p) == hazard


@given(
    hazard=st.floats(0.001, 0.1),
    quality=st.floats(-0.5, 0.5),
    exposure=SHARES,
    connected=SHARES,
    change=st.floats(-0.5, 0.5),
    p=corners(),
)
def test_leaving_follows_service_and_taking_part(
    hazard: float, quality: float, exposure: float, connected: float, change: float, p: Parameters
) -> None:
    """Better service never drives anybody away; taking part binds, or where the effect is signed
    the other way, does the contrary."""

    def leaving(quality: float, change: float, exposure: float = exposure) -> float:
        return customers.churn_hazard(hazard, quality, exposure, connected, change, p)

    here = leaving(quality, change)
    assert 0.0 <= here <= FASTEST_PER_MONTH
    assert leaving(quality + 0.1, change) <= here * (1.0 + 1e-12)
    more = leaving(quality, change + 0.1) / here
    strength = p.effect_transfer * p.churn_connected_effect
    if max(here, leaving(quality, change + 0.1)) < FASTEST_PER_MONTH:
        assert more == pytest.approx(math.exp(-0.1 * strength))
    # Whoever has nothing to do with service does not mind how it is.
    assert leaving(quality, change, 0.0) == pytest.approx(leaving(0.0, change, 0.0))


@given(
    hazard=st.floats(0.001, 0.05),
    worse=st.floats(0.01, 0.5),
    exposure=st.floats(0.01, 1.0),
    connected=st.floats(0.01, 1.0),
    p=corners(),
)
def test_only_where_leaving_is_contagious_do_the_connected_take_others_along(
    hazard: float, worse: float, exposure: float, connected: float, p: Parameters
) -> None:
    """Bad service then counts ``1 + contagion x connected`` as much; among none it is as it was."""

    def log_ratio(form: float, connected: float) -> float:
        structure = assuming(p, churn_form=form)
        left = customers.churn_hazard(hazard, -worse, exposure, connected, 0.0, structure)
        return math.log(left / hazard)

    alone = p.churn_quality_effect * exposure * worse
    for others in (0.0, connected):
        assert log_ratio(ALONE, others) == pytest.approx(alone)
    assert log_ratio(CONTAGIOUS, 0.0) == pytest.approx(alone)
    spread = min(alone * (1.0 + p.churn_contagion * connected), -math.log(hazard))
    assert log_ratio(CONTAGIOUS, connected) == pytest.approx(spread)


@given(today=logarithmic(1.0, 1e6), effect=st.floats(0.0, 1.5), p=corners())
def test_acquisition_follows_talk_tone_and_reach(
    today: float, effect: float, p: Parameters
) -> None:
    def joining(talk: float = 1.0, trust: float = 1.0, reached: float = 0.0) -> float:
        return customers.acquisition(today, talk, trust, reached, effect, p)

    assert joining() == today
    assert joining(talk=2.0) == pytest.approx(
        today * 2.0 ** (p.effect_transfer * p.ewom_volume_elasticity)
    )
    tone = p.effect_transfer * p.ewom_valence_elasticity * p.tone_follows_trust
    assert joining(trust=0.5) == pytest.approx(today * 0.5**tone)
    assert joining(reached=0.1) == pytest.approx(today * math.exp(0.1 * effect))
    # There and back is neutral, on every road.
    assert joining(2.0, 2.0, 0.1) * joining(0.5, 0.5, -0.1) == pytest.approx(today * today)


@given(connected=SHARES, trust=SHARES, p=corners())
def test_people_talk_anyway_and_more_when_they_take_part_and_trust(
    connected: float, trust: float, p: Parameters
) -> None:
    assert customers.word_of_mouth(0.0, trust, p) == p.natural_word_of_mouth
    assert customers.word_of_mouth(connected, 0.0, p) == p.natural_word_of_mouth
    here = customers.word_of_mouth(connected, trust, p)
    assert here == pytest.approx(p.natural_word_of_mouth + connected * trust)


@given(trust=SHARES, gap=st.floats(0.01, 1.0), p=corners())
def test_trust_leaves_faster_than_it_comes(trust: float, gap: float, p: Parameters) -> None:
    up = customers.trust_flow(trust, trust + gap, p)
    down = customers.trust_flow(trust, trust - gap, p)
    assert up > 0.0 > down
    assert -down == pytest.approx(p.trust_asymmetry * up)


@given(quality=SHARES, genuine=SHARES, goodwill=SHARES, p=corners())
def test_deserved_trust_is_a_mean(
    quality: float, genuine: float, goodwill: float, p: Parameters
) -> None:
    assert customers.noticed_quality(quality, 0.8, 1.0) == pytest.approx(quality)
    assert customers.noticed_quality(quality, 0.8, 0.0) == 0.8, "who never asks notices nothing"
    target = customers.trust_target(quality, genuine, goodwill, p)
    ends = (quality, genuine, goodwill)
    assert min(ends) - 1e-12 <= target <= max(ends) + 1e-12

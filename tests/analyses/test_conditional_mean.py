"""What knowing is worth, against cases in which that is known exactly."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulator.analyses.conditional_mean import Worth, partial, perfect
from simulator.model.register import FloatArray
from tests.support.examples import examples

DRAWS = 8192
CLOSE = 4.0
"""Standard errors."""


def normal(dimensions: int, seed: int = 1) -> FloatArray:
    sampler = stats.qmc.Sobol(d=dimensions, scramble=True, rng=seed)
    numbers: FloatArray = stats.norm.ppf(sampler.random(DRAWS).T)
    return numbers


def expected(mean: float, deviation: float) -> float:
    """Of knowing a normal gain before deciding on it."""
    ratio = mean / deviation
    unknown = mean * float(stats.norm.cdf(ratio)) + deviation * float(stats.norm.pdf(ratio))
    return unknown - max(mean, 0.0)


def assert_close(worth: Worth, exact: float) -> None:
    assert abs(worth.mean - exact) <= CLOSE * worth.error + 1e-3, (worth, exact)


@pytest.mark.parametrize("mean", [-2.0, -0.3, 0.0, 0.5, 3.0])
def test_normal_gains_have_their_closed_form(mean: float) -> None:
    first, second, third = normal(3)
    gain = mean + 1.0 * first + 0.7 * second + 0.2 * third
    assert_close(perfect(gain), expected(mean, math.hypot(1.0, 0.7, 0.2)))
    assert_close(partial(gain, [first]), expected(mean, 1.0))
    assert_close(partial(gain, [second]), expected(mean, 0.7))
    assert_close(partial(gain, [first, second]), expected(mean, math.hypot(1.0, 0.7)))


def test_what_acts_only_together_is_worth_something_only_together() -> None:
    first, second = normal(2)
    gain = first * second
    apart = partial(gain, [first])
    assert apart.mean <= CLOSE * apart.error
    # E[max(0, x y)] = 1 / pi.
    together = partial(gain, [first, second])
    assert together.mean == pytest.approx(1.0 / math.pi, rel=0.1)


@pytest.mark.parametrize("people", [1, 5, 50])
def test_a_sample_is_worth_what_the_posterior_says(people: int) -> None:
    """A share that may be anything is asked of so many; the gain is the share less a cost."""
    random = np.random.default_rng(3)
    share = random.random(DRAWS)
    cost = 0.6
    answers = random.binomial(people, share).astype(np.float64)
    posterior = (np.arange(people + 1) + 1.0) / (people + 2.0)
    exact = float(np.maximum(posterior - cost, 0.0).mean())
    assert_close(partial(share - cost, [answers]), exact)


@examples(25)
@given(seed=st.integers(0, 200), mean=st.floats(-0.2, 0.2))
def test_noise_is_worth_nothing(seed: int, mean: float) -> None:
    """A plug-in of fitted values would find a worth in every one of them."""
    random = np.random.default_rng(seed)
    gain, noise = random.normal(mean, 1.0, 1024), random.normal(size=1024)
    worth = partial(gain, [noise])
    assert worth.mean <= 5.0 * worth.error


def test_noise_is_worth_nothing_on_average() -> None:
    worths = []
    for seed in range(60):
        random = np.random.default_rng(seed)
        gain, noise = random.normal(0.02, 1.0, 1024), random.normal(size=1024)
        worths.append(partial(gain, [noise]).mean)
    # That of the plug-in is 0.02 to 0.03: 1 / sqrt(2 pi) of the deviation of what it fits.
    assert np.mean(worths) < 0.012


@examples(25)
@given(seed=st.integers(0, 200), mean=st.floats(-2.0, 2.0))
def test_knowing_all_is_worth_most(seed: int, mean: float) -> None:
    random = np.random.default_rng(seed)
    first, second = random.normal(size=(2, 512))
    gain = mean + first + second
    whole = perfect(gain)
    for known in ([first], [second], [first, second]):
        assert 0.0 <= partial(gain, known).mean <= whole.mean + 1e-12


def test_what_is_known_already_is_worth_nothing() -> None:
    (first,) = normal(1)
    assert partial(first, [np.full(DRAWS, 0.3)]) == Worth(0.0, 0.0)


def test_worth_goes_with_the_unit() -> None:
    first, second = normal(2)
    gain = 0.1 + first + second
    in_thousands = partial(1000.0 * gain, [first])
    assert in_thousands.mean == pytest.approx(1000.0 * partial(gain, [first]).mean)

"""Shares of the variance, against what SALib makes of the same runs.

SALib estimates the total effect by Jansen's formula in one direction and the first-order effect
by that of Saltelli et al. (2010). The numerator of our total effect is Jansen's, taken both ways:
it is the mean of SALib's two, to rounding. Our first-order effect is another estimator of the
same number, and has to lie in the interval that SALib states of its own (19 times in 20).
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator import engine, scenario
from simulator.analyses import held
from simulator.analyses.sobol import terms, variance_shares
from simulator.model.register import REGISTER, FloatArray
from tests.analyses.test_sobol import A, Function, g_function, ishigami, points, rows

pytestmark = pytest.mark.usefixtures("known_runs")

PLAN = scenario.load_shipped("balanced-shift")
Groups = dict[str, NDArray[np.bool_]]


def _one_each(dimensions: int) -> Groups:
    return {f"x{row}": rows(dimensions, row) for row in range(dimensions)}


def _sectors() -> Groups:
    sectors = np.array([parameter.group for parameter in REGISTER])
    return {name: sectors == name for name in dict.fromkeys(sectors.tolist())}


CASES: dict[str, tuple[Function, tuple[FloatArray, FloatArray], Groups]] = {
    "ishigami": (ishigami, points(3, 1024, 1), _one_each(3)),
    "g-function": (g_function, points(len(A), 1024, 1), _one_each(len(A))),
    "value of the plan, by sector": (
        held.value_of(PLAN),
        engine.draw_pair(512, PLAN.seed, PLAN.ranges()),
        _sectors(),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_they_agree_with_salib(name: str) -> None:
    from SALib.analyze import sobol as salib  # late: whoever collects tests need not wait for it

    figure, sets, groups = CASES[name]
    ours = variance_shares(figure, sets, groups, seed=1).shares
    f_a, f_b = (figure(values) for values in sets)
    swapped = [mask[:, None] for mask in groups.values()]
    f_ab, f_ba = (
        [figure(np.where(mask, second, first)) for mask in swapped]
        for first, second in (sets, sets[::-1])
    )
    problem = {"num_vars": len(groups), "names": list(groups)}
    one, other = (
        salib.analyze(
            problem,
            np.stack([start, *mixed, end]).T.ravel(),  # a case's runs follow one another
            calc_second_order=False,
            seed=1,
        )
        for start, mixed, end in ((f_a, f_ab, f_b), (f_b, f_ba, f_a))
    )
    variance = np.concatenate([f_a, f_b]).var()
    for place, (group, shares) in enumerate(ours.items()):
        _, total, spread = terms(f_a, f_b, f_ab[place], f_ba[place]).mean(axis=1)
        jansen = (one["ST"][place] + other["ST"][place]) / 2.0
        assert total / (4.0 * variance) == pytest.approx(jansen, rel=1e-9, abs=1e-12), group
        assert shares.total.central == pytest.approx(total / spread, rel=1e-9), group
        for key, effect in (("S1", shares.first_order), ("ST", shares.total)):
            theirs = (one[key][place] + other[key][place]) / 2.0
            error = (one[f"{key}_conf"][place] + other[f"{key}_conf"][place]) / 2.0
            # An estimate below zero, where no share can be, is put there.
            found = np.clip(theirs, 0.0, 1.0)
            assert effect.central == pytest.approx(found, abs=error), (group, key)

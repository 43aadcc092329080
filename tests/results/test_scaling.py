"""Figures scale with the currency and with the size of the organisation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import scenario
from simulator.model.figures import FIGURES
from simulator.model.quantities import Budgets
from simulator.results import OUTCOMES, simulate
from simulator.scenario import Scenario
from tests.support.examples import examples

pytestmark = pytest.mark.usefixtures("known_runs")

SHIPPED = [path.stem for path in scenario.shipped()]


MONEY = {figure.id for figure in FIGURES.values() if figure.kind == "money"}


def _in_another_currency(example: Scenario, rate: float) -> Scenario:
    organisation = example.organisation
    changes: dict[str, object] = {
        f"organisation.budgets.{name}": getattr(organisation.budgets, name) * rate
        for name in Budgets._fields
    }
    for name in ("revenue_per_customer", "labour_cost_per_hour"):
        changes[f"organisation.{name}"] = getattr(organisation, name) * rate
    for name in ("centre_contact_cost", "social_contact_cost"):
        known = getattr(organisation.known, name)
        changes[f"organisation.known.{name}"] = None if known is None else known * rate
    return example.changed(**changes)


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("rate", [7.45, 0.01, 150.0])
def test_money_scales_with_the_currency_and_nothing_else_does(name: str, rate: float) -> None:
    example = scenario.load_shipped(name)
    here, there = simulate(example, 32), simulate(_in_another_currency(example, rate), 32)
    sales = example.organisation.customers * example.organisation.revenue_per_customer
    for name in here.values.figures:
        amount, other = here.values[name], there.values[name]
        if name in MONEY:
            np.testing.assert_allclose(other, rate * amount, rtol=1e-9, atol=1e-10 * rate * sales)
        else:
            np.testing.assert_allclose(other, amount, rtol=1e-6, err_msg=name)
    for outcome in OUTCOMES.values():
        amount, other = (found.series(outcome.id) for found in (here, there))
        factor = rate if outcome.unit.startswith("currency") else 1.0
        least = 1e-10 * (factor * sales if outcome.unit.startswith("currency") else 1.0)
        if outcome.id.startswith("contacts"):
            least = 1e-9 * float(here.series("contacts").max())
        np.testing.assert_allclose(
            other, factor * amount, rtol=1e-9, atol=least, err_msg=outcome.id
        )


@examples(10)
@given(times=st.sampled_from((2.0, 10.0, 1000.0)), name=st.sampled_from(SHIPPED))
def test_a_twice_as_large_organisation_gets_twice_as_much(times: float, name: str) -> None:
    """Customers, employees and budgets together: relations are made per head, where hosting and
    conduct grow with heads as well."""
    example = scenario.load_shipped(name).changed(**{"assumptions.hosting_scale": 1.0})
    organisation = example.organisation
    if organisation.employees * times > 1e7:
        return
    changes: dict[str, object] = {
        f"organisation.budgets.{field}": getattr(organisation.budgets, field) * times
        for field in Budgets._fields
    }
    for field in ("customers", "employees"):
        changes[f"organisation.{field}"] = getattr(organisation, field) * times
    here, there = simulate(example, 16), simulate(example.changed(**changes), 16)
    sales = organisation.customers * organisation.revenue_per_customer
    np.testing.assert_allclose(
        there.values.net_present_value,
        times * here.values.net_present_value,
        rtol=1e-9,
        atol=1e-10 * times * sales,
    )
    np.testing.assert_allclose(there.series("trust"), here.series("trust"), rtol=1e-9)

"""An ordinary organisation, the world it stands in, and a plan of nothing."""

from __future__ import annotations

from simulator.model.quantities import Budgets, Involvement, Organisation, Switches

STILL = Switches(drift=0.0, connecting=1.0)
MOVING = Switches(drift=1.0, connecting=1.0)

ORDINARY = Organisation(
    customers=100_000.0,
    revenue_per_customer=600.0,
    gross_margin=0.45,
    annual_churn=0.2,
    employees=350.0,
    working_hours_per_year=1700.0,
    labour_cost_per_hour=45.2,
    contacts_per_customer=3.0,
    discount_rate=0.09,
    budgets=Budgets(3e5, 3.5e5, 1.8e6, 2e4, 1e4, 1.2e5, 1.5e4, 8e4),
    involvement=Involvement(2.0, 0.05, 0.3, 0.5, 0.4, 0.3),
)
NOTHING = Involvement(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

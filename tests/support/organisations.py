"""An ordinary organisation, the world it stands in, and a plan of nothing."""

from __future__ import annotations

from simulator.model.quantities import (
    NOTHING_KNOWN,
    Budgets,
    Involvement,
    Organisation,
    Switches,
)

STILL = Switches(drift=0.0, connecting=1.0)
MOVING = Switches(drift=1.0, connecting=1.0)

NOTHING = Involvement(*(0.0 for _ in Involvement._fields))
INVOLVED = NOTHING._replace(
    minutes_per_day=10.0,
    participation=0.3,
    openness=0.7,
    promotional_share=0.15,
    regularity=0.8,
    mandate=0.8,
)

ORDINARY = Organisation(
    customers=100_000.0,
    people_per_customer=1.0,
    revenue_per_customer=600.0,
    gross_margin=0.45,
    annual_churn=0.2,
    employees=350.0,
    working_hours_per_year=1700.0,
    labour_cost_per_hour=45.2,
    contacts_per_customer=3.0,
    discount_rate=0.09,
    budgets=Budgets(3e5, 3.5e5, 1.8e6, 2e4, 1e4, 1.2e5, 1.5e4, 8e4),
    involvement=NOTHING._replace(
        minutes_per_day=2.0,
        participation=0.05,
        openness=0.3,
        promotional_share=0.5,
        regularity=0.4,
        mandate=0.3,
    ),
    known=NOTHING_KNOWN,
)
ODD = {
    "one employee": ORDINARY._replace(employees=1.0),
    "a million employees": ORDINARY._replace(employees=1e6),
    "one customer": ORDINARY._replace(customers=1.0),
    "no webcare": ORDINARY._replace(budgets=ORDINARY.budgets._replace(social_service=0.0)),
    "no instruments": ORDINARY._replace(
        budgets=ORDINARY.budgets._replace(
            listening=0.0, community=0.0, content=0.0, networking=0.0, social_service=0.0
        )
    ),
    "no training": ORDINARY._replace(budgets=ORDINARY.budgets._replace(training=0.0)),
    "no research": ORDINARY._replace(budgets=ORDINARY.budgets._replace(market_research=0.0)),
    "no contact centre": ORDINARY._replace(budgets=ORDINARY.budgets._replace(customer_service=0.0)),
    "no service at all": ORDINARY._replace(
        budgets=ORDINARY.budgets._replace(customer_service=0.0, social_service=0.0)
    ),
    "no contacts": ORDINARY._replace(contacts_per_customer=0.0),
    "no churn": ORDINARY._replace(annual_churn=0.0),
    "no margin": ORDINARY._replace(gross_margin=0.0),
    "no discounting": ORDINARY._replace(discount_rate=0.0),
    "no involvement": ORDINARY._replace(involvement=NOTHING),
    "nothing at all but research": ORDINARY._replace(
        involvement=NOTHING, budgets=Budgets(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    ),
    "all day, everybody": ORDINARY._replace(
        involvement=Involvement(480.0, *(1.0 for _ in Involvement._fields[1:]))
    ),
}

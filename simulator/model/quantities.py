"""What the equations take and return: NamedTuples of floats, with the unit of every field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

MONTHS_PER_YEAR = 12.0
MINUTES_PER_HOUR = 60.0

SMALLEST_COIN = 0.001
"""Of any currency: the thousandth of a dinar or a rial. What is less than that is no amount."""

FASTEST_PER_MONTH = 1.0
"""No relation, skill or insight is built, and nobody leaves, at a higher rate than this. It matters
at the edges of what can be entered only, and keeps stocks in range with a step of one month."""


class Budgets(NamedTuple):
    """What is spent a year. Unit of every field: currency per year."""

    market_research: float
    training: float
    customer_service: float
    listening: float
    community: float
    content: float
    networking: float
    social_service: float


class Involvement(NamedTuple):
    """How people behave: what no budget buys."""

    minutes_per_day: float
    """Minutes per working day of an employee who takes part."""
    participation: float
    """Share of employees who take part, 0-1."""
    openness: float
    """How much is listened, asked and co-created, 0-1."""
    promotional_share: float
    """Share of what is published that sells, 0-1."""
    regularity: float
    """0: whenever somebody feels like it; 1: always at the same moment."""
    mandate: float
    """Policy and leadership: 0 none, 1 a clear policy that leaders live by."""


class Organisation(NamedTuple):
    """The organisation today, as the equations see it."""

    customers: float
    """Heads."""
    revenue_per_customer: float
    """Currency per customer per year."""
    gross_margin: float
    """Share of revenue left after the direct cost of what is sold, 0-1."""
    annual_churn: float
    """Share of customers lost in a year, 0 to below 1."""
    employees: float
    """Heads."""
    working_hours_per_year: float
    """Hours per employee per year."""
    labour_cost_per_hour: float
    """Currency per hour."""
    contacts_per_customer: float
    """Service contacts per customer per year."""
    discount_rate: float
    """Share per year."""
    budgets: Budgets
    involvement: Involvement


class Split(NamedTuple):
    """Where the money freed from one source goes; shares that add up to 1."""

    listening: float
    community: float
    content: float
    networking: float
    social_service: float
    savings: float


class Shift(NamedTuple):
    """What is done with one source."""

    share_moved: float
    """Share of the source's budget that is taken away in the end, 0-1."""
    start_month: float
    """Month in which the change begins."""
    ramp_months: float
    """Months from the first to the last euro of the change, above 0."""
    split: Split


class Plan(NamedTuple):
    """The levers."""

    market_research: Shift
    training: Shift
    customer_service: Shift
    involvement: Involvement
    """What involvement becomes; the organisation's own values mean: as today."""
    involvement_start_month: float
    """Month in which involvement begins to change."""
    involvement_ramp_months: float
    """Months until it is as planned, above 0."""

    def with_shifts(self, change: Callable[[Shift], Shift]) -> Plan:
        """The same plan with ``change`` made to what is done with each source."""
        shifts: dict[str, Any] = {source: change(getattr(self, source)) for source in SOURCES}
        return self._replace(**shifts)


SOURCES = ("market_research", "training", "customer_service")
"""Where money is taken from: fields of :class:`Budgets` and of :class:`Plan`."""

INSTRUMENTS = tuple(name for name in Budgets._fields if name not in SOURCES)
"""What freed money is put into, unless it is saved: fields of :class:`Budgets` and of
:class:`Split`."""


class Switches(NamedTuple):
    """What is switched off in a what-if run; 1 is on, 0 is off."""

    drift: float
    """1: the outside world drifts; 0: it stands still."""
    connecting: float
    """1: the connectedness stocks move; 0: they stay where they are today."""


class State(NamedTuple):
    """The stocks. Shares between 0 and 1, but ``customers``, in heads."""

    connected_customers: float
    connected_employees: float
    connected_partners: float
    public_goodwill: float
    insight: float
    capability: float
    participation: float
    competence: float
    service_quality: float
    trust: float
    customers: float
    channel_preference: float


class Ledger(NamedTuple):
    """Present values since month 0, in currency; as a rate: currency per month."""

    net_contribution: float
    """All that comes in less all that goes out."""
    moved: float
    """Money taken from the sources, to instruments and to savings."""
    instruments: float
    """Money in the instruments above today's: what was moved there from the sources."""
    hours: float
    """Involvement hours above today's, at labour cost."""
    transition: float
    """One-off cost of cutting service."""


class Demand(NamedTuple):
    """Service contacts by the channel that the customer wants. Contacts per year."""

    social: float
    centre: float


class Contacts(NamedTuple):
    """Service contacts by fate. Unit of every field: contacts per year."""

    matched: float
    """Served in the channel the customer wanted."""
    redirected: float
    """Served, but in another channel than the customer wanted."""
    unserved: float
    """Served by nobody."""
    matched_social: float
    """The part of ``matched`` that was served in a social channel."""


class InitialState(NamedTuple):
    """Today's values, to which the model's relative effects refer. Constant during a run."""

    state: State
    churn_hazard: float
    """Per month."""
    acquisition: float
    """Heads per month."""
    contact_cost: float
    """Currency per contact in the contact centre."""
    social_contact_cost: float
    """Currency per contact that a paid agent serves in a social channel."""
    unbudgeted_capacity: float
    """Contacts per year that others serve, outside the service budgets."""
    contact_load: float
    """Today's contacts are as the organisation states them: the factor that makes it so."""
    redirected_per_customer: float
    """Contacts per customer per year."""
    unserved_per_customer: float
    """Contacts per customer per year."""
    unserved: float
    """Contacts per year."""
    hours: float
    """Involvement hours per year."""
    incremental_sales: float
    """Incremental revenue by social payment, currency per year: already in today's revenue."""

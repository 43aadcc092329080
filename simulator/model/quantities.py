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


UNKNOWN = -1.0
"""Stands in :class:`Known` for what the organisation does not know: then, and only then, it is
drawn from the register."""


class Conduct(NamedTuple):
    """How people really behave, as far as there is time for it."""

    openness: float
    """0-1."""
    regularity: float
    """0-1."""
    mandate: float
    """0-1."""
    hours: float
    """Hours per year that this takes, all employees together."""


class Known(NamedTuple):
    """What the organisation reads off its own dashboards; :data:`UNKNOWN` for what it does not.

    Given values are met exactly in every draw and never drawn.
    """

    social_contact_share: float
    """Share of service contacts that come in by social and messaging channels, 0-1."""
    social_answered_share: float
    """Share of those that are answered there at the first attempt, 0-1."""
    given_up_share: float
    """Share of the other contacts (phone, mail) that are given up or unanswered at first, 0-1."""
    centre_occupancy: float
    """Share of the contact centre's paid time that is spent on contacts, 0-1."""
    centre_contact_cost: float
    """Currency per contact answered by phone or mail, all of its handling counted."""
    social_contact_cost: float
    """Currency per contact answered in a social channel, all of its handling counted."""
    community_answered_share: float
    """Share of all questions that customers answer each other, so that no contact comes of them."""
    participating_share: float
    """Share of the people on the other side who take part in the community, 0-1."""


NOTHING_KNOWN = Known(*(UNKNOWN for _ in Known._fields))
"""We don't know, to every question of :class:`Known`."""


class Organisation(NamedTuple):
    """The organisation today, as the equations see it."""

    customers: float
    """Heads."""
    people_per_customer: float
    """People on the other side of a customer: 1 for consumers, several at a business."""
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
    known: Known


class Split(NamedTuple):
    """Where the money freed from one source goes; shares that add up to 1."""

    listening: float
    community: float
    content: float
    networking: float
    social_service: float
    savings: float


ALL_SAVED = Split(0.0, 0.0, 0.0, 0.0, 0.0, 1.0)


class Shift(NamedTuple):
    """What is done with one source."""

    share_moved: float
    """Share of the source's budget that is taken away in the end, 0-1; below 0 it gets more."""
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
    self_service: float = 0.0
    """Share of the savings that is spent on self-service, 0-1: no lever, but what plans are
    compared with (:mod:`simulator.analyses.alternatives`)."""
    first_depth: float = 1.0
    """How much of all its changes is made until the review, 0-1; no lever either, but what staged
    plans are made of (:mod:`simulator.analyses.staged`). With 1 before and after, as by default,
    there is no review, and every number is exactly that of a plan without one."""
    last_depth: float = 1.0
    """How much of all its changes stands after the review, 0-1; 0: all goes back to today's."""
    review_month: float = 0.0
    """Month in which it begins to go from the one to the other."""
    review_ramp_months: float = 1.0
    """Months until that is done, above 0."""

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

    reach: float
    """Share of the people on the other side who read along."""
    connected_customers: float
    """Share of the people on the other side who take part."""
    connected_employees: float
    """Share of employees who are well connected; never above ``participation`` in equilibrium."""
    connected_partners: float
    public_goodwill: float
    insight: float
    capability: float
    participation: float
    competence: float
    service_quality: float
    """As customers perceive it."""
    social_answered: float
    """Share of contacts in social channels that are answered there, as customers expect it."""
    centre_answered: float
    """Share of the other contacts that are answered at the first attempt, as customers expect
    it."""
    trust: float
    customers: float
    channel_preference: float
    """Share of contacts for which the customer would like a social or messaging channel."""


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
    """Service contacts by the channel that the customer tries first. Contacts per year."""

    social: float
    centre: float
    unwanted_social: float
    """The part of ``social`` that would rather have come by phone or mail."""
    unwanted_centre: float
    """The part of ``centre`` that would rather have come by a social channel."""


class Contacts(NamedTuple):
    """Service contacts by fate. Unit of every field: contacts per year."""

    matched: float
    """Served in the channel the customer wanted."""
    redirected: float
    """Served, but in another channel than the customer wanted."""
    unserved: float
    """Served by nobody."""
    served_social: float
    """The part that was served in a social channel."""
    answered_social: float
    """Share of those who came to a social channel first who were answered there, 0-1."""
    answered_centre: float
    """Share of those who came by phone or mail first who were answered there, 0-1."""


class InitialState(NamedTuple):
    """Today's values, to which the model's relative effects refer. Constant during a run."""

    state: State
    churn_hazard: float
    """Per month."""
    acquisition: float
    """Heads per month."""
    average_contact_cost: float
    """Currency per contact answered by phone or mail."""
    social_capacity: float
    """Contacts per year that the social channels can answer today."""
    centre_capacity: float
    """Contacts per year that phone and mail can answer today."""
    social_capacity_per_money: float
    """Contacts per currency: what one more euro a year for social service can answer."""
    centre_elasticity: float
    """Per cent less that phone and mail can answer for each per cent less budget, at first."""
    social_peaks: float
    """How unevenly contacts come: see :func:`~simulator.model.equations.service.smooth_minimum`."""
    centre_peaks: float
    """The same by phone and mail."""
    social_door: float
    """Factor on contacts in social channels because that door is open, today; 1 or more."""
    service_hours: float
    """Hours per year that employees who take part spend on answering customers."""
    service_share: float
    """Share of the labour bill that is paid by the contact centre's budget, 0-1."""
    displaced: float
    """Share of working time that goes into involvement, 0-1."""
    unserved: float
    """Contacts per year."""
    hours: float
    """Involvement hours per year."""
    incremental_sales: float
    """Incremental revenue by social payment, currency per year: already in today's revenue."""
    connecting_factor: float
    """Factor on the inflow of participating customers: what is known of them today is met."""
    own_participation: float
    """Inflow of participating customers that no effort explains, per month."""
    conduct_scale: float
    """Hours that conduct takes here relative to what is usual, 0-1."""
    usual_participation: float
    """Share of the people on the other side for whom today's openness takes time, 0-1."""
    self_help_reference: float
    """Participation at which ``self_help`` is meant, 0-1."""
    self_help: float
    """How strongly taking part replaces contacts: log of the reference share that still comes."""
    research_exponent: float
    """Curvature of the response to this budget."""
    training_exponent: float
    """Curvature of the response to this budget."""
    offer: float
    """How far connectedness is turned into business, 0-1."""
    reach_effect: float
    """Log of new customers per unit of reach."""
    insight_worth: float
    """Share of revenue per customer per unit of insight."""
    peer_learning: float
    """Inflow into capability with all employees well connected, per month."""
    capability_worth: float
    """Share of output per unit of capability."""

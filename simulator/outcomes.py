"""Headline figures from trajectories: what a scenario is worth, and how sure that is.

Every figure compares the plan with carrying on (the *baseline*) in the same draws of the
assumptions, so that what both share cancels out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from simulator import engine, parameters
from simulator.equations.quantities import Organisation, Plan, Shift, Split, Switches
from simulator.parameters import FloatArray
from simulator.scenario import Scenario

DEFAULT_DRAWS = 1024
"""A power of two, where Sobol points are balanced."""

WAIT_MONTHS = 12
"""How much later the plan starts in the cost of waiting."""

TAIL = 0.10
"""Share of the worst draws in the worst-case mean (conditional value at risk)."""

CHUNK = 1024
"""Draws that are worked on at a time when only headline figures are wanted."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One series that can be shown: what it is and in which unit."""

    id: str
    label: str
    unit: str
    """``currency`` stands for the organisation's own."""
    group: str


def _catalogue(group: str, unit: str, **labels: str) -> tuple[Outcome, ...]:
    return tuple(Outcome(name, label, unit, group) for name, label in labels.items())


OUTCOMES: Mapping[str, Outcome] = {
    one.id: one
    for one in (
        *_catalogue(
            "Value",
            "currency",
            cumulative_value="Value against carrying on, cumulative, discounted",
        ),
        *_catalogue(
            "Value",
            "currency per year",
            net_contribution="Net contribution",
            revenue="Revenue",
            productivity="Productivity gain",
            hours_cost="Cost of involvement hours",
            unserved_cost="Cost of unserved contacts",
            transition_cost="Cost of the transition",
            savings="Savings",
        ),
        *_catalogue(
            "Value",
            "currency per year",
            social_revenue="Revenue via social channels (gross)",
            social_payment="Social payment (gross)",
            social_payment_incremental="Social payment (incremental)",
        ),
        *_catalogue("Customers", "heads", customers="Customers"),
        *_catalogue("Customers", "share per year", churn="Churn"),
        *_catalogue("Customers", "heads per year", acquisition="New customers"),
        *_catalogue("Customers", "share", trust="Trust"),
        *_catalogue(
            "Connectedness",
            "share",
            connected_customers="Connected customers",
            connected_employees="Connected employees",
            connected_partners="Connected partners",
            public_goodwill="Public goodwill",
            participation="Participation",
            competence="Competence",
        ),
        *_catalogue("Connectedness", "hours per year", involvement_hours="Involvement hours"),
        *_catalogue("Knowledge", "share", insight="Insight", capability="Capability"),
        *_catalogue(
            "Service",
            "share",
            service_quality="Service quality",
            channel_preference="Customers who prefer social channels",
        ),
        *_catalogue(
            "Service",
            "contacts per year",
            contacts="Contacts",
            contacts_matched="Contacts matched",
            contacts_redirected="Contacts redirected",
            contacts_unserved="Contacts unserved",
        ),
        *_catalogue("Service", "currency per contact", cost_per_contact="Cost per contact"),
        *_catalogue(
            "Budgets",
            "currency per year",
            spent_market_research="Market research",
            spent_training="Training",
            spent_customer_service="Customer service",
            spent_listening="Listening",
            spent_community="Community",
            spent_content="Content",
            spent_networking="Networking",
            spent_social_service="Social service",
        ),
    )
}
"""Everything that is reported over time. ``cumulative_value`` is derived; the engine writes the
rest under the same names."""

AT_HORIZON: tuple[str, ...] = (
    "connected_customers",
    "connected_employees",
    "connected_partners",
    "public_goodwill",
    "insight",
    "capability",
    "service_quality",
    "trust",
    "customers",
    "churn",
    "cost_per_contact",
)
"""Outcomes beside money that the headline reports in the last month."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over the draws. ``nan`` where it is not defined, ``inf`` for never."""

    low: float
    """P10: one draw in ten is below it."""
    central: float
    """P50, the median."""
    high: float
    """P90."""


@dataclass(frozen=True, slots=True)
class Change:
    """One outcome in the last month, with the plan and without."""

    plan: Estimate
    baseline: Estimate
    difference: Estimate
    probability_higher: float
    """Share of draws in which the plan ends higher, 0-1."""


@dataclass(frozen=True, slots=True)
class Values:
    """Headline figures of every draw; each an array of shape ``(draws,)``."""

    net_present_value: FloatArray
    """Present value of the plan less that of carrying on, over the horizon, currency."""
    payback_month: FloatArray
    """First month from which the cumulative difference stays at or above zero; for a plan that is
    never in the red the first in which it is above. ``inf`` if it ends below, ``nan`` if the plan
    changes nothing."""
    roi: FloatArray
    """Net present value over the present value of the money taken from the sources, added hours
    and transition; ``nan`` where nothing is moved."""
    return_on_involvement: FloatArray
    """Present value that arises through connectedness (the plan, less the same plan with the four
    connectedness stocks held at today's level), over the present value of what the instruments and
    added involvement hours cost more than today; ``nan`` where that is zero."""
    return_on_ignoring: FloatArray
    """Present value of carrying on while the world drifts, less that of carrying on in a world that
    stands still, currency."""
    cost_of_waiting: FloatArray
    """Net present value now, less that of the same plan started a year later, currency."""
    plan_end: FloatArray
    """Shape ``(len(AT_HORIZON), draws)``: outcomes in the last month with the plan."""
    baseline_end: FloatArray
    """The same without the plan."""


@dataclass(frozen=True, slots=True)
class Headline:
    """What a scenario comes to. Money in the organisation's currency, discounted to today."""

    net_present_value: Estimate
    probability_better: float
    """Share of draws in which the plan beats carrying on, 0-1; ``nan`` if nothing is changed."""
    verdict: str
    """That probability in words, see :func:`verdict`."""
    worst_case: float
    """Mean net present value of the worst tenth of the draws (CVaR 10 %)."""
    payback_month: Estimate
    probability_payback: float
    """Share of draws in which the money is back within the horizon, 0-1."""
    roi: Estimate
    return_on_involvement: Estimate
    return_on_ignoring: Estimate
    cost_of_waiting: Estimate
    at_horizon: Mapping[str, Change]
    """By outcome id, for :data:`AT_HORIZON`."""


VERDICTS: tuple[tuple[float, str], ...] = (
    (0.90, "very likely better"),
    (0.66, "likely better"),
    (0.33, "too close to call"),
    (0.10, "likely worse"),
    (0.00, "very likely worse"),
)
"""From which probability of being better which words hold. The limits are those of the calibrated
language of the IPCC (Mastrandrea et al. 2010): 33 to 66 % is about as likely as not."""

NOTHING_CHANGED = "nothing is changed"


def verdict(probability: float) -> str:
    """A probability of being better (0-1), in words; ``nan`` means that nothing was changed."""
    if np.isnan(probability):
        return NOTHING_CHANGED
    return next(words for limit, words in VERDICTS if probability >= limit)


def estimate(values: FloatArray) -> Estimate:
    """P10, P50 and P90 of ``values`` (any shape), leaving out ``nan``; all ``nan`` if none is left.

    Each is a value that occurred, so ``inf`` (never) needs no special care.
    """
    defined = values[~np.isnan(values)]
    if not defined.size:
        return Estimate(np.nan, np.nan, np.nan)
    low, middle, high = np.quantile(defined, (0.1, 0.5, 0.9), method="inverted_cdf")
    return Estimate(float(low), float(middle), float(high))


def carrying_on(org: Organisation) -> Plan:
    """The plan that changes nothing: the baseline."""
    kept = Split(0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    shift = Shift(share_moved=0.0, start_month=0.0, ramp_months=1.0, split=kept)
    return Plan(shift, shift, shift, org.involvement, 0.0, 1.0)


def later(plan: Plan, months: float) -> Plan:
    """The same plan, started ``months`` later."""

    def moved(shift: Shift) -> Shift:
        return shift._replace(start_month=shift.start_month + months)

    return Plan(
        moved(plan.market_research),
        moved(plan.training),
        moved(plan.customer_service),
        plan.involvement,
        plan.involvement_start_month + months,
        plan.involvement_ramp_months,
    )


@dataclass(frozen=True)
class Forecast:
    """A scenario, simulated: the plan and the baseline month by month, in every draw."""

    scenario: Scenario
    draws: int
    plan: engine.Run
    baseline: engine.Run
    values: Values

    @cached_property
    def headline(self) -> Headline:
        """The headline figures."""
        return summarise(self.values)

    @property
    def months(self) -> int:
        """The horizon."""
        return self.plan.months

    def series(self, outcome: str, *, baseline: bool = False) -> FloatArray:
        """One outcome (see :data:`OUTCOMES`), shape ``(draws, months + 1)``, with the plan or
        without it. Raises ``KeyError`` for an outcome that does not exist."""
        if outcome == "cumulative_value":
            gained = _cumulative_value(self.plan, self.baseline)
            return np.zeros_like(gained) if baseline else gained
        return (self.baseline if baseline else self.plan)[outcome]

    def band(self, outcome: str, *, baseline: bool = False) -> FloatArray:
        """P10, P50 and P90 of one outcome, shape ``(3, months + 1)``."""
        ordered = np.sort(self.series(outcome, baseline=baseline), axis=0)
        ranks = [max(int(np.ceil(share * self.draws)) - 1, 0) for share in (0.1, 0.5, 0.9)]
        return ordered[ranks]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Is B really better than A? The paired difference under the same draws."""

    difference: Estimate
    """Net present value of B less that of A, currency."""
    probability_better: float
    """Share of draws in which B is better, 0-1; ``nan`` if the two never differ."""
    verdict: str


def simulate(
    scenario: Scenario, draws: int = DEFAULT_DRAWS, *, threads: int | None = None
) -> Forecast:
    """Run a scenario and its baseline for ``draws`` draws of the assumptions.

    One draw means the central values. Keeps every series of every draw: about 20 kB a draw and
    five years; for very many draws use :func:`headline`. ``threads``: the most to use.
    """
    values = parameters.draw(draws, scenario.seed, scenario.ranges())
    plan, baseline, figures = _evaluate(scenario, values, threads)
    return Forecast(scenario, draws, plan, baseline, figures)


def headline(
    scenario: Scenario,
    draws: int,
    *,
    threads: int | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Headline:
    """Headline figures alone, for any number of draws in little memory.

    The same numbers as ``simulate(...).headline``. ``progress`` is told how many draws are done;
    an exception in it stops the work.
    """
    pieces: list[Values] = []
    done = 0
    for values in parameters.draw_in_chunks(draws, scenario.seed, scenario.ranges(), CHUNK):
        pieces.append(_evaluate(scenario, values, threads)[2])
        done += values.shape[1]
        progress(done)
    return summarise(
        Values(
            **{
                field.name: np.concatenate([getattr(one, field.name) for one in pieces], axis=-1)
                for field in fields(Values)
            }
        )
    )


def compare(a: Scenario, b: Scenario, draws: int = DEFAULT_DRAWS) -> Comparison:
    """Whether ``b`` is better than ``a``, in the same draws (those of ``a``'s seed).

    Raises ``ValueError`` when the two differ in currency or horizon: their values mean different
    things then.
    """
    for name, one, other in (
        ("currency", a.organisation.currency, b.organisation.currency),
        ("horizon_months", a.horizon_months, b.horizon_months),
    ):
        if one != other:
            raise ValueError(f"{name}: found {one} and {other}, allowed: the same in both")
    of_a, of_b = (
        simulate(one, draws).values.net_present_value
        for one in (a, b.model_copy(update={"seed": a.seed}))
    )
    difference = of_b - of_a
    probability = _probability_above_zero(difference)
    return Comparison(estimate(difference), probability, verdict(probability))


def summarise(values: Values) -> Headline:
    """Headline figures from those of every draw."""
    worth = values.net_present_value
    probability = _probability_above_zero(worth)
    worst = np.sort(worth)[: max(int(np.ceil(TAIL * worth.size)), 1)]
    paid = values.payback_month[~np.isnan(values.payback_month)]
    return Headline(
        net_present_value=estimate(worth),
        probability_better=probability,
        verdict=verdict(probability),
        worst_case=float(worst.mean()),
        payback_month=estimate(values.payback_month),
        probability_payback=float(np.isfinite(paid).mean()) if paid.size else np.nan,
        roi=estimate(values.roi),
        return_on_involvement=estimate(values.return_on_involvement),
        return_on_ignoring=estimate(values.return_on_ignoring),
        cost_of_waiting=estimate(values.cost_of_waiting),
        at_horizon={
            name: Change(
                plan=estimate(plan),
                baseline=estimate(baseline),
                difference=estimate(plan - baseline),
                probability_higher=float((plan > baseline).mean()),
            )
            for name, plan, baseline in zip(
                AT_HORIZON, values.plan_end, values.baseline_end, strict=True
            )
        },
    )


def _probability_above_zero(difference: FloatArray) -> float:
    """Share of draws above zero; ``nan`` when every draw is exactly zero: nothing differs."""
    return float((difference > 0.0).mean()) if difference.any() else np.nan


def _evaluate(
    scenario: Scenario, values: FloatArray, threads: int | None
) -> tuple[engine.Run, engine.Run, Values]:
    """Run everything that the headline figures need, for these draws."""
    org = scenario.organisation_quantities()
    plan = scenario.plan_quantities()
    baseline = carrying_on(org)

    def run(levers: Plan, *, drift: bool, connecting: bool, everything: bool) -> engine.Run:
        return engine.run(
            org,
            levers,
            Switches(float(drift), float(connecting)),
            values,
            scenario.horizon_months,
            threads=threads,
            everything=everything,
        )

    with_plan = run(plan, drift=True, connecting=True, everything=True)
    without = run(baseline, drift=True, connecting=True, everything=True)
    still = run(baseline, drift=False, connecting=True, everything=False)
    waiting = run(later(plan, WAIT_MONTHS), drift=True, connecting=True, everything=False)
    unconnected = run(plan, drift=True, connecting=False, everything=False)

    net = "present_value_net_contribution"
    gained = _cumulative_value(with_plan, without)
    hours = np.maximum(with_plan.final("present_value_hours"), 0.0)
    involvement = with_plan.final("present_value_instruments") + hours
    invested = (
        with_plan.final("present_value_moved") + hours + with_plan.final("present_value_transition")
    )
    return (
        with_plan,
        without,
        Values(
            net_present_value=gained[:, -1],
            payback_month=_payback(gained),
            roi=_ratio(gained[:, -1], invested),
            return_on_involvement=_ratio(
                with_plan.final(net) - unconnected.final(net), involvement
            ),
            return_on_ignoring=without.final(net) - still.final(net),
            cost_of_waiting=with_plan.final(net) - waiting.final(net),
            plan_end=np.stack([with_plan.final(name) for name in AT_HORIZON]),
            baseline_end=np.stack([without.final(name) for name in AT_HORIZON]),
        ),
    )


def _cumulative_value(plan: engine.Run, baseline: engine.Run) -> FloatArray:
    """Present value of the plan less the baseline's up to each month, ``(draws, months + 1)``."""
    net = "present_value_net_contribution"
    return plan[net] - baseline[net]


def _ratio(gain: FloatArray, invested: FloatArray) -> FloatArray:
    """``gain / invested``; ``nan`` where nothing is invested."""
    return np.divide(gain, invested, out=np.full_like(gain, np.nan), where=invested > 0.0)


def _payback(gained: FloatArray) -> FloatArray:
    """First month from which the cumulative value stays at or above zero, shape ``(draws,)``."""
    months = gained.shape[1]
    negative = gained < 0.0
    last_negative = np.where(
        negative.any(axis=1), months - 1 - np.argmax(negative[:, ::-1], axis=1), -1
    )
    first_ahead = np.argmax(gained > 0.0, axis=1)
    month = np.where(last_negative >= 0, last_negative + 1, first_ahead).astype(np.float64)
    month[last_negative == months - 1] = np.inf
    month[~gained.any(axis=1)] = np.nan
    return month

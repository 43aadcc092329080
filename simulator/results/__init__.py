"""Headline figures from trajectories: what a scenario is worth, and how sure that is.

Every figure compares the plan with carrying on (the *baseline*) in the same draws of the
assumptions, so that what both share cancels out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import NamedTuple

import numpy as np

from simulator import engine
from simulator.model import register
from simulator.model.quantities import Organisation, Plan, Shift, Split, Switches
from simulator.model.register import FloatArray, Range
from simulator.scenario import Scenario

DEFAULT_DRAWS = 1024
"""A power of two, where Sobol points are balanced."""

WAIT_MONTHS = 12
"""How much later the plan starts in the cost of waiting."""

TAIL = 0.10
"""Share of the worst draws in the worst-case mean (conditional value at risk)."""

CHUNK = 1024
"""Draws that are worked on at a time when only headline figures are wanted."""

QUANTILES = (0.1, 0.5, 0.9)
"""P10, P50 and P90."""


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
            cumulative_value="Value against carrying on",
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

_NET = "present_value_net_contribution"


def verdict(probability: float) -> str:
    """A probability of being better (0-1), in words; ``nan`` means that nothing was changed."""
    if np.isnan(probability):
        return NOTHING_CHANGED
    return next(words for limit, words in VERDICTS if probability >= limit)


def estimate(values: FloatArray) -> Estimate:
    """P10, P50 and P90 of ``values`` (any shape), leaving out ``nan``; all ``nan`` if none is left.

    Each is a value that occurred, so ``inf`` (never) needs no special care.
    """
    return estimates(values.reshape(1, -1))[0]


def estimates(rows: FloatArray) -> list[Estimate]:
    """:func:`estimate` of every row of ``rows``, which has shape ``(figures, draws)``."""
    ordered = np.sort(rows, axis=1)  # nan last
    defined = np.count_nonzero(~np.isnan(ordered), axis=1)
    return [
        Estimate(*row[_ranks(count)].tolist()) if count else Estimate(np.nan, np.nan, np.nan)
        for row, count in zip(ordered, defined.tolist(), strict=True)
    ]


def _ranks(count: int) -> list[int]:
    """Where :data:`QUANTILES` lie among ``count`` ordered values: the inverse of their empirical
    distribution, as ``numpy.quantile`` with ``inverted_cdf``."""
    return [max(int(np.ceil(share * count)) - 1, 0) for share in QUANTILES]


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


class BaselineKey(NamedTuple):
    """All that carrying on depends on; the plan is not among it. Can key a cache."""

    organisation: Organisation
    assumptions: tuple[tuple[str, Range], ...]
    """Overrides by id, in the register's order."""
    horizon_months: int
    seed: int
    draws: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """Carrying on, simulated: what plans of the same organisation and world are compared with."""

    key: BaselineKey
    values: FloatArray
    """The assumptions, shape ``(parameters, draws)``."""
    run: engine.Run
    """Carrying on while the world drifts; every series."""
    still: FloatArray
    """Present value of net contribution if the world stood still, currency, shape ``(draws,)``."""

    def series(self, outcome: str) -> FloatArray:
        """One outcome (see :data:`OUTCOMES`), shape ``(draws, months + 1)``. Raises ``KeyError``
        for an outcome that does not exist."""
        if outcome == "cumulative_value":
            return np.zeros((self.run.draws, self.run.months + 1))
        return self.run[outcome]


@dataclass(frozen=True)
class Forecast:
    """A scenario, simulated: the plan and the baseline month by month, in every draw."""

    scenario: Scenario
    draws: int
    plan: engine.Run
    carried: Baseline
    values: Values

    @property
    def baseline(self) -> engine.Run:
        """The run of carrying on."""
        return self.carried.run

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
        if baseline:
            return self.carried.series(outcome)
        if outcome == "cumulative_value":
            return _cumulative_value(self.plan, self.baseline)
        return self.plan[outcome]

    def final(self, outcome: str, *, baseline: bool = False) -> FloatArray:
        """One outcome in the last month, shape ``(draws,)``; else as :meth:`series`."""
        if outcome == "cumulative_value":
            worth = self.values.net_present_value
            return np.zeros_like(worth) if baseline else worth
        if outcome not in OUTCOMES:
            raise KeyError(outcome)
        return (self.baseline if baseline else self.plan).final(outcome)

    def band(self, outcome: str, *, baseline: bool = False) -> FloatArray:
        """P10, P50 and P90 of one outcome, shape ``(3, months + 1)``."""
        return band(self.series(outcome, baseline=baseline))

    def at_end(self, *outcomes: str) -> Mapping[str, Change]:
        """Outcomes in the last month, with the plan and without, by id."""
        plan, baseline = (
            np.array([self.final(name, baseline=on) for name in outcomes]).reshape(
                len(outcomes), self.draws
            )
            for on in (False, True)
        )
        return _changes(outcomes, plan, baseline)


def band(series: FloatArray) -> FloatArray:
    """P10, P50 and P90 over the draws; ``series`` has shape ``(draws, months + 1)``, the result
    ``(3, months + 1)``."""
    months_first = np.ascontiguousarray(series.T)  # sorting along memory is several times faster
    months_first.sort(axis=1)
    return np.ascontiguousarray(months_first[:, _ranks(series.shape[0])].T)


def baseline_key(scenario: Scenario, draws: int = DEFAULT_DRAWS) -> BaselineKey:
    """What the baseline of ``scenario`` depends on: equal keys, equal baselines."""
    return BaselineKey(
        organisation=scenario.organisation_quantities(),
        assumptions=tuple(scenario.ranges().items()),
        horizon_months=scenario.horizon_months,
        seed=scenario.seed,
        draws=draws,
    )


def baseline(
    scenario: Scenario, draws: int = DEFAULT_DRAWS, *, threads: int | None = None
) -> Baseline:
    """Simulate carrying on, for every plan of this organisation in this world.

    Takes two of the five runs that :func:`simulate` needs. Keeps every series of every draw:
    about 25 MB for 1,024 draws and five years.
    """
    values = register.draw(draws, scenario.seed, scenario.ranges())
    return _carry_on(scenario, values, threads)


def simulate(
    scenario: Scenario,
    draws: int = DEFAULT_DRAWS,
    *,
    baseline: Baseline | None = None,
    threads: int | None = None,
) -> Forecast:
    """Run a scenario and its baseline for ``draws`` draws of the assumptions.

    One draw means the central values. Keeps every series of every draw: about 20 kB a draw and
    five years; for very many draws use :func:`headline`. ``baseline``: one made by
    :func:`baseline` for another plan, which saves time and changes no number. ``threads``: the
    most to use.

    Raises:
        ValueError: ``baseline`` belongs to another organisation, other assumptions, another
            horizon or seed, or another number of draws.
    """
    if baseline is None:
        values = register.draw(draws, scenario.seed, scenario.ranges())
        carried = _carry_on(scenario, values, threads)
    else:
        carried = baseline
        _check_fit(carried.key, baseline_key(scenario, draws))
    plan, figures = _evaluate(scenario, carried, threads)
    return Forecast(scenario, draws, plan, carried, figures)


def _check_fit(found: BaselineKey, allowed: BaselineKey) -> None:
    other = [
        name
        for name, one, wanted in zip(BaselineKey._fields, found, allowed, strict=True)
        if one != wanted
    ]
    if other:
        raise ValueError(
            f"baseline: found one with other values of {', '.join(other)}, "
            "allowed: one that was made for the same"
        )


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
    for values in register.draw_in_chunks(draws, scenario.seed, scenario.ranges(), CHUNK):
        pieces.append(_evaluate(scenario, _carry_on(scenario, values, threads), threads)[1])
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
        at_horizon=_changes(AT_HORIZON, values.plan_end, values.baseline_end),
    )


def _changes(
    names: tuple[str, ...], plan: FloatArray, baseline: FloatArray
) -> Mapping[str, Change]:
    """By name; ``plan`` and ``baseline`` have shape ``(names, draws)``."""
    count = len(names)
    found = estimates(np.concatenate([plan, baseline, plan - baseline]))
    higher = (plan > baseline).mean(axis=1).tolist() if count else []
    return {
        name: Change(found[row], found[count + row], found[2 * count + row], higher[row])
        for row, name in enumerate(names)
    }


def _probability_above_zero(difference: FloatArray) -> float:
    """Share of draws above zero; ``nan`` when every draw is exactly zero: nothing differs."""
    return float((difference > 0.0).mean()) if difference.any() else np.nan


def _carry_on(scenario: Scenario, values: FloatArray, threads: int | None) -> Baseline:
    """The baseline for these draws."""
    org, months = scenario.organisation_quantities(), scenario.horizon_months
    levers = carrying_on(org)
    drifting, standing = Switches(drift=1.0, connecting=1.0), Switches(drift=0.0, connecting=1.0)
    carried, still = engine.run_all(
        [
            engine.Job(org, levers, drifting, values, months),
            engine.Job(org, levers, standing, values, months, everything=False),
        ],
        threads=threads,
    )
    return Baseline(baseline_key(scenario, values.shape[1]), values, carried, still.final(_NET))


def _evaluate(
    scenario: Scenario, carried: Baseline, threads: int | None
) -> tuple[engine.Run, Values]:
    """Run everything else that the headline figures need, in the draws of the baseline."""
    plan, values, without = scenario.plan_quantities(), carried.values, carried.run
    org, months = scenario.organisation_quantities(), scenario.horizon_months
    connecting, alone = Switches(drift=1.0, connecting=1.0), Switches(drift=1.0, connecting=0.0)
    waited = later(plan, WAIT_MONTHS)
    with_plan, waiting, unconnected = engine.run_all(
        [
            engine.Job(org, plan, connecting, values, months),
            engine.Job(org, waited, connecting, values, months, everything=False),
            engine.Job(org, plan, alone, values, months, everything=False),
        ],
        threads=threads,
    )

    gained = _cumulative_value(with_plan, without)
    hours = np.maximum(with_plan.final("present_value_hours"), 0.0)
    involvement = with_plan.final("present_value_instruments") + hours
    invested = (
        with_plan.final("present_value_moved") + hours + with_plan.final("present_value_transition")
    )
    worth = with_plan.final(_NET)
    return (
        with_plan,
        Values(
            net_present_value=gained[:, -1],
            payback_month=_payback(gained),
            roi=_ratio(gained[:, -1], invested),
            return_on_involvement=_ratio(worth - unconnected.final(_NET), involvement),
            return_on_ignoring=without.final(_NET) - carried.still,
            cost_of_waiting=worth - waiting.final(_NET),
            plan_end=np.stack([with_plan.final(name) for name in AT_HORIZON]),
            baseline_end=np.stack([without.final(name) for name in AT_HORIZON]),
        ),
    )


def _cumulative_value(plan: engine.Run, baseline: engine.Run) -> FloatArray:
    """Present value of the plan less the baseline's up to each month, ``(draws, months + 1)``."""
    return plan[_NET] - baseline[_NET]


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

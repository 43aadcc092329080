"""Why: the waterfall from carrying on to the plan, by mechanism.

Money that is taken from a source, put into an instrument or paid for hours and transition adds up
as it is. What customers bring is a product; how that is shared out over its factors is said in
:mod:`simulator.analyses.revenue`. All parts together are the net present value, in every draw; what
is shown of each is what it comes to where the value is in the middle of all draws
(:mod:`simulator.analyses.value_bridge`), so that they add up to the value in the headline.

Hours above today's are paid by the hour, whatever they are for. They are divided as all hours of
the plan are: into those that openness, regularity and example take, and those for all else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulator.analyses.base import (
    Analysis,
    Column,
    Command,
    Ends,
    Kind,
    Page,
    Progress,
    Result,
    Row,
    Statement,
    unheard,
)
from simulator.analyses.decisions import PUT, TAKEN
from simulator.analyses.judgement import WEAK
from simulator.analyses.present_value import month_weights, spread
from simulator.analyses.revenue import margin_by_draw
from simulator.analyses.value_bridge import Amount, amounts_of, by_draw
from simulator.i18n.language import N_
from simulator.model.equations.connectedness import time_weights, yielding_share_of_time
from simulator.model.figures import FIGURES
from simulator.model.quantities import INSTRUMENTS, SOURCES
from simulator.model.register import FloatArray, Parameters
from simulator.results import DEFAULT_DRAWS, Forecast, precision, simulate
from simulator.scenario import Evidence, Scenario

TOTAL = "total"


GRADED = "Studies (A to C)"
WEAKLY = "Weak (D, E)"
ADDED = "Added up"
"""What a mechanism rests on."""


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A way in which a plan makes a difference."""

    label: str
    """A message to be translated."""
    assumptions: tuple[str, ...] = ()
    """Those that decide how strong it is, by id; none where money is only added up."""

    def is_weak(self, evidence: Evidence) -> bool:
        """Whether it rests on weak evidence or judgement."""
        return evidence.weakest(self.assumptions) in WEAK

    def rests_on(self, evidence: Evidence) -> str:
        """On what kind of knowledge; a message to be translated."""
        if not self.assumptions:
            return ADDED
        return WEAKLY if self.is_weak(evidence) else GRADED


MECHANISMS: Mapping[str, Mechanism] = {
    **{f"saved_{name}": Mechanism(label) for name, label in TAKEN.items()},
    **{f"spent_{name}": Mechanism(label) for name, label in PUT.items()},
    "hours": Mechanism(N_("Hours for relations")),
    "conduct": Mechanism(N_("Hours for conduct")),
    "transition": Mechanism(N_("The transition"), ("service_transition_cost",)),
    "customers_kept": Mechanism(
        N_("Customers kept"), ("churn_quality_effect", "churn_connected_effect")
    ),
    "customers_won": Mechanism(
        N_("Customers won"),
        ("ewom_volume_elasticity", "ewom_valence_elasticity", "content_return"),
    ),
    "spending": Mechanism(N_("Spending"), ("spend_uplift_connected",)),
    "price": Mechanism(N_("Price"), ("trust_price_premium",)),
    "answers_seen": Mechanism(N_("Answers seen in public"), ("webcare_revenue_effect",)),
    "fit": Mechanism(N_("An offer that fits"), ("research_return",)),
    "social_payment": Mechanism(
        N_("Sales in social channels"),
        ("social_sale_per_contact", "social_revenue_incremental_share"),
    ),
    "productivity": Mechanism(N_("Productivity"), ("training_return",)),
    "unserved": Mechanism(N_("Unanswered contacts"), ("unserved_cost_multiple",)),
}
"""By id, in the order of cause: what is done with money and time, and what comes of it."""


SAVED = Mechanism(N_("Money that is saved"))
"""What is taken from the sources and not spent on the instruments."""

_NOTHING = 1e-6
"""What sources give and instruments get is worked out apart: equal but for rounding."""


@dataclass(frozen=True, slots=True)
class Mechanisms(Result):
    """The value against carrying on by mechanism: currency, discounted to today."""

    columns = (
        Column("mechanism", "From carrying on to the plan", "text", "Mechanism, {currency}"),
        Column(
            "value",
            "Adds or takes",
            "money",
            "Adds",
            range_label="Eight of ten cases",
            ends=Ends(("p10", "middle", "p90"), ("P10", "middle", "P90")),
            is_bar=True,
            is_stacked=True,
        ),
        Column("rests_on", "Rests on", "text", is_long=True),
    )

    labels = (
        *(mechanism.label for mechanism in (*MECHANISMS.values(), SAVED)),
        *(GRADED, WEAKLY, ADDED),
    )

    parts: Mapping[str, Amount]
    """By id, in the order of :data:`MECHANISMS`; without those that are zero in every draw."""
    total: Amount
    evidence: Evidence
    """How well each assumption is supported in the scenario."""

    def rows(self) -> tuple[Row, ...]:
        """A mechanism a row, in the order of cause, and the whole."""
        if not self.parts:
            return ()
        rows = [
            self._row(
                name, MECHANISMS[name].label, amount, MECHANISMS[name].rests_on(self.evidence)
            )
            for name, amount in self.parts.items()
        ]
        return (*rows, self._row(TOTAL, FIGURES["net_present_value"].label, self.total, ADDED))

    def _row(self, name: str, label: str, amount: Amount, rests_on: str) -> Row:
        value = replace(amount.estimate, central=amount.middle, error=self._error(amount))
        return Row(name, {"mechanism": label, "value": value, "rests_on": rests_on})

    def _error(self, amount: Amount) -> float:
        """Standard error whose digit ``amount`` is read to: no coarser than the whole, which those
        that go up and those that go down add up to."""
        return min(amount.estimate.error, self.total.estimate.error)

    def statements(self) -> tuple[Statement, ...]:
        """The largest reason for and the largest against, and on what they rest. What goes from
        sources to instruments is what the plan does, no reason: of it, only what is saved is."""
        budgets = [name for name in self.parts if name.startswith(("saved_", "spent_"))]
        reasons = {
            MECHANISMS[name]: amount.middle
            for name, amount in self.parts.items()
            if name not in budgets
        }
        saved = sum(self.parts[name].middle for name in budgets)
        gross = sum(abs(self.parts[name].middle) for name in budgets)
        if saved > _NOTHING * gross:
            reasons[SAVED] = saved
        largest = sorted(reasons, key=lambda mechanism: reasons[mechanism])
        said = [
            _reason(
                mechanism,
                self._as_drawn(mechanism, reasons[mechanism]),
                is_weak=mechanism.is_weak(self.evidence),
            )
            for sign, mechanism in zip((1.0, -1.0), (*largest[-1:], *largest[:1]), strict=False)
            if reasons[mechanism] * sign > 0.0
        ]
        if said and gross > 0.0:
            said.append(_moved((gross + saved) / 2.0, (gross - saved) / 2.0))
        if said:
            said.append(IN_THE_SENTENCE)
        return tuple(said)

    def _as_drawn(self, mechanism: Mechanism, amount: float) -> float:
        """``amount`` of a mechanism with the digits that its bar has."""
        errors = (
            self._error(part) for name, part in self.parts.items() if MECHANISMS[name] is mechanism
        )
        # Of what is saved there is none: it is money of the plan, and exact.
        return precision.shown_value(amount, next(errors, 0.0))


IN_THE_SENTENCE = Statement(
    "The sentence under the charts rounds these amounts to the last digit of the value, so that "
    "they add up to it. Here each amount is rounded by itself, so the bars may add up to a little "
    "more or less than the whole.",
    {},
)


def _reason(mechanism: Mechanism, amount: float, *, is_weak: bool) -> Statement:
    values: dict[str, tuple[Kind, float | str]] = {
        "mechanism": ("text", mechanism.label),
        "amount": ("money", abs(amount)),
    }
    # Written out: so they are found by what extracts the texts to translate.
    if amount > 0.0:
        if is_weak:
            return Statement(
                "The largest reason for it, as far as weak evidence and judgement can tell: "
                "{mechanism} (brings {amount}).",
                values,
            )
        return Statement("The largest reason for it: {mechanism} (brings {amount}).", values)
    if is_weak:
        return Statement(
            "The largest reason against it, as far as weak evidence and judgement can tell: "
            "{mechanism} (costs {amount}).",
            values,
        )
    return Statement("The largest reason against it: {mechanism} (costs {amount}).", values)


def _moved(taken: float, put: float) -> Statement:
    """Why the bars of the budgets, which may be the longest, are no reasons."""
    return Statement(
        "Money that only moves is no reason, however long its bars: of {taken} that the plan takes "
        "from budgets it puts {put} into instruments.",
        {"taken": ("money", taken), "put": ("money", put)},
    )


def mechanisms_by_draw(forecast: Forecast) -> dict[str, FloatArray]:
    """What each mechanism adds to the net present value in each draw of ``forecast``, currency,
    shape ``(draws,)``: by the ids of :data:`MECHANISMS`. They add up to it."""
    parts = by_draw(forecast).parts
    weights = month_weights(forecast.months, forecast.scenario.organisation.discount_rate)

    def rough(names: tuple[str, ...]) -> FloatArray:
        spent = (f"spent_{name}" for name in names)
        return np.stack(
            [(forecast.baseline[name] - forecast.plan[name]) @ weights for name in spent]
        )

    def shared(names: tuple[str, ...], whole: str) -> FloatArray:
        return spread(rough(names), parts[whole])

    share, paid = _conduct_share(forecast), forecast.plan["hours_cost"]
    hours, conduct = spread(
        np.stack([-((paid * (1.0 - share)) @ weights), -((paid * share) @ weights)]),
        parts["hours"],
    )
    return {
        **_named("saved_", SOURCES, shared(SOURCES, "freed")),
        **_named("spent_", INSTRUMENTS, shared(INSTRUMENTS, "instruments")),
        "hours": hours,
        "conduct": conduct,
        "transition": parts["transition"],
        **margin_by_draw(forecast, parts["margin"]),
        "productivity": parts["productivity"],
        "unserved": parts["unserved"],
    }


def _named(prefix: str, names: tuple[str, ...], rows: FloatArray) -> dict[str, FloatArray]:
    return {prefix + name: row for name, row in zip(names, rows, strict=True)}


def _conduct_share(forecast: Forecast) -> FloatArray:
    """What conduct takes of the hours with the plan, shares of shape ``(draws, months + 1)``.

    Neither is recorded, but what is left for serving customers is, in the cost of a contact; and
    conduct takes what is missing between that and all hours that yield anything.
    """
    run, organisation = forecast.plan, forecast.scenario.organisation_quantities()
    values: Any = forecast.shared_baseline.values[:, :, None]
    p = Parameters(*values)
    minutes: Any = forecast.asked("minutes_per_day")
    served = run["contacts_matched"] + run["contacts_redirected"]
    spent = run["spent_customer_service"] + run["spent_social_service"]
    serving = run["cost_per_contact"] * served - spent
    hours = run["involvement_hours"]
    paid = hours * organisation.labour_cost_per_hour * p.time_weight_service / time_weights(p)
    left = np.divide(serving, paid, out=np.zeros_like(serving), where=paid > 0.0)
    is_known = (served > 0.0) & (paid > 0.0)
    share = np.where(is_known, yielding_share_of_time(minutes, p) - left, 0.0)
    return np.clip(share, 0.0, 1.0)


def mechanisms(
    scenario: Scenario, draws: int = DEFAULT_DRAWS, *, progress: Progress = unheard
) -> Mechanisms:
    """From carrying on to the plan of ``scenario``, by mechanism."""
    forecast = simulate(scenario, draws)
    progress(1, 2)
    total = forecast.values.net_present_value
    parts = mechanisms_by_draw(forecast)
    rows = np.stack([*parts.values(), total]) + 0.0  # no minus before a zero
    *amounts, whole = amounts_of(rows, total)
    progress(2, 2)
    moving = {
        name: amount for name, amount, row in zip(parts, amounts, rows, strict=False) if row.any()
    }
    return Mechanisms(moving, whole, Evidence.of(scenario))


ANALYSIS = Analysis(
    "mechanisms",
    mechanisms,
    Mechanisms,
    command=Command(
        flag="why",
        help="also tell why: from carrying on to the plan by mechanism (text and json)",
        lead="From carrying on to the plan, by mechanism; where the value is in the middle, so the "
        "amounts add up to it. What customers bring is a product, shared out by Shapley values.",
        nothing="The plan changes nothing.",
    ),
    page=Page(
        place=10,
        label="Why: from carrying on to the plan",
        lead="Each bar begins where the one above ends. Customers, spending and price work on the "
        "same sales: what they do together is shared out evenly, so all bars add "
        "up to the value. Thin lines span eight of ten cases. Whole period, in today's money.",
        nothing="The plan changes nothing.",
    ),
)
"""The waterfall."""

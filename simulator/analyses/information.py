"""What it is worth to find out: the value of information before deciding on the plan.

With V the value of the plan against carrying on, whoever decides now takes the plan if E[V] > 0.
Knowing everything first would be worth EVPI = E[max(0, V)] - max(0, E[V]), knowing some assumptions
x EVPPI = E[max(0, E[V | x])] - max(0, E[V]), and seeing a study's data d (a pilot) EVSI, the same
with d for x. By regression over the draws, see :mod:`simulator.analyses.conditional_mean`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator import engine
from simulator.analyses import held
from simulator.analyses.average import Average
from simulator.analyses.base import (
    INTERVAL,
    Analysis,
    Column,
    Command,
    Kind,
    Page,
    Progress,
    Result,
    Row,
    StatedValue,
    Statement,
    unheard,
)
from simulator.analyses.conditional_mean import (
    Worth,
    known_number,
    partial,
    perfect,
    worth_of,
)
from simulator.analyses.option import Option, most_shown
from simulator.model.quantities import Switches
from simulator.model.register import BY_ID, REGISTER, FloatArray
from simulator.model.structures import GROUP
from simulator.results import DEFAULT_DRAWS, Estimate, precision
from simulator.results.stages import run_all
from simulator.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Study:
    """Something that can be done to find out."""

    label: str
    takes: str
    """What it takes."""
    assumptions: tuple[str, ...]
    """What it would tell, by id."""


STUDIES: Mapping[str, Study] = {
    "contact_logs": Study(
        "A month of contact records",
        "Every contact by channel: what about, how long, answered or not, second attempts",
        (
            "channel_preference_today",
            "cost_contact_phone",
            "contact_cost_floor",
            "social_cost_ratio",
            "redirect_handling_multiple",
            "social_answered_share",
            "given_up_share",
            "centre_occupancy",
            "social_occupancy",
            "avoidable_share",
            "second_attempt_share",
            "minutes_per_employee_contact",
        ),
    ),
    "customer_survey": Study(
        "A survey of customers",
        "Which channel they want, what they make of the service, what keeps them, who takes part",
        (
            "messaging_preference_saturation",
            "messaging_shift_per_year",
            "channel_indifference",
            "channel_habit",
            "quality_matched",
            "quality_redirected",
            "quality_unserved",
            "churn_quality_effect",
            "trust_weight_quality",
            "trust_weight_authenticity",
            "trust_weight_goodwill",
            "participation_reference",
            "natural_word_of_mouth",
        ),
    ),
    "employee_survey": Study(
        "A survey of employees",
        "Who takes part already, in what time, what they learn from each other and from courses",
        (
            "participation_today",
            "conduct_share_of_time",
            "conduct_slack",
            "peer_transfer",
            "peer_retention",
            "peer_learning_productivity",
            "training_return",
            "training_marginal_share",
            "productivity_capture",
        ),
    ),
    "research_review": Study(
        "A review of past research",
        "What the last twenty studies changed, and what that was worth",
        ("research_return", "research_marginal_share", "listening_half_reach", "insight_ageing"),
    ),
    "customer_test": Study(
        "A test with two groups of customers",
        "Invite half of a sample into the community; compare spending, leaving and questions",
        (
            "spend_uplift_connected",
            "churn_connected_effect",
            "effect_transfer",
            "community_deflection_share",
            "webcare_revenue_effect",
            "content_return",
        ),
    ),
    "community_start": Study(
        "A community of a year",
        "How fast people join and drop out, and what money and time do for that",
        (
            "customer_connection_rate",
            "customer_connection_fade",
            "reach_rate",
            "reach_fade",
            "customer_money_reference",
            "customer_time_reference",
            "money_weight",
            "effort_exponent",
            "community_form",
        ),
    ),
}
"""What can be done, and which assumptions it would tell."""

EVERYTHING, STRUCTURE, PILOT = "everything", "structure", "pilot"

LABELS: Mapping[str, str] = {
    EVERYTHING: "Everything",
    STRUCTURE: "Which form of the equations holds",
    PILOT: "The plan as a pilot: who takes part, from a sample",
}
_TAKES: Mapping[str, str] = {
    EVERYTHING: "Nobody can; no study is worth more",
    STRUCTURE: "Years, and many organisations",
    PILOT: "So many months with some of the customers, and a count at their end",
}
_ONE = "This alone, exactly"
"""What it takes for one assumption."""


@dataclass(frozen=True, slots=True)
class Information(Result):
    """What finding out is worth, currency."""

    columns = (
        Column("what", "To find out", "text"),
        Column(
            "worth",
            "Is worth about",
            "money",
            "Worth",
            range_label="Nine times in ten",
            ends=INTERVAL,
            is_bar=True,
        ),
        Column("takes", "What it takes", "text", is_long=True),
    )

    labels = (
        *LABELS.values(),
        *_TAKES.values(),
        _ONE,
        *(study.label for study in STUDIES.values()),
        *(study.takes for study in STUDIES.values()),
    )

    average: Average
    """Of the value against carrying on, currency."""
    everything: Worth
    studies: Mapping[str, Worth]
    """By id: of :data:`STUDIES`, the structure and the pilot; from the largest on."""
    assumptions: Mapping[str, Worth]
    """By id, from the largest on."""
    draws: int

    def rows(self) -> tuple[Row, ...]:
        """Everything, then the studies, then single assumptions."""
        if self.everything.mean == 0.0:
            return ()
        together = {EVERYTHING: self.everything, **self.studies}
        labels = {**LABELS, **{name: study.label for name, study in STUDIES.items()}}
        takes = {**_TAKES, **{name: study.takes for name, study in STUDIES.items()}}
        groups = [
            Row(name, {"what": labels[name], "worth": _interval(worth), "takes": takes[name]})
            for name, worth in together.items()
        ]
        single = [
            Row(
                name,
                {"what": BY_ID[name].label, "worth": _interval(worth), "takes": _ONE},
                assumption=name,
            )
            for name, worth in self.assumptions.items()
        ]
        return (*groups, *single)

    def averaged(self) -> Average:
        """By which it is decided."""
        return self.average

    def statements(self) -> tuple[Statement, ...]:
        """What one would decide now, and what certainty would be worth."""
        return (self._now(),)

    def _now(self) -> Statement:
        values: dict[str, tuple[Kind, StatedValue]] = {
            **self.average.stated(),
            "worth": ("money", self.everything.mean),
        }
        takes = self.average.reaches()
        if takes is None:
            return Statement(
                "On average the plan comes to {mean}, give or take {error}: too close to tell from "
                "0, so that the average decides nothing yet. Knowing everything first would be "
                "worth {worth}.",
                values,
            )
        if takes:
            return Statement(
                "On average the plan comes to {mean}: whoever decides by that now takes it. "
                "Knowing everything first would be worth {worth}.",
                values,
            )
        return Statement(
            "On average the plan comes to {mean}: whoever decides by that now carries on. "
            "Knowing everything first would be worth {worth}.",
            values,
        )


def _interval(worth: Worth) -> Estimate:
    wide = precision.NINE_OF_TEN * worth.error
    return Estimate(max(worth.mean - wide, 0.0), worth.mean, worth.mean + wide)


def information(
    scenario: Scenario,
    draws: int = DEFAULT_DRAWS,
    *,
    progress: Progress = unheard,
    months: int = 6,
    people: int = 200,
    most: int = 8,
) -> Information:
    """What finding out is worth for deciding on the plan of ``scenario``.

    Args:
        scenario: whose plan.
        draws: the same as everywhere, so that the plan's mean is the same.
        progress: hears of each step.
        months: after how many the pilot is counted.
        people: of how many customers.
        most: how many single assumptions to tell, from the most worth knowing.
    """
    values = engine.draw(draws, scenario.seed, scenario.ranges())
    figure = held.value_of(scenario)(values)
    rows = held.drawn_rows(scenario)
    total = 1 + len(rows)
    progress(1, total)
    known = {parameter.id: known_number(values[row]) for row, parameter in enumerate(REGISTER)}

    def worth(ids: Iterable[str]) -> Worth:
        return worth_of(figure, [number for name in ids if (number := known[name])])

    studies = {name: worth(study.assumptions) for name, study in STUDIES.items()}
    studies[STRUCTURE] = worth(parameter.id for parameter in REGISTER if parameter.group == GROUP)
    studies[PILOT] = partial(figure, _counted(scenario, values, months, people))
    single = {}
    for done, row in enumerate(rows, 2):
        single[REGISTER[row].id] = worth([REGISTER[row].id])
        progress(done, total)
    return Information(
        Average.of(figure),
        perfect(figure),
        _largest_first(studies),
        {name: worth for name, worth in list(_largest_first(single).items())[:most] if worth.mean},
        draws,
    )


def _largest_first(worths: Mapping[str, Worth]) -> dict[str, Worth]:
    return dict(sorted(worths.items(), key=lambda item: item[1].mean, reverse=True))


def _counted(
    scenario: Scenario, values: FloatArray, months: int, people: int
) -> Sequence[FloatArray]:
    """What a pilot tells in each draw: of so many customers, how many take part after so many
    months of the plan; shape ``(draws,)``."""
    months = min(months, scenario.horizon_months)
    job = engine.Job(
        scenario.organisation_quantities(),
        scenario.plan_quantities(),
        Switches(drift=1.0, connecting=1.0),
        values,
        months,
        record_outcomes=False,
    )
    (run,) = run_all(scenario, [job])
    random = np.random.default_rng([scenario.seed, people, months])
    return [random.binomial(people, run.final("connected_customers")) / people]


ANALYSIS = Analysis(
    "information",
    information,
    Information,
    (
        Option(
            "months",
            "Months of the pilot",
            "after how many months a pilot is counted",
            6,
            least=1,
            most=120,
        ),
        Option(
            "people", "Customers counted", "of how many customers", 200, least=1, most=1_000_000
        ),
        most_shown(8, least=0),
    ),
    command=Command(
        flag="information",
        help="also tell what finding out would be worth before deciding (text and json)",
        lead="What knowing is worth for the choice between the plan and carrying on (EVPI, EVPPI, "
        "EVSI).",
        nothing="Whatever is found out, the choice stays the same.",
    ),
    page=Page(
        place=22,
        label="What it is worth to find out",
        lead="Finding out is worth something as far as it can change the choice between the plan "
        "and carrying on. The amounts are those of an exact answer: a study that leaves doubt is "
        "worth less. They are averages over all cases, over the whole period, in today's money.",
        nothing="Whatever is found out, the choice stays the same.",
    ),
)

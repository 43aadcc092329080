"""Plans in stages: so deep until a review, and then on, on as it is, or back.

What is reviewed is the plan as a whole: the same share of each of its changes is made until the
review and, gently from then on, another (:func:`simulator.model.equations.decisions.depth`). What
built up meanwhile goes where the model lets it go: skill and connections fade, trust that was
lost is slow to come back, and what the change cost stays paid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from simulator import engine
from simulator.analyses.base import Measured
from simulator.analyses.option import Option
from simulator.model.figure_values import NET
from simulator.model.quantities import Plan, Switches
from simulator.model.register import FloatArray
from simulator.results import baseline_plan
from simulator.results.stages import TRANSITION, rebuilt_by_month
from simulator.scenario import Scenario, StagesInput
from simulator.scenario.stages import ABOVE, ASKED, BELOW, REBUILT, REVIEW, STEP_MONTHS, WRONG

STEP = Option(
    "step_months",
    "Months until a change of course is made",
    "months until a change of course is made",
    StagesInput.usual("step_months"),
    least=STEP_MONTHS.least,
    most=STEP_MONTHS.most,
    is_detail=True,
    stages="step_months",
)
PEOPLE = Option(
    "people",
    "People asked in a survey",
    "how many people are asked in a survey",
    StagesInput.usual("people"),
    least=ASKED.least,
    most=ASKED.most,
    is_detail=True,
    stages="people",
)
RECORDS = Option(
    "records",
    "Records are wrong by",
    "by what share of the figure records are wrong (0.05: 5 %%)",
    StagesInput.usual("records"),
    least=WRONG.least,
    most=WRONG.most,
    is_share=True,
    is_detail=True,
    stages="records",
)
REBUILDING = Option(
    "rebuilding",
    "Rebuilding service costs, times what cutting it cost",
    "what rebuilding service costs, as a multiple of what cutting it cost; 0: nothing",
    StagesInput.usual("rebuilding"),
    least=REBUILT.least,
    most=REBUILT.most,
    is_detail=True,
    stages="rebuilding",
)


def review_month(name: str, label: str, default: int) -> Option:
    """The option for the month of a review."""
    return Option(
        name,
        label,
        "month of the review",
        default,
        least=REVIEW.least,
        most=REVIEW.most,
        stages="review_month",
    )


def rule_by(figure: str, stops_below: bool, back: float | None, on: float | None) -> dict[str, Any]:
    """A rule as fields of :class:`~simulator.scenario.StagesInput`: thresholds are shares, ``None``
    for never, and lower readings are the worse ones if ``stops_below``."""
    return {
        "figure": figure,
        "side": BELOW if stops_below else ABOVE,
        "back": back,
        "on": on,
    }


class Ends(NamedTuple):
    """How plans of one scenario end in the same draws."""

    values: FloatArray
    """Value against carrying on over the horizon, currency, shape ``(plans, draws)``."""
    paths: FloatArray
    """Mean value so far in each month, currency, shape ``(plans, months + 1)``."""
    rebuilding: FloatArray
    """What building up service again takes, currency, of the same shape; it is off the values."""
    trust: FloatArray
    """Trust in the last month above that of carrying on, 0-1, of the same shape."""


def ends(scenario: Scenario, plans: Sequence[Plan], values: FloatArray, rebuilding: float) -> Ends:
    """How each of ``plans`` ends in the draws ``values``, shape ``(parameters, draws)``.

    ``rebuilding`` is what it costs to build up customer service again after it was cut, as a
    multiple of what cutting it cost. The equations know no such cost, as they know none for a plan
    that gives service more; it is taken off here.
    """
    org, months = scenario.organisation_quantities(), scenario.horizon_months
    switches = Switches(drift=1.0, connecting=1.0)
    *runs, carrying_on = engine.run_all(
        [
            engine.Job(org, plan, switches, values, months, record_outcomes=False)
            for plan in (*plans, baseline_plan(org))
        ]
    )
    rebuilt = np.array([rebuilt_by_month(org, plan, months) for plan in plans])
    costs = rebuilding * rebuilt[:, -1:] * values[TRANSITION]
    without = carrying_on[NET].mean(axis=0)
    return Ends(
        np.stack([run.final(NET) - carrying_on.final(NET) for run in runs]) - costs,
        np.stack([run[NET].mean(axis=0) - without for run in runs])
        - rebuilding * rebuilt * values[TRANSITION].mean(),
        costs,
        np.stack([run.final("trust") - carrying_on.final("trust") for run in runs]),
    )


def rests_on_forgetting(weights: FloatArray, ends: FloatArray, whole: FloatArray) -> bool:
    """Whether a gain of going back is none that can be told, since the model forgets slowly what
    was built: a plan that is given up leaves more than it would, so that it can look best to begin
    in order to stop. That is so

    - where going back whatever is measured brings more on average than carrying on, than the whole
      plan and than every other way; or
    - where the rule brings more on average than both carrying on and the whole plan, but does not,
      as far as draws can tell, once no draw that goes back counts for more than one in which the
      plan never began.

    Args:
        weights: how likely the rule takes each way in each draw, shape ``(ways, draws)``; the first
            way is going back.
        ends: what each way brings against carrying on, currency, of the same shape.
        whole: the same of the whole plan without a review, shape ``(draws,)``.
    """
    back = ends[0]
    if back.mean() > max(0.0, float(whole.mean()), *ends[1:].mean(axis=1).tolist()):
        return True
    best = whole if whole.mean() > 0.0 else np.zeros_like(whole)
    gain = (weights * ends).sum(axis=0) - best
    without = gain - weights[0] * np.maximum(back, 0.0)
    return _is_gain(gain) and not _is_gain(without)


def _is_gain(values: FloatArray) -> bool:
    mean = Measured.mean(values)
    return mean > 0.0 and mean.is_told


def reviewed(scenario: Scenario, month: int) -> int:
    """The month of the review, within the horizon."""
    return min(month, scenario.horizon_months - 1)


def run_until(
    scenario: Scenario, plan: Plan, values: FloatArray, month: int
) -> Mapping[str, FloatArray]:
    """Every series in ``month``, when the plan is reviewed, each of shape ``(draws,)``."""
    run = engine.run(
        scenario.organisation_quantities(),
        plan,
        Switches(drift=1.0, connecting=1.0),
        values,
        month,
    )
    return {name: run.final(name) for name in engine.ROWS}

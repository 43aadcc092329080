"""Claims of the source articles that have a place of their own in the model."""

from __future__ import annotations

import numpy as np

from simulator.model.quantities import Switches
from simulator.model.register import Range
from simulator.results import baseline_plan
from tests.support.behaviours.world import WITH_TIME, Check, World, median_at_end, shifted
from tests.support.organisations import INVOLVED, ORDINARY, STILL


def too_much_time_brings_less(world: World) -> None:
    """Beyond the overload point more minutes connect fewer customers."""
    values = world.draw(32, {"overload_minutes": Range(90.0, 90.0, 90.0)})
    some, most = (
        median_at_end(
            world.run(
                ORDINARY,
                WITH_TIME._replace(involvement=INVOLVED._replace(minutes_per_day=minutes)),
                STILL,
                values,
                36,
            ),
            "connected_employees",
        )
        for minutes in (90.0, 360.0)
    )
    assert most < some


def policy_comes_first(world: World) -> None:
    """A full mandate brings people in sooner than none."""
    values = world.draw(16)
    firm, none = (
        world.run(
            ORDINARY,
            WITH_TIME._replace(involvement=INVOLVED._replace(mandate=mandate)),
            STILL,
            values,
            12,
        )["participation"][:, -1]
        for mandate in (1.0, 0.0)
    )
    assert (firm > none).all()
    assert np.median(firm / none) > 1.2


def colleagues_teach(world: World) -> None:
    """Connected employees are more capable than the same people apart."""
    values = world.draw(32)
    run, alone = (
        world.run(ORDINARY, WITH_TIME, Switches(0.0, connecting), values, 60)["capability"][:, -1]
        for connecting in (1.0, 0.0)
    )
    assert np.median(run - alone) > 0.01


def who_leaves_takes_others_along(world: World) -> None:
    """With contagion, bad service costs a connected organisation more customers."""
    values = [world.draw(16, {"churn_form": Range(form, form, form)}) for form in (0.0, 1.0)]
    org = ORDINARY._replace(known=ORDINARY.known._replace(participating_share=0.4))
    plan = shifted(baseline_plan(org), "customer_service", 0.4)
    spreading, alone = (world.run(org, plan, STILL, drawn, 36)["churn"][:, -1] for drawn in values)
    assert (spreading > alone).all()


CHECKS: tuple[Check, ...] = (
    too_much_time_brings_less,
    policy_comes_first,
    colleagues_teach,
    who_leaves_takes_others_along,
)

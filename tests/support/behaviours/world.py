"""A model, real or sabotaged, to which checks are put; and the plans that they put to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any
from unittest import mock

import numpy as np

from simulator import engine, scenario
from simulator.model import system
from simulator.model.quantities import (
    ALL_SAVED,
    Organisation,
    Plan,
    Shift,
    Split,
    Switches,
)
from simulator.model.register import FloatArray, Parameters, Range
from simulator.results import baseline_plan
from tests.support.organisations import INVOLVED, MOVING, ORDINARY

NET = "present_value_net_contribution"
CONNECTEDNESS = (
    "connected_customers",
    "connected_employees",
    "connected_partners",
    "public_goodwill",
)
TODAY = baseline_plan(ORDINARY)
WITH_TIME = TODAY._replace(involvement=INVOLVED)
TO_SOCIAL = Split(0.0, 0.0, 0.0, 0.0, 1.0, 0.0)
Series = Mapping[str, FloatArray]


@dataclass(frozen=True)
class World:
    """A model to put checks to.

    ``values`` takes assumptions as known in every draw; ``patches`` replaces equations, by module
    and name, and then the model runs as plain Python, in fewer draws.
    """

    values: Mapping[str, float] = field(default_factory=dict)
    patches: tuple[tuple[ModuleType, str, Callable[..., Any]], ...] = ()

    def draw(self, draws: int, overrides: Mapping[str, Range] | None = None) -> FloatArray:
        """Joint draws, shape ``(parameters, draws)``; three where equations are replaced."""
        sabotaged = {name: Range(value, value, value) for name, value in self.values.items()}
        drawn = engine.draw(draws, 1, {**(overrides or {}), **sabotaged})
        return np.ascontiguousarray(drawn[:, :3]) if self.patches else drawn

    def run(
        self, org: Organisation, plan: Plan, what_if: Switches, values: FloatArray, months: int
    ) -> Series:
        """All series by name, each of shape ``(draws, months + 1)``."""
        if not self.patches:
            run = engine.run(org, plan, what_if, values, months)
            return {name: run[name] for name in engine.ROWS}
        with ExitStack() as stack:
            for module, name, replacement in self.patches:
                stack.enter_context(mock.patch.object(module, name, replacement))
            return _plain(org, plan, what_if, values, months)

    def gain(
        self, org: Organisation, plan: Plan, values: FloatArray, months: int = 60
    ) -> FloatArray:
        """Net present value of a plan against carrying on, currency, shape ``(draws,)``."""
        runs = [
            self.run(org, levers, MOVING, values, months)[NET][:, -1]
            for levers in (plan, baseline_plan(org))
        ]
        return runs[0] - runs[1]


def _plain(
    org: Organisation, plan: Plan, what_if: Switches, values: FloatArray, months: int
) -> Series:
    draws = []
    for column in values.T:
        records = system.trajectory(org, plan, what_if, Parameters(*column), months)
        draws.append([(*record.state, *record.ledger, *record.outcomes) for record in records])
    table = np.array(draws)
    return {name: table[:, :, row] for row, name in enumerate(engine.ROWS)}


def shifted(plan: Plan, source: str, share: float, split: Split = ALL_SAVED) -> Plan:
    """The plan with this share of one source moved over a year."""
    shifts: dict[str, Any] = {source: Shift(share, 0.0, 12.0, split)}
    return plan._replace(**shifts)


def shipped(name: str) -> tuple[Organisation, Plan, dict[str, Range]]:
    """A shipped scenario as the engine takes it."""
    loaded = scenario.load_shipped(name)
    return loaded.organisation_quantities(), loaded.plan_quantities(), loaded.ranges()


def median_at_end(series: Series, name: str) -> float:
    return float(np.median(series[name][:, -1]))


Check = Callable[[World], None]
"""Raises ``AssertionError`` where its behaviour is missing."""

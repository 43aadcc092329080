"""Checked against the world: published cases, what the model says of them, and whether it agrees.

A case is a file in ``cases/``: what happened, what the organisation entered (a whole scenario in
``scenarios/``), the published figures, and for each the quantity of the model that it is compared
with and the widest band that may pass, stated before the model was run. See docs/VALIDATION.md.
"""

from __future__ import annotations

from simulator.validation.cases import CASES, Case, Comparison, Source, texts
from simulator.validation.quantities import QUANTITIES, Quantity
from simulator.validation.report import Band, Outcome, Report, validate
from simulator.validation.verdict import Judgement, Verdict, judge

__all__ = [
    "CASES",
    "QUANTITIES",
    "Band",
    "Case",
    "Comparison",
    "Judgement",
    "Outcome",
    "Quantity",
    "Report",
    "Source",
    "Verdict",
    "judge",
    "texts",
    "validate",
]

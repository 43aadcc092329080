"""A comparison in words and figures, in any language of the app. Pure.

Scenarios are called by their letters, A to F: their names need not be different ones. Every phrase
is a whole message with placeholders, since word order differs between languages.
"""

from ui.text.comparison.budgets import budgets
from ui.text.comparison.caveats import caveats
from ui.text.comparison.differences import differences
from ui.text.comparison.figures import FigureRow, headline_table
from ui.text.comparison.measures import measured, measures, why_measured
from ui.text.comparison.ranking import both_hold, ranking
from ui.text.comparison.stages import in_stages
from ui.text.comparison.verdict import RULE, answer, kept

__all__ = [
    "RULE",
    "FigureRow",
    "answer",
    "both_hold",
    "budgets",
    "caveats",
    "differences",
    "headline_table",
    "in_stages",
    "kept",
    "measured",
    "measures",
    "ranking",
    "why_measured",
]

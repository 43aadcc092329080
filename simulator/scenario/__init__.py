"""The scenario: an organisation, a plan and overridden assumptions, as one validated JSON file.

All that comes from outside is checked here, once; what a :class:`Scenario` holds can be trusted.
:func:`parse` and :func:`load` report every problem of a file at once, each with its place, what
was found and what is allowed.
"""

from simulator.errors import MOST_PROBLEMS, Problem, ScenarioError
from simulator.scenario.evidence import AS_REGISTERED, OWN, OWN_FIGURE, Evidence
from simulator.scenario.fields import LONGEST_NAME
from simulator.scenario.files import load, parse, parse_with_start, problems, save
from simulator.scenario.format_migrations import SCHEMA_VERSION
from simulator.scenario.json_text import (
    MAX_BYTES,
    SCHEMA_FILE,
    STARTED_FROM,
    WRITTEN_BY,
    dump,
    file_text,
)
from simulator.scenario.levers import InvolvementInput, InvolvementPlan
from simulator.scenario.models import SUM_TOLERANCE, PlanInput, Scenario, ShiftInput, SplitInput
from simulator.scenario.organisation import BudgetsInput, OrganisationInput
from simulator.scenario.overrides import RangeInput
from simulator.scenario.saved_results import EstimateInput, ResultsInput, SavedFigure
from simulator.scenario.schema import json_schema
from simulator.scenario.shipped_files import load_shipped, shipped
from simulator.scenario.stages import StagesInput

__all__ = [
    "AS_REGISTERED",
    "LONGEST_NAME",
    "MAX_BYTES",
    "MOST_PROBLEMS",
    "OWN",
    "OWN_FIGURE",
    "SCHEMA_FILE",
    "SCHEMA_VERSION",
    "STARTED_FROM",
    "SUM_TOLERANCE",
    "WRITTEN_BY",
    "BudgetsInput",
    "EstimateInput",
    "Evidence",
    "InvolvementInput",
    "InvolvementPlan",
    "OrganisationInput",
    "PlanInput",
    "Problem",
    "RangeInput",
    "ResultsInput",
    "SavedFigure",
    "Scenario",
    "ScenarioError",
    "ShiftInput",
    "SplitInput",
    "StagesInput",
    "dump",
    "file_text",
    "json_schema",
    "load",
    "load_shipped",
    "parse",
    "parse_with_start",
    "problems",
    "save",
    "shipped",
]

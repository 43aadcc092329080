"""The model in other languages, from the source of its equations, which is read once.

:func:`read_model` reads it into variables with meaning, unit and expression;
:func:`scenario_xmile` writes those with a scenario's numbers as XMILE, which other tools of system
dynamics read, :func:`scenario_mathml` as mathematics. :func:`causal_map` finds what moves what.
"""

from simulator.exports.translate.causal import (
    CausalMap,
    Link,
    Loop,
    assumptions_behind,
    causal_map,
)
from simulator.exports.translate.document import (
    scenario_inputs,
    scenario_map,
    scenario_mathml,
)
from simulator.exports.translate.model import (
    Kind,
    Model,
    Variable,
    input_values,
    read_model,
    values_at,
)
from simulator.exports.translate.xmile import scenario_xmile, xmile

__all__ = [
    "CausalMap",
    "Kind",
    "Link",
    "Loop",
    "Model",
    "Variable",
    "assumptions_behind",
    "causal_map",
    "input_values",
    "read_model",
    "scenario_inputs",
    "scenario_map",
    "scenario_mathml",
    "scenario_xmile",
    "values_at",
    "xmile",
]

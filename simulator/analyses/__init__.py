"""Analyses: what is worked out from scenarios and their results.

A module here that has an ``ANALYSIS`` is in :data:`ANALYSES`, and through it on the command line
and on the page; :mod:`simulator.analyses.base` says what one consists of.
"""

from importlib import import_module
from pkgutil import iter_modules

from simulator.analyses.base import Analysis


def _discovered() -> dict[str, Analysis]:
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    analyses = (getattr(module, "ANALYSIS", None) for module in modules)
    return {analysis.id: analysis for analysis in analyses if isinstance(analysis, Analysis)}


ANALYSES: dict[str, Analysis] = _discovered()
"""All analyses of one scenario by id, in the order of their modules."""

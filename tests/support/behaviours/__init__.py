"""What the model must show, as checks that can be put to any model, real or sabotaged.

Each check raises ``AssertionError`` when a behaviour is missing.
``tests/model/test_behaviour_levers.py`` puts them to the model,
``tests/test_mutants.py`` to mutants of it, each of which one named check must catch.
"""

from __future__ import annotations

from tests.support.behaviours import claims, levers, nonsense
from tests.support.behaviours.world import Check

CHECKS: tuple[Check, ...] = (*levers.CHECKS, *nonsense.CHECKS, *claims.CHECKS)

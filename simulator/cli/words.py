"""What people read, with what the organisations of the scenarios call their customers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.scenario import Scenario


def words_of(scenarios: Iterable[Scenario]) -> Callable[[str], str]:
    """From a text of ours to the same in the words of these organisations; customers stay
    customers where they do not call them the same."""
    from simulator.i18n import nouns
    from simulator.i18n.language import ENGLISH

    called = nouns.shared(scenario.organisation.customers_called for scenario in scenarios)
    return ENGLISH.calling(called).gettext

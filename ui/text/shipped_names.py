"""Names of what is shipped, in every language. What somebody typed is said as it was typed, also
where it happens to be a word of the catalogue."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

from simulator.errors import ScenarioError
from simulator.i18n.language import Language
from simulator.scenario import Scenario, load, shipped


def name_of(plan: Scenario, language: Language) -> str:
    """What a plan is called."""
    return _said(plan.name, tuple(preset.name for preset in _shipped()), language)


def organisation_name(name: str, language: Language) -> str:
    """What an organisation is called."""
    return _said(name, shipped_organisations(), language)


@cache
def shipped_organisations() -> tuple[str, ...]:
    """Names of the organisations of shipped scenarios that can be used, in English."""
    return tuple(dict.fromkeys(plan.organisation.name for plan in _shipped()))


def in_language(plan: Scenario, language: Language) -> Scenario:
    """The same with the names of what is shipped in a language, for what is read and not opened
    again."""
    name = organisation_name(plan.organisation.name, language)
    organisation = plan.organisation.model_copy(update={"name": name})
    return plan.model_copy(update={"name": name_of(plan, language), "organisation": organisation})


def _said(name: str, known: tuple[str, ...], language: Language) -> str:
    return language.plain.gettext(name) if name in known else name


@cache
def _shipped() -> tuple[Scenario, ...]:
    plans = []
    for path in shipped():
        with suppress(ScenarioError):
            plans.append(load(path))
    return tuple(plans)

"""The money that a plan is about, with this organisation's own numbers: what its budgets come to,
and what its levers take from them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from simulator.i18n.language import N_, Language
from simulator.model.quantities import SOURCES
from simulator.results import Forecast
from simulator.scenario.levers import NAMES
from ui.text import arithmetic_stages

Lines = Iterator[tuple[str, str]]

_BUDGETS_NOTE = N_(
    "These are the organisation's own numbers, as they are entered under Organisation: nothing in "
    "them is assumed by the model, and how good they are only those know who entered them."
)
_FREED_NOTE = N_(
    "Your levers times the organisation's own budgets, once the change is complete: nothing in it "
    "is estimated."
)
_TOGETHER = N_("Together, a year")


def lines(name: str, forecast: Forecast, language: Language) -> Lines:
    """What ``budgets`` or ``freed`` consists of, in currency per year. Raises ``KeyError`` for
    another name."""
    return _OF[name][0](forecast, language)


def note(name: str) -> str:
    """What it rests on; to be translated."""
    return _OF[name][1]


def freed_together(forecast: Forecast, language: Language) -> tuple[str, str]:
    """What the levers of all sources free, for beside one of them."""
    total = _freed_in_all(forecast)
    return language.gettext("All three budgets free a year"), _money(total, forecast, language)


def _budgets(forecast: Forecast, language: Language) -> Lines:
    budgets = forecast.scenario.organisation_quantities().budgets
    amounts = {source: getattr(budgets, source) for source in SOURCES}
    for source, amount in amounts.items():
        yield language.gettext(NAMES[source]), _money(amount, forecast, language)
    yield language.gettext(_TOGETHER), _money(sum(amounts.values()), forecast, language)


def _freed(forecast: Forecast, language: Language) -> Lines:
    budgets = forecast.scenario.organisation_quantities().budgets
    plan = forecast.scenario.plan_quantities()
    for source in SOURCES:
        share, budget = getattr(plan, source).share_moved, getattr(budgets, source)
        words = language.gettext(
            "{source}: {percent} of {amount} a year",
            source=language.gettext(NAMES[source]),
            percent=language.percent(share, decimals=1),
            amount=_money(budget, forecast, language),
        )
        yield words, _money(share * budget, forecast, language)
    total = _freed_in_all(forecast)
    yield language.gettext(_TOGETHER), _money(total, forecast, language)
    yield from arithmetic_stages.first_stage(total, forecast, language)


def _freed_in_all(forecast: Forecast) -> float:
    """Currency per year."""
    budgets = forecast.scenario.organisation_quantities().budgets
    plan = forecast.scenario.plan_quantities()
    moved = (getattr(plan, source).share_moved * getattr(budgets, source) for source in SOURCES)
    return float(sum(moved))


def _money(amount: float, forecast: Forecast, language: Language) -> str:
    return language.money(amount, forecast.scenario.organisation.currency)


_OF: Mapping[str, tuple[Callable[[Forecast, Language], Lines], str]] = {
    "budgets": (_budgets, _BUDGETS_NOTE),
    "freed": (_freed, _FREED_NOTE),
}

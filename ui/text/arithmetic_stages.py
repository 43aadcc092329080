"""What the levers of a plan in stages do to this plan, with its own numbers. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from simulator import engine
from simulator.charts.stages import way_title
from simulator.i18n.language import N_, Language
from simulator.model.quantities import SOURCES
from simulator.model.signals import SIGNALS, Source
from simulator.results import Forecast, precision, units
from simulator.results.chance_words import cases
from simulator.scenario import StagesInput
from simulator.scenario.levers import LEVERS, NAMES
from simulator.scenario.stages import BACK, CHOICES, ON

Lines = Iterator[tuple[str, str]]

PREFIX = "plan.stages."


_DEPTH_NOTE = N_(
    "So much of each change is made until the review, once the change is complete. The rest of it "
    "waits for what is decided then."
)
_MONTH_NOTE = N_("Averages over all cases, in today's money.")
_MARK_NOTE = N_(
    "What is measured is never quite what is so: chance, and records that are wrong, are in each "
    "case's reading. It is the reading that decides."
)
_RULE_NOTE = N_(
    "What the plan comes to, on average over the cases that go this way. What a way would come to "
    "in all cases is another number: it is taken where it looked right."
)


def lines(field: str, forecast: Forecast, language: Language) -> Lines:
    """How a lever of the stages acts: ``field`` is one of
    :class:`~simulator.scenario.StagesInput`, or ``rule``. Raises ``KeyError`` for another."""
    explain = _FIELDS[field]
    stages = forecast.scenario.plan.stages
    return iter(()) if stages is None else explain(stages, forecast, language)


def note(field: str) -> str:
    """What else is to be said of it; to be translated."""
    return _NOTES[field]


def first_stage(amount: float, forecast: Forecast, language: Language) -> Lines:
    """Of an amount of the whole plan, currency per year, what its first stage makes of it."""
    stages = forecast.scenario.plan.stages
    if stages is not None:
        yield (
            language.gettext(
                "{percent} of that in the first stage, until month {month}",
                percent=language.percent(stages.first_depth),
                month=language.number(stages.review_month),
            ),
            _money(stages.first_depth * amount, forecast, language),
        )


def _money(amount: float, forecast: Forecast, language: Language) -> str:
    return language.money(amount, forecast.scenario.organisation.currency)


def _depth(stages: StagesInput, forecast: Forecast, language: Language) -> Lines:
    """Of each change of the plan, what is made of it until the review."""
    org, plan = forecast.scenario.organisation_quantities(), forecast.scenario.plan_quantities()
    month, first = language.number(stages.review_month), stages.first_depth
    for source in SOURCES:
        moved = getattr(plan, source).share_moved * getattr(org.budgets, source)
        if moved > 0.0:
            label = language.gettext(
                "{source}: {percent} of the {amount} a year that is moved, until month {month}",
                source=language.gettext(NAMES[source]),
                percent=language.percent(first),
                amount=_money(moved, forecast, language),
                month=month,
            )
            yield label, _money(first * moved, forecast, language)
    for name in org.involvement._fields:
        path = f"plan.involvement.{name}"
        today, wanted = getattr(org.involvement, name), getattr(plan.involvement, name)
        if path in LEVERS and today != wanted:
            label = language.gettext(
                "{lever}, until month {month}",
                lever=language.gettext(LEVERS[path].label),
                month=month,
            )
            ends = (today, today + first * (wanted - today))
            low, high = (units.setting(end, path, language) for end in ends)
            yield label, language.gettext("from {today} to {then}", today=low, then=high)


def _month(stages: StagesInput, forecast: Forecast, language: Language) -> Lines:
    """What has happened by then, and when what is decided is done."""
    month = stages.review_month
    moved = float(forecast.plan.at(month, "present_value_moved").mean())
    value = float(np.median(forecast.series("cumulative_value")[:, month]))  # as charts have it
    currency = forecast.scenario.organisation.currency
    yield (
        language.gettext("Money taken from the sources until then"),
        language.money(moved, currency),
    )
    yield (
        language.gettext("Value against carrying on until then"),
        language.money(value, currency, sign=True),
    )
    done = language.number(month + stages.step_months)
    yield (
        language.gettext("What is decided then is done by"),
        language.gettext("month {number}", number=done),
    )


def _figure(stages: StagesInput, forecast: Forecast, language: Language) -> Lines:
    """What the figure is then, and how exactly it is measured."""
    if stages.figure is None:
        return
    series = {name: forecast.plan.at(stages.review_month, name) for name in engine.ROWS}
    source = Source(forecast.scenario.organisation_quantities(), stages.people, stages.records)
    reading = SIGNALS[stages.figure].read(series, source)
    low, middle, high = np.quantile(reading.true, (0.1, 0.5, 0.9)).tolist()

    def of_100(share: float) -> str:
        return language.gettext(
            "{number} of 100", number=language.number(100.0 * share, decimals=1)
        )

    label = language.gettext(SIGNALS[stages.figure].label)
    month = language.number(stages.review_month)
    yield language.gettext("{figure}, in month {month}", figure=label, month=month), of_100(middle)
    yield (
        language.gettext("Eight of ten cases"),
        language.gettext(
            "{low} to {high}", low=language.number(100.0 * low, decimals=1), high=of_100(high)
        ),
    )
    wide = precision.NINE_OF_TEN * float(np.median(reading.error))
    yield language.gettext("Nine times in ten it is measured to within"), of_100(wide)


def _back(stages: StagesInput, forecast: Forecast, language: Language) -> Lines:
    yield from _figure(stages, forecast, language)
    yield from _worse(forecast.taken().get(BACK, 0.0), forecast, language)


def _on(stages: StagesInput, forecast: Forecast, language: Language) -> Lines:
    yield from _figure(stages, forecast, language)
    yield from _worse(1.0 - forecast.taken().get(ON, 0.0), forecast, language)


def _worse(share: float, forecast: Forecast, language: Language) -> Lines:
    yield (
        language.gettext("Measured worse than this mark in"),
        cases(share, forecast.draws, language),
    )


def _rule(stages: StagesInput, forecast: Forecast, language: Language) -> Lines:
    """What the plan comes to where each way is taken."""
    if forecast.staged is None:
        return
    worth, shares = forecast.values.net_present_value, forecast.taken()
    currency = forecast.scenario.organisation.currency
    for way in stages.ways:
        there = worth[forecast.staged.taken == CHOICES.index(way)]
        if there.size:
            title = way_title(way, shares[way], forecast.draws, language)
            yield title, language.money(float(there.mean()), currency, sign=True)
    yield (
        language.gettext("On average over all cases"),
        language.money(float(worth.mean()), currency, sign=True),
    )


_FIELDS: Mapping[str, Callable[[StagesInput, Forecast, Language], Lines]] = {
    "first_depth": _depth,
    "review_month": _month,
    "figure": _figure,
    "back": _back,
    "on": _on,
    "rule": _rule,
}
_NOTES: Mapping[str, str] = {
    "first_depth": _DEPTH_NOTE,
    "review_month": _MONTH_NOTE,
    **dict.fromkeys(("figure", "back", "on"), _MARK_NOTE),
    "rule": _RULE_NOTE,
}

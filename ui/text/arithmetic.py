"""How a number that is shown came about, with this plan's own numbers. Pure.

A number is known by what it is of: ``figure:roi``, ``figure:verdict``, ``part:hours`` (an amount
of the sentence), ``lever:plan.training.share_moved``, ``money:freed``, ``outcome:trust``. It came
about from lines: a sum, a quotient or a count, each with its amount; of means, since only means add
up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from simulator.analyses.leave_one_out import IN_STAGES, leave_one_out
from simulator.analyses.mechanisms import MECHANISMS
from simulator.exports.translate import assumptions_behind, read_model
from simulator.i18n.language import N_, Language
from simulator.model.quantities import INSTRUMENTS, SOURCES
from simulator.results import (
    OUTCOMES,
    Estimate,
    Forecast,
    Headline,
    estimate,
    precision,
    units,
)
from simulator.results.chance_words import cases
from simulator.scenario.levers import LEVERS
from ui.text import arithmetic_money, arithmetic_stages, foundation
from ui.text.arithmetic_figures import as_moved, figure
from ui.text.explanation import LABELS, MIDDLE, PARTS_NOTE, Explanation, Lines, Of
from ui.text.story import left, read_parts

_ON_AVERAGE = N_("On average over all cases")

_BRINGS_NOTE = N_(
    "What stands below the lever compares the last two: what it costs from when it starts on, and "
    "what the plan would lose without it, in the middle of all cases. These do not add up to the "
    "plan's value: the instruments need each other, and the cuts and people's time come on top."
)


def explanation(
    number: str, forecast: Forecast, language: Language, headline: Headline | None = None
) -> Explanation:
    """How a number of a forecast came about. Raises ``KeyError`` for one that there is not.

    ``headline``: what is shown, where more draws than the forecast's stand behind it.
    """
    kind, _, name = number.partition(":")
    explain = _KINDS[kind]
    return explain(name, Of(forecast, headline or forecast.headline, language))


# --- amounts of the sentence ---------------------------------------------------------------------


def _part(name: str, of: Of) -> Explanation:
    lines = tuple(_of_part(name, of))
    parts = [reason.part for reason in left(of.bridge, of.headline)] if name == "rest" else [name]
    rests = foundation.of_parts(parts, of.forecast, of.language)
    said = Explanation(lines, of.gettext(PARTS_NOTE), rests=rests)
    return said.noting(of.on_hours()) if name == "hours" else said


def _of_part(name: str, of: Of) -> Lines:
    bridge = of.bridge
    if name == "rest":
        yield from _rest(of)
        return
    read = read_parts(bridge, of.headline)
    if name == "saved":
        for part, moved in zip(("freed", "instruments"), as_moved(of, read[name]), strict=True):
            yield of.gettext(LABELS[part]), of.as_said(moved)
        yield of.gettext(LABELS[name]), of.as_said(read[name])
        return
    amount = {**bridge.parts, **bridge.margin}[name]
    middle = read.get(name, amount.middle)
    yield of.gettext("Where the value is in the middle of all cases"), of.as_said(middle)
    closer = precision.shown(replace(amount.estimate, central=amount.middle)).central
    if (less_rounded := of.in_steps(closer, None)) != of.as_said(middle):
        yield of.gettext("By itself, before all parts are made to add up"), less_rounded
    yield of.gettext("Eight of ten cases"), _range(amount.estimate, of)
    yield of.gettext("Above zero in"), cases(amount.share_above, of.forecast.draws, of.language)
    yield of.gettext(_ON_AVERAGE), of.as_said(amount.mean)


def _rest(of: Of) -> Lines:
    """The parts that the sentence does not name, and what they come to together."""
    others = left(of.bridge, of.headline)
    for reason in others:
        mechanism = MECHANISMS.get(reason.part)
        label = LABELS.get(reason.part) or (mechanism.label if mechanism else reason.part)
        yield of.gettext(label), of.as_said(reason.amount)
    total = sum(reason.amount for reason in others)
    yield of.gettext("Together"), of.as_said(total)


def _range(values: Estimate, of: Of) -> str:
    return of.gettext("{low} to {high}", low=of.as_said(values.low), high=of.as_said(values.high))


# --- levers --------------------------------------------------------------------------------------


def _lever(path: str, of: Of) -> Explanation:
    if path.startswith(arithmetic_stages.PREFIX):
        return _stage(path.removeprefix(arithmetic_stages.PREFIX), of)
    lever = LEVERS[path]
    if lever.source in SOURCES and path.endswith(".share_moved"):
        return Explanation(tuple(_taken(lever.source, of)))
    line = path.removeprefix("plan.split.")
    if line == path:
        return Explanation(())
    lines = tuple(_given(line, of))
    notes = [_BRINGS_NOTE] if lines and line in INSTRUMENTS else []
    if notes and of.forecast.staged is not None:
        notes.append(IN_STAGES.template)
    return Explanation(lines, " ".join(map(of.gettext, notes)))


def _stage(field: str, of: Of) -> Explanation:
    lines = tuple(arithmetic_stages.lines(field, of.forecast, of.language))
    if lines and field == "rule":
        lines = (*lines, (of.gettext(MIDDLE), of.on_strip("net_present_value")))
    return Explanation(lines, of.gettext(arithmetic_stages.note(field)) if lines else "")


def _money(name: str, of: Of) -> Explanation:
    lines = tuple(arithmetic_money.lines(name, of.forecast, of.language))
    return Explanation(lines, of.gettext(arithmetic_money.note(name)))


def _taken(source: str, of: Of) -> Lines:
    budget = getattr(of.scenario.organisation_quantities().budgets, source)
    share = getattr(of.scenario.plan_quantities(), source).share_moved
    yield _product(share, budget, of)
    yield from arithmetic_stages.first_stage(share * budget, of.forecast, of.language)
    yield arithmetic_money.freed_together(of.forecast, of.language)
    yield (
        of.gettext("What remains there a year"),
        of.money((1.0 - share) * budget, sign=False, exact=True),
    )


def _given(line: str, of: Of) -> Lines:
    budgets, plan = of.scenario.organisation_quantities().budgets, of.scenario.plan_quantities()
    freed, received = 0.0, 0.0
    for source in SOURCES:
        shift = getattr(plan, source)
        amount = shift.share_moved * getattr(budgets, source)
        freed += amount
        received += amount * getattr(shift.split, line)
    if freed <= 0.0:
        return
    yield _product(received / freed, freed, of)
    yield from arithmetic_stages.first_stage(received, of.forecast, of.language)
    if line in INSTRUMENTS:
        today = getattr(budgets, line, 0.0)
        yield of.gettext("Spent on it today, a year"), of.money(today, sign=False, exact=True)
        yield from _brought(line, of)


def _brought(instrument: str, of: Of) -> Lines:
    """The two amounts of what stands below the lever."""
    result = leave_one_out(of.scenario, of.forecast.draws).instruments.get(instrument)
    if result:
        money = of.money(result.money, sign=False, exact=True)
        yield of.gettext("Costs over the whole period, in today's money"), money
        brings = precision.shown_value(result.brings, result.change.error)
        words = of.gettext("The plan would lose of everything else without it")
        yield words, of.money(brings, sign=False, exact=True)


def _product(share: float, whole: float, of: Of) -> tuple[str, str]:
    words = of.gettext(
        "{percent} of {amount} a year",
        percent=of.language.percent(share, decimals=1),
        amount=of.money(whole, sign=False, exact=True),
    )
    return words, of.money(share * whole, sign=False, exact=True)


# --- outcomes ------------------------------------------------------------------------------------


def _outcome(name: str, of: Of) -> Explanation:
    if name not in OUTCOMES:
        raise KeyError(name)

    is_value = name == "cumulative_value"  # which is a figure, too
    is_money = OUTCOMES[name].unit.kind == "money"

    def amount(value: float) -> str:
        currency = of.scenario.organisation.currency
        if is_value:
            return of.language.money(value, currency, sign=True)
        return units.amount(value, name, currency, of.language)

    def middle(value: float) -> str:
        return amount(precision.shown_value(value, ends.error) if is_money else value)

    plan, baseline = of.forecast.band(name), of.forecast.band(name, baseline=True)
    ends = of.headline.net_present_value if is_value else estimate(of.forecast.final(name))
    shown = precision.shown(ends) if is_money else ends
    lines = (
        (of.gettext("Today"), middle(float(plan[1, 0]))),
        (
            of.gettext("Carrying on, after {months} months", months=of.forecast.months),
            middle(float(baseline[1, -1])),
        ),
        (
            of.gettext("With the plan, after {months} months", months=of.forecast.months),
            amount(shown.central),
        ),
        (
            of.gettext("Eight of ten cases"),
            of.gettext("{low} to {high}", low=amount(shown.low), high=amount(shown.high)),
        ),
    )
    if is_value:
        rests = foundation.of_figure(foundation.VALUE, of.forecast, of.language)
        return Explanation(lines, rests=rests)
    return Explanation(lines, assumptions=assumptions_behind(read_model(), name)[:NEAREST])


NEAREST = 4
"""Assumptions that are named behind an outcome."""


_KINDS: Mapping[str, Callable[[str, Of], Explanation]] = {
    "figure": figure,
    "part": _part,
    "lever": _lever,
    "money": _money,
    "outcome": _outcome,
}

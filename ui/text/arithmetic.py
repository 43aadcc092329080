"""How a number that is shown came about, with this plan's own numbers. Pure.

A number is known by what it is of: ``figure:roi``, ``figure:verdict``, ``part:hours`` (an amount
of the sentence), ``lever:plan.training.share_moved``, ``money:freed``, ``outcome:trust``. It came
about from lines: a sum, a quotient or a count, each with its amount; of means, since only means add
up.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from simulator.analyses.leave_one_out import IN_STAGES, leave_one_out
from simulator.analyses.mechanisms import MECHANISMS
from simulator.analyses.value_bridge import ValueBridge, value_bridge
from simulator.exports.translate import assumptions_behind, read_model
from simulator.i18n.language import N_, Language, rounded
from simulator.model.figure_values import CASH, NET, TAIL
from simulator.model.quantities import INSTRUMENTS, SOURCES
from simulator.model.register import FloatArray
from simulator.results import (
    FIGURES,
    OUTCOMES,
    Estimate,
    Forecast,
    Headline,
    estimate,
    precision,
    units,
)
from simulator.results.chance_words import cases
from simulator.scenario import Scenario
from simulator.scenario.levers import LEVERS
from ui.text import arithmetic_money, arithmetic_stages, foundation
from ui.text.headline import StripFigure, headline_strip
from ui.text.sentence import Reason, adding_up, left, named

Lines = Iterator[tuple[str, str]]

LABELS: Mapping[str, str] = {
    "freed": N_("Money no longer spent on the sources"),
    "instruments": N_("Money spent on the instruments"),
    "margin": N_("Gross margin on sales"),
    "productivity": N_("Productivity"),
    "hours": N_("People’s time"),
    "unserved": N_("Unanswered contacts"),
    "transition": N_("The transition"),
    "saved": N_("Money that is saved"),
    "rest": N_("All other parts together"),
}
"""What the parts of the value are called; ``saved`` is what is freed and not spent again."""

ON_AVERAGE = N_("On average over all cases")
FIRST_LESS_SECOND = N_("The first less the second, on average over all cases")
DIGITS = 4
"""Of the largest amount of a sum: more than elsewhere, so that the small ones count."""

MIDDLE = N_("In the middle of all cases, as shown")
HEADLINE = N_("Value of the plan in the headline, in the middle of all cases")
NOTE = N_(
    "The lines are averages over all cases, for the whole period in today's money: only averages "
    "add up. What is shown is the middle of the cases, which lies elsewhere."
)

RATIO_NOTE = N_(
    "The lines are averages over all cases, for the whole period in today's money: only averages "
    "add up. What is shown is the middle of the cases, which lies elsewhere: it is taken of the "
    "quotients of all cases, and is not the quotient of the averages."
)

PARTS_NOTE = N_(
    "What each comes to where the value is in the middle of all cases, for the whole period in "
    "today's money: so they add up to the value that is shown."
)

BRINGS_NOTE = N_(
    "What stands below the lever compares the last two: what it costs from when it starts on, and "
    "what the plan would lose without it, in the middle of all cases. These do not add up to the "
    "plan's value: the instruments need each other, and the cuts and people's time come on top."
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a number came about; all text, in one language."""

    lines: tuple[tuple[str, str], ...]
    """What it is made of, and what that comes to."""
    note: str = ""
    assumptions: tuple[str, ...] = ()
    """Ids of the nearest that stand behind an outcome, where its help names none."""
    rests: foundation.Foundation | None = None
    """What the number itself rests on in this plan; none where its help says that."""

    def noting(self, text: str) -> Explanation:
        """The same with more to know, behind what there is."""
        return replace(self, note=f"{self.note} {text}".lstrip())

    def for_browser(self) -> dict[str, object]:
        """As the page takes it; what JSON can hold."""
        return {
            "lines": [list(line) for line in self.lines],
            "note": self.note,
            "assumptions": list(self.assumptions),
            "rests": self.rests and self.rests.for_browser(),
        }


@dataclass(frozen=True)
class _Of:
    """A forecast and what it takes to say it."""

    forecast: Forecast
    headline: Headline
    """As it is shown: of more draws than the forecast's, once these are worked out."""
    language: Language

    @cached_property
    def bridge(self) -> ValueBridge:
        return value_bridge(self.forecast)

    @property
    def scenario(self) -> Scenario:
        return self.forecast.scenario

    def money(self, amount: float, *, sign: bool = True, exact: bool = False) -> str:
        """An amount with as many digits as its draws support, unless it is ``exact``."""
        error = 0.0 if exact else self.headline.net_present_value.error
        shown = precision.shown_value(amount, error)
        return self.language.money(shown, self.scenario.organisation.currency, sign=sign)

    @property
    def last_digit(self) -> float:
        """What the amounts of the sentence under the charts are multiples of; 0: of anything."""
        worth = self.headline.net_present_value
        return precision.unit(worth.central, worth.error)

    def as_said(self, amount: float) -> str:
        """A part of the value with the digits that the sentence under the charts gives it."""
        step = self.last_digit
        return self.in_steps(rounded(amount, step) if step else amount, step or None)

    def on_strip(self, figure: str) -> str:
        """A figure as the headline strip says it, to the letter."""
        return self.strip[figure].value

    @cached_property
    def strip(self) -> Mapping[str, StripFigure]:
        """The headline strip, by the ids of its figures."""
        currency = self.scenario.organisation.currency
        strip = headline_strip(self.headline, currency, self.forecast.months, self.language)
        return {shown.id: shown for shown in strip.figures}

    def summed(self, parts: Iterable[tuple[str, float]], total: str, *, sign: bool = True) -> Lines:
        """Amounts and what they come to, all to one step, so that they add up as they are read."""
        rows = [(label, amount) for label, amount in parts if amount]
        if not rows:
            return
        step = _step(amount for _, amount in rows)
        read = [(label, rounded(amount, step)) for label, amount in rows]
        for label, amount in (*read, (total, sum(amount for _, amount in read))):
            yield self.gettext(label), self.in_steps(amount, step, sign=sign)

    def in_steps(self, amount: float, step: float | None, *, sign: bool = True) -> str:
        """An amount that is a multiple of ``step``, with all the digits that it needs."""
        currency = self.scenario.organisation.currency
        return self.language.money(amount, currency, sign=sign, step=step)

    def gettext(self, message: str, **values: object) -> str:
        return self.language.gettext(message, **values)


def _step(amounts: Iterable[float]) -> float:
    """What amounts of one sum, not all of them zero, are rounded to."""
    largest = max(map(abs, amounts))
    return float(10.0 ** (math.floor(math.log10(largest)) - DIGITS + 1))


def explanation(
    number: str, forecast: Forecast, language: Language, headline: Headline | None = None
) -> Explanation:
    """How a number of a forecast came about. Raises ``KeyError`` for one that there is not.

    ``headline``: what is shown, where more draws than the forecast's stand behind it.
    """
    kind, _, name = number.partition(":")
    explain = _KINDS[kind]
    return explain(name, _Of(forecast, headline or forecast.headline, language))


# --- figures -------------------------------------------------------------------------------------


_RANGED = {
    "deepest_cash_position",
    "roi",
    "return_on_involvement",
    "return_on_ignoring",
    "cost_of_waiting",
}


def _figure(name: str, of: _Of) -> Explanation:
    lines = _FIGURES[name]
    note = _NOTES.get(name, "")
    rests = foundation.of_figure(name, of.forecast, of.language)
    rows = [*lines(of)]
    rows[-1:-1] = _spread(name, of)  # what is shown comes last
    return Explanation(tuple(rows), note and of.gettext(note), rests=rests)


def _spread(name: str, of: _Of) -> Lines:
    """Where eight of ten cases lie: a room does not have it beside every figure."""
    if name not in _RANGED:
        return
    estimate = of.headline.estimate(FIGURES[name])
    if estimate.low < estimate.high < math.inf:
        yield of.gettext("Eight of ten cases"), of.strip[name].range


def _verdict(of: _Of) -> Lines:
    headline = of.headline
    better, number = headline.probability_better, of.language.number
    if math.isnan(better):
        return
    yield of.gettext("Cases worked out"), number(headline.draws)
    yield (
        of.gettext("of them the plan beats carrying on in"),
        number(round(better * headline.draws)),
    )


def _value(of: _Of) -> Lines:
    """The parts where the value is in the middle, rounded as the sentence under the charts is."""
    worth = of.headline.net_present_value
    parts = [Reason(part, amount.middle) for part, amount in of.bridge.parts.items()]
    for reason in adding_up(parts, precision.as_read(worth.central, worth.error), of.last_digit):
        yield of.gettext(LABELS[reason.part]), of.as_said(reason.amount)
    yield of.gettext(MIDDLE), of.on_strip("net_present_value")


def _worst(of: _Of) -> Lines:
    draws, number = of.headline.draws, of.language.number
    if math.isnan(of.headline.worst_case):
        return
    yield of.gettext("Cases worked out"), number(draws)
    yield of.gettext("of them the worst tenth"), number(math.ceil(TAIL * draws))
    yield of.gettext("What these come to, on average"), of.money(of.headline.worst_case, sign=False)


def _payback(of: _Of) -> Lines:
    headline = of.headline
    share = headline.probability_payback
    if math.isnan(share):
        return
    yield (
        of.gettext("The money is back within the months shown in"),
        cases(share, headline.draws, of.language),
    )
    months = headline.payback_month.central
    if math.isfinite(months):
        yield of.gettext("Month from which half of the cases stay ahead"), f"{months:.0f}"


def _deepest(of: _Of) -> Lines:
    more = of.forecast.plan[CASH] - of.forecast.baseline[CASH]
    added = np.cumsum((more[:, :-1] + more[:, 1:]) / 24.0, axis=1)
    month = float(np.median(np.argmin(added, axis=1))) + 1
    yield of.gettext("Month in which it is lowest, in the middle of all cases"), f"{month:.0f}"
    yield of.gettext(MIDDLE), of.on_strip("deepest_cash_position")


def _hours(of: _Of) -> FloatArray:
    return np.maximum(of.forecast.plan.final("present_value_hours"), 0.0)


def _roi(of: _Of) -> Lines:
    plan = of.forecast.plan
    moved, change = (plan.final(f"present_value_{name}") for name in ("moved", "transition"))
    put_in = {
        N_("Money taken from the sources"): moved,
        N_("Added hours"): _hours(of),
        N_("Cost of the transition"): change,
    }
    yield from _means(put_in, N_("What is put in"), of)
    worth = of.headline.net_present_value
    # As the strip has it: the average may have the other sign than the middle.
    yield (
        of.gettext("Value against carrying on, in the middle of all cases"),
        of.on_strip("net_present_value"),
    )
    if math.isfinite(of.headline.roi.central):
        value, cost = precision.shown_value(worth.central, worth.error), _as_read(put_in)
        if cost:
            words = of.gettext("That value over the average of what is put in")
            yield words, of.language.percent(value / cost, sign=True)
        words = of.gettext("Value over what is put in: in the middle of all cases")
        yield words, of.on_strip("roi")


def _involvement(of: _Of) -> Lines:
    spent, hours = of.forecast.plan.final("present_value_instruments"), _hours(of)
    ratio = of.forecast.values["return_on_involvement"]
    costs = {N_("Money spent on the instruments"): spent, N_("Added hours"): hours}
    yield from _means(costs, N_("What it costs"), of)
    gained = float((np.nan_to_num(ratio) * (spent + hours)).mean())
    yield of.gettext("What comes of people being more connected"), of.money(gained)
    if math.isfinite(of.headline.return_on_involvement.central):
        value = precision.shown_value(gained, of.headline.net_present_value.error)
        if cost := _as_read(costs):
            words = of.gettext("The one average over the other")
            yield words, of.language.number(value / cost, decimals=2)
        words = of.gettext("What comes of it over what it costs: in the middle of all cases")
        yield words, of.on_strip("return_on_involvement")


def _means(values: Mapping[str, FloatArray], total: str, of: _Of) -> Lines:
    means = ((label, float(draws.mean())) for label, draws in values.items())
    return of.summed(means, total, sign=False)


def _as_read(values: Mapping[str, FloatArray]) -> float:
    """What the means of these come to, as :func:`_means` says it: so a quotient with it is right as
    it is read."""
    means = [mean for draws in values.values() if (mean := float(draws.mean()))]
    return sum(rounded(mean, _step(means)) for mean in means)


def _ignoring(of: _Of) -> Lines:
    drifting = float(of.forecast.baseline.final(NET).mean())
    still = float(of.forecast.shared_baseline.static_world.mean())
    yield from _less(
        (N_("Carrying on while the world drifts"), drifting),
        (N_("Carrying on in a world that stands still"), still),
        of,
    )
    yield of.gettext(MIDDLE), of.on_strip("return_on_ignoring")


def _waiting(of: _Of) -> Lines:
    now, lost = of.bridge.total.mean, float(of.forecast.values["cost_of_waiting"].mean())
    yield from _less(
        (N_("Value of the plan now, on average over all cases"), now),
        (N_("Value of the same a year later"), now - lost),
        of,
    )
    yield of.gettext(HEADLINE), of.on_strip("net_present_value")
    yield of.gettext(MIDDLE), of.on_strip("cost_of_waiting")


def _less(first: tuple[str, float], second: tuple[str, float], of: _Of) -> Lines:
    """Two means, each with its own sign, and what the first is above the second; to one step, so
    that they are right as they are read."""
    means = (first[1], second[1])
    if not any(means):
        return
    step = _step(means)
    minuend, subtrahend = (rounded(mean, step) for mean in means)
    rows = ((first[0], minuend), (second[0], subtrahend), (FIRST_LESS_SECOND, minuend - subtrahend))
    for label, amount in rows:
        yield of.gettext(label), of.in_steps(amount, step)


_FIGURES: Mapping[str, Callable[[_Of], Lines]] = {
    "verdict": _verdict,
    "net_present_value": _value,
    "worst_case": _worst,
    "payback_month": _payback,
    "deepest_cash_position": _deepest,
    "roi": _roi,
    "return_on_involvement": _involvement,
    "return_on_ignoring": _ignoring,
    "cost_of_waiting": _waiting,
}
_NOTES: Mapping[str, str] = {
    "net_present_value": PARTS_NOTE,
    **dict.fromkeys(("return_on_ignoring", "cost_of_waiting"), NOTE),
    **dict.fromkeys(("roi", "return_on_involvement"), RATIO_NOTE),
}


# --- amounts of the sentence ---------------------------------------------------------------------


def _part(name: str, of: _Of) -> Explanation:
    lines = tuple(_of_part(name, of))
    parts = [reason.part for reason in left(of.bridge, of.headline)] if name == "rest" else [name]
    rests = foundation.of_parts(parts, of.forecast, of.language)
    return Explanation(lines, of.gettext(PARTS_NOTE), rests=rests)


def _of_part(name: str, of: _Of) -> Lines:
    bridge = of.bridge
    said = {reason.part: reason.amount for reason in named(bridge, of.headline)}
    if name == "rest":
        yield from _rest(said.get(name, 0.0), of)
        return
    if name == "saved":
        freed, spent = (bridge.parts[part].middle for part in ("freed", "instruments"))
        both = (Reason("freed", freed), Reason("instruments", spent))
        total = said.get(name, freed + spent)
        for reason in (*adding_up(both, total, of.last_digit), Reason(name, total)):
            yield of.gettext(LABELS[reason.part]), of.as_said(reason.amount)
        return
    amount = {**bridge.parts, **bridge.margin}[name]
    middle = said.get(name, amount.middle)
    yield of.gettext("Where the value is in the middle of all cases"), of.as_said(middle)
    closer = precision.shown(replace(amount.estimate, central=amount.middle)).central
    if (less_rounded := of.in_steps(closer, None)) != of.as_said(middle):
        yield of.gettext("The same with all its own digits"), less_rounded
    yield of.gettext("Eight of ten cases"), _range(amount.estimate, of)
    yield of.gettext("Above zero in"), cases(amount.share_above, of.forecast.draws, of.language)
    yield of.gettext(ON_AVERAGE), of.as_said(amount.mean)


def _rest(total: float, of: _Of) -> Lines:
    """The parts that the sentence does not name, and what they come to together."""
    for reason in left(of.bridge, of.headline):
        mechanism = MECHANISMS.get(reason.part)
        label = LABELS.get(reason.part) or (mechanism.label if mechanism else reason.part)
        yield of.gettext(label), of.as_said(reason.amount)
    yield of.gettext("All else together"), of.as_said(total)


def _range(values: Estimate, of: _Of) -> str:
    return of.gettext("{low} to {high}", low=of.as_said(values.low), high=of.as_said(values.high))


# --- levers --------------------------------------------------------------------------------------


def _lever(path: str, of: _Of) -> Explanation:
    if path.startswith(arithmetic_stages.PREFIX):
        return _stage(path.removeprefix(arithmetic_stages.PREFIX), of)
    lever = LEVERS[path]
    if lever.source in SOURCES and path.endswith(".share_moved"):
        return Explanation(tuple(_taken(lever.source, of)))
    line = path.removeprefix("plan.split.")
    if line == path:
        return Explanation(())
    lines = tuple(_given(line, of))
    notes = [BRINGS_NOTE] if lines and line in INSTRUMENTS else []
    if notes and of.forecast.staged is not None:
        notes.append(IN_STAGES.template)
    return Explanation(lines, " ".join(map(of.gettext, notes)))


def _stage(field: str, of: _Of) -> Explanation:
    lines = tuple(arithmetic_stages.lines(field, of.forecast, of.language))
    if lines and field == "rule":
        lines = (*lines, (of.gettext(MIDDLE), of.on_strip("net_present_value")))
    return Explanation(lines, of.gettext(arithmetic_stages.note(field)) if lines else "")


def _money(name: str, of: _Of) -> Explanation:
    lines = tuple(arithmetic_money.lines(name, of.forecast, of.language))
    return Explanation(lines, of.gettext(arithmetic_money.note(name)))


def _taken(source: str, of: _Of) -> Lines:
    budget = getattr(of.scenario.organisation_quantities().budgets, source)
    share = getattr(of.scenario.plan_quantities(), source).share_moved
    yield _product(share, budget, of)
    yield from arithmetic_stages.first_stage(share * budget, of.forecast, of.language)
    yield arithmetic_money.freed_together(of.forecast, of.language)
    yield (
        of.gettext("What remains there a year"),
        of.money((1.0 - share) * budget, sign=False, exact=True),
    )


def _given(line: str, of: _Of) -> Lines:
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


def _brought(instrument: str, of: _Of) -> Lines:
    """The two amounts of what stands below the lever."""
    result = leave_one_out(of.scenario, of.forecast.draws).instruments.get(instrument)
    if result:
        money = of.money(result.money, sign=False, exact=True)
        yield of.gettext("Costs over the whole period, in today's money"), money
        brings = precision.shown_value(result.brings, result.change.error)
        words = of.gettext("The plan would lose of everything else without it")
        yield words, of.money(brings, sign=False, exact=True)


def _product(share: float, whole: float, of: _Of) -> tuple[str, str]:
    words = of.gettext(
        "{percent} of {amount} a year",
        percent=of.language.percent(share, decimals=1),
        amount=of.money(whole, sign=False, exact=True),
    )
    return words, of.money(share * whole, sign=False, exact=True)


# --- outcomes ------------------------------------------------------------------------------------


def _outcome(name: str, of: _Of) -> Explanation:
    if name not in OUTCOMES:
        raise KeyError(name)

    def amount(value: float) -> str:
        currency = of.scenario.organisation.currency
        return units.amount(value, name, currency, of.language)

    plan, baseline = of.forecast.band(name), of.forecast.band(name, baseline=True)
    ends = estimate(of.forecast.final(name))
    lines = (
        (of.gettext("Today"), amount(float(plan[1, 0]))),
        (
            of.gettext("Carrying on, after {months} months", months=of.forecast.months),
            amount(float(baseline[1, -1])),
        ),
        (
            of.gettext("With the plan, after {months} months", months=of.forecast.months),
            amount(float(plan[1, -1])),
        ),
        (
            of.gettext("Eight of ten cases"),
            of.gettext("{low} to {high}", low=amount(ends.low), high=amount(ends.high)),
        ),
    )
    if name == "cumulative_value":  # which is a figure, too
        rests = foundation.of_figure(foundation.VALUE, of.forecast, of.language)
        return Explanation(lines, rests=rests)
    return Explanation(lines, assumptions=assumptions_behind(read_model(), name)[:NEAREST])


NEAREST = 4
"""Assumptions that are named behind an outcome."""


_KINDS: Mapping[str, Callable[[str, _Of], Explanation]] = {
    "figure": _figure,
    "part": _part,
    "lever": _lever,
    "money": _money,
    "outcome": _outcome,
}

"""How the figures of the headline came about, with this plan's own numbers. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from simulator.i18n.language import N_, rounded
from simulator.model.figure_values import CASH, NET, TAIL
from simulator.model.register import FloatArray
from simulator.results import FIGURES, precision
from simulator.results.chance_words import cases
from simulator.results.forecast import WAIT_MONTHS
from ui.text import foundation
from ui.text.explanation import LABELS, MIDDLE, PARTS_NOTE, Explanation, Lines, Of, to_one_step
from ui.text.headline import signed
from ui.text.story import read_parts

_FIRST_LESS_SECOND = N_("The first less the second, on average over all cases")

_HEADLINE = N_("Value of the plan in the headline, in the middle of all cases")

_NOTE = N_(
    "The lines are averages over all cases, for the whole period in today's money: only averages "
    "add up. What is shown is the middle of the cases, which lies elsewhere."
)

_WAITING_NOTE = N_(
    "Both are counted up to month {months}: begun now, the plan has {months} months to pay, begun "
    "a year later {later}. The lines are averages over all cases, in today's money: only averages "
    "add up. What is shown is the middle of the cases, which lies elsewhere."
)

_RATIO_NOTE = N_(
    "The lines are averages over all cases, for the whole period in today's money: only averages "
    "add up. What is shown is the middle of the cases, which lies elsewhere: it is taken of the "
    "quotients of all cases, and is not the quotient of the averages."
)

_OF_HOURS = {"roi", "return_on_involvement"}
"""Figures of which the hours that people are involved are a part that is shown."""

_RANGED = {
    "deepest_cash_position",
    "roi",
    "return_on_involvement",
    "return_on_ignoring",
    "cost_of_waiting",
}


def figure(name: str, of: Of) -> Explanation:
    """A figure of the headline, by its id. Raises ``KeyError`` for another name."""
    lines = _FIGURES[name]
    note = _NOTES.get(name, "")
    rests = foundation.of_figure(name, of.forecast, of.language)
    rows = [*lines(of)]
    rows[-1:-1] = _spread(name, of)  # what is shown comes last
    months = {"months": of.forecast.months, "later": max(of.forecast.months - WAIT_MONTHS, 0)}
    said = Explanation(tuple(rows), note and of.gettext(note, **months), rests=rests)
    return said.noting(of.on_hours()) if name in _OF_HOURS else said


def _spread(name: str, of: Of) -> Lines:
    """Where eight of ten cases lie: a room does not have it beside every figure."""
    if name not in _RANGED:
        return
    estimate, verbs = of.headline.estimate(FIGURES[name]), FIGURES[name].verbs
    if estimate.low < estimate.high < math.inf:
        between = of.strip[name].range
        if verbs:  # beside amounts with signs: what it is that costs so much
            currency = of.scenario.organisation.currency
            _, between = signed(estimate, currency, of.language, verbs, apart=True)
        yield of.gettext("Eight of ten cases"), between


def _verdict(of: Of) -> Lines:
    headline = of.headline
    better, number = headline.probability_better, of.language.number
    if math.isnan(better):
        return
    yield of.gettext("Cases worked out"), number(headline.draws)
    yield (
        of.gettext("of them the plan beats carrying on in"),
        number(round(better * headline.draws)),
    )


def _value(of: Of) -> Lines:
    """The parts where the value is in the middle, as they are read wherever they are."""
    read = read_parts(of.bridge, of.headline)
    freed, spent = as_moved(of, read["saved"])
    amounts = {
        **read,
        "freed": freed,
        "instruments": spent,
        "margin": sum(read[part] for part in of.bridge.margin),
    }
    for part in of.bridge.parts:
        if amounts[part]:
            yield of.gettext(LABELS[part]), of.as_said(amounts[part])
    yield of.gettext(MIDDLE), of.on_strip("net_present_value")


def as_moved(of: Of, saved: float) -> tuple[float, float]:
    """What no longer goes to the sources and what goes to the instruments (below zero), currency,
    as both are read: together what is ``saved``."""
    freed, step = of.bridge.parts["freed"].middle, of.last_digit
    read = rounded(freed, step) if step else freed
    return read, saved - read


def _worst(of: Of) -> Lines:
    draws, number = of.headline.draws, of.language.number
    if math.isnan(of.headline.worst_case):
        return
    yield of.gettext("Cases worked out"), number(draws)
    yield of.gettext("of them the worst tenth"), number(math.ceil(TAIL * draws))
    yield (
        of.gettext("What these come to, on average"),
        of.money(of.headline.worst_case, sign=False, is_middle=False),
    )


def _payback(of: Of) -> Lines:
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


def _deepest(of: Of) -> Lines:
    more = of.forecast.plan[CASH] - of.forecast.baseline[CASH]
    added = np.cumsum((more[:, :-1] + more[:, 1:]) / 24.0, axis=1)
    month = float(np.median(np.argmin(added, axis=1))) + 1
    yield of.gettext("Month in which it is lowest, in the middle of all cases"), f"{month:.0f}"
    yield of.gettext(MIDDLE), of.on_strip("deepest_cash_position")


def _hours(of: Of) -> FloatArray:
    return np.maximum(of.forecast.plan.final("present_value_hours"), 0.0)


def _roi(of: Of) -> Lines:
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


def _involvement(of: Of) -> Lines:
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


def _means(values: Mapping[str, FloatArray], total: str, of: Of) -> Lines:
    means = ((label, float(draws.mean())) for label, draws in values.items())
    return of.summed(means, total, sign=False)


def _as_read(values: Mapping[str, FloatArray]) -> float:
    """What the means of these come to, as :func:`_means` says it: so a quotient with it is right as
    it is read."""
    means = [mean for draws in values.values() if (mean := float(draws.mean()))]
    return sum(to_one_step(means)[0]) if means else 0.0


def _ignoring(of: Of) -> Lines:
    drifting = float(of.forecast.baseline.final(NET).mean())
    still = float(of.forecast.shared_baseline.static_world.mean())
    yield from _less(
        (N_("Carrying on while the world drifts"), drifting),
        (N_("Carrying on in a world that stands still"), still),
        of,
    )
    yield of.gettext(MIDDLE), of.on_strip("return_on_ignoring")


def _waiting(of: Of) -> Lines:
    now, lost = of.bridge.total.mean, float(of.forecast.values["cost_of_waiting"].mean())
    yield from _less(
        (N_("Value of the plan now, on average over all cases"), now),
        (N_("Value of the same a year later"), now - lost),
        of,
    )
    yield of.gettext(_HEADLINE), of.on_strip("net_present_value")
    yield of.gettext(MIDDLE), of.on_strip("cost_of_waiting")


def _less(first: tuple[str, float], second: tuple[str, float], of: Of) -> Lines:
    """Two means, each with its own sign, and what the first is above the second; to one step, so
    that they are right as they are read."""
    means = (first[1], second[1])
    if not any(means):
        return
    (minuend, subtrahend), step = to_one_step(means)
    rows = (
        (first[0], minuend),
        (second[0], subtrahend),
        (_FIRST_LESS_SECOND, minuend - subtrahend),
    )
    for label, amount in rows:
        yield of.gettext(label), of.in_steps(amount, step)


_FIGURES: Mapping[str, Callable[[Of], Lines]] = {
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
    "return_on_ignoring": _NOTE,
    "cost_of_waiting": _WAITING_NOTE,
    **dict.fromkeys(("roi", "return_on_involvement"), _RATIO_NOTE),
}

"""What it takes to say how a number came about: the forecast that it is of, how amounts are
written, and what comes of it. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from simulator.analyses.value_bridge import ValueBridge, value_bridge
from simulator.i18n.language import N_, Language, rounded
from simulator.model.flows import labour_bill
from simulator.model.register import BY_ID
from simulator.results import Forecast, Headline, precision
from simulator.scenario import Scenario
from ui.text import foundation
from ui.text.headline import StripFigure, headline_strip

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

DIGITS = 4
"""Of the largest amount of a sum: more than elsewhere, so that the small ones count."""

MIDDLE = N_("In the middle of all cases, as shown")

PARTS_NOTE = N_(
    "What each comes to where the value is in the middle of all cases, for the whole period in "
    "today's money: so they add up to the value that is shown."
)

_AT_SERVICE = N_(
    "Hours of people who answer customers ({share} of all work here) are not in it: they are "
    "missing there, and more questions stay unanswered."
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
        return replace(self, note=f"{self.note} {text}".strip())

    def for_browser(self) -> dict[str, object]:
        """As the page takes it; what JSON can hold."""
        return {
            "lines": [list(line) for line in self.lines],
            "note": self.note,
            "assumptions": list(self.assumptions),
            "rests": self.rests and self.rests.for_browser(),
        }


@dataclass(frozen=True)
class Of:
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

    def money(
        self, amount: float, *, sign: bool = True, exact: bool = False, is_middle: bool = True
    ) -> str:
        """An amount with as many digits as its draws support, unless it is ``exact``;
        ``is_middle``: see :func:`simulator.results.precision.shown_value`."""
        error = 0.0 if exact else self.headline.net_present_value.error
        shown = precision.shown_value(amount, error, is_middle=is_middle)
        return self.language.money(shown, self.scenario.organisation.currency, sign=sign)

    @property
    def last_digit(self) -> float:
        """What the amounts of the sentence under the charts are multiples of; 0: of anything."""
        worth = self.headline.net_present_value
        return precision.step_of_parts(worth)

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
        read, step = to_one_step([amount for _, amount in rows])
        labels = (*(label for label, _ in rows), total)
        for label, amount in zip(labels, (*read, sum(read)), strict=True):
            yield self.gettext(label), self.in_steps(amount, step, sign=sign)

    def in_steps(self, amount: float, step: float | None, *, sign: bool = True) -> str:
        """An amount that is a multiple of ``step``, with all the digits that it needs."""
        currency = self.scenario.organisation.currency
        return self.language.money(amount, currency, sign=sign, step=step)

    def on_hours(self) -> str:
        """Whose hours are not among those that cost money, where it is as much as a per cent."""
        organisation = self.scenario.organisation_quantities()
        service = organisation.budgets.customer_service
        share = min(service / labour_bill(organisation), BY_ID["most_service_share"].central)
        if share < 0.005:
            return ""
        return self.gettext(_AT_SERVICE, share=self.language.percent(share))

    def gettext(self, message: str, **values: object) -> str:
        return self.language.gettext(message, **values)


def to_one_step(amounts: Sequence[float]) -> tuple[list[float], float]:
    """Amounts of one sum, not all of them zero, as they are read, and what they are rounded to."""
    largest = max(map(abs, amounts))
    step = float(10.0 ** (math.floor(math.log10(largest)) - DIGITS + 1))
    return [rounded(amount, step) for amount in amounts], step

"""What each instrument does, in words, in any language of the app. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.analyses.leave_one_out import Dropped
from simulator.i18n.language import N_, Language
from simulator.model.figures import Verbs
from simulator.scenario.levers import NAMES
from ui.text.chances import of_100
from ui.text.headline import signed

DROPPING = Verbs(N_("Saves {amount}"), N_("Costs {amount}"), N_("costing {low} to saving {high}"))


@dataclass(frozen=True, slots=True)
class Row:
    """What one instrument does, as a row of a table; all text."""

    instrument: str
    money: str
    change: str
    range: str
    chance: str


def dropping_headings(language: Language) -> Row:
    """The headings above the rows of :func:`dropped`."""
    return Row(
        instrument=language.gettext("Instrument"),
        money=language.gettext("Money moved into it"),
        change=language.gettext("What dropping it does"),
        range=language.gettext("Eight of ten cases"),
        chance=language.gettext("Dropping it costs in"),
    )


def dropped(name: str, one: Dropped, currency: str, language: Language) -> Row:
    """What an instrument does; ``name`` is its field in a scenario's split."""
    change, ends = signed(one.change, currency, language, DROPPING)
    return Row(
        instrument=language.gettext(NAMES[name]),
        money=language.money(one.money, currency),
        change=change,
        range=ends,
        chance=language.gettext(
            "{number} of 100 cases", number=of_100(one.probability_costs, language)
        ),
    )

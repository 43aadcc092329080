"""A plan in stages in words, and the controls that make one. Pure.

A plan in stages begins with a part of itself; in the month of the review a figure is measured, and
a rule says what is done then (:mod:`simulator.scenario.stages`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from simulator.analyses.base import Statement
from simulator.analyses.pilot import rule_statement
from simulator.analyses.signposts import FLATTERED
from simulator.i18n.language import N_, Language
from simulator.model.signals import SIGNALS
from simulator.results.chance_words import in_cases
from simulator.results.chances import of_whole
from simulator.results.summary import Stages
from simulator.scenario import StagesInput
from simulator.scenario.levers import SHARE_WORDS, Words
from simulator.scenario.stages import FIRST_DEPTH, REVIEW
from simulator.scenario.units import unit_of
from ui.text.analyses import stated
from ui.text.levers import words_of

Side = Literal["below", "above"]

LABEL = N_("Start small, then decide")


@dataclass(frozen=True, slots=True)
class _Control:
    """A lever of a plan in stages, as one of the levers of the plan is described."""

    field: str
    label: str
    unit: str
    least: float
    most: float
    stops: tuple[float, ...]
    words: Words
    help: str
    rules: tuple[str, ...] = ()
    """In which it is there; all if there are none."""
    side: Side | None = None
    """On which side the readings that are worse lie, where it is there; either if ``None``."""

    @property
    def path(self) -> str:
        """Of the field, in a scenario."""
        return f"plan.stages.{self.field}"


_DEPTH = N_(
    "So much of each of the plan's changes is made until the review. What is tried small costs "
    "less if it goes wrong, and brings later what it brings."
)
_MONTH = N_(
    "In this month, counted from now, the figure is measured and it is decided. Before that little "
    "of what the plan does can be seen; after that much is spent."
)
_MARK = N_(
    "Where the figure has to be for this. No survey is exact: the model reckons with the error "
    "that such a figure has."
)

_PARTS = (
    *(step / 1000 for step in range(20)),
    *(step / 200 for step in range(4, 41)),
    *(percent / 100 for percent in range(21, 101)),
)
"""Finer where a figure is small."""
_OF_100 = Words(template="{number} of 100")


def _mark(field: str, label: str, rules: tuple[str, ...], side: Side) -> _Control:
    return _Control(field, label, "share", 0.0, 1.0, _PARTS, _OF_100, _MARK, rules=rules, side=side)


_CONTROLS: tuple[_Control, ...] = (
    _Control(
        "first_depth",
        N_("First stage"),
        "share",
        FIRST_DEPTH.least,
        FIRST_DEPTH.most,
        tuple(percent / 100 for percent in range(101)),
        SHARE_WORDS,
        _DEPTH,
    ),
    _Control(
        "review_month",
        N_("Review"),
        "month",
        REVIEW.least,
        REVIEW.most,
        tuple(map(float, range(int(REVIEW.least), int(REVIEW.most) + 1))),
        Words(template="month {number}"),
        _MONTH,
    ),
    _mark("back", N_("Go on from"), ("one",), "below"),
    _mark("back", N_("Go on up to"), ("one",), "above"),
    _mark("back", N_("Go back below"), ("two", "back"), "below"),
    _mark("back", N_("Go back above"), ("two", "back"), "above"),
    _mark("on", N_("Go on from"), ("two", "on"), "below"),
    _mark("on", N_("Go on up to"), ("two", "on"), "above"),
)

_RULES: Mapping[str, str] = {
    "one": N_("Go on if it is good, else go back"),
    "two": N_("Go on, stay or go back"),
    "on": N_("Go on if it is good, else stay"),
    "back": N_("Go back if it is bad, else stay"),
    "always_on": N_("Go on whatever happens"),
    "always_stay": N_("Stay whatever happens"),
    "always_back": N_("Go back whatever happens"),
}
"""What is done after the review, by id (``ui/web/state/stages.js``)."""

_STARTS: Mapping[str, tuple[Side, float]] = {
    "taking_part": ("below", 0.06),
    "members": ("below", 0.06),
    "employees": ("below", 0.1),
    "unanswered": ("above", 0.1),
    "channel": ("below", 0.15),
    "satisfied": ("below", 0.7),
    "trust": ("below", 0.6),
    "leaving": ("above", 0.12),
    "joining": ("below", 0.1),
}
"""Of each figure, on which side readings are the worse ones, and where its mark stands at first
until it is known what the model expects of it."""


def describe(language: Language) -> dict[str, Any]:
    """The controls of a plan in stages, for the browser; as JSON takes it.

    - ``label`` of the group, ``switch``: what turns it on, ``help`` on it;
    - ``levers``: as :func:`ui.text.levers.describe` has them, each with its ``rules`` (none: all)
      and the ``side``;
    - ``rules`` and ``figures``: what can be chosen, each with ``id`` and ``label``; a figure with
      its ``side`` and its ``mark`` at first; what each choice is called and its help, in
      ``choices``;
    - ``start``: what a plan begins with that is made to be in stages.
    """
    return {
        "label": language.gettext(LABEL),
        "switch": language.gettext("Make the plan in stages"),
        "help": {
            "text": language.gettext(
                "First a part of the plan, then a look at a figure that can really be measured, "
                "then the rest of it, or back. Going back has costs of its own."
            )
        },
        "levers": [_lever(control, language) for control in _CONTROLS],
        "rules": [{"id": id, "label": language.gettext(label)} for id, label in _RULES.items()],
        "figures": [
            {"id": id, "label": language.gettext(signal.label), "side": side, "mark": mark}
            for (id, signal), (side, mark) in ((item, _STARTS[item[0]]) for item in SIGNALS.items())
        ],
        "choices": {
            "rule": {
                "label": language.gettext("Then"),
                "number": "lever:plan.stages.rule",
                "help": {
                    "text": language.gettext(
                        "What is done after the review. It takes some months, and what the first "
                        "stage cost stays paid."
                    )
                },
            },
            "figure": {
                "label": language.gettext("By"),
                "number": "lever:plan.stages.figure",
                "help": {
                    "text": language.gettext(
                        "The figure that is measured then. Only what an organisation can really "
                        "measure is offered."
                    )
                },
            },
        },
        "which": language.gettext("Which rule brings most?"),
        "start": _START.model_dump(),
    }


_START = StagesInput(first_depth=0.25, review_month=12, figure="taking_part", back=0.06, on=0.06)


def _lever(control: _Control, language: Language) -> dict[str, Any]:
    unit = unit_of(control.unit)
    reading = unit.reading
    return {
        "path": control.path,
        "number": f"lever:{control.path}",
        "label": language.gettext(control.label),
        "unit": control.unit,
        "decimals": 1 if control.unit == "share" else unit.decimals,
        "allowed": language.gettext(unit.allowed, low="{low}", high="{high}"),
        "reading": reading if reading == "{value}" else language.gettext(reading, value="{value}"),
        "min": float(control.least),
        "max": float(control.most),
        "stops": list(control.stops),
        "words": words_of(control.words, language),
        "help": {"text": language.gettext(control.help)},
        "budget": None,
        "today": None,
        "up_to": "horizon_months" if control.unit == "month" else None,
        "rules": list(control.rules),
        "side": control.side,
    }


_WAYS: Mapping[str, str] = {
    "on": N_("goes on {in_cases}"),
    "stay": N_("stays {in_cases}"),
    "back": N_("goes back {in_cases}"),
}
"""What becomes of a plan after its review, and how often."""
_SHORT: Mapping[str, str] = {
    "on": N_("In stages: it goes on {in_cases}"),
    "stay": N_("In stages: it stays {in_cases}"),
    "back": N_("In stages: it goes back {in_cases}"),
}
"""The same, of one way, where there is little room."""
_SURE: Mapping[str, str] = {
    "on": N_("First {share} of it; in month {month} it goes on, whatever happens."),
    "stay": N_("First {share} of it, and it stays so, whatever happens."),
    "back": N_("First {share} of it; in month {month} it goes back, whatever happens."),
}
_ALWAYS: Mapping[str, Statement] = {
    "on": Statement("Go on with all of it, whatever happens.", {}),
    "stay": Statement("Stay with the first stage, whatever happens.", {}),
    "back": Statement("Go back, whatever happens.", {}),
}


def sentence(plan: StagesInput, shares: Mapping[str, float], draws: int, language: Language) -> str:
    """How the plan begins, and how often each way is taken after the review: ``shares`` of so many
    ``draws``, 0-1, of those ways at least that its rule leaves open."""
    share, month = language.percent(plan.first_depth), language.number(plan.review_month)
    if plan.always is not None:
        return language.gettext(_SURE[plan.always], share=share, month=month)
    return language.gettext(
        "First {share} of it; in month {month} it {ways}.",
        share=share,
        month=month,
        ways=_ways(plan, shares, draws, language),
    )


def short(plan: StagesInput, shares: Mapping[str, float], draws: int, language: Language) -> str:
    """That it is in stages, in a few words: how often it goes on, where that is open."""
    if plan.always is not None:
        return language.gettext("In stages")
    way = "on" if "on" in plan.ways else plan.ways[0]
    often = in_cases(_as_read(plan, shares)[way], draws, language, short=True)
    return language.gettext(_SHORT[way], in_cases=often)


def told(plan: StagesInput, shares: Mapping[str, float], draws: int, language: Language) -> str:
    """The same with the rule."""
    if plan.always is not None:
        return sentence(plan, shares, draws, language)
    parts = (
        language.gettext("First {share} of it.", share=language.percent(plan.first_depth)),
        rule(plan, language),
        language.gettext("So it {ways}.", ways=_ways(plan, shares, draws, language)),
    )
    return " ".join(parts)


def words(
    plan: StagesInput | None, stages: Stages | None, draws: int, language: Language
) -> dict[str, Any] | None:
    """For beside the levers of a plan in stages: in ``words`` the rule, how often it takes each
    way, and what the model expects of the figure; ``readings`` of every figure in the month of the
    review (P10, P50 and P90, 0-1); ``sentence`` for below the charts. ``None`` of a plan that is
    not in stages."""
    if plan is None or stages is None:
        return None
    parts = [rule(plan, language)]
    if plan.figure is not None:
        low, _, high = (
            language.number(100.0 * end, decimals=1) for end in stages.readings[plan.figure]
        )
        parts += [
            language.gettext("So it {ways}.", ways=_ways(plan, stages.shares, draws, language)),
            language.gettext(
                "In eight of ten cases it is {low} to {high} of 100 by then.", low=low, high=high
            ),
        ]
    if "back" in plan.ways:
        parts.append(stated(FLATTERED, "", draws, language))
    readings = {name: [round(end, 3) for end in ends] for name, ends in stages.readings.items()}
    return {
        "words": " ".join(parts),
        "readings": readings,
        "sentence": sentence(plan, stages.shares, draws, language),
    }


def rule(plan: StagesInput, language: Language) -> str:
    """What is done after the review."""
    done = (
        _ALWAYS[plan.always or "stay"]
        if plan.figure is None
        else rule_statement(plan.figure, plan.side == "below", plan.back, plan.on)
    )
    return language.gettext(
        "In month {month}: {rule}",
        month=language.number(plan.review_month),
        rule=stated(done, "", draws=1, language=language),
    )


def _ways(plan: StagesInput, shares: Mapping[str, float], draws: int, language: Language) -> str:
    read = _as_read(plan, shares)
    return language.listed(
        language.gettext(_WAYS[way], in_cases=in_cases(read[way], draws, language, short=True))
        for way in plan.ways
    )


def _as_read(plan: StagesInput, shares: Mapping[str, float]) -> dict[str, float]:
    """How often each way is taken that the rule leaves open, 0-1, as they are read together."""
    return of_whole({way: shares[way] for way in plan.ways})

"""The best plan and its proof in words, in any language of the app. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from simulator.analyses.base import Measured, Statement
from simulator.i18n.language import N_, Language
from simulator.optimise import OBJECTIVES, Answer, Infeasible, words
from simulator.optimise.answer import ALIKE, Judged, Marginal, apart, kind_of
from simulator.optimise.evaluation import line
from simulator.optimise.frontier import AGAINST, LESS_THAN, Step
from simulator.optimise.question import HOURS, LIMIT_LABELS, QUALITY
from simulator.results import precision
from simulator.scenario import Scenario
from simulator.scenario.levers import BUDGETS, GROUPS, LEVERS, NAMES, WHEN, Lever
from simulator.scenario.units import unit_of
from ui.text.analyses import stated

STATES: Mapping[str, str] = {
    "met": N_("checked"),
    "missed": N_("not met"),
    "open": N_("could not be certified"),
}
VERDICTS: Mapping[str, str] = {
    "better": N_("There is a better plan"),
    "too_close": N_("Too close to call"),
    "none_better": N_("Nothing better was found"),
}
_SAID = 3
"""Levers that are named where plans differ."""


def form(scenario: Scenario, language: Language) -> dict[str, Any]:
    """What can be asked: ``objectives`` (``id``, ``label``, ``has_target``), ``groups`` of levers
    (``id``, ``label``, ``paths``), ``lines`` (``id``, ``label``) that can be bounded, and
    ``frontiers``: what value can be given up for."""
    return {
        "objectives": [
            {
                "id": objective.id,
                "label": language.gettext(objective.label),
                "has_target": objective.has_target,
            }
            for objective in OBJECTIVES.values()
        ],
        "groups": [
            {
                "id": id,
                "label": language.gettext(group.label),
                "paths": [lever.path for lever in group.levers],
            }
            for id, group in GROUPS.items()
        ],
        "lines": [{"id": id, "label": language.gettext(label)} for id, label in NAMES.items()],
        "quality": language.gettext(LIMIT_LABELS[QUALITY]),
        "frontiers": [
            {"id": id, "label": language.gettext(label)} for id, label in AGAINST.items()
        ],
    }


def infeasible(answer: Infeasible, currency: str, language: Language) -> dict[str, Any]:
    """Why there is no plan: ``sentences``."""
    return {
        "verdict": "infeasible",
        "title": language.gettext("Not everything that was asked can hold together"),
        "sentences": _all(words.conflicts(answer), currency, 1, language),
    }


def found(
    answer: Answer,
    document: Any,
    scenario: Scenario,
    language: Language,
    headline: float | None = None,
) -> dict[str, Any]:
    """What the page shows of an answer. ``document`` makes the browser's scenario of one;
    ``headline`` is the value of the present plan as it stands there, if that is of this plan.

    ``verdict``, ``title``, ``sentences`` and ``cautions``; ``is_certified``, and ``checks``
    (``id``, ``state``, ``word``, ``text``); ``plans`` (see :func:`_plan`); ``money`` and
    ``people``: bars (see :func:`_bar`); ``asked``: what ``worth`` is, empty where that is the mean
    value; ``fresh``: that the plans are judged in other cases than the headline;
    ``averages``: why averages are not the headline, may be empty; ``reasons``: what would
    change the answer; ``marginals``.
    """
    currency, draws = scenario.organisation.currency, answer.fresh_draws
    judged = (answer.chosen, answer.present, answer.carrying_on, *answer.options)
    return {
        "verdict": answer.verdict,
        "title": language.gettext(VERDICTS[answer.verdict]),
        "sentences": _all(words.sentence(answer), currency, draws, language),
        "cautions": _all(words.cautions(answer), currency, draws, language),
        "is_certified": answer.is_certified,
        "checks": [
            {
                "id": check.id,
                "state": check.state,
                "word": language.gettext(STATES[check.state]),
                "text": stated(check.said, currency, answer.draws, language),
            }
            for check in answer.checks
        ],
        "plans": [_plan(plan, answer, document, currency, language) for plan in judged],
        "asked": ""
        if answer.question.objective == "mean"
        else language.gettext(OBJECTIVES[answer.question.objective].label),
        "fresh": language.gettext(
            "Worked out in other cases than the headline, so that luck in the search does not "
            "count: last digits differ."
        ),
        "averages": ""
        if headline is None
        else language.gettext(
            "Plans are compared by averages, which count every case by its size. The headline is "
            "the middle of all cases: {middle} with the present plan.",
            middle=language.money(headline, currency),
        ),
        "money": _money(answer, currency, language),
        "people": _people(answer, language),
        "reasons": _all(
            (*words.prices(answer), *words.flips(answer), *words.waiting(answer)),
            currency,
            draws,
            language,
        ),
        "marginals": [
            {
                "label": language.gettext(NAMES[marginal.line]),
                "text": _net(marginal, language),
                "net": marginal.net,
            }
            for marginal in answer.marginals
        ],
        "marginals_note": _told_apart(answer.marginals, language),
        "how": language.gettext(
            "Compared in {draws} cases; what is told of it comes from {fresh} fresh ones.",
            draws=language.number(answer.draws),
            fresh=language.number(answer.fresh_draws),
        ),
    }


_DECIMALS_OF_NET = 2


def _net(marginal: Marginal, language: Language) -> str:
    net = language.number(marginal.net, decimals=_DECIMALS_OF_NET, sign=True)
    return language.gettext("{net} (held)", net=net) if marginal.is_held else net


def _told_apart(marginals: Sequence[Marginal], language: Language) -> str:
    """What lines that get some of the money, and not all, say beside one another, as each is
    read."""
    gap = apart([replace(one, net=round(one.net, _DECIMALS_OF_NET)) for one in marginals])
    if gap is None:
        return ""
    gap = round(gap, _DECIMALS_OF_NET)
    shown = language.number(gap, decimals=_DECIMALS_OF_NET)
    if gap <= ALIKE:
        return language.gettext(
            "Lines that get some but not all are {gap} apart at most: moving money between them "
            "brings next to nothing.",
            gap=shown,
        )
    return language.gettext(
        "Lines that get some but not all would stand equal at the very top. These are up to {gap} "
        "apart: whole steps, limits and what was asked for hold them there, or the search ended "
        "just below the top. What small moves would still bring is in the proof.",
        gap=shown,
    )


def frontier(
    steps: Sequence[Step], subject: str, document: Any, currency: str, language: Language
) -> dict[str, Any]:
    """What more of a subject costs: ``label`` of it, and ``points``: ``doc``, ``mean`` and
    ``level`` as texts, a ``note`` on what is worth more, whether it ``is_offered``, and where they
    stand (``x`` by level, ``y`` by value, each 0-1)."""
    levels, means = [step.level for step in steps], [step.mean for step in steps]
    return {
        "label": language.gettext(LIMIT_LABELS[subject]),
        "points": [
            {
                "doc": document(step.scenario),
                "mean": language.money(step.mean, currency),
                "level": _level(step.level, subject, currency, language),
                "note": step.less_than and language.gettext(LESS_THAN[step.less_than]),
                "is_offered": not step.is_worse,
                "x": _between(step.level, levels),
                "y": _between(step.mean, [0.0, *means]),
            }
            for step in steps
        ],
    }


def _level(level: float, subject: str, currency: str, language: Language) -> str:
    if subject == QUALITY:
        return language.percent(level, decimals=1)
    if subject == HOURS:
        return language.number(level)
    return language.money(level, currency)


def _between(value: float, values: Sequence[float]) -> float:
    low, high = min(values), max(values)
    return (value - low) / (high - low) if high > low else 0.5


def _all(
    statements: Iterable[Statement], currency: str, draws: int, language: Language
) -> list[str]:
    return [stated(statement, currency, draws, language) for statement in statements]


def worth(answer: Answer, value: float, currency: str, language: Language) -> str:
    """What is asked for, of one plan."""
    match kind_of(answer.question.objective):
        case "money":
            return language.money(value, currency)
        case "percent":
            return language.percent(value, decimals=0)
    return language.number(value, decimals=2)


def _plan(
    plan: Judged, answer: Answer, document: Any, currency: str, language: Language
) -> dict[str, Any]:
    """A row of the table: ``id``, ``label``, ``doc``; ``worth`` (what is asked for), ``mean`` and
    ``range`` of its value against carrying on, with its middle, ``better``; ``behind`` and
    ``differs`` of one nearly as good; ``note`` if it does not keep to what was asked."""
    shown = precision.shown(plan.value)
    differs = [language.gettext(LEVERS[path].label) for path in plan.differs[:_SAID]]
    behind = ""
    if plan.behind is not None:
        lost = language.money(
            words.as_read(plan.behind, answer.chosen.mean, plan.mean).shown, currency
        )
        behind = (
            language.gettext("{amount} less than the best, on average", amount=lost)
            if plan.behind.mean > 0.0
            else language.gettext("{amount} more than the best, on average", amount=lost)
        )
    return {
        "id": plan.candidate.id,
        "label": language.gettext(words.PLANS[plan.candidate.id]),
        "doc": document(plan.candidate.scenario),
        "worth": worth(answer, plan.fresh, currency, language),
        "mean": _average(plan.mean, currency, language),
        "amount": plan.mean,
        "range": language.gettext(
            "{low} to {high}, in the middle {middle}",
            low=language.money(shown.low, currency),
            high=language.money(shown.high, currency),
            middle=language.money(shown.central, currency),
        ),
        "better": language.percent(plan.better, decimals=0),
        "behind": behind,
        "differs": differs,
        "note": "" if plan.candidate.meets else language.gettext("does not keep to what was asked"),
    }


def _average(mean: Measured, currency: str, language: Language) -> str:
    """A mean as its draws support it, and by how much another set of them would move it."""
    amount = language.money(mean.shown, currency)
    if not mean.error:
        return amount
    error = language.money(mean.give_or_take, currency)
    return language.gettext("{amount}, give or take {error}", amount=amount, error=error)


def _money(answer: Answer, currency: str, language: Language) -> list[dict[str, Any]]:
    """What each line of the budget gets a year, once all has moved."""
    plans = (answer.chosen, answer.present, answer.carrying_on)
    rows = []
    for id in (*BUDGETS, "savings"):
        amounts = [
            line(
                plan.candidate.scenario.organisation_quantities(),
                plan.candidate.scenario.plan_quantities(),
                id,
            )
            for plan in plans
        ]
        rows.append(
            (language.gettext(NAMES[id]), amounts, [language.money(x, currency) for x in amounts])
        )
    most = max((max(amounts) for _, amounts, _ in rows), default=0.0) or 1.0
    return [_bar(label, [x / most for x in amounts], texts) for label, amounts, texts in rows]


def _people(answer: Answer, language: Language) -> list[dict[str, Any]]:
    """Levers of involvement and of time."""
    rows = []
    for path, values in answer.moved.items():
        if not path.startswith(("plan.involvement.", "plan.*.")):
            continue
        lever = LEVERS[path]
        factor, least = lever.stops[-1], lever.stops[0]
        if lever.number.unit.startswith("minutes"):
            factor = max(60.0, *values)  # few look beyond an hour
        if lever.id == "start_month":
            factor = max(36.0, *values)
        texts = [_lever_value(lever, value, language) for value in values]
        ends = [(value - least) / ((factor - least) or 1.0) for value in values]
        bar = _bar(language.gettext(lever.label), ends, texts)
        # Nothing begins today: what carrying on has there means nothing.
        rows.append({**bar, "today": None} if lever in WHEN else bar)
    return rows


def _lever_value(lever: Lever, value: float, language: Language) -> str:
    """A value as it stands beside its label."""
    if lever in WHEN:
        word = dict(lever.words.exact).get(value)
        template = lever.words.template
        if word is not None:
            return language.gettext(word)
        return language.gettext(template, number=language.number(value))
    if unit_of(lever.number.unit).kind == "share":
        return language.percent(value, decimals=0)
    return language.number(value)


def _bar(label: str, ends: list[float], texts: list[str]) -> dict[str, Any]:
    """A lever: ``label``, and proposed, present and today each with its ``end`` (a share of the
    line, 0-1) and ``text``; of time no ``today``."""
    names = ("proposed", "present", "today")
    return {
        "label": label,
        **{
            name: {"end": min(max(end, 0.0), 1.0), "text": text}
            for name, end, text in zip(names, ends, texts, strict=True)
        },
    }

"""What an answer says, in sentences; the command line and the page write them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.analyses.base import Kind, Measured, StatedValue, Statement, counted
from simulator.i18n.language import N_
from simulator.model.quantities import INSTRUMENTS
from simulator.model.register import BY_ID
from simulator.optimise.answer import Answer, Conflict, Gain, Infeasible, Price, kind_of
from simulator.optimise.evaluation import line
from simulator.optimise.question import HOURS, LIMIT_LABELS, LOSS, OBJECTIVES, QUALITY
from simulator.results import precision
from simulator.scenario.levers import GROUPS, NAMES
from simulator.scenario.plausibility import doubts_of_plan
from simulator.scenario.units import unit_of

PLANS: Mapping[str, str] = {
    "proposed": N_("Proposed"),
    "present": N_("Present plan"),
    "carrying_on": N_("Carrying on"),
    "option_1": N_("Option 1"),
    "option_2": N_("Option 2"),
    "option_3": N_("Option 3"),
}
"""What plans are called, by the id of their candidate."""

_RESTS_ON_WEAK = 0.5
"""Share of the uncertainty from which on it is said that it rests on weak evidence."""
_CURSE = 0.1
"""Share of what was hoped for that is lost in fresh draws, from which on that is said."""


def sentence(answer: Answer) -> Iterator[Statement]:
    """The answer, to be read aloud."""
    kind = kind_of(answer.question.objective)
    if answer.verdict == "none_better":
        if answer.chosen.candidate.id == "present":
            yield Statement("Nothing that was looked at is better than the present plan.", {})
        else:
            yield Statement("Nothing that was looked at is better than carrying on.", {})
        yield from _held(answer.held)
        return
    if answer.verdict == "too_close":
        yield Statement(
            "Too close to call: what was found is hardly to be told from what there is.", {}
        )
    yield _what_it_does(answer)
    for doubt in doubts_of_plan(answer.chosen.candidate.scenario.plan):
        yield Statement(doubt.template, doubt.values)
    yield from _held(answer.held)
    if answer.question.objective != "mean":
        yield Statement(
            "What was asked for, {objective}: {proposed}; with the present plan {present}.",
            {
                "objective": ("text", OBJECTIVES[answer.question.objective].label),
                "proposed": (kind, answer.chosen.fresh),
                "present": (kind, answer.present.fresh),
            },
        )
    chosen = answer.chosen.mean
    yield _against_present(answer.over_present, chosen, answer.present.mean)
    yield _against_carrying_on(answer.over_carrying_on, chosen, answer.carrying_on.mean)


def _what_it_does(answer: Answer) -> Statement:
    """Where most of the money goes."""
    scenario = answer.chosen.candidate.scenario
    today, plan = scenario.organisation_quantities(), scenario.plan_quantities()
    more = {
        name: line(today, plan, name) - (0.0 if name == "savings" else getattr(today.budgets, name))
        for name in (*INSTRUMENTS, "savings")
    }
    taken = sum(more.values())
    if taken <= 0.0:
        return Statement("It moves no money: people and their time alone.", {})
    return Statement(
        "It takes {amount} a year from what is done today; the largest part, {share}, goes to: "
        "{line}.",
        {
            "amount": ("money", taken),
            "share": ("percent", max(more.values()) / taken),
            "line": ("text", NAMES[max(more, key=lambda name: more[name])]),
        },
    )


def _held(held: Mapping[str, float]) -> Iterator[Statement]:
    """What was not allowed to move: whole groups by their name, else each lever with its share."""
    clauses: list[Statement] = []
    for group in GROUPS.values():
        levers = [lever for lever in group.levers if lever.path in held]
        if len(levers) == len(group.levers):
            clauses.append(Statement("all of “{group}”", {"group": ("text", group.label)}))
            continue
        for lever in levers:
            values: dict[str, tuple[Kind, StatedValue]] = {"lever": ("text", lever.label)}
            if unit_of(lever.number.unit).kind == "share":
                values["share"] = ("percent", held[lever.path])
                clauses.append(Statement("{lever} ({share})", values))
            else:
                clauses.append(Statement("{lever}", values))
    if clauses:
        yield Statement("Held where it is: {levers}.", {"levers": ("text", tuple(clauses))})


def _against_present(gain: Gain, chosen: Measured, present: Measured) -> Statement:
    values = _of_gain(gain, chosen, present)
    if gain.mean < 0.0:
        return Statement(
            "On average it brings {amount} less than the present plan: from {low} to {high} in "
            "eight of ten cases; it is ahead in {chance}.",
            values,
        )
    return Statement(
        "On average it brings {amount} more than the present plan: from {low} to {high} in eight "
        "of ten cases; it is ahead in {chance}.",
        values,
    )


def _against_carrying_on(gain: Gain, chosen: Measured, carrying_on: Measured) -> Statement:
    values = _of_gain(gain, chosen, carrying_on)
    if gain.mean < 0.0:
        return Statement(
            "On average it brings {amount} less than carrying on: from {low} to {high} in eight of "
            "ten cases; it is ahead in {chance}.",
            values,
        )
    return Statement(
        "On average it brings {amount} more than carrying on: from {low} to {high} in eight of ten "
        "cases; it is ahead in {chance}.",
        values,
    )


def as_read(gain: Gain, first: Measured, second: Measured) -> Measured:
    """What the one mean is above the other or below it, as both are read beside each other."""
    low, high = sorted((first, second))
    return high.above(low, gain.error)


def _of_gain(gain: Gain, first: Measured, second: Measured) -> dict[str, tuple[Kind, float | str]]:
    shown = precision.shown(gain.value)
    return {
        "amount": ("money", as_read(gain, first, second)),
        "low": ("money", shown.low),
        "high": ("money", shown.high),
        "chance": ("chance", gain.better),
    }


def cautions(answer: Answer) -> Iterator[Statement]:
    """What is to be known before one believes it."""
    if answer.in_stages:
        yield Statement(
            "The stages of the plan are left aside here: all plans are made at once.", {}
        )
    if answer.verdict == "none_better":
        yield from _at_an_end(answer)
        return
    if answer.over_rival.is_noise:
        yield Statement(
            "The difference is within what so many cases may be off by chance: another set of them "
            "may turn it.",
            {},
        )
    if answer.weak >= _RESTS_ON_WEAK:
        yield Statement(
            "{share} of what makes this gain uncertain goes with assumptions graded D or E: weak "
            "evidence and judgement.",
            {"share": ("percent", answer.weak)},
        )
    yield from _at_an_end(answer)
    inside, fresh = answer.chosen.worth, answer.chosen.fresh
    less = fresh - inside if OBJECTIVES[answer.question.objective].least_is_best else inside - fresh
    if less > _CURSE * abs(inside):
        kind = kind_of(answer.question.objective)
        yield Statement(
            "It was chosen because it looked good in the cases at hand: {inside} there, {fresh} in "
            "fresh ones. Count on the second.",
            {"inside": (kind, inside), "fresh": (kind, fresh)},
        )
    if not answer.is_certified:
        yield Statement("Not all of it could be certified: see the proof.", {})


def _at_an_end(answer: Answer) -> Iterator[Statement]:
    if answer.edges:
        yield counted(
            "{number} lever stands at an end of its range, where the model sees nothing that "
            "stops it: take that as a direction and not as a number.",
            "{number} levers stand at an end of their range, where the model sees nothing that "
            "stops them: take that as a direction and not as a number.",
            len(answer.edges),
        )


def flips(answer: Answer) -> Iterator[Statement]:
    """Where another plan is better."""
    for flip in answer.flips:
        values = {
            "assumption": ("text", BY_ID[flip.assumption].label),
            "grade": ("text", flip.grade),
            "plan": ("text", PLANS[flip.rival]),
            "amount": ("money", flip.lost),
        }
        if flip.is_high:
            yield Statement(
                "Where “{assumption}” (grade {grade}) is in the highest quarter of its range: "
                "{plan}, by {amount}.",
                values,  # type: ignore[arg-type]
            )
        else:
            yield Statement(
                "Where “{assumption}” (grade {grade}) is in the lowest quarter of its range: "
                "{plan}, by {amount}.",
                values,  # type: ignore[arg-type]
            )


def waiting(answer: Answer) -> Iterator[Statement]:
    """What starting later costs, or brings."""
    for months, more in answer.waiting.items():
        values: dict[str, tuple[Kind, float | str]] = {
            "count": ("count", months),
            "amount": ("money", abs(more)),
        }
        if more < 0.0:
            yield Statement("Started {count} months later it brings {amount} less.", values)
        else:
            yield Statement("Started {count} months later it brings {amount} more.", values)


def prices(answer: Answer) -> Iterator[Statement]:
    """What limits that bind cost; where what is asked for is money."""
    if kind_of(answer.question.objective) != "money":
        return
    for price in answer.prices:
        yield _price(price)


def _price(price: Price) -> Statement:
    label = ("text", LIMIT_LABELS[price.limit.subject])
    if price.limit.subject == QUALITY:
        return Statement(
            "Service quality binds: one point less asked for would bring {worth}.",
            {"worth": ("money", price.worth)},
        )
    if price.limit.subject == HOURS:
        return Statement(
            "Hours bind: one hour a year more would bring {worth}.",
            {"worth": ("money", price.worth)},
        )
    if price.limit.subject == LOSS:
        return Statement(
            "The loss in the first year binds: each unit of money more of it would bring {worth}.",
            {"worth": ("money", price.worth)},
        )
    return Statement(
        "{limit} binds: each unit of money by which that gave way would bring {worth}.",
        {"limit": label, "worth": ("money", price.worth)},  # type: ignore[dict-item]
    )


def conflicts(infeasible: Infeasible) -> Iterator[Statement]:
    """Why there is no plan, and what would help."""
    yield Statement("No plan keeps to all that was asked.", {})
    yield from _held(infeasible.held)
    for conflict in infeasible.conflicts:
        yield _conflict(conflict, infeasible)
    if all(conflict.best is None for conflict in infeasible.conflicts):
        yield Statement("Several of these would have to give way at once.", {})


def _conflict(conflict: Conflict, infeasible: Infeasible) -> Statement:
    limit = conflict.limit
    if limit is None:
        asked = infeasible.question.target or 0.0
        return Statement(
            "Value to be reached: {asked}; while the rest holds, at most {best}.",
            {"asked": ("money", asked), "best": ("money", conflict.best or 0.0)},
        )
    kind = {QUALITY: "share", HOURS: "number"}.get(limit.subject, "money")
    values = {
        "limit": ("text", LIMIT_LABELS[limit.subject]),
        "asked": (kind, limit.amount),
        "best": (kind, conflict.best or 0.0),
    }
    if conflict.best is None:
        return Statement("{limit}: {asked} cannot be had together with the rest.", values)  # type: ignore[arg-type]
    if limit.at_most:
        return Statement(
            "{limit}: at most {asked} was asked for; while the rest holds, no less than {best} can "
            "be had.",
            values,  # type: ignore[arg-type]
        )
    return Statement(
        "{limit}: at least {asked} was asked for; while the rest holds, no more than {best} can be "
        "had.",
        values,  # type: ignore[arg-type]
    )

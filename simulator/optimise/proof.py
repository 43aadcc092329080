"""What is checked of a plan before it is proposed, and what it rests on."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.analyses.base import Kind, Measured, StatedValue, Statement, counted
from simulator.model.quantities import INSTRUMENTS, SOURCES
from simulator.model.register import FloatArray
from simulator.optimise import reasons
from simulator.optimise.answer import (
    Answer,
    Candidate,
    Check,
    Gain,
    Judged,
    Searched,
    fresh_seed,
    kind_of,
)
from simulator.optimise.evaluation import Judge, line, unit
from simulator.optimise.levers import Levers, held, value_of
from simulator.optimise.options import differing, options
from simulator.optimise.question import (
    CHANGES,
    HOURS,
    LIMIT_LABELS,
    LOSS,
    OBJECTIVES,
    QUALITY,
    WORST,
    Limit,
    Question,
)
from simulator.results import Forecast, estimate, simulate
from simulator.scenario import Scenario

if TYPE_CHECKING:
    from simulator.optimise.study import Study

FRESH_DRAWS = 2048
_CENT = 0.005
_FRESH_ROOM = 1e-3
_MOST = 0.5
"""Share of the searches that have to end as high, and more, for the answer to be theirs."""
_FLAT = 0.01
"""First-order gain, as a share of the spread over random plans, that counts as none."""


def answer(
    study: Study,
    levers: Levers,
    fine: Judge,
    fresh: Judge,
    searched: Searched,
    chosen: Candidate,
    known: Sequence[Candidate],
) -> Answer:
    """The answer that a search comes to, checked; not complete yet, see :func:`completed`."""
    question, scenario = study.question, study.scenario
    present, as_today = known
    forecast = simulate(chosen.scenario, study.draws, threads=study.threads)  # as any plan is
    world = fresh.worlds[0]
    candidates = [chosen, present, as_today]
    judged, values, margins = _judged(fresh, candidates)
    gains = [_gain(values[0] - other) for other in values]
    rival = 1 if present.meets and present.exact >= as_today.exact else 2
    return Answer(
        question=question,
        draws=study.draws,
        fresh_draws=world.draws,
        chosen=judged[0],
        present=judged[1],
        carrying_on=judged[2],
        over_present=gains[1],
        over_carrying_on=gains[2],
        checks=(
            *_checks(study, fine, searched, candidates, judged, forecast, gains[rival]),
            *_limits_in_fresh_draws(margins),
        ),
        weak=reasons.weak_share(world, scenario, values[0] - values[rival]),
        prices=reasons.prices(fine, searched, scenario),
        moved={
            move.path: (
                value_of(chosen.scenario, move.path),
                value_of(scenario, move.path),
                value_of(as_today.scenario, move.path),
            )
            for move in question.free
        },
        edges=tuple(_at_an_end(levers, chosen)),
        held=held(scenario, question),
    )


def completed(
    study: Study, levers: Levers, fine: Judge, fresh: Judge, answer: Answer
) -> Generator[None, None, Answer]:
    """The answer with plans nearly as good, and with what would change it."""
    chosen = answer.chosen.candidate
    alternatives = yield from options(study, levers, fine, chosen)
    candidates = [chosen, answer.present.candidate, answer.carrying_on.candidate, *alternatives]
    judged, values, _ = _judged(fresh, candidates)
    world = fresh.worlds[0]
    yield
    return replace(
        answer,
        options=tuple(
            replace(
                option,
                behind=_gain(values[0] - value),
                differs=differing(levers, chosen.scenario, option),
            )
            for option, value in zip(judged[3:], values[3:], strict=True)
        ),
        flips=reasons.flips(
            world, study.scenario, values, [candidate.id for candidate in candidates]
        ),
        marginals=reasons.marginals(fine.worlds[0], chosen.scenario, answer.held),
        waiting=reasons.waiting(fine.worlds[0], chosen.scenario),
        is_complete=True,
    )


def _at_an_end(levers: Levers, chosen: Candidate) -> Iterator[str]:
    """Levers that are at an end of their own range, whoever brought them there: a plan that was
    taken and is proposed once more is no surer for it. Nothing of a line is an amount as any other;
    nothing is taken for an end that was asked for; and who carries on proposes no lever."""
    if chosen.id == "carrying_on":
        return
    for move, stops in zip(levers.moves, levers.stops, strict=True):
        value = value_of(chosen.scenario, move.path)
        if len(stops) < 2:
            continue
        number = move.lever.number
        if value == number.most or (
            value == number.least and not move.path.endswith("share_moved")
        ):
            yield move.path


# --- in fresh draws ------------------------------------------------------------------------------


def in_fresh_draws(judge: Judge, draws: int) -> Judge:
    """The same judge in draws that nothing was chosen by."""
    worlds = [
        replace(world, draws=draws, seed=fresh_seed(world.seed), runs=0) for world in judge.worlds
    ]
    return replace(judge, worlds=worlds)


def _judged(
    fresh: Judge, candidates: Sequence[Candidate]
) -> tuple[list[Judged], list[FloatArray], FloatArray]:
    """Plans in fresh draws, their value against carrying on in each of these, and what each limit
    leaves of the first one."""
    sign = -1.0 if OBJECTIVES[fresh.question.objective].least_is_best else 1.0
    plans = [candidate.scenario.plan_quantities() for candidate in candidates]
    outcomes = fresh.worlds[0].outcomes(plans)
    known = fresh.of_outcomes(plans, outcomes)
    values = [outcome.value for outcome in outcomes]
    judged = [
        Judged(
            candidate,
            sign * candidate.exact,
            sign * float(worth),
            estimate(value),
            Measured.mean(value).or_nothing(),
            float((value > 0.0).mean()),
        )
        for candidate, worth, value in zip(candidates, known.exact, values, strict=True)
    ]
    return judged, values, known.margins[0]


def _gain(more: FloatArray) -> Gain:
    return Gain(
        float(more.mean()),
        float(more.std()) / float(np.sqrt(len(more))),
        estimate(more),
        float((more > 0.0).mean()),
    )


# --- checks --------------------------------------------------------------------------------------


def _checks(
    study: Study,
    fine: Judge,
    searched: Searched,
    candidates: Sequence[Candidate],
    judged: Sequence[Judged],
    forecast: Forecast,
    gain: Gain,
) -> Iterator[Check]:
    chosen, present, as_today = candidates
    kind = kind_of(study.question.objective)
    yield from _limits_hold(study, chosen.scenario, forecast)
    yield _money_adds_up(chosen.scenario, forecast)
    yield _computed_alike(study.question, fine, chosen, forecast)
    yield from _never_worse(chosen, present, as_today)
    yield _stands(searched, chosen, has_held=bool(held(study.scenario, study.question)))
    if kind == "money" and chosen.id == "proposed":
        yield _rounded(searched)
    yield _is_flat(study.question, searched, kind)
    yield _agrees(searched)
    yield _beats_random(searched, chosen, kind)
    yield _holds_in_fresh_draws(study.question, judged[0], gain, kind)


def _limits_hold(study: Study, scenario: Scenario, forecast: Forecast) -> Iterator[Check]:
    """Each limit, from the plain simulation."""
    for limit in study.question.limits:
        if limit.subject == CHANGES:
            count = study.changes(scenario)
            yield Check(
                "limit.changes",
                "met" if count <= limit.amount else "missed",
                counted(
                    "{number} lever changes; {most} may.",
                    "{number} levers change; {most} may.",
                    count,
                    most=("count", limit.amount),
                ),
            )
            yield _choice_of_changes(study.combinations)
            continue
        there = _reached_plainly(limit, scenario, forecast)
        room = limit.amount - there if limit.at_most else there - limit.amount
        holds = room >= -1e-6 * unit(limit, scenario)
        kind = {QUALITY: "share", HOURS: "number"}.get(limit.subject, "money")
        values = {
            "limit": ("text", LIMIT_LABELS[limit.subject]),
            "there": (kind, there),
            "asked": (kind, limit.amount),
        }
        said = (
            Statement("{limit}: {there}, at most {asked}.", values)  # type: ignore[arg-type]
            if limit.at_most
            else Statement("{limit}: {there}, at least {asked}.", values)  # type: ignore[arg-type]
        )
        yield Check(f"limit.{limit.subject}", "met" if holds else "missed", said)


def _choice_of_changes(combinations: int | None) -> Check:
    """Whether other levers could be better ones."""
    if combinations is None:
        statement = Statement(
            "Which levers change was chosen one by one, and not among all combinations.", {}
        )
        return Check("choice_of_changes", "open", statement)
    statement = Statement(
        "Which levers change was chosen among all {count} combinations, each searched by itself.",
        {"count": ("count", combinations)},
    )
    return Check("choice_of_changes", "met", statement)


def _reached_plainly(limit: Limit, scenario: Scenario, forecast: Forecast) -> float:
    """What of a plan is bounded by a limit, in its unit, as the forecast has it."""
    if limit.subject == QUALITY:
        quality = forecast.series("service_quality")[:, limit.month]
        return float(np.quantile(quality, 1.0 - limit.chance))
    if limit.subject == HOURS:
        most = forecast.series("involvement_hours").max(axis=1)
        return float(np.quantile(most, limit.chance))
    if limit.subject == WORST:
        return forecast.headline.worst_case
    if limit.subject == LOSS:
        return float(np.quantile(-forecast.series("cumulative_value")[:, 12], limit.chance))
    return line(scenario.organisation_quantities(), scenario.plan_quantities(), limit.subject)


def _money_adds_up(scenario: Scenario, forecast: Forecast) -> Check:
    """Whether what is spent and saved is what was spent before, in every month of every draw."""
    budgets = scenario.organisation_quantities().budgets
    spent = sum(forecast.series(f"spent_{name}") for name in (*SOURCES, *INSTRUMENTS))
    off = float(np.abs(spent + forecast.series("savings") - sum(budgets)).max())
    return Check(
        "money",
        "met" if off < max(_CENT, 1e-12 * sum(budgets)) else "missed",
        Statement(
            "The money adds up: what is spent and kept is {total} a year, to the cent.",
            {"total": ("money", float(sum(budgets)))},
        ),
    )


def _computed_alike(
    question: Question, fine: Judge, chosen: Candidate, forecast: Forecast
) -> Check:
    """Whether the plain simulation of the plan comes to the value that it was chosen by."""
    plain = forecast.values.net_present_value
    searched = fine.worlds[0].outcomes([chosen.scenario.plan_quantities()])[0].value
    off = float(np.abs(plain - searched).max())
    close = off <= 1e-9 * max(float(np.abs(plain).max()), _CENT)
    return Check(
        "plain",
        "met" if close else "missed",
        Statement(
            "The Simulate page comes to the same: {value} on average.",
            {"value": ("money", float(plain.mean()))},
        ),
    )


def _never_worse(chosen: Candidate, present: Candidate, as_today: Candidate) -> Iterator[Check]:
    for other, said in (
        (present, Statement("In the same cases no worse than the present plan.", {})),
        (as_today, Statement("In the same cases no worse than carrying on.", {})),
    ):
        if other.meets:
            state = "met" if chosen.exact >= other.exact else "missed"
            yield Check(f"not_worse.{other.id}", state, said)  # type: ignore[arg-type]
    if not present.meets:
        yield Check(
            "present_breaks",
            "met",
            Statement("The present plan does not keep to what was asked; it is no candidate.", {}),
        )


def _stands(searched: Searched, chosen: Candidate, *, has_held: bool) -> Check:
    if not searched.stands:
        said = Statement("Not certified: some lever one step up or down may be better.", {})
        return Check("neighbours", "open", said)
    if chosen.id == "proposed" and has_held:
        said = Statement(
            "No neighbour is better among the levers that may move: none of them one step up or "
            "down, no point from one line that may move to another.",
            {},
        )
    elif chosen.id == "proposed":
        said = Statement(
            "No neighbour is better: no lever one step up or down, no point from one line to "
            "another.",
            {},
        )
    else:
        said = Statement("Nothing that was looked at is better.", {})
    return Check("neighbours", "met", said)


def _rounded(searched: Searched) -> Check:
    """What it costs that levers stand where they can be read out."""
    lost = max(searched.peak.exact - searched.on_grid.exact, 0.0)
    return Check(
        "rounded",
        "met",
        Statement(
            "Whole percentages, minutes and months cost {lost} against the very top.",
            {"lost": ("money", lost)},
        ),
    )


def _is_flat(question: Question, searched: Searched, kind: str) -> Check:
    gain = max(searched.slopes.gain, 0.0)
    is_flat = bool(np.isfinite(gain)) and gain <= _FLAT * searched.scale
    if not is_flat:
        return Check(
            "first_order",
            "open",
            Statement(
                "Not certified by slopes: there the surface is not smooth, or small steps could "
                "still bring something.",
                {},
            ),
        )
    if kind == "money":
        said = Statement(
            "At the top: moving every lever that may move a hundredth of its way brings {gain} at "
            "most.",
            {"gain": ("money", gain)},
        )
    else:
        said = Statement("At the top: small moves of the levers bring nothing.", {})
    return Check("first_order", "met", said)


def _agrees(searched: Searched) -> Check:
    """How many climbs from other starts ended as high, in the draws that they were made in."""
    ends = [end for end in searched.ends if not end.violation]
    top = max((end.exact for end in ends), default=0.0)
    same = sum(end.exact >= top - 0.05 * searched.scale for end in ends)
    count = len(searched.ends)
    values: dict[str, tuple[Kind, StatedValue]] = {
        "same": ("count", same),
        "count": ("count", count),
    }
    if same > _MOST * count:
        said = Statement(
            "{same} of {count} searches from other starts ended as high: most ways up lead to it.",
            values,
        )
        return Check("restarts", "met", said)
    said = Statement(
        "Only {same} of {count} searches from other starts ended as high; the others stopped "
        "lower. There are several tops, and a higher one may have been missed.",
        values,
    )
    return Check("restarts", "open", said)


def _beats_random(searched: Searched, chosen: Candidate, kind: str) -> Check:
    gap = chosen.exact - searched.random.exact
    count = ("count", searched.randoms)
    if searched.random.violation:
        said = Statement(
            "None of {count} plans taken at random keeps to what was asked.",
            {"count": count},  # type: ignore[dict-item]
        )
        return Check("random", "met", said)
    if kind == "money":
        said = Statement(
            "The best of {count} plans taken at random brings {gap} less.",
            {"count": count, "gap": ("money", max(gap, 0.0))},  # type: ignore[dict-item]
        )
    else:
        said = Statement(
            "None of {count} plans taken at random is better.",
            {"count": count},  # type: ignore[dict-item]
        )
    return Check("random", "met" if gap >= 0.0 else "missed", said)


def _limits_in_fresh_draws(margins: FloatArray) -> Iterator[Check]:
    """Whether limits hold in draws that they were not kept in; by a thousandth of their scale."""
    if not len(margins):
        return
    if float(margins.min()) >= -_FRESH_ROOM:
        yield Check(
            "limits_fresh", "met", Statement("What has to hold holds in fresh cases, too.", {})
        )
    else:
        yield Check(
            "limits_fresh",
            "open",
            Statement("In fresh cases not all of it holds to the letter: leave some room.", {}),
        )


def _holds_in_fresh_draws(question: Question, chosen: Judged, gain: Gain, kind: str) -> Check:
    """What is left of it in draws that it was not chosen by."""
    values = {"inside": (kind, chosen.worth), "fresh": (kind, chosen.fresh)}
    said = Statement(
        "In fresh cases, which it was not chosen by: {fresh}; in those that it was chosen by: "
        "{inside}.",
        values,  # type: ignore[arg-type]
    )
    holds = chosen.candidate.id != "proposed" or gain.mean > 0.0 or question.objective != "mean"
    return Check("fresh", "met" if holds else "missed", said)

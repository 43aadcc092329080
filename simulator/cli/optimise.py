"""``optimise``: the best plan for a question, with its proof; as text or JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from simulator.cli import numbers
from simulator.cli.analyses import add_cluster, stated
from simulator.cli.input import load_or_refuse
from simulator.cli.options import (
    FILE_HELP,
    Commands,
    Parser,
    add_command,
    add_draws,
    add_out,
    refuse_too_many,
)
from simulator.cli.output import (
    VERSIONS,
    WIDTH,
    as_json,
    emit,
    empty_table,
    encoding_of,
    estimate_json,
    finite_or_none,
    output_file,
    rendered,
)
from simulator.cli.refusal import Refusal, harmless
from simulator.cli.words import words_of
from simulator.version import MODEL_VERSION

if TYPE_CHECKING:
    from rich.table import Table

    from simulator.optimise import Answer, Infeasible, Question, Study
    from simulator.optimise.answer import Gain, Judged
    from simulator.optimise.frontier import Step
    from simulator.optimise.timing import Timing
    from simulator.scenario import Scenario

FEWEST_DRAWS, MOST_DRAWS = 32, 20_000


def add_optimise(commands: Commands) -> None:
    """The command ``optimise``."""
    parser = add_command(
        commands, "optimise", _optimise, "find the best plan for a question, and prove it"
    )
    parser.add_options = _add_options


def _add_options(parser: Parser) -> None:
    from simulator.optimise import DRAWS, OBJECTIVES
    from simulator.optimise.frontier import CALLED
    from simulator.optimise.question import LEVER_NAMES, LIMIT_LABELS
    from simulator.scenario.levers import GROUPS

    parser.add_argument("file", metavar="FILE", help=FILE_HELP)
    parser.add_argument(
        "--objective",
        choices=tuple(OBJECTIVES),
        default="mean",
        metavar="O",
        help="what is better: "
        + "; ".join(f"{objective.id}: {objective.help}" for objective in OBJECTIVES.values())
        + " (default: mean)",
    )
    parser.add_argument(
        "--target", type=_amount, metavar="X", help="the value of target and cheapest, currency"
    )
    parser.add_argument(
        "--move",
        action="append",
        default=[],
        metavar="LEVER[=LOW..HIGH]",
        help=f"a lever that may move, again for more: {', '.join((*GROUPS, *LEVER_NAMES))} "
        "(default: all)",
    )
    parser.add_argument(
        "--constraint",
        action="append",
        default=[],
        metavar="LIMIT",
        help="what has to hold, again for more: training>=300000, "
        "service_quality>=0.6@12:0.9 (at month 12, in 90 %% of the draws), hours<=9000:0.9, "
        "first_year_loss<=100000:0.9, worst_tenth>=-50000, changes<=3; "
        f"of {', '.join(LIMIT_LABELS)}",
    )
    add_draws(
        parser,
        FEWEST_DRAWS,
        f"{FEWEST_DRAWS} to {MOST_DRAWS:,}",
        DRAWS,
        "draws in which plans are compared",
    )
    parser.add_argument(
        "--frontier",
        action="append",
        default=[],
        choices=tuple(CALLED),
        metavar="OTHER",
        help=f"also: plans with less and less value and more of something else, again for more: "
        f"{', '.join(CALLED)}",
    )
    parser.add_argument(
        "--timing",
        action="store_true",
        help="also: the proposed plan begun sooner or later, all at once or bit by bit",
    )
    add_cluster(parser, "the runs")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="(default: text)"
    )
    parser.add_argument("--plan", metavar="PATH", help="write the proposed scenario to this file")
    add_out(parser)


def _amount(text: str) -> float:
    try:
        amount = float(text)
    except ValueError:
        amount = float("nan")
    if not abs(amount) <= 1e15:
        shown = text if len(text) < 60 else f"{text[:59]}..."
        raise argparse.ArgumentTypeError(f"found {shown!r}, allowed an amount")
    return amount


def _optimise(options: argparse.Namespace) -> int:
    """Done, also if no plan meets all limits: that is an answer."""
    from simulator import engine
    from simulator.analyses.cluster import on_cluster
    from simulator.optimise import Infeasible, Study
    from simulator.scenario import ScenarioError, save

    scenario = load_or_refuse(options.file)
    target = output_file(options.out, options.file)
    plan = output_file(options.plan, options.file)
    refuse_too_many(options.draws, scenario.horizon_months, 1, "optimise")
    engine.prepare()
    try:
        study = Study(scenario, _question(options), options.draws)
        with on_cluster(options.cluster) if options.cluster else nullcontext():
            _run(study)
            more = _More.of(study, options)
    except ScenarioError as error:
        raise Refusal(*(f"{problem}" for problem in error.problems)) from None
    answer = study.answer
    if answer is None:
        raise AssertionError("a study without an answer")
    if options.format == "json":
        content = as_json({**VERSIONS, **_content(answer, study.question), **more.content()})
    else:
        parts = chain(_texts(answer, scenario, study.question, options.draws), more.texts())
        content = rendered(parts, WIDTH, encoding_of(target))
    emit(content, target)
    if plan is not None and not isinstance(answer, Infeasible):
        save(answer.chosen.candidate.scenario, plan)
    return 0


def _question(options: argparse.Namespace) -> Question:
    from simulator.optimise import Question, read_limit, read_move

    return Question(
        options.objective,
        options.target,
        tuple(move for text in options.move for move in read_move(text)),
        tuple(read_limit(text) for text in options.constraint),
    )


def _run(study: Study) -> None:
    """All of the study; on a terminal with a bar."""
    if not sys.stderr.isatty():
        for _ in study.run():
            pass
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Searching", total=study.total)
        for _ in study.run():
            bar.update(task, completed=study.done, total=study.total)


@dataclass(frozen=True)
class _More:
    """What else was asked for beside the answer."""

    study: Study
    frontiers: Mapping[str, Sequence[Step]]
    """By short name."""
    timings: Sequence[Timing]

    @classmethod
    def of(cls, study: Study, options: argparse.Namespace) -> _More:
        """Nothing where no plan meets all limits."""
        from simulator.optimise import Infeasible
        from simulator.optimise.frontier import CALLED, frontier
        from simulator.optimise.timing import timings

        if isinstance(study.answer, Infeasible) or study.fine is None:
            return cls(study, {}, ())
        names = dict.fromkeys(options.frontier)
        return cls(
            study,
            {name: frontier(study, CALLED[name]) for name in names},
            timings(study, study.fine) if options.timing else (),
        )

    def texts(self) -> Iterator[str | Table]:
        """A table of each."""
        from simulator.optimise.frontier import CALLED, LESS_THAN
        from simulator.optimise.question import LIMIT_LABELS, QUALITY

        for name, steps in self.frontiers.items():
            yield ""
            label = LIMIT_LABELS[CALLED[name]]
            table = empty_table(f"Value against {name}, fresh draws", "Mean value", label)
            for number, step in enumerate(steps, 1):
                is_share = CALLED[name] == QUALITY
                level = numbers.percent(step.level) if is_share else numbers.short(step.level)
                table.add_row(f"Plan {number}", numbers.short(step.mean), level)
            yield table
            for less_than, said in LESS_THAN.items():
                among = [
                    f"Plan {number}"
                    for number, step in enumerate(steps, 1)
                    if step.less_than == less_than
                ]
                if among:
                    yield f"{', '.join(among)}: {said}."
        if self.timings:
            yield ""
            yield self._timing_table()

    def _timing_table(self) -> Table:
        """Starts down, ramps across; what does not keep to all limits in brackets."""
        ramps = sorted({row.ramp for row in self.timings})
        table = empty_table(
            "Mean value, fresh draws; begun in", *(f"over {ramp}" for ramp in ramps)
        )
        for start in sorted({row.start for row in self.timings}):
            means = {row.ramp: row for row in self.timings if row.start == start}
            cells = [
                numbers.short(means[ramp].mean)
                if means[ramp].meets
                else f"({numbers.short(means[ramp].mean)})"
                for ramp in ramps
            ]
            table.add_row(f"Month {start}", *cells)
        return table

    def content(self) -> dict[str, Any]:
        """The same for JSON."""
        from simulator.optimise.timing import best_of_timings

        content: dict[str, Any] = {}
        if self.frontiers:
            content["frontiers"] = {
                name: [
                    {
                        "mean": step.mean,
                        "level": step.level,
                        "less_than": step.less_than or None,
                        "scenario": _plan_of(step.scenario),
                    }
                    for step in steps
                ]
                for name, steps in self.frontiers.items()
            }
        if self.timings:
            best = best_of_timings(self.study, self.timings)
            rows = [
                {
                    "start_month": row.start,
                    "ramp_months": row.ramp,
                    "objective": finite_or_none(row.worth),
                    "mean": row.mean,
                    "meets_constraints": row.meets,
                }
                for row in self.timings
            ]
            content["timing"] = {
                "best": rows[self.timings.index(best)] if best else None,
                "rows": rows,
            }
        return content


# --- text ----------------------------------------------------------------------------------------

_SIGNS = {"met": "yes ", "missed": "NO  ", "open": "open"}


def _texts(
    answer: Answer | Infeasible, scenario: Scenario, question: Question, draws: int
) -> Iterator[str | Table]:
    from simulator.optimise import OBJECTIVES, Infeasible, words

    currency = scenario.organisation.currency
    yield harmless(scenario.name)
    yield (
        f"{harmless(scenario.organisation.name)}; {draws:,} draws, "
        f"{scenario.horizon_months} months, {currency}, seed {scenario.seed}, model {MODEL_VERSION}"
    )
    yield f"Asked for: {OBJECTIVES[question.objective].help}"
    for limit in question.limits:
        yield f"  {limit.text}"
    yield ""
    if isinstance(answer, Infeasible):
        yield from (stated(statement, currency) for statement in words.conflicts(answer))
        return
    for group in (words.sentence(answer), words.cautions(answer)):
        yield from (stated(statement, currency) for statement in group)
    yield ""
    yield _levers(answer, scenario)
    yield ""
    yield _plans(answer)
    yield ""
    yield "Proof"
    for check in answer.checks:
        yield f"  {_SIGNS[check.state]}  {stated(check.said, currency)}"
    changes = [*words.prices(answer), *words.flips(answer), *words.waiting(answer)]
    if changes:
        yield ""
        yield "What would change it"
        yield from (f"  {stated(statement, currency)}" for statement in changes)
    if answer.marginals:
        yield ""
        yield "One unit of money more, beyond what it costs"
        for marginal in answer.marginals:
            yield f"  {marginal.line:<16}{marginal.net:+.2f}" + "  held" * marginal.is_held


def _levers(answer: Answer, scenario: Scenario) -> Table:
    """Where each lever that may move goes."""
    from simulator.scenario.levers import LEVERS

    called = words_of([scenario])
    table = empty_table("Lever", "Proposed", "Present", "Today")
    for path, values in answer.moved.items():
        is_share = LEVERS[path].number.most == 1
        has_today = path.startswith(("plan.involvement.", "plan.")) and "split" not in path
        written = [numbers.percent(value) if is_share else f"{value:g}" for value in values]
        table.add_row(called(LEVERS[path].label), *written[:2], written[2] if has_today else "-")
    return table


def _plans(answer: Answer) -> Table:
    """The plans side by side, in fresh draws."""
    from simulator.optimise.words import PLANS
    from simulator.results import precision

    table = empty_table("Plan, fresh draws", "Asked for", "Mean", "P10", "P50", "P90", "Better in")
    for plan in (answer.chosen, answer.present, answer.carrying_on, *answer.options):
        shown = precision.shown(plan.value)
        worth = numbers.short(plan.fresh) if abs(plan.fresh) >= 10 else f"{plan.fresh:.2f}"
        table.add_row(
            PLANS[plan.candidate.id],
            worth,
            *(numbers.short(value) for value in (plan.mean, shown.low, shown.central, shown.high)),
            numbers.probability_text(plan.better),
        )
    return table


# --- JSON ----------------------------------------------------------------------------------------


def _content(answer: Answer | Infeasible, question: Question) -> dict[str, Any]:
    from simulator.optimise import Infeasible

    asked = {
        "objective": question.objective,
        "target": question.target,
        "moves": [move.path for move in question.free],
        "constraints": [limit.text for limit in question.limits],
    }
    if isinstance(answer, Infeasible):
        conflicts = [
            {
                "constraint": conflict.limit.text if conflict.limit else "objective",
                "best": conflict.best,
            }
            for conflict in answer.conflicts
        ]
        return {"question": asked, "feasible": False, "conflicts": conflicts}
    return {
        "question": asked,
        "feasible": True,
        "verdict": answer.verdict,
        "certified": answer.is_certified,
        "draws": answer.draws,
        "fresh_draws": answer.fresh_draws,
        "plans": {
            judged.candidate.id: _plan(judged)
            for judged in (answer.chosen, answer.present, answer.carrying_on, *answer.options)
        },
        "levers": {
            path: {"proposed": proposed, "present": present, "today": today}
            for path, (proposed, present, today) in answer.moved.items()
        },
        "gain": {
            "over_present": _gain(answer.over_present),
            "over_carrying_on": _gain(answer.over_carrying_on),
        },
        "proof": {check.id: check.state for check in answer.checks},
        "weak_evidence_share": answer.weak,
        "at_an_end": list(answer.edges),
        "held": dict(answer.held),
        "flips": [
            {
                "assumption": flip.assumption,
                "grade": flip.grade,
                "quarter": "highest" if flip.is_high else "lowest",
                "bound": flip.bound,
                "better": flip.rival,
                "by": flip.lost,
            }
            for flip in answer.flips
        ],
        "shadow_prices": {price.limit.text: price.worth for price in answer.prices},
        "later": {str(months): more for months, more in answer.waiting.items()},
        "marginal_returns": {marginal.line: marginal.net for marginal in answer.marginals},
    }


def _plan_of(scenario: Scenario) -> dict[str, Any]:
    content: dict[str, Any] = scenario.plan.model_dump(mode="json")
    return content


def _plan(plan: Judged) -> dict[str, Any]:
    return {
        "meets_constraints": plan.candidate.meets,
        "objective": finite_or_none(plan.worth),
        "objective_fresh": finite_or_none(plan.fresh),
        "value": {"mean": plan.mean, **estimate_json(plan.value)},
        "probability_better": plan.better,
        "scenario": _plan_of(plan.candidate.scenario),
    }


def _gain(gain: Gain) -> dict[str, Any]:
    return {
        "mean": gain.mean,
        "standard_error": gain.error,
        **estimate_json(gain.value),
        "probability_more": gain.better,
    }

"""``run``: one scenario, simulated; as text, JSON or CSV."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import simulator
from simulator.cli import numbers
from simulator.cli.analyses import AnalysisRequest, add_analyses, add_cluster, as_text, requested
from simulator.cli.input import load_or_refuse
from simulator.cli.options import (
    FILE_HELP,
    MOST_DRAWS,
    Commands,
    Parser,
    add_command,
    add_draws,
    add_out,
    refuse_too_many,
    whole_number,
)
from simulator.cli.output import (
    VERSIONS,
    WIDTH,
    as_csv,
    as_json,
    emit,
    empty_table,
    encoding_of,
    estimate_json,
    finite_or_none,
    output_file,
    progress_bar,
    rendered,
)
from simulator.cli.refusal import Refusal, harmless
from simulator.cli.words import words_of
from simulator.version import MODEL_VERSION

if TYPE_CHECKING:
    from rich.table import Table

    from simulator.analyses.base import Result
    from simulator.results import Estimate, Figure, Headline, Unit
    from simulator.scenario import Scenario


@dataclass(frozen=True, slots=True)
class _Job:
    """What ``run`` was asked to do."""

    scenario: Scenario
    source: str
    """The file, as it was given."""
    draws: int
    encoding: str
    """Of text."""
    analyses: tuple[AnalysisRequest, ...]
    """What else is to be told."""
    results: list[Result] = field(default_factory=list)
    """What the analyses came to, once they are told."""

    def analysed(self) -> Iterator[tuple[AnalysisRequest, Result]]:
        """Each analysis, and what it finds."""
        for request in self.analyses:
            result = request.run(self.scenario, self.draws)
            self.results.append(result)
            yield request, result


def headline_of(scenario: Scenario, draws: int) -> Headline:
    """The headline of a scenario; long work shows a bar on stderr."""
    from simulator import results

    with progress_bar(draws) as progress:
        return results.headline(scenario, draws, progress=progress)


def _verdict_text(job: _Job, headline: Headline) -> str:
    from simulator.results import NOTHING_CHANGED

    if headline.verdict == NOTHING_CHANGED:
        months = job.scenario.horizon_months
        return f"Nothing is changed within {months} months: the same as carrying on."
    if job.draws == 1:
        worth = headline.net_present_value.central
        amount = numbers.money(abs(worth), job.scenario.organisation.currency)
        side = "more" if worth > 0.0 else "less"
        return f"With central values the plan is worth {amount} {side} than carrying on."
    cases = numbers.cases_text(headline.probability_better, job.draws)
    words = headline.verdict.capitalize()
    return f"{words}: {cases} it beats carrying on."


def _horizon_text(job: _Job) -> list[str]:
    """What the horizon does to the verdict, if anything."""
    from simulator.i18n.language import ENGLISH
    from simulator.results import chance_by_year
    from simulator.results.years import horizon_words

    with progress_bar(job.draws) as progress:
        years = chance_by_year(job.scenario, job.draws, progress=progress)
    words = horizon_words(years, ENGLISH)
    return [words] if words else []


def _stages_text(job: _Job) -> Iterator[str]:
    """What becomes of a plan in stages: of the ways that its rule leaves open."""
    from simulator.i18n.language import ENGLISH
    from simulator.results.stages import taken_shares

    stages = job.scenario.plan.stages
    if stages is None:
        return
    first, month = numbers.percent(stages.first_depth), stages.review_month
    yield f"In stages: {first} of it at first; decided in month {month}."
    if len(stages.ways) == 1:
        yield f"Then it {_WAYS[stages.ways[0]]}, whatever happens."
    elif job.draws > 1:
        shares = taken_shares(job.scenario, job.draws)
        cases = {way: numbers.cases_text(shares[way], job.draws) for way in stages.ways}
        yield f"Then it {ENGLISH.listed(f'{_WAYS[way]} {text}' for way, text in cases.items())}."


def _doubts_text(job: _Job) -> Iterator[str]:
    """What hardly goes together in the organisation, and what the plan asks too much of."""
    from simulator.i18n.language import ENGLISH
    from simulator.scenario.plausibility import noted

    for doubt in noted(job.scenario.organisation, ENGLISH, job.scenario.plan):
        yield f"Note: {doubt['text']}"


_WAYS = {"on": "goes on", "stay": "stays as it is", "back": "goes back"}
"""What becomes of a plan after its review."""


Cells = Callable[["Estimate", Callable[[float], str]], list[str]]
"""From an estimate, and how its numbers are written, to the cells of a row."""


def _run_text(job: _Job) -> bytes:
    headline, scenario = headline_of(job.scenario, job.draws), job.scenario
    currency, horizon = scenario.organisation.currency, scenario.horizon_months
    single = job.draws == 1
    columns = ("Central",) if single else ("P10", "P50", "P90")

    def cells(figure: Estimate, written: Callable[[float], str]) -> list[str]:
        ends = (figure.central,) if single else (figure.low, figure.central, figure.high)
        return [written(value) for value in ends]

    how = "central values" if single else f"{job.draws:,} draws"
    seed = "" if single else f", seed {scenario.seed}"
    parts: list[str | Table] = [
        harmless(scenario.name),
        f"{harmless(scenario.organisation.name)}; {how}, {horizon} months, {currency}{seed}, "
        f"model {MODEL_VERSION}",
        "",
        _verdict_text(job, headline),
        *([] if single else _horizon_text(job)),
        *_stages_text(job),
        *_doubts_text(job),
        "",
        _value_table(job, headline, columns, cells),
        "",
    ]
    if not single:
        parts += _counted_lines(headline, scenario)
        parts += ["P10: one draw in ten is below. P50: the median. P90: one in ten is above.", ""]
    parts.append(_end_table(job, headline, columns, cells))
    for request, result in job.analysed():
        parts += ["", *as_text(request, result, currency, columns, single=single)]
    return rendered(parts, WIDTH, job.encoding)


def _counted_lines(headline: Headline, scenario: Scenario) -> Iterator[str]:
    """The figures that are one number over all draws, but for that of the verdict."""
    from simulator.results import FIGURES, precision

    for figure in FIGURES.values():
        value = headline.estimate(figure).central
        if figure.kind == "money":
            value = precision.shown_value(value, headline.error(figure), is_middle=False)
        text = _figure_writer(figure, scenario)(value)
        match figure.id:
            case "worst_case":
                yield f"{figure.label}: {text} (CVaR 10 %)."
            case "probability_payback" if not math.isnan(value):
                label = FIGURES["payback_month"].label
                cases = numbers.cases_text(value, headline.draws)
                yield f"{label}: {cases} within {scenario.horizon_months} months."
            case "probability_better" | "probability_payback":
                pass
            case _ if figure.over_draws:
                yield f"{figure.label}: {text}."


def _value_table(job: _Job, headline: Headline, columns: Sequence[str], cells: Cells) -> Table:
    """The figures over the horizon."""
    from simulator.results import FIGURES, precision

    table = empty_table("Over the horizon", *columns)
    for figure in FIGURES.values():
        if figure.in_draws:
            written = _figure_writer(figure, job.scenario)
            estimate = headline.estimate(figure)
            shown = estimate if figure.kind == "month" else precision.shown(estimate)
            table.add_row(figure.label, *cells(shown, written))
    return table


def _month(value: float, horizon: int) -> str:
    text = numbers.month(value, horizon)
    return f"month {text}" if math.isfinite(value) else text


def _figure_writer(figure: Figure, scenario: Scenario) -> Callable[[float], str]:
    """How a figure is written."""
    match figure.kind:
        case "money":
            return lambda value: numbers.money(value, scenario.organisation.currency)
        case "month":
            return lambda value: _month(value, scenario.horizon_months)
        case "share":
            return numbers.probability_text
    return numbers.percent if figure.in_percent else numbers.per_unit


def _end_table(job: _Job, headline: Headline, columns: Sequence[str], cells: Cells) -> Table:
    """Outcomes in the last month, with the plan and without."""
    from simulator.results import AT_HORIZON, OUTCOMES

    table = empty_table(
        f"In month {job.scenario.horizon_months}",
        *(f"Plan\n{column}" for column in columns),
        *(f"Without\n{column}" for column in columns),
    )
    words = words_of([job.scenario])
    for name in AT_HORIZON:
        outcome, change = OUTCOMES[name], headline.at_horizon[name]
        note, written = _end_writer(outcome.unit, job.scenario.organisation.currency)
        table.add_row(
            words(outcome.label) + note,
            *cells(change.plan, written),
            *cells(change.baseline, written),
        )
    return table


def _end_writer(unit: Unit, currency: str) -> tuple[str, Callable[[float], str]]:
    """What follows the label of an outcome, and how its values are written."""
    match unit.kind:
        case "money":
            return f", {currency}", numbers.short
        case "share":
            return unit.removeprefix("share"), lambda share: numbers.percent(share, 1)
    return "" if unit is unit.HEADS else f", {unit}", numbers.heads


def _run_json(job: _Job) -> bytes:
    headline, scenario = headline_of(job.scenario, job.draws), job.scenario
    analyses = {request.command.flag: result.as_dict() for request, result in job.analysed()}
    return as_json(
        {
            **analyses,
            **VERSIONS,
            "scenario": {"name": scenario.name, "file": None if job.source == "-" else job.source},
            "draws": job.draws,
            "seed": scenario.seed,
            "horizon_months": scenario.horizon_months,
            "currency": scenario.organisation.currency,
            **_stages_json(job),
            **_doubts_json(job),
            **dict(_figures_json(headline)),
            "at_horizon": {
                name: {
                    "plan": estimate_json(change.plan),
                    "baseline": estimate_json(change.baseline),
                    "difference": estimate_json(change.difference),
                    "probability_higher": finite_or_none(change.probability_higher),
                }
                for name, change in headline.at_horizon.items()
            },
        }
    )


def _stages_json(job: _Job) -> dict[str, object]:
    """The stages of a plan that has some, and how often each branch is taken."""
    from simulator.results.stages import taken_shares

    stages = job.scenario.plan.stages
    if stages is None:
        return {}
    taken = dict(taken_shares(job.scenario, job.draws))
    return {"stages": {**stages.model_dump(), "taken": taken}}


def _doubts_json(job: _Job) -> dict[str, object]:
    """What hardly goes together in the organisation or is too much in the plan, if anything is."""
    from simulator.i18n.language import ENGLISH
    from simulator.scenario.plausibility import noted

    doubts = noted(job.scenario.organisation, ENGLISH, job.scenario.plan)
    return {"doubts": doubts} if doubts else {}


_KEYS = {"worst_case": "worst_case_mean"}
"""What figures are called in format 1 of the output where that is not their id."""


def _figures_json(headline: Headline) -> Iterator[tuple[str, object]]:
    """The figures, and the verdict behind its probability."""
    from simulator.results import FIGURES, Estimate

    for name in FIGURES:
        value = headline[name]
        known = estimate_json(value) if isinstance(value, Estimate) else finite_or_none(value)
        yield _KEYS.get(name, name), known
        if name == "probability_better":
            yield "verdict", headline.verdict


_BANDS = ("p10", "p50", "p90")


CSV_HEADER = (
    "month",
    "outcome",
    "unit",
    *(f"{side}_{band}" for side in ("plan", "baseline") for band in _BANDS),
)


def _run_csv(job: _Job) -> bytes:
    forecast = simulator.simulate(job.scenario, job.draws)

    def rows() -> Iterator[Sequence[object]]:
        for outcome in simulator.OUTCOMES.values():
            unit = outcome.unit.replace("currency", job.scenario.organisation.currency)
            plan = forecast.band(outcome.id).T.tolist()
            baseline = forecast.band(outcome.id, baseline=True).T.tolist()
            for month, both in enumerate(zip(plan, baseline, strict=True)):
                bands = (
                    "" if finite_or_none(value) is None else value
                    for side in both
                    for value in side
                )
                yield (month, outcome.id, unit, *bands)

    return as_csv(CSV_HEADER, rows())


def add_run(commands: Commands) -> None:
    """The command ``run``."""
    parser = add_command(
        commands, "run", _run, "simulate a scenario and give the headline outcomes"
    )
    parser.add_options = _add_options


def _add_options(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", help=FILE_HELP)
    add_draws(parser, 1, f"1 to {MOST_DRAWS:,}; 1: central values")
    parser.add_argument(
        "--months",
        type=whole_number(12, 120),
        metavar="M",
        help="horizon, 12 to 120 months (default: the scenario's)",
    )
    parser.add_argument(
        "--seed",
        type=whole_number(0, 2**31 - 1),
        metavar="S",
        help="seed of the draws, 0 to 2147483647 (default: the scenario's)",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "csv"),
        default="text",
        help="text: a table; json: the same for programs; csv: the monthly series (default: text)",
    )
    parser.add_argument(
        "--plan",
        metavar="PATH",
        help="with --pilot: write the scenario, in the stages that it found, to this file",
    )
    add_analyses(parser)
    add_cluster(parser)
    add_out(parser)


def _run(options: argparse.Namespace) -> int:
    target = output_file(options.out, options.file)
    overrides = {
        field: value
        for field, value in (("horizon_months", options.months), ("seed", options.seed))
        if value is not None
    }
    plan = output_file(options.plan, options.file)
    job = _Job(
        _changed(load_or_refuse(options.file), overrides),
        options.file,
        options.draws,
        encoding_of(target),
        requested(options),
    )
    months = job.scenario.horizon_months
    for request in job.analyses:
        flag = f"--{request.command.flag}"
        if options.format == "csv":
            raise Refusal(f"argument {flag}: found --format csv, allowed text or json")
        refuse_too_many(job.draws, months, 1, flag)
    if plan is not None and not options.pilot:
        raise Refusal("argument --plan: found no --pilot, allowed with --pilot")
    if options.format == "csv":
        refuse_too_many(job.draws, months, 1, "--format csv")
    content = {"text": _run_text, "json": _run_json, "csv": _run_csv}[options.format]

    from simulator import engine

    engine.prepare()
    emit(content(job), target)
    if plan is not None:
        _write(job, plan)
    return 0


def _changed(scenario: Scenario, overrides: Mapping[str, int]) -> Scenario:
    from simulator.scenario import ScenarioError

    try:
        return scenario.changed(**overrides) if overrides else scenario
    except ScenarioError as error:
        raise Refusal(*map(str, error.problems)) from None


def _write(job: _Job, plan: Path) -> None:
    """The scenario in the stages that were found."""
    from simulator.analyses.pilot import Pilot
    from simulator.scenario import save

    pilot = next(result for result in job.results if isinstance(result, Pilot))
    save(job.scenario.changed(**{"plan.stages": pilot.stages}), plan)

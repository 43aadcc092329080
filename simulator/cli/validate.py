"""``validate``: the published cases, run and judged."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from simulator.cli import numbers
from simulator.cli.options import Commands, Parser, add_command, add_draws, refuse_too_many
from simulator.cli.output import (
    VERSIONS,
    WIDTH,
    as_json,
    emit,
    empty_table,
    encoding_of,
    rendered,
)
from simulator.version import MODEL_VERSION

if TYPE_CHECKING:
    from rich.table import Table

    from simulator.validation import Band, Comparison, Outcome, Report

LEAST_DRAWS = 20
"""Fewer have no P5."""
MONTHS = 60
"""How far the cases look ahead."""
TOGETHER = 2
"""Scenarios of one case, which are in memory together."""


def add_validate(commands: Commands) -> None:
    """The command ``validate``."""
    parser = add_command(commands, "validate", _validate, "check the model against published cases")
    parser.add_options = _add_options


def _add_options(parser: Parser) -> None:
    add_draws(parser, LEAST_DRAWS, f"from {LEAST_DRAWS} on")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")


def _validate(options: argparse.Namespace) -> int:
    """Done, whatever came of it: a figure that is missed is a finding and no error."""
    from simulator.validation import validate

    refuse_too_many(options.draws, MONTHS, TOGETHER, "validate")
    report = validate(options.draws)
    if options.json:
        emit(as_json(_content(report)))
    else:
        emit(rendered(_text(report), WIDTH, encoding_of(None)))
    return 0


# --- text ----------------------------------------------------------------------------------------


def _text(report: Report) -> list[str | Table]:
    from simulator.validation import Verdict

    parts: list[str | Table] = [
        f"Checked against the world; {report.draws:,} draws, model {MODEL_VERSION}",
        "",
        f"Of {len(report.outcomes)} published figures of {len(report.by_case)} cases the model",
        f"agrees with {report.count(Verdict.AGREES)} and differs from "
        f"{report.count(Verdict.DIFFERS)}; {report.count(Verdict.NOT_COMPARABLE)} cannot be "
        "compared and count as",
        "not passed.",
        f"Of {report.more_changed} more changed than the model says in 19 of 20 draws.",
        f"Of those that agree, {report.known_before} stand among the register's own sources.",
    ]
    for case, outcomes in report.by_case.items():
        table = empty_table("Figure", "Published", "P5", "P50", "P95", "Widest", "Verdict")
        table.columns[0].no_wrap = False
        table.columns[-1].justify = "left"
        for outcome in outcomes:
            table.add_row(*_cells(outcome))
        parts += ["", case.title, "", table]
        parts += [f"  {line}" for outcome in outcomes for line in _notes(outcome)]
    parts += [
        "",
        "Agrees: the published figure lies between P5 and P95, the band is no wider",
        "than was stated before the model was run, and no other case's figure would pass.",
    ]
    return parts


def _cells(outcome: Outcome) -> list[str]:
    comparison, band = outcome.comparison, outcome.band
    ends = (band.low, band.central, band.high) if band else (None, None, None)
    return [
        comparison.label,
        *(_percent(value) for value in (comparison.published, *ends)),
        "-" if comparison.widest is None else f"{100.0 * comparison.widest:.1f}",
        outcome.verdict,
    ]


def _percent(value: float | None) -> str:
    return "-" if value is None else numbers.percent(value, 1)


def _notes(outcome: Outcome) -> list[str]:
    """Why a figure is not passed, and what that means."""
    comparison, judgement = outcome.comparison, outcome.judgement
    if judgement is None:
        return [f"{comparison.id}: {comparison.not_comparable}"]
    reasons = {
        "not within P5 to P95": judgement.inside,
        "band too wide": judgement.narrow,
        "another case's figure would pass": judgement.tells_apart,
    }
    missing = [reason for reason, holds in reasons.items() if not holds]
    if not missing:
        return []
    return [f"{comparison.id}: {'; '.join(missing)}. {comparison.if_missed}"]


# --- JSON ----------------------------------------------------------------------------------------


def _content(report: Report) -> dict[str, Any]:
    from simulator.validation import Verdict

    return {
        **VERSIONS,
        "draws": report.draws,
        "agrees": report.count(Verdict.AGREES),
        "differs": report.count(Verdict.DIFFERS),
        "not_comparable": report.count(Verdict.NOT_COMPARABLE),
        "more_changed": report.more_changed,
        "cases": [
            {
                "id": case.id,
                "title": case.title,
                "happened": case.happened,
                "inputs": [row.model_dump() for row in case.inputs],
                "sources": [source.model_dump(mode="json") for source in case.sources],
                "comparisons": [_comparison(outcome) for outcome in outcomes],
            }
            for case, outcomes in report.by_case.items()
        ],
    }


def _comparison(outcome: Outcome) -> dict[str, Any]:
    judgement = outcome.judgement
    return {
        **_stated(outcome.comparison),
        **_band(outcome.band),
        "inside": judgement and judgement.inside,
        "narrow": judgement and judgement.narrow,
        "tells_apart": judgement and judgement.tells_apart,
        "verdict": outcome.verdict.value,
    }


def _stated(comparison: Comparison) -> dict[str, Any]:
    """What was stated before the model was run."""
    return comparison.model_dump(mode="json")


def _band(band: Band | None) -> dict[str, float | None]:
    return {
        "p5": band.low if band else None,
        "p50": band.central if band else None,
        "p95": band.high if band else None,
    }

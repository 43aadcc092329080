"""The command line, ``python -m simulator``; what it prints is documented in ``docs/CLI.md``."""

from __future__ import annotations

import argparse
import csv
import io
import itertools
import json
import math
import os
import re
import secrets
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import simulator
from simulator.version import MODEL_VERSION

if TYPE_CHECKING:
    from rich.table import Table

    from simulator.analyses.comparison import Caveat, Comparison
    from simulator.analyses.leave_one_out import Dropped
    from simulator.results import Estimate, Headline
    from simulator.scenario import EstimateInput, ResultsInput, Scenario, ScenarioError

FORMAT = 1
"""Version of the JSON output; goes up when a key changes its meaning or disappears."""

DRAWS = 1024
"""The default of ``--draws``. Repeats ``outcomes.DEFAULT_DRAWS``, whose import takes a second;
``tests/test_cli.py`` proves that they agree."""

MEASURES = ("value", "value_per_customer", "value_per_employee", "value_per_money_moved")
"""What scenarios can be ranked by. Repeats ``comparing.MEASURES``, for the same reason."""

MOST_DRAWS = 1_000_000
LONG_WORK = 4096
"""Draws from which a progress bar is worth it."""

SERIES_LIMIT = 1_200_000
"""Draws times months for which every month is kept in memory: about 1.7 GB."""

WIDTH = 80
WIDEST = 1000
WHOLE_ROW = 150
"""Columns that a row of the register takes."""

DRAFT_SUFFIX = ".tmp"

USAGE_ERROR = 2
PROBLEMS_FOUND = 1
INTERRUPTED = 130
BROKEN_PIPE = 141
"""As the shell reports a program that a closed pipe or Ctrl-C ended: 128 and the signal."""


class Refusal(Exception):
    """What the user asked cannot be done; one line on stderr for each argument."""


# --- text that is safe to print ------------------------------------------------------------------

_JOINERS = "\u200c\u200d"
"""Parts of words in some scripts, and of emoji: harmless."""


def harmless(text: str) -> str:
    """``text`` with all that could command a terminal, or reorder what it shows, written out."""
    return "".join(
        sign.encode("unicode_escape").decode("ascii")
        if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and sign not in _JOINERS
        else sign
        for sign in text
    )


def _complain(line: str) -> None:
    print(f"simulator: error: {harmless(line)}", file=sys.stderr)


def _problem_lines(name: str, error: ScenarioError) -> list[str]:
    """Every problem of the file ``name`` on a line of its own that starts with that name; of a
    link, with that word."""
    if _is_link(name):
        name = "link"
    whole = os.path.basename(name)
    of_the_file = {name, whole, repr(name), repr(whole), f"{name}.json"}
    return [
        f"{name}: found {one.found}, allowed {one.allowed}"
        if one.field in of_the_file
        else f"{name}: {one}"
        for one in error.problems
    ] + ([f"{name}: and {error.more} more"] if error.more else [])


# --- reading and writing -------------------------------------------------------------------------


def _is_link(name: str) -> bool:
    """Whether ``name`` is a link; a file of that name comes first."""
    from simulator import links

    return links.is_link(name) and not os.path.exists(name)


def _load(name: str) -> Scenario:
    """The scenario in the file ``name``, from standard input for ``-``, the shipped one, or that
    in a link."""
    if _is_link(name):
        from simulator import links

        return links.decode(name).scenario
    if name != "-":
        return simulator.load(name)
    from simulator import scenario

    if sys.stdin is None:
        raise Refusal("-: found a standard input that is closed, allowed a scenario in JSON")
    return scenario.parse(sys.stdin.buffer.read(scenario.MAX_BYTES + 1), name)


def _target(name: str | None, source: str) -> Path | None:
    """The file that ``--out`` names, checked before any work is done; ``None``: standard output."""
    from simulator.scenario import shipped

    if name is None or name == "-":
        return None
    try:
        path = Path(name).resolve()
        if path.is_dir() or not os.path.basename(name):
            raise Refusal(f"--out: found {name!r}, allowed the name of a file, not of a folder")
        if not path.parent.is_dir():
            raise Refusal(f"--out: found {name}, allowed a file in a folder that exists")
        if path.exists():
            if not path.is_file():
                raise Refusal(f"--out: found {name}, allowed a file, not a device or a pipe")
            in_use = [*([] if _is_link(source) else [Path(source)]), *shipped()]
            if any(path.samefile(one) for one in in_use if one.exists()):
                raise Refusal(f"--out: found {name}, a scenario that is in use, allowed another")
            if not os.access(path, os.W_OK):
                raise Refusal(f"--out: found {name}, allowed a file that can be written")
    except (OSError, RuntimeError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Refusal(f"--out: found {name} ({reason}), allowed a file") from None
    return path


def _emit(content: bytes, target: Path | None = None) -> None:
    """Write to standard output, or to a file: all of it or nothing."""
    if target is None:
        if sys.stdout is None:
            raise Refusal("standard output is closed")
        sys.stdout.flush()
        rest = memoryview(content)
        while rest:  # an unbuffered stream may take less than it is given
            rest = rest[sys.stdout.buffer.write(rest) :]
        return
    draft = target.with_name(f".{secrets.token_hex(8)}{DRAFT_SUFFIX}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    except OSError as error:
        raise Refusal(f"--out: {target} cannot be written ({error.strerror})") from None
    finally:
        draft.unlink(missing_ok=True)


def _as_json(content: Mapping[str, Any]) -> bytes:
    """Text in ASCII alone: any program reads it, and it cannot command a terminal."""
    text = json.dumps(content, indent=2, sort_keys=True, allow_nan=False)
    return f"{text}\n".encode("ascii")


def _as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def _encoding(target: Path | None) -> str:
    """In which encoding text goes to ``target``."""
    return "utf-8" if target or sys.stdout is None else sys.stdout.encoding or "utf-8"


def _rendered(parts: Iterable[str | Table], width: int, encoding: str) -> bytes:
    """Lines and tables as plain text; with an encoding that has no rulers, in ASCII."""
    from rich.console import Console
    from rich.measure import Measurement
    from rich.table import Table

    page = io.TextIOWrapper(io.BytesIO(), encoding, errors="replace", newline="\n")
    console = Console(
        file=page,
        width=width,
        color_system=None,
        force_terminal=False,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for part in parts:
        console.width = width
        if isinstance(part, Table):  # too wide rather than with numbers cut off
            wide = console.options.update(width=WIDEST)
            console.width = max(width, Measurement.get(console, wide, part).minimum)
        console.print(part)
    page.seek(0)
    lines = (line.rstrip() for line in page.read().split("\n"))
    return "\n".join(lines).encode(encoding, "replace")


def _table(*header: str) -> Table:
    """An empty table: the first column to the left, the others to the right."""
    from rich import box
    from rich.table import Table

    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False, collapse_padding=True
    )
    for position, title in enumerate(header):
        table.add_column(title, justify="right" if position else "left", no_wrap=not position)
    return table


# --- figures as text -----------------------------------------------------------------------------

UNDEFINED = "n/a"


def _grouped(value: float, decimals: int = 0) -> str:
    """With thousands separators, and never a minus before zero."""
    text = f"{value:,.{decimals}f}"
    return text if text.strip("-0.,") else text.lstrip("-")


def _plain(value: float) -> str:
    """An amount, as precise as its size asks for."""
    if not math.isfinite(value):
        return UNDEFINED
    if abs(value) >= 1e15:
        return f"{value:.3e}"
    return _grouped(value, 0 if abs(value) >= 100.0 or value == 0.0 else 2)


def _money(value: float, currency: str) -> str:
    return f"{currency} {_plain(value)}" if math.isfinite(value) else UNDEFINED


def _short(value: float) -> str:
    """At most seven signs up to a thousand billion: six of these stand in one row."""
    if not math.isfinite(value):
        return UNDEFINED
    for least, size, sign in ((999_950_000.0, 1e9, "bn"), (999_999.5, 1e6, "M")):
        if least <= abs(value) < 1e12:
            return f"{_grouped(value / size, 2 if abs(value) < 9.995 * size else 1)} {sign}"
    return _plain(value)


def _heads(value: float) -> str:
    return _grouped(value) if abs(value) < 999_999.5 else _short(value)


def _percent(value: float, decimals: int = 0) -> str:
    return f"{_grouped(100.0 * value, decimals)} %" if math.isfinite(value) else UNDEFINED


def probability_text(value: float) -> str:
    """A share of draws in per cent; what is almost none or almost all does not become it."""
    if 0.0 < value < 0.005:
        return "less than 1 %"
    if 0.995 <= value < 1.0:
        return "more than 99 %"
    return _percent(value)


def _month(value: float, horizon: int) -> str:
    if math.isinf(value):
        return f"not within {horizon} months"
    return UNDEFINED if math.isnan(value) else f"{value:.0f}"


# --- run -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Job:
    """What ``run`` was asked to do."""

    scenario: Scenario
    source: str
    """The file, as it was given."""
    draws: int
    encoding: str
    """Of text."""
    instruments: bool
    """Whether to tell what dropping each would do."""


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """Yields what takes the number of draws done; a bar on stderr, if that is a terminal."""
    if total < LONG_WORK or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(
        console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False
    )
    with bar:
        task = bar.add_task("Simulating", total=total)
        yield lambda done: bar.update(task, completed=done)


def _headline(job: _Job) -> Headline:
    from simulator import results

    with _progress(job.draws) as progress:
        return results.headline(job.scenario, job.draws, progress=progress)


def _verdict_text(job: _Job, headline: Headline) -> str:
    from simulator.results import NOTHING_CHANGED

    if headline.verdict == NOTHING_CHANGED:
        months = job.scenario.horizon_months
        return f"Nothing is changed within {months} months: the same as carrying on."
    if job.draws == 1:
        worth = headline.net_present_value.central
        amount = _money(abs(worth), job.scenario.organisation.currency)
        side = "more" if worth > 0.0 else "less"
        return f"With central values the plan is worth {amount} {side} than carrying on."
    share = probability_text(headline.probability_better)
    words = headline.verdict.capitalize()
    return f"{words}: in {share} of {job.draws:,} draws it beats carrying on."


def _run_text(job: _Job) -> bytes:
    from simulator.results import AT_HORIZON, OUTCOMES

    headline, scenario = _headline(job), job.scenario
    currency, horizon = scenario.organisation.currency, scenario.horizon_months
    single = job.draws == 1
    columns = ("Central",) if single else ("P10", "P50", "P90")

    def cells(figure: Estimate, written: Callable[[float], str]) -> list[str]:
        return [
            written(value)
            for value in (
                (figure.central,) if single else (figure.low, figure.central, figure.high)
            )
        ]

    def money(value: float) -> str:
        return _money(value, currency)

    value = _table("Over the horizon", *columns)
    for label, figure, written in (
        ("Net present value", headline.net_present_value, money),
        ("Payback month", headline.payback_month, lambda month: _month(month, horizon)),
        ("ROI", headline.roi, _percent),
        ("Return on Involvement", headline.return_on_involvement, _percent),
        ("Return on Ignoring", headline.return_on_ignoring, money),
        ("Cost of waiting a year", headline.cost_of_waiting, money),
    ):
        value.add_row(label, *cells(figure, written))

    written_by_unit: Mapping[str, tuple[str, Callable[[float], str]]] = {
        "share": ("", lambda share: _percent(share, 1)),
        "share per year": (" per year", lambda share: _percent(share, 1)),
        "heads": ("", _heads),
    }
    end = _table(
        f"In month {horizon}",
        *(f"Plan\n{column}" for column in columns),
        *(f"Without\n{column}" for column in columns),
    )
    for name in AT_HORIZON:
        outcome, change = OUTCOMES[name], headline.at_horizon[name]
        note, written = written_by_unit.get(outcome.unit, (f", {currency}", _short))
        end.add_row(
            outcome.label + note,
            *cells(change.plan, written),
            *cells(change.baseline, written),
        )

    how = "central values" if single else f"{job.draws:,} draws"
    seed = "" if single else f", seed {scenario.seed}"
    parts: list[str | Table] = [
        harmless(scenario.name),
        f"{harmless(scenario.organisation.name)}; {how}, {horizon} months, {currency}{seed}, "
        f"model {MODEL_VERSION}",
        "",
        _verdict_text(job, headline),
        "",
        value,
        "",
    ]
    if not single:
        parts.append(
            f"Worst case: {money(headline.worst_case)} net present value, the mean of the worst "
            "tenth of the draws (CVaR 10 %)."
        )
        if not math.isnan(headline.probability_payback):
            paid = probability_text(headline.probability_payback)
            parts.append(f"Payback: in {paid} of the draws within {horizon} months.")
        parts += ["P10: one draw in ten is below. P50: the median. P90: one in ten is above.", ""]
    parts.append(end)
    if job.instruments:
        parts += ["", *_instruments_text(job, columns, cells)]
    return _rendered(parts, WIDTH, job.encoding)


def _dropped(job: _Job) -> Mapping[str, Dropped]:
    from simulator.analyses import leave_one_out

    return leave_one_out.instruments(job.scenario, job.draws)


def _instruments_text(
    job: _Job,
    columns: Sequence[str],
    cells: Callable[[Estimate, Callable[[float], str]], list[str]],
) -> Iterator[str | Table]:
    from simulator.results import OUTCOMES

    currency = job.scenario.organisation.currency
    single = job.draws == 1
    table = _table(
        f"Instrument, {currency}",
        "Money\nmoved",
        *(f"If dropped\n{column}" for column in columns),
        *([] if single else ["Dropping\ncosts in"]),
    )
    found = _dropped(job)
    for name, one in found.items():
        chance = [] if single else [probability_text(one.probability_costs)]
        label = OUTCOMES[f"spent_{name}"].label
        table.add_row(label, _plain(one.money), *cells(one.change, _plain), *chance)
    if found:
        yield (
            "If dropped: change of the net present value without that instrument, its money saved."
        )
        yield ""
        yield table
    else:
        yield "No money is moved into an instrument."


def _finite(value: float) -> float | None:
    """JSON knows neither infinity nor what is not a number."""
    return value if math.isfinite(value) else None


def _estimate(figure: Estimate) -> dict[str, float | None]:
    return {
        "p10": _finite(figure.low),
        "p50": _finite(figure.central),
        "p90": _finite(figure.high),
    }


def _run_json(job: _Job) -> bytes:
    headline, scenario = _headline(job), job.scenario
    instruments = {
        name: {
            "money_present_value": one.money,
            "change_if_dropped": _estimate(one.change),
            "probability_dropping_costs": one.probability_costs,
        }
        for name, one in (_dropped(job) if job.instruments else {}).items()
    }
    return _as_json(
        {
            **({"instruments": instruments} if job.instruments else {}),
            "format": FORMAT,
            "model_version": MODEL_VERSION,
            "scenario": {"name": scenario.name, "file": None if job.source == "-" else job.source},
            "draws": job.draws,
            "seed": scenario.seed,
            "horizon_months": scenario.horizon_months,
            "currency": scenario.organisation.currency,
            "net_present_value": _estimate(headline.net_present_value),
            "probability_better": _finite(headline.probability_better),
            "verdict": headline.verdict,
            "worst_case_mean": _finite(headline.worst_case),
            "payback_month": _estimate(headline.payback_month),
            "probability_payback": _finite(headline.probability_payback),
            "roi": _estimate(headline.roi),
            "return_on_involvement": _estimate(headline.return_on_involvement),
            "return_on_ignoring": _estimate(headline.return_on_ignoring),
            "cost_of_waiting": _estimate(headline.cost_of_waiting),
            "at_horizon": {
                name: {
                    "plan": _estimate(change.plan),
                    "baseline": _estimate(change.baseline),
                    "difference": _estimate(change.difference),
                    "probability_higher": _finite(change.probability_higher),
                }
                for name, change in headline.at_horizon.items()
            },
        }
    )


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
                bands = ("" if _finite(one) is None else one for side in both for one in side)
                yield (month, outcome.id, unit, *bands)

    return _as_csv(CSV_HEADER, rows())


def _refuse_too_many(job: _Job, option: str) -> None:
    """Refuses more draws than memory holds all months of, which ``option`` needs."""
    months = job.scenario.horizon_months
    most = SERIES_LIMIT // months
    if job.draws > most:
        raise Refusal(
            f"argument --draws: found {job.draws:,}, allowed at most {most:,} with {option} "
            f"over {months} months, because every month of every draw is kept in memory"
        )


def _run(options: argparse.Namespace) -> int:
    from simulator.scenario import ScenarioError

    target = _target(options.out, options.file)
    overrides = {"horizon_months": options.months, "seed": options.seed}
    given = {field: value for field, value in overrides.items() if value is not None}
    try:
        scenario = _load(options.file)
    except ScenarioError as error:
        raise Refusal(*_problem_lines(options.file, error)) from None
    job = _Job(
        scenario.changed(**given) if given else scenario,
        options.file,
        options.draws,
        _encoding(target),
        options.instruments,
    )
    if options.instruments and options.format == "csv":
        raise Refusal("argument --instruments: found --format csv, allowed text or json")
    if options.instruments:
        _refuse_too_many(job, "--instruments")
    elif options.format == "csv":
        _refuse_too_many(job, "--format csv")
    written = {"text": _run_text, "json": _run_json, "csv": _run_csv}[options.format]

    from simulator import engine

    engine.prepare()
    _emit(written(job), target)
    return 0


# --- compare -------------------------------------------------------------------------------------

LETTERS = "ABCDEF"


@dataclass(frozen=True, slots=True)
class _Comparing:
    """What ``compare`` was asked to do."""

    comparison: Comparison
    sources: Sequence[str]
    """The files, as they were given."""
    measure: str
    encoding: str
    """Of text."""


def _compare_text(job: _Comparing) -> bytes:
    comparison = job.comparison
    parts: list[str | Table] = [
        f"{letter}  {harmless(one.name)} ({harmless(one.organisation.name)}; "
        f"{one.horizon_months} months, {one.organisation.currency})"
        for letter, one in zip(LETTERS, comparison.scenarios, strict=False)
    ]
    parts += [
        "",
        f"{comparison.draws:,} draws, seed {comparison.seed}, {comparison.months} months in "
        f"common, model {MODEL_VERSION}",
        "",
    ]
    for caveat in comparison.caveats:
        parts += [f"{_letters(caveat.scenarios)}: {_caveat_text(caveat)}", ""]
    parts += [_headline_table(comparison), "", _difference_table(comparison), ""]
    return _rendered([*parts, *_better_text(job)], WIDTH, job.encoding)


def _letters(positions: Iterable[int]) -> str:
    return ", ".join(LETTERS[one] for one in positions)


def _caveat_text(caveat: Caveat) -> str:
    from simulator.analyses.comparison import CAVEATS

    if caveat.kind != "model":
        return CAVEATS[caveat.kind]
    versions = ", ".join(str(caveat.values[one]) for one in caveat.scenarios)
    return f"{CAVEATS[caveat.kind]} Saved with: {versions}."


def _figure_writer(unit: str, horizon: int) -> Callable[[float], str]:
    """How a figure of the headline is written, its currency left to the head of the table."""
    match unit.split(" ")[0]:
        case "share" | "ratio":
            return lambda value: _percent(value, 1)
        case "month":
            return lambda value: "never" if math.isinf(value) else _month(value, horizon)
        case "heads":
            return _heads
    return _short


def _numbers_whole(table: Table) -> Table:
    """The table, in which a long label takes two lines rather than a number being cut."""
    for position, column in enumerate(table.columns):
        column.no_wrap = position > 0
    return table


def _headline_table(comparison: Comparison) -> Table:
    """The figures of every scenario over its own horizon."""
    from simulator.analyses.comparison import FIGURES, figure_of

    table = _numbers_whole(
        _table("Each over its own horizon", *LETTERS[: len(comparison.scenarios)])
    )
    for figure in FIGURES.values():
        found = [figure_of(one, figure.id) for one in comparison.headlines]
        written = [_figure_writer(figure.unit, one.horizon_months) for one in comparison.scenarios]
        label = figure.label + (", at the end" if figure.at_end else "")
        if figure.id == "net_present_value":
            for band, end in (("P10", "low"), ("P50", "central"), ("P90", "high")):
                cells = zip(written, found, strict=True)
                table.add_row(f"{label}, {band}", *(f(getattr(one, end)) for f, one in cells))
        else:
            table.add_row(label, *(f(_middle(one)) for f, one in zip(written, found, strict=True)))
    return table


def _middle(figure: Estimate | float) -> float:
    return figure if isinstance(figure, float | int) else figure.central


def _difference_table(comparison: Comparison) -> Table:
    """What the others are more than the first."""
    from simulator.analyses.comparison import FIGURES

    others = range(1, len(comparison.scenarios))
    columns = (LETTERS[one] for one in others)
    table = _numbers_whole(_table(f"More than A, in {comparison.months} months", *columns))
    differences = [comparison.differences(one) for one in others]
    for figure in FIGURES.values():
        values = [one[figure.id] for one in differences]
        label = figure.label + (", at the end" if figure.at_end else "")
        cells = (
            UNDEFINED if one is None else _difference_text(_middle(one), figure.unit)
            for one in values
        )
        table.add_row(label, *cells)
    return table


def _difference_text(value: float, unit: str) -> str:
    """A difference from the scenario A."""
    from simulator.analyses.comparison import in_time

    kind = unit.split(" ")[0]
    if kind == "month" and (words := in_time(value)):
        return words.replace(" in ", "\nin ")  # six of them side by side are too wide in one line
    if kind in {"share", "ratio"} and math.isfinite(value):
        return f"{_grouped(100.0 * value, 1)} pts"
    return _figure_writer("" if kind == "month" else unit, 0)(value)


def _better_text(job: _Comparing) -> Iterator[str | Table]:
    """Pairs and ranking by the measure that was asked for."""
    from simulator.analyses.comparison import CAVEATS, MEASURES

    comparison, measure = job.comparison, MEASURES[job.measure]
    count = len(comparison.scenarios)
    written = _percent if measure.unit == "ratio" else _short
    pairs = _numbers_whole(_table("Is it better?", "P10", "P50", "P90", "Better in", "Verdict"))
    for first, second in itertools.combinations(range(count), 2):
        name = f"{LETTERS[second]} than {LETTERS[first]}"
        if obstacle := comparison.obstacle(measure.id, first, second):
            reason = "other currency" if obstacle.kind == "currency" else "nothing is moved"
            pairs.add_row(name, *[UNDEFINED] * 4, reason)
            continue
        pair = comparison.pair(first, second, measure.id)
        seen = pair.difference
        cells = map(written, (seen.low, seen.central, seen.high))
        pairs.add_row(name, *cells, probability_text(pair.better), pair.verdict)
    codes = {one.organisation.currency for one in comparison.scenarios}
    unit = "" if measure.unit == "ratio" else f" ({measure.unit})"
    if len(codes) == 1:
        unit = unit.replace("currency", codes.pop())
    yield f"By {measure.label[0].lower()}{measure.label[1:]}{unit}: {measure.meaning}"
    yield ""
    yield pairs
    yield ""
    if obstacle := comparison.obstacle(measure.id):
        yield f"No ranking of all. {CAVEATS[obstacle.kind]}"
        return
    ranking = comparison.ranking(measure.id)
    ranked = _table("Which is best?", "Best in", "Expected rank")
    for letter, best, rank in zip(LETTERS, ranking.best, ranking.rank, strict=False):
        place = UNDEFINED if math.isnan(rank) else f"{rank:.1f}"
        ranked.add_row(letter, probability_text(best), place)
    yield ranked
    yield ""
    yield (
        "Differences are medians, taken draw by draw. P10: one draw in ten is below. P50: the "
        "median. P90: one in ten is above. For the verdict, draws without a difference count half."
    )


def _compare_json(job: _Comparing) -> bytes:
    from simulator.analyses.comparison import FIGURES, figure_of

    comparison, measure = job.comparison, job.measure
    count = len(comparison.scenarios)
    others = [comparison.differences(one) for one in range(1, count)]
    obstacle = comparison.obstacle(measure)
    ranking = None if obstacle else comparison.ranking(measure)
    couples = [
        pair
        for pair in itertools.combinations(range(count), 2)
        if comparison.obstacle(measure, *pair) is None
    ]
    return _as_json(
        {
            "format": FORMAT,
            "model_version": MODEL_VERSION,
            "draws": comparison.draws,
            "seed": comparison.seed,
            "horizon_months": comparison.months,
            "scenarios": [
                {
                    "name": one.name,
                    "file": None if source == "-" else source,
                    "organisation": one.organisation.name,
                    "currency": one.organisation.currency,
                    "horizon_months": one.horizon_months,
                    "headline": {name: _told_figure(figure_of(headline, name)) for name in FIGURES},
                    "budgets": {"today": dict(spent.today), "plan": dict(spent.plan)},
                }
                for one, source, headline, spent in zip(
                    comparison.scenarios,
                    job.sources,
                    comparison.headlines,
                    comparison.spending,
                    strict=True,
                )
            ],
            "caveats": [
                {
                    "kind": one.kind,
                    "scenarios": list(one.scenarios),
                    "values": list(one.values),
                    "text": _caveat_text(one),
                }
                for one in comparison.caveats
            ],
            "differences": [
                {name: _told_figure(figure) for name, figure in one.items()} for one in others
            ],
            "differing": [
                {
                    "path": one.path,
                    "unit": one.unit,
                    "values": [
                        value if isinstance(value, float | str) else asdict(value)
                        for value in one.values
                    ],
                }
                for one in comparison.differing
            ],
            "measure": measure,
            "pairs": [
                {
                    "first": pair.first,
                    "second": pair.second,
                    "difference": _estimate(pair.difference),
                    "better": pair.better,
                    "same": pair.same,
                    "worse": pair.worse,
                    "verdict": pair.verdict,
                }
                for pair in (comparison.pair(*couple, measure) for couple in couples)
            ],
            "ranking": ranking
            and {
                "best": [_finite(one) for one in ranking.best],
                "rank": [_finite(one) for one in ranking.rank],
            },
        }
    )


def _told_figure(figure: Estimate | float | None) -> dict[str, float | None] | float | None:
    if figure is None or isinstance(figure, float | int):
        return None if figure is None else _finite(figure)
    return _estimate(figure)


def _compare_csv(job: _Comparing) -> bytes:
    from simulator.exports import csv_text

    return csv_text(job.comparison).encode("utf-8")


def _compare_xlsx(job: _Comparing) -> bytes:
    from simulator.exports import workbook

    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return workbook(job.comparison, today)


def _compare(options: argparse.Namespace) -> int:
    from simulator.analyses.comparison import FEWEST, MOST
    from simulator.scenario import ScenarioError

    sources, form = options.files, options.format
    if not FEWEST <= len(sources) <= MOST:
        raise Refusal(f"FILE: found {len(sources)} scenarios, allowed {FEWEST} to {MOST}")
    if sources.count("-") > 1:
        raise Refusal("FILE: found - several times, allowed once")
    target, *_ = [_target(options.out, source) for source in sources]  # none of them overwritten
    if form == "xlsx" and target is None:
        raise Refusal("argument --format: found xlsx without a file, allowed with --out PATH")
    if options.measure and form in {"csv", "xlsx"}:
        raise Refusal(
            f"argument --measure: found --format {form}, which has all, allowed text or json"
        )
    scenarios, wrong = [], []
    for source in sources:
        try:
            scenarios.append(_load(source))
        except ScenarioError as error:
            wrong += _problem_lines(source, error)
    if wrong:
        raise Refusal(*wrong)
    months = min(one.horizon_months for one in scenarios)
    most = SERIES_LIMIT // months // len(scenarios)
    if options.draws > most:
        raise Refusal(
            f"argument --draws: found {options.draws:,}, allowed at most {most:,} with "
            f"{len(scenarios)} scenarios over {months} months, because every month of every draw "
            "is kept in memory"
        )
    written = {
        "text": _compare_text,
        "json": _compare_json,
        "csv": _compare_csv,
        "xlsx": _compare_xlsx,
    }[form]

    from simulator import engine

    engine.prepare()
    comparison = simulator.compare(*scenarios, draws=options.draws)
    job = _Comparing(comparison, sources, options.measure or "value", _encoding(target))
    _emit(written(job), target)
    return 0


# --- link, open ----------------------------------------------------------------------------------

ADDRESS = "http://localhost:8501/"
"""Where the app runs unless it is told otherwise."""

_FIGURES: Mapping[str, str] = {
    "net_present_value": "Net present value",
    "probability_better": "Probability of being better",
    "worst_case": "Worst case",
    "payback_month": "Payback month",
    "probability_payback": "Probability of payback",
    "roi": "ROI",
    "return_on_involvement": "Return on Involvement",
    "return_on_ignoring": "Return on Ignoring",
    "cost_of_waiting": "Cost of waiting a year",
}
"""What the results of a scenario are called, by their field."""


def _results(scenario: Scenario, draws: int) -> ResultsInput | None:
    """What ``scenario`` comes to now, if it has a value."""
    from simulator import engine
    from simulator.results import saved

    engine.prepare()
    headline = _headline(_Job(scenario, "", draws, _encoding(None), instruments=False))
    return saved.results_of(headline, draws)


def _link(options: argparse.Namespace) -> int:
    from simulator import links
    from simulator.scenario import ScenarioError

    try:
        scenario = _load(options.file)
    except ScenarioError as error:
        raise Refusal(*_problem_lines(options.file, error)) from None
    if scenario.results is None:
        now = _results(scenario, DRAWS)
        scenario = scenario.changed(results=now and links.shortened(now))
    link = f"{options.address}?{links.encode(scenario)}"
    if not links.fits(link):
        raise Refusal(
            f"{options.file}: found a link of {len(link):,} characters, allowed fewer than "
            f"{links.MAX_LENGTH:,}, which every program passes on; hand on the file instead"
        )
    _emit(f"{link}\n".encode("ascii"))
    return 0


def _open(options: argparse.Namespace) -> int:
    from simulator import links
    from simulator.scenario import ScenarioError, dump

    target = _target(options.out, options.link)
    try:
        scenario = links.decode(options.link).scenario
    except ScenarioError as error:
        raise Refusal(*_problem_lines(options.link, error)) from None
    _emit(dump(scenario).encode("utf-8"), target)
    for line in _then_now_lines(scenario):
        print(line, file=sys.stderr)
    return 0


def _then_now_lines(scenario: Scenario) -> list[str]:
    """What the scenario came to when its results were kept beside what it comes to now, where that
    differs. Simulates only a scenario with results."""
    from simulator.results.saved import MOST_DRAWS as MOST_COMPARED
    from simulator.results.saved import differences

    then = scenario.results
    if then is None:
        return []
    now = _results(scenario, then.draws if then.draws <= MOST_COMPARED else DRAWS)
    if now is None:
        return []
    lines = [
        f"  {_FIGURES[one.figure]}: {_figure_text(one.then)} then, {_figure_text(one.now)} now"
        for one in differences(then, now)
    ]
    if not lines:
        return []
    models = f"model {then.model_version} then, {now.model_version} now"
    return [f"simulator: the results are others now ({models}):", *lines]


def _figure_text(figure: EstimateInput | float | None) -> str:
    """A figure as it is kept; an estimate as its median, and P10 to P90."""
    if figure is None:
        return UNDEFINED
    if isinstance(figure, float):
        return _plain(figure)
    low, middle, high = map(_figure_text, (figure.low, figure.central, figure.high))
    return f"{middle} ({low} to {high})"


# --- check, schema, parameters -------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    from simulator.scenario import SCHEMA_FILE, ScenarioError

    status = 0
    for name in options.files:
        if os.path.basename(name) == SCHEMA_FILE:  # lies among the scenarios: *.json finds it too
            _emit(f"{harmless(name)}: the schema, no scenario\n".encode(_encoding(None), "replace"))
            continue
        try:
            _load(name)
        except ScenarioError as error:
            status = PROBLEMS_FOUND
            for line in _problem_lines(name, error):
                print(harmless(line), file=sys.stderr)
        else:
            _emit(f"{harmless(name)}: ok\n".encode(_encoding(None), "backslashreplace"))
    return status


def _schema(options: argparse.Namespace) -> int:
    from simulator.scenario import json_schema

    _emit(f"{json.dumps(json_schema(), indent=2)}\n".encode("ascii"))
    return 0


def _parameters(options: argparse.Namespace) -> int:
    from simulator.model.register import REGISTER, Parameter

    if options.format == "json":
        _emit(
            _as_json(
                {
                    "format": FORMAT,
                    "model_version": MODEL_VERSION,
                    "parameters": [asdict(one) for one in REGISTER],
                }
            )
        )
    elif options.format == "csv":
        header = [field.name for field in fields(Parameter)]
        _emit(_as_csv(header, ([getattr(one, name) for name in header] for one in REGISTER)))
    else:
        # Into a pipe, a row is one line, for grep; on a narrow screen, it takes several.
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WHOLE_ROW
        whole_row = width >= WHOLE_ROW
        if whole_row:
            table = _table("Id", "Low", "Central", "High", "Unit", "Grade", "Label")
            table.columns[4].justify = table.columns[6].justify = "left"
        else:
            table = _table("Id, label and unit", "Low", "Central", "High", "Grade")
        for column in table.columns:
            column.no_wrap = True
        table.columns[0].no_wrap = whole_row
        for one in REGISTER:
            numbers = [f"{value:.6g}" for value in (one.low, one.central, one.high)]
            if whole_row:
                table.add_row(one.id, *numbers, one.unit, one.grade, one.label)
            else:
                table.add_row(f"{one.id}\n  {one.label}, {one.unit}", *numbers, one.grade)
        _emit(_rendered([table], max(width, WIDTH), _encoding(None)))
    return 0


# --- arguments -----------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Refusal(message)


def _whole(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number between these."""

    def read(text: str) -> int:
        digits = text.removeprefix("-")
        readable = digits.isascii() and digits.isdigit() and len(text) < 20
        if not readable or not least <= int(text) <= most:
            shown = text if len(text) < 60 else f"{text[:59]}..."
            raise argparse.ArgumentTypeError(
                f"found {shown!r}, allowed a whole number from {least:,} to {most:,}"
            )
        return int(text)

    return read


def _address(text: str) -> str:
    """Reads the address of the app, without what a link adds to it."""
    if not re.fullmatch(r"https?://[A-Za-z0-9._~%:/@\[\]-]{1,290}", text):
        raise argparse.ArgumentTypeError(
            f"found {text[:60]!r}, allowed an address such as {ADDRESS}"
        )
    return text


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m simulator",
        description="What moving budgets to involvement comes to, without a browser.",
        epilog="Exit status: 0 done, 1 check found problems, 2 error, 130 interrupted.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"model {MODEL_VERSION}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="name")
    file_help = (
        "a scenario file, the name of a shipped one such as balanced-shift, a link, or - for stdin"
    )

    def command(
        name: str, action: Callable[[argparse.Namespace], int], summary: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(
            name, help=summary, description=summary.capitalize() + ".", allow_abbrev=False
        )
        added.set_defaults(action=action)
        return added

    run = command("run", _run, "simulate a scenario and give the headline outcomes")
    run.add_argument("file", metavar="FILE", help=file_help)
    run.add_argument(
        "--draws",
        type=_whole(1, MOST_DRAWS),
        default=DRAWS,
        metavar="N",
        help=f"draws of the assumptions, 1 to {MOST_DRAWS:,}; 1: central values (default: {DRAWS})",
    )
    run.add_argument(
        "--months",
        type=_whole(12, 120),
        metavar="M",
        help="horizon, 12 to 120 months (default: the scenario's)",
    )
    run.add_argument(
        "--seed",
        type=_whole(0, 2**31 - 1),
        metavar="S",
        help="seed of the draws, 0 to 2147483647 (default: the scenario's)",
    )
    run.add_argument(
        "--format",
        choices=("text", "json", "csv"),
        default="text",
        help="text: a table; json: the same for programs; csv: the monthly series (default: text)",
    )
    run.add_argument(
        "--instruments",
        action="store_true",
        help="also tell what dropping each instrument would do (text and json)",
    )
    run.add_argument("--out", metavar="PATH", help="write to this file (default: stdout)")

    comparing = command("compare", _compare, "lay scenarios side by side, in the same draws")
    comparing.add_argument("files", metavar="FILE", nargs="+", help=f"two to six: {file_help}")
    comparing.add_argument(
        "--draws",
        type=_whole(2, MOST_DRAWS),
        default=DRAWS,
        metavar="N",
        help=f"draws of the assumptions, from 2 (default: {DRAWS})",
    )
    comparing.add_argument(
        "--measure",
        choices=MEASURES,
        metavar="M",
        help=f"what is better: {', '.join(MEASURES)} (text and json; default: {MEASURES[0]})",
    )
    comparing.add_argument(
        "--format",
        choices=("text", "json", "csv", "xlsx"),
        default="text",
        help="xlsx: a spreadsheet with charts, needs --out (default: text)",
    )
    comparing.add_argument("--out", metavar="PATH", help="write to this file (default: stdout)")

    check = command("check", _check, "tell every problem of every scenario file")
    check.add_argument("files", metavar="FILE", nargs="+", help=file_help)

    link = command("link", _link, "print a link that opens a scenario in the app")
    link.add_argument("file", metavar="FILE", help=file_help)
    link.add_argument(
        "--address",
        type=_address,
        default=ADDRESS,
        metavar="URL",
        help=f"where the app runs (default: {ADDRESS})",
    )

    opened = command("open", _open, "print the scenario in a link, as a file")
    opened.add_argument("link", metavar="LINK", help="an address, in quotation marks")
    opened.add_argument("--out", metavar="PATH", help="write to this file (default: stdout)")

    command("schema", _schema, "print the JSON Schema of scenario files")

    parameters = command("parameters", _parameters, "print the register of assumptions")
    parameters.add_argument(
        "--format", choices=("text", "csv", "json"), default="text", help="default: text"
    )
    return parser


def _forget_output() -> None:
    """What could not be written must not fail once more when Python exits."""
    if sys.stdout is None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what ``arguments`` (those of the process if not given) say; returns the exit status."""
    try:
        try:
            parser = _parser()
            options = parser.parse_args(arguments)
            if options.name is None:
                parser.print_help(sys.stderr)
                return USAGE_ERROR
            status: int = options.action(options)
        except SystemExit:  # after --help and --version
            status = 0
        if sys.stdout is not None:
            sys.stdout.flush()  # here, where a closed pipe or a full disk can still be told
        return status
    except Refusal as refusal:
        for line in refusal.args:
            _complain(line)
    except BrokenPipeError:  # nobody reads on
        _forget_output()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        print("simulator: interrupted", file=sys.stderr)
        return INTERRUPTED
    except MemoryError:
        _complain("not enough memory; fewer --draws take less")
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _complain(f"{place}{error.strerror or error}")
        _forget_output()
    return USAGE_ERROR

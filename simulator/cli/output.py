"""What commands write: tables, JSON and CSV, to a file or to standard output."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.input import is_link
from simulator.cli.refusal import Refusal
from simulator.version import MODEL_VERSION, VERSION

if TYPE_CHECKING:
    from rich.table import Table

    from simulator.results import Estimate

FORMAT = 1
"""Version of the JSON output; goes up when a key changes its meaning or disappears."""

VERSIONS = {"format": FORMAT, "simulator_version": VERSION, "model_version": MODEL_VERSION}
"""What every JSON output begins with."""

LONG_WORK = 4096
"""Draws from which a progress bar is worth it."""

WIDTH = 80
WIDEST = 1000

DRAFT_SUFFIX = ".tmp"


# --- where it goes --------------------------------------------------------------------------------


def output_file(name: str | None, source: str) -> Path | None:
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
            in_use = [*([] if is_link(source) else [Path(source)]), *shipped()]
            if any(path.samefile(file) for file in in_use if file.exists()):
                raise Refusal(f"--out: found {name}, a scenario that is in use, allowed another")
            if not os.access(path, os.W_OK):
                raise Refusal(f"--out: found {name}, allowed a file that can be written")
    except (OSError, RuntimeError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Refusal(f"--out: found {name} ({reason}), allowed a file") from None
    return path


def emit(content: bytes, target: Path | None = None) -> None:
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


def encoding_of(target: Path | None) -> str:
    """In which encoding text goes to ``target``."""
    return "utf-8" if target or sys.stdout is None else sys.stdout.encoding or "utf-8"


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[int], None]]:
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


# --- JSON, CSV, tables ----------------------------------------------------------------------------


def as_json(content: Mapping[str, Any]) -> bytes:
    """Text in ASCII alone: any program reads it, and it cannot command a terminal."""
    text = json.dumps(content, indent=2, sort_keys=True, allow_nan=False)
    return f"{text}\n".encode("ascii")


def finite_or_none(value: float) -> float | None:
    """JSON knows neither infinity nor what is not a number."""
    return value if math.isfinite(value) else None


def estimate_json(figure: Estimate) -> dict[str, float | None]:
    """An estimate, as the JSON output of all commands has it."""
    return {
        "p10": finite_or_none(figure.low),
        "p50": finite_or_none(figure.central),
        "p90": finite_or_none(figure.high),
    }


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table in UTF-8, its lines ended by a line feed alone."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def rendered(parts: Iterable[str | Table], width: int, encoding: str) -> bytes:
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


def empty_table(*header: str) -> Table:
    """An empty table: the first column to the left, the others to the right."""
    from rich import box
    from rich.table import Table

    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False, collapse_padding=True
    )
    for position, title in enumerate(header):
        table.add_column(title, justify="right" if position else "left", no_wrap=not position)
    return table

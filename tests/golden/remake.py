"""Make the golden numbers anew: ``python -m tests.golden.remake``, from the root of the project.

They come from SciPy's eighth-order solver at a tight tolerance, not from the engine. The scenarios
in ``scenarios`` are copies of shipped ones, so that editing a shipped one moves nothing here: some
as they were written for the first edition of the model, some that know their service, one in
stages. Numbers that moved need a new ``MODEL_VERSION`` first; the command refuses without.
"""

from __future__ import annotations

import csv
import io
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from simulator import scenario
from simulator.model import register, system
from simulator.model.initial_state import initial_state
from simulator.model.quantities import Ledger, Plan, State, Switches
from simulator.results import baseline_plan
from simulator.results.stages import branches_of
from simulator.scenario.stages import CHOICES
from simulator.version import MODEL_VERSION
from tests.support import reference

SCENARIOS = Path(__file__).parent / "scenarios"
FILE = Path(__file__).parent / "numbers.csv"
EVERY = 12
TOLERANCE = 1e-7
"""Relative difference from which a number counts as moved: the solver itself is within 1e-9."""


class Number(NamedTuple):
    """One golden number."""

    scenario: str
    run: str
    """``plan`` or ``baseline``; of a plan in stages, what may be done after its review (``back``,
    ``stay``, ``on``) instead of ``plan``."""
    month: int
    series: str
    value: float


class Golden(NamedTuple):
    """The file's contents."""

    version: str
    """Version of the model that the numbers belong to."""
    numbers: tuple[Number, ...]


def scenarios() -> list[Path]:
    """The scenario files, by name."""
    return sorted(SCENARIOS.glob("*.json"))


def runs_of(path: Path) -> dict[str, Plan]:
    """What is solved of one scenario."""
    shipped = scenario.load(path)
    plan, stages = shipped.plan_quantities(), shipped.plan.stages
    ways = {"plan": plan}
    if stages is not None:
        ways = dict(zip(CHOICES, branches_of(plan, stages), strict=True))
    return {**ways, "baseline": baseline_plan(shipped.organisation_quantities())}


def solve(path: Path) -> Iterator[Number]:
    """Every series of one scenario in month 0, each twelfth and the last, at central values."""
    shipped = scenario.load(path)
    org = shipped.organisation_quantities()
    p = register.central(shipped.ranges())
    today = initial_state(org, p)
    on = Switches(1.0, 1.0)
    for run, plan in runs_of(path).items():
        solved = reference.solve(org, plan, on, p, shipped.horizon_months, every=EVERY, rtol=1e-12)
        for place, month in enumerate(solved.months):
            state = State(*(float(level) for level in solved.stocks[:, place]))
            result = system.rates(state, float(month), org, plan, on, today, p).outcomes
            lines = zip(Ledger._fields, solved.ledger[:, place], strict=True)
            for series, value in (
                *state._asdict().items(),
                *((f"present_value_{line}", value) for line, value in lines),
                *result._asdict().items(),
            ):
                yield Number(path.stem, run, int(month), series, float(value))


def read() -> Golden:
    """The numbers in the file."""
    first, *rest = FILE.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(rest)
    return Golden(
        first.removeprefix("# model "),
        tuple(
            Number(
                row["scenario"], row["run"], int(row["month"]), row["series"], float(row["value"])
            )
            for row in rows
        ),
    )


def _text(golden: Golden) -> str:
    out = io.StringIO()
    out.write(f"# model {golden.version}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Number._fields)
    writer.writerows(golden.numbers)
    return out.getvalue()


def moved(old: Golden, new: Golden) -> bool:
    """Whether a number changed, came or went; a series that is reported, and a scenario that is
    solved, for the first time move nothing."""
    series = {number.series for number in old.numbers}
    scenarios = {number.scenario for number in old.numbers}
    before = {number[:-1]: number.value for number in old.numbers}
    after = {
        number[:-1]: number.value
        for number in new.numbers
        if number.series in series and number.scenario in scenarios
    }
    return before.keys() != after.keys() or any(
        not math.isclose(value, before[key], rel_tol=TOLERANCE, abs_tol=1e-6)
        for key, value in after.items()
    )


def main() -> int:
    """Write the file, unless numbers moved under the same version."""
    numbers = tuple(number for path in scenarios() for number in solve(path))
    new = Golden(MODEL_VERSION, numbers)
    if FILE.exists():
        old = read()
        if old.version == new.version and moved(old, new):
            print(
                f"The model's numbers moved, but its version is still {MODEL_VERSION}: "
                "raise MODEL_VERSION in simulator/version.py first.",
                file=sys.stderr,
            )
            return 1
    FILE.write_text(_text(new), encoding="utf-8")
    print(f"{FILE.name}: {len(numbers)} numbers of model {MODEL_VERSION}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Time to a certified answer of the optimiser, and its gap to the best known, in one run.

    python benchmarks/optimise.py            everything, some minutes
    python benchmarks/optimise.py --quick    500 draws alone, without the best known
    python benchmarks/optimise.py --peer     nothing but a budget over four channels, and the same
                                             by pymc-marketing

The work: the default scenario; 4, 8 and all levers; expected value and the mean of the worst tenth;
500 and 2,000 draws. ``certified`` is when the answer stands with its proof, ``all`` when plans
nearly as good and what would change it are there, too. The best known is the best of a search from
many more starts in all draws, of a long climb from the answer, and of the answer itself; a gap of 0
says that none of these is better. On shared machines the seconds of processor time count, not those
of the clock: on two cores of their own an answer takes little more than half of them.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import allocation  # noqa: E402
from simulator import engine  # noqa: E402
from simulator.optimise import Answer, Move, Question, Study, read_limit, read_move  # noqa: E402
from simulator.optimise.evaluation import Judge  # noqa: E402
from simulator.optimise.ground import Ground  # noqa: E402
from simulator.optimise.levers import Levers, baseline_scenario  # noqa: E402
from simulator.optimise.search import Search, Values  # noqa: E402
from simulator.scenario import Scenario, load_shipped  # noqa: E402

FOUR = ("market_research", "training", "customer_service", "participation")
EIGHT = (*FOUR, "listening", "community", "social_service", "savings")
SIZES = {"4 levers": FOUR, "8 levers": EIGHT, "all levers": ()}
TARGETS = {("8 levers", "mean", 500): 3.0, ("8 levers", "cvar", 500): 5.0}
"""Seconds on two cores."""
LIMITS = ("training>=300000", "training>=320000", "customer_service>=1500000")
"""Each moved by itself, after the question without."""


def moves(names: tuple[str, ...]) -> tuple[Move, ...]:
    return tuple(move for name in names for move in read_move(name))


@dataclass(frozen=True)
class Timed:
    """An answer, and the seconds to it, of the clock and of processors."""

    study: Study
    answer: Answer
    certified: tuple[float, float]
    complete: tuple[float, float]


def timed(
    scenario: Scenario, question: Question, draws: int, ground: Ground | None = None
) -> Timed:
    """The answer to a question, and how long it took."""
    study = Study(scenario, question, draws, ground=ground)
    clock, processors = time.perf_counter(), time.process_time()
    certified = None
    for _ in study.run():
        spent = time.perf_counter() - clock, time.process_time() - processors
        if study.answer is not None and certified is None:
            certified = spent
    complete = time.perf_counter() - clock, time.process_time() - processors
    if not isinstance(study.answer, Answer) or certified is None:
        raise SystemExit("a question without an answer")
    return Timed(study, study.answer, certified, complete)


def best_known(scenario: Scenario, question: Question, draws: int, answer: Answer) -> float:
    """The best of what many more climbs, all of them in all draws, find, and of what a long climb
    from the answer does."""
    study = Study(scenario, question, draws)
    levers = Levers.of(scenario, question.free)
    judge = Judge([study.world(draws)], question)

    def evaluate(points):  # type: ignore[no-untyped-def]
        values: Values = judge([levers.plan(point) for point in points])
        return values

    there = levers.point(answer.chosen.candidate.scenario)
    search = Search(
        evaluate,
        levers.space,
        starts=[there, levers.point(scenario), levers.point(baseline_scenario(scenario))],
        seed=12345,
        screened=512,
        climbs=8,
        most=60,
        precision=1e-9,
    )
    for _ in search.run():
        pass
    return max(search.best.exact if search.best else float("-inf"), answer.chosen.candidate.exact)


def tell(name: str, timing: Timed, gap: str = "", target: float | None = None) -> None:
    """A line of the report."""
    certified, complete = timing.certified, timing.complete
    print(
        f"{name:<34}{certified[0]:>7.1f} s{certified[1]:>7.1f} s{complete[0]:>7.1f} s"
        f"{complete[1]:>7.1f} s{timing.answer.chosen.worth:>12,.0f}{gap:>9}  "
        f"{'yes' if timing.answer.is_certified else 'no'}"
        f"{f'  target {target:.0f} s' if target else ''}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--peer", action="store_true")
    options = parser.parse_args()
    if options.peer:
        allocation.compare()
        return
    engine.prepare()
    scenario = load_shipped("balanced-shift")
    timed(scenario, Question(moves=moves(("training",))), 64)  # what takes long to import
    print(f"{'':<34}{'certified, proc.':>18}{'all, proc.':>18}{'value':>12}{'gap':>9}  certified")
    for size, names in SIZES.items():
        for objective in ("mean", "cvar"):
            for draws in (500,) if options.quick else (500, 2000):
                question = Question(objective, moves=moves(names))
                timing = timed(scenario, question, draws)
                gap = "-"
                if not options.quick and draws == 500:
                    best = best_known(scenario, question, draws, timing.answer)
                    gap = f"{best - timing.answer.chosen.worth:,.0f}"
                target = TARGETS.get((size, objective, draws))
                tell(f"{size}, {objective}, {draws:,} draws", timing, gap, target)
    for objective in ("mean", "cvar"):
        plain = Question(objective, moves=moves(EIGHT))
        ground = timed(scenario, plain, 500).study.ground
        for limit in LIMITS:
            question = replace(plain, limits=(read_limit(limit),))
            timing = timed(scenario, question, 500, ground)
            tell(f"8 levers, {objective}, {limit}", timing, target=1.0)


if __name__ == "__main__":
    main()

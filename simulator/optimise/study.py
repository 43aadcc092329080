"""The search for the best plan, piece by piece; what comes of it is an :class:`Answer`."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from simulator.model.register import FloatArray, Range
from simulator.optimise.answer import Answer, Candidate, Conflict, Infeasible, Searched
from simulator.optimise.evaluation import Judge, Tick, World, nothing, reached
from simulator.optimise.few import chosen_moves, unit_of
from simulator.optimise.ground import Ground, key_of, with_long_steps
from simulator.optimise.levers import Levers, baseline_scenario, changed, held, value_of
from simulator.optimise.question import Question
from simulator.optimise.search import (
    Evaluate,
    Point,
    Search,
    Values,
    best_of,
    climb,
    first_order,
    is_best_around,
    points_of,
    settle,
)
from simulator.scenario import Scenario
from simulator.scenario.shipped_files import load_shipped, shipped

DRAWS = 512
COARSE_DRAWS = 128
"""Draws in which is searched; what is found there is climbed on, and compared, in all draws."""
_SCREENED, _CLIMBS, _FINE_CLIMBS = 128, 3, 2
_TOPS, _CLIMBS_WITHIN = 2, 2
"""Of the search without limits so many ends are starts of the one within, and of random plans."""
_NEARLY = 0.1
"""What ends lower by so much of the spread over random plans is not climbed on from."""
_FINELY: Mapping[str, Any] = {"most": 12, "precision": 1e-7}
"""Of climbs in all draws."""
_FLAT = 0.005
"""What small moves may still bring, as a share of that spread, before it is climbed on; half of
what the proof allows."""
_RANDOM = 384
"""Random plans that the answer is compared with, besides those that the search began with."""
_SECOND_SEED = 1_000_003
"""Sets random plans that the answer is compared with apart from those that it came from."""


class Study:
    """A question about a scenario, and how far its answer is."""

    def __init__(
        self,
        scenario: Scenario,
        question: Question,
        draws: int = DRAWS,
        *,
        threads: int | None = None,
        tick: Tick = nothing,
        ground: Ground | None = None,
    ) -> None:
        """
        Args:
            scenario: what is asked about; its plan is the present one, made at once.
            question: what is asked.
            draws: of the assumptions, in which plans are compared.
            threads: the most to use.
            tick: called between pieces of work of some 20 ms.
            ground: what a study before this one began with; taken if this one begins with the
                same. The answer does not depend on it.

        Raises:
            ScenarioError: the question is none for this scenario.
        """
        question.check(scenario)
        # Depth is no lever of it: what is best is sought, and compared, as made at once.
        at_once = scenario.plan.model_copy(update={"stages": None})
        self.in_stages = scenario.plan.stages is not None
        self.scenario = scenario.without_results().model_copy(update={"plan": at_once})
        self.question, self.draws = question, draws
        self.threads, self.tick = threads, tick
        self.best: Scenario | None = None
        """The best so far that meets all limits."""
        self.answer: Answer | Infeasible | None = None
        """Certified first, ``is_complete`` later."""
        own = key_of(self.scenario, question, draws)
        self.ground = ground if ground is not None and ground.key == own else None
        """Once there is one: for the next question."""
        self.combinations: int | None = None
        """Where only so many levers may move: how many combinations of them were searched, if all
        were."""
        self.coarse: Judge | None = None
        """Of few draws."""
        self.fine: Judge | None = None
        """Of all draws."""
        self.done, self.total = 0, 1

    def run(self) -> Generator[None]:
        """Go on to the next piece, of some tenths of a second."""
        for _ in self._pieces():
            self.done += 1
            self.total = max(self.total, self.done + 3)
            yield
        self.done, self.coarse = self.total, None

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be found; the answer may be there, certified, before that."""
        return isinstance(self.answer, Infeasible) or bool(self.answer and self.answer.is_complete)

    def _pieces(self) -> Iterator[None]:
        levers = Levers.of(self.scenario, self.question.free)
        self.total = _CLIMBS + _FINE_CLIMBS + 18
        coarse, fine = yield from self._judges(levers)
        self.coarse, self.fine = coarse, fine
        self._note_known(fine)
        search = yield from self._open_search(levers, coarse, fine)
        if self.question.most_changes is not None:
            most = self.question.most_changes
            moves = yield from chosen_moves(self, levers, coarse, fine, most)
            levers = Levers.of(self.scenario, moves)
            search = _search(levers, coarse, self._starts(levers), self.scenario.seed)
            yield from search.run()
        elif coarse.limits:
            search = yield from self._within_limits(levers, coarse, search)
        if search.best is not None and search.best.violation:
            plain = [replace(world, draws=coarse.worlds[0].draws) for world in fine.worlds]
            conflicts = yield from self._conflicts(levers, replace(fine, worlds=plain))
            if conflicts:
                left = held(self.scenario, self.question)
                self.answer = Infeasible(self.question, conflicts, left)
                return
        searched = yield from self._settled(levers, coarse, fine, search)
        yield from self._answer(levers, fine, searched)

    def _open_search(
        self, levers: Levers, coarse: Judge, fine: Judge
    ) -> Generator[None, None, Search]:
        """The search without limits, in few draws: made by a study before this one, or now."""
        if self.ground is not None:
            return self.ground.search
        judge = replace(coarse, question=replace(self.question, limits=()))
        search = _search(levers, judge, self._starts(levers), self.scenario.seed)
        yield from search.run()
        self.ground = Ground(
            key_of(self.scenario, self.question, self.draws),
            coarse.worlds[0].method,
            coarse.worlds[0].known,
            fine.worlds[0].known,
            {},
            search,
        )
        return search

    def _within_limits(
        self, levers: Levers, judge: Judge, ground: Search
    ) -> Generator[None, None, Search]:
        """The search within limits, from where the one without them has been."""
        evaluate = _evaluate(levers, judge)
        again = ground.judged_by(evaluate)
        top = max(again.ends, key=lambda end: end.exact)
        if not top.violation:  # what is best without limits keeps to them
            return again
        tops = _apart(sorted(again.ends, key=lambda end: end.exact, reverse=True))
        starts = [*self._starts(levers), *(top.x for top in tops[:_TOPS])]
        search = _search(levers, judge, starts, self.scenario.seed, climbs=_CLIMBS_WITHIN)
        yield from search.run()
        return search

    # --- what is compared ------------------------------------------------------------------------

    def world(self, draws: int, seed: int | None = None) -> World:
        """Draws of the scenario's own world."""
        own = self.scenario
        return World(
            own,
            self.question,
            draws,
            own.seed if seed is None else seed,
            own.ranges(),
            self.threads,
            self.tick,
        )

    def _judges(self, levers: Levers) -> Generator[None, None, list[Judge]]:
        """The judge in few draws, and the one in all."""
        few, fine = self.world(min(self.draws, COARSE_DRAWS)), self.world(self.draws)
        if self.ground is None:
            few = with_long_steps(few, levers)
        else:
            few = replace(few, method=self.ground.method)
            few.known, fine.known = self.ground.coarse, self.ground.fine
        judges = []
        for world in (few, fine):
            judge = Judge([world], self.question)
            if self.question.objective == "regret":
                judge = yield from self._worlds(levers, judge)
            if self.question.objective == "involvement":
                present = world.outcomes([self.scenario.plan_quantities()])[0]
                least = 0.01 * sum(self.scenario.organisation_quantities().budgets)
                put_in = max(present.involvement_cost, least)
                value = min(float(present.value.mean()), 0.0)
                judge = replace(judge, least_put_in=put_in, least_value=value)
            judges.append(judge)
            yield
        return judges

    def _worlds(self, levers: Levers, judge: Judge) -> Generator[None, None, Judge]:
        """The judge of all worlds, with the best mean value that a plan reaches in each."""
        own = judge.worlds[0]
        worlds = [own, *(replace(own, ranges=ranges) for ranges in other_worlds(self.scenario))]
        best = []
        mean = replace(self.question, objective="mean")
        for world in worlds:
            alone = Judge([replace(world, draws=min(world.draws, COARSE_DRAWS))], mean)
            top = yield from self._short_search(levers, _evaluate(levers, alone), 20, 1e-6)
            best.append(0.0 if top is None else max(0.0, top.exact))
        return Judge(worlds, self.question, best)

    def _starts(self, levers: Levers) -> list[FloatArray]:
        return [levers.point(self.scenario), levers.point(baseline_scenario(self.scenario))]

    def _note_known(self, judge: Judge) -> None:
        """What is known before anything is looked for: the present plan, and carrying on."""
        known = self.known_candidates(judge)
        meeting = [candidate for candidate in known if candidate.meets]
        if meeting:
            self.best = max(meeting, key=lambda candidate: candidate.exact).scenario

    def known_candidates(self, judge: Judge) -> list[Candidate]:
        """The present plan, and carrying on."""
        return [
            self.candidate(judge, "present", self.scenario),
            self.candidate(judge, "carrying_on", baseline_scenario(self.scenario)),
        ]

    def candidate(self, judge: Judge, id: str, scenario: Scenario) -> Candidate:
        """A scenario's plan, judged."""
        plan = scenario.plan_quantities()
        (point,) = points_of(np.empty((1, 0)), judge([plan]))
        few = self.question.most_changes
        meets = not point.violation and (few is None or self.changes(scenario) <= few)
        return Candidate(id, scenario, point.exact, meets)

    def changes(self, scenario: Scenario) -> int:
        """How many levers are not where the present plan has them; where money goes is one."""
        units = {
            unit_of(move.path)
            for move in self.question.free
            if abs(value_of(scenario, move.path) - value_of(self.scenario, move.path)) > 1e-9
        }
        return len(units)

    def short_search(self, levers: Levers, judge: Judge) -> Generator[None, None, Point | None]:
        """The best point by few climbs, good enough to compare ways by."""
        best = yield from self._short_search(levers, _evaluate(levers, judge), 20, 1e-5)
        return best

    def _short_search(
        self, levers: Levers, evaluate: Evaluate, most: int, precision: float
    ) -> Generator[None, None, Point | None]:
        """The best point by few climbs of at most ``most`` steps, to ``precision``."""
        search = Search(
            evaluate,
            levers.space,
            starts=self._starts(levers),
            seed=self.scenario.seed,
            screened=64,
            climbs=2,
            most=most,
            precision=precision,
        )
        yield from search.run()
        return search.best

    # --- the best --------------------------------------------------------------------------------

    def _settled(
        self, levers: Levers, coarse: Judge, fine: Judge, search: Search
    ) -> Generator[None, None, Searched]:
        """From where the search in few draws ended to a plan that can be read out."""
        rough, full = _evaluate(levers, coarse), _evaluate(levers, fine)
        slopes = _evaluate(levers, self._sloped(coarse, fine))
        tops = sorted(search.ends, key=lambda end: end.rank, reverse=True)
        least = tops[0].exact - _NEARLY * search.scale
        tops = [top for top in _apart(tops) if top.exact >= least][:_FINE_CLIMBS]
        peaks: list[Point] = []
        for top in tops:
            peaks.append(
                climb(full, levers.space, top.x, scale=search.scale, **_FINELY, rough=slopes)
            )
            self._note(levers, peaks[-1])
            yield
        peak = yield from self._flattened(levers, full, best_of(peaks), search.scale)
        near = peak
        for step in settle(rough, levers.space, levers.grid, peak.x, rounds=6):
            near = step
            yield
        starts = [near.x, levers.grid.nearest(levers.space, peak.x)]
        table = np.array(starts)
        start = best_of(points_of(table, full(table)))
        for on_grid in settle(full, levers.space, levers.grid, start.x, rounds=16, stride=1):
            self._note(levers, on_grid)
            yield
        table = levers.space.random(_RANDOM, self.scenario.seed + _SECOND_SEED)
        random = sorted(
            [*points_of(table, rough(table)), *search.random],
            key=lambda point: point.rank,
            reverse=True,
        )[:8]
        table = np.array([point.x for point in random])
        random = points_of(table, full(table))
        yield
        if best_of(random).rank > max(on_grid.rank, peak.rank):
            peak = climb(
                full, levers.space, best_of(random).x, scale=search.scale, most=25, precision=1e-7
            )
            for on_grid in settle(full, levers.space, levers.grid, peak.x):
                self._note(levers, on_grid)
                yield
        small = first_order(full, levers.space, peak, search.scale)
        stands = is_best_around(full, levers.space, levers.grid, on_grid)
        yield
        return Searched(
            peak,
            on_grid,
            search.ends,
            best_of(random),
            _RANDOM + len(search.random),
            small,
            stands,
            search.scale,
        )

    def _sloped(self, coarse: Judge, fine: Judge) -> Judge:
        """By what slopes are taken: all draws, with the steps of few ones."""
        method = coarse.worlds[0].method
        if method == fine.worlds[0].method:
            return fine
        judge = replace(fine, worlds=[replace(world, method=method) for world in fine.worlds])
        if self.ground is not None:
            judge.worlds[0].known = self.ground.sloped
        return judge

    def _flattened(
        self, levers: Levers, full: Evaluate, peak: Point, scale: float
    ) -> Generator[None, None, Point]:
        """The peak, or what is above it: by the slopes of the very function, if those that led
        there were only near to them."""
        gain = first_order(full, levers.space, peak, scale).gain
        yield
        if gain <= _FLAT * scale:
            return peak
        end = climb(full, levers.space, peak.x, scale=scale, **_FINELY)
        self._note(levers, end)
        yield
        return best_of([peak, end])

    def _note(self, levers: Levers, point: Point) -> None:
        """The best so far, if it is better than what is known."""
        if point.violation:
            return
        there = levers.grid.nearest(levers.space, point.x)
        self.best = changed(self.scenario, levers.values(there))

    def _answer(self, levers: Levers, fine: Judge, searched: Searched) -> Iterator[None]:
        """The answer with its proof; then what else is worth to know of it."""
        from simulator.optimise import proof

        proposed = self.candidate(fine, "proposed", levers.scenario_at(searched.on_grid.x))
        known = self.known_candidates(fine)
        # What is there already stands first: what only comes to the same is no better plan.
        candidates = [*known, proposed]
        meeting = [candidate for candidate in candidates if candidate.meets] or [proposed]
        chosen = max(meeting, key=lambda candidate: candidate.exact)
        # Carrying on may be out of reach of what may move; it still is better than what is not.
        self.best = chosen.scenario
        yield
        fresh = proof.in_fresh_draws(fine, max(proof.FRESH_DRAWS, self.draws))
        yield
        certified = proof.answer(self, levers, fine, fresh, searched, chosen, known)
        self.answer = replace(certified, in_stages=self.in_stages)
        yield
        self.answer = yield from proof.completed(self, levers, fine, fresh, self.answer)

    # --- nothing meets all -----------------------------------------------------------------------

    def _conflicts(
        self, levers: Levers, judge: Judge
    ) -> Generator[None, None, tuple[Conflict, ...]]:
        """Which limits cannot hold together, and how far each would have to give; none if a plan
        was found after all."""
        limits, conflicts = judge.limits, []
        count = len(judge.limits)
        extra = {"cheapest": 1, "involvement": 2}.get(self.question.objective, 0)
        for at in range(count + extra):
            evaluate = _leaving(levers, judge, at)
            best = yield from self._short_search(levers, evaluate, 25, 1e-7)
            if best is None or best.violation:
                continue  # the others cannot hold together either
            if best.exact >= 0.0:
                return ()
            plan = levers.plan(best.x)
            outcome = judge.worlds[0].outcomes([plan])[0]
            if at < count:
                there = reached(limits[at], self.scenario.organisation_quantities(), plan, outcome)
            elif self.question.objective == "involvement" and at == count:
                there = outcome.involvement_cost
            else:
                there = float(outcome.value.mean())
            conflicts.append(Conflict(limits[at] if at < count else None, there))
        return tuple(conflicts) or tuple(Conflict(limit, None) for limit in limits)


def _evaluate(levers: Levers, judge: Judge) -> Evaluate:
    def evaluate(points: FloatArray) -> Values:
        return judge([levers.plan(point) for point in points])

    return evaluate


def _leaving(levers: Levers, judge: Judge, at: int) -> Evaluate:
    """What one limit leaves, as what is climbed, while the others hold."""

    def evaluate(points: FloatArray) -> Values:
        values = judge([levers.plan(point) for point in points])
        own = values.margins[:, at]
        return Values(own, own, np.delete(values.margins, at, axis=1))

    return evaluate


def _search(
    levers: Levers,
    judge: Judge,
    starts: Sequence[FloatArray],
    seed: int,
    screened: int = _SCREENED,
    climbs: int = _CLIMBS,
) -> Search:
    return Search(
        _evaluate(levers, judge),
        levers.space,
        starts=starts,
        seed=seed,
        screened=screened,
        climbs=climbs,
        most=20,
        precision=1e-5,
    )


def _apart(points: Sequence[Point]) -> list[Point]:
    """Those that differ from all before them."""
    chosen: list[Point] = []
    for point in points:
        if all(np.abs(point.x - other.x).max(initial=0.0) > 0.02 for other in chosen):
            chosen.append(point)
    return chosen


def other_worlds(scenario: Scenario) -> list[Mapping[str, Range]]:
    """Assumptions of shipped scenarios that are others than the scenario's own, each once."""
    known: list[Mapping[str, Range]] = [scenario.ranges()]
    for file in shipped():
        ranges = load_shipped(file.stem).ranges()
        if ranges not in known:
            known.append(ranges)
    return known[1:]

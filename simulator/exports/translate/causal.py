"""The causal map: what moves what, in which direction and how strongly today, and the loops.

Everything comes from the equations: a link is there where one variable stands in another's equation
(through any number of others that are not on the map), its sign is that of the derivative, its
strength an elasticity at one point of one scenario.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.exports.translate.derivatives import Slopes, slopes
from simulator.exports.translate.expressions import references
from simulator.exports.translate.model import Kind, Model, values_at
from simulator.model.quantities import Budgets, Involvement, State

LEVERS = (
    *(f"spent_{name}" for name in Budgets._fields),
    *(f"moved_towards_{name}" for name in Involvement._fields),
)
"""What decisions set: they are on the map, and nothing on it moves them."""

EFFORT = ("involvement_hours",)
"""An outcome through which levers and stocks move others."""

RESULTS = (
    "contacts",
    "contacts_unserved",
    "churn",
    "acquisition",
    "revenue",
    "productivity",
    "hours_cost",
    "unserved_cost",
    "net_contribution",
)
"""Outcomes that are on the map; they move one another, but no stock: what moves contacts moves the
quality of service as well."""

ON_MAP = (*LEVERS, *EFFORT, *State._fields, *RESULTS)
"""The variables on the map; all others are ways between them."""

YEAR = 12.0
"""Months after which the strength of a link on a stock is told."""

LONGEST_LOOP = 5
"""Links in a loop, at most: longer ones are weak, and there are thousands."""


@dataclass(frozen=True, slots=True)
class Link:
    """One variable moves another."""

    cause: str
    effect: str
    sign: int
    """1: more of one is more of the other; -1: less; 0: nothing at this point."""
    strength: float
    """By how many per cent the effect is higher for one per cent more of the cause, all else on
    the map the same: at once, or of a stock after a year. 0 where either is zero."""
    through: tuple[str, ...]
    """The variables between, whose equations make the link; the effect's own is the last."""
    assumptions: tuple[str, ...]
    """Assumptions in those equations."""


@dataclass(frozen=True, slots=True)
class Loop:
    """A way back to where it began."""

    names: tuple[str, ...]
    """The variables in their order; the last moves the first."""
    polarity: int
    """1: it reinforces what happens; -1: it balances."""
    strength: float
    """Product of its links' strengths: what is left of one per cent after one round."""


@dataclass(frozen=True, slots=True)
class CausalMap:
    """What moves what at one point of one scenario."""

    values: Mapping[str, float]
    """Of every variable of the model."""
    links: tuple[Link, ...]
    loops: tuple[Loop, ...]
    """Of at most :data:`LONGEST_LOOP` links, the strongest first."""

    def as_data(self, model: Model) -> dict[str, Any]:
        """The map for JSON: nodes with their words, links, loops."""
        nodes = (model.variables[name] for name in ON_MAP)
        return {
            "nodes": [
                {
                    "name": node.name,
                    "kind": "lever" if node.name in LEVERS else str(node.kind),
                    "meaning": node.meaning,
                    "unit": node.unit,
                    "value": self.values[node.name],
                }
                for node in nodes
            ],
            "links": [
                {
                    "cause": link.cause,
                    "effect": link.effect,
                    "sign": link.sign,
                    "strength": link.strength,
                    "through": list(link.through),
                    "assumptions": list(link.assumptions),
                }
                for link in self.links
            ],
            "loops": [
                {
                    "names": list(loop.names),
                    "polarity": "reinforcing" if loop.polarity > 0 else "balancing",
                    "strength": loop.strength,
                }
                for loop in self.loops
            ],
            "longest_loop": LONGEST_LOOP,
        }


def causal_map(
    model: Model,
    inputs: Mapping[str, float],
    month: float = 0.0,
    stocks: Mapping[str, float] | None = None,
) -> CausalMap:
    """The map in ``month`` at these levels of ``stocks`` (today's if not given)."""
    values = values_at(model, inputs, month, stocks)
    links = tuple(_links(model, values))
    return CausalMap(values, links, loops_of(links))


def _links(model: Model, values: Mapping[str, float]) -> Iterator[Link]:
    needs = _moving_needs(model)
    for effect in ON_MAP:
        if effect in LEVERS:
            continue
        variable = model.variables[effect]
        target = variable.flow or effect
        causes = [name for name in ON_MAP if name != target]
        if effect not in RESULTS:
            causes = [name for name in causes if name not in RESULTS]
        total = total_slopes(model, target, values, frozenset(causes))
        rate = total.get(effect, 0.0) if variable.kind is Kind.STOCK else 0.0
        between = _between(needs, target, causes)
        for cause in causes:
            through = _way(needs, between, cause, target)
            if cause == effect or not through:
                continue
            slope = total.get(cause, 0.0)
            at_end = slope * (_held(rate) if variable.kind is Kind.STOCK else 1.0)
            base = values[effect]
            strength = at_end * values[cause] / base if base != 0.0 else 0.0
            yield Link(
                cause,
                effect,
                (slope > 0.0) - (slope < 0.0),
                strength,
                through,
                _assumptions(model, through),
            )


def _held(rate: float) -> float:
    """Months' worth that a steady push has left in a stock after a year, which by itself changes at
    ``rate`` per month."""
    return math.expm1(rate * YEAR) / rate if abs(rate) > 1e-12 else YEAR


def total_slopes(
    model: Model, target: str, values: Mapping[str, float], held: frozenset[str]
) -> Slopes:
    """Total derivatives of ``target`` with respect to each name in ``held``, the others of these
    held where they are."""
    done: dict[str, Slopes] = {}

    def of(name: str) -> Slopes:
        if name in held:
            return {name: 1.0}
        if name not in done:
            expression = model.variables[name].expression if name in model.variables else None
            result: Slopes = {}
            if expression is not None:
                for inner, weight in slopes(expression, values).items():
                    for cause, slope in of(inner).items():
                        result[cause] = result.get(cause, 0.0) + weight * slope
            done[name] = result
        return done[name]

    return of(target)


def _moving_needs(model: Model) -> dict[str, frozenset[str]]:
    """For each variable that moves: those that stand in its equation and move."""
    fixed = {variable.name for variable in model.of_kind(Kind.INPUT, Kind.CONSTANT)}
    return {
        name: frozenset()
        if variable.kind is Kind.STOCK or variable.expression is None
        else frozenset(references(variable.expression)) - fixed
        for name, variable in model.variables.items()
        if name not in fixed
    }


def _between(
    needs: Mapping[str, frozenset[str]], target: str, causes: Iterable[str]
) -> tuple[str, ...]:
    """``target`` and all that it needs and ``causes`` move, causes first."""
    ends = frozenset(causes)
    order: list[str] = []
    seen: set[str] = set()

    def visit(name: str) -> None:
        if name in seen or name in ends:
            return
        seen.add(name)
        for inner in sorted(needs.get(name, ())):
            visit(inner)
        order.append(name)

    visit(target)
    return tuple(order)


def _way(
    needs: Mapping[str, frozenset[str]], between: Iterable[str], cause: str, target: str
) -> tuple[str, ...]:
    """Those of ``between`` that ``cause`` reaches, in order; nothing if not the target."""
    reached: dict[str, None] = {}
    for name in between:
        inner = needs.get(name, frozenset())
        if cause in inner or not inner.isdisjoint(reached):
            reached[name] = None
    return tuple(reached) if target in reached else ()


def _assumptions(model: Model, names: Iterable[str]) -> tuple[str, ...]:
    assumptions: dict[str, None] = {}
    for name in names:
        expression = model.variables[name].expression
        for inner in references(expression) if expression is not None else ():
            if inner in model.variables and model.variables[inner].source == "register":
                assumptions[inner] = None
    return tuple(assumptions)


def assumptions_behind(model: Model, name: str) -> tuple[str, ...]:
    """Assumptions in the equations of a variable, of a stock in what changes it, the nearest first;
    as far as other variables of the map, which have equations of their own. None of a name that
    there is not."""
    if name not in model.variables:
        return ()
    start = model.variables[name].flow or name
    assumptions: list[str] = []
    seen, waiting = {start, name}, deque([start])
    while waiting:
        variable = model.variables[waiting.popleft()]
        if variable.source == "register":
            assumptions.append(variable.name)
        elif variable.name == start or variable.name not in ON_MAP:
            needs = references(variable.expression) if variable.expression is not None else ()
            fresh = [
                inner for inner in sorted(needs) if inner in model.variables and inner not in seen
            ]
            seen.update(fresh)
            waiting.extend(fresh)
    return tuple(assumptions)


def loops_of(links: Iterable[Link], longest: int = LONGEST_LOOP) -> tuple[Loop, ...]:
    """All loops of at most so many links with a sign, the strongest first; each begins with the
    name that comes first in the alphabet."""
    onward: dict[str, list[Link]] = {}
    for link in links:
        if link.sign:
            onward.setdefault(link.cause, []).append(link)
    loops: list[Loop] = []

    def walk(start: str, way: tuple[Link, ...]) -> None:
        here = way[-1].effect if way else start
        for link in onward.get(here, ()):
            if link.effect == start:
                whole = (*way, link)
                loops.append(
                    Loop(
                        tuple(step.cause for step in whole),
                        math.prod(step.sign for step in whole),
                        math.prod(step.strength for step in whole),
                    )
                )
            elif (
                link.effect > start
                and len(way) + 1 < longest
                and all(link.effect != step.cause for step in way)
            ):
                walk(start, (*way, link))

    for name in sorted(onward):
        walk(name, ())
    return tuple(sorted(loops, key=lambda loop: (-abs(loop.strength), loop.names)))

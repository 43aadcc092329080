"""The arithmetic of the split, over thousands of splits."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

import pytest

from simulator.model.quantities import SOURCES
from simulator.scenario import SUM_TOLERANCE, SplitInput, load_shipped
from tests.support.node import evaluate

NAMES = tuple(SplitInput.model_fields)

MOVE = """async (cases) => {
  const { moved, limits } = await import("/state/split.js");
  return cases.map(({ shares, name, wanted, locked }) => {
    const before = JSON.stringify(shares);
    const set = new Set(locked);
    const result = moved(shares, name, wanted, set);
    const { low, high } = limits(shares, name, set);
    const untouched = JSON.stringify(shares) === before;
    return { ...result, low, high, untouched, same: result.shares === shares };
  });
}"""


def move(*cases: dict[str, Any]) -> list[dict[str, Any]]:
    """What ``split.js`` makes of each case."""
    moves: list[dict[str, Any]] = evaluate(MOVE, cases)
    return moves


def one(percents: Sequence[float], name: str, wanted: float, *locked: str) -> list[float]:
    """The split in per cents after one move."""
    shares = {name: percent / 100 for name, percent in zip(NAMES, percents, strict=True)}
    (result,) = move(
        {"shares": shares, "name": name, "wanted": wanted / 100, "locked": list(locked)}
    )
    return [round(100 * result["shares"][name], 9) for name in NAMES]


def whole_split(source: random.Random) -> dict[str, float]:
    """Six whole per cents, many of them zero."""
    cuts = sorted(source.choice([0, 100, source.randint(0, 100)]) for _ in NAMES[1:])
    ends = zip([0, *cuts], [*cuts, 100], strict=True)
    return {name: (b - a) / 100 for name, (a, b) in zip(NAMES, ends, strict=True)}


def any_split(source: random.Random) -> dict[str, float]:
    """Six shares with all the figures that a number has, some of them zero or tiny."""
    weights = [source.random() ** source.choice([1, 20]) * source.choice([0, 1, 1]) for _ in NAMES]
    weights[source.randrange(6)] += 0.5
    return {name: weight / sum(weights) for name, weight in zip(NAMES, weights, strict=True)}


def cases(split: Any, seed: int, number: int) -> list[dict[str, Any]]:
    source = random.Random(seed)
    return [
        {
            "shares": split(source),
            "name": source.choice(NAMES),
            "wanted": source.choice([source.randint(-10, 110) / 100, round(source.random(), 4)]),
            "locked": source.sample(NAMES, source.randint(0, 6)),
        }
        for _ in range(number)
    ]


@pytest.mark.parametrize("split", [whole_split, any_split])
@pytest.mark.parametrize("seed", range(3))
def test_whatever_moves_the_rules_of_the_split_hold(split: Any, seed: int) -> None:
    asked = cases(split, seed, 1500)
    for case, moved in zip(asked, move(*asked), strict=True):
        before, after, name = case["shares"], moved["shares"], case["name"]
        locked = set(case["locked"])
        assert moved["untouched"], "the split that was given is never changed"
        assert tuple(after) == NAMES, "the order in the file stays"
        assert abs(math.fsum(after.values()) - 1) < SUM_TOLERANCE, (case, moved)
        assert all(0 <= share <= 1 for share in after.values()), (case, moved)
        assert all(after[one] == before[one] for one in locked - {name}), (case, moved)
        assert after[name] == moved["reached"]
        free = set(NAMES) - locked - {name}
        fixed = math.fsum(before[one] for one in locked - {name})
        if not free:
            assert moved["same"]
            assert moved["low"] == moved["high"] == before[name]
        else:
            assert moved["low"] == 0
            assert moved["high"] == pytest.approx(max(0, 1 - fixed), abs=1e-11)
            wanted = min(max(case["wanted"], 0), moved["high"])
            assert after[name] == wanted, (case, moved)


@pytest.mark.parametrize("seed", range(3))
def test_lines_that_give_or_take_stay_in_whole_per_cents(seed: int) -> None:
    """As many of them as can: one takes what the moved and the locked lines leave."""
    asked = cases(whole_split, seed, 1500)
    for case, moved in zip(asked, move(*asked), strict=True):
        others = [
            share
            for name, share in moved["shares"].items()
            if name != case["name"] and name not in case["locked"]
        ]
        broken = [share for share in others if share != round(share, 2)]
        assert len(broken) <= (moved["reached"] != round(moved["reached"], 2)), (case, moved)
        written = [repr(share) for share in moved["shares"].values()]
        assert all(len(text) <= len("0.1234") for text in written), "as people write them"


@pytest.mark.parametrize("seed", range(2))
def test_others_give_and_take_in_proportion(seed: int) -> None:
    asked = cases(any_split, seed, 1500)
    for case, moved in zip(asked, move(*asked), strict=True):
        free = [one for one in NAMES if one != case["name"] and one not in case["locked"]]
        had = math.fsum(case["shares"][one] for one in free)
        if moved["same"] or not had:
            continue
        has = math.fsum(moved["shares"][one] for one in free)
        for line in free:
            fair = has * case["shares"][line] / had
            assert abs(moved["shares"][line] - fair) < 0.0101 + 1e-9, (case, moved)
            if not case["shares"][line]:
                assert not moved["shares"][line], "who has nothing while others have gets nothing"


def test_known_moves() -> None:
    split = [15, 30, 10, 25, 20, 0]
    assert one(split, "community", 30) == split
    assert one(split, "community", 37) == [14, 37, 9, 22, 18, 0]
    assert one(split, "savings", 100) == [0, 0, 0, 0, 0, 100]
    assert one([0, 0, 0, 0, 0, 100], "savings", 0) == [20, 20, 20, 20, 20, 0]
    assert one([0, 0, 0, 0, 0, 100], "savings", 99) == [1, 0, 0, 0, 0, 99]
    assert one(split, "community", 90, "listening", "content") == [15, 75, 10, 0, 0, 0]
    assert one(split, "community", 0, *(set(NAMES) - {"savings"})) == [15, 0, 10, 25, 20, 30]
    assert one(split, "community", 0, *NAMES) == split
    assert one(split, "community", 12.5, "listening", "content", "networking") == [
        *(15, 12.5, 10, 25, 37.5, 0),
    ]


def test_money_follows_each_source_on_its_own_route() -> None:
    scenario = load_shipped("business-manufacturer")
    freed, received, own = evaluate(
        """async ([doc, sources]) => {
          const split = await import("/state/split.js");
          const common = split.withSplit(doc, doc.plan.split, sources);
          return [
            split.freed(doc, sources),
            split.received(doc, sources),
            [split.routesDiffer(doc, sources), split.routesDiffer(common, sources)],
          ];
        }""",
        [scenario.model_dump(mode="json"), list(SOURCES)],
    )
    plan, budgets = scenario.plan_quantities(), scenario.organisation_quantities().budgets
    assert own == [True, False]
    for source in SOURCES:
        shift = getattr(plan, source)
        assert freed[source] == pytest.approx(shift.share_moved * getattr(budgets, source))
    for name in NAMES:
        arrives = math.fsum(
            freed[source] * getattr(getattr(plan, source).split, name) for source in SOURCES
        )
        assert received[name] == pytest.approx(arrives)
    assert math.fsum(received.values()) == pytest.approx(math.fsum(freed.values()))

"""The chart of where money flows: to the cent, in the order of the levers."""

from __future__ import annotations

import html
import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import charts
from simulator import results as outcomes
from simulator.charts import KEPT
from simulator.charts.palette import LIGHT
from simulator.i18n.language import ENGLISH, Language
from simulator.model.quantities import SOURCES, Split
from simulator.scenario import Scenario
from tests.support.drawn_charts import languages, unmoved
from tests.support.strategies import SHARES, logarithmic, splits


def cents(value: float) -> int:
    assert abs(100 * value - round(100 * value)) < 1e-3 * max(1.0, abs(value) * 1e-9)
    return round(100 * value)


@given(
    st.lists(SHARES, min_size=3, max_size=3),
    st.lists(splits(), min_size=3, max_size=3),
    st.lists(st.one_of(logarithmic(0.01, 1e9), st.just(0.0)), min_size=3, max_size=3),
)
def test_money_flow_conserves_money_to_the_cent(
    base: Scenario, shares: list[float], own: list[Split], budgets: list[float]
) -> None:
    if not any(budgets):
        budgets[0] = 1.0
    plan = base.changed(
        **{
            f"plan.{source}.{name}": value
            for source, share, split in zip(SOURCES, shares, own, strict=True)
            for name, value in (("share_moved", share), ("split", split._asdict()))
        },
        **{
            f"organisation.budgets.{source}": budget
            for source, budget in zip(SOURCES, budgets, strict=True)
        },
    )
    links = charts.flows(plan)
    for source, budget, share, split in zip(SOURCES, budgets, shares, own, strict=True):
        out = {target: cents(money) for (of, target), money in links.items() if of == source}
        assert sum(out.values()) == round(100 * budget)
        assert all(money > 0 for money in out.values())
        for target, part in split._asdict().items():
            # Half a cent for the share, half for each of the six parts.
            expected = 100 * budget * share * part
            assert abs(out.get(target, 0) - expected) <= 4.0 + 1e-9 * budget


def test_money_flow_is_what_the_model_spends(base: Scenario) -> None:
    """With a split of its own for one source; at the end all changes are complete."""
    own = dict.fromkeys(Split._fields, 0.0) | {"community": 0.25, "savings": 0.75}
    plan = base.changed(**{"plan.training.split": own, "plan.training.share_moved": 0.4})
    forecast = outcomes.simulate(plan, 1)
    links = charts.flows(plan)
    budgets = plan.organisation.budgets
    for target in Split._fields:
        flowing = math.fsum(money for (_, to), money in links.items() if to == target)
        today = 0.0 if target == "savings" else getattr(budgets, target)
        name = "savings" if target == "savings" else f"spent_{target}"
        assert today + flowing == pytest.approx(forecast.series(name)[0, -1], abs=0.05)
    for source in SOURCES:
        spent = forecast.series(f"spent_{source}")[0, -1]
        assert links[source, KEPT] == pytest.approx(spent, abs=0.05)


@languages
def test_money_flow_draws_the_flows(language: Language, base: Scenario) -> None:
    links = charts.flows(base)
    figure = charts.sankey(base, language, LIGHT, 24)
    (drawn,) = figure.data
    names = drawn["node"]["label"]
    assert drawn["link"]["value"] == list(links.values())
    for of, to, label, (source, target) in zip(
        drawn["link"]["source"], drawn["link"]["target"], drawn["link"]["label"], links, strict=True
    ):
        total = math.fsum(money for (one, _), money in links.items() if one == source)
        into = math.fsum(money for (_, one), money in links.items() if one == target)
        assert names[of].endswith(language.money(total, "EUR"))
        assert names[to].endswith(language.money(into, "EUR"))
        assert language.money(links[source, target], "EUR") in label
    moved = math.fsum(money for (_, target), money in links.items() if target != KEPT)
    assert language.money(moved, "EUR") in figure.alt
    assert all(name in html.escape(figure.alt) for name in names[3:-1])
    # The halo hides what lies below a label.
    assert LIGHT.paper in drawn["textfont"]["shadow"]


@given(st.lists(logarithmic(1.0, 1e6), min_size=6, max_size=6), SHARES)
def test_money_flow_keeps_the_order_of_the_levers(
    base: Scenario, sizes: list[float], share: float
) -> None:
    """Plotly moves nodes down from where they are, in the order of their upper edges."""
    split = [size / math.fsum(sizes) for size in sizes]
    split[0] += 1.0 - math.fsum(split)
    plan = base.changed(
        **{"plan.split": dict(zip(Split._fields, split, strict=True))},
        **{f"plan.{source}.split": None for source in SOURCES},
        **{f"plan.{source}.share_moved": max(share, 0.01) for source in SOURCES},
    )
    links = charts.flows(plan)
    (drawn,) = charts.sankey(plan, ENGLISH, LIGHT).data
    node = drawn["node"]
    order = [
        place for place in (*SOURCES, *Split._fields, KEPT) if any(place in link for link in links)
    ]
    assert len(node["label"]) == len(node["x"]) == len(node["y"]) == len(order)
    assert min(*node["x"], *node["y"]) > 0.0
    total = math.fsum(links.values())
    room = 0.9  # Of the height, what is left when there are gaps.
    for column in (order[:3], order[3:]):
        sizes = [math.fsum(m for link, m in links.items() if name in link) for name in column]
        middles = [node["y"][order.index(name)] for name in column]
        tops = [
            middle - room * size / total / 2 for middle, size in zip(middles, sizes, strict=True)
        ]
        assert all(above < below + 1e-4 for above, below in pairwise(tops))
    assert set(node["x"][:3]) == {min(node["x"])} and set(node["x"][3:]) == {max(node["x"])}


def test_money_flow_leaves_out_what_gets_nothing(base: Scenario) -> None:
    split = dict.fromkeys(Split._fields, 0.0) | {"content": 1.0}
    plan = base.changed(
        **{"plan.split": split}, **{f"plan.{source}.split": None for source in SOURCES}
    )
    (drawn,) = charts.sankey(plan, ENGLISH, LIGHT).data
    targets = [name for name in drawn["node"]["label"] if name.startswith(("List", "Cont", "Sav"))]
    assert [name.split()[0] for name in targets] == ["Content"]


def test_money_flow_says_when_there_is_none(base: Scenario) -> None:
    figure = charts.sankey(unmoved(base), ENGLISH, LIGHT)
    (text,) = (one["text"] for one in figure.layout["annotations"])
    assert "No money is moved" in text and text in figure.alt
    assert not any(one["type"] == "sankey" for one in figure.data)
    assert figure.key != charts.sankey(base, ENGLISH, LIGHT).key


def test_money_flow_keeps_its_layout(base: Scenario) -> None:
    moved = base.changed(**{"plan.training.share_moved": 0.5})
    before, after = (charts.sankey(each, ENGLISH, LIGHT) for each in (base, moved))
    assert before.key == after.key and before.data != after.data

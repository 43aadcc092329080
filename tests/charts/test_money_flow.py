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
from simulator.i18n.language import ENGLISH, GAP, Language
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
def test_money_flow_says_what_the_levers_say(language: Language, base: Scenario) -> None:
    plan = base.changed(
        **{
            "plan.training.share_moved": 0.31,
            "plan.market_research.share_moved": 0.127,
            "plan.customer_service.share_moved": 0.0735,
        }
    )
    figure = charts.sankey(plan, language, LIGHT, 24)
    texts = [one.strip(GAP) for one in figure.data[-1]["text"]]
    budgets, shifts = plan.organisation.budgets, plan.plan
    amounts = {
        source: getattr(shifts, source).share_moved * getattr(budgets, source) for source in SOURCES
    }
    shares = plan.plan_quantities().training.split
    received = [
        sum(amount * share for amount in amounts.values()) for share in shares if share > 0.0
    ]
    for text, money in zip(texts[3:], received, strict=False):
        assert text.endswith(language.money(money, "EUR"))
    for text, source in zip(texts, SOURCES, strict=False):
        assert text.endswith(language.money(getattr(budgets, source), "EUR"))
    links = charts.flows(plan)
    said = [one["text"] for one in figure.data if one.get("hoveron")]
    assert len(said) == len(links)
    moved = math.fsum(money for (_, target), money in links.items() if target != KEPT)
    assert language.money(moved, "EUR") in figure.alt
    assert all(name in html.escape(figure.alt) for name in texts[3:-1])
    # The halo hides what lies below a label.
    assert LIGHT.paper in figure.data[-1]["textfont"]["shadow"]


@given(st.lists(logarithmic(1.0, 1e6), min_size=6, max_size=6), SHARES)
def test_money_flow_keeps_the_order_of_the_levers(
    base: Scenario, sizes: list[float], share: float
) -> None:
    """Nodes and flows lie one below the other as the levers do, each as high as its money."""
    split = [size / math.fsum(sizes) for size in sizes]
    split[0] += 1.0 - math.fsum(split)
    plan = base.changed(
        **{"plan.split": dict(zip(Split._fields, split, strict=True))},
        **{f"plan.{source}.split": None for source in SOURCES},
        **{f"plan.{source}.share_moved": max(share, 0.01) for source in SOURCES},
    )
    links = charts.flows(plan)
    figure = charts.sankey(plan, ENGLISH, LIGHT)
    areas = dict(zip(links, (one for one in figure.data if one.get("hoveron")), strict=True))
    scales = []
    for ends, area in areas.items():
        half = len(area["x"]) // 2
        top, bottom = area["y"][:half], area["y"][half:][::-1]
        assert all(
            0.0 - 1e-4 <= below <= above <= 1.0 + 1e-4
            for above, below in zip(top, bottom, strict=True)
        )
        scales.append((top[0] - bottom[0]) / links[ends])
        assert top[-1] - bottom[-1] == pytest.approx(top[0] - bottom[0], abs=3e-5)
    total = math.fsum(links.values())
    sizeable = [
        scale for scale, money in zip(scales, links.values(), strict=True) if money > 0.01 * total
    ]
    assert max(sizeable) == pytest.approx(min(sizeable), rel=0.01)
    for side, end in ((0, 0), (1, -1)):
        names = (SOURCES, (*Split._fields, KEPT))[side]
        order = [
            areas[ends]["y"][: len(areas[ends]["y"]) // 2][end]
            for name in names
            for ends in links
            if ends[side] == name
        ]
        assert all(above >= below - 3e-5 for above, below in pairwise(order))


def test_money_flow_leaves_out_what_gets_nothing(base: Scenario) -> None:
    split = dict.fromkeys(Split._fields, 0.0) | {"content": 1.0}
    plan = base.changed(
        **{"plan.split": split}, **{f"plan.{source}.split": None for source in SOURCES}
    )
    names = [one.strip(GAP) for one in charts.sankey(plan, ENGLISH, LIGHT).data[-1]["text"]]
    targets = [name for name in names if name.startswith(("List", "Cont", "Sav"))]
    assert [name.split()[0] for name in targets] == ["Content"]


def test_money_flow_says_when_there_is_none(base: Scenario) -> None:
    figure = charts.sankey(unmoved(base), ENGLISH, LIGHT)
    (text,) = (one["text"] for one in figure.layout["annotations"])
    assert "No money is moved" in text and text in figure.alt
    assert not any("fill" in one for one in figure.data)
    assert figure.key != charts.sankey(base, ENGLISH, LIGHT).key


def test_money_flow_keeps_its_layout_and_its_form(base: Scenario) -> None:
    """So that the page can write it anew while a lever moves."""
    moved = base.changed(**{"plan.training.share_moved": 0.5})
    before, after = (charts.sankey(each, ENGLISH, LIGHT) for each in (base, moved))
    assert before.key == after.key and before.data != after.data
    assert [(one["mode"], len(one["x"])) for one in before.data] == [
        (one["mode"], len(one["x"])) for one in after.data
    ]

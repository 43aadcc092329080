"""The equations keep to their grammar, and each one means what its docstring says."""

from __future__ import annotations

import ast
import importlib
import inspect
import math
import pkgutil
import textwrap
import types
import typing
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.model import equations, flows, quantities, system
from simulator.model import initial_state as initial_state_module
from simulator.model import outcomes as outcomes_module
from simulator.model.equations import (
    capability,
    connectedness,
    customers,
    decisions,
    insight,
    money,
    service,
)
from simulator.model.initial_state import initial_state
from simulator.model.outcomes import ledger_rates, outcomes
from simulator.model.quantities import Budgets, Contacts
from simulator.model.register import Parameters, central
from tests.support.strategies import SHARES, corners, involvements, logarithmic, plans

# --- grammar -------------------------------------------------------------------------------------

NODES = (
    ast.FunctionDef,
    ast.arguments,
    ast.arg,
    ast.Return,
    ast.Assign,
    ast.Expr,
    ast.BinOp,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.UnaryOp,
    ast.USub,
    ast.IfExp,
    ast.BoolOp,
    ast.And,
    ast.Compare,
    ast.Gt,
    ast.GtE,
    ast.Lt,
    ast.LtE,
    ast.Call,
    ast.keyword,
    ast.Attribute,
    ast.Name,
    ast.Load,
    ast.Store,
    ast.Constant,
)
"""All of Python that an equation may use: no powers by ``**``, no loops, no indexing."""

STRUCTURAL_NUMBERS = {0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0}
"""Numbers that belong to a form (a smooth step, a mean, a quadratic), not to the world."""

GUARDS = {1e-9}
"""Numbers so small that they only keep a division from failing."""

UNITS = {"MONTHS_PER_YEAR": 12.0, "MINUTES_PER_HOUR": 60.0, "FASTEST_PER_MONTH": 1.0}
"""Named numbers that convert units, or keep the arithmetic of monthly steps sound."""

MATHS = (math.exp, math.log, math.pow, math.sqrt, min, max)


def _is_named_tuple(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, tuple) and hasattr(value, "_fields")


def _sectors() -> list[types.ModuleType]:
    return [
        importlib.import_module(f"{equations.__name__}.{found.name}")
        for found in pkgutil.iter_modules(equations.__path__)
    ]


_WIRING = (quantities, flows, initial_state_module, outcomes_module, system)
_OURS = {module.__name__ for module in (*_sectors(), *_WIRING)}


def _called(function: types.FunctionType) -> Iterator[types.FunctionType]:
    """The function and all plain functions that it reaches."""
    yield function
    for name in function.__code__.co_names:
        value = function.__globals__.get(name)
        if isinstance(value, types.FunctionType) and value.__module__ in _OURS:
            yield from _called(value)


def _everything() -> list[types.FunctionType]:
    """All functions in the sectors, and what the engine compiles of the model."""
    entries: list[Callable[..., Any]] = [
        value
        for sector in _sectors()
        for value in vars(sector).values()
        if isinstance(value, types.FunctionType) and value.__module__ in _OURS
    ]
    entries += [
        initial_state,
        flows.auxiliaries,
        flows.flows,
        outcomes,
        ledger_rates,
        system.rates,
    ]
    found = {
        one for entry in entries if isinstance(entry, types.FunctionType) for one in _called(entry)
    }
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


FUNCTIONS = _everything()


@cache
def _tree(function: types.FunctionType) -> ast.FunctionDef:
    node = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(node, ast.FunctionDef)
    return node


def _code(function: types.FunctionType) -> Iterator[ast.AST]:
    """Nodes of the body, without docstring and annotations."""
    for statement in _tree(function).body[1:]:
        yield from ast.walk(statement)


def test_the_walk_finds_the_model() -> None:
    names = {function.__name__ for function in FUNCTIONS}
    assert {"combined_effort", "serve", "ramp", "rates", "initial_state", "leaving_hazard"} <= names
    assert len(FUNCTIONS) > 50


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.__name__)
def test_only_the_grammar_of_equations_is_used(function: types.FunctionType) -> None:
    tree = _tree(function)
    assert not tree.decorator_list
    assert not tree.args.defaults and not tree.args.vararg and not tree.args.kwarg
    names = {argument.arg for argument in tree.args.args}
    for statement in tree.body[1:]:
        assert isinstance(statement, (ast.Assign, ast.Return)), ast.unparse(statement)
    for node in _code(function):
        assert isinstance(node, NODES), f"{type(node).__name__}: {ast.unparse(node)}"
        if isinstance(node, ast.Assign):
            assert len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)
            names.add(node.targets[0].id)
    for node in _code(function):
        if isinstance(node, ast.Name) and node.id not in names:
            value = function.__globals__.get(node.id, vars(math).get(node.id))
            if node.id in ("min", "max"):
                assert node.id not in function.__globals__
            elif node.id in UNITS:
                assert value == UNITS[node.id]
            else:
                assert value in MATHS or value in FUNCTIONS or _is_named_tuple(value), node.id
        if isinstance(node, ast.Attribute):
            root: ast.expr = node
            while isinstance(root, ast.Attribute):
                root = root.value
            assert isinstance(root, ast.Name) and root.id in names, ast.unparse(node)
        if isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Name), ast.unparse(node)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.__name__)
def test_no_number_about_the_world_is_written_in_code(function: types.FunctionType) -> None:
    found = {node.value for node in _code(function) if isinstance(node, ast.Constant)}
    assert all(type(number) is float for number in found), found
    assert found <= STRUCTURAL_NUMBERS | GUARDS, found - STRUCTURAL_NUMBERS - GUARDS


@pytest.mark.parametrize("sector", _sectors(), ids=lambda one: one.__name__.rpartition(".")[2])
def test_the_only_constants_of_a_sector_are_units(sector: types.ModuleType) -> None:
    constants = {
        name: value for name, value in vars(sector).items() if isinstance(value, (int, float))
    }
    assert constants.items() <= UNITS.items()


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.__name__)
def test_arguments_and_results_are_floats_or_named_tuples(function: types.FunctionType) -> None:
    hints = typing.get_type_hints(function)
    assert set(hints) == {*inspect.signature(function).parameters, "return"}
    for name, hint in hints.items():
        assert hint is float or _is_named_tuple(hint), f"{name}: {hint}"


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.__name__)
def test_every_equation_says_what_it_means(function: types.FunctionType) -> None:
    text = ast.get_docstring(_tree(function)) or ""
    assert len(text) > 20 and text.endswith(".")


SPOKEN_FOR = {
    "Budgets": "currency per year",
    "Contacts": "contacts per year",
    "Demand": "Contacts per year",
    "Ledger": "currency",
    "ConnectednessInflows": "One number for each",
    "Split": "shares that add up to 1",
    "State": "Shares between 0 and 1",
}
"""Tuples whose own docstring gives the meaning and the unit of every field."""


def _tuple_definitions() -> Iterator[tuple[str, ast.ClassDef]]:
    for module in _WIRING:
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.ClassDef):
                yield module.__name__, node


@pytest.mark.parametrize("definition", [*_tuple_definitions()], ids=lambda one: one[1].name)
def test_every_quantity_has_a_meaning_and_a_unit(definition: tuple[str, ast.ClassDef]) -> None:
    module, node = definition
    text = ast.get_docstring(node) or ""
    assert text
    if node.name in SPOKEN_FOR:
        assert SPOKEN_FOR[node.name] in text
        return
    tuples = {
        name
        for name, value in vars(importlib.import_module(module)).items()
        if _is_named_tuple(value)
    }
    undocumented = [
        ast.unparse(line.target)
        for line, after in zip(node.body, [*node.body[1:], None], strict=True)
        if isinstance(line, ast.AnnAssign)
        and ast.unparse(line.annotation) not in tuples
        and not (
            isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
            and isinstance(after.value.value, str)
        )
    ]
    assert not undocumented


# --- meaning of the building blocks --------------------------------------------------------------

POSITIVE = logarithmic(1e-3, 1e9)


@given(inflow=st.floats(0.0, 1.0), outflow=st.floats(0.0, 1.0))
def test_equilibrium_is_where_the_stock_stands_still(inflow: float, outflow: float) -> None:
    level = connectedness.equilibrium(inflow, outflow)
    assert 0.0 <= level <= 1.0
    assert connectedness.stock_flow(inflow, level, outflow) == pytest.approx(0.0, abs=1e-15)


@given(money=POSITIVE, reference=POSITIVE, time=POSITIVE, p=corners())
def test_effort_needs_both_money_and_time(
    money: float, reference: float, time: float, p: Parameters
) -> None:
    def effort(money: float, time: float) -> float:
        return connectedness.combined_effort(money, reference, time, reference, p)

    assert effort(money, 0.0) == 0.0
    assert effort(0.0, time) == 0.0
    assert effort(reference, reference) == pytest.approx(1.0)
    assert effort(2.0 * money, 2.0 * time) == pytest.approx(2.0 * effort(money, time), rel=1e-6)
    assert effort(2.0 * money, time) >= effort(money, time) * (1.0 - 1e-12)
    assert effort(money, 2.0 * time) >= effort(money, time) * (1.0 - 1e-12)
    # Complements: any amount of the one takes the other only so far.
    rho = 1.0 - 1.0 / p.money_time_substitution
    most_from_time = time / reference * (1.0 - p.money_weight) ** (1.0 / rho)
    most_from_money = money / reference * p.money_weight ** (1.0 / rho)
    assert effort(money, time) <= min(most_from_time, most_from_money) * (1.0 + 1e-9)


@given(share=SHARES, p=corners())
def test_selling_costs_authenticity_and_the_more_the_faster(share: float, p: Parameters) -> None:
    step = 0.01
    here = connectedness.authenticity(share, p)
    assert p.promo_engagement_multiplier - 1e-12 <= here <= 1.0
    assert connectedness.authenticity(share + step, p) < here
    first_loss = here - connectedness.authenticity(share + step, p)
    second_loss = connectedness.authenticity(share + step, p) - connectedness.authenticity(
        share + 2 * step, p
    )
    assert second_loss > first_loss
    assert connectedness.authenticity(0.0, p) == 1.0
    assert connectedness.authenticity(1.0, p) == pytest.approx(p.promo_engagement_multiplier)


@given(share=SHARES, p=corners())
def test_conversion_needs_an_offer(share: float, p: Parameters) -> None:
    assert connectedness.offer(0.0, p) == p.offer_floor
    assert p.offer_floor <= connectedness.offer(share, p) < 1.0
    half = connectedness.offer(p.offer_half_share, p)
    assert half == pytest.approx((1.0 + p.offer_floor) / 2.0)
    assert connectedness.offer(share + 0.01, p) > connectedness.offer(share, p)


@given(asked=involvements(), competence=SHARES, p=corners())
def test_conduct_rewards_regularity_openness_and_competence(
    asked: quantities.Involvement, competence: float, p: Parameters
) -> None:
    genuine = connectedness.authenticity(asked.promotional_share, p)
    here = connectedness.conduct(genuine, asked.regularity, asked.openness, competence, p)
    assert 0.0 < here <= p.regularity_multiplier * (1.0 + 1e-12)
    assert connectedness.conduct(genuine, 1.0, asked.openness, competence, p) >= here * (1 - 1e-12)
    assert connectedness.conduct(genuine, asked.regularity, 1.0, competence, p) >= here * (
        1 - 1e-12
    )
    assert connectedness.conduct(genuine, asked.regularity, asked.openness, 1.0, p) >= here * (
        1 - 1e-12
    )


@given(effort=logarithmic(1e-9, 1e6), p=corners())
def test_returns_diminish_after_a_start(effort: float, p: Parameters) -> None:
    one, two = (connectedness.response(times * effort, p) for times in (1.0, 2.0))
    assert one < two
    if effort > 3.0 * p.effort_threshold:
        assert two < 2.0 * one  # enough has begun: twice the effort gives less than twice
    if effort < 0.1 * p.effort_threshold:
        assert two > 2.0 * one  # next to nothing happens yet
    assert connectedness.response(0.0, p) == 0.0
    assert connectedness.response(1.0, p) == pytest.approx(1.0, rel=1e-12)


@given(hours=st.floats(-1e6, 1e6), p=corners())
def test_hours_cost_in_full_and_come_back_in_part(hours: float, p: Parameters) -> None:
    cost = money.hours_cost(hours, 50.0, p)
    expected = 50.0 * hours * (1.0 if hours > 0.0 else p.productivity_capture)
    assert cost == pytest.approx(expected, rel=1e-12)


@given(
    money_spent=st.one_of(st.just(0.0), logarithmic(1e-6, 1e9)),
    contacts=st.one_of(st.just(0.0), logarithmic(1e-2, 1e9)),
    p=corners(),
)
def test_a_contact_costs_what_the_budgets_say_where_they_make_sense(
    money_spent: float, contacts: float, p: Parameters
) -> None:
    usual = p.cost_contact_phone
    cost = service.average_contact_cost(money_spent, contacts, p.labour_cost_hour, p)
    if contacts > 0.0 and money_spent / contacts >= p.contact_cost_floor * usual:
        assert cost == money_spent / contacts
    else:
        assert cost == pytest.approx(usual, rel=1e-12)


@given(inflow=logarithmic(1e-3, 1e12), level=SHARES, outflow=st.floats(0.0, 0.5))
def test_no_stock_moves_faster_than_a_monthly_step_can_follow(
    inflow: float, level: float, outflow: float
) -> None:
    assert connectedness.stock_flow(inflow, level, outflow) <= quantities.FASTEST_PER_MONTH
    assert connectedness.equilibrium(inflow, outflow) <= 1.0


@given(p=corners())
def test_more_time_than_the_overload_point_brings_less_in_total(p: Parameters) -> None:
    def total(minutes: float) -> float:
        return minutes * connectedness.yielding_share_of_time(minutes, p)

    best = p.overload_minutes
    assert total(best) == pytest.approx(best / 2.0)
    assert total(0.5 * best) < total(best) > total(2.0 * best)


@given(p=corners(), money=st.lists(POSITIVE, min_size=8, max_size=8))
def test_money_is_divided_over_relations_and_never_multiplied(
    p: Parameters, money: list[float]
) -> None:
    budgets = Budgets(*money)
    total = (
        connectedness.money_for_customers(budgets, p)
        + connectedness.money_for_employees(budgets, p)
        + connectedness.money_for_partners(budgets, p)
        + connectedness.money_for_public(budgets, p)
    )
    service_itself = budgets.social_service * (1.0 - p.social_service_relation_share)
    listening_itself = budgets.listening * (1.0 - p.listening_public_share)
    spent = decisions.instruments(budgets)
    assert total + service_itself + listening_itself == pytest.approx(spent)


@given(start=SHARES, target=SHARES, p=corners())
def test_the_mandate_sets_how_fast_people_take_part(
    start: float, target: float, p: Parameters
) -> None:
    def flow(mandate: float) -> float:
        return connectedness.participation_flow(start, target, mandate, p)

    assert flow(1.0) == pytest.approx((target - start) / p.policy_gate_months)
    assert flow(0.0) * (1.0 + p.mandate_slowdown) == pytest.approx(flow(1.0))
    assert abs(flow(0.3)) <= abs(flow(0.7)) + 1e-15


@given(month=st.floats(-50.0, 200.0), start=st.floats(0.0, 120.0), length=st.floats(1.0, 60.0))
def test_a_ramp_goes_from_nothing_to_all_without_a_kink(
    month: float, start: float, length: float
) -> None:
    done = decisions.ramp(month, start, length)
    assert 0.0 <= done <= 1.0
    assert decisions.ramp(start, start, length) == 0.0
    assert decisions.ramp(start + length, start, length) == pytest.approx(1.0)
    assert decisions.ramp(start + length / 2.0, start, length) == pytest.approx(0.5)
    tiny = 1e-5 * length
    slope = (
        decisions.ramp(month + tiny, start, length) - decisions.ramp(month - tiny, start, length)
    ) / (2.0 * tiny)
    assert decisions.ramp_speed(month, start, length) == pytest.approx(slope, abs=1e-4 / length)


@given(month=st.floats(0.0, 200.0), plan=plans(), money=st.lists(POSITIVE, min_size=8, max_size=8))
def test_every_euro_is_spent_moved_or_saved(
    month: float, plan: quantities.Plan, money: list[float]
) -> None:
    today = Budgets(*money)
    then = decisions.budgets_at(month, today, plan)
    saved = decisions.savings_at(month, today, plan)
    assert min(then) >= -1e-9 * max(today)
    assert saved >= 0.0
    total = decisions.sources(today) + decisions.instruments(today)
    assert decisions.sources(then) + decisions.instruments(then) + saved == pytest.approx(
        total, rel=1e-9
    )


@given(demand=POSITIVE, capacity=POSITIVE, p=corners())
def test_smooth_minimum_is_close_below_the_plain_one(
    demand: float, capacity: float, p: Parameters
) -> None:
    served = service.smooth_minimum(demand, capacity, p)
    rounding = 1e-15 * max(demand, capacity)
    least = min(demand, capacity)
    assert least * (1.0 - p.peak_loss) * (1.0 - 1e-9) - rounding <= served <= least + rounding
    assert service.smooth_minimum(demand, demand, p) == pytest.approx(demand * (1.0 - p.peak_loss))
    assert service.smooth_minimum(demand, 0.0, p) == 0.0
    assert service.smooth_minimum(0.0, capacity, p) == 0.0
    assert service.smooth_minimum(demand, capacity * 1.1, p) >= served - rounding
    assert service.smooth_minimum(demand * 1.1, capacity, p) >= served - rounding


CAPACITY = st.one_of(st.just(0.0), logarithmic(1e-3, 1e6))


@given(
    wanted_social=CAPACITY, wanted_centre=CAPACITY, social=CAPACITY, centre=CAPACITY, p=corners()
)
def test_contacts_add_up_and_quality_stays_within_its_ends(
    wanted_social: float, wanted_centre: float, social: float, centre: float, p: Parameters
) -> None:
    contacts = service.serve(wanted_social, wanted_centre, social, centre, p)
    rounding = 1e-12 * max(wanted_social, wanted_centre, social, centre)
    assert contacts.matched + contacts.redirected + contacts.unserved == pytest.approx(
        wanted_social + wanted_centre, rel=1e-9
    )
    assert min(contacts) >= -rounding
    assert contacts.matched_social <= min(social, wanted_social) + rounding
    served_by_centre = contacts.matched - contacts.matched_social + contacts.redirected
    assert served_by_centre <= centre + rounding
    quality = service.delivered_quality(contacts, p)
    assert p.quality_unserved - 1e-9 <= quality <= p.quality_matched + 1e-9


def test_without_contacts_nobody_is_disappointed() -> None:
    p = central()
    nothing = Contacts(0.0, 0.0, 0.0, 0.0)
    assert service.delivered_quality(nothing, p) == p.quality_matched
    assert service.serve(0.0, 0.0, 5.0, 5.0, p) == nothing


@given(
    heads=logarithmic(1.0, 1e6),
    connected=SHARES,
    preference=SHARES,
    social=CAPACITY,
    p=corners(),
)
def test_the_community_answers_and_an_open_door_invites(
    heads: float, connected: float, preference: float, social: float, p: Parameters
) -> None:
    def wanted(connected: float, social: float) -> quantities.Demand:
        return service.demand(heads, 3.0, connected, preference, social, p)

    here = wanted(connected, social)
    assert sum(wanted(0.0, 0.0)) == pytest.approx(3.0 * heads)
    assert sum(here) <= sum(wanted(0.0, social)) * (1.0 + 1e-12)
    # What the door invites comes in by that door.
    assert here.social >= wanted(connected, 0.0).social
    assert here.centre == wanted(connected, 0.0).centre
    assert here.social <= (1.0 + p.webcare_induced_demand) * wanted(connected, 0.0).social


@given(rate=st.floats(0.0, 0.5))
def test_a_year_of_discounting_is_the_yearly_rate(rate: float) -> None:
    assert money.discount_factor(12.0, rate) == pytest.approx(1.0 / (1.0 + rate))
    assert money.discount_factor(0.0, rate) == 1.0


@given(churn=st.floats(0.0, 0.99))
def test_yearly_churn_and_monthly_hazard_are_inverse(churn: float) -> None:
    hazard = customers.base_hazard(churn)
    assert customers.yearly_churn(hazard) == pytest.approx(churn, abs=1e-12)


@given(hazard=st.floats(0.0, 0.4), p=corners())
def test_leaving_stays_as_it_is_when_nothing_changes(hazard: float, p: Parameters) -> None:
    assert customers.churn_hazard(hazard, 0.0, 0.0, 0.0, 0.0, 0.0, p) == hazard


@given(
    hazard=st.floats(0.001, 0.1),
    changes=st.lists(st.floats(-0.5, 0.5), min_size=5, max_size=5),
    p=corners(),
)
def test_leaving_falls_with_relations_and_rises_with_bad_service(
    hazard: float, changes: list[float], p: Parameters
) -> None:
    def leaving(changes: list[float]) -> float:
        quality, insight, connected, redirected, unserved = changes
        return customers.churn_hazard(hazard, quality, insight, connected, redirected, unserved, p)

    here = leaving(changes)
    assert here >= 0.0
    for place, direction in enumerate((-1.0, -1.0, -1.0, 1.0, 1.0)):
        moved = list(changes)
        moved[place] += 0.1
        assert direction * (leaving(moved) - here) >= -1e-15


@given(today=logarithmic(1.0, 1e6), p=corners())
def test_acquisition_follows_talk_tone_and_fit(today: float, p: Parameters) -> None:
    assert customers.acquisition(today, 1.0, 1.0, 0.0, p) == today
    doubled = customers.acquisition(today, 2.0, 1.0, 0.0, p)
    assert doubled == pytest.approx(today * 2.0 ** (p.effect_transfer * p.ewom_volume_elasticity))
    assert customers.acquisition(today, 1.0, 0.5, 0.0, p) <= today
    assert customers.acquisition(today, 1.0, 1.0, 0.1, p) >= today


@given(trust=SHARES, gap=st.floats(0.01, 1.0), p=corners())
def test_trust_leaves_faster_than_it_comes(trust: float, gap: float, p: Parameters) -> None:
    up = customers.trust_flow(trust, trust + gap, p)
    down = customers.trust_flow(trust, trust - gap, p)
    assert up > 0.0 > down
    assert -down == pytest.approx(p.trust_asymmetry * up)


@given(quality=SHARES, genuine=SHARES, goodwill=SHARES, p=corners())
def test_deserved_trust_is_a_mean(
    quality: float, genuine: float, goodwill: float, p: Parameters
) -> None:
    target = customers.trust_target(quality, genuine, goodwill, p)
    ends = (quality, genuine, goodwill)
    assert min(ends) - 1e-12 <= target <= max(ends) + 1e-12


@given(preference=st.floats(0.0, 1.0), p=corners())
def test_preference_moves_at_the_stated_pace_at_most_and_not_past_its_ceiling(
    preference: float, p: Parameters
) -> None:
    ceiling = p.messaging_preference_saturation
    half_way = service.preference_flow(ceiling / 2.0, 1.0, p)
    assert half_way * 12.0 == pytest.approx(p.messaging_shift_per_year)
    assert service.preference_flow(ceiling, 1.0, p) == pytest.approx(0.0, abs=1e-15)
    assert service.preference_flow(preference, 1.0, p) <= half_way * (1.0 + 1e-12)
    assert service.preference_flow(preference, 0.0, p) == 0.0


@given(month=st.floats(0.0, 120.0), p=corners())
def test_courses_lose_relevance_only_in_a_world_that_moves(month: float, p: Parameters) -> None:
    assert capability.course_relevance(month, 0.0, p) == 1.0
    yearly = capability.course_relevance(12.0, 1.0, p)
    assert yearly == pytest.approx(math.exp(-p.course_relevance_drift))
    assert capability.course_relevance(month + 1.0, 1.0, p) <= capability.course_relevance(
        month, 1.0, p
    )


@given(openness=SHARES, connected=SHARES, partners=SHARES, p=corners())
def test_insight_comes_from_research_listening_and_dialogue(
    openness: float, connected: float, partners: float, p: Parameters
) -> None:
    def inflow(research: float, listening: float, openness: float) -> float:
        return insight.insight_inflow(research, listening, openness, connected, partners, 1e6, p)

    assert inflow(0.0, 0.0, 0.0) == 0.0
    assert inflow(1e4, 0.0, openness) > inflow(0.0, 0.0, openness)
    assert inflow(0.0, 1e4, openness) >= inflow(0.0, 0.0, openness)
    # Listening yields no more than the same money in research: some things it cannot see.
    assert inflow(0.0, 1e4, openness) <= inflow(1e4, 0.0, openness)
    assert inflow(1e4, 1e4, 1.0) >= inflow(1e4, 1e4, openness)


@given(training=logarithmic(1.0, 1e6), connected=SHARES, p=corners())
def test_peers_and_courses_help_each_other(
    training: float, connected: float, p: Parameters
) -> None:
    def inflow(training: float, connected: float) -> float:
        return capability.capability_inflow(training, 1e7, 1.0, connected, p)

    alone = inflow(training, 0.0) + inflow(0.0, connected)
    assert inflow(training, connected) >= alone * (1.0 - 1e-12)
    assert inflow(0.0, 0.0) == 0.0
    assert capability.forgetting(connected, p) <= capability.forgetting(0.0, p)


@given(cut=st.floats(0.0, 1e6), p=corners())
def test_only_cutting_service_costs_a_transition(cut: float, p: Parameters) -> None:
    assert money.transition_cost(-cut, p) == 0.0
    assert money.transition_cost(cut, p) == pytest.approx(12.0 * p.service_transition_cost * cut)

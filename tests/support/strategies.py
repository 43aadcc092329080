"""Generated organisations, plans and assumptions for property tests.

Two widths. *Plausible* inputs are what a real organisation could enter, from one employee to a
million and with any budget at zero; numbers are compared exactly there. *Any* input is whatever a
scenario file accepts (bounds of the scenario format), however odd: there the model must stay sound.
*Scenarios* are whole files, texts and results included.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from random import Random
from types import NoneType
from typing import Any, get_args

import numpy as np
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from simulator import engine, scenario
from simulator.i18n.nouns import NOUNS
from simulator.model.quantities import (
    ALL_SAVED,
    SMALLEST_COIN,
    SOURCES,
    UNKNOWN,
    Budgets,
    Involvement,
    Known,
    Organisation,
    Plan,
    Shift,
    Split,
    Switches,
)
from simulator.model.register import REGISTER, FloatArray, Parameter, Parameters
from simulator.model.signals import SIGNALS
from simulator.scenario import (
    BudgetsInput,
    EstimateInput,
    OrganisationInput,
    RangeInput,
    ResultsInput,
    Scenario,
    SplitInput,
    StagesInput,
    walk,
)
from simulator.scenario.fields import SMALLEST_DIVISOR, smallest
from simulator.scenario.organisation import KnownInput
from simulator.scenario.stages import ABOVE, BELOW, CHOICES, LIMIT

SHARES = st.one_of(st.sampled_from((0.0, 1.0)), st.floats(0.0, 1.0))


# Made once: a strategy finds out what it can give the first time, which takes longer than to draw.
@cache
def logarithmic(low: float, high: float) -> st.SearchStrategy[float]:
    """Positive numbers that are spread evenly over their orders of magnitude."""
    return st.floats(np.log10(low), np.log10(high)).map(
        lambda power: float(min(max(10.0**power, low), high))
    )


@cache
def or_zero(numbers: st.SearchStrategy[float]) -> st.SearchStrategy[float]:
    """The same numbers, and zero in one case out of four or so."""
    return st.one_of(numbers, numbers, numbers, st.just(0.0))


@st.composite
def splits(draw: st.DrawFn) -> Split:
    """Six shares that add up to 1; any of them may be zero."""
    weights = draw(st.lists(or_zero(st.floats(0.01, 1.0)), min_size=6, max_size=6))
    total = sum(weights)
    if total == 0.0:
        return ALL_SAVED
    shares = [weight / total for weight in weights[:5]]
    return Split(*[*shares, max(1.0 - sum(shares), 0.0)])


@st.composite
def involvements(draw: st.DrawFn, most_minutes: float = 120.0) -> Involvement:
    """How people behave: everything between nothing and all."""
    return Involvement(
        minutes_per_day=draw(or_zero(st.floats(0.1, most_minutes))),
        participation=draw(SHARES.filter(lambda share: not 0.0 < share < SMALLEST_DIVISOR)),
        **{name: draw(SHARES) for name in Involvement._fields[2:]},
    )


@st.composite
def known(draw: st.DrawFn) -> Known:
    """What an organisation may know of itself, each figure or none of them."""

    def figure(least: float, most: float) -> float:
        return draw(st.one_of(st.just(UNKNOWN), st.just(UNKNOWN), st.floats(least, most)))

    return Known(
        social_contact_share=figure(0.001, 0.99),
        social_answered_share=figure(0.01, 0.995),
        given_up_share=figure(0.001, 0.95),
        centre_occupancy=figure(0.2, 0.98),
        centre_contact_cost=figure(0.5, 100.0),
        social_contact_cost=figure(0.5, 100.0),
        community_answered_share=figure(0.0, 0.9),
        participating_share=figure(0.001, 0.5),
    )


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """Plausible organisations: budgets in proportion to revenue and the labour bill, or zero."""
    customers = draw(logarithmic(10.0, 1e7))
    revenue_per_customer = draw(logarithmic(1.0, 1e5))
    sales = customers * revenue_per_customer
    labour_cost_per_hour = draw(logarithmic(5.0, 500.0))
    working_hours = draw(st.floats(500.0, 2200.0))
    labour_share = draw(st.floats(0.02, 0.9))
    employees = min(
        max(round(sales * labour_share / labour_cost_per_hour / working_hours), 1), 1_000_000
    )
    labour_bill = employees * working_hours * labour_cost_per_hour

    def budget(base: float, least: float, most: float) -> float:
        amount = base * draw(or_zero(logarithmic(least, most)))
        return amount if amount >= SMALLEST_COIN else 0.0

    return Organisation(
        customers=customers,
        people_per_customer=draw(st.one_of(st.just(1.0), st.floats(1.0, 50.0))),
        revenue_per_customer=revenue_per_customer,
        gross_margin=draw(SHARES),
        annual_churn=draw(or_zero(st.floats(0.01, 0.6))),
        employees=float(employees),
        working_hours_per_year=working_hours,
        labour_cost_per_hour=labour_cost_per_hour,
        contacts_per_customer=draw(or_zero(logarithmic(0.1, 30.0))),
        discount_rate=draw(or_zero(st.floats(0.01, 0.5))),
        budgets=Budgets(
            market_research=budget(sales, 1e-4, 2e-2),
            training=budget(labour_bill, 1e-3, 1e-1),
            customer_service=budget(sales, 1e-3, 1e-1),
            listening=budget(sales, 1e-5, 1e-2),
            community=budget(sales, 1e-5, 1e-2),
            content=budget(sales, 1e-5, 1e-2),
            networking=budget(labour_bill, 1e-5, 1e-2),
            social_service=budget(sales, 1e-5, 1e-2),
        ),
        involvement=draw(involvements()),
        known=draw(known()),
    )


def shifts() -> st.SearchStrategy[Shift]:
    """What is done with one source; starts in whole months, as scenarios do."""
    return st.builds(
        Shift,
        share_moved=SHARES,
        start_month=st.integers(0, 120).map(float),
        ramp_months=st.integers(1, 60).map(float),
        split=splits(),
    )


def plans(most_minutes: float = 120.0, *, beyond_levers: bool = False) -> st.SearchStrategy[Plan]:
    """Every lever anywhere in its bounds; with ``beyond_levers`` also what no lever sets: savings
    spent on self-service, and two stages."""
    depths = SHARES if beyond_levers else st.just(1.0)
    return st.builds(
        Plan,
        market_research=shifts(),
        training=shifts(),
        customer_service=shifts(),
        involvement=involvements(most_minutes),
        involvement_start_month=st.integers(0, 120).map(float),
        involvement_ramp_months=st.integers(1, 60).map(float),
        self_service=SHARES if beyond_levers else st.just(0.0),
        first_depth=depths,
        last_depth=depths,
        review_month=st.integers(0, 24).map(float),
        review_ramp_months=st.integers(1, 24).map(float),
    )


@st.composite
def any_organisations(draw: st.DrawFn) -> Organisation:
    """Whatever the scenario format accepts, each field on its own, however odd together."""
    budgets = Budgets(*(draw(or_zero(logarithmic(1e-2, 1e12))) for _ in Budgets._fields))
    if budgets.market_research + budgets.training + budgets.customer_service == 0.0:
        budgets = budgets._replace(customer_service=draw(logarithmic(1e-2, 1e12)))
    return Organisation(
        customers=draw(logarithmic(1.0, 1e10)),
        people_per_customer=draw(st.one_of(st.just(1.0), st.floats(1.0, 1000.0))),
        revenue_per_customer=draw(logarithmic(1e-2, 1e9)),
        gross_margin=draw(SHARES),
        annual_churn=draw(or_zero(st.floats(1e-6, 0.99))),
        employees=draw(logarithmic(1.0, 1e7)),
        working_hours_per_year=draw(st.floats(1.0, 3000.0)),
        labour_cost_per_hour=draw(logarithmic(1e-2, 1e5)),
        contacts_per_customer=draw(or_zero(logarithmic(1e-3, 1e3))),
        discount_rate=draw(st.floats(0.0, 0.5)),
        budgets=budgets,
        involvement=draw(involvements(480.0)),
        known=draw(known()),
    )


def any_plans() -> st.SearchStrategy[Plan]:
    """Whatever the scenario format accepts."""
    return plans(most_minutes=480.0)


def switches() -> st.SearchStrategy[Switches]:
    """The four what-if runs."""
    on_or_off = st.sampled_from((0.0, 1.0))
    return st.builds(Switches, drift=on_or_off, connecting=on_or_off)


def seeds() -> st.SearchStrategy[int]:
    """Seeds as a scenario may hold them."""
    return st.integers(0, 2**31 - 1)


def points(draws: int) -> st.SearchStrategy[FloatArray]:
    """Joint draws of all parameters, shape ``(parameters, draws)``."""
    return seeds().map(lambda seed: engine.draw(draws, seed))


def corners() -> st.SearchStrategy[Parameters]:
    """One value for every parameter, each at its low, central or high end."""
    return st.lists(st.integers(0, 2), min_size=len(REGISTER), max_size=len(REGISTER)).map(
        lambda places: Parameters(
            *(
                (one.low, one.central, one.high)[place]
                for one, place in zip(REGISTER, places, strict=True)
            )
        )
    )


# --- whole scenarios -----------------------------------------------------------------------------

_PRINTED = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
_LINES = _PRINTED | st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\t")
_LONGEST = 120
"""Texts are no longer than this, though a scenario may hold more: that finds nothing else."""


def scenarios() -> st.SearchStrategy[Scenario]:
    """Every valid scenario: any text, number, range, own split, and results or none.

    Made from the fields of the format themselves, so new ones are filled in as well.
    """
    return _models(Scenario)


@st.composite
def scenarios_at_edges(draw: st.DrawFn) -> Scenario:
    """Scenarios with numbers at their bounds, next to zero and at zero, few of them or all; the
    same of overridden assumptions."""
    content = json.loads(scenario.dump(scenario.load_shipped("balanced-shift")))
    often = draw(st.sampled_from((0.05, 0.3, 1.0)))
    # Hypothesis's own choices are too many to be made one by one.
    chance = draw(st.randoms(use_true_random=False))
    for path, field in walk.leaves(Scenario):
        if path.partition(".")[0] in {"organisation", "plan", "horizon_months"} and not (
            ".split." in path
            or path.startswith("plan.stages.")
            or path.endswith(("name", "currency", "called"))
            or chance.random() > often
        ):
            *parents, last = path.split(".")
            node = content
            for parent in parents:
                node = node[parent]
            node[last] = chance.choice(_edges(field))
    for split in (content["plan"], *(content["plan"][source] for source in SOURCES)):
        split["split"] = draw(splits())._asdict()
    stages = draw(st.none() | _stages())
    if stages is not None and stages.review_month < content["horizon_months"]:
        content["plan"]["stages"] = stages.model_dump()
    budgets = content["organisation"]["budgets"]
    if not any(budgets[source] for source in SOURCES):
        budgets[chance.choice(SOURCES)] = SMALLEST_COIN
    content["assumptions"] = {
        one.id: dict(zip(("low", "central", "high"), _between(chance, one), strict=True))
        for one in REGISTER
        if chance.random() < often
    }
    try:
        return scenario.parse(json.dumps(content))
    except scenario.ScenarioError:  # figures of a dashboard that do not go together
        content["organisation"]["known"] = {}
        return scenario.parse(json.dumps(content))


def _edges(field: Any) -> list[float]:
    bounds = walk.bounds(field)
    if int in (field.annotation, *get_args(field.annotation)):
        return [int(bounds.least), int(bounds.most)]
    nothing = [] if bounds.least else [smallest(field) or 5e-324, smallest(field) or 1e-160]
    return [bounds.least, bounds.most, *nothing]


def _between(chance: Random, parameter: Parameter) -> list[float]:
    nothing = [] if parameter.least else [5e-324, 1e-160]
    return sorted(
        chance.choice([parameter.least, parameter.most, parameter.central, *nothing])
        for _ in range(3)
    )


def results() -> st.SearchStrategy[ResultsInput]:
    """Results as a scenario may hold them, which no model need ever have given."""
    return _models(ResultsInput)


@cache
def _models(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Valid instances of one part of a scenario."""
    if model in _SPECIAL:
        return _SPECIAL[model]()
    return st.builds(model, **_fields(model))


@cache
def _fields(model: type[BaseModel], *without: str) -> Mapping[str, st.SearchStrategy[Any]]:
    """Whatever each field of one part of a scenario may hold, but for some of them."""
    fields = model.model_fields.items()
    return {name: _values(name, field) for name, field in fields if name not in without}


def _values(name: str, field: Any) -> st.SearchStrategy[Any]:
    """Whatever one field may hold."""
    kinds = get_args(field.annotation) or (field.annotation,)
    limits = {
        limit: getattr(one, limit)
        for one in field.metadata
        for limit in ("ge", "gt", "le", "max_length", "pattern")
        if getattr(one, limit, None) is not None
    }
    if name == "assumptions":
        return _assumptions()
    (kind,) = (one for one in kinds if one is not NoneType)
    optional = st.none() if NoneType in kinds else st.nothing()
    if kind is float and (least := smallest(field)):
        return optional | _of_kind(name, kind, limits).filter(lambda value: not 0 < value < least)
    return optional | _of_kind(name, kind, limits)


def _of_kind(name: str, kind: Any, limits: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if kind is int:
        return st.integers(limits["ge"], limits["le"])
    if kind is float:
        return _numbers(limits.get("ge", limits.get("gt")), limits.get("le"), "gt" in limits)
    if kind is date:
        return st.dates()
    if kind is str and "pattern" in limits:
        return st.from_regex(limits["pattern"].replace("$", r"\Z"))
    if kind is str:
        return _texts(name, min(limits["max_length"], _LONGEST))
    return _models(kind)


def _numbers(least: float | None, most: float | None, above: bool) -> st.SearchStrategy[float]:
    ends = [end for end in (least, most) if end is not None]
    if above:
        ends.remove(least or 0.0)
    return st.floats(least, most, exclude_min=above, allow_nan=False, allow_infinity=False) | (
        st.sampled_from(ends) if ends else st.nothing()
    )


def _texts(name: str, longest: int) -> st.SearchStrategy[str]:
    if name == "name":
        return st.text(_PRINTED, min_size=1, max_size=longest).filter(str.strip)
    if name == "author":
        return st.text(_PRINTED, max_size=longest)
    if name == "customers_called":
        return st.sampled_from((*NOUNS, "ménage / ménages", "住民 / 住民"))
    texts = st.text(_LINES, max_size=longest)
    return texts.filter(lambda text: text.count("\n") <= 1) if name == "story" else texts


@st.composite
def _budgets(draw: st.DrawFn) -> BudgetsInput:
    budgets = {name: draw(values) for name, values in _fields(BudgetsInput).items()}
    if budgets["market_research"] + budgets["training"] + budgets["customer_service"] <= 0.0:
        budgets["training"] = draw(st.floats(SMALLEST_COIN, 1e12))
    return BudgetsInput(**budgets)


@st.composite
def _organisations(draw: st.DrawFn) -> OrganisationInput:
    """Organisations whose figures go together: where they do not, nothing is known."""
    values = {name: draw(one) for name, one in _fields(OrganisationInput).items()}
    try:
        return OrganisationInput(**values)
    except ValidationError:
        return OrganisationInput(**{**values, "known": KnownInput()})


@st.composite
def _ends(draw: st.DrawFn) -> EstimateInput:
    numbers = _numbers(None, None, above=False)
    known = iter(sorted(draw(st.lists(numbers, min_size=3, max_size=3))))
    ends = {name: next(known) for name in EstimateInput.model_fields}
    nothing = draw(st.sets(st.sampled_from(list(ends))))
    return EstimateInput(**{name: None if name in nothing else end for name, end in ends.items()})


@st.composite
def _assumptions(draw: st.DrawFn) -> dict[str, float | RangeInput]:
    overrides: dict[str, float | RangeInput] = {}
    for parameter in draw(st.lists(st.sampled_from(REGISTER), unique=True, max_size=5)):
        low, central, high = sorted(
            draw(st.lists(st.floats(*parameter.bounds), min_size=3, max_size=3))
        )
        as_range = RangeInput(low=low, central=central, high=high)
        overrides[parameter.id] = as_range if draw(st.booleans()) else central
    return overrides


@st.composite
def _stages(draw: st.DrawFn) -> StagesInput:
    """A rule of either kind, its thresholds the right way round."""
    decided = draw(st.booleans())
    rest = _fields(StagesInput, "figure", "side", "back", "on", "always")
    values: dict[str, Any] = {name: draw(one) for name, one in rest.items()}
    if not decided:
        return StagesInput(**values, always=draw(st.sampled_from(CHOICES)))
    low, high = sorted(draw(st.lists(_numbers(*LIMIT, above=False), min_size=2, max_size=2)))
    side: Any = draw(st.sampled_from((BELOW, ABOVE)))
    back, on = (low, high) if side == BELOW else (high, low)
    missing = draw(st.sampled_from((None, "back", "on")))
    values |= {name: one for name, one in (("back", back), ("on", on)) if name != missing}
    return StagesInput(**values, side=side, figure=draw(st.sampled_from([*SIGNALS])))


@st.composite
def _scenarios(draw: st.DrawFn) -> Scenario:
    """Scenarios whose review, if they have one, is within the horizon."""
    values = {name: draw(one) for name, one in _fields(Scenario).items()}
    stages, horizon = values["plan"].stages, values["horizon_months"]
    if stages is not None and stages.review_month >= horizon:
        sooner = stages.model_copy(update={"review_month": horizon - 1})
        values["plan"] = values["plan"].model_copy(update={"stages": sooner})
    return Scenario(**values)


_SPECIAL: Mapping[type[Any], Callable[[], st.SearchStrategy[Any]]] = {
    BudgetsInput: _budgets,
    OrganisationInput: _organisations,
    EstimateInput: _ends,
    StagesInput: _stages,
    Scenario: _scenarios,
    SplitInput: lambda: splits().map(lambda split: SplitInput(**split._asdict())),
}
"""Parts whose fields depend on each other."""

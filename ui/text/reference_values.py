"""Benchmarks: what is typical of the numbers that an organisation fills in. Pure.

Figures come from the register of assumptions where the model takes them over, else from
``reference_values.csv``, which holds rows of the same register of published effects with the same
columns. None is made up: where neither says anything that suits most organisations, a
field has no benchmark.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from simulator.i18n.language import N_, Language
from simulator.model.register import BY_ID, GRADES


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A published figure that an organisation's own can be held against."""

    unit: str
    low: float
    high: float
    grade: str
    citation: str
    """Empty for judgement."""
    reported_figure: str
    checked_at: str
    """Where it was read: an address, or ``memory``."""


def _read_benchmarks() -> Mapping[str, Benchmark]:
    text = resources.files("ui.text").joinpath("reference_values.csv").read_text(encoding="utf-8")
    # What nobody has read again counts as an assumption, whatever it was graded.
    worst = max(GRADES)
    return {
        row["id"]: Benchmark(
            unit=row["unit"],
            low=float(row["low"]),
            high=float(row["high"]),
            grade=worst if row["checked_at"] == "memory" else row["grade"],
            citation=row["citation"],
            reported_figure=row["reported_figure"],
            checked_at=row["checked_at"],
        )
        for row in csv.DictReader(text.splitlines())
    }


BENCHMARKS: Mapping[str, Benchmark] = _read_benchmarks()
"""Published figures whose range no assumption of the model takes over, by id."""


def benchmark(name: str) -> Benchmark:
    """The figure of this id, in :data:`BENCHMARKS` or else in the register of assumptions.

    Raises ``KeyError`` when neither has it.
    """
    if name in BENCHMARKS:
        return BENCHMARKS[name]
    parameter = BY_ID[name]
    return Benchmark(
        parameter.unit,
        parameter.low,
        parameter.high,
        parameter.grade,
        parameter.citation,
        parameter.reported_figure,
        parameter.checked_at,
    )


@dataclass(frozen=True, slots=True)
class _Hint:
    benchmark: str
    text: str
    """Takes ``low`` and ``high``."""
    per: tuple[str, ...] = ()
    """What the figure is to be multiplied with, to be this organisation's."""
    rest: bool = False
    """Whether the field holds what the figure leaves of 1."""


_CONTACTS = ("organisation.customers", "organisation.contacts_per_customer")
_LABOUR = (
    "organisation.employees",
    "organisation.working_hours_per_year",
    "organisation.labour_cost_per_hour",
)

_HINTS: Mapping[str, tuple[_Hint, ...]] = {
    "organisation.annual_churn": (
        _Hint(
            "retention_rate_base",
            N_("Companies in ten industries: {low} to {high} of customers per year"),
            rest=True,
        ),
    ),
    "organisation.labour_cost_per_hour": (
        _Hint(
            "labour_cost_hour", N_("European economies as a whole: {low} to {high} euros per hour")
        ),
    ),
    "organisation.budgets.market_research": (
        _Hint(
            "market_research_share_of_labour_cost",
            N_("Typical: {low} to {high} of labour cost"),
            _LABOUR,
        ),
    ),
    "organisation.budgets.training": (
        _Hint(
            "training_spend_per_employee",
            N_("Typical: {low} to {high} euros per employee per year"),
            ("organisation.employees",),
        ),
        _Hint(
            "training_share_of_labour_cost",
            N_("Typical: {low} to {high} of labour cost"),
            _LABOUR,
        ),
    ),
    "organisation.budgets.customer_service": (
        _Hint(
            "cost_contact_phone",
            N_("Typical: {low} to {high} euros per contact by phone"),
            _CONTACTS,
        ),
    ),
    "organisation.involvement.participation": (
        _Hint(
            "employee_sharing_share",
            N_("Typical: {low} to {high} of employees share what their company publishes"),
        ),
    ),
}


def hints(path: str, language: Language) -> list[dict[str, Any]]:
    """What is typical of the field at ``path``; empty where nothing is known. As JSON takes it.

    Each hint has ``text``; ``low`` and ``high``, which are in the field's unit when multiplied with
    the values at all paths of ``per``; ``currency`` in which they hold (``None``: in any);
    ``grade`` and ``grade_meaning``; ``source``, what it reports (``reported``) and its ``address``,
    ``None`` where there is none.
    """
    return [_hint(hint, language) for hint in _HINTS.get(path, ())]


def _hint(hint: _Hint, language: Language) -> dict[str, Any]:
    known = benchmark(hint.benchmark)
    euros, percents = known.unit.startswith("EUR "), known.unit.startswith("% ")
    scale = 0.01 if percents else 1.0
    low, high = known.low * scale, known.high * scale
    if hint.rest:
        # Rounded, since 1 less a short decimal is a long one.
        low, high = round(1.0 - high, 9), round(1.0 - low, 9)
    shown = [
        language.number(end, decimals=2) if euros else language.percent(end, decimals=2)
        for end in (low, high)
    ]
    return {
        "text": language.plain.gettext(hint.text, low=shown[0], high=shown[1]),
        "low": low,
        "high": high,
        "per": list(hint.per),
        "currency": "EUR" if euros else None,
        "grade": known.grade,
        "grade_meaning": language.gettext(GRADES[known.grade]),
        "source": known.citation or language.gettext("our own judgement"),
        "reported": language.plain.gettext(known.reported_figure),
        "address": known.checked_at if known.checked_at.startswith("http") else None,
    }

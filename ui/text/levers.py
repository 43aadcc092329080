"""The levers and the organisation's own numbers, described for the browser. Pure.

Both are known by their path in the scenario file, and declared there: levers as rows of
:mod:`simulator.scenario.levers`, the organisation's numbers by their fields; values are as in the
file: shares 0-1, minutes, months. What moving a lever does to the others is the browser's work;
what a scenario allows is said by :mod:`simulator.scenario` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from pydantic.fields import FieldInfo

from simulator.i18n import nouns
from simulator.i18n.language import LANGUAGES, N_, Language
from simulator.model.quantities import SOURCES
from simulator.model.register import BY_ID
from simulator.results import baseline_plan
from simulator.scenario import Scenario, walk
from simulator.scenario.dashboard import DRAWN_INSTEAD
from simulator.scenario.levers import (
    BUDGETS,
    GROUPS,
    INVOLVEMENT,
    TAKE,
    InvolvementInput,
    Lever,
    Words,
)
from simulator.scenario.models import field_label
from simulator.scenario.organisation import KnownInput
from simulator.scenario.units import unit_of
from ui.text.help import lever_help
from ui.text.reference_values import hints
from ui.text.shipped_names import shipped_organisations

# --- levers --------------------------------------------------------------------------------------


def describe(language: Language) -> list[dict[str, Any]]:
    """The groups of levers, for the browser; as JSON takes it.

    Each group has ``id``, ``label`` and ``levers``; each lever:

    - ``path`` in the scenario, with ``*`` for all sources at once, and ``label``; ``number``: what
      says how it came about (see :mod:`ui.text.arithmetic`), or ``None``;
    - ``unit``: ``share``, ``minutes``, ``month`` or ``months``; ``decimals``: so many are shown and
      kept, of a share in per cent; ``reading``: a text with ``{value}`` for the value as it is
      shown; ``allowed``: what to say to whoever types anything but from ``{low}`` to ``{high}``;
    - ``min``, ``max``, and ``stops``: the values that it snaps to, ascending (a scenario's own
      value is one more);
    - ``words`` for its values, see :func:`words_of`; ``help``: see
      :meth:`ui.text.help.ShownHelp.for_browser`;
    - ``budget``: path of the money that a share is taken from; ``today``: path of the value that
      holds where the plan says ``null``; ``up_to``: path of the month beyond which a start does
      nothing; each ``None`` where there is none.
    """
    return [
        {
            "id": id,
            "label": language.gettext(group.label),
            "levers": [_lever(lever, language) for lever in group.levers],
        }
        for id, group in GROUPS.items()
    ]


def _lever(lever: Lever, language: Language) -> dict[str, Any]:
    number, unit = lever.number, unit_of(lever.number.unit)
    return {
        "path": lever.path,
        "number": f"lever:{lever.path}",
        "label": language.gettext(lever.label),
        "unit": number.unit.split()[0],
        "decimals": unit.decimals,
        "allowed": language.gettext(unit.allowed, low="{low}", high="{high}"),
        "reading": _with_placeholder(unit.reading, "value", language),
        "reading_of_one": _with_placeholder(unit.reading_of_one, "value", language),
        "min": float(number.least),
        "max": float(number.most),
        "stops": list(lever.stops),
        "words": words_of(lever.words, language),
        "help": lever_help(lever.path, language).for_browser(),
        "budget": f"organisation.budgets.{lever.source}" if lever in TAKE else None,
        "today": f"organisation.involvement.{lever.id}" if lever in INVOLVEMENT else None,
        "up_to": "horizon_months" if lever.id == "start_month" else None,
    }


def words_of(words: Words, language: Language) -> dict[str, Any]:
    """The words for the values of a lever, for the browser. A word is found in this order:

    - ``exact``: pairs of a value and the word for just that value;
    - ``from``: pairs of a least value and the word from there on, ascending;
    - ``template``: a text with ``{number}`` for the value, or ``None``.
    """
    return {
        "exact": [[value, language.gettext(word)] for value, word in words.exact],
        "from": [[least, language.gettext(word)] for least, word in words.ranges],
        "template": _with_placeholder(words.template, "number", language) or None,
    }


def _with_placeholder(text: str, name: str, language: Language) -> str:
    """A message translated, its placeholder left for the browser; what says nothing stays."""
    placeholder = f"{{{name}}}"
    return text if text in {"", placeholder} else language.gettext(text, **{name: placeholder})


def starts_too_late(scenario: Scenario) -> bool:
    """Whether the plan changes something, but all of it from the horizon on or later."""
    plan = scenario.plan_quantities()
    today = scenario.organisation_quantities()
    shifts = {source: getattr(plan, source) for source in SOURCES}
    starts = [
        shift.start_month
        for source, shift in shifts.items()
        if shift.share_moved * getattr(today.budgets, source) > 0.0
    ]
    if plan.involvement != baseline_plan(today).involvement:
        starts.append(plan.involvement_start_month)
    return bool(starts) and min(starts) >= scenario.horizon_months


# --- the organisation's own numbers --------------------------------------------------------------

_FIELDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "organisation": (
        N_("The organisation"),
        ("organisation.name", "organisation.currency"),
    ),
    "customers": (
        N_("Customers"),
        (
            "organisation.customers_called",
            "organisation.customers",
            "organisation.revenue_per_customer",
            "organisation.annual_churn",
            "organisation.contacts_per_customer",
            "organisation.people_per_customer",
        ),
    ),
    "known": (
        N_("What you know about service today"),
        tuple(f"organisation.known.{name}" for name in KnownInput.model_fields),
    ),
    "people": (
        N_("People"),
        (
            "organisation.employees",
            "organisation.working_hours_per_year",
            "organisation.labour_cost_per_hour",
        ),
    ),
    "budgets": (
        N_("Budgets today"),
        tuple(f"organisation.budgets.{name}" for name in BUDGETS),
    ),
    "involvement": (
        N_("How people behave today"),
        tuple(f"organisation.involvement.{name}" for name in InvolvementInput.model_fields),
    ),
    "money": (
        N_("Money"),
        ("organisation.gross_margin", "organisation.discount_rate", "horizon_months"),
    ),
}
"""The groups of the editor: what each is called, and its fields."""

_NOTES: Mapping[str, str] = {
    "known": N_(
        "“We don't know” is an answer: leave empty what nobody counts, and it is drawn from what "
        "is published. What you enter holds exactly, and makes the result more certain."
    ),
}
"""What is to be known about a group as a whole."""

_WORKED_OUT: Mapping[str, str] = {
    "centre_contact_cost": N_("We don't know: worked out from the budget and what is answered."),
    "participating_share": N_("We don't know: worked out from money, time and how people behave."),
}
"""What is known of service, but not drawn where it is not."""


def fields(language: Language) -> list[dict[str, Any]]:
    """The organisation's own numbers for an editor, in groups; as JSON takes it.

    Each group has ``id``, ``label``, ``note`` (may be empty) and ``fields``; each field:

    - ``path`` in the scenario, ``label``, ``help``;
    - ``kind``: ``number``, ``share`` (0-1 in the scenario, a percentage for people), ``money``,
      ``text``, ``currency`` or ``noun``; ``whole``: whether only whole numbers are allowed;
    - ``names``: what tables call it, in every language; ``counted``: words that may stand behind
      its number, such as "fte", and before it in a table;
    - for numbers ``unit`` (with ``{currency}`` for the organisation's own; may be empty), ``min``
      and ``max``;
    - ``optional``: whether it may be left empty, which says that nobody knows; ``drawn``: what is
      drawn then, in words;
    - for texts ``shortest`` and ``longest`` in characters and ``pattern``, ``None`` where free;
      ``choices``: known ones, as the language says them;
    - ``hints``: what is typical, see :func:`ui.text.reference_values.hints`;
    - ``caution``: ``None``, or what is to be known (``text``) where the value is less than
      ``below``: the model goes on there, but what it says means something else.
    """
    return [
        {
            "id": id,
            "label": language.gettext(label),
            "note": language.gettext(_NOTES[id]) if id in _NOTES else "",
            "fields": [_field(path, language) for path in paths],
        }
        for id, (label, paths) in _FIELDS.items()
    ]


def _field(path: str, language: Language) -> dict[str, Any]:
    field = walk.field_at(Scenario, tuple(path.split(".")))
    if field is None:
        raise KeyError(path)
    label = field_label(path)
    return {
        "path": path,
        "label": language.gettext(label.name),
        "names": _names(label.name, language),
        "counted": _counted(path, language),
        "help": language.gettext(label.help),
        **(_text(path, field, language) if field.annotation is str else _number(field, language)),
        **_unknown(path, language),
        "hints": hints(path, language),
        "caution": _caution(path, language),
    }


def _names(label: str, language: Language) -> list[str]:
    """A label in every language, the page's own first."""
    return [*dict.fromkeys(each.gettext(label) for each in (language, *LANGUAGES.values()))]


def _counted(path: str, language: Language) -> list[str]:
    """Words that may stand behind a number of what is counted, and be its label, in every
    language, in lower case."""
    words: Iterable[str] = _UNITS.get(path, ())
    if path == "organisation.customers":
        words = chain.from_iterable(_nouns(language))
    elif path == "organisation.employees":
        staff = {each.gettext(field_label(path).name) for each in LANGUAGES.values()}
        words = (*staff, *_HEADS)
    return sorted({word.lower() for word in words})


def _nouns(language: Language) -> set[tuple[str, str]]:
    """One and several of what customers may be called, in every language."""
    return {
        (nouns.singular(called, spoken.pgettext), nouns.plural(called, spoken.pgettext))
        for called in (*nouns.NOUNS, language.called)
        for spoken in (language.plain, *LANGUAGES.values())
    }


_HEADS = (
    *("fte", "ftes", "fte's", "employee", "staff", "people", "full-time equivalents"),
    *("medewerker", "werknemers", "mensen", "personen", "voltijdbanen"),
    *("medarbejder", "ansatte", "årsværk", "personer", "fuldtidsstillinger"),
)
"""What employees are counted in beside the field's own name, in all languages."""
_UNITS: Mapping[str, tuple[str, ...]] = {
    "organisation.working_hours_per_year": ("hours", "hrs", "h", "uur", "uren", "u", "timer"),
    "horizon_months": ("months", "month", "maanden", "mnd", "måneder", "mdr"),
    "organisation.contacts_per_customer": ("contacts", "contacten", "henvendelser", "kontakter"),
}
"""What other numbers are counted in, in all languages."""


_CAUTIONS: Mapping[str, tuple[float, str]] = {
    "organisation.employees": (
        2.0,
        N_(
            "One person has no colleagues: what networking brings here stands for ties with "
            "others in the trade, or for nothing."
        ),
    ),
}
"""Below what a number means something else, and what."""


def _caution(path: str, language: Language) -> dict[str, Any] | None:
    if path not in _CAUTIONS:
        return None
    below, text = _CAUTIONS[path]
    return {"below": below, "text": language.gettext(text)}


def _unknown(path: str, language: Language) -> dict[str, Any]:
    """Whether a field may be left empty, and what it says then."""
    name = path.removeprefix("organisation.known.")
    if name == path:
        return {"optional": False, "drawn": ""}
    if name in _WORKED_OUT:
        return {"optional": True, "drawn": language.gettext(_WORKED_OUT[name])}
    parameter = BY_ID[DRAWN_INSTEAD[name]]
    # All of them are shares, or a cost relative to another: a bare number would read as money.
    low, high = (language.percent(end, decimals=0) for end in (parameter.low, parameter.high))
    drawn = language.gettext(
        "We don't know: drawn from {low} to {high} (“{assumption}”, grade {grade}).",
        assumption=language.gettext(parameter.label),
        low=low,
        high=high,
        grade=parameter.grade,
    )
    if parameter.low < 0.0:
        more = language.gettext("Below 0%: questions come that nobody would have asked without it.")
        drawn = f"{drawn} {more}"
    return {"optional": True, "drawn": drawn}


_TEXTS: Mapping[str, str] = {
    "organisation.currency": "currency",
    "organisation.customers_called": "noun",
}
"""Kinds of texts that are not free."""


def _text(path: str, field: FieldInfo, language: Language) -> dict[str, Any]:
    limits = walk.limits(field, "min_length", "max_length", "pattern")
    return {
        "kind": (kind := _TEXTS.get(path, "text")),
        "shortest": limits.get("min_length"),
        "longest": limits.get("max_length"),
        "pattern": nouns.TYPED if kind == "noun" else limits.get("pattern"),
        "choices": _choices(path, language.plain),
    }


def _choices(path: str, language: Language) -> list[dict[str, str]]:
    """Texts that a field may hold and that every language says in its own way."""
    if path == "organisation.customers_called":
        names = {called: nouns.plural(called, language.pgettext) for called in nouns.NOUNS}
    elif path == "organisation.name":
        names = {name: language.gettext(name) for name in shipped_organisations()}
    else:
        names = {}
    return [{"id": id, "label": label} for id, label in names.items()]


_SIGNS = {"share": "%", "money": "{currency}", "number": ""}
"""What stands for ``{unit}`` beside a box, by kind of unit."""


def _number(field: FieldInfo, language: Language) -> dict[str, Any]:
    bounds, unit = walk.bounds(field), unit_of(walk.unit(field))
    sign = _SIGNS[unit.kind]
    beside = unit.beside
    return {
        "kind": unit.kind,
        "whole": field.annotation is int,
        "unit": sign if beside == "{unit}" else beside and language.gettext(beside, unit=sign),
        "min": bounds.least,
        "max": bounds.most,
    }

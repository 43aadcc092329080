"""The model in the open: the map of causes, the claims and the equations, in any language. Pure.

What has words of its own elsewhere (outcomes, levers, assumptions) is called as there. What stands
between is called by its name in the code, in English, as are the texts that explain it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.exports.translate import CausalMap, Link, Loop, Model, Variable
from simulator.exports.translate.causal import LEVERS, ON_MAP, RESULTS
from simulator.exports.translate.explained import SECTORS, sector, symbols
from simulator.exports.translate.mathml import Wording, mathml, words
from simulator.exports.translate.model import CHANGE, Kind
from simulator.i18n.language import N_, Language
from simulator.model.register import BY_ID, GRADES
from simulator.results.catalogue import OUTCOMES
from simulator.scenario import OWN_FIGURE, Evidence, levers
from ui.text.claims import CLAIMS, VERDICT_WORDS

SECTOR_LABELS: Mapping[str, str] = {
    "decisions": N_("Decisions over time"),
    "connectedness": N_("Connectedness"),
    "service": N_("Customer service"),
    "customers": N_("Customers"),
    "insight": N_("Insight"),
    "capability": N_("Capability"),
    "returns": N_("What budgets return today"),
    "money": N_("Money"),
    "flows": N_("How the stocks move"),
    "outcomes": N_("Outcomes"),
    "initial_state": N_("Where the stocks start"),
}
"""Of :data:`~simulator.exports.translate.explained.SECTORS`."""

_POLARITIES = {"reinforcing": N_("Reinforcing"), "balancing": N_("Balancing")}

MOST_LOOPS = 12
"""Loops that are shown: the strongest."""

_INVOLVEMENT = "moved_towards_"


def label(name: str, language: Language) -> str | None:
    """What a variable is called elsewhere on the page, if it is."""
    text = None
    if name in OUTCOMES:
        text = OUTCOMES[name].label
    elif name in BY_ID:
        text = BY_ID[name].label
    elif (path := f"plan.involvement.{name.removeprefix(_INVOLVEMENT)}") in levers.LEVERS:
        text = levers.LEVERS[path].label if name.startswith(_INVOLVEMENT) else None
    return language.gettext(text) if text else None


def page(model: Model, causes: CausalMap, evidence: Evidence, language: Language) -> dict[str, Any]:
    """All that the page shows at first, with the grades of the scenario; what it holds can be sent
    as JSON."""
    inputs = sum(1 for _ in model.of_kind(Kind.INPUT))
    return {
        "summary": language.gettext(
            "{equations} equations with {assumptions} assumptions, read from the program that runs "
            "them. Another engine, PySD, comes to the same numbers.",
            equations=language.number(len(model.variables) - inputs),
            assumptions=language.number(len(BY_ID)),
        ),
        "nodes": [_node(name, model, language) for name in ON_MAP],
        "links": [_link(link, evidence, language) for link in causes.links],
        "loops": [_loop(loop, language) for loop in causes.loops[:MOST_LOOPS]],
        "claims": [
            {
                "number": number,
                "text": language.plain.gettext(claim.text),
                "verdict": claim.verdict,
                "verdict_words": language.gettext(VERDICT_WORDS[claim.verdict]),
                "answer": language.gettext(claim.answer),
                "where": [{"name": name, **_called(name, language)} for name in claim.where],
            }
            for number, claim in CLAIMS.items()
        ],
        "sectors": [
            {
                "id": name,
                "label": language.gettext(SECTOR_LABELS[name]),
                "names": [
                    variable.name
                    for variable in model.variables.values()
                    if variable.kind is not Kind.INPUT and sector(variable) == name
                ],
            }
            for name in SECTORS
        ],
    }


def equations(
    names: Iterable[str],
    model: Model,
    values: Mapping[str, float],
    evidence: Evidence,
    language: Language,
) -> list[dict[str, Any]]:
    """The equations of these variables with their symbols explained: ``values`` and grades of one
    scenario."""
    wording = Wording(
        symbol=lambda name: label(name, language) or words(name),
        otherwise=language.gettext("otherwise"),
    )
    return [
        {
            **_explained(variable, values, evidence, language),
            "mathml": mathml(variable, wording),
            "symbols": [
                _explained(model.variables[name], values, evidence, language)
                for name in symbols(variable)
            ],
        }
        for variable in (model.variables[name] for name in names)
    ]


def _called(name: str, language: Language) -> dict[str, Any]:
    """What a variable is called, and whether that is English by itself."""
    text = label(name, language)
    if text is None and name.startswith(CHANGE):
        stock = label(name.removeprefix(CHANGE), language)
        text = stock and language.gettext("Change in {stock}, per month", stock=stock)
    return {"label": text or words(name).removeprefix("today "), "english": text is None}


def _node(name: str, model: Model, language: Language) -> dict[str, Any]:
    outcome = OUTCOMES.get(name)
    kind = "lever" if name in LEVERS else "result" if name in RESULTS else "stock"
    return {
        "name": name,
        "kind": kind,
        "meaning": language.gettext(outcome.meaning) if outcome else "",
        "equation": model.variables[name].flow or name,
        **_called(name, language),
    }


def _link(link: Link, evidence: Evidence, language: Language) -> dict[str, Any]:
    cause, effect = (_called(name, language)["label"] for name in (link.cause, link.effect))
    if cause == effect:
        cause = language.gettext("{lever}, the lever", lever=cause)
    share = abs(link.strength) / 100.0
    size = language.percent(share, 3 if share < 0.001 else 2)
    more = language.percent(0.01)
    values = {"cause": cause, "effect": effect, "size": size, "more": more}
    after = link.effect not in (*RESULTS, "involvement_hours")
    if not link.sign or abs(link.strength) < 0.0005:
        text = language.gettext("{cause} hardly moves {effect} as things are today.", **values)
    elif link.strength > 0.0 and after:
        text = language.gettext(
            "{more} more of “{cause}”: “{effect}” is {size} higher after a year.", **values
        )
    elif after:
        text = language.gettext(
            "{more} more of “{cause}”: “{effect}” is {size} lower after a year.", **values
        )
    elif link.strength > 0.0:
        text = language.gettext("{more} more of “{cause}”: “{effect}” is {size} higher.", **values)
    else:
        text = language.gettext("{more} more of “{cause}”: “{effect}” is {size} lower.", **values)
    return {
        "cause": link.cause,
        "effect": link.effect,
        "sign": link.sign,
        "strength": abs(link.strength),
        "words": text,
        "through": list(reversed(link.through)),
        "assumptions": [
            {
                "id": name,
                "label": language.gettext(BY_ID[name].label),
                **_support(name, evidence, language),
            }
            for name in link.assumptions
        ],
    }


def _loop(loop: Loop, language: Language) -> dict[str, Any]:
    ways = [_called(name, language)["label"] for name in loop.names]
    polarity = "reinforcing" if loop.polarity > 0 else "balancing"
    return {
        "names": list(loop.names),
        "polarity": polarity,
        "word": language.gettext(_POLARITIES[polarity]),
        "words": " → ".join([*ways, ways[0]]),
    }


def _explained(
    variable: Variable, values: Mapping[str, float], evidence: Evidence, language: Language
) -> dict[str, Any]:
    """A variable with what it means and comes to; what is English only says so."""
    row = BY_ID.get(variable.name) if variable.source == "register" else None
    outcome = OUTCOMES.get(variable.name)
    value = values[variable.name]
    known = row.meaning if row else outcome.meaning if outcome else ""
    called = _called(variable.name, language)
    # What a flow is, its name says already, in the language of the page.
    english = "" if variable.kind is Kind.FLOW and not called["english"] else variable.meaning
    return {
        "name": variable.name,
        **called,
        "meaning": language.gettext(known) if known else english,
        "meaning_english": not known,
        "unit": language.gettext(row.unit) if row else variable.unit,
        "unit_english": not row,
        "value": _number(value, language),
        **_support(row.id if row else "", evidence, language),
    }


def _support(assumption: str, evidence: Evidence, language: Language) -> dict[str, str]:
    """How well an assumption of this id is supported; all empty where it is none."""
    if not assumption:
        return {"grade": "", "grade_meaning": "", "source": ""}
    grade, is_own = evidence.grade(assumption), assumption in evidence.own
    return {
        "grade": grade,
        "grade_meaning": language.gettext(OWN_FIGURE if is_own else GRADES[grade]),
        "source": "" if is_own else evidence.source(assumption, language.gettext),
    }


def _number(value: float, language: Language) -> str:
    """A value to four significant digits."""
    if value == 0.0:
        return language.number(0.0)
    size = abs(value)
    decimals = 0 if size >= 1000.0 else 3 if size >= 1.0 else 5 if size >= 0.01 else 8
    return language.number(value, decimals)

"""What the browser needs once, before the first answer: texts, levers, scenarios, the register.

All of it is the same for every visitor of one language whose organisation calls its customers the
same, so it is made once for them.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from simulator import charts, scenario
from simulator.analyses import ANALYSES
from simulator.analyses.base import Analysis
from simulator.analyses.comparison import FEWEST, MOST
from simulator.charts import palette
from simulator.i18n.language import (
    LANGUAGES,
    N_,
    Language,
    capital,
    catalogue_for_browser,
    formats_for_browser,
)
from simulator.i18n.nouns import NOUNS
from simulator.i18n.plain_words import PLAIN
from simulator.library import labels
from simulator.model.register import GRADES, REGISTER, Parameter
from simulator.scenario import AS_REGISTERED, OWN, OWN_FIGURE
from simulator.scenario.dashboard import KNOWN_BY
from simulator.scenario.evidence import is_worded
from simulator.version import MODEL_VERSION, VERSION
from ui.http.json_routes import encoded
from ui.pages import PAGES
from ui.text import analyses, failures, headline, help, levers, stages

DEFAULT = "balanced-shift"
"""The scenario that a first visit starts from."""

MOST_PINS = 4
"""So many plans can be kept beside the one that is shown."""

_FROM_MEMORY = N_("From memory: nobody has read it again.")


@lru_cache(maxsize=len(LANGUAGES))
def start(language: Language) -> dict[str, Any]:
    """Everything that the board needs once, in ``language``; what it holds can be sent as JSON.

    The same object is returned every time: it is not to be changed.

    Raises:
        RuntimeError: no shipped scenario can be used.
    """
    presets = _presets()
    if not presets.scenarios:
        raise RuntimeError("scenarios: found no usable scenario, allowed: at least one")
    return {
        "language": language.code,
        "called": language.called,
        "languages": _languages(),
        "formats": formats_for_browser(language),
        "catalogue": catalogue_for_browser(language),
        "failures": failures.failures(language),
        "simulator_version": VERSION,
        "model_version": MODEL_VERSION,
        "limits": _limits(),
        "pages": [
            {
                "id": page.id,
                "label": language.gettext(page.title),
                "looked_up": page.is_looked_up,
            }
            for page in PAGES.values()
        ],
        "charts": list(charts.FIRST),
        "presets": [
            _preset(name, preset, language.plain) for name, preset in presets.scenarios.items()
        ],
        "unusable": list(presets.unusable),
        "default": DEFAULT if DEFAULT in presets.scenarios else next(iter(presets.scenarios)),
        "levers": levers.describe(language),
        "stages": stages.describe(language),
        "fields": levers.fields(language),
        "outcomes": _outcomes(language),
        "figures": _figures(language),
        "analyses": [
            analyses.describe(analysis, language)
            for analysis in sorted(
                ANALYSES.values(), key=lambda analysis: analysis.page.place if analysis.page else 0
            )
            if analysis.page
        ],
        "verdict": {
            "label": language.gettext(headline.VERDICT_LABEL),
            "help": help.figure_help("verdict", language).for_browser(),
            "weak": headline.weak_help(language),
        },
        "register": [_record(parameter, language) for parameter in REGISTER],
        "groups": _groups(language),
        "grades": {grade: language.gettext(meaning) for grade, meaning in GRADES.items()},
        "own_figure": {"grade": OWN, "meaning": language.gettext(OWN_FIGURE)},
        "palettes": {"light": palette.css(palette.LIGHT), "dark": palette.css(palette.DARK)},
    }


@lru_cache(maxsize=len(LANGUAGES) * len(NOUNS))
def compressed(language: Language) -> bytes:
    """:func:`start` as gzipped JSON: compressing it anew for each visitor takes time."""
    return gzip.compress(encoded(start(language)), 6, mtime=0)


def _place(analysis: Analysis) -> int:
    return analysis.page.place if analysis.page else 0


def _languages() -> list[dict[str, str]]:
    """The languages there are, each by its own name."""
    return [
        {
            "code": language.code,
            "name": str(language.locale.get_language_name(language.locale)).capitalize(),
        }
        for language in LANGUAGES.values()
    ]


def _limits() -> dict[str, Any]:
    """What is refused beyond, so that the browser need not ask for it in vain: characters of texts,
    bytes of a file, and how many there may be."""
    return {
        "longest_name": scenario.LONGEST_NAME,
        "file_bytes": scenario.MAX_BYTES,
        "pins": MOST_PINS,
        "fewest_compared": FEWEST,
        "compared": MOST,
        "library": {
            "name": scenario.LONGEST_NAME,
            "description": labels.LONGEST_DESCRIPTION,
            "tag": labels.LONGEST_TAG,
            "tags": labels.MOST_TAGS,
            "who": labels.LONGEST_WHO,
            "why": labels.LONGEST_WHY,
            "search": labels.LONGEST_SEARCH,
        },
    }


# --- scenarios -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Presets:
    """The shipped scenarios."""

    scenarios: Mapping[str, scenario.Scenario]
    """By file name without ending; the default first."""
    unusable: tuple[str, ...]
    """Names of the files that are no valid scenarios."""


@cache
def _presets() -> _Presets:
    """The shipped scenarios; a file that is not valid does not keep the others away."""
    scenarios, unusable = {}, []
    for path in sorted(scenario.shipped(), key=lambda path: (path.stem != DEFAULT, path.stem)):
        try:
            scenarios[path.stem] = scenario.load(path)
        except scenario.ScenarioError:
            unusable.append(path.name)
    return _Presets(scenarios, tuple(unusable))


def document(plan: scenario.Scenario) -> dict[str, Any]:
    """A scenario as the browser holds it: as :func:`simulator.scenario.dump` writes it."""
    content: dict[str, Any] = json.loads(scenario.dump(plan))
    del content["$schema"]
    return content


def _preset(name: str, preset: scenario.Scenario, language: Language) -> dict[str, Any]:
    return {
        "id": name,
        "doc": document(preset),
        "name": language.gettext(preset.name),
        "story": language.gettext(preset.story) if preset.story else "",
        "organisation": language.gettext(preset.organisation.name),
        "customers": language.calling(preset.organisation.customers_called).ngettext(
            "{number} customer", "{number} customers", preset.organisation.customers
        ),
    }


# --- outcomes and figures ------------------------------------------------------------------------


def _outcomes(language: Language) -> list[dict[str, Any]]:
    """All that a chart can show, in the picker's groups."""
    return [
        {
            "group": group,
            "label": language.gettext(group),
            "items": [
                {
                    "id": chart.id,
                    "label": language.gettext(chart.title),
                    "meaning": language.gettext(chart.meaning),
                    "comparable": chart.comparable,
                }
                for chart in members
            ],
        }
        for group, members in charts.PICKER.items()
    ]


def _figures(language: Language) -> list[dict[str, Any]]:
    """The figures of the headline strip, in its order; the help as the board shows it."""
    return [
        {
            "id": figure.id,
            "label": language.gettext(figure.label),
            "compared": language.gettext(figure.compared),
            "leads": figure.leads,
            "help": help.figure_help(figure.id, language).for_browser(),
        }
        for figure in headline.ON_STRIP
    ]


# --- the register of assumptions -----------------------------------------------------------------


def _groups(language: Language) -> dict[str, str]:
    """The groups of assumptions, in the register's order: what each is called."""
    labels = {row.group: language.gettext(row.group) for row in REGISTER}
    return {group: capital(label) for group, label in labels.items()}


def _reading(parameter: Parameter, language: Language) -> str:
    """Where a figure was read; addresses stay as they are."""
    if parameter.checked_at == "memory":
        return language.gettext(_FROM_MEMORY)
    described = parameter.describes_reading
    return language.gettext(parameter.checked_at) if described else parameter.checked_at


def _record(parameter: Parameter, language: Language) -> dict[str, Any]:
    """An assumption: its texts translated, the source as it was written down."""
    return {
        "id": parameter.id,
        "group": parameter.group,
        "label": language.gettext(parameter.label),
        "meaning": language.gettext(parameter.meaning),
        # Shares are shown in per cent: a plain parameter needs no other unit.
        "unit": "%" if parameter.unit == "share" else language.gettext(parameter.unit),
        "percent": parameter.unit.split()[0] == "share",
        "low": parameter.low,
        "central": parameter.central,
        "high": parameter.high,
        "min": parameter.least,
        "max": parameter.most,
        "distribution": parameter.distribution.value,
        "grade": parameter.grade,
        "citation": AS_REGISTERED.source(parameter.id, language.gettext),
        "described": is_worded(parameter),
        "reported": language.plain.gettext(parameter.reported_figure),
        "note": language.plain.gettext(parameter.note),
        "read": _reading(parameter, language),
        "own_judgement": not parameter.citation,
        "known_by": KNOWN_BY.get(parameter.id, ""),
        "term": parameter.label if parameter.label in PLAIN else "",
    }

"""Names and values at the ends of lines, moved apart, and how wide their texts are."""

from __future__ import annotations

import html
import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from simulator.charts.apart import ROWS, apart
from simulator.charts.axes import compact
from simulator.charts.figure import drawn
from simulator.charts.palette import Palette
from simulator.charts.pin_letters import indent_for
from simulator.charts.shown import Shown
from simulator.i18n.language import GAP, Language
from simulator.model.register import FloatArray
from simulator.results import OUTCOMES, Unit, units
from simulator.results.summary import Summary

HOVER_LENGTH = 28
"""The same in the hover label."""


_WIDTHS: Mapping[str, float] = {
    **dict.fromkeys("023456789", 0.63),
    **dict.fromkeys(".,l \N{NO-BREAK SPACE}", 0.29),
    **dict.fromkeys("−+€$", 0.67),
    **dict.fromkeys("ijftrI:;'’|!()[]", 0.34),
    **dict.fromkeys("mw", 0.88),
    **{"1": 0.44, "K": 0.68, "M": 0.91},
    **dict.fromkeys("W%…@", 1.0),
}
"""Of characters, in font sizes, as Inter has them; rather too wide than too narrow."""
_SMALL, _CAPITAL, _WIDE = 0.6, 0.76, 1.1
"""Of all other characters."""
BOLD = 1.06
"""How much wider bold text is."""
_SHORT_MONEY, _SHORT_IN_FULL = 4.0, 6.3
"""Width of an amount from which on its currency is left to the unit above the chart; the second
where thousands are written in full, and an axis may count millions: euros and crowns stay."""


def plan_name(language: Language) -> str:
    return language.pgettext("a line in a chart", "plan")


def baseline_name(language: Language) -> str:
    return language.pgettext("a line in a chart", "as now")


def old_baseline_name(language: Language) -> str:
    return language.pgettext("a line in a chart: carrying on with the old assumptions", "before")


SAID_ABOVE = "cumulative_value"
"""The outcome of which the headline says where the plan ends: a narrow chart need not."""

WAY = "way"
"""A label that names a way which parts from a plan: left out where a chart is too low for all."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands at the end of a line."""

    text: str
    """As Plotly takes it: escaped, marked up."""
    room: float
    """Width that it may come to, in font sizes."""
    rows: int
    colour: str
    month: int
    value: float
    kind: str = ""
    """:data:`WAY`, or empty."""
    name_room: float = 0.0
    """The width of its name alone, where an amount stands below it that is said elsewhere, too."""


def line_labels(
    outcome: str, shown: Shown, bounds: Sequence[float], language: Language, palette: Palette
) -> list[Label]:
    results = shown.results
    plan, baseline = results.plan[outcome][1], results.baseline[outcome][1]
    old = shown.old_median(outcome)

    # The letters of pinned plans stand at the ends of their lines; all names to the right of those.
    indent, indented = indent_for(len(shown.pins_of(outcome)))

    def label(name: str, colour: str, values: FloatArray) -> Label:
        text = indent + GAP + html.escape(name, quote=False)
        room = text_width(name) + indented
        return Label(text, room, 1, colour, len(values) - 1, float(values[-1]))

    name = plan_name(language)
    end = _plan_end(outcome, results, language)
    # Not the width of the present value: the chart's would change from move to move.
    room = max(map(text_width, (name, *_longest_ends(outcome, bounds, results.currency, language))))
    return [
        Label(
            f"<b>{indent}{GAP}{html.escape(name, quote=False)}<br>{indent}{GAP}{end}</b>",
            BOLD * room + indented,
            2,
            palette.plan.colour,
            len(plan) - 1,
            float(plan[-1]),
            name_room=BOLD * text_width(name) + indented if outcome == SAID_ABOVE else 0.0,
        ),
        label(baseline_name(language), palette.baseline.colour, baseline),
        *([] if old is None else [label(old_baseline_name(language), palette.muted, old)]),
    ]


def _plan_end(outcome: str, results: Summary, language: Language) -> str:
    """Where the plan ends, as it stands in the small multiple too."""
    level, other = (float(run[outcome][1][-1]) for run in (results.plan, results.baseline))
    if OUTCOMES[outcome].unit.kind == "money":
        value = results.money_shown(outcome, level)
        return end_text(value, outcome, results.currency, language)
    return units.beside(level, other, outcome, results.currency, language).level


def end_text(value: float, outcome: str, currency: str, language: Language) -> str:
    """A value beside its line: with its currency where there is room for that, and with its sign
    where the headline has it, as what compares with carrying on."""
    if OUTCOMES[outcome].unit.kind == "money":
        sign = outcome == "cumulative_value"
        most = _SHORT_IN_FULL if language.thousands_in_full else _SHORT_MONEY
        if text_width(language.money(-888_000, currency)) > most:
            return language.short(value, sign=sign)
        return language.money(value, currency, sign=sign)
    return compact(value, outcome, currency, language)


def _longest_ends(
    outcome: str, bounds: Sequence[float], currency: str, language: Language
) -> list[str]:
    """Texts as long as any value within these bounds may have."""
    sign = -1.0 if bounds[0] < 0.0 and OUTCOMES[outcome].unit is not Unit.SHARE else 1.0
    if OUTCOMES[outcome].unit.kind == "share":
        return [language.percent(size, decimals=1) for size in (0.888, 1.0)]
    most = max(map(abs, bounds))
    power = math.floor(math.log10(most))
    sizes = [min(8.88 * 10.0 ** (power - less), most) for less in range(3)]
    if OUTCOMES[outcome].unit.kind == "count":  # in as many figures as one beside another may take
        return [units.count(sign * size, language, beside=size / 100.0) for size in sizes]
    return [end_text(sign * size, outcome, currency, language) for size in sizes]


def label_trace(labels: Sequence[Label], bounds: list[float], font: int) -> dict[str, Any]:
    """The labels as text of a line without a line: moved apart as in the lowest chart, and free to
    leave the axes. ``meta`` is where they belong: in a taller chart they come closer to that."""
    bottom, top = bounds
    places = apart(
        [(label.value - bottom) / (top - bottom) for label in labels],
        [label.rows / ROWS for label in labels],
    )
    return {
        "type": "scatter",
        "mode": "text",
        "x": [label.month for label in labels],
        "y": drawn([bottom + (top - bottom) * place for place in places], bounds),
        "text": [label.text for label in labels],
        "meta": drawn([label.value for label in labels], bounds),
        "hovertext": [label.kind for label in labels],  # never shown: what each is, for the page
        "textposition": "middle right",
        "textfont": {"size": font, "color": [label.colour for label in labels]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def escaped(name: str, length: int) -> str:
    """Text of the user as Plotly shows it as it is: its pseudo-HTML has no meaning."""
    return html.escape(_shortened(name, length), quote=False)


@lru_cache(maxsize=1024)  # the same names come in every chart, move after move
def _shortened(text: str, length: int) -> str:
    """On one line, ``length`` characters long at most; wide characters count twice."""
    text = " ".join(text.split())
    if _columns(text) <= length:
        return text
    while _columns(text) > length - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def text_width(text: str) -> float:
    """About how wide a text is, in font sizes."""
    return math.fsum(map(_character_width, text))


def _character_width(sign: str) -> float:
    if sign in _WIDTHS:
        return _WIDTHS[sign]
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return _WIDE
    return _SMALL if sign.islower() else _CAPITAL

"""Results to charts: Plotly figures as plain dictionaries, and data for small multiples. Pure.

A figure is its layout, which stays the same from move to move, and its data. Axes move in coarse
steps only, so that two plans can be compared by eye; the labels at the ends of the lines are data
too, so that they do not touch the layout.
"""

from __future__ import annotations

import hashlib
import html
import json
import math
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from babel.numbers import get_decimal_symbol, get_group_symbol

from simulator.charts.palette import Palette, Stroke
from simulator.i18n.language import GAP, MINUS, N_, Language
from simulator.model.quantities import Split
from simulator.model.register import FloatArray
from simulator.results import OUTCOMES
from simulator.scenario import Scenario
from ui.cache import Results
from ui.text import words

MONEY_FLOW = "money_flow"
"""The entry of the picker that is no outcome: see :func:`sankey`."""
MONEY_FLOW_TITLE = N_("Money flow a year, with the plan in place")

PICKER: Mapping[str, tuple[str, ...]] = {
    group: (
        *(one.id for one in OUTCOMES.values() if one.group == group),
        *((MONEY_FLOW,) if group == "Budgets" else ()),
    )
    for group in dict.fromkeys(one.group for one in OUTCOMES.values())
}
"""All that can be charted, by group."""

LARGE: tuple[str, ...] = (*OUTCOMES, MONEY_FLOW)
"""What a large chart can show."""

FIRST: tuple[str, ...] = ("cumulative_value", "customers")
"""What the two large charts show at first."""

MULTIPLES: tuple[str, ...] = (
    "customers",
    "trust",
    "connected_customers",
    "connected_employees",
    "connected_partners",
    "public_goodwill",
    "competence",
    "insight",
    "capability",
    "service_quality",
    "channel_preference",
    "contacts_unserved",
)
"""Outcomes that have a small multiple."""

FONT = "Inter, system-ui, sans-serif"
ROWS = 11
"""Line labels that fit above one another in the lowest chart, see :func:`least_height`."""
ROW_HEIGHT = 1.25
"""Of a label, in font sizes."""
NAME_ROOM = 4.4
"""For a pinned plan's name at the end of its line, in font sizes: some eight characters."""
HOVER_LENGTH = 28
"""The same in the hover label."""
POINTS = 31
"""Of a line in a small multiple, at most."""

_CHOSEN_WIDTH, _OTHER_WIDTH = 0.22, 0.15
"""Of the lines of compared scenarios, in font sizes."""
_BAND_OPACITY = 0.18
_TOP, _BOTTOM = 1.8, 3.0
"""Margins for the unit, and for ticks and their title, in font sizes."""
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
_BOLD = 1.06
"""How much wider bold text is."""
_SHORT_MONEY = 4.0
"""Width of an amount from which on its currency is left to the unit above the chart."""
_DIGITS = 5
"""Significant digits of what is drawn: less than a pixel, and a third of the bytes."""
_HEADROOM = 0.02
"""Of an axis: keeps lines at its ends whole."""
_SCALED_FROM = 1e4
"""Ticks that reach this far count thousands or millions, where those have no short form."""
_REACHES = (1.0, 2.0, 3.0, 5.0, 10.0)
_TICK_STEPS = (1.0, 2.0, 5.0, 10.0)
_SHORT_SIDE = 0.2
"""How far an axis goes, relative to its longer side, where little is needed."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A plan that was kept, drawn over the present one; of the same currency and horizon."""

    name: str
    """Text of the user."""
    results: Results
    slot: int
    """Its colour and dash, 0-3: a pin keeps them when another one goes."""


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a chart may show of an outcome."""

    results: Results
    pins: tuple[Pin, ...] = ()
    old_baseline: Mapping[str, FloatArray] = field(default_factory=dict)
    """Carrying on before assumptions changed: medians by outcome, shape ``(months + 1,)``; empty
    when they did not change."""

    def pins_of(self, outcome: str) -> list[tuple[Pin, FloatArray]]:
        """The pinned plans that have this outcome, each with its medians."""
        return [
            (pin, pin.results.plan[outcome][1]) for pin in self.pins if outcome in pin.results.plan
        ]

    def old_median(self, outcome: str) -> FloatArray | None:
        """The old baseline, if it is another one than the present."""
        old = self.old_baseline.get(outcome)
        same = old is None or np.array_equal(old, self.results.baseline[outcome][1])
        return None if same else old

    def values(self, outcome: str) -> FloatArray:
        """Every number that the chart draws."""
        old = self.old_median(outcome)
        return np.concatenate(
            [
                self.results.plan[outcome].ravel(),
                self.results.baseline[outcome].ravel(),
                *(medians for _, medians in self.pins_of(outcome)),
                *(() if old is None else (old,)),
            ]
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A Plotly figure, in parts that can be sent as JSON."""

    title: str
    """Plain text, like ``unit`` and ``alt``; what is in ``layout`` and ``data`` is escaped."""
    unit: str
    alt: str
    """What the chart shows, in one or two sentences with numbers."""
    layout: dict[str, Any]
    data: list[dict[str, Any]]
    key: str
    """Stands for the layout: the same as long as that is the same."""


def figure(
    outcome: str, shown: Shown, language: Language, palette: Palette, font: int = 16
) -> Figure:
    """One outcome over time: the plan and carrying on with their P10-P90 bands, and pinned plans.

    ``font`` is the size of all text, in pixels; labels at line ends do not overlap in a chart of at
    least :func:`least_height` pixels. Raises ``KeyError`` for an outcome that ``shown`` does not
    have.
    """
    results = shown.results
    bounds = axis(outcome, shown)
    labels = _labels(outcome, shown, bounds, language, palette)
    drawn = _Drawn(shown.values(outcome), results.horizon_months, results.currency)
    layout = _time_layout(outcome, drawn, bounds, labels, language, palette, font)
    return Figure(
        title=title(outcome, language),
        unit=words.unit(outcome, results.currency, language),
        alt=_alt(outcome, shown, language),
        layout=layout,
        data=[
            *_traces(outcome, shown, bounds, language, palette, font),
            _label_trace(labels, bounds, font),
        ],
        key=_key(layout),
    )


def title(outcome: str, language: Language) -> str:
    """What the picker calls a chart; ``outcome`` may be :data:`MONEY_FLOW`."""
    return language.gettext(MONEY_FLOW_TITLE if outcome == MONEY_FLOW else OUTCOMES[outcome].label)


def least_height(font: int) -> int:
    """Pixels that a chart is to be high at least, for this size of its text."""
    return math.ceil(font * (ROWS * ROW_HEIGHT + _TOP + _BOTTOM))


# --- lines ---------------------------------------------------------------------------------------


def _traces(
    outcome: str,
    shown: Shown,
    bounds: Sequence[float],
    language: Language,
    palette: Palette,
    font: int,
) -> list[dict[str, Any]]:
    """Bands below, then lines; the plan above all. Ranks order the hover label, plan first."""
    results = shown.results
    low, middle, high = results.plan[outcome]
    least, carrying_on, most = results.baseline[outcome]
    texts = _hover_texts(outcome, bounds, language)

    def line(
        rank: int, name: str, values: FloatArray, stroke: Stroke, *ends: FloatArray
    ) -> dict[str, Any]:
        width = stroke.width * font / 100
        return _line(rank, name, stroke, width, texts, language, values, *ends)

    old = shown.old_median(outcome)
    # A band without width would draw nothing, and every trace takes its time.
    return [
        *(
            [_band(least, most, palette.baseline_band, palette.baseline_edge)]
            if np.any(least < most)
            else []
        ),
        *([_band(low, high, palette.plan_band)] if np.any(low < high) else []),
        *([] if old is None else [line(3, _old_name(language), old, palette.old_baseline)]),
        line(2, _baseline_name(language), carrying_on, palette.baseline),
        *(
            line(4 + pin.slot, _escaped(pin.name, HOVER_LENGTH), medians, palette.pins[pin.slot])
            for pin, medians in shown.pins_of(outcome)
        ),
        line(1, _plan_name(language), middle, palette.plan, low, high),
    ]


def _band(
    bottom: FloatArray, top: FloatArray, fill: str, edge: str | None = None
) -> dict[str, Any]:
    months = list(range(len(top)))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*months, *reversed(months)],
        "y": _numbers([*top, *bottom[::-1]]),
        "fill": "toself",
        "fillcolor": fill,
        "line": {"width": 1 if edge else 0, "color": edge or fill},
        "hoverinfo": "skip",
    }


def _line(
    rank: int,
    name: str,
    stroke: Stroke,
    width: float,
    texts: Callable[[FloatArray], list[str]],
    language: Language,
    values: FloatArray,
    *ends: FloatArray,
) -> dict[str, Any]:
    """A line of ``width`` pixels; ``ends``: of the band that its hover label tells. ``name`` is
    escaped; ``texts`` writes the numbers."""
    # The name goes in by reference: a template within it would be one itself.
    said = "%{fullData.name}: %{customdata[0]}"
    if ends:
        between = language.gettext(
            "8 of 10 cases: {low} to {high}", low="%{customdata[1]}", high="%{customdata[2]}"
        )
        said = f"<b>{said}</b><br>{between}"
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "legendrank": rank,
        "x": list(range(len(values))),
        "y": _numbers(values),
        "line": {"color": stroke.colour, "width": round(width, 1), "dash": stroke.dash},
        "customdata": list(zip(*map(texts, (values, *ends)), strict=True)),
        "hovertemplate": f"{said}<extra></extra>",
    }


def _hover_texts(
    outcome: str, bounds: Sequence[float], language: Language
) -> Callable[[FloatArray], list[str]]:
    """How the numbers of a chart are written in its hover label: all as finely as its axis needs.

    Bare of their currency, which stands at the top of the label. Not through Babel, which would
    take longer for these hundreds of numbers than the simulation takes.
    """
    share = OUTCOMES[outcome].unit.startswith("share")
    scale = 100.0 if share else 1.0
    span = scale * (bounds[1] - bounds[0])
    decimals = max(1 if share else 0, _decimals(span / 10))
    pattern = language.percent(0.0).replace("0", "{}") if share else "{}"
    decimal, group = _separators(language)
    marks = str.maketrans({",": group, ".": decimal, "-": MINUS})

    def texts(values: FloatArray) -> list[str]:
        return [
            pattern.format(f"{value:z,.{decimals}f}".translate(marks)) for value in scale * values
        ]

    return texts


def _separators(language: Language) -> tuple[str, str]:
    """Before decimals, and between thousands."""
    return get_decimal_symbol(language.locale), get_group_symbol(language.locale)


def _plan_name(language: Language) -> str:
    return language.pgettext("a line in a chart", "plan")


def _baseline_name(language: Language) -> str:
    return language.pgettext("a line in a chart", "as now")


def _old_name(language: Language) -> str:
    return language.pgettext("a line in a chart: carrying on with the old assumptions", "before")


# --- labels at line ends -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Label:
    """What stands at the end of a line."""

    text: str
    """As Plotly takes it: escaped, marked up."""
    room: float
    """Width that it may come to, in font sizes."""
    rows: int
    colour: str
    month: int
    value: float


def _labels(
    outcome: str, shown: Shown, bounds: Sequence[float], language: Language, palette: Palette
) -> list[_Label]:
    results = shown.results
    plan, baseline = results.plan[outcome][1], results.baseline[outcome][1]
    old = shown.old_median(outcome)

    def label(name: str, colour: str, values: FloatArray) -> _Label:
        text = html.escape(name, quote=False)
        return _Label(GAP + text, _width(name), 1, colour, len(values) - 1, float(values[-1]))

    name = _plan_name(language)
    end = _end(float(plan[-1]), outcome, results.currency, language)
    # Not the width of the present value: the chart's would change from move to move.
    room = max(map(_width, (name, *_longest_ends(outcome, bounds, results.currency, language))))
    return [
        _Label(
            f"<b>{GAP}{html.escape(name, quote=False)}<br>{GAP}{end}</b>",
            _BOLD * room,
            2,
            palette.plan.colour,
            len(plan) - 1,
            float(plan[-1]),
        ),
        label(_baseline_name(language), palette.baseline.colour, baseline),
        *([] if old is None else [label(_old_name(language), palette.muted, old)]),
        *(
            label(_narrowed(pin.name, NAME_ROOM), palette.pins[pin.slot].colour, medians)
            for pin, medians in shown.pins_of(outcome)
        ),
    ]


def _end(value: float, outcome: str, currency: str, language: Language) -> str:
    """A value beside its line: with its currency where there is room for that."""
    if OUTCOMES[outcome].unit.startswith("currency"):
        if _width(language.money(-888_000, currency)) > _SHORT_MONEY:
            return language.short(value)
        return language.money(value, currency)
    return compact(value, outcome, currency, language)


def _longest_ends(
    outcome: str, bounds: Sequence[float], currency: str, language: Language
) -> list[str]:
    """Texts as long as any value within these bounds may have."""
    sign = -1.0 if bounds[0] < 0.0 and OUTCOMES[outcome].unit != "share" else 1.0
    if OUTCOMES[outcome].unit.startswith("share"):
        sizes = [0.188, 1.0]
    else:
        most = max(map(abs, bounds))
        power = math.floor(math.log10(most))
        sizes = [min(8.88 * 10.0 ** (power - less), most) for less in range(3)]
    return [_end(sign * size, outcome, currency, language) for size in sizes]


def _label_trace(labels: Sequence[_Label], bounds: list[float], font: int) -> dict[str, Any]:
    """The labels as text of a line without a line: moved apart, and free to leave the axes."""
    bottom, top = bounds
    places = apart(
        [(one.value - bottom) / (top - bottom) for one in labels],
        [one.rows / ROWS for one in labels],
    )
    return {
        "type": "scatter",
        "mode": "text",
        "x": [one.month for one in labels],
        "y": _numbers(bottom + (top - bottom) * place for place in places),
        "text": [one.text for one in labels],
        "textposition": "middle right",
        "textfont": {"size": font, "color": [one.colour for one in labels]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def apart(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Places of middles, 0-1, as near to ``wanted`` as can be: in order, and no two overlapping.

    ``heights`` are those of what is placed. Where they do not fit, all shrink alike.
    """
    shrunk = 1.0 / max(1.0, math.fsum(heights))
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    # Each without the room that those below it take: then they only have to stay in order, which
    # pooling neighbours that do not gives with the least squared distance.
    offsets: list[float] = []
    below = 0.0
    for index in order:
        offsets.append(below + shrunk * heights[index] / 2)
        below += shrunk * heights[index]
    blocks: list[list[float]] = []
    for index, offset in zip(order, offsets, strict=True):
        blocks.append([wanted[index] - offset])
        while len(blocks) > 1 and _mean(blocks[-2]) > _mean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    settled = [
        min(max(_mean(block), 0.0), max(1.0 - below, 0.0)) for block in blocks for _ in block
    ]
    places = [0.0] * len(wanted)
    for index, offset, place in zip(order, offsets, settled, strict=True):
        places[index] = place + offset
    return places


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


# --- axes ----------------------------------------------------------------------------------------


def axis(outcome: str, shown: Shown) -> list[float]:
    """Range of an axis, in coarse steps: around today's value, or from zero.

    Around today, by 2 % (2 points of a share) at least, as long as all that is shown lies within
    half of today's value; else zero belongs on the axis.
    """
    return _axis(outcome, shown.values(outcome), float(shown.results.baseline[outcome][1, 0]))


def _axis(outcome: str, values: FloatArray, today: float) -> list[float]:
    """:func:`axis` for ``values``, of which ``today`` is the first."""
    least, most = float(values.min()), float(values.max())
    share = OUTCOMES[outcome].unit.startswith("share")
    whole = 1.0 if OUTCOMES[outcome].unit == "share" else math.inf
    if today > 0.0:
        size = 1.0 if share else today
        reach = size * coarse(max(today - least, most - today, 0.02 * size) / size)
        if reach <= today / 2:
            low, high = _around(today, least, most, reach)
            return _with_room(low, min(high, whole))
    if least >= 0.0 and outcome != "cumulative_value":
        most = max(most, 0.05 if share else 0.0)
        return _with_room(0.0, min(coarse(most) if most > 0.0 else 1.0, whole))
    most_away = max(-least, most)
    return _with_room(*_around(0.0, least, most, coarse(most_away) if most_away > 0.0 else 1.0))


def _around(centre: float, least: float, most: float, reach: float) -> tuple[float, float]:
    """A range around ``centre``: ``reach`` to its longer side, to the other less if that does."""
    below, above = centre - least, most - centre
    short = _SHORT_SIDE * reach
    return (
        centre - (short if below < above and below <= short else reach),
        centre + (short if above <= below and above <= short else reach),
    )


def _with_room(low: float, high: float) -> list[float]:
    room = _HEADROOM * (high - low)
    return _numbers((low - room, high + room))


def coarse(value: float) -> float:
    """The least coarse step that is not below ``value`` (above 0): 1, 2, 3, 5, 10 ..."""
    return _step(value, _REACHES)


def _step(value: float, steps: Sequence[float]) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return next((one * power for one in steps if one * power >= value * (1 - 1e-12)), 10.0 * power)


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers from ``low`` to ``high``, ``most`` at most."""
    step = _step((high - low) / most, _TICK_STEPS)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [_number(step * place) for place in range(first, last + 1)]


def _scale(values: Sequence[float], outcome: str, language: Language) -> float:
    """What ticks count, 1, a thousand, a million ...: more than 1 only where those take room."""
    most = max(map(abs, values))
    unit = OUTCOMES[outcome].unit
    if unit.startswith("share") or not language.thousands_in_full or most < _SCALED_FROM:
        return 1.0
    return 1000.0 ** math.floor(math.log10(most) / 3 + 1e-9)


def _tick_texts(
    values: Sequence[float], scale: float, outcome: str, language: Language
) -> list[str]:
    """Bare of their currency and ``scale``, which the unit names."""
    step = values[1] - values[0] if len(values) > 1 else 1.0
    if OUTCOMES[outcome].unit.startswith("share"):
        return [language.percent(value, decimals=_decimals(100 * step)) for value in values]
    if language.thousands_in_full:
        return [
            language.number(value / scale, decimals=_decimals(step / scale)) for value in values
        ]
    # As many figures as it takes to tell them apart.
    every = ([language.short(value, figures=more) for value in values] for more in range(3, 15))
    return next(texts for texts in every if len(set(texts)) == len(texts))


def _decimals(step: float) -> int:
    """Decimals that numbers a step apart may need."""
    return max(0, 1 - math.floor(math.log10(step)))


def compact(
    value: float, outcome: str, currency: str, language: Language, *, sign: bool = False
) -> str:
    """A value of an outcome, as short as can be: without the time that its unit refers to."""
    unit = OUTCOMES[outcome].unit
    if unit.startswith("share"):
        return language.percent(value, decimals=0 if abs(value) >= 0.2 else 1, sign=sign)
    if unit.startswith("currency"):
        return language.money(value, currency, sign=sign)
    return words.count(value, language, sign=sign)


# --- layout --------------------------------------------------------------------------------------


class _Drawn(NamedTuple):
    """What a chart over time is about."""

    values: FloatArray
    """Every number that it draws."""
    months: int
    currency: str


def _time_layout(
    outcome: str,
    drawn: _Drawn,
    bounds: list[float],
    labels: Sequence[_Label],
    language: Language,
    palette: Palette,
    font: int,
) -> dict[str, Any]:
    low, high = bounds
    # Where all is zero, any scale would be made up.
    values = ticks(low, high) if drawn.values.any() else [0.0]
    scale = _scale(values, outcome, language)
    texts = _tick_texts(values, scale, outcome, language)
    left = round(font * (max(map(_width, texts)) + 0.48))
    right = round(font * (max(one.room for one in labels) + 0.4))
    unit = words.unit(outcome, drawn.currency, language)
    caption = (
        unit
        if scale == 1.0
        else language.gettext("{unit} (× {scale})", unit=unit, scale=language.short(scale))
    )
    common = {
        "gridcolor": palette.grid,
        "linecolor": palette.line,
        "zerolinecolor": palette.line,
        "zerolinewidth": 1.5,
        # Not seen: they keep the texts away from the axis.
        "ticks": "outside",
        "ticklen": round(font * 0.25),
        "tickcolor": "rgba(0,0,0,0)",
        "tickmode": "array",
        "automargin": False,
        "uirevision": outcome,
    }
    return {
        **_layout(outcome, language, palette, font),
        "margin": {
            "l": left,
            "r": right,
            "t": round(font * _TOP),
            "b": round(font * _BOTTOM),
        },
        "hovermode": "x unified",
        "dragmode": "zoom",
        "xaxis": {
            **common,
            **_months(drawn.months, language, palette, font),
            "range": [0, drawn.months],
            "showgrid": False,
            "showline": not low < 0.0 < high,
            "zeroline": False,
            "showspikes": False,
            "unifiedhovertitle": {
                "text": html.escape(
                    language.gettext("month {month}, {unit}", month="%{x}", unit=unit), quote=False
                )
            },
        },
        "yaxis": {
            **common,
            "range": bounds,
            "tickvals": values,
            "ticktext": texts,
            "zeroline": low < 0.0 < high,
            "showline": False,
        },
        "annotations": [
            {
                "text": html.escape(caption, quote=False),
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "xshift": -left,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "yshift": round(font * 0.3),
                "showarrow": False,
                "font": {"color": palette.muted},
            }
        ],
    }


def _layout(name: str, language: Language, palette: Palette, font: int) -> dict[str, Any]:
    """What all figures have in common."""
    return {
        "template": "none",
        "autosize": True,
        "showlegend": False,
        "uirevision": name,
        "separators": "".join(_separators(language)),
        "font": {"family": FONT, "size": font, "color": palette.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {
            "bgcolor": palette.surface,
            "bordercolor": palette.line,
            "font": {"family": FONT, "size": font, "color": palette.ink},
        },
    }


def _months(horizon: int, language: Language, palette: Palette, font: int) -> dict[str, Any]:
    """Ticks of the time axis: years, or months where there are few."""
    if horizon <= 24:
        step, unit, said = 3 if horizon <= 12 else 6, 1, language.gettext("months from now")
    else:
        step, unit, said = 12 if horizon <= 60 else 24, 12, language.gettext("years from now")
    places = list(range(0, horizon + 1, step))
    return {
        "tickvals": places,
        "ticktext": [language.number(place / unit) for place in places],
        "title": {
            "text": html.escape(said, quote=False),
            "standoff": 4,
            "font": {"size": font, "color": palette.muted},
        },
    }


def _key(layout: Mapping[str, Any]) -> str:
    text = json.dumps(layout, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2s(text.encode(), digest_size=8).hexdigest()


# --- text ----------------------------------------------------------------------------------------


def _alt(outcome: str, shown: Shown, language: Language) -> str:
    results = shown.results
    ends = [float(one) for one in results.plan[outcome][:, -1]]

    def text(value: float) -> str:
        return words.amount(value, outcome, results.currency, language)

    low, middle, high = map(text, ends)
    said = language.gettext(
        "{title}: after {months} months the plan is at {plan} (in 8 of 10 cases {low} to {high}), "
        "carrying on at {baseline}.",
        title=title(outcome, language),
        months=language.number(results.horizon_months),
        plan=middle,
        low=low,
        high=high,
        baseline=text(float(results.baseline[outcome][1, -1])),
    )
    pins = [
        language.gettext("{name} at {value}", name=pin.name, value=text(float(medians[-1])))
        for pin, medians in shown.pins_of(outcome)
    ]
    if not pins:
        return said
    return f"{said} {language.gettext('Pinned plans: {plans}.', plans='; '.join(pins))}"


def _escaped(name: str, length: int) -> str:
    """Text of the user as Plotly shows it as it is: its pseudo-HTML has no meaning."""
    return html.escape(_shortened(name, length), quote=False)


def _shortened(text: str, length: int) -> str:
    """On one line, ``length`` characters long at most; wide characters count twice."""
    text = " ".join(text.split())
    if _columns(text) <= length:
        return text
    while _columns(text) > length - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _narrowed(text: str, room: float) -> str:
    """On one line, not wider than ``room`` font sizes."""
    text = " ".join(text.split())
    if _width(text) <= room:
        return text
    while text and _width(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _width(text: str) -> float:
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


def _number(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _numbers(values: Iterable[float]) -> list[float]:
    return [_number(value) for value in values]


# --- compared scenarios ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Overlaid:
    """A scenario among those that one chart compares."""

    letter: str
    """What its line is called at its end."""
    name: str
    """Text of the user."""
    stroke: Stroke
    band: FloatArray
    """P10, P50 and P90 of the outcome, shape ``(3, months + 1)``; as long for all."""


def overlay(
    outcome: str,
    lines: Sequence[Overlaid],
    banded: int | None,
    currency: str,
    language: Language,
    palette: Palette,
    font: int = 16,
) -> Figure:
    """One outcome of several scenarios over time: their medians, and the P10-P90 band of one.

    All are in ``currency``; ``banded`` is a position in ``lines``, or ``None`` for no band. Else as
    :func:`figure`. Raises ``KeyError`` for an outcome that does not exist.
    """
    medians = [one.band[1] for one in lines]
    values = np.concatenate([*medians, *(lines[banded].band if banded is not None else ())])
    starts = [float(one[0]) for one in medians]
    bounds = _axis(outcome, values, starts[0] if math.isclose(min(starts), max(starts)) else 0.0)
    labels = [_overlaid_label(outcome, one, currency, language) for one in lines]
    drawn = _Drawn(values, len(medians[0]) - 1, currency)
    layout = _time_layout(outcome, drawn, bounds, labels, language, palette, font)
    texts = _hover_texts(outcome, bounds, language)
    data = []
    for place, one in enumerate(lines):
        low, middle, high = one.band
        chosen = place == banded
        if chosen and np.any(low < high):
            data.append(_band(low, high, _see_through(one.stroke.colour)))
        name = _escaped(f"{one.letter} {one.name}", HOVER_LENGTH)
        width = (_CHOSEN_WIDTH if chosen else _OTHER_WIDTH) * font
        ends = (low, high) if chosen else ()
        data.append(_line(place + 1, name, one.stroke, width, texts, language, middle, *ends))
    data.sort(key=lambda trace: "fill" not in trace)  # the band below all lines
    said = language.gettext(
        "{title}, after {months} months: {scenarios}.",
        title=title(outcome, language),
        months=language.number(drawn.months),
        scenarios="; ".join(
            language.gettext(
                "{letter} {name} at {value} (in 8 of 10 cases {low} to {high})",
                letter=one.letter,
                name=one.name,
                **{
                    key: words.amount(float(end), outcome, currency, language)
                    for key, end in zip(("low", "value", "high"), one.band[:, -1], strict=True)
                },
            )
            for one in lines
        ),
    )
    return Figure(
        title=title(outcome, language),
        unit=words.unit(outcome, currency, language),
        alt=said,
        layout=layout,
        data=[*data, _label_trace(labels, bounds, font)],
        key=_key(layout),
    )


def _overlaid_label(outcome: str, one: Overlaid, currency: str, language: Language) -> _Label:
    end = float(one.band[1, -1])
    text = f"{one.letter}{GAP}{_end(end, outcome, currency, language)}"
    return _Label(
        f"<b>{GAP}{html.escape(text, quote=False)}</b>",
        _BOLD * _width(text),
        1,
        one.stroke.colour,
        one.band.shape[1] - 1,
        end,
    )


def _see_through(colour: str) -> str:
    """A band's fill: its line's colour, ``#RRGGBB``, with the paper behind it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {_BAND_OPACITY})"


# --- small multiples -----------------------------------------------------------------------------


def multiple(outcome: str, shown: Shown, language: Language) -> dict[str, Any]:
    """One outcome for a chart of a thumb's size, that the browser draws itself.

    ``plan``, ``low``, ``high`` and ``baseline`` are lists of equal length, at most :data:`POINTS`,
    evenly spaced from now to the horizon; ``axis`` is their range. ``now`` is where the plan ends
    and ``change`` how far that is from carrying on in the same draws (the median of the
    differences, in points for shares), as texts. Nothing is escaped. Raises ``KeyError`` for an
    outcome that ``shown`` does not have.
    """
    results = shown.results
    months = np.arange(results.horizon_months + 1)
    places = np.linspace(0, months[-1], min(POINTS, len(months)))

    def line(values: FloatArray) -> list[float]:
        return _numbers(np.interp(places, months, values))

    low, middle, high = results.plan[outcome]
    change = results.final_change[outcome].difference.central
    return {
        "id": outcome,
        "label": title(outcome, language),
        "unit": words.unit(outcome, results.currency, language),
        "plan": line(middle),
        "low": line(low),
        "high": line(high),
        "baseline": line(results.baseline[outcome][1]),
        "axis": axis(outcome, shown),
        "now": compact(float(middle[-1]), outcome, results.currency, language),
        "change": _change(change, outcome, results.currency, language),
        "alt": _alt(outcome, shown, language),
    }


def _change(change: float, outcome: str, currency: str, language: Language) -> str:
    if OUTCOMES[outcome].unit.startswith("share"):
        points = language.number(100 * change, decimals=1, sign=True)
        return language.gettext("{points} points", points=points)
    return compact(change, outcome, currency, language, sign=True)


# --- money flow ----------------------------------------------------------------------------------

SOURCES = ("market_research", "training", "customer_service")
_FIRST, _LAST = 0.001, 0.999
"""Places of both columns across; Plotly takes 0 for no place at all."""
KEPT = "kept"
"""Where the money goes that is not moved."""


def flows(scenario: Scenario) -> dict[tuple[str, str], float]:
    """Money a year once the plan is fully in place, in whole cents, by source and target.

    Targets are the five instruments, ``savings`` and :data:`KEPT`. What leaves a source adds up to
    its budget; flows of nothing are left out.
    """
    budgets = scenario.organisation_quantities().budgets
    plan = scenario.plan_quantities()
    found: dict[tuple[str, str], float] = {}
    for source in SOURCES:
        budget = round(100 * getattr(budgets, source))
        shift = getattr(plan, source)
        moved = round(budget * shift.share_moved)
        exact = {
            target: moved * share for target, share in zip(Split._fields, shift.split, strict=True)
        }
        parts = {target: math.floor(money) for target, money in exact.items()}
        # Cents that are left over go where most was cut off, and what shares that do not quite
        # add up leave goes where it shows least.
        for target in sorted(parts, key=lambda target: parts[target] - exact[target]):
            if sum(parts.values()) < moved and exact[target] > parts[target]:
                parts[target] += 1
        largest = max(parts, key=lambda target: parts[target])
        parts[largest] += moved - sum(parts.values())
        parts[KEPT] = budget - moved
        found |= {(source, target): cents / 100 for target, cents in parts.items() if cents > 0}
    return found


def sankey(scenario: Scenario, language: Language, palette: Palette, font: int = 16) -> Figure:
    """Where the money of the sources goes a year once the plan is fully in place.

    The organisation's own numbers, no forecast: from each source to the instruments, to savings,
    and what stays where it is.
    """
    currency = scenario.organisation.currency
    links = flows(scenario)
    moved = math.fsum(money for (_, target), money in links.items() if target != KEPT)

    def money(value: float) -> str:
        return language.money(value, currency)

    layout = {
        **_layout(MONEY_FLOW, language, palette, font),
        "margin": {"l": 2, "r": 2, "t": round(font * 0.8), "b": round(font * 0.8)},
    }
    name = title(MONEY_FLOW, language)
    unit = language.gettext("{currency} per year", currency=currency)
    if moved <= 0.0:
        nothing = language.gettext("No money is moved: every budget stays as it is.")
        # Without any data at all Plotly would complain, and keep the axes of what was there before.
        nothing_drawn = {"type": "scatter", "x": [], "y": [], "hoverinfo": "skip"}
        layout |= {
            "xaxis": {"visible": False, "fixedrange": True},
            "yaxis": {"visible": False, "fixedrange": True},
            "annotations": [_message(nothing)],
        }
        return Figure(name, unit, f"{name}: {nothing}", layout, [nothing_drawn], _key(layout))

    into = {
        target: math.fsum(money for (_, to), money in links.items() if to == target)
        for target in (*Split._fields, KEPT)
    }
    out = {
        source: math.fsum(money for (of, _), money in links.items() if of == source)
        for source in SOURCES
    }
    labels = {
        one: language.gettext(OUTCOMES["savings" if one == "savings" else f"spent_{one}"].label)
        for one in (*SOURCES, *Split._fields)
    } | {KEPT: language.pgettext("money that is not moved", "Stays")}
    nodes = [one for one, total in (out | into).items() if total > 0.0]
    place = {one: index for index, one in enumerate(nodes)}
    said = {one: f"{labels[one]} {money((out | into)[one])}" for one in nodes}
    colours = dict.fromkeys(SOURCES, palette.baseline.colour) | {KEPT: palette.line}
    data = {
        "type": "sankey",
        # From the places given Plotly moves nodes down until they are apart: they keep their order.
        "arrangement": "snap",
        "node": {
            "x": [_FIRST if one in out else _LAST for one in nodes],
            "y": [
                *_middles([out[one] for one in nodes if one in out]),
                *_middles([into[one] for one in nodes if one not in out]),
            ],
            "label": [html.escape(said[one], quote=False) for one in nodes],
            "color": [colours.get(one, palette.plan.colour) for one in nodes],
            "pad": round(font * 1.5),
            "thickness": round(font * 0.6),
            "line": {"width": 0},
            "hoverinfo": "skip",
        },
        "link": {
            "source": [place[source] for source, _ in links],
            "target": [place[target] for _, target in links],
            "value": list(links.values()),
            "color": [
                palette.baseline_flow if target == KEPT else palette.plan_flow
                for _, target in links
            ],
            "label": [
                html.escape(
                    language.gettext(
                        "{source} to {target}: {money}",
                        source=labels[source],
                        target=labels[target],
                        money=money(value),
                    ),
                    quote=False,
                )
                for (source, target), value in links.items()
            ],
            "hovertemplate": "%{label}<extra></extra>",
        },
        "textfont": {
            "family": FONT,
            "size": font,
            "color": palette.ink,
            # The labels lie on the flows.
            "shadow": _halo(palette.paper, font),
        },
    }
    targets = [one for one in Split._fields if into[one] > 0.0]
    alt = language.gettext(
        "{title}: {moved} of {total} is moved, to {targets}.",
        title=name,
        moved=money(moved),
        total=money(math.fsum(links.values())),
        targets="; ".join(said[one] for one in targets),
    )
    return Figure(name, unit, alt, layout, [data], _key(layout))


def _halo(colour: str, font: int) -> str:
    """Shadows of a text that hide what lies below it: as wide as the gaps between its letters."""
    return ", ".join(
        f"{round(font * far * math.cos(angle), 1)}px {round(font * far * math.sin(angle), 1)}px "
        f"1px {colour}"
        for far in (0.12, 0.24)
        for angle in np.arange(0.0, 2 * math.pi, math.pi / 6)
    )


def _middles(sizes: Sequence[float]) -> list[float]:
    """Middles of nodes of these sizes that fill a column, 0-1 from above."""
    below = np.cumsum(sizes)
    return _numbers((below - np.array(sizes) / 2) / below[-1])


def _message(text: str) -> dict[str, Any]:
    """A text in the middle of an empty chart."""
    return {
        "text": html.escape(text, quote=False),
        "x": 0.5,
        "xref": "paper",
        "y": 0.5,
        "yref": "paper",
        "showarrow": False,
    }

"""The chance that the plan is better, by the year up to which one counts."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from simulator.charts.chart import Chart
from simulator.charts.figure import Figure, base_layout, layout_key, rounded
from simulator.charts.labels import plan_name, text_width
from simulator.charts.layout import BOTTOM, TOP, unit_caption
from simulator.charts.palette import Palette, Stroke
from simulator.charts.shown import Shown
from simulator.charts.stages import Review, marks, review_of
from simulator.charts.table import Table
from simulator.i18n.language import N_, Language
from simulator.model.quantities import MONTHS_PER_YEAR
from simulator.results import VERDICTS, YEARS
from simulator.results.chance_words import in_cases
from simulator.results.chances import rounded as rounded_chance
from simulator.results.headline import CLOSE
from simulator.results.years import ChanceByYear, span
from simulator.scenario import Scenario

_POINT, _TEXT = 0.72, 1.15
"""Sizes of a point and of the number at it, in font sizes."""
_ROOM, _FLOOR = 0.07, 0.17
"""Above all and below none, as a share of all: points there are seen whole, and the horizon's name
stands below them."""
_HIGH = 0.86
"""From which share on the number stands below its point, not above."""
_BEFORE = 0.15
"""Years before a review, where it is the first that there is."""
_NAME_ROOM = 6.5
"""Width of the name of a zone from which on it takes two lines, in font sizes."""


def draw(
    years: ChanceByYear,
    language: Language,
    palette: Palette,
    font: int = 16,
    pins: tuple[tuple[ChanceByYear, Stroke], ...] = (),
    reviews: tuple[Review, ...] = (),
) -> Figure:
    """A point for each year with its number of 100 cases, in the zones of the verdicts; full up to
    the horizon, and open beyond it. ``pins``: pinned plans, as lines; ``reviews``: months that are
    marked."""
    title = language.gettext(CHART.title)
    layout = _layout(years, language, palette, font)
    if reviews:
        marked = marks(reviews, YEARS, palette, font, 1.0 / MONTHS_PER_YEAR)
        first = min(review.month for review in reviews) / MONTHS_PER_YEAR
        layout["xaxis"]["range"][0] = min(layout["xaxis"]["range"][0], first - _BEFORE)
        layout["shapes"] += marked["shapes"]
        layout["annotations"] += marked["annotations"]
    data = [
        *(
            _line(pin, stroke.colour, stroke.dash, stroke.width * font / 100)
            for pin, stroke in pins
        ),
        *_parts(years, language, palette, font),
    ]
    return Figure(
        title,
        language.gettext(_UNIT),
        _alt(title, years, language),
        layout,
        data,
        layout_key(layout),
    )


_UNIT = N_("of 100 cases, up to each year's end")


def _parts(
    years: ChanceByYear, language: Language, palette: Palette, font: int
) -> list[dict[str, Any]]:
    """The line in two parts, and the points with their numbers."""
    inside = years.horizon_months // round(MONTHS_PER_YEAR)
    width = palette.plan.width * font / 100
    line = {"x": [], "y": [], "mode": "lines", "hoverinfo": "skip", "type": "scatter"}
    known = _line(years, palette.plan.colour, "solid", width)
    places, shares = known["x"], known["y"]
    beyond = [place > inside for place in places]
    first = max(sum(not is_beyond for is_beyond in beyond) - 1, 0)
    return [
        {**line, "x": places[: first + 1], "y": shares[: first + 1], "line": known["line"]},
        {
            **line,
            "x": places[first:],
            "y": shares[first:],
            "line": {**known["line"], "dash": "2px,5px", "width": round(0.7 * width, 1)},
        },
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": places,
            "y": shares,
            "marker": {
                "size": round(_POINT * font),
                "color": [
                    palette.surface if is_beyond else palette.plan.colour for is_beyond in beyond
                ],
                "line": {"color": palette.plan.colour, "width": round(0.16 * font, 1)},
            },
            # What lies on the line of none or all is named there.
            "text": [
                f"<b>{html.escape(_short(share, language))}</b>"
                if 0.0 < share < 1.0 and _numbered(place, inside)
                else ""
                for place, share in zip(places, shares, strict=True)
            ],
            "textposition": _positions(shares),
            "textfont": {"size": round(_TEXT * font), "color": palette.plan.colour},
            "cliponaxis": False,
            "customdata": [
                html.escape(
                    f"{span(12 * place, language)}: {in_cases(share, years.draws, language)}"
                )
                for place, share in zip(places, shares, strict=True)
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    ]


def _numbered(year: int, horizon: int) -> bool:
    """Whether a year has its number: every second one counted from that of the horizon, and the
    last instead of the last but one. More would touch in a narrow chart."""
    return year == YEARS or ((year - horizon) % 2 == 0 and year != YEARS - 1)


def _positions(shares: Sequence[float]) -> list[str]:
    """Where the numbers stand: beside the line, above what rises and what falls. Beyond the
    first and the last there are other texts."""
    sides = [
        "left" if (before <= share) != (share > _HIGH) else "right"
        for before, share in pairwise(shares)
    ]
    return [
        f"{'bottom' if share > _HIGH else 'top'} {side}"
        for share, side in zip(shares, ["center", *sides[:-1], "center"], strict=False)
    ]


def _line(years: ChanceByYear, colour: str, dash: str, width: float) -> dict[str, Any]:
    """Years of which the chance is known, and where nothing differs yet left out."""
    known = [
        (year, chance) for year, chance in enumerate(years.chances, 1) if not math.isnan(chance)
    ]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [year for year, _ in known],
        "y": rounded(chance for _, chance in known),
        "line": {"color": colour, "dash": dash, "width": round(width, 1)},
        "hoverinfo": "skip",
    }


def _short(share: float, language: Language) -> str:
    """A chance beside its point: a number, and words at the ends."""
    chance = rounded_chance(share)
    match chance.bound:
        case "none":
            return language.pgettext("of the cases", "none")
        case "all":
            return language.pgettext("of the cases", "all")
        case "below":
            return "<1"
        case "above":
            return ">99"
    return f"{chance.percent:.0f}"


def _layout(years: ChanceByYear, language: Language, palette: Palette, font: int) -> dict[str, Any]:
    limits = [limit for limit, _ in VERDICTS]
    zones = _zones(language)
    ticks = {
        0.0: _short(0.0, language),
        **{limit: f"{100 * limit:.0f}" for limit in reversed(limits[:-1])},
        1.0: _short(1.0, language),
    }
    horizon = years.horizon_months / MONTHS_PER_YEAR
    left = round(font * (max(map(text_width, ticks.values())) + 0.5))
    zone_width = max(text_width(line) for lines, _ in zones for line in lines)
    return {
        **base_layout(CHART.id, language, palette, font),
        "margin": {
            "l": left,
            "r": round(font * (zone_width + 0.7)),
            "t": round(font * TOP),
            "b": round(font * BOTTOM),
        },
        "hovermode": "closest",
        "dragmode": False,
        **_axes(ticks, language, palette, font),
        "shapes": _shapes(horizon, [1.0, *limits], palette, font),
        "annotations": [
            *_zone_names(zones, palette),
            unit_caption([language.gettext(_UNIT)], left, palette, font),
            _horizon_name(horizon, language, palette, font),
        ],
    }


def _axes(
    ticks: Mapping[float, str], language: Language, palette: Palette, font: int
) -> dict[str, Any]:
    """The years, and chances with these ``ticks``."""
    axis = {
        "gridcolor": palette.grid,
        "linecolor": palette.line,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": round(font * 0.25),
        "tickcolor": "rgba(0,0,0,0)",
        "tickmode": "array",
        "automargin": False,
        "uirevision": CHART.id,
        "fixedrange": True,
    }
    return {
        "xaxis": {
            **axis,
            "range": [0.4, YEARS + 0.6],
            "showgrid": False,
            "tickvals": list(range(2, YEARS + 1, 2)),
            "ticktext": [language.number(year) for year in range(2, YEARS + 1, 2)],
            "tickangle": 0,
            "title": {
                "text": html.escape(language.gettext("years from now"), quote=False),
                "standoff": 4,
                "font": {"size": font, "color": palette.muted},
            },
        },
        "yaxis": {
            **axis,
            "range": [-_FLOOR, 1.0 + _ROOM],
            "tickvals": [*ticks],
            "ticktext": [*ticks.values()],
            "showgrid": True,
        },
    }


def _horizon_name(
    horizon: float, language: Language, palette: Palette, font: int
) -> dict[str, Any]:
    is_early = horizon < 0.75 * YEARS
    return {
        "text": html.escape(language.gettext("horizon"), quote=False),
        "x": horizon,
        "xanchor": "left" if is_early else "right",
        "xshift": round(font * (0.3 if is_early else -0.3)),
        "y": -_FLOOR,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"color": palette.muted},
    }


def _shapes(
    horizon: float, edges: list[float], palette: Palette, font: int
) -> list[dict[str, Any]]:
    """The zone that is too close to call, and the horizon."""
    return [
        {
            "type": "rect",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": edges[CLOSE + 1],
            "y1": edges[CLOSE],
            "fillcolor": palette.baseline_band,
            "line": {"width": 0},
            "layer": "below",
        },
        {
            "type": "line",
            "x0": horizon,
            "x1": horizon,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": palette.muted, "width": round(0.12 * font, 1)},
            "layer": "below",
        },
    ]


def _zones(language: Language) -> list[tuple[list[str], float]]:
    """What three zones are called, in one line or two, and their middles. What is very likely is
    likely too: its zone is too low for a name of its own."""
    (_, _), (likely, better), (close, open_), (_, worse), (_, _) = VERDICTS
    zones = ((better, (1.0 + likely) / 2), (open_, (likely + close) / 2), (worse, close / 2))
    return [(_lines(language.gettext(words)), middle) for words, middle in zones]


def _lines(words: str) -> list[str]:
    places = [place for place, sign in enumerate(words) if sign == " "]
    if text_width(words) <= _NAME_ROOM or not places:
        return [words]
    pairs = [[words[:place], words[place + 1 :]] for place in places]
    return min(pairs, key=lambda pair: max(map(text_width, pair)))


def _zone_names(zones: list[tuple[list[str], float]], palette: Palette) -> list[dict[str, Any]]:
    """The names, to the right of their zones."""
    return [
        {
            "text": "<br>".join(f" {html.escape(line, quote=False)}" for line in lines),
            "align": "left",
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "y": middle,
            "yanchor": "middle",
            "showarrow": False,
            "font": {"color": palette.muted},
        }
        for lines, middle in zones
    ]


def _alt(title: str, years: ChanceByYear, language: Language) -> str:
    parts = [
        language.gettext(
            "{cases} after {span}",
            cases=in_cases(share, years.draws, language),
            span=span(round(MONTHS_PER_YEAR) * year, language),
        )
        for year, share in enumerate(years.chances, 1)
        if not math.isnan(share)
    ]
    if not parts:
        return language.gettext("{title}: nothing differs.", title=title)
    return f"{title}: {'; '.join(parts)}."


def _build(plan: Scenario, shown: Shown, language: Language, palette: Palette, font: int) -> Figure:
    pins = tuple((pin.results.years, palette.pins[pin.slot]) for pin in shown.pins)
    reviews = review_of(shown, language, palette)
    return draw(shown.results.years, language, palette, font, pins, reviews)


def _table(plan: Scenario, shown: Shown, language: Language) -> Table:
    lines = [
        (plan_name(language), shown.results.years),
        *((pin.name, pin.results.years) for pin in shown.pins),
    ]
    unit = language.gettext("share of draws")
    chances = [years.chances for _, years in lines]
    return Table(
        (language.gettext("Year"), *(f"{name} ({unit})" for name, _ in lines)),
        [
            (year, *(of[year - 1] if year <= len(of) else None for of in chances))
            for year in range(1, YEARS + 1)
        ],
    )


CHART = Chart(
    id="chance_by_year",
    group=N_("Value"),
    title=N_("Chance that it is better, by year"),
    meaning=N_(
        "In how many cases the plan is better than carrying on, counted up to the end of each year."
    ),
    build=_build,
    table=_table,
    beyond_horizon=True,
)

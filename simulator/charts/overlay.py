"""One outcome of several scenarios over time, in one chart."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from simulator.analyses.comparison import Comparison
from simulator.charts.axes import axis_for
from simulator.charts.figure import Figure, layout_key
from simulator.charts.labels import (
    BOLD,
    HOVER_LENGTH,
    WAY,
    Label,
    end_text,
    escaped,
    label_trace,
    text_width,
)
from simulator.charts.layout import TimeChart, time_layout
from simulator.charts.palette import Palette, Stroke
from simulator.charts.stages import Review, branch_name, review_lines, way_title
from simulator.charts.time import band_trace, hover_texts, line_trace
from simulator.i18n.language import GAP, Language
from simulator.model.register import FloatArray
from simulator.results import OUTCOMES, Estimate, precision, units
from simulator.results.chances import of_whole
from simulator.scenario import Scenario

_CHOSEN_WIDTH, _OTHER_WIDTH, _PARTING_WIDTH = 0.22, 0.15, 0.1
"""Of the lines of compared scenarios, and of ways that part from them, in font sizes."""
_BAND_OPACITY = 0.18


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
    draws: int
    """That these are of."""
    review: int | None = None
    """Month in which it is reviewed, of a plan in stages."""
    branches: tuple[Parting, ...] = ()
    """The ways that part then, where they are drawn."""
    end: str = ""
    """Its value at the end as it is said elsewhere beside the chart; empty where it is not."""


class Parting(NamedTuple):
    """One way in which a plan goes on after its review."""

    way: str
    """Of :data:`simulator.scenario.stages.CHOICES`."""
    title: str
    """What that is, and how often it comes to it."""
    medians: FloatArray
    """Of the outcome, from today on; as long as the plan's."""


def compared(
    comparison: Comparison,
    outcome: str,
    names: Sequence[str],
    banded: int | None,
    language: Language,
    palette: Palette,
    font: int = 16,
    *,
    ends: Sequence[str] = (),
) -> list[Figure]:
    """One outcome of compared scenarios: one figure for each currency, of which most comparisons
    have one; without scenarios whose numbers are too extreme to be worked out.

    ``names`` are what the scenarios go by and ``banded`` the position of the one whose band shows;
    ``ends`` what each comes to at its end, as it is said beside the chart: so that both are read
    the same. Without them it is as exact as on a chart of one scenario. Raises ``KeyError`` for an
    outcome that does not exist.
    """
    figures = []
    for currency, members in by_currency(comparison, OUTCOMES[outcome].unit):
        usable = [place for place in members if np.isfinite(comparison.band(place, outcome)).all()]
        if not usable:
            continue
        lines = [
            Overlaid(
                comparison.letters[place],
                names[place],
                palette.lettered[comparison.letters[place]],
                comparison.band(place, outcome),
                comparison.draws,
                _review(comparison.scenarios[place], comparison.months),
                _partings(comparison, place, outcome, language),
                ends[place] if ends else _end(comparison, place, outcome, currency, language),
            )
            for place in usable
        ]
        place = usable.index(banded) if banded in usable else None
        figures.append(overlay(outcome, lines, place, currency, language, palette, font))
    return figures


def _end(
    comparison: Comparison, place: int, outcome: str, currency: str, language: Language
) -> str:
    last = _last(comparison.band(place, outcome), outcome, comparison.draws)
    return end_text(last.central, outcome, currency, language)


def _last(band: FloatArray, outcome: str, draws: int) -> Estimate:
    """The last month of a band of so many draws, money as it is read."""
    low, middle, high = map(float, band[:, -1])
    if OUTCOMES[outcome].unit.kind != "money":
        return Estimate(low, middle, high)
    error = precision.of_quantiles(low, middle, high, draws)
    return precision.shown(Estimate(low, middle, high, error))


def _review(scenario: Scenario, months: int) -> int | None:
    stages = scenario.plan.stages
    return stages.review_month if stages and stages.review_month < months else None


def _partings(
    comparison: Comparison, place: int, outcome: str, language: Language
) -> tuple[Parting, ...]:
    taken, draws = of_whole(comparison.taken[place]), comparison.draws
    return tuple(
        Parting(way, way_title(way, taken[way], draws, language), medians)
        for way, medians in comparison.branches(place, outcome).items()
    )


def by_currency(comparison: Comparison, outcome_unit: str) -> list[tuple[str, tuple[int, ...]]]:
    """Scenarios that may share an axis: the currency, and positions in their order. Only amounts of
    money keep them apart."""
    codes = [scenario.organisation.currency for scenario in comparison.scenarios]
    everyone = tuple(range(len(codes)))
    if not outcome_unit.startswith("currency"):
        return [(codes[0], everyone)]
    return [
        (code, tuple(place for place in everyone if codes[place] == code))
        for code in dict.fromkeys(codes)
    ]


def overlay(
    outcome: str,
    lines: Sequence[Overlaid],
    banded: int | None,
    currency: str,
    language: Language,
    palette: Palette,
    font: int = 16,
) -> Figure:
    """One outcome of several scenarios over time: their medians, the P10-P90 band of one, and ways
    that part where a plan is reviewed.

    All are in ``currency``; ``banded`` is a position in ``lines``, or ``None`` for no band. Else as
    :func:`figure`. Raises ``KeyError`` for an outcome that does not exist.
    """
    medians = [line.band[1] for line in lines]
    partings = [branch.medians for line in lines for branch in line.branches]
    band = lines[banded].band if banded is not None else ()
    values = np.concatenate([*medians, *partings, *band])
    starts = [float(line[0]) for line in medians]
    bounds = axis_for(outcome, values, starts[0] if math.isclose(min(starts), max(starts)) else 0.0)
    labels = [_overlaid_label(outcome, line, currency, language) for line in lines]
    labels += [label for line in lines for label in _parting_labels(line, language)]
    drawn = TimeChart(values, len(medians[0]) - 1, currency, _reviews(lines, language, palette))
    layout = time_layout(outcome, drawn, bounds, labels, language, palette, font)
    data = []
    for place, line in enumerate(lines):
        low, middle, high = line.band
        texts = hover_texts(outcome, bounds, currency, line.draws, language)
        chosen = place == banded
        if chosen and np.any(low < high):
            data.append(band_trace(low, high, bounds, _see_through(line.stroke.colour)))
        name = escaped(f"{line.letter} {line.name}", HOVER_LENGTH)
        width = (_CHOSEN_WIDTH if chosen else _OTHER_WIDTH) * font
        ends = (low, high) if chosen else ()
        data.append(
            line_trace(
                place + 1,
                name,
                line.stroke,
                width,
                bounds,
                texts,
                language,
                line.band,
                middle,
                *ends,
            )
        )
        data += [
            line_trace(
                10 * (place + 1) + number,
                html.escape(f"{line.letter} {branch.title}", quote=False),
                _parting_stroke(branch, line, palette),
                _PARTING_WIDTH * font,
                bounds,
                texts,
                language,
                line.band,
                branch.medians,
                since=line.review or 0,
            )
            for number, branch in enumerate(line.branches)
        ]
    data.sort(key=lambda trace: "fill" not in trace)  # the band below all lines
    return Figure(
        title=language.gettext(OUTCOMES[outcome].label),
        unit=units.axis_unit(outcome, currency, language),
        alt=_alt_text(outcome, lines, currency, language),
        layout=layout,
        data=[*data, label_trace(labels, bounds, font)],
        key=layout_key(layout),
    )


def _reviews(lines: Sequence[Overlaid], language: Language, palette: Palette) -> tuple[Review, ...]:
    """The months in which some of them are reviewed, each with whose letters."""
    months = sorted({line.review for line in lines if line.review is not None})
    reviews = []
    for month in months:
        reviewed = [line for line in lines if line.review == month]
        first, second = review_lines(month, language)
        letters = ", ".join(line.letter for line in reviewed)
        text = f"{letters}: {first}<br>{second}"
        colour = reviewed[0].stroke.colour if len(reviewed) == 1 else palette.ink
        reviews.append(Review(month, text, colour))
    return tuple(reviews)


def _parting_stroke(parting: Parting, line: Overlaid, palette: Palette) -> Stroke:
    """Thin, in the colour of the plan whose way it is, with the dash of what is done."""
    return replace(palette.branches[parting.way], colour=line.stroke.colour)


def _alt_text(outcome: str, lines: Sequence[Overlaid], currency: str, language: Language) -> str:
    """What the chart shows, in a sentence with numbers, and one for each plan in stages."""

    def text(value: float) -> str:
        return units.amount(float(value), outcome, currency, language)

    whole = language.gettext(
        "{title}, after {months} months: {scenarios}.",
        title=language.gettext(OUTCOMES[outcome].label),
        months=language.number(lines[0].band.shape[1] - 1),
        scenarios="; ".join(
            language.gettext(
                "{letter} {name} at {value} (in 8 of 10 cases {low} to {high})",
                letter=line.letter,
                name=line.name,
                **_ends_shown(line, outcome, text),
            )
            for line in lines
        ),
    )
    return " ".join(
        (whole, *(_parting_text(line, text, language) for line in lines if line.review))
    )


def _ends_shown(line: Overlaid, outcome: str, text: Callable[[float], str]) -> dict[str, str]:
    """Where a plan ends and eight of ten cases do, as it is read."""
    end = _last(line.band, outcome, line.draws)
    return {"low": text(end.low), "value": text(end.central), "high": text(end.high)}


def _parting_text(line: Overlaid, text: Callable[[float], str], language: Language) -> str:
    """When a plan is reviewed, and where the ways end that part there."""
    month = language.number(line.review or 0)
    if not line.branches:
        return language.gettext(
            "{letter} is reviewed in month {month}.", letter=line.letter, month=month
        )
    ways = [
        language.gettext("{name} at {value}", name=branch.title, value=text(branch.medians[-1]))
        for branch in line.branches
    ]
    return language.gettext(
        "{letter} is reviewed in month {month}; after that: {ways}.",
        letter=line.letter,
        month=month,
        ways="; ".join(ways),
    )


def _overlaid_label(outcome: str, line: Overlaid, currency: str, language: Language) -> Label:
    end = float(line.band[1, -1])
    text = f"{line.letter}{GAP}{line.end or end_text(end, outcome, currency, language)}"
    return Label(
        f"<b>{GAP}{html.escape(text, quote=False)}</b>",
        BOLD * text_width(text),
        1,
        line.stroke.colour,
        line.band.shape[1] - 1,
        end,
    )


def _parting_labels(line: Overlaid, language: Language) -> list[Label]:
    """What stands at the ends of the ways that part, with the letter of whose they are."""
    texts = [f"{line.letter}{GAP}{branch_name(branch.way, language)}" for branch in line.branches]
    return [
        Label(
            f"{GAP}{html.escape(text, quote=False)}",
            text_width(text),
            1,
            line.stroke.colour,
            len(branch.medians) - 1,
            float(branch.medians[-1]),
            WAY,
        )
        for text, branch in zip(texts, line.branches, strict=True)
    ]


def _see_through(colour: str) -> str:
    """A band's fill: its line's colour, ``#RRGGBB``, with the paper behind it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {_BAND_OPACITY})"

"""A plan in stages on a chart over time: the month of its review, and the ways that part there."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any, NamedTuple

from simulator.charts.labels import WAY, Label, text_width
from simulator.charts.palette import Palette
from simulator.charts.pin_letters import indent_for
from simulator.charts.shown import Shown
from simulator.i18n.language import GAP, Language
from simulator.results.chance_words import in_cases
from simulator.results.chances import of_whole

_LATE = 0.6
"""Share of the horizon from which on what is said of a review stands to the left of its line."""
_ROW = 0.2
"""Of the height of a chart, what one takes below another."""
_LINE = 0.1
"""Width of its line, in font sizes."""


class Review(NamedTuple):
    """A month in which a plan is reviewed."""

    month: int
    text: str
    """What stands at its line; escaped."""
    colour: str


def branch_name(branch: str, language: Language) -> str:
    """What is done after the review, as it stands at the end of a line."""
    names = {
        "on": language.pgettext("a line in a chart: the plan after its review", "goes on"),
        "stay": language.pgettext("a line in a chart: the plan after its review", "stays"),
        "back": language.pgettext("a line in a chart: the plan after its review", "goes back"),
    }
    return names[branch]


def branch_title(branch: str, shown: Shown, language: Language) -> str:
    """The same with how often it comes to that, where there is room for it."""
    stages = shown.results.stages
    if stages is None:
        raise ValueError("stages: found none, allowed a plan in stages")
    return way_title(branch, of_whole(stages.shares)[branch], shown.results.years.draws, language)


def way_title(branch: str, share: float, draws: int, language: Language) -> str:
    """What is done after a review, and that it comes to it in this ``share`` of the draws."""
    return language.gettext(
        "{branch}, {in_cases}",
        branch=branch_name(branch, language),
        in_cases=in_cases(share, draws, language, short=True),
    )


def review_of(shown: Shown, language: Language, palette: Palette) -> tuple[Review, ...]:
    """That of the plan that is shown; none if it is not in stages."""
    stages = shown.results.stages
    if stages is None:
        return ()
    return (Review(stages.month, "<br>".join(review_lines(stages.month, language)), palette.ink),)


def review_lines(month: int, language: Language) -> tuple[str, str]:
    """What stands at the line of a review: narrow, since charts may be; escaped."""
    number = language.number(month)
    said = language.gettext("Review"), language.gettext("month {number}", number=number)
    first, second = (html.escape(line, quote=False) for line in said)
    return first, second


def review_text(month: int, language: Language) -> str:
    return language.gettext("Review in month {month}", month=language.number(month))


def branch_labels(outcome: str, shown: Shown, language: Language, palette: Palette) -> list[Label]:
    """What stands at the ends of the ways that part."""
    indent, indented = indent_for(len(shown.pins_of(outcome)))
    labels = []
    for branch, medians in shown.branches_of(outcome):
        name = branch_name(branch, language)
        text = indent + GAP + html.escape(name, quote=False)
        labels.append(
            Label(
                text,
                text_width(name) + indented,
                1,
                palette.branches[branch].colour,
                len(medians) - 1,
                float(medians[-1]),
                WAY,
            )
        )
    return labels


def marks(
    reviews: Sequence[Review], last: float, palette: Palette, font: int, scale: float = 1.0
) -> dict[str, list[dict[str, Any]]]:
    """``shapes`` and ``annotations`` of a layout: a line for each review, and what it is. ``last``
    is where the axis ends, ``scale`` how long a month is on it."""
    return {
        "shapes": [
            {
                "type": "line",
                "x0": review.month * scale,
                "x1": review.month * scale,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": {
                    "color": review.colour,
                    "width": round(_LINE * font, 1),
                    "dash": "2px,3px",
                },
                "layer": "below",
            }
            for review in reviews
        ],
        "annotations": [
            {
                "text": review.text,
                "x": review.month * scale,
                "xanchor": "right" if review.month * scale > _LATE * last else "left",
                "y": 1 - row * _ROW,
                "yref": "paper",
                "yanchor": "top",
                "align": "left",
                "showarrow": False,
                "bgcolor": palette.veil,
                "font": {"color": review.colour},
            }
            for row, review in enumerate(reviews)
        ],
    }

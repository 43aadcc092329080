"""The published cases and what the model says of them, in words, in any language. Pure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from simulator.i18n.language import N_, Language
from simulator.validation import (
    CASES,
    QUANTITIES,
    Band,
    Case,
    Comparison,
    Outcome,
    Report,
    Source,
    Verdict,
)
from simulator.validation.cases import entered
from simulator.version import MODEL_VERSION

if TYPE_CHECKING:
    from simulator.scenario.organisation import OrganisationInput

WORDS = {
    Verdict.AGREES: N_("Agrees"),
    Verdict.DIFFERS: N_("Differs"),
    Verdict.NOT_COMPARABLE: N_("Cannot be compared"),
}
SMALL = 0.2
"""Shares below that are written with a decimal."""
ROOM = 1.08
"""How much longer than its longest mark the scale of a chart is."""


def page(report: Report, language: Language) -> dict[str, Any]:
    """All that the page shows; what it holds can be sent as JSON."""
    return {
        "summary": summary(report, language),
        "proof": _proof(report, language),
        "caveats": _caveats(report, language),
        "how": language.gettext(
            "{draws} draws, model {model}.",
            draws=language.number(report.draws),
            model=MODEL_VERSION,
        ),
        "cases": [_case(case, outcomes, language) for case, outcomes in report.by_case.items()],
    }


def summary(report: Report, language: Language) -> str:
    """How far the model holds: the sentence to be read aloud."""
    return language.gettext(
        "Of {total} published figures the model agrees with {agrees} and differs from {differs}; "
        "with {others} it cannot be compared.",
        total=language.number(len(report.outcomes)),
        agrees=language.number(report.count(Verdict.AGREES)),
        differs=language.number(report.count(Verdict.DIFFERS)),
        others=language.number(report.count(Verdict.NOT_COMPARABLE)),
    )


def doubt(
    report: Report | None, organisation: OrganisationInput, language: Language
) -> list[dict[str, Any]]:
    """That the model was checked on this very organisation and does not hold there, in the form of
    :func:`simulator.scenario.plausibility.noted` with what is said in ``brief``; else nothing, also
    while the ``report`` is not there yet."""
    if report is None:
        return []
    case = _checked().get(_firm(organisation))
    if case is None:
        return []
    outcomes = report.by_case[case]
    agrees = sum(outcome.verdict is Verdict.AGREES for outcome in outcomes)
    if 2 * agrees >= len(outcomes):
        return []
    total, few = language.number(len(outcomes)), language.number(agrees)
    return [
        {
            "fields": [f"validation.{case.id}"],
            "brief": language.gettext(
                "Checked on this very case: the model agrees with {agrees} of {total} figures",
                agrees=few,
                total=total,
            ),
            "text": language.gettext(
                "The organisation is one of those that the model was checked on. Of {total} "
                "figures that were published of it, the model agrees with {agrees}. Take the "
                "result as a way to think about the case and not as what happened there.",
                agrees=few,
                total=total,
            ),
        }
    ]


def _firm(organisation: OrganisationInput) -> tuple[float, ...]:
    """By what an organisation is known again, whatever it is called and spends."""
    return (
        organisation.customers,
        organisation.revenue_per_customer,
        organisation.gross_margin,
        organisation.annual_churn,
        organisation.employees,
    )


@cache
def _checked() -> dict[tuple[float, ...], Case]:
    """The case of each organisation that the model was checked on."""
    return {
        _firm(entered(comparison.scenario).organisation): case
        for case in CASES
        for comparison in case.comparisons
        if comparison.scenario
    }


def _proof(report: Report, language: Language) -> str:
    """What is to be known beside the proof of a best plan."""
    return language.gettext(
        "The proof is about the search within the model. How far the model holds is another "
        "question: of {total} published figures it agrees with {agrees}.",
        total=language.number(len(report.outcomes)),
        agrees=language.number(report.count(Verdict.AGREES)),
    )


def _caveats(report: Report, language: Language) -> list[str]:
    """What is to be known to read the summary rightly."""
    more, known = report.more_changed, report.known_before
    lines = []
    if more:
        lines.append(
            language.ngettext(
                "For {number} figure more changed than the model says, for better or worse.",
                "For {number} figures more changed than the model says, for better or worse. "
                "Published cases are those that were worth telling; still, what the model says "
                "may be too little.",
                more,
            )
        )
    if known:
        lines.append(
            language.ngettext(
                "{number} figure that agrees stands among the sources of the model's own "
                "assumptions, so it says little.",
                "{number} figures that agree stand among the sources of the model's own "
                "assumptions, so they say little.",
                known,
            )
        )
    return lines


# --- a case --------------------------------------------------------------------------------------


def _case(case: Case, outcomes: tuple[Outcome, ...], language: Language) -> dict[str, Any]:
    agreeing = sum(outcome.verdict is Verdict.AGREES for outcome in outcomes)
    return {
        "id": case.id,
        "title": language.gettext(case.title),
        "happened": language.gettext(case.happened),
        "count": language.gettext(
            "{agreeing} of {total} figures agree",
            agreeing=language.number(agreeing),
            total=language.number(len(outcomes)),
        ),
        "comparisons": [_comparison(outcome, language) for outcome in outcomes],
        "inputs": [
            {"text": language.gettext(row.text), "guess": row.basis == "guess"}
            for row in case.inputs
        ],
        "sources": [_source(source, language) for source in case.sources],
    }


def _source(source: Source, language: Language) -> dict[str, str]:
    return {
        "citation": source.citation,
        "address": source.address,
        "read": language.gettext(source.read.words),
    }


def _comparison(outcome: Outcome, language: Language) -> dict[str, Any]:
    comparison, band = outcome.comparison, outcome.band
    return {
        "id": comparison.id,
        "label": language.gettext(comparison.label),
        "verdict": outcome.verdict.name.lower(),
        "word": language.gettext(WORDS[outcome.verdict]),
        "published": _figure(comparison.published, language),
        "reported": language.gettext(comparison.reported),
        "year": comparison.year,
        "grade": comparison.grade,
        "why": _why(outcome, language),
        "consequence": _consequence(outcome, language),
        "note": _note(comparison, language),
        "chart": _chart(comparison, band, language) if band else None,
    }


def _figure(value: float | None, language: Language, *, sign: bool = False) -> str:
    """A share or a ratio, in per cent, with its ``sign`` if it is a change; empty where only a
    direction was published."""
    if value is None:
        return ""
    return language.percent(value, decimals=1 if abs(value) < SMALL else 0, sign=sign)


def _chart(comparison: Comparison, band: Band, language: Language) -> dict[str, Any]:
    """Marks by their place on a scale of their own, 0-1, and what they are in words."""
    published = comparison.published or 0.0
    least = min(0.0, band.low)
    most = ROOM * max(published, band.high, comparison.nothing)

    def place(value: float) -> float:
        return round((value - least) / (most - least), 4)

    is_change = band.low < 0.0
    low, central, high = (
        _figure(value, language, sign=is_change) for value in (band.low, band.central, band.high)
    )
    meaning = QUANTITIES[comparison.quantity].meaning if comparison.quantity else ""
    return {
        "published": place(published),
        "low": place(band.low),
        "central": place(band.central),
        "high": place(band.high),
        "nothing": place(comparison.nothing),
        "nothing_text": _figure(comparison.nothing, language),
        "model": low if low == high else language.gettext("{low} to {high}", low=low, high=high),
        "meaning": language.gettext(meaning),
        "words": language.gettext(
            "Published: {published}. The model: {low} to {high} in 18 of 20 draws, {central} in "
            "the middle.",
            published=_figure(published, language),
            low=low,
            high=high,
            central=central,
        ),
    }


def _why(outcome: Outcome, language: Language) -> list[str]:
    """Why a figure is not passed."""
    comparison, band, judgement = outcome.comparison, outcome.band, outcome.judgement
    if band is None or judgement is None or comparison.published is None:
        return [language.gettext(comparison.not_comparable)]
    lines = []
    if not judgement.inside:
        above = comparison.published > band.high
        lines.append(
            language.gettext("The published figure lies above the model's band.")
            if above
            else language.gettext("The published figure lies below the model's band.")
        )
    if not judgement.narrow and comparison.widest is not None:
        lines.append(
            language.gettext(
                "The model's band is wider than was allowed beforehand: {width} percentage "
                "points, allowed {widest}.",
                width=language.number(100.0 * (band.high - band.low)),
                widest=language.number(100.0 * comparison.widest),
            )
        )
    if not judgement.tells_apart:
        lines.append(language.gettext("The figure of another case would pass here."))
    return lines


def _consequence(outcome: Outcome, language: Language) -> str:
    """What it means for the use of the model that it differs."""
    if outcome.verdict is not Verdict.DIFFERS:
        return ""
    return language.gettext(outcome.comparison.if_missed)


def _note(comparison: Comparison, language: Language) -> str:
    if not comparison.in_register:
        return ""
    return language.gettext("This figure stands among the sources or notes of our assumptions.")

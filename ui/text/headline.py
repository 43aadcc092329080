"""The headline strip in words, for people who read it aloud, in any language of the app. Pure.

Every phrase is a whole message with placeholders: word order differs between languages, so nothing
is put together from fragments.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from babel.numbers import get_currency_name

from simulator import results
from simulator.i18n.language import N_, UNDEFINED, Language, capital
from simulator.model.figures import Verbs
from simulator.model.register import GRADES
from simulator.results import FIGURES, Estimate, Figure, Headline, precision
from simulator.results.chance_words import cases, in_cases, whole_percent

KINDS: tuple[str, ...] = (
    "very_likely_better",
    "likely_better",
    "too_close",
    "likely_worse",
    "very_likely_worse",
)
"""What a verdict is, in the order of :data:`simulator.results.VERDICTS`."""
NOTHING, TOO_LATE = "nothing", "too_late"
"""Verdicts without a probability: a plan that changes nothing, or nothing within the horizon."""

VERDICT_LABEL = N_("Is it better?")
"""What the verdict is called; to be translated."""

ON_STRIP: tuple[Figure, ...] = tuple(figure for figure in FIGURES.values() if figure.help)
"""The figures of the strip, in its order."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the plan is better than carrying on."""

    kind: str
    """One of :data:`KINDS`, :data:`NOTHING` or :data:`TOO_LATE`."""
    text: str
    detail: str
    probability: float | None
    """Share of draws in which the plan is better, 0-1; none where nothing differs."""


@dataclass(frozen=True, slots=True)
class StripFigure:
    """One figure of the headline strip; all text but the id."""

    id: str
    """Its id in :data:`simulator.results.FIGURES`."""
    label: str
    value: str
    range: str
    """Where eight of ten draws lie, or what the value is about."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The headline strip, ready to be read aloud."""

    verdict: Verdict
    figures: tuple[StripFigure, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A headline and what it takes to say it."""

    headline: Headline
    verdict: Verdict
    currency: str
    horizon: int
    """Months."""
    language: Language


def headline_strip(
    figures: Headline, currency: str, horizon: int, language: Language, *, too_late: bool = False
) -> Strip:
    """The headline strip of a forecast.

    ``horizon`` in months; ``too_late``: the plan starts only after it. Amounts are in ``currency``,
    an ISO 4217 code.
    """
    verdict = _strip_verdict(figures, horizon, language, too_late=too_late)
    shown = _Shown(figures, verdict, currency, horizon, language)
    return Strip(
        verdict,
        tuple(
            StripFigure(figure.id, language.gettext(figure.label), *_written(figure, shown))
            for figure in ON_STRIP
        ),
    )


def _written(figure: Figure, shown: _Shown) -> tuple[str, str]:
    """A figure and what stands below it."""
    estimate = shown.headline.estimate(figure)
    match figure.kind:
        case "month":
            return _months(estimate, shown)
        case "share":
            return _in_percent(estimate, shown.language)
        case "ratio":
            return _ratio(figure, estimate, shown)
    if figure.verbs:
        return signed(estimate, shown.currency, shown.language, figure.verbs)
    return _amount(estimate, shown)


def kind(probability: float) -> str:
    """What a probability of being better (0-1) means; ``nan``: nothing was changed."""
    if math.isnan(probability):
        return NOTHING
    return KINDS[results.rank(probability)]


def verdict_text(probability: float, language: Language) -> str:
    """What a probability of being better (0-1) is called, alone; ``nan``: nothing was changed."""
    return capital(language.gettext(results.verdict(probability)))


def _strip_verdict(
    figures: Headline, horizon: int, language: Language, *, too_late: bool = False
) -> Verdict:
    if too_late:
        text = language.gettext("Starts too late")
        detail = language.gettext("after the {months} months shown", months=horizon)
        return Verdict(TOO_LATE, text, detail, None)
    probability = figures.probability_better
    verdict = kind(probability)
    text = verdict_text(probability, language)
    if verdict == NOTHING:
        return Verdict(NOTHING, text, language.gettext("so nothing differs"), None)
    better = in_cases(probability, figures.draws, language)
    detail = language.gettext("better {in_cases}", in_cases=better)
    return Verdict(verdict, text, detail, probability)


def _between(low: str, high: str, language: Language) -> str:
    return language.gettext("{low} to {high}", low=low, high=high)


def _amount(estimate: Estimate, shown: _Shown) -> tuple[str, str]:
    """An amount with its sign: more or less than carrying on."""
    estimate = precision.shown(estimate)
    low, middle, high = (
        shown.language.money(end, shown.currency, sign=True)
        for end in (estimate.low, estimate.central, estimate.high)
    )
    if shown.verdict.kind in {NOTHING, TOO_LATE}:
        return middle, shown.language.gettext("the same as carrying on")
    return middle, _between(low, high, shown.language)


def _months(estimate: Estimate, shown: _Shown) -> tuple[str, str]:
    """When the money is back, and in how many cases it is, unless that is said of the value."""
    language, months = shown.language, estimate.central
    if math.isnan(months):
        below = language.gettext("nothing differs in {months} months", months=shown.horizon)
        return language.gettext("Nothing to repay"), below
    if math.isnan(shown.headline.roi.central) and math.isinf(months):
        return language.gettext("Nothing to repay"), language.gettext("nothing is put in")
    share, draws = shown.headline.probability_payback, shown.headline.draws
    back = in_cases(share, draws, language, short=True)
    # In as many cases as it is better, mostly: that is said already.
    is_said = back == in_cases(shown.headline.probability_better, draws, language, short=True)
    if shown.verdict.kind == "too_close":
        # A month would say that the money comes back, which is just what is open.
        within = language.gettext("within {months} months", months=shown.horizon)
        value = language.gettext("Uncertain") if is_said else cases(share, draws, language)
        return capital(value), within
    if math.isinf(months):
        value = language.gettext("Not in {months} months", months=shown.horizon)
    elif months <= 1:
        value = language.gettext("At once")
    else:
        value = language.gettext("After {months} months", months=f"{months:.0f}")
    return value, "" if is_said else language.gettext("back {in_cases}", in_cases=back)


_MOST_TIMES = 100.0
"""What comes back of what is put in, at most, so many times of it, that a ratio says something: no
plan of money and hours returns so much, and next to nothing is put in where it seems to."""


def too_little_put_in(ratio: Estimate) -> bool:
    """Whether what is put in is so little that its ``ratio`` is an artefact: less than a hundredth
    of what comes of it, or than what :data:`~simulator.results.DEFAULT_DRAWS` leave open of that,
    which is a standard error of 1."""
    ends = (ratio.low, ratio.central, ratio.high)
    error = precision.of_quantiles(*ends, results.DEFAULT_DRAWS)
    return abs(ratio.central) >= _MOST_TIMES or error >= 1.0


def _ratio(figure: Figure, estimate: Estimate, shown: _Shown) -> tuple[str, str]:
    """What comes back of what is put in: in per cent, or for each unit of money."""
    language, exact, estimate = shown.language, estimate, precision.shown(estimate)
    if math.isnan(estimate.central):
        nothing = language.gettext("Nothing invested")
        return nothing, language.gettext("so there is no return on it")
    if too_little_put_in(exact):
        return language.gettext("Too little is put in"), language.gettext(
            "for a return to say much"
        )
    if figure.in_percent:
        return _in_percent(estimate, language)
    low, middle, high = (
        language.number(end, decimals=2 if abs(end) < 100 else 0)
        for end in (estimate.low, estimate.central, estimate.high)
    )
    name = get_currency_name(shown.currency, count=1, locale=language.locale)
    return middle, language.gettext(
        "{low} to {high} per {currency} spent", low=low, high=high, currency=name
    )


def _in_percent(estimate: Estimate, language: Language) -> tuple[str, str]:
    low, middle, high = (
        language.percent(end, sign=True) for end in (estimate.low, estimate.central, estimate.high)
    )
    return middle, _between(low, high, language)


def signed(
    estimate: Estimate,
    currency: str,
    language: Language,
    verbs: Verbs,
    step: float | None = None,
    *,
    apart: bool = False,
) -> tuple[str, str]:
    """An amount whose sign is a verb, and where eight of ten draws lie; ``step``: to a multiple of
    what the amount is rounded, if not as its draws support it; ``apart``: the second has the verb
    as well, as it is read by itself."""
    exact, estimate = abs(estimate.central), precision.shown(estimate)
    low, middle, high = (
        language.money(abs(end), currency)
        for end in (estimate.low, estimate.central, estimate.high)
    )
    middle = language.money(exact, currency, step=step) if step else middle
    nothing = language.money(0, currency)
    if middle == nothing:
        return language.gettext("No difference"), language.gettext("in the middle of all cases")
    verb = verbs.above if estimate.central > 0.0 else verbs.below
    value = language.gettext(verb, amount=middle)
    if estimate.low < 0.0 < estimate.high and nothing not in {low, high}:
        return value, language.gettext(verbs.across, low=low, high=high)
    ends = (low, high) if estimate.central > 0.0 else (high, low)
    between = _between(*ends, language)
    return value, language.gettext(verb, amount=between) if apart else between


def stands_on(draws: int, language: Language) -> str:
    """How many draws of the assumptions the figures were taken over."""
    return language.ngettext("{number} draw", "{number} draws", draws)


def rests_on(overridden: int, language: Language, *, is_staged: bool = False) -> str:
    """That a result rests on assumptions, that most of them are weak, and whether some are the
    scenario's own (``overridden``: how many); ``is_staged``: and on what is done after a review."""
    weakest = max(GRADES)
    values = {
        "grade": weakest,
        "meaning": language.gettext(GRADES[weakest]),
    }
    text = language.gettext(
        "Rests on assumptions, most of them grade {grade} ({meaning})", **values
    )
    if overridden:
        text = language.ngettext(
            "Rests on assumptions, most of them grade {grade} ({meaning}), one of them changed",
            "Rests on assumptions, most of them grade {grade} ({meaning}), some of them changed",
            overridden,
            **values,
        )
    return (
        language.gettext("{basis}, and on keeping to the rule", basis=text) if is_staged else text
    )


def value_text(headline: Headline, currency: str, language: Language) -> str:
    """The value against carrying on, as it stands beside the letter of a plan wherever that is."""
    value = precision.shown(headline.net_present_value).central
    return UNDEFINED if math.isnan(value) else language.money(value, currency, sign=True)


WEAK_TITLE = N_("How much rests on weak evidence")
WEAK_MEANING = N_(
    "How far the value can be off is its variance. The share is what would stay of it, on average, "
    "if everything were known but the assumptions of grades D and E: surveys, statistics and "
    "judgement. Take it as the least: a grade says how good a source is, not how well it fits this "
    "organisation, and how its range is read is our judgement for the better grades too."
)
WEAK_ROUGHLY = N_(
    "It is worked out from few cases while nothing moves. The page Assumptions has it from more "
    "cases, for every grade and with how sure that is."
)
WEAK_WAY = N_("See it for every grade")
"""What is told to whoever asks for the warning; each to be translated."""


def weak_help(language: Language) -> dict[str, str]:
    """What the warning of :func:`weak_evidence` means, and where there is more, as the page takes
    it."""
    return {
        "title": language.gettext(WEAK_TITLE),
        "text": language.gettext(WEAK_MEANING),
        "more": language.gettext(WEAK_ROUGHLY),
        "way": language.gettext(WEAK_WAY),
    }


WEAK_SHARE = 0.5
"""From this share of the variance on, weak evidence drives the result, and is warned of."""


def weak_evidence(share: float | None, language: Language) -> str:
    """A warning where assumptions of grades D and E drive the result; nothing where they do not, or
    where that is not known yet. ``share``: their share of its variance, 0-1."""
    if share is None or share < WEAK_SHARE:
        return ""
    text = language.gettext(
        "{share} of the uncertainty rests on weak evidence and judgement (grades D, E)",
        share=whole_percent(share, language),
    )
    return capital(text)

"""Help for every lever and every figure: what it means, and what that rests on.

At most two sentences each. With them go the claim of the source articles that the lever or figure
puts to the test (the numbered rows of ``docs/CLAIMS.md``), what independent evidence says about
that claim, and the assumptions that matter most, with the grade of the weakest of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from simulator.i18n.language import N_, Language
from simulator.model.help import Help
from simulator.model.register import BY_ID, GRADES
from simulator.results import FIGURES, VERDICTS
from simulator.scenario.levers import LEVERS
from ui.text.claims import CLAIMS, VERDICT_WORDS
from ui.text.headline import KINDS


@dataclass(frozen=True, slots=True)
class ShownHelp:
    """What is shown to somebody who asks; all text, in one language."""

    text: str
    """At most two sentences."""
    claim: str
    """Whose claim follows: that of the articles which started the model."""
    claim_text: str
    verdict: str
    """What independent evidence says about the claim."""
    grade: str
    """A to E: of the weakest of the assumptions."""
    grade_meaning: str
    assumptions: tuple[str, ...]
    """Ids in the register of those that matter most."""
    is_measured: bool = False
    """Whether those that matter most in a plan are worked out for whoever asks, see
    :mod:`ui.text.foundation`; what stands here is said where that is not to be had."""

    def for_browser(self) -> dict[str, Any]:
        """As the board takes it; what JSON can hold."""
        return {
            "text": self.text,
            "claim": self.claim,
            "claimText": self.claim_text,
            "verdict": self.verdict,
            "grade": self.grade,
            "gradeMeaning": self.grade_meaning,
            "assumptions": list(self.assumptions),
            "isMeasured": self.is_measured,
        }


_VERDICT = N_(
    "In how many cases the plan beats carrying on; each case is one possible set of "
    "assumptions. From {low} to {high} of 100 is too close to call."
)
"""The verdict is the sign of the value against carrying on: it tests the same claim and rests on
the same."""


def lever_help(path: str, language: Language) -> ShownHelp:
    """Help for the lever at ``path``. Raises ``KeyError`` when there is no such lever."""
    return _help(LEVERS[path].help, language)


def figure_help(figure: str, language: Language) -> ShownHelp:
    """Help for ``verdict``, or for a figure of the strip by its id.

    Raises ``KeyError`` when there is no such figure.
    """
    limits = {kind: limit for kind, (limit, _) in zip(KINDS, VERDICTS, strict=True)}
    values = {
        "low": language.number(100 * limits["too_close"]),
        "high": language.number(100 * limits["likely_better"] - 1),  # to that, as it is read
        "even": language.percent(0),
        "lost": language.percent(-1),
    }
    is_verdict = figure == "verdict"
    entry = FIGURES["net_present_value" if is_verdict else figure].help
    if entry is None:
        raise KeyError(figure)
    entry = replace(entry, text=_VERDICT) if is_verdict else entry
    return replace(_help(entry, language, values), is_measured=True)


def _help(entry: Help, language: Language, values: Mapping[str, str] | None = None) -> ShownHelp:
    if entry.claim not in CLAIMS:
        raise LookupError(f"{entry.text!r} names claim {entry.claim}, which CLAIMS does not have")
    claim = CLAIMS[entry.claim]
    grade = max(BY_ID[name].grade for name in entry.assumptions)
    return ShownHelp(
        text=language.gettext(entry.text, **(values or {})),
        claim=language.gettext("What the articles behind this model claim"),
        claim_text=language.plain.gettext(claim.text),
        verdict=language.gettext(VERDICT_WORDS[claim.verdict]),
        grade=grade,
        grade_meaning=language.gettext(GRADES[grade]),
        assumptions=entry.assumptions,
    )

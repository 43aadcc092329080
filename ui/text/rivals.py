"""What is likely better than the plan, in a few words."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.analyses.alternatives import LABELS, Alternatives
from simulator.i18n.language import N_, Language
from simulator.results import VERDICTS

(_, VERY_LIKELY), (_, LIKELY), *_rest = VERDICTS
_BETTER: Mapping[str, str] = {
    LIKELY: N_("Likely better than this plan: {alternative}"),
    VERY_LIKELY: N_("Very likely better than this plan: {alternative}"),
}
"""By verdict."""


def rival(known: Alternatives | None, language: Language) -> str:
    """What else the money could do that is likely better than the plan; nothing where nothing is,
    or where that is not known yet."""
    if known is None or known.rival is None:
        return ""
    name, words = known.rival
    return language.gettext(_BETTER[words], alternative=language.gettext(LABELS[name]))

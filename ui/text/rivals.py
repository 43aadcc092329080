"""What is likely better than the plan, in a few words."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.analyses.alternatives import Alternatives
from simulator.i18n.language import N_, Language

_LIKELY: Mapping[str, tuple[str, str]] = {
    "keep": (
        N_("Keeping the money is likely better"),
        N_("Keeping the money is very likely better"),
    ),
    "phone": (
        N_("Phone and mail are likely better"),
        N_("Phone and mail are very likely better"),
    ),
    "self_service": (
        N_("Self-service is likely better"),
        N_("Self-service is very likely better"),
    ),
    "time": (
        N_("People’s time without money is likely better"),
        N_("People’s time without money is very likely better"),
    ),
}
"""By id of :data:`simulator.analyses.alternatives.LABELS`: likely, very likely."""


def rival(known: Alternatives | None, language: Language) -> str:
    """What else the money could do that is likely better than the plan; nothing where nothing is,
    or where that is not known yet."""
    if known is None or known.rival is None:
        return ""
    name, words = known.rival
    return language.gettext(_LIKELY[name][words.startswith("very")])

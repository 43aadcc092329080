"""The pages of the board, each declared here and nowhere else.

Everything else follows: Streamlit's navigation, the links in the bar, what the browser loads. A
page is a module below ``web/`` that exports ``createPage`` (``Page`` in ``web/types/page.d.ts``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.i18n.language import N_


@dataclass(frozen=True, slots=True)
class Page:
    """A page."""

    id: str
    """As in its address."""
    title: str
    """A message: what the bar calls it, and a browser's history until the board has set its own."""
    module: str
    """What makes it, as a path below ``web/``."""
    is_looked_up: bool = False
    """Whether it is for looking something up: then it lies behind one more click in the bar, where
    the room for the others is short."""


_ALL = (
    Page("simulate", N_("Simulate"), "simulate/page.js"),
    Page("assumptions", N_("Assumptions"), "assumptions/page.js"),
    Page("compare", N_("Compare"), "compare/page.js"),
    Page("best", N_("Best plan"), "best/page.js"),
    Page("validation", N_("Checked"), "validation/page.js", is_looked_up=True),
    Page("model", N_("Model"), "model/page.js", is_looked_up=True),
)

PAGES: Mapping[str, Page] = {page.id: page for page in _ALL}
"""By id, in the order of the bar; the first is where the app opens."""
FIRST = _ALL[0]

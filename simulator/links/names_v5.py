"""The parameters of links that came with version 5 of the file format. **Frozen**, as those of
version 2 are."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.links.values import Parameter, listed

_STAGES = (
    *("first_depth", "review_month", "figure", "side", "back", "on", "always"),
    *("step_months", "people", "records", "rebuilding"),
)


def parameters() -> Iterator[Parameter]:
    """Those that version 5 adds."""
    yield listed("stages", ("plan", "stages"), _STAGES)

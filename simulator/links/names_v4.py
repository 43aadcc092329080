"""The parameters of links that came with version 4 of the file format. **Frozen**, as those of
version 2 are."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.links.values import Parameter, text_parameter


def parameters() -> Iterator[Parameter]:
    """Those that version 4 adds."""
    yield text_parameter("org.called", "organisation", "customers_called")

"""The parameters of a link by version of the format, those that all have, and whose they are."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.links import names_v2
from simulator.links.values import Content, Parameter
from simulator.scenario import SCHEMA_VERSION

VERSION, FROM, CHECK = "v", "from", "check"
"""The version of the format, the scenario that a link starts from, and the checksum: in all links.
"""

PAGE_PARAMETERS = frozenset({"lang", "view", "theme", "charts", "library"})
"""What an address says about the page, not about the scenario; passed over here."""

NAMES: Mapping[int, Mapping[str, Parameter]] = {
    2: {parameter.name: parameter for parameter in names_v2.parameters()}
}
"""The parameters by version of the format; those of a version that is released stay."""

NO_RESULTS: Mapping[int, Content] = {2: names_v2.NO_RESULTS}
"""What the results of a scenario are, by version, before a link says anything about them."""

PARTS_OF: Mapping[str, tuple[str, ...]] = {
    "put": ("plan", "split"),
    "org.budget": ("organisation", "budgets"),
    "org.involvement": ("organisation", "involvement"),
    "org": ("organisation",),
}
"""What a problem of several parameters together is about."""


def names(version: int = SCHEMA_VERSION) -> tuple[str, ...]:
    """The parameters of a link of this version, without those of assumptions (``a.<id>``)."""
    return (VERSION, FROM, *NAMES[version], CHECK)

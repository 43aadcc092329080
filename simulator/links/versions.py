"""The parameters of a link by version of the format, those that all have, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from simulator.links import names_v2, names_v3, names_v4, names_v5
from simulator.links.values import Content, Parameter, amount
from simulator.scenario import SCHEMA_VERSION
from simulator.scenario.levers import INVOLVEMENT, Lever

VERSION, FROM, CHECK = "v", "from", "check"
"""The version of the format, the scenario that a link starts from, and the checksum: in all links.
"""
BASE, HERE, OF_BASE = "base", "here", "base."
"""What the plan started from, where it is not ``from``: a shipped scenario, or :data:`HERE`; in
front of the names of what it then has another value of."""

FIRST = 2
"""The first version of the format that there are links of."""

PAGE_PARAMETERS = frozenset({"lang", "view", "theme", "charts", "library"})
"""What an address says about the page, not about the scenario; passed over here."""


def parameters(version: int, levers: Iterable[Lever] = INVOLVEMENT) -> Iterator[Parameter]:
    """The parameters of a version: those of version 2, what later ones added, and two of every
    lever that came since."""
    yield from names_v2.parameters()
    if version >= 3:
        yield from names_v3.parameters()
    if version >= 4:
        yield from names_v4.parameters()
    if version >= 5:
        yield from names_v5.parameters()
    for lever in levers:
        if FIRST < lever.since <= version:
            name = lever.link or lever.id
            yield amount(f"org.involvement.{name}", "organisation", "involvement", lever.id)
            yield amount(name, "plan", "involvement", lever.id)


NAMES: Mapping[int, Mapping[str, Parameter]] = {
    version: {parameter.name: parameter for parameter in parameters(version)}
    for version in range(FIRST, SCHEMA_VERSION + 1)
}
"""The parameters by version of the format; those of a version that is released stay."""

NO_RESULTS: Mapping[int, Content] = dict.fromkeys(NAMES, names_v2.NO_RESULTS)
"""What the results of a scenario are, by version, before a link says anything about them."""

PARTS_OF: Mapping[str, tuple[str, ...]] = {
    "put": ("plan", "split"),
    "org.budget": ("organisation", "budgets"),
    "org.known": ("organisation", "known"),
    "org.involvement": ("organisation", "involvement"),
    "org": ("organisation",),
}
"""What a problem of several parameters together is about."""


def names(version: int = SCHEMA_VERSION) -> tuple[str, ...]:
    """The parameters of a link of this version, without those of assumptions (``a.<id>``)."""
    return (VERSION, FROM, *NAMES[version], CHECK)

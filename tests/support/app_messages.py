"""All messages of the app, collected once for all tests of a process."""

from __future__ import annotations

from functools import cache

from babel.messages.catalog import Catalog

from simulator.i18n import extract


@cache
def template() -> Catalog:
    """As :func:`simulator.i18n.extract.template`; nobody may change it."""
    return extract.template()

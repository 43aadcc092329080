"""The parameters of links that came with version 3 of the file format. **Frozen**, as those of
version 2 are."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.links.values import Parameter, amount

_KNOWN = {
    "social": "social_contact_share",
    "social.answered": "social_answered_share",
    "given-up": "given_up_share",
    "occupancy": "centre_occupancy",
    "cost": "centre_contact_cost",
    "social.cost": "social_contact_cost",
    "community.answers": "community_answered_share",
    "participants": "participating_share",
}


def parameters() -> Iterator[Parameter]:
    """Those that version 3 adds, in the order in which a link has them."""
    yield amount("org.people", "organisation", "people_per_customer")
    for name, field in _KNOWN.items():
        yield amount(f"org.known.{name}", "organisation", "known", field)

"""Links as they are made, as they once were, and as somebody damages them."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from simulator import links
from simulator.model.register import REGISTER
from simulator.scenario import ScenarioError, load_shipped
from tests.golden import remake_links

GOLDEN = remake_links.read()
LINKS: list[dict[str, Any]] = GOLDEN["links"]
EXAMPLES = remake_links.examples()
NAMES = [*links.names(), *(f"a.{one.id}" for one in REGISTER[:3])]
PLAN = load_shipped("balanced-shift").changed(
    **{
        "plan.training.share_moved": 0.3,
        "plan.split.listening": 0.1,
        "plan.split.savings": 0.05,
        "assumptions.trust_asymmetry": {"low": 1, "central": 1.5, "high": 5},
        "name": "Ours & 'theirs'",
    }
)
LINK = links.encode(PLAN)
CUT = "check: found a link that was cut, allowed the whole link"
DAMAGED = "check: found a link that was changed by hand or damaged, allowed the link as it was made"


def problems_of(text: str) -> list[str]:
    """What is wrong with a link, line by line."""
    with pytest.raises(ScenarioError) as refused:
        links.decode(text)
    return [str(one) for one in refused.value.problems]


def changed(**values: str) -> str:
    """:data:`LINK` with other values, as somebody writes them by hand; dots are underscores."""
    pairs = dict(parse_qsl(LINK, keep_blank_values=True))
    return urlencode({**pairs, **{name.replace("__", "."): one for name, one in values.items()}})

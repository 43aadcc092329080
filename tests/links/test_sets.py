"""Compared sets in a link: they come back as they went in, damaged ones are found out."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import links
from simulator.links import sets
from simulator.scenario import ScenarioError, load_shipped
from simulator.scenario.sets import Asked, Item, ScenarioSet
from simulator.version import MODEL_VERSION
from tests.support.examples import examples

DEFAULT = load_shipped("balanced-shift")
FUND = load_shipped("membership-fund")

GOLDEN = (
    "1.eNpNzL0OgjAUBeBXIXfApTSVmpiQMJk4GnfCUC6XH2kL0oJB47vbQRPPds5JvheYsSYNGaRccAEMek_GQVYUcA"
    "rtQv5B8xCtykY4ak2t2rmwr7mMm3k0eaW0skh14rq-8fxQo9-OzzT2s-ptb9tccClj7AiHvLrZxrn7BCyRexHCRc"
    "kKuAbvvNj6nzVkKpqDOSVNuLjHFje14Ff6VWB20bos3x_sAEHI"
)
"""Made by the first version that had sets; never to be changed."""


def _changed(share: float) -> Item:
    plan = DEFAULT.changed(**{"plan.training.share_moved": share})
    return Item("C", "Netwerk van collega's", plan, -310_000.0)


def test_a_set_comes_back_with_letters_names_and_values() -> None:
    shared = ScenarioSet(
        (_changed(0.33), Item("P", "<b>“x”</b> & Ø", FUND, None), Item("F", "x", DEFAULT, 0.0)),
        MODEL_VERSION,
    )
    text = sets.encode(shared)
    assert set(text) <= {*"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."}
    assert sets.decode(text, 6) == shared
    assert [one.letter for one in sets.decode(text, 2).items] == ["C", "P"]


def test_what_was_asked_and_where_plans_started_come_back() -> None:
    """Whoever does not know these passes them over: the form is the same."""
    start = load_shipped("wait-and-see").without_results()
    items = (Item("A", "x", _changed(0.3).scenario, 1.0, start), Item("P", "y", FUND, None))
    shared = ScenarioSet(items, MODEL_VERSION, Asked("value", "A", "0", "too_close"))
    back = sets.decode(sets.encode(shared), 6)
    assert back == shared
    assert sets.decode(sets.encode(shared), 1).items == items[:1]
    unknown = {"model": "2", "items": [["A", "x", "from=wait-and-see", 1]]}
    others: list[object] = [{}, [], {"measure": "beauty"}, {"measure": 1, "first": 2, "more": 3}]
    for asked in others:
        assert sets.decode(_packed({**unknown, "asked": asked}), 6).asked is None


def test_four_plans_of_a_room_are_a_short_link() -> None:
    room = ScenarioSet(
        tuple(
            Item(letter, f"Plan {letter}", _changed(share).scenario, -1e6 * share)
            for letter, share in zip("ABCD", (0.1, 0.2, 0.35, 0.9), strict=True)
        ),
        MODEL_VERSION,
    )
    assert len(sets.encode(room)) < 400
    assert links.fits(f"https://simulator.example.org/compare?lang=nl&set={sets.encode(room)}")


@examples(60)
@given(st.data())
def test_what_was_cut_or_changed_is_found_out(data: st.DataObject) -> None:
    text = sets.encode(ScenarioSet((_changed(0.2), Item("A", "x", FUND, 1.0)), MODEL_VERSION))
    place = data.draw(st.integers(2, len(text) - 2))
    other = data.draw(st.sampled_from("Aa0-_"))
    damaged = data.draw(st.sampled_from([text[:place], text[:place] + other + text[place + 1 :]]))
    if damaged == text:
        return
    with pytest.raises(ScenarioError):
        sets.decode(damaged, 6)


def _packed(content: object) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    return "1." + urlsafe_b64encode(zlib.compress(text.encode())).decode().rstrip("=")


@pytest.mark.parametrize(
    "content",
    [
        "nonsense",
        [],
        {"model": "2", "items": []},
        {"model": 2, "items": [["A", "x", "v=3", 1]]},
        {"model": "2", "items": [["A", "x", "v=3"]]},
        {"model": "2", "items": [["G", "x", "v=3", 1]]},
        {"model": "2", "items": [["A", "", "v=3", 1]]},
        {"model": "2", "items": [["A", "x" * 81, "v=3", 1]]},
        {"model": "2", "items": [["A", "x", "v=3", "1"]]},
        {"model": "2", "items": [["A", "x", "v=3", 1], ["A", "y", "v=3", 1]]},
        {"model": "2", "items": [["A", "x", "v=3&from=nothing.12345678", 1]]},
        {"model": "2", "items": [["A", "x", "v=3", True]]},
        {"model": "2", "items": [["A", "x", "v=3", float("nan")]]},
        {"model": "2", "items": [["A", "x", "v=3", float("-inf")]]},
        {"model": "2", "items": [["A", "x", "v=3", 10**400]]},
        {"model": "2", "items": [["A", "\ud800", "v=3", 1]]},
        {"model": "2", "items": [["A", "a\nb", "v=3", 1]]},
        {"model": "\ud800", "items": [["A", "x", "v=3", 1]]},
        {"model": "2" * 41, "items": [["A", "x", "v=3", 1]]},
        " " * 1_000_000,
        {"model": "2", "items": [["A", "x", "from=wait-and-see", 1]], "started": 1},
        {"model": "2" * 200_000, "items": [["A", "x", "v=3", 1]]},
    ],
    ids=range(22),
)
def test_what_is_no_set_is_refused(content: object) -> None:
    with pytest.raises(ScenarioError):
        sets.decode(_packed(content), 6)


def test_what_is_nested_too_deep_is_refused() -> None:
    packed = zlib.compress(b"[" * 90_000)
    with pytest.raises(ScenarioError):
        sets.decode(f"1.{urlsafe_b64encode(packed).decode().rstrip('=')}", 6)


@pytest.mark.parametrize("text", ["", "2.abc", "1.", "1.!!!", "1.Ø"])
def test_what_is_not_even_packed_is_refused(text: str) -> None:
    with pytest.raises(ScenarioError):
        sets.decode(text, 6)


def test_sets_that_are_out_there_open_for_ever() -> None:
    shared = sets.decode(GOLDEN, 6)
    named = [(one.letter, one.name, one.value) for one in shared.items]
    assert named == [("C", "Netwerk van collega's", -310_000.0), ("P", "Fund", None)]
    moved, fund = (one.scenario for one in shared.items)
    assert moved.plan.training.share_moved == 0.33
    assert (fund.name, fund.organisation.currency) == (FUND.name, FUND.organisation.currency)
    assert shared.model_version == "2.0.0"

"""Links open for ever: those of older versions, and those of scenarios that have changed since."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator import links, scenario
from simulator.links import presets, versions
from simulator.scenario import SCHEMA_VERSION, ScenarioError, load_shipped
from tests.golden import remake_links
from tests.support.link_examples import EXAMPLES, GOLDEN, LINK, LINKS, changed, problems_of


@pytest.mark.parametrize(
    "golden", LINKS, ids=lambda golden: f"v{golden['version']} {golden['what']}"
)
def test_golden_links_open_as_ever(golden: dict[str, Any]) -> None:
    opened = links.decode(golden["link"]).scenario
    assert scenario.dump(opened) == scenario.dump(scenario.parse(json.dumps(golden["scenario"])))


def test_amounts_below_the_smallest_coin_are_refused_though_links_once_had_them() -> None:
    link = next(one["link"] for one in LINKS if one["what"] == "another organisation")
    old = link.replace("org.revenue=0.001", "org.revenue=1e-05")
    with pytest.raises(ScenarioError) as caught:
        links.decode(old.replace("org.budget.training=0.001", "org.budget.training=1e-09"))
    allowed = {one.field: one.allowed for one in caught.value.problems if one.field != "check"}
    assert allowed == {
        "org.revenue": "0.001 to 1000000000",
        "org.budget.training": "0, or at least 0.001",
    }


def test_golden_links_are_of_all_kinds() -> None:
    newest = {one["what"] for one in LINKS if one["version"] == SCHEMA_VERSION}
    assert newest == set(EXAMPLES) and len(newest) >= 10


def test_every_start_that_links_ever_had_is_still_there() -> None:
    for version, references in GOLDEN["references"].items():
        gone = set(references) - set(links.references(int(version)))
        assert not gone, f"{gone}: copy the file as it was to scenarios/former/v{version}"
        for reference in references:
            preset = presets.presets_of(int(version))[reference]
            link = f"v={version}&from={reference}&check={preset.fingerprint}"
            assert links.decode(link).base == links.decode(link).scenario


def test_every_start_of_today_is_remembered() -> None:
    new = set(links.references()) - set(GOLDEN["references"][str(SCHEMA_VERSION)])
    assert not new, f"{new}: run python -m tests.golden.remake_links"


@pytest.fixture
def former(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder of former scenarios."""
    monkeypatch.setattr(presets, "FORMER", tmp_path)
    presets.presets_of.cache_clear()
    yield tmp_path
    presets.presets_of.cache_clear()


def test_a_link_to_a_scenario_that_has_changed_since(former: Path) -> None:
    once = load_shipped("balanced-shift").changed(**{"plan.training.share_moved": 0.21})
    reference = f"balanced-shift.{presets.fingerprint_of(presets.content_of(scenario.dump(once)))}"
    then = once.changed(**{"plan.training.start_month": 9})
    check = presets.fingerprint_of(presets.content_of(scenario.dump(then)))
    link = f"v=5&from={reference}&training.start=9&check={check}"
    (problem,) = problems_of(link)
    assert problem == f"from: found '{reference}', allowed a scenario that came with the simulator"
    (former / "v5").mkdir()
    scenario.save(once, former / "v5" / "balanced-shift.of-2026.json")
    (former / "v5" / "broken.json").write_text("{", encoding="utf-8")
    presets.presets_of.cache_clear()
    assert links.decode(link) == links.Link(then, None, once)
    assert links.decode(links.encode(then)).preset == "balanced-shift"


def test_a_link_of_an_older_version_is_migrated(
    former: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {name: one for name, one in versions.NAMES[2].items() if one.place[0] != "results"}
    monkeypatch.setitem(versions.NAMES, 1, old)
    files = Path(remake_links.__file__).parent / "scenarios_v1"
    shutil.copytree(files, former / "v1")
    presets.presets_of.cache_clear()
    (start,) = (one for one in presets.presets_of(1).values() if one.name == "balanced-shift")
    content = json.loads(json.dumps(start.content))
    content["plan"]["training"]["share_moved"] = 0.3
    link = f"v=1&from={start.reference}&training=0.3&check={presets.fingerprint_of(content)}"
    plan = scenario.load(files / "balanced-shift.json")
    assert links.decode(link) == links.Link(
        plan.changed(**{"plan.training.share_moved": 0.3}), None, plan
    )


def test_links_of_other_versions() -> None:
    assert problems_of(changed(v="6", training="7", check="x")) == [
        "v: found 6, made by a newer version, allowed 2 to 5"
    ]
    assert problems_of(LINK.replace("v=5", "v=1")) == [
        "v: found 1, from before there were links, allowed 2 to 5"
    ]
    for text in ("0", "02", "2.0", "-2", "\u00b2", "\u0662", "", "two", "9" * 300):
        shown = repr(text if len(text) <= 60 else f"{text[:59]}…")
        assert problems_of(changed(v=text)) == [f"v: found {shown}, allowed 2 to 5"]
    assert problems_of(LINK.removeprefix("v=5&")) == ["v: found nothing, allowed 2 to 5"]

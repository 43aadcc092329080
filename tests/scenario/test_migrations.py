"""Files of every older version of the format open as what they always were."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.model.register import BY_ID
from simulator.scenario import (
    SCHEMA_VERSION,
    Scenario,
    dump,
    file_text,
    load,
    parse,
    problems,
    save,
    shipped,
)
from simulator.scenario.format_migrations import MIGRATIONS, Migration, migrated
from simulator.scenario.organisation import KnownInput

STORED = Path(__file__).parent.parent / "golden"
FIRST = STORED / "scenarios_v1"


def stored(version: int) -> list[Path]:
    """Files that were saved when ``version`` was the newest, as they lay on disk."""
    return sorted((STORED / f"scenarios_v{version}").glob("*.json"))


FILES = [path for version in range(1, SCHEMA_VERSION) for path in stored(version)]


def content_of(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


# --- the chain -----------------------------------------------------------------------------------


def test_every_older_version_has_exactly_one_step() -> None:
    assert [step.version for step in MIGRATIONS] == list(range(1, SCHEMA_VERSION))
    names = [step.name for step in MIGRATIONS]
    assert all(names) and len(set(names)) == len(names)


@pytest.mark.parametrize("step", MIGRATIONS, ids=lambda step: step.name)
def test_every_step_is_proven_by_stored_files(step: Migration) -> None:
    files = stored(step.version)
    assert files
    for path in files:
        content = content_of(path)
        assert content["schema_version"] == step.version
        assert not step.adds & content.keys()
        before = json.dumps(content)
        assert step.adds <= step.change(content).keys()
        assert json.dumps(content) == before, "a step leaves what it is given as it is"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_stored_files_open_and_are_saved_as_the_newest_version(path: Path, tmp_path: Path) -> None:
    scenario = load(path)
    assert scenario.schema_version == SCHEMA_VERSION
    save(scenario, tmp_path / "saved.json")
    saved = (tmp_path / "saved.json").read_text(encoding="utf-8")
    assert json.loads(saved)["schema_version"] == SCHEMA_VERSION
    assert file_text(load(tmp_path / "saved.json")) == saved


def test_what_is_of_the_newest_version_is_not_touched() -> None:
    content = {"schema_version": SCHEMA_VERSION, "results": 1, "anything": [2]}
    result = migrated(content, SCHEMA_VERSION)
    assert (result.content, result.too_early) == (content, {})


# --- what older files hold -----------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_nothing_of_an_older_file_is_lost(path: Path) -> None:
    """But what was said about assumptions that the second edition of the model does not have."""
    old = content_of(path)
    assumptions = {name: value for name, value in old["assumptions"].items() if name in BY_ID}
    unknown = dict.fromkeys(KnownInput.model_fields)
    organisation = old["organisation"] | {"people_per_customer": 1, "known": unknown}
    organisation = (
        {"customers_called": "customers"}
        | organisation
        | (old["organisation"] if old["schema_version"] > 2 else {})
    )
    new = json.loads(dump(load(path)))
    if path.stem == "everything":
        new["assumptions"] = assumptions = {}  # see the test of these
    assert new == {
        "results": None,
        **old,
        "schema_version": SCHEMA_VERSION,
        "organisation": organisation,
        "plan": {**old["plan"], "stages": None},
        "assumptions": {name: assumptions[name] for name in BY_ID if name in assumptions},
    }


def test_the_first_shipped_scenarios_open_as_they_were() -> None:
    first = {path.stem: path for path in stored(1) if path.stem != "everything"}
    assert len(first) == 13 and first.keys() <= {path.stem for path in shipped()}
    for name, path in first.items():
        assert load(path) == load(STORED / "scenarios_v2" / f"{name}.json")


# --- version 2 -----------------------------------------------------------------------------------


def test_what_was_said_about_the_first_edition_of_the_model_goes_where_it_has_no_place() -> None:
    scenario = load(STORED / "scenarios_v2" / "everything.json")
    assert scenario.model_dump()["assumptions"] == {
        "offer_floor": content_of(FIRST / "everything.json")["assumptions"]["offer_floor"],
        "trust_asymmetry": content_of(FIRST / "everything.json")["assumptions"]["trust_asymmetry"],
        "skill_decay_month": 0.002,
        "effect_transfer": {"low": 0.1, "central": 1.0, "high": 2.0},
        "churn_quality_effect": 0.6,
    }
    assert scenario.results is not None and scenario.results.model_version == "1.0.0"


def test_of_an_older_organisation_nothing_is_known_of_service() -> None:
    organisation = load(STORED / "scenarios_v2" / "balanced-shift.json").organisation
    assert organisation.people_per_customer == 1
    assert organisation.known == KnownInput()


# --- version 1 -----------------------------------------------------------------------------------


def test_a_file_of_version_1_with_something_in_every_field() -> None:
    scenario = load(FIRST / "everything.json")
    assert (scenario.name, scenario.results) == ("Prøve — 試験 🙂", None)
    assert scenario.plan.training.split is not None
    assert set(scenario.assumptions) == {"offer_floor", "trust_asymmetry"}
    assert str(scenario.date) == "2026-11-22"


def test_version_1_has_no_results() -> None:
    content = content_of(FIRST / "balanced-shift.json")
    for results in (None, {}, {"model_version": "1.0.0"}):
        (problem,) = problems(json.dumps(content | {"results": results}))
        assert str(problem) == (
            "results: found an unknown key, allowed from version 2 of the file format on"
        )


def test_problems_of_an_older_file_are_all_told() -> None:
    content = content_of(FIRST / "balanced-shift.json") | {"seed": -1, "results": 1, "more": 2}
    assert {one.field for one in problems(json.dumps(content))} == {"seed", "results", "more"}
    content["organisation"] = []
    assert "organisation" in {one.field for one in problems(json.dumps(content))}


@pytest.mark.parametrize("version", [1.0, "1", True, None, 0, -1, [1], {"1": 1}])
def test_a_version_that_is_none_is_refused_by_name(version: object) -> None:
    content = content_of(FIRST / "balanced-shift.json") | {"schema_version": version}
    (problem,) = problems(json.dumps(content))
    assert (problem.field, problem.allowed) == (
        "schema_version",
        f"a whole number from 1 to {SCHEMA_VERSION}",
    )
    del content["schema_version"]
    (problem,) = problems(json.dumps(content))
    assert (problem.field, problem.found) == ("schema_version", "nothing")


def test_text_without_optional_fields_is_migrated_too() -> None:
    content = content_of(FIRST / "wait-and-see.json")
    whole: Scenario = parse(json.dumps(content))
    for name in ("$schema", "story", "description", "notes", "author", "date", "seed"):
        del content[name]
    short = parse(json.dumps(content))
    assert (short.plan, short.organisation) == (whole.plan, whole.organisation)

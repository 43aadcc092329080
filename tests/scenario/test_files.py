"""Files of scenarios: read, saved, shipped; what is no JSON, or no file."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest

from simulator.scenario import (
    MAX_BYTES,
    SCHEMA_FILE,
    ScenarioError,
    dump,
    file_text,
    json_schema,
    load,
    load_shipped,
    parse,
    problems,
    save,
    shipped,
)
from tests.support.scenario_content import example, only, put, text


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "nothing in it"),
        (" \n", "nothing in it"),
        (b"\n", "nothing in it"),
        ("{", "line 1, column 2"),
        ('{\n "a": 1,\n}', "line 3, column 1"),
        ("not JSON", "line 1, column 1"),
        (b'{"name": "\xff"}', "not UTF-8 at position 10"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8 at position 0"),
        ("[]", "a list of 0"),
        ("null", "null"),
        ('"text"', "'text'"),
        ("1e999", "1e999"),
        ("[" * 100_000, "too deep"),
        ("[" * 100_000 + "]" * 100_000, "too deep"),
        ('{"a":' * 100_000, "too deep"),
        (" " * (MAX_BYTES + 1), f"{MAX_BYTES + 1} bytes"),
        ("é" * (MAX_BYTES // 2 + 1), f"{MAX_BYTES + 2} bytes"),
    ],
)
def test_a_text_that_is_no_scenario(source: str | bytes, words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse(source, where="upload.json")
    (problem,) = caught.value.problems
    assert problem.field == "upload.json"
    assert words in problem.found


@pytest.mark.parametrize("path", ["name", "results", "results.roi", "results.roi.low"])
def test_nesting_within_a_field_is_limited(path: str) -> None:
    deep: object = 1
    for _ in range(200):
        deep = {"a": deep}
    findings = problems(text(put(example(), path, deep)))
    assert any(one.field.startswith(path) for one in findings)
    assert "nesting too deep" in {one.found for one in findings}


def test_duplicate_keys_are_named_with_their_place() -> None:
    source = text(example()).replace('"gross_margin"', '"employees": 1, "gross_margin"')
    problem = only(source)
    assert str(problem) == "organisation.employees: found this key 2 times, allowed once"
    source = text(example()).replace('"worst_case"', '"draws": 1024, "worst_case"')
    assert str(only(source)) == "results.draws: found this key 2 times, allowed once"


def test_a_byte_order_mark_is_tolerated() -> None:
    assert parse(b"\xef\xbb\xbf" + text(example()).encode()) == parse(text(example()))


def test_files_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "scenario.json"
    scenario = parse(text(example()))
    save(scenario, path)
    assert path.read_bytes() == file_text(scenario).encode()
    assert load(path) == load(str(path)) == scenario
    other = scenario.changed(seed=2)
    save(other, path)
    assert load(path) == other
    assert os.listdir(tmp_path) == ["scenario.json"]


def test_a_failed_save_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "scenario.json"
    scenario = parse(text(example()))
    save(scenario, path)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(scenario.changed(seed=2), path)
    assert load(path) == scenario
    assert os.listdir(tmp_path) == ["scenario.json"]


def test_files_that_cannot_be_loaded(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    large.write_bytes(b" " * (MAX_BYTES + 1))
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    for path, words in (
        (tmp_path / "none.json", "no such file"),
        (tmp_path, "a folder"),
        (large, "bytes"),
        (pipe, "something else than a file"),
        (tmp_path / ("x" * 5000), "cannot be read"),
        (tmp_path / "a\0b", ""),
    ):
        with pytest.raises(ScenarioError) as caught:
            load(path)
        (problem,) = caught.value.problems
        assert words in problem.found
        assert str(problem).isprintable()


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.json"
    path.write_text("{}")

    def refused(*arguments: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)  # not by chmod: the superuser may read everything
    with pytest.raises(ScenarioError, match=r"cannot be read \(Permission denied\)"):
        load(path)


def test_shipped_scenarios_are_canonical_and_found_by_name() -> None:
    paths = shipped()
    assert paths
    for path in paths:
        source = path.read_text(encoding="utf-8")
        scenario = load_shipped(path.stem)
        assert dump(scenario) == source
        assert scenario.results is None  # or each version of the model would have to write it again
        jsonschema.Draft202012Validator(json_schema()).validate(json.loads(source))
    assert not [path for path in paths if path.name == SCHEMA_FILE]


@pytest.mark.parametrize("name", ["nonsense", "", "../scenarios/balanced-shift", SCHEMA_FILE[:-5]])
def test_only_shipped_names_are_loaded(name: str) -> None:
    with pytest.raises(ScenarioError, match="no shipped scenario"):
        load_shipped(name)

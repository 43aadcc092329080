"""What the browser gets once: complete, translated, and the same as what the simulator says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from simulator import charts, scenario
from simulator.analyses.comparison import compare
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.library import Refused
from simulator.library.labels import Label
from simulator.model.register import BY_ID, GRADES, REGISTER
from simulator.results import FIGURES, OUTCOMES
from simulator.scenario import Scenario, ScenarioError
from simulator.scenario.dashboard import KNOWN_BY
from simulator.version import MODEL_VERSION, VERSION
from ui.routes import bootstrap
from ui.text import headline

EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
OTHERS = [one for one in LANGUAGES.values() if one != ENGLISH]


@EACH_LANGUAGE
def test_it_can_be_sent_as_json_without_loss(language: Language) -> None:
    content = bootstrap.start(language)
    assert json.loads(json.dumps(content, allow_nan=False)) == content
    assert content["language"] == language.code
    versions = (content["simulator_version"], content["model_version"])
    assert versions == (VERSION, MODEL_VERSION)
    assert set(content["palettes"]) == {"light", "dark"}


def test_limits_are_those_that_are_kept() -> None:
    limits = bootstrap.start(ENGLISH)["limits"]
    default = scenario.load_shipped(bootstrap.DEFAULT)
    for length, allowed in ((limits["longest_name"], True), (limits["longest_name"] + 1, False)):
        for path in ("name", "organisation.name", "author"):
            with nullcontext() if allowed else pytest.raises(ScenarioError):
                default.changed(**{path: "x" * length})
    too_large = " " * (limits["file_bytes"] + 1)
    assert scenario.problems(too_large) != scenario.problems(too_large[1:])
    for number in (limits["fewest_compared"] - 1, limits["compared"] + 1):
        with pytest.raises(ValueError, match="scenarios"):
            compare(*[default] * number, draws=1)
    library = limits["library"]
    assert Label("x" * library["name"], "x" * library["description"]).tidy()
    with pytest.raises(Refused, match="name"):
        Label("x" * (library["name"] + 1)).tidy()


@EACH_LANGUAGE
def test_it_is_made_once_a_language(language: Language) -> None:
    assert bootstrap.start(language) is bootstrap.start(language)


def test_every_language_goes_by_its_own_name() -> None:
    names = {one["code"]: one["name"] for one in bootstrap.start(ENGLISH)["languages"]}
    assert list(names) == list(LANGUAGES)
    assert names | {"en": "English", "nl": "Nederlands", "da": "Dansk"} == names


# --- scenarios -----------------------------------------------------------------------------------


@EACH_LANGUAGE
def test_every_shipped_scenario_is_there_and_is_the_file(language: Language) -> None:
    presets = {one["id"]: one for one in bootstrap.start(language)["presets"]}
    assert set(presets) == {path.stem for path in scenario.shipped()}
    for name, preset in presets.items():
        assert scenario.parse(json.dumps(preset["doc"])) == scenario.load_shipped(name)
        assert preset["name"]
        assert preset["story"].count("\n") <= 1


def test_the_first_one_is_the_default() -> None:
    content = bootstrap.start(ENGLISH)
    assert content["default"] == content["presets"][0]["id"] == bootstrap.DEFAULT


@pytest.mark.parametrize("language", OTHERS, ids=[one.code for one in OTHERS])
def test_names_and_stories_are_translated_but_not_documents(language: Language) -> None:
    pairs = zip(
        bootstrap.start(ENGLISH)["presets"], bootstrap.start(language)["presets"], strict=True
    )
    for english, translated in pairs:
        assert english["doc"] == translated["doc"]
        for text in ("name", "story", "organisation"):
            assert translated[text] == language.gettext(english[text])


def test_an_organisation_on_a_card_counts_those_whom_it_has_by_its_own_noun() -> None:
    cards = {one["id"]: one["customers"] for one in bootstrap.start(ENGLISH)["presets"]}
    assert cards["charity-donors"] == "40,000 donors"
    dutch = {one["id"]: one["customers"] for one in bootstrap.start(LANGUAGES["nl"])["presets"]}
    assert dutch["charity-donors"] == "40.000 donateurs"
    assert cards[bootstrap.DEFAULT].endswith(" customers")


def test_a_document_is_what_dump_writes_without_its_schema() -> None:
    shipped = scenario.load_shipped(bootstrap.DEFAULT)
    document = bootstrap.document(shipped)
    assert "$schema" not in document
    assert {"$schema": scenario.SCHEMA_FILE, **document} == json.loads(scenario.dump(shipped))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that stands for the shipped scenarios, empty."""
    monkeypatch.setattr("simulator.scenario.shipped_files.scenarios_dir", lambda: tmp_path)
    bootstrap._presets.cache_clear()
    bootstrap.start.cache_clear()
    yield tmp_path
    bootstrap._presets.cache_clear()
    bootstrap.start.cache_clear()


def test_a_damaged_file_does_not_keep_the_others_away(default: Scenario, folder: Path) -> None:
    scenario.save(default, folder / "mine.json")
    (folder / "broken.json").write_text("{", encoding="utf-8")
    with pytest.raises(ScenarioError):
        scenario.load(folder / "broken.json")
    content = bootstrap.start(ENGLISH)
    assert [one["id"] for one in content["presets"]] == ["mine"]
    assert content["unusable"] == ["broken.json"]
    assert content["default"] == "mine"  # there is no other


def test_no_scenario_at_all_is_an_error_that_says_so(folder: Path) -> None:
    with pytest.raises(RuntimeError, match="no usable scenario"):
        bootstrap.start(ENGLISH)


# --- outcomes and figures ------------------------------------------------------------------------


@EACH_LANGUAGE
def test_every_outcome_can_be_picked_once(language: Language) -> None:
    items = [item for group in bootstrap.start(language)["outcomes"] for item in group["items"]]
    assert sorted(one["id"] for one in items) == sorted(charts.CHARTS)
    assert {*OUTCOMES, "money_flow"} <= {one["id"] for one in items}
    for item in items:
        assert item["label"] == language.gettext(charts.CHARTS[item["id"]].title)
        assert item["comparable"] == (item["id"] in OUTCOMES)


@EACH_LANGUAGE
def test_every_figure_of_the_headline_has_help(language: Language) -> None:
    figures = bootstrap.start(language)["figures"]
    assert [one["id"] for one in figures] == [figure.id for figure in headline.ON_STRIP]
    for row in figures:
        assert row["label"] == language.gettext(FIGURES[row["id"]].label)
        help_text = row["help"]
        assert help_text["text"]
        assert help_text["claim"]
        assert help_text["gradeMeaning"] == language.gettext(GRADES[help_text["grade"]])


# --- the register --------------------------------------------------------------------------------


@EACH_LANGUAGE
def test_the_register_is_whole_and_in_its_order(language: Language) -> None:
    records = bootstrap.start(language)["register"]
    assert [one["id"] for one in records] == [one.id for one in REGISTER]
    for record in records:
        parameter = BY_ID[record["id"]]
        assert record["label"] == language.gettext(parameter.label)
        assert record["meaning"] == language.gettext(parameter.meaning)
        assert (record["low"], record["central"], record["high"]) == (
            parameter.low,
            parameter.central,
            parameter.high,
        )
        assert (record["min"], record["max"]) == parameter.bounds
        assert record["min"] <= record["low"] <= record["high"] <= record["max"]
        assert record["citation"] == language.gettext(parameter.citation)
        assert record["note"] == language.gettext(parameter.note)
        assert record["reported"] == language.gettext(parameter.reported_figure)
        assert record["own_judgement"] == (not parameter.citation)
        assert record["known_by"] == KNOWN_BY.get(parameter.id, "")


@EACH_LANGUAGE
def test_groups_and_grades_are_all_there(language: Language) -> None:
    content = bootstrap.start(language)
    assert list(content["groups"]) == list(dict.fromkeys(one.group for one in REGISTER))
    assert all(label[0].isupper() for label in content["groups"].values())
    assert list(content["grades"]) == list(GRADES)


def test_shares_are_marked_for_per_cents() -> None:
    records = {one["id"]: one for one in bootstrap.start(ENGLISH)["register"]}
    for parameter in REGISTER:
        record = records[parameter.id]
        assert record["percent"] == parameter.unit.startswith("share")
        assert record["unit"] == ("%" if parameter.unit == "share" else parameter.unit)


def test_what_was_only_remembered_is_said_to_be() -> None:
    records = {one["id"]: one for one in bootstrap.start(ENGLISH)["register"]}
    for parameter in REGISTER:
        if parameter.checked_at == "memory":
            assert "nobody has read it again" in records[parameter.id]["read"]
        else:
            assert records[parameter.id]["read"] == parameter.checked_at

"""The levers and the organisation's numbers as the browser gets them, against the scenario."""

from __future__ import annotations

import json
from typing import Any

import pytest

from simulator import scenario
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.links import names_v2
from simulator.model.quantities import SOURCES, Involvement
from simulator.model.register import BY_ID
from simulator.scenario import (
    SCHEMA_VERSION,
    OrganisationInput,
    PlanInput,
    Scenario,
    ScenarioError,
    walk,
)
from simulator.scenario import levers as rows
from simulator.scenario.dashboard import DRAWN_INSTEAD
from simulator.scenario.organisation import KnownInput
from simulator.scenario.units import UNITS, Unit, unit_of
from tests.support.levers import editor, number_at, set_to
from ui.text import levers
from ui.text.claims import CLAIMS

SHIPPED = [path.stem for path in scenario.shipped()]
PATHS = list(rows.LEVERS)
TAKE, PUT, INVOLVE = (
    {lever.path for lever in group} for group in (rows.TAKE, rows.PUT, rows.INVOLVEMENT)
)


def described() -> dict[str, dict[str, Any]]:
    return {lever["path"]: lever for group in levers.describe(ENGLISH) for lever in group["levers"]}


# --- levers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", [lever.id for lever in rows.INVOLVEMENT])
def test_what_a_lever_needs_beside_its_row_is_there(id: str) -> None:
    """The test that fails for a new lever; it says what is missing, and where."""
    lever = rows.LEVERS[f"plan.involvement.{id}"]
    least, most = lever.number[2:]
    row = f"row of {id} in simulator/scenario/levers.py"
    field = f"a field {id} is missing in"
    frozen = id in names_v2.INVOLVEMENT
    known = set(BY_ID)
    checks = [
        (id in Involvement._fields, f"{field} Involvement, simulator/model/quantities.py"),
        (id in rows.InvolvementInput.model_fields, f"{field} InvolvementInput, under its row"),
        (id in rows.InvolvementPlan.model_fields, f"{field} InvolvementPlan, under its row"),
        (frozen or lever.since > 2, f"{row}: it is new, so since={SCHEMA_VERSION + 1}"),
        (
            lever.since <= SCHEMA_VERSION,
            f"raise SCHEMA_VERSION in simulator/version.py to {lever.since}, and add a step to "
            "simulator/scenario/format_migrations.py",
        ),
        (lever.help.claim in CLAIMS, f"{row}: ui/text/claims.py has no such claim"),
        (known.issuperset(lever.help.assumptions), f"{row}: the register has no such assumption"),
        ((lever.stops[0], lever.stops[-1]) == (least, most), f"{row}: stops from end to end"),
        (
            bool(lever.words.ranges) and lever.words.ranges[0][0] == least,
            f"{row}: words for {least}",
        ),
    ]
    assert [message for fine, message in checks if not fine] == []


def test_every_field_of_involvement_has_a_row() -> None:
    ids = [lever.id for lever in rows.INVOLVEMENT]
    fields = (*Involvement._fields, *rows.InvolvementInput.model_fields)
    assert set(fields) <= set(ids), "give them a row in simulator/scenario/levers.py"


def test_a_unit_that_nobody_has_declared_is_still_shown() -> None:
    assert unit_of("cups per day") == Unit("number", "{value} cups per day", "cups per day", 2)


def test_every_number_has_a_unit_with_words() -> None:
    fields = (*walk.fields(OrganisationInput), *walk.fields(PlanInput))
    used = set(map(walk.unit, fields))
    assert used - {""} <= set(UNITS), "give them a row in simulator/scenario/units.py"


def test_every_number_of_the_plan_has_a_lever() -> None:
    plan = set()
    for name, field in PlanInput.model_fields.items():
        own = getattr(field.annotation, "model_fields", {})
        for leaf in own:
            if leaf != "split":
                shared = leaf if leaf == "share_moved" or name in {"split", "involvement"} else None
                plan.add(f"plan.{name}.{leaf}" if shared else f"plan.*.{leaf}")
    assert set(described()) == plan
    assert len(PATHS) == len(plan)


@pytest.mark.parametrize("path", PATHS)
def test_ends_of_a_lever_are_those_that_a_scenario_allows(path: str, default: Scenario) -> None:
    lever = described()[path]
    for allowed in (lever["min"], lever["max"], lever["stops"][0], lever["stops"][-1]):
        set_to(default, path, allowed)
    beyond = 1.0 if "month" in path else 0.01
    for not_allowed in (lever["min"] - beyond, lever["max"] + beyond):
        with pytest.raises(ScenarioError):
            set_to(default, path, not_allowed)


@pytest.mark.parametrize("path", PATHS)
def test_stops_ascend_from_end_to_end(path: str) -> None:
    lever = described()[path]
    assert lever["stops"] == sorted(set(lever["stops"]))
    assert (lever["stops"][0], lever["stops"][-1]) == (lever["min"], lever["max"])
    assert lever["unit"] in {"share", "minutes", "month", "months"}
    assert "{value}" in lever["reading"]


def test_paths_that_a_lever_names_lead_somewhere(default: Scenario) -> None:
    for path, lever in described().items():
        assert (lever["budget"] is not None) == (path in TAKE)
        assert (lever["today"] is not None) == (path in INVOLVE)
        assert (lever["up_to"] is not None) == path.endswith("start_month")
        for named in (lever["budget"], lever["today"], lever["up_to"]):
            assert named is None or number_at(default, named) >= 0
    assert described()["plan.training.share_moved"]["budget"] == "organisation.budgets.training"
    minutes = described()["plan.involvement.minutes_per_day"]
    assert minutes["today"] == "organisation.involvement.minutes_per_day"
    assert minutes["max"] == 480


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_browser_gets_is_json_with_texts(code: str) -> None:
    for groups, members in (
        (levers.describe(LANGUAGES[code]), "levers"),
        (levers.fields(LANGUAGES[code]), "fields"),
    ):
        assert json.loads(json.dumps(groups, allow_nan=False)) == groups
        for group in groups:
            assert group["label"] and group[members]
            assert all(one["label"] and one["help"] for one in group[members])
            labels = [one["label"] for one in group[members]]
            assert len(set(labels)) == len(labels)


def test_a_plan_that_starts_after_the_horizon_is_told_from_one_that_changes_nothing(
    default: Scenario,
) -> None:
    def started(month: int, involvement: int) -> Scenario:
        return default.changed(
            **{f"plan.{source}.start_month": month for source in SOURCES},
            **{"plan.involvement.start_month": involvement},
        )

    end = default.horizon_months
    assert levers.starts_too_late(started(end, end))
    assert not levers.starts_too_late(started(end - 1, end))
    assert not levers.starts_too_late(started(end, end - 1))
    assert not levers.starts_too_late(scenario.load_shipped("wait-and-see"))
    nothing_moved = started(end - 1, end).changed(
        **{f"plan.{source}.share_moved": 0.0 for source in SOURCES}
    )
    assert levers.starts_too_late(nothing_moved), "a shift of nothing does not start anything"


# --- the organisation's numbers -------------------------------------------------------------------


def leaves(model: Any, prefix: str) -> set[str]:
    paths = set()
    for name, field in model.model_fields.items():
        inner = hasattr(field.annotation, "model_fields")
        paths |= (
            leaves(field.annotation, f"{prefix}.{name}.".rstrip("."))
            if inner
            else {f"{prefix}.{name}"}
        )
    return paths


def test_every_field_of_the_organisation_can_be_edited() -> None:
    assert set(editor()) == leaves(OrganisationInput, "organisation") | {"horizon_months"}


def test_a_field_goes_by_its_label_in_every_language() -> None:
    """Tables that people bring name it by one of them."""
    for field in editor().values():
        assert field["names"][0] == field["label"]
    fields = editor()
    assert {"klant", "leden", "member", "members", "medlemmer"} < set(
        fields["organisation.customers"]["counted"]
    )
    assert {"fte", "employees", "medewerkers"} < set(fields["organisation.employees"]["counted"])
    assert {"hours", "uur", "timer"} < set(fields["organisation.working_hours_per_year"]["counted"])
    assert {"months", "maanden", "mnd"} < set(fields["horizon_months"]["counted"])
    assert fields["organisation.budgets.training"]["counted"] == []
    names = editor()["organisation.budgets.training"]["names"]
    assert names == ["Training", "Opleiding", "Uddannelse"]


def test_bounds_of_a_field_are_those_that_a_scenario_allows(default: Scenario) -> None:
    default = default.changed(**{"organisation.contacts_per_customer": 0})  # costs fit then
    for path, field in editor().items():
        if field["kind"] in {"text", "currency", "noun"}:
            continue
        kind = int if field["whole"] else float
        default.changed(**{path: kind(field["max"])})
        default.changed(**{path: kind(field["min"])})
        for beyond in (field["min"] - 1, field["max"] * 1.01 + 1):
            with pytest.raises(ScenarioError):
                default.changed(**{path: kind(beyond)})


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
def test_what_is_known_of_service_is_a_group_with_a_note(language: Language) -> None:
    fields = [field for group in levers.fields(language) for field in group["fields"]]
    optional = [field for field in fields if field["optional"]]
    known = [f"organisation.known.{name}" for name in KnownInput.model_fields]
    assert [field["path"] for field in optional] == known
    (group,) = (group for group in levers.fields(language) if group["fields"][:1] == optional[:1])
    assert group["fields"] == optional and group["note"]
    assert {field["drawn"] for field in fields if not field["optional"]} == {""}


def test_a_field_left_empty_says_what_is_drawn_instead() -> None:
    drawn = {path: field["drawn"] for path, field in editor().items() if field["optional"]}
    worked_out = {"centre_contact_cost", "participating_share"}
    for name, assumption in DRAWN_INSTEAD.items():
        if name in worked_out:
            continue
        text, parameter = drawn[f"organisation.known.{name}"], BY_ID[assumption]
        assert f"“{parameter.label}”, grade {parameter.grade}" in text
    assert "from 3% to 15%" in drawn["organisation.known.given_up_share"]
    assert "from 46% to 100% " in drawn["organisation.known.social_contact_cost"]
    below = [path for path, text in drawn.items() if "Below 0%" in text]
    assert below == ["organisation.known.community_answered_share"]
    assert "from -14% to 29%" in drawn["organisation.known.community_answered_share"].replace(
        "\u2212", "-"
    )
    for name in worked_out:
        assert "worked out from" in drawn[f"organisation.known.{name}"]


def test_texts_of_the_organisation_say_their_limits(default: Scenario) -> None:
    name = editor()["organisation.name"]
    default.changed(**{"organisation.name": "x" * name["longest"]})
    for length in (name["shortest"] - 1, name["longest"] + 1):
        with pytest.raises(ScenarioError):
            default.changed(**{"organisation.name": "x" * length})
    assert editor()["organisation.currency"]["pattern"] == "^[A-Z]{3}$"


def test_units_name_the_currency_only_by_a_placeholder() -> None:
    for path, field in editor().items():
        if field["kind"] == "money":
            assert "{currency}" in field["unit"], path
        elif field["kind"] == "share":
            assert field["unit"].startswith("%"), path


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_organisations_are_within_what_the_editor_allows(name: str) -> None:
    shipped = scenario.load_shipped(name)
    for path, field in editor().items():
        if field["kind"] in {"text", "currency", "noun"}:
            continue
        value = number_at(shipped, path)
        assert field["optional"] if value is None else field["min"] <= value <= field["max"]


def test_only_what_is_known_of_service_may_be_left_empty(default: Scenario) -> None:
    """Then it says what is drawn instead."""
    for path, field in editor().items():
        if field["kind"] in {"text", "currency", "noun"}:
            continue
        assert field["optional"] == path.startswith("organisation.known."), path
        assert bool(field["drawn"]) == field["optional"]
        if field["optional"]:
            assert number_at(default.changed(**{path: None}), path) is None
        else:
            with pytest.raises(ScenarioError):
                default.changed(**{path: None})


def test_an_organisation_of_one_is_told_that_it_has_no_colleagues() -> None:
    fields = [field for group in levers.fields(ENGLISH) for field in group["fields"]]
    (told,) = (field for field in fields if field["caution"])
    assert told["path"] == "organisation.employees"
    assert told["min"] < told["caution"]["below"] == 2.0
    assert "no colleagues" in told["caution"]["text"]

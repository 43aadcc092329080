"""The JSON schema is of today, and refuses what the parser refuses."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from simulator.model.register import BY_ID
from simulator.scenario import SCHEMA_FILE, SCHEMA_VERSION, json_schema, problems
from tests.support.scenario_content import example, put, text


def test_the_schema_on_disk_is_up_to_date() -> None:
    path = Path(__file__).parent.parent.parent / "scenarios" / SCHEMA_FILE
    assert path.read_text(encoding="utf-8") == json.dumps(json_schema(), indent=2) + "\n", (
        "run: python3 dev.py refresh"
    )


def test_the_schema_is_a_schema_and_every_number_has_a_unit() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == SCHEMA_FILE and schema["title"] and schema["description"]
    for name, part in {**schema["$defs"], "Scenario": schema}.items():
        for field, content in part["properties"].items():
            assert content.get("description") or "$ref" in content, (name, field)
            kinds = {content.get("type"), *(one.get("type") for one in content.get("anyOf", ()))}
            is_number = kinds & {"number", "integer"}
            of_many_units = name in {"RangeInput", "EstimateInput"}
            if is_number and not of_many_units and field != "schema_version":
                assert content["unit"], (name, field)
    assert set(schema["properties"]["assumptions"]["properties"]) == set(BY_ID)
    schema["title"] = "changed"
    assert json_schema()["title"] != "changed"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema_version", SCHEMA_VERSION + 1),
        ("name", ""),
        ("nonsense", 1),
        ("results.nonsense", 1),
        ("results.draws", 0),
        ("results.model_version", "1"),
        ("results.roi", {"low": 1, "central": 2}),
        ("results.payback_month.high", "never"),
        ("organisation.customers", 0),
        ("organisation.revenue_per_customer", 0),
        ("organisation.currency", "eur"),
        ("plan.training.share_moved", 1.1),
        ("plan.training.start_month", 0.5),
        ("plan.involvement.openness", -0.1),
        ("plan.split.savings", None),
        ("assumptions.nonsense", 1),
        ("assumptions.natural_reach", 2),
        ("assumptions.natural_reach", {"low": 0, "central": 0.1, "high": 2}),
        ("assumptions.natural_reach", {"low": 0, "central": 0.1}),
        ("assumptions.natural_reach", "0.1"),
    ],
)
def test_the_schema_refuses_what_the_parser_refuses(path: str, value: object) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    assert validator.is_valid(example())
    content = put(example(), path, value)
    assert not validator.is_valid(content)
    assert problems(text(content)) != []

"""The JSON schema of a scenario file, for editors and other programs."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from simulator.model.register import REGISTER, Parameter
from simulator.scenario.json_text import PRODUCT, SCHEMA_FILE, STARTED_FROM, WRITTEN_BY
from simulator.scenario.models import Scenario


def _assumption_schema(parameter: Parameter) -> dict[str, object]:
    bounds = {"minimum": parameter.least, "maximum": parameter.most}
    return {
        "description": f"{parameter.meaning} ({parameter.unit}).",
        "unit": parameter.unit,
        "anyOf": [{"type": "number"}, {"$ref": "#/$defs/RangeInput"}],
        **bounds,
        "additionalProperties": bounds,
    }


@cache
def _schema_text() -> str:
    schema = Scenario.model_json_schema()
    schema["properties"] = {
        "$schema": {"type": "string", "description": "Where this schema is; not used."},
        WRITTEN_BY: {"description": f"What wrote the file, such as {PRODUCT}; not used."},
        STARTED_FROM: {
            "type": "object",
            "description": "What the plan started from: the fields that have another value there.",
        },
        **schema["properties"],
    }
    schema["properties"]["assumptions"] |= {
        "properties": {parameter.id: _assumption_schema(parameter) for parameter in REGISTER},
        "additionalProperties": False,
    }
    return json.dumps(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": SCHEMA_FILE,
            **schema,
        }
    )


def json_schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of a scenario file; every number has its ``unit``.

    Sums of shares and the order within a range are beyond what a schema can say; :func:`parse`
    checks them.
    """
    schema: dict[str, Any] = json.loads(_schema_text())
    return schema

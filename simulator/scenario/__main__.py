"""``python -m simulator.scenario``: write the schema of scenario files again."""

import json

from simulator import paths
from simulator.scenario import SCHEMA_FILE, json_schema

if __name__ == "__main__":
    text = json.dumps(json_schema(), indent=2) + "\n"
    (paths.scenarios_dir() / SCHEMA_FILE).write_text(text, encoding="utf-8")

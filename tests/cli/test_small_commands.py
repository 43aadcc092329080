"""``check``, ``schema``, ``parameters``, ``app``, ``validate`` and the version."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from simulator import cli, results
from simulator.model import register
from simulator.validation import CASES, validate
from simulator.version import MODEL_VERSION, VERSION
from tests.support.commands import ROOT, SHIPPED, Printed, command

# --- check, schema, parameters -------------------------------------------------------------------


def test_check_tells_every_problem_of_every_file(
    bad_files: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    two, broken, missing = bad_files
    files = (str(two), str(SHIPPED), str(broken), str(missing), "wait-and-see")
    assert cli.main(["check", *files]) == 1
    out, err = capsys.readouterr()
    assert out == f"{SHIPPED}: ok\nwait-and-see: ok\n"
    lines = err.splitlines()
    assert [line.rpartition(": found")[0] for line in lines] == [
        f"{two}: organisation.annual_churn",
        f"{two}: plan.training.share_moved",
        str(broken),
        str(missing),
    ]
    assert all("found" in line and "allowed" in line for line in lines)


def test_check_is_content_with_all_shipped_scenarios(printed_here: Printed) -> None:
    files = sorted(map(str, (ROOT / "scenarios").glob("*[a-z].json")))
    files = [file for file in files if not file.endswith(".schema.json")]
    assert len(printed_here("check", *files).splitlines()) == len(files)


def test_schema_is_that_of_scenarios(printed_here: Printed) -> None:
    import jsonschema

    schema = json.loads(printed_here("schema"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(SHIPPED.read_text(encoding="utf-8")), schema)


def test_parameters_in_all_formats(printed_here: Printed) -> None:
    ids = [entry.id for entry in register.REGISTER]
    text = printed_here("parameters").decode().splitlines()
    assert [line.split()[0] for line in text[2:] if line] == ids
    table = printed_here("parameters", "--format", "csv").decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["id"] for row in rows] == ids
    listed = json.loads(printed_here("parameters", "--format", "json"))["parameters"]
    for row, entry, parameter in zip(rows, listed, register.REGISTER, strict=True):
        assert set(row) == set(entry)
        assert float(row["central"]) == entry["central"] == parameter.central
        assert row["citation"] == entry["citation"] == parameter.citation


@pytest.mark.parametrize("arguments", [["check", "balanced-shift"], ["parameters"]])
def test_no_engine_for_what_does_not_simulate(arguments: list[str]) -> None:
    code = (
        "import sys; from simulator.cli import main; main(sys.argv[1:]); "
        "sys.exit('numba' in sys.modules or 'scipy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, cwd=ROOT)
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["run", "compare"])
def test_the_default_number_of_draws_is_that_of_the_interface(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([name, "--help"]) == 0
    words = " ".join(capsys.readouterr().out.split())
    assert f"(default: {results.DEFAULT_DRAWS})" in words


def test_check_passes_over_the_schema_that_lies_among_the_scenarios(printed_here: Printed) -> None:
    out = printed_here("check", *map(str, sorted((ROOT / "scenarios").glob("*.json"))))
    assert b"scenario.schema.json: the schema, no scenario" in out


# --- opening the app ------------------------------------------------------------------------------


def test_app_hands_its_options_to_streamlit() -> None:
    done = command("app", "--no-such-option", "1")
    assert done.returncode == 2
    assert "No such option" in done.stderr.decode() and "--no-such-option" in done.stderr.decode()


def test_versions_are_told() -> None:
    words = command("--version").stdout.decode()
    assert words.split() == ["budget-shift", f"{VERSION},", "model", MODEL_VERSION]


# --- validate ------------------------------------------------------------------------------------


def test_the_cases_are_told_whatever_comes_of_them(printed_here: Printed) -> None:
    text = printed_here("validate", "--draws", "64").decode()
    assert "Checked against the world; 64 draws" in text
    assert all(case.title in text for case in CASES)
    assert "cannot be compared" in text and "differs" in text


def test_the_cases_as_json(printed_here: Printed) -> None:
    content = json.loads(printed_here("validate", "--draws", "64", "--json"))
    rows = [row for case in content["cases"] for row in case["comparisons"]]
    report = validate(64)
    assert [row["verdict"] for row in rows] == [one.verdict for one in report.outcomes]
    assert [row["p95"] for row in rows] == [one.band and one.band.high for one in report.outcomes]
    counts = [content[key] for key in ("agrees", "differs", "not_comparable")]
    assert sum(counts) == len(rows)
    section = (ROOT / "docs" / "CLI.md").read_text("utf-8").partition("### Of `validate`")[2]
    for key in (*rows[0], *content["cases"][0], *(set(content) - {"format", "model_version"})):
        assert f"`{key}`" in section, f"docs/CLI.md says nothing of {key}"


def test_too_few_draws_for_a_band_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["validate", "--draws", "19"]) == 2
    assert "from 20 to" in capsys.readouterr().err


# --- export ---------------------------------------------------------------------------------------


def test_export_writes_the_model_with_the_numbers_of_the_scenario(
    tmp_path: Path, printed_here: Printed
) -> None:
    target = tmp_path / "model.xmile"
    assert printed_here("export", "balanced-shift", "--to", "xmile", "--out", str(target)) == b""
    text = target.read_text(encoding="utf-8")
    assert text.startswith("<?xml") and "<name>A balanced shift</name>" in text
    assert text == printed_here("export", str(SHIPPED), "--to", "xmile").decode()


def test_export_writes_the_equations_and_the_map(printed_here: Printed) -> None:
    page = printed_here("export", "balanced-shift", "--to", "mathml").decode()
    assert page.startswith("<?xml") and "<math " in page
    content = json.loads(printed_here("export", "balanced-shift", "--to", "map"))
    assert content["model_version"] == MODEL_VERSION
    assert {"nodes", "links", "loops"} <= content.keys()

"""The README's examples run and say what it claims."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


PYTHON, ANALYSTS = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
"""The examples for Python: the interface, and tables and figures for analysts."""


def test_the_python_example_runs(capsys: object) -> None:
    exec(compile(PYTHON, "README.md", "exec"), {})


def test_the_example_for_analysts_runs_and_has_the_columns_that_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(compile(ANALYSTS, "README.md", "exec"), names)
    for name in ("customers", "figures", "every_draw"):
        (columns,) = re.findall(rf"^{name} = .*  # (.*)$", ANALYSTS, flags=re.MULTILINE)
        assert list(names[name]) == columns.split(", ")
    worth = names["forecast"].headline.net_present_value
    line = rf"net_present_value\s+{worth.low:.0f}\.0\s+{worth.central:.0f}\.0\s+{worth.high:.0f}\.0"
    assert re.search(line, capsys.readouterr().out)
    assert "plotly" in (tmp_path / "customers.html").read_text(encoding="utf-8").lower()


def test_every_local_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), f"README links to {target}, which does not exist"


def test_every_direct_dependency_is_explained() -> None:
    direct = (ROOT / "requirements.txt").read_text(encoding="utf-8").partition("\n\n")[0]
    for name in re.findall(r"^([A-Za-z][\w-]*)==", direct, flags=re.MULTILINE):
        assert re.search(rf"\b{re.escape(name)}\b", README), f"{name} has no reason in the README"

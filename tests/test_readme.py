"""The README's examples print what it says, its links lead somewhere, nothing is left out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support import readme
from tests.support.readme import Example

ROOT = readme.ROOT
README = readme.README.read_text(encoding="utf-8")
DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
EXAMPLES = [example for _, content in readme.examples(README) for example in content]


def test_there_are_examples_for_the_command_line_and_for_python() -> None:
    languages = [example.language for example in EXAMPLES]
    assert languages.count("console") >= 8 and languages.count("python") == 2
    assert sum(bool(example.shown) for example in EXAMPLES) >= 5


@pytest.mark.slow
@pytest.mark.parametrize("page", readme.PAGES, ids=lambda page: page.name)
def test_the_examples_print_what_the_page_says(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert readme.refreshed(text) == text, "run: python3 dev.py refresh"


def test_an_example_that_prints_something_else_is_noticed(tmp_path: Path) -> None:
    assert Example("python", "print(1)\n", "2\n").printed(tmp_path) == "1\n"
    assert Example("console", "echo 1; echo 2; echo 3", "x\n...\n").printed(tmp_path) == "1\n...\n"
    with pytest.raises(AssertionError, match="exit 3"):
        Example("console", "exit 3", "").printed(tmp_path)


def test_a_command_of_ours_runs_as_in_a_shell(tmp_path: Path) -> None:
    def printed(source: str) -> str:
        return Example("console", f"{readme.OURS}{source}", "").printed(tmp_path)

    (tmp_path / "name").write_text("balanced-shift", encoding="utf-8")
    assert printed('check "$(cat name)"') == "balanced-shift: ok\n"
    assert printed("check balanced-shift > said") == ""
    assert (tmp_path / "said").read_text(encoding="utf-8") == "balanced-shift: ok\n"
    with pytest.raises(AssertionError, match="nowhere"):
        printed("check nowhere.json")


def test_the_frames_have_the_columns_that_the_readme_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = EXAMPLES[-1].source
    names: dict[str, Any] = {}
    exec(compile(source, "README.md", "exec"), names)
    for name in ("customers", "every_draw"):
        (columns,) = re.findall(rf"^{name} = .*  # (.*)$", source, flags=re.MULTILINE)
        assert list(names[name]) == columns.split(", ")
    assert "plotly" in (tmp_path / "customers.html").read_text(encoding="utf-8").lower()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", *sorted(DOCS)])
def test_every_local_link_leads_somewhere(name: str) -> None:
    path = ROOT / name if (ROOT / name).exists() else ROOT / "docs" / name
    targets = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    for target in targets:
        assert (path.parent / target).exists(), f"{name} links to {target}, which does not exist"
    assert targets or name not in ("README.md", "CONTRIBUTING.md")


def test_the_readme_leads_to_every_document() -> None:
    assert [name for name in DOCS if f"(docs/{name})" not in README] == []


def test_every_direct_dependency_is_explained() -> None:
    direct = (ROOT / "requirements.txt").read_text(encoding="utf-8").partition("\n\n")[0]
    names = re.findall(r"^([A-Za-z][\w-]*)(?:\[[\w,]+\])?==", direct, flags=re.MULTILINE)
    assert {"streamlit", "psycopg"} <= set(names) and direct.count("\n") >= len(set(names))
    for name in names:
        assert re.search(rf"\b{re.escape(name)}\b", DOCS["DEPENDENCIES.md"]), (
            f"{name} has no reason in docs/DEPENDENCIES.md"
        )


def test_every_environment_variable_is_documented() -> None:
    sources = [*(ROOT / "simulator").rglob("*.py"), *(ROOT / "ui").rglob("*.py"), ROOT / "dev.py"]
    sources += [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]
    pattern = r"""["'](SIMULATOR_[A-Z_]+|DATABASE_URL|HYPOTHESIS_[A-Z_]+)["']"""
    names = {name for path in sources for name in re.findall(pattern, path.read_text("utf-8"))}
    assert {"DATABASE_URL", "SIMULATOR_CACHE_DIR", "SIMULATOR_BROWSER"} <= names
    papers = DOCS["DEPLOYMENT.md"] + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [name for name in sorted(names) if f"`{name}" not in papers] == []

"""The recipes of docs/CHANGING.md name what is there, and there is one for whatever is declared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "CHANGING.md").read_text(encoding="utf-8")
RECIPES = dict(part.split("\n", 1) for part in TEXT.partition("## Recipes")[2].split("\n### ")[1:])
THINGS = (
    "An assumption",
    "A lever",
    "An outcome",
    "A headline figure",
    "A kind of chart",
    "An analysis",
    "A language",
    "A page",
    "A route",
)


def test_there_is_a_recipe_for_everything_that_is_declared_once() -> None:
    assert [thing for thing in THINGS if thing not in RECIPES] == []


@pytest.mark.parametrize("thing", RECIPES)
def test_a_recipe_names_files_that_are_there(thing: str) -> None:
    names = re.findall(r"`((?:simulator|ui|tests|docs|scenarios)/[\w./*-]+)`", RECIPES[thing])
    for name in names:
        assert any(ROOT.glob(name)) if "*" in name else (ROOT / name).exists(), name
    assert names, "a recipe without a place helps nobody"


@pytest.mark.parametrize(
    ("thing", "names"),
    [
        ("A lever", ["simulator/scenario/levers.py:LEVERS"]),
        ("An outcome", ["simulator/results/catalogue.py:OUTCOMES"]),
        ("A headline figure", ["simulator/model/figures.py:FIGURES"]),
        ("A language", ["simulator/i18n/language.py:LANGUAGES"]),
        ("A page", ["ui/pages.py:PAGES"]),
        ("A command", ["simulator/cli/main.py:COMMANDS"]),
    ],
)
def test_a_recipe_leads_to_the_declaration(thing: str, names: list[str]) -> None:
    for name in names:
        file, _, table = name.partition(":")
        assert f"`{file}`" in RECIPES[thing]
        assert re.search(rf"^{table}\b", (ROOT / file).read_text("utf-8"), flags=re.MULTILINE)


def test_the_layout_names_every_package() -> None:
    layout = TEXT.partition("```")[2].partition("```")[0]
    for room in ("simulator", "ui"):
        folders = {path.name for path in (ROOT / room).iterdir() if any(path.glob("*.*"))}
        missing = [name for name in folders if name != "__pycache__" and f"{name}/" not in layout]
        assert missing == [], f"docs/CHANGING.md says nothing of {missing} in {room}/"

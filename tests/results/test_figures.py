"""The headline figures: each is declared once, and known wherever figures are."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from pathlib import Path
from typing import get_type_hints

import pytest
from pydantic import ValidationError

from simulator import links
from simulator.analyses.comparison import HEADLINE_ROWS
from simulator.model.figures import FIGURES, Figure
from simulator.model.register import BY_ID
from simulator.results import Estimate, Headline
from simulator.scenario import ResultsInput, saved_results
from ui.text.claims import CLAIMS

ROOT = Path(__file__).resolve().parent.parent.parent
ROWS = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)


@ROWS
def test_the_type_of_a_figure_is_what_is_worked_out(figure: Figure) -> None:
    assert (figure.in_draws is None) != (figure.over_draws is None)
    assert get_type_hints(Headline)[figure.id] == (Estimate if figure.in_draws else float)


@ROWS
def test_what_is_on_the_strip_has_help(figure: Figure) -> None:
    assert (figure.help is None) == (figure.in_draws is None)
    if figure.help:
        assert figure.help.claim in CLAIMS
        assert set(figure.help.assumptions) <= BY_ID.keys()


def test_no_two_figures_share_a_name() -> None:
    for name in ("label", "link", "meaning"):
        assert len({getattr(figure, name) for figure in FIGURES.values()}) == len(FIGURES), name


def test_comparisons_files_and_links_know_every_figure() -> None:
    assert [row for row in HEADLINE_ROWS if not HEADLINE_ROWS[row].at_end] == list(FIGURES)
    assert list(ResultsInput.model_fields)[2:] == list(FIGURES)
    assert {figure.link for figure in FIGURES.values()} == {
        name for name in links.names() if name.startswith("was.")
    }


def test_every_file_of_this_format_has_the_figures_that_it_began_with() -> None:
    required = {name for name, field in ResultsInput.model_fields.items() if field.is_required()}
    assert required == {"model_version", "draws", *saved_results.IN_EVERY_FILE}
    for name in saved_results.IN_EVERY_FILE:
        assert name in FIGURES


def test_a_file_that_is_older_than_a_figure_stays_as_it_is() -> None:
    later = replace(FIGURES["roi"], id="later", link="was.later")
    model = saved_results.results_model([*FIGURES.values(), later])
    estimate = {"low": 1.0, "central": 2.0, "high": 3.0}
    figures = {row.id: estimate if row.in_draws else 0.5 for row in FIGURES.values()}
    old = {"model_version": "1.0.0", "draws": 64, **figures}
    for content in (old, {**old, "later": estimate}):
        assert model.model_validate(content).model_dump(mode="json") == content
    with pytest.raises(ValidationError):
        model.model_validate({**old, "later": None})
    for name in saved_results.IN_EVERY_FILE:
        with pytest.raises(ValidationError):
            model.model_validate({key: value for key, value in old.items() if key != name})


def test_the_model_s_document_tells_of_every_figure() -> None:
    document = (ROOT / "docs" / "MODEL.md").read_text(encoding="utf-8")
    for figure in FIGURES.values():
        assert figure.label in document, f"docs/MODEL.md does not mention: {figure.label}"


def test_no_other_file_names_a_figure_anew() -> None:
    """Labels stand in one file: whoever needs one takes it from there."""
    home = Path(inspect.getfile(Headline))
    for folder in ("simulator", "ui"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            text = file.read_text(encoding="utf-8")
            again = [
                figure.label
                for figure in FIGURES.values()
                if re.search(f'"{re.escape(figure.label)}"', text)
            ]
            assert file == home or not again, f"{file.relative_to(ROOT)}: {again}"

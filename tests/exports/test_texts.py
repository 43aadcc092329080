"""Texts in exports: those that people typed do no harm, and ours are translated."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import exports
from simulator.analyses.comparison import Comparison
from simulator.exports import csv_text, workbook
from simulator.model.register import REGISTER
from simulator.scenario import Scenario
from tests.support.comparisons import DEFAULT
from tests.support.examples import examples
from tests.support.workbooks import (
    WHEN,
    charts_of,
    mixed_comparison,
    plain_comparison,
    sheets_of,
)

HOSTILE = ("=1+1", "+A1", "-2", "@SUM(A1)", " =x", "\uff1d1", "<r><t>x</t></r>", "<r>&</r>")

# --- texts that people typed ---------------------------------------------------------------------


def _named(name: str) -> Comparison:
    """The same numbers under a hostile name."""
    known = plain_comparison()
    update = {"name": name, "author": name}
    organisation = DEFAULT.organisation.model_copy(update={"name": name})
    renamed = known.scenarios[0].model_copy(update={**update, "organisation": organisation})
    return Comparison(
        (renamed, *known.scenarios[1:]),
        known.draws,
        known.seed,
        known.months,
        known.sides,
        known.headlines,
        known.letters,
        known.taken,
    )


def _formulas(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        sheets = [one for one in file.namelist() if one.startswith("xl/worksheets/sheet")]
        return sum(file.read(one).count(b"<f>") for one in sheets)


@pytest.mark.parametrize("name", [*HOSTILE, "_x0041_", "'", "a\ufffeb", "x" * 80, "{currency}"])
def test_no_text_is_a_formula_a_link_or_markup(name: str) -> None:
    content = workbook(_named(name), WHEN, outcomes=["trust", "cumulative_value"])
    assert _formulas(content) == 0
    sheets = sheets_of(content)
    cell = sheets["Headline"]["C1"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    shown = str(cell.value).rstrip() if name.startswith("<r>") else cell.value
    assert shown == name.replace("\ufffe", "\ufffd")
    assert sheets["About"]["A10"].value == cell.value
    assert charts_of(content)  # still well-formed


TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=80)


@examples(5)
@given(TEXTS)
def test_any_text_makes_a_sound_workbook(name: str) -> None:
    content = workbook(_named(name), WHEN, outcomes=["trust"])
    assert _formulas(content) == 0
    assert isinstance(sheets_of(content)["Headline"]["C1"].value, str)


@examples(20)
@given(st.one_of(st.sampled_from(HOSTILE), TEXTS))
def test_no_cell_of_the_csv_is_a_formula(name: str) -> None:
    text = csv_text(_named(name), outcomes=())
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    names = {row["scenario"] for row in rows}
    assert len(names - {"Carrying on"}) <= 3 and {name, f"'{name}"} & names
    for row in rows:
        for key in ("item", "scenario", "against"):
            assert row[key].lstrip()[:1] not in {*"=+-@\uff1d\uff0b\uff0d\uff20"}


# --- languages -----------------------------------------------------------------------------------


def test_every_text_of_ours_is_translated_and_listed() -> None:
    """Everything but names, codes, units of no words and numbers comes out of ``translate``."""
    known, translated = {*exports.texts()}, set()

    def shout(text: str) -> str:
        translated.add(text)
        return text.upper().replace("{CURRENCY}", "{currency}")

    texts: set[str] = set()
    for comparison in (plain_comparison(), mixed_comparison()):
        book = sheets_of(workbook(comparison, WHEN, translate=shout, noun=str.upper))
        texts |= {
            cell.value
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str)
        }
        assert book.sheetnames[0] == "ANSWER"
        rows = csv.DictReader(
            io.StringIO(csv_text(comparison, translate=shout, noun=str.upper), newline="")
        )
        texts |= {row[key] for row in rows for key in ("item", "unit")}
    assert translated <= known
    typed = _typed(plain_comparison().scenarios) | _typed(mixed_comparison().scenarios)
    lower = {one for one in texts - typed if one != one.upper()}
    assert lower == set()


def _typed(scenarios: tuple[Scenario, ...]) -> set[str]:
    names = {
        text
        for one in scenarios
        for text in (one.name, one.organisation.name, one.author, one.notes)
    }
    codes = {one.organisation.currency for one in scenarios}
    heads = names | {f"{name} ({code})" for name in names for code in codes}
    organisations = ", ".join(dict.fromkeys(one.organisation.name for one in scenarios))
    sources = {one.citation for one in REGISTER}
    heads |= {organisations, *sources}
    return heads | {f"{name}: {then}" for name in heads for then in ("TODAY", "WITH THE PLAN")}


def test_sheet_names_are_what_excel_takes() -> None:
    book = sheets_of(
        workbook(plain_comparison(), WHEN, outcomes=(), translate=lambda text: f"[{text}]*" * 9)
    )
    assert len(set(book.sheetnames)) == 9
    for name in book.sheetnames:
        assert 0 < len(name) <= 31 and not {*r"[]:*?/\'"} & {*name}
    same = sheets_of(
        workbook(plain_comparison(), WHEN, outcomes=(), translate=lambda text: "always")
    )
    assert len(set(same.sheetnames)) == 9

"""Comparisons that are exported, and what is read from the files."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from functools import cache
from typing import Any
from xml.etree import ElementTree

import openpyxl

from simulator import scenario
from simulator.analyses.comparison import Comparison, compare
from tests.support.comparisons import DEFAULT, GOOD, IDLE

WHEN = datetime(2026, 11, 22)
DEEP = scenario.load_shipped("too-deep-too-fast")
MUNICIPALITY = scenario.load_shipped("municipality-citizens")


@cache
def plain_comparison() -> Comparison:
    return compare(GOOD, DEEP, IDLE, draws=16)


@cache
def mixed_comparison() -> Comparison:
    """Of different organisations, currencies, horizons and worlds."""
    crowns = MUNICIPALITY.changed(**{"organisation.currency": "DKK", "horizon_months": 24})
    return compare(DEFAULT, crowns, DEEP, draws=16)


def sheets_of(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(sheet: Any) -> list[list[Any]]:
    return [[cell or (0 if cell == 0 else None) for cell in row] for row in sheet.values]


def row_of(sheet: Any, *start: object, nth: int = 0) -> list[Any]:
    """The row that starts like this; ``nth`` if there are several."""
    matches = [row for row in rows_of(sheet) if row[: len(start)] == list(start)]
    return matches[nth]


def charts_of(content: bytes) -> list[ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = sorted(one for one in file.namelist() if one.startswith("xl/charts/chart"))
        return [ElementTree.fromstring(file.read(one)) for one in names]  # noqa: S314 - our own


SPACE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"

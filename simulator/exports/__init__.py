"""A comparison to take away: as a spreadsheet with native charts, and as CSV. Pure.

Texts that people typed are data in both: never a formula, a link or markup. Every text of ours goes
through ``translate``, a function from an English text to one in another language; :func:`texts`
lists them.
"""

from simulator.exports.csv_table import CSV_HEADER, csv_text
from simulator.exports.dialect import PLAIN, Dialect, csv_table, dialect
from simulator.exports.texts import texts
from simulator.exports.xlsx import workbook

__all__ = [
    "CSV_HEADER",
    "PLAIN",
    "Dialect",
    "csv_table",
    "csv_text",
    "dialect",
    "texts",
    "workbook",
]

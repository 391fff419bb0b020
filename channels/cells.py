"""Rows for spreadsheets: nothing in them is ever run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def harmless(row: Sequence[object]) -> list[str]:
    """A cell that begins like a formula, after spaces too, would be run by a spreadsheet (CWE-1236)."""
    cells = ["" if cell is None else ILLEGAL_CHARACTERS_RE.sub("", str(cell)) for cell in row]
    return [f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell for cell in cells]


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(columns)
    writer.writerows(harmless(row) for row in rows)
    # The mark tells Excel that the file is UTF-8.
    return b"\xef\xbb\xbf" + sheet.getvalue().encode()


def xlsx_of(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[object]]]]) -> bytes:
    """Each sheet: its name, its columns, its rows."""
    book = Workbook(write_only=True)
    for name, columns, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.append(list(columns))
        for row in rows:
            # An empty cell costs as much as a full one, and most of a guide are.
            sheet.append([cell or None for cell in harmless(row)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()

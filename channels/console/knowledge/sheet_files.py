"""XLSX and CSV as rows. Nothing in them is run, and a small file that unpacks into a huge one is refused."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from service_hall.publishing.sheets import COLUMNS, TABLE_NAMES, Row, Table, column_of

MOST_UNPACKED_BYTES = 128 * 1024 * 1024
MOST_COLUMNS = 100
"""Ours have a fraction of it. A cell in column XFD makes each row 16,384 cells wide."""
_LAST_LINE = 1_048_576
"""Of any sheet. What a sheet says of its own size may be wrong, and would leave out what comes after."""
_LINES_A_ROW = 2
"""As many lines may be empty as there may be rows. A cell in the last line of a sheet makes a million of them."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


class SheetUnreadable(ValueError):
    """One Chinese sentence."""


def rows_in(name: str, content: bytes, most_bytes: int, most_rows: int) -> list[Row]:
    if len(content) > most_bytes:
        raise SheetUnreadable(f"文件太大，最多{most_bytes // 1024 // 1024}MB，请分几个文件。")
    rows: list[Row] = []
    found = _of_xlsx(content, _LINES_A_ROW * most_rows) if content.startswith(b"PK") else _of_csv(content)
    for row in found:
        rows.append(row)
        if len(rows) > most_rows:
            raise SheetUnreadable(f"行太多，最多{most_rows}行，请分几个文件。")
    if not rows:
        raise SheetUnreadable(f"“{name}”里没有内容；第一行要是模板里的标题。")
    return rows


def _of_xlsx(content: bytes, most_lines: int) -> Iterator[Row]:
    """`most_lines`: of all its sheets together, empty ones too."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED_BYTES:
                raise SheetUnreadable("文件解开后太大，请分几个文件。")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except SheetUnreadable:
        raise
    except Exception as fault:  # openpyxl raises whatever the broken file makes it stumble over
        raise _unreadable() from fault
    tables = {name: table for table, name in TABLE_NAMES.items()} | {table.value: table for table in Table}
    numbers = iter(range(1, most_lines + 1))
    for sheet in book.worksheets:
        yield from _rows(tables.get(sheet.title), _lines_of(sheet, numbers))


def _lines_of(sheet: Worksheet, numbers: Iterator[int]) -> Iterator[Sequence[object]]:
    """They are read as they are asked for, and so may turn out to be broken as late. `numbers`: of the lines that may
    still come."""
    try:
        for line in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS, max_row=_LAST_LINE):
            if next(numbers, None) is None:
                raise SheetUnreadable("行太多，空行也算；请删掉末尾的空行，或者分几个文件。")
            yield line
    except SheetUnreadable:
        raise
    except Exception as fault:
        raise _unreadable() from fault


def _unreadable() -> SheetUnreadable:
    return SheetUnreadable("这个文件打不开，请另存为 XLSX 再试。")


def _of_csv(content: bytes) -> Iterator[Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", "replace")  # what Excel in Chinese saves
    try:
        yield from _rows(None, csv.reader(io.StringIO(text), strict=True))
    except csv.Error as fault:
        raise SheetUnreadable("这个 CSV 的引号不成对，请用模板另存一份。") from fault


def _rows(table: Table | None, lines: Iterable[Sequence[object]]) -> Iterator[Row]:
    """`table` None: as its headings say."""
    columns: list[str] = []
    for number, line in enumerate(lines, start=1):
        cells = [_text(cell) for cell in (line[: len(columns)] if number > 1 else line)]
        if number == 1:
            columns = [column_of(cell) for cell in cells]
            while columns and not columns[-1]:
                columns.pop()
            table = table or _table_of(columns)
            if strangers := [each for each in columns if each and each not in COLUMNS[table]]:
                raise SheetUnreadable(f"“{TABLE_NAMES[table]}”没有这些列：{'、'.join(strangers[:5])}。")
        elif table and any(cells):
            yield Row(table, number, {name: cell for name, cell in zip(columns, cells, strict=False) if name})


def _table_of(columns: Sequence[str]) -> Table:
    if "question" in columns:
        return Table.QUESTIONS
    if "statement_id" in columns:
        return Table.STATEMENTS
    if "guide_id" in columns:
        return Table.GUIDES
    raise SheetUnreadable("第一行不是标题，请用模板来填。")


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
    text = str(cell).strip()
    # As our own sheets write what would begin like a formula.
    return text[1:] if text.startswith("'") and text[1:].lstrip().startswith(_FORMULA) else text

"""XLSX and CSV as rows. Nothing in them is run, and a small file that unpacks into a huge one is refused."""

from __future__ import annotations

import csv
import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from channels.console.shell.forms import has_controls

MOST_UNPACKED_BYTES = 64 * 1024 * 1024
MOST_COLUMNS = 100
"""Ours have a fraction of it. A cell in column XFD makes each row 16,384 cells wide."""
MOST_STRINGS = 400_000
"""Texts that cells share: reading two million of them takes a minute, and they pack into 80 KB."""
MOST_LINES_WRITTEN = 400_000
"""Rows that stand in the file, empty ones too."""
MOST_TAGS = 200_000
"""From one row or text to the next: 16,384 cells, the widest that a spreadsheet has, of ten tags each. Each is an
object in memory until the row ends, and a million of them pack into a kilobyte."""
MOST_TAGS_IN_ALL = 8_000_000
"""As many again as in the largest sheet of ours."""
_BEGINS = re.compile(rb"<(?:[^\s<>/:]{1,64}:)?(row|si)[\s/>]")
_FORMULA_WRITTEN = re.compile(rb"<(?:[^\s<>/:]{1,64}:)?f[\s/>]")
_NO_UTF_8 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_LAST_LINE = 1_048_576
"""Of any sheet. What a sheet says of its own size may be wrong, and would leave out what comes after."""
_LINES_A_ROW = 2
"""As many lines may be empty as there may be rows. A cell in the last line of a sheet makes a million of them."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


class SheetUnreadable(ValueError):
    """One Chinese sentence."""


@dataclass(frozen=True)
class Layout:
    """Which tables a file may have."""

    columns: Mapping[str, Sequence[str]]
    """Of each table."""
    names: Mapping[str, str]
    """What each is called: the name of its sheet."""
    known_by: Sequence[tuple[str, str]]
    """Of a table without a name: the first of these columns that it has → the table."""


@dataclass(frozen=True)
class RawRow:
    table: str
    number: int
    """As the spreadsheet counts: the headings are row 1."""
    cells: Mapping[str, str]


def column_of(written: str) -> str:
    """The column that a heading names, 陈述编号（statement_id）; as it was written where it names none."""
    inner = written.strip().rpartition("（")[2].rstrip("）").strip()
    return inner or written.strip()


def rows_in(name: str, content: bytes, most_bytes: int, most_rows: int, layout: Layout) -> list[RawRow]:
    if len(content) > most_bytes:
        raise SheetUnreadable(f"文件太大，最多{most_bytes // 1024 // 1024}MB，请分几个文件。")
    rows: list[RawRow] = []
    if content.startswith(b"PK"):
        found = _of_xlsx(content, _LINES_A_ROW * most_rows, layout)
    else:
        found = _of_csv(content, layout)
    for row in found:
        rows.append(row)
        if len(rows) > most_rows:
            raise SheetUnreadable(f"行太多，最多{most_rows}行，请分几个文件。")
    if not rows:
        raise SheetUnreadable(f"“{name}”里没有内容；第一行要是模板里的标题。")
    return rows


def _of_xlsx(content: bytes, most_lines: int, layout: Layout) -> Iterator[RawRow]:
    """`most_lines`: of all its sheets together, empty ones too."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED_BYTES:
                raise SheetUnreadable("文件解开后太大，请分几个文件。")
            if sum(_tags_in(packed.read(each)) for each in packed.namelist()) > MOST_TAGS_IN_ALL:
                raise SheetUnreadable("文件里的格子太多，请分几个文件。")
            reckons = _has_formulas(packed)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        written = load_workbook(io.BytesIO(content), read_only=True) if reckons else None
    except SheetUnreadable:
        raise
    except Exception as fault:  # openpyxl raises whatever the broken file makes it stumble over
        raise _unreadable() from fault
    tables = {name: table for table, name in layout.names.items()} | {table: table for table in layout.columns}
    numbers = iter(range(1, most_lines + 1))
    for sheet in book.worksheets:
        lines = _lines_of(sheet, numbers)
        if written:
            lines = _reckoned(sheet.title, lines, _lines_of(written[sheet.title], itertools.repeat(0)))
        yield from _rows(tables.get(sheet.title), lines, layout)


def _tags_in(told: bytes) -> int:
    """Of any part, for the file says itself which of them are sheets. Refuses what would take much memory or time to
    read, before any of it is."""
    if told.startswith(_NO_UTF_8):
        raise _unreadable()
    counts = {b"row": 0, b"si": 0}
    # What only looks like a beginning, in a comment, begins nothing; no spreadsheet writes comments into its sheets.
    begins = () if b"<!" in told else _BEGINS.finditer(told)
    at = 0
    for each in begins:
        counts[each[1]] += 1
        if told.count(b"<", at, each.start()) > MOST_TAGS:
            raise SheetUnreadable("有一行的格子太多，请删掉右边空着的列再导入。")
        at = each.start()
    if told.count(b"<", at) > MOST_TAGS:
        raise SheetUnreadable("有一行的格子太多，请删掉右边空着的列再导入。")
    if counts[b"si"] > MOST_STRINGS:
        raise SheetUnreadable("文件里的文字太多，请分几个文件。")
    if counts[b"row"] > MOST_LINES_WRITTEN:
        raise SheetUnreadable("行太多，空行也算；请删掉末尾的空行，或者分几个文件。")
    return told.count(b"<")


def _has_formulas(packed: zipfile.ZipFile) -> bool:
    return any(
        _FORMULA_WRITTEN.search(told)
        for name in packed.namelist()
        if name.startswith("xl/worksheets/")
        for told in [packed.read(name)]
    )


def _reckoned(
    title: str, lines: Iterable[Sequence[object]], written: Iterable[Sequence[object]]
) -> Iterator[Sequence[object]]:
    """What formulas came to. Refuses one that no program has reckoned yet: it would read as an empty cell, which takes
    away what stands there. `written`: the same lines with the formulas themselves."""
    for number, (values, formulas) in enumerate(zip(lines, written, strict=False), start=1):
        for value, formula in zip(values, formulas, strict=False):
            if value is None and isinstance(formula, str) and formula.startswith("="):
                raise SheetUnreadable(f"“{title}”第{number}行有公式，还没有算出值。请复制后粘贴为数值，再导入。")
        yield values


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


def _of_csv(content: bytes, layout: Layout) -> Iterator[RawRow]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", "replace")  # what Excel in Chinese saves
    try:
        yield from _rows(None, csv.reader(io.StringIO(text), strict=True), layout)
    except csv.Error as fault:
        raise SheetUnreadable("这个 CSV 的引号不成对，或者有一格太长，请用模板另存一份。") from fault


def _rows(table: str | None, lines: Iterable[Sequence[object]], layout: Layout) -> Iterator[RawRow]:
    """`table` None: as its headings say."""
    columns: list[str] = []
    for number, line in enumerate(lines, start=1):
        cells = [_text(cell) for cell in (line[: len(columns)] if number > 1 else line)]
        if number == 1:
            columns = [column_of(cell) for cell in cells]
            while columns and not columns[-1]:
                columns.pop()
            table = table or _table_of(columns, layout)
            if twice := [each for each in dict.fromkeys(columns) if each and columns.count(each) > 1]:
                raise SheetUnreadable(f"“{layout.names[table]}”里有两列都叫 {twice[0]}，请删掉一列。")
            if strangers := [each for each in columns if each and each not in layout.columns[table]]:
                raise SheetUnreadable(f"“{layout.names[table]}”没有这些列：{'、'.join(strangers[:5])}。")
        elif table and any(cells):
            if unseen := next((name for name, cell in zip(columns, cells, strict=False) if has_controls(cell)), None):
                raise SheetUnreadable(
                    f"“{layout.names[table]}”第{number}行的 {unseen} 里有看不见的控制字符，请删掉再导入。"
                )
            yield RawRow(table, number, {name: cell for name, cell in zip(columns, cells, strict=False) if name})


def _table_of(columns: Sequence[str], layout: Layout) -> str:
    for column, table in layout.known_by:
        if column in columns:
            return table
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

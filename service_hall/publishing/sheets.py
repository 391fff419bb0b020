"""Documents as tables, one cell a field, and tables held against documents. Rows are known by their ids; what a sheet
does not name is left alone.

`guides`: a row a document. `statements`: a row a statement. `questions`: a row a question; of a statement that is named
in it these are all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from knowledge_base.documents import Body, GuideDocument
from knowledge_base.model import ServiceGuide
from service_hall.publishing.draft import DocumentKey
from service_hall.publishing.fields import field_names
from service_hall.publishing.parts import HEAD, LISTS, statements_in
from service_hall.publishing.statement_fields import STATEMENT_FIELDS, fields_of
from service_hall.publishing.written import NO, YES, as_text, from_text, parts_of_question, question_of


class Table(StrEnum):
    GUIDES = "guides"
    STATEMENTS = "statements"
    QUESTIONS = "questions"


TABLE_NAMES: Mapping[Table, str] = {Table.GUIDES: "指南", Table.STATEMENTS: "陈述", Table.QUESTIONS: "问法"}
_KEY = ("guide_id", "region", "document_from")
"""The last: the first day of the document, for a statement has one of its own."""
_KEY_LABELS = {"guide_id": "事项编号", "region": "地区代码", "document_from": "指南生效日期"}
_OWN_LABELS = {
    "statement_id": "陈述编号",
    "kind": "种类",
    "list": "写法",
    "remove": "本地不适用的陈述",
    "question": "问法",
    "voice": "口吻",
    "decides": "答案",
}
LIST_NAMES = {"statements": "写明", "add": "本地加", "replace": "本地改"}
HEAD_FIELDS = tuple(
    name for name in ServiceGuide.model_fields if name not in ("id", "region", "statements", "effective_from")
)
_HEAD_TICKS = frozenset(name for name in HEAD_FIELDS if ServiceGuide.model_fields[name].annotation is bool)
COLUMNS: Mapping[Table, tuple[str, ...]] = {
    Table.GUIDES: (*_KEY, *HEAD_FIELDS, "remove"),
    Table.STATEMENTS: (*_KEY, "list", "statement_id", "kind", *(each for each in STATEMENT_FIELDS if each != "asked")),
    Table.QUESTIONS: (*_KEY, "statement_id", "question", "voice", "decides"),
}
_FIELDS_OF_KINDS = {kind: frozenset(fields_of(kind)) for kind in field_names().kinds}
_TICKS = frozenset({"required", "electronic_licence"})


def heading(column: str) -> str:
    """As it stands over the column: 陈述编号（statement_id）."""
    label = _KEY_LABELS.get(column) or _OWN_LABELS.get(column) or field_names().label(column)
    return f"{label}（{column}）"


@dataclass(frozen=True)
class CellFault:
    table: Table
    row: int
    """As the spreadsheet counts: the headings are row 1."""
    column: str
    says: str


@dataclass
class Row:
    table: Table
    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def fault(self, column: str, says: str) -> CellFault:
        return CellFault(self.table, self.number, column, says)


class Sheet:
    """What the rows make of one document."""

    def __init__(self, key: DocumentKey, body: Body) -> None:
        self.key = key
        self.body: dict[str, Any] = dict(body)
        self.rows: dict[str, Row] = {}
        """Part of the document → the row that wrote it."""
        self._at: dict[str, tuple[str, int]] = {}
        for within in LISTS:
            if within in self.body:
                self.body[within] = list(self.body[within] or ())
            self._at |= {str(each.get("id")): (within, at) for at, each in enumerate(self.body.get(within, ()))}

    def statement(self, statement_id: str) -> tuple[str, Body | None]:
        """Behind the list in which it stands; '' and None where there is none."""
        within, at = self._at.get(statement_id, ("", -1))
        return within, self.body[within][at] if within else None

    def put(self, statement_id: str, value: Body, within: str) -> None:
        entries = self.body.setdefault(within, [])
        if statement_id not in self._at:
            self._at[statement_id] = (within, len(entries))
            entries.append(dict(value))
        else:
            entries[self._at[statement_id][1]] = dict(value)


def rows_of(table: Table, documents: Iterable[GuideDocument]) -> Iterator[list[str]]:
    """In the order of COLUMNS."""
    for each in documents:
        key = DocumentKey.of(each)
        first = [key.guide_id, key.region, key.effective_from]
        if table is Table.GUIDES:
            yield [*first, *(_cell(name, each.body.get(name)) for name in COLUMNS[table][len(first) :])]
            continue
        for within, entry in statements_in(each.body):
            if table is Table.STATEMENTS:
                own = [LIST_NAMES[within], str(entry["id"]), field_names().kinds.get(str(entry.get("kind")), "")]
                names = COLUMNS[table][len(first) + len(own) :]
                yield [*first, *own, *(_cell(name, entry.get(name)) for name in names)]
            else:
                yield from ([*first, str(entry["id"]), *parts_of_question(one)] for one in entry.get("asked") or ())


def take(row: Row, sheet: Sheet) -> Iterator[CellFault]:
    """Writes the row into the document."""
    match row.table:
        case Table.GUIDES:
            names = (*HEAD_FIELDS, "remove")
            yield from _fill(row, sheet.body, names, frozenset(names))
            sheet.rows[HEAD] = row
        case Table.STATEMENTS:
            yield from _take_statement(row, sheet)
        case Table.QUESTIONS:
            pass  # a statement's are taken together (`take_questions`)


def take_questions(statement_id: str, rows: Sequence[Row], sheet: Sheet) -> Iterator[CellFault]:
    within, value = sheet.statement(statement_id)
    if value is None:
        yield from (row.fault("statement_id", f"这份指南里没有这条陈述：{statement_id}") for row in rows)
        return
    before = [*(value.get("asked") or ())]
    known = {parts_of_question(one): one for one in before}
    asked = []
    for row in rows:
        said = (row.get("question"), row.get("voice"), row.get("decides"))
        if not said[0]:
            yield row.fault("question", "不能为空")
            continue  # once: what is left is held against the rest
        asked.append(known.get(said, question_of(*said)))
        sheet.rows.setdefault(statement_id, row)
    sheet.put(statement_id, {**value, "asked": asked}, within)


def _take_statement(row: Row, sheet: Sheet) -> Iterator[CellFault]:
    statement_id = row.get("statement_id")
    lists = {label: name for name, label in LIST_NAMES.items()}
    kinds = {label: name for name, label in field_names().kinds.items()}
    stands_in, before = sheet.statement(statement_id)
    within = lists.get(row.get("list"), row.get("list")) or stands_in
    kind = kinds.get(row.get("kind"), row.get("kind")) or (before or {}).get("kind", "")
    if statement_id in sheet.rows and sheet.rows[statement_id].table is row.table:
        yield row.fault("statement_id", f"第{sheet.rows[statement_id].number}行已经写过这一条")
        return
    if not within:
        yield row.fault("list", "这份指南里没有这条陈述；要新写一条，请写明写法")
        return
    if within not in LIST_NAMES or (stands_in and within != stands_in):
        yield row.fault("list", f"写法是 {'、'.join(LIST_NAMES.values())} 之一；已有的一条不能换")
        return
    if kind not in _FIELDS_OF_KINDS:
        yield row.fault("kind", "没有这个种类")
        return
    value = {**(before or {}), "id": statement_id, "kind": kind}
    names = tuple(name for name in COLUMNS[Table.STATEMENTS] if name in STATEMENT_FIELDS)
    yield from _fill(row, value, names, _FIELDS_OF_KINDS[kind])
    sheet.rows[statement_id] = row
    sheet.put(statement_id, value, within)


def _fill(row: Row, value: dict[str, Any], names: Iterable[str], known: frozenset[str]) -> Iterator[CellFault]:
    for name in names:
        if name not in row.cells or row.get(name) == _cell(name, value.get(name)):
            continue
        if name not in known:
            yield row.fault(name, "这个种类没有这一项，请清空")
            continue
        written = _value(name, row.get(name))
        if written in ("", [], {}):
            value.pop(name, None)
        else:
            value[name] = written


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if name == "aspects":
        return "\n".join(field_names().value(each) for each in value)
    if name in ("emphasis", "basis", "brings", "through", "allowed"):
        return field_names().value(value)
    return as_text(name, value).strip()


def _value(name: str, cell: str) -> Any:
    if name in _TICKS | _HEAD_TICKS:
        return {YES: True, NO: False}.get(cell, cell)
    codes = _CODES.get(name)
    if name == "aspects":
        return [(codes or {}).get(each.strip(), each.strip()) for each in cell.splitlines() if each.strip()]
    return codes.get(cell, cell) if codes else from_text(name, cell)


def _codes(*values: str) -> dict[str, str]:
    return {field_names().value(each): each for each in values}


_CODES: Mapping[str, Mapping[str, str]] = {
    "emphasis": _codes("exception", "threshold", "must_mention"),
    "basis": _codes("legal", "standard", "promised"),
    "brings": _codes("citizen", "window", "nobody"),
    "through": _codes("counter", "computer", "mobile", "post", "kiosk", "phone"),
    "allowed": _codes("can", "cannot", "partly"),
    "aspects": _codes(
        "overview", "eligibility", "materials", "procedure", "location", "office_hours", "time_limit", "fee", "amount",
        "channels", "legal_basis", "contact", "proxy", "validity",
    ),
}  # fmt: skip

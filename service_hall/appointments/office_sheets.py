"""Offices as tables, and tables held against offices, row by row. What a sheet does not name is left alone.

`offices`: a row an office. `hours`: a row a time; of an office that is named in it these are all. `lines`: a row a line
of counters, known by its id. `closures`: a row a time that is closed; one that stands already stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from knowledge_base.faults import in_words
from knowledge_base.library import Library
from knowledge_base.offices import Office
from service_hall.appointments.closing import ToClose
from service_hall.shared.clock import SHANGHAI
from service_hall.visits.closures import Closure

MOST_CLOSED = timedelta(days=366)
SEPARATOR = "、"


class OfficeTable(StrEnum):
    OFFICES = "offices"
    HOURS = "hours"
    LINES = "lines"
    CLOSURES = "closures"


TABLE_NAMES: Mapping[OfficeTable, str] = {
    OfficeTable.OFFICES: "网点",
    OfficeTable.HOURS: "办公时间",
    OfficeTable.LINES: "业务线",
    OfficeTable.CLOSURES: "停办",
}
LABELS: Mapping[str, str] = {
    "office_id": "网点编号", "name": "名称", "aliases": "别名", "region": "地区代码", "address": "地址",
    "how_to_get_there": "怎么去", "phone": "电话", "lat": "纬度", "lon": "经度", "note": "说明", "items": "事项编号",
    "days": "星期（1至7）", "opens": "开始", "closes": "结束", "only_lines": "只开哪些业务线", "line_id": "业务线编号",
    "letter": "取号字母", "counters": "窗口", "item_minutes": "另算分钟的事项", "minutes": "每件几分钟",
    "slot_minutes": "每个时段几分钟", "public_percent": "公众可约比例", "internal_percent": "内部可约比例",
    "from": "从", "until": "到", "reason": "原因",
}  # fmt: skip
COLUMNS: Mapping[OfficeTable, tuple[str, ...]] = {
    OfficeTable.OFFICES: (
        "office_id", "name", "aliases", "region", "address", "how_to_get_there", "phone", "lat", "lon", "note", "items",
    ),
    OfficeTable.HOURS: ("office_id", "days", "opens", "closes", "only_lines", "note"),
    OfficeTable.LINES: (
        "office_id", "line_id", "name", "letter", "counters", "items", "item_minutes", "minutes", "slot_minutes",
        "public_percent", "internal_percent",
    ),
    OfficeTable.CLOSURES: ("office_id", "line_id", "from", "until", "reason"),
}  # fmt: skip
_NUMBERS = ("minutes", "slot_minutes", "public_percent", "internal_percent")
_PLAIN = ("name", "region", "address", "how_to_get_there", "phone", "note")


@dataclass(frozen=True)
class OfficeRow:
    table: OfficeTable
    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def several(self, column: str) -> list[str]:
        said = self.get(column)
        for each in "，,；; \n":
            said = said.replace(each, SEPARATOR)
        return [part for part in said.split(SEPARATOR) if part]

    def fault(self, column: str, says: str) -> OfficeFault:
        return OfficeFault(self.table, self.number, column, says)


@dataclass(frozen=True)
class OfficeFault:
    table: OfficeTable
    row: int
    column: str
    says: str


@dataclass(frozen=True)
class Change:
    before: Office | None
    """None: it is new."""
    after: Office


@dataclass(frozen=True)
class Read:
    """`faults` empty: it can be taken."""

    rows: int
    faults: tuple[OfficeFault, ...]
    changes: tuple[Change, ...] = ()
    closures: tuple[ToClose, ...] = ()


@dataclass
class _Draft:
    """What the rows make of one office."""

    body: dict[str, Any]
    row: OfficeRow
    """The first that names it."""
    before: Office | None
    rows: dict[tuple[str, int], OfficeRow] = field(default_factory=dict)
    """List and position in it → the row that wrote it."""


def heading(column: str) -> str:
    """As it stands over the column: 网点编号（office_id）."""
    return f"{LABELS.get(column, column)}（{column}）"


def rows_of(table: OfficeTable, offices: Iterable[Office], closures: Iterable[Closure] = ()) -> Iterator[list[str]]:
    """In the order of COLUMNS."""
    if table is OfficeTable.CLOSURES:
        for each in closures:
            yield [each.office_id, each.line_id, _moment(each.from_), _moment(each.until), each.reason]
        return
    for office in offices:
        match table:
            case OfficeTable.OFFICES:
                items = "" if office.lines else SEPARATOR.join(office.guides)
                place = [str(office.location.lat), str(office.location.lon)]
                yield [office.id, office.name, SEPARATOR.join(office.aliases), office.region, office.address,
                       office.how_to_get_there, office.phone, *place, office.note, items]  # fmt: skip
            case OfficeTable.HOURS:
                for hours in office.opening_hours:
                    days, lines = SEPARATOR.join(map(str, hours.days)), SEPARATOR.join(hours.lines)
                    yield [office.id, days, hours.opens, hours.closes, lines, hours.note]
            case OfficeTable.LINES:
                for line in office.lines:
                    longer = SEPARATOR.join(f"{guide}={minutes}" for guide, minutes in line.item_minutes.items())
                    numbers = [str(getattr(line, name)) for name in _NUMBERS]
                    yield [office.id, line.id, line.name, line.letter, SEPARATOR.join(line.counters),
                           SEPARATOR.join(line.guides), longer, *numbers]  # fmt: skip


def read(rows: Sequence[OfficeRow], library: Library, closures: Iterable[Closure], now: datetime) -> Read:
    """Changes nothing. `closures`: those that stand."""
    faults: dict[tuple[OfficeTable, int, str], OfficeFault] = {}
    drafts: dict[str, _Draft] = {}
    for row in rows:
        if row.table is not OfficeTable.CLOSURES:
            _note(faults, _lay(row, drafts, library))
    _hours_and_items(rows, drafts)
    changes = []
    for draft in drafts.values():
        made = _office(draft, library, faults)
        if made and made != draft.before:
            changes.append(Change(draft.before, made))
    offices = {each.id: each for each in (*library.published.offices, *(change.after for change in changes))}
    known = {(each.office_id, each.line_id, each.from_, each.until) for each in closures}
    wanted = []
    for row in rows:
        found = _closure(row, offices, now, faults) if row.table is OfficeTable.CLOSURES else None
        key = (found.office_id, found.line_id, found.from_, found.until) if found else None
        if found and key and key not in known:
            known.add(key)
            wanted.append(found)
    in_order = sorted(faults.values(), key=lambda each: (each.table, each.row, each.column))
    return Read(len(rows), tuple(in_order), tuple(changes), tuple(wanted))


def _lay(row: OfficeRow, drafts: dict[str, _Draft], library: Library) -> Iterator[OfficeFault]:
    office_id = row.get("office_id")
    if not office_id:
        yield row.fault("office_id", "要写网点编号")
        return
    if office_id not in drafts:
        before = next((each for each in library.published.offices if each.id == office_id), None)
        if before is None and row.table is not OfficeTable.OFFICES:
            yield row.fault("office_id", f"没有这个网点：{office_id}；新网点要写在“网点”表里，排在前面")
            return
        drafts[office_id] = _Draft(before.model_dump(mode="json") if before else {"id": office_id}, row, before)
    draft = drafts[office_id]
    if row.table is OfficeTable.OFFICES:
        draft.row = row
        draft.body |= {name: row.get(name) for name in _PLAIN if name in row.cells}
        if "aliases" in row.cells:
            draft.body["aliases"] = row.several("aliases")
        if "lat" in row.cells or "lon" in row.cells:
            draft.body["location"] = {name: _number(row.get(name)) for name in ("lat", "lon")}
    elif row.table is OfficeTable.LINES:
        yield from _lay_line(row, draft)


def _lay_line(row: OfficeRow, draft: _Draft) -> Iterator[OfficeFault]:
    lines = draft.body.setdefault("lines", [])
    line_id = row.get("line_id")
    at = next((place for place, each in enumerate(lines) if each["id"] == line_id), len(lines))
    line: dict[str, Any] = dict(lines[at]) if at < len(lines) else {"id": line_id}
    line |= {name: row.get(name) for name in ("name", "letter") if name in row.cells}
    line |= {name: _number(row.get(name)) for name in _NUMBERS if row.get(name)}
    if "counters" in row.cells:
        line["counters"] = row.several("counters")
    if "items" in row.cells:
        line["guides"] = row.several("items")
    if "item_minutes" in row.cells:
        pairs = [each.partition("=") for each in row.several("item_minutes")]
        if any(not minutes.isdecimal() for _, _, minutes in pairs):
            yield row.fault("item_minutes", "要写成 事项编号=分钟，几个用顿号隔开")
        line["item_minutes"] = {item: _number(minutes) for item, _, minutes in pairs}
    lines[at : at + 1] = [line]
    draft.rows["lines", at] = row


def _hours_and_items(rows: Sequence[OfficeRow], drafts: Mapping[str, _Draft]) -> None:
    """Hours are those of the sheet, where it has any of the office; items follow from the lines."""
    of_each: dict[str, list[OfficeRow]] = defaultdict(list)
    for row in rows:
        if row.table is OfficeTable.HOURS:
            of_each[row.get("office_id")].append(row)
    for office_id, draft in drafts.items():
        if hours := of_each.get(office_id):
            draft.body["opening_hours"] = [
                {
                    "days": [_number(day) for day in row.several("days")],
                    "opens": _clock(row.get("opens")),
                    "closes": _clock(row.get("closes")),
                    "lines": row.several("only_lines"),
                    "note": row.get("note"),
                }
                for row in hours
            ]
            draft.rows |= {("opening_hours", at): row for at, row in enumerate(hours)}
        if lines := draft.body.get("lines"):
            handled = dict.fromkeys(guide for line in lines for guide in line.get("guides", ()))
            had = [guide for guide in draft.body.get("guides", ()) if guide in handled]
            draft.body["guides"] = list(dict.fromkeys((*had, *handled)))
        elif draft.row.table is OfficeTable.OFFICES and "items" in draft.row.cells:
            draft.body["guides"] = draft.row.several("items")


def _office(draft: _Draft, library: Library, faults: dict[tuple[OfficeTable, int, str], OfficeFault]) -> Office | None:
    try:
        office = Office.model_validate(draft.body)
    except ValidationError as wrong:
        for error in wrong.errors(include_url=False, include_input=False):
            within, *rest = (*error["loc"], "", "")
            at = rest[0] if isinstance(rest[0], int) else -1
            row = draft.rows.get((str(within), at), draft.row)
            column = str(rest[1]) if (str(within), at) in draft.rows else str(rest[0] or within)
            _note(faults, [row.fault(_column(column or "office_id", row), in_words(error))])
        return None
    if office.region not in library.regions:
        _note(faults, [draft.row.fault("region", f"没有这个区划：{office.region}")])
        return None
    for at, line in enumerate(office.lines):
        if strangers := [guide for guide in line.guides if guide not in library.names]:
            row = draft.rows.get(("lines", at), draft.row)
            _note(faults, [row.fault("items", f"目录里没有：{SEPARATOR.join(strangers)}")])
    if not office.lines and (strangers := [guide for guide in office.guides if guide not in library.names]):
        _note(faults, [draft.row.fault("items", f"目录里没有：{SEPARATOR.join(strangers)}")])
    return office


def _closure(
    row: OfficeRow,
    offices: Mapping[str, Office],
    now: datetime,
    faults: dict[tuple[OfficeTable, int, str], OfficeFault],
) -> ToClose | None:
    """None: it is over, or has a fault."""
    found: list[OfficeFault] = []
    office = offices.get(row.get("office_id"))
    if office is None:
        found.append(row.fault("office_id", f"没有这个网点：{row.get('office_id')}"))
    elif row.get("line_id") and office.line(row.get("line_id")) is None:
        found.append(row.fault("line_id", f"没有这条业务线：{row.get('line_id')}"))
    moments = [_read_moment(row.get(name)) for name in ("from", "until")]
    for name, moment in zip(("from", "until"), moments, strict=True):
        if moment is None:
            found.append(row.fault(name, "时间要写成 2026-12-01 09:00 的样子"))
    if not row.get("reason"):
        found.append(row.fault("reason", "要写原因，会告诉已经预约的人"))
    first, last = moments
    if first and last and not timedelta(0) < last - first <= MOST_CLOSED:
        found.append(row.fault("until", "要晚于开始，最多一年"))
    _note(faults, found)
    if found or not first or not last or last <= now:
        return None
    return ToClose(row.get("office_id"), first, last, row.get("reason")[:200], row.get("line_id"))


def _note(faults: dict[tuple[OfficeTable, int, str], OfficeFault], found: Iterable[OfficeFault]) -> None:
    """One a cell: the first."""
    for each in found:
        faults.setdefault((each.table, each.row, each.column), each)


def _column(name: str, row: OfficeRow) -> str:
    named = {"guides": "items", "id": "line_id", "location": "lat", "lines": "only_lines", "opening_hours": "office_id"}
    found = named.get(name, name)
    return found if found in COLUMNS[row.table] else "office_id"


def _number(text: str) -> int | float | str:
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() and abs(number) < 10**9 else number


def _clock(text: str) -> str:
    """9:00 as 09:00; a spreadsheet's 09:00:00 too."""
    parts = text.replace("：", ":").split(":")
    return f"{parts[0].zfill(2)}:{parts[1]}" if len(parts) > 1 else text


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _read_moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.replace("：", ":").strip()).replace(tzinfo=SHANGHAI) if text else None
    except ValueError:
        return None

"""`/console/offices/exchange`: offices, hours, lines and closures as sheets, and sheets brought in. What that does to
who has booked is shown first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from fastapi import APIRouter, Depends, Response
from starlette.datastructures import UploadFile

from channels.cells import CSV, XLSX, csv_of, xlsx_of
from channels.console.knowledge.exchange import MOST_FILE_BYTES, MOST_SHOWN, as_file
from channels.console.sheet_files import Layout, SheetUnreadable, rows_in
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, typed
from channels.refusals import Refusal
from knowledge_base.offices import Office
from service_hall.appointments.office_change import Misfit
from service_hall.appointments.office_sheets import (
    COLUMNS,
    TABLE_NAMES,
    OfficeRow,
    OfficeTable,
    Read,
    heading,
    read,
    rows_of,
)
from service_hall.appointments.sheet_taking import SheetTaking, Taken
from service_hall.hall import Hall
from service_hall.staff.audit import Entry
from service_hall.staff.member import Place
from service_hall.staff.roles import Action
from service_hall.visits.closures import Closure

EXCHANGE = "/console/offices/exchange"
MOST_ROWS = 5000
LAYOUT = Layout(
    {table.value: COLUMNS[table] for table in OfficeTable},
    {table.value: name for table, name in TABLE_NAMES.items()},
    (
        ("until", OfficeTable.CLOSURES),
        ("letter", OfficeTable.LINES),
        ("days", OfficeTable.HOURS),
        ("address", OfficeTable.OFFICES),
    ),
)
_WHY = {False: "改了以后没有位子，会收到通知", True: "约的比能办的多，位子留着"}
_CLERKS_ALONE = "停办要由窗口人员或管理员导入，请去掉“停办”表，或者请他们来。"


class Offices(Protocol):
    def mark_of(self, office: Office) -> str: ...

    def take_sheet(
        self, offices: Sequence[tuple[Office, str]], entries: Sequence[Entry], taking: SheetTaking
    ) -> Taken | None:
        """All of it, or nothing. None: somebody else changed an office meanwhile."""
        ...


@dataclass(frozen=True)
class Hit:
    """Who has booked, and is hit."""

    office: str
    why: str
    bookings: int


def make_office_exchange_router(console: Console, hall: Hall, offices: Offices) -> APIRouter:
    router = APIRouter(prefix=EXCHANGE, include_in_schema=False)
    editor = Depends(console.seat(Action.EDIT_OFFICES))

    def page(seat: Seat, form: Form | None = None, found: Read | None = None, status: int = 200) -> Response:
        return seat.show(
            "office_exchange.html",
            status=status,
            tables=[(table.value, TABLE_NAMES[table]) for table in OfficeTable],
            table_names=TABLE_NAMES,
            heading=heading,
            form=form or Form(),
            found=found,
            faults=found.faults[:MOST_SHOWN] if found else (),
            **(hits_of(found) if found and not found.faults else {"hits": (), "bookings": 0}),
            office_name=office_name,
        )

    def hers(seat: Seat) -> list[Office]:
        found = hall.library().published.offices
        return [each for each in found if seat.may(Action.EDIT_OFFICES, hall.place_of_office(each.id))]

    def standing(shown: Sequence[Office]) -> list[Closure]:
        return [closure for office in shown for closure in hall.appointments.closures_ahead(office.id)[0]]

    def table_of(seat: Seat, table: OfficeTable, empty: bool) -> tuple[list[str], list[list[str]]]:
        shown = [] if empty else hers(seat)
        closures = standing(shown) if table is OfficeTable.CLOSURES else []
        return [*map(heading, COLUMNS[table])], list(rows_of(table, shown, closures))

    def hits_of(found: Read) -> dict[str, Any]:
        """`bookings`: each once, where several rows hit it."""
        changed = [each.after for each in found.changes if each.before]
        effects = hall.appointments.effects_of_sheet(changed, found.closures)
        hits = [
            *(
                Hit(office.name, _WHY[is_kept], sum((each.misfit is Misfit.TOO_MANY) is is_kept for each in affected))
                for office, affected in zip(changed, effects.of_changes, strict=True)
                for is_kept in (False, True)
            ),
            *(
                Hit(office_name(each.office_id), f"停办：{each.reason}", len(hit))
                for each, hit in zip(found.closures, effects.of_closures, strict=True)
            ),
        ]
        return {"hits": [each for each in hits if each.bookings], "bookings": effects.bookings}

    def office_name(office_id: str) -> str:
        office = hall.office(office_id)
        return office.name if office else office_id

    @router.get("")
    def show(seat: Seat = editor) -> Response:
        return page(seat)

    @router.get("/offices.xlsx")
    def take_xlsx(empty: bool = False, seat: Seat = editor) -> Response:
        """`empty`: the headings alone, as a template."""
        sheets = [(TABLE_NAMES[table], *table_of(seat, table, empty)) for table in OfficeTable]
        return as_file(xlsx_of(sheets), XLSX, "offices.xlsx")

    @router.get("/{table}.csv")
    def take_csv(table: str, empty: bool = False, seat: Seat = editor) -> Response:
        if table not in set(OfficeTable):
            raise Refusal(404)
        return as_file(csv_of(*table_of(seat, OfficeTable(table), empty)), CSV, f"{table}.csv")

    @router.post("")
    def bring(seat: Seat = editor) -> Response:
        """`deed`: `check` changes nothing; `take` all, or nothing."""
        form, sheet = typed(seat.form), seat.form.get("sheet")
        if not isinstance(sheet, UploadFile) or not sheet.filename:
            return page(seat, form.refuse("sheet", "请选一个 XLSX 或 CSV 文件。"), status=422)
        try:
            content = sheet.file.read(MOST_FILE_BYTES + 1)
            raw = rows_in(sheet.filename, content, MOST_FILE_BYTES, MOST_ROWS, LAYOUT)
        except SheetUnreadable as fault:
            return page(seat, form.refuse("sheet", str(fault)), status=422)
        rows = [OfficeRow(OfficeTable(each.table), each.number, each.cells) for each in raw]
        library = hall.library()
        found = read(rows, library, standing(library.published.offices), hall.now())
        for change in found.changes:
            for office in filter(None, (change.before, change.after)):
                seat.check(Action.EDIT_OFFICES, Place(library.regions.chain(office.region)))
        if found.closures and not all(
            seat.may(Action.PLAN_COUNTERS, hall.place_of_office(each.office_id)) for each in found.closures
        ):
            return page(seat, form.refuse("sheet", _CLERKS_ALONE), found, 403)
        if found.faults or form.value("deed") != "take":
            return page(seat, form, found, 422 if found.faults else 200)
        return _take(seat, form, found)

    def _take(seat: Seat, form: Form, found: Read) -> Response:
        marked = [(each.after, offices.mark_of(each.before) if each.before else "") for each in found.changes]
        entries = []
        for each in found.changes:
            told = {"before": _told(each.before, each.after), "after": _told(each.after, each.before)}
            entries.append(seat.entry("office.import", "office", each.after.id, **told))
        if not marked and not found.closures:
            return seat.go(EXCHANGE, "和现在的内容一样，没有改动。")
        taking = hall.appointments.taking_of_sheet(
            [office for office, _ in marked], found.closures, seat.member.name, lambda done: _closings(seat, done)
        )
        taken = offices.take_sheet(marked, entries, taking)
        if taken is None:
            return page(seat, form.refuse("sheet", "有人刚改过其中的网点，什么都没有导入，请再检查一次。"), found, 409)
        notified = taken.notified
        said = f"已导入：{len(marked)}个网点有改动，新停办{len(taken.closed)}段"
        return seat.go("/console/offices", said + (f"；已通知{len(notified)}位重新选时间。" if notified else "。"))

    return router


def _closings(seat: Seat, taken: Taken) -> list[Entry]:
    return [
        seat.entry(
            "counter.close",
            "office",
            each.closure.office_id,
            after={"closure": each.closure.closure_id, "reason": each.closure.reason, "hit": len(each.displaced)},
        )
        for each in taken.closed
    ]


def _told(office: Office | None, other: Office | None) -> dict[str, Any]:
    """For the book of who did what: what differs."""
    mine, others = ((each.model_dump(mode="json") if each else {}) for each in (office, other))
    return {name: value for name, value in mine.items() if value != others.get(name)}

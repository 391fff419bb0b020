"""`/console/knowledge/exchange`: the knowledge as sheets and as files, and sheets brought in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from fastapi import APIRouter, Depends, Response
from starlette.datastructures import UploadFile

from channels.cells import CSV, XLSX, csv_of, xlsx_of
from channels.console.knowledge.guides import DRAFTS
from channels.console.knowledge.where import place_of, region_name
from channels.console.sheet_files import Layout, SheetUnreadable, rows_in
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, typed
from channels.refusals import Refusal
from knowledge_base.documents import GuideDocument
from service_hall.publishing.differences import differences
from service_hall.publishing.importing import MOST_ROWS, Checked
from service_hall.publishing.sheets import COLUMNS, TABLE_NAMES, Row, Sheet, Table, heading, rows_of
from service_hall.publishing.use_cases import Publishing
from service_hall.publishing.yaml_files import yaml_files
from service_hall.staff.roles import Action

EXCHANGE = "/console/knowledge/exchange"
MOST_FILE_BYTES = 8 * 1024 * 1024
MOST_SHOWN = 200
MOST_CHANGES = 50
LAYOUT = Layout(
    {table.value: COLUMNS[table] for table in Table},
    {table.value: TABLE_NAMES[table] for table in Table},
    (("question", Table.QUESTIONS), ("statement_id", Table.STATEMENTS), ("guide_id", Table.GUIDES)),
)


def make_exchange_router(console: Console, publishing: Publishing) -> APIRouter:
    router = APIRouter(prefix=EXCHANGE, include_in_schema=False)
    taker = Depends(console.seat(Action.EXPORT_KNOWLEDGE))
    bringer = Depends(console.seat(Action.IMPORT_KNOWLEDGE))

    def page(seat: Seat, form: Form | None = None, checked: Checked | None = None, status: int = 200) -> Response:
        return seat.show(
            "knowledge/exchange.html",
            status=status,
            tables=[(table.value, TABLE_NAMES[table]) for table in Table],
            table_names=TABLE_NAMES,
            themes=list(dict.fromkeys(item.theme for item in publishing.desk.library.published.catalogue)),
            form=form or Form(),
            checked=checked,
            faults=checked.faults[:MOST_SHOWN] if checked else (),
            changes=[*map(change_of, checked.changed[:MOST_CHANGES])] if checked and not checked.faults else (),
            heading=heading,
            may_bring=seat.may(Action.IMPORT_KNOWLEDGE),
        )

    def change_of(sheet: Sheet) -> tuple[str, str, int]:
        """The item, the region, and in how many places it would say something else."""
        library = publishing.desk.library
        places = differences(publishing.desk.published(sheet.key), sheet.body)
        return library.title(sheet.key.guide_id), region_name(library, sheet.key), len(places)

    def documents(theme: str) -> list[GuideDocument]:
        published = publishing.desk.library.published
        wanted = [item.id for item in published.catalogue if theme in ("", item.theme)]
        return [each for guide_id in wanted for each in published.documents.get(guide_id, ())]

    @router.get("")
    def show(seat: Seat = taker) -> Response:
        return page(seat)

    @router.get("/guides.xlsx")
    def take_xlsx(theme: str = "", empty: bool = False, seat: Seat = taker) -> Response:
        """`empty`: the headings alone, as a template."""
        told = [] if empty else documents(theme)
        sheets = [(TABLE_NAMES[table], [*map(heading, COLUMNS[table])], rows_of(table, told)) for table in Table]
        return as_file(xlsx_of(sheets), XLSX, "guides.xlsx")

    @router.get("/{table}.csv")
    def take_csv(table: str, theme: str = "", empty: bool = False, seat: Seat = taker) -> Response:
        if table not in set(Table):
            raise Refusal(404)
        told = [] if empty else documents(theme)
        return as_file(csv_of([*map(heading, COLUMNS[Table(table)])], rows_of(Table(table), told)), CSV, f"{table}.csv")

    @router.get("/guides.zip")
    def take_yaml(theme: str = "", seat: Seat = taker) -> Response:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
            for name, text in yaml_files(documents(theme)):
                files.writestr(name, text)
        return as_file(packed.getvalue(), "application/zip", "guides.zip")

    @router.post("")
    def bring(seat: Seat = bringer) -> Response:
        """`deed`: `check` changes nothing; `take` makes drafts of all, or of nothing."""
        form, sheet = typed(seat.form), seat.form.get("sheet")
        if not isinstance(sheet, UploadFile) or not sheet.filename:
            return page(seat, form.refuse("sheet", "请选一个 XLSX 或 CSV 文件。"), status=422)
        try:
            content = sheet.file.read(MOST_FILE_BYTES + 1)
            found = rows_in(sheet.filename, content, MOST_FILE_BYTES, MOST_ROWS, LAYOUT)
            rows = [Row(Table(each.table), each.number, each.cells) for each in found]
        except SheetUnreadable as fault:
            return page(seat, form.refuse("sheet", str(fault)), status=422)
        return bring_in(seat, form, rows)

    def bring_in(seat: Seat, form: Form, rows: Sequence[Row]) -> Response:
        checked = publishing.importing.check(rows)
        for each in checked.changed:
            seat.check(Action.IMPORT_KNOWLEDGE, place_of(publishing.desk.library, each.key))
        if checked.faults or form.value("deed") != "take":
            return page(seat, form, checked, 422 if checked.faults else 200)
        taken = publishing.importing.take(rows, seat.member.name)
        if isinstance(taken, Checked):
            return page(seat, form, taken, 409)
        told = {"rows": len(rows), "drafts": [each.draft_id for each in taken]}
        console.audit.record(seat.entry("guide.import", "guide", "", after=told))
        return seat.go(
            DRAFTS,
            f"{len(rows)}行已导入，改动的{len(taken)}份成为草稿，逐份送审后生效。"
            if taken
            else "和现在的内容一样，没有改动。",
        )

    return router


def as_file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)

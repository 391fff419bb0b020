"""`/console/audit`: the book of who did what, with filters, and as a sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from channels.cells import CSV, XLSX, csv_of, xlsx_of
from channels.console.knowledge.drafts import STATE_NAMES
from channels.console.shell.console import Console, Seat
from channels.inputs import OptionalDay
from channels.refusals import Refusal
from service_hall.hall import Hall
from service_hall.shared.clock import SHANGHAI
from service_hall.staff.audit import Audit, Entry, Line, Wanted, Within
from service_hall.staff.deeds import DEEDS, name_of
from service_hall.staff.managing import StaffRoom
from service_hall.staff.roles import ROLE_NAMES, Action

_EACH = 50
_MOST_EXPORTED = 50_000
_READ_AT_ONCE = 1000
_COLUMNS = ("序号", "时间", "谁", "做了什么", "代码", "对象类别", "对象", "改前", "改后")
_FORMATS = {"csv": CSV, "xlsx": XLSX}
_Filter = Annotated[str, Query(max_length=200)]

_FIELDS: Mapping[str, str] = {
    "accepted": "放行", "begins": "开始", "bookings": "预约", "channel": "渠道", "closure": "停办", "day": "哪天",
    "department": "部门", "departments": "限定部门", "digest": "内容指纹", "disabled": "停用", "draft": "草稿",
    "drafts": "草稿", "due_on": "期限", "ends": "结束", "first": "从", "flag": "标记", "hit": "涉及的预约",
    "is_disabled": "停用", "is_gate": "发布前必测", "last": "到", "name": "名称", "note": "说明", "part": "哪一条",
    "questions": "几句", "reason": "原因", "region": "地区", "regions": "限定地区", "reviewers": "审核人",
    "roles": "角色", "rows": "几行", "search_only": "只用检索", "statement": "哪一条", "state": "状态", "text": "内容",
    "version": "版本", "withdrawn": "撤下", "auto": "边写边存",
}  # fmt: skip
"""What is told of a deed, for people; what has no name here keeps its own."""
_PLACES = frozenset({"part", "statement"})
_FOR_MACHINES = frozenset({"digest"})
"""They stand in the sheet."""
_VALUES: Mapping[str, str] = {
    **{role.value: name for role, name in ROLE_NAMES.items()},
    **{state.value: name for state, name in STATE_NAMES.items()},
    "-": "事项的基本信息",
}


def make_audit_router(console: Console, room: StaffRoom, hall: Hall) -> APIRouter:
    router = APIRouter(prefix="/console/audit", include_in_schema=False)
    reader = Depends(console.seat(Action.SEE_AUDIT))

    def wanted(
        by: _Filter = "",
        what: _Filter = "",
        kind: _Filter = "",
        thing: _Filter = "",
        since: OptionalDay = None,
        until: OptionalDay = None,
    ) -> Wanted:
        """`until`: the last day that is shown."""
        last = until + timedelta(days=1) if until and until < date.max else None
        return Wanted(by.strip(), what, kind.strip(), thing.strip(), _start(since), _start(last))

    asked = Depends(wanted)

    def hers(seat: Seat, wanted: Wanted) -> Wanted:
        """Whoever is limited reads of her people and her offices."""
        member = seat.member
        if not (member.regions or member.departments):
            return wanted
        people = frozenset(each.name for each in room.everybody(member))
        offices = (each.id for each in hall.library().published.offices if member.covers(hall.place_of_office(each.id)))
        # An office is no department's: whoever is limited to departments alone reads of people.
        return replace(wanted, within=Within(people, frozenset(offices if member.regions else ())))

    @router.get("")
    def show(
        seat: Seat = reader, wanted: Wanted = asked, before: Annotated[int | None, Query(ge=1, le=2**62)] = None
    ) -> Response:
        lines = console.audit.lines(hers(seat, wanted), before=before, most=_EACH + 1)
        asked = {name: value for name, value in seat.request.query_params.items() if value and name != "before"}
        return seat.show(
            "audit.html",
            lines=[shown(line) for line in lines[:_EACH]],
            name_of_thing=lambda entry: _name_of_thing(hall, entry),
            older=lines[_EACH - 1].number if len(lines) > _EACH else None,
            asked=asked,
            deeds=DEEDS,
            fields=_FIELDS,
        )

    @router.get("/sheet.{kind_of_file}")
    def export(kind_of_file: str, seat: Seat = reader, wanted: Wanted = asked) -> Response:
        if kind_of_file not in _FORMATS:
            raise Refusal(404)
        console.audit.record(seat.entry("audit.export", "audit", kind_of_file, after=_told(wanted)))
        rows = [_row(line) for line in _all(console.audit, hers(seat, wanted))]
        body = csv_of(_COLUMNS, rows) if kind_of_file == "csv" else xlsx_of([("操作记录", _COLUMNS, rows)])
        name = f"audit-{console.clock():%Y%m%d-%H%M}.{kind_of_file}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(body, headers=headers, media_type=_FORMATS[kind_of_file])

    return router


def shown(line: Line) -> dict[str, Any]:
    """For the template: what changed, field by field."""
    entry = line.entry
    fields = [name for name in dict.fromkeys([*entry.before, *entry.after]) if name not in _FOR_MACHINES]
    changes = [
        (name, _said(before) if before != after else "", _said(after))
        for name in fields
        # Nothing, no list and no are the same to a reader. Which part it was stays the same.
        if (before := entry.before.get(name) or "") != (after := entry.after.get(name) or "") or name in _PLACES
    ]
    return {"number": line.number, "entry": entry, "name": name_of(entry.what), "changes": changes}


def _name_of_thing(hall: Hall, entry: Entry) -> str:
    """Beside its id: what people call it; '' where that is all there is."""
    library = hall.library()
    match entry.kind:
        case "guide" | "fact":
            return library.title(entry.thing)
        case "scenario":
            scenario = library.published.scenario_ever(entry.thing)
            return scenario.title if scenario else ""
        case "office":
            office = hall.office(entry.thing)
            return office.name if office else ""
    return ""


def _all(audit: Audit, wanted: Wanted) -> Iterator[Line]:
    before, left = None, _MOST_EXPORTED
    while left > 0 and (lines := audit.lines(wanted, before=before, most=min(left, _READ_AT_ONCE))):
        yield from lines
        before, left = lines[-1].number, left - len(lines)


def _row(line: Line) -> list[object]:
    entry = line.entry
    at = entry.at.isoformat(timespec="seconds")
    told = [json.dumps(part, ensure_ascii=False) if part else "" for part in (entry.before, entry.after)]
    return [line.number, at, entry.by, name_of(entry.what), entry.what, entry.kind, entry.thing, *told]


def _told(wanted: Wanted) -> Mapping[str, Any]:
    return {name: str(value) for name, value in vars(wanted).items() if value}


def _said(value: object) -> str:
    if value is True:
        return "是"
    each = value if isinstance(value, list) else [value]
    return "、".join(_VALUES.get(str(one), str(one)) for one in each)


def _start(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), SHANGHAI) if day else None

"""`/console/offices`: what an office is, changed in two steps: first what it does to who has booked, then for good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Response

from channels.console.offices.forms import DAYS, changed, shown
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, is_slug, typed
from channels.console.shell.regions import regions_open_to
from channels.refusals import Refusal
from knowledge_base.offices import CounterLine, Office, OpeningHours
from service_hall.appointments.office_change import Affected, Misfit
from service_hall.hall import Hall
from service_hall.staff.audit import Entry
from service_hall.staff.member import Place
from service_hall.staff.roles import Action

_ADDRESS = "/console/offices"
_TAKEN = frozenset({"new", "exchange"})
"""Pages of ours."""
_EMPTY_ROWS = {"hours": 2, "lines": 1}
_MISFITS = {
    Misfit.NOT_HANDLED: "事项不在原来的业务线办了",
    Misfit.NOT_OPEN: "那个时间不开了",
    Misfit.TOO_MANY: "那个时间约多了，保留原约，不再放号",
}
_FIELDS = {
    "name": "名称", "aliases": "别名", "address": "地址", "how_to_get_there": "怎么去", "phone": "电话",
    "location": "坐标", "note": "说明", "opening_hours": "办公时间", "lines": "业务线", "guides": "事项",
}  # fmt: skip


class Offices(Protocol):
    def mark_of(self, office: Office) -> str: ...

    def publish(self, office: Office, entry: Entry, was: str) -> bool:
        """False: somebody else changed it meanwhile."""
        ...


def make_offices_desk_router(console: Console, hall: Hall, offices: Offices) -> APIRouter:
    router = APIRouter(prefix=_ADDRESS, include_in_schema=False)
    editor = Depends(console.seat(Action.EDIT_OFFICES))

    def found(seat: Seat, office_id: str) -> Office:
        office = hall.office(office_id)
        if office is None:
            return begun(seat, office_id)
        seat.check(Action.EDIT_OFFICES, hall.place_of_office(office_id))
        return office

    def begun(seat: Seat, office_id: str) -> Office:
        """A new one, that nobody has published yet: made after another (`like`), in a region of its own."""
        asked = {**seat.request.query_params, **{name: str(seat.form.get(name, "")) for name in seat.form}}
        like, region = hall.office(asked.get("like", "")), asked.get("region", "")
        if like is None or region not in hall.library().regions or not is_slug(office_id):
            raise Refusal(404)
        seat.check(Action.EDIT_OFFICES, Place(hall.library().regions.chain(region)))
        update = {"id": office_id, "region": region, "name": "", "aliases": (), "address": "", "phone": "",
                  "how_to_get_there": "", "sample": False}  # fmt: skip
        return like.model_copy(update=update)

    def mark_of(office: Office) -> str:
        return offices.mark_of(office) if hall.office(office.id) else ""

    def form_page(seat: Seat, office: Office, form: Form, was: str, status: int = 200) -> Response:
        return seat.show(
            "office.html",
            status=status,
            office=office,
            form=form,
            was=was,
            days=DAYS,
            hours=range(_rows(form, "hours")),
            lines=range(_rows(form, "lines")),
            begun={"like": form.value("like"), "region": office.region} if hall.office(office.id) is None else {},
            misfits=[each for each in _people(hall, hall.appointments.affected_by(office)) if not each["is_told"]],
        )

    @router.get("")
    def show_all(seat: Seat = editor) -> Response:
        hers = [
            office
            for office in hall.library().published.offices
            if seat.may(Action.EDIT_OFFICES, hall.place_of_office(office.id))
        ]
        return seat.show(
            "offices.html", offices=hers, regions={each.code: each.name for each in hall.library().regions}
        )

    @router.get("/new")
    def ask_new(seat: Seat = editor) -> Response:
        return new_page(seat, Form())

    @router.post("/new")
    def begin(seat: Seat = editor) -> Response:
        form = typed(seat.form)
        office_id, like, region = (form.value(name).strip() for name in ("id", "like", "region"))
        if not is_slug(office_id):
            form.refuse("id", "编号用小写字母、数字和连字符，例如 east-hall。")
        elif hall.office(office_id) or office_id in _TAKEN:
            form.refuse("id", "这个编号已经有了，请换一个。")
        if hall.office(like) is None:
            form.refuse("like", "请从列表里选。")
        if region not in {each.code for each in regions_open_to(seat, hall)}:
            form.refuse("region", "请从列表里选。")
        if form.errors:
            return new_page(seat, form, 422)
        return seat.go(f"{_ADDRESS}/{office_id}?{urlencode({'like': like, 'region': region})}")

    def new_page(seat: Seat, form: Form, status: int = 200) -> Response:
        return seat.show(
            "office_new.html",
            status=status,
            form=form,
            offices=[(each.id, each.name) for each in hall.library().published.offices],
            regions=[(each.code, each.name) for each in regions_open_to(seat, hall)],
        )

    @router.get("/{office_id}")
    def show(office_id: str, like: str = "", seat: Seat = editor) -> Response:
        office = found(seat, office_id)
        said = shown(office, hall.library()) | ({"like": [like]} if like else {})
        return form_page(seat, office, Form(_with_empty_rows(said)), mark_of(office))

    @router.post("/{office_id}")
    def change(office_id: str, seat: Seat = editor) -> Response:
        office, form, was = found(seat, office_id), typed(seat.form), str(seat.form.get("was", ""))
        wanted = changed(office, form, hall.library())
        if wanted is None:
            return form_page(seat, office, form, was, 422)
        if was != mark_of(office):
            form.refuse("", "有人刚改过这个网点。请对照下面的现在的样子，再保存一次就以您的为准。")
            return seat.show("office_check.html", status=409, **_checked(office, wanted, form), was=mark_of(office))
        if seat.form.get("confirmed") != "on":
            return seat.show("office_check.html", **_checked(office, wanted, form), was=was)
        told = {"before": _told(office, wanted), "after": _told(wanted, office)}
        entry = seat.entry("office.change" if was else "office.add", "office", office_id, **told)
        if not offices.publish(wanted, entry, was):
            raise Refusal(409, "changed_meanwhile", "有人刚改过这个网点，请回到上一页刷新后再改。")
        return seat.go(_ADDRESS, _said_of(hall.appointments.displace_affected(office_id, seat.member.name)))

    @router.post("/{office_id}/tell")
    def tell(office_id: str, seat: Seat = editor) -> Response:
        """Whom a change left without a place, and who was not told: the service was stopped in between."""
        if hall.office(office_id) is None:
            raise Refusal(404)
        found(seat, office_id)
        displaced = hall.appointments.displace_affected(office_id, seat.member.name)
        console.audit.record(seat.entry("office.tell", "office", office_id, after={"told": len(displaced)}))
        return seat.go(f"{_ADDRESS}/{office_id}", _said_of(displaced))

    def _checked(office: Office, wanted: Office, form: Form) -> dict[str, Any]:
        hit = _people(hall, hall.appointments.affected_by(wanted))
        return {"office": office, "form": form, "changes": list(changes(office, wanted, hall)), "hit": hit}

    return router


def changes(before: Office, after: Office, hall: Hall) -> Iterator[tuple[str, str, str]]:
    """What it is called, how it was, how it will be."""
    for field, name in _FIELDS.items():
        was, will = getattr(before, field), getattr(after, field)
        if was != will and not (field == "guides" and after.lines):
            yield name, _said(field, was, hall), _said(field, will, hall)


def _said(field: str, value: Any, hall: Hall) -> str:
    if field == "opening_hours":
        return "\n".join(map(_hours, value))
    if field == "lines":
        return "\n".join(_line(each, hall) for each in value)
    if field == "guides":
        return "、".join(map(hall.guide_name, value))
    if field == "location":
        return f"{value.lat}, {value.lon}"
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _hours(hours: OpeningHours) -> str:
    days = "、".join(name for number, name in DAYS if int(number) in hours.days)
    lines = f"（{'、'.join(hours.lines)}）" if hours.lines else ""
    return f"{days} {hours.opens}—{hours.closes}{lines}{' ' + hours.note if hours.note else ''}"


def _line(line: CounterLine, hall: Hall) -> str:
    items = "、".join(
        hall.guide_name(guide) + (f"（{line.item_minutes[guide]}分钟）" if guide in line.item_minutes else "")
        for guide in line.guides
    )
    return (
        f"{line.letter} {line.name}：{'、'.join(line.counters)}号窗口，每件{line.minutes}分钟，"
        f"每{line.slot_minutes}分钟一段，公众{line.public_percent}%、代约{line.internal_percent}%。{items}"
    )


def _people(hall: Hall, hit: Sequence[Affected]) -> list[dict[str, Any]]:
    now = hall.now()
    return [
        {
            "card": hall.queue.card_of(each.visit, now),
            "why": _MISFITS[each.misfit],
            "is_told": each.visit.displaced or each.misfit is Misfit.TOO_MANY,
        }
        for each in hit
    ]


def _said_of(displaced: Sequence[object]) -> str:
    return f"已保存，马上生效；已通知{len(displaced)}位重新选时间。" if displaced else "已保存，马上生效。"


def _told(office: Office, other: Office) -> dict[str, Any]:
    """For the book of who did what: what differs."""
    mine, others = office.model_dump(mode="json"), other.model_dump(mode="json")
    return {name: value for name, value in mine.items() if value != others[name]}


def _rows(form: Form, part: str) -> int:
    numbers = [int(name.split(".")[1]) for name in form.said if name.startswith(f"{part}.")]
    return max(numbers, default=-1) + 1


def _with_empty_rows(said: dict[str, list[str]]) -> dict[str, list[str]]:
    for part, more in _EMPTY_ROWS.items():
        first = _rows(Form(said), part)
        said |= {f"{part}.{first + at}.name": [""] for at in range(more)}
    return said

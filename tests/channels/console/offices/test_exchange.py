"""Offices, hours, lines and closures as sheets: out and back without loss, all or nothing, bookings told first."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import httpx
import pytest
from openpyxl import Workbook, load_workbook

from server.storage.visit_ledger import LedgerPage
from service_hall.appointments.office_sheets import COLUMNS, OfficeTable, heading
from service_hall.staff.audit import Wanted
from service_hall.staff.roles import Role
from service_hall.visits.closures import Closure
from tests.channels.callers import TUESDAY, Visitor
from tests.channels.console.shell.desk import AtDesk, way
from tests.fakes import EAST, EAST_HALL, TOWN_HALL, published
from tests.town_house import TownHouse
from tests.visit_town import visit_library

PAGE = "/console/offices/exchange"
Tables = dict[str, list[list[Any]]]


@pytest.fixture
def halls(tmp_path: Any) -> TownHouse:
    return TownHouse(tmp_path, knowledge=published(offices=visit_library().published.offices))


@pytest.fixture
def administrator(halls: TownHouse, door: httpx.AsyncClient) -> AtDesk:
    app = door._transport.app  # type: ignore[attr-defined]
    http = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://town.test")
    return AtDesk(http).signed_in(halls, "管理员", Role.ADMINISTRATOR)


async def sheets(desk: AtDesk) -> Tables:
    book = load_workbook(io.BytesIO((await desk.http.get(f"{PAGE}/offices.xlsx")).content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def packed(tables: Tables) -> bytes:
    book = Workbook(write_only=True)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def bring(desk: AtDesk, tables: Tables, deed: str = "take") -> httpx.Response:
    data = {"csrf": await desk.csrf(PAGE), "deed": deed}
    return await desk.http.post(PAGE, data=data, files={"sheet": ("offices.xlsx", packed(tables))})


def column(table: OfficeTable, name: str) -> int:
    return COLUMNS[table].index(name)


async def test_what_went_out_comes_back_and_changes_nothing(halls: TownHouse, administrator: AtDesk) -> None:
    before = halls.house.hall.library().published.offices
    tables = await sheets(administrator)
    assert list(tables) == ["网点", "办公时间", "业务线", "停办"]
    checked = await bring(administrator, tables, "check")
    assert checked.status_code == 200 and "和现在的内容一样" in checked.text, checked.text
    assert (await bring(administrator, tables)).headers["location"] == PAGE
    assert halls.house.hall.library().published.offices == before
    for table in OfficeTable:
        text = (await administrator.http.get(f"{PAGE}/{table}.csv?empty=true")).content.decode("utf-8-sig")
        assert text.strip() == ",".join(map(heading, COLUMNS[table]))


async def test_the_page_says_that_a_long_sheet_takes_a_while(administrator: AtDesk) -> None:
    page = await administrator.look(PAGE)
    assert "要等一会儿才开始下载" in page and "检查和导入都要等一会儿" in page


async def test_capacities_and_a_new_office_are_taken_together_once(halls: TownHouse, administrator: AtDesk) -> None:
    tables = await sheets(administrator)
    [first, *_] = [row for row in tables["业务线"][1:] if row[0] == TOWN_HALL]
    had = first[column(OfficeTable.LINES, "counters")]
    first[column(OfficeTable.LINES, "counters")] = f"{had}、99"
    line_id = first[column(OfficeTable.LINES, "line_id")]
    [like] = [row for row in tables["网点"][1:] if row[0] == EAST_HALL]
    tables["网点"].append(["new-hall", "新城大厅", "新城", EAST, "新城路1号", "", "12345", *like[7:]])
    for name in ("办公时间", "业务线"):
        tables[name] += [["new-hall", *row[1:]] for row in tables[name][1:] if row[0] == EAST_HALL]
    taken = await bring(administrator, tables)
    assert taken.status_code == 303, taken.text
    town, made = halls.house.hall.office(TOWN_HALL), halls.house.hall.office("new-hall")
    assert town and made and made.name == "新城大厅" and made.lines
    line = town.line(line_id)
    assert line and line.counters == (*had.split("、"), "99")
    assert "和现在的内容一样" in (await bring(administrator, tables, "check")).text
    assert [each.entry.thing for each in halls.house.audit.lines(Wanted(what="office.import"))] == [
        "new-hall",
        TOWN_HALL,
    ]


async def test_one_faulty_cell_keeps_all_out_and_each_is_named(halls: TownHouse, administrator: AtDesk) -> None:
    before = halls.house.hall.library().published.offices
    tables = await sheets(administrator)
    tables["网点"][1][column(OfficeTable.OFFICES, "name")] = "改了名"
    tables["网点"][2][column(OfficeTable.OFFICES, "lat")] = "北"
    tables["业务线"][1][column(OfficeTable.LINES, "slot_minutes")] = 17
    tables["办公时间"][1][column(OfficeTable.HOURS, "opens")] = "25:00"
    tables["停办"].append([TOWN_HALL, "no-line", "昨天", "2026-12-01 12:00", ""])
    response = await bring(administrator, tables)
    assert response.status_code == 422
    for told in (
        "什么都没有导入",
        "纬度（lat）",
        "时段长度只能是",
        "opens",
        "没有这条业务线",
        "时间要写成",
        "要写原因",
    ):
        assert told in response.text, told
    assert halls.house.hall.library().published.offices == before


async def test_a_closure_shows_whom_it_hits_and_is_made_once(
    halls: TownHouse, administrator: AtDesk, door: httpx.AsyncClient
) -> None:
    visitor = Visitor(door)
    await visitor.booked()
    rows = [
        [*map(heading, COLUMNS[OfficeTable.CLOSURES])],
        [TOWN_HALL, "", f"{TUESDAY} 08:00", f"{TUESDAY} 18:00", "停电检修"],
    ]
    checked = await bring(administrator, {"停办": rows}, "check")
    assert "新停办 1 段" in checked.text and "停办：停电检修" in checked.text, checked.text
    assert halls.house.hall.appointments.closures_ahead(TOWN_HALL)[0] == []
    taken = await bring(administrator, {"停办": rows})
    assert "已通知1位" in await administrator.look(way(taken))
    assert "和现在的内容一样" in (await bring(administrator, {"停办": rows}, "check")).text
    [closure] = halls.house.hall.appointments.closures_ahead(TOWN_HALL)[0]
    assert closure.reason == "停电检修"


async def test_the_same_sheet_twice_at_once_closes_once(halls: TownHouse, administrator: AtDesk) -> None:
    rows = [
        [*map(heading, COLUMNS[OfficeTable.CLOSURES])],
        [TOWN_HALL, "", f"{TUESDAY} 08:00", f"{TUESDAY} 18:00", "停电检修"],
    ]
    taken = await asyncio.gather(*(bring(administrator, {"停办": rows}) for _ in range(3)))
    assert {each.status_code for each in taken} == {303}
    assert len(halls.house.hall.appointments.closures_ahead(TOWN_HALL)[0]) == 1
    assert len(halls.house.audit.lines(Wanted(what="counter.close"))) == 1


async def test_a_booking_that_several_rows_hit_is_counted_once(
    halls: TownHouse, administrator: AtDesk, door: httpx.AsyncClient
) -> None:
    await Visitor(door).booked()
    day = [f"{TUESDAY} 08:00", f"{TUESDAY} 18:00"]
    rows = [
        [*map(heading, COLUMNS[OfficeTable.CLOSURES])],
        [TOWN_HALL, "", *day, "停电检修"],
        [TOWN_HALL, "", f"{TUESDAY} 07:00", f"{TUESDAY} 19:00", "搬家"],
    ]
    checked = await bring(administrator, {"停办": rows}, "check")
    assert "停办：停电检修" in checked.text and "停办：搬家" in checked.text
    assert "受影响的预约一共 1 个" in checked.text
    assert "已通知1位" in await administrator.look(way(await bring(administrator, {"停办": rows})))


async def test_closures_of_a_sheet_are_made_all_or_none(
    halls: TownHouse, administrator: AtDesk, door: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked = await Visitor(door).booked()
    made: list[str] = []
    add = LedgerPage.add_closure

    def add_one(page: LedgerPage, closure: Closure) -> None:
        if made:
            raise RuntimeError("the disk is full")
        made.append(closure.reason)
        add(page, closure)

    monkeypatch.setattr(LedgerPage, "add_closure", add_one)
    rows = [
        [*map(heading, COLUMNS[OfficeTable.CLOSURES])],
        [TOWN_HALL, "", f"{TUESDAY} 08:00", f"{TUESDAY} 18:00", "停电检修"],
        [EAST_HALL, "", f"{TUESDAY} 08:00", f"{TUESDAY} 18:00", "停电检修"],
    ]
    with pytest.raises(RuntimeError, match="disk is full"):
        await bring(administrator, {"停办": rows})
    appointments = halls.house.hall.appointments
    assert made and not any(appointments.closures_ahead(office)[0] for office in (TOWN_HALL, EAST_HALL))
    assert not halls.house.audit.lines(Wanted(what="counter.close"))
    monkeypatch.undo()
    assert "新停办2段" in await administrator.look(way(await bring(administrator, {"停办": rows})))
    assert booked


async def test_an_office_stays_as_it_is_where_a_closure_of_its_sheet_is_not_kept(
    halls: TownHouse, administrator: AtDesk, door: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await Visitor(door).booked()
    before = halls.house.hall.library().published.offices
    tables = await sheets(administrator)
    for row in tables["办公时间"][1:]:
        row[column(OfficeTable.HOURS, "days")] = "7"
    tables["停办"].append([TOWN_HALL, "", f"{TUESDAY} 08:00", f"{TUESDAY} 18:00", "停电检修"])

    def full(page: LedgerPage, closure: Closure) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(LedgerPage, "add_closure", full)
    with pytest.raises(RuntimeError, match="disk is full"):
        await bring(administrator, tables)
    halls.house.shelf.catch_up()
    assert halls.house.hall.library().published.offices == before
    assert not halls.house.audit.lines(Wanted(what="office.import"))
    assert not any(
        each.visit.displaced for office in before for each in halls.house.hall.appointments.affected_by(office)
    )
    monkeypatch.undo()
    said = await administrator.look(way(await bring(administrator, tables)))
    assert "新停办1段；已通知1位" in said, said
    assert halls.house.hall.office(TOWN_HALL) != next(each for each in before if each.id == TOWN_HALL)


async def test_whoever_plans_no_counters_brings_no_closures(halls: TownHouse, door: httpx.AsyncClient) -> None:
    curator = AtDesk(door).signed_in(halls, "编辑", Role.CURATOR)
    rows = [
        [*map(heading, COLUMNS[OfficeTable.CLOSURES])],
        [TOWN_HALL, "", f"{TUESDAY} 08:00", f"{TUESDAY} 18:00", "停电"],
    ]
    response = await bring(curator, {"停办": rows})
    assert response.status_code == 403 and "窗口人员或管理员" in response.text


async def test_a_new_office_is_made_after_another(halls: TownHouse, administrator: AtDesk) -> None:
    new = "/console/offices/new"
    wrong = await administrator.send(new, {"id": "Neu", "like": TOWN_HALL, "region": EAST})
    assert wrong.status_code == 422 and "编号用小写字母" in wrong.text
    page = way(await administrator.send(new, {"id": "new-hall", "like": TOWN_HALL, "region": EAST}))
    assert halls.house.hall.office("new-hall") is None
    from tests.channels.console.offices.test_page import fields

    said = {**fields(await administrator.look(page)), "name": "新城大厅", "address": "新城路1号", "phone": "12345"}
    address = page.partition("?")[0]
    assert "保存前看一眼" in (await administrator.http.post(address, data=said)).text
    assert (await administrator.http.post(address, data={**said, "confirmed": "on"})).status_code == 303
    made = halls.house.hall.office("new-hall")
    assert made and (made.name, made.region) == ("新城大厅", EAST) and made.lines

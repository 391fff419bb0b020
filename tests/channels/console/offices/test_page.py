"""Offices as staff change them: faults beside their fields, who is hit before it is saved, and bookings that follow."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import httpx
import pytest

from service_hall.staff.audit import Wanted
from service_hall.staff.roles import Role
from tests.channels.callers import TUESDAY, Visitor, written
from tests.channels.console.shell.desk import AtDesk
from tests.fakes import EAST, EAST_HALL, TOWN, TOWN_HALL, published
from tests.town_house import TownHouse
from tests.visit_town import visit_library

OFFICE = f"/console/offices/{TOWN_HALL}"
Fields = dict[str, Any]


@pytest.fixture
def halls(tmp_path: Any) -> TownHouse:
    """With a shelf of its own: what is published here changes it."""
    return TownHouse(tmp_path, knowledge=published(offices=visit_library().published.offices))


@pytest.fixture
def curator(halls: TownHouse, door: httpx.AsyncClient) -> AtDesk:
    app = door._transport.app  # type: ignore[attr-defined]
    http = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://town.test")
    return AtDesk(http).signed_in(halls, "编辑", Role.CURATOR)


def fields(page: str) -> Fields:
    """As a browser would send the form back."""
    form = page.split('data-guard class="stack">')[1].split("</form>")[0]
    found: Fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag):
            found.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    for name, value in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        found[name] = [unescape(value)]
    return found


async def checked(curator: AtDesk, **changed: Any) -> httpx.Response:
    said = {**fields(await curator.look(OFFICE)), **changed}
    return await curator.http.post(OFFICE, data=said)


async def save(curator: AtDesk, **changed: Any) -> str:
    """The page that says so."""
    said = {**fields(await curator.look(OFFICE)), **changed, "confirmed": "on"}
    response = await curator.http.post(OFFICE, data=said)
    assert response.status_code == 303, response.text
    return await curator.look(response.headers["location"])


async def test_an_office_that_nobody_changed_comes_back_as_it_was(halls: TownHouse, curator: AtDesk) -> None:
    before = halls.house.hall.office(TOWN_HALL)
    assert "什么都没有改" in (await checked(curator)).text
    assert halls.house.hall.office(TOWN_HALL) == before


async def test_a_new_address_is_shown_first_then_saved_answers_at_once_and_is_noted(
    halls: TownHouse, curator: AtDesk, door: httpx.AsyncClient
) -> None:
    page = (await checked(curator, address="溪城路2号", phone="0888-2")).text
    assert "溪城路2号" in page and "没有预约受影响" in page
    assert halls.house.hall.office(TOWN_HALL).address != "溪城路2号"  # type: ignore[union-attr]
    assert "已保存，马上生效" in await save(curator, address="溪城路2号", phone="0888-2")
    offices = (await door.get("/api/offices")).json()["offices"]
    assert [each["address"] for each in offices if each["office_id"] == TOWN_HALL] == ["溪城路2号"]
    [entry] = [line.entry for line in halls.house.audit.lines(Wanted(what="office."))]
    assert (entry.by, entry.thing, entry.after) == ("编辑", TOWN_HALL, {"address": "溪城路2号", "phone": "0888-2"})


async def test_whose_hours_go_is_listed_told_and_may_choose_again(
    halls: TownHouse, curator: AtDesk, door: httpx.AsyncClient
) -> None:
    morning, afternoon = Visitor(door), Visitor(door, 2)
    gone = await morning.booked(starts_at=written(TUESDAY, "09:00"))
    kept = await afternoon.booked(starts_at=written(TUESDAY, "14:00"))
    later = {"hours.0.opens": "10:00"}
    page = (await checked(curator, **later)).text
    assert "1 个预约受影响" in page and "那个时间不开了" in page and "10:00—12:00" in page
    assert (await morning.shown(gone))["needs_new_time"] is False
    assert "已通知1位重新选时间" in await save(curator, **later)
    assert (await morning.shown(gone))["needs_new_time"] is True
    assert (await afternoon.shown(kept))["needs_new_time"] is False
    openings = await door.get(
        f"/api/appointments/openings?guide_id=library-card-first&office_id={TOWN_HALL}&from={TUESDAY}&to={TUESDAY}"
    )
    assert openings.json()["openings"][0]["starts_at"] == written(TUESDAY, "10:00")


async def test_whose_item_is_handled_no_more_is_told_too(
    halls: TownHouse, curator: AtDesk, door: httpx.AsyncClient
) -> None:
    visitor = Visitor(door)
    code = await visitor.booked()
    items = fields(await curator.look(OFFICE))["lines.0.items"][0].splitlines()
    without = "\n".join(each for each in items if "首次" not in each)
    assert "事项不在原来的业务线办了" in (await checked(curator, **{"lines.0.items": without})).text
    await save(curator, **{"lines.0.items": without})
    assert (await visitor.shown(code))["needs_new_time"] is True


async def test_fewer_counters_than_are_booked_take_nobodys_place(
    halls: TownHouse, curator: AtDesk, door: httpx.AsyncClient
) -> None:
    before = halls.house.hall.office(TOWN_HALL)
    assert before
    line = before.lines[0]
    codes = []
    for number in range(1, line.public_minutes // line.minutes + 1):
        codes.append(await Visitor(door, number).booked())
    fewer = {"lines.0.counters": line.counters[0]}
    page = (await checked(curator, **fewer)).text
    assert "约多了，保留原约" in page
    assert "通知" not in await save(curator, **fewer)
    for number, code in enumerate(codes, start=1):
        assert (await Visitor(door, number).shown(code))["needs_new_time"] is False


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"address": ""}, "请填写。"),
        ({"lat": "北纬三十度"}, "请填数字。"),
        ({"hours.0.closes": "08:00"}, "下班时间要晚于上班时间"),
        ({"hours.0.days[]": []}, "填写有误"),
        ({"lines.0.items": "养恐龙"}, "没有“养恐龙”这个事项"),
        ({"lines.0.counters": "1 1"}, "窗口重复"),
        ({"lines.0.minutes": "90"}, "超过了每个时段"),
        ({"lines.0.public_percent": "90"}, "不能超过100"),
        ({"hours.2.days[]": ["1"], "hours.2.opens": "09:30", "hours.2.closes": "10:00"}, "有重叠"),
    ],
    ids=lambda each: str(each)[:30],
)
async def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    halls: TownHouse, curator: AtDesk, changed: Fields, sentence: str
) -> None:
    response = await checked(curator, **{"how_to_get_there": "坐<1>路", **changed})
    assert response.status_code == 422
    assert sentence in response.text and "坐&lt;1&gt;路" in response.text
    assert halls.house.hall.office(TOWN_HALL).how_to_get_there == ""  # type: ignore[union-attr]


async def test_the_second_of_two_sees_what_the_first_did_before_hers_counts(curator: AtDesk) -> None:
    first, second = fields(await curator.look(OFFICE)), fields(await curator.look(OFFICE))
    await curator.http.post(OFFICE, data={**first, "address": "第一个改的", "confirmed": "on"})
    response = await curator.http.post(OFFICE, data={**second, "phone": "0888-9", "confirmed": "on"})
    assert response.status_code == 409 and "有人刚改过" in response.text and "第一个改的" in response.text
    assert 'value="0888-9"' in response.text


async def test_is_for_curators_of_that_region(halls: TownHouse, curator: AtDesk) -> None:
    limited = AtDesk(httpx.AsyncClient(transport=curator.http._transport, base_url="http://town.test"))
    limited.signed_in(halls, "东河编辑", Role.CURATOR, regions=frozenset({EAST}))
    listed = await limited.look("/console/offices")
    assert EAST_HALL in listed and TOWN_HALL not in listed
    await limited.look(OFFICE, 403)
    await limited.look("/console/offices/nowhere", 404)
    clerk = AtDesk(httpx.AsyncClient(transport=curator.http._transport, base_url="http://town.test"))
    await clerk.signed_in(halls, "窗口", Role.CLERK).look("/console/offices", 403)


async def test_nobody_is_told_of_an_office_that_there_is_not(halls: TownHouse, curator: AtDesk) -> None:
    asked = {"like": TOWN_HALL, "region": TOWN}
    refused = await curator.send("/console/offices/no-such-hall/tell", asked, "/console/offices")
    assert refused.status_code == 404 and not halls.house.audit.lines(Wanted(what="office.tell"))

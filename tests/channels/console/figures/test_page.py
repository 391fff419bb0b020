"""The page of figures: for those who may see them, of what they may see, drawn from the counts alone."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import httpx
import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from channels.console.figures.plots import Series, lines, nice_top, stacked_bars
from server.jobs import count_days
from service_hall.figures.kinds import DEFINITIONS
from service_hall.staff.audit import Wanted
from service_hall.staff.roles import Role
from tests.channels.callers import Visitor
from tests.channels.console.shell.desk import AtDesk
from tests.channels.web.conftest import Citizen, Knock
from tests.fakes import EAST, TOWN, WEST
from tests.town_house import TownHouse

FIGURES = "/console/figures"


@pytest.fixture
def analyst(halls: TownHouse, knock: Knock) -> AtDesk:
    return AtDesk(knock(halls)).signed_in(halls, "分析员", Role.ANALYST)


async def asked_and_booked(halls: TownHouse, door: httpx.AsyncClient) -> None:
    citizen = Citizen(door)
    answer = (await citizen.say("借书证丢了怎么补办"))["replies"][0]
    judged = {"answer_id": answer["answer_id"], "useful": True}
    assert (await door.post("/api/chat/feedback", json=judged, headers=citizen.headers)).is_success
    await citizen.say("我要转人工")
    await Visitor(door).booked()
    count_days(halls.house)


def tile(page: str, name: str) -> str:
    [found] = re.findall(rf"<dt>{DEFINITIONS[name][0]}</dt><dd>(.*?)</dd>", page.split("</dl>")[0])
    return str(found)


async def test_says_what_happened_with_each_figures_definition(
    halls: TownHouse, door: httpx.AsyncClient, analyst: AtDesk
) -> None:
    await asked_and_booked(halls, door)
    page = await analyst.look(FIGURES)
    assert (tile(page, "conversations"), tile(page, "messages")) == ("1", "2")
    assert (tile(page, "answered"), tile(page, "handed_over")) == ("1 <small>50%</small>", "1 <small>50%</small>")
    assert (tile(page, "satisfaction"), tile(page, "booked")) == ("100%", "1")
    assert "借书证丢失补办" in page and "示范" in page
    assert all(definition in page for _, definition in DEFINITIONS.values())
    assert page.count("<svg") == 4


async def test_is_filtered_by_days_channel_and_region(
    halls: TownHouse, door: httpx.AsyncClient, analyst: AtDesk
) -> None:
    await asked_and_booked(halls, door)
    assert tile(await analyst.look(f"{FIGURES}?channel=wechat"), "messages") == "0"
    assert tile(await analyst.look(f"{FIGURES}?region={TOWN}"), "messages") == "2"
    east = await analyst.look(f"{FIGURES}?region={EAST}")
    assert (tile(east, "messages"), tile(east, "booked")) == ("0", "0")
    before = halls.clock().date() - timedelta(days=1)
    assert tile(await analyst.look(f"{FIGURES}?last={before}"), "messages") == "0"
    await analyst.look(f"{FIGURES}?region=999999", 404)
    await analyst.look(f"{FIGURES}?first=2020-01-01", 422)
    await analyst.look(f"{FIGURES}?first=2026-06-01&last=2026-05-01", 422)


async def test_whoever_is_limited_to_a_district_sees_its_figures_and_what_named_no_region(
    halls: TownHouse, door: httpx.AsyncClient, knock: Knock
) -> None:
    await asked_and_booked(halls, door)
    limited = AtDesk(knock(halls)).signed_in(halls, "东河分析", Role.ANALYST, regions=frozenset({EAST}))
    page = await limited.look(FIGURES)
    assert tile(page, "messages") == "2" and "没说地区" in page and "西山区" not in page
    assert tile(await limited.look(f"{FIGURES}?region={EAST}"), "messages") == "0"
    await limited.look(f"{FIGURES}?region={WEST}", 403)


async def test_whoever_is_limited_to_a_district_that_is_gone_sees_nothing(halls: TownHouse, knock: Knock) -> None:
    gone = AtDesk(knock(halls)).signed_in(halls, "撤销的区", Role.ANALYST, regions=frozenset({"999999"}))
    await gone.look(FIGURES, 403)


async def test_a_look_asks_the_counts_and_no_conversation(halls: TownHouse, analyst: AtDesk) -> None:
    """A million turns cost it nothing."""
    asked: list[str] = []
    sa.event.listen(halls.house.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    await analyst.look(FIGURES)
    assert len([each for each in asked if each != "BEGIN"]) < 15
    assert not any(re.search(r"\b(turns|utterances|answers|visits)\b", each) for each in asked)


def test_a_picture_is_sound_and_says_each_number() -> None:
    days = [date(2026, 6, 1) + timedelta(days=at) for at in range(3)]
    bars = stacked_bars(days, [Series("<b>", [1, 0, 3]), Series("没找到", [2, None, 0])], '关于"消息"')
    drawn = ElementTree.fromstring(bars)
    assert [each.text for each in drawn.iter("title")] == [
        "2026-06-01 <b> 1",
        "2026-06-01 没找到 2",
        "2026-06-03 <b> 3",
    ]
    assert "style=" not in bars
    gaps = ElementTree.fromstring(lines(days, [Series("等候", [5, None, 7.5])], "等候", " 分钟"))
    assert [each.text for each in gaps.iter("title")] == ["2026-06-01 等候 5 分钟", "2026-06-03 等候 7.5 分钟"]
    assert list(gaps.iter("polyline")) == []


@pytest.mark.parametrize(("most", "top"), [(0, 1), (1, 1), (3, 3), (12, 15), (100, 100), (101, 150), (0.3, 0.3)])
def test_an_axis_ends_at_a_round_number(most: float, top: float) -> None:
    assert nice_top(most) == pytest.approx(top)


async def test_all_that_is_shown_is_taken_along_as_sheets_and_noted(
    halls: TownHouse, door: httpx.AsyncClient, analyst: AtDesk
) -> None:
    await asked_and_booked(halls, door)
    page = await analyst.look(FIGURES)
    book = load_workbook(io.BytesIO((await analyst.http.get(f"{FIGURES}/figures.xlsx")).content))
    assert book.sheetnames == ["每天", "总数", "问得多的事项", "主题", "评没用的事项", "没答上的原因"]
    columns = [cell.value for cell in next(book["每天"].iter_rows())]
    table = page.split("每天的数字")[1]
    assert columns == re.findall(r"<th(?: [^>]*)?>(.*?)</th>", table) and "爽约率" in columns
    [*_, today] = [[cell.value for cell in row] for row in book["每天"].iter_rows()]
    shown = re.findall(r"<td[^>]*>(.*?)</td>", table.split("<tr>")[2])
    assert [str(each or "") for each in today] == shown
    assert [row[0].value for row in book["问得多的事项"].iter_rows()][1] == "借书证丢失补办"
    assert [cell.value for cell in [*book["总数"].iter_rows()][1]][:2] == ["地区", "全部"]
    sheet = (await analyst.http.get(f"{FIGURES}/days.csv")).content.decode("utf-8-sig")
    assert sheet.startswith("日期,会话,消息")
    assert (await analyst.http.get(f"{FIGURES}/nothing.csv")).status_code == 404
    assert [line.entry.what for line in halls.house.audit.lines(Wanted(what="figures."))] == ["figures.export"] * 2

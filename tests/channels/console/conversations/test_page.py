"""Recorded conversations in the console: found, read and taken along by those who may, and every look noted."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from html import unescape

import httpx
import pytest
from openpyxl import load_workbook

from channels.console.conversations.telling import COLUMNS
from service_hall.conversation.context import Context
from service_hall.conversation.records import RecordedTurn
from service_hall.conversation.reply import Choice, ChoicesReply, Outcome, Reply, TextReply, TicketReply
from service_hall.shared.ids import VisitorId, new_message_id
from service_hall.staff.audit import Wanted
from service_hall.staff.roles import Role
from tests.channels.console.shell.desk import AtDesk
from tests.channels.web.conftest import Citizen, Knock
from tests.fakes import EAST, WEST
from tests.town_house import TownHouse

CONVERSATIONS = "/console/conversations"


@pytest.fixture
def analyst(halls: TownHouse, knock: Knock) -> AtDesk:
    return AtDesk(knock(halls)).signed_in(halls, "分析员", Role.ANALYST)


@pytest.fixture
async def talked(door: httpx.AsyncClient) -> Citizen:
    citizen = Citizen(door)
    answer = (await citizen.say("借书证丢了怎么补办"))["replies"][0]
    judged = {"answer_id": answer["answer_id"], "useful": False, "comment": "没说地址"}
    assert (await door.post("/api/chat/feedback", json=judged, headers=citizen.headers)).is_success
    await citizen.say("我叫王小明，电话13812345678，我要转人工")
    return citizen


def rows(page: str) -> list[str]:
    return re.findall(r"<tr>.*?</tr>", page.split("<tbody>")[1], re.S) if "<tbody>" in page else []


def addresses(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(rf'href="({CONVERSATIONS}/m[^"#]*)', page)]


def record(town: TownHouse, said: str, reply: Reply, region: str | None = None) -> None:
    turn = RecordedTurn(new_message_id(), VisitorId("v_1"), town.clock(), said, Outcome.DONE, (reply,), 1)
    town.records.record(turn, Context(region=region))


def noted(town: TownHouse) -> list[tuple[str, str, object]]:
    lines = town.house.audit.lines(Wanted(kind="conversation"))
    return [(line.entry.what, line.entry.by, dict(line.entry.after)) for line in lines]


@pytest.mark.usefixtures("talked")
async def test_they_are_searched_by_words_day_channel_region_and_outcome(halls: TownHouse, analyst: AtDesk) -> None:
    page = await analyst.look(CONVERSATIONS)
    assert len(rows(page)) == 2 and "借书证丢了怎么补办" in page and "没用" in page and "转人工" in page
    assert "要等一会儿才开始下载" in page
    today = halls.clock().date()
    for query, found in (
        ("words=借书证 补办", 1),
        ("words=护照", 0),
        ("words=%25", 0),
        (f"first={today}&last={today}", 2),
        ("last=2020-01-01", 0),
        ("channel=web", 2),
        ("channel=wechat", 0),
        ("outcome=handed_over", 1),
        (f"region={WEST}", 0),
    ):
        assert len(rows(await analyst.look(f"{CONVERSATIONS}?{query}"))) == found, query
    await analyst.look(f"{CONVERSATIONS}?region=999999", 404)
    await analyst.look(f"{CONVERSATIONS}?first=yesterday", 422)
    await analyst.look(f"{CONVERSATIONS}?last=9999-12-31")  # the last day there is
    await analyst.look(f"{CONVERSATIONS}?at=2026-01-01T00:00:00&after=m_1", 422)


@pytest.mark.usefixtures("talked")
async def test_one_is_read_with_the_reason_of_each_turn_and_nobodys_number(analyst: AtDesk) -> None:
    [newest, _] = addresses(await analyst.look(CONVERSATIONS))
    page = await analyst.look(newest)
    assert page.count("<article") == 2 and page.count('id="chosen"') == 1
    assert "13812345678" not in page and "没说地址" in page and page.count("原因：") == 2
    assert "没有这段对话" in await analyst.look(f"{CONVERSATIONS}/m_nobody", 404)


async def test_a_visits_code_is_not_shown(halls: TownHouse, analyst: AtDesk) -> None:
    ticket = TicketReply(
        text="您的预约码是 5JRDE G7SZ7，也可以写 5JRDEG7SZ7。",
        code="5JRDEG7SZ7",
        number="A001",
        office_id="o",
        office_name="大厅",
        ahead=1,
        estimated_wait_minutes=5,
        status="waiting",
    )
    record(halls, "取号", ticket)
    for page in (await analyst.look(CONVERSATIONS), await analyst.look(f"{CONVERSATIONS}/sheet.csv")):
        assert "〔预约码〕" in page and "G7SZ7" not in page


async def test_pages_lead_on_to_what_is_older(halls: TownHouse, analyst: AtDesk) -> None:
    for number in range(54):
        record(halls, f"谢谢{number}", TextReply(text="不客气。"))
    page = await analyst.look(f"{CONVERSATIONS}?words=谢谢")
    [older] = [unescape(found) for found in re.findall(r'href="(\?[^"]*)" rel="next"', page)]
    assert len(rows(page)) == 50 and "words=" in older
    after = await analyst.look(f"{CONVERSATIONS}{older}")
    assert len(rows(after)) == 4 and "接着找" not in after and not {*addresses(page)} & {*addresses(after)}


@pytest.mark.usefixtures("talked")
async def test_each_look_is_noted_and_not_what_was_looked_for(halls: TownHouse, analyst: AtDesk) -> None:
    [newest, _] = addresses(await analyst.look(f"{CONVERSATIONS}?channel=web"))
    await analyst.look(newest)
    await analyst.look(f"{CONVERSATIONS}?words=王小明 电话")
    await analyst.http.get(f"{CONVERSATIONS}/sheet.csv?outcome=answered")
    assert noted(halls) == [
        ("conversation.export", "分析员", {"outcome": "answered"}),
        ("conversation.search", "分析员", {"words": 2}),
        ("conversation.look", "分析员", {}),
        ("conversation.search", "分析员", {"channel": "web"}),
    ]


@pytest.mark.usefixtures("talked")
async def test_a_sheet_has_what_the_screen_shows(analyst: AtDesk) -> None:
    response = await analyst.http.get(f"{CONVERSATIONS}/sheet.csv?words=借书证")
    [row] = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert [*row] == [*COLUMNS] and (row["群众说的"], row["评价"]) == ("借书证丢了怎么补办", "没用")
    assert row["原因"] and row["答复"] and "attachment" in response.headers["content-disposition"]
    response = await analyst.http.get(f"{CONVERSATIONS}/sheet.xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None and len(list(sheet.iter_rows())) == 3
    await analyst.look(f"{CONVERSATIONS}/sheet.pdf", 404)


@pytest.mark.usefixtures("talked")
async def test_whoever_is_limited_to_a_district_reads_and_takes_along_its_own_and_what_named_no_region(
    halls: TownHouse, knock: Knock
) -> None:
    everywhere = AtDesk(knock(halls)).signed_in(halls, "全市", Role.ANALYST)
    halls.clock.at += timedelta(minutes=1)
    record(halls, "西山怎么走", TextReply(text="坐车。"), WEST)
    [of_west, newest, _] = addresses(await everywhere.look(CONVERSATIONS))
    limited = AtDesk(knock(halls)).signed_in(halls, "东河", Role.ANALYST, regions=frozenset({EAST}))
    page = await limited.look(CONVERSATIONS)
    assert (
        addresses(page) == addresses(await everywhere.look(CONVERSATIONS))[1:] and page.count("没说地区</small>") == 2
    )
    assert rows(await limited.look(f"{CONVERSATIONS}?region={EAST}")) == []
    await limited.look(newest)
    await limited.look(of_west, 404)
    await limited.look(f"{CONVERSATIONS}?region={WEST}", 403)
    sheet = (await limited.http.get(f"{CONVERSATIONS}/sheet.csv")).text
    assert sheet.count(",没说地区,") == 2 and "西山怎么走" not in sheet
    gone = AtDesk(knock(halls)).signed_in(halls, "撤销的区", Role.ANALYST, regions=frozenset({"999999"}))
    await gone.look(CONVERSATIONS, 403)


async def test_who_may_read_may_not_all_take_along(halls: TownHouse, knock: Knock) -> None:
    #        curator reviewer clerk agent analyst administrator
    reads = (200, 200, 403, 200, 200, 200)
    takes = (403, 403, 403, 403, 200, 200)
    for role, read, take in zip(Role, reads, takes, strict=True):
        desk = AtDesk(knock(halls)).signed_in(halls, f"某{role}", role)
        page = await desk.look(CONVERSATIONS, read)
        assert (await desk.http.get(f"{CONVERSATIONS}/sheet.csv")).status_code == take, role
        assert ("sheet.csv" in page) is (take == 200), role


@pytest.mark.usefixtures("talked")
async def test_a_note_stands_beside_its_turn_masked_and_is_taken_down_again(halls: TownHouse, analyst: AtDesk) -> None:
    [newest, _] = addresses(await analyst.look(CONVERSATIONS))
    wrong = await analyst.send(f"{newest}/notes", {"text": " "}, page=newest)
    assert wrong.status_code == 422 and "请选一个标记，或写一句备注。" in wrong.text
    # Twice: the page of the form, and once more what was refused, which shows the conversation as well.
    assert [what for what, *_ in noted(halls)].count("conversation.look") == 2
    page = await analyst.did(f"{newest}/notes", {"flag": "follow_up", "text": "回电13812345678 <b>"}, page=newest)
    assert "已记下" in page and "要跟进" in page and "&lt;b&gt;" in page and "13812345678" not in page
    assert len(rows(await analyst.look(f"{CONVERSATIONS}?flag=follow_up"))) == 1
    assert "【要跟进】" in await analyst.look(f"{CONVERSATIONS}/sheet.csv")
    [drop] = re.findall(r'action="([^"]+/drop)"', page)
    assert "回电" not in await analyst.did(drop, page=newest)
    assert (await analyst.send(drop, page=newest)).status_code == 404
    told = [what for what, _, _ in noted(halls)]
    assert told.count("conversation.note") == told.count("conversation.drop_note") == 1


@pytest.mark.usefixtures("talked")
async def test_whoever_is_limited_to_another_district_writes_no_note(halls: TownHouse, knock: Knock) -> None:
    everywhere = AtDesk(knock(halls)).signed_in(halls, "全市", Role.ANALYST)
    halls.clock.at += timedelta(minutes=1)
    record(halls, "借书证在西山怎么办", TextReply(text="一样。"), WEST)
    [newest, *_] = addresses(await everywhere.look(CONVERSATIONS))
    limited = AtDesk(knock(halls)).signed_in(halls, "东河", Role.ANALYST, regions=frozenset({EAST}))
    for body in ({"flag": "wrong"}, {}):
        response = await limited.send(f"{newest}/notes", body, page="/console/account")
        assert response.status_code == 404 and "借书证" not in response.text


async def test_whoever_is_limited_to_departments_sees_what_they_handle_and_what_nobody_does(
    halls: TownHouse, talked: Citizen, knock: Knock
) -> None:
    books = AtDesk(knock(halls)).signed_in(halls, "馆员", Role.ANALYST, departments=frozenset({"主管部门"}))
    police = AtDesk(knock(halls)).signed_in(halls, "民警", Role.ANALYST, departments=frozenset({"公安"}))
    assert "借书证丢了怎么补办" in await books.look(CONVERSATIONS)
    page = await police.look(CONVERSATIONS)
    assert "借书证丢了怎么补办" not in page and "转人工" in page
    [of_books] = [each for each in addresses(await books.look(CONVERSATIONS)) if each not in addresses(page)]
    await books.look(of_books)
    await police.look(of_books, 404)
    assert (await police.http.get(f"{CONVERSATIONS}/sheet.csv")).text.count("借书证丢了") == 0


async def test_what_was_tapped_is_told_by_what_stood_on_the_button(halls: TownHouse, analyst: AtDesk) -> None:
    payload = '/give_details{"node":"answer","value":"pets.dog"}'
    record(
        halls, "我要养宠物", ChoicesReply(text="养什么？", options=(Choice(label="养狗（领狗证）", payload=payload),))
    )
    record(halls, payload, TextReply(text="要办犬只登记。"))
    [newest, _] = addresses(await analyst.look(CONVERSATIONS))
    for page in (await analyst.look(CONVERSATIONS), await analyst.look(newest)):
        assert "养狗（领狗证）" in page and "<code>/give" not in page
    # Where nothing tells what stood there, the payload still does.
    record(halls, '/give_details{"node":"answer","value":"pets.cat"}', TextReply(text="猫不用登记。"))
    assert "<code>/give" in await analyst.look(CONVERSATIONS)

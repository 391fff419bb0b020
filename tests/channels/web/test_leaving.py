"""`DELETE /api/visitor`: open bookings are told first, all else is gone, and what stays is said."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from channels.own_page import COOKIE, PAGE_HEADER
from channels.switchboard.receive import Switchboard
from channels.web.notices import WebNotices
from server.jobs import forget_rests
from server.storage.forgotten_store import ForgottenVisitors
from service_hall.appointments.outcomes import Booked
from service_hall.conversation.context import Context
from service_hall.conversation.reply import TextReply
from service_hall.reminders.delivering import deliver_due
from service_hall.shared.ids import VisitorId, new_visitor_id
from service_hall.visits.notices import NoticeId
from service_hall.visits.visit import Code, Visit
from tests.channels.callers import TUESDAY, Visitor, set_clock
from tests.channels.web.conftest import CHINESE_SENTENCE, Citizen, refused
from tests.contract.test_conversation_records import turn
from tests.fakes import TOWN_HALL
from tests.stand_ins import Heard
from tests.town_house import TownHouse
from tests.visit_town import request

LEAVING = "/api/visitor"


async def leave(visitor: Visitor, **asked: Any) -> httpx.Response:
    return await visitor.http.delete(LEAVING, headers=visitor.headers, params=asked)


async def test_of_a_visitor_who_only_talked_nothing_is_left(halls: TownHouse, visitor: Visitor) -> None:
    talk = Citizen(visitor.http)
    talk.token = visitor.headers["Authorization"].removeprefix("Bearer ")
    await talk.say("我叫欧阳锦瑟，明天九点办借书证首次办理，帮我约一下")
    response = await leave(visitor)
    assert response.status_code == 200 and response.json()["kept"] == []
    assert CHINESE_SENTENCE.fullmatch(response.json()["message"])
    assert halls.records.conversation_of(visitor.visitor_id) == []
    [hold] = halls.house.hall.means.ledger.read(lambda page: page.of_visitor(visitor.visitor_id))
    assert (hold.status, hold.person) == ("cancelled", None)


async def test_said_in_the_talk_it_is_asked_once_and_nothing_of_it_stays(halls: TownHouse, visitor: Visitor) -> None:
    talk = Citizen(visitor.http)
    talk.token = visitor.headers["Authorization"].removeprefix("Bearer ")
    await talk.say("我叫欧阳锦瑟，明天九点办借书证首次办理，帮我约一下")
    await talk.say("删除我的数据")
    assert halls.records.conversation_of(visitor.visitor_id) != []
    await talk.say("确认删除")
    assert halls.records.conversation_of(visitor.visitor_id) == []
    [hold] = halls.house.hall.means.ledger.read(lambda page: page.of_visitor(visitor.visitor_id))
    assert (hold.status, hold.person) == ("cancelled", None)


async def told(visitor: Visitor, *said: str) -> str:
    """The answer to the last of it."""
    talk, answer = Citizen(visitor.http), ""
    talk.token = visitor.headers["Authorization"].removeprefix("Bearer ")
    for text in said:
        answer = "\n".join(reply["text"] for reply in (await talk.say(text))["replies"])
    return answer


def spaced(code: str) -> str:
    return f"{code[:5]} {code[5:]}"


async def test_said_in_the_talk_open_bookings_are_told_with_their_codes_and_stay(
    halls: TownHouse, visitor: Visitor
) -> None:
    code = await visitor.booked()
    assert spaced(code) in await told(visitor, "删除我的数据")
    answer = await told(visitor, "确认删除")
    assert spaced(code) in answer and "请记下预约码" in answer
    visit = halls.house.hall.means.ledger.read(lambda page: page.by_code(Code(code)))
    assert visit and (visit.status, visit.visitor_id) == ("booked", None)


async def test_or_are_cancelled_with_all_the_rest(halls: TownHouse, visitor: Visitor) -> None:
    code = await visitor.booked()
    answer = await told(visitor, "删除我的数据", "2")
    assert spaced(code) in answer and "已经取消" in answer
    visit = halls.house.hall.means.ledger.read(lambda page: page.by_code(Code(code)))
    assert visit and (visit.status, visit.person) == ("cancelled", None)


async def test_one_of_them_may_be_cancelled_in_between(visitor: Visitor) -> None:
    code = await visitor.booked()
    assert "要取消这个预约吗" in await told(visitor, "删除我的数据", "取消预约")
    cancelled, _, asked_again = (await told(visitor, "是的")).partition("要删除您的对话")
    assert "已取消" in cancelled and asked_again and spaced(code) not in asked_again
    assert (await visitor.shown(code))["status"] == "cancelled"


async def test_the_token_opens_nothing_any_more(visitor: Visitor) -> None:
    assert (await leave(visitor)).status_code == 200
    for method, path in (("DELETE", LEAVING), ("GET", "/api/appointments"), ("GET", "/api/chat/messages")):
        refused(await visitor.http.request(method, path, headers=visitor.headers), 401, "invalid_token")
    refused(await visitor.http.post("/api/chat/messages", json={"text": "你好"}, headers=visitor.headers), 401)


async def test_the_pages_cookie_is_cleared(visitor: Visitor) -> None:
    http = visitor.http
    own = {PAGE_HEADER: "1"}
    await http.post("/api/chat/messages", json={"text": "你好"}, headers=own)
    assert http.cookies.get(COOKIE)
    response = await http.delete(LEAVING, headers=own)
    assert response.status_code == 200 and "X-Wenban-Visitor-Token" not in response.headers
    assert not http.cookies.get(COOKIE)
    # The page that is opened next is somebody new.
    assert (await http.post("/api/chat/messages", json={"text": "你好"}, headers=own)).status_code == 200


async def test_open_bookings_are_told_first_and_nothing_is_deleted(halls: TownHouse, visitor: Visitor) -> None:
    code = await visitor.booked()
    halls.records.push(visitor.visitor_id, TextReply(text="您好。"), halls.clock())
    response = await leave(visitor)
    assert (response.status_code, response.json()["error"]) == (409, "bookings_open")
    assert [each["code"] for each in response.json()["appointments"]] == [code]
    assert len(halls.records.conversation_of(visitor.visitor_id)) == 1
    assert (await visitor.shown(code))["status"] == "booked"


async def test_they_are_cancelled_if_that_is_wanted(halls: TownHouse, visitor: Visitor) -> None:
    code = await visitor.booked()
    [kept] = (await leave(visitor, cancel="true")).json()["kept"]
    assert (kept["code"], kept["status"], kept["has_person"], kept["person_until"]) == (code, "cancelled", False, None)
    [visit] = halls.house.hall.means.ledger.read(lambda page: page.of_visitor(visitor.visitor_id))
    assert visit.person is None


async def test_or_they_stay_and_staff_tell_what_the_page_would_have(halls: TownHouse, visitor: Visitor) -> None:
    code = await visitor.booked()
    [kept] = (await leave(visitor, cancel="false")).json()["kept"]
    assert (kept["code"], kept["status"], kept["has_person"], kept["person_until"]) == (code, "booked", True, None)
    set_clock(halls, TUESDAY, "08:00")
    means = halls.house.hall.means
    deliver_due(means, halls.house.notice_doors)
    assert halls.records.conversation_of(visitor.visitor_id) == []
    told = means.ledger.read(lambda page: page.to_tell(TOWN_HALL, halls.clock()))
    assert told and {notice.visit_id for notice in told} == {
        visit.visit_id
        for visit in [means.ledger.read(lambda page: page.by_code(Code(code)))]
        if visit and visit.visitor_id is None
    }


async def test_a_wish_on_the_waiting_list_is_withdrawn(halls: TownHouse, visitor: Visitor) -> None:
    body = visitor.request_body()
    wish = {name: body[name] for name in ("guide_id", "office_id", "name", "phone")}
    days = {"first_day": "2026-06-06", "last_day": "2026-06-07"}
    assert (await visitor.ask("POST", "/waiting-list", json=wish | days)).status_code == 201
    assert (await leave(visitor)).status_code == 200
    wishes = halls.house.hall.means.ledger.read(lambda page: page.wishes_of(visitor.visitor_id))
    assert [each.status for each in wishes] == ["withdrawn"]


async def test_others_stay(visitor: Visitor, other: Visitor) -> None:
    code = await other.booked()
    await leave(visitor)
    assert (await other.shown(code))["status"] == "booked"


async def test_a_stranger_has_nothing_to_delete(door: httpx.AsyncClient) -> None:
    refused(await door.delete(LEAVING), 401, "invalid_token")


@pytest.mark.parametrize("cancel", ["perhaps", "", "2"])
async def test_what_is_neither_yes_nor_no_is_refused(visitor: Visitor, cancel: str) -> None:
    refused(await leave(visitor, cancel=cancel), 422, "invalid_input")


async def test_what_waits_while_it_is_deleted_is_not_kept(
    halls: TownHouse, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_in_work, second_in_work, deleted = asyncio.Event(), asyncio.Event(), asyncio.Event()
    may_end = asyncio.Event()

    async def hold(_: Heard) -> None:
        if first_in_work.is_set():
            second_in_work.set()
            await deleted.wait()
        else:
            first_in_work.set()
            await may_end.wait()

    async def say(text: str) -> httpx.Response:
        return await visitor.http.post("/api/chat/messages", json={"text": text}, headers=visitor.headers)

    halls.rasa.before = hold
    first = asyncio.create_task(say("借书证丢了怎么补办"))
    await first_in_work.wait()
    leaving = asyncio.create_task(leave(visitor))
    await comes_to(halls.house.switchboard, "forget", monkeypatch)
    second = asyncio.create_task(say("养狗登记去哪儿办"))
    await comes_to(halls.house.switchboard, "receive", monkeypatch)
    may_end.set()
    assert (await first).status_code == 200
    await second_in_work.wait()
    assert (await leaving).status_code == 200
    deleted.set()
    refused(await second, 401, "invalid_token")
    assert halls.records.conversation_of(visitor.visitor_id) == []
    assert halls.records.turns_of(visitor.visitor_id) == []
    assert halls.records.context_of(visitor.visitor_id) == Context()


async def test_what_another_node_has_deleted_a_moment_ago_is_not_written_here(
    halls: TownHouse, visitor: Visitor
) -> None:
    ForgottenVisitors(halls.house.engine).add(visitor.visitor_id, halls.clock())
    assert visitor.visitor_id not in halls.house.forgotten
    refused(await visitor.book(), 401, "invalid_token")
    body = visitor.request_body()
    wish = {name: body[name] for name in ("guide_id", "office_id", "name", "phone")}
    days = {"first_day": "2026-06-06", "last_day": "2026-06-07"}
    refused(await visitor.ask("POST", "/waiting-list", json=wish | days), 401, "invalid_token")
    for text in ("借书证丢了怎么补办", "我叫欧阳锦瑟，明天九点办借书证首次办理，帮我约一下"):
        said = await visitor.http.post("/api/chat/messages", json={"text": text}, headers=visitor.headers)
        refused(said, 401, "invalid_token")
    page = WebNotices(halls.records)
    assert not page.deliver(visitor.visitor_id, NoticeId("n_1"), TextReply(text="您好。"), halls.clock())
    assert nothing_is_kept(halls, visitor)


@pytest.mark.parametrize(("cancel", "stands"), [("true", "cancelled"), ("false", "booked")])
async def test_a_booking_in_work_meanwhile_is_not_left_behind(
    halls: TownHouse, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, cancel: str, stands: str
) -> None:
    appointments = halls.house.hall.appointments
    forget_visitor = appointments.forget_visitor
    booked: list[Visit] = []

    def book_between(visitor_id: VisitorId, cancels: bool) -> list[Visit]:
        kept = forget_visitor(visitor_id, cancels)
        if not booked:
            outcome = appointments.book(request(1, visitor_id=visitor_id))
            assert isinstance(outcome, Booked)
            booked.append(outcome.visit)
        return kept

    monkeypatch.setattr(appointments, "forget_visitor", book_between)
    [kept] = (await leave(visitor, cancel=cancel)).json()["kept"]
    assert (kept["code"], kept["status"]) == (booked[0].code, stands)
    visit = halls.house.hall.means.ledger.read(lambda page: page.visit(booked[0].visit_id))
    assert visit and visit.status == stands
    # Cancelled it tells no name, booked it is left to staff.
    assert visit.person is None if cancel == "true" else visit.visitor_id is None


def test_what_was_left_behind_is_found_and_deleted_later(halls: TownHouse) -> None:
    house, one, other = halls.house, new_visitor_id(), new_visitor_id()
    for number, visitor_id in enumerate((one, other), 1):
        halls.records.record(turn(visitor_id), Context())
        assert isinstance(house.hall.appointments.book(request(number, visitor_id=visitor_id)), Booked)
    house.forgotten.add(one, halls.clock())
    assert house.forgotten.still_kept() == [one]
    forget_rests(house)
    assert house.forgotten.still_kept() == []
    assert halls.records.conversation_of(one) == [] and halls.records.conversation_of(other) != []
    ledger = house.hall.means.ledger
    assert ledger.read(lambda page: (len(page.of_visitor(one)), len(page.of_visitor(other)))) == (0, 1)


async def comes_to(switchboard: Switchboard, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who has just set out, and now stands in the visitor's line."""
    usual, is_there = getattr(switchboard, name), asyncio.Event()

    async def note(*asked: Any) -> Any:
        is_there.set()
        return await usual(*asked)

    monkeypatch.setattr(switchboard, name, note)
    await is_there.wait()


def nothing_is_kept(halls: TownHouse, visitor: Visitor) -> bool:
    ledger, who = halls.house.hall.means.ledger, visitor.visitor_id
    visits, wishes = ledger.read(lambda page: (page.of_visitor(who), page.wishes_of(who)))
    return not [*visits, *wishes, *halls.records.conversation_of(who), *halls.records.turns_of(who)]


def test_other_nodes_hear_of_it_and_it_outlives_a_restart(halls: TownHouse, tmp_path: Path) -> None:
    here, there = ForgottenVisitors(halls.house.engine), ForgottenVisitors(halls.house.engine)
    one, other = new_visitor_id(), new_visitor_id()
    for _ in range(2):
        here.add(one, halls.clock())
    assert one in here and one not in there
    there.refresh()
    assert one in there and other not in there
    assert one in ForgottenVisitors(halls.house.engine)
    assert here.drop(halls.clock()) == 0

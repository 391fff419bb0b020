"""Name and numbers of whoever comes: masked in every answer, sealed in the database, nowhere in the log."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from service_hall.appointments import upkeep
from service_hall.reminders.delivering import deliver_due
from tests.channels.callers import TUESDAY, Clerk, Visitor, set_clock, written
from tests.channels.web.conftest import Citizen, visitor_of
from tests.town_house import TownHouse
from tests.visit_town import LOST, STALL

NAME, PHONE, IDENTITY = "欧阳锦瑟", "13912345678", "110101199003078515"
WHO = {"name": NAME, "phone": PHONE, "id_number": IDENTITY}
SECRETS = (NAME, PHONE, IDENTITY)


async def a_whole_life(halls: TownHouse, visitor: Visitor, clerk: Clerk) -> list[httpx.Response]:
    """Everything that is answered about one person: booked, refused, moved, missed, appealed; come and served."""
    answers: list[httpx.Response] = []

    async def ask(caller: Visitor | Clerk, method: str, rest: str = "", **more: Any) -> Any:
        answers.append(await caller.ask(method, rest, **more))
        return answers[-1].json()

    key = {"Idempotency-Key": "key"}
    body = visitor.request_body(**WHO, share_with_clerk=True)
    code = (await ask(visitor, "POST", json=body, headers=key))["code"]
    await ask(visitor, "POST", json=body, headers=key)
    await ask(visitor, "POST", json=body, headers={"Idempotency-Key": "another"})
    for wrong in (
        {"name": f"{NAME}7"},
        {"phone": f"{PHONE}9"},
        {"id_number": IDENTITY[:-1] + "0"},
        {"starts_at": PHONE},
    ):
        await ask(visitor, "POST", json=body | wrong, headers={"Idempotency-Key": "wrong"})
    await ask(visitor, "POST", f"/{code}/reschedule", json={"starts_at": written(TUESDAY, "10:00")})
    person = {name: body[name] for name in WHO}
    days = {"first_day": "2026-06-06", "last_day": "2026-06-07"}
    await ask(visitor, "POST", "/waiting-list", json={"guide_id": LOST, "office_id": "town-hall", **days, **person})
    later = {"guide_id": STALL, "office_id": "east-hall", "starts_at": written(TUESDAY, "09:00"), **person}
    missed = (await ask(visitor, "POST", json=later, headers={"Idempotency-Key": "missed"}))["code"]
    set_clock(halls, TUESDAY, "10:00")
    await ask(visitor, "POST", f"/{code}/check-in")
    visit_id = (await ask(clerk, "POST", "/town-hall/1/call-next"))["current"]["visit_id"]
    await ask(clerk, "GET", "/town-hall/1")
    await ask(clerk, "GET", f"/town-hall/visits/{visit_id}/pack")
    await ask(clerk, "POST", "/town-hall/1/finish", json={"visit_id": visit_id})
    comment = f"我的电话{PHONE}，身份证{IDENTITY}"
    await ask(visitor, "POST", f"/{code}/rating", json={"score": 1, "comment": comment})
    set_clock(halls, TUESDAY + timedelta(days=1), "08:00")
    upkeep.end_days(halls.house.hall.means)
    await ask(visitor, "POST", f"/{missed}/appeal", json={"reason": comment})
    await ask(clerk, "GET", "/east-hall/appeals")
    await ask(visitor, "GET")
    await ask(visitor, "GET", "/waiting-list")
    deliver_due(halls.house.hall.means, halls.house.notice_doors)
    return answers


async def test_no_answer_gives_them_back(halls: TownHouse, visitor: Visitor, clerk: Clerk) -> None:
    answers = await a_whole_life(halls, visitor, clerk)
    assert sorted({answer.status_code for answer in answers}) == [200, 201, 409, 422]
    for answer in answers:
        assert [secret for secret in SECRETS if secret in answer.text] == [], answer.request.url
        assert answer.headers["cache-control"] == "no-store"
    assert "欧**瑟" in answers[0].text


async def test_the_database_holds_none_of_them_in_clear(
    halls: TownHouse, visitor: Visitor, clerk: Clerk, tmp_path: Path
) -> None:
    await a_whole_life(halls, visitor, clerk)
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    kept = b"".join(path.read_bytes() for path in files)
    assert visitor.visitor_id.encode() in kept
    for secret in SECRETS:
        assert secret.encode() not in kept
        assert secret.encode("utf-16-le") not in kept
        assert ascii(secret).strip("'").encode() not in kept


async def test_the_log_holds_none_of_them(
    halls: TownHouse, visitor: Visitor, clerk: Clerk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await a_whole_life(halls, visitor, clerk)
    assert caplog.records
    said = caplog.text
    assert [secret for secret in SECRETS if secret in said or ascii(secret).strip("'") in said] == []


async def test_not_even_when_the_database_fails(
    halls: TownHouse, visitor: Visitor, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the disk is full")

    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(type(halls.house.hall.means.ledger), "write", fail)
    with pytest.raises(RuntimeError) as fault:
        await visitor.book(**WHO)
    told = caplog.text + str(fault.getrepr(showlocals=False)) + str(fault.value)
    assert [secret for secret in SECRETS if secret in told] == []


class TestInTheChat:
    """A booking by sentences, with the name put right at the end."""

    SAID = (
        "我叫欧阳锦瑟，明天九点办借书证首次办理，帮我约一下",
        "0086-139·1234/5678",
        "一三九，一二三四，五六七八",
        "名字错了，是司徒静姝不是欧阳锦瑟",
        "不是司徒静姝是皇甫雅琴",
        "皇甫雅琴没错",
        "没错",
    )
    TOLD = ("欧阳锦瑟", "司徒静姝", "皇甫雅琴", "139·1234", "一二三四", "13912345678")

    async def test_no_name_and_no_number_is_kept_sent_on_or_logged(
        self, halls: TownHouse, door: httpx.AsyncClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        citizen = Citizen(door)
        answers = [await citizen.say(said) for said in self.SAID]
        shown = [reply.pop("private", {}) for answer in answers for reply in answer["replies"]]
        whole = {"name": "皇甫雅琴", "phone": "13912345678"}
        assert whole in shown  # to the writer alone, at 请核对
        booked = json.dumps(answers[-1], ensure_ascii=False)
        assert answers[-1]["outcome"] == "done" and "皇**琴" in booked and "139****5678" in booked
        turns = [turn.said for turn in halls.records.turns_of(visitor_of(citizen.token))]
        assert {"名字错了，是〔姓名〕不是〔姓名〕", "不是〔姓名〕是〔姓名〕", "〔姓名〕没错"} < set(turns)
        kept = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
        told = json.dumps([halls.rasa.heard, answers], ensure_ascii=False) + caplog.text + "".join(turns)
        for secret in self.TOLD:
            assert secret not in told, secret
            assert secret.encode() not in kept and ascii(secret).strip("'").encode() not in kept, secret

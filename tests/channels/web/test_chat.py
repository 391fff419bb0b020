"""`/api/chat/messages` and `/api/chat/feedback`, beginning with the caller whom nobody knows."""

from __future__ import annotations

import json
import logging
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from channels.bodies import MOST_BODY_BYTES
from channels.limits import MOST_CHARACTERS
from channels.own_page import COOKIE, PAGE_HEADER
from channels.visitors import VisitorDesk
from knowledge_base.model import Aspect
from service_hall.conversation.reply import ask_payload
from service_hall.shared.ids import VisitorId
from tests.channels.web.conftest import Citizen, Knock, refused, visitor_of
from tests.town_house import TownHouse

MESSAGES = "/api/chat/messages"
QUESTION = "借书证丢了怎么补办"
IDENTITY = "110101199003078515"
OWN_PAGE = {PAGE_HEADER: "1"}


class TestWhoIsAsking:
    async def test_a_stranger_gets_an_answer_and_a_token(self, http: httpx.AsyncClient) -> None:
        response = await http.post(MESSAGES, json={"text": QUESTION})
        assert response.status_code == 200
        body = response.json()
        assert set(body) == {"visitor_token", "message_id", "outcome", "replies"}
        assert body["outcome"] == "answered"
        [reply] = body["replies"]
        assert (reply["type"], reply["guide_id"], reply["aspect"]) == ("answer", "library-card-lost", "procedure")
        assert reply["region"] == "880100"
        assert all(source["checked_on"] for source in reply["sources"])
        assert reply["text"]

    async def test_two_strangers_are_two_visitors(self, http: httpx.AsyncClient) -> None:
        tokens = [(await http.post(MESSAGES, json={"text": "你好"})).json()["visitor_token"] for _ in range(2)]
        assert visitor_of(tokens[0]) != visitor_of(tokens[1])

    async def test_the_token_continues_the_conversation(self, citizen: Citizen) -> None:
        await citizen.say(QUESTION)
        first = citizen.token
        body = await citizen.say("那多少钱")
        [reply] = body["replies"]
        assert (reply["guide_id"], reply["aspect"]) == ("library-card-lost", "fee")
        assert visitor_of(citizen.token) == visitor_of(first)

    @pytest.mark.parametrize(
        "header",
        [
            "Bearer v_forged.c2lnbmF0dXJl",
            "Bearer v_forged",
            "Bearer ",
            "Bearer",
            "",
            "Basic dTpw",
            "Bearer ..",
            "Bearer \u00ff.\u00fe",
        ],
    )
    async def test_a_token_that_is_not_ours_is_refused(self, http: httpx.AsyncClient, header: str) -> None:
        headers = [(b"authorization", header.encode("latin-1"))]
        response = await http.post(MESSAGES, json={"text": QUESTION}, headers=headers)
        refused(response, 401, "invalid_token")
        assert response.headers["www-authenticate"] == "Bearer"

    async def test_a_token_signed_with_another_secret_is_refused(self, http: httpx.AsyncClient) -> None:
        token = VisitorDesk("another secret").token_for(VisitorId("v_1"))
        refused(await http.post(MESSAGES, json={"text": "你好"}, headers={"Authorization": f"Bearer {token}"}), 401)

    async def test_a_token_with_a_changed_name_is_refused(self, citizen: Citizen) -> None:
        await citizen.say("你好")
        citizen.token = "v_somebody-else" + citizen.token[citizen.token.index(".") :]
        refused(await citizen.post(text="你好"), 401)


class TestTheCookieOfOurOwnPage:
    async def test_other_programs_get_no_cookie(self, http: httpx.AsyncClient) -> None:
        response = await http.post(MESSAGES, json={"text": "你好"})
        assert "set-cookie" not in response.headers

    async def test_our_page_gets_one_that_no_script_can_read(self, http: httpx.AsyncClient) -> None:
        response = await http.post(MESSAGES, json={"text": "你好"}, headers=OWN_PAGE)
        cookie = response.headers["set-cookie"].lower()
        assert cookie.startswith(COOKIE)
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert "secure" not in cookie

    async def test_behind_https_it_is_marked_secure(self, tmp_path: Any, knock: Knock) -> None:
        http = knock(TownHouse(tmp_path, secure_cookies=True))
        response = await http.post(MESSAGES, json={"text": "你好"}, headers=OWN_PAGE)
        assert "; secure" in response.headers["set-cookie"].lower()

    async def test_it_continues_the_conversation_of_our_page(self, http: httpx.AsyncClient) -> None:
        first = await http.post(MESSAGES, json={"text": QUESTION}, headers=OWN_PAGE)
        second = await http.post(MESSAGES, json={"text": "那多少钱"}, headers=OWN_PAGE)
        assert visitor_of(first.json()["visitor_token"]) == visitor_of(second.json()["visitor_token"])
        assert second.json()["replies"][0]["guide_id"] == "library-card-lost"

    async def test_it_counts_for_nothing_without_the_pages_own_header(self, http: httpx.AsyncClient) -> None:
        first = await http.post(MESSAGES, json={"text": QUESTION}, headers=OWN_PAGE)
        second = await http.post(MESSAGES, json={"text": "你好"})
        assert visitor_of(first.json()["visitor_token"]) != visitor_of(second.json()["visitor_token"])

    async def test_a_forged_cookie_makes_a_newcomer(self, http: httpx.AsyncClient) -> None:
        http.cookies.set(COOKIE, "v_forged.c2lnbmF0dXJl")
        response = await http.post(MESSAGES, json={"text": "你好"}, headers=OWN_PAGE)
        assert visitor_of(response.json()["visitor_token"]) != "v_forged"


class TestWhatIsSaid:
    @pytest.mark.parametrize("text", ["", " ", "\n\t", "\u3000\u3000"])
    async def test_nothing_said_is_refused_kindly(self, citizen: Citizen, text: str) -> None:
        refused(await citizen.post(text=text), 422, "empty_message")

    async def test_a_thousand_characters_are_taken(self, citizen: Citizen) -> None:
        body = await citizen.say("借" * MOST_CHARACTERS)
        assert body["replies"][0]["text"]

    async def test_one_more_is_too_long(self, citizen: Citizen) -> None:
        refused(await citizen.post(text="借" * (MOST_CHARACTERS + 1)), 422, "message_too_long")

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"region": "880101"},
            {"text": QUESTION, "payload": ask_payload(Aspect.FEE, "dog-register")},
            {"text": 7},
            {"text": [QUESTION]},
            {"text": {"text": QUESTION}},
            {"text": True},
            {"payload": 7},
            {"text": QUESTION, "region": 880101},
            {"text": QUESTION, "region": ["880101"]},
            [QUESTION],
            QUESTION,
            None,
        ],
        ids=repr,
    )
    async def test_what_fits_no_message_is_refused(self, http: httpx.AsyncClient, body: Any) -> None:
        refused(await http.post(MESSAGES, json=body), 422, "invalid_input")

    @pytest.mark.parametrize("region", ["000001", "nowhere", "88010", "\ud800", "。", "880101' OR '1'='1"])
    async def test_an_unknown_region_is_refused(self, http: httpx.AsyncClient, region: str) -> None:
        response = await http.post(
            MESSAGES,
            content=json.dumps({"text": QUESTION, "region": region}),
            headers={"Content-Type": "application/json"},
        )
        assert response.status_code == 422
        assert set(response.json()) == {"error", "message"}

    async def test_a_known_region_speaks(self, citizen: Citizen) -> None:
        body = await citizen.say("养狗证要带什么", region="880101")
        assert body["replies"][0]["region"] == "880101"
        assert "狂犬疫苗接种证明" in body["replies"][0]["text"]

    async def test_a_choice_is_answered(self, citizen: Citizen) -> None:
        response = await citizen.post(payload=ask_payload(Aspect.FEE, "dog-register"))
        [reply] = response.json()["replies"]
        assert (reply["guide_id"], reply["aspect"]) == ("dog-register", "fee")

    async def test_every_suggestion_can_be_tapped(self, citizen: Citizen) -> None:
        [answer] = (await citizen.say(QUESTION))["replies"]
        assert answer["suggestions"]
        for suggestion in answer["suggestions"]:
            response = await citizen.post(payload=suggestion["payload"])
            assert response.json()["replies"][0]["guide_id"] == "library-card-lost"

    @pytest.mark.parametrize(
        "payload",
        [
            "/restart",
            "/ask_fee",
            "/ask_fee{}",
            '/ask_everything{"guide_id":"dog-register"}',
            '/ask_fee{"guide_id":"../../etc/passwd"}',
            '/ask_fee{"guide_id":7}',
            '/ask_fee["dog-register"]',
            '/ask_fee{"guide_id":"dog-register"}\n/restart',
            "ask_fee",
            "/ask_human",
        ],
    )
    async def test_an_unknown_payload_is_refused(self, town_house: TownHouse, citizen: Citizen, payload: str) -> None:
        refused(await citizen.post(payload=payload), 422, "unknown_payload")
        assert town_house.rasa.heard == []

    async def test_a_payload_is_kept_and_sent_on_without_what_was_added_to_it(
        self, town_house: TownHouse, citizen: Citizen, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        sent = '/ask_fee{"guide_id":"dog-register","name":"王小明","phone":"13800138000"}'
        response = await citizen.post(payload=sent)
        assert response.json()["replies"][0]["guide_id"] == "dog-register"
        [turn] = town_house.records.turns_of(visitor_of(citizen.token))
        assert turn.said == ask_payload(Aspect.FEE, "dog-register")
        assert town_house.rasa.messages == [ask_payload(Aspect.FEE, "dog-register")]
        told = json.dumps(town_house.rasa.heard, ensure_ascii=False) + caplog.text
        assert "王小明" not in told and "13800138000" not in told

    @pytest.mark.parametrize(
        "payload", ['/ask_fee{"guide_id":"13800138000"}', '/give_details{"node":"who","value":"138-0013-8000"}']
    )
    async def test_a_payload_that_tells_a_number_is_none(
        self, town_house: TownHouse, citizen: Citizen, payload: str
    ) -> None:
        refused(await citizen.post(payload=payload), 422, "unknown_payload")
        assert town_house.rasa.heard == []

    async def test_a_choice_of_a_guide_that_is_gone_is_an_honest_no(self, citizen: Citizen) -> None:
        refused(await citizen.post(payload=ask_payload(Aspect.FEE, "gone-since-yesterday")), 422, "unknown_payload")

    @pytest.mark.parametrize(
        "text",
        [
            "'; DROP TABLE turns; --",
            "<script>alert(1)</script>",
            "😀😀😀",
            "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
            "a\x00b",
            "/restart",
            "{{7*7}} ${7*7} %s %d",
            "\u202e\u200b\ufeff",
            "𠮷野家",
        ],
        ids=ascii,
    )
    async def test_no_text_is_too_odd_for_an_answer(self, citizen: Citizen, town_house: TownHouse, text: str) -> None:
        body = await citizen.say(text)
        assert body["replies"][0]["text"]
        [turn] = town_house.records.turns_of(visitor_of(citizen.token))
        assert turn.replies

    @pytest.mark.parametrize("half", [rb'{"text":"\ud800"}', rb'{"text":"\udfff\ud800\u0000"}'])
    async def test_half_a_character_is_no_fault_of_ours(self, http: httpx.AsyncClient, half: bytes) -> None:
        response = await http.post(MESSAGES, content=half, headers={"Content-Type": "application/json"})
        assert response.status_code == 200


class TestTheBody:
    @pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"text=hello", b'{"text": "x"', b"{'text': 'x'}"])
    async def test_what_is_no_json_is_a_bad_request(self, http: httpx.AsyncClient, body: bytes) -> None:
        refused(
            await http.post(MESSAGES, content=body, headers={"Content-Type": "application/json"}), 400, "bad_request"
        )

    async def test_another_media_type_is_refused(self, http: httpx.AsyncClient) -> None:
        response = await http.post(MESSAGES, content=b'{"text": "x"}', headers={"Content-Type": "text/plain"})
        refused(response, 415, "unsupported_media_type")

    async def test_a_body_that_announces_too_much_is_refused(self, http: httpx.AsyncClient) -> None:
        refused(await http.post(MESSAGES, content=b" " * (MOST_BODY_BYTES + 1)), 413, "too_large")

    async def test_a_body_that_grows_too_large_is_refused(self, http: httpx.AsyncClient) -> None:
        async def endless() -> Any:
            for _ in range(20):
                yield b" " * 1024

        response = await http.post(MESSAGES, content=endless(), headers={"Content-Type": "application/json"})
        refused(response, 413, "too_large")

    async def test_a_body_at_the_limit_is_read(self, http: httpx.AsyncClient) -> None:
        body = json.dumps({"text": QUESTION}).encode()
        body += b" " * (MOST_BODY_BYTES - len(body))
        response = await http.post(MESSAGES, content=body, headers={"Content-Type": "application/json"})
        assert response.status_code == 200

    @pytest.mark.parametrize("length", ["-1", "many", "1e9", ""])
    async def test_an_odd_announcement_is_refused(self, http: httpx.AsyncClient, length: str) -> None:
        refused(await http.post(MESSAGES, content=b"{}", headers={"Content-Length": length}), 413)


class TestHaste:
    async def test_a_visitor_in_haste_is_asked_to_wait(self, tmp_path: Any, knock: Knock) -> None:
        citizen = Citizen(knock(TownHouse(tmp_path, rate_per_visitor=3)))
        for _ in range(3):
            await citizen.say("你好")
        response = await citizen.post(text="你好")
        refused(response, 429, "too_many_requests")
        assert 1 <= int(response.headers["retry-after"]) <= 60

    async def test_one_in_haste_holds_up_nobody_else(self, tmp_path: Any, knock: Knock) -> None:
        http = knock(TownHouse(tmp_path, rate_per_visitor=1))
        hasty, patient = Citizen(http), Citizen(http)
        await hasty.say("你好")
        refused(await hasty.post(text="你好"), 429)
        await patient.say("你好")

    async def test_an_address_has_a_limit_for_all_its_visitors(self, tmp_path: Any, knock: Knock) -> None:
        town = TownHouse(tmp_path, rate_per_address=2)
        for _ in range(2):
            await Citizen(knock(town, address="10.0.0.1")).say("你好")
        response = await Citizen(knock(town, address="10.0.0.1")).post(text="你好")
        refused(response, 429)
        assert int(response.headers["retry-after"]) >= 1
        await Citizen(knock(town, address="10.0.0.2")).say("你好")

    async def test_search_counts_for_the_address_too(self, tmp_path: Any, knock: Knock) -> None:
        http = knock(TownHouse(tmp_path, rate_per_address=1))
        assert (await http.get("/api/knowledge/search", params={"q": "狗证"})).is_success
        refused(await http.get("/api/knowledge/search", params={"q": "狗证"}), 429)
        refused(await http.get("/api/knowledge/suggest", params={"prefix": "狗"}), 429)

    async def test_a_refused_message_reaches_neither_rasa_nor_records(self, tmp_path: Any, knock: Knock) -> None:
        town = TownHouse(tmp_path, rate_per_visitor=1)
        citizen = Citizen(knock(town))
        await citizen.say("你好")
        await citizen.post(text="再见")
        assert town.rasa.messages == ["你好"]
        assert len(town.records.turns_of(visitor_of(citizen.token))) == 1


class TestWithoutRasa:
    async def test_the_citizen_still_gets_an_answer(self, town_house: TownHouse, citizen: Citizen) -> None:
        town_house.rasa.is_up = False
        body = await citizen.say(QUESTION)
        assert body["outcome"] == "degraded"
        assert body["replies"][0]["guide_id"] == "library-card-lost"


class TestWhatIsKept:
    async def test_a_turn_is_recorded_with_its_replies(self, town_house: TownHouse, citizen: Citizen) -> None:
        body = await citizen.say(QUESTION)
        [turn] = town_house.records.turns_of(visitor_of(citizen.token))
        assert (turn.message_id, turn.said, turn.outcome) == (body["message_id"], QUESTION, "answered")
        assert [reply.model_dump(mode="json") for reply in turn.replies] == body["replies"]

    async def test_neither_messages_nor_identity_numbers_stand_in_the_log(
        self, citizen: Citizen, town_house: TownHouse, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        await citizen.say(f"{QUESTION}，我的号码是{IDENTITY}")
        await citizen.post(text="借" * 1001)
        town_house.rasa.is_up = False
        await citizen.say(f"{IDENTITY} 养狗证怎么办")
        assert "visitor=" in caplog.text
        for word in (IDENTITY, "借书证", "养狗证", "借借", citizen.token):
            assert word not in caplog.text

    async def test_not_even_when_the_database_fails(
        self, town_house: TownHouse, knock: Knock, caplog: pytest.LogCaptureFixture
    ) -> None:
        with town_house.house.engine.begin() as transaction:
            transaction.execute(sa.text("DROP TABLE answers"))
            transaction.execute(sa.text("DROP TABLE turns"))
        response = await knock(town_house, raises=False).post(MESSAGES, json={"text": QUESTION})
        refused(response, 500, "internal_error")
        with pytest.raises(sa.exc.OperationalError) as fault:
            await knock(town_house).post(MESSAGES, json={"text": QUESTION})
        assert "借书证" not in str(fault.value) + caplog.text

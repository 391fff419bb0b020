"""Whole conversations with the real service."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from evaluation.stack import Stack
from tests.dialogue.citizen import Citizen, answer_of, options_of

pytestmark = pytest.mark.rasa


class TestTheMainPath:
    def test_a_lost_identity_card_its_fee_and_then_what_to_bring(self, citizen: Citizen) -> None:
        first = citizen.say("身份证丢了怎么补办，要多少钱？")
        assert first["outcome"] == "answered"
        answer = answer_of(first)
        assert answer["guide_id"] == "id-card-lost"
        assert "40" in answer["text"]
        assert answer["sources"]
        checked = [source["checked_on"] for source in answer["sources"] if not source["unverified"]]
        assert checked and all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in checked)
        assert answer["region"] == "990100"

        then = citizen.say("那要带什么？")
        answer = answer_of(then)
        assert then["outcome"] == "answered"
        assert (answer["guide_id"], answer["aspect"]) == ("id-card-lost", "materials")

    def test_the_answer_says_where_it_comes_from_in_words_too(self, citizen: Citizen) -> None:
        answer = answer_of(citizen.say("身份证丢了补办要多少钱"))
        assert answer["aspect"] == "fee"
        assert "依据" in answer["text"]

    def test_suggestions_lead_on_within_the_item(self, citizen: Citizen) -> None:
        answer = answer_of(citizen.say("身份证丢了怎么补办"))
        for suggestion in answer["suggestions"]:
            if suggestion["payload"].startswith(("/book", "/scenario")):
                continue  # these lead out of it
            assert answer_of(citizen.tap(suggestion["payload"]))["guide_id"] == "id-card-lost"

    def test_the_last_suggestion_books_the_item(self, citizen: Citizen) -> None:
        answer = answer_of(citizen.say("身份证丢了怎么补办"))
        asked = citizen.tap(answer["suggestions"][-1]["payload"])
        assert (asked["outcome"], asked["replies"][-1]["node"]) == ("asking", "office")


class TestHere:
    @pytest.mark.parametrize(
        ("asked", "here"),
        [
            ("图书证押金多少", "云禾市图书馆办证免押金"),
            ("停了暖气还要交钱吗", "报停收15%"),
            ("开KTV离学校要多远", "200米"),
        ],
    )
    def test_what_holds_here_stands_before_another_places_example(
        self, citizen: Citizen, asked: str, here: str
    ) -> None:
        answer = answer_of(citizen.say(asked))
        assert here in answer["text"].partition("\n")[0]

    def test_what_was_asked_clearly_is_in_front_whatever_leads(self, citizen: Citizen) -> None:
        answer = answer_of(citizen.say("普通话考试多少钱一次"))
        assert "50元" in answer["text"][: answer["lead"]]


class TestGoingOn:
    def test_another_item_takes_the_firsts_place(self, citizen: Citizen) -> None:
        citizen.say("身份证丢了补办要多少钱")
        answer = answer_of(citizen.say("那护照丢了呢"))
        assert answer["guide_id"] == "passport-lost"
        assert answer_of(citizen.say("要带什么材料"))["guide_id"] == "passport-lost"

    def test_a_correction_takes_back_what_was_understood(self, citizen: Citizen) -> None:
        citizen.say("身份证丢了怎么补办")
        answer = answer_of(citizen.say("不是补办，是到期换证"))
        assert answer["guide_id"] == "id-card-renew"

    @pytest.mark.parametrize(
        ("asked", "put_right", "meant"),
        [
            ("车子年检要带什么", "不是年检，是过户", "vehicle-transfer"),
            ("公积金买房提取要什么", "不是买房，是租房", "housing-fund-withdraw-rent"),
            ("结婚证怎么领", "不是领证，是补证", "marriage-cert-reissue"),
            pytest.param(
                "二手车过户要什么",
                "我说的是车，不是房子",
                "vehicle-transfer",
                marks=pytest.mark.xfail(
                    reason="to be settled by: topic tracking fitted to the grown content", strict=True
                ),
            ),
            ("失业金怎么领", "我没问登记，我就问领钱", "unemployment-benefit"),
        ],
    )
    def test_what_is_taken_back_may_be_it_or_another(
        self, citizen: Citizen, asked: str, put_right: str, meant: str
    ) -> None:
        citizen.say(asked)
        assert answer_of(citizen.say(put_right))["guide_id"] == meant

    def test_who_comes_back_names_what_was_talked_about_first(self, citizen: Citizen) -> None:
        citizen.say("第一次办护照要带什么")
        citizen.say("那居住证怎么办")
        assert answer_of(citizen.say("还是先说前面那个护照，多少钱"))["guide_id"] == "passport-first"

    def test_a_correction_of_the_aspect_keeps_the_item(self, citizen: Citizen) -> None:
        citizen.say("身份证丢了补办要多少钱")
        answer = answer_of(citizen.say("不对，我问的是要多久"))
        assert (answer["guide_id"], answer["aspect"]) == ("id-card-lost", "time_limit")

    @pytest.mark.parametrize(("said", "place"), [("第二个", 1), ("2", 1), ("最后一个", -1), ("就第一个吧", 0)])
    def test_the_nth_choice_is_taken(self, citizen: Citizen, said: str, place: int) -> None:
        options = options_of(citizen.say("要多少钱"))
        answer = answer_of(citizen.say(said))
        assert json.loads(options[place]["payload"].removeprefix("/ask_fee"))["guide_id"] == answer["guide_id"]
        assert answer["aspect"] == "fee"

    def test_a_choice_can_be_tapped(self, citizen: Citizen) -> None:
        options = options_of(citizen.say("要带什么材料"))
        answer = answer_of(citizen.tap(options[0]["payload"]))
        assert answer["guide_id"] in options[0]["payload"]
        assert answer["aspect"] == "materials"

    def test_a_choice_out_of_reach_is_offered_again(self, citizen: Citizen) -> None:
        before = options_of(citizen.say("要多少钱"))
        assert options_of(citizen.say("第六个")) == before

    def test_a_region_that_is_named_speaks_from_then_on(self, citizen: Citizen) -> None:
        assert answer_of(citizen.say("身份证到期换证去哪里办"))["region"] == "990100"
        assert answer_of(citizen.say("我在青桥区"))["region"] == "990101"
        later = answer_of(citizen.say("那要多少钱"))
        assert (later["guide_id"], later["region"]) == ("id-card-renew", "990101")

    def test_a_region_sent_along_speaks(self, citizen: Citizen) -> None:
        assert answer_of(citizen.say("身份证丢了去哪里补办", region="990101"))["region"] == "990101"
        assert answer_of(citizen.say("要带什么"))["region"] == "990101"

    def test_again_means_the_same_answer(self, citizen: Citizen) -> None:
        first = answer_of(citizen.say("身份证丢了补办要多少钱"))
        again = answer_of(citizen.say("再说一遍"))
        assert (again["guide_id"], again["aspect"], again["text"]) == (
            first["guide_id"],
            first["aspect"],
            first["text"],
        )


class TestWhatIsNoQuestion:
    @pytest.mark.parametrize("text", ["你好", "谢谢", "再见", "你是谁", "你会做什么", "你真棒"])
    def test_small_talk_is_answered_without_a_guide(self, citizen: Citizen, text: str) -> None:
        answered = citizen.say(text)
        assert answered["outcome"] == "answered"
        assert {reply["type"] for reply in answered["replies"]} == {"text"}

    def test_small_talk_does_not_lose_the_thread(self, citizen: Citizen) -> None:
        citizen.say("身份证丢了怎么补办")
        citizen.say("谢谢")
        assert answer_of(citizen.say("要多少钱"))["guide_id"] == "id-card-lost"

    @pytest.mark.parametrize("text", ["明天会下雨吗", "推荐一家好吃的火锅店", "帮我写一首诗", "股票会涨吗"])
    def test_what_no_hall_does_is_declined(self, citizen: Citizen, text: str) -> None:
        assert citizen.say(text)["outcome"] == "not_found"

    @pytest.mark.parametrize(
        "text",
        [
            "'; DROP TABLE turns; --",
            "1' OR '1'='1",
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "😀😭🆘",
            "/restart",
            '/ask_fee{"guide_id":"id-card-lost"}',
            "\u3000/session_start",
            "{{ 7*7 }} ${x} %s",
            "。。。？？？",
            "asdfghjkl",
            "000000000000",
            "\u200b\u202e",
            "a\x00b",
        ],
        ids=ascii,
    )
    def test_no_text_is_too_odd_for_an_answer(self, citizen: Citizen, text: str) -> None:
        assert citizen.say(text)["outcome"] != "degraded", "Rasa, too, must be able to read it"

    def test_odd_text_in_the_middle_does_not_lose_the_thread(self, citizen: Citizen) -> None:
        citizen.say("身份证丢了怎么补办")
        citizen.say("/restart")
        assert answer_of(citizen.say("要多少钱"))["guide_id"] == "id-card-lost"

    def test_a_question_among_odd_signs_is_still_understood(self, citizen: Citizen) -> None:
        for text in ("😭身份证丢了怎么补办😭", "<b>身份证丢了怎么补办</b>", "身份证丢了怎么补办';--"):
            assert answer_of(citizen.say(text))["guide_id"] == "id-card-lost"

    def test_a_thousand_characters_are_read(self, citizen: Citizen) -> None:
        text = ("我昨天坐公交车的时候钱包被偷了，" * 80)[:988] + "身份证丢了怎么补办呢？"
        assert len(text) <= 1000
        assert citizen.say(text)["outcome"] in ("answered", "clarify")

    def test_a_thousand_times_the_same_is_read_too(self, citizen: Citizen) -> None:
        assert citizen.say("办" * 1000)["outcome"] != "degraded"

    def test_traditional_characters_are_understood(self, citizen: Citizen) -> None:
        answer = answer_of(citizen.say("身份證丟了怎麼補辦，要多少錢？"))
        assert answer["guide_id"] == "id-card-lost"
        assert "40" in answer["text"]


class TestManyCitizens:
    def test_conversations_side_by_side_do_not_mix(self, running_service: str) -> None:
        asked = {"身份证丢了怎么补办": "id-card-lost", "护照丢了怎么补办": "passport-lost"}

        def talk(text: str) -> list[str]:
            citizen = Citizen(running_service)
            return [answer_of(citizen.say(each))["guide_id"] for each in (text, "要多少钱", "要带什么")]

        with ThreadPoolExecutor(8) as pool:
            for text, guides in zip([*asked] * 6, pool.map(talk, [*asked] * 6), strict=True):
                assert guides == [asked[text]] * 3

    def test_twenty_messages_of_one_citizen_at_once_are_all_answered(self, running_service: str) -> None:
        citizen = Citizen(running_service)
        citizen.say("你好")
        with ThreadPoolExecutor(20) as pool:
            answered = list(pool.map(citizen.say, ["身份证丢了怎么补办"] * 20))
        assert len({each["message_id"] for each in answered}) == 20
        assert {answer_of(each)["guide_id"] for each in answered} == {"id-card-lost"}


class TestTheHouseItself:
    def test_it_is_ready_and_described(self, running_service: str) -> None:
        assert httpx.get(f"{running_service}/readyz", trust_env=False).json()["status"] == "ready"
        assert httpx.get(f"{running_service}/openapi.json", trust_env=False).status_code == 200
        assert httpx.get(f"{running_service}/", trust_env=False).status_code == 200

    def test_logs_hold_nothing_that_was_said(self, citizen: Citizen, running_stack_of_both: Stack) -> None:
        citizen.say("我叫欧阳测试，身份证110101199003078515丢了怎么补办，电话13812345678")
        for log in (running_stack_of_both.settings.var / "log").iterdir():
            text = log.read_text("utf-8", "replace")
            for private in ("欧阳测试", "110101199003078515", "13812345678", "怎么补办"):
                assert private not in text, f"{private} stands in {log.name}"

"""What each message and event becomes."""

from __future__ import annotations

import pytest

from channels.limits import MOST_CHARACTERS
from channels.wechat.protocol import read
from channels.wechat.rendering import wording
from channels.wechat.taking import Taken, take
from service_hall.conversation.message import command_payload
from tests.fakes import TOWN_HALL
from tests.visit_town import town_offices

OFFICES = tuple(town_offices())


def taken(kind: str, **fields: object) -> Taken | None:
    about = {"FromUserName": "o1", "ToUserName": "gh", "CreateTime": "5", "MsgType": kind}
    return take(read(about | fields), OFFICES)


def of_event(name: str, key: str = "", **fields: object) -> Taken | None:
    return taken("event", Event=name, EventKey=key, **fields)


ARRIVAL = command_payload("check_in", office_id=TOWN_HALL)


def test_words_are_words_and_a_tap_brings_its_id() -> None:
    assert taken("text", Content="身份证丢了") == Taken(text="身份证丢了")
    assert taken("TEXT", Content="要多少钱", bizmsgmenuid="1234567801") == Taken("要多少钱", menu_id="1234567801")


@pytest.mark.parametrize("content", ["", " \n", None])
def test_a_message_without_words_is_told_so(content: str | None) -> None:
    found = taken("text", Content=content)
    assert found and found.told == wording.say("nothing_said")


def test_a_message_that_is_too_long_is_told_how_long_it_may_be() -> None:
    found = taken("text", Content="长" * (MOST_CHARACTERS + 1))
    assert found and str(MOST_CHARACTERS) in found.told and len(found.text) == MOST_CHARACTERS
    assert taken("text", Content="长" * MOST_CHARACTERS) == Taken(text="长" * MOST_CHARACTERS)


def test_what_wechat_heard_is_taken_for_written() -> None:
    assert taken("voice", Recognition="身份证丢了怎么补。") == Taken(text="身份证丢了怎么补")


@pytest.mark.parametrize("fields", [{}, {"Recognition": ""}, {"Recognition": None}, {"Recognition": "。"}])
def test_a_voice_that_was_not_understood_is_asked_for_kindly(fields: dict[str, object]) -> None:
    found = taken("voice", **fields)
    assert found and found.told == wording.say("no_voice")


@pytest.mark.parametrize("kind", ["image", "file", "link", "video", "shortvideo", "miniprogrampage", "sticker"])
def test_what_cannot_be_read_is_refused_with_a_way_out(kind: str) -> None:
    found = taken(kind, MediaId="m", Title="t", Url="javascript:x")
    assert found and "文字" in found.told and "12345" in found.told


def test_a_place_asks_for_what_is_near() -> None:
    assert taken("location", Location_X="30.0", Location_Y="110.0") == Taken(
        "离我最近的大厅在哪里", location=(30.0, 110.0)
    )
    found = taken("location", Location_X="300", Location_Y="110.0")
    assert found and found.told == wording.say("no_place")


@pytest.mark.parametrize("name", ["subscribe", "SUBSCRIBE", "Subscribe"])
def test_whoever_follows_is_welcomed_and_shown_what_can_be_asked(name: str) -> None:
    assert of_event(name) == Taken(text="有哪些主题", greeting=wording.say("follow"))
    assert of_event(name, "last_trade_no_123") == of_event(name)


@pytest.mark.parametrize("scene", [f"office_{TOWN_HALL}", f"counter_{TOWN_HALL}_3", TOWN_HALL, f"office:{TOWN_HALL}"])
def test_the_code_of_an_office_or_a_counter_checks_in_there(scene: str) -> None:
    assert of_event("SCAN", scene) == Taken(payload=ARRIVAL)
    assert of_event("subscribe", f"qrscene_{scene}") == Taken(payload=ARRIVAL, greeting=wording.say("follow"))


@pytest.mark.parametrize("scene", ["", "office_nowhere", "12", "a" * 64, "counter_", "_"])
def test_a_code_of_something_else_is_told_so(scene: str) -> None:
    found = of_event("scan", scene)
    assert found and found.told == wording.say("unknown_scene")


def test_a_button_says_what_its_key_says() -> None:
    assert of_event("CLICK", "我的预约") == Taken(text="我的预约")


def test_a_scanned_booking_checks_in() -> None:
    found = of_event("scancode_waitmsg", "scan", ScanCodeInfo={"ScanType": "qrcode", "ScanResult": "WENBAN:ABCDE23456"})
    assert found == Taken(payload=command_payload("check_in", code="ABCDE23456"))
    other = of_event("scancode_waitmsg", "scan", ScanCodeInfo={"ScanResult": "https://elsewhere.example"})
    assert other and other.told == wording.say("unknown_scene")


@pytest.mark.parametrize(
    "name",
    ["LOCATION", "unsubscribe", "VIEW", "view_miniprogram", "location_select", "pic_sysphoto", "scancode_push",
     "TEMPLATESENDJOBFINISH", "MASSSENDJOBFINISH", "subscribe_msg_popup_event", "kf_create_session", "of_tomorrow"],
)  # fmt: skip
def test_nobody_answers_what_asks_nothing(name: str) -> None:
    assert of_event(name, "x", Latitude="30", Longitude="110") is None


@pytest.mark.parametrize(("text", "goes_on"), [("继续", True), ("继续。", True), ("还有呢", True), ("继续教育", False)])
def test_who_wants_to_hear_the_rest_says_so(text: str, goes_on: bool) -> None:
    found = taken("text", Content=text)
    assert found and found.goes_on is goes_on

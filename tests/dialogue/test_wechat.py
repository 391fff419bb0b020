"""Citizens on WeChat before the real service, over real HTTP, with a stand-in for WeChat's interfaces."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from channels.wechat.rendering import wording
from tests.dialogue.on_wechat import OnWeChat
from tests.standins.wechat import OTHER_AES_KEY, posting
from tests.standins.wechat.posting import Post
from tests.standins.wechat.server import SEND

pytestmark = pytest.mark.rasa

LOST = "身份证丢了怎么补办？"


def test_the_account_is_verified(li: OnWeChat) -> None:
    query = posting.plain("", int(time.time())).query | {"echostr": "5837"}
    assert li.http.get("/wechat", params=query).text == "5837"


@pytest.mark.parametrize("how", [posting.plain, posting.safe, lambda xml, at: posting.safe(xml, at, compatible=True)])
def test_every_mode_is_answered(li: OnWeChat, how: Callable[[str, int], Post]) -> None:
    li.how = how
    assert li.say(LOST).startswith("到窗口说明丢失")


def test_a_foreign_key_a_stale_request_and_a_wrong_signature_are_not(li: OnWeChat) -> None:
    now = int(time.time())
    for post, status in (
        (posting.safe(li.text(LOST), now, key=OTHER_AES_KEY), 400),
        (posting.safe(li.text(LOST), now, app_id="wx-other"), 403),
        (posting.safe(li.text(LOST), now - 1000), 403),
        (posting.plain(li.text(LOST), now, token="another"), 403),
        (posting.plain("<!DOCTYPE x><xml/>", now), 400),
    ):
        assert li.http.post("/wechat", params=post.query, content=post.body).status_code == status


def test_a_booking_from_the_first_word_to_the_code(li: OnWeChat) -> None:
    assert "有两个地方" in li.say("帮我约明天上午去补办身份证")
    assert "可以选下面的时间" in li.tap("青桥区公安办证中心")
    assert "姓名" in li.say("1")
    assert "请核对" in li.say(f"李晓梅，139{secrets.randbelow(10**8):08d}，身份证号不填")
    xml = li.text("确认")
    with ThreadPoolExecutor(4) as pool:
        answers = [text for text in pool.map(li.hand_in, [xml] * 4) if text]
    assert len(answers) == 1 and "预约码" in answers[0] and "要带的材料" in answers[0]
    assert li.hand_in(xml) == ""
    kinds = [call.body["msgtype"] for call in li.wechat.wait_for(SEND, 4, li.openid)]
    assert kinds[-2:] == ["news", "image"]
    mine = li.event("CLICK", "我的预约")
    assert mine.count("预约码") == 1


def test_pieces_of_a_sentence_get_one_useful_answer(li: OnWeChat) -> None:
    texts = [li.text(text) for text in ("我想办", "居住证", "要带啥")]
    with ThreadPoolExecutor(3) as pool:
        futures = []
        for xml in texts:
            futures.append(pool.submit(li.hand_in, xml))
            time.sleep(0.1)
        answers = [future.result() for future in futures]
    assert answers[:2] == ["", ""] and "居住证" in answers[2] and "户口簿" in answers[2].split("\n")[0]


def test_numbers_places_and_words_pick_where_no_menu_may_be_sent(li: OnWeChat) -> None:
    li.wechat.order(SEND, 48001, None)
    for pick in ("2", "第二个", ""):
        listed = li.say("有哪些主题")
        second = next(line for line in listed.splitlines() if line.startswith("2. ")).removeprefix("2. ")
        assert second in li.say(pick or second)


def test_the_code_of_an_office_checks_in_or_says_what_to_do_there(li: OnWeChat) -> None:
    answer = li.event("SCAN", "office_qingqiao-hall")
    assert "没有找到您今天在青桥区政务服务中心的预约" in answer and "现场取号" in answer


def test_her_place_lists_what_is_near(li: OnWeChat) -> None:
    xml = posting.xml(li.openid, "location", 5, Location_X=30.0121, Location_Y=110.0210, Label="柳岸路", MsgId=3)
    near = li.hand_in(xml).splitlines()
    assert near[0] == "离您最近的大厅：" and near[1].startswith("1. 青桥区政务服务中心（约")


def test_a_follower_is_greeted_and_who_leaves_is_left_in_peace(li: OnWeChat) -> None:
    assert li.event("subscribe", "").startswith(wording.say("follow")) or li.wechat.sent(li.openid)
    assert li.event("unsubscribe") == ""


def test_what_is_no_text_is_refused_with_a_way_out(li: OnWeChat) -> None:
    for kind in ("image", "voice", "video", "link", "file"):
        xml = posting.xml(li.openid, kind, int(time.time()), MediaId="m", MsgId=secrets.randbelow(10**9))
        assert "文字" in li.hand_in(xml)
    heard = posting.xml(li.openid, "voice", 5, MediaId="m", MsgId=11, Recognition="身份证丢了怎么补办。")
    assert li.hand_in(heard).startswith("到窗口说明丢失")

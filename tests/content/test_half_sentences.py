"""What is half a sentence is heard with what went before; and what is said of another place, or of a case."""

from __future__ import annotations

import pytest

from knowledge_base.library import Library
from service_hall.conversation.context import Context
from service_hall.conversation.reply import AnswerReply
from tests.content.test_what_is_talked_about import answered_from, said_one_after_the_other
from tests.enquiry_desk import EnquiryDesk


@pytest.fixture(scope="module")
def desk(real_library: Library) -> EnquiryDesk:
    return EnquiryDesk(lambda: real_library)


def test_a_sale_is_lawful_of_a_house(desk: EnquiryDesk) -> None:
    turn = said_one_after_the_other(desk, "二手房过户要办啥", "卖给我堂弟")
    assert answered_from(turn) == "real-estate-transfer-secondhand"


def test_a_wrong_stays_one_behind_whatever_is_talked_about(desk: EnquiryDesk) -> None:
    turn = said_one_after_the_other(desk, "驾照怎么考", "花钱找枪手替我考行不")
    assert "不合法" in turn.replies[0].text


@pytest.mark.parametrize(
    "letter",
    [
        "尊敬的领导，我们是城东小区的住户，楼下新开的宾馆天天半夜还有人大声说话，空调外机正对着我家卧室，嗡嗡响个不停，孩子马上要中考了，老人有心脏病，睡不好觉，跟老板说了好几回都没用，希望有关部门来看一看。",
        "对面楼里前天有老人走了，家属在院子里搭灵棚，请的乐队从早上五点吹到晚上十点，喇叭开到最大，虽说死者为大，可我们上夜班的白天没法睡，上学的孩子没法写作业，物业不敢管，请你们派人来劝一劝。",
    ],
)
def test_a_letter_is_told_no_list_of_a_life_event(desk: EnquiryDesk, letter: str) -> None:
    assert not answered_from(desk.respond_alone(letter, Context())).startswith("hall-event")


@pytest.mark.parametrize("stated", ["以前没办过", "没办过"])
def test_what_is_not_so_ends_no_talk(desk: EnquiryDesk, stated: str) -> None:
    assert answered_from(said_one_after_the_other(desk, "我想办个护照，头一回", stated)) == "passport-first"


@pytest.mark.parametrize("stated", ["不对，你说错了", "不是这个"])
def test_who_is_told_the_wrong_thing_is_asked_what_is_meant(desk: EnquiryDesk, stated: str) -> None:
    turn = said_one_after_the_other(desk, "结婚证丢了怎么办", stated)
    assert turn.replies[0].text.startswith("您想问的是哪件事")


def test_letters_without_a_word_tell_nothing(desk: EnquiryDesk) -> None:
    assert said_one_after_the_other(desk, "qwrtzp").reason not in ("tells_who_handles", "tells_where_to_complain")


@pytest.mark.parametrize("first", ["护照", "身份证丢了怎么办"])
def test_who_declines_is_let_go(desk: EnquiryDesk, first: str) -> None:
    turn = said_one_after_the_other(desk, first, "不用了，谢谢")
    assert turn.replies[0].text.startswith("好的")


def test_whose_case_is_waited_for_hears_how_long_it_takes(desk: EnquiryDesk) -> None:
    turn = said_one_after_the_other(desk, "我的居住证办好了没有")
    assert "10个工作日" in turn.replies[0].text.splitlines()[0] and "看不到您的办件" in turn.replies[0].text


@pytest.mark.parametrize(
    ("asked", "guide_id", "told"),
    [
        ("济南 煤气改户名几天", "utility-transfer", "3个工作日"),
        ("许昌头一回创业的那个补贴一共给多少", "startup-subsidy", "5000元"),
    ],
)
def test_what_is_known_of_the_city_named_is_told_first(desk: EnquiryDesk, asked: str, guide_id: str, told: str) -> None:
    reply = said_one_after_the_other(desk, asked).replies[-1]
    assert isinstance(reply, AnswerReply) and reply.guide_id == guide_id
    first, note, own = reply.text.split("\n")[:3]
    assert told in first and note.startswith("别的是云禾市的规定") and "云禾" in own


def test_the_rule_of_another_city_is_not_told_as_its_own(desk: EnquiryDesk) -> None:
    turn = said_one_after_the_other(desk, "厦门的低保一个月多少")
    reply = turn.replies[-1]
    assert isinstance(reply, AnswerReply) and reply.guide_id == "minimum-living"
    assert reply.text.startswith("下面是云禾市的规定；厦门那边的以当地为准")
    assert not said_one_after_the_other(desk, "低保一个月多少").replies[-1].text.startswith("下面是")

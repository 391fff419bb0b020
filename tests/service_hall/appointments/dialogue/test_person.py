"""Name and numbers: told in any order, seen by nobody, kept sealed."""

from __future__ import annotations

import pytest

from service_hall.appointments.own import visits_of
from service_hall.conversation.acts import Act
from service_hall.conversation.reply import QuestionReply
from service_hall.visits.means import person_of
from service_hall.visits.person import Person
from service_hall.visits.visit import SealedPerson
from tests.service_hall.appointments.dialogue.citizen import Citizen
from tests.visit_town import VisitTown

ID_NUMBER = "110101199003070011"


@pytest.fixture
def citizen() -> Citizen:
    citizen = Citizen(VisitTown())
    citizen.book("约明天九点办借书证首次办理")
    assert citizen.node == "person"
    return citizen


def kept(citizen: Citizen) -> Person | None:
    citizen.say("确认", Act.AFFIRM)
    [visit] = visits_of(citizen.town.means, citizen.visitor_id)
    return person_of(citizen.town.means, visit)


def test_the_question_carries_the_fields_of_a_form(citizen: Citizen) -> None:
    assert isinstance(citizen.reply, QuestionReply)
    assert [(field.name, field.required, field.kind) for field in citizen.reply.fields] == [
        ("name", True, "text"),
        ("phone", True, "tel"),
        ("id_number", False, "id_number"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        ["张三", "13800138000", "跳过"],
        ["13800138000", "张三", "不用了"],
        ["张三 13800138000"],
        ["我叫张三，电话138 0013 8000"],
        ["姓名：张三\n手机：13800138000\n身份证："],
        ["电话１３８００１３８０００", "姓名张三", "没有"],
    ],
)
def test_name_and_phone_in_any_order(citizen: Citizen, said: list[str]) -> None:
    for each in said:
        citizen.say(each)
        assert "13800138000" not in citizen.masked and "张三" not in citizen.masked
    assert citizen.node == "confirm"
    assert kept(citizen) == Person("张三", "13800138000")


def test_with_the_identity_number(citizen: Citizen) -> None:
    citizen.say(f"张三 13800138000 {ID_NUMBER}")
    assert "110***********0011" in citizen.text
    assert kept(citizen) == Person("张三", "13800138000", ID_NUMBER)


def test_what_is_wrong_is_told_and_only_that_is_asked(citizen: Citizen) -> None:
    citizen.say("姓名：张三\n手机：1380013800\n身份证：")
    assert "手机号应是11位" in citizen.text and "1380013800" not in citizen.masked
    assert isinstance(citizen.reply, QuestionReply)
    assert [field.name for field in citizen.reply.fields] == ["phone"]


def test_a_wrong_identity_number_can_be_left_out(citizen: Citizen) -> None:
    citizen.say("张三 13800138000 110101199003070012")
    assert "身份证号有一位写错了" in citizen.text and "110101199003070012" not in citizen.masked
    citizen.say("不填了")
    assert kept(citizen) == Person("张三", "13800138000")


@pytest.mark.parametrize(
    "said",
    [
        "材料",
        "地址",
        "费用",
        "要多久",
        "北屏",
        "东河区",
        "养狗证",
        "好的",
        "后天",
        "稍等",
        "呵呵呵",
        "最近的",
        "候补",
        "换个时间",
    ],
)
def test_a_short_word_is_no_name(citizen: Citizen, said: str) -> None:
    taken = citizen.reception.take_out_person(citizen.visitor_id, said, citizen.context)
    assert (taken.text, taken.sealed) == (said, "") or said == "北屏"  # no place of this town


def test_nothing_in_the_clear_travels_with_the_conversation(citizen: Citizen) -> None:
    citizen.say(f"张三 13800138000 {ID_NUMBER}")
    travelling = citizen.context.model_dump_json()
    assert not any(told in travelling for told in ("13800138000", "张三", ID_NUMBER))
    assert citizen.context.pocket == ""


def test_another_visitors_pocket_is_not_opened(citizen: Citizen) -> None:
    taken = citizen.reception.take_out_person(citizen.visitor_id, "张三 13800138000", citizen.context)
    stranger = Citizen(citizen.town)
    stranger.context = citizen.context.model_copy(update={"pocket": taken.sealed + "x"})
    stranger.reception.respond(
        stranger.visitor_id, "〔姓名〕", Act.GIVE_DETAILS, None, stranger.context.model_copy(update={"pocket": ""})
    )
    assert stranger.node in ("", "person")


def test_one_of_them_is_changed_at_the_confirmation(citizen: Citizen) -> None:
    citizen.say("张三 13800138000")
    citizen.say("改一下电话")
    assert citizen.node == "person" and "张*，138****8000" in citizen.text
    citizen.say("13900139000")
    assert kept(citizen) == Person("张三", "13900139000")


def test_a_new_number_at_the_confirmation_takes_the_old_ones_place(citizen: Citizen) -> None:
    citizen.say("张三 13800138000")
    citizen.say("电话改成13900139000")
    assert citizen.node == "confirm" and "139****9000" in citizen.text


def test_nothing_to_change_after_all(citizen: Citizen) -> None:
    citizen.say("张三 13800138000")
    citizen.tap("改信息")
    citizen.say("不改了")
    assert citizen.node == "confirm"


def test_the_name_in_the_first_sentence_is_taken_out_too() -> None:
    citizen = Citizen(VisitTown())
    citizen.book("约明天上午九点办借书证首次办理 王小明 13800138000")
    assert citizen.node == "confirm"
    assert "王小明" not in citizen.masked


def test_a_date_is_no_number_to_hide(citizen: Citizen) -> None:
    taken = citizen.reception.take_out_person(citizen.visitor_id, "改到2026-06-03 10:00", citizen.context)
    assert taken.text == "改到2026-06-03 10:00"


def test_who_cannot_be_read_any_more_is_asked_again(citizen: Citizen) -> None:
    citizen.say("张三 13800138000")
    flow = citizen.context.flow
    assert flow
    answers = {**flow.answers, "person": SealedPerson("bm9ib2R5", "", "").sealed}
    citizen.context = citizen.context.model_copy(update={"flow": flow.model_copy(update={"answers": answers})})
    citizen.say("确认", Act.AFFIRM)
    assert citizen.node == "person"

"""Name and numbers: told in any order, seen by nobody, kept sealed."""

from __future__ import annotations

import pytest

from service_hall.appointments.own import visits_of
from service_hall.conversation.acts import Act
from service_hall.conversation.reply import QuestionReply
from service_hall.visits.means import person_of
from service_hall.visits.person import Person
from service_hall.visits.visit import SealedPerson
from tests.service_hall.booking_talk.citizen import Citizen, standing
from tests.visit_town import DOG, VisitTown

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
        ["张三 0086-138·0013·8000"],
        ["张三 1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣"],
        ["张三，一三八，零零一三，八零零零"],
        ["张三", "l38OOl38OOO", "跳过"],
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
    flow = citizen.context.walk
    assert flow
    answers = {**flow.answers, "person": SealedPerson("bm9ib2R5", "", "").sealed}
    citizen.context = citizen.context.model_copy(update={"walks": (flow.model_copy(update={"answers": answers}),)})
    citizen.say("确认", Act.AFFIRM)
    assert citizen.node == "person"


class TestANameAtTheConfirmation:
    @pytest.fixture
    def at_confirmation(self, citizen: Citizen) -> Citizen:
        citizen.say("张三 13800138000")
        assert citizen.node == "confirm"
        return citizen

    @pytest.mark.parametrize("act", [Act.GIVE_DETAILS, Act.CORRECT, Act.DENY, Act.BOOK])
    @pytest.mark.parametrize(
        ("said", "shown", "left"),
        [
            ("名字错了是王小明", "王*明", "名字错了是〔姓名〕"),
            ("名字写错了，是王小明不是张三", "王*明", "名字写错了，是〔姓名〕不是〔姓名〕"),
            ("不是张三是李四", "李*", "不是〔姓名〕是〔姓名〕"),
            ("是李四，不是张三", "李*", "是〔姓名〕，不是〔姓名〕"),
            ("张三改成李四", "李*", "〔姓名〕改成〔姓名〕"),
            ("改成李四吧", "李*", "改成〔姓名〕吧"),
            ("打错了，是王小明", "王*明", "打错了，是〔姓名〕"),
            ("人搞错了，是我妈陈桂珍", "陈*珍", "人搞错了，是我妈〔姓名〕"),
            ("不对，名字叫阿依古丽", "阿**丽", "不对，名字叫〔姓名〕"),
            ("张 三写错了，是张 山", "张*", "〔姓名〕写错了，是〔姓名〕"),
            ("办事人换成王小明，电话13900139000", "王*明", "办事人换成〔姓名〕，电话139****9000"),
        ],
    )
    def test_is_put_right_and_seen_by_nobody(
        self, at_confirmation: Citizen, act: Act, said: str, shown: str, left: str
    ) -> None:
        at_confirmation.say(said, act)
        assert at_confirmation.masked == left
        assert at_confirmation.node == "confirm" and f"办事人：{shown}，" in at_confirmation.text

    @pytest.mark.parametrize(
        ("said", "left"),
        [("张三没错", "〔姓名〕没错"), ("对，我是张三", "对，我是〔姓名〕"), ("张三，明天上午", "〔姓名〕，明天上午")],
    )
    def test_may_be_said_again(self, at_confirmation: Citizen, said: str, left: str) -> None:
        at_confirmation.say(said)
        assert at_confirmation.masked == left
        assert "王" not in at_confirmation.text

    def test_of_somebody_else_is_no_yes(self, at_confirmation: Citizen) -> None:
        at_confirmation.say("李四，没错", Act.AFFIRM)
        assert at_confirmation.masked == "〔姓名〕，没错"
        assert at_confirmation.node == "person" and "不一样" in at_confirmation.text

    @pytest.mark.parametrize("said", ["李四", "李四。", "名字错了", "姓名"])
    def test_alone_leads_to_the_question_for_it(self, at_confirmation: Citizen, said: str) -> None:
        at_confirmation.say(said)
        assert "李四" not in at_confirmation.masked
        assert at_confirmation.node == "person" and "现在填的是：张*" in at_confirmation.text
        at_confirmation.say("李四")
        assert kept(at_confirmation) == Person("李四", "13800138000")

    @pytest.mark.parametrize(
        "said",
        [
            "不是明天是后天", "明天改成周五上午", "不是东河是北屏", "安排", "高兴", "成嘞", "换个时间", "改成养狗证", "方便的话早一点", "车票要带吗",
            "应该是周末", "换成东河区", "查进度", "安全，方便", "高不高", "给我妈办",
        ],
    )  # fmt: skip
    def test_is_not_heard_in_other_words(self, at_confirmation: Citizen, said: str) -> None:
        taken = at_confirmation.reception.take_out_person(at_confirmation.visitor_id, said, at_confirmation.context)
        assert (taken.text, taken.sealed) == (said, "")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("我叫王小明，想问借书证", "我叫〔姓名〕，想问借书证"),
        ("姓名：王小明\n借书证丢了", "姓名：〔姓名〕\n借书证丢了"),
        ("我妈叫陈桂珍，借书证丢了", "我妈叫〔姓名〕，借书证丢了"),
        ("名字写错了，是李雪不是李学", "名字写错了，是〔姓名〕不是〔姓名〕"),
        ("改名字要多久", "改名字要多久"),
        ("本人不到场可以吗", "本人不到场可以吗"),
        ("我是房东，房子租出去了", "我是房东，房子租出去了"),
        ("我叫车去大厅", "我叫车去大厅"),
    ],
)
def test_whoever_says_a_name_outside_a_booking_is_masked_too(said: str, left: str) -> None:
    citizen = Citizen(VisitTown())
    citizen.say(said, Act.ASK)
    assert citizen.masked == left
    assert citizen.reception.mask(said) == left


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("给张三约明天九点办借书证首次办理", "给〔姓名〕约明天九点办借书证首次办理"),
        ("帮我妈陈桂珍预约办借书证首次办理", "帮我妈〔姓名〕预约办借书证首次办理"),
        ("取消张三的预约", "取消〔姓名〕的预约"),
        ("把李四的号退了", "把〔姓名〕的号退了"),
        ("给高中生约个号", "给高中生约个号"),
        ("给单位约个号", "给单位约个号"),
        ("给两人约个号", "给两人约个号"),
        ("退休手续约在明天", "退休手续约在明天"),
    ],
)
def test_the_name_of_whom_it_is_for_is_taken_out_too(said: str, left: str) -> None:
    citizen = Citizen(VisitTown())
    citizen.say(said, Act.ASK)
    assert citizen.masked == left


def test_a_question_in_between_names_nobody() -> None:
    citizen = Citizen(VisitTown())
    citizen.book("约借书证首次办理")
    citizen.say("是不是一定要本人去", Act.ASK)
    citizen.say("明天九点")
    assert citizen.node == "person"
    citizen.say("13800138000")
    assert "姓名" in citizen.text


def test_many_names_at_once_are_no_trouble(citizen: Citizen) -> None:
    citizen.say("，".join(f"王{chr(0x5000 + at)}{chr(0x6000 + at)}" for at in range(240)))
    assert citizen.masked.count("〔姓名〕") > 200


ORDERS = ("从头开始", "重新开始", "重来", "清空")
WORDS = ("救命", "停车", "安全", "应该", "成功", "平安", "严重", "方便", "容易")


@pytest.mark.parametrize("said", (*ORDERS, *WORDS))
def test_what_is_told_to_the_assistant_is_nobodys_name(citizen: Citizen, said: str) -> None:
    citizen.say(said)
    assert said in citizen.masked
    if said in ORDERS:
        assert citizen.node == "" and standing(citizen) == [], "it has begun anew"


@pytest.mark.parametrize("said", ["张三", "李娜", "白雪", "是李明", "姓名：高兴"])
def test_who_bears_a_name_that_is_often_read_may_give_it(citizen: Citizen, said: str) -> None:
    citizen.say(said)
    assert "〔姓名〕" in citizen.masked


@pytest.mark.parametrize("said", ["不是李小红", "正确的是李小明", "是李小明", "我叫李小明", "不是李小红，是李小明"])
def test_a_name_that_is_denied_or_put_right_is_hidden(citizen: Citizen, said: str) -> None:
    citizen.say("李小红 13800138000")
    for _ in range(2):  # at whatever question
        citizen.say(said)
        assert "小" not in citizen.masked, citizen.masked
        citizen.say("跳过")


def test_a_name_put_right_is_shown_again_before_anything_is_booked(citizen: Citizen) -> None:
    citizen.say("李小红 13800138000")
    citizen.say("正确的是李小明", Act.AFFIRM)
    assert citizen.node == "confirm" and "李*明" in citizen.text


def test_who_is_not_the_one_of_last_time_is_somebody_else(citizen: Citizen) -> None:
    citizen.say("李小红 13800138000")
    citizen.say("确认", Act.AFFIRM)
    citizen.book("约明天十点给狗上证，去西山区")
    assert citizen.node == "person" and "李*红" in str(citizen.options)
    citizen.say("不是李小红", Act.DENY)
    assert citizen.node == "person" and citizen.options == [] and "小红" not in citizen.masked
    assert citizen.context.walk and citizen.context.walk.answers["guide_id"] == DOG and len(standing(citizen)) == 2

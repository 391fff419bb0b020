"""As people really say it: dialect, run-ons, in other orders, with a no in the middle."""

from __future__ import annotations

import pytest

from service_hall.conversation.acts import Act
from service_hall.conversation.reply import AppointmentReply, Outcome
from service_hall.visits.states import Status
from tests.fakes import EAST_HALL, TOWN_HALL
from tests.service_hall.booking_talk.citizen import Citizen, standing
from tests.visit_town import CARD, DOG, LOST, MONDAY, VisitTown, moment


@pytest.fixture
def citizen() -> Citizen:
    return Citizen(VisitTown())


@pytest.fixture
def at_person(citizen: Citizen) -> Citizen:
    citizen.book("约明天九点办借书证首次办理")
    assert citizen.node == "person"
    return citizen


@pytest.fixture
def at_id_number(at_person: Citizen) -> Citizen:
    at_person.say("王小雨")
    at_person.say("13800000001")
    assert at_person.node == "person"
    return at_person


@pytest.fixture
def at_confirm(at_person: Citizen) -> Citizen:
    at_person.say("王小雨 13800000001")
    assert at_person.node == "confirm"
    return at_person


class TestWithoutAnIdentityNumber:
    @pytest.mark.parametrize(
        "said",
        [
            "不留了嘛，麻烦得很", "身份证号我记不得，不填啦", "身份证先空着", "这个不想填", "身份证那个不留", "身份证号就不写了",
            "身份证没在身边", "不方便留，跳过", "不需要", "否", "唔填喇", "没带", "这步跳过", "下一步",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("act", [Act.GIVE_DETAILS, Act.ASK, Act.PRAISE, Act.DENY, Act.CANCEL])
    def test_any_no_will_do_where_it_is_asked_for(self, at_id_number: Citizen, said: str, act: Act) -> None:
        at_id_number.say(said, act)
        assert at_id_number.node == "confirm"
        assert "没有听明白" not in at_id_number.text

    @pytest.mark.parametrize("said", ["不约了", "取消预约", "为什么要填身份证？", "必须填吗"])
    def test_giving_up_and_asking_why_are_no_such_no(self, at_id_number: Citizen, said: str) -> None:
        at_id_number.say(said, Act.ASK)
        assert at_id_number.node != "confirm"

    def test_said_beforehand_it_is_not_asked(self, at_person: Citizen) -> None:
        at_person.say("我叫王小雨，身份证就不留了")
        assert at_person.node == "person"
        at_person.say("13800000001")
        assert at_person.node == "confirm"

    @pytest.mark.parametrize("said", ["不填", "身份证不填，谢谢", "跳过"])
    def test_said_where_nobody_asked_nothing_is_misunderstood(self, at_confirm: Citizen, said: str) -> None:
        at_confirm.say(said, Act.THANKS)
        assert at_confirm.node == "confirm"
        assert "没有听明白" not in at_confirm.text


class TestTheName:
    @pytest.mark.parametrize(
        ("said", "shown"),
        [
            ("她叫周美兰，电话13900000001", "周*兰"),
            ("我姓孙叫孙悟晴电话13900000001", "孙*晴"),
            ("经办人钱多朵，13900000001", "钱*朵"),
            ("林志豪，手機13900000001", "林*豪"),
            ("何晓萌，手鸡号13900000001", "何*萌"),
            ("用我的名字吧 沈一诺 13900000001", "沈*诺"),
            ("老板姓名：侯宝山；电话：13900000001", "侯*山"),
            ("陳家輝，電話13900000001，身份證唔填喇", "陳*輝"),
            ("等一下，给我爸：欧阳国栋，139 0000 0001", "欧***栋"),
            ("我叫赵铁柱，幺三九零零零零零零零一", "赵*柱"),
            ("我喊罗建国，电话号码13900000001", "罗*国"),
            ("👤温小满📱13900000001", "温*满"),
        ],
    )
    def test_is_found_among_other_words(self, at_person: Citizen, said: str, shown: str) -> None:
        at_person.say(said)
        assert at_person.node == "confirm"
        assert shown.replace("***", "**") in at_person.text.replace("***", "**")
        assert "139****0001" in at_person.text

    def test_a_number_read_out_is_hidden_too(self, at_person: Citizen) -> None:
        at_person.say("王小雨 幺三九零零零零零零零一")
        assert at_person.masked == "〔姓名〕 139****0001"

    @pytest.mark.parametrize("said", ["周四下午", "高龄津贴", "马上", "明天上午", "方便的话", "材料", "安全吗"])
    def test_what_begins_like_a_surname_is_not_always_one(self, at_person: Citizen, said: str) -> None:
        at_person.say(said)
        assert at_person.node != "confirm"
        assert f"{said[0]}*" not in at_person.text


class TestSayingYes:
    @pytest.mark.parametrize(
        "said",
        [
            "对对对", "嗯呐", "得", "妥", "成", "中，就这么办", "好，定了", "行行行就这个", "冇问题", "没毛病", "好滴～", "👌 可以",
            "yes", "OK", "对头，定下来", "嗯这回对了", "信息都对，提交吧", "确认无误", "没有问题", "正确", "1", "👌", "👍🏻",
            "以上信息无误", "能行能行", "收到 就这样定了", "没有问题的，谢谢您费心", "走起", "系，没错",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("act", [Act.GIVE_DETAILS, Act.DENY, Act.ASK])
    def test_in_many_words(self, at_confirm: Citizen, said: str, act: Act) -> None:
        at_confirm.say(said, act)
        assert [visit.status for visit in standing(at_confirm)] == [Status.BOOKED]

    @pytest.mark.parametrize("said", ["不对", "不行", "错了", "先不添了", "有误", "我的预约", "等等"])
    def test_what_is_no_yes_books_nothing_and_gives_nothing_away(self, at_confirm: Citizen, said: str) -> None:
        at_confirm.say(said, Act.CANCEL)
        assert [visit.status for visit in standing(at_confirm)] == [Status.HELD]


class TestBeginning:
    @pytest.mark.parametrize(
        "said",
        ["借书证首次办理 明天九点", "给俺整个号呗，办借书证首次办理，明天九点", "想要挂个号，明天九点借书证首次办理"],
    )
    def test_without_the_word(self, citizen: Citizen, said: str) -> None:
        citizen.say(said, Act.ASK)
        assert [visit.starts_at for visit in standing(citizen)] == [moment(TUESDAY, "09:00")]

    @pytest.mark.parametrize(
        "said",
        [
            "借书证首次办理明天上午开门吗",
            "借书证首次办理6月2日到期了",
            "明天上午去办借书证首次办理要带什么",
            "给个最近的网点地址",
            "借书证首次办理",
        ],
    )
    def test_what_asks_or_tells_begins_none(self, citizen: Citizen, said: str) -> None:
        citizen.say(said, Act.ASK)
        assert citizen.node == ""

    def test_the_person_in_the_first_sentence_is_not_taken_for_the_item(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫王小雨，电话13900000001，身份证号就不留了")
        assert citizen.node == "confirm"
        assert "王*雨" in citizen.text


class TestInTheMiddle:
    def test_with_openings_on_the_table_an_hour_is_a_proposal(self, citizen: Citizen) -> None:
        citizen.book("约借书证首次办理")
        citizen.say("后天上午十点行吗，我上完课过去", Act.ASK)
        assert [visit.starts_at for visit in standing(citizen)] == [moment(WEDNESDAY, "10:00")]

    @pytest.mark.parametrize(
        ("said", "act"),
        [
            ("后天！！别又跟我说没号", Act.COMPLAINT),
            ("后天 随便几点", Act.ASK),
            ("后天上午的，不收钱吧", Act.ASK),
            ("明天……不对不对，是后天上午", Act.CORRECT),
            ("明天有事，改后天吧", Act.RESCHEDULE),
        ],
    )
    def test_a_day_is_one_too(self, citizen: Citizen, said: str, act: Act) -> None:
        citizen.book("约借书证首次办理")
        citizen.say(said, act)
        if held := standing(citizen):
            assert [visit.day for visit in held] == [WEDNESDAY]
        else:
            assert {each.starts_at.date() for each in citizen.openings.openings} == {WEDNESDAY}

    def test_a_form_that_is_pasted(self, citizen: Citizen) -> None:
        citizen.book("【预约】\n事项：借书证首次办理\n日期：2026-06-03\n时间：10:00\n姓名：梁嘉怡\n手机：139 0000 0008")
        assert citizen.node == "confirm"
        assert [visit.starts_at for visit in standing(citizen)] == [moment(WEDNESDAY, "10:00")]

    def test_a_question_about_the_item_is_none(self, citizen: Citizen) -> None:
        citizen.book("约借书证首次办理")
        citizen.say("后天上午十点去要带什么材料", Act.ASK)
        assert standing(citizen) == []

    def test_an_office_among_other_words(self, citizen: Citizen) -> None:
        citizen.book("约明天九点给狗上证")
        assert citizen.node == "office"
        citizen.say("我在河边这一带，就东河政务中心吧", Act.STATE_REGION)
        assert [visit.office_id for visit in standing(citizen)] == [EAST_HALL]

    def test_the_other_item_of_the_same_thing(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理")
        citizen.say("哎我说错了，不是首次办理，是丢了要补办", Act.CORRECT)
        [held] = standing(citizen)
        assert (held.guide_id, held.office_id, held.starts_at) == (LOST, TOWN_HALL, moment(TUESDAY, "09:00"))

    @pytest.mark.parametrize("said", ["东河区", "后天上午", "王小雨 13900000001"])
    def test_what_is_told_before_the_item_is_kept(self, citizen: Citizen, said: str) -> None:
        citizen.book("我要约个号")
        offered = [each.label for each in citizen.options]
        citizen.say(said)
        assert citizen.node == "item"
        assert "没有听明白" not in citizen.text
        assert [each.label for each in citizen.options] == offered


class TestGivingBack:
    @pytest.fixture
    def with_two(self, citizen: Citizen) -> Citizen:
        for number, said in enumerate(("约明天九点办借书证首次办理", "约后天十点给狗上证，去东河区"), start=1):
            citizen.book(said)
            citizen.say(f"王小{'雨雪'[number - 1]} 1380000000{number}")
            citizen.say("确认", Act.AFFIRM)
        assert {visit.guide_id for visit in standing(citizen, Status.BOOKED)} == {CARD, DOG}
        return citizen

    def test_the_one_that_is_named(self, with_two: Citizen) -> None:
        with_two.say("把狗证那个退了", Act.ASK)
        assert with_two.node == "cancel"
        with_two.say("确定取消", Act.DENY)
        assert with_two.turn.outcome is Outcome.DONE
        assert isinstance(with_two.reply, AppointmentReply)
        assert [visit.guide_id for visit in standing(with_two, Status.BOOKED)] == [CARD]

    def test_who_cannot_come_is_asked_which(self, with_two: Citizen) -> None:
        with_two.say("家里有事 不去了", Act.ASK)
        assert with_two.node == "which"

    def test_that_somebody_else_comes_gives_nothing_back(self, with_two: Citizen) -> None:
        with_two.say("我妈来不了，我来代办", Act.ASK)
        assert with_two.node == ""

    def test_another_one_in_the_middle_of_a_booking(self, with_two: Citizen) -> None:
        with_two.book("约周四九点办砍树的许可，就是采伐树木")
        with_two.say("狗证那个先取消吧", Act.CANCEL)
        assert with_two.node == "cancel"
        with_two.say("是的，取消", Act.AFFIRM)
        assert [visit.guide_id for visit in standing(with_two, Status.BOOKED)] == [CARD]

    def test_yes_to_which_asks_which_again(self, with_two: Citizen) -> None:
        with_two.say("取消预约", Act.CANCEL)
        with_two.say("确定取消", Act.CANCEL)
        assert with_two.node == "which"
        assert len(standing(with_two, Status.BOOKED)) == 2


TUESDAY, WEDNESDAY = MONDAY.replace(day=2), MONDAY.replace(day=3)

"""Which item, which office, which time: what was said settles them, and what was not is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from knowledge_base.model import Aspect
from service_hall.appointments.outcomes import Booked
from service_hall.appointments.reserving import book
from service_hall.conversation.acts import Act
from service_hall.conversation.reply import QuestionReply
from tests.fakes import EAST_HALL, WEST_HALL
from tests.service_hall.booking_talk.citizen import Citizen, standing
from tests.visit_town import DOG, LOST, MONDAY, VisitTown, moment, request

TUESDAY, WEDNESDAY, FRIDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 4))


@pytest.fixture
def citizen() -> Citizen:
    return Citizen(VisitTown())


class TestTheItem:
    def test_two_alike_are_told_apart_by_number(self, citizen: Citizen) -> None:
        citizen.book("预约借书证")
        assert isinstance(citizen.reply, QuestionReply) and citizen.reply.node == "item"
        assert "1. 借书证首次办理\n2. 借书证丢失补办" in citizen.text
        citizen.say("第二个", Act.CHOOSE_OPTION)
        assert citizen.openings.guide_id == LOST

    def test_told_apart_in_words(self, citizen: Citizen) -> None:
        citizen.book("帮我约个号")
        citizen.say("给狗上证", Act.ASK, Aspect.OVERVIEW)
        assert citizen.node == "office"

    def test_a_topic_does_not_pick_from_the_most_asked(self, citizen: Citizen) -> None:
        citizen.book("帮我约个号")
        citizen.say("借书证", Act.ASK)
        assert citizen.node == "item" and len(citizen.options) == 2

    def test_an_item_without_a_guide_is_not_pretended(self, citizen: Citizen) -> None:
        citizen.book("我要预约渔船证")
        assert "小渔船登记" in citizen.text and "0888-12345" in citizen.text
        assert citizen.context.walk is None

    def test_an_office_without_lines_takes_no_bookings(self, citizen: Citizen) -> None:
        offices = citizen.town.library.published.offices
        citizen.town.change_offices(tuple(office.model_copy(update={"lines": ()}) for office in offices))
        citizen.book("约明天办借书证首次办理")
        assert "不用预约" in citizen.text and "溪城市政务服务中心" in citizen.text
        assert citizen.context.walk is None

    def test_another_item_starts_over_and_lets_the_place_go(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理")
        citizen.book("我想给狗上证，约后天上午10点去西山区办")
        assert "改成预约“犬只登记”" in citizen.text
        assert [visit.guide_id for visit in standing(citizen)] == [DOG]


class TestTheOffice:
    def test_one_office_is_taken_without_asking_and_named(self, citizen: Citizen) -> None:
        citizen.book("约明天办借书证首次办理")
        assert citizen.node == "when" and "溪城市政务服务中心" in citizen.text

    def test_the_region_that_was_named_decides(self, citizen: Citizen) -> None:
        citizen.book("约明天给狗上证，我在西山区")
        assert citizen.openings.office_id == WEST_HALL

    def test_the_nearest_by_location(self, citizen: Citizen) -> None:
        citizen.book("给狗上证，预约明天")
        citizen.say("离我最近的")
        assert "不知道您在哪里" in citizen.text and citizen.node == "office"
        citizen.say("离我最近的", at=(30.19, 110.19))
        assert citizen.openings.office_id == WEST_HALL and "约1.5公里" in citizen.text

    def test_sorted_by_distance_once_the_place_is_known(self, citizen: Citizen) -> None:
        citizen.say("给狗上证，预约明天", Act.BOOK, at=(30.2, 110.2))
        assert citizen.options[0].label.startswith("西山区") and "约100米" in citizen.options[0].label

    def test_an_office_that_does_not_handle_it_is_said_so(self, citizen: Citizen) -> None:
        citizen.book("去溪城市政务服务中心约给狗上证")
        assert "溪城市政务服务中心不办“犬只登记”" in citizen.text and citizen.node == "office"

    def test_a_time_told_before_the_office_is_noted(self, citizen: Citizen) -> None:
        citizen.book("预约给狗上证")
        citizen.say("后天上午")
        assert "好的，6月3日（后天，周三）上午" in citizen.text and citizen.node == "office"
        citizen.say("1")
        assert {each.starts_at.date() for each in citizen.openings.openings} == {WEDNESDAY}

    def test_changed_later_the_place_goes_along(self, citizen: Citizen) -> None:
        citizen.book("约明天十点给狗上证，去西山区")
        citizen.say("换个网点")
        assert "换到东河区政务服务中心" in citizen.text
        assert [visit.office_id for visit in standing(citizen)] == [EAST_HALL]

    def test_the_only_office_has_no_other(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理")
        citizen.say("太远了，换个网点")
        assert "只有这一个地方" in citizen.text and citizen.node == "person"

    def test_a_region_told_at_the_openings(self, citizen: Citizen) -> None:
        citizen.book("约明天给狗上证，去西山区")
        citizen.say("我在东河区", Act.STATE_REGION)
        assert citizen.openings.office_id == EAST_HALL


class TestTheTime:
    @pytest.mark.parametrize(
        ("said", "start"),
        [
            ("周三下午三点", moment(WEDNESDAY, "15:00")),
            ("后天随便几点", moment(WEDNESDAY, "09:00")),
            ("最早的", moment(MONDAY, "09:00")),
            ("周三14:40", moment(WEDNESDAY, "14:30")),
        ],
    )
    def test_what_is_clear_is_held(self, citizen: Citizen, said: str, start: object) -> None:
        citizen.book("预约借书证首次办理")
        citizen.say(said)
        assert citizen.node == "person"
        assert standing(citizen)[0].starts_at == start

    def test_nothing_said_shows_the_next_days(self, citizen: Citizen) -> None:
        citizen.book("预约借书证首次办理")
        days = {each.starts_at.date() for each in citizen.openings.openings}
        assert 1 < len(days) <= 5 and len(citizen.openings.openings) <= 60
        assert "12. " in citizen.text and "13. " not in citizen.text

    def test_a_numbered_opening_is_the_one_in_the_text(self, citizen: Citizen) -> None:
        citizen.book("预约借书证首次办理")
        citizen.say("4")
        assert standing(citizen)[0].starts_at == moment(TUESDAY, "09:00")

    def test_a_closed_day_says_why_and_shows_the_nearest(self, citizen: Citizen) -> None:
        citizen.book("约周六办借书证首次办理")
        assert "6月6日（周六）溪城市政务服务中心不上班" in citizen.text
        assert FRIDAY in {each.starts_at.date() for each in citizen.openings.openings}

    def test_a_holiday_is_named(self, citizen: Citizen) -> None:
        citizen.town.change_rules(horizon_days=30)
        citizen.book("约6月19号办借书证首次办理")
        assert "端午节放假" in citizen.text

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ("约昨天办借书证首次办理", "过去"),
            ("约2月30日办借书证首次办理", "没有“2月30日”"),
            ("约12月1日办借书证首次办理", "14天以内"),
        ],
    )
    def test_no_day_to_book(self, citizen: Citizen, said: str, told: str) -> None:
        citizen.book(said)
        assert told in citizen.text and citizen.node == "when" and citizen.openings.openings

    def test_full_offers_three_alternatives_and_the_waiting_list(self, citizen: Citizen) -> None:
        for number in (2, 3):
            assert isinstance(book(citizen.town.means, request(number)), Booked)
        citizen.book("约明天九点办借书证首次办理")
        assert "9:00约满了" in citizen.text
        assert len(citizen.openings.openings) == 3
        assert [option.label for option in citizen.openings.options] == ["候补", "其他日期"]

    def test_another_office_is_offered_where_there_is_one(self, citizen: Citizen) -> None:
        citizen.book("约明天给狗上证，去西山区")
        citizen.tap("换个网点")
        assert citizen.openings.office_id == EAST_HALL

    def test_changed_at_the_confirmation(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        citizen.say("不对是后天", Act.CORRECT)
        assert citizen.node == "confirm"
        assert [visit.starts_at for visit in standing(citizen)] == [moment(WEDNESDAY, "09:00")]

    def test_in_the_afternoon_instead_is_of_the_same_day(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        citizen.say("改到下午", Act.RESCHEDULE)
        assert {each.starts_at.date() for each in citizen.openings.openings} == {TUESDAY}
        assert min(each.starts_at.hour for each in citizen.openings.openings) >= 12

    def test_the_own_hold_does_not_stand_in_the_way(self, citizen: Citizen) -> None:
        book(citizen.town.means, request(2))
        citizen.book("约明天九点办借书证首次办理")
        citizen.say("换个时间")
        citizen.say("还是明天九点吧")
        assert citizen.node == "person" and len(standing(citizen)) == 1

    def test_a_question_about_free_places_shows_them(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理")
        citizen.say("那后天下午还有号吗", Act.ASK, Aspect.OVERVIEW)
        assert {each.starts_at.date() for each in citizen.openings.openings} == {WEDNESDAY}


class TestAnotherDay:
    """其他日期, beside the times."""

    def days(self, citizen: Citizen) -> list[int]:
        return sorted({each.starts_at.day for each in citizen.openings.openings})

    @pytest.mark.parametrize("by_words", [True, False])
    def test_asks_for_one_and_shows_the_days_after_those_that_were_shown(
        self, citizen: Citizen, by_words: bool
    ) -> None:
        citizen.book("预约借书证首次办理")
        before = self.days(citizen)
        citizen.say("其他日期") if by_words else citizen.tap("其他日期")
        assert citizen.text.startswith("想约哪天？") and citizen.node == "when"
        assert min(self.days(citizen)) > max(before) and len(self.days(citizen)) == len(before)
        assert standing(citizen) == []

    def test_the_hours_that_were_said_stay(self, citizen: Citizen) -> None:
        citizen.book("约明天上午办借书证首次办理")
        citizen.tap("其他日期")
        assert TUESDAY.day not in self.days(citizen)
        assert {each.starts_at.hour for each in citizen.openings.openings} <= {9, 10, 11}

    def test_after_the_last_day_the_first_ones_come_again(self, citizen: Citizen) -> None:
        citizen.book("预约借书证首次办理")
        first, seen = citizen.openings.openings[0].starts_at, []
        for _ in range(12):
            citizen.tap("其他日期")
            seen.append(citizen.openings.openings[0].starts_at)
        assert first in seen

    def test_a_day_that_is_said_then_is_taken(self, citizen: Citizen) -> None:
        citizen.book("约明天上午办借书证首次办理")
        citizen.tap("其他日期")
        citizen.say("周五下午三点")
        assert standing(citizen)[0].starts_at == moment(FRIDAY, "15:00")

    def test_of_a_booking_that_is_to_be_moved_too(self, citizen: Citizen) -> None:
        booked = book(citizen.town.means, request(1))
        assert isinstance(booked, Booked)
        citizen.say("改个时间", Act.RESCHEDULE)
        citizen.tap("其他日期")
        assert citizen.node == "when" and citizen.openings.openings

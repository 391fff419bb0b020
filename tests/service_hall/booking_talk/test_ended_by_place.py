"""取消第二个: a place in a list is told, and what is there is not wanted."""

from __future__ import annotations

import pytest

from service_hall.conversation.acts import Act
from service_hall.visits.states import Status
from service_hall.visits.visit import Visit
from tests.service_hall.booking_talk.citizen import Citizen, standing
from tests.service_hall.booking_talk.test_own_bookings import now_of, with_two
from tests.visit_town import VisitTown

ACTS = [Act.CANCEL, Act.CHOOSE_OPTION, Act.GIVE_DETAILS, Act.DENY]


@pytest.fixture
def citizen() -> Citizen:
    return Citizen(VisitTown())


class TestOfTimes:
    @pytest.fixture(autouse=True)
    def shown(self, citizen: Citizen) -> None:
        citizen.book("约明天办借书证首次办理")
        assert citizen.node == "when"

    @pytest.mark.parametrize("act", ACTS)
    @pytest.mark.parametrize("said", ["取消第二个", "退掉第二个", "第二个取消", "不要第二个", "取消最后一个"])
    def test_none_is_taken_and_another_is_asked_for(self, citizen: Citizen, said: str, act: Act) -> None:
        citizen.say(said, act)
        assert citizen.node == "when" and "哪天、几点方便" in citizen.text
        assert standing(citizen) == []

    def test_the_one_that_is_wanted_instead_is_taken(self, citizen: Citizen) -> None:
        third = citizen.openings.openings[2].starts_at
        citizen.say("不要第二个，要第三个", Act.CHOOSE_OPTION)
        [held] = standing(citizen, Status.HELD)
        assert held.starts_at == third


class TestOfOwnBookings:
    @pytest.fixture
    def dog(self, citizen: Citizen) -> Visit:
        return with_two(citizen)[1]

    @pytest.mark.parametrize("act", [*ACTS, Act.ASK])
    @pytest.mark.parametrize("said", ["取消第二个", "把第二个取消", "退掉最后一个"])
    def test_it_is_cancelled_once_that_is_confirmed(self, citizen: Citizen, dog: Visit, said: str, act: Act) -> None:
        citizen.say(said, act)
        assert citizen.node == "cancel" and "犬只登记" in citizen.text
        citizen.say("是的", Act.AFFIRM)
        assert now_of(citizen, dog).status is Status.CANCELLED

    @pytest.mark.parametrize("said", ["别取消第二个", "取消第二个要扣分吗"])
    def test_it_is_not_ended_by_a_no_or_a_question(self, citizen: Citizen, dog: Visit, said: str) -> None:
        citizen.say(said, Act.ASK)
        assert citizen.node == "" and now_of(citizen, dog).status is Status.BOOKED

    @pytest.mark.parametrize("act", ACTS)
    def test_in_the_middle_of_another_booking_which_is_asked_and_that_one_goes_on(
        self, citizen: Citizen, dog: Visit, act: Act
    ) -> None:
        citizen.book("约后天十点办夜市摊位备案")
        [held] = standing(citizen, Status.HELD)
        citizen.say("取消第二个", act)
        assert citizen.node == "which" and "借书证" in citizen.text and "犬只登记" in citizen.text
        citizen.say("第二个", Act.CHOOSE_OPTION)
        assert citizen.node == "cancel" and "犬只登记" in citizen.text
        assert standing(citizen, Status.HELD) == [held]
        citizen.say("确定取消", Act.CANCEL)
        assert now_of(citizen, dog).status is Status.CANCELLED
        assert standing(citizen, Status.HELD) == [held]
        assert citizen.node == "person" and "接着刚才的预约" in citizen.text

    def test_where_she_would_rather_keep_it_the_open_booking_goes_on_too(self, citizen: Citizen, dog: Visit) -> None:
        citizen.book("约后天十点办夜市摊位备案")
        citizen.say("取消第二个", Act.CANCEL)
        citizen.say("算了", Act.CANCEL)
        assert citizen.node == "person" and now_of(citizen, dog).status is Status.BOOKED

    def test_where_there_is_none_at_that_place_which_is_asked(self, citizen: Citizen, dog: Visit) -> None:
        citizen.say("取消第五个", Act.CANCEL)
        assert citizen.node == "which"
        citizen.say("取消第二个", Act.CANCEL)
        assert citizen.node == "cancel" and "犬只登记" in citizen.text

    def test_asked_about_one_another_is_named(self, citizen: Citizen, dog: Visit) -> None:
        citizen.say("取消第一个", Act.CANCEL)
        assert "借书证" in citizen.text
        citizen.say("取消第二个", Act.CANCEL)
        assert citizen.node == "cancel" and "犬只登记" in citizen.text
        assert now_of(citizen, dog).status is Status.BOOKED

    def test_it_is_moved_by_its_place(self, citizen: Citizen, dog: Visit) -> None:
        citizen.say("第二个改到周五", Act.RESCHEDULE)
        assert citizen.node == "when" and "犬只登记" in citizen.text

"""Nothing is chosen by accident: one thing alone is asked as a question, and a place counts what has a number."""

from __future__ import annotations

import pytest

from service_hall.booking_talk import item
from service_hall.conversation.acts import Act
from service_hall.visits.states import Status
from tests.fakes import EAST_HALL
from tests.service_hall.booking_talk.citizen import Citizen, standing
from tests.visit_town import DOG, MONDAY, VisitTown, moment


@pytest.fixture
def citizen() -> Citizen:
    return Citizen(VisitTown())


class TestOneTime:
    @pytest.fixture(autouse=True)
    def shown(self, citizen: Citizen) -> None:
        citizen.town.change_rules(horizon_days=0)
        citizen.town.clock.set(MONDAY, "15:50")  # type: ignore[attr-defined]
        citizen.book("约犬只登记")
        citizen.say("东河区政务服务中心")
        assert len(citizen.openings.openings) == 1, citizen.text

    def test_is_asked_as_a_question(self, citizen: Citizen) -> None:
        assert "16:30有空位，就约这个吗？" in citizen.text
        assert "1. " not in citizen.text

    @pytest.mark.parametrize("said", ["最后一个时段", "第一个", "最后一个", "好的", "1", "就这个"])
    def test_is_taken_by_a_yes_and_by_its_place(self, citizen: Citizen, said: str) -> None:
        citizen.say(said, Act.CHOOSE_OPTION)
        [held] = standing(citizen, Status.HELD)
        assert (held.office_id, held.starts_at) == (EAST_HALL, moment(MONDAY, "16:30"))

    def test_another_place_is_none(self, citizen: Citizen) -> None:
        citizen.say("第二个", Act.CHOOSE_OPTION)
        assert citizen.node == "when" and standing(citizen) == []
        assert citizen.openings.office_id == EAST_HALL

    def test_a_no_takes_nothing(self, citizen: Citizen) -> None:
        citizen.say("不要", Act.DENY)
        assert citizen.node == "when" and standing(citizen) == []


def test_the_last_of_the_times_is_no_way_on(citizen: Citizen) -> None:
    citizen.book("约明天上午办犬只登记")
    citizen.say("东河区政务服务中心")
    last = citizen.openings.openings[-1].starts_at
    citizen.say("最后一个时段", Act.CHOOSE_OPTION)
    [held] = standing(citizen, Status.HELD)
    assert held.starts_at == last


@pytest.mark.parametrize("said", ["最后一个时段", "第一个时间"])
def test_a_time_is_no_office(citizen: Citizen, said: str) -> None:
    citizen.book("约犬只登记")
    citizen.say(said, Act.CHOOSE_OPTION)
    assert citizen.node == "office" and "先选在哪里办" in citizen.text


class TestOneItem:
    @pytest.fixture(autouse=True)
    def asked(self, citizen: Citizen, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(item, "settle", lambda talk, _: item._ask(talk, "which_item", [DOG]))
        citizen.book("约一下宠物的事")
        assert citizen.node == "item"
        monkeypatch.undo()

    def test_is_asked_as_a_question(self, citizen: Citizen) -> None:
        assert citizen.text == "您要预约的是“犬只登记”吗？\n1. 是的，就约这个\n2. 不是，换一件"

    @pytest.mark.parametrize("said", ["是的", "好的", "1", "第一个", "对"])
    def test_a_yes_goes_on_with_it(self, citizen: Citizen, said: str) -> None:
        citizen.say(said, Act.AFFIRM)
        assert citizen.node == "office" and "犬只登记" in citizen.text

    @pytest.mark.parametrize("said", ["不是", "不是，换一件", "2", "换一件"])
    def test_a_no_asks_which_then(self, citizen: Citizen, said: str) -> None:
        citizen.say(said, Act.DENY if said == "不是" else Act.CHOOSE_OPTION)
        assert citizen.node == "item" and "想预约哪件事" in citizen.text

    def test_a_tap_on_the_no_does_too(self, citizen: Citizen) -> None:
        citizen.tap("不是")
        assert citizen.node == "item" and "想预约哪件事" in citizen.text

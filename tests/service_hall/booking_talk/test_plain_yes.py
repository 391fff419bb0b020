"""好的 where one of several is to be named: it agrees, and picks none of them. Where there is one, it takes that."""

from __future__ import annotations

import pytest

from knowledge_base.library import Library
from service_hall.conversation.acts import Act
from service_hall.conversation.reply import Outcome
from tests.fakes import EAST_HALL, build_town, catalogue, published
from tests.service_hall.booking_talk.citizen import Citizen, standing
from tests.visit_town import CARD, DOG, VisitTown, booked, town_offices

YES = ("确认", "好的", "嗯", "可以", "同意", "就这个", "没问题", "👌")
ACTS = (Act.AFFIRM, Act.ASK, Act.CHOOSE_OPTION)


@pytest.fixture
def citizen() -> Citizen:
    return Citizen(VisitTown())


def answers(citizen: Citizen) -> dict[str, object]:
    assert citizen.context.walk
    return citizen.context.walk.answers


@pytest.mark.parametrize("said", YES)
class TestOfSeveral:
    @pytest.mark.parametrize("act", ACTS)
    def test_no_item_is_chosen(self, citizen: Citizen, said: str, act: Act) -> None:
        citizen.book("预约借书证")
        offered = [option.label for option in citizen.options]
        citizen.say(said, act)
        assert citizen.node == "item" and "guide_id" not in answers(citizen)
        assert [option.label for option in citizen.options] == offered and "是哪一个" in citizen.text

    @pytest.mark.parametrize("act", ACTS)
    def test_no_office_is_chosen(self, citizen: Citizen, said: str, act: Act) -> None:
        citizen.book("预约给狗上证")
        citizen.say(said, act)
        assert citizen.node == "office" and "office_id" not in answers(citizen)

    def test_no_time_is_chosen(self, citizen: Citizen, said: str) -> None:
        citizen.book("预约借书证首次办理")
        citizen.say(said, Act.AFFIRM)
        assert citizen.node == "when" and standing(citizen) == []

    def test_nobody_is_chosen(self, citizen: Citizen, said: str) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        citizen.say("确认", Act.AFFIRM)
        citizen.book("约明天十点给狗上证，去西山区")
        citizen.say(said, Act.AFFIRM)
        assert citizen.node == "person" and "person" not in answers(citizen)

    @pytest.mark.parametrize("errand", [Act.CANCEL, Act.RESCHEDULE])
    def test_no_booking_is_chosen(self, citizen: Citizen, said: str, errand: Act) -> None:
        visits = [booked(citizen.town, 1), booked(citizen.town, 2, visitor_id=citizen.visitor_id)]
        citizen.say("取消预约" if errand is Act.CANCEL else "改约", errand)
        citizen.say(said, Act.AFFIRM)
        assert citizen.node == "which" and "visit" not in answers(citizen)
        assert {visit.code for visit in standing(citizen)} == {visit.code for visit in visits}


@pytest.fixture(scope="module")
def town_of_consent() -> Library:
    """Where an item goes by the words of a yes, as 工伤认定 is called 确认 and an inheritance wants 同意."""
    named = [
        item.model_copy(update={"also_called": ("确认", "同意", "没问题")}) if item.id == DOG else item
        for item in catalogue()
    ]
    return build_town(published(offices=town_offices(), catalogue=tuple(named)))


@pytest.mark.parametrize("said", ["确认", "同意", "没问题"])
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("opening", ["帮我约个号", "预约借书证"])
def test_a_yes_that_stands_in_the_name_of_an_item_chooses_none(
    town_of_consent: Library, said: str, act: Act, opening: str
) -> None:
    citizen = Citizen(VisitTown(library=town_of_consent))
    citizen.book(opening)
    citizen.say(said, act)
    assert citizen.node == "item" and "guide_id" not in answers(citizen)


@pytest.mark.parametrize("said", ["没问题", "没毛病", "无误", "定了", "好的呀"])
def test_a_yes_is_nobodys_name(citizen: Citizen, said: str) -> None:
    citizen.book("约明天九点办借书证首次办理")
    assert citizen.node == "person"
    citizen.say(said, Act.AFFIRM)
    assert citizen.masked == said and "person" not in answers(citizen)


def with_only_the_first(citizen: Citizen, name: str) -> None:
    """Of what the open question has to choose from."""
    flow = citizen.context.walk
    assert flow
    only = flow.model_copy(update={"answers": {**flow.answers, name: flow.answers[name][:1]}})
    citizen.context = citizen.context.model_copy(update={"walks": (only,)})


@pytest.mark.parametrize("said", YES)
class TestOfOne:
    def test_the_only_item_is_taken(self, citizen: Citizen, said: str) -> None:
        citizen.book("预约借书证")
        with_only_the_first(citizen, "offered")
        citizen.say(said, Act.AFFIRM)
        assert citizen.node == "when" and answers(citizen)["guide_id"] == CARD

    def test_the_only_office_is_taken(self, citizen: Citizen, said: str) -> None:
        citizen.book("预约给狗上证")
        with_only_the_first(citizen, "offered")
        citizen.say(said, Act.AFFIRM)
        assert citizen.node == "when" and citizen.openings.office_id == EAST_HALL

    def test_the_only_time_is_taken(self, citizen: Citizen, said: str) -> None:
        citizen.book("预约借书证首次办理")
        with_only_the_first(citizen, "shown")
        citizen.say(said, Act.AFFIRM)
        assert citizen.node == "person" and len(standing(citizen)) == 1


class TestWhereTheQuestionIsWhether:
    @pytest.mark.parametrize("said", YES)
    def test_the_confirmation_is_confirmed(self, citizen: Citizen, said: str) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        assert citizen.node == "confirm"
        assert citizen.say(said, Act.AFFIRM).outcome is Outcome.DONE

    def test_blanks_confirm_nothing(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        assert citizen.say("  ", Act.ASK).outcome is not Outcome.DONE

    def test_a_third_plain_yes_leads_out(self, citizen: Citizen) -> None:
        citizen.book("预约给狗上证")
        for _ in range(3):
            citizen.say("好的", Act.AFFIRM)
        assert citizen.node == "office" and "0888-12345" in citizen.text
        citizen.say("1")
        assert citizen.openings.office_id == EAST_HALL

    def test_giving_up_is_no_yes(self, citizen: Citizen) -> None:
        citizen.book("预约借书证")
        citizen.say("取消吧", Act.CANCEL)
        assert citizen.context.walk is None

    def test_a_yes_that_names_one_names_it(self, citizen: Citizen) -> None:
        citizen.book("预约借书证")
        citizen.say("好的，第一个", Act.AFFIRM)
        assert answers(citizen)["guide_id"] == CARD

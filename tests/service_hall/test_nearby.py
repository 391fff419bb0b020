"""What is near, told to whoever has sent along where she is."""

from __future__ import annotations

from service_hall.conversation.context import Context
from service_hall.conversation.wording import say
from tests.service_hall.test_reception import ASKED, QUESTION, Colours, Desk, texts
from tests.visit_town import CARD


class TestWhatIsNear:
    def test_whoever_says_where_she_is_hears_which_offices_are_near_and_how_far(self) -> None:
        here = Context(location=(30.0, 110.0))
        [text] = texts(Desk().hear("离我最近的大厅在哪里", context=here))
        opening, *lines = text.splitlines()
        assert opening == say("nearest") and 1 <= len(lines) <= 3
        assert all("约" in line and "电话" in line for line in lines)

    def test_of_an_item_that_is_talked_about_those_that_handle_it(self) -> None:
        here = Context(location=(30.0, 110.0), guide_id=CARD)
        turn = Desk().hear("离我最近的大厅", context=here)
        assert turn.context.location is None and "能办" in texts(turn)[0]

    def test_an_open_question_is_asked_again_below_it(self) -> None:
        turn = Desk(Colours()).hear("离我最近的大厅", context=ASKED.model_copy(update={"location": (30.0, 110.0)}))
        assert texts(turn)[-1] == QUESTION and turn.context.walk

    def test_without_a_place_it_is_a_question_like_any_other(self) -> None:
        assert say("nearest") not in texts(Desk().hear("离我最近的大厅在哪里"))[0]

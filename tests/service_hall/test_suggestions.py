"""What an answer suggests is on the table, too, for a number."""

from __future__ import annotations

import pytest

from service_hall.conversation.acts import Act
from service_hall.conversation.message import command_payload
from service_hall.conversation.turn import Turn
from tests.service_hall.test_reception import COLOURS, Colours, Desk, answer_of, texts
from tests.visit_town import LOST


class TestWhatWasSuggested:
    """On a door without buttons, suggestions are picked by their number."""

    def answered(self, *flows: Colours) -> tuple[Desk, Turn]:
        desk = Desk(*flows)
        return desk, desk.hear("借书证丢了怎么补办")

    @pytest.mark.parametrize("said", ["2", "第二个", "２", "那就选2吧"])
    def test_is_taken_by_its_number(self, said: str) -> None:
        desk, turn = self.answered()
        second = answer_of(turn).suggestions[1]
        assert turn.context.suggested == answer_of(turn).suggestions
        taken = desk.hear(said, Act.CHOOSE_OPTION, context=turn.context)
        assert answer_of(taken).model_copy(update={"answer_id": ""}) == answer_of(
            desk.hear(second.payload, context=turn.context)
        ).model_copy(update={"answer_id": ""})

    def test_the_booking_too(self) -> None:
        flow = Colours()
        desk, turn = self.answered(flow)
        desk.hear(str(len(answer_of(turn).suggestions)), Act.CHOOSE_OPTION, context=turn.context)
        assert [heard.command and heard.command.payload for heard in flow.begun] == [
            command_payload("book", guide_id=LOST)
        ]

    @pytest.mark.parametrize("said", ["9", "最后一步是什么", "第一次办要带什么", "借书证丢了怎么补办"])
    def test_is_taken_by_nothing_else(self, said: str) -> None:
        desk, turn = self.answered()
        without = turn.context.model_copy(update={"suggested": ()})
        assert texts(desk.hear(said, context=turn.context)) == texts(desk.hear(said, context=without))

    def test_choices_on_the_table_come_first(self) -> None:
        turn = Desk().hear("借书证")
        assert turn.context.options and not turn.context.suggested

    def test_an_open_flow_is_asked_first_and_leaves_none(self) -> None:
        desk, turn = self.answered(Colours())
        done = desk.hear("红", context=turn.context.model_copy(update={"walks": (COLOURS,)}))
        assert texts(done) == ["记下了。"] and done.context.suggested == ()

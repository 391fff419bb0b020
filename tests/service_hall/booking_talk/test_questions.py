"""The table of the booking's questions."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path

import pytest

import service_hall
from service_hall.booking_talk.questions import QUESTIONS
from service_hall.booking_talk.talk import wording
from service_hall.conversation.acts import Act
from service_hall.conversation.guided.way import WORDS
from service_hall.conversation.reply import Progress, QuestionReply, without_private
from tests.service_hall.booking_talk.citizen import Citizen
from tests.visit_town import VisitTown

WHO = "姓名：王小明\n手机：13800138000"


@pytest.fixture
def citizen() -> Citizen:
    return Citizen(VisitTown())


def progress(citizen: Citizen) -> Progress | None:
    found: Progress | None = getattr(citizen.reply, "progress", None)
    return found


def test_nothing_but_the_table_asks_at_which_node_a_walk_is() -> None:
    room = Path(service_hall.__file__).parent
    asks = {
        str(path.relative_to(room))
        for path in sorted(room.rglob("*.py"))
        for found in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(found, ast.Compare) and any(_is_node(each) for each in (found.left, *found.comparators))
    }
    assert asks == {"conversation/guided/walk.py"}


def _is_node(value: ast.expr) -> bool:
    return isinstance(value, ast.Attribute) and value.attr == "node"


def test_the_wording_has_what_every_walk_says() -> None:
    assert wording.names >= WORDS


def test_each_question_stands_under_its_node() -> None:
    assert all(question.node == node for node, question in QUESTIONS.items())


class TestSteps:
    def test_are_counted_one_by_one_and_never_beyond_the_last(self, citizen: Citizen) -> None:
        citizen.book("我要预约")
        seen = [progress(citizen)]
        for said in ("犬只登记", "西山", "明天九点半", WHO):
            citizen.say(said)
            seen.append(progress(citizen))
        steps = [(each.step, each.of) for each in seen if each]
        assert [step for step, _ in steps] == list(range(1, len(steps) + 1))
        assert all(later <= of for (_, of), (_, later) in pairwise(steps))
        assert steps[-1][0] == steps[-1][1] and citizen.node == "confirm"

    def test_what_was_told_at_once_is_no_step(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理")
        assert progress(citizen) == Progress(step=1, of=2)
        citizen.say("张三")
        assert progress(citizen) == Progress(step=1, of=2)  # half of the same question
        citizen.say("13800138000")
        citizen.say("跳过")
        assert progress(citizen) == Progress(step=2, of=2)

    def test_going_back_counts_back(self, citizen: Citizen) -> None:
        citizen.book("预约借书证首次办理")
        assert progress(citizen) == Progress(step=1, of=3)
        citizen.say("明天九点")
        assert progress(citizen) == Progress(step=2, of=3)
        citizen.say("上一步")
        assert progress(citizen) == Progress(step=1, of=3)

    def test_changing_a_booking_has_steps_of_its_own(self, citizen: Citizen) -> None:
        for said in ("约明天九点办借书证首次办理", "约后天十点给狗上证，去西山区"):
            citizen.book(f"{said}，我叫李四，电话13912345678")
            citizen.say("确认", Act.AFFIRM)
        citizen.say("改预约时间", Act.RESCHEDULE)
        assert (citizen.node, progress(citizen)) == ("which", Progress(step=1, of=3))
        citizen.say("第一个", Act.CHOOSE_OPTION)
        assert (citizen.node, progress(citizen)) == ("when", Progress(step=2, of=3))


class TestWhatOnlyTheWriterSees:
    def private(self, citizen: Citizen) -> dict[str, str]:
        shown = citizen.reception.shown_whole(citizen.visitor_id, citizen.turn)[-1]
        return shown.private if isinstance(shown, QuestionReply) else {}

    def test_at_the_summary_name_and_number_stand_beside_it_whole(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理")
        citizen.say(WHO)
        assert self.private(citizen) == {"name": "王小明", "phone": "13800138000"}
        assert "王小明" not in citizen.text and "王*明，138****8000" in citizen.text

    def test_neither_the_turn_nor_its_context_has_them(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理")
        citizen.say(WHO)
        kept = citizen.turn.replies[-1].model_dump_json() + citizen.context.model_dump_json()
        assert "王小明" not in kept and "13800138000" not in kept

    def test_nor_what_is_kept_of_what_was_shown(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理")
        citizen.say(WHO)
        shown = citizen.reception.shown_whole(citizen.visitor_id, citizen.turn)
        assert tuple(map(without_private, shown)) == citizen.turn.replies

    @pytest.mark.parametrize("said", ["约明天九点办借书证首次办理", "预约借书证首次办理"])
    def test_no_other_question_shows_any(self, citizen: Citizen, said: str) -> None:
        citizen.book(said)
        assert self.private(citizen) == {}

    def test_who_came_last_time_stays_masked_for_another_may_hold_the_device(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        assert self.private(citizen) == {"name": "李四", "phone": "13912345678"}
        citizen.say("确认", Act.AFFIRM)
        citizen.book("约明天十点给狗上证，去西山区")
        citizen.tap("还是给")
        assert citizen.node == "confirm" and self.private(citizen) == {}
        citizen.say("电话改成13800138000")
        assert self.private(citizen) == {"phone": "13800138000"}

    def test_nobody_else_sees_them(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        stranger = Citizen(citizen.town)
        stranger.visitor_id = type(citizen.visitor_id)("v_someone")
        assert stranger.reception.shown_whole(stranger.visitor_id, citizen.turn) == citizen.turn.replies

"""What comes in pieces is answered once, and nothing else is taken together."""

from __future__ import annotations

import asyncio

import pytest

from channels.switchboard.bursts import QUIET_SECONDS, Bursts
from channels.switchboard.receive import Receipt
from knowledge_base.model import Aspect
from service_hall.conversation.context import Context, OpenWalk
from service_hall.conversation.inbox import kept_key
from service_hall.conversation.message import CitizenMessage, Door
from service_hall.conversation.reply import AnswerReply, Outcome, ask_payload
from service_hall.shared.errors import OutOfReach
from service_hall.shared.ids import VisitorId, new_message_id
from tests.channels.switchboard.test_inbox import Desk
from tests.stand_ins import Heard

QUIET = 0.05
BURST = ("我想办", "养狗证", "要带啥")


class Bursting(Desk):
    def __init__(self) -> None:
        super().__init__()
        self.bursts = Bursts(self.switchboard, quiet_seconds=QUIET)
        self._sent = 0

    def send(self, text: str = "", key: str = "", order: int = 0, payload: str = "") -> asyncio.Task[Receipt | None]:
        self._sent += 1
        message = CitizenMessage(
            VisitorId("v_1"), self.clock(), text, door=Door.WECHAT, key=key or f"k-{self._sent}", payload=payload
        )
        return asyncio.create_task(self.bursts.receive(message, order or self._sent, self.admit))

    def hold(self, words: str) -> tuple[asyncio.Event, asyncio.Event]:
        """Whoever says that is in work until the second is set."""
        in_work, may_go_on = asyncio.Event(), asyncio.Event()

        async def before(heard: Heard) -> None:
            if heard["message"] == words:
                in_work.set()
                await may_go_on.wait()

        self.rasa.before = before
        return in_work, may_go_on

    @property
    def said(self) -> list[str]:
        return [turn.said for turn in self.records.turns]


@pytest.fixture
def desk() -> Bursting:
    return Bursting()


async def test_three_short_messages_get_one_useful_answer_with_the_last(desk: Bursting) -> None:
    first, second, last = [await task for task in [desk.send(text) for text in BURST]]
    assert first is None and second is None and last is not None
    [answer] = last.replies
    assert isinstance(answer, AnswerReply) and answer.guide_id == "dog-register"
    assert answer.aspect is Aspect.MATERIALS
    assert desk.said == ["我想办，养狗证，要带啥"]


async def test_they_are_read_in_the_order_in_which_they_were_written(desk: Bursting) -> None:
    tasks = [desk.send(text, order=order) for order, text in ((3, "要带啥"), (1, "我想办"), (2, "养狗证"))]
    answers = [await task for task in tasks]
    assert desk.said == ["我想办，养狗证，要带啥"]
    assert [answer is not None for answer in answers] == [False, False, True], "whoever came last waits for it"


async def test_a_copy_of_any_of_them_is_a_repeat(desk: Bursting) -> None:
    tasks = [desk.send(text, key=text) for text in BURST]
    copy = desk.send(BURST[1], key=BURST[1])
    for task in (*tasks, copy):
        await task
    for text in BURST:
        again = await desk.send(text, key=text)
        assert again is not None and again.is_repeat
    assert len(desk.said) == desk.admitted == 1


async def test_what_another_node_has_answered_is_left_out(desk: Bursting) -> None:
    taken = CitizenMessage(VisitorId("v_1"), desk.clock(), "我想办", door=Door.WECHAT, key="elsewhere")
    desk.inbox.take(Door.WECHAT, kept_key(taken), new_message_id(), desk.clock())
    for task in [desk.send("我想办", key="elsewhere"), desk.send("养狗证"), desk.send("要带啥")]:
        await task
    assert desk.said == ["养狗证，要带啥"]


async def test_a_fragment_that_stays_alone_waits_no_longer_than_seven_tenths_of_a_second(desk: Bursting) -> None:
    assert Bursts(desk.switchboard)._quiet_seconds == QUIET_SECONDS <= 0.7
    assert await desk.send("养狗证") is not None and desk.said == ["养狗证"]


async def test_a_whole_question_waits_for_nothing(desk: Bursting) -> None:
    desk.bursts = Bursts(desk.switchboard, quiet_seconds=3600)
    answer = await asyncio.wait_for(desk.send("养狗证怎么办理"), 30)
    assert answer is not None and answer.outcome is Outcome.ANSWERED


async def test_a_whole_question_ends_the_waiting_of_what_came_before(desk: Bursting) -> None:
    desk.bursts = Bursts(desk.switchboard, quiet_seconds=3600)
    begun = desk.send("你好呀")
    answer = await asyncio.wait_for(desk.send("养狗证要什么材料？"), 30)
    assert await begun is None and answer is not None
    assert desk.said == ["你好呀，养狗证要什么材料？"]


async def test_two_whole_questions_get_two_answers(desk: Bursting) -> None:
    one, other = desk.send("养狗证要什么材料？"), desk.send("借书证丢了怎么补办")
    answers = [await one, await other]
    assert all(answers) and len(desk.said) == 2


async def test_what_comes_while_one_is_in_work_is_taken_together_after_it(desk: Bursting) -> None:
    in_work, may_go_on = desk.hold("借书证丢了怎么补办")
    whole = desk.send("借书证丢了怎么补办")
    await in_work.wait()
    begun = [desk.send("养狗证"), desk.send("要带啥")]
    await asyncio.sleep(3 * QUIET)
    assert not any(task.done() for task in begun)
    may_go_on.set()
    assert (await whole) is not None
    assert [await task is not None for task in begun] == [False, True]
    assert desk.said == ["借书证丢了怎么补办", "养狗证，要带啥"]


async def test_a_beginning_that_made_no_sense_by_itself_goes_on_with_what_comes_meanwhile(desk: Bursting) -> None:
    in_work, may_go_on = desk.hold("补办")
    begun = desk.send("补办")
    await in_work.wait()
    following = desk.send("借书证")
    while "v_1" not in desk.bursts._gatherings:
        await asyncio.sleep(0)
    may_go_on.set()
    assert await begun is None
    answer = await following
    assert answer is not None and answer.outcome is Outcome.ANSWERED
    assert desk.said == ["补办", "补办，借书证"]


async def test_nothing_is_taken_together_across_an_open_question(desk: Bursting) -> None:
    asking = Context(walks=(OpenWalk(name="booking", walk_id="w", node="confirm"),))
    desk.records.contexts[VisitorId("v_1")] = asking
    answers = [await task for task in [desk.send("对"), desk.send("等等")]]
    assert all(answers) and desk.said == ["对", "等等"]


async def test_a_question_that_opens_meanwhile_is_answered_one_by_one(desk: Bursting) -> None:
    in_work, may_go_on = desk.hold("借书证丢了怎么补办")
    whole = desk.send("借书证丢了怎么补办")
    await in_work.wait()
    pieces = [desk.send("对的"), desk.send("等等")]
    while "v_1" not in desk.bursts._gatherings:
        await asyncio.sleep(0)
    desk.switchboard.is_asking = _yes  # type: ignore[method-assign, assignment]
    may_go_on.set()
    assert await whole and all([await task for task in pieces])
    assert desk.said == ["借书证丢了怎么补办", "对的", "等等"]


async def _yes(_: VisitorId) -> bool:
    return True


async def test_a_tap_comes_after_what_was_said_before_it(desk: Bursting) -> None:
    desk.bursts = Bursts(desk.switchboard, quiet_seconds=3600)
    begun = desk.send("养狗证")
    tapped = desk.send(payload=ask_payload(Aspect.FEE, "dog-register"))
    assert await asyncio.wait_for(begun, 30) and await tapped
    assert desk.said[0] == "养狗证" and len(desk.said) == 2


async def test_a_fault_is_told_to_all_of_them_and_they_may_come_again(desk: Bursting) -> None:
    async def fail(*_: object) -> Receipt:
        raise OutOfReach

    receive = desk.switchboard.receive
    desk.switchboard.receive = fail  # type: ignore[method-assign, assignment]
    for task in [desk.send(text, key=text) for text in BURST]:
        with pytest.raises(OutOfReach):
            await task
    desk.switchboard.receive = receive  # type: ignore[method-assign]
    answers = [await task for task in [desk.send(text, key=text) for text in BURST]]
    assert desk.said == ["我想办，养狗证，要带啥"] and answers[-1] is not None


async def test_nobody_is_remembered_who_says_nothing_more(desk: Bursting) -> None:
    for task in [desk.send(text) for text in BURST]:
        await task
    assert not desk.bursts._gatherings and not desk.bursts._in_work and not desk.bursts._idle

"""What citizens asked in vain is put together by meaning, and given to whoever knows."""

from __future__ import annotations

from datetime import date, timedelta

from service_hall.publishing.asked import clustered
from service_hall.publishing.asked_records import AskedTurn, TaskId, Trouble
from service_hall.shared.ids import MessageId
from tests.fakes import FixedClock, fake_embed
from tests.publishing_town import ANNA, BERTA, PublishingTown

NOW = FixedClock().at


def turn(number: int, said: str, trouble: Trouble = Trouble.UNANSWERED) -> AskedTurn:
    return AskedTurn(MessageId(f"m{number}"), NOW - timedelta(minutes=number), said, trouble)


def test_what_means_the_same_is_one_and_the_most_frequent_comes_first() -> None:
    found = clustered(
        [
            turn(1, "狗证到期怎么续"),
            turn(2, "渔船怎么过户？"),
            turn(3, "渔船怎么过户", Trouble.NOT_USEFUL),
            turn(4, "渔船怎么过户呢"),
            turn(5, "渔船怎么过户"),
            turn(6, "？？"),
        ],
        fake_embed,
    )
    assert [(each.question, each.times) for each in found] == [("渔船怎么过户？", 4), ("狗证到期怎么续", 1)]
    assert found[0].examples == ("渔船怎么过户呢",) and found[0].last_at == NOW - timedelta(minutes=2)
    assert found[0].troubles == {Trouble.UNANSWERED: 3, Trouble.NOT_USEFUL: 1}


def test_of_nothing_comes_nothing() -> None:
    assert clustered([], fake_embed) == []


def test_a_question_is_given_to_a_department_and_done_once(town: PublishingTown) -> None:
    asked = town.publishing.asked
    task = asked.assign("渔船怎么过户，我电话13812345678", 4, " 渔政 ", date(2026, 6, 10), "", ANNA)
    assert "13812345678" not in task.question and task.department == "渔政"
    assert not task.is_late(date(2026, 6, 10)) and task.is_late(date(2026, 6, 11))
    done = asked.finish(task.task_id, BERTA)
    assert done and done.done_by == BERTA and not done.is_late(date(2027, 1, 1))
    again = asked.finish(task.task_id, ANNA)
    assert again == done == asked.tasks()[0]
    assert asked.finish(TaskId("nothing"), ANNA) is None

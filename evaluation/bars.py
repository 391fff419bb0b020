"""What must be reached before a change is let in, and whether it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evaluation.dialogue.score import Judged
from evaluation.retrieval.measures import Scores, Share
from evaluation.scenarios.score import LifeEvents
from evaluation.tables import Table

BOOKING, UNSEEN = "bkg", "bkt"
"""The ids of booking dialogues begin with it; of those that nobody looked at while the talk was mended."""


@dataclass(frozen=True)
class Bar:
    name: str
    share: Share
    bound: Literal["at least", "at most"]
    percent: float

    @property
    def is_met(self) -> bool:
        if not self.share.of:
            return False  # nothing was measured
        reached = self.share.percent
        return reached >= self.percent if self.bound == "at least" else reached <= self.percent


def bars(
    scores: Scores, dialogues: Sequence[Judged], over_wechat: Sequence[Judged], lived: LifeEvents, talks: Share
) -> list[Bar]:
    """`over_wechat`: the bookings once more, at that door. `talks`: short dialogues in which every turn was met."""
    wechat_bookings = [each for each in over_wechat if each.id.startswith(BOOKING)]
    wechat_unseen = [each for each in over_wechat if each.id.startswith(UNSEEN)]
    bookings = [each for each in dialogues if each.id.startswith(BOOKING)]
    unseen = [each for each in dialogues if each.id.startswith(UNSEEN)]
    others = [each for each in dialogues if not each.id.startswith((BOOKING, UNSEEN))]
    return [
        Bar("search: right guide is the first hit", scores.search_first, "at least", 85),
        Bar("chat: right guide answers, or is the first option", scores.chat_first, "at least", 85),
        Bar("chat: right aspect, where the right guide answers", scores.chat_aspect, "at least", 90),
        Bar("search: out of scope, yet decided to answer", scores.search_out_answered, "at most", 8),
        Bar("chat: out of scope, yet a guide answers", scores.chat_out_answered, "at most", 8),
        Bar("chat: answered without Rasa (degraded)", scores.chat_degraded, "at most", 0),
        Bar("dialogues that went as they should", _passed(others), "at least", 95),
        Bar("talks in which every turn was met, or offered what was meant", talks, "at least", 60),
        Bar("booking dialogues that went as they should", _passed(bookings), "at least", 90),
        Bar("unseen booking dialogues that went as they should", _passed(unseen), "at least", 70),
        Bar("booking dialogues over WeChat that did", _passed(wechat_bookings), "at least", 90),
        Bar("unseen booking dialogues over WeChat that did", _passed(wechat_unseen), "at least", 70),
        Bar("life events: the right scenario first", lived.right_first, "at least", 92),
        Bar("life events: ordinary questions pulled into one", lived.pulled, "at most", 2),
        Bar("life events: talks that end in the right list", lived.right_list, "at least", 90),
        Bar("life events: answers in words of their own, taken right", lived.answers.right, "at least", 75),
        Bar("life events: answers in words of their own, taken wrong", lived.answers.wrong, "at most", 5),
    ]


def _passed(dialogues: Sequence[Judged]) -> Share:
    return Share(len(dialogues), sum(each.passed for each in dialogues))


def bar_table(found: Sequence[Bar]) -> Table:
    rows = tuple(
        (bar.name, str(bar.share), f"{bar.bound} {bar.percent:g} %", "met" if bar.is_met else "MISSED") for bar in found
    )
    return Table("Bars", ("measure", "reached", "bar", ""), rows)

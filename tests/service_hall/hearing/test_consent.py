"""What binds is agreed to in so many words: no question, no no, and no guess at the intent agrees."""

from __future__ import annotations

import pytest

from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.flow import Heard
from service_hall.hearing.consent import Deed
from service_hall.hearing.heard import Sentence
from service_hall.shared.ids import VisitorId
from service_hall.shared.working_calendar import WorkingCalendar
from tests import fakes
from tests.fakes import FixedClock

YES = [
    *(
        "是",
        "是的",
        "对",
        "对的",
        "对头",
        "嗯",
        "嗯嗯",
        "好",
        "好的",
        "好嘞",
        "行",
        "行吧",
        "可以",
        "可以的",
        "没问题",
        "没错",
    ),
    *(
        "就这样",
        "就这么定了",
        "确认",
        "确认无误",
        "OK",
        "ok的",
        "中",
        "成",
        "妥",
        "得咧",
        "要得",
        "係",
        "👌",
        "👍🏻",
        "好的，谢谢",
    ),
    *("嗯，确认", "对，没毛病", "可以，约上吧", "那就这个吧", "行，辛苦了", "没意见", "提交吧"),
]
UNDERSTOOD_AS_YES = [
    "上面都对，麻烦你了",
    "嗯，就按这个办",
    "我核对过了，都对",
    "信息准确，约吧",
    "好，谢谢姑娘",
    "可以，不用改",
    "没问题，约上",
]
NO_CONSENT = [
    *(
        "嗯？",
        "好的？",
        "对吗",
        "没错吗",
        "确定吗",
        "可以吗",
        "行不行",
        "是不是这样",
        "别确认",
        "没确认呢",
        "不要确认",
        "先别",
        "等一下",
    ),
    *(
        "等等再说",
        "我再想想",
        "还没想好",
        "不是",
        "不对",
        "不行",
        "不好",
        "不可以",
        "谁说确认了",
        "为什么要确认",
        "确认了会怎么样",
    ),
    *(
        "怎么确认",
        "什么意思",
        "多少钱",
        "好像不对",
        "好是好，就是太早，再看看",
        "如果不去呢",
        "不知道对不对",
        "要是改呢",
    ),
]
BINDS_NOTHING = [Act.ASK, Act.DENY, Act.CHITCHAT, Act.GIVE_DETAILS]


def heard(text: str, act: Act) -> Heard:
    sentence = Sentence(text, FixedClock()(), fakes.town(), WorkingCalendar())
    return Heard(VisitorId("v_1"), sentence, act, None, Context())


@pytest.mark.parametrize("act", [Act.AFFIRM, Act.ASK, Act.GIVE_DETAILS])
def test_a_plain_yes_agrees_whatever_it_was_understood_as(act: Act) -> None:
    assert [text for text in YES if not heard(text, act).consents(Deed.BOOK)] == []


def test_a_yes_with_words_around_it_agrees_where_it_was_understood_as_one() -> None:
    assert [text for text in UNDERSTOOD_AS_YES if not heard(text, Act.AFFIRM).consents(Deed.BOOK)] == []


@pytest.mark.parametrize("act", [Act.AFFIRM, *BINDS_NOTHING])
def test_a_question_and_a_no_never_agree_whatever_they_were_understood_as(act: Act) -> None:
    assert [text for text in NO_CONSENT for to in Deed if heard(text, act).consents(to)] == []

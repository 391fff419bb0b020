"""Topics that are meant beyond doubt by how something is said, in words that none of their questions has."""

from __future__ import annotations

import pytest

from knowledge_base.library import Library
from knowledge_base.search.find import Answered

HOURS, DEATH = "hall-hours", "hall-event-after-a-death"


def found(library: Library, said: str) -> str:
    decision = library.find(said)
    return decision.hit.guide_id if isinstance(decision, Answered) else ""


@pytest.mark.parametrize(
    "said",
    [
        "现在开门了吗",
        "今天上班吗",
        "还开着没",
        "你们下班了没",
        "门还开着吗",
        "开门了没得",
        "这会儿去有人吗",
        "今天几点关门",
    ],
)
def test_whether_it_is_open_is_asked_of_the_hall(real_library: Library, said: str) -> None:
    assert found(real_library, said) == HOURS


@pytest.mark.parametrize(
    "said", ["现在能办吗", "周六开不开", "营业执照还开着没注销", "开店要什么证", "今天能拿到吗", "我下班了再去补材料"]
)
def test_what_is_asked_of_something_else_is_not(real_library: Library, said: str) -> None:
    assert found(real_library, said) != HOURS


@pytest.mark.parametrize(
    "said",
    [
        "我爸走了", "我奶奶没了", "老人家过世了", "家里老人不在了", "老伴儿去了", "我二叔走了", "她上周去世了",
        "我妹妹车祸走了", "奶奶去世了要去哪些部门", "我妈走了，接下来该办些啥",
    ],
)  # fmt: skip
def test_a_death_is_heard_in_everyday_words(real_library: Library, said: str) -> None:
    assert found(real_library, said) == DEATH


@pytest.mark.parametrize(
    "said",
    ["我爸走了一个小时才到", "身份证没了", "我奶奶没了社保卡", "我妈去了派出所", "我走了", "工作没了", "老婆走了"],
)
def test_what_only_sounds_alike_is_no_death(real_library: Library, said: str) -> None:
    assert found(real_library, said) != DEATH


@pytest.mark.parametrize("said", ["外公走了，房子还在他名下", "爷爷过世，房子改到孙子名下要哪些证明"])
def test_one_thing_of_all_that_is_to_be_done_is_answered_itself(real_library: Library, said: str) -> None:
    assert found(real_library, said) == "real-estate-inherit"


def test_what_becomes_of_the_household_register_is_one_thing_of_all(real_library: Library) -> None:
    assert found(real_library, "我爸不在了，户口怎么办") == "hukou-cancel-death"


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("我要去上个厕所 过号怎么办", "hall-missed-call"),
        ("能不能让我先办", "hall-elderly"),
        ("孕妇能插队吗", "hall-elderly"),
        ("能帮我代排队吗", "hall-ticket"),
        ("WiFi密码", "hall-wifi"),
        ("要排队吗", "hall-walk-in"),
    ],
)
def test_what_is_asked_in_the_hall_is_heard_whatever_stands_beside_it(
    real_library: Library, said: str, topic: str
) -> None:
    assert found(real_library, said) == topic

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge_base.codes import ChannelKind
from knowledge_base.model import Aspect
from knowledge_base.offices import OpeningHours
from service_hall.conversation import wording
from service_hall.conversation.acts import Act
from service_hall.conversation.wording import aspect_label, channel_label, hall_part, hours_in_words, say

FILLED = {
    "handled_by": "海事管理机构",
    "hotline": "12345", "office": "市民中心", "item": "养狗证", "region": "东河区", "facts": "旧证交回。", "what": "有效期多久",
    "sources": "《养犬条例》第三条", "who": "省级人民政府", "steps": "1. 申请", "name": "市民中心", "address": "市民路1号",
    "phone": "0888-1000", "now": "现在开着，17:00下班", "item_phone": "0888-2000", "parts": "“上门”", "theme": "户籍身份", "count": "4", "far": "约300米",
    "number": "1", "question": "护照丢了怎么补？",
    "here": "溪城市", "place": "杭州",
    "days": "周六、周日", "first": "周六", "last": "周日", "holiday": "元旦", "formula": "1×2", "example": "1×2＝2元",
}  # fmt: skip
REPLIES: dict[str, Any] = yaml.safe_load((Path(wording.__file__).parent / "replies.yml").read_text("utf-8"))
SAYINGS = sorted(name for name, text in REPLIES.items() if isinstance(text, str))
LINES = ("office", "office_phone", "own_guide", "any_phone", "unchecked_and_more", "question_of_letter")
"""Lines of a list and names: no sentences."""
# What a sentence of the desk ends in; the opening of a list ends in a colon.
END = re.compile(r"[。？：）]$")
IN_ENGLISH = re.compile(r"[.?]$")


@pytest.mark.parametrize("name", SAYINGS)
def test_every_saying_is_whole_once_filled_in(name: str) -> None:
    text = say(name, **FILLED)
    assert (name in LINES or (IN_ENGLISH if name == "in_english" else END).search(text)) and not re.search(
        r"[{}]", text
    )


@pytest.mark.parametrize("name", sorted(REPLIES["hall"]))
def test_a_part_of_a_sentence_ends_in_no_stop(name: str) -> None:
    text = hall_part(name, **FILLED, closes="17:00", opens="09:00", day="明天", weekday="周六", hours="09:00—12:00")
    assert not END.search(text) and not re.search(r"[{}]", text)


@pytest.mark.parametrize("name", SAYINGS)
def test_every_saying_is_short(name: str) -> None:
    assert len(say(name, **FILLED)) <= 80


@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_aspect_has_a_label(aspect: Aspect) -> None:
    assert 2 <= len(aspect_label(aspect)) <= 8


def test_labels_are_told_apart() -> None:
    assert len({aspect_label(aspect) for aspect in Aspect}) == len(Aspect)


@pytest.mark.parametrize(
    "act",
    [
        Act.GREET, Act.THANKS, Act.GOODBYE, Act.PRAISE, Act.BOT_IDENTITY, Act.BOT_CAPABILITY, Act.CHITCHAT, Act.ABUSE,
        Act.BOOK, Act.CANCEL, Act.RESCHEDULE, Act.PROGRESS, Act.COMPLAINT,
    ],
)  # fmt: skip
def test_every_act_that_gets_a_saying_has_one(act: Act) -> None:
    assert act.value in SAYINGS


def test_what_a_citizen_wrote_is_never_read_as_a_pattern() -> None:
    assert say("known_item", **{**FILLED, "item": "{hotline}{0}"}).startswith("“{hotline}{0}”")


@pytest.mark.parametrize("kind", list(ChannelKind))
def test_every_channel_has_a_label(kind: ChannelKind) -> None:
    assert 2 <= len(channel_label(kind)) <= 3


def test_hours_name_the_days_once() -> None:
    opening = [
        OpeningHours(days=(1, 2, 3, 4, 5), opens="09:00", closes="12:00"),
        OpeningHours(days=(1, 2, 3, 4, 5), opens="13:30", closes="17:00"),
        OpeningHours(days=(6,), opens="09:30", closes="12:00", note="只办社保"),
    ]
    assert hours_in_words(opening) == "周一至周五 09:00—12:00、13:30—17:00；周六 09:30—12:00（只办社保）"

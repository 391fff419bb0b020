"""What can be done about a notice, told and taken."""

from __future__ import annotations

import pytest

from channels.wechat.outgoing.options import chosen, may_choose, with_options
from service_hall.conversation.reply import Choice, NoticeReply

OPTIONS = (Choice(label="要，帮我约上", payload="/a"), Choice(label="不要了", payload="/b"))
OFFER = NoticeReply(text="候补有位置了，要不要？", kind="waitlist_offer", options=OPTIONS)


def test_options_are_numbered_below_the_words() -> None:
    assert with_options(OFFER) == "候补有位置了，要不要？\n回复序号：\n1. 要，帮我约上\n2. 不要了"
    assert with_options(NoticeReply(text="请到2号窗口。", kind="called")) == "请到2号窗口。"


@pytest.mark.parametrize(
    ("said", "payload"),
    [("1", "/a"), (" 2。", "/b"), ("２", "/b"), ("要，帮我约上", "/a"), ("要,帮我约上！", "/a"), ("不要了", "/b")],
)
def test_a_number_or_the_words_choose(said: str, payload: str) -> None:
    choice = chosen(said, OFFER)
    assert may_choose(said) and choice and choice.payload == payload


@pytest.mark.parametrize("said", ["", "3", "0", "12", "不要", "要", "我要办居住证"])
def test_anything_else_means_something_else(said: str) -> None:
    assert chosen(said, OFFER) is None


def test_what_is_a_sentence_is_not_even_looked_at() -> None:
    assert not may_choose("要带啥") and not may_choose("居住证") and not may_choose("12")

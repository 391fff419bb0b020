from __future__ import annotations

import pytest

from service_hall.hearing.unfinished import seems_unfinished


@pytest.mark.parametrize("text", ["我想办", "居住证", "要带啥", "你好", "身份证丢了", "那个"])
def test_more_may_be_on_its_way(text: str) -> None:
    assert seems_unfinished(text)


@pytest.mark.parametrize(
    "text", ["身份证丢了怎么补办", "要多少钱？", "能代办吗", "2", "第二个", "帮我约明天上午补办身份证", "？", ""]
)
def test_this_is_all_of_it(text: str) -> None:
    assert not seems_unfinished(text)

"""A plain yes in whatever words, and what is more than that."""

from __future__ import annotations

import pytest

from service_hall.hearing.notions import says


@pytest.mark.parametrize(
    "said",
    [
        "好的", "好", "嗯", "嗯嗯", "可以", "可以的呀", "行行行就这个", "对的对的就这样", "没问题", "冇问题", "OK", "okay", "yes", "确认", "确认无误", "确认预约",
        "帮我预约上吧", "就是", "就它了", "定下来", "安排上", "妥妥的", "中嘞", "信息都核对过了，没有错", "明白了，好的", "谢谢你，就那个", "👌", " 👍🏻 ", "👌 可以",
    ],
)  # fmt: skip
def test_a_yes_is_heard(said: str) -> None:
    assert says("sounds_like_yes", said)


@pytest.mark.parametrize(
    "said",
    [
        "", " ", "  \n", "谢谢", "知道了", "信息", "那就", "好的，第二个", "确认什么", "对面", "可以吗你说", "中午", "成都市", "行驶证", "就这", "就办身份证", "我的预约",
        "不好", "不可以", "没有", "明白了" * 20 + "没", "好像", "安排上午", "没问题的话改到周三",
    ],
)  # fmt: skip
def test_more_or_less_than_a_yes_is_none(said: str) -> None:
    assert not says("sounds_like_yes", said)

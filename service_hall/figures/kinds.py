"""What is counted, and what each figure means: the page says it beside the number."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Figure(StrEnum):
    """Of turns: by channel and region of the conversation. Of visits: by the region of the office."""

    CONVERSATIONS = "conversations"
    OUTCOME = "outcome"
    """`thing`: the outcome."""
    REASON = "reason"
    """`thing`: outcome and reason, `handed_over/calls_staff`."""
    ITEM = "item"
    """`thing`: the item that was answered."""
    USEFUL = "useful"
    NOT_USEFUL = "not_useful"
    BOOKED = "booked"
    """From here on `thing`: the office."""
    CANCELLED = "cancelled"
    EXPECTED = "expected"
    NO_SHOW = "no_show"
    WALK_IN = "walk_in"
    CALLED = "called"
    """`amount`: seconds waited."""
    SERVED = "served"
    """`amount`: seconds at the counter."""
    RATED = "rated"
    """`amount`: the scores."""
    NOTICE_DUE = "notice_due"
    NOTICE_UNDELIVERED = "notice_undelivered"


DEFINITIONS: Mapping[str, tuple[str, str]] = {
    "conversations": ("会话", "说过话的人：一个人一天在一个渠道算一次。"),
    "messages": ("消息", "群众发来并得到回应的每一句话。"),
    "answered": ("答上了", "给出答案、列出清单、办成预约等，包括正在一步步问的。"),
    "unsure": ("拿不准", "列出几个事项请群众自己选的。"),
    "not_found": ("没找到", "说没有找到答案的。"),
    "handed_over": ("转人工", "请群众找工作人员的，包括他自己要求的。"),
    "degraded": ("只用检索", "对话引擎没有回应，由检索直接回答的。"),
    "satisfaction": ("满意率", "评了“有用”的占评过的；没评的不算。评价改了以最后一次为准。"),
    "booked": ("预约", "当天约成的，不管约的是哪天；包括工作人员代约。"),
    "cancelled": ("取消", "当天取消的预约。"),
    "no_show": ("爽约率", "约在当天、到时没来的，占约在当天没有取消的。"),
    "walk_in": ("现场取号", "没有预约、当天取号的。"),
    "waiting": ("等候", "从报到或取号到第一次叫号的平均分钟数；转窗口的从转的时候算。"),
    "serving": ("办理", "从开始办理到办完的平均分钟数。"),
    "rating": ("评分", "办完后打的星，平均分。"),
    "undelivered": ("没送到的通知", "当天该送、到现在还没有送到的通知；要靠工作人员打电话。"),
}
"""Name and definition."""
OUTCOME_GROUPS: Mapping[str, str] = {
    "answered": "answered",
    "asking": "answered",
    "done": "answered",
    "clarify": "unsure",
    "not_found": "not_found",
    "handed_over": "handed_over",
    "degraded": "degraded",
}
"""Of a turn's outcome; `refused` is nobody's answer and counts among the messages alone."""
GROUPS = ("answered", "unsure", "not_found", "handed_over", "degraded")

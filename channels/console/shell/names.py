"""What the pages call doors, outcomes and flags."""

from __future__ import annotations

from collections.abc import Mapping

from service_hall.conversation.message import Door
from service_hall.conversation.noting import Flag
from service_hall.conversation.reply import Outcome

CHANNELS: Mapping[str, str] = {Door.WEB.value: "网页", Door.WECHAT.value: "微信"}
OUTCOMES: Mapping[str, str] = {
    Outcome.ANSWERED.value: "答了",
    Outcome.CLARIFY.value: "拿不准",
    Outcome.ASKING.value: "在问",
    Outcome.DONE.value: "办成了",
    Outcome.NOT_FOUND.value: "没找到",
    Outcome.HANDED_OVER.value: "转人工",
    Outcome.DEGRADED.value: "只用检索",
    Outcome.REFUSED.value: "没办成",
}
FLAGS: Mapping[str, str] = {
    Flag.FOLLOW_UP.value: "要跟进",
    Flag.WRONG.value: "答错了",
    Flag.GOOD.value: "答得好",
    Flag.TEST.value: "测试对话",
}

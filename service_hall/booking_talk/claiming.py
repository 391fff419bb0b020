"""A sentence that asks for a booking beyond doubt, whatever it was understood as: 约明天下午去换驾照."""

from __future__ import annotations

import re
import unicodedata

from service_hall.booking_talk import signals
from service_hall.booking_talk.reading import item_named_in, read_said, sure_item
from service_hall.conversation.acts import Act
from service_hall.visits.means import Means

# 约 as a verb: not 大约, 定约, 合约, 约束, 约3天, 预约了 (done already), 约好的.
_BEFORE = r"(?:^|[，,。；;！!？? 我俺咱你您想要帮给能去来再先就请忙替他她妈爸人那点午天号日上下])"
_BOOKING = re.compile(
    rf"{_BEFORE}(?:(?:[预予遇于]约|预越)(?!的|了|过|好|到|单|码|号码|记录)"
    r"|[挂排占抢拿要来整弄搞办订留]一?个?号(?!码|线|楼|窗|院)"
    r"|约(?:个|一下|一个|上|下|到)"
    r"|约(?!定|束|会|谈|法|好|了|过|的|等|需|\d+个?(?:工作日|天|分钟|小时|元|块)))"
)
_QUESTION = re.compile(
    r"要不要预?约|用不用预?约|(?:需要|必须|要|用|得)(?:提前)?预约(?:吗|么|嘛|不|才|的)|预约.{0,6}(?:吗|么|嘛)|预约.{0,4}(?:怎么|在哪|要带|带什么|材料|电话|多久|几天)"
    r"|怎么(?:预约|约)|哪里(?:预约|约)|在哪.{0,3}约|如何预?约|(?:手机|网上|线上).{0,8}预?约|能不能预?约|可以预?约(?:吗|么)|不预?约|没预?约|取消|改|我的预约|什么|多少钱|带.{0,3}材料"
)
# 给我整个号 orders one, whatever else is asked.
_ORDERS = re.compile(
    r"(?:给|帮|替)[我俺咱](?:们|妈|爸|老公|老婆|孩子)?.{0,4}[约挂排占抢拿整弄搞办订留来]一?个?号(?!码)"
    r"|(?:给|帮|替)[我俺咱]们?(?:预?约|安排)(?:一?[下个]|上)|[给来]一?个最[早快]的(?:号|时间|位置?)?(?:$|[，,。!！])"
)
_FREE = re.compile(r"有(?:没有)?(?:号|位置?|空|名额)|还有号")


# 身份证12月3号到期 tells a day, and asks for none.
_TELLS = re.compile(r"到期|过期|失效|丢了?|出生|生日|截止|已经|以来|开始的|办的|领的|交的|买的|的时候")


def claimed(text: str, means: Means) -> Act | None:
    said = unicodedata.normalize("NFKC", text)
    if signals.gives_back(said):
        return Act.CANCEL
    if _ORDERS.search(said):
        return Act.BOOK
    if _QUESTION.search(said) and not (_FREE.search(said) and "约" in said):
        return None
    return Act.BOOK if _BOOKING.search(said) or _names_all(said, means) else None


def _names_all(text: str, means: Means) -> bool:
    """身份证 补办 周四下午 北屏: what, and on which day at what time or where; nothing is asked."""
    if _TELLS.search(text) or (signals.is_question(text) and not _FREE.search(text)):
        return False
    said = read_said(text, means)
    wanted = said.wanted
    if wanted is None or not wanted.days or not (wanted.has_hours or wanted.any_time or said.office or said.region):
        return False
    return bool(sure_item(item_named_in(text, means)))

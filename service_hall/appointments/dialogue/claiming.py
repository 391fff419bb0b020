"""A sentence that asks for a booking beyond doubt, whatever it was understood as: 约明天下午去换驾照."""

from __future__ import annotations

import re
import unicodedata

from service_hall.conversation.acts import Act

# 约 as a verb: not 大约, 约定, 合约, 约束, 约3天, 预约了 (done already), 约好的.
_BOOKING = re.compile(
    r"(?:^|[，,。；;！!？? ]|我|想|要|帮|给|能|去|来|再|先|就|请|忙|替|他|她|妈|爸|人|那|点|午|天|号|日|上|下)"
    r"(?:预约(?!的|了|过|好|到|单|码|号码|记录)|挂个?号|约个|约一下|约一个|约上|约下|约到|约(?!定|束|会|谈|法|好|了|过|的|等|需|\d+个?(?:工作日|天|分钟|小时|元|块)))"
)
_QUESTION = re.compile(
    r"要不要预?约|用不用预?约|(?:需要|必须|要|用|得)(?:提前)?预约(?:吗|么|嘛|不|才|的)|预约.{0,6}(?:吗|么|嘛)|预约.{0,4}(?:怎么|在哪|要带|带什么|材料|电话|多久|几天)"
    r"|怎么(?:预约|约)|哪里(?:预约|约)|在哪.{0,3}约|如何预?约|(?:手机|网上|线上).{0,8}预?约|能不能预?约|可以预?约(?:吗|么)|不预?约|没预?约|取消|改|我的预约|什么|多少钱|带.{0,3}材料"
)
_FREE = re.compile(r"有(?:没有)?(?:号|位置?|空|名额)|还有号")


def claimed(text: str) -> Act | None:
    said = unicodedata.normalize("NFKC", text)
    if _QUESTION.search(said) and not (_FREE.search(said) and "约" in said):
        return None
    return Act.BOOK if _BOOKING.search(said) else None

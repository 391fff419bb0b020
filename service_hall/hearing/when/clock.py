"""Hours as they are spoken: 下午三点, 9:30, 十点到十一点, 上午, 随便几点."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from service_hall.hearing.when.time_library import read_clock
from service_hall.hearing.when.words import NOT_FREE, number

_PERIODS = {
    "凌晨": (time(0), time(6)), "半夜": (time(0), time(6)), "一大早": (time(8), time(10)), "一早": (time(8), time(10)),
    "早上": (time(8), time(10)), "上午": (time(8), time(12)), "上半天": (time(8), time(12)),
    "中午": (time(11, 30), time(13, 30)), "下午": (time(12), time(18)), "午后": (time(12), time(18)),
    "下半天": (time(12), time(18)), "傍晚": (time(17), time(19)), "晚上": (time(17), time(21)),
    "夜里": (time(17), time(21)),
}  # fmt: skip
_MORNING = ("凌晨", "半夜", "一大早", "一早", "早上", "上午", "上半天")

_PERIOD = "|".join(_PERIODS)
_HOUR = r"(?:2[0-4]|1\d|0?\d|二十[一二三四]?|十[一二三四五六七八九]?|[零一二两三四五六七八九])"
_MINUTE = r"(?:[0-5]\d|[零〇][一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?)"
# 三点要求, 两点建议 and 一点也不 count something else.
_NO_COUNT = r"(?!(?:儿|也|都不|都没|小|大?要求|意见|建议|问题|材料|疑|关系|原因|内容|理由|以上|钱|点))"
_POINT = (
    rf"(?:(?<![\d:.]){_HOUR}:[0-5]\d(?::[0-5]\d)?(?![\d:])"
    rf"|(?<![\d一二两三四五六七八九十几有.第:]){_HOUR}[点时](?!间|候|代|效|段)(?:半|[一三两1-3]刻|{_MINUTE}分?(?!之))?钟?(?!\d){_NO_COUNT})"
)
_MANY = "(?:[1-9]|[12]\\d|二?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_SHORT_OF = re.compile(
    rf"(?P<point>{_HOUR}[点时])(?:还|就|只)?差(?:(?P<many>{_MANY})分钟?|一刻钟?)"
    rf"|差(?:(?P<few>{_MANY})分钟?|一刻钟?)(?:到|就)?(?P<of>{_HOUR}[点时])"
)
_DOTTED = re.compile(
    rf"(?<![\d.\-/:第])(?P<then>(?:{_PERIOD}|[天＃]|周[一二三四五六日]|(?<=\d)[号日])的?)?(?<![\d.\-/:])(?P<hour>1?\d)\.(?P<minute>[0-5]\d)"
    r"(?=$|[，。,到至\-~—–吧左以之前后可行有去来])"
)
_SPAN = re.compile(
    rf"(?P<period>{_PERIOD})?的?(?:(?P<bare>(?<![\d.\-]){_HOUR})(?=[到至\-~—–]+{_HOUR}[点时])|(?P<start>{_POINT}))"
    rf"(?:(?P<to>[到至\-~—–]+)(?P<later>{_PERIOD})?(?P<end>{_POINT}))?"
    r"(?P<side>(?:之|以)?[后前]|往后|开始|起)?"
)
_WINDOW = re.compile(rf"(?P<period>{_PERIOD})(?P<side>之?前)?")
_NOT_THEN = re.compile(rf"(?:(?:{_PERIOD})?{_POINT}|(?:{_PERIOD}))(?={NOT_FREE})")
_DAY_AND_HALF = re.compile(r"(?<=＃)的?([早晚])(?![上了点些])")
_SAID_OF_HOURS = re.compile(
    rf"(?:{_PERIOD})?的?[\d零一二两三四五六七八九十]{{1,3}}[点:](?:半|整|[一三]刻|[\d零一二三四五六七八九十]{{1,3}}分?)?(?:左右|以?[前后])?"
    rf"|{_PERIOD}|随便几点|几点都行|(?:什么时候|时间)都(?:行|可以)"
)
_ANY_TIME = re.compile(
    r"(?:随便|任意|任何|不管|无论|不论)(?:哪个|什么|啥)?(?:几点|时候|时间|哪天)"
    r"|(?:几点|什么时候|啥时候|啥时间|什么时间|哪天|时间|上午下午|早晚)(?:去|来|约|安排)?(?:我)?(?:都|均)(?:行|可以|好|成|中|得|没问题|有空|方便)"
    r"|随时(?!随地|关注)|不限时间|时间不限|(?:整|全)天(?:都)?(?=有空|可以|行|有时间|$)"
    r"|^(?:我)?(?:随便|都行|都可以|都成|都好|都中|看你们?安排|你们?安排|(?:时间)?你定|听你的)[啦吧了呀的啊哈，。!~]*$"
    r"|(?:＃|以外|之外|外|午|，)都(?:行|可以|成|有空|方便)[啦吧了呀的啊，。!~]*$"
)


@dataclass(frozen=True)
class Clock:
    from_time: time | None = None
    until_time: time | None = None
    at: time | None = None
    any_time: bool = False
    said: str = ""

    def __bool__(self) -> bool:
        return bool(self.said) or self.any_time


def read_hours(said: str) -> Clock:
    """`said` is plain, what it says of days replaced by ＃."""
    said = _DAY_AND_HALF.sub(lambda found: "早上" if found[1] == "早" else "晚上", said)
    said = _NOT_THEN.sub("", _SHORT_OF.sub(_to_the_hour, said))
    any_time = bool(_ANY_TIME.search(said))
    for found in _SPAN.finditer(said):
        start = _moment(found["start"] or f"{found['bare']}点", found["period"])
        if start is None or (found["bare"] and not found["end"]):
            continue
        clock = found[0].lstrip("的")
        if found["end"]:
            end = _moment(found["end"], found["later"] or found["period"], after=start)
            return Clock(*_in_order(start, end), any_time=any_time, said=clock)
        side = (found["side"] or "")[-1:]
        if side == "前":
            return Clock(_PERIODS[found["period"]][0] if found["period"] else None, start, said=clock)
        if side:
            return Clock(start, _PERIODS[found["period"]][1] if found["period"] else None, said=clock)
        return Clock(at=start, said=clock)
    windows = list(_WINDOW.finditer(said))
    if not windows:
        return Clock(any_time=any_time)
    first, last = windows[0], windows[-1]
    starts, ends = _PERIODS[first["period"]][0], _PERIODS[last["period"]][1]
    if first["side"]:
        return Clock(None, starts, any_time=any_time, said=first[0])
    if len(windows) > 1 and ends <= starts:  # 下午或者上午
        starts, ends = _PERIODS[last["period"]][0], _PERIODS[first["period"]][1]
    return Clock(starts, ends, any_time=any_time, said=first[0])


def hide_hours(said: str) -> str:
    """What else is said, a comma standing for each hour."""
    return _SAID_OF_HOURS.sub("，", said)


def hours_with_dots(said: str, is_day: Callable[[int, int], bool]) -> str:
    """8.30 → 8:30, where it is no day: a day or a part of one stands before it, or `is_day` (month, day) says no."""

    def hour(found: re.Match[str]) -> str:
        is_hour = found["then"] or (found["minute"][1] in "05" and not is_day(int(found["hour"]), int(found["minute"])))
        return f"{found['then'] or ''}{found['hour']}:{found['minute']}" if is_hour else found[0]

    return _DOTTED.sub(hour, said)


def _to_the_hour(found: re.Match[str]) -> str:
    """两点差五分, 差五分两点 → 1:55."""
    point = read_clock((found["point"] or found["of"]).replace("时", "点"))
    many = 15 if "刻" in found[0] else number(found["many"] or found["few"])
    if point is None or point.minute:
        return found[0]
    return f"{(point.hour - 1) % 24}:{60 - many}"


def _in_order(start: time, end: time | None) -> tuple[time, time | None]:
    """上午十点到两点 ends in the afternoon; 下午3点到1点 was told the other way round."""
    if end is None or end > start:
        return start, end
    later = end.replace(hour=end.hour + 12) if end.hour < 12 else end
    return (start, later) if later > start else (end, start)


def _moment(point: str, period: str | None, after: time | None = None) -> time | None:
    # The library reads 九点零五 but not 九点零五分, 三点半 but not 三点半钟.
    read = read_clock(
        re.sub(r"(?<=[半刻点时分])钟$|(?<=[零〇十一二三四五六七八九\d])分钟?$", "", point).replace("时", "点")
    )
    if read is None or re.match(r"24|二十四", point):
        return None
    if period in _MORNING or read.hour == 0 or read.hour >= 12:
        return read
    if period == "中午":
        return read if read.hour > 9 else read.replace(hour=read.hour + 12)
    # No office is open at three in the night; an hour that comes after another does not lie before it.
    if period or read.hour <= 6 or (after and read < after):
        return read.replace(hour=read.hour + 12)
    return read

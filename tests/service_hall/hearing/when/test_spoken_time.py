from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_hall.hearing.when.spoken_time import NotADay, When, read_when
from service_hall.hearing.when.time_library import read_clock, read_day
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.working_calendar import WorkingCalendar

CALENDAR = WorkingCalendar()
WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)
FRIDAY_EVENING = datetime(2026, 11, 27, 18, 30, tzinfo=SHANGHAI)
BEFORE_NATIONAL_DAY = datetime(2026, 9, 28, 10, tzinfo=SHANGHAI)
AFTER_NATIONAL_DAY = datetime(2026, 10, 8, 8, tzinfo=SHANGHAI)
NEW_YEARS_EVE = datetime(2026, 12, 31, 16, tzinfo=SHANGHAI)


def read(said: str, now: datetime = WEDNESDAY) -> When | NotADay | None:
    return read_when(said, now, CALENDAR)


def told(said: str, now: datetime = WEDNESDAY) -> str:
    """In short: 12-01, 11-30..12-06, 12-03+12-05; [08:00-12:00] a window, @15:00 an hour, `any`; - no day."""
    when = read(said, now)
    if when is None:
        return "nothing"
    if isinstance(when, NotADay):
        return when.reason
    days = [f"{day:%m-%d}" if day.year == now.year else f"{day:%Y-%m-%d}" for day in when.days]
    in_a_row = len(days) > 2 and when.days[-1] - when.days[0] == timedelta(days=len(days) - 1)
    parts = [f"{days[0]}..{days[-1]}" if in_a_row else "+".join(days) or "-"]
    if when.from_time or when.until_time:
        parts.append(
            "[" + "-".join(f"{each:%H:%M}" if each else "" for each in (when.from_time, when.until_time)) + "]"
        )
    if when.at:
        parts.append(f"@{when.at:%H:%M}")
    return " ".join([*parts, *(["any"] if when.any_time else [])])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("今天下午3点", "11-25 @15:00"),
        ("明天上午", "11-26 [08:00-12:00]"),
        ("我想明天去", "11-26"),
        ("后天随便几点", "11-27 any"),
        ("大后天早上九点半", "11-28 @09:30"),
        ("明早", "11-26 [08:00-10:00]"),
        ("明晚", "11-26 [17:00-21:00]"),
        ("后早", "11-27 [08:00-10:00]"),
        ("今晚七点", "11-25 @19:00"),
        ("明后天", "11-26+11-27"),
        ("今明两天", "11-25+11-26"),
        ("周三", "11-25"),
        ("周三早上8点", "12-02 @08:00"),
        ("周一", "11-30"),
        ("周二", "12-01"),
        ("星期天", "11-29"),
        ("礼拜六上午", "11-28 [08:00-12:00]"),
        ("周5", "11-27"),
        ("本周五", "11-27"),
        ("下周二下午三点", "12-01 @15:00"),
        ("下个星期三", "12-02"),
        ("下下周一", "12-07"),
        ("下周一行吗？", "11-30"),
        ("帮我约下周一上午办身份证", "11-30 [08:00-12:00]"),
        ("下周", "11-30..12-06"),
        ("下礼拜", "11-30..12-06"),
        ("下下周", "12-07..12-13"),
        ("这周", "11-25..11-29"),
        ("本周内", "11-25..11-29"),
        ("周末", "11-28+11-29"),
        ("下周末", "12-05+12-06"),
        ("周六日", "11-28+11-29"),
        ("下周一到周三", "11-30..12-02"),
        ("周1-5", "11-25+11-26+11-27+11-30+12-01"),
        ("下周一或周二", "11-30+12-01"),
        ("下周一、周三、周五", "11-30+12-02+12-04"),
        ("周三或者周四", "11-25+11-26"),
        ("周四或者周五的下午", "11-26+11-27 [12:00-18:00]"),
        ("工作日", "11-25+11-26+11-27+11-30+12-01+12-02+12-03+12-04+12-07+12-08"),
        ("下周工作日", "11-30..12-04"),
        ("下个工作日", "11-26"),
        ("下周第一个工作日", "11-30"),
        ("下个月第二个工作日", "12-02"),
        ("12月3号下午2点", "12-03 @14:00"),
        ("十二月三日", "12-03"),
        ("十一月三十号", "11-30"),
        ("12月2日（周三）", "12-02"),
        ("明天周四上午十点", "11-26 @10:00"),
        ("12月1号", "12-01"),
        ("1月5号", "2027-01-05"),
        ("2027年1月4日", "2027-01-04"),
        ("明年1月4日", "2027-01-04"),
        ("二〇二七年一月四日", "2027-01-04"),
        ("2026-12-01", "12-01"),
        ("2026/12/1 9:00", "12-01 @09:00"),
        ("20261201", "12-01"),
        ("12/1 9:00", "12-01 @09:00"),
        ("12-1", "12-01"),
        ("12.3下午", "12-03 [12:00-18:00]"),
        ("12月3号到5号", "12-03..12-05"),
        ("12月3号和5号", "12-03+12-05"),
        ("12月31日-1月2日", "12-31..2027-01-02"),
        ("5号", "12-05"),
        ("28号上午", "11-28 [08:00-12:00]"),
        ("31号", "12-31"),
        ("就十号吧", "12-10"),
        ("下个月5号", "12-05"),
        ("下下个月1号", "2027-01-01"),
        ("本月30号", "11-30"),
        ("月底", "11-25..11-30"),
        ("月初", "12-01..12-07"),
        ("下月初", "12-01..12-07"),
        ("12月中旬", "12-11..12-20"),
        ("年底", "12-21..12-31"),
        ("下个月", "12-01..12-31"),
        ("12月", "12-01..12-31"),
        ("3天后", "11-28"),
        ("三天以后", "11-28"),
        ("一周后", "12-02"),
        ("半个月后", "12-10..12-16"),
        ("两个月后", "2027-01-25..2027-01-31"),
        ("三天内", "11-25..11-28"),
        ("过两天", "11-27..12-02"),
        ("这几天", "11-25..12-01"),
        ("国庆之后第一个工作日", "2027-10-06"),
        ("元旦后第一个工作日", "2027-01-04"),
        ("元旦后", "2027-01-04..2027-01-08"),
        ("节后", "2027-01-04..2027-01-08"),
        ("元旦前", "12-25+12-28+12-29+12-30+12-31"),
        ("春节后第一个工作日", "2027-02-11"),
        ("过完年", "2027-02-11+2027-02-12+2027-02-15+2027-02-16+2027-02-17"),
        ("元旦", "2027-01-01..2027-01-03"),
    ],
)
def test_a_day_is_understood(said: str, meant: str) -> None:
    assert told(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("三点", "- @15:00"),
        ("7点", "- @07:00"),
        ("8点", "- @08:00"),
        ("十点半", "- @10:30"),
        ("3点一刻", "- @15:15"),
        ("下午两点三刻", "- @14:45"),
        ("九点零五分", "- @09:05"),
        ("下午2点20分", "- @14:20"),
        ("3点钟", "- @15:00"),
        ("9:30", "- @09:30"),
        ("14:30", "- @14:30"),
        ("15点", "- @15:00"),
        ("12点", "- @12:00"),
        ("中午1点", "- @13:00"),
        ("下午一点", "- @13:00"),
        ("晚上7点", "- @19:00"),
        ("凌晨三点", "- @03:00"),
        ("上午", "- [08:00-12:00]"),
        ("一大早", "- [08:00-10:00]"),
        ("中午", "- [11:30-13:30]"),
        ("下午", "- [12:00-18:00]"),
        ("晚上", "- [17:00-21:00]"),
        ("上午十点后", "- [10:00-12:00]"),
        ("下午四点前", "- [12:00-16:00]"),
        ("三点以后", "- [15:00-]"),
        ("明天10点到11点", "11-26 [10:00-11:00]"),
        ("下午两点到四点", "- [14:00-16:00]"),
        ("十一点到一点", "- [11:00-13:00]"),
        ("9-11点", "- [09:00-11:00]"),
        ("9:00-11:00", "- [09:00-11:00]"),
        ("上午或者下午都行", "- [08:00-18:00] any"),
        ("周三三点", "11-25 @15:00"),
        ("周日十一点", "11-29 @11:00"),
        ("随便几点", "- any"),
        ("什么时候都行", "- any"),
        ("都行", "- any"),
        ("时间你定", "- any"),
        ("哪天都行，上午", "- [08:00-12:00] any"),
        ("最早", "-"),
        ("尽快", "-"),
        ("最近", "-"),
        ("越快越好", "-"),
        ("早点的", "-"),
    ],
)
def test_an_hour_is_understood(said: str, meant: str) -> None:
    assert told(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("后日", "11-27"),
        ("聽日下晝三點", "11-26 @15:00"),
        ("听朝九点", "11-26 @09:00"),
        ("後天上午十點", "11-27 @10:00"),
        ("下星期三下午兩點半", "12-02 @14:30"),
        ("下個禮拜二上晝", "12-01 [08:00-12:00]"),
        ("國慶後第一個工作日", "2027-10-06"),
        ("今儿下午", "11-25 [12:00-18:00]"),
        ("明儿", "11-26"),
        ("赶明儿", "11-26"),
        ("后儿个", "11-27"),
        ("外后天", "11-28"),
        ("明朝", "11-26"),
        ("１２月３号　９：３０", "12-03 @09:30"),
        ("12 月 3 号 上午", "12-03 [08:00-12:00]"),
        ("晚上好，明天能约吗", "11-26"),
    ],
)
def test_speech_of_every_area_is_understood(said: str, meant: str) -> None:
    assert told(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("明天不行，后天呢", "11-27"),
        ("不是周三，是周四", "11-26"),
        ("昨天没来，明天行吗", "11-26"),
        ("明天不行吗", "11-26"),
        ("下周一没空，周二吧", "12-01"),
        ("明天上午不行，下午可以吗", "11-26 [12:00-18:00]"),
        ("三点不行，四点呢", "- @16:00"),
        ("下周除了周一", "12-01..12-06"),
        ("把周三的改到周五", "11-27"),
        ("把明天下午三点的改到后天上午", "11-27 [08:00-12:00]"),
        ("推迟到下周一", "11-30"),
    ],
)
def test_what_is_ruled_out_or_given_up_is_not_meant(said: str, meant: str) -> None:
    assert told(said) == meant


@pytest.mark.parametrize(
    ("said", "out"), [("除了周一都行", {0}), ("周一周二不行", {0, 1}), ("除了周三周四", {2, 3}), ("明天不行", set())]
)
def test_when_days_are_only_ruled_out_the_next_two_weeks_are_left(said: str, out: set[int]) -> None:
    when = read(said)
    assert isinstance(when, When) and len(when.days) in (12, 13)
    left = when.days[: 7 - len(out)]
    assert not out & {day.weekday() for day in left if day <= date(2026, 12, 1)}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("昨天", "past"),
        ("前天", "past"),
        ("昨晚", "past"),
        ("上周三", "past"),
        ("上周", "past"),
        ("上个月", "past"),
        ("这周二", "past"),
        ("11月20号", "past"),
        ("今天早上八点", "past"),
        ("今早", "past"),
        ("2026年11月1日", "past"),
        ("2月30日", "no_such_day"),
        ("11月31号", "no_such_day"),
        ("13月1号", "no_such_day"),
        ("十三月一号", "no_such_day"),
        ("12月32日", "no_such_day"),
        ("0月5号", "no_such_day"),
        ("2027年2月29日", "no_such_day"),
        ("2026-13-01", "no_such_day"),
        ("这个月31号", "no_such_day"),
        ("9999年1月1日", "no_such_day"),
    ],
)
def test_a_day_that_is_past_or_in_no_calendar_is_named(said: str, reason: str) -> None:
    when = read(said)
    assert isinstance(when, NotADay) and when.reason == reason and when.said


@pytest.mark.parametrize(
    "said",
    [
        "", " ", "2", "？？？", "😀", "你好", "早上好", "下午好", "晚安", "谢谢", "需要带什么材料", "我要办身份证", "什么时候可以办",
        "几号有空", "你们几点下班", "三个月", "两周", "两天", "办了两年", "满18岁", "18周岁", "8月龄", "居住满半年", "身份证10年有效",
        "办理3个月居住证", "六个月内的证件照", "一年内有效", "5个工作日", "几个工作日办好", "3-5个工作日", "15天办结", "13800138000",
        "110101199003070011", "张三 13800138000 110101199003070011", "138****8000", "010-66668888", "第二个", "第3天", "3号窗口",
        "一号窗口在哪", "12345热线", "1号楼", "5号线", "人民路32号", "国庆路", "我叫李国庆", "我是1990年3月7号出生的", "1990-03-07",
        "1.5米", "1:1比例", "3.5点", "25点", "24点", "9点60", "一点也不行", "我有两点建议", "三点要求", "24小时营业吗", "半小时",
        "四十分钟", "十分满意", "最近的网点", "最近身份证丢了", "随便问问", "都可以办吗", "一周一次", "每周三上班吗", "星期八", "二维码",
    ],
)  # fmt: skip
def test_what_says_nothing_of_a_visit_is_no_time(said: str) -> None:
    assert told(said) == "nothing"


@pytest.mark.parametrize(
    ("now", "said", "meant"),
    [
        (BEFORE_NATIONAL_DAY, "国庆之后第一个工作日", "10-08"),
        (BEFORE_NATIONAL_DAY, "国庆后第二个工作日", "10-09"),
        (BEFORE_NATIONAL_DAY, "国庆节后头一个工作日", "10-08"),
        (BEFORE_NATIONAL_DAY, "十一后第一个工作日", "10-08"),
        (BEFORE_NATIONAL_DAY, "节后", "10-08+10-09+10-10+10-12+10-13"),
        (BEFORE_NATIONAL_DAY, "放假回来第一天", "10-08"),
        (BEFORE_NATIONAL_DAY, "国庆前", "09-28..09-30"),
        (BEFORE_NATIONAL_DAY, "节前最后一个工作日", "09-30"),
        (BEFORE_NATIONAL_DAY, "国庆", "10-01..10-07"),
        (BEFORE_NATIONAL_DAY, "周六", "10-03"),
        (AFTER_NATIONAL_DAY, "国庆后", "10-08+10-09+10-10+10-12+10-13"),
        (AFTER_NATIONAL_DAY, "节后", "10-08+10-09+10-10+10-12+10-13"),
        (AFTER_NATIONAL_DAY, "下个工作日", "10-09"),
        (FRIDAY_EVENING, "周五", "12-04"),
        (FRIDAY_EVENING, "本周五", "11-27"),
        (FRIDAY_EVENING, "今天", "11-27"),
        (FRIDAY_EVENING, "今天下午", "past"),
        (FRIDAY_EVENING, "明天", "11-28"),
        (FRIDAY_EVENING, "下周一", "11-30"),
        (FRIDAY_EVENING, "下个工作日", "11-30"),
        (FRIDAY_EVENING, "27号", "12-27"),
        (NEW_YEARS_EVE, "明天", "2027-01-01"),
        (NEW_YEARS_EVE, "1号", "2027-01-01"),
        (NEW_YEARS_EVE, "下个工作日", "2027-01-04"),
        (NEW_YEARS_EVE, "元旦后第一个工作日", "2027-01-04"),
        (NEW_YEARS_EVE, "下个月5号", "2027-01-05"),
        (NEW_YEARS_EVE, "12月30号", "past"),
        (NEW_YEARS_EVE, "11月1号", "past"),
        (NEW_YEARS_EVE, "10月1号", "2027-10-01"),
        (NEW_YEARS_EVE, "月底", "12-31"),
        (datetime(2027, 12, 28, 10, tzinfo=SHANGHAI), "2月29号", "2028-02-29"),
        (datetime(2026, 1, 31, 10, tzinfo=SHANGHAI), "一个月后", "02-28..03-06"),
        (datetime(2026, 11, 29, 10, tzinfo=SHANGHAI), "这周", "11-29"),
    ],
)
def test_the_same_words_mean_another_day_at_another_time(now: datetime, said: str, meant: str) -> None:
    assert told(said, now) == meant


def test_now_is_read_in_shanghai() -> None:
    assert told("明天", datetime(2026, 11, 25, 17, tzinfo=UTC)) == "11-27"


@pytest.mark.parametrize(
    "said",
    [
        "一" * 1000, "1" * 1000, "周一" * 500, "12月3号" * 200, "三点" * 330, "下" * 1000, "大" * 999 + "后天", "改到" * 500, "9:30" * 250,
        "国庆后第" * 250, "下周一、" * 250, "1-1" * 333, "年" * 1000, "\x00" * 100, "\ud800明天", "٣月٣号", "②月②号", "Ⅻ月", "½", "a" * 100_000,
        "九十九月九十九号", "999月999号", "000年00月00日", "0000-00-00", "20269999", "零月零号", "过十周", "999个月后", "999周后", "十十月",
    ],
)  # fmt: skip
def test_hostile_words_are_read_without_harm(said: str) -> None:
    when = read(said)
    assert not isinstance(when, When) or len(when.days) <= 31


PIECES = list(
    "一二三四五十两半012359年月日号点时分周下上这个后前内天明今国庆节元旦春到至-~:/.,，的不行都早晚第初底末＃"
)


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_whatever_is_said_no_past_day_is_offered(said: str) -> None:
    when = read(said)
    if isinstance(when, When):
        assert list(when.days) == sorted(set(when.days)) and len(when.days) <= 31
        assert all(day >= WEDNESDAY.date() for day in when.days)
        assert when.at is None or (when.from_time, when.until_time) == (None, None)


def test_many_who_speak_at_once_are_each_understood() -> None:
    said = [
        f"{month}月{day}号下午{hour}点" for month, day, hour in ((12, day, 1 + day % 5) for day in range(1, 29))
    ] * 10
    with ThreadPoolExecutor(8) as pool:
        whens = list(pool.map(read, said))
    assert [(when.days[0].day, when.at) for when in whens if isinstance(when, When)] == [
        (day, time(13 + day % 5)) for day in range(1, 29)
    ] * 10


def test_the_library_is_entered_by_its_side_door() -> None:
    read("明天")
    assert not {"jiojio", "jionlp"} & set(sys.modules)


def test_nothing_long_is_handed_to_the_library() -> None:
    today = WEDNESDAY.date()
    assert read_day("明天", today) == (today + timedelta(days=1),)
    assert read_day("明天" * 9, today) is None and read_clock("3点" * 9) is None

"""What a sentence gives a booking: the item, the office, the region, the day and time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base.language.asking import residue_of
from knowledge_base.library import Library
from knowledge_base.offices import Office
from knowledge_base.search.find import Answered, Decision, NotFound, Unsure
from service_hall.booking_talk import signals
from service_hall.booking_talk.answers import TimeWanted, time_wanted
from service_hall.conversation.correcting import read_correction
from service_hall.conversation.whereabouts import region_meant_in
from service_hall.hearing.when.days import hide_days
from service_hall.hearing.when.spoken_time import NotADay, When, read_when
from service_hall.hearing.when.today import Today
from service_hall.hearing.when.words import plain
from service_hall.visits.means import Means

VAGUE = 0.5
SURE = 0.8
"""How likely a hit must be to prevail over the item that is being talked about."""
_HOURS = re.compile(
    r"(?:凌晨|一大早|一早|早上|上午|中午|下午|傍晚|晚上)?的?[\d零一二两三四五六七八九十]{1,3}[点:](?:半|整|[一三]刻|[\d零一二三四五六七八九十]{1,3}分?)?(?:左右|以?[前后])?"
    r"|凌晨|一大早|一早|早上|上午|中午|下午|傍晚|晚上|随便几点|几点都行|(?:什么时候|时间)都(?:行|可以)"
)
# A run of polite words is taken in one bite, and given back where nothing follows it (`_taken_out`): begun anew at each
# of its words, it would be read as many times as it has words.
_BOOKING = re.compile(
    r"(?:[帮给替为](?:我们?|忙|俺|咱)?|(?:麻烦|申?请)(?:[你您](?!好))?|[你您]好|我|想|要|能不能|可以|需要|提前|在线|网上|先|再|那就?|还是)*+"
    r"(?P<taken>(?:预约|预订|预定|约|订|抢|占|挂号|排号)(?:一?[个下次]|上|好|到|号|位子?|时间|时段|窗口|名额|去|来|的|了)*+)?"
)
_PLACES = re.compile(
    r"(?:还)?有(?:没有)?(?:空?号|位置?|空位|名额|时段)[吗么没呢]*|(?:空?号|位置|空位|名额)(?:吗|么|没|呢)?$|候补|最早的?|最快|尽[快早]|越[快早]越好"
)
_FILLERS = re.compile(
    r"(?:帮|给|替)[我她他](?:们|老伴|妈|爸)?|您好|你好|麻烦|同志|姑娘|小伙子|开始|入口|服务|业务|时间|看一?看|查一?下|一起|那个|政务中心|办证中心|政务大厅|同一个|同样|大兄弟|大哥|大姐|师傅|急{1,5}|给个|来个|顺便|排号|(?:哪天|什么时候|几号)能?"
)
_SOUNDS_LIKE_AN_ITEM = re.compile(
    r"[办换补领]|[证照卡]$|登记|许可|备案|申请|公积金|过户|户口|社保|医保|养老|房产|不动产"
)
_COMPARED = re.compile(r"(?<=[早晚快慢近远])一点")
_ASKS_WHICH = re.compile(r"哪[天一个]|什么时候|啥时候|几[点号]|什么时[间段]")
_TODAY = re.compile(r"今|当天|本周|这周|这个?(?:星期|礼拜)")
_WEEKDAY = re.compile(r"周|星期|礼拜|週|禮拜")
# 我叫〔姓名〕，电话〔号码〕，身份证号就不留了: of the person, and not of the item.
_PERSONAL = re.compile(
    r"(?:[我她他俺]的?|本人)?+(?:姓名|名字|手机|电话|联系方式|联系电话|身份证件?|证件|号码?|[叫喊是为：: ])*+"
    r"(?P<taken>〔(?:姓名|号码)〕)?"
)
_GAPS = re.compile(r"[＃，,。.!！;；、\s]+")


@dataclass(frozen=True)
class Said:
    """What there is; None where it is left out."""

    wanted: TimeWanted | None
    not_a_day: NotADay | None
    office: Office | None
    region: str | None
    nearest: bool
    is_weekday_of_today: bool = False
    """The only day is today, called 周一 and not 今天."""


def read_said(text: str, means: Means) -> Said:
    library = means.library()
    without_places = _COMPARED.sub("点", signals.without_nearest(_without_offices(text, library)))
    when = read_when(without_places, means.now(), means.calendar)
    wanted = None if when is None or isinstance(when, NotADay) else _wanted(when, without_places)
    return Said(
        wanted=wanted,
        not_a_day=when if isinstance(when, NotADay) else None,
        office=office_named_in(text, library),
        region=region_meant_in(_without_offices(text, library), library),
        nearest=signals.wants_nearest(text),
        is_weekday_of_today=wanted is not None
        and wanted.days == (means.now().date(),)
        and not _TODAY.search(text)
        and bool(_WEEKDAY.search(text)),
    )


def office_named_in(text: str, library: Library) -> Office | None:
    offices = library.published.offices
    named = [
        (len(name), office) for office in offices for name in _names_of(office.name, *office.aliases) if name in text
    ]
    return max(named, key=lambda each: each[0])[1] if named else None


def subject_of(text: str, means: Means) -> str:
    """What is left for the item once time, place and the booking itself are taken out."""
    library = means.library()
    said = signals.without_id_number(_taken_out(_PERSONAL, text))
    said = library.without_regions(signals.without_nearest(_without_offices(said, library)))
    today = Today(means.now().date(), means.calendar)
    rest = _HOURS.sub("，", hide_days(plain(said), today))
    rest = _GAPS.sub(" ", _FILLERS.sub("，", _PLACES.sub("，", _taken_out(_BOOKING, rest)))).strip()
    return rest if residue_of(rest) else ""


def item_named_in(text: str, means: Means) -> Decision | None:
    """None where the sentence leaves the item out."""
    subject = subject_of(text, means)
    if not subject:
        return None
    match decision := means.library().find(subject):
        case Unsure(choices, hits) if hits[0].score < VAGUE and not any(hit.named for hit in choices):
            return decision if _SOUNDS_LIKE_AN_ITEM.search(subject) else None  # 人少的时候
        case NotFound(_, None):
            return decision if _SOUNDS_LIKE_AN_ITEM.search(subject) else None
    return decision


def sure_item(decision: Decision | None) -> str:
    """The item that is named beyond doubt, or ''."""
    if isinstance(decision, Answered) and decision.hit.score >= SURE:
        return decision.hit.guide_id
    return ""


def _taken_out(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: "，" if found["taken"] else found[0], text)


@lru_cache(maxsize=1024)
def _names_of(*written: str) -> frozenset[str]:
    """As they are written, and as they are said: 北屏公安办证中心 for 北屏区公安办证中心."""
    said = (re.sub(r"(?<=[\u3400-\u9fff]{2})[区市县](?=[\u3400-\u9fff]{2})|服务(?=中心)", "", name) for name in written)
    return frozenset(name for name in (*written, *said) if len(name) > 2)


def likely_items(decision: Decision | None) -> tuple[str, ...]:
    """The item that is named, or those that may be meant; the likeliest first."""
    match decision:
        case Answered(hit):
            return (hit.guide_id,)
        case Unsure(choices):
            return tuple(hit.guide_id for hit in choices)
    return ()


def item_put_right(text: str, current: str, means: Means) -> str:
    """不是到期，是丢了要补办: the other item of the same thing; '' where no other one is meant beyond doubt."""
    correction = read_correction(text)
    meant = subject_of(correction.meant, means) if correction else ""
    if not meant:
        return ""
    library = means.library()
    subject = library.subject(current)
    found = likely_items(library.find(meant if subject in meant else f"{subject}{meant}"))
    others = [guide_id for guide_id in found if guide_id != current]
    return others[0] if others and (found[0] != current or len(others) == 1) else ""


def _wanted(when: When, text: str) -> TimeWanted | None:
    wanted = time_wanted(when, signals.wants_soonest(text))
    if _ASKS_WHICH.search(text) and not wanted.any_time:  # 最近哪天有号 would like to see some
        wanted = wanted.model_copy(update={"soonest": False})
    return wanted if wanted.is_said else None


def _without_offices(text: str, library: Library) -> str:
    """北屏大厅 is an office and no region."""
    names = {name for office in library.published.offices for name in _names_of(office.name, *office.aliases)}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "，")
    return text

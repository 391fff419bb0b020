"""What is said of time, brought to the words that the patterns know."""

from __future__ import annotations

import re
import unicodedata

NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"

NOT_FREE = (
    r"(?:都|也|可能|又|我|就|的话)*(?:不行(?!吗|么)|没空|没时间|没得空|不得空|不方便(?!吗|么)|去不了|来不了|不去|不来|不想|有事|有课"
    r"|要上班|要上学|不能(?!.{0,6}[吗么])|不可以(?!吗|么)|不得行|除外|不要|不考虑|就算了|太[早晚赶])"
)
_NUMERALS = "〇一二三四五六七八九"
_SIMPLIFIED = str.maketrans(
    "農陰舊臘閏聽後個點號週這過節國慶兩內隨時鐘開幾儘間從禮晝動陽曆還對於門無論沒來當頭約關辦證勞",
    "农阴旧腊闰听后个点号周这过节国庆两内随时钟开几尽间从礼昼动阳历还对于门无论没来当头约关办证劳",
)
# Cantonese, Wu, the north and the south-west each have their own tomorrow.
_PLAIN = {
    "听日": "明天", "听朝": "明天早上", "听晚": "明天晚上", "听晏": "明天中午", "明仔日": "明天", "明仔载": "明天",
    "明儿个": "明天", "明儿": "明天", "明个": "明天", "明日": "明天", "明朝": "明天", "赶明儿": "明天",
    "大后儿个": "大后天", "大后儿": "大后天", "大后日": "大后天", "外后天": "大后天", "外后日": "大后天",
    "后儿个": "后天", "后儿": "后天", "后个": "后天", "后日": "后天", "后朝": "后天",
    "今儿个": "今天", "今儿": "今天", "今日": "今天", "今朝": "今天", "今个": "今天",
    "昨儿个": "昨天", "昨儿": "昨天", "昨日": "昨天", "寻日": "昨天", "琴日": "昨天", "前儿个": "前天", "前儿": "前天",
    "明早上": "明天早上", "明早晨": "明天早上", "明早": "明天早上", "明晚": "明天晚上", "后早": "后天早上",
    "后晚": "后天晚上", "今早": "今天早上", "今晚": "今天晚上", "昨晚": "昨天晚上", "昨早": "昨天早上",
    "明上午": "明天上午", "明下午": "明天下午", "明中午": "明天中午",
    "明后两天": "明天后天", "明后天": "明天后天", "今明两天": "今天明天", "今明天": "今天明天",
    "下昼": "下午", "上昼": "上午", "晏昼": "中午", "朝早": "早上", "朝头早": "早上", "晌午": "中午", "后晌": "下午",
    "礼拜": "周", "星期": "周", "点钟": "点", "点整": "点",
    "正午": "中午", "晚间": "晚上", "晚夕": "晚上", "早晨": "早上", "清早": "早上", "清晨": "早上", "大早上": "早上",
}  # fmt: skip
_WORDS = re.compile("|".join(map(re.escape, sorted(_PLAIN, key=len, reverse=True))))
_GREETING = re.compile(r"(?:早上|上午|中午|下午|晚上|早|晚)[好安]|早安|晚安")
# Telephones, identity numbers and what masking left of them hold no day; eight digits that make one do.
_LONG_NUMBER = re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}|(?<!\d)\d++\*+\d+|(?<!\d)(?!20\d{6}(?!\d))\d{5,}[xX]?")
# 这周天气 is no Sunday.
_SUNDAY = re.compile(r"周天(?!气)")
# Of a form that was pasted: 日期：2026-12-09 时间：14:00.
_LABEL = re.compile(r"(?:预?约?日期|预?约?时间)[:：]\s*")
_SPACE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")


def plain(text: str) -> str:
    """Half-width, simplified, without dialect, greetings and long numbers."""
    said = unicodedata.normalize("NFKC", text[:1000]).translate(_SIMPLIFIED).lower()
    said = _LONG_NUMBER.sub("＃", _LABEL.sub("，", said))
    said = _GREETING.sub("，", _SPACE.sub("", said))
    return _SUNDAY.sub("周日", _WORDS.sub(lambda found: _PLAIN[found[0]], said))


def number(said: str) -> int:
    """Of digits, or of Chinese numerals below a hundred."""
    if said.isdigit():
        return int(said)
    tens, ten, ones = said.replace("两", "二").replace("零", "〇").rpartition("十")
    return (_NUMERALS.index(tens) if tens else 1) * 10 * bool(ten) + (_NUMERALS.index(ones) if ones else 0)

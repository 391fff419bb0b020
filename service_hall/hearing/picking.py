"""By which place a sentence picks: 第二个, 2, 最后一个, 倒数第一."""

from __future__ import annotations

import re
import unicodedata

from knowledge_base.language.tokenize import plain

_NUMERALS = {numeral: place for place, numeral in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_DIGIT = "0-9〇零一二两三四五六七八九十百千"
# The whole number or nothing: 第十二个 is not 第二个, and 12345 is the hotline.
_NUMBER = rf"(?<![{_DIGIT}])(?P<number>[一二两三四五六七八九十]|[1-9]|10)(?![{_DIGIT}])"
# 第二个周三 and 最后一个工作日 are days.
_NO_DAY = "(?!一?个?(?:工作日|上班日|周|星期|礼拜))"
_ORDINAL = re.compile(rf"第{_NUMBER}[个项条种类号]{_NO_DAY}")  # not 第一次: that tells what, not which
_FROM_THE_END = re.compile(rf"倒数第?{_NUMBER}")
_A_NUMBER = _NUMBER.replace("?P<number>", "?:")
_A_PLACE = rf"(?:倒数第?{_A_NUMBER}个?|第{_A_NUMBER}[个项条种类号]?|最后一?个|头一个|[前后]一个|[上下前后]面那个)"
# 取消第二个, 第二个不要了: told of it is that it is not to be. What stands behind it may be more than one word.
_TURNED_DOWN = re.compile(
    rf"(?:不是|不要|不选|不办|别选|不用|(?P<ends>取消|退|删))[掉了]?{_A_PLACE}"
    rf"|{_A_PLACE}(?:那个|预约|[约的号我就先给帮也])*+(?:不要|不选|不办|不行|不对|不是|不好|不合适|算了|错|(?P<over>取消|退|删|不去))"
)
# 除了第一个, 选第一个之前先问下, 第一个是什么意思: spoken of, and not picked.
_SPOKEN_OF = re.compile(
    rf"(?:除了?|除去|排除|要么|不含){_A_PLACE}|{_A_PLACE}(?:那个|选项)?(?:之前|以前|以外|之外|[是指]?(?:什么|啥)(?:意思)?$)"
)
_ASKED = re.compile(rf"(?:{_A_PLACE}|^{_A_NUMBER})(?:那个|可以|行|对|好)*(?:[?？]|[吗么]\W*$)")
# Said alone, a bare number picks; inside a sentence (三个月, 星期一) it counts something else.
_BARE = re.compile(rf"(?:我|就|那|想|要|选择?|点|办|是|应该|给)*第?{_NUMBER}(?:个|项|条|种|号|类|选项|吧|嘛|咯|的|那)*")
_LAST = re.compile(rf"最后{_NO_DAY}|末尾|最下")
_FIRST = re.compile(r"头一个|最上面|最前|首个|前面那个|上面那个|前一个")
_A_TIME = re.compile(r"(?:[第后]|头)[一二两三四五六七八九十\d]{0,2}个?(?:时段|时间|钟点)")
_LATTER = re.compile(r"后面那个|后一个|下面那个|后者")
_FORMER = re.compile(r"前者")
# 前面那个面积我说错了 puts something right that was said.
_PUT_RIGHT = re.compile(r"[说填选写弄搞讲]错")
MANY = 99
"""Of so many things any place that is told is one."""


def place_picked(text: str, count: int) -> int | None:
    """Of `count` things, from 0 on; outside of them where there are fewer. None: by no place, or by two at once."""
    if _ASKED.search(unicodedata.normalize("NFKC", text)) or _PUT_RIGHT.search(text):
        return None
    said = _SPOKEN_OF.sub("", _TURNED_DOWN.sub("", plain(text)))
    if backwards := _FROM_THE_END.search(said):
        return count - _number(backwards)
    if _LAST.search(said):
        return count - 1
    if _LATTER.search(said):
        return 1 if count == 2 else count - 1
    if _FIRST.search(said) or _FORMER.search(said):
        return 0
    ordinals = {_number(found) for found in _ORDINAL.finditer(said)}
    if not ordinals and (bare := _BARE.fullmatch(said)):
        ordinals = {_number(bare)}
    return ordinals.pop() - 1 if len(ordinals) == 1 else None


def ends_by_place(text: str) -> bool:
    """取消第二个: what has that place, of whatever list, is to be cancelled."""
    found = _TURNED_DOWN.search(plain(text))
    return bool(found and (found["ends"] or found["over"]))


def turns_down_place(text: str) -> bool:
    """不要第二个, and none is picked instead."""
    return bool(_TURNED_DOWN.search(plain(text))) and place_picked(text, MANY) is None


def picks_a_time(text: str) -> bool:
    return bool(_A_TIME.search(plain(text)))


def _number(found: re.Match[str]) -> int:
    numeral = found["number"]
    return _NUMERALS[numeral] if numeral in _NUMERALS else int(numeral)

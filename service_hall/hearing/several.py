"""Several of a list by their places (1和3), and what an option or a sentence about a list says (第二件办好了)."""

from __future__ import annotations

import re

_PLACES = re.compile(r"(?:第?+(?:\d{1,2}+(?!\d)|[一二三四五六七八九十A-Ha-h])(?:个|项|号)?+[、，,和跟与.及\s]*+)++")
_PLACE = re.compile(r"\d{1,2}|[一二三四五六七八九十A-Ha-h]")
_BETWEEN = re.compile(r"[、，,；;和跟与及\s]|还有")
_NEGATIVE = re.compile(r"^(?:都?还?没|不|无|未)|没有|不是|不用|不装")
_ENDS = re.compile("算了|退出|停|结束|不[办弄搞问答列]了|不想[办弄搞问答]|取消")
_OF_LIST = re.compile(
    r"第(?P<order>\d{1,2}|[一二三四五六七八九十])(?:件事?|步|项|条|个(?!问题|题))|(?:这个?|那个?|这张|那张|我的)?清单(?:里面?|上面?|中)?的?|总共|一共|全部|所有"
)
_REST = r"(?:别的?|其[他它余]的?|剩下?的?)"
# 除了烟都卖; 不卖烟，别的都卖
_ALL_BUT = re.compile(
    rf"除(?:了|开|去)?(?P<but>[^，,。；;]{{1,12}}?)(?:以外|之外)?[，,]?{_REST}?(?:全都?|都)"
    rf"|(?:不|没)(?P<not>[^，,。；;]{{1,10}})[，,]{_REST}(?:全都?|都)"
)
_OF_QUESTION = re.compile(r"第(?P<order>\d{1,2}|[一二三四五六七八九十])个?(?:问题|题|问)")
_NAMES_QUESTION = re.compile(r"[那这](?:一|个|一个|道|一道)?(?:问题|问|题)(?!一?下)|的问题")
_WHO_IS = re.compile("(?:我|俺|咱|们|俩|两个?人|二人|双方|他|她|都|全|也|是|就|还|算)++")
_DONE = re.compile(
    r"第?(?P<order>\d{1,2}|[一二三四五六七八九十])(?:件|步|个|项|条)?(?:事)?(?:也|都|已经|我)*"
    r"(?:办好|办完|弄好|弄完|搞定|做完|做好|完成|办妥|办成|办)(?:了|啦|咯)[。！!~～]*"
)
_DONE_IN_ENGLISH = re.compile(r"(?:step|number|no\.?)? ?(?P<order>\d{1,2})(?: is)? (?:done|finished)[.!]?")
_BOOKED = re.compile(
    r"(?:我|想|要|帮我|给我|请|去)*(?:预约|约)(?:一下|上|个)?第?(?P<order>\d{1,2}|[一二三四五六七八九十])(?:件|步|项|条)(?:事)?"
    r"(?:的号|[：:].{1,40})?[吧。！!~～]*"
)
_UNDONE = re.compile(
    r"第?(?P<order>\d{1,2}|[一二三四五六七八九十])(?:件|步|个|项|条)?(?:事)?(?:其实|我)?(?:还没有?|没有?|并没)"
    r"(?:办好|办完|弄好|弄完|搞定|做完|做好|完成|办妥|办成|办)(?:呢|哦)?[。！!~～]*"
)


def places_listed(text: str) -> list[int]:
    """1和3, A、C: counted from 1; empty where it is not just places."""
    return [_place(each) for each in _PLACE.findall(text)] if _PLACES.fullmatch(text.strip()) else []


def place_done(text: str) -> int | None:
    """Of what is said to be done, counted from 1."""
    found = _DONE.fullmatch(text.strip()) or _DONE_IN_ENGLISH.fullmatch(text.strip().lower())
    return _place(found["order"]) if found else None


def place_to_book(text: str) -> int | None:
    """约第2件, with the name of it behind, as it is offered, or without: counted from 1."""
    found = _BOOKED.fullmatch(text.strip())
    return _place(found["order"]) if found else None


def place_undone(text: str) -> int | None:
    """第1件其实还没办好: of what was ticked too soon."""
    found = _UNDONE.fullmatch(text.strip())
    return _place(found["order"]) if found else None


def left_out_of_all(text: str) -> str:
    """What is left out where all the rest is meant; '' where it is not put so."""
    found = _ALL_BUT.search(text)
    return (found["but"] or found["not"] or "") if found else ""


def place_in_list(text: str) -> int | None:
    """第二步去哪办: of what is spoken of, counted from 1."""
    return next((_place(found["order"]) for found in _OF_LIST.finditer(text) if found["order"]), None)


def without_list(text: str) -> str:
    """第二步去哪办, 清单里要带什么: without the words that say of what."""
    return _OF_LIST.sub("", text)


def place_of_question(text: str) -> int | None:
    """我要改第一个问题: counted from 1."""
    found = _OF_QUESTION.search(text)
    return _place(found["order"]) if found else None


def names_question(text: str) -> bool:
    """店怎么开那一问, 孩子在哪出生的问题: a question that was put, by its words."""
    return _NAMES_QUESTION.search(text) is not None


def beside_whom(text: str) -> str:
    """警察, of 我们都是警察: what is told, without of whom."""
    told = _WHO_IS.match(text)
    return text[told.end() :] if told else text


def parts_listed(text: str) -> list[str]:
    """水、电和气: what is named one beside the other."""
    return [part for part in _BETWEEN.split(text) if part]


def denies(label: str) -> bool:
    """没有居住证, 不用装修."""
    return _NEGATIVE.search(label) is not None


def speaks_of_ending(text: str) -> bool:
    """算了, 不办了: it may be meant for the whole, whatever option says 不."""
    return _ENDS.search(text) is not None


def _place(written: str) -> int:
    if written.isdigit():
        return int(written)
    return "〇abcdefgh".find(written.lower()) if written.isascii() else "〇一二三四五六七八九十".index(written)

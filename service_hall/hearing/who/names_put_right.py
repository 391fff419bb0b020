"""A name told beside the question for it: 名字错了，是李雪不是李学; 不是张三是李四; 换成王小明; 给李四约."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from service_hall.hearing.who.checks import check_name
from service_hall.hearing.who.surnames import is_like_name

_HAN = r"(?![是叫不我他她一个这那几哪])[\u3400-\u9fff·]{2,12}?"
_NEW, _OLD = rf"(?P<new>{_HAN})", rf"(?P<old>{_HAN})"
_OF_KIN = "(?:(?:我|他|她)?的?(?:爸爸?|妈妈?|父亲|母亲|爷爷|奶奶|老公|老婆|老伴|爱人|儿子|女儿|孩子|哥|姐|弟|妹))?"
_END = r"(?=而?不[是叫]|才[是对]|[，,。.!！?？;；、\s吧啊呀哦呢了的去来办约]|$)"
_PAUSE = r"[，,。.!！;；:：\s]{0,2}"
_NOT_OLD = rf"(?:{_PAUSE}而?不[是叫]{_OLD}{_END})?"
_WORD = "(?:名字|姓名|办事人|预约人)"
_IS = "(?:应该|其实|要|得|正确的)?(?:是|叫|为|写成?|改成?|换成?)?"
_OF_NAMES = (
    re.compile(rf"{_WORD}[^，,。\s]{{0,4}}?(?:错|不对|有误)[了啦的]{{0,2}}{_PAUSE}{_IS}{_NEW}{_NOT_OLD}{_END}"),
    re.compile(rf"{_WORD}(?:给我|帮我|请|要|得)?(?:改|换|写|填)(?:一下|成|为|回)?{_PAUSE}{_NEW}{_NOT_OLD}{_END}"),
    re.compile(rf"{_WORD}(?:应该|其实){_IS}{_NEW}{_NOT_OLD}{_END}"),
    re.compile(rf"{_WORD}不[是叫]{_OLD}{_PAUSE}(?:而|应该|其实)?[是叫]{_NEW}{_END}"),
)
_OF_ANYTHING = (
    re.compile(rf"不[是叫]{_OLD}{_PAUSE}(?:而|应该|其实)?[是叫]{_NEW}{_END}"),
    re.compile(rf"(?:^|[是叫，,。\s]){_NEW}{_PAUSE}而?不[是叫]{_OLD}{_END}"),
    re.compile(rf"(?:^|[把，,。\s]){_OLD}(?:改|换|写)[成为]{_NEW}{_END}"),
    re.compile(rf"(?:应该|其实|正确的|对的|错了|不对)[，,。\s]{{0,2}}(?:应该|其实)?[是叫]{_OF_KIN}{_NEW}{_END}"),
    re.compile(rf"[改换][成为给]{_OF_KIN}{_PAUSE}{_NEW}{_END}"),
)
_FOR_SOMEBODY = (re.compile(rf"(?:[给帮替把]|取消|退掉){_OF_KIN}{_NEW}(?=[预约办去挂取]|的(?:预约|号|那个))"),)
_MOST_TRIES = 8  # whether it is a word is looked up in all that the hall knows
_BLANK = re.compile(r"(?<=[\u3400-\u9fff])\s{1,2}(?=[\u3400-\u9fff])")  # 张 三
_PARTS = re.compile(r"[\s，,。.!！?？;；:：、～~]+")
_ALONE = re.compile(r"(?!.{0,2}(.)[不没]\1)[\u3400-\u9fff·]{2,12}")
# 不是李四, 正确的是李四
_BEFORE = re.compile("^(?:(?:我|名字|姓名)?(?:不|并不|应该|其实|正确的|对的)?[是叫]|并非)(?=[\u3400-\u9fff]{2})")
_SOFTENING = re.compile("[吧呀啊]$")


@dataclass(frozen=True)
class PutRight:
    """Empty where there is none. `old`: what `new` takes the place of."""

    new: str = ""
    old: str = ""

    def __repr__(self) -> str:
        return "PutRight(…)"  # must not reach a log by way of a traceback


def read_name_put_right(said: str, known: str, is_word: Callable[[str], bool]) -> PutRight:
    """`known`: the name that the talk has; without one only a sentence that speaks of names is looked at. `is_word`: of
    what could be a name, whether it is an ordinary word."""
    for text in dict.fromkeys((said, _BLANK.sub("", said))):
        for pattern in (*_OF_NAMES, *_FOR_SOMEBODY, *(_OF_ANYTHING if known else ())):
            for found in islice(pattern.finditer(text), _MOST_TRIES):
                new, old = found["new"], found.groupdict().get("old") or ""
                is_sure = pattern in _OF_NAMES or bool(old and old == known)
                if _may_be_name(new, is_sure) and not is_word(new):
                    is_name = old == known or (_may_be_name(old, is_sure) and not is_word(old))
                    return PutRight(new, old if is_name else "")
    return PutRight()


def names_alone(said: str, is_word: Callable[[str], bool]) -> list[str]:
    """Names with nothing beside them but 是 or 不是: 李四，明天上午. Of very many not each is asked about."""
    parts = dict.fromkeys(_BEFORE.sub("", _SOFTENING.sub("", part)) for part in _PARTS.split(said))
    maybe = [part for part in parts if _ALONE.fullmatch(part) and _may_be_name(part, False)]
    return [part for at, part in enumerate(maybe) if at >= _MOST_TRIES or not is_word(part)]


def _may_be_name(word: str, is_sure: bool) -> bool:
    """Where a name is surely meant, it may begin with any letter."""
    return (is_sure or is_like_name(word) or "·" in word) and isinstance(check_name(word), str)

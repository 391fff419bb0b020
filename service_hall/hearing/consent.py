"""Whether a sentence agrees to something that binds: only if all of it is made of words that agree.

Nothing is looked for inside a sentence, and no guess at the intent turns a remainder into a yes. The words stand in
`consent.yml`; whatever else is said, a question mark or one letter more, is no consent (docs/adr/0043).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from knowledge_base.language.fragments import compiled, one_of
from knowledge_base.yaml_lines import read_yaml


class Deed(StrEnum):
    """What is agreed to; the value is the name of its verbs."""

    BOOK = "book"
    CANCEL = "cancel"
    MOVE = "move"
    DELETE = "delete"
    ASK = "ask"
    """What was guessed is what was meant."""
    LIST = "list"
    """要, to 要我列一张清单吗."""


MOST_LETTERS = 40
"""Of a sentence that agrees."""
_LONGEST_WORD: Final = 16
GRAMMAR: Final[Mapping[str, Any]] = read_yaml(Path(__file__).with_suffix(".yml")).data
_SETTLING: Final = frozenset({None, Deed.BOOK, Deed.MOVE, Deed.ASK})
_SIGNS: Final = re.compile(r"[\s,，.。;；:：!！、~～—-]+")
_TRAILS_OFF: Final = re.compile(r"\.{2,}|。{2,}|…")
_COLOURS: Final = re.compile("[\ufe0f\u200d🏻-🏿]")
_OPENS: Final = frozenset({"嗯", "恩", "好", "好的", "对", "对的", "是的", "没错", "ok", "队"})
"""They may run into the next yes: 嗯对的, 好确认."""
_STANDS_ALONE: Final = frozenset({"中", "成", "得", "系", "係", "妥", "y", "是"})
"""A letter that means something else beside others: 中行, 好是好."""
_AROUND: Final = frozenset({"beside", "address", "picture"})
_RUNS_INTO_NO_VERB: Final = _STANDS_ALONE | {"可以", "能行能行"}
"""可以取消 tells that it may be, 可以，取消 agrees to it."""


def folded(text: str) -> str:
    """Narrow and lower-case, a blank for the signs that say nothing. Question marks, quotes, dots that trail off and
    pictures stay what they are."""
    narrow = unicodedata.normalize("NFKC", _TRAILS_OFF.sub("?", text)).lower()
    return _SIGNS.sub(" ", _COLOURS.sub("", narrow)).strip()


@dataclass(frozen=True)
class _Kind:
    name: str
    pattern: re.Pattern[str]
    agrees: bool


@dataclass(frozen=True)
class _Word:
    kind: str
    text: str
    end: int
    agrees: bool


def consents(text: str, to: Deed | None = None) -> bool:
    """`to`: None asks for a plain yes alone."""
    said = folded(text)
    return 0 < len(said) <= MOST_LETTERS and _is_made_of(said, _kinds(to))


def names_whole(text: str, label: str) -> bool:
    """The sentence is that label, and beside it nothing but yes and thanks."""
    return any(rest == "" for rest in _beside(folded(text), rf"(?:[1-9] )?{re.escape(folded(label))}"))


def place_alone(text: str) -> int | None:
    """1, 第一个, 好的，选1: the place that the sentence names and beside which it says nothing, from 0 on."""
    said = folded(text)
    numbers = {_number(found) for found in _beside(said, _PLACE)}
    return numbers.pop() - 1 if len(numbers) == 1 else None


def tells_only_a_time(text: str) -> bool:
    """对，改到后天十点: which one, others read."""
    return any(True for _ in _beside(folded(text), _A_TIME))


_OF_TIME: Final = "今明后大天下上这本周星期礼拜早中午晚点半刻分号日月年个的零一二三四五六七八九十两0-9"
_A_TIME: Final = rf"(?:那就|那|就)?(?:改到|改成|改|换到|换成|约)?(?:[{_OF_TIME}]| (?=[0-9]))+"
_NUMERALS: Final = {numeral: place for place, numeral in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_PLACE: Final = (
    r"我?(?:那就|那|就)?(?:要|选择?|点)?第?(?P<rest>[一二三四五六七八九十]|[1-9]|10)(?:个|项|条|种|号|类|选项)?"
)


def _number(numeral: str) -> int:
    return _NUMERALS[numeral] if numeral in _NUMERALS else int(numeral)


def _beside(said: str, pattern: str) -> Iterator[str]:
    """What the pattern's group `rest` found ('' without one), where the rest of the sentence says yes or thanks, a
    blank between."""
    if not 0 < len(said) <= MOST_LETTERS:
        return
    for found in re.finditer(rf"(?:^|(?<= )){pattern}(?:吧|嘛|咯|啊|呀|哈|的)?(?= |$)", said):
        around = (said[: found.start()].strip(), said[found.end() :].strip())
        if all(not each or _only_yes_and_thanks(each) for each in around):
            yield found.groupdict().get("rest") or ""


def _only_yes_and_thanks(said: str) -> bool:
    return _is_made_of(said, _kinds(None), must_agree=False)


@cache
def _kinds(to: Deed | None) -> tuple[_Kind, ...]:
    soft = one_of(GRAMMAR["soft"], {})
    beside = f"{GRAMMAR['beside']} {GRAMMAR['beside_to'].get(to, '')}"
    kinds = {
        "yes": rf"{one_of(GRAMMAR['yes'], {})}{soft}?",
        "state": rf"{one_of(GRAMMAR['state'], GRAMMAR['words'])}{soft}?",
        "picture": one_of(GRAMMAR["picture"], {}),
    }
    if to in _SETTLING:
        kinds["settles"] = rf"{one_of(GRAMMAR['settles'], {})}{soft}?"
    if to:
        lead, end = one_of(GRAMMAR["lead"], {}), one_of(GRAMMAR["end"], {})
        kinds["verb"] = rf"{lead}{one_of(GRAMMAR['verb'][to], {})}{end}?"
    made = [_Kind(name, compiled(pattern), True) for name, pattern in kinds.items()]
    around = {"beside": beside, "address": GRAMMAR["address"]}
    return (*made, *(_Kind(name, compiled(one_of(words, {})), False) for name, words in around.items()))


def _is_made_of(said: str, kinds: tuple[_Kind, ...], must_agree: bool = True) -> bool:
    """All of it, a run of words of these kinds. Each place is gone on from once for what stands before it, so that
    the steps grow with the length alone."""
    seen, open_ = set[tuple[_Word, bool, bool]](), [(0, _Word("", "", 0, False), False, False)]
    while open_:
        at, before, agrees, has_verb = open_.pop()
        if at == len(said):
            if agrees or not must_agree:
                return True
            continue
        if said[at] == " ":
            open_.append((at + 1, _Word("", "", at + 1, False), agrees, has_verb))
            continue
        for word in _words_at(said, at, kinds):
            is_twice = has_verb and word.kind == "verb"
            state = (word, agrees, has_verb)
            if is_twice or state in seen or not _runs_into(before, word):
                continue
            seen.add(state)
            open_.append((word.end, word, agrees or word.agrees, has_verb or word.kind == "verb"))
    return False


def _words_at(said: str, at: int, kinds: tuple[_Kind, ...]) -> Iterator[_Word]:
    """Each word of a kind that begins there, however it may be cut."""
    for kind in kinds:
        if not kind.pattern.match(said, at):
            continue
        for end in range(at + 1, min(at + _LONGEST_WORD, len(said)) + 1):
            if kind.pattern.fullmatch(said, at, end):
                yield _Word(kind.name, said[at:end], end, kind.agrees)


def _runs_into(before: _Word, word: _Word) -> bool:
    """Whether the one may follow the other without a sign between them."""
    if not before.kind or word.kind in _AROUND or before.kind in ("beside", "picture"):
        return True
    if before.kind == "address":
        return False
    if before.text == word.text:
        return word.kind == "yes"
    if word.kind in ("verb", "settles"):
        return before.kind != "verb" and before.text not in _RUNS_INTO_NO_VERB
    if word.text in _STANDS_ALONE and not (word.text == "是" and before.text in ("嗯", "恩")):
        return False
    return before.text in _OPENS

"""Words that could be names: which are none, and which stands with a number."""

from __future__ import annotations

import re

from knowledge_base.language.asking import residue_of
from service_hall.hearing.commands import SaidCommand
from service_hall.hearing.heard import Sentence
from service_hall.hearing.notions import says
from service_hall.hearing.who.checks import check_name

_NO_NAME = re.compile(
    r"[哈呵嗯哦嘿啊呃额哎诶唉]|^[手电号身证联]|^(?:我?[约要办去来改换选想帮请问查]|稍等|等会|没事|怎么|候补|下次|改天|同上|[第就]|随时|尽快|转)|[约办号证]$"
)
_WORD = r"([\u3400-\u9fff·]{2,12})"
_BESIDE_NUMBER = re.compile(
    rf"(?:^|[\s，,。;；、]){_WORD}[\s，,、:：]{{0,2}}(?=\+?\d{{11}})|(?<=\d{{11}})[\s，,、]{{0,2}}{_WORD}(?=$|[\s，,。;；、])"
)
# What may be said at the question for the name, and tells none.
_ANSWERS = (
    *("sounds_like_yes", "skips", "stops", "means_same_person", "means_somebody_else"),
    *("wants_other_time", "wants_other_office", "in_danger_of_life", *SaidCommand),
)


def name_beside_number(said: str) -> str | None:
    """约明天上午 王小明 138…: the word that stands with the number."""
    for found in _BESIDE_NUMBER.finditer(said):
        name = check_name(found[1] or found[2])
        if isinstance(name, str):
            return name
    return None


def is_answer_without_name(said: str) -> bool:
    return any(says(answer, said) for answer in _ANSWERS)


def is_common_word(word: Sentence) -> bool:
    """安排 and 高兴 begin like a name too."""
    return is_no_name(word) or word.library.index.is_common(word.text)


def is_ordinary_word(word: Sentence) -> bool:
    """安全 and 方便, said to the question for the name and no more, are none; 李娜 and 白雪 are, though often read."""
    index = word.library.index
    return is_no_name(word) or (index.is_common(word.text) and not index.is_name(word.text))


def is_no_name(word: Sentence) -> bool:
    """材料, 北屏区, 驾驶证 and 后天 are short words too."""
    return bool(
        _NO_NAME.search(word.text)
        or not residue_of(word.text)
        or word.library.region_named_in(word.text)
        or word.office
        or word.when
        or word.books_one_more
        or any(hit.named for hit in word.library.find_item(word.text).hits[:3])
    )

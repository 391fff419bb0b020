"""The asking in a sentence (多少钱, 去哪办, 能代办吗) apart from the thing it asks about."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from knowledge_base.language.phrasebook import Phrasebook
from knowledge_base.language.tokenize import plain

PHRASES = Phrasebook(Path(__file__).parent / "phrases")
FEWEST_TOLD = 3
"""Letters that tell something though they are all of the asking kind: 我妈走了."""


def content_of(text: str) -> str:
    """What remains once the asking is taken away; one stray character is nothing."""
    rest = residue_of(text)
    return rest if len(rest) > 1 else ""


def residue_of(text: str) -> str:
    """What remains once the asking is taken away, down to the 换 of 要换."""
    return PHRASES["asking_words"].without(plain(text), "")


def whole_question(question: str, item: str, names: Iterable[str]) -> str:
    """With the item in front where the question leaves it out: 要等几天 of a passport is not that of everything.
    `names`: of the item; a question that shares two characters with one of them says of what it is asked."""
    named, bare = _pairs_in(tuple(names)), plain(question)
    is_said = any(bare[at : at + 2] in named for at in range(len(bare) - 1))
    return question if is_said else f"{item}，{question}"


@lru_cache(maxsize=16)
def _pairs_in(names: tuple[str, ...]) -> frozenset[str]:
    """Of an item's names: it is asked of one after the other of the item's questions."""
    bare = map(plain, names)
    return frozenset(name[at : at + 2] for name in bare for at in range(len(name) - 1))


def left_unsaid(text: str) -> bool:
    """True if nothing but the asking itself is said: 那多少钱, 能让我妈去吗."""
    return not content_of(PHRASES["expiry"].without(plain(text), ""))


def leaves_matter_unsaid(text: str) -> bool:
    """True if it may be said of any matter that others handle: 去哪里投诉, 要带什么证据."""
    return not content_of(PHRASES["matter_words"].without(plain(text), ""))


def asks_what_is_paid(text: str) -> bool:
    """要交多少, and not 多少钱, which may be asked of what one gets."""
    return PHRASES["asks_what_is_paid"].is_said(text)


def leans_back(text: str) -> bool:
    """Opens like a follow-up: 那…, 它…, 还…."""
    return PHRASES["leans_back"].is_said(text)


def points_further_back(text: str) -> bool:
    """Means the item before the current one: 前一个要多少钱."""
    return PHRASES["points_further_back"].is_said(text) and not content_of(
        PHRASES["points_further_back"].without(plain(text), "")
    )


def names_hall(text: str) -> bool:
    """Speaks of the hall itself: 大厅能停车吗."""
    return PHRASES["names_hall"].is_said(text)


def asks_for_all(text: str) -> bool:
    """Wants to know all that has to be done: 都要办哪些手续."""
    return PHRASES["asks_for_all"].is_said(text)


def tells_beside_all(text: str) -> bool:
    """Asks for all that has to be done, and tells of what: 我妈走了要办哪些手续, not 接下来要办什么."""
    rest = PHRASES["asks_for_all"].without(text)
    return asks_for_all(text) and (len(plain(rest)) >= FEWEST_TOLD or bool(content_of(rest)))

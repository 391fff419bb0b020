"""Whether a sentence says that something is not so: 没领过低保 speaks of it, and does not have it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge_base.language.tokenize import plain

_CLAUSE = re.compile(r"[，,。；;！!？?、\s]+")
# A 不 that denies nothing.
_NO_DENIAL = re.compile("不久|差不多|不过|不动产|不但|不仅|不光|不管|没多久|没几天|无论|没问题|没错|不好意思|对不起")
_DENIED = re.compile("(?:没有?|不是?|未|无|别|甭)[^不没未]{0,4}$")
_BEGINS = re.compile("(?:我|俺|也|都|还|从来|一直|目前|现在|暂时|可)*(?:没|不|未)")
# 没还完, 没付清: something is still there.
_UNFINISHED = re.compile("[没未](?:有)?(?:还|付|结|交|供|清|办|弄|搞|签|拿|下)?(?:完|清|好|齐|全|下来)")


def clauses_of(text: str) -> Iterator[str]:
    """In plain form, without what is empty."""
    yield from filter(None, map(plain, _CLAUSE.split(text)))


def says_of(word: str, clause: str) -> bool | None:
    """True: it is said; False: it is said not to be; None: it is not in there. Both in plain form."""
    said: bool | None = None
    calm = _NO_DENIAL.sub(lambda found: "〇" * len(found[0]), clause)
    at = clause.find(word)
    while at >= 0:
        if not _DENIED.search(calm[:at]):
            return True
        said, at = False, clause.find(word, at + 1)
    return said


def is_denied(words: Iterable[str], text: str) -> bool:
    """我不想开餐馆了, 我没有离婚: some of the words are said not to be so, none is said to be, and nothing else is said
    (没办过残疾证，办了能享受啥 may want it after all)."""
    clauses = list(clauses_of(text))
    said = {says_of(plain(word), clause) for clause in clauses for word in words}
    return len(clauses) == 1 and False in said and True not in said


def denies_at_once(text: str) -> bool:
    """没签合同, 还没呢: the first words say no; what is only unfinished is none."""
    first = next(clauses_of(text), "")
    calm = _NO_DENIAL.sub(lambda found: "〇" * len(found[0]), first)
    return _BEGINS.match(calm) is not None and not _UNFINISHED.search(calm)

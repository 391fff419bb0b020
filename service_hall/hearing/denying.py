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
# 啥补助也没领过, 一分补助都没有: what stands between.
_OF_NONE = re.compile("(?:什么|啥|谁的|哪[个条样种家]?|一[个点分样次套份])([^，也都]{1,4})[也都][^，]{0,2}[没不无未]")
# 都还没办, 一直没去弄过: nothing but the no.
_BARE = re.compile(
    "(?:我|俺|咱|们|家|也|都|还|从来|一直|目前|现在|暂时|压根|根本|这些|这个)*(?:没有|没得|没|不|未|无)"
    "(?:办|弄|搞|做|去|过|有|是|用|要|开|来得及|顾上|开始|呢|啊|的|了|哦|呀|吧)*"
)
# 没还完, 没付清: something is still there.
_UNFINISHED = re.compile("[没未](?:有)?(?:还|付|结|交|供|清|办|弄|搞|签|拿|下)?(?:完|清|好|齐|全|下来)")

# 没结清, 没给交: what is lacking.
_LACKING = re.compile("(?:没有?|未|不)([^没未不，,、]{1,4})$")
_ANY_DENIAL = re.compile("[没不未无别欠拖拒差少]")
# 都不欠, 从来没欠过: what is said not to be so.
_DENYING = re.compile("(?:没有?|不|未)([^没不未]+?)(?:过|着|了)?$")
_SAYS_LITTLE = frozenset("有是要用会能想办在")
_NO = re.compile("[没不未无]")
# 领了, 已经出生了, 申请过，正在冷静期
_DONE = re.compile("已|[了过](?:$|[，,、（(])")


def clauses_of(text: str) -> Iterator[str]:
    """In plain form, without what is empty."""
    yield from filter(None, map(plain, _CLAUSE.split(text)))


def says_of(word: str, clause: str) -> bool | None:
    """True: it is said; False: it is said not to be; None: it is not in there. Both in plain form."""
    said: bool | None = None
    calm = _NO_DENIAL.sub(lambda found: "〇" * len(found[0]), clause)
    at = clause.find(word)
    while at >= 0:
        is_of_none = any(found.start(1) <= at < found.end(1) for found in _OF_NONE.finditer(clause))
        if not is_of_none and not _DENIED.search(calm[:at]):
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


def denies_at_all(text: str) -> bool:
    """社保没给交, 不是: somewhere in it."""
    return _NO.search(_NO_DENIAL.sub("", text)) is not None


def denies_barely(text: str) -> bool:
    """都还没办: the no is all that is said."""
    return _BARE.fullmatch(plain(text)) is not None


def is_said_of_none(label: str, text: str) -> bool:
    """都欠, of 都不欠: the sentence denies nothing, and says what is denied there."""
    found = (_DENYING.search(_NO_DENIAL.sub("〇", clause)) for clause in clauses_of(label))
    denied = [each[1] for each in found if each and each[1] not in _SAYS_LITTLE]
    return not denies_at_all(text) and any(each in clause for clause in clauses_of(text) for each in denied)


def without_denial(label: str) -> str:
    """都欠, of 都不欠; '' where nothing is denied."""
    said = plain(label)
    rest = _DENYING.sub(lambda found: found[1], said)
    return rest if rest != said else ""


def says_done(label: str) -> bool:
    """That it has happened: 已经出生了."""
    return _DONE.search(label) is not None and not any(map(label.__contains__, "没未不"))


def is_made_good(label: str, clause: str) -> bool:
    """工资都结清了, of 工资没结清: the clause denies nothing, and says that what is lacking there is done."""
    lacking = [found[1] for part in clauses_of(label) if (found := _LACKING.search(part))]
    return not _ANY_DENIAL.search(clause) and any(each in clause or each[-1] in clause for each in lacking)


def beside_unfinished(clause: str) -> str:
    """房贷没还完 denies no loan: without what is only unfinished."""
    return _UNFINISHED.sub("〇", clause)

"""What a correction takes back and what it puts in its place: 不是补办，是换证."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:我)?(?:说的|问的|要的|想办的|要办的)?(?:可)?(?:并)?不是(?:要|想|说|问|办)?(?P<no>[^，。,；; ]{1,16})[，。,；; ]*(?:而)?(?:我)?(?:[^，。,；; ]{1,3}的|要办|想办|想问)?(?:是|要|想)(?:要|想|说|问|办)?(?P<yes>.{1,30})",
        r"(?:我)?(?:说的|问的|要的|要办的|想办的|想问的)?(?:是)?(?P<yes>[^，。,；; ]{1,20}?)[，。,；; ]*(?:而)?不是(?P<no>.{1,16})",
        r"(?:我|他|她|也|并|可|又|人家){0,2}没有?(?P<no>[^，。,；; 吗]{1,12}?)(?:[，。,；; ]*只是|[，。,；; ]+[就而]是)(?P<yes>.{1,30})",
        r"(?:不对|不是|错了|搞错了|弄错了|说错了|你理解错了|答非所问|不是这个)[，。,；;！! 了啊呀]*(?:我)?(?:说的|问的|要的|要办的|想办的|想问的|问|想问|要|要办|想办)?(?:其实)?(?:是)?(?P<yes>.{1,30})",
        r"(?:我)(?:说的|问的|要的|要办的|想办的|想问的)(?:其实)?是(?P<yes>.{1,30})",
    )
)


# 不是换证, 我没要办残疾证: what a clause says not to be meant.
_NOT_MEANT = re.compile(
    "(?:(?<!是)不是|并非|没(?:要|问|说)|不(?:要|问|说|办)|别)(?:要|想|说|问|办|来|给我)*(?P<no>[^，。,；;！!？?、 ]{1,16})"
)

_OPENING = re.compile(
    r"^(?:[哎诶哦啊唉呃那我，, ])*(?:不对|不是|错了|说错|搞错|弄错|我说的不是|我问的不是|你搞错|答非所问)|没[^，。吗]{1,12}?(?:[，, ]*只是|[，, ]+[就而]是)|(?<![是])不是[^，。吗]{1,12}[，, ]+(?:而)?是"
)

_IT_IS = re.compile(r"^[，,。、\s]*(?:应该|其实|要)?[是选填成为]?")

_SAYS_WHAT = re.compile(
    r"(?:^|[，,。；;、\s])(?:我|俺|他|她|它|那|应该|其实|就|都|要|也){0,3}[是选填][^，。吗么什谁哪]{1,20}$"
)


@dataclass(frozen=True)
class Correction:
    meant: str
    taken_back: str = ""


def read_correction(text: str) -> Correction | None:
    for pattern in _PATTERNS:
        if found := pattern.search(text):
            parts = found.groupdict()
            return Correction(parts["yes"].strip("，。,；;！! "), (parts.get("no") or "").strip("，。 "))
    return None


def told_apart(text: str) -> Correction:
    """All that the clauses say not to be meant, and the rest: 弄错了，不是换证，我就问那个能力测试. Empty where nothing
    is put right."""
    taken_back = "，".join(found["no"] for found in _NOT_MEANT.finditer(text))
    if taken_back:
        return Correction(_NOT_MEANT.sub("", text).strip("，。,；;！! "), taken_back)
    return (read_correction(text) if takes_back(text) else None) or Correction("")


def what_it_is(text: str) -> str:
    """是公司, behind 改一下: without what only says that it is so."""
    return _IT_IS.sub("", text)


def says_what_it_is(text: str) -> bool:
    """改一下，我是干部 tells the new one, 改一下面积 only of what."""
    return bool(_SAYS_WHAT.search(text.rstrip("。！!. ")))


def takes_back(text: str) -> bool:
    """Opens like a correction, whatever it was understood as."""
    return bool(_OPENING.search(text))

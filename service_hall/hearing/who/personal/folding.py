"""A text brought to plain letters and digits, with the place that each of them has in the text as it was written.

１３８, 1️⃣3️⃣8️⃣, ①③⑧, 一三八, 壹叁捌, l38 and 1\u200b3\u200b8 all say 138. Marks that nobody sees fall away; what is read
out (一三八) is kept apart from digits by writing it full-width, so that 周五9:00 is not 59:00.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

DIGIT = "[0-9０-９]"
_SPOKEN = str.maketrans(
    "〇○◯零洞一幺壹弌二两贰貳弍三叁參弎四肆五伍六陆陸七拐柒八捌九勾玖",
    "０００００１１１１２２２２２３３３３４４５５６６６７７７８８９９９",
)
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_CAPITALS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_ALIKE = str.maketrans("ЗзАВЕЅІЈКМНОРСТУХасеіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο×✕✖", "33ABESIJKMHOPCTYXaceijopcyxABEZHIKMNOPTYXoXXX")
# Of the words that stand before a number, as hotlines and forms of other places write them.
_SIMPLIFIED = str.maketrans(
    "機電話號碼證聯繫絡賬帳戶護灣憑銀個編檔學習臺", "机电话号码证联系络账帐户护湾凭银个编档学习台"
)
# Letters by their kind, and dashes or blanks by their looks.
_GAPS = str.maketrans("ーㅡㄧㅤᅟᅠ", "---   ")
_UNSEEN = {"Mn", "Me", "Cf", "Cs"}
_LINE_ENDS = "\t\n\r\v\f"
_MOST_CIRCLED = 50  # ㊿

_FORMAL = "壹贰貳叁參肆伍陆陸柒捌玖"
# 陆小明, 伍先生: digits only beside other formal ones.
_SURNAME = re.compile(rf"(?<![{_FORMAL}])[陆伍](?![{_FORMAL}])")
_TENS = re.compile("(?<=[０-９])百(?=[０-９十])|十(?=[０-９])|(?<=[０-９])[十百]|十")
_REPEATED = re.compile("([２-９])个([0-9０-９])")
# 138中间1234尾号5678
_PLACE_WORD = f"(?:中间|最?后面?|尾号?|末尾|结尾)(?:{DIGIT}位)?[是为]?:?"
_GAP_WORD = re.compile(f"(?<={DIGIT})(?:横?杠|空格|然后|接着|再|[ ,，、]{{0,2}}{_PLACE_WORD} ?)(?={DIGIT})")
# 110101 1990年03月07日 7571
_BORN_WITHIN = re.compile("[0-9]{6} ?(?:19|20)[0-9]{2}年[0-9]{2}月[0-9]{2}日 ?(?=[0-9]{3}[0-9Xx])")
_DASH = re.compile("(?<=[0-9])１(?=[0-9])")
_SOFT = re.compile("[0-9OoIl]+")
_SOFT_DIGITS = str.maketrans("OoIl", "0011")


@dataclass(frozen=True)
class Folded:
    """`letters` and `digits` are equally long: capitals, and the same with O for 0 and l for 1 read as digits."""

    letters: str
    digits: str
    starts: Sequence[int]
    """Where in the text as written each of them stands; `ends`: the first place behind it."""
    ends: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> tuple[Folded, ...]:
    """The ways in which it can be read, nearly always one. 138一0013 writes 一 for a dash, or for 1."""
    pieces = _expanded(_letter_by_letter(text))
    readings = [pieces]
    said = pieces.text
    if _DASH.search(said):
        readings.append(_Pieces(_DASH.sub("-", said), pieces.starts, pieces.ends))
    return tuple(
        Folded(each.text.translate(_CAPITALS), _hardened(each.text).translate(_CAPITALS), each.starts, each.ends)
        for each in readings
    )


def narrow(digits: str) -> str:
    return digits.translate(_NARROW)


@dataclass
class _Pieces:
    text: str
    starts: list[int]
    ends: list[int]

    def rewritten(self, pattern: re.Pattern[str], written: Callable[[re.Match[str]], str]) -> _Pieces:
        """What takes the place of a match stands where the match stood."""
        text, starts, ends, done = "", [], [], 0
        for found in pattern.finditer(self.text):
            anew = written(found)
            text += self.text[done : found.start()] + anew
            starts += self.starts[done : found.start()]
            ends += self.ends[done : found.start()]
            if anew:
                starts += [self.starts[found.start()]] * len(anew)
                ends += [self.ends[found.end() - 1]] * len(anew)
            elif ends:
                ends[-1] = self.ends[found.end() - 1]
            done = found.end()
        return _Pieces(text + self.text[done:], starts + self.starts[done:], ends + self.ends[done:])


def _letter_by_letter(text: str) -> _Pieces:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, letter in enumerate(text):
        plain = _plain(letter)
        if not plain and ends:
            ends[-1] = at + 1  # a mark of the letter before it
        for each in plain:
            letters.append(each)
            starts.append(at)
            ends.append(at + 1)
    return _Pieces("".join(letters), starts, ends)


@lru_cache(maxsize=8192)
def _plain(letter: str) -> str:
    """Of one letter: '' for a mark that nobody sees, '10' for ⑩."""
    if letter.isascii():
        return letter if letter.isprintable() or letter in _LINE_ENDS else ""
    if (value := _value(letter)) is not None:
        return str(value)
    narrowed = unicodedata.normalize("NFKC", letter).translate(_GAPS).translate(_ALIKE).translate(_SIMPLIFIED)
    return "".join(each for each in narrowed if unicodedata.category(each) not in _UNSEEN)


def _value(letter: str) -> int | None:
    """Of a digit of any script, in a circle or not; Han numerals are words, and none."""
    if ord(letter) in _SPOKEN:
        return None
    value = unicodedata.digit(letter, None)
    if value is None and unicodedata.category(letter) in ("No", "Nl"):
        number = float(unicodedata.numeric(letter, -1))
        value = int(number) if number.is_integer() and 0 <= number <= _MOST_CIRCLED else None
    return 10 if letter == "🔟" else value


def _expanded(pieces: _Pieces) -> _Pieces:
    """一百三十八 is 138, 三个八 is 888, 138杠0013 is 138-0013."""
    if not pieces.text.isascii():
        said = pieces.text
        kept = {found.start() for found in _SURNAME.finditer(said)}
        spoken = said.translate(_SPOKEN)
        pieces.text = "".join(said[at] if at in kept else each for at, each in enumerate(spoken)) if kept else spoken
        pieces = pieces.rewritten(_TENS, _tens).rewritten(_REPEATED, lambda found: found[2] * int(found[1]))
        pieces = pieces.rewritten(_GAP_WORD, lambda _: "-")
        pieces = pieces.rewritten(_BORN_WITHIN, lambda found: re.sub("[^0-9]", "", found[0]))
    return pieces


def _tens(found: re.Match[str]) -> str:
    before = found.string[found.start() - 1 : found.start()]
    after = found.string[found.end() : found.end() + 1]
    is_led, is_followed = "０" <= before <= "９", "０" <= after <= "９" or after == "十"
    if found[0] == "百":
        return "" if is_followed else "００"
    if is_led:
        return "" if is_followed else "０"
    return "１" if is_followed else "１０"


def _hardened(text: str) -> str:
    """13800l38OOO: the letters that look like digits, in a word of digits alone."""

    def digits(found: re.Match[str]) -> str:
        before = found.string[found.start() - 1 : found.start()]
        after = found.string[found.end() : found.end() + 1]
        word = found[0]
        head = len(word) - len(word.lstrip("OoIl")) if _is_letter(before) else 0
        tail = len(word.rstrip("OoIl")) if _is_letter(after) and after not in "Xx" else len(word)
        if head >= tail:
            return word
        return word[:head] + word[head:tail].translate(_SOFT_DIGITS) + word[tail:]

    return _SOFT.sub(digits, text)


def _is_letter(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()

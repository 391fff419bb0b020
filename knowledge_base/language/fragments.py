"""The form in which phrases are written down, and the one place where it is made a pattern.

    号            these letters
    [早快]        one of these letters; [^的] any other
    (个|一下)     one of these
    x?            x or nothing (x: a letter, a class, a bracket)
    x*            a run of x, as long as it gets: nothing of it is given back
    <6>           up to six letters, whatever they are; <,6> of the same clause
    _             a blank; in [] too
    (!吗|么)      here neither of these follows; (=…) one of them does
    (<!大|已经)   here neither stands before; (<…) one of them does
    {place}       the words of that name
    ^ $           the beginning and the end

Nothing that takes the square of a text's length can be written in it but two runs beside each other, or a run whose
words begin alike: the steps of all phrases are counted all the same (docs/adr/0016).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

Words = Mapping[str, str]
"""Name → fragments, blanks between them."""

_TOKEN: Final = re.compile(
    r"(?P<open>\((?P<look>!|=|<!|<)?)|(?P<letters>\[\^?[^\]\[]+\])|\{(?P<words>[^{}]{1,40})\}"
    r"|<(?P<clause>,)?(?P<gap>[0-9]{1,2})>|(?P<sign>[)|?*^$_])|(?P<letter>[^\s(){}\[\]<>\\.+])"
)
_SAME_TWICE: Final = "A不A"
_HAN: Final = r"[\u3400-\u9fff]"
_IN_A_CLAUSE: Final = "[^，,。；;！!？?]"
_PLAIN_SIGNS: Final = {")": ")", "|": "|", "?": "?", "*": "*+", "^": "^", "$": "$", "_": r"\s"}


def one_of(written: str, words: Words) -> str:
    """The pattern of fragments with blanks between them; a longer one prevails over a shorter one.
    Raises ValueError for what is no fragment, KeyError for words that nobody wrote down."""
    fragments = sorted(written.split(), key=len, reverse=True)
    return f"(?:{'|'.join(_read(fragment, words) for fragment in fragments)})"


def compiled(pattern: str) -> re.Pattern[str]:
    """Raises ValueError where brackets are left open, or a sign has nothing before it."""
    try:
        return re.compile(pattern)
    except re.error as fault:
        raise ValueError(f"{fault}: {pattern}") from fault


def _read(fragment: str, words: Words) -> str:
    made: list[str] = []
    at = 0
    while at < len(fragment):
        token = _TOKEN.match(fragment, at)
        if token is None:
            raise ValueError(f"no fragment, from the {at + 1}th letter on: {fragment}")
        at = token.end()
        if token["look"] in ("<", "<!"):
            end = fragment.index(")", at)
            made.append(_looking_back(fragment[at:end].split("|"), token["look"] == "<!", words))
            at = end + 1
        else:
            made.append(_one(token, words))
    return "".join(made)


def _one(token: re.Match[str], words: Words) -> str:
    if token["open"]:
        return f"(?{token['look'] or ':'}"
    if token["words"]:
        if token["words"] == _SAME_TWICE:
            return rf"(?P<twice>{_HAN})[不没](?P=twice)"
        return one_of(words[token["words"]], words)
    if token["gap"]:
        return f"{_IN_A_CLAUSE if token['clause'] else '.'}{{0,{token['gap']}}}"
    if token["sign"]:
        return _PLAIN_SIGNS[token["sign"]]
    return (token["letters"] or "").replace("_", r"\s") or re.escape(token["letter"])


def _looking_back(before: Iterable[str], is_not: bool, words: Words) -> str:
    """`re` looks back over one length at a time."""
    read = [_read(each, words) for each in before]
    if is_not:
        return "".join(f"(?<!{each})" for each in read)
    return f"(?:{'|'.join(f'(?<={each})' for each in read)})"

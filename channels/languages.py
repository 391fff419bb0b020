"""In which language a citizen reads: simplified or traditional characters, or English around the Chinese answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, TypeVar

import opencc
import yaml
from fastapi import Request, Response
from pydantic import BaseModel

from service_hall.conversation.reply import AnswerReply

COOKIE = "wenban_lang"
A_YEAR = 365 * 24 * 3600
FRAMES_COOKIE = "wenban_widget_lang"
"""Other sites' frames keep theirs apart, as they keep their visitors."""
_ENGLISH, _OFFICE = (Path(__file__).parent / name for name in ("english.yml", "office_words.yml"))
# What is told by machines, or was written by the citizen herself.
_AS_IT_IS = frozenset({"payload", "private", "proof", "person"})
Told = TypeVar("Told", bound=BaseModel)
Body = TypeVar("Body", dict[str, Any], list[dict[str, Any]])


class Language(StrEnum):
    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"

    @property
    def of_answers(self) -> Language:
        """What the hall knows it knows in Chinese."""
        return Language.SIMPLIFIED if self is Language.ENGLISH else self

    @property
    def tag(self) -> str:
        """Of `<html lang>`."""
        return "zh-CN" if self is Language.SIMPLIFIED else self.value


WAYS_TO_READ = [
    (Language.SIMPLIFIED.value, "简体", "?lang=zh-Hans"),
    (Language.TRADITIONAL.value, "繁體", "?lang=zh-Hant"),
    (Language.ENGLISH.value, "English", "?lang=en"),
]
"""Tag, own name and address of each language, beside the page that is shown."""


_OFFICE_WORDS: dict[str, str] = yaml.safe_load(_OFFICE.read_text("utf-8"))
_OFFICE_WORD = re.compile("|".join(sorted(_OFFICE_WORDS, key=len, reverse=True)))


def traditional(text: str) -> str:
    """Letter by letter, each for one; the forms that are in use (核查, 為什麼), and no other region's words."""
    told = list(_conversion("s2tw")(text))
    for found in _OFFICE_WORD.finditer(text):
        told[found.start() : found.end()] = _OFFICE_WORDS[found.group()]
    return "".join(told)


def simplified(text: str) -> str:
    return _conversion("t2s")(text)


@cache
def _conversion(name: str) -> Callable[[str], str]:
    """When somebody first reads so: that of traditional letters takes forty megabytes."""
    convert: Callable[[str], str] = opencc.OpenCC(name).convert
    return convert


def language_of(request: Request) -> Language:
    """As the address says, or as it was chosen before; in a frame, else as the site around it has it. The browser's own
    wish is not asked: most devices of a hall's citizens say English and mean nothing by it."""
    asked, kept = request.query_params, request.cookies
    for wished in (asked.get("lang"), kept.get(FRAMES_COOKIE), kept.get(COOKIE), asked.get("site_lang")):
        if wished in set(Language):
            return Language(wished)
    return Language.SIMPLIFIED


def ways_to_read(request: Request) -> list[tuple[str, str, str]]:
    """Tag, own name and address of this page in each language. What its address says stays.

    Without the path: one that begins with two slashes would lead to another site."""
    here = request.url
    return [(tag, name, f"?{here.include_query_params(lang=tag).query}") for tag, name, _ in WAYS_TO_READ]


def chosen_language(request: Request) -> str:
    """By the address; empty: it does not say."""
    wished = request.query_params.get("lang", "")
    return wished if wished in set(Language) else ""


def remember_language(request: Request, response: Response) -> Response:
    """Where it was chosen, for the pages after this one. It tells nothing else of whoever reads."""
    if wished := chosen_language(request):
        response.set_cookie(COOKIE, wished, max_age=A_YEAR, httponly=True, samesite="lax")
    return response


def says_in(language: Language) -> Callable[[str], str]:
    """For templates: a sentence of the page, written in simplified characters, as this language has it."""
    return _in_english if language is Language.ENGLISH else str


@cache
def english_table() -> dict[str, str]:
    table: dict[str, str] = yaml.safe_load(_ENGLISH.read_text("utf-8"))
    return table


def _in_english(sentence: str) -> str:
    """A sentence without an entry stays Chinese: what comes from the knowledge does."""
    return english_table().get(sentence, sentence)


def in_language(reply: Told, language: Language) -> Told:
    """A reply as it is shown. Lengths that it tells of its own text stay true."""
    if language is not Language.TRADITIONAL:
        return reply
    told = rewritten(reply.model_dump())
    if isinstance(reply, AnswerReply):
        ends = sorted({0, reply.lead, reply.details_end, len(reply.text)})
        parts = [traditional(reply.text[start:end]) for start, end in pairwise(ends)]
        written = dict(zip(ends, accumulate(map(len, parts), initial=0), strict=True))
        told |= {"text": "".join(parts), "lead": written[reply.lead], "details_end": written[reply.details_end]}
    return type(reply).model_validate(told)


def written_in(language: Language, told: Body) -> Body:
    """The body of an answer; what comes from the knowledge has two spellings and no English."""
    return told if language is not Language.TRADITIONAL else rewritten(told)


def rewritten(told: Any) -> Any:
    """In traditional characters, whatever it is made of."""
    match told:
        case str():
            return traditional(told)
        case dict():
            return {name: value if name in _AS_IT_IS else rewritten(value) for name, value in told.items()}
        case list() | tuple():
            return [rewritten(each) for each in told]
    return told

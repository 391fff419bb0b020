"""What an answer cites: the sources of what was said, and only these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge_base.offices import Office
from knowledge_base.sources import LegalText, article_label, read_reference
from knowledge_base.statements import SAMPLE
from service_hall.conversation.reply import CitedSource
from service_hall.conversation.wording import say

MOST_TITLES = 3
MOST_QUOTED = 90


@dataclass(frozen=True)
class Place:
    """Where the answer holds: the region's code and spoken name, and its offices, nearest first."""

    region: str
    name: str
    offices: Sequence[Office]
    hotline: str
    is_sample: bool


def cited(references: Sequence[str], sources: Mapping[str, LegalText], place: Place, since: str) -> list[CitedSource]:
    """In the order in which they bear what was said. `since`: the day from which the region's own facts hold."""
    told: list[CitedSource] = []
    for reference in map(read_reference, dict.fromkeys(references)):
        source = sources.get(reference.source)
        if source is None:  # sample, unverified
            continue
        article = source.articles.get(reference.article)
        one = CitedSource(
            title=source.title,
            article=article_label(reference.article) if article else "",
            url=source.url,
            checked_on=source.checked_on.isoformat() if source.checked_on else "",
            unverified=article is None,
        )
        if one not in told:
            told.append(one)
    if SAMPLE in references:
        title = say("sample_guide" if place.is_sample else "own_guide", region=place.name)
        told.append(CitedSource(title=title, article="", url="", checked_on=since, sample=place.is_sample, own=True))
    return told


def attribution(sources: Sequence[CitedSource], place: Place) -> str:
    """《居民身份证法》第十一条、第十二条; three titles at most."""
    named = titles_in_words(sources)
    if not named:
        return say("applies_to", region=place.name)
    told = "、".join(named[:MOST_TITLES]) + ("等" if len(named) > MOST_TITLES else "")
    return say("attribution", sources=told, region=place.name)


def titles_in_words(sources: Sequence[CitedSource]) -> list[str]:
    """《居民身份证法》第十一条、第十二条, one a title."""
    articles: dict[str, list[str]] = {}
    for source in sources:
        title = source.title if source.own else _in_brackets(source.title)
        articles.setdefault(title, []).append(_printed(source.article))
    return [title + "、".join(filter(None, found)) for title, found in articles.items()]


def quoted(references: Sequence[str], sources: Mapping[str, LegalText]) -> list[str]:
    """Each article with its words, as far as one reads on."""
    lines = []
    for reference in map(read_reference, references):
        if source := sources.get(reference.source):
            title, article = _in_brackets(source.title), source.articles.get(reference.article)
            lines.append(
                f"{title}{_printed(article_label(reference.article))}：“{_beginning(article.text)}”"
                if article
                else title
            )
    return list(dict.fromkeys(lines))


def _in_brackets(title: str) -> str:
    short = title.removeprefix("中华人民共和国")
    return short if "《" in short else f"《{short}》"


def _printed(article: str) -> str:
    """A text without numbers is cited by the name of its part."""
    is_numbered = article.startswith("第") and article.endswith("条")
    return article if not article or is_numbered else f"“{article}”"


def _beginning(text: str) -> str:
    whole = "".join(text.split())
    if len(whole) <= MOST_QUOTED:
        return whole
    cut = max(whole.rfind(mark, 0, MOST_QUOTED) for mark in "。；，")
    return whole[: cut if cut > MOST_QUOTED // 2 else MOST_QUOTED].rstrip("。；，") + "……"

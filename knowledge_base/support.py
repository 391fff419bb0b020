"""How well a statement is held: against the text of the article in force, figure by figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge_base.figures import Figure, missing
from knowledge_base.sources import Article, Hold, LegalText, read_reference
from knowledge_base.statements import SAMPLE, UNVERIFIED, Fact


class State(StrEnum):
    VERIFIED = "verified"
    """The article in force is here as the statute collections have it, and every figure stands in it."""
    READ = "read"
    """The text was read where its source says, and every figure stands in it."""
    UNVERIFIED = "unverified"
    SAMPLE = "sample"


@dataclass(frozen=True)
class Support:
    state: State
    missing: frozenset[Figure] = frozenset()
    """Figures of the sentence that stand in none of the texts cited."""
    ended: tuple[str, ...] = ()
    """Sources that are not in force on the day."""


def support_of(statement: Fact, sources: Mapping[str, LegalText], on: date) -> Support:
    if SAMPLE in statement.source:
        return Support(State.SAMPLE)
    if UNVERIFIED in statement.source:
        return Support(State.UNVERIFIED)
    articles: list[Article] = []
    ended: list[str] = []
    for written in statement.source:
        reference = read_reference(written)
        source = sources.get(reference.source)
        article = source.articles.get(reference.article) if source else None
        if source and not source.is_in_force(on):
            ended.append(source.id)
        if article:
            articles.append(article)
    lacking = missing(statement.says, tuple(article.text for article in articles), statement.reckoned)
    if not articles or lacking or ended or len(articles) < len(statement.source):
        return Support(State.UNVERIFIED, lacking if articles else frozenset(), tuple(ended))
    held_by_machine = all(article.hold is Hold.STATUTE for article in articles)
    return Support(State.VERIFIED if held_by_machine else State.READ)

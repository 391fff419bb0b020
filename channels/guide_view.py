"""A guide as it is read: its statements under what they are about, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge_base.aspects import Aspect
from knowledge_base.library import Library
from knowledge_base.model import ServiceGuide
from knowledge_base.sources import article_label, read_reference
from knowledge_base.statements import Channel, FrequentQuestion, Material, Statement, Step
from knowledge_base.support import State
from service_hall.conversation.wording import aspect_label

_ORDER = (
    Aspect.OVERVIEW,
    Aspect.ELIGIBILITY,
    Aspect.MATERIALS,
    Aspect.PROCEDURE,
    Aspect.CHANNELS,
    Aspect.LOCATION,
    Aspect.OFFICE_HOURS,
    Aspect.TIME_LIMIT,
    Aspect.FEE,
    Aspect.AMOUNT,
    Aspect.PROXY,
    Aspect.VALIDITY,
    Aspect.CONTACT,
    Aspect.LEGAL_BASIS,
)
_MARKS = {State.UNVERIFIED: "未核原文", State.SAMPLE: "示例数据"}
_BRINGS = {"window": "窗口会给，不用带", "nobody": "联网查，不用带"}


@dataclass(frozen=True)
class Section:
    aspect: Aspect
    statements: Sequence[dict[str, Any]]

    @property
    def heading(self) -> str:
        return aspect_label(self.aspect)


@dataclass
class _Sources:
    """Each article once, in the order in which it is first named; numbered from 1."""

    listed: list[dict[str, Any]] = field(default_factory=list)

    def cite(self, references: Sequence[str], library: Library) -> list[tuple[int, str]]:
        cited = []
        for body in resolved(references, library):
            shown = {
                "name": _named(body["title"], body["article"]),
                "text": body["text"],
                "url": web_address(body["url"]),
                "checked_on": body["checked_on"] if body["text"] else None,
            }
            if shown not in self.listed:
                self.listed.append(shown)
            cited.append((self.listed.index(shown) + 1, shown["name"]))
        return cited


def read_guide(guide: ServiceGuide, library: Library) -> tuple[list[Section], list[dict[str, Any]]]:
    """Its sections, and the articles they rest on. A statement about several things stands under the first of them."""
    sources = _Sources()
    statements: dict[Aspect, list[dict[str, Any]]] = {}
    for aspect in _ORDER:
        for statement in guide.about(aspect):
            if statement.about[0] is aspect:
                statements.setdefault(aspect, []).append(_told(statement, library, sources))
    statements.setdefault(Aspect.LOCATION, [])  # the offices stand there
    sources.cite(guide.legal_basis, library)
    return [Section(aspect, statements[aspect]) for aspect in _ORDER if aspect in statements], sources.listed


def resolved(references: Iterable[str], library: Library) -> list[dict[str, Any]]:
    """Empty where it rests on no text."""
    bodies = []
    for reference in map(read_reference, references):
        if source := library.published.sources.get(reference.source):
            article = source.articles.get(reference.article)
            bodies.append(
                {
                    "source_id": source.id,
                    "title": source.title,
                    "article": article_label(reference.article) if article else "",
                    "text": article.text if article else "",
                    "url": source.url,
                    "checked_on": source.checked_on.isoformat() if source.checked_on else None,
                }
            )
    return bodies


def web_address(url: str) -> str:
    """Nothing else becomes a link."""
    return url if url.startswith(("https://", "http://")) else ""


def _told(statement: Statement, library: Library, sources: _Sources) -> dict[str, Any]:
    name, when, details, url = "", "", [], ""
    match statement:
        case Material():
            name, when = statement.name, statement.when
            copies = f"复印件{statement.copies}份" if statement.copies else ""
            issued = f"{statement.issued_by}出具" if statement.issued_by else ""
            licence = "可以用电子证照" if statement.electronic_licence else ""
            optional = "" if statement.required else "符合条件才要"
            details = [statement.form, copies, issued, licence, optional, _BRINGS.get(statement.brings, "")]
        case Step():
            name = statement.title
        case Channel():
            name, url = statement.name, web_address(statement.url)
    return {
        "id": statement.id,
        "says": statement.says,
        "question": statement.asked[0].q if isinstance(statement, FrequentQuestion) else "",
        "name": name,
        "when": when,
        "details": [each for each in details if each],
        "url": url,
        "emphasis": statement.emphasis,
        "mark": _MARKS.get(library.state_of(statement), ""),
        "sources": sources.cite(statement.source, library),
    }


def _named(title: str, article: str) -> str:
    """《居民身份证法》第十二条; a text without numbers is cited by the name of its part."""
    short = title.removeprefix("中华人民共和国")
    bracketed = short if "《" in short else f"《{short}》"
    is_numbered = article.startswith("第") and "条" in article
    return bracketed + (article if is_numbered or not article else f"“{article}”")

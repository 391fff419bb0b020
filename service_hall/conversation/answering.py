"""From a guide and what was asked to an answer that cites its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge_base.model import SAMPLE, Aspect, FrequentQuestion, Office, ServiceGuide, source_ids
from service_hall.conversation.reply import AnswerReply, Choice, CitedSource, ask_payload
from service_hall.conversation.unchecked import remark_on_unchecked
from service_hall.conversation.wording import aspect_label, describe
from service_hall.hearing.yes_or_no import as_yes_or_no
from service_hall.shared.ids import AnswerId

MOST_SOURCES = 3
MOST_OFFICES = 3
_NEXT: dict[Aspect, tuple[Aspect, ...]] = {
    Aspect.OVERVIEW: (Aspect.MATERIALS, Aspect.FEE, Aspect.LOCATION),
    Aspect.ELIGIBILITY: (Aspect.MATERIALS, Aspect.PROCEDURE, Aspect.FEE),
    Aspect.MATERIALS: (Aspect.LOCATION, Aspect.FEE, Aspect.PROXY),
    Aspect.PROCEDURE: (Aspect.MATERIALS, Aspect.TIME_LIMIT, Aspect.FEE),
    Aspect.LOCATION: (Aspect.OFFICE_HOURS, Aspect.MATERIALS, Aspect.CHANNELS),
    Aspect.OFFICE_HOURS: (Aspect.LOCATION, Aspect.MATERIALS, Aspect.CONTACT),
    Aspect.TIME_LIMIT: (Aspect.MATERIALS, Aspect.FEE, Aspect.VALIDITY),
    Aspect.FEE: (Aspect.MATERIALS, Aspect.TIME_LIMIT, Aspect.LOCATION),
    Aspect.CHANNELS: (Aspect.MATERIALS, Aspect.LOCATION, Aspect.TIME_LIMIT),
    Aspect.LEGAL_BASIS: (Aspect.PROCEDURE, Aspect.MATERIALS, Aspect.CONTACT),
    Aspect.CONTACT: (Aspect.LOCATION, Aspect.OFFICE_HOURS, Aspect.MATERIALS),
    Aspect.PROXY: (Aspect.MATERIALS, Aspect.CHANNELS, Aspect.LOCATION),
    Aspect.VALIDITY: (Aspect.PROCEDURE, Aspect.FEE, Aspect.MATERIALS),
}


@dataclass(frozen=True)
class Place:
    """Where the answer holds: the region's code and spoken name, and its offices, nearest first."""

    region: str
    name: str
    offices: Sequence[Office]
    hotline: str
    is_sample: bool


def answer(
    answer_id: AnswerId,
    guide: ServiceGuide,
    aspects: Sequence[Aspect],
    place: Place,
    frequent: FrequentQuestion | None = None,
) -> AnswerReply:
    """`aspects`: at least one, what was asked first in front. `frequent`: a listed question that matches outright."""
    asked = aspects[0]
    parts = (
        [frequent.answer] if frequent else [describe(aspect, guide, place.offices[:MOST_OFFICES]) for aspect in aspects]
    )
    facts = [frequent] if frequent else [_facts(guide, aspect) for aspect in aspects]
    mentions = [
        mention
        for mention in guide.must_mention
        if (not mention.aspects or set(mention.aspects) & set(aspects))
        and not any(mention.text in part for part in parts)
    ]
    named = [name for fact in [*facts, tuple(mentions)] for name in source_ids(fact)]
    if Aspect.LEGAL_BASIS in aspects:
        named = [*guide.legal_basis, *named]
    sources = _cited(guide, named, place)
    lead = "\n".join(parts)
    if asked is Aspect.OVERVIEW and len(parts) == 1 and not frequent:
        lead = guide.summary
    details_end = len("\n".join(parts))
    if mentions:
        parts.append("请注意：" + "".join(_ended(mention.text) for mention in mentions))
    basis = tuple(source for name in guide.legal_basis if (source := guide.source(name)))
    told = [*facts, tuple(mentions), basis if Aspect.LEGAL_BASIS in aspects else ()]
    if remark := remark_on_unchecked(guide, told):
        parts.append(remark)
    parts.append(attribution(sources, place))
    return AnswerReply(
        text="\n".join(parts),
        answer_id=answer_id,
        guide_id=guide.id,
        guide_name=guide.name,
        aspect=asked,
        region=place.region,
        sources=tuple(sources),
        suggestions=tuple(
            Choice(label=aspect_label(aspect), payload=ask_payload(aspect, guide.id))
            for aspect in _NEXT[asked]
            if aspect not in aspects
        ),
        lead=len(lead),
        details_end=details_end,
    )


def frequent_question(guide: ServiceGuide, sentence: str) -> FrequentQuestion | None:
    """A listed question, asked in its own words, gets its own answer; 能不能提 and 能提吗 are the same."""
    asked = as_yes_or_no(sentence)
    return next((faq for faq in guide.faq if asked and as_yes_or_no(faq.question) == asked), None)


def _facts(guide: ServiceGuide, aspect: Aspect) -> Any:
    match aspect:
        case Aspect.OVERVIEW:
            return guide.eligibility
        case Aspect.ELIGIBILITY:
            return guide.eligibility
        case Aspect.MATERIALS:
            return guide.materials
        case Aspect.PROCEDURE:
            return guide.steps
        case Aspect.LOCATION:
            return guide.where
        case Aspect.OFFICE_HOURS:
            return ()
        case Aspect.TIME_LIMIT:
            return guide.time_limit
        case Aspect.FEE:
            return guide.fees
        case Aspect.CHANNELS:
            return (guide.channels, guide.reach, guide.visits)
        case Aspect.LEGAL_BASIS:
            return ()
        case Aspect.CONTACT:
            return guide.contact
        case Aspect.PROXY:
            return guide.proxy
        case Aspect.VALIDITY:
            return guide.validity


def _cited(guide: ServiceGuide, named: Sequence[str], place: Place) -> list[CitedSource]:
    """What bears the asked facts comes first; without any rule whose text was checked, the legal basis joins in."""
    found = [source for name in dict.fromkeys(named) if (source := guide.source(name))][:MOST_SOURCES]
    if all(source.unverified for source in found):
        basis = [source for name in guide.legal_basis if (source := guide.source(name)) and not source.unverified]
        found = [*found[: MOST_SOURCES - 1], *basis] or list(guide.sources)[:1]
    cited = [
        CitedSource(
            title=source.title,
            article=source.article,
            url=source.url,
            checked_on=source.checked_on.isoformat(),
            unverified=source.unverified,
        )
        for source in found[:MOST_SOURCES]
    ]
    if SAMPLE in named:
        cited.append(
            CitedSource(
                title=f"{place.name}办事指南（示例数据）" if place.is_sample else f"{place.name}办事指南",
                article="",
                url="",
                checked_on=guide.effective_from.isoformat(),
            )
        )
    return cited


def attribution(sources: Sequence[CitedSource], place: Place) -> str:
    titles = "、".join((_titled(source.title)) + source.article for source in sources)
    return f"依据：{titles}。适用地区：{place.name}。" if sources else f"适用地区：{place.name}。"


def _titled(title: str) -> str:
    """What is no rule stands without brackets; a rule named within a title gets the single ones, as print has it."""
    if title.endswith(("数据）", "指南", "公布的信息", "大厅信息", "排队规则")):
        return title
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "？", "；")) else text + "。"

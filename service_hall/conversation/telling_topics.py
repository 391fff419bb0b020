"""From a topic of the hall to an answer of the same form as one from a guide: what was asked first, then the details,
each with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from knowledge_base.hall_topics import OFFICE, RULES, HallTopic, Told, TopicKind, filled
from knowledge_base.library import Library
from knowledge_base.model import Aspect
from knowledge_base.statements import SAMPLE, UNVERIFIED
from service_hall.conversation.citing import Place, attribution, cited
from service_hall.conversation.reply import AnswerReply, Choice, CitedSource, ask_payload
from service_hall.conversation.wording import say
from service_hall.shared.ids import AnswerId

MOST_RELATED = 3
_WORDS_OF_A_PART = 12


def tell(
    answer_id: AnswerId,
    topic: HallTopic,
    place: Place,
    facts: Mapping[str, str],
    library: Library,
    first: Told | None = None,
) -> AnswerReply:
    """`facts`: what fills the blanks (`hall_facts`). `first`: the part of it that is asked for leads."""
    leading = first or topic.lead
    following = [each for each in topic.told if each is not leading]
    lead = topic.opening + filled(leading.text, facts)
    details = [filled(told.text, facts) for told in following]
    numbered = topic.kind is TopicKind.EVENT
    marks = (f"{number}. " if numbered else "· " for number in range(1, len(details) + 1))
    sources = tuple(_sources(topic, place, facts, library))
    unsure = [_part_of(filled(told.text, facts)) for told in topic.told if told.source == UNVERIFIED]
    parts = [lead, *map("".join, zip(marks, details, strict=True))]
    details_end = len("\n".join(parts))
    parts += _remark(topic.told, unsure, facts)
    return AnswerReply(
        text="\n".join([*parts, attribution(sources, place)]),
        answer_id=answer_id,
        guide_id=topic.id,
        guide_name=topic.name,
        aspect=topic.aspect,
        region=place.region,
        sources=sources,
        suggestions=tuple(_suggestions(topic, library)),
        lead=len(lead),
        details_end=details_end,
    )


def _suggestions(topic: HallTopic, library: Library) -> Iterable[Choice]:
    served = [item for item in topic.items if library.guide(item)]
    for found_id in (*served, *topic.related[:MOST_RELATED]):
        if title := library.title(found_id):  # a related topic may be left out for a fault
            yield Choice(label=title, payload=ask_payload(Aspect.OVERVIEW, found_id))


def _sources(topic: HallTopic, place: Place, facts: Mapping[str, str], library: Library) -> Iterable[CitedSource]:
    example = "（示例数据）" if place.is_sample else ""
    titles = {
        OFFICE: f"{facts['office']}公布的信息{example}",
        RULES: f"预约和排队规则{example}",
        SAMPLE: f"{place.name}大厅信息{example}",
    }
    for name in dict.fromkeys(told.source for told in topic.told):
        if name in titles:
            yield CitedSource(title=titles[name], article="", url="", checked_on="", own=True, sample=place.is_sample)
        else:
            yield from cited([name], library.published.sources, place, since="")


def _remark(told: tuple[Told, ...], unsure: list[str], facts: Mapping[str, str]) -> list[str]:
    if not unsure:
        return []
    if len(unsure) == len(told):
        return [say("general_knowledge", **facts)]
    return [say("general_knowledge_in_part", parts="、".join(f"“{part}”" for part in unsure), **facts)]


def _part_of(text: str) -> str:
    """Its first words, by which the citizen finds it again."""
    for mark in "：，。；、":
        text = text.partition(mark)[0]
    return text[:_WORDS_OF_A_PART]

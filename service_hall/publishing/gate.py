"""What an edit would change, found before it is published: over the saved questions, and against what other guides and
the sources say. What is stopped may pass once a reviewer accepts it with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from knowledge_base.documents import GuideDocument, asked_in
from knowledge_base.library import Library
from knowledge_base.model import ServiceGuide
from knowledge_base.statements import Emphasis, Statement
from knowledge_base.support import support_of
from service_hall.publishing.answers import Answer, ReceptionOver, answer, look
from service_hall.publishing.contradicting import contradictions
from service_hall.publishing.documents import found_as, library_of
from service_hall.publishing.draft import DocumentKind, Draft, digest_of
from service_hall.publishing.inconsistent import inconsistencies
from service_hall.publishing.question_sets import SavedQuestion

MOST_NEW_QUESTIONS = 200
"""Of an edit, asked before it is published; a sheet may bring thousands."""


class Why(StrEnum):
    THEFT = "theft"
    """A question of another item would be answered with this one."""
    LOST = "lost"
    """A question of this item would be answered by it no longer, or one that the edit adds not at all."""
    MUST_MENTION = "must_mention"
    """Something that must be mentioned would not be any more."""
    CONTRADICTION = "contradiction"
    INCONSISTENT = "inconsistent"
    """The guide itself says it with another figure."""
    FALSE_NUMBER = "false_number"
    """It stands in none of the texts that are cited for it."""
    NOT_IN_FORCE = "not_in_force"


@dataclass(frozen=True)
class Stop:
    why: Why
    place: str
    """The question, or the statement `id-card-lost/fee`."""
    says: str
    """One Chinese sentence."""

    @property
    def key(self) -> str:
        """The same for the same stop in a later run."""
        return digest_of([self.why.value, self.place, self.says])[:16]


@dataclass(frozen=True)
class ChangedAnswer:
    expected: tuple[str, ...]
    """The items that should answer; empty: nobody has said."""
    before: Answer
    after: Answer

    @property
    def rightly(self) -> tuple[str, ...]:
        """Who should answer; where nobody has said, whoever does today."""
        return self.expected or tuple(filter(None, (self.before.item,)))


@dataclass(frozen=True)
class Report:
    asked: int
    """Saved questions that were run."""
    changed: tuple[ChangedAnswer, ...]
    stops: tuple[Stop, ...]

    def not_among(self, accepted: Iterable[str]) -> tuple[Stop, ...]:
        known = set(accepted)
        return tuple(stop for stop in self.stops if stop.key not in known)


def check(
    library: Library,
    draft: Draft,
    questions: Sequence[SavedQuestion],
    reception_over: ReceptionOver,
    tell: Callable[[int], object] = lambda asked: None,
) -> Report:
    """`library`: what is published. `tell`: is told how many questions were asked so far. Raises
    pydantic.ValidationError for an edit that is not sound."""
    edited = found_as(draft.key)
    if not edited:  # rates: no search knows them
        return Report(0, (), ())
    candidate = library_of(library, draft)
    changed = tuple(_changed(library, candidate, edited, questions, reception_over, tell))
    is_withdrawn = draft.key.kind is DocumentKind.SCENARIO and edited not in candidate.topic_ids
    # What is withdrawn answers nothing any more: the answers that change are shown, and not stopped for that.
    stops = [] if is_withdrawn else list(_of_answers(changed, edited, candidate.title))
    if draft.key.kind is DocumentKind.GUIDE:
        stops += _of_new_questions(library, candidate, draft.document, reception_over)
        stops += _of_regions(library, candidate, draft.document)
    return Report(len(questions), changed, tuple(dict.fromkeys(stops)))


def _changed(
    library: Library,
    candidate: Library,
    edited: str,
    questions: Sequence[SavedQuestion],
    reception_over: ReceptionOver,
    tell: Callable[[int], object],
) -> Iterator[ChangedAnswer]:
    before, after = reception_over(library), reception_over(candidate)
    for number, each in enumerate(questions):
        tell(number)
        # Only where the search comes to something else, or the item itself answers, can what is told be another.
        was, now = look(library, each.text), look(candidate, each.text)
        if was == now and edited not in {*was.items, was.first}:
            continue
        old, new = answer(library, before, each.text), answer(candidate, after, each.text)
        if old.same_as != new.same_as or old.told != new.told or old.found.first != new.found.first:
            yield ChangedAnswer(each.expects, old, new)


def _of_answers(changed: Iterable[ChangedAnswer], edited: str, title: Callable[[str], str]) -> Iterator[Stop]:
    for each in changed:
        was, now = each.before.found, each.after.found
        is_own = edited in each.rightly
        if now.first == edited != was.first and edited in now.items and not is_own:
            yield Stop(
                Why.THEFT,
                each.before.question,
                f"“{each.before.question}”原来最先找到“{title(was.first)}”，改后变成“{title(edited)}”。",
            )
        elif is_own and each.before.item == edited != each.after.item:
            now_told = f"“{title(each.after.item)}”" if each.after.item else "没有答案"
            yield Stop(
                Why.LOST,
                each.before.question,
                f"“{each.before.question}”原来由“{title(edited)}”回答，改后是{now_told}。",
            )


def _of_new_questions(
    library: Library, candidate: Library, edited: GuideDocument, reception_over: ReceptionOver
) -> Iterator[Stop]:
    """What the edit adds to what is asked, and citizens would be told something else."""
    if not edited.is_in_force(candidate.on) or edited.region not in library.regions.chain(library.home):
        return  # heard later, or elsewhere
    known = {one for each in library.published.documents.get(edited.guide_id, ()) for _, one in asked_in(each.body)}
    reception = reception_over(candidate)
    new = dict.fromkeys(one for _, one in asked_in(edited.body) if one not in known)
    for question in islice(new, MOST_NEW_QUESTIONS):
        now = answer(candidate, reception, question)
        is_offered = not now.item and now.found.decision == "choices" and edited.guide_id in now.found.items
        if now.item != edited.guide_id and not is_offered:
            told = f"“{candidate.title(now.item)}”" if now.item else f"“{now.lead}”"
            yield Stop(
                Why.LOST,
                question,
                f"“{question}”加给了“{candidate.title(edited.guide_id)}”，群众这样问，得到的却是{told}。",
            )


def _of_regions(library: Library, candidate: Library, edited: GuideDocument) -> Iterator[Stop]:
    """Wherever the edit is heard: in its own region and at home, if that lies below."""
    regions = dict.fromkeys((edited.region, *_home_below(library, edited)))
    for region in regions:
        before, after = library.guide(edited.guide_id, region), candidate.guide(edited.guide_id, region)
        yield from _must_mentions(before, after)
        if after is None:
            continue
        yield from _contradictions(library, candidate, before, after, region)
        for each in inconsistencies(before, after):
            yield Stop(
                Why.INCONSISTENT,
                f"{after.id}/{each.statement_id}",
                f"这份指南里一句说“{each.says}”，另一句说“{each.other}”，请看是不是一回事：{each.figure}。",
            )
        known = {(each.says, each.source, each.reckoned) for each in before.statements} if before else set()
        for statement in after.statements:
            if (statement.says, statement.source, statement.reckoned) not in known:
                yield from _unsupported(candidate, after.id, statement)


def _home_below(library: Library, edited: GuideDocument) -> list[str]:
    return [library.home] if edited.region in library.regions.chain(library.home) else []


def _must_mentions(before: ServiceGuide | None, after: ServiceGuide | None) -> Iterator[Stop]:
    now = {each.id: set(each.about) for each in after.statements if _must_be_told(each)} if after else {}
    for each in before.statements if before else ():
        if _must_be_told(each) and not set(each.about) <= now.get(each.id, set()):
            yield Stop(
                Why.MUST_MENTION, f"{before.id if before else ''}/{each.id}", f"必须提到的话不再提了：{each.says}"
            )


def _must_be_told(statement: Statement) -> bool:
    return statement.emphasis is Emphasis.MUST_MENTION


def _contradictions(
    library: Library, candidate: Library, before: ServiceGuide | None, after: ServiceGuide, region: str
) -> Iterator[Stop]:
    others = [guide for each in candidate.guide_ids if each != after.id and (guide := candidate.guide(each, region))]
    was = set(contradictions(before, others)) if before else set()
    for each in contradictions(after, others):
        if each not in was:
            yield Stop(
                Why.CONTRADICTION,
                f"{each.guide_id}/{each.statement_id}",
                f"“{candidate.title(each.guide_id)}”说“{each.says}”，与“{candidate.title(each.item)}”的"
                f"“{'；'.join(each.of_item)}”对不上：{each.figure}。",
            )


def _unsupported(candidate: Library, guide_id: str, statement: Statement) -> Iterator[Stop]:
    support, place = support_of(statement, candidate.published.sources, candidate.on), f"{guide_id}/{statement.id}"
    if support.missing:
        lacking = "、".join(sorted(map(str, support.missing)))
        yield Stop(Why.FALSE_NUMBER, place, f"来源原文里没有 {lacking}：{statement.says}")
    if support.ended:
        titles = "、".join(candidate.published.sources[each].title for each in support.ended)
        yield Stop(Why.NOT_IN_FORCE, place, f"引用的《{titles}》在 {candidate.on} 没有效力：{statement.says}")

"""From a guide and what was asked to an answer: what leads, what must be mentioned, the rest, the sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from knowledge_base.library import Library
from knowledge_base.model import Aspect, ServiceGuide
from knowledge_base.search.statement_reader import Read
from knowledge_base.statements import SAMPLE, Statement, Summary
from service_hall.conversation.citing import Place, attribution, cited
from service_hall.conversation.reply import AnswerReply, Choice, ToldFact, ask_payload
from service_hall.conversation.telling import Told, in_full, mentions, tell
from service_hall.conversation.unchecked import Unchecked
from service_hall.conversation.wording import aspect_label, say
from service_hall.hearing.yes_or_no import as_yes_or_no
from service_hall.shared.ids import AnswerId

MOST_OFFICES = 3
MOST_SUGGESTIONS = 3
GLANCE = 80
"""Characters of what must be minded, beside what leads."""
_NEXT: dict[Aspect, tuple[Aspect, ...]] = {
    Aspect.OVERVIEW: (Aspect.MATERIALS, Aspect.AMOUNT, Aspect.FEE, Aspect.LOCATION),
    Aspect.ELIGIBILITY: (Aspect.MATERIALS, Aspect.PROCEDURE, Aspect.AMOUNT, Aspect.FEE),
    Aspect.MATERIALS: (Aspect.LOCATION, Aspect.FEE, Aspect.PROXY),
    Aspect.PROCEDURE: (Aspect.MATERIALS, Aspect.TIME_LIMIT, Aspect.FEE),
    Aspect.LOCATION: (Aspect.OFFICE_HOURS, Aspect.MATERIALS, Aspect.CHANNELS),
    Aspect.OFFICE_HOURS: (Aspect.LOCATION, Aspect.MATERIALS, Aspect.CONTACT),
    Aspect.TIME_LIMIT: (Aspect.MATERIALS, Aspect.FEE, Aspect.VALIDITY),
    Aspect.FEE: (Aspect.AMOUNT, Aspect.MATERIALS, Aspect.TIME_LIMIT, Aspect.LOCATION),
    Aspect.AMOUNT: (Aspect.ELIGIBILITY, Aspect.MATERIALS, Aspect.PROCEDURE),
    Aspect.CHANNELS: (Aspect.MATERIALS, Aspect.LOCATION, Aspect.TIME_LIMIT),
    Aspect.LEGAL_BASIS: (Aspect.PROCEDURE, Aspect.MATERIALS, Aspect.CONTACT),
    Aspect.CONTACT: (Aspect.LOCATION, Aspect.OFFICE_HOURS, Aspect.MATERIALS),
    Aspect.PROXY: (Aspect.MATERIALS, Aspect.CHANNELS, Aspect.LOCATION),
    Aspect.VALIDITY: (Aspect.PROCEDURE, Aspect.FEE, Aspect.MATERIALS),
}
_ALWAYS = (Aspect.OFFICE_HOURS, Aspect.LEGAL_BASIS)
"""Answered from the offices and from the head of the guide."""


def answer(
    answer_id: AnswerId,
    guide: ServiceGuide,
    aspects: Sequence[Aspect],
    library: Library,
    place: Place,
    read: Read = Read(),  # noqa: B008 - never changed
    *,
    is_outright: bool = True,
    is_clear: bool = False,
) -> AnswerReply:
    """`aspects`: at least one, what was asked first in front. `read`: what answers. Outright: what it is about is what
    was asked; else it stands before what there is to say of `aspects`, the first of which stands in front with it where
    it was asked clearly."""
    leading = read.leading
    if not leading and read.beside and not guide.about(aspects[0]) and aspects[0] not in _ALWAYS:
        read = Read(read.beside[0], read.beside[1:])  # there is nothing to say of what was understood
        leading = read.leading
    if leading and is_outright:
        aspects = [each for each in aspects[:1] if each in leading.about] or leading.about[:1]
    place = replace(place, offices=place.offices[:MOST_OFFICES])
    sources = library.published.sources
    unchecked = Unchecked(library.state_of)
    if isinstance(leading, Summary) and aspects[0] in leading.about:
        leading = None  # the summary of what was asked leads in any case, with what the place sets
    beside = _beside(read, guide, aspects) if leading else []
    in_front_of_all = [each for each in (read.here, leading) if each] if leading else []
    said: list[Statement] = [*in_front_of_all, *beside]
    parts: list[Told] = []
    for aspect in aspects:
        parts.append(tell(aspect, guide, place, sources, said, unchecked.mark))
        said += parts[-1].statements
    if not leading:
        beside = [each for each in _beside(read, guide, aspects) if each not in said]
        said += beside
    in_lead = [
        part for aspect, part in zip(aspects, parts, strict=True) if _leads(part, aspect, aspects, leading, is_clear)
    ]
    lead = [line for part in in_lead for line in part.lead]
    if leading:  # in the order in which it was asked
        before = [part for part in in_lead if part in parts[: _place_of(leading, aspects)]]
        at = sum(len(part.lead) for part in before)
        lead[at:at] = [in_full(each) + unchecked.mark(each) for each in in_front_of_all]
    # Who is told nothing of what was asked is told at least what nobody should miss.
    noted = mentions(guide, (Aspect.OVERVIEW,) if all(part.is_unknown for part in parts) else aspects, said)
    notes = [_ended(each.says) + unchecked.mark(each) for each in noted]
    in_front = _most_that_fit(notes)
    if in_front:
        lead.append(say("must_mention", facts="".join(notes[:in_front])))
    details = [f"· {in_full(each)}{unchecked.mark(each)}" for each in beside]
    details += [f"· {note}" for note in notes[in_front:]]
    told = [part for part in parts if not (leading and part.is_unknown)]
    details += [line for part in told for line in (*(() if part in in_lead else part.lead), *part.rest)]
    details = _not_said_yet(details, lead)
    said += noted
    answering = leading or parts[0].leads
    closing = unchecked.remark(said)
    references = [name for each in said for name in each.source]
    if any(part.by_offices for part in parts):
        references.append(SAMPLE)
    told_in_full = aspects[0] is Aspect.LEGAL_BASIS
    shown = cited([*guide.legal_basis, *references] if told_in_full else references, sources, place, _since(guide))
    closing.append(attribution([] if told_in_full else shown, place))
    return AnswerReply(
        text="\n".join([*lead, *details, *closing]),
        lead=len("\n".join(lead)),
        details_end=len("\n".join([*lead, *details])),
        answer_id=answer_id,
        guide_id=guide.id,
        guide_name=guide.name,
        aspect=aspects[0],
        region=place.region,
        sources=tuple(shown),
        fact=_fact(answering, guide, library, place) if answering else None,
        suggestions=_suggested(guide, aspects),
    )


def _leads(part: Told, aspect: Aspect, aspects: Sequence[Aspect], leading: Statement | None, is_clear: bool) -> bool:
    """Of several things that are asked each is answered before any details; so is what was asked clearly where
    something else leads."""
    return leading is None or ((len(aspects) > 1 or is_clear) and aspect not in leading.about and not part.is_unknown)


def _place_of(leading: Statement, aspects: Sequence[Aspect]) -> int:
    """Which of the aspects it answers; the first where it answers none of them."""
    return next((at for at, aspect in enumerate(aspects) if aspect in leading.about), 0)


def _not_said_yet(details: Sequence[str], lead: Sequence[str]) -> list[str]:
    """Two statements may say the same, and another city's rule may stand among what holds here."""
    said = set("\n".join(lead).splitlines())
    kept = []
    for line in details:
        if (words := line.removeprefix("· ")) not in said:
            said.add(words)
            kept.append(line)
    return kept


def _beside(read: Read, guide: ServiceGuide, aspects: Sequence[Aspect]) -> list[Statement]:
    """What must be minded stands with what leads."""
    minded = mentions(guide, aspects, ())
    return [each for each in read.beside if each not in minded]


def statement_asked(guide: ServiceGuide, sentence: str, aspects: Sequence[Aspect] = ()) -> Statement | None:
    """A listed question, asked in its own words, gets its own answer; 能不能提 and
    能提吗 are the same. `aspects`: what it was understood to ask; what
    the whole item comes down to answers no question about one aspect of it."""
    asked = as_yes_or_no(sentence)
    listed = (each for each in guide.statements if asked and any(as_yes_or_no(one.q) == asked for one in each.asked))
    return next(
        (each for each in listed if not isinstance(each, Summary) or set(aspects[:1]) <= set(each.about)),
        None,
    )


def _most_that_fit(notes: Sequence[str]) -> int:
    """How many of them stand with what leads: one, and as many more as are read at a glance. The others open the
    details."""
    lengths = accumulate(map(len, notes))
    return max(1, sum(length <= GLANCE for length in lengths)) if notes else 0


def _suggested(guide: ServiceGuide, aspects: Sequence[Aspect]) -> tuple[Choice, ...]:
    open_ones = [
        aspect for aspect in _NEXT[aspects[0]] if aspect not in aspects and (aspect in _ALWAYS or guide.about(aspect))
    ]
    return tuple(
        Choice(label=aspect_label(aspect), payload=ask_payload(aspect, guide.id))
        for aspect in open_ones[:MOST_SUGGESTIONS]
    )


def _fact(leading: Statement, guide: ServiceGuide, library: Library, place: Place) -> ToldFact:
    sources = cited(leading.source, library.published.sources, place, _since(guide))
    return ToldFact(statement_id=f"{guide.id}/{leading.id}", text=leading.says, sources=tuple(sources))


def _since(guide: ServiceGuide) -> str:
    return guide.effective_from.isoformat()


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "？", "；")) else text + "。"

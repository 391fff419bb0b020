"""What each service that comes into question would answer, told beside the choice: whoever is asked back has the fact
all the same (docs/adr/0064)."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.hall_topics import is_topic
from knowledge_base.model import Aspect, ServiceGuide
from knowledge_base.search.statement_reader import Read
from knowledge_base.statements import Statement
from service_hall.conversation.answering import answer, statement_asked
from service_hall.conversation.enquiry.asked import Asked
from service_hall.conversation.telling import tell
from service_hall.conversation.unchecked import Unchecked
from service_hall.conversation.whereabouts import place_of
from service_hall.shared.ids import new_answer_id

FROM_OFFICES = (Aspect.OFFICE_HOURS, Aspect.LEGAL_BASIS)
"""Hours come from the offices, and the law is told whole."""
MOST_CHARACTERS = 90
"""Of what one choice of several would answer: more is no glance."""


def read_of(
    asked: Asked, guide: ServiceGuide, sentence: str, aspects: Sequence[Aspect], outright: Statement | None = None
) -> Read:
    """What answers the sentence, by what it means. `outright`: what answers, where that is known."""
    reader = asked.library.statement_reader
    if outright:
        return reader.read_led_by(outright, guide, sentence, aspects) if reader else Read(outright)
    if reader is None or aspects[0] in FROM_OFFICES:
        return Read()
    return reader.read(guide, sentence, aspects)


def hint_of(asked: Asked, found_id: str, sentence: str, aspects: Sequence[Aspect]) -> str:
    """The one statement; '' where nothing particular was asked, or nothing short can be said."""
    guide = None if is_topic(found_id) else asked.library.guide(found_id, asked.context.region)
    if guide is None or aspects[0] in FROM_OFFICES:
        return ""
    leading = statement_asked(guide, sentence, aspects) or _likeliest(read_of(asked, guide, sentence, aspects))
    meant = asked.aspects_in(found_id, sentence, aspects)[0]
    if leading is None and meant is not Aspect.OVERVIEW:
        place = place_of(guide.id, asked.library, asked.context.region)
        leading = tell(meant, guide, place, asked.library.published.sources).leads
    if leading is None or len(leading.says) > MOST_CHARACTERS:
        return ""
    return leading.says + Unchecked(asked.library.state_of).mark(leading)


def short_answer(asked: Asked, found_id: str, sentence: str, aspects: Sequence[Aspect]) -> str:
    """What leads the answer, and its source; '' as above."""
    guide = None if is_topic(found_id) else asked.library.guide(found_id, asked.context.region)
    if guide is None:
        return ""
    outright = statement_asked(guide, sentence, aspects)
    read = read_of(asked, guide, sentence, aspects, outright)
    aspects = aspects if outright else asked.aspects_in(found_id, sentence, aspects)
    leading = _likeliest(read)
    if leading is None and aspects[0] is Aspect.OVERVIEW:
        return ""
    if read.leading is None and aspects[0] is Aspect.OVERVIEW:
        read = Read(leading, read.beside[1:])
    place = place_of(guide.id, asked.library, asked.context.region)
    reply = answer(new_answer_id(), guide, aspects, asked.library, place, read, is_outright=outright is not None)
    return reply.text[: reply.lead] + reply.text[reply.details_end :]


def _likeliest(read: Read) -> Statement | None:
    """What is told with an “if so” need not be as likely as what answers."""
    return read.leading or next(iter(read.beside), None)

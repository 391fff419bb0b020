"""A sentence that asks for a booking beyond doubt, whatever it was understood as: 约明天下午去换驾照."""

from __future__ import annotations

from service_hall.booking_talk.reading import read_said
from service_hall.conversation.acts import Act
from service_hall.hearing.heard import Sentence
from service_hall.hearing.when.spoken_time import When


def claimed(sentence: Sentence) -> Act | None:
    if sentence.gives_back or sentence.ends_by_place:
        return Act.CANCEL
    if _moves(sentence):
        return Act.RESCHEDULE
    names_all = not sentence.asks_rather_than_books and _names_all(sentence)
    return Act.BOOK if sentence.books or sentence.books_one_more or names_all else None


def _moves(sentence: Sentence) -> bool:
    """改到12月29日上午: a time stands behind it, and nothing else; only a booking can be moved so."""
    to = sentence.moved_to
    return (
        to is not sentence
        and isinstance(to.when, When)
        and not (sentence.asks or sentence.moved_from.subject or to.subject)
    )


def _names_all(sentence: Sentence) -> bool:
    """身份证 补办 周四下午 北屏: what, and on which day at what time or where; nothing is asked."""
    if sentence.tells_a_fact or (sentence.asks and not sentence.speaks_of_places):
        return False
    said = read_said(sentence)
    wanted = said.wanted
    if wanted is None or not wanted.days or not (wanted.has_hours or wanted.any_time or said.office or said.region):
        return False
    return bool(sentence.sure_item)

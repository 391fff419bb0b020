"""In the middle of a booking: another item is meant."""

from __future__ import annotations

from dataclasses import replace

from service_hall.booking_talk import beginning
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.acts import Act
from service_hall.conversation.turn import Turn
from service_hall.hearing.who.hiding import NAME_HINT


def another_item(talk: Talk) -> Turn | None:
    act, current = talk.heard.act, talk.answers.guide_id
    puts_right = talk.heard.sentence.takes_back or act is Act.CORRECT
    is_asked_for = talk.answers.errand == "book" and not current
    if talk.heard.sentence.wants_other_person and not talk.heard.sentence.sure_item:
        return None  # 不对，改手机号 puts right who comes, and not what for
    if is_asked_for or not (act is Act.BOOK or puts_right):
        return None
    guide_id = talk.heard.sentence.sure_item
    tells_who = talk.heard.context.pocket or NAME_HINT in talk.heard.text
    if puts_right and current and guide_id in ("", current) and not tells_who:
        guide_id = talk.heard.sentence.item_put_right(current)
    return restart(talk, guide_id) if guide_id and guide_id != current else None


def restart(talk: Talk, guide_id: str) -> Turn:
    """For another item; the person stays the same."""
    kept: tuple[str, ...] = ("person", "who", "typed", "lacks", "no_id_number", "location")
    at = talk.means.office(talk.answers.office_id)
    if at and at.line_of(guide_id):
        kept = (*kept, "office_id", "wanted")
    before = talk.let_go().answers
    anew = replace(talk, answers=type(before)(**{name: getattr(before, name) for name in kept}), node="", trail=())
    anew = anew.noting(anew.say("other_item", item=anew.means.guide_name(guide_id))).knowing(guide_id=guide_id)
    return beginning.book_item(anew)

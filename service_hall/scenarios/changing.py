"""Whose list another paper has come into, or gone from, is told, once for each change."""

from __future__ import annotations

import hashlib
import logging

from service_hall.conversation.records import ConversationRecords
from service_hall.conversation.reply import Choice, NoticeReply
from service_hall.scenarios.talk.showing import changes_in, of_list, show
from service_hall.scenarios.talk.walk import Desk, wording
from service_hall.shared.errors import VisitorForgotten

log = logging.getLogger(__name__)
KIND = "checklist_changed"


def tell_changes(desk: Desk, records: ConversationRecords) -> int:
    """How many owners were told. The list itself keeps the mark until it is looked at."""
    told = 0
    for kept in desk.checklists.finished():
        shown = show(desk, kept)
        changed = changes_in(kept.papers, shown[1].papers) if shown else []
        if not shown or not changed:
            continue
        text = "\n".join((wording.say("papers_changed", title=shown[0].title), *changed))
        look = Choice(label=wording.say("look"), payload=of_list(kept.checklist_id, "show"))
        notice = NoticeReply(text=text, kind=KIND, options=(look,))
        once = f"list:{kept.checklist_id}:{hashlib.sha256(text.encode()).hexdigest()[:12]}"
        try:
            records.push(kept.visitor_id, notice, desk.means.now(), once=once)
            told += 1
        except VisitorForgotten:
            log.info("a list of somebody forgotten was still there")
    return told

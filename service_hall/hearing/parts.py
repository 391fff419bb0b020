"""Several questions in one message: 身份证丢了怎么补，另外驾照快到期了要换吗."""

from __future__ import annotations

from knowledge_base.hall_topics import is_topic
from knowledge_base.search.find import Answered
from service_hall.hearing.heard import Sentence

SURE = 0.65
"""So likely each part's item is, where the part does not name it: of 1301 development questions, each of one thing,
three are taken apart then, and one at 0.85; of 40 messages with two, 17 and 11."""
MOST = 3
"""Parts that are answered; who asks more asks again."""
MOST_READ = 6
"""Parts that are looked up at all: each is a search of its own. What falls into more is no list of questions."""


def questions_of(said: Sentence) -> tuple[tuple[str, Sentence], ...]:
    """Each item that is asked of, with the part that asks, in order; empty where it is all one question. What is no
    question of its own belongs to its neighbour: what is told before it is asked, 要多少钱 behind it."""
    parts = _asking_parts(said)
    if not 1 < len(parts) <= MOST_READ:
        return ()
    found: list[tuple[str, str]] = []
    for part in parts:
        item = item_asked(said.part(part))
        if found and item in ("", found[-1][0]):
            found[-1] = (found[-1][0], f"{found[-1][1]}，{part}")
        else:
            found.append((item, part))
    if len(found) > 1 and not found[0][0]:
        (_, begun), (item, part), *others = found
        found = [(item, f"{begun}，{part}"), *others]
    if len({item for item, _ in found}) < len(found) or len(found) < 2:
        return ()
    return tuple((item, said.part(part)) for item, part in found[:MOST])


def item_asked(said: Sentence) -> str:
    """The one with a guide that it surely asks of; '' where it leaves that open."""
    if said.leaves_item_unsaid or not isinstance(found := said.found, Answered) or is_topic(found.hit.guide_id):
        return ""
    is_sure = found.hit.has_guide and (found.hit.named or found.hit.score >= SURE)
    return found.hit.guide_id if is_sure else ""


def _asking_parts(said: Sentence) -> list[str]:
    """Each ends with a clause that asks; what is told last belongs to the last."""
    parts: list[str] = []
    told: list[str] = []
    for clause in said.clauses:
        told.append(clause.text)
        if clause.has_question_word:
            parts.append("，".join(told))
            told = []
    if told and parts:
        parts[-1] = "，".join((parts[-1], *told))
    return parts
